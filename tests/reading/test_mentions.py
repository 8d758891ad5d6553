"""Mentions: governments behind their organs, agencies behind their offices, and whom "the city" means."""

from __future__ import annotations

from itertools import pairwise

import pytest

from comity import gazetteer
from comity.gazetteer.bodies import find_bodies
from comity.gazetteer.places import resolve_places
from comity.reading.mentions import Mention, entities

DAYTON = "ocd-division/country:us/state:oh/place:dayton"
TOLEDO = "ocd-division/country:us/state:oh/place:toledo"
LUCAS = "ocd-division/country:us/state:oh/county:lucas"
OHIO = "ocd-division/country:us/state:oh"


def found(text: str) -> list[tuple[str, str | None]]:
    return [(text[item.start : item.end], item.id) for item in mentions(text)]


def mentions(text: str, home: str | None = None) -> tuple[Mention, ...]:
    places = resolve_places(text, home_state="OH")
    return entities(text, places, find_bodies(text, "OH", places), gazetteer.load(), home)


@pytest.mark.parametrize(
    ("text", "words", "entity"),
    [
        ("In Toledo, Ohio, people met.", "Toledo, Ohio", TOLEDO),
        ("The Toledo City Council met.", "Toledo City Council", TOLEDO),
        ("Toledo officials met.", "Toledo officials", TOLEDO),
        ("Ohio lawmakers met.", "Ohio lawmakers", OHIO),
        ("The Lucas County Sheriff's Office met.", "Lucas County Sheriff's Office", "ori:OH0480000"),
    ],
)
def test_a_name_takes_in_what_belongs_to_it(text: str, words: str, entity: str) -> None:
    assert (words, entity) in found(text)


@pytest.mark.parametrize(
    ("text", "phrase", "entity"),
    [
        ("Toledo met.\n\nThe city voted.", "The city", TOLEDO),
        ("Lucas County met.\n\nCommissioners voted.", "Commissioners", LUCAS),
        ("Toledo met. Lucas County voted. The city waited, the county did not.", "The city", TOLEDO),
        ("Toledo met. Lucas County voted. The city waited, the county did not.", "the county", LUCAS),
        ("Toledo met. Toledo voted. Toledo sang.\n\nAkron waited.\n\nThe city slept.", "The city", TOLEDO),
    ],
)
def test_a_phrase_refers_back(text: str, phrase: str, entity: str) -> None:
    mention = next(item for item in mentions(text) if text[item.start : item.end] == phrase)
    assert (mention.id, mention.definite) == (entity, True)
    assert text[slice(*mention.named)] == mention.name


@pytest.mark.parametrize(
    ("text", "phrase", "entity"),
    [
        (
            "The Lucas County Sheriff's Office met. Toledo may let its police department join.",
            "its police department",
            TOLEDO,
        ),
        ("The Lucas County Sheriff's Office met. Toledo met. The sheriff waited.", "The sheriff", "ori:OH0480000"),
        ("Lucas County met. Toledo voted. The sheriff's office waited.", "The sheriff's office", LUCAS),
    ],
)
def test_an_office_is_one_of_its_kind_else_stands_for_whose_it_is(text: str, phrase: str, entity: str) -> None:
    assert (phrase, entity) in found(text)


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
    assert [item.id for item in mentions(text)][-1] in (TOLEDO, OHIO)


def test_nothing_before_means_nothing() -> None:
    assert found("The city voted.") == []


def test_mentions_are_sorted_and_do_not_overlap() -> None:
    text = "The Toledo City Council and the Lucas County Sheriff's Office met in Toledo, Ohio; the city paid."
    spans = [(item.start, item.end) for item in mentions(text)]
    assert spans == sorted(spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))


@pytest.mark.parametrize(
    ("text", "home", "told"),
    [
        # the state of all local names of the text, wherever the outlet is
        ("State law forbids it, the Lucas County Sheriff's Office said.", None, ("State law", OHIO)),
        ("State law forbids it, Toledo officials said.", "TX", ("State law", OHIO)),
        # … under its name where that is printed later on
        ("State law forbids it, Toledo officials said. Ohio did so in 2019.", None, ("Ohio", OHIO)),
        # … else the outlet's
        ("State law forbids it, the paper said.", "OH", ("State law", OHIO)),
        ("State law forbids it in Toledo, Ohio, and Boise, Idaho.", "OH", ("State law", OHIO)),
        # … else nobody knows
        ("State law forbids it, the paper said.", None, None),
        ("State law forbids it in Toledo, Ohio, and Boise, Idaho.", None, None),
    ],
)
def test_the_state_that_no_text_names_is_settled_by_the_places_or_the_outlet(
    text: str, home: str | None, told: tuple[str, str] | None
) -> None:
    found = [(item.name, item.id) for item in mentions(text, home) if text[item.start : item.end] == "State law"]
    assert found == ([told] if told else [])


@pytest.mark.parametrize(
    ("text", "home", "phrase", "told"),
    [
        # a body of the text's state, else of the outlet's, under the name that is printed
        ("The Department of Correction declined.", "OH", "The Department of Correction", "Department of Correction"),
        ("Toledo met. The Highway Patrol signed.", "TX", "The Highway Patrol", "Highway Patrol"),
    ],
)
def test_a_body_that_no_name_goes_before_is_its_states(text: str, home: str, phrase: str, told: str) -> None:
    mention = next(item for item in mentions(text, home) if text[item.start : item.end] == phrase)
    assert mention.name == told
    assert mention.kind == "agency"
    assert mention.id is not None
    assert mention.id.startswith(("ori:OH", "body:us/oh/"))


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
    mention = next(item for item in mentions(text, home) if text[item.start : item.end] == phrase)
    assert mention.id == entity


@pytest.mark.parametrize(
    "text",
    ["Rep. Ann Roe, R-Toledo, voted no.", "Rep. Ann Roe (D-Toledo) voted no.", "State Sen. Buck Toledo voted no."],
)
def test_a_party_or_a_surname_names_no_place(text: str) -> None:
    assert TOLEDO not in [item.id for item in mentions(text, "OH")]
