"""Who is named without acting: seats of courts and papers, the capital as a byword; and acts of others.

Sentences, people and figures are invented.
"""

from __future__ import annotations

import pytest
from tests.reading.sample_reading import statements

from comity import documents
from comity.reading import mentions
from comity.reading.seats import seat

DAYTON = "ocd-division/country:us/state:oh/place:dayton"
KETTERING = "ocd-division/country:us/state:oh/place:kettering"
OHIO = "ocd-division/country:us/state:oh"
OPENING = "Dayton officials met Monday on immigration enforcement. "


@pytest.mark.parametrize(
    ("before", "is_seat"),
    [
        ("a federal judge in ", True),
        ("U.S. District Judge Ann Roe in ", True),
        ("the Buckeye Ledger, a newspaper based in ", True),
        ("a think tank in downtown ", True),
        ("the appeals court in ", True),
        ("police in ", False),
        ("a rally in ", False),
        ("the judges of ", False),
        ("courts in ", False),
        ("the county jail in ", False),
    ],
)
def test_a_name_after_a_court_or_firm_says_where_it_sits(before: str, is_seat: bool) -> None:
    assert seat(before + "Toledo", len(before)) is is_seat


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        (
            "Kettering leaders discussed immigration enforcement. A federal judge in Toledo ruled on another matter. "
            "Council members voted to bar police from asking about immigration status.",
            [KETTERING],
        ),
        (
            "Kettering passed the measure in May. “We will not be bullied by Washington,” the mayor said. "
            "It bars police from asking about immigration status.",
            [KETTERING],
        ),
    ],
)
def test_what_is_only_a_seat_or_a_byword_is_taken_for_no_subject(text: str, subjects: list[str]) -> None:
    found = [item for item in statements(text, "policy") if "asking" in (item.evidence.exact or "")]
    assert [item.subject.id for item in found] == subjects


@pytest.mark.parametrize(
    "sentence",
    [
        "Elsewhere, a growing number of cities bar their officers from asking about immigration status.",
        "Meanwhile, a handful of towns nearby bar their officers from asking people about their immigration status.",
        "Some residents noted that at least nine counties bar their deputies from asking about immigration status.",
        "Sanctuary cities or counties are those where they bar officers from asking about immigration status.",
        "The review follows President Roe's executive order, which bars officers from asking about immigration status.",
    ],
)
def test_what_many_others_or_the_president_do_is_no_act_of_whom_the_text_is_about(sentence: str) -> None:
    assert statements(OPENING + sentence, "policy") == []


@pytest.mark.parametrize(
    "sentence",
    [
        "A new rule bars its officers from asking about immigration status.",
        "Despite President Roe's order to hire agents, Dayton bars its officers from asking about immigration status.",
        "Some residents cheered when Dayton barred its officers from asking about immigration status.",
    ],
)
def test_an_act_of_its_own_is_still_read(sentence: str) -> None:
    assert [item.subject.id for item in statements(OPENING + sentence, "policy")] == [DAYTON]


def test_a_bill_that_a_governor_signed_is_no_agreement_signed() -> None:
    text = (
        "Ohio has four 287(g) agreements with ICE. Senate Bill 7, which Gov. Ann Roe also signed, takes effect in May."
    )
    assert statements(text, "agreement") == [] or all(
        item.value["action"] != "signed" for item in statements(text, "agreement")
    )


def test_a_heading_is_no_part_of_the_name_in_the_line_before_it() -> None:
    text = "Wilkinsburg, Pa.\n\nWilkinsburg\n\nBorough Council backs immigrants"
    places = mentions(documents.parse(text.encode(), path="story.txt")).places
    assert [text[place.start : place.end] for place in places] == ["Wilkinsburg", "Pa.", "Wilkinsburg"]


@pytest.mark.parametrize(
    "told",
    [
        "The Trump administration published a list of sanctuary jurisdictions that it says won't work with ICE.",
        "The Trump administration published a list of sanctuary jurisdictions. ICE welcomed it.",
        "ICE agents were in Ohio last week. The administration released a list of sanctuary jurisdictions on Friday.",
    ],
)
def test_a_list_of_the_administration_is_no_agencys(told: str) -> None:
    text = f"{told} Dayton is on the list."
    assert not statements(text, "list_event")
    (listed,) = statements(text, "designation")
    assert (listed.subject.id, listed.value["authority"]) == (DAYTON, None)
