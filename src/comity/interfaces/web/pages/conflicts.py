"""Where accounts differ: each side with its value and the sentences that carry it. It judges nobody."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from fastapi import Request
from starlette.responses import Response

from comity.interfaces import telling
from comity.interfaces.web import publishing
from comity.interfaces.web.access import READERS
from comity.interfaces.web.asked import About, AsOf, Known, Page
from comity.interfaces.web.rendering import shown
from comity.interfaces.web.room import Room
from comity.interfaces.web.site import Site
from comity.model import Belief
from comity.register import Register
from comity.views.conflicts import Conflict

__all__ = ["found", "router"]

router = Room(dependencies=READERS)

_A_PAGE = 30
_AT_ONCE = 50  # entities that are looked at


@router.get("/conflicts")
def conflicts(
    request: Request, entity: About = None, as_of: AsOf = None, known: Known = None, page: Page = 1
) -> Response:
    """Where accounts differ, of one entity or of all."""
    return shown(request, "conflicts.html", lambda register, site: _page(register, site, entity, as_of, known, page))


class _Derived:
    """The conflicts of all entities, in the order of ids, as far as anybody asked for them."""

    def __init__(self) -> None:
        self._found: list[Conflict] = []
        self._after: str | None = ""
        self._lock = threading.Lock()

    def upto(self, many: int, more: Callable[[str], tuple[Iterable[Conflict], str | None]]) -> tuple[Conflict, ...]:
        """The first ``many`` or some more; ``more`` gives those of the entities after an id, and the last one's id."""
        with self._lock:
            while len(self._found) < many and self._after is not None:
                fresh, self._after = more(self._after)
                self._found += fresh
            return tuple(self._found)


def found(
    register: Register, site: Site, entity: str | None, as_of: str | None, known: str | None, many: int
) -> tuple[Conflict, ...]:
    """The conflicts of one entity, or the first ``many`` or more of all, as they may be published.

    Those of all are derived once a commit, and no more of them than are asked for.
    """

    def differing(group: Sequence[Belief]) -> tuple[Conflict, ...]:
        return telling.conflicts(register, publishing.beliefs(group), site.topic, as_of, known)

    def more(after: str) -> tuple[Iterable[Conflict], str | None]:
        groups, last = register.at_odds(after, _AT_ONCE, begun=as_of, known=known)
        return (each for group in groups for each in differing(group)), last

    if entity is not None:
        return differing(register.beliefs(entity=entity, begun=as_of, known=known))
    derived = site.kept.get(register, ("conflicts", as_of, known), _Derived)
    return derived.upto(many, more)


def _page(
    register: Register, site: Site, entity: str | None, as_of: str | None, known: str | None, page: int
) -> Mapping[str, Any]:
    every = found(register, site, entity, as_of, known, _A_PAGE * page + 1)
    return {
        "conflicts": every[_A_PAGE * (page - 1) : _A_PAGE * page],
        "entity": site.entity(entity) if entity else None,
        "as_of": as_of,
        "known": known,
        "page": page,
        "more": len(every) > _A_PAGE * page,
    }
