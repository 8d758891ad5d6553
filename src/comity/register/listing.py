"""Editions of official lists: recorded in bulk, kept as printed, with what changed in them handed in as values.

A row that prints the same again is a sighting: one narrow row that points at the printing kept once. Beliefs change
only where the caller says that a value or a presence did.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from sqlalchemy import Connection, select

from comity.errors import RegisterError, UsageError
from comity.identity import parse_facet, row_id
from comity.model import Decision, Document, Edition, Entry, Evidence, Statement
from comity.register.changing import correct, end_note, update
from comity.register.deciding import active, as_decided
from comity.register.draft import Draft
from comity.register.holdings import Held, Opening, held, open_ends, open_row, reopen, row_numbers
from comity.register.instants import OPEN, instant, iso
from comity.register.intervals import Interval, holds, observed_at
from comity.register.papers import add_capture, new_paper, paper
from comity.register.questions import Question, ask
from comity.register.recording import capture_bytes
from comity.register.rows import body_of, encode
from comity.register.rules import Rules
from comity.register.tables import table

__all__ = [
    "Correction",
    "EditionRecorded",
    "Ending",
    "ListChanges",
    "Succession",
    "end_of_row",
    "record_edition",
    "since_of_row",
    "withdraw",
]


@dataclass(frozen=True, slots=True)
class Correction:
    """A row that was printed wrong before: ``new`` (of this edition) stands in the place of ``old``. Statement ids."""

    old: str
    new: str
    kind: str = "amended"


@dataclass(frozen=True, slots=True)
class Succession:
    """A row whose matter changed in the world ``at`` a day or instant: ``old`` until then, ``new`` since."""

    old: str
    new: str
    at: str
    kind: str = "amended"


@dataclass(frozen=True, slots=True)
class Ending:
    """A row that is gone, by the list's rule of proof: its belief ends ``at``."""

    statement: str
    at: str
    kind: str = "left"
    first_absent: str | None = None
    confirmed_by: str | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class ListChanges:
    """What an edition changes beyond rows that come and rows that are seen again.

    ``begins`` says that the list itself began with this edition, so that its rows did; ``undated`` are statements of
    rows that no earlier edition is known to lack, as these were excerpts without them. With ``late`` the edition is
    kept and believed nothing of: the caller settles its list then (:meth:`~comity.register.Register.settle`).
    """

    corrected: Sequence[Correction] = ()
    updated: Sequence[Succession] = ()
    ended: Sequence[Ending] = ()
    questions: Sequence[Question] = ()
    begins: bool = False
    undated: Collection[str] = ()
    late: bool = False


@dataclass(frozen=True, slots=True)
class EditionRecorded:
    """What became of an edition: how many rows opened a belief, were seen again, corrected, updated, ended."""

    list: str
    edition: str
    outcome: Literal["recorded", "repeated", "sighted", "refused"]
    opened: int = 0
    sighted: int = 0
    corrected: int = 0
    updated: int = 0
    ended: int = 0
    unmatched: tuple[str, ...] = field(default=())  # changes whose old statement is not believed at present


def record_edition(
    draft: Draft, edition: Edition, document: Document, changes: ListChanges, data: bytes | None
) -> EditionRecorded:
    """Record one edition with its bytes. A refused one is kept and changes nothing."""
    if edition.document != document.id:
        raise RegisterError("the edition is of another document", where=edition.name)
    latest = _editions(draft.connection, edition.list)
    home = paper(draft, document.id)
    fresh = home is None or home.capture_is_new(document)
    if fresh:
        draft.captures.keep(capture_bytes(document, data))
    if home is None:
        home = new_paper(draft, document)
    elif fresh:
        add_capture(draft, home, document)
    if _is_known(edition, latest):
        outcome: Literal["sighted", "repeated"] = "sighted" if fresh else "repeated"
        return EditionRecorded(edition.list, edition.id, outcome)
    number = draft.add(
        "editions",
        edition.list,
        edition.id,
        edition.order,
        edition.date,
        _edition_body(edition),
        int(edition.accepted),
        home.n,
    )
    draft.detail = {"list": edition.list, "edition": edition.id, "name": edition.name, "accepted": edition.accepted}
    if not edition.accepted:
        return EditionRecorded(edition.list, edition.id, "refused")
    draft.add_entries(number, _printed(draft, edition.entries))
    accepted = [(order, when) for order, _, ok, when in latest if ok]
    following = min(((order, when) for order, when in accepted if order > edition.order), default=None)
    done = _believe(draft, edition, home.n, changes, bool(accepted), following[1] if following else None)
    for question in changes.questions:
        ask(draft, question)
    draft.detail |= {"opened": done.opened, "sighted": done.sighted, "ended": done.ended}
    return done


