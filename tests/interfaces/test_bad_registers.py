"""Registers and questions that can't be: every command says so in one line, with its exit code, and changes nothing."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from comity.interfaces.cli import app
from comity.register import dialects
from tests.views.samples import FIRST, SECOND, add, opened

ASKING = [
    ("show", "Toledo, OH"),
    ("changes",),
    ("conflicts",),
    ("export", "--format", "csv"),
    ("verify",),
    ("proof", "st-12345678"),
    ("seal", "sha256:1234", "--ground", "court", "--reason", "r"),
    ("list", "show", "us-287g-pending"),
    ("list", "changes", "us-287g-pending"),
]

DATED = [("show", "Toledo, OH"), ("changes",), ("conflicts",), ("export", "--format", "csv")]


def run(*words: str | Path) -> tuple[int, str, list[str]]:
    result = CliRunner().invoke(app, [str(word) for word in words])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.stdout, result.stderr.splitlines()


@pytest.fixture
def register(tmp_path: Path) -> Path:
    with opened(tmp_path) as made:
        add(made, FIRST, SECOND)
    return tmp_path / "register.db"


def foreign(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("CREATE TABLE books (title TEXT)")


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:3000])


def missing(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize("command", ASKING, ids=lambda words: " ".join(words[:2]))
@pytest.mark.parametrize("spoil", [foreign, newer, truncated, missing])
def test_a_register_that_is_none(spoil: object, command: tuple[str, ...], register: Path) -> None:
    spoil(register)  # type: ignore[operator]
    before = register.read_bytes() if register.exists() else None
    code, out, errors = run(*command, "--register", register)
    assert (code, out, len(errors)) == (1, "", 1), errors
    assert "register.db" in errors[0]
    assert (register.read_bytes() if register.exists() else None) == before


@pytest.mark.parametrize("day", ["0000-01-01", "10000-01-01", "2025-02-30", "yesterday", ""])
@pytest.mark.parametrize("option", ["--as-of", "--known"])
@pytest.mark.parametrize(
    "command", [("show", "Toledo, OH"), ("changes",), ("conflicts",), ("export", "--format", "csv")]
)
def test_a_day_that_is_none_is_wrong_use(command: tuple[str, ...], option: str, day: str, register: Path) -> None:
    code, out, errors = run(*command, option, day, "--register", register)
    assert (code, out, len(errors)) == (2, "", 1), errors


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "9999-12-31T23:59:59Z"])
@pytest.mark.parametrize("option", ["--as-of", "--known"])
@pytest.mark.parametrize(
    "command", [("show", "Toledo, OH"), ("changes",), ("conflicts",), ("export", "--format", "csv")]
)
def test_the_first_and_the_last_day_are_days(command: tuple[str, ...], option: str, day: str, register: Path) -> None:
    code, _, errors = run(*command, option, day, "--register", register)
    assert (code, errors) == (0, [])


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (("proof", "st-ffffffff"), 1),
        (("proof", "nothing"), 1),
        (("proof",), 2),
        (("seal", "sha256:ffffffff", "--ground", "court", "--reason", "r"), 1),
        (("seal", "sha256:ffffffff", "--ground", "whim", "--reason", "r"), 2),
        (("conflicts", "Nowhere at all"), 1),
        (("export", "--format", "xls"), 2),
        (("export", "--format", "parquet"), 2),
        (("changes", "--feed", "rss"), 2),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_is_not_there_or_not_possible(command: tuple[str, ...], code: int, register: Path) -> None:
    found, out, errors = run(*command, "--register", register)
    assert (found, out, len(errors)) == (code, "", 1), errors


@pytest.mark.parametrize("content", [b"", b"{}", b"not json", b'{"comity_proof": 9}'])
def test_a_file_that_is_no_proof(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "proof.json"
    file.write_bytes(content)
    code, out, errors = run("proof", "--check", file, "--bytes", file)
    assert (code, out, len(errors)) == (1, "", 1)


def test_a_second_writer_is_told_to_wait(register: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dialects, "PATIENCE_MS", 50)
    with opened(register.parent, day="2026-02-01") as reader:
        name = reader.documents()[0].id
    other = sqlite3.connect(register, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    code, _, errors = run("seal", name, "--ground", "court", "--reason", "r", "--register", register)
    other.close()
    assert (code, len(errors)) == (1, 1)
    assert "another writer" in errors[0]
    assert run("verify", "--register", register)[0] == 0


def test_a_clock_that_is_set_back_is_told(register: Path) -> None:
    with opened(register.parent, day="2100-01-01") as ahead:
        add(ahead, ("Third Sample", "2025-03-07", "About 50 people rallied against ICE in Toledo on Monday.\n"))
        name = ahead.documents()[0].id
    code, _, errors = run("seal", name, "--ground", "court", "--reason", "r", "--register", register)
    assert (code, len(errors)) == (1, 1)
    assert "clock" in errors[0]
