"""Documents without their texts."""

from __future__ import annotations

from fastapi import Request
from starlette.responses import Response

from comity.interfaces.web import publishing
from comity.interfaces.web.access import READERS
from comity.interfaces.web.api.description import documented
from comity.interfaces.web.api.shapes import DocumentRecord, Documents
from comity.interfaces.web.asked import Cursor, DocumentId, Known, Limit, continued, cursor
from comity.interfaces.web.errors import NotFound
from comity.interfaces.web.rendering import answer
from comity.interfaces.web.room import Room
from comity.interfaces.web.site import last_commit
from comity.model import Document
from comity.register import Register

__all__ = ["router"]

router = Room(tags=["documents"], dependencies=READERS)


@router.get("/documents", responses=documented(Documents))
def documents(request: Request, known: Known = None, limit: Limit = 50, cursor: Cursor = None) -> Response:
    """Documents, in the order in which they came."""
    return answer(request, lambda register, _: _page(register, known, limit, cursor))


@router.get("/documents/{identity}", responses=documented(DocumentRecord, missing=True))
def document(request: Request, identity: DocumentId, known: Known = None) -> Response:
    """One document: what it is, never its text."""
    return answer(request, lambda register, _: _one(register, identity, known))


def _page(register: Register, known: str | None, limit: int, given: str | None) -> Documents:
    same = str(known)
    after, moment = continued(given, known or last_commit(register) or "", same)
    found = register.documents(moment or None, after=after, most=limit + 1)
    more = after + limit if len(found) > limit else None
    return Documents(tuple(_record(each) for each in found[:limit]), cursor(more, moment, same))


def _one(register: Register, identity: str, known: str | None) -> DocumentRecord:
    found = register.document(identity, known)
    if found is None:
        raise NotFound("no document has this id", where=identity, hint="look at /api/v1/documents")
    return _record(found)


def _record(given: Document) -> DocumentRecord:
    of = publishing.document(given)
    return DocumentRecord(
        of.id, of.title, of.publisher, of.published, of.published_basis, of.home_state, of.path, of.url, of.capture,
        of.synthetic, of.notes,
    )  # fmt: skip
