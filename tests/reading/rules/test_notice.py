"""Letters, notices, records requests and subpoenas from an authority.

Sentences, people and figures are invented.
"""

from __future__ import annotations

import pytest
from tests.reading.sample_reading import statements

from comity.model import Statement


def found(text: str) -> list[Statement]:
    return statements(text, "notice")


@pytest.mark.parametrize(
    ("text", "subject", "value"),
    [
        (
            "Dayton received a letter from the Justice Department about its immigration ordinance.",
            "Dayton",
            {"kind": "demand_letter"},
        ),
        (
            "The Justice Department sent Toledo a letter demanding that it repeal its immigration ordinance.",
            "Toledo",
            {"kind": "demand_letter"},
        ),
        (
            "The Justice Department subpoenaed Lucas County for immigration records.",
            "Lucas County",
            {"kind": "subpoena"},
        ),
        (
            "Each jurisdiction on the sanctuary list, including Dayton, will receive a "
            "formal notice of non-compliance from immigration officials.",
            "Dayton",
            {"kind": "noncompliance_notice"},
        ),
    ],
)
def test_a_sentence_states(text: str, subject: str, value: dict[str, object]) -> None:
    named = [item for item in found(text) if item.subject.name == subject]
    assert any(item.value.get(slot) == given for item in named for slot, given in value.items()), found(text)
    assert all(item.value.get(slot) == given for item in named[:1] for slot, given in value.items()), named


@pytest.mark.parametrize(
    "text",
    [
        "Dayton sent a letter to residents about immigration enforcement.",
        "ICE sent Lucas County two days' notice of immigration releases.",
    ],
)
def test_a_sentence_states_nothing(text: str) -> None:
    assert not found(text)
