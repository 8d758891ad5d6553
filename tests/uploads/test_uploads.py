"""The queue of uploads and what reads it: states, decisions, bad files, and a server that is stopped half way."""

from __future__ import annotations

import hashlib
import io
import os
import signal
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest

from comity import vocabulary
from comity.errors import DecisionRefused, InputError, UsageError
from comity.register import Register, rules_of
from comity.register.instants import instant
from comity.uploads import Limits, Upload, Uploads, Worker, clean_name
from comity.uploads.store import STALE
from tests.interfaces.test_list_commands import FIRST, LIST
from tests.register.conftest import fresh, server, template, where

__all__ = ["fresh", "server", "template", "where"]  # fixtures

STORY = b"Toledo adopted an ordinance on Monday that bars police from asking about immigration status.\n"
GIVEN = {"published": "2025-03-05", "home_state": "OH", "publisher": "Sample Ledger"}
WHO = {"author": "E. Sample", "reason": "looked at the preview"}


class Now:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.at = instant("2026-01-01T00:00:00Z")

    def __call__(self) -> int:
        return self.at


@pytest.fixture
def register(where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)  # where PostgreSQL's registers keep captured bytes
    Register.open(where, rules=rules_of(vocabulary.load().predicates)).close()
    return where


@pytest.fixture
def now() -> Now:
    return Now()


@pytest.fixture
def uploads(register: str, now: Now) -> Iterator[Uploads]:
    opened = Uploads.open(register, clock=now, limits=Limits(seconds=60, open=3))
    yield opened
    opened.close()


Send = Callable[..., Upload]


@pytest.fixture
def send(uploads: Uploads, tmp_path: Path) -> Send:
    def sent(data: bytes, name: str = "story.txt", list_name: str | None = None, **given: str) -> Upload:
        file = tmp_path / "spooled"
        file.write_bytes(data)
        kind: Literal["edition", "story"] = "edition" if list_name else "story"
        about = given or ({} if list_name else GIVEN)
        return uploads.add(
            file, clean_name(name), kind=kind, list_name=list_name, given=about, account="editor",
            author="E. Sample", sha256=hashlib.sha256(data).hexdigest(),
        )  # fmt: skip

    return sent


def worked(uploads: Uploads, register: str, *program: str) -> Upload:
    """The next upload, after a worker was at it."""
    worker = Worker(uploads, str(register), program=program)
    claimed = uploads.claim("w")
    assert claimed is not None
    worker.work(claimed)
    return uploads.get(claimed.id)


def beliefs(register: str) -> int:
    with Register.open(register) as opened:
        assert opened.verify().ok
        return len(opened.beliefs())


def test_a_story_is_previewed_recorded_on_a_decision_and_gone(uploads: Uploads, send: Send, register: str) -> None:
    sent = send(STORY)
    assert sent.state == "queued" and uploads.path(sent).read_bytes() == STORY
    assert uploads.path(sent).parent.stat().st_mode & 0o077 == 0
    found = worked(uploads, register)
    assert found.state == "previewed" and found.preview is not None
    assert (found.preview["outcome"], found.preview["new"]) == ("recorded", 1)
    assert beliefs(register) == 0
    assert uploads.claim("w") is None
    uploads.record(sent.id, **WHO)
    done = worked(uploads, register)
    assert (done.state, done.progress) == ("done", "recorded: 1 new, 0 put right, 0 there already")
    assert beliefs(register) == 1
    assert list(uploads.folder.iterdir()) == []
    with Register.open(register) as opened:
        (entry,) = opened.log()
        (paper,) = opened.documents()
    assert (entry.detail["author"], entry.detail["reason"]) == ("E. Sample", "looked at the preview")
    assert (paper.path, paper.publisher) == ("story.txt", "Sample Ledger")


def test_what_is_discarded_leaves_nothing(uploads: Uploads, send: Send, register: str) -> None:
    sent = send(STORY)
    worked(uploads, register)
    done = uploads.discard(sent.id, author="E. Sample", reason="the wrong file")
    assert done.state == "discarded" and done.decided is not None and done.decided["reason"] == "the wrong file"
    assert list(uploads.folder.iterdir()) == []
    with pytest.raises(DecisionRefused):
        uploads.record(sent.id, **WHO)
    assert beliefs(register) == 0


