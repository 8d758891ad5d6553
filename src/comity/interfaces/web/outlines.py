"""The map's drawing: outlines of the states, compiled by ``scripts/compile_map.py``, and how dark each is drawn."""

from __future__ import annotations

from collections.abc import Mapping

from comity.model import Entity
from comity.views.points import outlines

__all__ = ["legend", "middle", "shades"]

_SHADES = 5


def middle(entity: Entity) -> tuple[float, float] | None:
    """Where the middle of a county is drawn; None for what is no county, or not drawn."""
    at = outlines().counties.get(entity.geoid or "") if entity.kind == "county" else None
    return (at[0] / 10, at[1] / 10) if at else None


def shades(counts: Mapping[str, int]) -> dict[str, int]:
    """How dark each state is drawn, from 1 to 5: its place among those that have any, so that a giant hides none."""
    steps = sorted(set(counts.values()))
    return {state: 1 + (_SHADES - 1) * steps.index(count) // max(1, len(steps) - 1) for state, count in counts.items()}


def legend(counts: Mapping[str, int]) -> list[tuple[int, str]]:
    """Each shade that is drawn, with the counts that it stands for: ``1``, ``2 to 6``."""
    found: dict[int, list[int]] = {}
    for state, shade in shades(counts).items():
        found.setdefault(shade, []).append(counts[state])
    ranges = {shade: (min(each), max(each)) for shade, each in sorted(found.items())}
    return [(shade, f"{low}" if low == high else f"{low} to {high}") for shade, (low, high) in ranges.items()]
