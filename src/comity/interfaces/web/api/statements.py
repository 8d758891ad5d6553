"""Statements: one, and pages of those that fit."""

from __future__ import annotations

from typing import Any

from fastapi import Request
from starlette.responses import Response

from comity.interfaces.web import publishing
from comity.interfaces.web.access import READERS
from comity.interfaces.web.api.description import documented
from comity.interfaces.web.api.shapes import Statements, StatementShape, registered
from comity.interfaces.web.asked import (
    About,
    AsOf,
    Cursor,
    DocumentName,
    Facet,
    Known,
    Limit,
    ListName,
    Predicate,
    StatementId,
    continued,
    cursor,
)
from comity.interfaces.web.pages.statements import believed
from comity.interfaces.web.rendering import answer
from comity.interfaces.web.room import Room
from comity.interfaces.web.site import last_commit
from comity.register import Register

__all__ = ["router"]

router = Room(tags=["statements"], dependencies=READERS)


@router.get("/statements", responses=documented(Statements))
def statements(
    request: Request,
    entity: About = None,
    facet: Facet = None,
    predicate: Predicate = None,
    document: DocumentName = None,
    list: ListName = None,
    as_of: AsOf = None,
    known: Known = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Response:
    """Statements that fit, in the order in which they were written: those that hold at ``as_of``, else all."""
    asked = {"entity": entity, "facet": facet, "predicate": predicate, "document": document, "list_name": list}
    return answer(request, lambda register, _: _page(register, asked, as_of, known, limit, cursor))


@router.get("/statements/{name}", responses=documented(StatementShape, missing=True))
def statement(request: Request, name: StatementId, known: Known = None) -> Response:
    """One statement."""
    return answer(request, lambda register, _: registered(believed(register, name, known)))


def _page(
    register: Register, asked: dict[str, str | None], as_of: str | None, known: str | None, limit: int,
    given: str | None,
) -> dict[str, Any]:  # fmt: skip
    same = f"{asked} {as_of} {known}"
    after, moment = continued(given, known or (last_commit(register) or ""), same)
    found, more = register.page(after=after, limit=limit, valid=as_of, known=moment or None, **asked)
    return {
        "statements": [registered(each) for each in publishing.beliefs(found)],
        "next": cursor(more, moment, same),
    }
