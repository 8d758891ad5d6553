"""The whole text of a document, for editors alone, with the words that carry a statement marked."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated

from fastapi import Query, Request
from starlette.responses import Response

from comity.interfaces.web import publishing
from comity.interfaces.web.access import EDITORS
from comity.interfaces.web.asked import DocumentId
from comity.interfaces.web.desk import deciding
from comity.interfaces.web.errors import NotFound
from comity.interfaces.web.room import Room
from comity.interfaces.web.site import site_of
from comity.model import Belief

__all__ = ["Piece", "router"]

router = Room(dependencies=EDITORS)

_STATEMENTS = 2000  # of one text that are marked
Statement = Annotated[str, Query(max_length=80, description="The statement to go to.")]
Place = Annotated[str, Query(pattern=r"^(\d{1,9}-\d{1,9})?$", description="A span to mark besides: 120-180.")]


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text: which statements it carries, which of them begin with it, whether it is what was asked for."""

    text: str
    carried: tuple[str, ...]
    anchors: tuple[str, ...]
    asked_for: bool


@router.get("/review/text/{identity}")
def text(request: Request, identity: DocumentId, statement: Statement = "", at: Place = "") -> Response:
    """A document's text, whole, with what was read from it marked in it."""
    with site_of(request).registers.borrowed() as register:
        document = register.document(identity)
        if document is None:
            raise NotFound("no document has this id", where=identity, hint="look at the documents")
        beliefs, _ = register.page(document=identity, limit=_STATEMENTS)
    spans = [(b.statement.evidence.start, b.statement.evidence.end, b) for b in beliefs]
    marks = [(start, end, belief) for start, end, belief in spans if start is not None and end is not None]
    values = {
        "document": document,
        "title": document.title or publishing.file_name(document.path) or document.id,
        "pieces": _pieces(document.text, marks, at),
        "statement": statement,
        "beliefs": [belief for _, _, belief in sorted(marks, key=lambda mark: mark[:2])],
    }
    return deciding.desk_page(request, "desk_text.html", values)


def _pieces(text: str, marks: list[tuple[int, int, Belief]], at: str) -> list[Piece]:
    first, _, last = at.partition("-")
    place = (int(first), int(last)) if last else (0, 0)
    edges = sorted({0, len(text), *(edge for start, end, _ in marks for edge in (start, end)), *place})
    told: set[str] = set()
    found = []
    for start, end in pairwise(edge for edge in edges if 0 <= edge <= len(text)):
        carried = tuple(belief.statement.id for begun, ended, belief in marks if begun <= start and end <= ended)
        anchors = tuple(each for each in dict.fromkeys(carried) if each not in told)
        told.update(anchors)
        found.append(Piece(text[start:end], carried, anchors, place[0] <= start and end <= place[1]))
    return found