def withdraw(draft: Draft, list_name: str, date: str, evidence: Sequence[Evidence], reason: str) -> int:
    """The list as a whole ends at ``date``: so does all that its rows said and that still holds; how many beliefs."""
    s = table("statements")
    ids = draft.connection.execute(select(s.c.id).where(s.c.list == list_name).distinct()).scalars().all()
    if not ids:
        raise UsageError("no such list on the register", where=list_name, hint="add an edition first")
    until = instant(date)
    note = end_note(reason, evidence, kind="withdrawn", date=date)
    draft.add("withdrawals", list_name, until, encode({"date": date, "reason": reason, "evidence": list(evidence)}))
    ended = 0
    for beliefs in held(draft.connection, ids).values():
        for belief in beliefs:
            if belief.valid_to == OPEN:
                reopen(draft, belief, "end", note=note, valid_to=max(until, belief.valid_from))
                ended += 1
    draft.detail = {"list": list_name, "date": date, "ended": ended}
    return ended


def _editions(connection: Connection, list_name: str) -> list[tuple[str, str, bool, str]]:
    """Order, id, accepted and date of a list's editions, in order."""
    e = table("editions")
    query = select(e.c.ord, e.c.id, e.c.accepted, e.c.date).where(e.c.list == list_name).order_by(e.c.ord, e.c.n)
    return [(order, identity, bool(ok), when) for order, identity, ok, when in connection.execute(query)]


def _is_known(edition: Edition, recorded: Iterable[tuple[str, str, bool, str]]) -> bool:
    """The same bytes again, with no other edition in between: one publication seen again.

    What was refused is not known where it is accepted now.
    """
    same = [
        (order, identity == edition.id and (accepted or not edition.accepted))
        for order, identity, accepted, _ in recorded
    ]
    if any(known and order == edition.order for order, known in same):
        return True
    before = [known for order, known in same if order < edition.order]
    after = [known for order, known in same if order > edition.order]
    return bool(before and before[-1]) or bool(after and after[0])


def _edition_body(edition: Edition) -> str:
    return encode(
        {
            "name": edition.name,
            "date_basis": edition.date_basis,
            "captured": edition.captured,
            "scopes": edition.scopes,
            "checks": edition.checks,
        }
    )


def _printed(draft: Draft, entries: Sequence[Entry]) -> list[tuple[int, int, int]]:
    """Position, row and printing of each entry; a printing that is new is written."""
    keyed = []
    for entry in entries:
        body = encode(
            {
                "printed": entry.printed,
                "entity": entry.entity,
                "outcome": entry.outcome,
                "facet": entry.facet,
                "since": entry.since,
                "link": entry.link,
                "reason": entry.reason,
                "normal": entry.normal,
            }
        )
        statement = entry.statement.id if entry.statement else None
        key = hashlib.sha256(f"{entry.list}\n{statement}\n{body}".encode()).hexdigest()[:40]
        keyed.append((key, statement, body))
    draft.numbers("printed", "key", [key for key, _, _ in keyed])
    return [
        (position, entry.row, draft.interned("printed", "key", key, statement, body))
        for position, (entry, (key, statement, body)) in enumerate(zip(entries, keyed, strict=True))
    ]


def _believe(
    draft: Draft, edition: Edition, document: int, changes: ListChanges, later: bool, until: str | None
) -> EditionRecorded:
    rows: dict[str, tuple[Entry, Statement]] = {}
    for entry in edition.entries:
        if entry.statement is not None:
            rows.setdefault(entry.statement.id, (entry, entry.statement))
    numbers = _statement_rows(draft, edition, rows, document)
    if changes.late:
        return EditionRecorded(edition.list, edition.id, "recorded", sighted=len(edition.entries))
    draft.write()
    unmatched = _apply(draft, edition, changes)
    draft.write()
    open_now = open_ends(draft.connection, rows)
    observed = observed_at(edition.captured, edition.date or None, draft.at)
    decisions: dict[str, list[Decision]] = {}
    for decision in active(draft.connection, None, targets=rows):
        decisions.setdefault(decision.target, []).append(decision)
    draft.numbers("facets", "facet", [entry.facet for entry, _ in rows.values()])
    draft.numbers("entities", "id", [entry.facet.split("|")[1] for entry, _ in rows.values()])
    opened = 0
    for identity, (entry, statement) in rows.items():
        if identity in open_now and (until or OPEN in open_now[identity]):
            continue
        ended = open_now[identity][-1] if identity in open_now else None
        joined = later and identity not in changes.undated
        interval = since_of_row(draft.rules, edition, statement, observed, dated=joined or changes.begins, ended=ended)
        if until:
            interval = interval._replace(valid_to=max(interval.valid_from, instant(until)))
        kind = "relisted" if identity in open_now else "joined" if joined else "first"
        note = {"kind": kind, "edition": edition.id}
        cause = (identity in open_now and "relist") or "record"
        opening = Opening(numbers[identity], entry.facet, statement.predicate, interval, observed, cause, note=note)
        open_row(draft, as_decided(draft, opening, statement, decisions.get(identity, ())))
        opened += 1
    missing = set(unmatched)
    return EditionRecorded(
        edition.list,
        edition.id,
        "recorded",
        opened=opened,
        sighted=len(edition.entries) - opened,
        corrected=sum(each.old not in missing for each in changes.corrected),
        updated=sum(each.old not in missing for each in changes.updated),
        ended=sum(each.statement not in missing for each in changes.ended),
        unmatched=unmatched,
    )


