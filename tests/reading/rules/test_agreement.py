"""Agreements with federal immigration enforcement: who signed, applied, left, refused.

Sentences, people and figures are invented.
"""

from __future__ import annotations

import pytest
from tests.reading.sample_reading import statements

from comity.model import Statement

BUTLER = "ocd-division/country:us/state:oh/county:butler"
BUTLER_SHERIFF = "ori:OH0090000"
PATROL = "ori:OHOHP0000"
COLUMBUS = "ocd-division/country:us/state:oh/place:columbus"
LUCAS = "ocd-division/country:us/state:oh/county:lucas"
WOOD = "ocd-division/country:us/state:oh/county:wood"


def agreements(text: str, home_state: str = "OH") -> list[Statement]:
    return statements(text, "agreement", home_state=home_state)


@pytest.mark.parametrize(
    ("text", "subject", "value", "polarity", "modality"),
    [
        (
            "The Butler County Sheriff's Office has joined the federal 287(g) program, becoming the fourth in Ohio.",
            BUTLER_SHERIFF,
            {"action": "signed", "program": "287(g)"},
            "affirmed",
            "actual",
        ),
        (
            "The Butler County Sheriff's Office no longer participates in the 287(g) program.",
            BUTLER_SHERIFF,
            {"action": "ended", "program": "287(g)"},
            "affirmed",
            "actual",
        ),
        (
            "Butler County will no longer take part in the 287(g) program.",
            BUTLER,
            {"action": "ended"},
            "affirmed",
            "planned",
        ),
        (
            "Butler County, Ohio, is one of 30 counties with a 287(g) agreement with ICE.",
            BUTLER,
            {"action": "in_force"},
            "affirmed",
            "actual",
        ),
        (
            "Butler County Sheriff Dan Roe said his office has applied for the 287(g) program.",
            BUTLER,
            {"action": "pending"},
            "affirmed",
            "actual",
        ),
        (
            "Butler County commissioners voted 3-0 to approve a 287(g) agreement with Immigration "
            "and Customs Enforcement.",
            BUTLER,
            {"action": "signed"},
            "affirmed",
            "actual",
        ),
        (
            "Butler County commissioners voted against a 287(g) agreement Tuesday.",
            BUTLER,
            {"action": "rejected"},
            "affirmed",
            "actual",
        ),
        (
            "Butler County declined to join the 287(g) program.",
            BUTLER,
            {"action": "rejected"},
            "affirmed",
            "actual",
        ),
        (
            "The Ohio State Highway Patrol signed a memorandum of agreement with ICE on March 3, 2025.",
            PATROL,
            {"action": "signed", "signed": "2025-03-03"},
            "affirmed",
            "actual",
        ),
        (
            "Butler County withdrew from its 287(g) agreement in 2021.",
            BUTLER,
            {"action": "ended"},
            "affirmed",
            "actual",
        ),
        (
            "Butler County's 287(g) agreement with ICE took effect in May.",
            BUTLER,
            {"action": "in_force"},
            "affirmed",
            "actual",
        ),
        (
            "Butler County does not have a 287(g) agreement.",
            BUTLER,
            {"action": "in_force"},
            "negated",
            "actual",
        ),
        (
            "Butler County has no plans to sign a 287(g) agreement with ICE.",
            BUTLER,
            {"action": "signed"},
            "negated",
            "planned",
        ),
        (
            "Butler County is considering a 287(g) agreement.",
            BUTLER,
            {"action": "signed"},
            "affirmed",
            "possible",
        ),
        (
            "Butler County sheriff signs 287(g) agreement with ICE",
            BUTLER,
            {"action": "signed"},
            "affirmed",
            "actual",
        ),
        (
            "ICE signed a task force agreement with the Butler County Sheriff's Office in June.",
            BUTLER_SHERIFF,
            {"action": "signed", "model": "task_force"},
            "affirmed",
            "actual",
        ),
        (
            "The Butler County Sheriff's Office participates in 287(g) under the jail enforcement model.",
            BUTLER_SHERIFF,
            {"action": "in_force", "model": "jail_enforcement"},
            "affirmed",
            "actual",
        ),
        (
            "Butler County deputies have been deputized by ICE under a 287(g) task force agreement.",
            BUTLER,
            {"action": "in_force", "model": "task_force"},
            "affirmed",
            "actual",
        ),
    ],
)
def test_a_sentence_states(text: str, subject: str, value: dict[str, object], polarity: str, modality: str) -> None:
    found = agreements(text)
    assert [item.subject.id for item in found] == [subject]
    assert {slot: found[0].value[slot] for slot in value} == value
    assert (found[0].polarity, found[0].modality) == (polarity, modality)


