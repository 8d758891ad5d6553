"""Processes beside the site that make its answers, so that several are made at a time: one for each core.

What a site knows beyond its register stays in the one process that is asked: who is signed in, who tries passwords, how
much each client asks. To a maker (:mod:`comity.interfaces.web.making`) goes only what anyone may read, one request at a
time to whichever is free; what it answers depends on the address and the register alone. So any number answer alike.
"""

from __future__ import annotations

import asyncio
import logging
import socket
import struct
import subprocess
import sys
from collections.abc import Callable, Hashable
from http import HTTPStatus
from typing import Self

import msgspec
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from comity.errors import ComityError
from comity.interfaces.web.kept import Answers
from comity.interfaces.web.serving import Serving

__all__ = ["Latest", "Made", "Makers", "Makes", "Wanted", "handed", "made", "received"]

Makes = Callable[[Scope], bool]
"""Whether a request is one that a maker answers."""

_HANDED_ON = (b"host", b"accept-encoding", b"if-none-match")
_NAMING = ("scheme", "raw_path", "query_string")
_NAMED = (b"host", b"accept-encoding")  # with the last commit, all that an answer depends on
_CONFIRMING = (b"etag", b"cache-control", b"vary")  # what goes with "as you have it"
_HEADERS_TAKE = 1000  # bytes, about
_LEAVE = 5.0  # seconds for a maker to end
_LENGTH = struct.Struct(">I")
_log = logging.getLogger("comity.web")


class Wanted(msgspec.Struct, array_like=True):
    """A request as it is handed on: what of it an answer may depend on."""

    scheme: str
    path: str
    raw_path: bytes
    query: bytes
    headers: list[tuple[bytes, bytes]]
    server: tuple[str, int | None] | None


class Made(msgspec.Struct, array_like=True):
    """An answer as it is handed back. Status 0: it could not be made."""

    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes

    @property
    def tag(self) -> bytes:
        """What names it, where something does."""
        return dict(self.headers).get(b"etag", b"")


_encode = msgspec.msgpack.encode
_made = msgspec.msgpack.Decoder(Made)


async def received(reader: asyncio.StreamReader) -> bytes:
    """The next piece. Raises IncompleteReadError where the other side is gone."""
    (length,) = _LENGTH.unpack(await reader.readexactly(_LENGTH.size))
    return await reader.readexactly(length)


def handed(writer: asyncio.StreamWriter, piece: bytes) -> None:
    """Hand a piece to the other side."""
    writer.write(_LENGTH.pack(len(piece)) + piece)


async def made(app: ASGIApp, wanted: Wanted, whole: ASGIApp | None = None) -> Made:
    """What an app answers to a request, as a value; ``whole`` is the app that it is a layer of, where it is one."""
    scope: Scope = {
        "type": "http",
        "app": whole,
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": wanted.scheme,
        "path": wanted.path,
        "raw_path": wanted.raw_path,
        "query_string": wanted.query,
        "root_path": "",
        "headers": wanted.headers,
        "server": wanted.server,
        "client": None,
        "state": {},
    }
    found = Made(0, [], b"")

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            found.status, found.headers = message["status"], list(message["headers"])
        else:
            found.body += message.get("body", b"")

    await app(scope, receive, send)
    return found


class Latest:
    """The register's last commit. Who asks while a look is under way shares the next one: each begins after it is asked
    for, so that nobody is told of a commit that was the last one before.
    """

    def __init__(self, head: Callable[[], str]) -> None:
        self._head = head
        self._next: asyncio.Task[str] | None = None
        self._one = asyncio.Lock()

    async def hash(self) -> str:
        """Its hash."""
        if self._next is None:
            self._next = asyncio.create_task(self._look())
        return await asyncio.shield(self._next)

    async def _look(self) -> str:
        async with self._one:
            self._next = None
            return await asyncio.to_thread(self._head)


