"""Names to candidates, as the service tells them: a match only where the gazetteer resolves, else candidates to choose.

Pure: the gazetteer and a query in, an answer out. What narrows a query but isn't understood matches nothing, so that a
column of states with a slip in it never makes a match less certain unseen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import product
from typing import cast

from comity.gazetteer import states as letters
from comity.gazetteer.gazetteer import Gazetteer
from comity.interfaces.web.reconciliation.asked import KINDS, Query
from comity.model import Entity, Kind, Outcome, Resolution

__all__ = ["NARROWING", "Matched", "match"]

NARROWING = ("state", "kind")
"""Properties that narrow a query."""


@dataclass(frozen=True, slots=True)
class Matched:
    """What a query means: ``id`` where that is certain, and entities with their scores, from 0 to 1, the best first."""

    outcome: Outcome
    id: str | None
    candidates: tuple[tuple[Entity, float], ...]
    reason: str


def match(known: Gazetteer, asked: Query) -> Matched:
    """What a query means: an id means itself, a name what the gazetteer makes of it in those states, of those kinds."""
    states, no_states = _read(asked.values("state"), lambda value: _state(known, value))
    kinds, no_kinds = _read(asked.values("kind"), _kind)
    doubts = [f"the state {each!r} is none that is known" for each in no_states]
    doubts += [f"the kind {each!r} is none that is known" for each in no_kinds]
    if asked.types and kinds and not set(kinds) & set(asked.types):
        doubts.append("the type and the kind exclude one another")
    kinds = [each for each in kinds if each in asked.types] or asked.types or kinds
    found = _found(known, asked.query.strip(), states, kinds)
    if doubts:
        found = Matched("unknown", None, found.candidates, "; ".join(doubts))
    return replace(found, candidates=found.candidates[: asked.limit])


def _found(known: Gazetteer, name: str, states: list[str], kinds: list[str]) -> Matched:
    """What a name or an id means in any of the states, of any of the kinds; none given bounds nothing."""
    direct = known.entity(name) if name else None
    if direct is None:
        of_states: list[str | None] = [*states] or [None]
        of_kinds = cast("list[Kind | None]", [*kinds] or [None])
        return _joined(known, [known.resolve(name, state, kind) for state, kind in product(of_states, of_kinds)])
    if (states and direct.state not in states) or (kinds and direct.kind not in kinds):
        return Matched("unknown", None, ((direct, 1.0),), "the entity of this id is of another state or kind")
    return Matched("resolved", direct.id, ((direct, 1.0),), "the entity's id")


def _joined(known: Gazetteer, tries: list[Resolution]) -> Matched:
    """Several resolutions as one: resolved where one is, and no other has another candidate."""
    scores: dict[str, float] = {}
    for candidate in (each for one in tries for each in one.candidates):
        scores[candidate.id] = max(scores.get(candidate.id, 0.0), candidate.score)
    ranked = sorted(scores, key=lambda identity: (-scores[identity], identity))
    entities = [(known.entity(identity), scores[identity]) for identity in ranked]
    candidates = tuple((entity, score) for entity, score in entities if entity is not None)
    told = [one for one in tries if one.outcome != "unknown"] or tries[:1]
    reason = "; ".join(dict.fromkeys(one.reason for one in told))
    if all(one.outcome != "resolved" for one in told):
        return Matched(told[0].outcome, None, candidates, reason)
    if len(scores) == 1:
        return Matched("resolved", ranked[0], candidates, reason)
    return Matched("ambiguous", None, candidates, reason)


def _read(values: Iterable[str], read: Callable[[str], str | None]) -> tuple[list[str], list[str]]:
    """What values mean, each once, and those that mean nothing."""
    told = {value: read(value) for value in values}
    return list(dict.fromkeys(each for each in told.values() if each)), [value for value in told if not told[value]]


def _state(known: Gazetteer, value: str) -> str | None:
    """The two letters of a state: of its id, its name, its abbreviation."""
    entity = known.entity(value) if ":" in value else None
    return entity.state if entity is not None else (letters.code(value) or "").upper() or None


def _kind(value: str) -> str | None:
    plain = "_".join(value.lower().split())
    return plain if plain in KINDS else None
