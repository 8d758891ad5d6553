"""Official lists, their editions and entries, and what changed on them."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from fastapi import Path, Query, Request
from starlette.responses import Response

from comity.interfaces.web.access import READERS
from comity.interfaces.web.api.description import documented
from comity.interfaces.web.api.shapes import (
    ChangeList,
    EditionRecord,
    EditionRecords,
    Entries,
    EntryRecord,
    ListRecord,
    Lists,
)
from comity.interfaces.web.asked import Cursor, Known, Limit, continued, cursor
from comity.interfaces.web.pages.lists import changed, compared, definition_of, edition_of, editions_of
from comity.interfaces.web.rendering import answer
from comity.interfaces.web.room import Room
from comity.interfaces.web.site import Site, last_commit
from comity.model import Edition, Entry
from comity.register import Register

__all__ = ["router"]

router = Room(tags=["lists"], dependencies=READERS)

_PART = r"^[^/\x00-\x1F\x7F]+$"  # of a path
_SAID = "An edition's id, or its file's name."
Name = Annotated[str, Path(min_length=1, max_length=100, pattern=_PART, description="A list's name.")]
EditionId = Annotated[str, Path(min_length=1, max_length=200, pattern=_PART, description=_SAID)]
Chosen = Annotated[str, Query(min_length=1, max_length=200, pattern=_PART, description=_SAID)]


@router.get("/lists", responses=documented(Lists))
def all_lists(request: Request) -> Response:
    """The lists that editions are recorded of."""
    return answer(request, lambda register, _: Lists(tuple(_list(register, name) for name in register.lists())))


@router.get("/lists/{name}/editions", responses=documented(EditionRecords, missing=True))
def editions(request: Request, name: Name, known: Known = None) -> Response:
    """The editions of a list, in their order: those that were accepted, then those that were refused."""
    return answer(request, lambda register, _: _editions(register, name, known))


@router.get("/lists/{name}/editions/{edition}", responses=documented(Entries, missing=True))
def entries(request: Request, name: Name, edition: EditionId, limit: Limit = 100, cursor: Cursor = None) -> Response:
    """The entries of an edition, in the order of its rows."""
    return answer(request, lambda register, _: _entries(register, name, edition, limit, cursor))


@router.get("/lists/{name}/changes", responses=documented(ChangeList, missing=True))
def list_changes(
    request: Request, name: Name, known: Known = None, limit: Limit = 100, cursor: Cursor = None
) -> Response:
    """What changed on a list, edition by edition."""
    return answer(request, lambda register, site: _changes(register, site, name, known, limit, cursor))


@router.get("/lists/{name}/compare", responses=documented(ChangeList, missing=True))
def compare(request: Request, name: Name, old: Chosen, new: Chosen, known: Known = None) -> Response:
    """What changed between any two editions of a list."""
    return answer(request, lambda register, _: ChangeList(compared(register, name, old, new, known)[2], None))


def _list(register: Register, name: str) -> ListRecord:
    about = definition_of(name)
    heads = register.editions(name)
    return ListRecord(
        name=name,
        title=about.title if about else name,
        publisher=about.publisher if about else None,
        url=about.url if about else None,
        editions=len(heads),
        latest=heads[-1].date if heads else None,
        withdrawn=tuple(each.date[:10] for each in register.withdrawals(name)),
    )


def _editions(register: Register, name: str, known: str | None) -> EditionRecords:
    sizes = register.sizes(name)
    heads = (*editions_of(register, name, known), *register.refused(name, known))
    return EditionRecords(tuple(_edition(head, sizes.get((head.id, head.order), 0)) for head in heads))


def _edition(head: Edition, rows: int) -> EditionRecord:
    return EditionRecord(
        head.list, head.id, head.name, head.date, head.date_basis, head.captured, head.document, rows, head.scopes,
        head.checks, head.accepted,
    )  # fmt: skip


def _entries(register: Register, name: str, edition: str, limit: int, given: str | None) -> Entries:
    found = edition_of(register, name, edition)
    same = f"{name} {found.id}"
    after, moment = continued(given, last_commit(register) or "", same)
    mine = tuple(_entry(each) for each in found.entries[after : after + limit])
    more = after + limit if len(found.entries) > after + limit else None
    return Entries(_edition(found, len(found.entries)), mine, cursor(more, moment, same))


def _entry(entry: Entry) -> EntryRecord:
    return EntryRecord(
        entry.list, entry.edition, entry.row, dict(entry.printed), entry.entity, entry.outcome, entry.facet,
        entry.since, entry.link, entry.reason, entry.statement.id if entry.statement else None,
    )  # fmt: skip


def _changes(
    register: Register, site: Site, name: str, known: str | None, limit: int, given: str | None
) -> dict[str, Any]:
    editions_of(register, name, known)
    same = f"{name} {known}"
    after, moment = continued(given, known or last_commit(register) or "", same)
    every = changed(register, site, name, moment or None)
    more = after + limit if len(every) > after + limit else None
    return {"changes": msgspec.to_builtins(every[after : after + limit]), "next": cursor(more, moment, same)}
