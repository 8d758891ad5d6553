"""Suits, rulings, appeals: who sues, who is sued, what the court does.

Sentences, people and figures are invented.
"""

from __future__ import annotations

import pytest
from tests.reading.sample_reading import statements

from comity.model import Statement


def found(text: str) -> list[Statement]:
    return statements(text, "legal_action")


@pytest.mark.parametrize(
    ("text", "subject", "value"),
    [
        ("The Justice Department sued Dayton on Monday over its sanctuary policies.", "Dayton", {"action": "filed"}),
        (
            "The U.S. Department of Justice filed a lawsuit against the city of Toledo, "
            "alleging its ordinance obstructs immigration enforcement.",
            "Toledo",
            {"action": "filed"},
        ),
        (
            "Columbus sued the Department of Homeland Security over immigration conditions on grants.",
            "Columbus",
            {"action": "filed"},
        ),
        ("Lucas County is being sued over a policy on immigration detainers.", "Lucas County", {"action": "filed"}),
        (
            "A federal judge blocked the Justice Department from withholding grants from Dayton over immigration.",
            "Dayton",
            {"action": "enjoined"},
        ),
        (
            "A judge dismissed the Justice Department's lawsuit against Toledo over its immigration ordinance.",
            "Toledo",
            {"action": "dismissed"},
        ),
        ("Dayton appealed the ruling on its immigration ordinance.", "Dayton", {"action": "appealed"}),
        (
            "Lucas County settled a lawsuit brought by a man held on an immigration detainer.",
            "Lucas County",
            {"action": "settled"},
        ),
        (
            "Columbus is among a dozen cities suing the Trump administration over immigration grant conditions.",
            "Columbus",
            {"action": "filed"},
        ),
        (
            "Columbus won a preliminary injunction against the immigration grant conditions.",
            "Columbus",
            {"action": "enjoined"},
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
        "A court in Lucas County heard a case about immigration on Monday.",
        "Dayton police said a man was sued over a car crash; immigration agents were not involved.",
    ],
)
def test_a_sentence_states_nothing(text: str) -> None:
    assert not found(text)
