"""Who a statement is, and what it settles: ids and facets, pure functions of printed content.

Use :func:`statement_id` for what is read from a text, :func:`row_id` for a row of a list, :func:`facet` for the matter
that a statement settles. The same content gives the same id on any machine: nothing resolved, dated or retrieved by
circumstance enters (no entity id, path, url, publisher, reader, vocabulary, clock).
Canonical JSON is RFC 8785 (JCS); hashes are SHA-256.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import msgspec
import rfc8785

from comity.model import Statement, Subject, Value

__all__ = ["canonical", "facet", "facet_of", "folded", "name_of", "parse_facet", "printed_in", "row_id", "statement_id"]

_sorted = msgspec.json.Encoder(order="sorted").encode
_STATE = re.compile(r"[/:](?:state|district):([a-z]{2})(?:/|\Z)|\Abody:us/([a-z]{2})/")
_LARGEST_EXACT = 2**53 - 1  # RFC 8785: integers beyond it are no JSON numbers that every program reads alike


def statement_id(statement: Statement, document_text_hash: str) -> str:
    """``st-`` and 40 hex digits for a statement read from a text; the statement's own ``id`` isn't looked at.

    ``document_text_hash`` is the document's id, with or without ``sha256:``. Hashed are: the text's hash, the evidence
    and support spans, topic, predicate, subject as printed, value without None slots, polarity, modality, voice,
    attribution, time as printed. Order of slots and of support spans makes no difference.
    Raises ValueError where a value is no JSON (NaN, infinite, half a surrogate pair).
    """
    content = {
        "text": document_text_hash.removeprefix("sha256:"),
        "evidence": [statement.evidence.start, statement.evidence.end],
        "support": sorted([item.slot, item.start, item.end] for item in statement.support),
        "topic": statement.topic,
        "predicate": statement.predicate,
        "subject": statement.subject.name,
        "value": _given(statement.value),
        "polarity": statement.polarity,
        "modality": statement.modality,
        "voice": statement.voice,
        "attribution": [[link.source, link.named, link.cue, link.direct] for link in statement.attribution],
        "time": statement.time.text if statement.time else None,
    }
    return _id(content, statement.value)


def row_id(
    list_name: str, predicate: str, subject_name: str, slots: Mapping[str, Value], cells: Mapping[str, str]
) -> str:
    """``st-`` and 40 hex digits for a row of a list; the edition isn't in it: a row seen again is a sighting.

    ``slots`` are the facet's slots with their values, ``cells`` what is printed under each column. None slots and
    empty cells don't count, so that a new column changes no id of the rows that leave it blank.
    """
    content = {
        "list": list_name,
        "predicate": predicate,
        "subject": subject_name,
        "slots": _given(slots),
        "cells": {header: text for header, text in cells.items() if text},
    }
    return _id(content, slots, cells)


def facet(statement: Statement, facet_slots: Mapping[str, Sequence[str]], home_state: str | None = None) -> str:
    """What ``statement`` settles: ``predicate|subject|slot=value…``.

    ``facet_slots`` maps each predicate to the slots that its topic names for the facet, in their order. A name that
    is not resolved stands with the state it is printed in, see :func:`printed_in`.
    """
    subject = statement.subject
    state = None if subject.id else printed_in(subject, home_state)
    return facet_of(
        statement.predicate,
        subject.id,
        f"{subject.name}, {state}" if state else subject.name,
        statement.value,
        facet_slots.get(statement.predicate, ()),
    )


def printed_in(subject: Subject, home_state: str | None = None) -> str | None:
    """The state (two letters) in which a name stands: the one in which all that it may mean lie, else the outlet's.

    Two states have governments of one name; this keeps them apart while a name is not resolved. None where unknown, as
    where nothing of this name lies in the outlet's state.
    """
    ids = [subject.id] if subject.id else [candidate.id for candidate in subject.candidates]
    found = [match[1] or match[2] if (match := _STATE.search(each)) else None for each in ids]
    if found and found[0] is not None and len(set(found)) == 1:
        return found[0].upper()
    at_home = home_state is not None and (home_state.lower() in found or not any(found))
    return home_state.upper() if home_state and at_home else None


def facet_of(
    predicate: str, subject_id: str | None, subject_name: str, value: Mapping[str, Value], slots: Sequence[str]
) -> str:
    """The facet from its parts: use it where there is no statement yet, as for a list's row.

    The subject is the resolved id, else ``name:`` and the printed name; names and values are folded (case, runs of
    blanks) so that two ways to print one thing settle one matter. Slots without a value are left out.
    """
    parts = [_escaped(predicate), _escaped(subject_id) if subject_id else name_of(subject_name)]
    for slot in slots:
        given = value.get(slot)
        if given is not None:
            parts.append(f"{_escaped(slot)}={_part(_plain(given))}")
    return "|".join(parts)


def name_of(printed: str, state: str | None = None) -> str:
    """What a name that is not resolved stands as: ``name:`` and the name as printed, with its state if known."""
    return "name:" + _part(f"{printed}, {state}" if state else printed)


def parse_facet(text: str) -> tuple[str, str, dict[str, str]]:
    """Predicate, subject and slots of a facet, unescaped; the inverse of :func:`facet_of` on folded values.

    Raises ValueError where the text is no facet.
    """
    predicate, subject, *rest = text.split("|")
    pairs = (part.split("=", 1) for part in rest)
    return _unescaped(predicate), _unescaped(subject), {_unescaped(slot): _unescaped(value) for slot, value in pairs}


def canonical(value: Any) -> bytes:
    """``value`` as RFC 8785 canonical JSON. Integers beyond 2**53 are written as strings of digits."""
    # msgspec writes the same bytes wherever no float, no large integer and no exotic key is involved, and is 50 times
    # as fast; an edition of a list has hundreds of rows.
    return _sorted(value) if _simple(value) else rfc8785.dumps(_representable(value))


def _id(content: dict[str, Any], *given: Mapping[str, Any]) -> str:
    """The id of ``content``, of which only what stands in ``given`` may be other than texts and small integers."""
    simple = all(_simple({key: each[key] for key in each}) for each in given)
    data = _sorted(content) if simple else canonical(content)
    return "st-" + hashlib.sha256(data).hexdigest()[:40]


def _given(value: Mapping[str, Value]) -> dict[str, Any]:
    return {
        slot: list(given) if isinstance(given, tuple) else given for slot, given in value.items() if given is not None
    }


def _simple(value: Any) -> bool:
    kind = type(value)
    if kind is str or kind is bool or value is None:
        return True
    if kind is int:
        return bool(-_LARGEST_EXACT <= value <= _LARGEST_EXACT)
    if kind is list or kind is tuple:
        return all(map(_simple, value))
    # UTF-16 order, which the RFC asks for, is code point order below the surrogates.
    if kind is not dict:
        return False
    return all(
        type(key) is str and (key.isascii() or max(key) < "\ud800") and _simple(item) for key, item in value.items()
    )


def _representable(value: Any) -> Any:
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > _LARGEST_EXACT:
        return str(value)
    if isinstance(value, Mapping):
        return {key: _representable(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_representable(item) for item in value]
    return value


def _plain(value: Value) -> str:
    if isinstance(value, tuple):
        return "; ".join(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def folded(text: str) -> str:
    """``text`` as facets hold it: case and runs of blanks don't count."""
    return " ".join(text.casefold().split())


@lru_cache(maxsize=65_536)
def _part(text: str) -> str:
    """Printed words as a part of a facet; few words make up most of a register."""
    return _escaped(folded(text))


@lru_cache(maxsize=65_536)
def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("|", "%7C").replace("=", "%3D")


def _unescaped(text: str) -> str:
    return text.replace("%3D", "=").replace("%7C", "|").replace("%25", "%")
