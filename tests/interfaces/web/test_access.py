"""Who may use what: made of the route table, so that a route without a rule fails, and every role is tried on each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from comity.interfaces.commands.demo import recorded
from comity.interfaces.web import Serving, create_app
from comity.interfaces.web.access import Least
from comity.interfaces.web.app import routes
from tests.interfaces.web.conftest import UNBOUND
from tests.interfaces.web.signed import Browser, peopled

ROLES = (None, "reader", "editor", "administrator")
CASES = [(method, route.path) for route in routes() for method in sorted(route.methods & {"GET", "POST"})]
RULES = {route.path: route.rule.least for route in routes() if route.rule is not None}
REFUSALS = ("sign in first", "not yours to use", "out of date")
NOT_FOR_READERS: dict[str, Least] = {
    "/sign-in": "anyone",
    "/sign-out": "anyone",
    "/account": "account",
    "/review": "editor",
    "/review/item/{identity}": "editor",
    "/review/statement/{identity}": "editor",
    "/review/text/{identity}": "editor",
    "/review/undo": "editor",
    "/api/v1/decisions": "editor",
    "/api/v1/uploads": "editor",
    "/api/v1/uploads/{identity}": "editor",
    "/replies": "editor",
    "/reply/{identity}": "editor",
    "/uploads": "editor",
    "/upload/{identity}": "editor",
    "/upload/{identity}/state": "editor",
}
"""Every address that is not simply for readers, and who may use it. Whoever adds one says so here, too."""


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = str(tmp_path_factory.mktemp("access") / "access.db")
    recorded(path)
    peopled(path)
    return path


@pytest.fixture(scope="module", params=[False, True], ids=["public", "private"])
def client(request: pytest.FixtureRequest, register: str) -> Iterator[TestClient]:
    serving = Serving(register=register, bounds=UNBOUND, private=request.param)
    with TestClient(create_app(serving), raise_server_exceptions=False) as opened:
        yield opened


@pytest.fixture(scope="module")
def browsers(client: TestClient) -> dict[str | None, Browser]:
    return {role: Browser(client, role) for role in ROLES}


def test_every_route_declares_who_may_use_it() -> None:
    assert [route.path for route in routes() if route.rule is None] == []
    assert len(CASES) > 40


def test_the_rules_are_those_that_were_agreed() -> None:
    assert {path: least for path, least in RULES.items() if least != "reader"} == NOT_FOR_READERS


def test_what_can_be_sent_is_bounded() -> None:
    sent = [route for route in routes() if "POST" in route.methods]
    large = {route.path: route.rule.body for route in sent if route.rule is not None and route.rule.body > 65_536}
    assert all(route.rule is not None and route.rule.body > 0 for route in sent)
    assert large == {
        "/uploads": 20 * 1024 * 1024 + 65_536,
        "/api/v1/uploads": 20 * 1024 * 1024,
        "/sign-in": 4 * 65_536,  # what was typed into another form comes along
    }


def may(role: str | None, least: str, private: bool) -> bool:
    """What a rule means, said again: nobody reads a private site, and of roles each may what those below it may."""
    if least == "anyone" or (least == "reader" and not private):
        return True
    if role is None:
        return False
    return least in ("reader", "account") or ROLES.index(role) >= ROLES.index(least)


@pytest.mark.parametrize(("method", "path"), CASES)
def test_every_role_on_every_route(
    client: TestClient, browsers: dict[str | None, Browser], method: str, path: str
) -> None:
    private = client.app.state.site.serving.private  # type: ignore[attr-defined]
    address = re.sub(r"\{\w+(:path)?\}", "x", path)
    for role in ROLES:
        # What is sent may end the session: a browser of its own.
        browser = browsers[role] if method == "GET" else Browser(client, role)
        answer = browser.get(address) if method == "GET" else browser.send(address, {})
        away = answer.status_code == 303 and answer.headers["location"].startswith("/sign-in?next=")
        refused = away or any(told in answer.text for told in REFUSALS)
        assert answer.status_code in (401, 403) or away or not refused
        assert refused is not may(role, RULES[path], private), (role, method, path, answer.status_code)
        assert answer.status_code != 500, (role, method, path)
        if away:
            assert method == "GET" and role is None


CHANGING = [path for method, path in CASES if method == "POST" and not path.startswith("/reconcile")]


@pytest.mark.parametrize("path", CHANGING)
@pytest.mark.parametrize("token", ["", "0" * 80, "é" * 40])
def test_a_form_without_the_token_of_the_session_is_refused(client: TestClient, path: str, token: str) -> None:
    answer = Browser(client, "administrator").send(re.sub(r"\{\w+(:path)?\}", "x", path), {}, token=token)
    assert (answer.status_code, "out of date" in answer.text) == (403, True)


@pytest.mark.parametrize("path", CHANGING)
def test_a_form_that_another_site_sends_is_refused(client: TestClient, path: str) -> None:
    browser = Browser(client, "administrator")
    answer = browser.send(re.sub(r"\{\w+(:path)?\}", "x", path), {}, sent_from="cross-site")
    assert (answer.status_code, "out of date" in answer.text) == (403, True)


def test_every_changing_route_is_written_in_the_docs_of_editors() -> None:
    text = (Path(__file__).resolve().parents[3] / "docs" / "editors.md").read_text(encoding="utf-8")
    assert [path for path in NOT_FOR_READERS if f"`{path.replace('{identity}', 'ID')}`" not in text] == []
