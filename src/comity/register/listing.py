"""Editions of official lists: recorded in bulk, kept as printed, with what changed in them handed in as values.

A row that prints the same again is a sighting: one narrow row that points at the printing kept once. Beliefs change
only where the caller says that a value or a presence did.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, select

from comity.errors import RegisterError, UsageError
from comity.identity import parse_facet, row_id
from comity.model import Decision, Document, Edition, Entry, Evidence, Statement
from comity.register.changing import correct, end, update
from comity.register.deciding import as_decided, decided
from comity.register.draft import Draft
from comity.register.holdings import Opening, held, intervals, known_statements, open_row, reopen, row_numbers
from comity.register.instants import OPEN, instant
from comity.register.intervals import Interval
from comity.register.papers import add_capture, new_paper, paper
from comity.register.questions import ask
from comity.register.recording import capture_bytes
from comity.register.rows import body_of, encode, same_reading
from comity.register.tables import table
from comity.register.telling import ListChanges, Note, hear, rows_of, withdrawal_note

__all__ = ["EditionRecorded", "body_of_row", "record_edition", "withdraw"]


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
    unmatched: tuple[str, ...] = ()  # old statements of changes that had no ground


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
    _, until = min((each for each in accepted if each[0] > edition.order), default=("", ""))
    done = _believe(draft, edition, home.n, changes, bool(accepted), until)
    for question in changes.questions:
        ask(draft, question)
    draft.detail |= {"opened": done.opened, "sighted": done.sighted, "ended": done.ended}
    return done


def withdraw(draft: Draft, list_name: str, date: str, evidence: Sequence[Evidence], reason: str) -> int:
    """The list as a whole ends at ``date``: so does all that its rows said and that still holds; how many beliefs."""
    if not _editions(draft.connection, list_name):
        raise UsageError("no such list on the register", where=list_name, hint="add an edition first")
    s = table("statements")
    ids = draft.connection.execute(select(s.c.id).where(s.c.list == list_name).distinct()).scalars().all()
    until = instant(date)
    note = withdrawal_note(date, reason, evidence)
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
    draft: Draft, edition: Edition, document: int, changes: ListChanges, later: bool, until: str
) -> EditionRecorded:
    rows = rows_of(edition)
    numbers = _statement_rows(draft, edition, rows, document)
    sighted = len(edition.entries)
    if changes.late:
        return EditionRecorded(edition.list, edition.id, "recorded", sighted=sighted)
    draft.write()
    draft.numbers("facets", "facet", [entry.facet for entry, _ in rows.values()])
    draft.numbers("entities", "id", [entry.facet.split("|")[1] for entry, _ in rows.values()])
    on = _OnRegister(draft, numbers, decided(draft.connection, rows))
    opened, unmatched = hear(
        on, edition, changes, draft.rules, at=draft.at, later=later, until=instant(until) if until else None
    )
    missing = set(unmatched)
    return EditionRecorded(
        edition.list,
        edition.id,
        "recorded",
        opened=opened,
        sighted=sighted - opened,
        corrected=sum(each.old not in missing for each in changes.corrected),
        updated=sum(each.old not in missing for each in changes.updated),
        ended=sum(each.statement not in missing for each in changes.ended),
        unmatched=unmatched,
    )


@dataclass(frozen=True, slots=True)
class _OnRegister:
    """Beliefs as they lie on the register: what is told of them is written. Numbers and decisions are by statement."""

    draft: Draft
    numbers: Mapping[str, int]
    decisions: Mapping[str, Sequence[Decision]]

    def intervals(self, statements: Iterable[str]) -> Mapping[str, Sequence[Interval]]:
        return intervals(self.draft.connection, statements)

    def correct(self, old: str, new: str, note: Note) -> None:
        correct(self.draft, old, new, note)
        self.draft.write()  # what is asked next sees it

    def update(self, old: str, new: str, at: int, note: Note) -> None:
        update(self.draft, old, new, at, note)
        self.draft.write()

    def end(self, statement: str, at: int, note: Note) -> None:
        end(self.draft, statement, at, note)
        self.draft.write()

    def open(self, entry: Entry, statement: Statement, interval: Interval, observed: int, note: Note) -> None:
        row = self.numbers[statement.id]
        new = Opening(row, entry.facet, statement.predicate, interval, observed, "record", note=note)
        open_row(self.draft, as_decided(self.draft, new, statement, self.decisions.get(statement.id, ())))


def _statement_rows(
    draft: Draft, edition: Edition, rows: Mapping[str, tuple[Entry, Statement]], document: int
) -> dict[str, int]:
    """The row of each entry's statement; those that are new are held to their content and written.

    What is believed stays as it was read. What is not is read as this edition reads it: a day that lay ahead of an
    earlier one was unread there.
    """
    numbers = row_numbers(draft.connection, rows)
    believed = intervals(draft.connection, numbers)
    known = known_statements(draft.connection, numbers.keys() - believed.keys())
    for identity, (entry, statement) in rows.items():
        before = known.get(identity)
        if identity not in numbers or (before is not None and not same_reading(before.body, statement)):
            body, revision = body_of_row(edition, entry, statement), before.revision + 1 if before else 0
            home = before.document_row if before else document
            numbers[identity] = draft.add("statements", identity, revision, home, edition.list, body, None)
    return numbers


def body_of_row(edition: Edition, entry: Entry, statement: Statement) -> str:
    """The JSON of a row's statement. Raises RegisterError where its id is not that of its content."""
    slots = tuple(parse_facet(entry.facet)[2])
    values = {slot: statement.value.get(slot) for slot in slots}
    cells = statement.evidence.cells or {}
    if statement.id != row_id(edition.list, statement.predicate, statement.subject.name, values, cells):
        raise RegisterError("a row's id is not that of its content", where=f"{edition.name} row {entry.row}")
    return body_of(statement, slots)
