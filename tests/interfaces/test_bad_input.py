"""Bad input at the command line: one clear line each, nothing lost, and the rest of the batch goes on."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from comity import documents
from comity.interfaces.cli import app, main
from comity.register import dialects, opening

GOOD = "Toledo adopted an ordinance on Monday that bars police from asking about immigration status.\n"
# a test that runs in the background inherits that the signal is ignored; a program on a terminal doesn't
PROGRAM = """import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
from comity.interfaces.cli import main
main()"""
GIVEN = ("--published", "2025-03-05", "--home-state", "OH")


def run(*words: str | Path) -> tuple[int, str, list[str]]:
    result = CliRunner().invoke(app, [str(word) for word in words])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.stdout, result.stderr.splitlines()


def folder_of(tmp_path: Path, count: int) -> Path:
    folder = tmp_path / "stories"
    folder.mkdir()
    for number in range(count):
        (folder / f"{number:03}.txt").write_text(GOOD.replace("Monday", f"March {number % 28 + 1}"), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("empty.txt", b"", "empty"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, ""),
        ("encoding.txt", "Киев, Харьков и Львов".encode("cp1251"), "encoding"),
        ("menu.html", b"<html><body><nav>Home</nav></body></html>", "article"),
        ("large.html", b"<html><body>" + b"<p>Words and words again.</p>" * 1_800_000, "more than"),
        ("deep.html", b"<html><body>" + b"<div>" * 100_000 + b"Words.", "more than"),
        ("broken.pdf", b"%PDF-1.7\n" + b"x" * 500, "PDF"),
        ("list.csv", b"state,county\nOhio,Lucas\n", "table"),
    ],
)
def test_a_bad_file_is_refused_alone(name: str, data: bytes, told: str, tmp_path: Path) -> None:
    folder = folder_of(tmp_path, 1)
    (folder / name).write_bytes(data)
    code, out, errors = run("add", folder, *GIVEN, "--register", tmp_path / "register.db")
    assert (code, len(errors)) == (1, 1)
    assert name in errors[0]
    assert told in errors[0]
    assert "1 recorded, 1 refused" in out


@pytest.mark.parametrize("text", ["", "path;publisher\n", '{"path": 3}\n', "path,published\nx.txt,the other day\n"])
def test_a_bad_manifest_is_one_line(text: str, tmp_path: Path) -> None:
    manifest = tmp_path / ("rows.jsonl" if text.startswith("{") else "rows.csv")
    manifest.write_text(text, encoding="utf-8")
    code, out, errors = run("read", "--manifest", manifest)
    assert (code, out, len(errors)) == (1, "", 1)
    assert manifest.name in errors[0]


def test_a_missing_manifest_is_one_line(tmp_path: Path) -> None:
    code, out, errors = run("read", "--manifest", tmp_path / "none.csv")
    assert (code, out, len(errors)) == (1, "", 1)


@pytest.mark.parametrize("day", ["2025-02-30", "0000-01-01", "soon", "2025-13"])
def test_an_impossible_date_is_wrong_use(day: str, tmp_path: Path) -> None:
    code, _, errors = run("read", tmp_path / "x.txt", "--published", day)
    assert (code, len(errors)) == (2, 1)
    assert "impossible date" in errors[0]


@pytest.mark.parametrize("command", [("show", "Toledo, OH"), ("verify",), ("list", "show", "us-287g-pending")])
def test_a_file_that_is_no_register_is_one_line_for_every_command(command: tuple[str, ...], tmp_path: Path) -> None:
    wrong = tmp_path / "notes.db"
    wrong.write_bytes(b"these are notes" * 100)
    code, _, errors = run(*command, "--register", wrong)
    assert (code, len(errors)) == (1, 1)
    assert "notes.db" in errors[0]


def test_a_folder_that_can_only_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The seam: the engine that may write is refused, as on a read-only file system; root may write elsewhere."""
    register = tmp_path / "register.db"
    folder = folder_of(tmp_path, 1)
    assert run("add", folder, *GIVEN, "--register", register)[0] == 0
    (folder / "new.txt").write_text(
        "Dayton adopted an ordinance that bars police from asking about immigration status.\n"
    )
    genuine = dialects.engine_for

    def reads_only(url: Any, **more: bool) -> Any:
        return genuine(url, read_only=True)

    monkeypatch.setattr(opening, "engine_for", reads_only)
    code, _, errors = run("add", folder, *GIVEN, "--register", register)
    assert (code, len(errors)) == (1, 1)
    assert "1 of 2 files recorded whole, the rest not at all" in errors[0]
    assert run("show", "Toledo, OH", "--register", register)[0] == 0


