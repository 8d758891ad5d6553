"""``comity list reread``: editions read again as their list is described now, told first and recorded then."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.interfaces.test_cli import Ran

CLERKS = Path(__file__).parents[1] / "golden" / "lists" / "clerk-register"
LIST = CLERKS / "list.yml"
FIRST = CLERKS / "register-31.03.2025.csv"
WHO = ("--author", "R. Clerk", "--reason", "read it")
LUCAS = "Lucas County, OH"


@pytest.fixture
def register(tmp_path: Path) -> Path:
    """A register with an edition that was read by a wrong description: mandates and limits the other way round."""
    wrong, path = tmp_path / "clerk-register.yml", tmp_path / "register.db"
    text = LIST.read_text("utf-8").replace("detainer_limit:", "x:").replace("detainer_mandate:", "detainer_limit:")
    wrong.write_text(text.replace("x:", "detainer_mandate:"), "utf-8")
    assert Ran("list", "add", wrong, FIRST, "--register", path).code == 0
    return path


def kinds(register: Path, name: str = LUCAS, *more: str) -> list[tuple[str, str, str]]:
    (found,) = Ran("show", name, "--json", *more, "--register", register).objects
    facets = json.loads(json.dumps(found))["facets"]
    return [(each["id"], each["value"]["kind"], each["review"]) for facet in facets for each in facet["statements"]]


def test_it_tells_first_and_records_then(register: Path) -> None:
    told = Ran("list", "reread", LIST, "--dry-run", "--register", register)
    assert (told.code, told.err) == (0, "")
    assert "1 edition read as it is described now" in told.out
    assert "superseded (3)" in told.out
    assert "policy: Lucas County: kind detainer mandate -> detainer limit | Lucas County | Ohio" in told.out
    assert told.out.endswith(f"nothing was recorded; comity list reread {LIST} without --dry-run records it\n")
    assert [kind for _, kind, _ in kinds(register)] == ["detainer_mandate"]
    done = Ran("list", "reread", LIST, "--register", register)
    assert done.out.splitlines()[:-1] == told.out.splitlines()[: len(done.out.splitlines()) - 1]
    assert [kind for _, kind, _ in kinds(register)] == ["detainer_limit"]
    assert Ran("list", "reread", LIST, "--register", register).out.endswith("nothing changed\n")
    assert Ran("list", "reread", LIST, "--dry-run", "--register", register).out.endswith("nothing changes\n")
    assert Ran("verify", "--register", register).code == 0


def test_as_json(register: Path) -> None:
    one, total = Ran("list", "reread", LIST, "--dry-run", "--json", "--register", register).objects
    assert " ".join(one) == "list revised gained lost withstood superseded orphaned"
    assert " ".join(total) == "list editions recorded version vocabulary predicates"
    assert (total["recorded"], total["predicates"]) == (False, {"policy": {"superseded": 3}})
    done, total = Ran("list", "reread", LIST, "--json", "--register", register).objects
    assert (done, total["recorded"]) == (one, True)


def test_decisions_go_on_or_are_told(register: Path) -> None:
    ((lucas, _, _),) = kinds(register)
    ((orange, _, _),) = kinds(register, "Orange County, TX")
    Ran("review", "correct", lucas, "--slot", "voice", "--value", "uncertain", *WHO, "--register", register)
    Ran("review", "accept", orange, *WHO, "--register", register)
    told = Ran("list", "reread", LIST, "--register", register)
    assert "decisions carried over (1)" in told.out
    assert "decisions that nothing is left of to bear on (1)" in told.out
    ((now, kind, review),) = kinds(register)
    assert (now != lucas, kind, review) == (True, "detainer_limit", "corrected")
    assert [review for _, _, review in kinds(register, "Orange County, TX")] == ["machine"]


def test_a_later_edition_goes_on_from_the_new_reading(register: Path, tmp_path: Path) -> None:
    Ran("list", "reread", LIST, "--register", register)
    later = tmp_path / "register-30.06.2025.csv"
    later.write_text(FIRST.read_text("utf-8") + "Polk County,Florida,limits detainers,none,2/3/2025,\n", "utf-8")
    (added,) = Ran("list", "add", LIST, later, "--json", "--register", register).objects
    assert (added["opened"], added["changes"]) == (1, {"joined": 1})
    assert [kind for _, kind, _ in kinds(register)] == ["detainer_limit"]


def test_adding_an_edition_tells_what_the_new_description_changes_first(register: Path, tmp_path: Path) -> None:
    later = tmp_path / "register-30.06.2025.csv"
    later.write_text(FIRST.read_text("utf-8") + "Polk County,Florida,limits detainers,none,2/3/2025,\n", "utf-8")
    tried = Ran("list", "add", LIST, later, "--dry-run", "--register", register)
    (shown,) = Ran("list", "add", LIST, later, "--dry-run", "--json", "--register", register).objects
    assert [kind for _, kind, _ in kinds(register)] == ["detainer_mandate"]
    done = Ran("list", "add", LIST, later, "--register", register)
    for each in (tried, done):
        assert each.out.startswith("clerk-register: described otherwise since the last edition; those of before")
        assert "policy: Lucas County: kind detainer mandate -> detainer limit | Lucas County | Ohio" in each.out
    assert "joined: Polk County" in tried.out
    assert "1 joined" in done.out
    found = json.loads(json.dumps(shown))
    assert [(each["list"], len(each["superseded"])) for each in found["reread"]] == [("clerk-register", 3)]
    assert found["opened"] == 1
    assert Ran("list", "reread", LIST, "--register", register).out.endswith("nothing changed\n")
    (again,) = Ran("list", "add", LIST, later, "--json", "--register", register).objects
    assert (again["outcome"], again["reread"]) == ("repeated", [])


def test_a_list_or_register_that_is_not_there_is_one_line(register: Path, tmp_path: Path) -> None:
    for ran in (
        Ran("list", "reread", "dhs-sanctuary", "--register", register),
        Ran("list", "reread", LIST, "--register", tmp_path / "none.db"),
    ):
        assert (ran.code > 0, ran.out, ran.err.count("\n")) == (True, "", 1)
