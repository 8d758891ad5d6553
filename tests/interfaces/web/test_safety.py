"""Bounds, headers and errors: what a request can't do, and what every answer carries."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from comity.interfaces.web import Bounds
from comity.interfaces.web.guard import Rates
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
