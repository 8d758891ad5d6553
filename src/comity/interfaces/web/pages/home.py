"""The first page, and the search that completes names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from comity.interfaces.web.asked import Typed
from comity.interfaces.web.rendering import shown
from comity.interfaces.web.site import Site, last_commit
from comity.register import Register

__all__ = ["router"]

router = APIRouter()

_HITS = 40


@router.get("/")
def home(request: Request) -> Response:
    """What this is, search, the map, the latest changes."""
    return shown(request, "home.html", lambda register, _: _home(register))


@router.get("/search")
def search(request: Request, q: Typed = "") -> Response:
    """Entities by name; one that is the only one of its name is gone to at once with ``go``."""
    if not q.strip():
        return RedirectResponse("/", 303)
    return shown(request, "search.html", lambda register, site: _hits(register, site, q))


def _home(register: Register) -> Mapping[str, Any]:
    return {"moment": last_commit(register), "lists": register.lists()}


def _hits(register: Register, site: Site, typed: str) -> Mapping[str, Any]:
    found = site.names.search(register, typed, _HITS + 1)
    counts = register.counted([each.id for each in found])
    return {"typed": typed, "found": found[:_HITS], "more": len(found) > _HITS, "counts": counts}
