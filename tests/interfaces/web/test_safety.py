"""Bounds, headers and errors: what a request can't do, and what every answer carries."""

from __future__ import annotations

import asyncio
from typing import Any

import msgspec
import pytest
from starlette.responses import Response
from starlette.testclient import TestClient

from comity.interfaces.web import Bounds
from comity.interfaces.web.guard import Guard, Rates
from tests.interfaces.web.conftest import ANCHORAGE, Visit

ADDRESSES = ["/", f"/entity/{ANCHORAGE}", "/nowhere", "/api/v1/entities?q=anch", "/api/v1/nowhere", "/static/site.css"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_has_strict_headers(site: TestClient, address: str) -> None:
    headers = site.get(address).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'") and "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in policy


@pytest.mark.parametrize("address", ["/", f"/entity/{ANCHORAGE}", "/search?q=a", "/nowhere"])
def test_no_page_has_inline_script_or_style(site: TestClient, address: str) -> None:
    text = site.get(address).text
    assert "<style" not in text and " style=" not in text and " onclick=" not in text
    assert text.count("<script") == text.count("<script src=")


@pytest.mark.parametrize(
    ("method", "address", "given", "status"),
    [
        ("POST", "/", {}, 405),
        ("DELETE", "/api/v1/statements", {}, 405),
        ("GET", "/search?q=" + "a" * 5000, {}, 414),
        ("GET", "/", {"content": b"x" * 2000}, 413),
    ],
)
def test_what_is_too_much_is_refused(
    site: TestClient, method: str, address: str, given: dict[str, bytes], status: int
) -> None:
    assert site.request(method, address, **given).status_code == status  # type: ignore[arg-type]


@pytest.mark.parametrize("address", ["/api/v1/nowhere", "/api/v1/statements?limit=0", "/api/v1/statements/st-00"])
def test_errors_of_the_api_have_the_one_shape(site: TestClient, address: str) -> None:
    answer = site.get(address)
    assert answer.status_code in (404, 422)
    assert list(answer.json()) == ["error"]
    assert list(answer.json()["error"]) == ["code", "message", "where", "hint"]


def test_a_client_that_asks_too_much_waits(sample: str, visit: Visit) -> None:
    client = visit(sample, Bounds(rate=0.001, burst=2))
    statuses = [client.get("/api/v1/entities?q=anch").status_code for _ in range(3)]
    assert statuses == [200, 200, 429]


def test_a_bound_fills_again_with_time() -> None:
    now = [0.0]
    rates = Rates(Bounds(rate=2, burst=1), clock=lambda: now[0])
    assert [rates.allows("one"), rates.allows("one"), rates.allows("other")] == [True, False, True]
    now[0] += 0.5
    assert rates.allows("one")


def test_what_has_not_changed_is_not_sent_again(site: TestClient) -> None:
    for address in ("/", f"/entity/{ANCHORAGE}", "/api/v1/statements"):
        tag = site.get(address).headers["etag"]
        again = site.get(address, headers={"If-None-Match": tag})
        assert (again.status_code, again.content) == (304, b"")
    assert site.get("/documents", headers={"If-None-Match": tag}).status_code == 200


class Asked:
    """One question to a guarded app, and what was sent back."""

    def __init__(self, guard: Guard, path: str, send: Any = None) -> None:
        self.sent: list[Any] = []
        self.answered = asyncio.Event()
        scope = {"type": "http", "method": "GET", "path": path, "raw_path": path.encode(), "query_string": b"",
                 "headers": [], "client": ("127.0.0.1", 1)}  # fmt: skip
        self.work = asyncio.ensure_future(guard(scope, self._nothing, send or self._send))

    async def _nothing(self) -> dict[str, Any]:
        return {"type": "http.request", "body": b""}

    async def _send(self, message: Any) -> None:
        self.sent.append(message)
        if message["type"] == "http.response.body" and not message.get("more_body"):
            self.answered.set()

    @property
    def status(self) -> int:
        return int(self.sent[0]["status"])

    @property
    def body(self) -> Any:
        return msgspec.json.decode(b"".join(each.get("body", b"") for each in self.sent))


def test_a_question_that_takes_too_long_has_one_clear_answer_and_keeps_its_turn() -> None:
    async def asked() -> None:
        end = asyncio.Event()

        async def slow(scope: Any, receive: Any, send: Any) -> None:
            await end.wait()
            await Response("late")(scope, receive, send)

        guard = Guard(slow, Bounds(rate=0, at_once=1, waiting=0, longest=0.01), lambda _: None)
        first = Asked(guard, "/api/v1/conflicts")
        await first.answered.wait()
        assert first.status == 503
        assert first.body["error"]["message"] == "this question takes too long"
        assert (b"retry-after", b"60") in first.sent[0]["headers"]
        second = Asked(guard, "/api/v1/statements")
        await second.answered.wait()
        assert (second.status, second.body["error"]["message"]) == (503, "the site is busy")
        end.set()
        await first.work
        assert len(first.sent) == 2  # what came late is heard by nobody
        third = Asked(guard, "/api/v1/statements")
        await third.answered.wait()
        assert third.status == 200

    asyncio.run(asked())


def test_a_client_that_takes_nothing_is_left() -> None:
    async def asked() -> None:
        async def answers(scope: Any, receive: Any, send: Any) -> None:
            await Response("an answer")(scope, receive, send)

        async def never(_: Any) -> None:
            await asyncio.Event().wait()

        guard = Guard(answers, Bounds(rate=0, taking=0.01), lambda _: None)
        question = Asked(guard, "/", never)
        with pytest.raises(TimeoutError):
            await question.work

    asyncio.run(asked())
