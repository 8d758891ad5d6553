"""Where accounts differ: each side with its value and the sentences that carry it. It judges nobody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import Request
from starlette.responses import Response

from comity.interfaces.web import publishing
from comity.interfaces.web.access import READERS
from comity.interfaces.web.asked import About, AsOf, Known, Page
from comity.interfaces.web.rendering import shown
from comity.interfaces.web.room import Room
from comity.interfaces.web.site import Site
from comity.register import Register
from comity.views.conflicts import Conflict
from comity.views.conflicts import conflicts as differing

__all__ = ["found", "router"]

router = Room(dependencies=READERS)

_A_PAGE = 30


@router.get("/conflicts")
def conflicts(
    request: Request, entity: About = None, as_of: AsOf = None, known: Known = None, page: Page = 1
) -> Response:
    """Where accounts differ, of one entity or of all."""
    return shown(request, "conflicts.html", lambda register, site: _page(register, site, entity, as_of, known, page))


def found(
    register: Register, site: Site, entity: str | None, as_of: str | None, known: str | None
) -> tuple[Conflict, ...]:
    """The conflicts of one entity or of all, as they may be published; those of all are derived once a commit."""

    def derived() -> tuple[Conflict, ...]:
        if entity is not None:
            groups = iter([register.beliefs(entity=entity, begun=as_of, known=known)])
        else:
            groups = register.by_entity(begun=as_of, known=known, fewest=2)
        return tuple(
            each for group in groups for each in differing(publishing.beliefs(group), site.topic, as_of) if group
        )

    return derived() if entity is not None else site.kept.get(register, ("conflicts", as_of, known), derived)


def _page(
    register: Register, site: Site, entity: str | None, as_of: str | None, known: str | None, page: int
) -> Mapping[str, Any]:
    every = found(register, site, entity, as_of, known)
    return {
        "conflicts": every[_A_PAGE * (page - 1) : _A_PAGE * page],
        "count": len(every),
        "entity": site.entity(entity) if entity else None,
        "as_of": as_of,
        "known": known,
        "page": page,
        "more": len(every) > _A_PAGE * page,
    }