class _Maker:
    """One process, and the socket to it."""

    def __init__(
        self, process: subprocess.Popen[bytes], reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self.process, self.reader, self.writer = process, reader, writer

    async def make(self, wanted: Wanted) -> Made:
        handed(self.writer, _encode(wanted))
        return _made.decode(await received(self.reader))

    async def end(self) -> None:
        self.writer.close()
        try:
            await asyncio.to_thread(self.process.wait, _LEAVE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            await asyncio.to_thread(self.process.wait)


class Makers:
    """The layer around a site that hands on what makers answer. Start and close it with the site."""

    def __init__(self, serving: Serving, makes: Makes, head: Callable[[], str]) -> None:
        """``head`` gives the hash of the register's last commit: until another comes, an answer stays as it is."""
        self._makes, self._latest = makes, Latest(head)
        self._kept: Answers[Made] = Answers()
        self._count = serving.makers
        self._told = {name: getattr(serving, name) for name in ("register", "topic", "address", "contact")}
        self._free: asyncio.Queue[_Maker] = asyncio.Queue()
        self._all: set[_Maker] = set()

    def around(self, app: ASGIApp) -> Self:
        """The layer, around the site."""
        self._app = app
        return self

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request: by a maker where one may and there are any, else by the site."""
        if not self._all or not self._makes(scope):
            await self._app(scope, receive, send)
            return
        given = dict(scope["headers"])
        name = await self._latest.hash(), *(scope[part] for part in _NAMING), *map(given.get, _NAMED)
        found = self._kept.get(name)
        if found is None:
            found = await self._make(scope)
            self._keep(name, found)
        elif found.tag in (each.strip() for each in given.get(b"if-none-match", b"").split(b",")):
            kept = [each for each in found.headers if each[0] in _CONFIRMING]
            found = Made(HTTPStatus.NOT_MODIFIED, kept, b"")
        await send({"type": "http.response.start", "status": found.status, "headers": found.headers})
        await send({"type": "http.response.body", "body": found.body})

    def _keep(self, name: Hashable, found: Made) -> None:
        if found.status == HTTPStatus.OK and found.tag and b"set-cookie" not in dict(found.headers):
            self._kept.keep(name, found, len(found.body) + _HEADERS_TAKE)

    @property
    def processes(self) -> tuple[int, ...]:
        """The ids of the processes."""
        return tuple(sorted(each.process.pid for each in self._all))

    async def start(self) -> None:
        """Start them; they are ready then. Without one that can't be started the site goes on."""
        begun = await asyncio.gather(*(self._begin() for _ in range(self._count)), return_exceptions=True)
        for each in begun:
            if each is not None:
                _log.error("a process that makes answers can't be started: %s", each)

    async def close(self) -> None:
        """End them."""
        every, self._all = self._all, set()
        await asyncio.gather(*(each.end() for each in every))

    async def _make(self, scope: Scope) -> Made:
        maker = await self._free.get()
        headers = [(name, value) for name, value in scope["headers"] if name in _HANDED_ON]
        asked = scope["scheme"], scope["path"], scope["raw_path"], scope["query_string"]
        # Shielded: who asks may go away, but a maker is free only when it has answered.
        return await asyncio.shield(self._asked(maker, Wanted(*asked, headers, scope["server"])))

    async def _asked(self, maker: _Maker, wanted: Wanted) -> Made:
        try:
            found = await maker.make(wanted)
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            if maker not in self._all:
                raise ComityError("the site stops", hint="try again in a minute") from error
            self._all.discard(maker)
            await maker.end()
            _log.error("%s: the process that made the answer ended with %s", wanted.path, maker.process.returncode)
            await self._begin()  # another in its place
            raise ComityError("no answer could be made", hint="try again") from error
        self._free.put_nowait(maker)
        if not found.status:
            raise ComityError("no answer could be made", hint="the log says why")
        return found

    async def _begin(self) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            command = [sys.executable, "-m", "comity.interfaces.web.making"]
            process = subprocess.Popen(command, stdin=theirs.fileno(), start_new_session=True)
        maker = _Maker(process, *await asyncio.open_connection(sock=ours))
        try:
            handed(maker.writer, _encode(self._told))
            await received(maker.reader)
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            await maker.end()
            raise ComityError("a process that makes answers can't be started", hint="the log says why") from error
        self._all.add(maker)
        self._free.put_nowait(maker)
