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

import msgspec
import uvicorn
from starlette.types import ASGIApp

from comity.interfaces.web.app import create_bare
from comity.interfaces.web.makers import Made, Wanted, handed, made, received
from comity.interfaces.web.ready import ready
from comity.interfaces.web.serving import Serving

__all__ = ["main"]

_log = logging.getLogger("comity.web")


_FIRST = (("/search", b"q=a"), ("/entity/body:us/dhs", b""))  # so that templates and routes are there
_SELDOM = (20_000, 20, 20)  # a page makes ten thousand values and none in a circle: looked for seldom, 7% is saved
_encode = msgspec.msgpack.encode
_wanted = msgspec.msgpack.Decoder(Wanted)


async def _answer(app: ASGIApp, wanted: Wanted) -> Made:
    try:
        return await made(app, wanted)
    except Exception:
        _log.exception("%s failed", wanted.path)
        return Made(0, [], b"")


async def _work(given: socket.socket) -> None:
    reader, writer = await asyncio.open_connection(sock=given)
    try:
        app = create_bare(Serving(**msgspec.msgpack.decode(await received(reader))))
        ready(app.state.site)
        for path, query in _FIRST:
            await _answer(app, Wanted("http", path, path.encode(), query, [(b"host", b"localhost")], None))
        gc.collect()
        gc.freeze()  # what a process has from its start on is not looked through again and again
        gc.set_threshold(*_SELDOM)
        handed(writer, b"")
        while True:
            handed(writer, _encode(await _answer(app, _wanted.decode(await received(reader)))))
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    finally:
        writer.close()


def main() -> None:
    """Make answers until nobody wants any."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who started it says when it ends
    given = socket.socket(fileno=os.dup(0))
    with asyncio.Runner(loop_factory=uvicorn.Config("").get_loop_factory()) as runner:
        runner.run(_work(given))


if __name__ == "__main__":
    main()
