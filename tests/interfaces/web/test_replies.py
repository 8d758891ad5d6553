"""Replies of offices on the site: the public form, the editor's check, and how it stands beside the record."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from comity.interfaces.commands.demo import recorded
from comity.interfaces.web import Serving, create_app
from comity.register import Register
from tests.interfaces.web.conftest import ANCHORAGE, UNBOUND
from tests.interfaces.web.signed import Browser, peopled

SENT = {
    "office": "Office of the Mayor of Anchorage",
    "body": "The municipality is not a sanctuary jurisdiction, and asked to be taken off the list.",
    "contact": "R. Clerk, 907-555-0100",
    "check": "call the number on muni.example",
}
VERIFIED = {"act": "accept", "kind": "disputes", "entity": ANCHORAGE, "reason": "called back on the published number"}


@pytest.fixture
def register(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = str(tmp_path_factory.mktemp("replies") / "replies.db")
    recorded(path)
    peopled(path)
    return path


@pytest.fixture
def client(register: str) -> Iterator[TestClient]:
    with TestClient(create_app(Serving(register=register, bounds=UNBOUND)), raise_server_exceptions=False) as opened:
        yield opened


@pytest.fixture
def listed(register: str) -> str:
    """The statement that the replies of these tests answer."""
    with Register.open(register) as opened:
        return next(each.statement.id for each in opened.beliefs(entity=ANCHORAGE, predicate="designation"))


def test_a_reply_is_sent_accepted_and_stands_beside_the_record(client: TestClient, listed: str) -> None:
    public, editor = Browser(client), Browser(client, "editor")
    before = public.get(f"/statement/{listed}").text
    assert f"/statement/{listed}/reply" in before and SENT["body"] not in before
    answer = public.send(f"/statement/{listed}/reply", SENT)
    assert answer.status_code == 303
    assert "An editor will check" in public.get(answer.headers["location"]).text
    assert SENT["body"] not in public.get(f"/statement/{listed}").text
    (reply,) = editor.site.replies.latest()
    page = editor.get(f"/reply/{reply.id}").text
    assert SENT["contact"] in page and SENT["body"] in page and ANCHORAGE in page
    assert "say how it was verified" in editor.send(f"/reply/{reply.id}", {**VERIFIED, "reason": ""}).text.lower()
    assert editor.send(f"/reply/{reply.id}", VERIFIED).status_code == 303
    for address in (f"/statement/{listed}", f"/entity/{ANCHORAGE}"):
        shown = public.get(address).text
        assert SENT["body"] in shown and SENT["office"] in shown and "disputes this record" in shown
        assert "907-555" not in shown
    assert "disputes it" in public.get(f"/entity/{ANCHORAGE}").text
    log = public.get("/log").text
    assert "called back on the published number" in log and "907-555" not in log
    assert "907-555" not in editor.get(f"/reply/{reply.id}").text
    again = editor.send(f"/reply/{reply.id}", VERIFIED)
    assert again.status_code == 409


def test_as_it_was_known_before_the_record_has_no_reply(client: TestClient, listed: str, register: str) -> None:
    public, editor = Browser(client), Browser(client, "editor")
    with Register.open(register) as opened:
        moment = opened.log()[-1].at
    public.send(f"/statement/{listed}/reply", SENT)
    editor.send(f"/reply/{editor.site.replies.latest()[0].id}", VERIFIED)
    assert SENT["body"] not in public.get(f"/statement/{listed}?known={moment}").text
    assert SENT["body"] in public.get(f"/statement/{listed}").text


def test_a_declined_reply_is_never_shown(client: TestClient, listed: str, register: str) -> None:
    public, editor = Browser(client), Browser(client, "editor")
    public.send(f"/statement/{listed}/reply", SENT)
    (reply,) = editor.site.replies.latest()
    assert (
        editor.send(f"/reply/{reply.id}", {"act": "decline", "reason": "the office knows nothing of it"}).status_code
        == 303
    )
    assert SENT["body"] not in public.get(f"/statement/{listed}").text
    with Register.open(register) as opened:
        assert opened.replies() == () and opened.verify().ok


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({**VERIFIED, "act": "erase"}, "neither accept nor decline"),
        ({**VERIFIED, "kind": "denies"}, "what the reply does"),
        ({**VERIFIED, "entity": "Nowhere at all"}, "Nowhere at all"),
    ],
)
def test_a_decision_that_can_not_be_is_told(form: dict[str, str], told: str, client: TestClient, listed: str) -> None:
    editor = Browser(client, "editor")
    Browser(client).send(f"/statement/{listed}/reply", SENT)
    (reply,) = editor.site.replies.latest()
    answer = editor.send(f"/reply/{reply.id}", form)
    assert answer.status_code == 400 and told in answer.text
    assert editor.site.replies.get(reply.id).state == "waiting"


def test_what_is_wrong_with_a_reply_is_told_and_what_was_typed_stays(client: TestClient, listed: str) -> None:
    answer = Browser(client).send(f"/statement/{listed}/reply", {**SENT, "body": "<b>" * 1000})
    assert answer.status_code == 400
    assert "longer than 2,000 characters" in answer.text and "<b>" not in answer.text
    assert SENT["office"] in answer.text


def test_a_reply_is_bounded_in_number_and_size(client: TestClient, listed: str) -> None:
    public = Browser(client)
    statuses = [public.send(f"/statement/{listed}/reply", SENT).status_code for _ in range(7)]
    assert statuses == [303] * 5 + [429] * 2
    assert public.send(f"/statement/{listed}/reply", {"body": "x" * 20_000}).status_code == 413


def test_hostile_text_is_inert(client: TestClient, listed: str) -> None:
    public, editor = Browser(client), Browser(client, "editor")
    body = "<script>window.harmed=1</script> {{ 7*7 }} \u202eabc and more"
    public.send(f"/statement/{listed}/reply", {**SENT, "body": body, "office": "<img src=x> Office"})
    (reply,) = editor.site.replies.latest()
    editor.send(f"/reply/{reply.id}", VERIFIED)
    for address in (f"/reply/{reply.id}", "/replies", f"/statement/{listed}", f"/entity/{ANCHORAGE}"):
        text = editor.get(address).text
        assert "<script>window" not in text and "<img" not in text and "\u202e" not in text


@pytest.mark.parametrize("address", ["/statement/st-none/reply", "/reply/r-none"])
def test_what_is_not_there(address: str, client: TestClient) -> None:
    assert Browser(client, "editor").get(address).status_code == 404
