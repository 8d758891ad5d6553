"""Calls on governments.

Sentences, people and figures are invented.
"""

from __future__ import annotations

import pytest
from tests.reading.sample_reading import statements

from comity.model import Statement


def found(text: str) -> list[Statement]:
    return statements(text, "demand")


@pytest.mark.parametrize(
    ("text", "subject", "value"),
    [
        (
            "The ACLU of Ohio called on the Dayton City Council to adopt an ordinance "
            "limiting cooperation with immigration agents.",
            "Dayton",
            {"by": "The ACLU of Ohio"},
        ),
        (
            "Dozens of residents asked the Lucas County commissioners on Tuesday to cancel "
            "the county's immigration contract.",
            "Lucas County",
            {"by": "Dozens of residents"},
        ),
        (
            "Faith leaders demanded that Lucas County stop holding people on immigration detainers.",
            "Lucas County",
            {"by": "Faith leaders"},
        ),
        (
            "Republican lawmakers urged Dayton to repeal its immigration ordinance.",
            "Dayton",
            {"by": "Republican lawmakers"},
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
        "Reporters asked Dayton for comment on the immigration order.",
        "Dayton asked ICE for information about immigration arrests.",
    ],
)
def test_a_sentence_states_nothing(text: str) -> None:
    assert not found(text)
