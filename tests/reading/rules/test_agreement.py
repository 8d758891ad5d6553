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
    ],
)
def test_what_only_looks_like_one_states_nothing(text: str) -> None:
    assert agreements(text) == []
