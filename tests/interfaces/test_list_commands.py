"""``comity list …``: shapes, exit codes, and one line for what is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from comity.interfaces.cli import app

CLERKS = Path(__file__).parents[1] / "golden" / "lists" / "clerk-register"
LIST = str(CLERKS / "list.yml")
FIRST = CLERKS / "register-31.03.2025.csv"
CHANGE = ["list", "edition", "date", "kind", "facet", "name", "entity", "field", "before", "after", "first_absent",
          "confirmed_by", "evidence", "learned"]  # fmt: skip
ENTRY = ["list", "edition", "row", "printed", "entity", "outcome", "facet", "since", "link"]


@pytest.fixture
def second(tmp_path: Path) -> Path:
    """A later edition: one county gone, one come, one ordinance amended."""
    text = FIRST.read_text(encoding="utf-8")
    rows = [row for row in text.splitlines() if not row.startswith("Orange")]
    rows = [row.replace("24-117,", "24-118,") for row in rows]
    file = tmp_path / "register-30.06.2025.csv"
    file.write_text("\n".join([*rows, "Polk County,Florida,honors all detainers,none,2/3/2025,"]), encoding="utf-8")
    return file


def run(*words: str, register: Path | None = None) -> tuple[int, list[dict[str, Any]], str]:
    given = [*words, "--json"] + (["--register", str(register)] if register else [])
    result = CliRunner().invoke(app, ["list", *given])
    return result.exit_code, [json.loads(row) for row in result.stdout.splitlines()], result.stderr


def test_editions_are_added_shown_and_their_changes_told(tmp_path: Path, second: Path) -> None:
    register = tmp_path / "comity.db"
    code, added, _ = run("add", LIST, str(second), str(FIRST), register=register)
    assert code == 0
    assert [(row["date"], row["rows"], row["outcome"]) for row in added] == [
        ("2025-03-31", 3, "recorded"),
        ("2025-06-30", 3, "recorded"),
    ]
    assert added[1]["changes"] == {"amended": 1, "joined": 1, "unresolved": 1}
    assert added[0]["resolution"] == {"resolved": 3}
    code, told, _ = run("changes", LIST, "--since", "2025-06-01", register=register)
    assert code == 0
    assert [list(row) for row in told] == [CHANGE] * 3
    assert [(row["kind"], row["name"], row["field"], row["before"], row["after"]) for row in told] == [
        ("amended", "Lucas County", "ordinance", "24-117", "24-118"),
        ("unresolved", "Orange Parish", "presence", "printed", "absent"),
        ("joined", "Polk County", None, None, None),
    ]
    code, shown, _ = run("show", LIST, "--as-of", "2025-04-30", register=register)
    assert code == 0
    assert [list(row)[: len(ENTRY)] for row in shown] == [ENTRY] * 3
    assert [row["printed"]["Name of county"] for row in shown] == ["Lucas County", "Orange Parish", "Lafourche County"]


def test_adding_again_changes_nothing_and_says_so(tmp_path: Path) -> None:
    register = ["--register", str(tmp_path / "comity.db")]
    assert CliRunner().invoke(app, ["list", "add", LIST, str(FIRST), *register]).exit_code == 0
    again = CliRunner().invoke(app, ["list", "add", LIST, str(FIRST), *register])
    assert again.exit_code == 0
    assert "nothing changed (1 repeated)" in again.stdout


def test_two_files_are_compared_without_a_register(second: Path) -> None:
    code, told, _ = run("diff", LIST, str(FIRST), str(second))
    assert code == 0
    assert {row["kind"] for row in told} == {"amended", "unresolved", "joined"}
    assert all(list(row) == CHANGE for row in told)


def test_a_refused_edition_is_one_line_and_exit_code_1(tmp_path: Path) -> None:
    page = tmp_path / "register-01.04.2025.xlsx"
    page.write_text("<!DOCTYPE html><html><body>Service unavailable</body></html>", encoding="utf-8")
    code, added, errors = run("add", LIST, str(FIRST), str(page), register=tmp_path / "comity.db")
    assert code == 1
    assert [row["outcome"] for row in added] == ["recorded", "refused"]
    (error,) = (json.loads(row)["error"] for row in errors.splitlines())
    assert error["code"] == "edition_refused"
    assert "HTML page" in error["message"]


def test_a_list_is_withdrawn(tmp_path: Path) -> None:
    register = tmp_path / "comity.db"
    run("add", LIST, str(FIRST), register=register)
    words = ("withdraw", LIST, "--date", "2025-05-01", "--evidence", "https://clerks.example/gone")
    code, told, _ = run(*words, register=register)
    assert (code, told[0]["ended"]) == (0, 3)
    assert run("show", LIST, "--as-of", "2025-05-02", register=register)[1] == []
    assert len(run("show", LIST, "--as-of", "2025-04-30", register=register)[1]) == 3


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["add", "no-such-list", "x.csv"], "no such list"),
        (["add", LIST], "no files given"),
        (["changes", LIST, "--since", "yesterday"], "is no date"),
        (["withdraw", LIST, "--date", "May", "--evidence", "x"], "is no date"),
    ],
)
def test_wrong_use_is_one_line_and_exit_code_2(tmp_path: Path, words: list[str], message: str) -> None:
    result = CliRunner().invoke(app, ["list", *words, "--register", str(tmp_path / "comity.db")])
    assert result.exit_code == 2
    assert message in result.stderr
    assert len(result.stderr.splitlines()) == 1
