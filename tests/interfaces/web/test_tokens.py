"""The API with a token: what its scopes allow, and one object for whatever is refused."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from comity.interfaces.commands.demo import recorded
from comity.interfaces.web import Serving, create_app
from comity.register import Register
from tests.interfaces.web.conftest import ANCHORAGE, UNBOUND
from tests.interfaces.web.signed import peopled

STORY = b"Toledo adopted an ordinance on Monday that bars police from asking about immigration status.\n"
ABOUT = "what=story&name=story.txt&published=2025-03-05&home_state=OH"


@pytest.fixture
def register(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = str(tmp_path_factory.mktemp("tokens") / "tokens.db")
    recorded(path)
    peopled(path)
    return path


@pytest.fixture
def client(register: str) -> Iterator[TestClient]:
    serving = Serving(register=register, bounds=UNBOUND, private=True)
    with TestClient(create_app(serving), raise_server_exceptions=False, follow_redirects=False) as opened:
        yield opened


def bearer(client: TestClient, *scopes: str, account: str = "editor") -> dict[str, str]:
    opens, _ = client.app.state.site.accounts.tokens.add("test", account, scopes)  # type: ignore[attr-defined]
    return {"Authorization": f"Bearer {opens}"}


def code(answer: Any) -> tuple[int, str]:
    assert list(answer.json()) == ["error"]
    assert list(answer.json()["error"]) == ["code", "message", "where", "hint"]
    return answer.status_code, answer.json()["error"]["code"]


def test_a_private_site_is_read_with_a_token_and_its_pages_are_not(client: TestClient) -> None:
    reads = bearer(client, "read", account="reader")
    assert code(client.get("/api/v1/lists")) == (401, "sign_in_first")
    assert client.get("/api/v1/lists", headers=reads).status_code == 200
    assert client.get("/lists", headers=reads).status_code == 303


def test_a_revoked_token_is_refused_at_once(client: TestClient) -> None:
    reads = bearer(client, "read")
    assert client.get("/api/v1/lists", headers=reads).status_code == 200
    tokens = client.app.state.site.accounts.tokens  # type: ignore[attr-defined]
    tokens.revoke(tokens.all()[0].id)
    answer = client.get("/api/v1/lists", headers=reads)
    assert code(answer) == (401, "token_refused")
    assert reads["Authorization"].split()[1] not in answer.text


def test_wrong_tokens_are_throttled(client: TestClient) -> None:
    wrong = {"Authorization": "Bearer comity_" + "0" * 43}
    statuses = [client.get("/api/v1/lists", headers=wrong).status_code for _ in range(8)]
    assert statuses == [401] * 6 + [429] * 2 or statuses == [401] * 5 + [429] * 3
    assert "retry-after" in client.get("/api/v1/lists", headers=wrong).headers


@pytest.mark.parametrize(
    ("scopes", "method", "address"),
    [
        (("read", "decide"), "POST", f"/api/v1/uploads?{ABOUT}"),
        (("read", "upload"), "POST", "/api/v1/decisions"),
        (("read", "upload"), "POST", "/api/v1/uploads/u-1"),
        (("upload",), "GET", "/api/v1/lists"),
    ],
)
def test_what_a_scope_does_not_allow(scopes: tuple[str, ...], method: str, address: str, client: TestClient) -> None:
    answer = client.request(
        method, address, headers=bearer(client, *scopes), content=b"{}" if method == "POST" else b""
    )
    assert code(answer) == (403, "not_allowed")


def test_a_token_can_do_no_more_than_its_account(client: TestClient) -> None:
    answer = client.post("/api/v1/decisions", headers=bearer(client, "decide", account="reader"), content=b"{}")
    assert code(answer) == (403, "not_allowed")


def test_a_file_is_uploaded_previewed_and_recorded(client: TestClient, register: str) -> None:
    program = bearer(client, "upload", "decide")
    answer = client.post(f"/api/v1/uploads?{ABOUT}", content=STORY, headers=program)
    assert (answer.status_code, answer.json()["state"]) == (202, "queued")
    address = f"/api/v1/uploads/{answer.json()['id']}"
    while client.get(address, headers=program).json()["state"] in ("queued", "reading"):
        pass
    found = client.get(address, headers=program).json()
    assert (found["state"], found["preview"]["new"], found["account"]) == ("previewed", 1, None)
    done = client.post(address, json={"act": "record", "reason": "the nightly run"}, headers=program)
    assert done.json()["state"] == "recording"
    while client.get(address, headers=program).json()["state"] == "recording":
        pass
    assert client.get(address, headers=program).json()["state"] == "done"
    with Register.open(register) as opened:
        assert opened.log()[-1].detail["reason"] == "the nightly run"


def test_a_decision_is_made_in_the_accounts_name(client: TestClient, register: str) -> None:
    with Register.open(register) as opened:
        name = opened.beliefs(entity=ANCHORAGE)[0].statement.id
    decides = bearer(client, "decide")
    wanted = {"kind": "accept", "targets": [name], "reason": "read it"}
    answer = client.post("/api/v1/decisions", json=wanted, headers=decides)
    assert [(each["kind"], each["author"]) for each in answer.json()] == [("accept", "E. Sample")]


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b'{"kind": "erase", "targets": [], "reason": "x"}', b"\xff", b"[" * 5000,
     b'{"kind": "accept", "targets": ["st-none"], "reason": ""}',
     b'{"kind": "accept", "targets": ["st-none"], "reason": "x"}', b'{"kind": "same", "targets": [], "reason": "x"}'],
)  # fmt: skip
def test_a_body_that_can_not_be_taken_is_one_object(body: bytes, client: TestClient) -> None:
    answer = client.post("/api/v1/decisions", content=body, headers=bearer(client, "decide"))
    assert answer.status_code in (400, 404, 409) and code(answer)


def test_a_file_that_is_too_large_is_refused_by_its_head(client: TestClient) -> None:
    headers = {**bearer(client, "upload"), "Content-Length": str(2 * 1024**3)}
    assert code(client.post(f"/api/v1/uploads?{ABOUT}", content=iter([b"x"]), headers=headers)) == (413, "too_much")


@pytest.mark.parametrize("query", ["what=list:none", "what=story&published=soon", "what=story&home_state=12"])
def test_what_is_said_of_a_file_is_checked(query: str, client: TestClient) -> None:
    answer = client.post(f"/api/v1/uploads?{query}", content=STORY, headers=bearer(client, "upload"))
    assert code(answer) == (400, "usage")