def _statement_rows(
    draft: Draft, edition: Edition, rows: Mapping[str, tuple[Entry, Statement]], document: int
) -> dict[str, int]:
    """The row of each entry's statement; those that are new are held to their content and written."""
    numbers = row_numbers(draft.connection, rows)
    for identity, (entry, statement) in rows.items():
        if identity not in numbers:
            slots = tuple(parse_facet(entry.facet)[2])
            if identity != _row_id(edition.list, statement, slots):
                raise RegisterError("a row's id is not that of its content", where=f"{edition.name} row {entry.row}")
            body = body_of(statement, slots)
            numbers[identity] = draft.add("statements", identity, 0, document, edition.list, body, None)
    return numbers


def _row_id(list_name: str, statement: Statement, slots: Sequence[str]) -> str:
    values = {slot: statement.value.get(slot) for slot in slots}
    cells = statement.evidence.cells or {}
    return row_id(list_name, statement.predicate, statement.subject.name, values, cells)


def _apply(draft: Draft, edition: Edition, changes: ListChanges) -> tuple[str, ...]:
    """Corrections, successions and endings; the old statements that are not believed at present."""
    replaced: list[Correction | Succession] = [*changes.corrected, *changes.updated]
    wanted = [*(each.old for each in replaced), *(each.statement for each in changes.ended)]
    believed = held(draft.connection, wanted)
    unmatched = [each for each in dict.fromkeys(wanted) if each not in believed]
    done = set(unmatched)
    for change in replaced:
        if change.old in done or change.old == change.new:
            continue
        done.add(change.old)
        note = {"kind": change.kind, "edition": edition.id}
        before = _still(draft, change.old)
        if isinstance(change, Correction):
            correct(draft, change.old, change.new, note)
        elif before is not None:
            update(draft, change.old, change.new, iso(max(instant(change.at), before.valid_from)) or "", note)
        draft.write()
    for ending in changes.ended:
        if ending.statement not in done:
            done.add(ending.statement)
            before = _still(draft, ending.statement)
            if before is not None:
                # An edition may be dated before the day on which its rows say that they began.
                until = max(instant(ending.at), before.valid_from)
                reopen(draft, before, "end", note=end_of_row(ending, edition), valid_to=until)
    return tuple(unmatched)


def _still(draft: Draft, statement: str) -> Held | None:
    """The belief in a statement that has not ended; what a person ended stays so."""
    beliefs = held(draft.connection, [statement]).get(statement, ())
    return next((each for each in beliefs if each.valid_to == OPEN), None)


def end_of_row(ending: Ending, edition: Edition) -> dict[str, Any]:
    """What is kept with the end of a row's belief."""
    more: dict[str, Any] = {"first_absent": ending.first_absent, "confirmed_by": ending.confirmed_by}
    return end_note("", ending.evidence, kind=ending.kind, edition=edition.id, **more)


def since_of_row(
    rules: Rules, edition: Edition, statement: Statement, observed: int, *, dated: bool, ended: int | None
) -> Interval:
    """Since when a row holds that an edition prints: by its own date, else since the edition's.

    That is known as a start (``dated``) where an earlier edition lacks the row. A row that had ``ended`` holds again
    since the edition that prints it again.
    """
    day = instant(edition.date) if edition.date else observed
    if ended is not None:
        return Interval(max(day, ended), OPEN, True)
    interval = holds(statement.time, rules.nature(statement.predicate), observed)
    return interval if interval.since_known else Interval(day, OPEN, dated)
