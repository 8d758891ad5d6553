"""Lists that a page prints whole: an item is named on the list that its opening tells of.

Lists, people and figures are invented.
"""

from __future__ import annotations

import pytest
from tests.reading.sample_reading import statements

from comity import documents, gazetteer, vocabulary
from comity.model import Publication
from comity.reading import read
from comity.reading.listed import opener
from comity.reading.sentences import paragraphs, split

HEAD = "DHS posted a list of sanctuary jurisdictions on Monday.\n\n"
PLACES = "• Lucas County, OH\n\n• Dayton, OH\n\n• Vermont\n"
NAMED = ["Lucas County", "Dayton", "Vermont"]


def listed(text: str) -> list[str]:
    found = statements(text, "designation", home_state="OH")
    return [item.subject.name for item in found if item.value["status"] == "listed"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The following counties and cities are on the list:\n\n" + PLACES, NAMED),
        (
            "These were identified as sanctuary jurisdictions:\n\nCOUNTIES:\n\n• Lucas County\n\nCITIES:\n\n• Dayton\n",
            NAMED[:2],
        ),
        ("In all, two governments here were named.\n\nLucas County;\n\nDayton;\n", NAMED[:2]),
        (
            "The list names the following:\n\n- Counties (2): Lucas County (Ohio), Cook County (Illinois)\n"
            "- Cities (2): Dayton (Ohio), Rochester (New York)\n",
            ["Lucas County", "Cook County", "Dayton", "Rochester"],
        ),
        ("Here are the places listed as sanctuary jurisdictions:\n\n1. Lucas County\n2. Dayton\n", NAMED[:2]),
    ],
)
def test_items_of_a_printed_list_are_listed(text: str, names: list[str]) -> None:
    assert listed(HEAD + text) == names


@pytest.mark.parametrize(
    "opening",
    [
        "The following are no longer on the list:",
        "These have asked to be removed from the list:",
        "The following agencies have signed 287(g) agreements:",
        "Residents of these places spoke on immigration:",
        "The list was criticized by many.",
    ],
)
def test_items_of_another_list_are_not(opening: str) -> None:
    assert listed(f"{HEAD}{opening}\n\n{PLACES}") == []


def test_a_paragraph_that_names_a_place_is_no_item() -> None:
    text = "The following cities are on the list:\n\nDayton leaders met on Tuesday to speak of roads and of water.\n"
    assert listed(HEAD + text) == []


def test_what_opens_the_list_carries_the_item() -> None:
    opening = "The following counties and cities are on the list:"
    found = statements(f"{HEAD}{opening}\n\n{PLACES}", "designation")
    assert {item.exact for one in found for item in one.support if item.slot == "status"} == {opening}


def test_weights_are_not_asked_about_an_item() -> None:
    text = f"{HEAD}The following counties and cities are on the list:\n\n{PLACES}"
    document = documents.parse(text.encode(), path="story.txt", publication=Publication(home_state="OH"))
    found = read(document, vocabulary.load(), gazetteer.load()).statements
    assert [item.subject.name for item in found if item.predicate == "designation"] == NAMED


def test_sanctuary_cities_included() -> None:
    text = (
        HEAD + "Sanctuary counties consisted of: Lucas County, Ohio; Cook County, Illinois; and Kent County, Michigan."
    )
    assert listed(text) == ["Lucas County", "Cook County", "Kent County"]


@pytest.mark.parametrize(
    ("text", "line", "opens"),
    [
        ("The list names:\n\n• Dayton\n\n• Toledo\n", "Toledo", "The list names:"),
        ("It met. The list names:\n\nCITIES:\n\n• Dayton\n", "Dayton", "The list names:"),
        ("The list names:\n\nDayton voted on Monday to end its rule.\n", "Dayton", None),
        ("• Dayton\n\n• Toledo\n", "Toledo", None),
    ],
)
def test_opener(text: str, line: str, opens: str | None) -> None:
    found = opener(text, paragraphs(text), split(text), text.index(line))
    assert (text[slice(*found)] if found else None) == opens


def test_a_state_in_which_unnamed_towns_are_listed_is_not() -> None:
    assert listed(HEAD + "Elsewhere, several towns in Maine were listed.") == []
    assert listed(HEAD + "Vermont was listed.") == ["Vermont"]
