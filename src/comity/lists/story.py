"""Two lists of one story: what waits on the earlier list moves on to the later one, or becomes a question.

Pure over the states of both lists. An entry may be missing from the earlier list before the later one shows it; so its
absence is a question only once each list has an accepted edition later than the one that first missed it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from comity.lists.definitions import Definition
from comity.lists.differences import absence, change
from comity.lists.matching import match
from comity.lists.states import Absence, Question, State
from comity.model import Change, Edition, Ending, Entry

__all__ = [
    "LIST",
    "VANISHED",
    "Told",
    "applied_again",
    "arrivals",
    "departures",
    "instant",
    "may_judge",
    "on_both",
    "open_questions",
]

VANISHED = "vanished"  # the kind of question about an entry that is gone from the earlier list
LIST = "list"  # the field of a change that says on which list of a story an entry stands


@dataclass(frozen=True, slots=True)
class Told:
    """What the story adds to a step, and the state of the earlier list after it."""

    earlier: State
    changes: tuple[Change, ...] = ()
    ended: tuple[Ending, ...] = ()
    questions: tuple[Question, ...] = ()


def arrivals(come: Sequence[Entry], edition: Edition, later: Definition, earlier: State) -> Told:
    """Entries new on the later list that were on the earlier one: transitions."""
    missed = {item.entry.facet: item for item in earlier.absent}
    waiting = {entry.facet: entry for entry in (*earlier.left, *(item.entry for item in earlier.absent), *earlier.live)}
    former = [(waiting[entry.facet], entry) for entry in come if entry.facet in waiting]
    strangers = [entry for entry in come if entry.facet not in waiting]
    # One body under two spellings has two facets while its name resolves to nothing.
    unnamed = [entry for entry in waiting.values() if entry.entity is None]
    former += [(pair.old, pair.new) for pair in match(unnamed, strangers, later, edition.entries).pairs
               if pair.basis == "name"]  # fmt: skip
    changes, ended, gone = [], [], set()
    assert earlier.head is not None
    for old, new in former:
        told = change("transitioned", new, edition, later, LIST, earlier.head.list, edition.list, (old, new))
        changes.append(replace(told, first_absent=missed[old.facet].first_absent if old.facet in missed else None))
        if old.facet in missed:
            gone.add(old.facet)
            ended += _ending(missed[old.facet], new.since, earlier, edition)
    return Told(
        earlier=replace(
            earlier,
            absent=tuple(item for item in earlier.absent if item.entry.facet not in gone),
            moved=earlier.moved | {old.facet for old, _ in former},
        ),
        changes=tuple(changes),
        ended=tuple(ended),
    )


def applied_again(earlier: State, later: State, come: Sequence[Entry]) -> State:
    """The earlier list after entries came to it that had moved on before and are gone from there: they wait anew."""
    there = {entry.facet for entry in later.live}
    return replace(earlier, moved=earlier.moved - ({entry.facet for entry in come} - there))


def departures(earlier: State, later: State, edition: Edition, described: Definition) -> Told:
    """Absences from the earlier list of what is on the later one: nothing to ask, the waiting is over.

    ``described`` is the later list. What was on both lists when the first editions came is told as a transition now.
    """
    there = {entry.facet: entry for entry in later.live}
    explained = [item for item in earlier.absent if item.entry.facet in earlier.moved or item.entry.facet in there]
    since = {facet: entry.since for facet, entry in there.items()}
    ended = [ending for item in explained for ending in _ending(item, since.get(item.entry.facet), earlier, edition)]
    changes = []
    for item in explained:
        if item.entry.facet not in earlier.moved:
            old, new = item.entry, there[item.entry.facet]
            told = change("transitioned", new, edition, described, LIST, old.list, new.list, (old, new))
            changes.append(replace(told, list=new.list, first_absent=item.first_absent or None))
    facets = {item.entry.facet for item in explained}
    return Told(
        earlier=replace(
            earlier,
            absent=tuple(item for item in earlier.absent if item.entry.facet not in facets),
            moved=earlier.moved | facets,
        ),
        changes=tuple(changes),
        ended=tuple(ended),
    )


def _ending(item: Absence, since: str | None, earlier: State, edition: Edition) -> list[Ending]:
    """What waited ends when the later list's row began, if that was while it was printed; else when it was missed."""
    if item.entry.statement is None:
        return []
    missed = item.first_absent or edition.date
    seen = earlier.first_seen.get(item.entry.facet, "")
    at = since if since is not None and seen < since < missed else missed
    rows = (item.entry.statement.evidence,)
    return [Ending(item.entry.statement.id, at, "transitioned", item.first_absent or None, edition.name, rows)]


def on_both(earlier: State, later: State, edition: Edition, described: Definition) -> Told:
    """Entries that the new edition of the earlier list prints although the later list has them, told once."""
    there = {entry.facet: entry for entry in later.live}
    changes, told = [], set(earlier.both)
    assert later.head is not None
    for entry in earlier.live:
        if entry.facet in there and entry.facet not in told:
            told.add(entry.facet)
            rows = (entry, there[entry.facet])
            changes.append(change("duplicated", entry, edition, described, LIST, edition.list, later.head.list, rows))
    still = {entry.facet for entry in earlier.live} & there.keys()
    return Told(replace(earlier, both=frozenset(told & still)), tuple(changes))


def may_judge(item: Absence, earlier: State, later: State | None) -> bool:
    """Whether both lists have an accepted edition later than the one that first missed the entry."""
    heads = (earlier.head, later.head if later else None)
    return bool(item.editions) and all(head is not None and instant(head.order) > instant(item.order) for head in heads)


def instant(order: str) -> str:
    """The moment in an edition's order: lists captured together share it."""
    return order.split(" ", 1)[0]


def open_questions(earlier: State, later: State, edition: Edition, described: Definition) -> Told:
    """Absences that nothing explains although both lists have gone on: told once, and put on the worklist."""
    changes, questions, kept = [], [], []
    for item in earlier.absent:
        if not item.asked and may_judge(item, earlier, later):
            told = absence("unresolved", item.entry, edition, item.first_absent, described)
            changes.append(replace(told, list=described.name))
            name = item.entry.statement.subject.name if item.entry.statement else item.entry.facet
            questions.append(
                Question(
                    described.name,
                    VANISHED,
                    item.entry.facet,
                    f"{name} is gone from {described.name} since {item.first_absent}, and isn't on {later_name(later)}",
                )
            )
            kept.append(replace(item, asked=True))
        else:
            kept.append(item)
    return Told(replace(earlier, absent=tuple(kept)), tuple(changes), questions=tuple(questions))


def later_name(state: State) -> str:
    """The list's name, for sentences."""
    return state.head.list if state.head else "the other list"
