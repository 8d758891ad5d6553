"""Names that a page prints without meaning whom it is about: datelines, other suits, shared names. Invented."""

from __future__ import annotations

import pytest
from tests.reading.sample_reading import statements

from comity import documents
from comity.model import Publication
from comity.reading import mentions

OHIO = Publication(home_state="OH")


def meant(text: str) -> list[str | None]:
    """The ids of the places that a text names for somebody."""
    found = mentions(documents.parse(text.encode(), path="story.txt", publication=OHIO))
    return [place.id for place in found.places]


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        # the capital as a dateline, set close or with two hyphens
        ("WASHINGTON- A judge blocked the order to withhold federal money from cities over ICE.", []),
        ("WASHINGTON -- A judge blocked the order to withhold federal money from cities over ICE.", []),
        ("WASHINGTON, DC - A judge blocked the order to withhold federal money from cities over ICE.", []),
        ("WASHINGTON, D.C. (Feb. 13, 2017) — A judge blocked the order to withhold money from cities over ICE.", []),
        # where the place before lies
        (
            "Homeland Security cut its list of sanctuary jurisdictions. That came after cities such as Dayton, "
            "a city of bridges in Ohio, were included.",
            ["Dayton"],
        ),
        # a party to another suit, which is only cited
        ("Dayton bars police from asking about immigration status, citing the 2012 case Ohio v. Doe.", ["Dayton"]),
        # who runs a jail runs no school
        ("Lucas County has ICE detainees. Jail Superintendent Ann Roe declined to comment on them.", []),
        # a state that shares its city's name
        (
            "New Jersey has its own rule. In New York, people wait over a law that prohibits state officials from "
            "sharing data with immigration officers.",
            ["New York"],
        ),
        (
            "Oregon has its own rule. “Yes,” said Sheriff Ann Roe of Lucas County, Ohio, a county that complies "
            "with a state law requiring sheriffs to honor ICE detainers.",
            ["Ohio"],
        ),
        # what a candidate promises to end isn't signed, and what such agreements do is nobody's act
        ("Dayton voted. The sheriff won on a pledge to end the 287(g) agreement.", []),
        ("Dayton waited over ICE. Council members split 3-3 on approving a 287(g) agreement with ICE.", []),
        ("Dayton waited. Such agreements let deputies act as immigration officers.", []),
    ],
)
def test_a_name_is_not_taken_for_whom_the_page_is_about(text: str, subjects: list[str]) -> None:
    found = [item for item in statements(text) if item.value.get("action") != "ended"]
    assert [item.subject.name for item in found if item.predicate != "detention"] == subjects


def test_the_place_of_a_cited_case_is_still_a_place() -> None:
    assert meant("Dayton pointed to the 2012 case Ohio v. Doe.")[0] == "ocd-division/country:us/state:oh/place:dayton"


def test_a_heading_is_no_part_of_the_name_in_the_line_before_it() -> None:
    text = "Wilkinsburg, Pa.\n\nWilkinsburg\n\nBorough Council backs immigrants"
    places = mentions(documents.parse(text.encode(), path="story.txt")).places
    assert [text[place.start : place.end] for place in places] == ["Wilkinsburg", "Pa.", "Wilkinsburg"]
