"""The app: the pages, the API and what stands around them, put together."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import lru_cache
from importlib import resources
from re import Pattern
from typing import NamedTuple

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.routing import compile_path
from starlette.staticfiles import StaticFiles
from starlette.types import Lifespan, Scope

from comity.errors import ComityError
from comity.interfaces.web import cookies, failures
from comity.interfaces.web.access import Rule, rule_of
from comity.interfaces.web.api import changes as change_api
from comity.interfaces.web.api import description, entities, exports, statements
from comity.interfaces.web.api import documents as document_api
from comity.interfaces.web.api import lists as list_api
from comity.interfaces.web.api import writing as write_api
from comity.interfaces.web.desk import acts, items, texts
from comity.interfaces.web.desk import statements as desk_statements
from comity.interfaces.web.guard import Guard
from comity.interfaces.web.makers import Makers, Makes
from comity.interfaces.web.pages import about, changes, comparison, conflicts, documents, dossier, home, lists, signing
from comity.interfaces.web.pages import statements as statement_pages
from comity.interfaces.web.ready import ready
from comity.interfaces.web.reconciliation import routes as reconciliation
from comity.interfaces.web.sent import replies, uploads
from comity.interfaces.web.serving import Serving
from comity.interfaces.web.site import Site
from comity.interfaces.web.standing import Standing

__all__ = ["APIS", "DESK", "PAGES", "SENT", "WHOLE", "Routed", "create_app", "create_bare", "routes"]

DESK = (items, desk_statements, texts, acts)
"""The modules that hold the editors' pages, and the log."""

PAGES = (dossier, statement_pages, home, documents, lists, changes, conflicts, comparison, about, signing, *DESK)
"""The modules that hold the pages."""

SENT = (uploads, replies)
"""The modules that hold the pages to which something is sent."""

APIS = (entities, statements, list_api, change_api, document_api, exports)
"""The modules that hold the routes of the API, under ``/api/v1``."""

_API = "/api/v1"
_ROOMS = (
    *((room.router, "", False) for room in PAGES[:2]),
    *((api.router, _API, True) for api in APIS),
    *((room.router, "", False) for room in PAGES[2:]),
    *((room.router, "", False) for room in SENT),
    (write_api.router, _API, False),
    (description.router, _API, False),
    (reconciliation.router, "", False),
)  # router, prefix, whether the API's description has it; looked through in this order, what is asked most first
WHOLE = ("/", "/about", "/changes", "/lists")
"""The pages about the whole register that are made before they are asked for, the first one first."""

_PACKED = 3  # of 9: a tenth more bytes than 5, in half the time
_STREAMED = f"{_API}/exports/"
_A_YEAR = "public, max-age=31536000, immutable"  # addresses of files carry the release


class Routed(NamedTuple):
    """One route of the site: its path and pattern, how it is asked, and the rule that says who may."""

    path: str
    pattern: Pattern[str]
    methods: frozenset[str]
    rule: Rule | None


class _Files(StaticFiles):
    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = _A_YEAR
        return response


@lru_cache(maxsize=1)
def routes() -> tuple[Routed, ...]:
    """The route table: everything that the site answers but its files, which everyone may have."""
    found = []
    for router, prefix, _ in _ROOMS:
        for route in router.routes:
            assert isinstance(route, APIRoute)
            path = prefix + route.path
            found.append(Routed(path, compile_path(path)[0], frozenset(route.methods or ()), rule_of(route)))
    return tuple(found)


def _taken(path: str) -> int | None:
    """How many bytes may be sent to an address; None where nothing can be."""
    for route in routes():
        if "POST" in route.methods and route.rule is not None and route.pattern.match(path):
            return route.rule.body
    return None


def _makes(serving: Serving) -> Makes:
    """What makers answer: what everyone may read, asked by nobody in particular; no exports, which are streamed."""
    session = cookies.SESSION.encode()

    @lru_cache(maxsize=4096)
    def read_by_all(path: str) -> bool:
        rules = (each.rule for each in routes() if "GET" in each.methods and each.pattern.match(path))
        rule = next(rules, None)
        return rule is not None and rule.least == "reader" and not path.startswith(_STREAMED)

    def makes(scope: Scope) -> bool:
        if serving.private or scope["type"] != "http" or scope["method"] != "GET":
            return False
        given = dict(scope["headers"])
        return b"authorization" not in given and session not in given.get(b"cookie", b"") and read_by_all(scope["path"])

    return makes


def _keeps(path: str) -> bool:
    """Whether what was typed into a form for an address is kept where it is refused for want of a session."""
    return any(
        route.rule.keeps
        for route in routes()
        if "POST" in route.methods and route.rule is not None and route.pattern.match(path)
    )


def create_app(serving: Serving) -> FastAPI:
    """The site of a register, as an ASGI app. The register must be there: raises RegisterError else."""
    open_to_all = [route.path for route in routes() if route.rule is None]
    assert not open_to_all, f"nobody said who may use {open_to_all}"
    site = Site(serving)
    makes = _makes(serving)
    makers, standing = Makers(serving, makes, site.head), Standing(WHOLE, site.head, makes)
    bounds = replace(serving.bounds, at_once=max(serving.bounds.at_once, 2 * serving.makers))
    layers = [
        Middleware(Guard, bounds=bounds, takes=_taken),
        Middleware(standing.around),
        Middleware(makers.around),
    ]

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        await makers.start()
        await standing.start(app)
        site.start()
        early = asyncio.create_task(asyncio.to_thread(ready, site)) if serving.early and not serving.makers else None
        yield
        if early is not None:
            early.cancel()
        await standing.close()
        await makers.close()
        site.close()

    app = _app(site, layers, lifespan)
    app.state.makers = makers
    return app


def create_bare(serving: Serving) -> FastAPI:
    """The site without what stands around it: for a process that makes answers for another one that has that."""
    return _app(Site(serving, alone=True), [], None)


def _app(site: Site, layers: list[Middleware], lifespan: Lifespan[FastAPI] | None) -> FastAPI:
    with site.registers.borrowed():
        pass  # a register that can't be read is said now, not to the first visitor
    app = FastAPI(
        title="Comity",
        version="1",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        telemetry={"tracing": False, "metrics": False, "logs": False},  # whatever is installed beside it
        lifespan=lifespan,
        middleware=[*layers, Middleware(GZipMiddleware, compresslevel=_PACKED)],
        exception_handlers={
            ComityError: failures.refused,
            RequestValidationError: failures.invalid,
            HTTPException: failures.unknown,
        },
    )
    app.state.site = site
    app.state.keeps = _keeps
    with resources.as_file(resources.files("comity.interfaces.web").joinpath("static")) as folder:
        app.mount("/static", _Files(directory=folder), name="static")
    for router, prefix, described in _ROOMS:
        app.include_router(router, prefix=prefix, include_in_schema=described)
    return app
