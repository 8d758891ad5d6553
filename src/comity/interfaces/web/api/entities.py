"""Entities by name, one entity, and its dossier."""

from __future__ import annotations

from typing import Any

from fastapi import Request
from starlette.responses import Response

from comity.interfaces.web.access import READERS
from comity.interfaces.web.api.description import documented
from comity.interfaces.web.api.shapes import DossierShape, Entities, EntityRecord, registered_entry, shallow
from comity.interfaces.web.asked import AsOf, EntityId, Known, Limit, Typed
from comity.interfaces.web.errors import NotFound
from comity.interfaces.web.pages.dossier import held
from comity.interfaces.web.rendering import answer
from comity.interfaces.web.room import Room
from comity.interfaces.web.site import Site
from comity.register import Register
from comity.views.dossier import DRAWN, Facet

__all__ = ["router"]

router = Room(tags=["entities"], dependencies=READERS)


@router.get("/entities", responses=documented(Entities))
def entities(request: Request, q: Typed = "", limit: Limit = 20) -> Response:
    """Entities whose names have words that begin so: those on the register first, then the most populous."""
    return answer(request, lambda register, site: Entities(site.names.search(register, q, limit)))


@router.get("/entities/{identity:path}", responses=documented(EntityRecord, missing=True))
def entity(request: Request, identity: EntityId) -> Response:
    """One entity with what it belongs to and what belongs to it."""
    return answer(request, lambda register, site: _entity(register, site, identity))


@router.get("/dossiers/{identity:path}", responses=documented(DossierShape, missing=True))
def dossier(request: Request, identity: EntityId, as_of: AsOf = None, known: Known = None) -> Response:
    """All that the register holds of one entity, matter by matter."""
    return answer(request, lambda register, site: _dossier(register, site, identity, as_of, known))


def _entity(register: Register, site: Site, identity: str) -> EntityRecord:
    found = site.entity(identity)
    if found is None:
        raise NotFound("no entity has this id", where=identity, hint="search for its name: /api/v1/entities?q=…")
    parent = site.entity(found.parent) if found.parent else None
    children = () if found.kind == "state" else site.gazetteer.children(found.id)
    return EntityRecord(found, parent, children, register.counted([found.id]).get(found.id, 0))


def _dossier(register: Register, site: Site, identity: str, as_of: str | None, known: str | None) -> dict[str, Any]:
    found = held(register, site, identity, as_of, known)
    return {**shallow(found), "facets": [_matter(each) for each in found.facets]}


def _matter(facet: Facet) -> dict[str, Any]:
    told = {**shallow(facet), "statements": [registered_entry(facet.facet, each) for each in facet.statements]}
    return {name: value for name, value in told.items() if name not in DRAWN}
