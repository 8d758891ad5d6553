"""One statement with all that it rests on, and pages of statements of one matter, entity or predicate."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import Request
from starlette.responses import Response

from comity.errors import RegisterError
from comity.interfaces import telling
from comity.interfaces.web import publishing
from comity.interfaces.web.access import READERS
from comity.interfaces.web.asked import (
    About,
    AsOf,
    Cursor,
    Facet,
    Known,
    ListName,
    Predicate,
    StatementId,
    continued,
    cursor,
)
from comity.interfaces.web.errors import NotFound
from comity.interfaces.web.quality import precision
from comity.interfaces.web.rendering import shown
from comity.interfaces.web.room import Room
from comity.interfaces.web.site import Site, last_commit
from comity.model import Belief, Decision
from comity.register import Register

__all__ = ["believed", "decided", "replied", "router"]

router = Room(dependencies=READERS)

_A_PAGE = 50
_SIGHTINGS = 12


@router.get("/statement/{name}")
def statement(request: Request, name: StatementId, known: Known = None) -> Response:
    """One statement: its words, whose they are, its clocks, decisions, and how to check it."""
    return shown(request, "statement.html", lambda register, site: _one(register, site, name, known))


@router.get("/statements")
def statements(
    request: Request,
    entity: About = None,
    facet: Facet = None,
    predicate: Predicate = None,
    list: ListName = None,
    as_of: AsOf = None,
    known: Known = None,
    cursor: Cursor = None,
) -> Response:
    """Statements, page by page."""
    asked = {"entity": entity, "facet": facet, "predicate": predicate, "list": list, "as_of": as_of, "known": known}
    return shown(request, "statements.html", lambda register, site: _page(register, site, asked, cursor))


def believed(register: Register, name: str, known: str | None) -> Belief:
    """The latest belief in a statement, as it may be published. Raises NotFound."""
    try:
        return publishing.belief(register.statement(name, known))
    except RegisterError as error:
        raise NotFound(error.message, where=name, hint=error.hint) from error


def decided(register: Register, statement: str, known: str | None) -> tuple[Decision, ...]:
    """The decisions in force on a statement."""
    return tuple(each for each in register.decisions(known) if statement in (each.target, each.other))


def replied(register: Register, site: Site, known: str | None) -> Mapping[str, tuple[Belief, ...]]:
    """What offices replied to which statements, as it may be published."""

    def made() -> Mapping[str, tuple[Belief, ...]]:
        return {name: publishing.beliefs(each) for name, each in telling.replied(register, known).items()}

    return site.kept.get(register, ("replied", known), made)


def _one(register: Register, site: Site, name: str, known: str | None) -> Mapping[str, Any]:
    belief = believed(register, name, known)
    sightings = register.sightings(belief.statement.id, known)
    document = register.document(belief.statement.evidence.document, known, text=False)
    return {
        "belief": belief,
        "statement": belief.statement,
        "evidence": belief.statement.evidence,
        "document": publishing.document(document) if document else None,
        "sightings": sightings[-_SIGHTINGS:],
        "earlier": max(0, len(sightings) - _SIGHTINGS),
        "decisions": decided(register, belief.statement.id, known),
        "replies": replied(register, site, known).get(belief.statement.id, ()),
        "precision": precision(belief.statement),
        "pinned": known or last_commit(register),
    }


def _page(register: Register, site: Site, asked: Mapping[str, str | None], given: str | None) -> Mapping[str, Any]:
    same = " ".join(f"{name}={value}" for name, value in asked.items() if value)
    after, known = continued(given, asked["known"] or (last_commit(register) or ""), same)
    found, more = register.page(
        after=after,
        limit=_A_PAGE,
        entity=asked["entity"],
        facet=asked["facet"],
        predicate=asked["predicate"],
        list_name=asked["list"],
        valid=asked["as_of"],
        known=known or None,
    )
    return {
        "beliefs": publishing.beliefs(found),
        "narrowed": {name: value for name, value in asked.items() if value},
        "entity": site.entity(asked["entity"]) if asked["entity"] else None,
        "next": cursor(more, known, same),
    }