def test_a_decision_needs_a_reason_and_something_previewed(uploads: Uploads, send: Send) -> None:
    sent = send(STORY)
    with pytest.raises(UsageError):
        uploads.record(sent.id, author="E. Sample", reason=" ")
    with pytest.raises(DecisionRefused):
        uploads.record(sent.id, **WHO)
    with pytest.raises(UsageError):
        uploads.get("u-none")


def test_an_edition_and_its_broken_twin(uploads: Uploads, send: Send, register: str) -> None:
    sent = send(FIRST.read_bytes(), FIRST.name, LIST)
    found = worked(uploads, register)
    assert found.preview is not None and (found.preview["opened"], found.preview["rows"]) == (3, 3)
    assert all(check["ok"] for check in found.preview["edition"]["checks"])
    uploads.record(sent.id, **WHO)
    assert worked(uploads, register).state == "done"
    twin = b"\n".join(row.partition(b",")[2] for row in FIRST.read_bytes().splitlines())
    send(twin, "register-30.06.2025.csv", LIST)
    refused = worked(uploads, register)
    assert refused.state == "refused" and refused.refused is not None
    assert [check["name"] for check in refused.refused["checks"] if not check["ok"]]
    assert beliefs(register) == 3
    with Register.open(register) as opened:
        assert opened.refused() == ()


def test_what_changed_meanwhile_is_previewed_again(uploads: Uploads, send: Send, register: str) -> None:
    first, second = send(STORY), send(STORY, "again.txt")
    worked(uploads, register)
    worked(uploads, register)
    uploads.record(first.id, **WHO)
    worked(uploads, register)
    uploads.record(second.id, **WHO)
    found = worked(uploads, register)
    assert found.state == "previewed" and "look again" in found.progress and found.decided is None
    assert found.preview is not None and (found.preview["outcome"], found.preview["new"]) == ("repeated", 0)


