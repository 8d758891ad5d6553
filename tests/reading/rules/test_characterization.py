"""What a government is called, and by whom.

Sentences, people and figures are invented.
"""

from __future__ import annotations

import pytest
from tests.reading.sample_reading import statements

from comity.model import Statement


def found(text: str) -> list[Statement]:
    return statements(text, "characterization")


@pytest.mark.parametrize(
    ("text", "subject", "value"),
    [
        ("Dayton calls itself a welcoming city for immigrants.", "Dayton", {"label": "welcoming city", "by": "self"}),
        ("Toledo is not a sanctuary city, the mayor said of immigration rules.", "Toledo", {"label": "sanctuary city"}),
        (
            "Lucas County is a law-and-order county, immigration officials said.",
            "Lucas County",
            {"label": "law-and-order county"},
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
        "Dayton adopted a sanctuary policy on immigration.",
        "Shawano County is a Second Amendment sanctuary county, not an immigration one.",
    ],
)
def test_a_sentence_states_nothing(text: str) -> None:
    assert not found(text)
