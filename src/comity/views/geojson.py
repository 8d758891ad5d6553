"""Entities on a map: GeoJSON (RFC 7946), a feature an entity, with the status of its matters."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from comity.model import Entity
from comity.views.export import Holding
from comity.views.points import point

__all__ = ["feature"]


def feature(holding: Holding, find: Callable[[str], Entity | None]) -> dict[str, Any] | None:
    """An entity as a feature; ``find`` gives the entity of an id. None for a bare name.

    ``point_basis`` says what its point is the place of; where nothing tells, both are null.
    """
    entity = holding.entity
    if entity is None:
        return None
    at = point(entity, find)
    geometry = {"type": "Point", "coordinates": [at.longitude, at.latitude]} if at else None
    matters = [
        {
            "facet": matter.status.facet,
            "status": matter.status.status,
            "line": matter.line,
            "disputed": matter.status.disputed,
            "since": matter.status.since,
            "until": matter.status.until,
            "statements": list(matter.statements),
        }
        for matter in holding.matters
    ]
    told = {"name": entity.name, "kind": entity.kind, "state": entity.state, "geoid": entity.geoid,
            "point_basis": at.basis if at else None}  # fmt: skip
    return {"type": "Feature", "id": entity.id, "geometry": geometry, "properties": {**told, "matters": matters}}
