"""The migrations make the tables, and nothing else does."""

from __future__ import annotations

import sqlite3
import tarfile
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from scripts.store_register import STORED, fill
from sqlalchemy import URL, Engine

from comity.accounts.tables import metadata as accounts
from comity.errors import RegisterReadOnly
from comity.register import Register, dialects, migrations, opening
from comity.register.tables import metadata
from comity.replies.tables import metadata as replies
from comity.uploads.tables import metadata as uploads
from comity.webhooks.tables import metadata as webhooks
from tests.register.samples import RULES, Ticking

EVERY: Any = [metadata, accounts, replies, uploads, webhooks]  # the register's, and those beside it


def test_the_migrations_make_the_tables_that_the_code_asks(register: Register) -> None:
    context = MigrationContext.configure(register._connection)
    assert compare_metadata(context, EVERY) == []


def test_the_versions_are_known_without_alembic() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    config.set_main_option("path_separator", "os")
    steps = [step.revision for step in ScriptDirectory.from_config(config).walk_revisions()]
    assert tuple(reversed(steps)) == migrations.KNOWN


def unpacked(version: str, folder: Path) -> Path:
    """A register as the code of that version wrote it."""
    with tarfile.open(STORED / f"{version}.tar.gz") as archive:
        archive.extractall(folder, filter="data")
    return folder / "register.db"


def test_a_register_of_every_version_is_stored() -> None:
    assert {path.name.split(".")[0] for path in STORED.iterdir()} == set(migrations.KNOWN)


@pytest.mark.parametrize("version", migrations.KNOWN)
def test_an_earlier_register_is_brought_up_to_date_with_all_that_it_holds(version: str, tmp_path: Path) -> None:
    path = unpacked(version, tmp_path)
    with (
        Register.open(tmp_path / "new.db", rules=RULES, clock=Ticking()) as new,
        Register.open(path, rules=RULES, clock=Ticking("2026-03-01")) as old,
    ):
        fill(new)
        assert migrations.current(old._connection) == migrations.HEAD
        old._connection.rollback()
        assert old.verify().ok
        assert old.beliefs() == new.beliefs()
        assert old.beliefs(known="2026-01-01T02:00:00Z") == new.beliefs(known="2026-01-01T02:00:00Z")
        assert (old.decisions(), old.changes(), old.editions()) == (new.decisions(), new.changes(), new.editions())
        old.decide("reject", old.beliefs()[0].statement.id, author="A", reason="r")
        assert old.verify().ok
        context = MigrationContext.configure(old._connection)
        assert compare_metadata(context, EVERY) == []


def test_an_earlier_register_that_can_only_be_read_says_so_and_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The seam: the engine that may write is refused, as on a read-only file system."""
    path = unpacked("0001", tmp_path)
    before = path.read_bytes()
    genuine = dialects.engine_for

    def reads_only(url: URL, **more: bool) -> Engine:
        return genuine(url, read_only=True)

    monkeypatch.setattr(opening, "engine_for", reads_only)
    with pytest.raises(RegisterReadOnly) as caught:
        Register.open(path, rules=RULES)
    assert "\n" not in str(caught.value)
    assert path.read_bytes() == before


def rows(path: Path, query: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(path) as raw:
        return raw.execute(query).fetchall()


def test_the_views_of_the_file_answer_in_plain_sql(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    with Register.open(path, rules=RULES, clock=Ticking()) as register:
        fill(register)
    assert rows(path, "SELECT name, predicate, since, until, publisher, exact, review FROM current_statements "
                      "WHERE list IS NULL ORDER BY exact") == [
        ("Alder Falls", "designation", "2025-05-28", None, "Alder Ledger",
         "Alder Falls was listed on Wednesday, the agency said", "accepted"),
        ("Alder Falls", "designation", None, None, "Alder Ledger", "Birch County was not", "machine"),
    ]  # fmt: skip
    assert rows(path, "SELECT name, value ->> 'status', since, statements, accounts FROM current_status "
                      "WHERE predicate = 'designation'") == [("Alder Falls", "listed", "2025-05-28", 2, 1)]  # fmt: skip
    assert rows(path, "SELECT list, kind, date, name, edition FROM list_changes ORDER BY learned, name") == [
        ("partners", "left", "2025-06-01", "Elm Police Department", "partners-2025-06-01.csv"),
        ("partners", "withdrawn", "2025-07-01", "Oak County Sheriff", None),
    ]
