"""The map of a matter: which bodies stand where with what value at an instant, counted by state and by place. Pure.

Use :func:`standing` on what ``Register.held`` gives, and :func:`atlas` on that. Of one body's matter the value that was
reported to begin last counts; what is denied, planned or possible doesn't.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from comity.model import Entity
from comity.register.overview import Held
from comity.register.rules import Rules
from comity.views.albers import placed

__all__ = ["Atlas", "Body", "Spot", "Standing", "atlas", "place_of", "standing"]

_Find = Callable[[str], Entity | None]
_Middle = Callable[[Entity], tuple[float, float] | None]


@dataclass(frozen=True, slots=True)
class Body:
    """One body and the facets on which it stands with the value, each with its beginning as it is told."""

    entity: Entity
    facets: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Spot:
    """One place of the map, in the units of :mod:`comity.views.albers`, and how many bodies stand there."""

    x: float
    y: float
    bodies: int
    label: str


@dataclass(frozen=True, slots=True)
class Atlas:
    """What the map shows for one value; ``values`` counts bodies for each value that the matter has."""

    value: str
    values: Mapping[str, int]
    bodies: tuple[Body, ...] = ()
    states: Mapping[str, int] = field(default_factory=dict)  # two letters, upper case
    spots: tuple[Spot, ...] = ()
    elsewhere: int = 0  # federal bodies and names that are not resolved


Standing = Mapping[tuple[str, str], tuple[int, str, str]]
"""Of each entity and facet the value that counts: since when (microseconds), which, and its beginning as it is told."""


def standing(held: Iterable[Held], predicate: str, rules: Rules) -> Standing:
    """Who stands with what on a matter; of several entities together it is the sum of each."""
    slot = next(iter(rules.exclusive.get(predicate, ())), None)
    alike = rules.alike.get(predicate, {})
    latest: dict[tuple[str, str], tuple[int, str, str]] = {}
    for each in held:
        said = each.value.get(slot) if slot else None
        if each.polarity == "affirmed" and each.modality == "actual" and (said is not None or slot is None):
            word = alike.get(str(said), str(said)) if slot else "holds"
            key = (each.entity, each.facet)
            this = each.since, word, each.told
            latest[key] = max(latest.get(key, this), this)
    return latest


def atlas(found: Standing, find: _Find, middle: _Middle, value: str | None = None) -> Atlas:
    """The map of ``value``, or of the value that most bodies have.

    ``find`` gives the entity of an id, ``middle`` where the middle of a county is drawn.
    """
    by_value: dict[str, dict[str, dict[str, str]]] = {}
    for (identity, facet), (_, word, told) in found.items():
        by_value.setdefault(word, {}).setdefault(identity, {})[facet] = told
    values = dict(sorted(((word, len(ids)) for word, ids in by_value.items()), key=lambda pair: (-pair[1], pair[0])))
    chosen = value or next(iter(values), "")
    return _drawn(chosen, values, by_value.get(chosen, {}), find, middle)


def _drawn(
    value: str, values: Mapping[str, int], found: Mapping[str, Mapping[str, str]], find: _Find, middle: _Middle
) -> Atlas:
    bodies = [Body(entity, facets) for identity, facets in found.items() if (entity := find(identity)) is not None]
    bodies.sort(key=lambda body: (body.entity.state is None, body.entity.state or "", body.entity.name, body.entity.id))
    states = Counter(body.entity.state for body in bodies if body.entity.state)
    spots: dict[tuple[float, float], list[str]] = {}
    for body in bodies:
        at = place_of(body.entity, find, middle)
        if at is not None:
            spots.setdefault(at, []).append(body.entity.name)
    drawn = tuple(
        Spot(x, y, len(names), names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more")
        for (x, y), names in sorted(spots.items())
    )
    return Atlas(value, values, tuple(bodies), dict(sorted(states.items())), drawn, len(found) - states.total())


def place_of(entity: Entity, find: _Find, middle: _Middle) -> tuple[float, float] | None:
    """Where a body is drawn: at its own coordinates, else at those of the place or county that it belongs to."""
    here: Entity | None = entity
    while here is not None and here.kind != "state":
        if here.longitude is not None and here.latitude is not None and here.state:
            at = placed(here.longitude, here.latitude, here.state)
            return (round(at[0], 1), round(at[1], 1)) if at else None
        at = middle(here)
        if at is not None:
            return at
        here = find(here.parent) if here.parent else None
    return None
