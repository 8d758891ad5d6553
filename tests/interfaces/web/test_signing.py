"""Signing in and out: as a person does it, and everything that must not open a session."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator

import httpx2
import pytest
from starlette.testclient import TestClient

from comity.accounts import Accounts
from comity.interfaces.commands.demo import recorded
from comity.interfaces.web import Serving, cookies, create_app
from comity.interfaces.web.throttle import Throttle, network
from tests.interfaces.web.conftest import UNBOUND
from tests.interfaces.web.signed import PHRASE, Browser, peopled

WRONG = "five owls on a wire"


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = str(tmp_path_factory.mktemp("signing") / "signing.db")
    recorded(path)
    peopled(path)
    return path


def serving(register: str, address: str = "", private: bool = False) -> TestClient:
    return TestClient(create_app(Serving(register=register, bounds=UNBOUND, address=address, private=private)))


@pytest.fixture
def client(register: str) -> Iterator[TestClient]:
    with serving(register) as opened:
        yield opened


def token_of(page: str) -> str:
    found = re.search(r'name="token" value="([0-9a-f]+)"', page)
    assert found is not None
    return found[1]


def signs_in(browser: Browser, name: str, password: str, next: str = "") -> httpx2.Response:
    page = browser.get("/sign-in", params={"next": next[:1000]})
    form = {"name": name, "password": password, "next": next}
    return browser.send("/sign-in", form, token=token_of(page.text))


def test_who_signs_in_is_known_until_signing_out(client: TestClient) -> None:
    browser = Browser(client)
    answer = signs_in(browser, "editor", PHRASE, "/lists")
    assert (answer.status_code, answer.headers["location"]) == (303, "/lists")
    set_cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in set_cookie and "SameSite=lax" in set_cookie and "Secure" not in set_cookie
    browser.secret = browser.http.cookies[cookies.SESSION]
    assert "E. Sample" in browser.get("/").text
    assert "E. Sample" in browser.get("/account").text
    assert browser.send("/sign-out", {}).status_code == 303
    assert "E. Sample" not in browser.get("/").text


def test_over_tls_cookies_are_for_this_host_and_tls_alone(register: str) -> None:
    with serving(register, "https://register.example") as client:
        browser = Browser(client)
        browser.http.base_url = "https://register.example"
        answer = signs_in(browser, "editor", PHRASE)
        assert "__Host-comity-session=" in answer.headers["set-cookie"] and "Secure" in answer.headers["set-cookie"]


def test_nobody_sees_a_page_that_was_made_for_somebody(client: TestClient) -> None:
    browser, stranger = Browser(client, "editor"), Browser(client)
    mine, theirs = browser.get("/lists"), stranger.get("/lists")
    assert "E. Sample" in mine.text and "E. Sample" not in theirs.text
    assert mine.headers["cache-control"] == "private, no-cache"
    assert mine.headers["etag"] != theirs.headers["etag"]
    assert stranger.get("/lists", headers={"If-None-Match": mine.headers["etag"]}).status_code == 200


@pytest.mark.parametrize(
    "next", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:x", "/a\nb", "x", "/" * 2500]
)
def test_signing_in_leads_to_no_other_site(client: TestClient, next: str) -> None:
    assert signs_in(Browser(client), "editor", PHRASE, next).headers["location"] in ("/account", "/review")


def test_a_session_is_another_one_after_signing_in(client: TestClient) -> None:
    browser = Browser(client, "editor")
    before = browser.secret
    signs_in(browser, "editor", PHRASE)
    stolen = Browser(client)
    stolen.http.cookies.set(cookies.SESSION, before)
    assert stolen.get("/account").status_code == 303


@pytest.mark.parametrize("ends", ["sign out", "disable", "passwd"])
def test_a_session_that_is_over_opens_nothing(register: str, client: TestClient, ends: str) -> None:
    browser = Browser(client, "second")
    replayed = Browser(client)
    replayed.http.cookies.set(cookies.SESSION, browser.secret)
    replayed.secret = browser.secret
    assert replayed.get("/account").status_code == 200
    with Accounts.open(register) as accounts:
        if ends == "sign out":
            browser.send("/sign-out", {})
        elif ends == "disable":
            accounts.disable("second")
            accounts.enable("second")
        else:
            accounts.passwd("second", PHRASE)
    assert replayed.get("/account").status_code == 303
    sent = replayed.send("/account", {"password": PHRASE, "new": WRONG, "again": WRONG})
    assert (sent.status_code, "sign in first" in sent.text) == (401, True)


def test_a_password_is_changed_with_the_present_one_alone(client: TestClient) -> None:
    browser = Browser(client, "second")
    other = Browser(client, "second")
    new = {"new": WRONG, "again": WRONG}
    assert browser.send("/account", {"password": "wrong it is", **new}).status_code == 403
    assert browser.send("/account", {"password": PHRASE, "new": WRONG, "again": "x"}).status_code == 400
    assert browser.send("/account", {"password": PHRASE, "new": "short", "again": "short"}).status_code == 400
    assert browser.send("/account", {"password": PHRASE, **new}).status_code == 303
    assert browser.get("/account").status_code == 200
    assert other.get("/account").status_code == 303
    client.app.state.site.accounts.passwd("second", PHRASE)  # type: ignore[attr-defined]


def test_wrong_passwords_by_the_thousand_are_put_off(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    browser = Browser(client)
    page = browser.get("/sign-in")
    form = {"name": "editor", "password": WRONG}
    with caplog.at_level(logging.INFO):
        answers = [browser.send("/sign-in", form, token=token_of(page.text)) for _ in range(1000)]
    statuses = [each.status_code for each in answers]
    compared = statuses.count(401)
    assert 5 <= compared < 20 and statuses.count(429) == 1000 - compared
    last = answers[-1]
    assert int(last.headers["retry-after"]) >= 1 and "try again in" in last.text
    assert signs_in(browser, "editor", PHRASE).status_code == 429
    assert len([each for each in caplog.records if each.name == "comity.web"]) == compared
    assert WRONG not in caplog.text and "sign-in refused: editor" in caplog.text


def test_what_was_typed_as_a_name_is_not_logged(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    assert signs_in(Browser(client), PHRASE, "").status_code == 401
    assert PHRASE not in caplog.text and "a name that is no account" in caplog.text


def test_a_name_that_is_none_is_answered_alike(client: TestClient) -> None:
    told = [signs_in(Browser(client), name, WRONG).text for name in ("administrator", "nobody")]
    assert [re.findall(r'role="alert">([^<]+)', each) for each in told] == [["Name or password is wrong."]] * 2


def test_who_tries_waits_longer_each_time_and_not_for_ever() -> None:
    now = [0.0]
    throttle = Throttle(clock=lambda: now[0])
    waits = []
    for _ in range(16):
        assert throttle.wait("clerk", "192.0.2.1") == 0
        waits.append(throttle.wait("clerk", "192.0.2.1"))
        now[0] += waits[-1]
    assert waits[:4] == [0, 0, 1, 2]  # each answer of 0 counts as a try
    assert waits[-1] == 900
    assert throttle.wait("clerk", "192.0.2.2") == 0, "another address waits for the account's minute at most"


def test_who_was_right_begins_anew() -> None:
    throttle = Throttle(clock=lambda: 0.0)
    for _ in range(50):
        assert throttle.wait("clerk", "192.0.2.1") == 0
        throttle.right("clerk", "192.0.2.1")


def test_strangers_keep_nobody_out_from_where_they_signed_in_before() -> None:
    throttle = Throttle(clock=lambda: 0.0)
    assert throttle.wait("clerk", "192.0.2.1") == 0
    throttle.right("clerk", "192.0.2.1")
    for number in range(100):
        throttle.wait("clerk", f"198.51.100.{number}")
    assert throttle.wait("clerk", "192.0.2.2") > 0
    assert throttle.wait("clerk", "192.0.2.1") == 0


def test_an_address_that_tries_many_names_waits() -> None:
    throttle = Throttle(clock=lambda: 0.0)
    waits = [throttle.wait(f"name{number}", "192.0.2.1") for number in range(10)]
    assert waits[:5] == [0] * 5 and min(waits[6:]) > 0


def test_what_is_remembered_of_tries_is_bounded() -> None:
    throttle = Throttle(clock=lambda: 0.0)
    for number in range(30_000):
        throttle.wait(f"name{number}" + "x" * 1000, f"2001:db8:{number:x}::1")
    assert len(throttle) <= 10_000


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8::1", "2001:db8::/64"),
        ("2001:db8::ffff:1", "2001:db8::/64"),
        ("testclient", "testclient"),
    ],
)
def test_an_address_is_counted_as_one_household(address: str, counted: str) -> None:
    assert network(address) == counted


def test_a_private_site_shows_strangers_nothing(register: str) -> None:
    with serving(register, private=True) as client:
        stranger, reader = Browser(client), Browser(client, "reader")
        assert stranger.get("/lists").headers["location"] == "/sign-in?next=%2Flists"
        refused = stranger.get("/api/v1/statements")
        assert (refused.status_code, refused.json()["error"]["code"]) == (401, "sign_in_first")
        assert stranger.get("/static/site.css").status_code == 200
        shown = reader.get("/lists")
        assert (shown.status_code, shown.headers["cache-control"]) == (200, "private, no-cache")
        assert stranger.get("/nowhere").status_code == 404
