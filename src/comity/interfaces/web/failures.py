"""One shape of an error: as JSON under ``/api``, as a page of the same words elsewhere."""

from __future__ import annotations

import msgspec
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from comity.errors import ComityError, DecisionRefused, EntityNotFound, RegisterBusy, RegisterError, UsageError
from comity.interfaces.output import error_object
from comity.interfaces.web.errors import (
    NotAllowed,
    NotFound,
    SignInFirst,
    StaleForm,
    TokenRefused,
    TooMuch,
    for_programs,
)
from comity.interfaces.web.pages.signing import again
from comity.interfaces.web.rendering import page
from comity.interfaces.web.typed import typed
from comity.interfaces.web.words import address

__all__ = ["invalid", "refused", "unknown"]

_TITLES = {
    400: "Not understood",
    401: "Signed out",
    403: "Not allowed",
    404: "Not on this register",
    405: "Only for reading",
    409: "Not recorded",
    422: "Not understood",
    429: "Too many requests",
    503: "Busy",
}


async def refused(request: Request, error: Exception) -> Response:
    """The answer to an error of Comity's own."""
    assert isinstance(error, ComityError)
    if isinstance(error, SignInFirst | StaleForm) and not for_programs(request.url.path):
        kept = await typed(request)
        if kept is not None:
            return again(request, kept, signed_out=isinstance(error, SignInFirst))
    if isinstance(error, TooMuch):
        status = error.status
    elif isinstance(error, SignInFirst):
        if request.method == "GET" and not for_programs(request.url.path):
            here = f"{request.url.path}?{request.url.query}".rstrip("?")
            return RedirectResponse(address("/sign-in", next=here), 303, {"Cache-Control": "no-store"})
        status = 401
    elif isinstance(error, TokenRefused):
        status = 401
    elif isinstance(error, NotAllowed | StaleForm):
        status = 403
    elif isinstance(error, DecisionRefused):
        status = 409
    elif isinstance(error, RegisterBusy):
        status, error = 503, ComityError("somebody else is writing the register", hint="nothing was lost: try again")
    elif isinstance(error, NotFound | EntityNotFound):
        status = 404
    elif isinstance(error, UsageError):
        status = 400
    elif isinstance(error, RegisterError):
        # Where the register lies on the server's disk is nobody's affair.
        status, error = 503, ComityError("the register can't be read now", hint="try again in a minute")
    else:
        status = 500
    return _answered(request, status, error)


async def invalid(request: Request, error: Exception) -> Response:
    """The answer to a parameter that doesn't fit."""
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"][1:])
    message = str(first["msg"]).removeprefix("Value error, ")
    return _answered(
        request,
        422,
        UsageError(message, where=where, hint="go back and change it; the documentation lists what each address takes"),
    )


async def unknown(request: Request, error: Exception) -> Response:
    """The answer to an address that no page stands at."""
    assert isinstance(error, HTTPException)
    found = NotFound("no such page", where=request.url.path, hint="start from the first page, or search")
    wrong = found if error.status_code == 404 else ComityError(str(error.detail))
    return _answered(request, error.status_code, wrong)


def _answered(request: Request, status: int, error: ComityError) -> Response:
    """An error as the answer to a request."""
    if for_programs(request.url.path):
        response = Response(msgspec.json.encode(error_object(error)), status, media_type="application/json")
    else:
        response = page(
            request,
            "error.html",
            {"error": error, "title": _TITLES.get(status, "Something went wrong"), "status": status},
            status=status,
        )
    if isinstance(error, TooMuch) and error.wait is not None:
        response.headers["Retry-After"] = str(error.wait)
    return response
