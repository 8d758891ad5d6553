"""Lists as a whole: published, pulled, to be updated.

Sentences, people and figures are invented.
"""

from __future__ import annotations

import pytest
from tests.reading.sample_reading import statements

from comity.model import Statement


def found(text: str) -> list[Statement]:
    return statements(text, "list_event")


@pytest.mark.parametrize(
    ("text", "subject", "value"),
    [
        (
            "The Department of Homeland Security published a list of 412 sanctuary "
            "jurisdictions that limit immigration enforcement.",
            "Department of Homeland Security",
            {"action": "published", "count": 412},
        ),
        (
            "The Department of Homeland Security took down its list of sanctuary "
            "jurisdictions that limit immigration enforcement.",
            "Department of Homeland Security",
            {"action": "withdrawn"},
        ),
        (
            "The Justice Department said it will update the list of sanctuary jurisdictions "
            "as immigration policies change.",
            "Justice Department",
            {"action": "will_update"},
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
        "Mayors called on the Justice Department to withdraw the list of sanctuary "
        "jurisdictions, citing immigration law.",
    ],
)
def test_a_sentence_states_nothing(text: str) -> None:
    assert not found(text)


def test_a_list_that_will_be_updated_is_told_once() -> None:
    text = "The Department of Homeland Security said the list of sanctuary jurisdictions will be updated regularly."
    assert [(item.value["action"], item.modality) for item in found(text)] == [("will_update", "planned")]


def test_other_places_on_a_list_are_no_count_of_it() -> None:
    text = "The Justice Department named Dayton and 11 other cities on a list of sanctuary jurisdictions it published."
    assert [item.value["count"] for item in found(text)] == [None]


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
    assert not found(text)
    (listed,) = statements(text, "designation")
    assert (listed.subject.id, listed.value["authority"]) == ("ocd-division/country:us/state:oh/place:dayton", None)


LISTED = "The Department of Homeland Security published a list of sanctuary jurisdictions on Thursday.\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The Justice Department made its list of sanctuary cities public on Friday.", [("published", "actual")]),
        (LISTED + "Police chiefs were taken aback by the release of the list.", [("published", "actual")] * 2),
        (
            LISTED + "The page says the list is going to be updated regularly.",
            [("published", "actual"), ("will_update", "planned")],
        ),
        (
            LISTED + "A department official said the list can be altered at any time.",
            [("published", "actual"), ("will_update", "possible")],
        ),
        (LISTED + "The list has meanwhile come down.", [("published", "actual"), ("withdrawn", "actual")]),
        (
            LISTED + "On Monday the link on its website that led to the list gave the error “page not found.”",
            [("published", "actual"), ("withdrawn", "actual")],
        ),
        (
            "ICE is suspending its weekly list of jails that decline immigration detainers.",
            [("withdrawn", "actual")],
        ),
        ("ICE began issuing its weekly report on immigration detainers in March.", [("published", "actual")]),
    ],
)
def test_a_wording_is_read(text: str, told: list[tuple[str, str]]) -> None:
    assert [(item.value["action"], item.modality) for item in found(text)] == told


@pytest.mark.parametrize(
    "text",
    [
        "The release says the list of sanctuary jurisdictions is long.",
        "A judge halted the Justice Department's list of sanctuary jurisdictions.",
        "Mayors urged ICE to suspend its weekly detainer report on sanctuary counties.",
        "Toledo was left off the list of sanctuary jurisdictions that ICE keeps.",
        "Dayton has gone to court over the Justice Department's list of sanctuary jurisdictions.",
        "DHS released a statement that says the list of sanctuary jurisdictions is long.",
        "The release of the list of sanctuary jurisdictions came as ICE arrested eleven people.",
    ],
)
def test_a_list_of_nobody_or_an_act_of_others_is_passed_over(text: str) -> None:
    assert not found(text)
