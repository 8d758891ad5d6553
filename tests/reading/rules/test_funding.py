"""Public money and cooperation: threatened, withheld, conditioned, restored, kept by a court.

Sentences, people and figures are invented.
"""

from __future__ import annotations

import pytest
from tests.reading.sample_reading import statements

from comity.model import Statement

COOK = "ocd-division/country:us/state:il/county:cook"
LUCAS = "ocd-division/country:us/state:oh/county:lucas"
TOLEDO = "ocd-division/country:us/state:oh/place:toledo"


def fundings(text: str, home_state: str = "OH") -> list[Statement]:
    return statements(text, "funding", home_state=home_state)


@pytest.mark.parametrize(
    ("text", "subject", "value", "polarity", "modality"),
    [
        (
            "Toledo, Ohio, could lose $4.2 million in federal grants over its immigration policies.",
            TOLEDO,
            {"action": "threatened", "amount_usd": 4200000, "program": "federal grants"},
            "affirmed",
            "possible",
        ),
        (
            "Lucas County stands to lose $11 million in federal grants over immigration.",
            LUCAS,
            {"action": "threatened", "amount_usd": 11000000},
            "affirmed",
            "actual",
        ),
        (
            "FEMA has frozen $12 million in grants to Cook County because of its immigration policies.",
            COOK,
            {"action": "withheld", "amount_usd": 12000000, "authority": "Federal Emergency Management Agency"},
            "affirmed",
            "actual",
        ),
        (
            "The Department of Homeland Security restored $5 million in funding to Cook County after "
            "an immigration lawsuit.",
            COOK,
            {"action": "restored", "amount_usd": 5000000, "authority": "US Department of Homeland Security"},
            "affirmed",
            "actual",
        ),
        (
            "Justice Department grants to Cook County are now conditioned on cooperation with ICE.",
            COOK,
            {"action": "conditioned", "authority": "US Department of Justice"},
            "affirmed",
            "actual",
        ),
        (
            "A federal judge blocked the Justice Department from withholding federal funds from Cook "
            "County over its sanctuary policies.",
            COOK,
            {"action": "blocked_by_court", "program": "federal funds"},
            "affirmed",
            "actual",
        ),
    ],
)
def test_a_sentence_states(text: str, subject: str, value: dict[str, object], polarity: str, modality: str) -> None:
    found = fundings(text)
    assert [item.subject.id for item in found] == [subject]
    assert {slot: found[0].value[slot] for slot in value} == value
    assert (found[0].polarity, found[0].modality) == (polarity, modality)


@pytest.mark.parametrize(
    "text",
    [
        "Sanctuary cities could lose federal funding under the immigration order, Cook County officials said.",
        (
            "Jurisdictions that the Justice Department deems uncooperative on immigration may be denied "
            "federal grants, it told Cook County."
        ),
        "Cook County receives $40 million in federal funds each year, and immigration is on the agenda.",
    ],
)
def test_what_only_looks_like_one_states_nothing(text: str) -> None:
    assert fundings(text) == []
