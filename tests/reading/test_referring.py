"""Referring back: whom "the city", "the sheriff" and "state law" mean."""

from __future__ import annotations

import pytest
from tests.reading.sample_reading import entities_in

TOLEDO = "ocd-division/country:us/state:oh/place:toledo"
LUCAS = "ocd-division/country:us/state:oh/county:lucas"
OHIO = "ocd-division/country:us/state:oh"


def found(text: str) -> list[tuple[str, str | None]]:
    return [(text[item.start : item.end], item.id) for item in entities_in(text)]


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
    mention = next(item for item in entities_in(text) if text[item.start : item.end] == phrase)
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


@pytest.mark.parametrize("behind", ["from Akron", "in Akron", "for the city of Akron"])
def test_officials_are_of_the_place_that_is_named_behind_them(behind: str) -> None:
    told = found(f"Toledo met. City officials {behind} waited.")
    assert "City officials" not in [phrase for phrase, _ in told]
    assert ("City officials", TOLEDO) in found("Toledo met. City officials waited for an answer from Akron.")


def test_nothing_before_means_nothing() -> None:
    assert found("The city voted.") == []


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
    found = [(item.name, item.id) for item in entities_in(text, home) if text[item.start : item.end] == "State law"]
    assert found == ([told] if told else [])


@pytest.mark.parametrize(
    ("text", "home", "phrase", "told"),
    [
        # a body of the text's state, else of the outlet's, under the name that is printed
        ("The Department of Correction declined.", "OH", "The Department of Correction", "Department of Correction"),
        ("Toledo met. The Highway Patrol signed.", "TX", "The Highway Patrol", "Highway Patrol"),
        (
            "The Bureau of Criminal Investigation declined.",
            "OH",
            "The Bureau of Criminal Investigation",
            "Bureau of Criminal Investigation",
        ),
    ],
)
def test_a_body_that_no_name_goes_before_is_its_states(text: str, home: str, phrase: str, told: str) -> None:
    mention = next(item for item in entities_in(text, home) if text[item.start : item.end] == phrase)
    assert mention.name == told
    assert mention.kind == "agency"
    assert mention.id is not None
    assert mention.id.startswith(("ori:OH", "body:us/oh/"))


@pytest.mark.parametrize(
    ("text", "home", "state"),
    [
        ("Utah and Iowa were listed. It came after Gov. Ann Roe signed laws in Ohio.", "OH", "oh"),
        ("Iowa has a law. Iowa Gov. Ann Roe signed it; later Gov. Roe praised Ohio.", "OH", "ia"),
        ("Ohio waits. In Iowa, where Gov. Ann Roe signed it, nobody does.", "OH", "ia"),
        ("Ohio waits. Iowa and Utah do not. It came after Gov. Ann Roe signed laws.", None, "ut"),
    ],
)
def test_a_governor_without_a_states_name_is_the_outlets(text: str, home: str | None, state: str) -> None:
    mention = next(item for item in entities_in(text, home) if "Ann Roe" in text[item.start : item.end])
    assert mention.id == f"ocd-division/country:us/state:{state}"


@pytest.mark.parametrize(
    ("text", "home", "entity"),
    [
        ("Lawmakers accuse the District of hiding.", "DC", "ocd-division/country:us/district:dc"),
        ("The mayor of Washington, D.C., spoke. the District agreed.", None, "ocd-division/country:us/district:dc"),
        ("Toledo Public Schools spoke; the District agreed.", "OH", "nces:3904490"),
    ],
)
def test_the_district_is_the_capital_where_it_is_named_or_the_outlets(text: str, home: str | None, entity: str) -> None:
    mention = next(item for item in entities_in(text, home) if text[item.start : item.end] == "the District")
    assert mention.id == entity


def test_a_governor_of_the_outlets_state_goes_on_by_surname() -> None:
    text = "Utah and Iowa wait. It came after Gov. Ann Roe signed a bill in Ohio. Roe declined to comment."
    (mention,) = (item for item in entities_in(text, "OH") if text[item.start : item.end] == "Roe")
    assert mention.id == OHIO
