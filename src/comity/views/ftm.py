"""The register as FollowTheMoney statements: bodies as ``PublicBody``, sources as ``Document``, claims as ``Event``.

One line of JSON a property value, as ``ftm aggregate-statements`` reads it. A claim is no act: its firmness and whose
words it stands in are part of its name and notes, and its source is its ``proof``. The id of a line is the SHA-1 that
followthemoney gives it (``Statement.make_key``): dataset, entity, property and value.
"""

from __future__ import annotations

import hashlib
from collections.abc import Container, Iterator, Mapping
from typing import Any

from comity.model import Belief, Entity
from comity.views.export import Holding
from comity.views.wording import firmness, told, voice
from comity.vocabulary import Vocabulary

__all__ = ["DATASET", "ftm_id", "statements"]

DATASET = "comity"
_MARKS = {"/": ".", ":": "-", "_": "--"}
_Given = Mapping[str, tuple[str | None, ...]]


def ftm_id(identity: str) -> str:
    """An id of the register in the letters, digits, dots and hyphens that FollowTheMoney allows in one."""
    return "".join(
        each if each.isascii() and (each.isalnum() or each in ".-") else _MARKS.get(each, f"-x{ord(each):x}-")
        for each in identity
    )


def statements(holding: Holding, topic: Vocabulary, told: Container[str] = ()) -> Iterator[dict[str, Any]]:
    """All lines of one entity: the body, then each claim and its source, but for sources in ``told`` (ids)."""
    mine: set[str] = set()
    if holding.entity is not None:
        first = min(belief.known_from for belief in holding.beliefs)
        yield from _lines("PublicBody", holding.entity.id, _body(holding.entity), first, "gazetteer")
    for belief in holding.beliefs:
        origin = belief.statement.reader
        at = belief.statement.evidence
        if at.document not in told and at.document not in mine:
            mine.add(at.document)
            given = {"publisher": (belief.publisher,), "sourceUrl": (at.url,)}
            yield from _lines("Document", at.document, given, belief.known_from, origin)
        yield from _lines("Event", belief.statement.id, _claim(belief, holding, topic), belief.known_from, origin)


def _body(entity: Entity) -> _Given:
    return {
        "name": (f"{entity.name}, {entity.state}" if entity.state and entity.kind != "state" else entity.name,),
        "jurisdiction": ("us",),
        "classification": (entity.type, entity.kind),
        "idNumber": (entity.id, entity.geoid, entity.ori, entity.nces),
    }


def _claim(belief: Belief, holding: Holding, topic: Vocabulary) -> _Given:
    statement, at = belief.statement, belief.statement.evidence
    predicate = topic.predicates.get(statement.predicate)
    label = predicate.label if predicate else told(statement.predicate)
    firm = ", ".join(firmness(statement))
    values = tuple(f"{slot}: {told(value)}" for slot, value in statement.value.items() if value is not None)
    row = " | ".join(text for text in at.cells.values() if text) if at.cells else None
    return {
        "name": (f"{label}: {statement.subject.name}{f' ({firm})' if firm else ''}",),
        "involved": (ftm_id(holding.entity.id) if holding.entity else None,),
        "startDate": ((belief.valid_from or "")[:10] if belief.since_known else None,),
        "endDate": ((belief.valid_to or "")[:10] or None,),
        "summary": (at.exact or row,),
        "notes": (voice(statement), f"review: {statement.review}"),
        "keywords": (statement.predicate, *values),
        "recordId": (belief.facet,),
        "publisher": (belief.publisher,),
        "sourceUrl": (at.url,),
        "proof": (ftm_id(at.document),),
        "country": ("us",),
    }


def _lines(schema: str, identity: str, given: _Given, seen: str, origin: str) -> Iterator[dict[str, Any]]:
    identity = ftm_id(identity)
    yield _line(schema, identity, "id", identity, seen, origin)
    for prop, values in given.items():
        for value in dict.fromkeys(filter(None, values)):
            yield _line(schema, identity, prop, value, seen, origin)


def _line(schema: str, identity: str, prop: str, value: str, seen: str, origin: str) -> dict[str, Any]:
    at = seen[:19]
    key = f"{DATASET}.{identity}.{prop}.{value}"
    return {
        "canonical_id": identity,
        "entity_id": identity,
        "prop": prop,
        "schema": schema,
        "value": value,
        "dataset": DATASET,
        "lang": None,
        "original_value": None,
        "first_seen": at,
        "last_seen": at,
        "external": False,
        "origin": origin,
        "id": hashlib.sha1(key.encode(), usedforsecurity=False).hexdigest(),
    }
