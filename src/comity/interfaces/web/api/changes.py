"""What became different on the register, where accounts differ, and accounts compared."""

from __future__ import annotations

from typing import Any

import msgspec
from fastapi import Request
from starlette.responses import Response

from comity.interfaces import output
from comity.interfaces.web.access import READERS
from comity.interfaces.web.api.description import documented
from comity.interfaces.web.api.shapes import ChangeList, Conflicts
from comity.interfaces.web.asked import About, AsOf, Cursor, Known, Limit, ListName, Predicate, Since, continued, cursor
from comity.interfaces.web.comparing import compared
from comity.interfaces.web.errors import NotFound
from comity.interfaces.web.pages.changes import Asked
from comity.interfaces.web.pages.changes import found as changed
from comity.interfaces.web.pages.comparison import Documents
from comity.interfaces.web.pages.conflicts import found as differing
from comity.interfaces.web.publishing import file_name
from comity.interfaces.web.rendering import answer
from comity.interfaces.web.room import Room
from comity.interfaces.web.site import Site, last_commit
from comity.register import Register
from comity.views.comparison import Comparison

__all__ = ["router"]

router = Room(tags=["changes"], dependencies=READERS)

_FARTHEST = 10_000  # changes that can be paged through; beyond that, narrow the question


@router.get("/changes", responses=documented(ChangeList))
def changes(
    request: Request,
    entity: About = None,
    predicate: Predicate = None,
    list: ListName = None,
    since: Since = None,
    learned_since: Since = None,
    known: Known = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Response:
    """What became different, newest first: by the date of the event (``since``) or by when it was learned."""
    asked = Asked(entity, predicate, list, since, learned_since, known)
    return answer(request, lambda register, site: _changes(register, site, asked, limit, cursor))


@router.get("/conflicts", responses=documented(Conflicts))
def conflicts(
    request: Request,
    entity: About = None,
    as_of: AsOf = None,
    known: Known = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Response:
    """Where accounts differ on a value that can only be one, or on a figure."""
    return answer(request, lambda register, site: _conflicts(register, site, entity, as_of, known, limit, cursor))


@router.get("/comparison", responses=documented(Comparison, missing=True))
def comparison(
    request: Request,
    about: About = None,
    document: Documents = [],  # noqa: B006 - FastAPI copies it
    known: Known = None,
) -> Response:
    """Accounts compared: the texts about an entity, or given documents."""
    return answer(request, lambda register, site: _comparison(register, site, about, document, known))


def _changes(register: Register, site: Site, asked: Asked, limit: int, given: str | None) -> dict[str, Any]:
    after, moment = continued(given, asked.known or last_commit(register) or "", str(asked.given))
    pinned = Asked(asked.entity, asked.predicate, asked.list, asked.since, asked.learned_since, moment or None)
    every = changed(register, site, pinned, after + limit + 1) if after < _FARTHEST else ()
    more = after + limit if len(every) > after + limit else None
    return {"changes": every[after : after + limit], "next": cursor(more, moment, str(asked.given))}


def _conflicts(
    register: Register, site: Site, entity: str | None, as_of: str | None, known: str | None, limit: int,
    given: str | None,
) -> dict[str, Any]:  # fmt: skip
    same = f"{entity} {as_of} {known}"
    after, moment = continued(given, known or last_commit(register) or "", same)
    every = differing(register, site, entity, as_of, moment or None, after + limit + 1)
    more = after + limit if len(every) > after + limit else None
    told = [output.conflict_object(each) for each in every[after : after + limit]]
    return {"conflicts": told, "next": cursor(more, moment, same)}


def _comparison(register: Register, site: Site, about: str | None, documents: Documents, known: str | None) -> Any:
    if about is not None and site.entity(about) is None:
        raise NotFound("no entity has this id", where=about, hint="search for its name: /api/v1/entities?q=…")
    entity = site.entity(about) if about else None
    return _without_folders(compared(register, site, entity.id if entity else None, documents, known))


def _without_folders(found: Comparison) -> dict[str, Any]:
    answer: dict[str, Any] = msgspec.to_builtins(found)
    for account in answer["accounts"]:
        account["path"] = file_name(account["path"])
    return answer
