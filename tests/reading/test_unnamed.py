"""Acts of one, of many or of others whom the sentence doesn't name, and states that only say where such lie.

Sentences, people and figures are invented.
"""

from __future__ import annotations

import pytest
from tests.reading.sample_reading import statements

from comity.reading.unnamed import of_many, of_one

DAYTON = "ocd-division/country:us/state:oh/place:dayton"
OPENING = "Dayton officials met Monday on immigration enforcement. "


@pytest.mark.parametrize(
    ("sentence", "head", "many"),
    [
        ("The department threatened 23 jurisdictions with subpoenas.", "threatened", True),
        ("ICE may cut off money for cities that refuse.", "cut", True),
        ("The order could take grants from so-called “sanctuary” counties.", "take", True),
        ("The department sent letters to dozens of mayors.", "sent", True),
        ("The department may end grants if cities do not comply.", "end", True),
        ("He urged leaders of so-called sanctuary cities to comply.", "urged", True),
        ("Three new county sheriff's offices have signed.", "signed", True),
        ("Statewide, 16 municipal, county, and state law enforcement agencies have signed.", "signed", True),
        ("It threatened the 23 jurisdictions with subpoenas.", "threatened", False),
        ("The department sent both cities a letter.", "sent", False),
        ("It is one of 23 jurisdictions that got a letter.", "got", False),
        ("The department sent our county a letter.", "sent", False),
        ("The department sent the county a letter.", "sent", False),
    ],
)
def test_a_clause_may_tell_of_many_without_a_name(sentence: str, head: str, many: bool) -> None:
    at = sentence.index(head)
    assert of_many(sentence, (0, len(sentence)), (at, at + len(head))) is many


@pytest.mark.parametrize(
    ("sentence", "head", "one"),
    [
        ("A Texas county ended its contract.", "ended", True),
        ("Officials said a jail in Maine ended its contract.", "ended", True),
        ("The county ended its contract.", "ended", False),
        ("Dayton ended its contract.", "ended", False),
    ],
)
def test_a_clause_may_tell_of_one_without_a_name(sentence: str, head: str, one: bool) -> None:
    assert of_one(sentence, (0, len(sentence)), sentence.index(head)) is one


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("The Justice Department sued 19 of Ohio's 88 counties over sanctuary policies.", []),
        ("The Justice Department sued three cities in Ohio over sanctuary policies.", []),
        ("The Justice Department filed suit against towns in Ohio over sanctuary policies.", []),
        ("The Justice Department filed suit against Ohio over its sanctuary policies.", ["Ohio"]),
        ("The Justice Department sued three places in Ohio over sanctuary policies.", []),
        ("The Justice Department sued Dayton, Ohio, over sanctuary policies.", ["Dayton"]),
        ("The state sued Boston, New York, Chicago and others over ICE.", ["Boston", "New York", "Chicago"]),
        (
            "The administration is suing Chicago, Denver and Rochester, New York, over ICE.",
            ["Chicago", "Denver", "Rochester"],
        ),
        (
            "The suit, filed Friday in the U.S. District Court for the District of Oregon, says Salem obstructs ICE.",
            ["Salem"],
        ),
    ],
)
def test_a_state_may_only_say_where_they_lie(text: str, subjects: list[str]) -> None:
    assert [item.subject.name for item in statements(text, "legal_action")] == subjects


@pytest.mark.parametrize(
    "sentence",
    [
        "Elsewhere, a growing number of cities bar their officers from asking about immigration status.",
        "Meanwhile, a handful of towns nearby bar their officers from asking people about their immigration status.",
        "Some residents noted that at least nine counties bar their deputies from asking about immigration status.",
        "Sanctuary cities or counties are those where they bar officers from asking about immigration status.",
        "Sanctuary towns are those that have put policies in place to shield immigrants from immigration law.",
        "So-called “sanctuary cities” have barred officers from asking about immigration status for years.",
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


@pytest.mark.parametrize(
    ("text", "predicate", "subjects"),
    [
        ("In all, 14 counties across Ohio are taking part in the 287(g) program of ICE.", "agreement", []),
        ("Ohio sheriffs have signed 287(g) agreements with ICE.", "agreement", []),
        ("Ohio sheriffs must honor ICE detainers under state law.", "policy", ["Ohio"]),
    ],
)
def test_what_many_in_a_state_do_is_the_states_where_its_acts_bind_them(
    text: str, predicate: str, subjects: list[str]
) -> None:
    assert [item.subject.name for item in statements(text, predicate)] == subjects
