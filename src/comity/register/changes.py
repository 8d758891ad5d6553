"""What became different on the register, derived from beliefs alone: every row says why and in whose place.

Reading the same files again writes no rows, so it yields no changes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, exists, select

from comity.model import Change, Evidence, Statement, Value
from comity.register.instants import iso
from comity.register.rows import Origin, decode, statement_of
from comity.register.rules import Rules
from comity.register.tables import table

__all__ = ["changes"]

_BEGINNINGS = {"state": "began", "event": "happened", "utterance": "said"}
_evidence = msgspec.json.Decoder(tuple[Evidence, ...])


def changes(
    connection: Connection, rules: Rules, *, since: int | None, learned_since: int | None, known: int | None
) -> Iterator[Change]:
    """Changes in the order in which the register learned of them.

    ``since`` asks by the date of the edition or event, ``learned_since`` and ``known`` by the register's own time.
    """
    for row in connection.execute(_written(learned_since, known)):
        for at, change in _of_written(row, rules):
            if since is None or at >= since:
                yield change
    for row in connection.execute(_taken_back(learned_since, known)):
        statement = _read(row.id, row.body, row.words, row.document)
        if since is None or row.known_to >= since:
            yield _change("retracted", row, statement, row.known_to)


def _written(learned_since: int | None, known: int | None) -> Select[Any]:
    b, s, f, d = (table(name) for name in ("beliefs", "statements", "facets", "documents"))
    before, earlier, old_facet = b.alias(), s.alias(), f.alias()
    query = (
        select(
            b,
            s.c.id,
            s.c.list,
            s.c.body,
            s.c.words,
            f.c.facet.label("facet_text"),
            f.c.predicate,
            d.c.id.label("document"),
            before.c.rejected.label("was_rejected"),
            before.c.review.label("was_review"),
            before.c.valid_from.label("was_from"),
            before.c.valid_to.label("was_to"),
            earlier.c.id.label("was_id"),
            earlier.c.body.label("was_body"),
            earlier.c.words.label("was_words"),
            old_facet.c.facet.label("was_facet"),
        )
        .select_from(b)
        .join(s, s.c.n == b.c.statement)
        .join(f, f.c.n == b.c.facet)
        .join(d, d.c.n == s.c.document)
        .outerjoin(before, before.c.n == b.c.replaces)
        .outerjoin(earlier, earlier.c.n == before.c.statement)
        .outerjoin(old_facet, old_facet.c.n == before.c.facet)
        .order_by(b.c.n)
    )
    if learned_since is not None:
        query = query.where(b.c.known_from >= learned_since)
    return query if known is None else query.where(b.c.known_from <= known)


def _taken_back(learned_since: int | None, known: int | None) -> Select[Any]:
    b, s, f, d = (table(name) for name in ("beliefs", "statements", "facets", "documents"))
    after = b.alias()
    query = (
        select(b.c.known_to, b.c.note, s.c.id, s.c.list, s.c.body, s.c.words, f.c.facet.label("facet_text"),
               d.c.id.label("document"))
        .select_from(b)
        .join(s, s.c.n == b.c.statement)
        .join(f, f.c.n == b.c.facet)
        .join(d, d.c.n == s.c.document)
        .where(b.c.closed.is_not(None), ~exists().where(after.c.replaces == b.c.n))
        .order_by(b.c.closed, b.c.n)
    )  # fmt: skip
    if learned_since is not None:
        query = query.where(b.c.known_to >= learned_since)
    return query if known is None else query.where(b.c.known_to <= known)


def _of_written(row: Any, rules: Rules) -> Iterator[tuple[int, Change]]:
    statement = _read(row.id, row.body, row.words, row.document)
    note = decode(row.note) or {}
    began = row.valid_from if row.since_known else row.observed
    if row.replaces is None:
        kind = note.get("kind") or _BEGINNINGS[rules.nature(row.predicate)]
        if kind != "first":
            yield began, _change(kind, row, statement, began, note)
    elif row.cause == "end":
        yield row.valid_to, _change(note.get("kind") or "ended", row, statement, row.valid_to, note)
    elif row.cause == "decide":
        yield from _decided(row, statement, note)
    elif row.cause == "update" and row.id == row.was_id:
        return  # the half that ended; the one that began in its place tells both
    else:
        was = _read(row.was_id, row.was_body, row.was_words, row.document)
        kind = note.get("kind") or ("changed" if row.cause == "update" else "corrected")
        nothing: list[tuple[str | None, Value, Value]] = [(None, None, None)]
        for field, before, after in [*_differences(was, statement, row)] or nothing:
            change = _change(kind, row, statement, began, note)
            evidence = (*change.evidence, was.evidence)
            yield began, replace(change, field=field, before=before, after=after, evidence=evidence)


def _decided(row: Any, statement: Statement, note: Mapping[str, Any]) -> Iterator[tuple[int, Change]]:
    began = row.valid_from if row.since_known else row.observed
    if row.rejected != row.was_rejected:
        yield began, _change("rejected" if row.rejected else "restored", row, statement, began, note)
    if row.review != row.was_review:
        change = _change("reviewed", row, statement, began, note)
        yield began, replace(change, field="review", before=row.was_review, after=row.review)
    if row.facet_text != row.was_facet:
        change = _change("corrected", row, statement, began, note)
        yield began, replace(change, field="facet", before=row.was_facet, after=row.facet_text)


def _differences(was: Statement, now: Statement, row: Any) -> Iterator[tuple[str, Value, Value]]:
    pairs: list[tuple[str, Value, Value]] = [
        ("name", was.subject.name, now.subject.name),
        ("entity", was.subject.id, now.subject.id),
        ("polarity", was.polarity, now.polarity),
        ("modality", was.modality, now.modality),
        ("voice", was.voice, now.voice),
    ]
    pairs += [(slot, was.value.get(slot), now.value.get(slot)) for slot in sorted({*was.value, *now.value})]
    found = [pair for pair in pairs if pair[1] != pair[2]]
    if found and row.cause == "update":
        yield from found  # when it changed is the date of the change
        return
    dates = (was.time.edtf if was.time else None, now.time.edtf if now.time else None)
    if dates[0] != dates[1] and dates not in {(before, after) for _, before, after in found}:
        found.append(("time", *dates))
    elif not found and row.was_from != row.valid_from:
        found.append(("valid_from", iso(row.was_from), iso(row.valid_from)))
    if not found:
        one, two = was.evidence.cells or {}, now.evidence.cells or {}
        found = [
            (cell, one.get(cell), two.get(cell)) for cell in sorted({*one, *two}) if one.get(cell) != two.get(cell)
        ]
    yield from found


def _read(identity: str, body: str, words: str | None, document: str) -> Statement:
    return statement_of(identity, body, words, Origin(document))


def _change(kind: str, row: Any, statement: Statement, at: int, note: Mapping[str, Any] | None = None) -> Change:
    told = note or {}
    more = _evidence.decode(msgspec.json.encode(told["evidence"])) if told.get("evidence") else ()
    return Change(
        list=row.list,
        edition=told.get("edition"),
        date=(iso(at) or "")[:10] or None,
        kind=kind,
        facet=row.facet_text,
        name=statement.subject.name,
        entity=statement.subject.id,
        first_absent=told.get("first_absent"),
        confirmed_by=told.get("confirmed_by"),
        evidence=(statement.evidence, *more),
    )
