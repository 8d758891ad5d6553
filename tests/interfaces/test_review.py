"""``comity review``: what waits, and decisions with who and why; one line for everything that can't be."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from comity.interfaces.commands.review import command
from comity.views.worklist import Choice
from tests.interfaces.test_cli import Ran

LISTED = "The Justice Department listed {} as a sanctuary jurisdiction.\n\nStory {}.\n"
ADOPTED = "Toledo adopted an ordinance on Monday that bars police from asking about immigration status.\n"
WHO = ("--author", "R. Clerk", "--reason", "read it")


@pytest.fixture
def register(tmp_path: Path) -> Path:
    path = tmp_path / "register.db"
    (tmp_path / "adopted.txt").write_text(ADOPTED, encoding="utf-8")
    Ran("add", tmp_path / "adopted.txt", "--published", "2025-03-05", "--home-state", "OH", "--register", path)
    for name, number, state in (("Monroe", 1, "NY"), ("Monroe", 2, "NY"), ("Springfield", 3, "AK")):
        add(tmp_path, name, number, state)
    return path


def add(folder: Path, name: str, number: int, state: str) -> None:
    story = folder / f"{number}.txt"
    story.write_text(LISTED.format(name, number), encoding="utf-8")
    given = ("--published", "2025-03-05", "--home-state", state, "--register", folder / "register.db")
    assert Ran("add", story, *given).code == 0


def objects(register: Path, *words: str) -> list[dict[str, Any]]:
    ran = Ran("review", *words, "--json", "--register", register)
    assert (ran.code, ran.err) == (0, ""), ran.err
    return [json.loads(line) for line in ran.out.splitlines()]


def statement(register: Path, entity: str) -> str:
    ran = Ran("show", entity, "--json", "--register", register)
    return str(json.loads(ran.out)["facets"][0]["statements"][0]["id"])


def test_what_waits_is_one_line_each_and_the_total(register: Path) -> None:
    ran = Ran("review", "--register", register)
    assert ran.code == 0
    first, second, total = ran.out.splitlines()
    assert first.endswith("entity    Monroe: several have this name; 2 statements in no dossier")
    assert second.endswith("entity    Springfield: several have this name; 1 statement in no dossier")
    assert total == "2 items (2 entity)"
    assert Ran("review", "list", "--kind", "conflict", "--register", register).out == "nothing waits\n"
    assert "1 not shown" in Ran("review", "list", "--limit", "1", "--register", register).out


def test_the_next_one_says_why_and_how_to_decide_it(register: Path) -> None:
    ran = Ran("review", "next", "--register", register)
    assert "why it waits: several have this name" in ran.out
    assert "“The Justice Department listed Monroe" in ran.out
    assert "comity review " in ran.out
    shown = ran.out.split("· q-")[1].split()[0]
    assert Ran("review", "show", f"q-{shown[:6]}", "--register", register).out.startswith("entity: Monroe")


def test_an_item_as_json(register: Path) -> None:
    first, _ = objects(register)
    assert " ".join(first) == "id kind about name why waits statements candidates entries choices"
    assert list(first["choices"][0]) == ["kind", "targets", "says", "other", "field", "value", "all_like", "command"]
    assert {"belief", "sightings", "publisher", "decisions", "evidence", "review"} <= set(first["entries"][0])
    assert objects(register, "next") == [first]


def test_a_choice_is_a_command_that_can_be_typed() -> None:
    same = Choice("same", ("name:o'brien, oh",), "it is", other="ocd:x")
    assert command(same) == """comity review same 'name:o'"'"'brien, oh' ocd:x --author NAME --reason WHY"""
    slot = Choice("correct", ("st-" + "0" * 40,), "it is", field="subject", value="ocd:x", all_like=True)
    assert command(slot) == (
        "comity review correct st-000000000000 --slot subject --value ocd:x --all-like --author NAME --reason WHY"
    )


def test_a_name_decided_once_counts_for_what_is_read_later(register: Path, tmp_path: Path) -> None:
    monroe, _ = objects(register)
    assert (monroe["about"], monroe["waits"]) == ("name:monroe, ny", 2)
    correct = ("correct", monroe["statements"][0], "--slot", "subject", "--value", "Monroe County, NY", *WHO)
    alone = Ran("review", *correct, "--register", register)
    assert "1 more statement prints this name so; --all-like decides it" in alone.out
    Ran("review", "undo", alone.out.split()[0], *WHO, "--register", register)
    (made,) = objects(register, *correct, "--all-like")
    assert (made["kind"], made["target"]) == ("same", "name:monroe, ny")
    add(tmp_path, "Monroe", 4, "NY")
    add(tmp_path, "Monroe", 5, "PA")
    shown = Ran("show", "Monroe County, NY", "--register", register)
    assert shown.out.count("decided: name:monroe, ny is ") == 3
    assert "name:monroe, ny" not in [item["about"] for item in objects(register)]


def test_a_name_without_a_state_is_decided_for_its_own_text(register: Path, tmp_path: Path) -> None:
    add(tmp_path, "Springfield", 4, "AK")
    *_, one, two = objects(register)
    assert [each["about"] for each in (one, two)] == ["name:springfield"] * 2
    assert one["choices"][0]["kind"] == "correct"
    made = objects(register, "correct", one["statements"][0], "--slot", "subject", "--value", "Springfield, IL",
                   "--all-like", *WHO)  # fmt: skip
    assert [each["target"] for each in made] == one["statements"]
    assert [each["id"] for each in objects(register)][1:] == [two["id"]]


def test_decisions_are_listed_and_undone(register: Path) -> None:
    one = statement(register, "Toledo, OH")
    (made,) = objects(register, "accept", one, *WHO)
    assert (made["kind"], made["author"], made["reason"], made["target"]) == ("accept", "R. Clerk", "read it", one)
    shown = Ran("show", "Toledo, OH", "--register", register).out
    assert "review: accepted" in shown
    assert f"decided: accepted {one}: R. Clerk" in shown
    assert made["id"] in Ran("review", "list", "--decided", "--register", register).out
    undone = Ran("review", "undo", made["id"][:8], *WHO, "--register", register)
    assert undone.code == 0
    assert "review: machine" in Ran("show", "Toledo, OH", "--register", register).out


def test_what_was_rejected_is_still_shown_to_who_asks_for_it(register: Path) -> None:
    one = statement(register, "Toledo, OH")
    objects(register, "reject", one, *WHO)
    shown = Ran("review", "show", one, "--register", register).out
    assert "decided: rejected" in shown
    again = Ran("review", "accept", one, *WHO, "--register", register)
    assert (again.code, "was rejected by R. Clerk" in again.err) == (1, True)


def test_the_author_may_come_from_the_environment(register: Path) -> None:
    one = statement(register, "Toledo, OH")
    ran = Ran("review", "accept", one, "--reason", "r", "--register", register, environment={"COMITY_AUTHOR": "B."})
    assert (ran.code, ": B., " in ran.out) == (0, True)


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("accept", "ST", "--author", "A"), 2, "--reason: a decision needs it"),
        (("accept", "ST", "--reason", "r"), 2, "--author: a decision needs it"),
        (("accept", "st-ffff", *WHO), 1, "no statement has this id"),
        (("accept", "q-ffff", *WHO), 1, "nothing that waits has this id"),
        (("undo", "d-ffff", *WHO), 1, "no decision has this id"),
        (("correct", "ST", "--slot", "colour", "--value", "red", *WHO), 2, "has no such slot"),
        (("correct", "ST", "--slot", "action", "--value", "red", *WHO), 2, "not a value of action"),
        (("correct", "ST", "--slot", "subject", "--value", "Nowhere Town", *WHO), 1, "Nowhere Town"),
        (("correct", "ST", "--slot", "time", "--value", "soon", *WHO), 2, "not a date"),
        (("same", "name:nobody", "Toledo, OH", *WHO), 1, "nothing on the register has this id"),
        (("same", "Toledo, OH", "Toledo, OH", *WHO), 2, "two different ids"),
        (("show", "q-ffff"), 1, "nothing that waits has this id"),
        (("list", "--kind", "colour"), 2, "no kind of item"),
    ],
)
def test_what_can_not_be_is_one_line(register: Path, words: tuple[str, ...], code: int, told: str) -> None:
    one = statement(register, "Toledo, OH")
    ran = Ran("review", *(one if word == "ST" else word for word in words), "--register", register,
              environment={"COMITY_AUTHOR": ""})  # fmt: skip
    assert (ran.code, ran.out, ran.err.count("\n")) == (code, "", 1)
    assert told in ran.err
