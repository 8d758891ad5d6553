"""A process that makes answers for a site: ``python -m comity.interfaces.web.making``, started by :mod:`.makers`.

It gets a socket as its standard input: first the site's settings, then one request after the other, each answered
before the next is taken. It ends when the other side is gone.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import signal
import socket
from typing import Any

import msgspec
from starlette.types import ASGIApp, Message

from comity.interfaces.web.app import create_bare
from comity.interfaces.web.makers import Made, Wanted, handed, received
from comity.interfaces.web.serving import Serving

__all__ = ["made", "main"]

_log = logging.getLogger("comity.web")


_encode = msgspec.msgpack.encode
_wanted = msgspec.msgpack.Decoder(Wanted)


async def made(app: ASGIApp, wanted: Wanted) -> Made:
    """What an app answers to a request."""
    scope: dict[str, Any] = {
        "type": "http",
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
            found.status, found.headers = message["status"], [(name, value) for name, value in message["headers"]]
        else:
            found.body += message.get("body", b"")

    try:
        await app(scope, receive, send)
    except Exception:
        _log.exception("%s failed", wanted.path)
        return Made(0, [], b"")
    return found


async def _work(given: socket.socket) -> None:
    reader, writer = await asyncio.open_connection(sock=given)
    try:
        app = create_bare(Serving(**msgspec.msgpack.decode(await received(reader))))
        gc.collect()
        gc.freeze()  # what a process has from its start on is not looked through again and again
        handed(writer, b"")
        while True:
            wanted = _wanted.decode(await received(reader))
            handed(writer, _encode(await made(app, wanted)))
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    finally:
        writer.close()


def main() -> None:
    """Make answers until nobody wants any."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who started it says when it ends
    given = socket.socket(fileno=os.dup(0))
    asyncio.run(_work(given))


if __name__ == "__main__":
    main()
