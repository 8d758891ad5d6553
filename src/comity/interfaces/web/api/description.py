"""The OpenAPI document of the API, made of its routes and of the frozen values that it answers with."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import msgspec
from fastapi import FastAPI, Request
from fastapi.openapi.utils import get_openapi
from starlette.responses import Response

from comity.interfaces.web.access import READERS
from comity.interfaces.web.api.shapes import ErrorShape
from comity.interfaces.web.room import Room

__all__ = ["described", "documented", "openapi", "router"]

router = Room(dependencies=READERS)

_JSON = "application/json"
_REF = "#/components/schemas/{name}"
_shapes: dict[str, Any] = {}
_SAID = """\
A public register of how US local governments and federal immigration enforcement deal with each other. Read only.

Every answer has an `ETag`; ask again with `If-None-Match` and what has not changed is not sent. Where there are many,
they come in pages: the next one is asked for with `cursor`, the `next` of the page before, and shows the register as it
was at the first.
Errors have one shape: `{"error": {"code", "message", "where", "hint"}}`.
"""


def documented(
    shape: Any, *, missing: bool = False, media: Sequence[str] = (_JSON,)
) -> dict[int | str, dict[str, Any]]:
    """What a route answers: its shape, that nothing changed, and its errors."""
    answers: dict[int | str, dict[str, Any]] = {
        200: {"description": "The answer.", "content": {each: {"schema": _schema(shape)} for each in media}},
        304: {"description": "Nothing has changed since the answer whose tag was sent."},
        414: _error("The address is too long."),
        422: _error("A parameter can't be understood."),
        429: _error("Too many requests at once."),
        503: _error("The register, or the site, is busy."),
    }
    if missing or paged(shape):
        answers[404] = _error("There is no such thing on the register.")
    return answers


def paged(shape: Any) -> bool:
    """Whether an answer comes in pages: a cursor of another question is not found."""
    return "next" in getattr(shape, "__annotations__", {})


def _error(description: str) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": _schema(ErrorShape)}}}


def _schema(shape: Any) -> dict[str, Any]:
    if isinstance(shape, dict):
        return shape
    _shapes[shape.__name__] = shape
    return {"$ref": _REF.format(name=shape.__name__)}


def openapi(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document of the API's routes."""
    found = get_openapi(title="Comity", version="1", description=_SAID, routes=app.routes)
    _, components = msgspec.json.schema_components(list(_shapes.values()), ref_template=_REF)
    found["components"] = {"schemas": components}
    return found


def described(app: FastAPI) -> list[dict[str, Any]]:
    """The routes for people: path, what it answers, its parameters and what they take."""
    found = []
    for path, methods in openapi(app)["paths"].items():
        get = methods["get"]
        parameters = [(each["name"], each.get("description", ""), each["in"]) for each in get.get("parameters", ())]
        found.append({"path": path, "said": get["description"], "parameters": parameters})
    return found


@lru_cache(maxsize=4)
def _encoded(app: FastAPI) -> bytes:
    return msgspec.json.encode(openapi(app))


@router.get("/openapi.json")
def description(request: Request) -> Response:
    """The API, described."""
    return Response(_encoded(request.app), media_type="application/json")
