"""A document: what it is, and its statements in the order of its text; never the whole text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import Request
from starlette.responses import Response

from comity.interfaces.web import publishing
from comity.interfaces.web.access import READERS
from comity.interfaces.web.asked import Known, Page
from comity.interfaces.web.errors import NotFound
from comity.interfaces.web.rendering import shown
from comity.interfaces.web.room import Room
from comity.interfaces.web.site import Site
from comity.model import Belief, Edition
from comity.register import Register

__all__ = ["router"]

router = Room(dependencies=READERS)

_A_PAGE = 100
_STATEMENTS = 300


@router.get("/documents")
def documents(request: Request, page: Page = 1, known: Known = None) -> Response:
    """The documents on the register, in the order in which they came."""
    return shown(request, "documents.html", lambda register, _: _several(register, page, known))


@router.get("/document/{identity}")
def document(request: Request, identity: str, known: Known = None) -> Response:
    """One document."""
    return shown(request, "document.html", lambda register, site: _one(register, site, identity, known))


def _several(register: Register, page: int, known: str | None) -> Mapping[str, Any]:
    found = register.documents(known, after=(page - 1) * _A_PAGE, most=_A_PAGE + 1)
    return {
        "documents": [publishing.document(each) for each in found[:_A_PAGE]],
        "page": page,
        "more": len(found) > _A_PAGE,
        "known": known,
    }


def _one(register: Register, site: Site, identity: str, known: str | None) -> Mapping[str, Any]:
    found = register.document(identity, known)
    if found is None:
        raise NotFound("no document has this id", where=identity, hint="look at the documents")
    beliefs, more = register.page(document=identity, limit=_STATEMENTS, known=known)
    return {
        "document": publishing.document(found),
        "sealed": found.text == ""
        and bool(beliefs)
        and beliefs[0].statement.evidence.exact is None
        and beliefs[0].statement.evidence.cells is None,
        "beliefs": publishing.beliefs(sorted(beliefs, key=_place)),
        "more": more is not None,
        "known": known,
        "edition": _edition(register, found.id, beliefs),
        "labels": {
            b.statement.subject.id: site.label(b.statement.subject.id) for b in beliefs if b.statement.subject.id
        },
    }


def _edition(register: Register, document: str, beliefs: Sequence[Belief]) -> Edition | None:
    """The edition of a list that a document is."""
    row = next((each.statement for each in beliefs if each.statement.evidence.cells is not None), None)
    if row is None:
        return None
    heads = register.editions(row.vocabulary.partition("@")[0])
    return next((head for head in heads if head.document == document), None)


def _place(belief: Belief) -> tuple[int, int, str]:
    evidence = belief.statement.evidence
    return evidence.start or 0, evidence.row or 0, belief.statement.id
