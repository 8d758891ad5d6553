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


STARK = "ocd-division/country:us/state:oh/county:stark"
SUMMIT = "ocd-division/country:us/state:oh/county:summit"
WASHINGTON = "ocd-division/country:us/state:oh/county:washington"
OPENED = "The Department of Homeland Security published a list of sanctuary jurisdictions.\n"


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
        (
            OPENED + "The counties named are Franklin, Stark and Summit.",
            [(FRANKLIN, "listed", "affirmed"), (STARK, "listed", "affirmed"), (SUMMIT, "listed", "affirmed")],
        ),
        (
            "The federal list of sanctuary jurisdictions names four counties. The cities on it are many. "
            + OPENED
            + "The cities are Dayton and Toledo.",
            [(DAYTON, "listed", "affirmed"), (TOLEDO, "listed", "affirmed")],
        ),
        (
            OPENED + "Franklin and Stark counties, together with Dayton, were named as being out of step with the law.",
            [(FRANKLIN, "listed", "affirmed"), (STARK, "listed", "affirmed"), (DAYTON, "listed", "affirmed")],
        ),
        (
            OPENED + "The list had on it two cities: Dayton and Toledo.",
            [(DAYTON, "listed", "affirmed"), (TOLEDO, "listed", "affirmed")],
        ),
        (
            OPENED + "Dayton and Toledo join Columbus on the list.",
            [(DAYTON, "listed", "affirmed"), (TOLEDO, "listed", "affirmed"), (COLUMBUS, "listed", "affirmed")],
        ),
        (
            OPENED + "Columbus, nine of its neighbors aside, is on the list, next to two cities: Dayton and Toledo.",
            [(COLUMBUS, "listed", "affirmed"), (DAYTON, "listed", "affirmed"), (TOLEDO, "listed", "affirmed")],
        ),
        # no state is one of the counties that a list names
        (
            OPENED + "The counties named are Franklin and Washington.",
            [(FRANKLIN, "listed", "affirmed"), (WASHINGTON, "listed", "affirmed")],
        ),
        (OPENED + "Dayton officials were stunned to find their city on the list.", [(DAYTON, "listed", "affirmed")]),
        (OPENED + "Dayton's being on the list drew protests.", [(DAYTON, "listed", "affirmed")]),
        (OPENED + "Officials asked why Dayton was named as a sanctuary city.", [(DAYTON, "listed", "affirmed")]),
        (OPENED + "Toledo was the only city marked as noncompliant.", [(TOLEDO, "listed", "affirmed")]),
        (
            OPENED + "Toledo, home to a large port and many immigrants, was conspicuously missing from the list.",
            [(TOLEDO, "not_listed", "affirmed")],
        ),
        (OPENED + "The department has formally taken Toledo off its list.", [(TOLEDO, "removed", "affirmed")]),
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
        # a list of the same shape, of another matter
        OPENED + "Three sheriffs have signed 287(g) agreements.\nThe counties are Franklin, Stark and Summit.",
        OPENED + "Two governments voted to sue.\nThe cities are Dayton and Toledo.",
        OPENED + "The largest cities in Ohio are Columbus, Dayton and Toledo.",
        OPENED + "Dayton joins Toledo in suing over the list.",
        OPENED + "The list took in no city in Ohio, not even Dayton.",
        OPENED + "Dayton was identified as a sanctuary city by its council.",
        OPENED + "Dayton officials were surprised to find an agent at the library.",
    ],
)
def test_a_wording_of_something_else_is_passed_over(text: str) -> None:
    assert found(text) == []
