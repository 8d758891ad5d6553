"""Where accounts of one matter differ: each side with its value, its statements and the sentences that carry it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from comity.model import Belief
from comity.register import status as register_status
from comity.register import wordings
from comity.register.rules import rules_of
from comity.views import published
from comity.views.dossier import Entry, entry_of
from comity.views.lines import apart, figures, stem, worded
from comity.vocabulary import Vocabulary

__all__ = ["Conflict", "Side", "conflicts"]


@dataclass(frozen=True, slots=True)
class Side:
    """One of the values that can't all be so: who gives it. ``accounts`` counts texts, copies of one text once.

    ``words`` are the value as its statements have it: ``200 or more`` where none of them says how many at most.
    """

    value: str
    statements: tuple[str, ...]
    accounts: int
    entries: tuple[Entry, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Accounts that differ on one facet: on a value that can only be one, or on a figure. ``line`` says it plainly."""

    facet: str
    predicate: str
    entity: str | None
    kind: Literal["value", "figure"]
    sides: tuple[Side, ...]
    slot: str
    name: str  # as the first of the sentences prints it
    line: str


def conflicts(
    beliefs: Iterable[Belief],
    topic: Vocabulary,
    as_of: str | None = None,
    copies: Mapping[str, str] | None = None,
) -> tuple[Conflict, ...]:
    """The conflicts among beliefs, by facet and slot, as the world stood at ``as_of`` (None: whenever).

    Give it the beliefs that had begun by then. Of states only what still holds then is at odds; of events and
    utterances all that had happened. ``copies`` maps the id of a document that rewords another to that one's.
    """
    rules = rules_of(topic.predicates)
    kept = [belief for belief in beliefs if as_of is None or register_status.stands(belief, rules, as_of)]
    by_id: dict[str, Belief] = {}
    for belief in map(published.belief, kept):
        by_id.setdefault(belief.statement.id, belief)
    return tuple(_conflict(each, by_id, topic) for each in register_status.conflicts(kept, rules, copies))


def _conflict(found: register_status.Conflict, by_id: Mapping[str, Belief], topic: Vocabulary) -> Conflict:
    sides = tuple(_side(side, [by_id[name] for name in side.statements], found, topic) for side in found.sides)
    name = sides[0].entries[0].statement.subject.name
    lead, rules = sides[0].entries[0].statement, rules_of(topic.predicates)
    about = ", ".join(filter(None, (wordings.told(lead, slot, rules) for slot in rules.facets[found.predicate])))
    label = topic.predicates[found.predicate].label
    head = f"{name}: {wordings.lowered(label)}{f' ({about})' if about else ''}"
    between = ", or " if any(" or " in side.words for side in sides) else " or "
    line = f"{head}, {apart((found.slot,))}: {between.join(side.words for side in sides)}"
    kind: Literal["value", "figure"] = "value" if found.kind == "value" else "figure"
    return Conflict(found.facet, found.predicate, found.entity, kind, sides, found.slot, name, line)


def _side(
    side: register_status.Side, beliefs: Sequence[Belief], found: register_status.Conflict, topic: Vocabulary
) -> Side:
    predicate = topic.predicates[found.predicate]
    slots = [each for each in predicate.figures if stem(each) == stem(found.slot)]
    words = dict.fromkeys(each for belief in beliefs for each in figures(belief.statement.value, slots))
    name = stem(found.slot).replace("_", " ")
    shown = ", ".join(each.removeprefix(f"{name} ") for each in words) or worded(predicate, found.slot, side.value)
    return Side(side.value, side.statements, side.accounts, tuple(entry_of(each) for each in beliefs), shown)
