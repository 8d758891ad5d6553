"""What else a status line tells: what others did or said that bears on a matter, as the topic names it.

``beside`` of a predicate maps ``value predicate.slot.value`` to a clause: where the matter's status is that value and
such a statement is believed of the same entity, the clause follows the line. A fourth part names the slot whose body
the other statement is about (the list's authority). Slots that both facets have must agree.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from comity.model import Belief, Entity
from comity.register.status import Status
from comity.vocabulary import Predicate, Vocabulary

__all__ = ["Beside", "clauses", "named"]

Beside = Mapping[str, Sequence[Belief]]
"""Beliefs about other entities, by the name that a slot gives them."""


def named(beliefs: Iterable[Belief], topic: Vocabulary) -> tuple[tuple[str, str], ...]:
    """Whose statements of which predicate bear on these beliefs: names as slots give them, with the predicate."""
    found: dict[tuple[str, str], None] = {}
    for belief in beliefs:
        statement = belief.statement
        for key, _ in topic.predicates[statement.predicate].beside:
            other, _, _, *of = key.split()[1].split(".")
            name = statement.value.get(of[0]) if of else None
            if isinstance(name, str):
                found[name, other] = None
    return tuple(found)


def clauses(
    found: Status, predicate: Predicate, entity: Entity | None, own: Sequence[Belief], beside: Beside, topic: Vocabulary
) -> tuple[str, ...]:
    """The clauses that follow the line of a matter; ``own`` are all beliefs of its entity."""
    told = []
    for key, template in predicate.beside:
        status, what = key.split()
        if status != found.status or not found.supporting:
            continue
        other, slot, value, *of = what.split(".")
        lead = found.supporting[0].statement
        about: Sequence[Belief] = beside.get(str(lead.value.get(of[0])), ()) if of else own
        shared = [each for each in topic.predicates[other].facet if each in predicate.facet]
        days = sorted(
            _day(belief)
            for belief in about
            if belief.statement.predicate == other
            and belief.statement.value.get(slot) == value
            and _firm(belief)
            and all(_agree(lead.value.get(each), belief.statement.value.get(each)) for each in shared)
        )
        days = [day for day in days if day >= (found.since or "")]
        if days:
            told.append(template.format(date=days[0], kind=_kind(entity)))
    return tuple(told)


def _firm(belief: Belief) -> bool:
    statement = belief.statement
    return statement.polarity == "affirmed" and statement.modality == "actual" and statement.voice != "uncertain"


def _agree(one: object, two: object) -> bool:
    return one is None or two is None or str(one).casefold() == str(two).casefold()


def _day(belief: Belief) -> str:
    """The last day on which it may have been; where that is unknown, the day on which it was told."""
    time = belief.statement.time
    if belief.since_known and time is not None and time.latest is not None:
        return time.latest
    return (belief.observed or belief.known_from)[:10]


def _kind(entity: Entity | None) -> str:
    if entity is None:
        return "government"
    named_so = entity.kind in ("place", "county", "county_subdivision") and entity.type
    return str(named_so or entity.kind).replace("_", " ")
