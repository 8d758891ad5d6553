"""Correct is not update: what was wrong, what changed in the world, what ended, and what its source took back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from comity.errors import RegisterError, UsageError
from comity.model import Evidence, Statement
from comity.register.deciding import active, as_decided
from comity.register.draft import Draft
from comity.register.holdings import (
    Held,
    Opening,
    base_facet,
    full_id,
    held,
    known_statements,
    open_row,
    reopen,
    the_held,
)
from comity.register.instants import OPEN, instant, iso
from comity.register.intervals import Interval, carried, holds
from comity.register.recording import place_statement

__all__ = ["correct", "end", "end_note", "retract", "update"]


class _Successor(NamedTuple):
    """A statement that takes a place: its row, and the belief in it that is open already, if any."""

    statement: Statement
    row: int
    own: Held | None
    facet: str


def correct(draft: Draft, old: str, new: Statement | str, note: dict[str, Any]) -> str:
    """``new`` stands in the place of ``old``, which was wrong from the start; the id of the new one."""
    before = the_held(draft.connection, full_id(draft.connection, old))
    after = _successor(draft, new, before)
    draft.close("beliefs", before.n)
    was = before.read()
    interval = Interval(before.valid_from, before.valid_to, bool(before.since_known))
    becomes = holds(after.statement.time, draft.rules.nature(after.statement.predicate), before.observed)
    if becomes.since_known:  # what says nothing of its time holds for as long as what it stands for
        interval = carried(interval, holds(was.time, draft.rules.nature(was.predicate), before.observed), becomes)
    _put(draft, after, interval, before, cause="correct", note=note)
    return after.statement.id


def update(draft: Draft, old: str, new: Statement | str, at: str, note: dict[str, Any]) -> str:
    """The world changed at ``at``: ``old`` held until then, ``new`` holds from then on; the id of the new one."""
    before = the_held(draft.connection, full_id(draft.connection, old))
    after = _successor(draft, new, before)
    until = _end_within(before, at)
    reopen(draft, before, "update", note=note, valid_to=until)
    _put(draft, after, Interval(until, OPEN, True), before, cause="update", note=note)
    return after.statement.id


def end(draft: Draft, statement: str, at: str, note: dict[str, Any], cause: str = "end") -> str:
    """The world changed at ``at`` and nothing came in its place; the id of the statement."""
    before = the_held(draft.connection, full_id(draft.connection, statement))
    reopen(draft, before, cause, note=note, valid_to=_end_within(before, at))
    return before.id


def retract(draft: Draft, statement: str) -> str:
    """The source took it back: all that is believed of the statement ends in known time; its id."""
    identity = full_id(draft.connection, statement)
    beliefs = held(draft.connection, [identity]).get(identity)
    if not beliefs:
        raise RegisterError("is not believed at present", where=identity, hint="look at `changes`")
    for belief in beliefs:
        draft.close("beliefs", belief.n)
    return identity


def end_note(reason: str, evidence: Sequence[Evidence], **more: Any) -> dict[str, Any]:
    """What is kept with the end of a belief, without what is not given."""
    note: dict[str, Any] = {"reason": reason or None, "evidence": list(evidence) or None, **more}
    return {key: value for key, value in note.items() if value is not None}


def _successor(draft: Draft, new: Statement | str, before: Held) -> _Successor:
    if isinstance(new, str):
        known = known_statements(draft.connection, [full_id(draft.connection, new)])
        found = next(iter(known.values()))
        statement, row, list_name = found.read(), found.n, found.list
    else:
        statement, row = place_statement(draft, new)
        list_name = None
    if statement.id == before.id:
        raise UsageError("a statement can't take its own place", where=statement.id, hint="name another")
    beliefs = held(draft.connection, [statement.id]).get(statement.id, [])
    text = base_facet(draft, statement.id, list_name, statement)
    return _Successor(statement, row, beliefs[-1] if beliefs else None, text)


def _put(draft: Draft, new: _Successor, interval: Interval, before: Held, *, cause: str, note: dict[str, Any]) -> None:
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


def _end_within(before: Held, at: str) -> int:
    until = instant(at)
    if until < before.valid_from:
        raise UsageError(
            f"would end before it began ({iso(before.valid_from)})", where=before.id, hint="name a later day"
        )
    if until >= before.valid_to:
        raise UsageError(f"ended already ({iso(before.valid_to)})", where=before.id, hint="correct it instead")
    return until
