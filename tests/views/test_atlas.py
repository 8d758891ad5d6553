"""The map of a matter: which value counts, in which state, and where it is drawn."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from comity.model import Entity, Value
from comity.register import Rules
from comity.register.overview import Held
from comity.views.albers import HEIGHT, WIDTH, placed
from comity.views.atlas import Atlas, atlas, standing

RULES = Rules(exclusive={"agreement": ("action",)}, alike={"agreement": {"in_force": "signed", "signed": "signed"}})
COUNTY = "ocd-division/country:us/state:oh/county:wood"
ENTITIES = {
    each.id: each
    for each in (
        Entity("place", "Toledo", "place", "OH", latitude=41.66, longitude=-83.58),
        Entity("sheriff", "Wood County Sheriff's Office", "agency", "OH", parent=COUNTY),
        Entity(COUNTY, "Wood County", "county", "OH", geoid="39173"),
        Entity("police", "Ohio State Police", "agency", "OH", parent="state"),
        Entity("state", "Ohio", "state", "OH", latitude=40.0, longitude=-83.0),
        Entity("federal", "A federal body", "federal"),
        Entity("island", "San Juan", "place", "PR", latitude=18.4, longitude=-66.1),
    )
}


def held(entity: str, action: str, since: int = 0, polarity: str = "affirmed", modality: str = "actual") -> Held:
    value: Mapping[str, Value] = {"action": action}
    return Held(entity, f"agreement|{entity}", value, polarity, modality, since, f"told {since}")


def drawn(*found: Held, value: str | None = None) -> Atlas:
    middle = {"39173": (600.0, 200.0)}
    return atlas(standing(found, "agreement", RULES), ENTITIES.get, lambda each: middle.get(each.geoid or ""), value)


def test_the_value_that_most_have_is_shown_and_alike_ones_are_one() -> None:
    found = drawn(held("place", "in_force"), held("sheriff", "signed"), held("police", "ended"))
    assert (found.value, found.values) == ("signed", {"signed": 2, "ended": 1})
    assert [body.entity.id for body in found.bodies] == ["place", "sheriff"]


@pytest.mark.parametrize(
    ("found", "values"),
    [
        ([held("place", "signed", 1), held("place", "ended", 2)], {"ended": 1}),
        ([held("place", "ended", 2), held("place", "signed", 1)], {"ended": 1}),
        ([held("place", "signed", polarity="negated")], {}),
        ([held("place", "signed", modality="planned")], {}),
    ],
)
def test_of_one_matter_the_last_value_counts_if_it_is_said_to_be_so(found: list[Held], values: dict[str, int]) -> None:
    assert drawn(*found).values == values


def test_a_body_stands_since_what_the_last_of_its_values_tells() -> None:
    (body,) = drawn(held("place", "signed", -7), held("place", "in_force", 2)).bodies
    assert body.facets == {"agreement|place": "told 2"}


def test_bodies_are_drawn_at_their_place_or_their_county_and_counted_by_state() -> None:
    found = drawn(*(held(name, "signed") for name in ("place", "sheriff", "police", "federal", "island")))
    assert found.states == {"OH": 3, "PR": 1}
    assert found.elsewhere == 1
    assert [spot.label for spot in found.spots] == ["Wood County Sheriff's Office", "Toledo"]


@pytest.mark.parametrize(
    ("longitude", "latitude", "state", "near"),
    [
        (-96.0, 37.5, "KS", (488, 286)),
        (-149.9, 61.2, "AK", (165, 510)),
        (-157.86, 21.3, "HI", (307, 530)),
        (-66.1, 18.4, "PR", None),
    ],
)
def test_places_are_drawn_where_they_are(
    longitude: float, latitude: float, state: str, near: tuple[int, int] | None
) -> None:
    at = placed(longitude, latitude, state)
    assert (at is None) == (near is None)
    if at and near:
        assert abs(at[0] - near[0]) < 8 and abs(at[1] - near[1]) < 8
        assert 0 < at[0] < WIDTH and 0 < at[1] < HEIGHT
