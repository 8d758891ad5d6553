"""Office holders: who stands for which government, and where they are named again."""

from __future__ import annotations

import pytest
from tests.reading.sample_reading import entities_in

from comity.reading.mentions import Mention

TOLEDO = "ocd-division/country:us/state:oh/place:toledo"
LUCAS = "ocd-division/country:us/state:oh/county:lucas"
LUCAS_SHERIFF = "ori:OH0480000"
OHIO = "ocd-division/country:us/state:oh"


def mention(text: str, words: str) -> Mention | None:
    """The last mention that is printed so."""
    return next((item for item in reversed(entities_in(text)) if text[item.start : item.end] == words), None)


def test_the_mayor_of_an_unknown_city_is_not_of_the_one_at_hand() -> None:
    assert mention("Toledo met. Quixville city Mayor Rosa Ortt spoke.", "Mayor Rosa Ortt") is None


@pytest.mark.parametrize(
    ("text", "words", "entity"),
    [
        ("Toledo Mayor Rosa Ortt spoke.", "Toledo Mayor Rosa Ortt", TOLEDO),
        ("Toledo's mayor, Rosa Ortt, spoke.", "Toledo's mayor, Rosa Ortt", TOLEDO),
        ("Mayor Rosa Ortt of Toledo spoke.", "Mayor Rosa Ortt of Toledo", TOLEDO),
        ("Toledo met. Mayor Rosa Ortt spoke.", "Mayor Rosa Ortt", TOLEDO),
        ("Toledo Mayor Rosa Ortt spoke. Then Ortt left.", "Ortt", TOLEDO),
        ("Toledo Mayor Rosa Ortt spoke. Mayor Ortt's office closed.", "Mayor Ortt", TOLEDO),
        ("Lucas County Sheriff Dana Poll spoke. Poll left.", "Poll", LUCAS_SHERIFF),
        ("Lucas County met. Sheriff Dana Poll spoke. Poll left.", "Poll", LUCAS),
        ("Toledo is in Ohio. Gov. Ann Vale spoke. Vale left.", "Vale", OHIO),
        ("Lucas County met. County Executive Al Dorn spoke.", "County Executive Al Dorn", LUCAS),
    ],
)
def test_a_holder_stands_for_the_government(text: str, words: str, entity: str) -> None:
    found = mention(text, words)
    assert found is not None
    assert (found.id, found.person) == (entity, True)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Toledo met. Former Mayor Rosa Ortt spoke. Ortt left.", "Ortt"),
        ("Toledo Mayor Rosa Ortt spoke. Councilman Ben Ortt left.", "Ortt"),
        ("Toledo Mayor Rosa Ortt spoke. Lucas County Sheriff Dana Ortt spoke. Ortt left.", "Ortt"),
        ("Toledo met.\n\nMayor Signs Order\n\nSigns were up.", "Signs"),
        ("Mayor Rosa Ortt spoke. Ortt left.", "Ortt"),
    ],
)
def test_whose_government_is_open_stands_for_none(text: str, words: str) -> None:
    assert mention(text, words) is None
