"""Correct is not update: what was wrong, what changed in the world, what ended, and what its source took back."""

from __future__ import annotations

from typing import NamedTuple

from comity.errors import UsageError
from comity.model import Statement
from comity.register.deciding import active, as_decided
from comity.register.draft import Draft
from comity.register.holdings import (
    Held,
    Opening,
    base_facet,
    beliefs_in,
    full_id,
    held,
    known_statements,
    latest,
    open_row,
    reopen,
)
from comity.register.instants import OPEN, iso
from comity.register.intervals import Interval, in_place
from comity.register.recording import place_statement
from comity.register.telling import Note

__all__ = ["correct", "end", "retract", "update"]


class _Successor(NamedTuple):
    """A statement that takes a place: its row, and of its own beliefs the one that gives way, if any."""

    statement: Statement
    row: int
    own: Held | None
    facet: str


def correct(draft: Draft, old: str, new: Statement | str, note: Note) -> str:
    """``new`` stands in the place of ``old``, which was wrong from the start; the id of the new one."""
    before = latest(beliefs_in(draft.connection, old))
    after = _successor(draft, new, before)
    draft.close("beliefs", before.n)
    was, becomes = (draft.rules.holds(each, before.observed) for each in (before.read(), after.statement))
    _put(draft, after, in_place(before.interval, was, becomes), before, cause="correct", note=note)
    return after.statement.id


def update(draft: Draft, old: str, new: Statement | str, at: int, note: Note) -> str:
    """The world changed at ``at``: ``old`` held until then, ``new`` holds from then on; the id of the new one."""
    before = latest(beliefs_in(draft.connection, old))
    after = _successor(draft, new, before)
    _end(draft, before, at, "update", note)
    _put(draft, after, Interval(at, OPEN, True), before, cause="update", note=note)
    return after.statement.id


def end(draft: Draft, statement: str, at: int, note: Note) -> str:
    """The world changed at ``at`` and nothing came in its place; the id of the statement."""
    _end(draft, latest(beliefs_in(draft.connection, statement)), at, "end", note)
    return statement


def retract(draft: Draft, statement: str) -> str:
    """The source took it back: all that is believed of the statement ends in known time; its id."""
    for belief in beliefs_in(draft.connection, statement):
        draft.close("beliefs", belief.n)
    return statement


def _successor(draft: Draft, new: Statement | str, before: Held) -> _Successor:
    if isinstance(new, str):
        (found,) = known_statements(draft.connection, [full_id(draft.connection, new)]).values()
        statement, row, list_name = found.read(), found.n, found.list
    else:
        statement, row = place_statement(draft, new)
        list_name = None
    if statement.id == before.id:
        raise UsageError("a statement can't take its own place", where=statement.id, hint="name another")
    beliefs = held(draft.connection, [statement.id]).get(statement.id, [])
    text = base_facet(draft, statement.id, list_name, statement)
    return _Successor(statement, row, latest(beliefs) if beliefs else None, text)


def _put(draft: Draft, new: _Successor, interval: Interval, before: Held, *, cause: str, note: Note) -> None:
    statement, row, own, text = new
    opening = Opening(row, text, statement.predicate, interval, before.observed, cause, replaces=before.n, note=note)
    if own is not None:
        draft.close("beliefs", own.n)
        opening = opening._replace(
            facet=own.facet_text, review=own.review, rejected=own.rejected, observed=own.observed
        )
    else:
        decisions = active(draft.connection, None, targets=[statement.id])
        opening = as_decided(draft, opening, statement, decisions)
    open_row(draft, opening)


def _end(draft: Draft, before: Held, at: int, cause: str, note: Note) -> None:
    if at < before.valid_from:
        raise UsageError(
            f"would end before it began ({iso(before.valid_from)})", where=before.id, hint="name a later day"
        )
    if at >= before.valid_to:
        raise UsageError(f"ended already ({iso(before.valid_to)})", where=before.id, hint="correct it instead")
    reopen(draft, before, cause, note=note, valid_to=at)
