"""What an edition of a list makes of what is believed of its rows: the rules of docs/register.md, said once. Pure.

:func:`hear` says it to whoever holds the beliefs: the register, as an edition is recorded (``listing``), or memory, as
all editions of a list are told in their order (``settling``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from comity.model import Correction, Edition, Ending, Entry, Evidence, Statement, Succession
from comity.register.instants import OPEN, instant
from comity.register.intervals import Interval, observed_at
from comity.register.questions import Question
from comity.register.rules import Rules

__all__ = ["Believed", "ListChanges", "Note", "end_note", "hear", "rows_of", "withdrawal_note"]

Note = dict[str, Any]
"""What is kept with a belief: why it was written, or ended."""


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


class Believed(Protocol):
    """The beliefs in what rows of a list say, by the ids of statements; what is told of them is so at once."""

    def intervals(self, statements: Iterable[str]) -> Mapping[str, Sequence[Interval]]:
        """When each statement is believed to hold, what ends last at the end; what isn't believed is left out."""

    def correct(self, old: str, new: str, note: Note) -> None:
        """``new`` stands in the place of the last belief in ``old``."""

    def update(self, old: str, new: str, at: int, note: Note) -> None:
        """The last belief in ``old`` holds until an instant, ``new`` since."""

    def end(self, statement: str, at: int, note: Note) -> None:
        """The last belief in a statement ends."""

    def open(self, entry: Entry, statement: Statement, interval: Interval, observed: int, note: Note) -> None:
        """A row is believed anew."""


def rows_of(edition: Edition) -> dict[str, tuple[Entry, Statement]]:
    """The first row of each statement that an edition prints, by the statement's id."""
    found: dict[str, tuple[Entry, Statement]] = {}
    for entry in edition.entries:
        if entry.statement is not None:
            found.setdefault(entry.statement.id, (entry, entry.statement))
    return found


def hear(
    on: Believed,
    edition: Edition,
    changed: ListChanges,
    rules: Rules,
    *,
    at: int,
    later: bool,
    until: int | None = None,
) -> tuple[int, tuple[str, ...]]:
    """Tell an edition; how many of its rows are believed anew, and the old statements whose change has no ground.

    Those are believed no more, or the edition doesn't print what stands in their place. ``at`` is when it was seen
    where nothing says so, ``later`` says that an edition of its list was told before; one that is told after a later
    one opens beliefs ``until`` that one.
    """
    rows = rows_of(edition)
    groundless = _change(on, edition, changed, rows)
    observed = observed_at(edition.captured, edition.date or None, at)
    day = instant(edition.date) if edition.date else observed
    opened = 0
    there = on.intervals(rows)
    for identity, (entry, statement) in rows.items():
        before = there.get(identity, ())
        if before and (until is not None or before[-1].valid_to == OPEN):
            continue
        joined = later and identity not in changed.undated
        if before:  # it holds again since the edition that prints it again
            interval = Interval(max(day, before[-1].valid_to), OPEN, True)
        else:  # by its own date, else since the edition's: a known start where an earlier edition lacks the row
            interval = rules.holds(statement, observed)
            if not interval.since_known:
                interval = Interval(day, OPEN, joined or changed.begins)
        if until is not None:
            interval = interval._replace(valid_to=max(interval.valid_from, until))
        kind = "relisted" if before else "joined" if joined else "first"
        on.open(entry, statement, interval, observed, {"kind": kind, "edition": edition.id})
        opened += 1
    return opened, groundless


def _change(on: Believed, edition: Edition, changed: ListChanges, rows: Collection[str]) -> tuple[str, ...]:
    """Corrections, successions and endings, each statement once; those that have no ground."""
    replaced: list[Correction | Succession] = [*changed.corrected, *changed.updated]
    old = dict.fromkeys([*(each.old for each in replaced), *(each.statement for each in changed.ended)])
    unprinted = {each.old for each in replaced if each.new not in rows}
    there = on.intervals(old)
    groundless = tuple(each for each in old if each not in there or each in unprinted)
    done = set(groundless)
    for change in replaced:
        if change.old not in done and change.old != change.new:
            done.add(change.old)
            note = {"kind": change.kind, "edition": edition.id}
            if isinstance(change, Correction):
                on.correct(change.old, change.new, note)
            elif (since := _still(on, change.old)) is not None:
                on.update(change.old, change.new, max(since, instant(change.at)), note)
    for ending in changed.ended:
        if ending.statement not in done:
            done.add(ending.statement)
            since = _still(on, ending.statement)
            if since is not None:  # an edition may be dated before the day on which its rows say that they began
                on.end(ending.statement, max(since, instant(ending.at)), _end_of_row(ending, edition))
    return groundless


def _still(on: Believed, statement: str) -> int | None:
    """Since when a statement holds that has not ended; what has ended stays so."""
    last = on.intervals([statement])[statement][-1]
    return last.valid_from if last.valid_to == OPEN else None


def _end_of_row(ending: Ending, edition: Edition) -> Note:
    more: Note = {"first_absent": ending.first_absent, "confirmed_by": ending.confirmed_by}
    return end_note("", ending.evidence, kind=ending.kind, edition=edition.id, **more)


def end_note(reason: str, evidence: Sequence[Evidence], **more: Any) -> Note:
    """What is kept with the end of a belief, without what is not given."""
    note: Note = {"reason": reason or None, "evidence": list(evidence) or None, **more}
    return {key: value for key, value in note.items() if value is not None}


def withdrawal_note(date: str, reason: str, evidence: Sequence[Evidence]) -> Note:
    """What is kept with the end of a belief whose list was taken back as a whole."""
    return end_note(reason, evidence, kind="withdrawn", date=date)
