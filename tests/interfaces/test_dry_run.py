"""``--dry-run``: what adding would record, as a person and as a program read it; nothing is made or recorded."""

from __future__ import annotations

import json
from pathlib import Path

from tests.interfaces.test_cli import Ran
from tests.interfaces.test_list_commands import FIRST, LIST

STORY = "Toledo adopted an ordinance on Monday that bars police from asking about immigration status.\n"


def test_a_dry_run_tells_and_makes_no_register(tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(STORY, encoding="utf-8")
    register = tmp_path / "comity.db"
    given = ("--published", "2025-03-05", "--home-state", "OH", "--dry-run", "--register", register)
    told = Ran("add", tmp_path / "story.txt", *given)
    assert (told.code, told.err) == (0, "")
    assert "+ policy: Toledo [ocd-division/country:us/state:oh/place:toledo]" in told.out
    assert told.out.endswith("1 new statement (1 recorded); nothing was recorded; without --dry-run it is\n")
    assert not register.exists()
    shown = json.loads(Ran("add", tmp_path / "story.txt", *given, "--json").out)
    assert (shown["outcome"], len(shown["statements"]), shown["document"]["text"]) == ("recorded", 1, "")


def test_what_would_be_refused_is_one_line_and_exit_code_one(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    told = Ran("add", tmp_path / "empty.txt", "--dry-run", "--register", tmp_path / "comity.db")
    assert (told.code, len(told.err.splitlines())) == (1, 1)
    assert "empty.txt: the file is empty" in told.err


def test_a_dry_run_of_an_edition(tmp_path: Path) -> None:
    register = tmp_path / "comity.db"
    told = Ran("list", "add", LIST, FIRST, "--dry-run", "--register", register)
    assert told.code == 0
    assert "edition of 2025-03-31 (date from file name), 3 rows: 3 resolved" in told.out
    assert not register.exists()
    shown = json.loads(Ran("list", "add", LIST, FIRST, "--dry-run", "--json", "--register", register).out)
    assert (shown["opened"], shown["edition"]["accepted"]) == (3, True)
