"""Who is named on an official list, who is missing, who was taken off.

Sentences, people and figures are invented.
"""

from __future__ import annotations

import pytest
from tests.reading.sample_reading import statements

from comity.model import Statement

COLUMBUS = "ocd-division/country:us/state:oh/place:columbus"
DAYTON = "ocd-division/country:us/state:oh/place:dayton"
FRANKLIN = "ocd-division/country:us/state:oh/county:franklin"
TOLEDO = "ocd-division/country:us/state:oh/place:toledo"


def found(text: str) -> list[Statement]:
    return statements(text, "designation")


@pytest.mark.parametrize(
    ("text", "subject", "value"),
    [
        (
            "The Department of Homeland Security put Dayton on its list of sanctuary "
            "jurisdictions for obstructing immigration enforcement.",
            "Dayton",
            {"status": "listed"},
        ),
        (
            "Dayton was designated a sanctuary jurisdiction by the U.S. Department of Justice under immigration law.",
            "Dayton",
            {"status": "listed"},
        ),
        (
            "The federal list of sanctuary jurisdictions includes Dayton, Toledo and the "
            "state of Ohio; immigration officials released it.",
            "Toledo",
            {"status": "listed"},
        ),
        (
            "Lucas County is not on the Justice Department's list of sanctuary "
            "jurisdictions, immigration lawyers noted.",
            "Lucas County",
            {"status": "not_listed"},
        ),
        (
            "Toledo was removed from the Justice Department's list of sanctuary jurisdictions after immigration talks.",
            "Toledo",
            {"status": "removed"},
        ),
        (
            "Toledo is no longer on the Justice Department's list of sanctuary "
            "jurisdictions, immigration officials said.",
            "Toledo",
            {"status": "removed"},
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
        "Dayton asked to be removed from the federal list of sanctuary jurisdictions, an immigration official said.",
    ],
)
def test_a_sentence_states_nothing(text: str) -> None:
    assert not found(text)


# --- families of wordings: each with whom it is told of, the status and the polarity
@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Columbus is on the Justice Department's list of sanctuary jurisdictions.",
            [(COLUMBUS, "listed", "affirmed")],
        ),
        (
            "Columbus was named a sanctuary city by the Department of Homeland Security.",
            [(COLUMBUS, "listed", "affirmed")],
        ),
        ("The Justice Department designated Columbus a sanctuary jurisdiction.", [(COLUMBUS, "listed", "affirmed")]),
        ("DHS puts Columbus on sanctuary list", [(COLUMBUS, "listed", "affirmed")]),
        (
            "Columbus and Dayton landed on a federal list of sanctuary jurisdictions.",
            [(COLUMBUS, "listed", "affirmed"), (DAYTON, "listed", "affirmed")],
        ),
        (
            "Columbus, Dayton and Toledo are among the cities on the DHS sanctuary list.",
            [(COLUMBUS, "listed", "affirmed"), (DAYTON, "listed", "affirmed"), (TOLEDO, "listed", "affirmed")],
        ),
        (
            ("Columbus is one of 14 cities the Justice Department has identified as sanctuary jurisdictions."),
            [(COLUMBUS, "listed", "affirmed")],
        ),
        (
            (
                "The Department of Homeland Security published a list of sanctuary jurisdictions. It "
                "named Columbus and Dayton."
            ),
            [(COLUMBUS, "listed", "affirmed"), (DAYTON, "listed", "affirmed")],
        ),
        (
            ("The Department of Homeland Security published a list of sanctuary jurisdictions. Columbus is on it."),
            [(COLUMBUS, "listed", "affirmed")],
        ),
        (
            ("The Department of Homeland Security published a list of sanctuary jurisdictions. Columbus was named."),
            [(COLUMBUS, "listed", "affirmed")],
        ),
        (
            (
                "The Department of Homeland Security published a list of sanctuary jurisdictions. "
                "Dayton, too, was included."
            ),
            [(DAYTON, "listed", "affirmed")],
        ),
        (
            ("The Department of Homeland Security published a list of sanctuary jurisdictions. Toledo isn't on it."),
            [(TOLEDO, "not_listed", "affirmed")],
        ),
        (
            ("The Department of Homeland Security published a list of sanctuary jurisdictions. Toledo was left off."),
            [(TOLEDO, "not_listed", "affirmed")],
        ),
        (
            ("The Department of Homeland Security published a list of sanctuary jurisdictions. So is Dayton."),
            [(DAYTON, "listed", "affirmed")],
        ),
        (
            ("The Department of Homeland Security published a list of sanctuary jurisdictions. Neither is Toledo."),
            [(TOLEDO, "not_listed", "affirmed")],
        ),
        (
            (
                "The Department of Homeland Security published a list of sanctuary jurisdictions. "
                "Columbus has since been removed."
            ),
            [(COLUMBUS, "removed", "affirmed")],
        ),
        (
            (
                "The Department of Homeland Security published a list of sanctuary jurisdictions. Also "
                "on the list: Dayton and Toledo."
            ),
            [(DAYTON, "listed", "affirmed"), (TOLEDO, "listed", "affirmed")],
        ),
        (
            "Toledo does not appear on the federal list of sanctuary jurisdictions.",
            [(TOLEDO, "not_listed", "affirmed")],
        ),
        (
            "Toledo was never designated a sanctuary jurisdiction by the Justice Department.",
            [(TOLEDO, "not_listed", "affirmed")],
        ),
        ("Columbus was dropped from the sanctuary list on Friday.", [(COLUMBUS, "removed", "affirmed")]),
        (
            "The Justice Department took Columbus off its list of sanctuary jurisdictions.",
            [(COLUMBUS, "removed", "affirmed")],
        ),
        ("Columbus is no longer on the DHS list of sanctuary jurisdictions.", [(COLUMBUS, "removed", "affirmed")]),
        (
            "Franklin County made the Justice Department's list of sanctuary jurisdictions.",
            [(FRANKLIN, "listed", "affirmed")],
        ),
    ],
)
def test_a_wording_is_read(text: str, told: list[tuple[str, str, str]]) -> None:
    read = [(str(item.subject.id), str(item.value["status"]), item.polarity) for item in found(text)]
    assert sorted(read) == sorted(told)


@pytest.mark.parametrize(
    "text",
    [
        "Columbus asked to be removed from the sanctuary list.",
        "The Department of Homeland Security published a list of sanctuary jurisdictions.",
        "Columbus was named one of the best cities for runners; ICE is not a sponsor.",
        ("The Department of Homeland Security published a list of sanctuary jurisdictions. Columbus was sued."),
        (
            "The Department of Homeland Security published a list of sanctuary jurisdictions. "
            "Columbus officials were named as defendants."
        ),
        "Columbus is on a list of the busiest immigration courts.",
    ],
)
def test_a_wording_of_something_else_is_passed_over(text: str) -> None:
    assert found(text) == []
