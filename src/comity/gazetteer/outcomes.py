"""Outcomes of resolution, before they are set beside what was asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from comity.model import Candidate, Outcome

if TYPE_CHECKING:
    from comity.gazetteer.gazetteer import Gazetteer

__all__ = ["OCD", "Found", "candidates", "unknown"]

OCD = "ocd-division/country:us/"
SHORT = ("state:", "district:", "territory:")


@dataclass(frozen=True, slots=True)
class Found:
    """What was found for a name, and why."""

    outcome: Outcome
    id: str | None
    candidates: tuple[Candidate, ...]
    reason: str

    @staticmethod
    def resolved(gazetteer: Gazetteer, key: str, score: float, reason: str) -> Found:
        """One entity, by short id or id."""
        found = candidates(gazetteer, [(key, score)])
        return Found("resolved", found[0].id if found else None, found, reason)


def candidates(gazetteer: Gazetteer, keys: Iterable[tuple[str, float]]) -> tuple[Candidate, ...]:
    """Candidates by short id or id, the best first, at most ten."""
    found = []
    for key, score in keys:
        id = OCD + key if key.startswith(SHORT) else key
        found.append(Candidate(id, gazetteer.label(id), round(score, 4)))
    return tuple(sorted(found, key=lambda one: (-one.score, one.id))[:10])


def unknown(reason: str, near: tuple[Candidate, ...] = ()) -> Found:
    """Nothing is found."""
    return Found("unknown", None, near, reason)
