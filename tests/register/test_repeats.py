"""Texts that repeat others: found when they are recorded, kept beside the log, held to the texts."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text, update

from comity.model import Document
from comity.register import Register, repeats
from comity.register.tables import table
from tests.register.samples import RULES, Ticking, document, reading

BEGINNING = (
    "Alder Falls was listed on Wednesday, the agency said. Mayor Ines Calloway learned of it from a reporter and asked "
    "the county for the letter, which 3 clerks looked for until noon. It lay in a drawer with 14 others of the kind.\n"
)
END = (
    "Sheriff Lowell Brandt of Birch County told the Ledger that he had 41 beds and rented 12 of them for $98 a day. He "
    "would rent no more, he said, whatever Washington paid, and he would say so at the hearing on 5 June at the mill.\n"
)
WHOLE = document(BEGINNING + END, publisher="Alder Ledger", published="2025-05-28")
FIRST_HALF = document(BEGINNING, publisher="Birch Herald", published="2025-05-29")
SECOND_HALF = document(END, publisher="Cedar Post", published="2025-05-30")
OTHER = document("Nobody was listed in Cedar Town.\n", publisher="Cedar Post", published="2025-05-28")
STORIES = (WHOLE, FIRST_HALF, SECOND_HALF, OTHER)


def record(register: Register, *stories: Document) -> None:
    for each in stories:
        register.record(each, reading(each), each.text.encode())


def derived(register: Register) -> dict[str, Sequence[Any]]:
    rows = {
        name: register._connection.execute(select(table(name)).order_by(*table(name).primary_key)).all()
        for name in ("fingerprints", "repeats")
    }
    register._connection.rollback()
    return rows


def test_what_repeats_an_earlier_text_is_mapped_to_it(register: Register) -> None:
    record(register, *STORIES)
    found = register.copied([each.id for each in STORIES])
    assert found == {FIRST_HALF.id: WHOLE.id, SECOND_HALF.id: WHOLE.id}


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_order_in_which_they_came_makes_no_difference(register: Register, order: Sequence[int]) -> None:
    record(register, *(STORIES[at] for at in order))
    assert register.copied([each.id for each in STORIES]) == {FIRST_HALF.id: WHOLE.id, SECOND_HALF.id: WHOLE.id}


def test_parts_of_one_text_are_one_account_where_the_text_itself_is_not_asked_about(register: Register) -> None:
    record(register, *STORIES)
    assert register.copied([FIRST_HALF.id, SECOND_HALF.id]) == {SECOND_HALF.id: FIRST_HALF.id}


def test_what_was_not_recorded_yet_joins_nothing(register: Register) -> None:
    record(register, FIRST_HALF, SECOND_HALF)
    before = register.head().at
    record(register, WHOLE)
    known = "2026-01-01T01:00:00Z"
    assert register.head().at > before
    assert register.copied([FIRST_HALF.id, SECOND_HALF.id]) == {SECOND_HALF.id: FIRST_HALF.id}
    assert register.copied([FIRST_HALF.id, SECOND_HALF.id], known=known) == {}


def test_distinct_parts_two_however_they_are_joined_and_same_joins(register: Register) -> None:
    record(register, *STORIES)
    ids = [each.id for each in STORIES]
    register.decide("distinct", FIRST_HALF.id, other=SECOND_HALF.id, author="A", reason="two reporters")
    register.decide("same", OTHER.id, other=WHOLE.id, author="A", reason="one wire story")
    decisions = register.decisions()
    assert register.copied([FIRST_HALF.id, SECOND_HALF.id], decisions) == {}
    found = register.copied(ids, decisions)
    assert len({found.get(each, each) for each in (WHOLE.id, OTHER.id)}) == 1


def test_many_at_once_and_one_by_one_are_kept_alike(tmp_path: Path) -> None:
    with (
        Register.open(tmp_path / "one.db", rules=RULES, clock=Ticking()) as one,
        Register.open(tmp_path / "other.db", rules=RULES, clock=Ticking()) as other,
    ):
        record(one, *STORIES)
        other.record_all([(each, reading(each), each.text.encode()) for each in STORIES])
        kept = derived(one)
        assert kept == derived(other)
        repeats.fill(one._connection)
        assert kept == derived(one)


def test_verify_counts_what_is_kept_and_names_what_the_texts_do_not_show(register: Register) -> None:
    record(register, *STORIES)
    assert register.verify().checked["repeated texts"] == 2
    register._connection.execute(update(table("repeats")).values(one_share=1))
    register._connection.execute(text("COMMIT"))
    failure = register.verify().first_failure
    assert failure is not None
    assert (failure.what, failure.where.split()[-1]) == ("repeats", "one_share")


def test_of_a_sealed_text_nothing_is_kept(register: Register) -> None:
    record(register, *STORIES)
    register.seal(WHOLE.id, "court", reason="ordered", author="A. Clerk")
    assert register.copied([each.id for each in STORIES]) == {}
    assert register.verify().ok
    number = register._connection.execute(select(table("documents").c.n).where(table("documents").c.id == WHOLE.id))
    sealed = number.scalar_one()
    assert all(sealed not in row for rows in derived(register).values() for row in rows)


def test_what_many_hold_alike_is_one_account_though_the_first_that_came_was_published_last(register: Register) -> None:
    copies = [
        document(f"{BEGINNING}{END}Filed by desk {at}.\n", publisher=f"Paper {at}", published=f"2025-06-{20 - at:02}")
        for at in range(1, 9)
    ]
    record(register, *copies)
    found = register.copied([each.id for each in copies])
    assert found == dict.fromkeys((each.id for each in copies[:-1]), copies[-1].id)