def bomb() -> bytes:
    """A workbook whose one sheet inflates to 400 MB."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for _ in range(400):
                sheet.write(b" " * 1_000_000)
    return file.getvalue()


def pdf_bomb() -> bytes:
    """A PDF that says it has a page whose content inflates to 300 MB of letters."""
    import zlib

    packer = zlib.compressobj(9)
    stream = b"".join([packer.compress(b"BT /F1 9 Tf (" + b"a" * 999_980 + b") Tj ET\n") for _ in range(300)])
    stream += packer.flush()
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R "
        b"/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(stream), stream),
    ]
    out, places = b"%PDF-1.7\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = len(out)
    out += b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % at for at in places)
    return out + b"trailer << /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % table


@pytest.mark.parametrize(
    ("name", "data", "list_name", "told"),
    [
        ("empty.txt", b"", None, "the file is empty"),
        ("story.xlsx", STORY, None, "not a workbook"),
        ("story.xlsx", STORY, LIST, "not a workbook"),
        ("picture.html", b"\x89PNG\r\n\x1a\n" + bytes(64), None, "a PNG image"),
        ("program.txt", b"\x7fELF" + bytes(64), None, "a program"),
        ("list.csv", b"state,county\nOhio,Lucas\n", None, "a table, not a text"),
        ("bomb.xlsx", bomb(), LIST, ""),
        ("bomb.xlsx", bomb(), None, ""),
        ("bomb.pdf", pdf_bomb(), None, ""),
        ("deep.html", b"<html><body>" + b"<div>" * 200_000 + b"Words.", None, ""),
    ],
)
def test_a_bad_file_is_one_line_and_nothing_is_left(
    name: str, data: bytes, list_name: str | None, told: str, uploads: Uploads, send: Send, register: str
) -> None:
    assert len(data) < 20_000_000
    send(data, name, list_name)
    found = worked(uploads, register)
    assert found.state == "refused" and found.refused is not None
    assert told in found.refused["message"] and "\n" not in found.refused["message"]
    assert "Error" not in found.refused["message"]
    assert list(uploads.folder.iterdir()) == [] and beliefs(register) == 0


@pytest.mark.parametrize(
    ("program", "told"),
    [
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "breaks the reader"),
        ("raise SystemExit(3)", "breaks the reader"),
        ("print('{\"end\": ')", "breaks the reader"),
    ],
)
def test_a_process_that_breaks_is_a_refusal(
    program: str, told: str, uploads: Uploads, send: Send, register: str
) -> None:
    send(STORY)
    found = worked(uploads, register, sys.executable, "-c", program)
    assert found.state == "refused" and found.refused is not None and told in found.refused["message"]


def test_a_process_that_takes_too_long_is_killed(
    register: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("comity.uploads.worker._GRACE", 0.3)
    uploads = Uploads.open(register, limits=Limits(seconds=0.2))
    file, marker = tmp_path / "spooled", tmp_path / "pid"
    file.write_bytes(STORY)
    uploads.add(file, "story.txt", kind="story", given={}, account="e", author="E", sha256="")
    program = f"import os, time; open({str(marker)!r}, 'w').write(str(os.getpid())); time.sleep(600)"
    found = worked(uploads, register, sys.executable, "-c", program)
    assert found.refused is not None and "takes more than 0.2 seconds" in found.refused["message"]
    with pytest.raises(ProcessLookupError):
        os.kill(int(marker.read_text()), signal.SIGKILL)
    uploads.close()


def test_memory_is_bounded(register: str, tmp_path: Path) -> None:
    uploads = Uploads.open(register, limits=Limits(memory=120_000_000))
    file = tmp_path / "spooled"
    file.write_bytes(STORY)
    uploads.add(file, "story.txt", kind="story", given={}, account="e", author="E", sha256="")
    found = worked(uploads, register)
    assert found.state == "refused" and found.refused is not None and "takes too much" in found.refused["message"]
    uploads.close()


def test_what_a_stopped_server_left_is_taken_again_but_not_for_ever(uploads: Uploads, send: Send, now: Now) -> None:
    sent = send(STORY)
    for _ in range(3):
        taken = uploads.claim("one")
        assert taken is not None and taken.state == "reading"
        assert uploads.claim("two") is None
        now.at += STALE + 1
    assert uploads.claim("two") is None
    found = uploads.get(sent.id)
    assert found.state == "refused" and found.refused is not None and "several times" in found.refused["message"]


def test_a_worker_reads_what_comes_and_gives_back_what_it_leaves(uploads: Uploads, send: Send, register: str) -> None:
    sent = send(STORY)
    sleeping = Worker(uploads, str(register), program=(sys.executable, "-c", "import time; time.sleep(600)"))
    sleeping.start()
    while uploads.get(sent.id).state == "queued":
        pass
    sleeping.close()
    assert uploads.get(sent.id).state == "reading"
    worker = Worker(uploads, str(register))
    worker.start()
    while uploads.get(sent.id).state == "reading":
        pass
    worker.close()
    assert uploads.get(sent.id).state == "previewed"


def test_only_so_many_wait(uploads: Uploads, send: Send) -> None:
    for _ in range(3):
        send(STORY)
    with pytest.raises(InputError) as caught:
        send(STORY)
    assert "3 uploads wait already" in str(caught.value)
    assert len(list(uploads.folder.iterdir())) == 3


def test_what_is_old_is_forgotten(uploads: Uploads, send: Send, register: str, now: Now) -> None:
    sent = send(b"")
    worked(uploads, register)
    (uploads.folder / "u-left").mkdir()
    os.utime(uploads.folder / "u-left", (0, 0))
    uploads.tidy()
    assert [each.id for each in uploads.latest()] == [sent.id] and not (uploads.folder / "u-left").exists()
    now.at += 91 * 86_400_000_000
    uploads.tidy()
    assert uploads.latest() == ()


@pytest.mark.parametrize(
    ("given", "clean"),
    [
        ("participatingAgencies06202025am.xlsx", "participatingAgencies06202025am.xlsx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\list.csv", "list.csv"),
        ("..", "unnamed"),
        ("", "unnamed"),
        (".htaccess", "htaccess"),
        ("a\x00b\n\x1b[31m.txt", "ab[31m.txt"),
        ("evil\u202etxt.exe", "eviltxt.exe"),
        ("/", "unnamed"),
        ("x" * 5000 + ".pdf", "x" * 116 + ".pdf"),
        ("é" * 200 + ".html", "é" * 57 + ".html"),
        ("half\ud800.txt", "half?.txt".replace("?", "")),
        (".xlsx", "xlsx"),
    ],
)
def test_a_name_is_a_name_and_no_path(given: str, clean: str) -> None:
    assert clean_name(given) == clean
