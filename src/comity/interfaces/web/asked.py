"""The parameters of addresses: what they may be, and what the documentation says of them."""

from __future__ import annotations

import base64
import binascii
import re
from typing import Annotated, Any

import msgspec
from fastapi import Path, Query
from pydantic import AfterValidator, WithJsonSchema

from comity.errors import UsageError
from comity.interfaces import dates
from comity.interfaces.web.errors import NotFound
from comity.register.instants import end_of

__all__ = [
    "About",
    "AsOf",
    "Cursor",
    "DocumentId",
    "DocumentName",
    "EntityId",
    "Facet",
    "Known",
    "Limit",
    "ListName",
    "Page",
    "Predicate",
    "Since",
    "State",
    "StatementId",
    "Typed",
    "continued",
    "cursor",
]

_LONGEST = 400  # characters of a name or an id
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def _day(given: str | None) -> str | None:
    if not given:
        return None
    if len(given) > 40:
        raise ValueError("is too long for a date")
    try:
        found = dates.day(given, "date")
        end_of(found or given)
    except UsageError as error:
        raise ValueError(f"{error.message}; write YYYY-MM-DD") from error
    return found


def _name(given: str | None) -> str | None:
    if given and _CONTROL.search(given):
        raise ValueError("holds a control character")
    if given and len(given) > _LONGEST:
        raise ValueError(f"is longer than {_LONGEST} characters")
    return given or None


_FORMATS = ({"format": "date"}, {"format": "date-time"}, {"maxLength": 0})  # empty: as a form sends what is left out
_DATE = {"anyOf": [{"type": "string", **each} for each in _FORMATS]}
_NAMED = {"type": "string", "maxLength": _LONGEST, "pattern": r"^[^\x00-\x1F\x7F]*$"}


def _date(description: str) -> Any:
    return Annotated[str | None, AfterValidator(_day), WithJsonSchema(_DATE), Query(description=description)]


def _named(description: str) -> Any:
    return Annotated[str | None, AfterValidator(_name), WithJsonSchema(_NAMED), Query(description=description)]


AsOf = _date("As the world was: a day (its end) or an instant in UTC. Left out: now, and all that is dated ahead.")
Known = _date("As the register knew it: a day (its end) or an instant in UTC. Left out: now.")
Since = _date("From this day on.")
Typed = Annotated[str, Query(max_length=200, description="The beginning of a name, or of several of its words.")]
About = _named("The id of an entity.")
Predicate = _named("A predicate of the topic.")
Facet = _named("A facet, as a dossier gives it.")
ListName = _named("The name of an official list.")
DocumentName = _named("The id of a document: sha256: and the hash of its text.")
State = Annotated[str | None, Query(pattern="^[A-Za-z]{2}$", description="Two letters of a state.")]
Limit = Annotated[int, Query(ge=1, le=200, description="How many at most.")]
Cursor = Annotated[str | None, Query(max_length=400, description="Where a page ended: its `next`.")]
Page = Annotated[int, Query(ge=1, le=100_000, description="Which page, from 1.")]
EntityId = Annotated[
    str,
    AfterValidator(_name),
    WithJsonSchema({**_NAMED, "minLength": 1}),
    Path(description="An entity's id: an OCD division, ori:…, nces:… or body:…; its slashes may stand."),
]
DocumentId = Annotated[
    str,
    AfterValidator(_name),
    WithJsonSchema({**_NAMED, "minLength": 1}),
    Path(description="A document's id: sha256: and the hash of its text."),
]
StatementId = Annotated[str, Path(max_length=80, description="A statement's id, or a beginning of it that fits one.")]


class _Place(msgspec.Struct, array_like=True):
    after: int
    known: str
    asked: str


def cursor(after: int | None, known: str, asked: str) -> str | None:
    """Where the next page begins, for whoever asks the same again; None at the end. It pins the moment it is of."""
    if after is None:
        return None
    return base64.urlsafe_b64encode(msgspec.json.encode(_Place(after, known, asked))).decode().rstrip("=")


def continued(given: str | None, known: str, asked: str) -> tuple[int, str]:
    """After which number the page goes on, and as known when. Raises NotFound for a cursor of another question."""
    if given is None:
        return 0, known
    try:
        place = msgspec.json.decode(base64.urlsafe_b64decode(given + "=" * (-len(given) % 4)), type=_Place)
        end_of(place.known)
    except (binascii.Error, ValueError, msgspec.MsgspecError, UsageError) as error:
        raise NotFound("is no cursor", where="cursor", hint="take `next` of the page before") from error
    if place.asked != asked or not 0 <= place.after < 2**62:
        raise NotFound("belongs to another question", where="cursor", hint="ask as for the page before")
    return place.after, place.known
