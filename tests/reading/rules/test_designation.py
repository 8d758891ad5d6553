"""Who is named on an official list, who is missing, who was taken off.

Sentences, people and figures are invented.
"""

from __future__ import annotations

import pytest
from tests.reading.sample_reading import statements

from comity.model import Statement


def found(text: str) -> list[Statement]:
    return statements(text, "designation")


@pytest.mark.parametrize(
    ("text", "subject", "value"),
    [
        (
            "The Department of Homeland Security put Dayton on its list of sanctuary "
            "jurisdictions for obstructing immigration enforcement.",
            "Dayton",
            {"status": "listed"},
        ),
        (
            "Dayton was designated a sanctuary jurisdiction by the U.S. Department of Justice under immigration law.",
            "Dayton",
            {"status": "listed"},
        ),
        (
            "The federal list of sanctuary jurisdictions includes Dayton, Toledo and the "
            "state of Ohio; immigration officials released it.",
            "Toledo",
            {"status": "listed"},
        ),
        (
            "Lucas County is not on the Justice Department's list of sanctuary "
            "jurisdictions, immigration lawyers noted.",
            "Lucas County",
            {"status": "not_listed"},
        ),
        (
            "Toledo was removed from the Justice Department's list of sanctuary jurisdictions after immigration talks.",
            "Toledo",
            {"status": "removed"},
        ),
        (
            "Toledo is no longer on the Justice Department's list of sanctuary "
            "jurisdictions, immigration officials said.",
            "Toledo",
            {"status": "removed"},
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
        "Dayton asked to be removed from the federal list of sanctuary jurisdictions, an immigration official said.",
    ],
)
def test_a_sentence_states_nothing(text: str) -> None:
    assert not found(text)
