"""What can't be opened or written: one clear line each, nothing lost."""

from __future__ import annotations

import multiprocessing
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import URL, Engine

from comity.errors import (
    ComityError,
    NewerRegister,
    NotARegister,
    RegisterBusy,
    RegisterError,
    RegisterReadOnly,
    StorageFull,
    UsageError,
)
from comity.model import Document, Reading
from comity.register import Register, dialects, opening
from comity.register.instants import instant
from tests.register.samples import RULES, Ticking, document, reading, said, statement


def made(path: Path, number: int = 1) -> Path:
    """A register with ``number`` documents."""
    with Register.open(path, rules=RULES, clock=Ticking()) as register:
        for each in range(number):
            home = document(f"{each}: Alder Falls was listed on Wednesday, the agency said.")
            register.record(home, reading(home, said(home)), home.text.encode())
    return path


def refusal(path: Path | str, error: type[ComityError], *, create: bool = True) -> ComityError:
    with pytest.raises(error) as caught:
        Register.open(path, rules=RULES, create=create)
    assert "\n" not in str(caught.value)
    return caught.value


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_text("Alder Falls was listed on Wednesday. " * 20)
    refusal(path, NotARegister)
    assert path.read_text().startswith("Alder Falls")
    assert [each.name for each in tmp_path.iterdir()] == ["story.txt"]


