"""What became different on the register, derived from beliefs alone: every row says why and in whose place.

Reading the same files again writes no rows, so it yields no changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, and_, exists, or_, select

from comity.model import Change, Evidence, Statement, Value
from comity.register.deciding import active, joined
from comity.register.dialects import among
from comity.register.instants import iso
from comity.register.reading import at_known
from comity.register.rows import Origin, Said, decode, said_of, statement_of
from comity.register.rules import Rules
from comity.register.tables import table

__all__ = ["About", "changes"]

_BEGINNINGS = {"state": "began", "event": "happened", "utterance": "said"}
_AT_ONCE = 1000  # rows
_FIRST = '"kind":"first"'  # in a note: a row of a list's first edition, which is no change
_Matter = tuple[str, str, str, tuple[Value, ...]]
_NO_DAY = re.compile(r"\d{4}(?:-\d\d)?")
_evidence = msgspec.json.Decoder(tuple[Evidence, ...])


@dataclass(frozen=True, slots=True)
class About:
    """What changes are asked of: an entity (with those that are the same), a predicate, a list; None is all."""

    entity: str | None = None
    predicate: str | None = None
    list_name: str | None = None


def changes(
    connection: Connection,
    rules: Rules,
    *,
    since: int | None,
    until: int | None,
    learned_since: int | None,
    known: int | None,
    about: About = About(),
    newest: int | None = None,
) -> Iterator[Change]:
    """Changes in the order in which the register learned of them; those that it took back come last.

    ``since`` and ``until`` ask by the date of the edition or event (where that is unknown, by the day on which it was
    observed), ``learned_since`` and ``known`` by the register's own time. With ``newest`` no more rows are read than
    the latest so many, and what came with them in one commit.
    """
    narrowed = tuple(_narrowed(connection, about, known))
    if newest is not None:
        learned_since = max(filter(None, (learned_since, _reached(connection, narrowed, known, newest))), default=None)
    rows = connection.execute(_written(learned_since, known).where(*narrowed, *_from(connection, learned_since))).all()
    told = _told_before(connection, rows, rules, learned_since) if learned_since is not None else set()
    for row in rows:
        for at, change in _of_written(row, rules, told):
            if (since is None or at >= since) and (until is None or at <= until):
                yield replace(change, learned=iso(row.known_from))
    for row in connection.execute(_taken_back(learned_since, known).where(*narrowed)):
        if (since is None or row.known_to >= since) and (until is None or row.known_to <= until):
            kind = "recalled" if row.operation in ("reread", "settle") else "retracted"
            yield replace(_change(kind, row, _of_row(row), row.known_to), learned=iso(row.known_to))


def _narrowed(connection: Connection, about: About, known: int | None) -> Iterator[ColumnElement[bool]]:
    b, s, f, e = (table(name) for name in ("beliefs", "statements", "facets", "entities"))
    if about.entity is not None:
        members = joined(active(connection, known, kinds=("same",))).members(about.entity)
        yield b.c.entity.in_(select(e.c.n).where(e.c.id.in_(members)))
    if about.predicate is not None:
        yield f.c.predicate == about.predicate
    if about.list_name is not None:
        yield s.c.list == about.list_name


def _reached(
    connection: Connection, narrowed: Sequence[ColumnElement[bool]], known: int | None, newest: int
) -> int | None:
    """The instant of the ``newest``-th row from the last that tells of a change; None where there are fewer."""
    b, s, f = (table(name) for name in ("beliefs", "statements", "facets"))
    query = (
        select(b.c.known_from)
        .join(s, s.c.n == b.c.statement)
        .join(f, f.c.n == b.c.facet)
        .where(*narrowed, or_(b.c.note.is_(None), b.c.note.not_like(f"%{_FIRST}%")))
        .order_by(b.c.n.desc())
        .offset(newest - 1)
        .limit(1)
    )
    return connection.execute(query if known is None else query.where(b.c.known_from <= known)).scalar()


def _from(connection: Connection, learned_since: int | None) -> Iterator[ColumnElement[bool]]:
    """That a row was written at an instant or later, by its number, for rows stand in the order of time."""
    b = table("beliefs")
    if learned_since is not None:
        last = select(b.c.n).where(b.c.known_from < learned_since).order_by(b.c.n.desc()).limit(1)
        yield b.c.n > (connection.execute(last).scalar() or 0)


def _written(learned_since: int | None, known: int | None) -> Select[Any]:
    b, s, f, d, p = (table(name) for name in ("beliefs", "statements", "facets", "documents", "publications"))
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
            p.c.body.label("publication"),
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
        .outerjoin(p, and_(p.c.document == d.c.n, at_known(p, known)))
        .outerjoin(before, before.c.n == b.c.replaces)
        .outerjoin(earlier, earlier.c.n == before.c.statement)
        .outerjoin(old_facet, old_facet.c.n == before.c.facet)
        .order_by(b.c.n)
    )
    if learned_since is not None:
        query = query.where(b.c.known_from >= learned_since)
    return query if known is None else query.where(b.c.known_from <= known)


def _taken_back(learned_since: int | None, known: int | None) -> Select[Any]:
    b, s, f, d, p = (table(name) for name in ("beliefs", "statements", "facets", "documents", "publications"))
    after, entries = b.alias(), table("log")
    instead = b.alias()
    # What a row says goes on to be said, in the place of the same row of an edition that came late.
    same = exists().where(instead.c.entity == b.c.entity, instead.c.facet == b.c.facet, instead.c.opened == b.c.closed)
    query = (
        select(b.c.known_to, entries.c.operation, b.c.note, s.c.id, s.c.list, s.c.body, s.c.words,
               f.c.facet.label("facet_text"), d.c.id.label("document"), p.c.body.label("publication"))
        .select_from(b)
        .join(s, s.c.n == b.c.statement)
        .join(f, f.c.n == b.c.facet)
        .join(d, d.c.n == s.c.document)
        .join(entries, entries.c.seq == b.c.closed)
        .outerjoin(p, and_(p.c.document == d.c.n, at_known(p, known)))
        .where(
            b.c.closed.is_not(None),
            ~exists().where(after.c.replaces == b.c.n),
            ~and_(entries.c.operation == "settle", same),
        )
        .order_by(b.c.closed, b.c.n)
    )  # fmt: skip
    if learned_since is not None:
        query = query.where(b.c.known_to >= learned_since)
    return query if known is None else query.where(b.c.known_to <= known)


def _told_before(connection: Connection, rows: Sequence[Any], rules: Rules, learned_since: int) -> set[_Matter]:
    """What stories had told before of the matters of ``rows``: who tells it again brings nothing new."""
    b, s, f = (table(name) for name in ("beliefs", "statements", "facets"))
    fresh = [row for row in rows if row.replaces is None and row.list is None]
    if not fresh:
        return set()
    query = (
        select(f.c.facet, f.c.predicate, s.c.body)
        .select_from(b)
        .join(s, s.c.n == b.c.statement)
        .join(f, f.c.n == b.c.facet)
        .where(
            among(connection, b.c.entity, list({row.entity for row in fresh})),  # which has an index
            among(connection, b.c.facet, list({row.facet for row in fresh})),
            b.c.known_from < learned_since,
            s.c.list.is_(None),
        )
    )
    # By the thousand: row by row takes longer than to decode them, and all at once they may be a million.
    parts = connection.execute(query).partitions(_AT_ONCE)
    return {_matter(facet, predicate, said_of(body), rules) for part in parts for facet, predicate, body in part}


def _matter(facet: str, predicate: str, told: Statement | Said, rules: Rules) -> _Matter:
    """What a statement tells, whoever tells it: its facet, how firmly, and what was done or said."""
    values = tuple(told.value.get(slot) for slot in rules.enums.get(predicate, ()))
    return facet, told.polarity, told.modality, values


def _of_written(row: Any, rules: Rules, told: set[_Matter]) -> Iterator[tuple[int, Change]]:
    statement = _of_row(row)
    note = decode(row.note) or {}
    began = row.valid_from if row.since_known else row.observed
    if row.replaces is None:
        kind = note.get("kind")
        if kind is None:
            matter = _matter(row.facet_text, statement.predicate, statement, rules)
            kind = "retold" if matter in told else _beginning(statement, rules)
            told.add(matter)
        if kind != "first":
            change = _as_told(_change(kind, row, statement, began, note), row, statement)
            if not row.since_known and row.list is None:
                change = replace(change, date=None)
            yield began, _with_value(change, statement, rules)
        if ended := note.get("ended"):  # a late edition told both
            yield row.valid_to, _change(ended["kind"], row, statement, row.valid_to, ended)
    elif row.cause == "end":
        yield row.valid_to, _change(note.get("kind") or "ended", row, statement, row.valid_to, note)
    elif row.cause == "decide":
        yield from _decided(row, statement, note)
    elif row.cause == "update" and row.id == row.was_id:
        return  # the half that ended; the one that began in its place tells both
    else:
        was = statement_of(row.was_id, row.was_body, row.was_words, _origin(row))
        kind = note.get("kind") or ("changed" if row.cause == "update" else "corrected")
        # A list told anew may only be seen earlier than it was, or in another printing: nothing became different.
        nothing: list[tuple[str | None, Value, Value]] = [] if row.cause == "settle" else [(None, None, None)]
        for field, before, after in [*_differences(was, statement, row)] or nothing:
            change = _as_told(_change(kind, row, statement, began, note), row, statement)
            evidence = (*change.evidence, was.evidence)
            yield began, replace(change, field=field, before=before, after=after, evidence=evidence)


def _beginning(statement: Statement, rules: Rules) -> str:
    """The kind of change that a story's statement is when nobody told it before."""
    if statement.modality != "actual":
        return statement.modality
    return "denied" if statement.polarity == "negated" else _BEGINNINGS[rules.nature(statement.predicate)]


