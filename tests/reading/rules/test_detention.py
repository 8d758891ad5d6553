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
BUTLER_SHERIFF = "ori:OH0090000"


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


# --- families of wordings: each with whom it is told of, the action and the polarity
@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The Butler County jail holds about 120 ICE detainees.", [(BUTLER, "holds", "affirmed")]),
        ("Butler County houses immigration detainees under a contract with ICE.", [(BUTLER, "holds", "affirmed")]),
        ("Butler County signed a contract to house ICE detainees for $105 a day.", [(BUTLER, "holds", "affirmed")]),
        ("ICE pays Butler County $105 a day for each detainee.", [(BUTLER, "holds", "affirmed")]),
        ("Butler County rents beds to Immigration and Customs Enforcement.", [(BUTLER, "holds", "affirmed")]),
        (
            ("Butler County commissioners approved an agreement to hold up to 300 federal immigration detainees."),
            [(BUTLER, "holds", "affirmed")],
        ),
        ("On Monday the Butler County jail had 96 immigration detainees.", [(BUTLER, "holds", "affirmed")]),
        ("Butler County is holding 40 people for ICE.", [(BUTLER, "holds", "affirmed")]),
        ("Butler County receives $95 per detainee per day from ICE.", [(BUTLER, "holds", "affirmed")]),
        ("Butler County could house as many as 400 ICE detainees, the sheriff said.", [(BUTLER, "holds", "affirmed")]),
        ("Butler County does not house ICE detainees.", [(BUTLER, "holds", "negated")]),
        ("Butler County has no contract with ICE to house detainees.", [(BUTLER, "holds", "negated")]),
        ("Butler County ended its contract to house ICE detainees.", [(BUTLER, "ended", "affirmed")]),
        ("Butler County stopped housing immigration detainees in 2021.", [(BUTLER, "ended", "affirmed")]),
        ("Butler County no longer holds ICE detainees.", [(BUTLER, "ended", "affirmed")]),
        ("Butler County let its detention contract with ICE expire.", [(BUTLER, "ended", "affirmed")]),
        ("Butler County's contract with ICE to hold detainees ended in June.", [(BUTLER, "ended", "affirmed")]),
        ("Butler County transferred 31 inmates to ICE last year.", [(BUTLER, "transferred", "affirmed")]),
        (
            ("The Butler County Sheriff's Office turned over 212 people to Immigration and Customs Enforcement."),
            [(BUTLER_SHERIFF, "transferred", "affirmed")],
        ),
        ("Seneca County's jail has a contract with ICE for 50 beds.", [(SENECA, "holds", "affirmed")]),
    ],
)
def test_a_wording_is_read(text: str, told: list[tuple[str, str, str]]) -> None:
    found = detentions(text)
    assert sorted((str(item.subject.id), str(item.value["action"]), item.polarity) for item in found) == sorted(told)


@pytest.mark.parametrize(
    "text",
    [
        "Protesters urged Butler County to end its contract to house ICE detainees.",
        "A private company holds 900 ICE detainees in Ohio.",
        "ICE held 40 people at its own center near Dayton.",
        "Butler County held a hearing on immigration detention.",
    ],
)
def test_a_wording_of_something_else_is_passed_over(text: str) -> None:
    assert detentions(text) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        # what is no longer so is over
        ("Migrants will not be kept in the Butler County Jail any longer, ICE said.", ["ended affirmed planned"]),
        ("Butler County will accept no more ICE detainees after May.", ["ended affirmed planned"]),
        ("Butler County said no more ICE detainees would be held there.", ["ended affirmed planned"]),
        ("Butler County says its contract to house ICE detainees will not be renewed.", ["ended affirmed planned"]),
        ("ICE has chosen not to extend its contract to keep detainees in Butler County.", ["ended affirmed actual"]),
        (
            "Butler County commissioners opted against extending its agreement with ICE, which kept detainees there.",
            ["ended affirmed actual"],
        ),
        ("The choice to end the ICE contract was Butler County's.", ["ended affirmed actual"]),
        (
            "Butler County is breaking off its partnership with ICE after ten years of holding detainees.",
            ["ended affirmed actual"],
        ),
        # counts, money and sites
        ("The partnership with ICE brings Butler County $85 a day for each detainee.", ["holds affirmed actual"]),
        ("The count of ICE detainees at the Butler County Jail is down to 40.", ["holds affirmed actual"]),
        ("A third of the people in the Butler County Jail are ICE detainees.", ["holds affirmed actual"]),
        ("The Butler County Jail is one of the places where ICE keeps immigrants.", ["holds affirmed actual"]),
        ("Butler County signed a contract that allows its jail to hold 40 people for ICE.", ["holds affirmed actual"]),
        # a plan to let beds, and who is against it
        ("The plan to rent out beds in the Butler County Jail to ICE has stalled.", ["holds affirmed possible"]),
        ("Butler County proposed leasing space in its jail to the federal government.", ["holds affirmed possible"]),
        ("Residents opposed a plan to lease jail beds in Butler County to ICE.", ["holds affirmed possible"]),
        ("Butler County commissioners opposed the idea of leasing jail beds to ICE.", ["holds negated possible"]),
    ],
)
def test_what_is_over_what_is_planned_and_what_counts_tell(text: str, told: list[str]) -> None:
    found = detentions(f"{text} The matter is immigration detention.")
    assert [f"{item.value['action']} {item.polarity} {item.modality}" for item in found] == told
    assert {str(item.subject.name).removesuffix(" Jail") for item in found} == {"Butler County"}


@pytest.mark.parametrize(
    "text",
    [
        "The Butler County council refused to rent office space to ICE.",
        "Butler County will not hold a hearing on immigration any longer.",
        "The number of immigrants in Butler County rose.",
    ],
)
def test_other_space_and_other_numbers_are_no_detention(text: str) -> None:
    assert detentions(text) == []


def test_no_more_than_a_number_is_no_end() -> None:
    (found,) = detentions("Butler County holds no more than 40 ICE detainees.")
    assert found.value["action"] == "holds"
