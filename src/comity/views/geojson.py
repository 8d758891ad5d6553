"""Entities on a map: GeoJSON (RFC 7946), a feature an entity, with the status of its matters."""

from __future__ import annotations

from typing import Any

from comity.views.export import Holding

__all__ = ["feature"]


def feature(holding: Holding) -> dict[str, Any] | None:
    """An entity as a feature; its geometry is null where the gazetteer has no place for it. None for a bare name."""
    entity = holding.entity
    if entity is None:
        return None
    point = None
    if entity.longitude is not None and entity.latitude is not None:
        point = {"type": "Point", "coordinates": [entity.longitude, entity.latitude]}
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
    told = {"name": entity.name, "kind": entity.kind, "state": entity.state, "geoid": entity.geoid}
    return {"type": "Feature", "id": entity.id, "geometry": point, "properties": {**told, "matters": matters}}
