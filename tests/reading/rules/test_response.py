"""Answers and silences.

Sentences, people and figures are invented.
"""

from __future__ import annotations

import pytest
from tests.reading.sample_reading import statements

from comity.model import Statement


def found(text: str) -> list[Statement]:
    return statements(text, "response")


@pytest.mark.parametrize(
    ("text", "subject", "value"),
    [
        (
            "A spokesperson for the Justice Department declined to comment on the immigration lawsuit.",
            "Justice Department",
            {"kind": "no_comment"},
        ),
        (
            "Dayton did not respond to a request for comment about the immigration notice.",
            "Dayton",
            {"kind": "not_yet_responded"},
        ),
        (
            "ICE did not immediately respond to questions about the immigration contract.",
            "ICE",
            {"kind": "not_yet_responded"},
        ),
        (
            "Toledo disputed the sanctuary designation, saying its police follow immigration law.",
            "Toledo",
            {"kind": "disputes"},
        ),
        ("Lucas County said it was reviewing the immigration lawsuit.", "Lucas County", {"kind": "other"}),
    ],
)
def test_a_sentence_states(text: str, subject: str, value: dict[str, object]) -> None:
    named = [item for item in found(text) if item.subject.name == subject]
    assert any(item.value.get(slot) == given for item in named for slot, given in value.items()), found(text)
    assert all(item.value.get(slot) == given for item in named[:1] for slot, given in value.items()), named


@pytest.mark.parametrize(
    "text",
    [
        "Deputies responded to a call near an immigration office in Toledo.",
    ],
)
def test_a_sentence_states_nothing(text: str) -> None:
    assert not found(text)
