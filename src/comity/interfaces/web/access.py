"""Who may use which route: every route declares its rule, and none is there without one.

A rule is a dependency. It finds out who asks (:func:`who`), refuses who may not, and of a form that is sent it checks
the token that ties the form to the session, so that no other site can send it.
"""

from __future__ import annotations

import hashlib
import hmac
import math
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import parse_qs

from fastapi import Depends, Request
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool

from comity.accounts import Role, Scope, Session, User, reaches
from comity.errors import UsageError
from comity.interfaces.web import cookies
from comity.interfaces.web.errors import NotAllowed, SignInFirst, StaleForm, TokenRefused, TooMuch
from comity.interfaces.web.site import site_of

__all__ = [
    "ACCOUNTS",
    "ADMINISTRATORS",
    "ANYONE",
    "EDITORS",
    "READERS",
    "TOKEN",
    "Least",
    "Rule",
    "SignedIn",
    "fields_of",
    "form_of",
    "form_token",
    "holds",
    "rule_of",
    "sent_from_here",
    "session_of",
    "several_of",
    "stranger",
    "who",
]

Least = Literal["anyone", "account"] | Role
_FORM = "application/x-www-form-urlencoded"
_FIELDS = 200  # of one form
_SECRET = 43  # characters of 256 bits
_BODY = 65_536  # bytes of one form
TOKEN = "token"  # noqa: S105
"""The field that ties a form to its session."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who asks: the session, and the secret that only its browser has."""

    session: Session
    secret: str

    @property
    def user(self) -> User:
        """The account."""
        return self.session.user


class Rule:
    """Who may use a route at least, and how many bytes may be sent to it where it takes a POST.

    ``anyone`` may even where the site is private; ``reader`` is everyone where it is public, ``account`` is whoever is
    signed in, in whatever role. A route whose body is no
    form (``form=False``) gets the token in a header, ``X-Comity-Token``, or checks it itself (``checked=False``) with
    :func:`sent_from_here`. A ``body`` that is larger than a form may be (files) is read by the route itself, piece by
    piece.
    """

    def __init__(
        self, least: Least, *, body: int = _BODY, form: bool = True, checked: bool = True, scope: Scope = "read"
    ) -> None:
        """``scope`` is what a token has to have, where the route is one of the API: tokens open no other."""
        self.least, self.body, self.form, self.checked, self.scope = least, body, form, checked, scope

    async def __call__(self, request: Request) -> None:
        """Let who may pass; raises SignInFirst, NotAllowed, StaleForm."""
        token = _token(request)
        found = await (_signed_in(request) if token is None else _opened(request, token, self.scope))
        request.state.who = found
        if not self._open(request):
            if found is None:
                raise SignInFirst("sign in first", where=request.url.path, hint="only those with an account may")
            if self.least not in ("account", "anyone") and not reaches(found.user.role, self.least):  # type: ignore[arg-type]
                hint = f"it takes the role {self.least}, yours is {found.user.role}"
                raise NotAllowed("not yours to use", where=request.url.path, hint=hint)
        if request.method != "GET" and self.checked and token is None:
            await self._check(request)

    @property
    def keeps(self) -> bool:
        """Whether what was typed into its form is kept where it is refused; not where it may be a password."""
        return self.form and self.checked and self.least not in ("anyone", "account")

    def _open(self, request: Request) -> bool:
        return self.least == "anyone" or (self.least == "reader" and not site_of(request).serving.private)

    async def _check(self, request: Request) -> None:
        sent = request.headers.get("x-comity-token", "")
        if self.form:
            request.state.form = fields = await fields_of(request)
            sent = fields.get(TOKEN, [""])[0] or sent
        sent_from_here(request, sent)


ANYONE = [Depends(Rule("anyone"))]
READERS = [Depends(Rule("reader"))]
ACCOUNTS = [Depends(Rule("account"))]
EDITORS = [Depends(Rule("editor"))]
ADMINISTRATORS = [Depends(Rule("administrator"))]


def rule_of(route: Any) -> Rule | None:
    """The rule that a route declares."""
    if not isinstance(route, APIRoute):
        return None
    return next((each.dependency for each in route.dependencies if isinstance(each.dependency, Rule)), None)


def who(request: Request) -> SignedIn | None:
    """Who is signed in, as the route's rule found it; None for everyone else."""
    return getattr(request.state, "who", None)


