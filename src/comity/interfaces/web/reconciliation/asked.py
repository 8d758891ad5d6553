"""What a client of the reconciliation service sends: batches of queries and requests for more columns, checked."""

from __future__ import annotations

from typing import Any, TypeVar, get_args

import msgspec

from comity.errors import UsageError
from comity.interfaces.web.errors import TooMuch
from comity.model import Kind

__all__ = ["BATCH", "IDS", "KINDS", "Extension", "Query", "extension", "queries"]

BATCH = 50
"""Queries of one batch at most; the manifest says so."""

IDS = 1000
"""Entities of one request for columns at most."""

KINDS: tuple[Kind, ...] = get_args(Kind)
"""The types of the service."""

_LONGEST = 400  # characters of a name
_T = TypeVar("_T")


class Narrowing(msgspec.Struct):
    """A property by which a query is narrowed: ``v`` is one value or several."""

    pid: str
    v: Any


class Query(msgspec.Struct):
    """One name to match; fields that only other services know are passed over."""

    query: str = ""
    type: str | list[str] | None = None
    limit: int = 10
    properties: list[Narrowing] = []

    def values(self, pid: str) -> list[str]:
        """What is given for a property, blanks left out; of an entity its id."""
        found = [each for one in self.properties if one.pid == pid for each in _several(one.v)]
        told = [
            str(each.get("id") or each.get("name") or "") if isinstance(each, dict) else str(each) for each in found
        ]
        return [each.strip() for each in told if each.strip()]

    @property
    def types(self) -> list[str]:
        """The kinds that are asked for."""
        given = self.type if isinstance(self.type, list) else [self.type or ""]
        return [each for each in given if each]


class Wanted(msgspec.Struct):
    """One column that is asked for."""

    id: str


class Extension(msgspec.Struct):
    """A request for columns: the values of properties for entities."""

    ids: list[str]
    properties: list[Wanted]


def queries(text: str, narrowing: tuple[str, ...]) -> dict[str, Query]:
    """A batch of queries by their keys. Raises UsageError for what is none, TooMuch for one that is too large."""
    batch = _decoded(text, dict[str, msgspec.Raw], "queries")
    if len(batch) > BATCH:
        raise TooMuch(413, f"a batch has at most {BATCH} queries", where="queries", hint="send several batches")
    return {key: _checked(_decoded(bytes(raw), Query, key), key, narrowing) for key, raw in batch.items()}


def extension(text: str, known: tuple[str, ...]) -> Extension:
    """A request for columns, each one of ``known``. Raises UsageError for what is none, TooMuch for a large one."""
    asked = _decoded(text, Extension, "extend")
    if len(asked.ids) > IDS:
        raise TooMuch(413, f"at most {IDS} ids at once", where="extend.ids", hint="send several requests")
    for each in asked.properties:
        if each.id not in known:
            raise UsageError(f"no property {each.id!r}", where="extend.properties", hint=_one_of(known))
    return asked


def _checked(query: Query, key: str, narrowing: tuple[str, ...]) -> Query:
    if len(query.query) > _LONGEST:
        raise UsageError(f"a name has at most {_LONGEST} characters", where=f"{key}.query", hint="send the name alone")
    if query.limit < 1:
        raise UsageError("must be 1 or more", where=f"{key}.limit", hint="leave it out for 10")
    for each in query.types:
        if each not in KINDS:
            raise UsageError(f"{each!r} is no type", where=f"{key}.type", hint=_one_of(KINDS))
    for one in query.properties:
        if one.pid not in narrowing:
            raise UsageError(f"{one.pid!r} narrows nothing", where=f"{key}.properties", hint=_one_of(narrowing))
        if len(_several(one.v)) > len(KINDS):
            raise UsageError("too many values", where=f"{key}.properties", hint=f"at most {len(KINDS)}")
    return query


def _decoded(text: str | bytes, shape: type[_T], where: str) -> _T:
    try:
        return msgspec.json.decode(text, type=shape)
    except (msgspec.MsgspecError, RecursionError, UnicodeError) as error:
        hint = "JSON as the Reconciliation Service API 0.2 has it"
        raise UsageError(str(error).replace("`", ""), where=where, hint=hint) from error


def _several(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _one_of(names: tuple[str, ...]) -> str:
    return f"one of {', '.join(names)}"
