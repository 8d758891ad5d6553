"""One point for an entity, and on what it rests: its own coordinates, else the middle of what it is or belongs to.

The middles of counties are those of the map's geometry, compiled by ``scripts/compile_map.py``; they lie within a
kilometre or two of the centroid of the county's largest part.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

import msgspec

from comity.model import Entity
from comity.views.albers import degrees

__all__ = ["Outlines", "Point", "outlines", "point"]


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


class Point(NamedTuple):
    """Degrees, and what they are the place of."""

    longitude: float
    latitude: float
    basis: str


@lru_cache(maxsize=1)
def outlines() -> Outlines:
    """The outlines that the package carries."""
    data = resources.files("comity").joinpath("data", "map", "states.json").read_bytes()
    return msgspec.json.decode(data, type=Outlines)


def point(entity: Entity, find: Callable[[str], Entity | None]) -> Point | None:
    """Where an entity is put on a map; ``find`` gives the entity of an id. None where nothing tells.

    A state and what belongs to none but a state have no point: its middle would say where nothing is.
    """
    here: Entity | None = entity
    while here is not None and here.kind != "state":
        found = _own(here)
        if found is not None:
            whose = "" if here.id == entity.id else f", of {here.name}, which it belongs to"
            return found._replace(basis=f"{found.basis}{whose}")
        here = find(here.parent) if here.parent else None
    return None


def _own(entity: Entity) -> Point | None:
    if entity.longitude is not None and entity.latitude is not None:
        return Point(entity.longitude, entity.latitude, "coordinates in the gazetteer")
    at = outlines().counties.get(entity.geoid or "") if entity.kind == "county" and entity.state else None
    if at is None or entity.state is None:
        return None
    longitude, latitude = degrees(at[0] / 10, at[1] / 10, entity.state)
    return Point(round(longitude, 2), round(latitude, 2), "middle on the map (Census boundaries of 2017)")
