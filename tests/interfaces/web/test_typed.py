"""What was typed into a form of a session that is over is kept, shown and sent anew; nobody else can put words in."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from starlette.testclient import TestClient

from comity.interfaces.commands.demo import recorded
from comity.interfaces.web import Serving, cookies, create_app
from comity.interfaces.web.access import form_token
from tests.interfaces.web.conftest import ANCHORAGE, UNBOUND
from tests.interfaces.web.signed import PHRASE, Browser, peopled

WHY = "the city’s <b>own</b> letter “says” so &c."


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    path = str(tmp_path / "typed.db")
    recorded(path)
    peopled(path)
    with TestClient(create_app(Serving(register=path, bounds=UNBOUND))) as opened:
        yield opened


@pytest.fixture
def statement(client: TestClient) -> str:
    found: str = client.get("/api/v1/statements", params={"entity": ANCHORAGE}).json()["statements"][0]["id"]
    return found


def hidden(page: str) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', page)
    return {name: html.unescape(value) for name, value in found}


def over(client: TestClient, name: str = "editor") -> Browser:
    """A browser whose session is over, though it doesn't know."""
    browser = Browser(client, name)
    browser.site.accounts.sign_out(browser.secret)
    return browser


def signs_in(browser: Browser, page: str, password: str = PHRASE, **more: str) -> httpx2.Response:
    form = {**hidden(page), "name": "editor", "password": password, **more}
    token = form.pop("token")
    return browser.send("/sign-in", form, token=token)


def test_a_decision_typed_before_signing_out_is_shown_after_signing_in_and_sent(
    client: TestClient, statement: str
) -> None:
    browser = Browser(client, "editor")
    form = hidden(browser.get(f"/review/statement/{statement}").text)
    decision = {**{name: form[name] for name in form.keys() - {"token"}}, "kind": "accept", "reason": WHY}
    browser.site.accounts.sign_out(browser.secret)
    answer = browser.send(f"/review/statement/{statement}", decision)
    assert answer.status_code == 401 and "nothing that you typed is lost" in answer.text
    wrong = signs_in(browser, answer.text, "five owls")
    assert wrong.status_code == 401
    resumed = signs_in(browser, wrong.text)
    assert resumed.status_code == 200 and "<b>own</b>" not in resumed.text
    fields = hidden(resumed.text)
    assert {name: fields[name] for name in decision} == decision
    assert f'action="/review/statement/{statement}"' in resumed.text
    assert client.get(f"/api/v1/statements/{statement}").json()["review"] == "machine"  # nothing by itself
    again, token = Browser(client), fields.pop("token")
    again.http.cookies.set(cookies.SESSION, resumed.cookies[cookies.SESSION])
    assert again.send(f"/review/statement/{statement}", fields, token=token).status_code in (200, 303)


def test_a_form_of_an_earlier_session_is_shown_again_with_a_token_that_holds(
    client: TestClient, statement: str
) -> None:
    answer = Browser(client, "editor").send(f"/review/statement/{statement}", {"reason": WHY}, token="0" * 80)
    assert (answer.status_code, hidden(answer.text)["reason"]) == (403, WHY)


@pytest.mark.parametrize(
    ("back", "leads"),
    [("/review", "/review"), ("/log?before=9", "/log?before=9"), ("//elsewhere.example/", "/review/undo"),
     ("", "/review/undo")],
)  # fmt: skip
def test_who_leaves_it_goes_back_to_the_page_that_the_form_stood_on(client: TestClient, back: str, leads: str) -> None:
    form = {"decision": "d-0", "reason": WHY, "back": back}
    answer = Browser(client, "editor").send("/review/undo", form, token="0" * 80)
    assert answer.status_code == 403 and f'<a href="{leads}">Leave it' in answer.text


def test_a_reply_of_an_office_is_not_lost_either(client: TestClient, statement: str) -> None:
    answer = Browser(client).send(f"/statement/{statement}/reply", {"text": WHY}, token="")
    assert (answer.status_code, hidden(answer.text)["text"]) == (403, WHY)


def test_without_word_of_the_browser_the_token_must_be_of_this_browser(client: TestClient, statement: str) -> None:
    browser = over(client)
    at = f"/review/statement/{statement}"
    theirs = browser.http.post(at, data={"reason": WHY, "token": "0" * 80})
    assert theirs.status_code == 401 and WHY not in html.unescape(theirs.text)
    kept = browser.http.post(at, data={"reason": WHY, "token": form_token(browser.secret)})
    assert json.loads(hidden(kept.text)["kept"])["fields"]["reason"] == [WHY]


def test_what_another_site_sends_is_not_kept(client: TestClient, statement: str) -> None:
    answer = over(client).send(f"/review/statement/{statement}", {"reason": WHY}, sent_from="cross-site")
    assert answer.status_code == 401 and "own</b> letter" not in html.unescape(answer.text)


def test_no_password_is_kept(client: TestClient) -> None:
    answer = over(client).send("/account", {"password": PHRASE, "new": "a", "again": "a"})
    assert answer.status_code == 401 and PHRASE not in answer.text


@pytest.mark.parametrize(
    "to", ["https://elsewhere.example/", "//elsewhere.example", "/sign-in", "/account", "/nowhere", "/lists", ""]
)
def test_what_is_kept_goes_only_to_a_form_of_this_site(client: TestClient, to: str) -> None:
    browser = Browser(client)
    packed = json.dumps({"to": to, "fields": {"reason": [WHY]}})
    page = browser.get("/sign-in")
    browser.http.cookies.set(cookies.STRANGER, browser.secret)
    answer = signs_in(browser, page.text, kept=packed)
    assert answer.status_code == 303 and answer.headers["location"] == "/review"


@pytest.mark.parametrize("packed", ["", "{", "[]", '{"to": 1}', "[" * 5000, '{"to":"/uploads","fields":{"a":"b"}}'])
def test_what_can_not_be_read_is_not_resumed(client: TestClient, packed: str) -> None:
    browser = Browser(client)
    answer = signs_in(browser, browser.get("/sign-in").text, kept=packed)
    assert answer.status_code == 303