def test_a_full_disk_is_said_and_the_same_command_finishes_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The seam: the third file of captured bytes finds no space."""
    folder, register = folder_of(tmp_path, 3), tmp_path / "register.db"
    genuine, calls = tempfile.mkstemp, [0]

    def full(**more: Any) -> tuple[int, str]:
        calls[0] += 1
        if calls[0] == 3:
            raise OSError(errno.ENOSPC, "No space left on device")
        return genuine(**more)

    with monkeypatch.context() as patch:
        patch.setattr(tempfile, "mkstemp", full)
        code, _, errors = run("add", folder, *GIVEN, "--register", register)
    assert (code, len(errors)) == (1, 1)
    assert "2 of 3 files recorded whole, the rest not at all" in errors[0]
    assert run("verify", "--register", register)[0] == 0
    code, out, errors = run("add", folder, *GIVEN, "--register", register)
    assert (code, errors) == (0, [])
    assert "(1 recorded, 2 repeated)" in out


def test_stopped_half_way_it_says_what_is_recorded_and_goes_on_when_called_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The seam: the interrupt comes while the third file is read."""
    folder, register = folder_of(tmp_path, 3), tmp_path / "register.db"
    genuine = documents.load

    def interrupted(path: str, *more: Any) -> Any:
        if path.endswith("002.txt"):
            raise KeyboardInterrupt
        return genuine(path, *more)

    with monkeypatch.context() as patch:
        patch.setattr(documents, "load", interrupted)
        code, _, errors = run("add", folder, *GIVEN, "--register", register)
    assert (code, len(errors)) == (130, 1)
    assert "2 of 3 files recorded whole, the rest not at all" in errors[0]
    assert run("verify", "--register", register)[0] == 0
    assert "(1 recorded, 2 repeated)" in run("add", folder, *GIVEN, "--register", register)[1]


def test_ctrl_c_on_a_terminal_stops_all_processes_in_one_line(tmp_path: Path) -> None:
    folder, register = folder_of(tmp_path, 120), tmp_path / "register.db"
    words = [
        sys.executable,
        "-c",
        PROGRAM,
        "add",
        str(folder),
        *GIVEN,
        "--json",
    ]
    with subprocess.Popen(
        [*words, "--register", str(register)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={**os.environ, "COMITY_WORKERS": "2", "PYTHONUNBUFFERED": "1"},
    ) as running:
        assert running.stdout is not None
        first = running.stdout.readline()
        os.killpg(running.pid, signal.SIGINT)
        out, errors = running.communicate()
    assert running.returncode == 130
    assert len(errors.splitlines()) == 1
    told = len((first + out).splitlines())
    recorded = int(errors.split(" of 120 files recorded whole")[0].rsplit(" ", 1)[1])
    assert 0 < told <= recorded <= told + 1 < 120  # the last one may be recorded and not told of yet
    assert run("verify", "--register", register)[0] == 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["frobnicate"], "No such command"),
        (["read", "--bogus"], "No such option"),
        (["show"], "Missing parameter"),
        (["read", "--published"], "requires an argument"),
        (["list", "frobnicate"], "No such command"),
    ],
)
def test_a_call_that_is_not_understood_is_one_line(
    words: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    error = capsys.readouterr().err
    assert ended.value.code == 2
    assert len(error.splitlines()) == 1
    assert told in error
    assert "--help" in error


def test_exit_codes_of_the_console_script(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for words, code in ((["version"], 0), (["read", str(tmp_path / "none.txt")], 1), (["read"], 2)):
        with pytest.raises(SystemExit) as ended:
            main(words)
        assert ended.value.code == code
    assert "Traceback" not in capsys.readouterr().err
