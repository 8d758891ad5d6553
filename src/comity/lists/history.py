"""A sequence of editions to changes, edition by edition, with departures proved; and what the register is to do.

Use :func:`history` for the editions of one list, or of two lists that are one story (pending and participating). It is
pure: the same editions in any order give the same history. Editions are taken in the order of their capture.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from comity.lists import story
from comity.lists.checks import checked
from comity.lists.definitions import Definition
from comity.lists.differences import (
    PRESENCE,
    absence,
    change,
    complete_for,
    covers,
    doubles,
    many,
    ordered,
    pair_changes,
    proved,
)
from comity.lists.loader import definition
from comity.lists.matching import Match, Matching, match
from comity.lists.states import (
    Absence,
    History,
    Question,
    State,
    Step,
    Withdrawal,
)
from comity.model import Change, Correction, Edition, Ending, Entry, Succession

__all__ = ["history"]


def history(
    editions: Iterable[Edition],
    *,
    recorded: Iterable[Edition] = (),
    known: Mapping[str, State] | None = None,
    described: Mapping[str, Definition] | None = None,
    withdrawals: Iterable[Withdrawal] = (),
) -> History:
    """The history of the editions of one list, or of the two lists of one story.

    Use it for a whole list, or with ``known`` (the states of an earlier history) to go on from there. ``described``
    gives the definitions of lists that aren't bundled. Editions may come unchecked: each is checked against the
    accepted one before it; those that are ``recorded`` keep the verdict of their day. A withdrawal ends whatever was
    printed by its day.
    """
    states: dict[str, State] = dict(known or {})
    kept = list(recorded)
    believed = {(item.list, item.order, item.id) for item in kept}
    events: list[tuple[tuple[str, str, str], Edition | Withdrawal]] = [
        ((item.order, item.list, item.id), item) for item in (*kept, *editions)
    ]
    events += [((f"{item.date}T23:59:59Z", item.list, ""), item) for item in withdrawals]
    steps: list[Step] = []
    for _, event in sorted(events, key=lambda pair: pair[0]):
        about = (described or {}).get(event.list) or definition(event.list)
        state = states.get(event.list, State())
        if isinstance(event, Withdrawal):
            if state.head is not None:
                step, states[event.list] = _withdrawn(event, state, state.head, about)
                steps.append(step)
            continue
        fold = _Fold(event, about, state)
        fold.read(check=(event.list, event.order, event.id) not in believed)
        other = states.get(about.pair.list) if about.pair else None
        if about.pair and other is not None and other.head is not None and fold.fresh:
            pair = (described or {}).get(about.pair.list) or definition(about.pair.list)
            other = _told(fold, about, pair, other)
            states[about.pair.list] = other
        states[event.list] = fold.state
        steps.append(fold.step())
    return History(tuple(steps), states)


def _told(fold: _Fold, about: Definition, pair: Definition, other: State) -> State:
    """Lay the story of both lists over a step; gives back the other list's state."""
    assert about.pair is not None
    if about.pair.role == "earlier":
        other = fold.hear(story.arrivals(fold.come, fold.edition, about, other))
        other = fold.hear(story.departures(other, fold.state, fold.edition, about))
        return fold.hear(story.open_questions(other, fold.state, fold.edition, pair))
    fold.state = story.applied_again(fold.state, other, fold.come)
    fold.state = fold.hear(story.departures(fold.state, other, fold.edition, pair))
    fold.state = fold.hear(story.on_both(fold.state, other, fold.edition, about))
    fold.state = fold.hear(story.open_questions(fold.state, other, fold.edition, about))
    return other


def _withdrawn(event: Withdrawal, state: State, head: Edition, described: Definition) -> tuple[Step, State]:
    """A list taken back: what was printed, or missed without proof, ends on that day."""
    entries = (*state.live, *(item.entry for item in state.absent))
    told = Change(
        list=event.list,
        edition=head.id,
        date=event.date,
        kind="withdrawn",
        facet=event.list,
        name=described.title,
        entity=None,
        field=story.LIST,
        before="published",
        after="withdrawn",
        confirmed_by=event.evidence,
    )
    ended = tuple(
        Ending(entry.statement.id, event.date, "withdrawn", event.date, event.evidence)
        for entry in entries
        if entry.statement is not None
    )
    step = Step(edition=head, changes=(told,), ended=ended, withdrawal=event)
    return step, replace(state, live=(), absent=(), left=(*state.left, *entries))


