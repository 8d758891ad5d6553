"""What can go wrong with a request, and the answer that needs nothing of the site to be given."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from html import escape
from typing import Any

import msgspec
from starlette.responses import Response

from comity.errors import ComityError
from comity.interfaces.output import error_object

__all__ = [
    "NotAllowed",
    "NotFound",
    "SignInFirst",
    "StaleForm",
    "TokenRefused",
    "TooMuch",
    "for_programs",
    "is_open",
    "plainly",
]

_OPEN = "/reconcile"


def is_open(path: str) -> bool:
    """Whether an address answers the pages of other sites too: the reconciliation service, which must."""
    return path == _OPEN or path.startswith(f"{_OPEN}/")


def for_programs(path: str) -> bool:
    """Whether an error at an address is told as an object rather than as a page."""
    return path.startswith("/api") or is_open(path)


class NotFound(ComityError):
    """An address that nothing on the register stands at."""

    code = "not_found"


class SignInFirst(ComityError):
    """An address that only those with an account may use, and nobody is signed in."""

    code = "sign_in_first"


class TokenRefused(ComityError):
    """A token of a program that opens nothing."""

    code = "token_refused"


class NotAllowed(ComityError):
    """An address that takes another role."""

    code = "not_allowed"


class StaleForm(ComityError):
    """A form without the token of this session: of a session before, or of another site."""

    code = "stale_form"


class TooMuch(ComityError):
    """A request beyond the bounds of the site; ``status`` is its HTTP status, ``wait`` how many seconds to wait."""

    code = "too_much"

    def __init__(
        self, status: int, message: str, *, where: str | None = None, hint: str | None = None, wait: int | None = None
    ) -> None:
        super().__init__(message, where=where, hint=hint)
        self.status = status
        self.wait = wait


async def plainly(
    status: int,
    error: ComityError,
    scope: MutableMapping[str, Any],
    receive: Callable[[], Awaitable[MutableMapping[str, Any]]],
    send: Callable[[MutableMapping[str, Any]], Awaitable[None]],
) -> None:
    """An error answered without the site, for when that is what failed or what has too much to do."""
    path = str(scope.get("path", ""))
    if for_programs(path):
        response = Response(msgspec.json.encode(error_object(error)), status, media_type="application/json")
    else:
        text = escape(str(error))
        page = (
            f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Comity</title><main><h1>{status}</h1>'
            f"<p>{text}</p></main></html>"
        )
        response = Response(page, status, media_type="text/html")
    if status in (429, 503):
        response.headers["Retry-After"] = "1" if status == 429 else "60"
    if status == 405:
        response.headers["Allow"] = "GET, HEAD, POST, OPTIONS" if path == _OPEN else "GET, HEAD"
    await response(scope, receive, send)
