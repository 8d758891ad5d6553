"""The app: the pages, the API and what stands around them, put together."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import resources

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from comity.errors import ComityError
from comity.interfaces.web import failures
from comity.interfaces.web.api import changes as change_api
from comity.interfaces.web.api import description, entities, exports, statements
from comity.interfaces.web.api import documents as document_api
from comity.interfaces.web.api import lists as list_api
from comity.interfaces.web.guard import Guard
from comity.interfaces.web.pages import about, changes, comparison, conflicts, documents, dossier, home, lists
from comity.interfaces.web.pages import statements as statement_pages
from comity.interfaces.web.reconciliation import routes as reconciliation
from comity.interfaces.web.serving import Serving
from comity.interfaces.web.site import Site

__all__ = ["APIS", "PAGES", "create_app"]

PAGES = (home, dossier, statement_pages, documents, lists, changes, conflicts, comparison, about)
"""The modules that hold the pages."""

APIS = (entities, statements, list_api, change_api, document_api, exports)
"""The modules that hold the routes of the API, under ``/api/v1``."""

_A_YEAR = "public, max-age=31536000, immutable"  # addresses of files carry the release


class _Files(StaticFiles):
    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = _A_YEAR
        return response


def create_app(serving: Serving) -> FastAPI:
    """The site of a register, as an ASGI app. The register must be there: raises RegisterError else."""
    site = Site(serving)
    with site.registers.borrowed():
        pass  # a register that can't be read is said now, not to the first visitor

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        site.registers.close()

    app = FastAPI(
        title="Comity",
        version="1",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=lifespan,
        middleware=[Middleware(Guard, bounds=serving.bounds), Middleware(GZipMiddleware, compresslevel=5)],
        exception_handlers={
            ComityError: failures.refused,
            RequestValidationError: failures.invalid,
            HTTPException: failures.unknown,
        },
    )
    app.state.site = site
    for room in PAGES:
        app.include_router(room.router, include_in_schema=False)
    for api in APIS:
        app.include_router(api.router, prefix="/api/v1")
    app.include_router(description.router, prefix="/api/v1", include_in_schema=False)
    app.include_router(reconciliation.router, include_in_schema=False)
    with resources.as_file(resources.files("comity.interfaces.web").joinpath("static")) as folder:
        app.mount("/static", _Files(directory=folder), name="static")
    return app
