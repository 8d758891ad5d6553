"""Mentions: governments behind their organs, agencies behind their offices, names that only locate."""

from __future__ import annotations

from itertools import pairwise

import pytest
from tests.reading.sample_reading import entities_in

TOLEDO = "ocd-division/country:us/state:oh/place:toledo"
OHIO = "ocd-division/country:us/state:oh"


def found(text: str) -> list[tuple[str, str | None]]:
    return [(text[item.start : item.end], item.id) for item in entities_in(text)]


@pytest.mark.parametrize(
    ("text", "words", "entity"),
    [
        ("In Toledo, Ohio, people met.", "Toledo, Ohio", TOLEDO),
        ("In Toledo, Ohio's senate met.", "Toledo", TOLEDO),
        ("In Toledo, Ohio's senate met.", "Ohio's senate", OHIO),
        ("The Toledo, Ohio, Police Department met.", "Toledo, Ohio, Police Department", "ori:OH0480700"),
        ("The Toledo City Council met.", "Toledo City Council", TOLEDO),
        ("Toledo officials met.", "Toledo officials", TOLEDO),
        ("Ohio lawmakers met.", "Ohio lawmakers", OHIO),
        ("The Lucas County Sheriff's Office met.", "Lucas County Sheriff's Office", "ori:OH0480000"),
    ],
)
def test_a_name_takes_in_what_belongs_to_it(text: str, words: str, entity: str) -> None:
    assert (words, entity) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "The ACLU of Ohio sued.",
        "The League of Women Voters of Ohio met.",
        "The Farmworkers Alliance of Northern Ohio marched.",
        "A Toledo-area jail is full.",
        "Toledo metro area sheriffs met.",
        "A southern Ohio county voted.",
        "An Ohio police department signed.",
        "A Lucas County suburb voted.",
    ],
)
def test_a_name_that_is_part_of_anothers_or_only_locates_stands_for_no_government(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("text", ["THE CITY OF TOLEDO MET.", "People met in the Toledo area.", "The state of Ohio."])
def test_such_words_of_a_government_take_nothing_from_it(text: str) -> None:
    assert [item.id for item in entities_in(text)][-1] in (TOLEDO, OHIO)


def test_mentions_are_sorted_and_do_not_overlap() -> None:
    text = "The Toledo City Council and the Lucas County Sheriff's Office met in Toledo, Ohio; the city paid."
    spans = [(item.start, item.end) for item in entities_in(text)]
    assert spans == sorted(spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))


@pytest.mark.parametrize(
    ("text", "home", "phrase", "entity"),
    [
        ("House Bill 12 failed, Toledo officials said.", None, "House Bill 12", OHIO),
        ("New York Gov. Ann Roe signed it.", "NY", "New York Gov. Ann Roe", "ocd-division/country:us/state:ny"),
        ("New York lawmakers met.", "NY", "New York lawmakers", "ocd-division/country:us/state:ny"),
        ("New York police met.", "NY", "New York police", "ori:NY0303000"),
    ],
)
def test_a_state_is_meant_by_its_bills_and_its_officers(text: str, home: str, phrase: str, entity: str) -> None:
    mention = next(item for item in entities_in(text, home) if text[item.start : item.end] == phrase)
    assert mention.id == entity


@pytest.mark.parametrize(
    "text",
    ["Rep. Ann Roe, R-Toledo, voted no.", "Rep. Ann Roe (D-Toledo) voted no.", "State Sen. Buck Toledo voted no."],
)
def test_a_party_or_a_surname_names_no_place(text: str) -> None:
    assert TOLEDO not in [item.id for item in entities_in(text, "OH")]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("WASHINGTON, DC - The Senate met.", 0),
        ("WASHINGTON DC – The Senate met.", 0),
        ("WASHINGTON, D.C., June 4 — The Senate met.", 0),
        ("WASHINGTON, D.C. (Feb. 13, 2017) — The Senate met.", 0),
        ("The council of Washington, D.C., met.", 1),
        ("TOLEDO, Ohio (Jan. 3, 2024) - The council met.", 2),  # of the story all the same, and "the council"
    ],
)
def test_the_capital_as_a_dateline_is_no_mention(text: str, kept: int) -> None:
    assert len(entities_in(text)) == kept