def _with_value(change: Change, statement: Statement, rules: Rules) -> Change:
    """A beginning with what there is since: what was done or said, where the facet doesn't say it already."""
    wanted = (*rules.exclusive.get(statement.predicate, ()), *rules.enums.get(statement.predicate, ()))
    for slot in wanted:
        given = statement.value.get(slot)
        if statement.evidence.cells is None and given is not None and slot not in rules.facets[statement.predicate]:
            return replace(change, field=slot, after=given)
    return change


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
    if row.cause == "settle":
        if row.was_to != row.valid_to:
            found.append(("valid_to", iso(row.was_to), iso(row.valid_to)))
        yield from found
        return
    if not found:
        one, two = was.evidence.cells or {}, now.evidence.cells or {}
        found = [
            (cell, one.get(cell), two.get(cell)) for cell in sorted({*one, *two}) if one.get(cell) != two.get(cell)
        ]
    yield from found


def _of_row(row: Any) -> Statement:
    return statement_of(row.id, row.body, row.words, _origin(row))


def _origin(row: Any) -> Origin:
    publication = decode(row.publication) or {}
    return Origin(row.document, publication.get("path"), publication.get("url"))


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


def _as_told(change: Change, row: Any, statement: Statement) -> Change:
    """A change at a beginning of which the month or year alone is told, with that for its date ("2019")."""
    time = statement.time
    if row.since_known and time is not None and time.edtf and _NO_DAY.fullmatch(time.edtf):
        return replace(change, date=time.edtf)
    return change
