"""The addresses of the reconciliation service, under ``/reconcile``; what they answer is in :mod:`.told`."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import parse_qs

from fastapi import Depends, Query, Request
from starlette.responses import Response

from comity.errors import UsageError
from comity.interfaces.web.access import Rule
from comity.interfaces.web.asked import Typed
from comity.interfaces.web.errors import NotFound, TooMuch
from comity.interfaces.web.reconciliation import told
from comity.interfaces.web.reconciliation.asked import KINDS, extension, queries
from comity.interfaces.web.reconciliation.matching import NARROWING
from comity.interfaces.web.rendering import answer, encoded, root, shown
from comity.interfaces.web.room import Room
from comity.interfaces.web.site import Site, site_of
from comity.register import Register

__all__ = ["router"]

# A form of another site holds no token: nobody is known here, and nothing can be changed.
_OPEN = Rule("reader", form=False, checked=False)
router = Room(prefix=told.PATH, dependencies=[Depends(_OPEN)])

_FORM = "application/x-www-form-urlencoded"
_A_PAGE = 20
_FARTHEST = 200  # suggestions that can be paged through; who has not found it by then types more

Asked = Annotated[str | None, Query()]
Skip = Annotated[int, Query(ge=0, le=_FARTHEST)]
Identity = Annotated[str, Query(max_length=400)]


async def _form(request: Request) -> dict[str, str]:
    """The fields of the form that was sent, each once."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != _FORM:
        raise TooMuch(415, f"{kind or 'no media type'} can't be read here", where="Content-Type", hint=f"send {_FORM}")
    try:
        fields = parse_qs((await request.body()).decode(), keep_blank_values=True, errors="strict", max_num_fields=8)
    except ValueError as error:
        raise UsageError("the form can't be read", where="body", hint=f"encode it as {_FORM}, in UTF-8") from error
    return {name: values[0] for name, values in fields.items()}


@router.get("")
def service(request: Request, queries: Asked = None, extend: Asked = None) -> Response:
    """The manifest; with ``queries`` their results, with ``extend`` columns."""
    if queries is None and extend is None:
        return answer(request, lambda *_: told.manifest(root(request)))
    return _answered(site_of(request), queries, extend)


@router.post("")
def sent(request: Request, form: Annotated[dict[str, str], Depends(_form)]) -> Response:
    """The results of the queries that a form holds, or the columns that it asks for."""
    return _answered(site_of(request), form.get("queries"), form.get("extend"))


@router.get("/suggest/entity")
def entities(request: Request, prefix: Typed = "", cursor: Skip = 0, type: Asked = None) -> Response:
    """Entities whose names have words that begin so, or whose id it is."""
    return answer(request, lambda register, site: _entities(register, site, prefix.strip(), cursor, type))


@router.get("/suggest/type")
def types(request: Request, prefix: Typed = "") -> Response:
    """Kinds of entities."""
    return answer(request, lambda *_: {"result": told.types(prefix.strip())})


@router.get("/suggest/property")
def narrowing(request: Request, prefix: Typed = "") -> Response:
    """Properties by which a query can be narrowed."""
    return answer(request, lambda *_: {"result": told.properties(NARROWING, prefix.strip())})


@router.get("/properties")
def properties(request: Request, type: Typed = "") -> Response:
    """Properties that can be asked for as columns: the same for every kind."""
    return answer(request, lambda *_: {"type": type, "properties": told.properties(told.PROPERTIES)})


@router.get("/preview")
def preview(request: Request, id: Identity) -> Response:
    """A small page on one entity, without script, for a frame."""
    return shown(request, "preview.html", lambda register, site: _preview(register, site, id))


def _answered(site: Site, asked: str | None, wanted: str | None) -> Response:
    if (asked is None) == (wanted is None):
        raise UsageError("give queries, or extend", where=told.PATH, hint="one JSON object, in one of the two")
    if asked is not None:
        return encoded(told.results(site, queries(asked, NARROWING)))
    return encoded(told.columns(site, extension(wanted or "", tuple(told.PROPERTIES))))


def _entities(register: Register, site: Site, prefix: str, skip: int, kind: str | None) -> dict[str, Any]:
    if kind and kind not in KINDS:
        raise UsageError(f"{kind!r} is no type", where="type", hint=f"one of {', '.join(KINDS)}")
    direct = site.gazetteer.entity(prefix) if prefix else None
    named = [site.gazetteer.entity(each.id) for each in site.names.search(register, prefix, _FARTHEST + _A_PAGE)]
    found = dict.fromkeys(each for each in (direct, *named) if each is not None and kind in (None, "", each.kind))
    return {"result": [told.named(site, each) for each in list(found)[skip : skip + _A_PAGE]]}


def _preview(register: Register, site: Site, identity: str) -> dict[str, Any]:
    entity = site.gazetteer.entity(identity)
    if entity is None:
        raise NotFound("no entity has this id", where=identity, hint="take an id from a result")
    held = register.counted([entity.id]).get(entity.id, 0)
    return {"entity": entity, "described": told.described(site, entity), "statements": held}
