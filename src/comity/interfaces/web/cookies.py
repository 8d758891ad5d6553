"""The two cookies of the site: no script reads them, no other site sends them, and over TLS no other host sets them."""

from __future__ import annotations

from fastapi import Request
from starlette.responses import Response

from comity.interfaces.web.site import site_of

__all__ = ["SESSION", "STRANGER", "given", "put"]

SESSION = "comity-session"
"""Opens a session."""
STRANGER = "comity-form"
"""Ties the form that signs in to the browser that opened it."""


def given(request: Request, name: str) -> str:
    """The value that was sent; empty for none."""
    return request.cookies.get(_named(request, name), "")


def put(request: Request, response: Response, name: str, value: str | None) -> None:
    """Set one, until the browser is closed; None takes it away."""
    secure, named = _secure(request), _named(request, name)
    if value is None:
        response.delete_cookie(named, path="/", secure=secure, httponly=True, samesite="lax")
    else:
        response.set_cookie(named, value, path="/", secure=secure, httponly=True, samesite="lax")


def _named(request: Request, name: str) -> str:
    return f"__Host-{name}" if _secure(request) else name


def _secure(request: Request) -> bool:
    return site_of(request).serving.address.startswith("https://") or request.url.scheme == "https"
