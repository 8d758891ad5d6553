"""The dossier of an entity: where things stand, what happened, what was said; at any two instants."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import Request
from starlette.responses import Response

from comity.interfaces import telling
from comity.interfaces.web import publishing
from comity.interfaces.web.access import READERS
from comity.interfaces.web.asked import AsOf, Known
from comity.interfaces.web.errors import NotFound
from comity.interfaces.web.matters import Matter, Side
from comity.interfaces.web.pages.statements import replied
from comity.interfaces.web.rendering import shown
from comity.interfaces.web.room import Room
from comity.interfaces.web.site import Site, last_commit
from comity.model import Belief, Entity
from comity.register import Register
from comity.views.dossier import Dossier, Entry, Facet, carrying
from comity.views.timeline import timeline
from comity.views.wording import told

__all__ = ["held", "router"]

router = Room(dependencies=READERS)

_OPEN = 12  # so many matters or fewer are shown opened
_FEW = 3  # statements that a matter shows at once; its own page has all
_MATTERS = 200  # of one entity on one page
_BODIES = 60  # under one entity that its page names
_PARTS = {"state": "Where things stand", "event": "What happened", "utterance": "What was said"}


@router.get("/entity/{identity:path}")
def dossier(request: Request, identity: str, as_of: AsOf = None, known: Known = None) -> Response:
    """The dossier of one entity."""
    return shown(request, "dossier.html", lambda register, site: _values(register, site, identity, as_of, known))


def held(register: Register, site: Site, identity: str, as_of: str | None, known: str | None) -> Dossier:
    """The dossier of an entity, as it may be published. Raises NotFound for an id that means nothing."""
    entity = site.entity(identity)
    if entity is None:
        raise NotFound("no entity has this id", where=identity, hint="search for its name")
    return telling.dossier(register, entity, site.topic, as_of, known, shown=publishing.beliefs)


def _values(register: Register, site: Site, identity: str, as_of: str | None, known: str | None) -> Mapping[str, Any]:
    found = held(register, site, identity, as_of, known)
    replies = replied(register, site, known)
    matters = [_matter(number, facet, site, replies) for number, facet in enumerate(found.facets)]
    children = _children(register, site, found.entity)
    parts = []
    for nature, title in _PARTS.items():
        mine = [matter for matter in matters if matter.facet.nature == nature]
        if mine:
            parts.append({"title": title, "matters": mine[:_MATTERS], "more": max(0, len(mine) - _MATTERS),
                          "open": len(matters) <= _OPEN})  # fmt: skip
    return {
        "found": found,
        "entity": found.entity,
        "parts_of_it": parts,
        "timeline": timeline(found),
        "parent": site.entity(found.entity.parent) if found.entity.parent else None,
        "children": children[:_BODIES],
        "bodies": len(children),
        "pinned": known or last_commit(register),
        "synthetic": any(entry.synthetic for facet in found.facets for entry in facet.statements),
    }


def _matter(number: int, facet: Facet, site: Site, replies: Mapping[str, tuple[Belief, ...]]) -> Matter:
    answers = tuple(each for entry in facet.statements for each in replies.get(entry.statement.id, ()))
    publishers = tuple(dict.fromkeys(entry.publisher or "publisher unknown" for entry in facet.statements))
    return Matter(number, facet, carrying(facet, _FEW), _sides(facet, site), publishers, answers)


def _sides(facet: Facet, site: Site) -> tuple[Side, ...]:
    """What accounts that differ say, each value with those who give it; nothing where they don't."""
    slot = next(iter(site.rules.exclusive.get(facet.predicate, ())), None)
    if not facet.disputed or slot is None:
        return ()
    by_value: dict[str, list[Entry]] = {}
    for entry in facet.statements:
        value = told(entry.statement.value.get(slot))
        title = value if entry.statement.polarity == "affirmed" else f"not {value}"
        by_value.setdefault(title, []).append(entry)
    return tuple(Side(title, tuple(entries[:_FEW])) for title, entries in by_value.items())


def _children(register: Register, site: Site, entity: Entity) -> list[tuple[Entity, int]]:
    """The bodies under an entity, those on the register first; of a state only these, from the most told on."""
    if entity.kind == "state":
        ids = [each for each in site.names.of_state(register, entity.state or "") if each != entity.id]
        bodies = tuple(body for each in ids if (body := site.entity(each)) is not None)
    else:
        bodies = site.gazetteer.children(entity.id)
    counts = register.counted([body.id for body in bodies]) if bodies else {}
    return sorted(((body, counts.get(body.id, 0)) for body in bodies), key=lambda pair: (-pair[1], pair[0].name))
