"""A sequence of editions to changes, edition by edition, with departures proved; and what the register is to do.

Use :func:`history` for the editions of one list or of two lists that are one story (pending and participating). It is
pure: the same editions in any order give the same history. Editions are taken in the order of their capture.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from comity.lists.checks import checked
from comity.lists.definitions import Definition, definition
from comity.lists.differences import (
    PRESENCE,
    change,
    complete_for,
    doubles,
    ordered,
    pair_changes,
)
from comity.lists.matching import Match, Matching, match
from comity.model import Change, Edition, Entry, Evidence

__all__ = ["Absence", "Correction", "Ending", "History", "Question", "State", "Step", "Succession", "history"]


@dataclass(frozen=True, slots=True)
class Correction:
    """The older statement was wrong, the newer one stands in its place: ids, and the list's word for the change."""

    old: str
    new: str
    kind: str


@dataclass(frozen=True, slots=True)
class Succession:
    """The world changed on day ``at``: the older statement ends, the newer one begins."""

    old: str
    new: str
    at: str
    kind: str


@dataclass(frozen=True, slots=True)
class Ending:
    """The world changed on day ``at``, and nothing came in the statement's place."""

    statement: str
    at: str
    kind: str = "left"
    first_absent: str | None = None
    confirmed_by: str | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """What a person should look at: its kind, the facet it is about, and a sentence."""

    kind: str
    about: str
    detail: str


@dataclass(frozen=True, slots=True)
class Absence:
    """An entry that is no longer printed: since which edition, and in which accepted ones it was missed."""

    entry: Entry
    first_absent: str
    order: str
    editions: tuple[str, ...]
    asked: bool = False  # whether its absence was told as a question


@dataclass(frozen=True, slots=True)
class State:
    """What is known of a list after some editions. ``live`` carries the statement that is believed of each row."""

    head: Edition | None = None
    live: tuple[Entry, ...] = ()
    absent: tuple[Absence, ...] = ()
    left: tuple[Entry, ...] = ()
    seen: tuple[str, ...] = ()
    first_seen: Mapping[str, str] = field(default_factory=dict)  # facet to the day of the first edition with it
    both: frozenset[str] = frozenset()  # facets told to be on both lists of a story


@dataclass(frozen=True, slots=True)
class Step:
    """What one edition did: the edition as it is to be recorded, what changed, and what the register is to do.

    An entry whose row says the same as before carries the statement believed already, so that it is a sighting.
    """

    edition: Edition
    changes: tuple[Change, ...] = ()
    corrected: tuple[Correction, ...] = ()
    updated: tuple[Succession, ...] = ()
    ended: tuple[Ending, ...] = ()
    questions: tuple[Question, ...] = ()
    seen_again: bool = False


@dataclass(frozen=True, slots=True)
class History:
    """The steps in order, and the state of each list after them."""

    steps: tuple[Step, ...]
    states: Mapping[str, State]


def history(
    editions: Iterable[Edition],
    *,
    known: Mapping[str, State] | None = None,
    described: Mapping[str, Definition] | None = None,
) -> History:
    """The history of the editions of one list, or of the two lists of one story.

    Use it for a whole list, or with ``known`` (the states of an earlier history) to go on from there. ``described``
    gives the definitions of lists that aren't bundled. Editions may come unchecked: each is checked against the
    accepted one before it.
    """
    states: dict[str, State] = dict(known or {})
    steps = []
    for edition in sorted(editions, key=lambda item: (item.order, item.list, item.id)):
        about = (described or {}).get(edition.list) or definition(edition.list)
        state = states.get(edition.list, State())
        partner = states.get(about.pair.list) if about.pair else None
        fold = _Fold(edition, about, state, partner)
        steps.append(fold.step())
        states[edition.list] = fold.state
        if about.pair and fold.partner is not None:
            states[about.pair.list] = fold.partner
    return History(tuple(steps), states)