class _Fold:
    """One edition laid on the state of its list; keeps the new state beside what is said of it."""

    __slots__ = ("again", "begins", "carried", "changes", "come", "corrected", "described", "edition", "ended", "fresh",
                 "questions", "state", "undated", "updated")  # fmt: skip

    def __init__(self, edition: Edition, described: Definition, state: State) -> None:
        self.edition, self.described, self.state = edition, described, state
        self.changes: list[Change] = []
        self.corrected: list[Correction] = []
        self.updated: list[Succession] = []
        self.ended: list[Ending] = []
        self.questions: list[Question] = []
        self.come: list[Entry] = []  # entries that weren't printed before
        self.carried: dict[int, Entry] = {}  # id() of an entry to the entry as it is recorded
        self.fresh = False  # an accepted edition that wasn't seen before
        self.begins = False
        self.undated: list[Entry] = []  # entries of those that no earlier edition is known to lack
        self.again = False  # the same bytes as the edition before

    def step(self) -> Step:
        return Step(
            edition=self.edition,
            changes=ordered(self.changes),
            corrected=tuple(self.corrected),
            updated=tuple(self.updated),
            ended=tuple(self.ended),
            questions=tuple(self.questions),
            seen_again=self.again,
            begins=self.begins,
            undated=() if self.begins else tuple(self._statements(self.undated)),
        )

    def _statements(self, entries: Iterable[Entry]) -> Iterator[str]:
        for entry in entries:
            statement = self.carried.get(id(entry), entry).statement
            if statement is not None:
                yield statement.id

    def hear(self, told: story.Told) -> State:
        """Take what the story of two lists adds."""
        self.changes += told.changes
        self.ended += told.ended
        self.questions += told.questions
        return told.earlier

    def read(self, *, check: bool) -> None:
        """Match the edition with what is known, and say what is different."""
        state = self.state
        same = self.edition.id == state.last
        if same and state.head is not None and state.head.id == state.last:
            self.again = True
            return
        if check:
            self.edition = checked(self.edition, state.head, self.described)
        edition = self.edition
        self.again = same and not edition.accepted  # one that was refused may be accepted now
        self.state = replace(state, last=edition.id)
        if not edition.accepted:
            return
        self.fresh = True
        self.begins = state.head is None and edition.date == self.described.begun
        before = replace(state.head, entries=state.live) if state.head else None
        found = match(state.live, edition.entries, self.described)
        self.come = self._returns(found.come)
        for pair in found.pairs:
            self._paired(pair)
        for entry in self.come:
            if covers(state.scopes, entry, self.described):
                self.changes.append(change("joined", entry, edition, self.described, evidence=(entry,)))
            else:
                self.undated.append(entry)
        self.changes += doubles(found, before, edition, self.described)
        self._singled(found)
        self._doubled()
        absent = self._absences(found.gone)
        live = tuple(self.carried.get(id(entry), entry) for entry in edition.entries)
        days = {**{entry.facet: edition.date for entry in live}, **self.state.first_seen}
        self.edition = replace(edition, entries=live)
        scopes = (*state.scopes, *(scope for scope in edition.scopes if scope not in state.scopes))
        self.state = replace(self.state, head=self.edition, live=live, absent=absent, first_seen=days, scopes=scopes)

    # --- rows that are there ---

    def _paired(self, pair: Match) -> None:
        """A row in both editions: what changed in it, and which statement it carries from now on."""
        self.changes += pair_changes(pair, self.edition, self.described)
        self.carried[id(pair.new)] = pair.new
        old, new = pair.old.statement, pair.new.statement
        if old is None or new is None or old.id == new.id:
            return
        if old.value == new.value and pair.old.facet == pair.new.facet:
            self.carried[id(pair.new)] = replace(pair.new, statement=old)
        elif pair.basis == "agreement":
            self.updated.append(Succession(old.id, new.id, self.edition.date, "reassigned"))
        elif self._meaning(pair) == {"update"}:
            self.updated.append(Succession(old.id, new.id, self.edition.date, "amended"))
        else:
            self.corrected.append(Correction(old.id, new.id, "renamed" if pair.basis == "name" else "amended"))

    def _meaning(self, pair: Match) -> set[str]:
        """What the changed columns of the statement's slots say: that it was wrong, or that the world changed."""
        slots = {slot.column for slot in self.described.slots}
        return {
            column.changes
            for column in self.described.columns
            if column.key in slots and pair.old.normal.get(column.key) != pair.new.normal.get(column.key)
        }

    def _returns(self, come: Sequence[Entry]) -> list[Entry]:
        """Tell of rows that were absent and are printed again; gives back those that are new."""
        missed = {id(item.entry): item for item in self.state.absent}
        found = match([item.entry for item in self.state.absent], come, self.described, self.edition.entries)
        for pair in found.pairs:
            if missed[id(pair.old)].editions:
                self._relisted(pair, missed[id(pair.old)].first_absent)
            self._paired(pair)
        back = {id(pair.old) for pair in found.pairs}
        left = {entry.facet: entry for entry in self.state.left}
        new = []
        for entry in found.come:
            former = left.pop(entry.facet, None)
            if former is None:
                new.append(entry)
                continue
            self._relisted(Match(former, entry, "identity"), None)
            if entry.since is None or entry.since == former.since:
                # It doesn't hold since the day that the row prints: it was off the list in between.
                self.carried[id(entry)] = replace(entry, since=self.edition.date)
        self.state = replace(
            self.state,
            absent=tuple(item for item in self.state.absent if id(item.entry) not in back),
            left=tuple(left.values()),
        )
        return new

    def _relisted(self, pair: Match, first_absent: str | None) -> None:
        rows = (pair.old, pair.new)
        told = change("relisted", pair.new, self.edition, self.described, PRESENCE, "absent", "printed", rows)
        self.changes.append(replace(told, first_absent=first_absent))

    def _doubled(self) -> None:
        """A row printed beside one of the same facet and values carries the same statement: it is a sighting.

        That of the row that was there before, else of the first; and that one stands in the place of the others.
        """
        before = {entry.statement.id for entry in self.state.live if entry.statement is not None}
        first: dict[str, Entry] = {}
        instead: dict[str, str] = {}
        for entry in sorted(self.edition.entries, key=lambda each: id(each) not in self.carried):
            carried = self.carried.get(id(entry), entry)
            one, other = first.setdefault(entry.facet, carried).statement, carried.statement
            if one is not None and other is not None and one is not other and one.value == other.value:
                self.carried[id(entry)] = replace(carried, statement=one)
                instead[other.id] = one.id
        self.corrected = [replace(each, new=instead.get(each.new, each.new)) for each in self.corrected]
        self.updated = [replace(each, new=instead.get(each.new, each.new)) for each in self.updated]
        self.corrected += [Correction(old, new, "duplicated") for old, new in instead.items() if old in before]

    def _singled(self, found: Matching) -> None:
        """A row whose double remains: where it said something else, it is corrected to what remains."""
        for entry in found.single:
            remaining = next((pair.new for pair in found.pairs if pair.new.facet == entry.facet), None)
            if remaining is None or entry.statement is None:
                continue
            statement = self.carried.get(id(remaining), remaining).statement
            if statement is not None and statement.id != entry.statement.id:
                self.corrected.append(Correction(entry.statement.id, statement.id, "duplicated"))

    # --- rows that are not ---

    def _absences(self, gone: Sequence[Entry]) -> tuple[Absence, ...]:
        """Who is missed now, and who has been missed long enough to have left."""
        edition = self.edition
        waits = self.described.pair is not None and self.described.pair.role == "later"
        kept = []
        every = (*self.state.absent, *(Absence(entry, "", edition.order, ()) for entry in gone))
        # Those that were first missed together and are still missed.
        together = Counter(
            missed.order for missed in every if missed.editions or complete_for(edition, missed.entry, self.described)
        )
        for missed in every:
            if not complete_for(edition, missed.entry, self.described):
                kept.append(missed)
                continue
            item = replace(
                missed,
                first_absent=missed.first_absent or edition.date,
                order=missed.order if missed.editions else edition.order,
                editions=(*missed.editions, edition.id),
                asked=missed.asked or not waits,
            )
            mass = many(together[item.order], edition, self.described)
            gone_for_good = proved(len(item.editions), item.first_absent, edition.date, self.described, mass=mass)
            if gone_for_good and (item.asked or not waits):
                self._left(item)
                continue
            if not missed.asked and not waits:
                self.changes.append(absence("unresolved", item.entry, edition, item.first_absent, self.described))
            kept.append(item)
        return tuple(kept)

    def _left(self, item: Absence) -> None:
        entry, edition = item.entry, self.edition
        told = absence("left", entry, edition, item.first_absent, self.described)
        self.changes.append(replace(told, confirmed_by=edition.name))
        self.state = replace(self.state, left=(*self.state.left, entry))
        if entry.statement is not None:
            rows = (entry.statement.evidence,)
            self.ended.append(
                Ending(entry.statement.id, item.first_absent, "left", item.first_absent, edition.name, rows)
            )
