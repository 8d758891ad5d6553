"""Pages about the whole register: made before they are asked for, shown as what they are while newer ones are made."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.responses import Response

from comity.interfaces.web.makers import Made, Wanted, made
from comity.interfaces.web.standing import Standing

PATH = "/"


class Site:
    """A site whose page says which commit is the last one, and may take long to be made."""

    def __init__(self) -> None:
        self.head, self.makings = "one", 0
        self.ready = asyncio.Event()
        self.ready.set()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.makings += 1
        head = self.head
        await self.ready.wait()
        tag = f'"{head}"'
        await Response(head, 404 if head == "gone" else 200, {"ETag": tag})(scope, receive, send)


async def asked(layer: Standing, path: str = PATH, query: bytes = b"", **headers: str) -> Made:
    named = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    packed = [] if "accept_encoding" in headers else [(b"accept-encoding", b"gzip")]
    return await made(layer, Wanted("http", path, path.encode(), query, [*packed, *named], None))


def told(found: Made) -> tuple[int, str, str]:
    return found.status, found.body.decode(), dict(found.headers)[b"etag"].decode()


def standing(test: Callable[[Site, Standing], Awaitable[None]], patience: float = 0.0) -> None:
    """Runs a test on a site with one standing page, which is there."""

    async def run() -> None:
        site = Site()
        layer = Standing([PATH], lambda: site.head, lambda _: True, patience=patience).around(site)
        await layer.start()
        try:
            await test(site, layer)
        finally:
            await layer.close()

    asyncio.run(run())


def test_a_page_is_there_before_it_is_asked_for_and_made_once() -> None:
    async def test(site: Site, layer: Standing) -> None:
        for _ in range(3):
            assert told(await asked(layer)) == (200, "one", '"one"')
        assert site.makings == 1

    standing(test)


def test_while_a_new_one_is_made_the_one_before_is_shown_under_its_own_tag() -> None:
    async def test(site: Site, layer: Standing) -> None:
        site.ready.clear()
        site.head = "two"
        assert told(await asked(layer)) == (200, "one", '"one"')
        assert told(await asked(layer, if_none_match='"one"')) == (304, "", '"one"')
        site.ready.set()
        while told(await asked(layer))[1] == "one":
            pass
        assert told(await asked(layer)) == (200, "two", '"two"')
        assert site.makings == 2  # both who asked waited for the same

    standing(test)


def test_who_asks_gets_the_new_one_where_it_is_made_at_once() -> None:
    async def test(site: Site, layer: Standing) -> None:
        site.head = "two"
        assert told(await asked(layer)) == (200, "two", '"two"')

    standing(test, patience=600.0)


def test_what_is_no_standing_page_is_asked_of_the_site() -> None:
    async def test(site: Site, layer: Standing) -> None:
        for others in ({"path": "/other"}, {"query": b"matter=x"}, {"accept_encoding": "identity"}):
            before = site.makings
            assert told(await asked(layer, **others))[1] == "one"
            assert site.makings == before + 1

    standing(test)


def test_a_page_that_is_gone_is_not_kept() -> None:
    async def test(site: Site, layer: Standing) -> None:
        site.head = "gone"
        assert told(await asked(layer)) == (404, "gone", '"gone"')

    standing(test, patience=600.0)
