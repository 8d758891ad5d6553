"""Several processes that make answers: they answer as one does, of the last commit, and know nobody."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from comity import vocabulary
from comity.interfaces.web import Serving, cookies, create_app
from comity.interfaces.web.access import form_token
from comity.interfaces.web.app import WHOLE
from comity.interfaces.web.makers import Latest
from comity.interfaces.web.site import Site
from comity.register import Register, rules_of
from tests.interfaces.web.conftest import ANCHORAGE, LIST, UNBOUND
from tests.interfaces.web.signed import PHRASE, peopled
from tests.register.samples import document, reading, statement

MAKERS = 2
SENTENCE = "Anchorage was called a harbour of quiet on Wednesday."


@pytest.fixture(scope="module")
def register(listed: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A register of this module's own, with accounts."""
    path = tmp_path_factory.mktemp("makers") / "comity.db"
    shutil.copy(listed, path)
    shutil.copytree(f"{listed}.captures", f"{path}.captures")
    peopled(str(path))
    return str(path)


@pytest.fixture(scope="module")
def many(register: str) -> Iterator[TestClient]:
    """A site whose answers are made by processes beside it."""
    serving = Serving(register=register, bounds=UNBOUND, makers=MAKERS)
    with TestClient(create_app(serving), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(scope="module")
def one(register: str) -> TestClient:
    """A site of the same register that makes them itself."""
    return TestClient(create_app(Serving(register=register, bounds=UNBOUND)), raise_server_exceptions=False)


def statement_of(client: TestClient) -> str:
    """The id of a statement on the register."""
    found: str = client.get("/api/v1/statements?limit=1").json()["statements"][0]["id"]
    return found


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/", 200),
        ("/?matter=designation", 200),
        ("/about", 200),
        ("/changes", 200),
        ("/conflicts", 200),
        (f"/entity/{ANCHORAGE}", 200),
        (f"/entity/{ANCHORAGE}?as_of=2025-06-01", 200),
        ("/entity/nothing", 404),
        ("/statement/st-0", 404),
        ("/search?q=anch", 200),
        (f"/list/{LIST}", 200),
        ("/list/none", 404),
        ("/changes.atom", 200),
        (f"/api/v1/dossiers/{ANCHORAGE}", 200),
        ("/api/v1/entities?q=anch", 200),
        ("/api/v1/entities?q=anch&limit=many", 422),
        ("/api/v1/exports/jsonl", 200),
        ("/no/such/page", 404),
        ("/statement/st-0/reply", 404),
    ],
)
def test_makers_answer_as_the_site_itself_does(many: TestClient, one: TestClient, address: str, status: int) -> None:
    for _ in range(MAKERS + 1):  # whichever of them
        found, expected = many.get(address), one.get(address)
        assert (found.status_code, expected.status_code) == (status, status)
        assert found.content == expected.content
        apart = {"etag"} if address in WHOLE else set()  # made before anybody asked, under any name of the site
        assert {(k, v) for k, v in found.headers.items() if k not in apart} == {
            (k, v) for k, v in expected.headers.items() if k not in apart
        }


def test_a_statement_is_answered_alike_and_confirmed_by_its_tag(many: TestClient, one: TestClient) -> None:
    address = f"/statement/{statement_of(one)}"
    found = many.get(address)
    assert found.content == one.get(address).content
    for _ in range(MAKERS + 1):
        same = many.get(address, headers={"If-None-Match": found.headers["etag"]})
        assert (same.status_code, same.content) == (304, b"")


def test_who_is_signed_in_is_known_whoever_makes_the_page(many: TestClient) -> None:
    site: Site = many.app.state.site  # type: ignore[attr-defined]
    secret = site.accounts.sign_in("editor", PHRASE)
    signed = {"Cookie": f"{cookies.SESSION}={secret}"}
    for _ in range(MAKERS + 1):
        assert "Signed in as" in many.get(f"/entity/{ANCHORAGE}", headers=signed).text
        assert "Signed in as" not in many.get(f"/entity/{ANCHORAGE}").text
        assert many.get("/review", headers=signed).status_code == 200
        assert many.get("/review", follow_redirects=False).status_code == 303
    site.accounts.sign_out(secret or "")
    assert "Signed in as" not in many.get(f"/entity/{ANCHORAGE}", headers=signed).text


def test_passwords_are_counted_together_whoever_makes_pages_meanwhile(many: TestClient) -> None:
    secret = "0" * 43
    stranger = {"Cookie": f"{cookies.STRANGER}={secret}"}
    answers = []
    for _ in range(8):
        many.get(f"/entity/{ANCHORAGE}")
        form = {"name": "reader", "password": "nothing like it", "token": form_token(secret)}
        answers.append(many.post("/sign-in", data=form, headers=stranger).status_code)
    assert answers[0] == 401 and answers[-1] == 429


def test_every_maker_answers_of_the_last_commit(many: TestClient, register: str) -> None:
    address = f"/entity/{ANCHORAGE}"
    before = [many.get(address) for _ in range(MAKERS + 1)]
    home = document(SENTENCE)
    said = statement(home, SENTENCE, subject=("Anchorage", ANCHORAGE), predicate="characterization",
                     value={"label": "a harbour of quiet"})  # fmt: skip
    with Register.open(Path(register), rules=rules_of(vocabulary.load().predicates)) as opened:
        opened.record(home, reading(home, said), home.text.encode())
    for each in before:
        assert "a harbour of quiet" not in each.text
        after = many.get(address, headers={"If-None-Match": each.headers["etag"]})
        assert after.status_code == 200 and "a harbour of quiet" in after.text


def test_a_maker_that_ends_is_followed_by_another(register: str) -> None:
    app = create_app(Serving(register=register, bounds=UNBOUND, makers=1))
    with TestClient(app, raise_server_exceptions=False) as client:
        (process,) = app.state.makers.processes
        os.kill(process, signal.SIGKILL)
        assert client.get(f"/entity/{ANCHORAGE}").status_code in (200, 500)  # it may have been at another page
        assert client.get(f"/entity/{ANCHORAGE}").status_code == 200
        assert process not in app.state.makers.processes and len(app.state.makers.processes) == 1


def test_what_the_first_visitors_would_wait_for_can_be_made_beside_their_visits(register: str) -> None:
    serving = Serving(register=register, bounds=UNBOUND, early=True)
    with TestClient(create_app(serving)) as client:
        assert client.get("/search?q=anch").status_code == 200
        assert client.get(f"/compare?about={ANCHORAGE}").status_code == 200


def test_many_share_a_look_at_the_last_commit_that_begins_after_each_asked() -> None:
    async def run() -> None:
        looks, going = 0, threading.Event()

        def look() -> str:
            nonlocal looks
            looks += 1
            number = looks
            going.wait(10)
            return f"commit {number}"

        latest = Latest(look)
        first = asyncio.create_task(latest.hash())
        while not looks:
            await asyncio.sleep(0)
        later = [asyncio.create_task(latest.hash()) for _ in range(5)]
        await asyncio.sleep(0)
        going.set()
        assert await first == "commit 1"
        assert await asyncio.gather(*later) == ["commit 2"] * 5

    asyncio.run(run())
