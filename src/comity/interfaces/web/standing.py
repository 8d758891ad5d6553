"""Pages about the whole register, made before anybody asks: nobody waits for what takes long to derive.

They are made as the site starts, and again after each commit, beside the visits. Whoever asks meanwhile waits a moment
for the new page, then gets the one before: it says of which commit it is, and so does its tag. Every other address is
answered of the last commit, always.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Self

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from comity.errors import ComityError
from comity.interfaces.web.makers import Made, Makes, Wanted, made

__all__ = ["Standing"]

_LOOK = 1.0  # seconds between two looks at the register
_START = 10.0  # seconds that the site waits for the first of them before it serves
_SHARE = 4  # at most a fifth of one core's time goes into making them
_PATIENCE = 0.5
_HEADERS = [(b"host", b"localhost"), (b"accept-encoding", b"gzip")]
_log = logging.getLogger("comity.web")


@dataclass(frozen=True, slots=True)
class _Page:
    """A page, and the hash of the commit that was the last one before it was made."""

    head: str
    made: Made


class Standing:
    """The layer around a site that has its pages about the whole register ready. Start and close it with the site."""

    def __init__(
        self, paths: Sequence[str], head: Callable[[], str], public: Makes, *, patience: float = _PATIENCE
    ) -> None:
        """``head`` gives the hash of the register's last commit, ``public`` says whether all get the same answer.

        Who asks waits ``patience`` seconds for a new page where there is one of before.
        """
        self._patience = patience
        self._paths, self._head, self._public = tuple(paths), head, public
        self._pages: dict[str, _Page] = {}
        self._making: dict[str, asyncio.Task[None]] = {}
        self._keeping: asyncio.Task[None] | None = None

    def around(self, app: ASGIApp) -> Self:
        """The layer, around the site."""
        self._app = app
        return self

    async def start(self, whole: ASGIApp | None = None) -> None:
        """Make the first of them, which is waited for a while, and keep all up from then on, for the app ``whole``."""
        self._whole = whole
        await asyncio.wait({self._begun(self._paths[0])}, timeout=_START)
        self._keeping = asyncio.create_task(self._keep_up())

    async def close(self) -> None:
        """Stop that."""
        going = [each for each in (self._keeping, *self._making.values()) if each is not None]
        for each in going:
            each.cancel()
        await asyncio.gather(*going, return_exceptions=True)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if self._keeping is None or not self._is_one(scope):
            await self._app(scope, receive, send)
            return
        page = await self._page(scope["path"])
        if page is None:
            await self._app(scope, receive, send)
            return
        headers = {name.decode(): value.decode() for name, value in page.made.headers if name != b"content-length"}
        asked = dict(scope["headers"]).get(b"if-none-match", b"")
        same = page.made.tag in (each.strip() for each in asked.split(b","))
        response = Response(b"" if same else page.made.body, 304 if same else 200, headers)
        await response(scope, receive, send)

    def _is_one(self, scope: Scope) -> bool:
        if scope["type"] != "http" or scope["path"] not in self._paths or scope["query_string"]:
            return False
        packed = b"gzip" in dict(scope["headers"]).get(b"accept-encoding", b"")
        return packed and self._public(scope)

    async def _page(self, path: str) -> _Page | None:
        head = await asyncio.to_thread(self._head)
        page = self._pages.get(path)
        if page is None or page.head != head:
            making = self._begun(path)
            await asyncio.wait({making}, timeout=self._patience if page else None)
            page = self._pages.get(path)
        return page

    def _begun(self, path: str) -> asyncio.Task[None]:
        """The task that makes a page, which may be under way."""
        if path not in self._making:
            self._making[path] = task = asyncio.create_task(self._make(path))
            task.add_done_callback(lambda _: self._making.pop(path, None))
        return self._making[path]

    async def _make(self, path: str) -> None:
        head = await asyncio.to_thread(self._head)
        try:
            found = await made(self._app, Wanted("http", path, path.encode(), b"", _HEADERS, None), self._whole)
        except ComityError as error:
            _log.warning("%s: %s", path, error)
            return
        if found.status == 200:
            self._pages[path] = _Page(head, found)
        else:
            self._pages.pop(path, None)

    async def _keep_up(self) -> None:
        while True:
            begun = time.monotonic()
            try:
                head = await asyncio.to_thread(self._head)
                for path in self._paths:
                    page = self._pages.get(path)
                    if page is None or page.head != head:
                        await self._begun(path)
            except ComityError as error:
                _log.warning("the pages about the whole register: %s", error)
            await asyncio.sleep(max(_LOOK, _SHARE * (time.monotonic() - begun)))
