"""What the command line writes: JSON, one object a line, and errors as one line each."""

from __future__ import annotations

import sys
from typing import Any

import msgspec

from comity.errors import ComityError

__all__ = ["error_object", "line", "report"]

_ENCODER = msgspec.json.Encoder()


def line(value: Any) -> None:
    """One JSON object on a line of its own."""
    sys.stdout.write(_ENCODER.encode(value).decode("utf-8") + "\n")


def error_object(error: ComityError) -> dict[str, dict[str, str | None]]:
    """The one shape of an error, in every interface."""
    return {"error": {"code": error.code, "message": error.message, "where": error.where, "hint": error.hint}}


def report(error: ComityError, as_json: bool) -> None:
    """An error as one line on standard error; with ``--json`` as one object."""
    if as_json:
        sys.stderr.write(_ENCODER.encode(error_object(error)).decode("utf-8") + "\n")
    else:
        sys.stderr.write(f"comity: {' '.join(str(error).split())}\n")
