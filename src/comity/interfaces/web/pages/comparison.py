"""The comparison: facts down, accounts across, for an entity or for given documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Any, NamedTuple

from fastapi import Query, Request
from pydantic import StringConstraints
from starlette.responses import Response

from comity.interfaces.comparison_text import stance, title
from comity.interfaces.web import publishing
from comity.interfaces.web.access import READERS
from comity.interfaces.web.asked import About, Known
from comity.interfaces.web.comparing import MOST, compared
from comity.interfaces.web.errors import NotFound
from comity.interfaces.web.rendering import shown
from comity.interfaces.web.room import Room
from comity.interfaces.web.site import Site
from comity.register import Register
from comity.views.comparison import Fact

__all__ = ["Documents", "router"]

router = Room(dependencies=READERS)

_PARTS = {"shared": "What they share", "differs": "Where they differ", "only": "What one alone has"}
_CHOICES = 60

Documents = Annotated[
    list[Annotated[str, StringConstraints(max_length=400)]],
    Query(max_length=MOST, description="Ids of documents; may be repeated."),
]


class Row(NamedTuple):
    """A fact as the page shows it: its number there, and its line."""

    number: int
    line: str
    fact: Fact


@router.get("/compare")
def comparison(
    request: Request,
    about: About = None,
    document: Documents = [],  # noqa: B006 - FastAPI copies it
    known: Known = None,
) -> Response:
    """A comparison, or the choice of what to compare."""
    return shown(request, "comparison.html", lambda register, site: _page(register, site, about, document, known))


def _page(
    register: Register, site: Site, about: str | None, documents: list[str], known: str | None
) -> Mapping[str, Any]:
    entity = site.entity(about) if about else None
    if about and entity is None:
        raise NotFound("no entity has this id", where=about, hint="search for its name")
    chosen = {"entity": entity, "documents": documents, "known": known, "most": MOST, "found": None}
    if about is None and len(documents) < 2:
        totals = site.kept.get(register, "totals", register.totals)
        after = max(0, totals.documents + totals.editions - 4 * _CHOICES)
        papers = [publishing.document(each) for each in register.documents(known, after=after)]
        texts = [each for each in reversed(papers) if each.capture.media_type not in _TABLES]
        return {**chosen, "choices": texts[:_CHOICES]}
    found = compared(register, site, entity.id if entity else None, documents, known)
    accounts = [replace(each, path=publishing.file_name(each.path)) for each in found.accounts]
    return {
        **chosen,
        "found": found,
        "accounts": accounts,
        "names": {each.id: title(each, number) for number, each in enumerate(accounts, start=1)},
        "parts_found": [(words, _rows(found.facts, name, about)) for name, words in _PARTS.items()],
        "stance": stance,
    }


def _rows(facts: Sequence[Fact], verdict: str, about: str | None) -> list[Row]:
    """The facts of one verdict; of a page about one entity the lines go without its name."""
    rows = []
    for number, fact in enumerate(facts):
        if fact.verdict == verdict:
            short = fact.line.removeprefix(f"{fact.subject}: ") if about and fact.entity == about else ""
            rows.append(Row(number, f"{short[:1].upper()}{short[1:]}" if short else fact.line, fact))
    return rows


_TABLES = ("text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
