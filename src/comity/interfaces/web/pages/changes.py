"""What became different on the register, newest first, with filters; as pages, JSON Feed and Atom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec
from fastapi import Request
from starlette.responses import Response

from comity.interfaces.web import publishing
from comity.interfaces.web.access import READERS
from comity.interfaces.web.asked import About, Known, ListName, Page, Predicate, Since
from comity.interfaces.web.rendering import root, shown, tagged
from comity.interfaces.web.room import Room
from comity.interfaces.web.site import Site, last_commit
from comity.interfaces.web.words import address, entity_address, kind, later_list, list_title, matter, meanings, side
from comity.model import Change
from comity.register import About as Narrowed
from comity.register import Register
from comity.register.wordings import lowered
from comity.views import changes as changing
from comity.views.feeds import Feed, Telling, atom, json_feed
from comity.views.gathered import Gathered, gathered, whence

__all__ = ["Asked", "Source", "Together", "found", "latest", "router"]

router = Room(dependencies=READERS)

_A_PAGE = 100
_FEED = 100
_MOST = 2000  # changes that are looked through for the latest few sources
_NAMED = 3  # of a group that is folded, so many are named


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


@dataclass(frozen=True, slots=True)
class Source:
    """Where changes came from, as a page tells it: an edition of a list, or a document."""

    title: str
    address: str
    of: str | None = None  # the publisher, or the file of what has no title
    date: str | None = None
    synthetic: bool = False


@dataclass(frozen=True, slots=True)
class Together:
    """Changes of one source as a page shows them; ``cut`` where the page before or after has more of them."""

    group: Gathered
    source: Source | None
    names: tuple[str, ...]
    more: int = 0  # names that are not told
    cut: bool = False


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
    return tuple(publishing.change(each) for each in _found(register, site, asked, many))


def _found(register: Register, site: Site, asked: Asked, many: int) -> Sequence[Change]:
    """The same, as the register has them: not to be shown."""
    about = Narrowed(asked.entity, asked.predicate, asked.list)
    written = register.changes(asked.since, asked.learned_since, asked.known, about=about, newest=many)
    disputes: tuple[Change, ...] = ()
    if asked.entity is not None and asked.list is None:
        disputes = _disputes(register, site, asked)
    window = changing.Window(asked.since, asked.learned_since, None, asked.known)
    return changing.changes(written, disputes, window)[::-1]


def latest(register: Register, site: Site, few: int) -> tuple[Together, ...]:
    """The latest changes of the whole register, gathered by where they came from: so many sources."""

    def made() -> tuple[Together, ...]:
        many = 4 * few
        while True:
            every = _found(register, site, Asked(), many)
            groups = gathered(every)
            # The last group may go on beyond what was asked for.
            if len(groups) > few or len(every) < many or many >= _MOST:
                public = (replace(each, changes=tuple(map(publishing.change, each.changes))) for each in groups[:few])
                return tuple(_together(register, site, group, None) for group in public)
            many *= 4

    return site.kept.get(register, ("latest", few), made)


def _together(register: Register, site: Site, group: Gathered, known: str | None, *, cut: bool = False) -> Together:
    names = dict.fromkeys(site.label(each.entity) if each.entity else each.name for each in group.changes)
    return Together(group, _source(register, group, known), tuple(names)[:_NAMED], max(0, len(names) - _NAMED), cut)


def _source(register: Register, group: Gathered, known: str | None) -> Source | None:
    if group.list is not None:
        at = address(f"/list/{group.list}/edition/{group.edition}") if group.edition else ""
        heads = register.editions(group.list, known) if group.edition else ()
        date = next((head.date for head in heads if head.id == group.edition), None)
        return Source(list_title(group.list), at or address(f"/list/{group.list}"), date=date)
    paper = register.document(group.document, known) if group.document else None
    if paper is None:
        return None
    paper = publishing.document(paper)
    # The name of a file tells less than who published it.
    title, of = (paper.title, paper.publisher) if paper.title or not paper.publisher else (paper.publisher, paper.path)
    at = address(f"/document/{paper.id}")
    return Source(title or paper.path or paper.id, at, of, paper.published, paper.synthetic)


def _disputes(register: Register, site: Site, asked: Asked) -> tuple[Change, ...]:
    now = register.beliefs(entity=asked.entity, predicate=asked.predicate, known=asked.known)
    learned = register.learned([belief.statement.id for belief in now]) if now else {}
    every = changing.disputed(now, (), site.rules, learned)
    since = asked.learned_since
    return tuple(each for each in every if since is None or (each.learned or "") >= since)


def _page(register: Register, site: Site, asked: Asked, page: int) -> Mapping[str, Any]:
    every = found(register, site, asked, _A_PAGE * page + 1)
    start, end = _A_PAGE * (page - 1), _A_PAGE * page
    beyond = {whence(each) for each in (*every[max(0, start - 1) : start], *every[end : end + 1])}
    days: dict[str, list[Together]] = {}
    for group in gathered(every[start:end]):
        told = _together(register, site, group, asked.known, cut=whence(group.changes[0]) in beyond)
        days.setdefault((group.learned or "")[:10], []).append(told)
    return {
        "days": days,
        "meanings": meanings(each.kind for each in every[start:end]),
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
            tells=lambda change: _telling(change, site, here),
        )
        if form == "json":
            return Response(msgspec.json.encode(json_feed(changes, feed)), media_type="application/feed+json")
        return Response(atom(changes, feed), media_type="application/atom+xml")

    return tagged(request, made)


def _telling(change: Change, site: Site, here: str) -> Telling:
    """A change in words that need no page around them."""
    name = site.label(change.entity) if change.entity else change.name
    title = f"{kind(change.kind).capitalize()}: {name}: {lowered(matter(change.facet, site.topic))}"
    if change.field and change.kind != "transitioned":
        sides = [side(change.facet, change.field, each, site.topic) for each in (change.before, change.after) if each]
        title = f"{title}; {change.field.replace('_', ' ')} {' -> '.join(sides) or 'nothing'}"
    when = f"Date: {change.date or 'unknown'}"
    later = later_list(change.list or "")
    if change.kind == "transitioned" and later:
        source = f"{when}. Moved on from “{list_title(change.list or '')}” to “{list_title(later)}”."
    else:
        source = f"{when}. {f'On the list “{list_title(change.list)}”.' if change.list else 'As told in a document:'}"
    return Telling(title, source, here + entity_address(change.entity) if change.entity else None)
