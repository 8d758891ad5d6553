"""Backups: the copy is a whole register of its own, with its bytes, and nothing is written over."""

from __future__ import annotations

from pathlib import Path

import pytest

from comity.errors import RegisterError
from comity.register import Register
from tests.register.samples import RULES, Ticking, document, reading, said


def test_a_copy_holds_what_the_register_held_and_verifies(register: Register, tmp_path: Path) -> None:
    home = document(publisher="Alder Ledger")
    register.record(home, reading(home, said(home)), home.text.encode())
    target = tmp_path / "elsewhere" / "copy.db"
    target.parent.mkdir()
    if register.path is None:
        with pytest.raises(RegisterError, match="its own backup"):
            register.backup(target)
        return
    assert register.backup(target) == 1
    later = document("Alder Falls was listed on Wednesday, the agency said. Later.")
    register.record(later, reading(later, said(later)), later.text.encode())
    with Register.open(target, rules=RULES, clock=Ticking("2026-02-01")) as copy:
        assert copy.verify().ok
        assert [each.id for each in copy.documents()] == [home.id]
        assert copy.record(later, reading(later, said(later)), later.text.encode()).outcome == "recorded"
    assert sorted(path.name for path in target.parent.iterdir()) == ["copy.db", "copy.db.captures"]


def test_what_is_there_is_not_written_over(tmp_path: Path) -> None:
    target = tmp_path / "there.db"
    target.write_text("something else", encoding="utf-8")
    with (
        Register.open(tmp_path / "register.db", rules=RULES, clock=Ticking()) as register,
        pytest.raises(RegisterError, match="there already"),
    ):
        register.backup(target)
    assert target.read_text(encoding="utf-8") == "something else"


def test_a_copy_whose_bytes_are_missing_is_found(tmp_path: Path) -> None:
    home = document()
    with Register.open(tmp_path / "register.db", rules=RULES, clock=Ticking()) as register:
        register.record(home, reading(home, said(home)), home.text.encode())
        register.captures.path(home.capture.sha256).unlink()
        assert register.backup(tmp_path / "copy.db") == 0
    with Register.open(tmp_path / "copy.db", rules=RULES, clock=Ticking()) as copy:
        failure = copy.verify().first_failure
        assert failure is not None
        assert failure.why == "is missing"
