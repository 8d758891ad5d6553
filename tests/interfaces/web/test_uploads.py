"""Files sent by editors: what is taken, what is refused before it is read, and that nothing is recorded unasked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from starlette.testclient import TestClient

from comity.interfaces.commands.demo import recorded
from comity.interfaces.web import Serving, create_app
from comity.interfaces.web.access import form_token
from comity.register import Register
from tests.interfaces.web.conftest import LIST, UNBOUND, offices
from tests.interfaces.web.signed import Browser, peopled

STORY = b"Toledo adopted an ordinance on Monday that bars police from asking about immigration status.\n"
HEADER = "STATE,LAW ENFORCEMENT AGENCY,TYPE,COUNTY,SUPPORT TYPE,SIGNED,MOA"


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = str(tmp_path_factory.mktemp("sent") / "sent.db")
    recorded(path)
    peopled(path)
    return path


@pytest.fixture(scope="module")
def client(register: str) -> Iterator[TestClient]:
    with TestClient(create_app(Serving(register=register, bounds=UNBOUND)), raise_server_exceptions=False) as opened:
        yield opened


@pytest.fixture
def editor(client: TestClient) -> Browser:
    return Browser(client, "editor")


def send(
    browser: Browser, *files: tuple[str, bytes], what: str = "story", token: str | None = None, **given: str
) -> Any:
    fields = {"token": form_token(browser.secret) if token is None else token, "what": what, **given}
    parts = [("file", (name, data, "application/octet-stream")) for name, data in files]
    return browser.http.post("/uploads", data=fields, files=parts, headers={"Sec-Fetch-Site": "same-origin"})


def settled(browser: Browser, address: str) -> httpx2.Response:
    """The page of an upload, once nothing is at work on it."""
    while browser.get(f"{address}/state").json()["state"] in ("queued", "reading", "recording"):
        pass
    return browser.get(address)


def commits(register: str) -> int:
    with Register.open(register) as opened:
        return opened.head().seq


def sheet(day: str, rows: list[str]) -> tuple[str, bytes]:
    return f"participatingAgencies{day}am.csv", "\n".join([HEADER, *rows]).encode()


def agencies() -> list[str]:
    return [
        f"GEORGIA,{each.name},County,{each.name.partition(' Sheriff')[0]},{model},3/4/2025,link pending"
        for each in offices()
        for model in ("Task Force Model", "Warrant Service Officer")
    ]


def test_a_story_is_sent_previewed_and_recorded(editor: Browser, register: str) -> None:
    before = commits(register)
    answer = send(editor, ("story.txt", STORY), published="2025-03-05", home_state="oh", publisher="Sample Ledger")
    assert answer.status_code == 303
    address = answer.headers["location"]
    assert re.fullmatch(r"/upload/u-[0-9a-f]{16}", address)
    page = settled(editor, address)
    assert "New statements" in page.text and "bars police from asking" in page.text and "Toledo, OH" in page.text
    assert page.headers["cache-control"] == "no-store"
    assert commits(register) == before
    assert "Say why" in editor.send(address, {"act": "record", "reason": " "}).text
    assert editor.send(address, {"act": "record", "reason": "it is what was published"}).status_code == 303
    done = settled(editor, address)
    assert "1 new, 0 put right" in done.text and "it is what was published" in done.text
    assert commits(register) == before + 1
    again = editor.send(address, {"act": "record", "reason": "twice"})
    assert again.status_code == 409 and commits(register) == before + 1


def test_an_edition_and_its_broken_twin(editor: Browser, register: str) -> None:
    before = commits(register)
    address = send(editor, sheet("06172025", agencies()), what=f"list:{LIST}").headers["location"]
    page = settled(editor, address)
    assert "date from file name" in page.text and "begin, 0 are seen again" in page.text
    shifted = [row.partition(",")[2] for row in agencies()]
    twin = send(editor, sheet("06202025", shifted), what=f"list:{LIST}").headers["location"]
    refused = settled(editor, twin)
    assert "Refused:" in refused.text and "<strong>no</strong>" in refused.text and "Decide" not in refused.text
    assert editor.send(twin, {"act": "record", "reason": "all the same"}).status_code == 409
    assert commits(register) == before


def test_several_files_are_several_uploads(editor: Browser) -> None:
    answer = send(
        editor, ("one.txt", STORY.replace(b"Toledo", b"Akron")), ("two.txt", b""), ("../../three.txt", b"\0\1")
    )
    assert answer.headers["location"] == "/uploads"
    page = editor.get("/uploads").text
    for name in ("one.txt", "two.txt", "three.txt"):
        assert f"<bdi>{name}</bdi>" in page
    assert ".." not in re.sub(r"…|\.\.\.", "", page).replace("https://…", "")


@pytest.mark.parametrize(
    ("files", "given", "told"),
    [
        ((), {}, "no file was chosen"),
        ((("a.txt", STORY),), {"what": "list:none"}, "say what it is"),
        ((("a.txt", STORY),), {"published": "the other day"}, "impossible date"),
        ((("a.txt", STORY),), {"home_state": "1!"}, "two letters"),
        ((("a.txt", STORY),), {"url": "javascript:alert(1)"}, "is no address"),
        (tuple((f"{n}.txt", STORY) for n in range(11)), {}, "Too many files"),
    ],
)
def test_what_can_not_be_taken_is_told_and_nothing_is_queued(
    files: tuple[tuple[str, bytes], ...], given: dict[str, str], told: str, editor: Browser
) -> None:
    before = [each.id for each in editor.site.uploads.latest()]
    answer = send(editor, *files, **given)
    assert answer.status_code == 400 and told in answer.text
    assert [each.id for each in editor.site.uploads.latest()] == before  # one of before may be read meanwhile


def test_a_form_that_was_not_made_here_queues_nothing(editor: Browser) -> None:
    before = editor.site.uploads.latest()
    assert send(editor, ("a.txt", STORY), token="0" * 80).status_code == 403
    assert editor.site.uploads.latest() == before


def test_a_stranger_is_refused_before_anything_is_read(client: TestClient) -> None:
    sent = 0

    def body() -> Iterator[bytes]:
        nonlocal sent
        for _ in range(10):
            sent += 1
            yield b"x" * 1000

    stranger = Browser(client)
    headers = {"Content-Length": "10000", "Content-Type": "multipart/form-data; boundary=x"}
    assert stranger.http.post("/uploads", content=body(), headers=headers).status_code == 401


@pytest.mark.parametrize(
    "headers",
    [{"Content-Length": str(2 * 1024**3)}, {"Transfer-Encoding": "chunked"}, {"Content-Length": "many"}],
    ids=["2 GB", "no length", "no number"],
)
def test_what_is_too_large_or_has_no_length_is_refused_by_its_head(headers: dict[str, str], editor: Browser) -> None:
    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    answer = editor.http.post("/uploads", content=iter([b"x"]), headers={**kind, **headers})
    assert answer.status_code == 413 and "too large" in answer.text


def test_a_body_that_is_cut_off_queues_nothing(editor: Browser) -> None:
    before = [each.id for each in editor.site.uploads.latest()]
    body = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nToledo adop'
    headers = {"Content-Type": "multipart/form-data; boundary=x", "Sec-Fetch-Site": "same-origin"}
    answer = editor.http.post("/uploads", content=body, headers=headers)
    assert answer.status_code in (400, 403)
    assert [each.id for each in editor.site.uploads.latest()] == before


@pytest.mark.parametrize("identity", ["u-0000000000000000", "x", "u-..%2f..", "%00"])
def test_an_upload_that_is_not_there(identity: str, editor: Browser) -> None:
    assert editor.get(f"/upload/{identity}").status_code == 404
    assert editor.get(f"/upload/{identity}/state").status_code == 404


def test_uploads_are_for_editors(client: TestClient) -> None:
    assert Browser(client, "reader").get("/uploads").status_code == 403
    assert Browser(client).get("/uploads").headers["location"].startswith("/sign-in")


def test_names_of_files_are_inert_on_the_page(editor: Browser) -> None:
    address = send(editor, ("<script>x</script>\u202etxt.html", b"")).headers["location"]
    text = settled(editor, address).text
    assert "<script>x" not in text and "\u202e" not in text


def test_files_lie_where_only_the_server_reads_them(editor: Browser, register: str) -> None:
    send(editor, ("kept.txt", STORY.replace(b"Toledo", b"Dayton")), published="2025-03-05")
    folder = Path(f"{register}.uploads")
    assert folder.stat().st_mode & 0o077 == 0
    assert all(each.parent.parent == folder for each in folder.rglob("*") if each.is_file())
