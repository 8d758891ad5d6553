"""The point of an entity, and on what it rests; a projection undone gives the place back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.model import Entity
from comity.views.albers import degrees, placed
from comity.views.points import point

COUNTY = Entity("wood", "Wood County", "county", "OH", geoid="39173", parent="state")
ENTITIES = {
    each.id: each
    for each in (
        COUNTY,
        Entity("state", "Ohio", "state", "OH", latitude=40.0, longitude=-83.0),
        Entity("place", "Toledo", "place", "OH", latitude=41.66, longitude=-83.58, parent="state"),
        Entity("sheriff", "Wood County Sheriff's Office", "agency", "OH", parent="wood"),
        Entity("troopers", "State Police", "agency", "OH", parent="state"),
        Entity("federal", "A federal body", "federal"),
        Entity("nowhere", "No County", "county", "OH", geoid="39999", parent="state"),
    )
}


@pytest.mark.parametrize(
    ("identity", "near", "basis"),
    [
        ("place", (-83.58, 41.66), "coordinates in the gazetteer"),
        ("wood", (-83.62, 41.36), "middle on the map (Census boundaries of 2017)"),
        ("sheriff", (-83.62, 41.36),
         "middle on the map (Census boundaries of 2017), of Wood County, which it belongs to"),
        ("troopers", None, None),
        ("state", None, None),
        ("federal", None, None),
        ("nowhere", None, None),
    ],
)  # fmt: skip
def test_a_point_says_what_it_is_the_place_of(
    identity: str, near: tuple[float, float] | None, basis: str | None
) -> None:
    found = point(ENTITIES[identity], ENTITIES.get)
    assert (found.basis if found else None) == basis
    if found is not None:
        assert (found.longitude, found.latitude) == pytest.approx(near, abs=0.02)


@given(st.sampled_from(["oh", "ak", "hi", "fl"]), st.floats(-175.0, -66.0), st.floats(18.0, 71.0))
def test_a_drawn_place_gives_its_degrees_back(state: str, longitude: float, latitude: float) -> None:
    at = placed(longitude, latitude, state)
    assert at is not None
    assert degrees(*at, state) == pytest.approx((longitude, latitude), abs=1e-6)
