"""Any stored value that is changed behind the register's back is found and named."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from comity.register import Checkpoint, Ending, ListChanges, Question, Register, Telling
from comity.register.tables import ORDER, metadata
from tests.register.samples import ALDER, RULES, Ticking, document, edition, reading, said, statement
from tests.register.test_repeats import FIRST_HALF, WHOLE

OAK = ("Oak County Sheriff", "task_force", "2025-02-01")
ELM = ("Elm Police Department", "warrant_service", "")


@pytest.fixture
def full(register: Register) -> Register:
    """A register with something in every table."""
    home, dated = document(publisher="Alder Ledger"), document(published="2025-05-28")
    first = said(home)
    register.record(home, reading(home, first, statement(home, "Birch County was not")), home.text.encode())
    register.record(dated, reading(dated, first), dated.text.encode())
    made, csv = edition([OAK, ELM], "2025-05-01")
    register.record_edition(made, csv, ListChanges(questions=(Question("vanished", "x", {"a": 1}),)), csv.text.encode())
    identity = made.entries[1].statement
    assert identity is not None
    second, csv = edition([OAK], "2025-06-01")
    changed = ListChanges(ended=(Ending(identity.id, "2025-06-01"),))
    register.record_edition(second, csv, changed, csv.text.encode())
    tellings = [
        Telling(made, ListChanges(), printed=[None, identity.id]),  # the first row counts as another's sighting
        Telling(second, changed, printed=[each.statement.id for each in second.entries if each.statement]),
    ]
    register.settle(["partners"], tellings, Checkpoint("1", 2, 0, b"{}"))
    decision = register.decide("accept", first.id, author="A", reason="r")
    register.decide("undo", decision.id, author="A", reason="r")
    register.decide("distinct", ALDER, other="ori:OAK", author="A", reason="r")
    register.withdraw("partners", "2025-07-01")
    gone = document("Alder Falls was listed on Wednesday, the agency said. It names a child.")
    register.record_all([(each, reading(each), each.text.encode()) for each in (WHOLE, FIRST_HALF)])
    register.record(gone, reading(gone, said(gone)), gone.text.encode())
    register.seal(gone.id, "privacy", reason="a child is named", author="A")
    assert register.verify().ok
    return register


KEYS = {
    "log": ("seq",),
    "entries": ("edition", "position"),
    "marks": ("seq", "table"),
    "fingerprints": ("value", "document"),
    "repeats": ("one", "other"),
}
NAMED = ("log", *ORDER, "marks", "fingerprints", "repeats")
COLUMNS = [(name, column.name) for name in NAMED for column in metadata.tables[name].columns]


@pytest.mark.parametrize(("name", "column"), COLUMNS, ids=[f"{name}.{column}" for name, column in COLUMNS])
def test_any_value_of_any_table(full: Register, name: str, column: str) -> None:
    changed = _tampered(full, name, column)
    assert changed, "every table of the sample has rows"
    failure = full.verify().first_failure
    assert failure is not None
    named = failure.where.replace(",", "").split()
    assert named[0] == name, failure
    if column not in KEYS.get(name, ("n",)):
        assert column in named, failure


@pytest.mark.parametrize(
    ("name", "column", "path", "named"),
    [
        ("statements", "body", "$.subject.name", "body.subject"),
        ("statements", "body", "$.value.status", "body.value"),
        ("publications", "body", "$.publisher", "body.publisher"),
        ("editions", "body", "$.name", "body.name"),
        ("beliefs", "note", "$.kind", "note.kind"),
    ],
)
def test_a_field_of_a_json_value_is_named(full: Register, name: str, column: str, path: str, named: str) -> None:
    if not full.path:
        pytest.skip("JSON is changed with SQLite's functions")
    with full._engine.begin() as connection:
        where = f"json_extract({column}, '{path}') IS NOT NULL"
        number = connection.execute(text(f"SELECT max(n) FROM {name} WHERE {where}")).scalar()
        changed = f"json_set({column}, '{path}', 'another')"
        connection.execute(text(f"UPDATE {name} SET {column} = {changed} WHERE n = {number}"))
    failure = full.verify().first_failure
    assert failure is not None
    assert (failure.what, failure.where) == (name, f"{name} {number} {named}")


def test_a_register_without_marks_is_whole_and_still_finds_what_was_changed(full: Register) -> None:
    """As one that an earlier version wrote."""
    with full._engine.begin() as connection:
        connection.execute(text("DELETE FROM marks"))
    assert full.verify().ok
    _tampered(full, "beliefs", "valid_from")
    assert not full.verify().ok


@pytest.mark.parametrize("name", NAMED)
def test_a_row_that_is_taken_away(full: Register, name: str) -> None:
    source = metadata.tables[name]
    key = next(iter(source.primary_key.columns)).name
    with full._engine.begin() as connection:
        connection.execute(text(f'DELETE FROM "{name}" WHERE "{key}" = (SELECT max("{key}") FROM "{name}")'))
    found = full.verify()
    assert not found.ok, name


@pytest.mark.parametrize("name", ORDER)
def test_a_row_that_is_put_in(full: Register, name: str) -> None:
    source = metadata.tables[name]
    columns = [column.name for column in source.columns]
    key = next(iter(source.primary_key.columns)).name
    unique = {"id": "id || 'x'", "key": "key || 'x'", "facet": "facet || 'x'" if name == "facets" else "facet",
              "document": "document + 1000" if name == "seals" else "document"}  # fmt: skip
    values = ", ".join(f'"{key}" + 1000' if each == key else unique.get(each, f'"{each}"') for each in columns)
    names = ", ".join(f'"{each}"' for each in columns)
    with full._engine.begin() as connection:
        connection.execute(text(f'INSERT INTO "{name}" ({names}) SELECT {values} FROM "{name}" LIMIT 1'))
    assert not full.verify().ok, name


def test_a_log_that_was_written_anew_from_some_point_is_a_break_in_the_chain(full: Register) -> None:
    with full._engine.begin() as connection:
        connection.execute(text("UPDATE log SET hash = 'f' || substr(hash, 2) WHERE seq = 2"))
    failure = full.verify().first_failure
    assert failure is not None
    assert (failure.what, failure.where) == ("log", "log 2 hash")


def test_captured_bytes_that_are_gone_or_changed(full: Register) -> None:
    sha256 = hashlib.sha256(document().text.encode()).hexdigest()
    path = full.captures.path(sha256)
    path.write_bytes(b"others")
    failure = full.verify().first_failure
    assert failure is not None and (failure.what, failure.why) == (
        "capture",
        "its bytes are not those that were captured",
    )
    path.unlink()
    failure = full.verify().first_failure
    assert failure is not None and failure.why == "is missing"


def test_what_was_checked_is_counted(full: Register) -> None:
    checked = full.verify().checked
    assert (checked["log"], checked["captures"], checked["documents"], checked["statements"]) == (12, 5, 6, 4)
    assert checked["repeated texts"] == 1
    assert checked["sealed"] == 1


def test_an_empty_register_is_whole(tmp_path: Path) -> None:
    with Register.open(tmp_path / "empty.db", rules=RULES, clock=Ticking()) as register:
        assert register.verify().ok


def _tampered(register: Register, name: str, column: str) -> int:
    """Change one value of one row in a way that the column's type allows; how many rows changed."""
    source = metadata.tables[name]
    key = next(iter(source.primary_key.columns)).name
    kind = str(source.c[column].type).upper()
    new: Any
    if "INT" in kind:
        new = f'coalesce("{column}", 0) + 1' if source.c[column].nullable is False else f'coalesce("{column}" + 1, 1)'
    elif "BLOB" in kind:
        new = "x'00'" if register.path else "'\\x00'::bytea"
    else:
        new = f"coalesce(\"{column}\", '') || ' '"
    with register._engine.begin() as connection:
        done = connection.execute(
            text(f'UPDATE "{name}" SET "{column}" = {new} WHERE "{key}" = (SELECT max("{key}") FROM "{name}")')
        )
        return done.rowcount
