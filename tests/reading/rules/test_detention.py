"""People held for federal immigration authorities: contracts, counts, rates, transfers.

Sentences, people and figures are invented.
"""

from __future__ import annotations

import pytest
from tests.reading.sample_reading import statements

from comity.model import Statement

BUTLER = "ocd-division/country:us/state:oh/county:butler"
GEAUGA = "ocd-division/country:us/state:oh/county:geauga"
LUCAS = "ocd-division/country:us/state:oh/county:lucas"
SENECA = "ocd-division/country:us/state:oh/county:seneca"
SHERIFF = "ori:OH0480000"


def detentions(text: str, home_state: str = "OH") -> list[Statement]:
    return statements(text, "detention", home_state=home_state)


@pytest.mark.parametrize(
    ("text", "subject", "value", "polarity", "modality"),
    [
        (
            "The Lucas County jail is holding 52 people for Immigration and Customs Enforcement, records show.",
            LUCAS,
            {"action": "holds", "count": 52},
            "affirmed",
            "actual",
        ),
        (
            "More than 200 ICE detainees are being held at the Seneca County Jail.",
            SENECA,
            {"action": "holds", "count": 200},
            "affirmed",
            "actual",
        ),
        (
            "ICE detainees are housed at the Geauga County jail.",
            GEAUGA,
            {"action": "holds"},
            "affirmed",
            "actual",
        ),
        (
            "ICE pays Lucas County $95 per detainee per day under the contract.",
            LUCAS,
            {"action": "holds", "per_diem_usd": 95},
            "affirmed",
            "actual",
        ),
        (
            "Lucas County commissioners approved a contract with ICE to house up to 100 detainees.",
            LUCAS,
            {"action": "holds", "count": 100},
            "affirmed",
            "actual",
        ),
        (
            "Butler County has housed ICE detainees since March under an agreement with the federal government.",
            BUTLER,
            {"action": "holds"},
            "affirmed",
            "actual",
        ),
        (
            "Butler County could begin holding ICE detainees as soon as April.",
            BUTLER,
            {"action": "holds"},
            "affirmed",
            "possible",
        ),
        (
            "Lucas County does not house detainees for ICE.",
            LUCAS,
            {"action": "holds"},
            "negated",
            "actual",
        ),
        (
            "Lucas County will stop housing immigration detainees at its jail on June 30.",
            LUCAS,
            {"action": "ended"},
            "affirmed",
            "planned",
        ),
        (
            "The Lucas County jail no longer holds ICE detainees.",
            LUCAS,
            {"action": "ended"},
            "affirmed",
            "actual",
        ),
        (
            "The Lucas County Sheriff's Office transferred 14 people to ICE custody last month.",
            SHERIFF,
            {"action": "transferred", "count": 14},
            "affirmed",
            "actual",
        ),
        (
            "In 2024, Lucas County jail officials turned over 112 inmates to immigration agents.",
            LUCAS,
            {"action": "transferred", "count": 112},
            "affirmed",
            "actual",
        ),
    ],
)
def test_a_sentence_states(text: str, subject: str, value: dict[str, object], polarity: str, modality: str) -> None:
    found = detentions(text)
    assert [item.subject.id for item in found] == [subject]
    assert {slot: found[0].value[slot] for slot in value} == value
    assert (found[0].polarity, found[0].modality) == (polarity, modality)


@pytest.mark.parametrize(
    "text",
    [
        "A man held in the Lucas County jail on an ICE detainer sued the county.",
        "ICE detained 30 people at a meatpacking plant in Dayton, Ohio.",
        "The sheriff in Lucas County said she will not hold people past their release dates for ICE.",
        "Ohio law compels sheriffs to hold inmates for immigration agents.",
        "Protesters called on Butler County to stop holding people for ICE.",
    ],
)
def test_what_only_looks_like_one_states_nothing(text: str) -> None:
    assert detentions(text) == []
