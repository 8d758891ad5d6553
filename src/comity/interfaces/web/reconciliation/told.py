"""What the service tells, as the Reconciliation Service API 0.2 has it: manifest, results, suggestions, columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from comity.interfaces.web.reconciliation.asked import BATCH, KINDS, Extension, Query
from comity.interfaces.web.reconciliation.matching import match
from comity.interfaces.web.site import Site
from comity.interfaces.web.words import plain_words
from comity.model import Entity

__all__ = ["PATH", "PROPERTIES", "columns", "described", "manifest", "named", "properties", "results", "types"]

PATH = "/reconcile"

PROPERTIES = {
    "id": "Identifier",
    "name": "Name",
    "kind": "Kind",
    "state": "State",
    "geoid": "GEOID (US Census Bureau)",
    "ori": "ORI (FBI)",
    "parent": "Belongs to",
}
"""The columns that can be asked for, with their names."""


def manifest(root: str) -> dict[str, Any]:
    """What the service is and offers; ``root`` is the site's public root."""
    here = f"{root}{PATH}"
    suggest = {
        what: {"service_url": here, "service_path": f"/suggest/{what}"} for what in ("entity", "type", "property")
    }
    return {
        "versions": ["0.2"],
        "name": "Comity: US local governments, school districts and agencies",
        "identifierSpace": f"{root}/entity/",
        "schemaSpace": f"{here}/types/",
        "documentation": f"{root}/about",
        "defaultTypes": types(),
        "view": {"url": f"{root}/entity/{{{{id}}}}"},
        "preview": {"url": f"{here}/preview?id={{{{id}}}}", "width": 400, "height": 180},
        "suggest": suggest,
        "extend": {"propose_properties": {"service_url": here, "service_path": "/properties"}, "property_settings": []},
        "batchSize": BATCH,
    }


def types(prefix: str = "") -> list[dict[str, str]]:
    """The kinds of entities whose names begin so."""
    return [_type(kind) for kind in KINDS if plain_words(kind).startswith(prefix.lower().replace("_", " "))]


def properties(among: Iterable[str], prefix: str = "") -> list[dict[str, str]]:
    """Properties whose id or name begins so."""
    begun = prefix.lower()
    return [
        {"id": pid, "name": PROPERTIES[pid]}
        for pid in among
        if pid.startswith(begun) or PROPERTIES[pid].lower().startswith(begun)
    ]


def results(site: Site, batch: Mapping[str, Query]) -> dict[str, Any]:
    """The candidates of each query, with how the gazetteer came to them beside."""
    return {key: _result(site, query) for key, query in batch.items()}


def _result(site: Site, query: Query) -> dict[str, Any]:
    found = match(site.gazetteer, query)
    told = [
        {
            "id": entity.id,
            "name": site.label(entity.id),
            "description": described(site, entity),
            "type": [_type(entity.kind)],
            "score": round(100 * score, 2),
            "match": entity.id == found.id,
        }
        for entity, score in found.candidates
    ]
    return {"result": told, "outcome": found.outcome, "reason": found.reason}


def columns(site: Site, asked: Extension) -> dict[str, Any]:
    """The values of properties for entities; what an entity lacks, and of an id that is none, is empty."""
    wanted = [each.id for each in asked.properties]
    rows = {}
    for identity in asked.ids:
        entity = site.gazetteer.entity(identity)
        rows[identity] = {pid: _cells(site, entity, pid) if entity else [] for pid in wanted}
    return {"meta": [{"id": pid, "name": PROPERTIES[pid]} for pid in wanted], "rows": rows}


def _cells(site: Site, entity: Entity, pid: str) -> list[dict[str, str]]:
    value: str | None = getattr(entity, pid)
    if not value:
        return []
    return [{"id": value, "name": site.label(value)}] if pid == "parent" else [{"str": value}]


def named(site: Site, entity: Entity) -> dict[str, Any]:
    """An entity as it is suggested."""
    told = {"id": entity.id, "name": site.label(entity.id), "description": described(site, entity)}
    return {**told, "notable": [_type(entity.kind)]}


def described(site: Site, entity: Entity) -> str:
    """What tells an entity from its namesakes, in a few words."""
    parent = site.label(entity.parent) if entity.parent and entity.kind != "state" else ""
    where = "of" if entity.kind in ("agency", "federal", "other") else "in"
    what = f"{plain_words(entity.kind)} {where} {parent}" if parent else plain_words(entity.kind)
    return ", ".join(filter(None, [what, f"GEOID {entity.geoid}" if entity.geoid else "", entity.ori or ""]))


def _type(kind: str) -> dict[str, str]:
    return {"id": kind, "name": plain_words(kind).capitalize()}
