"""Copies of one text are one account wherever it is counted, and a person may part them again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from comity.interfaces import python, telling
from comity.register import Register
from tests.views.samples import TOLEDO, add, opened

TEXT = (
    "About 200 people rallied against ICE in Toledo on Monday. The rally began at noon outside the county courthouse, "
    "and speakers took turns on the steps for nearly two hours while traffic was led around the block. Vendors sold "
    "coffee from a cart, a brass band played twice, and the crowd left before the rain came in from the lake.\n"
)
ORIGINAL = ("First Sample", "2025-03-05", TEXT)
COPY = ("Second Sample", "2025-03-06", "From another paper. " + TEXT)
OTHER = ("Third Sample", "2025-03-06", "Some 90 people rallied against ICE in Toledo on Monday.\n")


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with opened(tmp_path) as made:
        add(made, ORIGINAL, COPY, OTHER)
        yield made


def accounts(register: Register) -> list[tuple[str, int]]:
    (found,) = [each for each in python.conflicts(register, "Toledo, OH") if each.slot == "size_low"]
    return [(side.value, side.accounts) for side in found.sides]


def papers(register: Register) -> dict[str, str]:
    beliefs = register.beliefs(entity=TOLEDO)
    return {each.publisher or "": each.statement.evidence.document for each in beliefs}


def test_a_copy_and_its_original_are_one_account_in_conflicts_and_dossier(register: Register) -> None:
    assert accounts(register) == [("90", 1), ("200", 1)]
    (line,) = [each.line for each in python.dossier(register, "Toledo, OH").facets if each.predicate == "protest"]
    assert line.endswith("2 accounts.")


def test_what_a_person_calls_distinct_is_two_and_undone_one_again(register: Register) -> None:
    known = papers(register)
    decision = register.decide(
        "distinct", known["First Sample"], other=known["Second Sample"], author="A", reason="two reporters"
    )
    assert accounts(register) == [("90", 1), ("200", 2)]
    register.decide("undo", decision.id, author="A", reason="they are not")
    assert accounts(register) == [("90", 1), ("200", 1)]


def test_what_a_person_calls_the_same_is_one_account(register: Register) -> None:
    add(register, ("Fourth Sample", "2025-03-07", "A crowd of 90 people rallied against ICE in Toledo on Monday.\n"))
    assert accounts(register) == [("90", 2), ("200", 1)]
    known = papers(register)
    register.decide("same", known["Fourth Sample"], other=known["Third Sample"], author="A", reason="one wire story")
    assert accounts(register) == [("90", 1), ("200", 1)]


def test_the_earliest_is_the_one_that_is_copied(register: Register) -> None:
    known = papers(register)
    found = telling.copied(register, register.beliefs(entity=TOLEDO), ())
    assert found == {known["Second Sample"]: known["First Sample"]}
