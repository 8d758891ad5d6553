"""What pages call things: bodies as they are written, and whom a change is about."""

from __future__ import annotations

import pytest

from comity import vocabulary
from comity.interfaces.web.words import called, meanings, slots_of
from comity.lists.differences import KINDS
from comity.model import Change

LAS_CRUCES = "ocd-division/country:us/state:nm/place:las_cruces"


@pytest.mark.parametrize(
    ("facet", "words"),
    [
        (
            f"funding|{LAS_CRUCES}|authority=us department of homeland security|program=disaster fund",
            "US Department of Homeland Security, disaster fund",
        ),
        (f"funding|{LAS_CRUCES}|program=byrne grants", "byrne grants"),
        (f"policy|{LAS_CRUCES}|kind=detainer_limit", "limit on holding people for immigration detainers"),
    ],
)
def test_a_matter_names_a_body_as_it_is_written(facet: str, words: str) -> None:
    assert slots_of(facet, vocabulary.load()) == words


@pytest.mark.parametrize(
    ("list_name", "entity", "expected"),
    [
        (None, LAS_CRUCES, "Las Cruces"),  # a dateline prints capitals
        (None, None, "LAS CRUCES"),
        ("us-287g-participating", LAS_CRUCES, "LAS CRUCES"),  # a row stands as printed
    ],
)
def test_whom_a_change_is_about(list_name: str | None, entity: str | None, expected: str) -> None:
    assert called(Change(list_name, None, None, "began", "policy|x", "LAS CRUCES", entity)) == expected


def test_every_kind_of_a_list_s_change_has_a_meaning_in_plain_words() -> None:
    assert len(meanings(KINDS)) == len(KINDS)
    assert meanings(["unresolved", "of no kind"]) == {"missing": "printed no more, and not confirmed to have left"}