def session_of(request: Request) -> SignedIn:
    """Who is signed in, on a route whose rule lets nobody else pass."""
    found = who(request)
    assert found is not None, "the rule of this route lets strangers pass"
    return found


def form_of(request: Request) -> dict[str, str]:
    """The fields of the form that was sent, each once; its token was checked."""
    return {name: values[0] for name, values in several_of(request).items()}


def several_of(request: Request) -> Mapping[str, list[str]]:
    """The fields of the form that was sent, with all values of each."""
    found: Mapping[str, list[str]] = request.state.form
    return found


# --- tokens ------------------------------------------------------------------------------------------------------


def form_token(secret: str) -> str:
    """A token for a form of whoever has the secret: another one each time, so a packed page tells nothing."""
    nonce = secrets.token_hex(8)
    return nonce + _mac(secret, nonce)


def holds(secret: str, token: str) -> bool:
    """Whether a token was made for whoever has the secret."""
    nonce, mac = token[:16], token[16:]
    return bool(secret) and token.isascii() and hmac.compare_digest(mac, _mac(secret, nonce))


def _mac(secret: str, nonce: str) -> str:
    return hmac.new(secret.encode("utf-8", "replace"), f"form {nonce}".encode(), hashlib.sha256).hexdigest()


def stranger(request: Request) -> str:
    """The secret of a browser in which nobody is signed in, for the form that signs in: its own, else a new one."""
    given = cookies.given(request, cookies.STRANGER)
    return given if len(given) == _SECRET else secrets.token_urlsafe(32)


def sent_from_here(request: Request, token: str) -> None:
    """Refuses what this site's own page didn't send, by the form's token. Raises StaleForm.

    Use it on a route that reads its form itself (``checked=False``), before anything is done.
    """
    found = who(request)
    secret = found.secret if found is not None else cookies.given(request, cookies.STRANGER)
    # A browser says where a request comes from; others' pages can't make it say otherwise.
    others = request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none")
    if others or not holds(secret, token):
        hint = "open the page again, and send it from there"
        raise StaleForm("the form is out of date, or was not made here", where=request.url.path, hint=hint)


def _token(request: Request) -> str | None:
    """The token of a program that uses the API; no other site's page can send one."""
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if kind.casefold() == "bearer" and request.url.path.startswith("/api/") else None


async def _opened(request: Request, token: str, scope: Scope) -> SignedIn:
    """Who a token acts for. Raises TokenRefused, NotAllowed without the scope, TooMuch after many wrong ones."""
    site, address = site_of(request), request.client.host if request.client else ""
    seconds = math.ceil(site.token_throttle.wait(address, address))
    if seconds:
        raise TooMuch(429, "too many wrong tokens", hint=f"try again in {seconds} seconds", wait=seconds)
    found = await run_in_threadpool(site.accounts.tokens.opened, token)
    if found is None:
        hint = "make another one: comity token add"
        raise TokenRefused("the token is none, over or revoked", where="Authorization", hint=hint)
    site.token_throttle.right(address, address)
    listed, user = found
    if scope not in listed.scopes:
        raise NotAllowed(f"the token hasn't the scope {scope}", where=request.url.path, hint=" ".join(listed.scopes))
    return SignedIn(Session(listed.id, user, listed.since, listed.until), "")


async def _signed_in(request: Request) -> SignedIn | None:
    token = cookies.given(request, cookies.SESSION)
    if len(token) != _SECRET:
        return None
    found = await run_in_threadpool(site_of(request).accounts.session, token)
    return SignedIn(found, token) if found is not None else None


async def fields_of(request: Request) -> Mapping[str, list[str]]:
    """The fields of the form that was sent, whether its token holds or not. Raises TooMuch, UsageError."""
    read: Mapping[str, list[str]] | None = getattr(request.state, "form", None)
    if read is not None:
        return read
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != _FORM:
        raise TooMuch(415, f"{kind or 'no media type'} can't be read here", where="Content-Type", hint=f"send {_FORM}")
    try:
        body = (await request.body()).decode()
        return parse_qs(body, keep_blank_values=True, errors="strict", max_num_fields=_FIELDS)
    except ValueError as error:
        raise UsageError("the form can't be read", where="body", hint=f"encode it as {_FORM}, in UTF-8") from error
