"""What a sentence states: a table that a reporter could read. Outlets, people and quotations are invented."""

from __future__ import annotations

import pytest
from tests.reading.sample_reading import statements

ANCHORAGE = "ocd-division/country:us/state:ak/place:anchorage"
JUNEAU = "ocd-division/country:us/state:ak/place:juneau"
DAYTON = "ocd-division/country:us/state:oh/place:dayton"
TOLEDO = "ocd-division/country:us/state:oh/place:toledo"
LUCAS = "ocd-division/country:us/state:oh/county:lucas"
OHIO = "ocd-division/country:us/state:oh"
SHERIFF = "ori:OH0480000"
DHS = "body:us/dhs"


@pytest.mark.parametrize(
    ("text", "predicate", "subject", "value"),
    [
        (
            "The Department of Homeland Security listed Dayton as a sanctuary jurisdiction.",
            "designation",
            DAYTON,
            {"status": "listed", "authority": "US Department of Homeland Security", "list": "sanctuary jurisdictions"},
        ),
        (
            "Toledo was not included on the federal list of sanctuary cities.",
            "designation",
            TOLEDO,
            {"status": "not_listed"},
        ),
        ("Dayton was removed from the list of sanctuary jurisdictions.", "designation", DAYTON, {"status": "removed"}),
        (
            "The Dayton City Council adopted an ordinance that bars police from asking about immigration status.",
            "policy",
            DAYTON,
            {"kind": "status_inquiry_limit", "action": "adopted"},
        ),
        (
            "A Toledo policy forbids jailers from honoring immigration detainers without a judicial warrant.",
            "policy",
            TOLEDO,
            {"kind": "detainer_limit", "action": "in_force"},
        ),
        (
            "Ohio lawmakers introduced a bill that would require sheriffs to honor ICE detainers.",
            "policy",
            OHIO,
            {"kind": "detainer_mandate", "action": "proposed"},
        ),
        (
            "The Lucas County Sheriff's Office signed a 287(g) agreement with ICE under the task force model.",
            "agreement",
            SHERIFF,
            {"action": "signed", "model": "task_force", "program": "287(g)"},
        ),
        (
            "The Lucas County Sheriff's Office ended its 287(g) agreement with ICE.",
            "agreement",
            SHERIFF,
            {"action": "ended"},
        ),
        (
            "Dayton could lose $4.2 million in federal grants over its immigration policies.",
            "funding",
            DAYTON,
            {"action": "threatened", "amount_usd": 4200000},
        ),
        (
            "The Justice Department sued Dayton over its sanctuary policies.",
            "legal_action",
            DAYTON,
            {"action": "filed"},
        ),
        (
            "About 200 people rallied against ICE in Dayton on Saturday.",
            "protest",
            DAYTON,
            {"action": "held", "size_low": 200, "size_high": 200},
        ),
        (
            "More than 300 people marched in Toledo to protest immigration raids.",
            "protest",
            TOLEDO,
            {"size_low": 300, "size_high": None},
        ),
        (
            "The Department of Homeland Security published a list of 412 sanctuary jurisdictions.",
            "list_event",
            DHS,
            {"action": "published", "count": 412},
        ),
        (
            "Dayton officials declined to comment on the immigration lawsuit.",
            "response",
            DAYTON,
            {"kind": "no_comment"},
        ),
        (
            "Dayton calls itself a welcoming city for immigrants.",
            "characterization",
            DAYTON,
            {"label": "welcoming city", "by": "self"},
        ),
    ],
)
def test_a_sentence_states(text: str, predicate: str, subject: str, value: dict[str, object]) -> None:
    found = [item for item in statements(text) if item.predicate == predicate and item.subject.id == subject]
    assert found, [(item.predicate, item.subject.id) for item in statements(text)]
    assert {slot: found[0].value[slot] for slot in value} == value


@pytest.mark.parametrize(
    ("text", "polarity", "modality", "voice"),
    [
        ("Dayton has not signed a 287(g) agreement with ICE.", "negated", "actual", "own"),
        ("Dayton will sign a 287(g) agreement with ICE.", "affirmed", "planned", "own"),
        ("Dayton may sign a 287(g) agreement with ICE.", "affirmed", "possible", "own"),
        ("Dayton signed a 287(g) agreement with ICE, Mayor Ana Ruiz said.", "affirmed", "actual", "attributed"),
        ("According to the sheriff, Dayton signed a 287(g) agreement with ICE.", "affirmed", "actual", "attributed"),
        ("“Dayton signed a 287(g) agreement with ICE,” Mayor Ana Ruiz said.", "affirmed", "actual", "attributed"),
    ],
)
def test_how_firmly_and_in_whose_voice(text: str, polarity: str, modality: str, voice: str) -> None:
    found = [item for item in statements(text) if item.predicate == "agreement"]
    assert [(item.polarity, item.modality, item.voice) for item in found] == [(polarity, modality, voice)]


@pytest.mark.parametrize(
    "text",
    [
        "The Second Amendment sanctuary county resolution passed in Lucas County after the sheriff spoke.",
        "Crews spread salt as ice covered the roads around Dayton, and police asked people to stay home.",
        "The wildlife sanctuary near Toledo signed an agreement with the city to protect herons.",
        "Dayton adopted a budget and sued a contractor over a bridge.",
    ],
)
def test_what_is_off_the_topic_states_nothing(text: str) -> None:
    assert statements(text + " ") == []


def test_every_place_of_a_list_is_named() -> None:
    found = statements(
        "The list of sanctuary jurisdictions includes Dayton, Toledo and Lucas County, the department said."
    )
    assert {item.subject.id for item in found if item.predicate == "designation"} == {DAYTON, TOLEDO, LUCAS}


def test_the_city_is_the_one_named_before() -> None:
    found = statements(
        "Dayton officials met Monday.\n\nThe city will not honor immigration detainers without a warrant."
    )
    policy = next(item for item in found if item.predicate == "policy")
    assert (policy.subject.id, policy.subject.name) == (DAYTON, "Dayton")
    assert [item.exact for item in policy.support if item.slot == "subject"] == ["Dayton"]


def test_unknown_stays_unknown() -> None:
    found = statements("Protesters rallied against ICE in Dayton.", published=None)
    protest = next(item for item in found if item.predicate == "protest")
    assert protest.time is None
    assert [protest.value[slot] for slot in ("size_low", "size_high", "organizer")] == [None, None, None]


def test_the_day_of_saying_is_not_the_day_of_the_act() -> None:
    found = statements("Mayor Ana Ruiz said Tuesday that Dayton signed a 287(g) agreement with ICE in 2019.")
    agreement = next(item for item in found if item.predicate == "agreement")
    assert agreement.time is not None
    assert agreement.time.edtf == "2019"


def test_reading_is_deterministic_and_every_span_is_exact() -> None:
    text = "Dayton signed a 287(g) agreement with ICE.\n\nThe city was sued over it, “a sanctuary city” no more."
    first, second = statements(text), statements(text)
    assert [item.id for item in first] == [item.id for item in second]
    for item in first:
        assert item.evidence.start is not None
        assert item.evidence.exact == text[item.evidence.start : item.evidence.end]
        assert all(support.exact == text[support.start : support.end] for support in item.support)
