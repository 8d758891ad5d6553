"""Changes: what the register wrote, and what came to be disputed; nothing where the same files are read again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.views.samples import FIRST, SECOND, THIRD, TOLEDO, add, opened

from comity.interfaces import python
from comity.model import Change
from comity.register import Register
from comity.views.changes import Window


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with opened(tmp_path) as made:
        add(made, FIRST, SECOND, THIRD)
        yield made


def told(found: tuple[Change, ...]) -> list[tuple[str, str | None, str | None, object, object]]:
    return [(each.kind, each.date, each.field, each.before, each.after) for each in found]


ALL = [
    ("happened", "2025-03-03", "action", None, "held"),
    ("retold", "2025-03-03", "action", None, "held"),
    ("disputed", "2025-03-03", "size_low", "200", "90"),
    ("began", "2025-03-03", "action", None, "adopted"),
]


def test_what_happened_began_and_is_disputed_in_the_order_of_learning(register: Register) -> None:
    assert told(python.changes(register)) == ALL


@pytest.mark.parametrize(
    ("window", "kinds"),
    [
        (Window(since="2025-03-04"), []),
        (Window(as_of="2025-03-02"), []),
        (Window(as_of="2025-03-03"), ["happened", "retold", "disputed", "began"]),
        (Window(known="2025-12-31"), []),
        (Window(known="2026-01-01T01:30:00Z"), ["happened"]),
        (Window(known="2026-01-01T02:30:00Z"), ["happened", "retold", "disputed"]),
        (Window(learned_since="2026-01-01T01:30:00Z"), ["retold", "disputed", "began"]),
        (Window(learned_since="2026-01-01T02:30:00Z"), ["began"]),
        (Window(learned_since="2026-01-02"), []),
    ],
)
def test_windows_on_both_clocks(register: Register, window: Window, kinds: list[str]) -> None:
    assert [each.kind for each in python.changes(register, window)] == kinds


def test_the_same_files_again_change_nothing(register: Register) -> None:
    before = python.changes(register)
    add(register, FIRST, SECOND, THIRD)
    assert python.changes(register) == before


def test_a_dispute_names_both_sides_and_the_day_on_which_the_later_was_learned(register: Register) -> None:
    (change,) = [each for each in python.changes(register) if each.kind == "disputed"]
    assert change.learned == "2026-01-01T02:00:00Z"
    assert change.entity == TOLEDO
    assert ["90" in (each.exact or "") for each in change.evidence] == [True, False]
    assert [each.url for each in change.evidence] == ["https://second.example/story", "https://first.example/story"]


def test_a_side_that_is_taken_back_disputes_nothing_any_more(register: Register) -> None:
    (belief,) = [each for each in register.beliefs(entity=TOLEDO) if each.publisher == "Second Sample"]
    register.retract(belief.statement.id, reason="the outlet corrected it")
    kinds = [each.kind for each in python.changes(register)]
    assert kinds == ["happened", "retold", "began", "retracted"]


def test_what_several_sentences_tell_alike_is_one_change(tmp_path: Path) -> None:
    twice = ("Sample", "2025-03-05", FIRST[2] + "\nA rally against ICE was held in Toledo on Monday.\n")
    with opened(tmp_path) as made:
        add(made, FIRST, ("Other Sample", "2025-03-05", twice[2]))
        found = [each for each in python.changes(made) if each.kind == "retold"]
    assert [len(each.evidence) for each in found] == [2]


def test_what_is_told_later_leaves_a_change_as_it_was(tmp_path: Path) -> None:
    with opened(tmp_path) as made:
        add(made, FIRST, ("Other Sample", "2025-03-05", FIRST[2] + "\nMore of it.\n"))
        before = python.changes(made)
        add(made, ("Third Sample", "2025-03-05", FIRST[2] + "\nOnce more, otherwise.\n"))
        after = python.changes(made)
    assert [each.kind for each in before].count("retold") == 1
    assert (after[: len(before)], [each.kind for each in after[len(before) :]]) == (before, ["retold"])