@pytest.mark.parametrize(
    "text",
    [
        "Residents urged Butler County commissioners to end the county's 287(g) agreement.",
        "The Montgomery County Council passed a bill that bans 287(g) agreements.",
        "Sheriffs in Ohio would be required to sign 287(g) agreements under the bill.",
        "Butler County declined to comment on the 287(g) program.",
        "Butler County signed a contract with ICE to house detainees for $68 a day.",
        "The 287(g) program has critics.\n\nAs Dayton joins this nationwide movement, its message to ICE is clear.",
    ],
)
def test_what_only_looks_like_one_states_nothing(text: str) -> None:
    assert agreements(text) == []


# --- families of wordings: each with whom it is told of, the action and the polarity
@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Butler County has signed on to the 287(g) program, the sheriff announced.", [(BUTLER, "signed", "affirmed")]),
        (
            "Butler County inked a 287(g) deal with Immigration and Customs Enforcement in March.",
            [(BUTLER, "signed", "affirmed")],
        ),
        (
            "Butler County commissioners on Monday approved a 287(g) agreement on a 2-1 vote.",
            [(BUTLER, "signed", "affirmed")],
        ),
        ("Butler County renewed its 287(g) agreement for another year.", [(BUTLER, "signed", "affirmed")]),
        ("Butler County was accepted into the federal 287(g) program last spring.", [(BUTLER, "signed", "affirmed")]),
        (
            "Butler County Sheriff Dan Roe put his name to an agreement with ICE on Friday.",
            [(BUTLER, "signed", "affirmed")],
        ),
        (
            (
                "The Butler County Sheriff's Office entered into a memorandum of agreement with U.S. "
                "Immigration and Customs Enforcement."
            ),
            [(BUTLER_SHERIFF, "signed", "affirmed")],
        ),
        ("Butler County inks pact with ICE", [(BUTLER, "signed", "affirmed")]),
        (
            "Butler and Wood counties joined the 287g program in April.",
            [(BUTLER, "signed", "affirmed"), (WOOD, "signed", "affirmed")],
        ),
        ("Butler County's decision to rejoin the 287(g) program drew applause.", [(BUTLER, "signed", "affirmed")]),
        ("Butler County has not signed a 287(g) agreement, a spokeswoman said.", [(BUTLER, "signed", "negated")]),
        ("Butler County has no plans to join the 287(g) program.", [(BUTLER, "signed", "negated")]),
        ("Butler County withdrew from the 287(g) program last year.", [(BUTLER, "ended", "affirmed")]),
        ("Butler County's withdrawal from the 287(g) program takes effect in June.", [(BUTLER, "ended", "affirmed")]),
        ("Butler County opted out of its 287(g) agreement.", [(BUTLER, "ended", "affirmed")]),
        ("Butler County let its 287(g) agreement lapse.", [(BUTLER, "ended", "affirmed")]),
        ("Butler County did not renew its agreement with ICE.", [(BUTLER, "ended", "affirmed")]),
        (
            ("Butler County pulled the plug on its partnership with Immigration and Customs Enforcement."),
            [(BUTLER, "ended", "affirmed")],
        ),
        ("Butler County applied to join the 287(g) program in January.", [(BUTLER, "pending", "affirmed")]),
        ("Butler County's application for the 287(g) program is under review.", [(BUTLER, "pending", "affirmed")]),
        ("Butler County is awaiting approval of its 287(g) agreement.", [(BUTLER, "pending", "affirmed")]),
        ("Butler County is in the process of joining the 287(g) program.", [(BUTLER, "pending", "affirmed")]),
        ("Butler County turned down a 287(g) agreement in 2019.", [(BUTLER, "rejected", "affirmed")]),
        ("Butler County commissioners voted 3-0 against a 287(g) agreement.", [(BUTLER, "rejected", "affirmed")]),
        ("Butler County participates in the 287(g) program's jail model.", [(BUTLER, "in_force", "affirmed")]),
        ("Butler County is one of six agencies in Ohio with a 287(g) agreement.", [(BUTLER, "in_force", "affirmed")]),
        ("Deputies in Butler County work under a 287(g) agreement.", [(BUTLER, "in_force", "affirmed")]),
        (
            "Butler County has been part of the warrant service officer program since 2020.",
            [(BUTLER, "in_force", "affirmed")],
        ),
        ("Butler County does not participate in the 287(g) program.", [(BUTLER, "in_force", "negated")]),
        ("Columbus has no agreement with ICE, the mayor said.", [(COLUMBUS, "in_force", "negated")]),
        (
            "Lucas County has a 287(g) agreement with ICE. So do Butler and Wood counties.",
            [(BUTLER, "in_force", "affirmed"), (LUCAS, "in_force", "affirmed"), (WOOD, "in_force", "affirmed")],
        ),
        (
            "Lucas County has a 287(g) agreement with ICE. Butler County signed in May.",
            [(BUTLER, "signed", "affirmed"), (LUCAS, "in_force", "affirmed")],
        ),
        (
            "Lucas County has a 287(g) agreement with ICE. Wood County has applied, too.",
            [(LUCAS, "in_force", "affirmed"), (WOOD, "pending", "affirmed")],
        ),
        (
            "Lucas County has a 287(g) agreement with ICE. Butler County said no.",
            [(BUTLER, "rejected", "affirmed"), (LUCAS, "in_force", "affirmed")],
        ),
        (
            "Lucas County has a 287(g) agreement with ICE. Butler County has none.",
            [(BUTLER, "in_force", "negated"), (LUCAS, "in_force", "affirmed")],
        ),
        (
            "Lucas County has a 287(g) agreement with ICE. Butler County dropped out in 2021.",
            [(BUTLER, "ended", "affirmed"), (LUCAS, "in_force", "affirmed")],
        ),
        (
            "Lucas County has a 287(g) agreement with ICE. Neither does Butler County.",
            [(BUTLER, "in_force", "negated"), (LUCAS, "in_force", "affirmed")],
        ),
    ],
)
def test_a_wording_is_read(text: str, told: list[tuple[str, str, str]]) -> None:
    found = agreements(text)
    assert sorted((str(item.subject.id), str(item.value["action"]), item.polarity) for item in found) == sorted(told)


