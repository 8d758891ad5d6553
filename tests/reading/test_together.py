"""Counted plurals stand for all those who were named in one list of just so many.

Sentences and acts are invented.
"""

from __future__ import annotations

import pytest
from tests.reading.sample_reading import statements


@pytest.mark.parametrize(
    ("text", "predicate", "told"),
    [
        (
            "Butler, Lake and Wood counties signed 287(g) agreements. All three joined under the task force model.",
            "agreement",
            ["Butler task_force", "Lake task_force", "Wood task_force"],
        ),
        (
            "Butler County and Lake County signed 287(g) agreements. Both counties have left the 287(g) program since.",
            "agreement",
            ["Butler County None", "Lake County None"],
        ),
        (
            "Butler County and Lake County looked at the 287(g) program. Neither has signed a 287(g) agreement.",
            "agreement",
            ["Butler County None", "Lake County None"],
        ),
        (
            "Butler, Lake and Wood counties hold ICE detainees. The three counties have ended the contract with ICE.",
            "detention",
            ["Butler None", "Lake None", "Wood None"],
        ),
        (
            "Butler, Lake and Wood counties met. ICE came. It rained. All three have entered the 287(g) program.",
            "agreement",
            ["Butler None", "Lake None", "Wood None"],
        ),
    ],
)
def test_each_of_those_counted_is_a_subject(text: str, predicate: str, told: list[str]) -> None:
    last = [item for item in statements(text, predicate) if (item.evidence.start or 0) > text.index(". ")]
    assert sorted(f"{item.subject.name} {item.value.get('model')}" for item in last) == told


@pytest.mark.parametrize(
    "text",
    [
        "Butler County and Lake County went over 287(g) agreements with ICE. Both sides signed the agreement.",
        "Butler, Lake and Wood counties spoke of ICE. Both of the men signed the 287(g) agreement.",
        "Butler, Lake and Wood counties spoke of ICE. Both have signed a 287(g) agreement.",
    ],
)
def test_other_plurals_or_other_numbers_stand_for_nobody(text: str) -> None:
    last = [item for item in statements(text, "agreement") if (item.evidence.start or 0) > text.index(". ")]
    assert len(last) < 2
