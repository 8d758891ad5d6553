"""The first page, the search that completes names, and who stands where on a matter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Query, Request
from starlette.responses import RedirectResponse, Response

from comity.errors import UsageError
from comity.interfaces.web.access import READERS
from comity.interfaces.web.asked import AsOf, Known, Page, State, Typed
from comity.interfaces.web.outlines import legend, middle, shades
from comity.interfaces.web.pages.changes import latest
from comity.interfaces.web.rendering import shown
from comity.interfaces.web.room import Room
from comity.interfaces.web.site import Site, last_commit
from comity.interfaces.web.words import slots_of
from comity.register import Register
from comity.views.atlas import Atlas, atlas, standing
from comity.views.points import outlines

__all__ = ["router"]

router = Room(dependencies=READERS)

_HITS = 40
_CHANGES = 8
_A_PAGE = 200

Matter = Annotated[str, Query(max_length=120, description="A predicate of the topic and a value: agreement:in_force.")]


@router.get("/")
def home(request: Request, matter: Matter = "", as_of: AsOf = None, known: Known = None) -> Response:
    """What this is, search, the map, the latest changes, what is known to be unknown."""
    return shown(request, "home.html", lambda register, site: _home(register, site, matter, as_of, known))


@router.get("/search")
def search(request: Request, q: Typed = "") -> Response:
    """Entities by the beginnings of their words."""
    if not q.strip():
        return RedirectResponse("/", 303)
    return shown(request, "search.html", lambda register, site: _hits(register, site, q))


@router.get("/bodies")
def bodies(
    request: Request, matter: Matter = "", state: State = None, as_of: AsOf = None, known: Known = None, page: Page = 1
) -> Response:
    """The bodies that stand with one value on a matter: what the map counts."""
    return shown(
        request, "bodies.html", lambda register, site: _bodies(register, site, matter, state, as_of, known, page)
    )


def _home(register: Register, site: Site, matter: str, as_of: str | None, known: str | None) -> Mapping[str, Any]:
    totals = site.kept.get(register, "totals", register.totals)
    predicate, found = _atlas(register, site, matter or _fullest(site, totals.statements), as_of, known)
    return {
        "moment": last_commit(register),
        "totals": totals,
        "questions": len(register.questions()),
        "predicate": predicate,
        "atlas": found,
        "shades": shades(found.states),
        "legend": legend(found.states),
        "outlines": outlines(),
        "matters": _matters(site),
        "as_of": as_of,
        "known": known,
        "changes": latest(register, site, _CHANGES),
        "lists": register.lists(),
    }


def _fullest(site: Site, statements: Mapping[str, int]) -> str:
    """The matter that most is held of, among those that have a status."""
    states = [name for name, predicate in site.topic.predicates.items() if predicate.nature == "state"]
    return max(states, key=lambda name: statements.get(name, 0))


def _matters(site: Site) -> list[tuple[str, str, dict[str, str]]]:
    """Predicate, label and values of all that can be drawn; values that say the same are one, under both words."""
    found = []
    for name, predicate in site.topic.predicates.items():
        slot = next(iter(predicate.exclusive), None)
        if predicate.nature == "state" and slot is not None:
            alike = site.rules.alike.get(name, {})
            values: dict[str, str] = {}
            for value in predicate.slots[slot].values:
                first, words = alike.get(value, value), value.replace("_", " ")
                values[first] = f"{values[first]} or {words}" if first in values else words
            found.append((name, predicate.label, values))
    return found


def _atlas(register: Register, site: Site, matter: str, as_of: str | None, known: str | None) -> tuple[str, Atlas]:
    predicate, _, value = matter.partition(":")
    if predicate not in site.topic.predicates or site.topic.predicates[predicate].nature != "state":
        raise UsageError("no matter that has a status", where=matter, hint="choose one of those on the first page")
    values = {each for name, _, several in _matters(site) if name == predicate for each in several}
    if value and value not in values:
        raise UsageError("no value of this matter", where=matter, hint=f"one of {', '.join(sorted(values))}")

    def drawn() -> Atlas:
        if as_of or known:
            stood = standing(register.held(predicate, as_of, known), predicate, site.rules)
        else:
            stood = site.stood.at_present(register, predicate, site.rules)
        return atlas(stood, site.entity, middle, value or None)

    return predicate, site.kept.get(register, ("atlas", matter, as_of, known), drawn)


def _hits(register: Register, site: Site, typed: str) -> Mapping[str, Any]:
    found = site.names.search(register, typed, _HITS + 1)
    counts = register.counted([each.id for each in found])
    return {"typed": typed, "found": found[:_HITS], "more": len(found) > _HITS, "counts": counts}


def _bodies(
    register: Register, site: Site, matter: str, state: str | None, as_of: str | None, known: str | None, page: int
) -> Mapping[str, Any]:
    totals = site.kept.get(register, "totals", register.totals)
    predicate, found = _atlas(register, site, matter or _fullest(site, totals.statements), as_of, known)
    inside = [body for body in found.bodies if state is None or (body.entity.state or "") == state.upper()]
    rows = [
        (body.entity, [(slots_of(facet, site.topic), told) for facet, told in body.facets.items()]) for body in inside
    ]
    place = site.gazetteer.state(state)
    return {
        "matter": f"{predicate}:{found.value}",
        "label": site.topic.predicates[predicate].label,
        "value": next(
            (values.get(found.value, "nothing") for name, _, values in _matters(site) if name == predicate), ""
        ),
        "place": site.label(place.id) if place else None,
        "state": state,
        "rows": rows[(page - 1) * _A_PAGE : page * _A_PAGE],
        "count": len(rows),
        "page": page,
        "more": len(rows) > page * _A_PAGE,
        "as_of": as_of,
        "known": known,
    }