@pytest.mark.parametrize(
    "text",
    [
        "Residents urged Butler County to end its 287(g) agreement.",
        "The 287(g) program trains local officers to question inmates.",
        ("Butler County signed a mutual aid agreement with Wood County. It has nothing to do with immigration."),
        "A bill would require sheriffs in Butler County to sign 287(g) agreements.",
        "Why did Butler County sign a 287(g) agreement?",
        "Butler County signed a contract for road salt, and ICE agents were seen in Dayton.",
    ],
)
def test_a_wording_of_something_else_is_passed_over(text: str) -> None:
    assert agreements(text) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        # staying out is no signing, however it is promised
        ("Dayton committed to keeping out of 287(g) agreements with ICE.", ["Dayton rejected affirmed"]),
        ("Dayton pledged to stay out of the 287(g) program.", ["Dayton rejected affirmed"]),
        ("Dayton, having chosen not to join the 287(g) program, faces a review.", ["Dayton rejected affirmed"]),
        ("Its decision not to enroll in the 287(g) program cost Dayton money.", ["Dayton rejected affirmed"]),
        ("Butler County is without a 287(g) agreement with ICE.", ["Butler County in_force negated"]),
        ("Butler County lacks a 287(g) agreement.", ["Butler County in_force negated"]),
        # what one speaks against is there
        (
            "Residents opposed to the Butler County Sheriff's Office's 287(g) agreement filled the hall.",
            ["Butler County Sheriff's Office in_force affirmed"],
        ),
        ("Critics of Butler County's cooperation agreement with ICE met.", ["Butler County in_force affirmed"]),
        ("Neighbors spoke against Butler County's proposed 287(g) agreement.", []),
        (
            "Residents support Butler County's withdrawal from the 287(g) agreement.",
            ["Butler County ended affirmed"],
        ),
        # what the agreement of the text lets them do
        (
            "ICE has 287(g) agreements. The agreement lets Butler County hold people for two days.",
            ["Butler County in_force affirmed"],
        ),
        ("ICE has 287(g) agreements. The agreement would let Butler County hold people for two days.", []),
        # of others, the same
        (
            "Butler County signed a 287(g) agreement. The same goes for the police departments of Dayton and Toledo.",
            ["Butler County signed affirmed", "Dayton signed affirmed", "Toledo signed affirmed"],
        ),
        (
            "Butler County has not signed a 287(g) agreement. The same goes for Dayton.",
            ["Butler County signed negated"],
        ),
        (
            "The Department of Justice announced a memorandum of understanding with the State of Ohio on immigration.",
            ["Ohio signed affirmed"],
        ),
        (
            "The Department of Justice made public a memorandum with the State of Ohio on immigration enforcement.",
            ["Ohio signed affirmed"],
        ),
        # of more than one, told as a noun or by their number
        (
            "287(g) is spreading. Moves by Butler and Lake counties bring to nine the number in the 287(g) program.",
            ["Butler signed affirmed", "Lake signed affirmed"],
        ),
        (
            "287(g) is spreading. Moves by Butler and Lake counties to leave bring to nine the number of exits.",
            [],
        ),
        (
            "The application of the Butler County Sheriff's Office for the 287(g) program is at an assessment stage.",
            ["Butler County Sheriff's Office pending affirmed"],
        ),
        (
            "Butler County deputies will shortly hold the power to enforce immigration law.",
            ["Butler County signed affirmed"],
        ),
        (
            "Butler County points to a limit in the agreement its office made with ICE.",
            ["Butler County in_force affirmed"],
        ),
        ("Dayton voted down a partnership on immigration that officials had offered.", ["Dayton rejected affirmed"]),
        (
            "This year 13 counties have signed 287(g) agreements, among them Butler and Lake.",
            ["Butler signed affirmed", "Lake signed affirmed"],
        ),
        (
            "The governor ordered the Butler County Sheriff's Office to end its 287(g) agreement.",
            ["Butler County Sheriff's Office ended affirmed"],
        ),
        (
            "287(g) came. The agreement allows jailers at the Butler County Sheriff's Office to identify inmates.",
            ["Butler County Sheriff's Office in_force affirmed"],
        ),
        # lists
        (
            "The following counties have 287(g) agreements:\n• Butler County\n• Lake County\n",
            ["Butler County in_force affirmed", "Lake County in_force affirmed"],
        ),
        ("The following counties have no 287(g) agreement:\n• Butler County\n• Lake County\n", []),
    ],
)
def test_nouns_lists_and_denials_of_agreements(text: str, told: list[str]) -> None:
    found = agreements(text)
    assert sorted(f"{item.subject.name} {item.value['action']} {item.polarity}" for item in found) == told
    assert {item.voice for item in found} <= {"own"}
