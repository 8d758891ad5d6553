"""Conflicts: both sides with their sentences, at two instants, copies counted once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.views.samples import FIRST, SECOND, THIRD, TOLEDO, add, opened

from comity import vocabulary
from comity.interfaces import python
from comity.register import Register
from comity.views.conflicts import conflicts


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with opened(tmp_path) as made:
        add(made, FIRST, SECOND, THIRD)
        yield made


def test_figures_of_one_event_are_a_conflict_with_the_sentences_of_each_side(register: Register) -> None:
    (found,) = python.conflicts(register)
    assert (found.entity, found.predicate, found.kind, found.slot) == (TOLEDO, "protest", "figure", "size_low")
    assert found.line == "Toledo: protest, size: 90 or 200"
    assert [(side.value, side.accounts) for side in found.sides] == [("90", 1), ("200", 1)]
    assert [side.entries[0].publisher for side in found.sides] == ["Second Sample", "First Sample"]


def test_a_figure_is_told_with_what_its_sentence_says_of_it(register: Register) -> None:
    add(register, ("Fourth Sample", "2025-03-06", "More than 300 people rallied against ICE in Toledo on Monday.\n"))
    (found,) = python.conflicts(register)
    assert [(side.value, side.words) for side in found.sides] == [("90", "90"), ("200", "200"), ("300", "300 or more")]
    assert found.line == "Toledo: protest, size: 90, or 200, or 300 or more"


@pytest.mark.parametrize(
    ("name", "as_of", "known", "count"),
    [
        ("Toledo, OH", None, None, 1),
        ("Akron, OH", None, None, 0),
        (None, "2025-03-02", None, 0),
        (None, "2025-03-03", None, 1),
        (None, "2025-06-01", None, 1),
        (None, None, "2026-01-01T01:30:00Z", 0),
        (None, None, "2026-01-01T02:00:00Z", 1),
    ],
)
def test_two_clocks_and_one_entity(
    register: Register, name: str | None, as_of: str | None, known: str | None, count: int
) -> None:
    assert len(python.conflicts(register, name, as_of=as_of, known=known)) == count


def test_a_copy_is_no_account_of_its_own(register: Register) -> None:
    add(register, ("Fourth Sample", "2025-03-06", "Some 90 people rallied against ICE in Toledo on Monday.\n"))
    beliefs = register.beliefs(entity=TOLEDO)
    documents = {each.publisher: each.statement.evidence.document for each in beliefs}
    copies = {documents["Fourth Sample"]: documents["Second Sample"]}
    counted = [
        [(side.value, side.accounts) for side in conflicts(beliefs, vocabulary.load(), copies=known)[0].sides]
        for known in (None, copies)
    ]
    assert counted == [[("90", 2), ("200", 1)], [("90", 1), ("200", 1)]]
