"""What was typed into a form that couldn't be taken because nobody was signed in any more: kept, shown, sent anew.

Nothing is stored: what was typed goes back to the browser that sent it, inside the form that signs in, and after that
inside a form that shows all of it and waits for its button. It is kept only of what this site's own page sent in this
browser, never of a form that holds a password, and never sent by itself: so no other site can put words into it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import msgspec
from fastapi import Request

from comity.errors import ComityError
from comity.interfaces.web import cookies
from comity.interfaces.web.access import TOKEN, fields_of, holds
from comity.interfaces.web.words import own_address

__all__ = ["Typed", "read", "typed"]


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields of a form as they were sent, without its token, and the address on this site that they are for."""

    to: str
    fields: Mapping[str, tuple[str, ...]]

    @property
    def packed(self) -> str:
        """All of it as one field of another form: :func:`read` reads it."""
        return msgspec.json.encode(self).decode()

    @property
    def page(self) -> str:
        """The page that the form is sent to."""
        return self.to.partition("?")[0]

    @property
    def stood(self) -> str:
        """The page that the form stood on: the one that it names to go back to, else the one that it is sent to."""
        named = self.fields.get("back", ("",))
        return own_address(named[0] if named else "") or self.page


async def typed(request: Request) -> Typed | None:
    """What was typed into a form that was refused; None where it is not to be kept."""
    to = own_address(f"{request.url.path}?{request.url.query}".rstrip("?"))
    if request.method != "POST" or not to or not _keeps(request, request.url.path):
        return None
    try:
        sent = await fields_of(request)
    except ComityError:
        return None  # files are not kept, and what can't be read isn't either
    if not _from_here(request, sent.get(TOKEN, [""])[0]):
        return None
    return Typed(to, {name: tuple(values) for name, values in sent.items() if name != TOKEN})


def read(request: Request, packed: str) -> Typed | None:
    """What :attr:`Typed.packed` holds, if it may go to where it says; None for none, and for what isn't ours."""
    try:
        found = msgspec.json.decode(packed, type=Typed)
    except (msgspec.DecodeError, RecursionError):
        return None
    return found if own_address(found.to) and _keeps(request, found.page) else None


def _from_here(request: Request, token: str) -> bool:
    """Whether a page of this site sent the form: its browser says so, or the token was made for this very browser."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    return any(holds(cookies.given(request, name), token) for name in (cookies.SESSION, cookies.STRANGER))


def _keeps(request: Request, path: str) -> bool:
    """Whether the form that is sent to an address may be kept: the app knows, which has the route table."""
    found: bool = request.app.state.keeps(path)
    return found
