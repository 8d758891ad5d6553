"""What the command line writes: JSON, one object a line, and errors as one line each."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from comity.errors import ComityError

if TYPE_CHECKING:  # an error is reported without paying for the register's libraries
    from comity.views.conflicts import Conflict
    from comity.views.dossier import Dossier

__all__ = ["beside", "conflict_object", "dossier_object", "error_object", "line", "notes", "report"]

_ENCODER = msgspec.json.Encoder()


def line(value: Any) -> None:
    """One JSON object on a line of its own."""
    sys.stdout.write(_ENCODER.encode(value).decode("utf-8") + "\n")


def dossier_object(found: Dossier) -> dict[str, Any]:
    """A dossier as the contract has it: each statement with its clocks and sightings beside its own fields."""
    from comity.views.dossier import DRAWN  # noqa: PLC0415 - whoever has a dossier has it loaded

    answer: dict[str, Any] = msgspec.to_builtins(found)
    for facet in answer["facets"]:
        facet["statements"] = beside(facet["statements"])
        for drawn in DRAWN:
            del facet[drawn]
    return answer


def conflict_object(found: Conflict) -> dict[str, Any]:
    """A conflict as the contract has it; ``entries`` of a side are its statements as a dossier shows them."""
    answer: dict[str, Any] = msgspec.to_builtins(found)
    for side in answer["sides"]:
        side["entries"] = beside(side["entries"])
    return answer


def beside(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Entries as the contract has them: what is on the register of a statement, beside its own fields."""
    return [{**entry.pop("statement"), **entry} for entry in entries]


def error_object(error: ComityError) -> dict[str, dict[str, str | None]]:
    """The one shape of an error, in every interface."""
    return {"error": {"code": error.code, "message": error.message, "where": error.where, "hint": error.hint}}


def report(error: ComityError, as_json: bool) -> None:
    """An error as one line on standard error; with ``--json`` as one object."""
    if as_json:
        sys.stderr.write(_ENCODER.encode(error_object(error)).decode("utf-8") + "\n")
    else:
        sys.stderr.write(f"comity: {' '.join(str(error).split())}\n")


def notes(where: str | None, told: Sequence[str], as_json: bool) -> None:
    """What a person should know of a document, a line each on standard error; with ``--json`` an object each."""
    for note in told:
        if as_json:
            sys.stderr.write(_ENCODER.encode({"note": {"message": note, "where": where}}).decode("utf-8") + "\n")
        else:
            sys.stderr.write(f"{where or 'a text'}: {note}\n")