def test_a_foreign_database(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE books (title TEXT)")
    refusal(path, NotARegister)
    assert sqlite3.connect(path).execute("SELECT name FROM sqlite_master").fetchall() == [("books",)]


def test_a_database_of_another_program_that_uses_alembic(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE alembic_version (version_num TEXT)")
        other.execute("INSERT INTO alembic_version VALUES ('0001')")
    refusal(path, NotARegister)


@pytest.mark.parametrize("size", [1, 50, 99, 100, 4096, 10_000, -4096])
def test_a_truncated_register(tmp_path: Path, size: int) -> None:
    path = made(tmp_path / "register.db")
    whole = path.read_bytes()
    path.write_bytes(whole[:size])
    with pytest.raises(RegisterError) as caught, Register.open(path, rules=RULES) as register:
        found = register.verify()
        assert not found.ok
        raise NotARegister("damaged")
    assert "\n" not in str(caught.value)


def test_an_empty_file_becomes_a_register(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    path.touch()
    with Register.open(path, rules=RULES) as register:
        assert register.verify().ok


def test_a_register_of_a_later_version(tmp_path: Path) -> None:
    path = made(tmp_path / "register.db")
    with sqlite3.connect(path) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    refusal(path, NewerRegister)


def test_a_folder_and_a_missing_folder(tmp_path: Path) -> None:
    refusal(tmp_path, NotARegister)
    refusal(tmp_path / "none" / "register.db", RegisterError)


def test_a_register_that_must_be_there(tmp_path: Path) -> None:
    refusal(tmp_path / "none.db", RegisterError, create=False)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "url", ["mysql://host/name", "https://host/name", "://", "sqlite://", "~nobody-here/register.db"]
)
def test_an_address_of_something_else(url: str) -> None:
    refusal(url, UsageError)


def test_a_server_that_does_not_answer() -> None:
    pytest.importorskip("psycopg")
    refusal("postgresql://127.0.0.1:1/register", RegisterError)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_can_not_be_written(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    path = made(tmp_path / "in" / "register.db")
    path.chmod(0o444)
    path.parent.chmod(0o555)
    try:
        read_only_reads_but_does_not_write(path)
        refusal(path.parent / "new.db", RegisterReadOnly)
    finally:
        path.parent.chmod(0o755)


def test_a_register_that_can_only_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The seam: the engine that may write is refused, as on a read-only file system."""
    path = made(tmp_path / "register.db")
    genuine = dialects.engine_for

    def reads_only(url: URL, **more: bool) -> Engine:
        return genuine(url, read_only=True)

    monkeypatch.setattr(opening, "engine_for", reads_only)
    read_only_reads_but_does_not_write(path)


def read_only_reads_but_does_not_write(path: Path) -> None:
    with Register.open(path, rules=RULES) as register:
        assert len(register.beliefs()) == 1
        assert register.verify().ok
        with pytest.raises(RegisterReadOnly) as caught:
            register.retract(register.beliefs()[0].statement.id, reason="none")
        assert "\n" not in str(caught.value)
        assert len(register.beliefs()) == 1


def test_a_full_disk_leaves_whole_what_was_recorded(tmp_path: Path) -> None:
    path = made(tmp_path / "register.db", 3)
    with Register.open(path, rules=RULES, clock=Ticking("2026-02-01")) as register:
        raw: Any = register._connection.connection.driver_connection
        pages = raw.execute("PRAGMA page_count").fetchone()[0]
        raw.execute(f"PRAGMA max_page_count={pages + 2}")
        register._connection.rollback()
        long = document("Alder Falls was listed on Wednesday, the agency said. " + os.urandom(60_000).hex())
        with pytest.raises(StorageFull) as caught:
            register.record(long, reading(long, said(long)), long.text.encode())
        assert "\n" not in str(caught.value)
        assert len(register.beliefs()) == 3
        assert register.verify().ok
        raw.execute("PRAGMA max_page_count=1000000")
        assert register.record(long, reading(long, said(long)), long.text.encode()).outcome == "recorded"
        assert register.verify().ok


def test_ctrl_c_half_way_leaves_whole_what_was_recorded(tmp_path: Path) -> None:
    path = made(tmp_path / "register.db", 2)

    def interrupted() -> Iterator[tuple[Document, Reading, bytes]]:
        for each in range(5):
            if each == 3:
                raise KeyboardInterrupt
            home = document(f"{each} new: Alder Falls was listed on Wednesday, the agency said.")
            yield home, reading(home, said(home)), home.text.encode()

    with Register.open(path, rules=RULES, clock=Ticking("2026-02-01")) as register:
        with pytest.raises(KeyboardInterrupt):
            register.record_all(interrupted())
        assert len(register.beliefs()) == 2
        home = document()
        assert register.record(home, reading(home, said(home)), home.text.encode()).outcome == "recorded"
        assert register.verify().ok


def test_another_writer_that_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = made(tmp_path / "register.db")
    monkeypatch.setattr(dialects, "PATIENCE_MS", 50)
    home = document()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with Register.open(path, rules=RULES, clock=Ticking("2026-02-01")) as register:
        with pytest.raises(RegisterBusy):
            register.record(home, reading(home, said(home)), home.text.encode())
        assert len(register.beliefs()) == 1
        other.execute("ROLLBACK")
        assert register.record(home, reading(home, said(home)), home.text.encode()).outcome == "recorded"
    other.close()


def test_a_clock_that_is_set_back(tmp_path: Path) -> None:
    path = made(tmp_path / "register.db")
    home = document()
    with Register.open(path, rules=RULES, clock=lambda: instant("2025-12-01")) as register:
        with pytest.raises(RegisterError, match="clock"):
            register.record(home, reading(home, said(home)), home.text.encode())
        assert len(register.beliefs()) == 1


def test_a_clock_that_stands_still_still_orders_the_log(tmp_path: Path) -> None:
    with Register.open(tmp_path / "register.db", rules=RULES, clock=lambda: instant("2026-01-01")) as register:
        for each in range(3):
            home = document(f"{each}: Alder Falls was listed on Wednesday, the agency said.")
            register.record(home, reading(home, said(home)), home.text.encode())
        assert [each.at for each in register.log()] == [
            "2026-01-01T00:00:00Z",
            "2026-01-01T00:00:00.000001Z",
            "2026-01-01T00:00:00.000002Z",
        ]


def add_many(where: str, captures: Path, first: int) -> None:
    with Register.open(where, rules=RULES, captures=captures) as register:
        for each in range(first, first + 12):
            home = document(f"{each}: Alder Falls was listed on Wednesday, the agency said.")
            register.record(home, reading(home, said(home), statement(home)), home.text.encode())


def test_writers_side_by_side_leave_what_one_would(where: str, tmp_path: Path) -> None:
    captures = tmp_path / "captures"
    Register.open(where, rules=RULES, captures=captures).close()
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=add_many, args=(where, captures, 6 * each)) for each in range(3)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    with Register.open(where, rules=RULES, captures=captures) as register:
        assert [writer.exitcode for writer in writers] == [0, 0, 0]
        assert len(register.documents()) == 24
        assert len(register.beliefs()) == 48
        assert len(register.log()) == 24
        assert register.verify().ok
