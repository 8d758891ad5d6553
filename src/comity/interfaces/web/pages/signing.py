"""Signing in and out, and one's own account."""

from __future__ import annotations

import logging
import math
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus

from fastapi import Depends, Request
from starlette.responses import RedirectResponse, Response

from comity.accounts import reaches
from comity.errors import UsageError
from comity.interfaces.web import cookies
from comity.interfaces.web.access import (
    ACCOUNTS,
    ANYONE,
    Rule,
    SignedIn,
    form_of,
    form_token,
    session_of,
    stranger,
    who,
)
from comity.interfaces.web.errors import TooMuch
from comity.interfaces.web.rendering import page
from comity.interfaces.web.room import Room
from comity.interfaces.web.site import Site, site_of
from comity.interfaces.web.typed import Typed, read
from comity.interfaces.web.words import own_address

__all__ = ["again", "router"]

router = Room()

_TYPED = [Depends(Rule("anyone", body=262_144))]  # what was typed elsewhere comes along, packed

_PATIENCE = 2.0  # seconds
_NOT_KEPT = {"Cache-Control": "no-store"}
_log = logging.getLogger("comity.web")


@router.get("/sign-in", dependencies=ANYONE)
def sign_in(request: Request, next: str = "") -> Response:
    """The form that signs in."""
    return _form(request, next)


@router.post("/sign-in", dependencies=_TYPED)
def signed_in(request: Request) -> Response:
    """Sign in: a new session, whatever session there was before."""
    site, form = site_of(request), form_of(request)
    name, address = form.get("name", ""), request.client.host if request.client else ""
    _wait(site, name, address)
    with _comparing(site):
        token = site.accounts.sign_in(name, form.get("password", ""), cookies.given(request, cookies.SESSION) or None)
    kept = read(request, form.get("kept", ""))
    if token is None:
        _told(site, "refused", name, address)
        wrong = "Name or password is wrong."
        return _form(request, form.get("next", ""), wrong=wrong, name=name, kept=kept, status=401)
    site.throttle.right(name, address)
    session = site.accounts.session(token)
    home = "/review" if session is not None and reaches(session.user.role, "editor") else "/account"
    if kept is not None:
        request.state.who = SignedIn(session, token) if session is not None else None
        response = _resumed(request, kept, token)
    else:
        response = RedirectResponse(own_address(form.get("next", "")) or home, 303, _NOT_KEPT)
    cookies.put(request, response, cookies.SESSION, token)
    cookies.put(request, response, cookies.STRANGER, None)
    return response


@router.post("/sign-out", dependencies=ANYONE)
def sign_out(request: Request) -> Response:
    """End the session."""
    found = who(request)
    if found is not None:
        site_of(request).accounts.sign_out(found.secret)
    response = RedirectResponse("/sign-in", 303, _NOT_KEPT)
    cookies.put(request, response, cookies.SESSION, None)
    return response


@router.get("/account", dependencies=ACCOUNTS)
def account(request: Request) -> Response:
    """One's own account: who one is, another password, signing out."""
    return _account(request, done=bool(request.query_params.get("done")))


@router.post("/account", dependencies=ACCOUNTS)
def password(request: Request) -> Response:
    """Set another password of one's own; every session is over, and a new one begins."""
    site, form, found = site_of(request), form_of(request), session_of(request)
    name, address = found.user.name, request.client.host if request.client else ""
    _wait(site, name, address)
    with _comparing(site):
        fits = site.accounts.fits(name, form.get("password", ""))
    if not fits:
        _told(site, "refused", name, address)
        return _account(request, wrong="The present password is wrong.", status=403)
    site.throttle.right(name, address)
    chosen = form.get("new", "")
    if chosen != form.get("again", ""):
        return _account(request, wrong="The two new ones are not the same.", status=400)
    try:
        site.accounts.passwd(name, chosen)
    except UsageError as error:
        return _account(request, wrong=f"The new one can't be taken: {error.message}.", status=400)
    token = site.accounts.sign_in(name, chosen)
    response = RedirectResponse("/account?done=yes", 303, _NOT_KEPT)
    cookies.put(request, response, cookies.SESSION, token)
    return response


def again(request: Request, kept: Typed, *, signed_out: bool) -> Response:
    """The answer to a form that came too late: sign in first, or send it anew; what was typed is kept."""
    if signed_out:
        return _form(request, kept.page, kept=kept, status=401)
    found, secret = who(request), stranger(request)
    response = _resumed(request, kept, found.secret if found else secret, status=403)
    if found is None:
        cookies.put(request, response, cookies.STRANGER, secret)
    return response


def _resumed(request: Request, kept: Typed, secret: str, status: int = 200) -> Response:
    values = {"kept": kept, "form_token": form_token(secret), "late": status != HTTPStatus.OK}
    response = page(request, "resume.html", values, status)
    response.headers.update(_NOT_KEPT)
    return response


def _form(
    request: Request, next: str, *, wrong: str = "", name: str = "", kept: Typed | None = None, status: int = 200
) -> Response:
    secret = stranger(request)
    found = who(request)
    values = {
        "kept": kept,
        "next": own_address(next),
        "wrong": wrong,
        "name": name[:64],
        "form_token": form_token(found.secret if found else secret),
    }
    response = page(request, "sign_in.html", values, status)
    response.headers.update(_NOT_KEPT)
    if found is None:
        cookies.put(request, response, cookies.STRANGER, secret)
    return response


def _account(request: Request, *, wrong: str = "", done: bool = False, status: int = 200) -> Response:
    found = session_of(request)
    values = {"session": found.session, "wrong": wrong, "done": done, "form_token": form_token(found.secret)}
    response = page(request, "account.html", values, status)
    response.headers.update(_NOT_KEPT)
    return response


@contextmanager
def _comparing(site: Site) -> Iterator[None]:
    """A turn at comparing a password; whoever reads meanwhile is not kept waiting by many who try."""
    if not site.comparing.acquire(timeout=_PATIENCE):
        raise TooMuch(503, "too many sign in at once", hint="try again in a minute")
    try:
        yield
    finally:
        site.comparing.release()


def _wait(site: Site, name: str, address: str) -> None:
    """Refuses the try where too many were wrong before; it isn't compared with anything then, and not logged."""
    seconds = math.ceil(site.throttle.wait(name, address))
    if seconds:
        raise TooMuch(429, "too many wrong passwords", hint=f"try again in {seconds} seconds", wait=seconds)


def _told(site: Site, what: str, name: str, address: str) -> None:
    """A line in the server's log. What was typed as a name is told only if it is one: it may be the password."""
    known = {each.name for each in site.accounts.users()}
    called = name.strip().casefold()
    _log.warning("sign-in %s: %s from %s", what, called if called in known else "a name that is no account", address)
