"""The map's drawing: outlines of the states, compiled by ``scripts/compile_map.py``, and how dark each is drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import msgspec

from comity.model import Entity

__all__ = ["Outlines", "legend", "middle", "outlines", "shades"]

_SHADES = 5


@dataclass(frozen=True, slots=True)
class Outlines:
    """Paths of SVG by state, in a box of ``width`` by ``height``, ten units for each of :mod:`comity.views.albers`.

    ``counties`` are the middles of counties by GEOID.
    """

    source: str
    width: int
    height: int
    states: Mapping[str, str]
    counties: Mapping[str, tuple[int, int]]


@lru_cache(maxsize=1)
def outlines() -> Outlines:
    """The outlines that the package carries."""
    data = resources.files("comity").joinpath("data", "map", "states.json").read_bytes()
    return msgspec.json.decode(data, type=Outlines)


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
