"""The outermost layer of the site: bounds on what may be asked, strict headers on what is answered, no traceback ever.

Plain ASGI, so that a streamed export passes through piece by piece.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from starlette.responses import Response

from comity.errors import ComityError
from comity.interfaces.web.errors import TooMuch, is_open, plainly
from comity.interfaces.web.serving import Bounds

Takes = Callable[[str], int | None]

__all__ = ["HEADERS", "OPEN_HEADERS", "Guard", "Rates"]

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

_CSP = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_SHARED = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
)
HEADERS = (
    *_SHARED,
    (b"content-security-policy", _CSP.encode()),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
"""What every answer carries."""

OPEN_HEADERS = (
    *_SHARED,
    (b"content-security-policy", b"default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; "
                                 b"frame-ancestors *"),
    (b"cross-origin-resource-policy", b"cross-origin"),
    (b"access-control-allow-origin", b"*"),
)  # fmt: skip
"""What it carries where the pages of other sites may ask and show it: no script at all, and nobody is known there."""

_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST",
    "Access-Control-Allow-Headers": "Content-Type",
    "Access-Control-Max-Age": "86400",
}
_KEPT_CLIENTS = 10_000
_log = logging.getLogger("comity.web")


class Rates:
    """How much each client may still ask: a bucket that fills at ``rate`` a second up to ``burst``."""

    def __init__(self, bounds: Bounds, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate, self._burst, self._clock = bounds.rate, bounds.burst, clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def allows(self, client: str) -> bool:
        """Whether one more request of this client is within its bound; it counts if so."""
        if not self._rate:
            return True
        now = self._clock()
        left, since = self._left.pop(client, (float(self._burst), now))
        left = min(float(self._burst), left + (now - since) * self._rate)
        allowed = left >= 1
        self._left[client] = (left - 1 if allowed else left, now)
        if len(self._left) > _KEPT_CLIENTS:
            self._left.popitem(last=False)
        return allowed


class Guard:
    """The layer, around the app that it guards."""

    def __init__(self, app: App, bounds: Bounds, takes: Takes) -> None:
        """``takes`` says how many bytes may be sent to an address; None: nothing can be."""
        self._app = app
        self._bounds = bounds
        self._takes = takes
        self._rates = Rates(bounds)
        self._working: asyncio.Semaphore | None = None
        self._inside = 0
        self._sending = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = False
        others = is_open(scope["path"])

        async def guarded(message: MutableMapping[str, Any]) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                message["headers"] = [*message.get("headers", ()), *(OPEN_HEADERS if others else HEADERS)]
            async with asyncio.timeout(self._bounds.taking):
                await send(message)

        try:
            taken = self._look_at(scope)
            if scope["method"] == "OPTIONS":
                await Response(status_code=204, headers=_PREFLIGHT)(scope, receive, guarded)
            elif scope["method"] == "POST" and taken > self._bounds.form:
                await self._beside(scope, receive, guarded)
            elif scope["method"] == "POST":
                await self._in_turn(scope, await self._whole(receive), guarded)
            else:
                # HEAD is answered as GET is; the server leaves the body out.
                await self._in_turn({**scope, "method": "GET"}, receive, guarded, self._asked)
        except TooMuch as error:
            await plainly(error.status, error, scope, receive, guarded)
        except Exception:
            _log.exception("%s failed", scope.get("path"))
            if begun:
                raise
            failed = ComityError("something went wrong here", hint="try again; the server's log says what it was")
            await plainly(500, failed, scope, receive, guarded)

    def _look_at(self, scope: Scope) -> int:
        """Refuses what is beyond the bounds; how many bytes may be sent."""
        bounds = self._bounds
        most = bounds.body
        taken = self._takes(scope["path"]) if scope["method"] == "POST" else None
        if taken is not None:
            most = taken
        elif scope["method"] == "OPTIONS" and is_open(scope["path"]):
            most = bounds.form
        elif scope["method"] not in ("GET", "HEAD"):
            raise TooMuch(405, "this site is only read", where=scope["method"], hint="use GET")
        if len(scope["raw_path"]) + len(scope["query_string"]) > bounds.address:
            raise TooMuch(414, f"the address is longer than {bounds.address} characters", hint="ask for less at once")
        given = dict(scope["headers"])
        length = given.get(b"content-length", b"0")
        if b"transfer-encoding" in given or not length.isdigit() or int(length) > most:
            if scope["method"] not in ("GET", "HEAD"):
                raise TooMuch(
                    413, "what is sent is too large", hint=f"at most {most:,} bytes, counted in Content-Length"
                )
            raise TooMuch(413, "a request for a page has no body", hint="leave it out")
        client = scope["client"][0] if scope.get("client") else ""
        if not self._rates.allows(client):
            raise TooMuch(
                429, "too many requests at once", hint="wait a second; for everything at once use the exports"
            )
        return most

    async def _whole(self, receive: Receive) -> Receive:
        """The request's body, read before its turn comes: whoever sends it slowly keeps nobody waiting."""
        read: list[MutableMapping[str, Any]] = []
        try:
            async with asyncio.timeout(self._bounds.patience):
                while not read or read[-1].get("more_body"):
                    read.append(await receive())
        except TimeoutError:
            raise TooMuch(408, "the request's body did not come", hint="send it again") from None
        read.reverse()

        async def again() -> MutableMapping[str, Any]:
            return read.pop() if read else await receive()

        return again

    async def _beside(self, scope: Scope, receive: Receive, send: Send) -> None:
        """What may be long is read by its route while it comes, a few at a time: no page waits for it."""
        if self._sending >= self._bounds.sending:
            raise TooMuch(503, "others are sending files", hint="try again in a minute")
        self._sending += 1
        try:
            async with asyncio.timeout(self._bounds.sending_patience):
                await self._app(scope, receive, send)
        except TimeoutError:
            raise TooMuch(408, "the files did not come in time", hint="send them again, or smaller ones") from None
        finally:
            self._sending -= 1

    async def _asked(self, scope: Scope, receive: Receive, send: Send) -> None:
        """A question: where its answer has not begun in time, who asks is told so.

        What works on it can't be stopped from here; it keeps its turn, so that slow questions never become more than
        may be worked on at once, and what it finds goes unheard.
        """
        begun = late = False
        told: list[asyncio.Task[None]] = []

        async def heard(message: MutableMapping[str, Any]) -> None:
            nonlocal begun
            if not late:
                begun = True
                await send(message)

        def cut() -> None:
            nonlocal late
            if not begun:
                late = True
                _log.warning("%s took longer than %s s", scope.get("path"), self._bounds.longest)
                slow = TooMuch(503, "this question takes too long", hint="ask for less of it, or use the exports")
                told.append(asyncio.ensure_future(plainly(503, slow, scope, receive, send)))

        timer = asyncio.get_running_loop().call_later(self._bounds.longest, cut)
        try:
            await self._app(scope, receive, heard)
        except Exception:
            if not late:
                raise
            _log.exception("%s failed, and was cut off before", scope.get("path"))
        finally:
            timer.cancel()
            if told:
                await asyncio.gather(*told)

    async def _in_turn(self, scope: Scope, receive: Receive, send: Send, work: App | None = None) -> None:
        bounds = self._bounds
        if self._working is None:
            self._working = asyncio.Semaphore(bounds.at_once)
        if self._inside >= bounds.at_once + bounds.waiting:
            raise TooMuch(503, "the site is busy", hint="try again in a minute")
        self._inside += 1
        try:
            try:
                async with asyncio.timeout(bounds.patience):
                    await self._working.acquire()
            except TimeoutError:
                raise TooMuch(503, "the site is busy", hint="try again in a minute") from None
            try:
                await (work or self._app)(scope, receive, send)
            finally:
                self._working.release()
        finally:
            self._inside -= 1
