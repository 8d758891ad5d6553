"""Alignment: which statements tell one fact, and which two of one matter; order makes no difference."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity import vocabulary
from comity.model import Evidence, Statement, Subject, Time, Value
from comity.views.alignment import Telling, matters

TOLEDO = "ocd-division/country:us/state:oh/place:toledo"


def telling(account: str, words: str, when: str | None = None, **given: Any) -> Telling:
    """A statement in short: ``protest action=held size_low=90``, ``at`` is its place in the text."""
    predicate, *pairs = words.split()
    slots: dict[str, Value] = {}
    for slot, value in (pair.split("=") for pair in pairs):
        slots[slot] = int(value) if value.isdigit() else value.replace("_", " ") if slot in FREE else value
    time = Time(when, when, *_bounds(when), "printed") if when else None
    at = given.pop("at", 10)
    published = given.pop("published", "2025-03-10")
    identity = f"st-{account}-{words}-{when}-{at}"
    statement = Statement(
        id=identity,
        topic="immigration-cooperation",
        predicate=predicate,
        subject=Subject("Toledo", TOLEDO, "place", "resolved"),
        value={slot: slots.get(slot) for slot in vocabulary.load().predicates[predicate].slots},
        polarity=given.pop("polarity", "affirmed"),
        modality=given.pop("modality", "actual"),
        voice=given.pop("voice", "own"),
        attribution=(),
        time=time,
        evidence=Evidence("sha256:x", start=at, end=at + 10, exact="…"),
        support=(),
        review="machine",
        reader="test",
        vocabulary="",
    )
    return Telling(account, published, statement)


FREE = ("plaintiff", "defendant", "authority", "sender", "label", "by", "what", "program")


def _bounds(when: str) -> tuple[str, str]:
    first, _, last = when.partition("/")
    return first, last or first


def facts(*tellings: Telling) -> list[list[list[str]]]:
    """The accounts of each fact of each matter."""
    found = matters(tellings, vocabulary.load())
    return sorted(sorted(sorted(each.account for each in fact) for fact in matter.facts) for matter in found)


ONE_FACT = [
    ("policy kind=detainer_limit action=adopted", "policy kind=detainer_limit action=in_force"),
    ("agreement program=287(g) action=signed", "agreement program=ICE_deal action=in_force"),
    ("agreement program=287(g) model=task_force action=signed", "agreement program=287(g) action=signed"),
    ("designation list=x authority=DHS status=listed", "designation list=x authority=Homeland_Security status=listed"),
    ("designation list=x authority=DHS status=listed", "designation list=x status=listed"),
    ("funding action=threatened amount_usd=900", "funding action=threatened"),
    ("protest action=held size_low=90 size_high=90", "protest action=held size_low=90"),
    ("protest action=held size_low=90", "protest action=held"),
    ("legal_action action=filed plaintiff=the_city", "legal_action action=filed plaintiff=Toledo"),
    ("characterization label=a_welcoming_city by=self", "characterization label=welcoming_city by=self"),
]
TWO_FACTS = [
    ("policy kind=detainer_limit action=adopted", "policy kind=detainer_limit action=rejected"),
    ("protest action=held size_low=90", "protest action=held size_low=200"),
    ("protest action=held size_low=90", "protest action=planned"),
    ("detention action=holds count=35", "detention action=holds count=36"),
]
TWO_MATTERS = [
    ("policy kind=detainer_limit action=adopted", "policy kind=jail_access_limit action=adopted"),
    ("designation list=x authority=DHS status=listed", "designation list=x authority=Justice_Department status=listed"),
    ("agreement model=task_force action=signed", "agreement model=jail_enforcement action=signed"),
    ("legal_action action=filed plaintiff=the_state", "legal_action action=filed plaintiff=the_city"),
    ("legal_action action=filed", "legal_action action=dismissed"),
    ("notice kind=subpoena", "notice kind=demand_letter"),
    ("characterization label=welcoming_city by=self", "characterization label=sanctuary by=self"),
]


@pytest.mark.parametrize(("one", "other"), ONE_FACT)
def test_what_is_one_fact(one: str, other: str) -> None:
    assert facts(telling("a", one), telling("b", other)) == [[["a", "b"]]]


@pytest.mark.parametrize(("one", "other"), TWO_FACTS)
def test_what_differs_in_one_matter_is_two_facts(one: str, other: str) -> None:
    assert facts(telling("a", one), telling("b", other)) == [[["a"], ["b"]]]


@pytest.mark.parametrize(("one", "other"), TWO_MATTERS)
def test_what_is_two_matters(one: str, other: str) -> None:
    assert facts(telling("a", one), telling("b", other)) == [[["a"]], [["b"]]]


def test_a_denial_is_told_of_the_fact_that_it_denies() -> None:
    words = "agreement program=287(g) action=signed"
    assert facts(telling("a", words), telling("b", words, polarity="negated")) == [[["a", "b"]]]


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        ("2025-03-08", "2025-03-08", True),
        ("2025-03-08", "2025-03-09", False),
        ("2025-03-01/2025-03-31", "2025-03-09", True),
        ("2024-03-09", "2025-03-09", False),
    ],
)
def test_gatherings_on_two_days_are_two(one: str, other: str, together: bool) -> None:
    words = "protest action=held size_low=90"
    found = facts(telling("a", words, one), telling("b", words, other))
    assert found == ([[["a", "b"]]] if together else [[["a"]], [["b"]]])


def test_an_undated_telling_that_could_mean_two_days_joins_neither() -> None:
    words = "protest action=held"
    found = facts(telling("a", words, "2025-03-08"), telling("b", words, "2025-03-09"), telling("c", words))
    assert found == [[["a"]], [["b"]], [["c"]]]


def test_an_undated_telling_of_another_year_is_of_another_event() -> None:
    words = "protest action=held"
    found = facts(telling("a", words, "2025-03-08"), telling("b", words, published="2026-03-10"))
    assert found == [[["a"]], [["b"]]]


def test_what_has_no_figure_stands_beside_two_that_differ() -> None:
    found = facts(
        telling("a", "protest action=held size_low=90"),
        telling("b", "protest action=held size_low=120"),
        telling("c", "protest action=held"),
    )
    assert found == [[["a"], ["b"], ["c"]]]


def test_what_one_account_counts_twice_in_its_own_voice_is_a_march_and_its_opponents() -> None:
    found = facts(
        telling("a", "protest action=held size_low=3000", at=10),
        telling("a", "protest action=held size_low=24", at=50),
        telling("b", "protest action=held size_low=24"),
        telling("b", "protest action=held size_low=2200", voice="attributed", at=50),
    )
    assert found == [[["a"], ["b"]], [["a", "b"]]]


TELLINGS = [
    telling(account, words, when, published=f"2025-03-{day:02}", at=day)
    for account, words, when, day in [
        ("a", "protest action=held size_low=90", "2025-03-08", 9),
        ("a", "protest action=held", None, 10),
        ("b", "protest action=held size_low=120", "2025-03-09", 11),
        ("b", "protest action=planned", "2025-03-09", 12),
        ("c", "protest action=held", "2025-03-01/2025-03-31", 13),
        ("c", "agreement model=task_force action=signed", None, 14),
        ("d", "agreement action=signed", None, 15),
        ("d", "agreement model=jail_enforcement action=ended", "2025-02-01", 16),
        ("e", "demand by=marchers what=end_the_contract_with_ICE", None, 17),
        ("f", "demand by=marchers what=end_the_jail_contract", None, 18),
    ]
]


@given(st.permutations(TELLINGS))
def test_the_order_of_the_statements_makes_no_difference(order: list[Telling]) -> None:
    assert matters(order, vocabulary.load()) == matters(TELLINGS, vocabulary.load())
