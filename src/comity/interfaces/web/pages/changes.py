"""What became different on the register, newest first, with filters; as pages, JSON Feed and Atom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from fastapi import APIRouter, Request
from starlette.responses import Response

from comity.interfaces.web import publishing
from comity.interfaces.web.access import READERS
from comity.interfaces.web.asked import About, Known, ListName, Page, Predicate, Since
from comity.interfaces.web.rendering import root, shown, tagged
from comity.interfaces.web.site import Site, last_commit
from comity.interfaces.web.words import address
from comity.model import Change
from comity.register import About as Narrowed
from comity.register import Register
from comity.views import changes as changing
from comity.views.feeds import Feed, atom, json_feed

__all__ = ["Asked", "found", "latest", "router"]

router = APIRouter(dependencies=READERS)

_A_PAGE = 100
_FEED = 100


@dataclass(frozen=True, slots=True)
class Asked:
    """Which changes are asked for."""

    entity: str | None = None
    predicate: str | None = None
    list: str | None = None
    since: str | None = None
    learned_since: str | None = None
    known: str | None = None

    @property
    def given(self) -> dict[str, str]:
        """What was given, as parameters of an address."""
        return {name: value for name, value in msgspec.to_builtins(self).items() if value}


@router.get("/changes")
def changes(
    request: Request,
    entity: About = None,
    predicate: Predicate = None,
    list: ListName = None,
    since: Since = None,
    learned_since: Since = None,
    known: Known = None,
    page: Page = 1,
) -> Response:
    """Changes, newest first."""
    asked = Asked(entity, predicate, list, since, learned_since, known)
    return shown(request, "changes.html", lambda register, site: _page(register, site, asked, page))


@router.get("/changes.json")
def changes_json(
    request: Request, entity: About = None, predicate: Predicate = None, list: ListName = None
) -> Response:
    """The latest changes as a JSON Feed."""
    return _feed(request, Asked(entity, predicate, list), "json")


@router.get("/changes.atom")
def changes_atom(
    request: Request, entity: About = None, predicate: Predicate = None, list: ListName = None
) -> Response:
    """The latest changes as an Atom feed."""
    return _feed(request, Asked(entity, predicate, list), "atom")


def found(register: Register, site: Site, asked: Asked, many: int) -> tuple[Change, ...]:
    """The newest changes, ``many`` or more where there are so many; of one entity also where accounts differ."""
    about = Narrowed(asked.entity, asked.predicate, asked.list)
    written = register.changes(asked.since, asked.learned_since, asked.known, about=about, newest=many)
    disputes: tuple[Change, ...] = ()
    if asked.entity is not None and asked.list is None:
        disputes = _disputes(register, site, asked)
    window = changing.Window(asked.since, asked.learned_since, None, asked.known)
    every = changing.changes(written, disputes, window)
    return tuple(publishing.change(each) for each in reversed(every))


def latest(register: Register, site: Site, few: int) -> tuple[Change, ...]:
    """The latest few changes of the whole register."""
    return site.kept.get(register, ("latest", few), lambda: found(register, site, Asked(), few)[:few])


def _disputes(register: Register, site: Site, asked: Asked) -> tuple[Change, ...]:
    now = register.beliefs(entity=asked.entity, predicate=asked.predicate, known=asked.known)
    learned = register.learned([belief.statement.id for belief in now]) if now else {}
    every = changing.disputed(now, (), site.rules, learned)
    since = asked.learned_since
    return tuple(each for each in every if since is None or (each.learned or "") >= since)


def _page(register: Register, site: Site, asked: Asked, page: int) -> Mapping[str, Any]:
    every = found(register, site, asked, _A_PAGE * page + 1)
    mine = every[_A_PAGE * (page - 1) : _A_PAGE * page]
    days: dict[str, list[Change]] = {}
    for change in mine:
        days.setdefault((change.learned or "")[:10], []).append(change)
    return {
        "days": days,
        "asked_for": asked,
        "given": asked.given,
        "page": page,
        "more": len(every) > _A_PAGE * page,
        "entity": site.entity(asked.entity) if asked.entity else None,
        "lists": register.lists(),
        "pinned": asked.known or last_commit(register),
        "written": None if asked.known else last_commit(register),
    }


def _feed(request: Request, asked: Asked, form: str) -> Response:
    def made(register: Register, site: Site) -> Response:
        changes = found(register, site, asked, _FEED)[:_FEED]
        parts = [site.label(asked.entity) if asked.entity else "", asked.predicate or "", asked.list or ""]
        about = ", ".join(filter(None, parts))
        here = root(request)
        feed = Feed(
            title=f"Comity: changes{f' of {about}' if about else ''}",
            home=here + address("/changes", asked.given),
            address=here + address(f"/changes.{form}", asked.given),
        )
        if form == "json":
            return Response(msgspec.json.encode(json_feed(changes, feed)), media_type="application/feed+json")
        return Response(atom(changes, feed), media_type="application/atom+xml")

    return tagged(request, made)
