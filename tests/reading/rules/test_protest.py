"""Gatherings: where, how many, held or planned.

Sentences, people and figures are invented.
"""

from __future__ import annotations

import pytest
from tests.reading.sample_reading import statements

from comity.model import Statement


def found(text: str) -> list[Statement]:
    return statements(text, "protest")


@pytest.mark.parametrize(
    ("text", "subject", "value"),
    [
        (
            "About 200 people rallied against immigration raids in Dayton on Saturday.",
            "Dayton",
            {"action": "held", "size_low": 200, "size_high": 200},
        ),
        (
            "More than 300 people marched in Toledo to protest immigration raids.",
            "Toledo",
            {"action": "held", "size_low": 300, "size_high": None},
        ),
        (
            "More than 3,000 people marched in Toledo to protest immigration raids.",
            "Toledo",
            {"action": "held", "size_low": 3000, "size_high": None},
        ),
        (
            "Hundreds protested immigration arrests in Columbus.",
            "Columbus",
            {"action": "held", "size_low": None, "size_high": None},
        ),
        ("A protest against immigration raids is planned in Dayton on Friday.", "Dayton", {"action": "planned"}),
    ],
)
def test_a_sentence_states(text: str, subject: str, value: dict[str, object]) -> None:
    named = [item for item in found(text) if item.subject.name == subject]
    assert any(item.value.get(slot) == given for item in named for slot, given in value.items()), found(text)
    assert all(item.value.get(slot) == given for item in named[:1] for slot, given in value.items()), named


@pytest.mark.parametrize(
    "text",
    [
        "Republicans rallied behind the governor's immigration bill in Ohio.",
        "Toledo signed the immigration agreement over the protests of residents.",
    ],
)
def test_a_sentence_states_nothing(text: str) -> None:
    assert not found(text)