class _Fold:
    """One edition laid on the state of its list; keeps the new state beside what is said of it."""

    __slots__ = ("changes", "corrected", "described", "edition", "ended", "entries", "partner", "questions", "state",
                 "updated")  # fmt: skip

    def __init__(self, edition: Edition, described: Definition, state: State, partner: State | None) -> None:
        self.edition, self.described, self.state, self.partner = edition, described, state, partner
        self.changes: list[Change] = []
        self.corrected: list[Correction] = []
        self.updated: list[Succession] = []
        self.ended: list[Ending] = []
        self.questions: list[Question] = []
        self.entries: dict[int, Entry] = {}

    def step(self) -> Step:
        state = self.state
        if self.edition.id in state.seen:
            return Step(self.edition, seen_again=True)
        self.edition = checked(self.edition, state.head, self.described)
        self.state = replace(state, seen=(*state.seen, self.edition.id))
        if not self.edition.accepted:
            return Step(self.edition)
        before = replace(state.head, entries=state.live) if state.head else None
        found = match(state.live, self.edition.entries, self.described)
        come = self._returns(found.come)
        for pair in found.pairs:
            self._paired(pair)
        if before is not None:
            self._joined(before, come)
        self.changes += doubles(found, before, self.edition, self.described)
        self._singled(found)
        absent = self._absences(found)
        self._doubled(found)
        live = tuple(self.entries.get(id(entry), entry) for entry in self.edition.entries)
        days = dict(self.state.first_seen)
        for entry in live:
            days.setdefault(entry.facet, self.edition.date)
        self.state = replace(
            self.state, head=self.edition, live=live, absent=absent, first_seen=days
        )
        self._story(come)
        self.edition = replace(self.edition, entries=live)
        return Step(
            edition=self.edition,
            changes=ordered(self.changes, self.described),
            corrected=tuple(self.corrected),
            updated=tuple(self.updated),
            ended=tuple(self.ended),
            questions=tuple(self.questions),
        )

    # --- rows that are there ---

    def _paired(self, pair: Match) -> None:
        """A row in both editions: what changed in it, and which statement it carries from now on."""
        self.changes += pair_changes(pair, self.edition, self.described)
        old, new = pair.old.statement, pair.new.statement
        if old is None or new is None:
            return
        if old.value == new.value and old.subject.id == new.subject.id and pair.old.facet == pair.new.facet:
            self.entries[id(pair.new)] = replace(pair.new, statement=old)
        elif pair.basis == "agreement":
            self.updated.append(Succession(old.id, new.id, self.edition.date, "reassigned"))
        else:
            self._restated(old.id, new.id, pair)

    def _restated(self, old: str, new: str, pair: Match) -> None:
        if old == new:
            return
        slots = {slot.column for slot in self.described.slots if slot.column}
        meaning = {column.changes for column in self.described.columns if column.key in slots
                   and pair.old.normal.get(column.key) != pair.new.normal.get(column.key)}  # fmt: skip
        if meaning == {"update"}:
            self.updated.append(Succession(old, new, self.edition.date, "amended"))
        else:
            self.corrected.append(Correction(old, new, "amended"))

    def _returns(self, come: Sequence[Entry]) -> list[Entry]:
        """Rows that were absent and are printed again; gives back those that are new."""
        absent = {id(item.entry): item for item in self.state.absent}
        found = match([item.entry for item in self.state.absent], come, self.described)
        for pair in found.pairs:
            self._relisted(pair, absent[id(pair.old)].first_absent)
            self._paired(pair)
        gone = {id(pair.old) for pair in found.pairs}
        left = {entry.facet: entry for entry in self.state.left}
        for entry in found.come:
            if (former := left.pop(entry.facet, None)) is not None:
                self._relisted(Match(former, entry, "identity"), None)
                if entry.since is None or entry.since == former.since:
                    self.entries[id(entry)] = replace(entry, since=self.edition.date)
        self.state = replace(
            self.state,
            absent=tuple(item for item in self.state.absent if id(item.entry) not in gone),
            left=tuple(left.values()),
        )
        again = {pair.new.facet for pair in found.pairs} | {item.facet for item in self.edition.entries
                                                            if id(item) in self.entries}  # fmt: skip
        return [entry for entry in found.come if entry.facet not in again]

    def _relisted(self, pair: Match, first_absent: str | None) -> None:
        told = change("relisted", pair.new, self.edition, self.described, PRESENCE, "absent", "printed",
                      (pair.old, pair.new))  # fmt: skip
        self.changes.append(replace(told, first_absent=first_absent))

    def _joined(self, before: Edition, come: Sequence[Entry]) -> None:
        for entry in come:
            if complete_for(before, entry, self.described):
                self.changes.append(change("joined", entry, self.edition, self.described, evidence=(entry,)))

    def _doubled(self, found: Matching) -> None:
        """A row printed beside one of the same facet and values carries the same statement: it is a sighting."""
        first: dict[str, Entry] = {}
        for entry in self.edition.entries:
            carried = self.entries.get(id(entry), entry)
            other = first.setdefault(entry.facet, carried)
            if other is not carried and other.statement and carried.statement:
                if other.statement.value == carried.statement.value:
                    self.entries[id(entry)] = replace(carried, statement=other.statement)

    def _singled(self, found: Matching) -> None:
        """A row whose double remains: where it said something else, it is corrected to what remains."""
        for entry in found.single:
            remaining = next((pair for pair in found.pairs if pair.new.facet == entry.facet), None)
            if remaining is None or entry.statement is None:
                continue
            carried = self.entries.get(id(remaining.new), remaining.new).statement
            if carried is not None and carried.id != entry.statement.id:
                self.corrected.append(Correction(entry.statement.id, carried.id, "duplicated"))

    # --- rows that are not ---

    def _absences(self, found: Matching) -> tuple[Absence, ...]:
        """Who is missed now, and who has been missed long enough to have left."""
        edition, rule = self.edition, self.described.departure
        kept = []
        for item in self.state.absent:
            if not complete_for(edition, item.entry, self.described):
                kept.append(item)
                continue
            item = replace(item, editions=(*item.editions, edition.id))
            if len(item.editions) >= rule.editions and _days(item.first_absent, edition.date) >= rule.days:
                self._left(item)
            else:
                kept.append(item)
        for entry in found.gone:
            if complete_for(edition, entry, self.described):
                kept.append(Absence(entry, edition.date, edition.order, (edition.id,)))
            else:
                kept.append(Absence(entry, edition.date, edition.order, ()))
        return tuple(kept)

    def _left(self, item: Absence) -> None:
        entry, edition = item.entry, self.edition
        told = change("left", entry, edition, self.described, PRESENCE, "printed", "absent", (entry,))
        self.changes.append(replace(told, first_absent=item.first_absent, confirmed_by=edition.name))
        self.state = replace(self.state, left=(*self.state.left, entry))
        if entry.statement is not None:
            rows = (entry.statement.evidence,)
            self.ended.append(
                Ending(entry.statement.id, item.first_absent, "left", item.first_absent, edition.name, rows)
            )

    # --- two lists, one story ---

    def _story(self, come: Sequence[Entry]) -> None:
        """Absences become questions, unless the other list of the story explains them."""
        pair = self.described.pair
        if pair is not None and pair.role == "earlier":
            self._moved(come)
        for item in self.state.absent:
            if not item.asked and item.editions and self._may_ask(item):
                told = change("unresolved", item.entry, self.edition, self.described, PRESENCE, "printed", "absent",
                              (item.entry,))  # fmt: skip
                self.changes.append(replace(told, first_absent=item.first_absent))
        self.state = replace(
            self.state,
            absent=tuple(
                replace(item, asked=True) if item.editions and self._may_ask(item) else item
                for item in self.state.absent
            ),
        )

    def _may_ask(self, item: Absence) -> bool:
        return self.described.pair is None or self.described.pair.role == "earlier"

    def _moved(self, come: Sequence[Entry]) -> None:
        """Entries that were on the earlier list of the story and are on this one now."""


def _days(first: str, last: str) -> int:
    try:
        return (date.fromisoformat(last) - date.fromisoformat(first)).days
    except ValueError:
        return 0
