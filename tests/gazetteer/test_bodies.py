"""Agencies, federal bodies and school districts in running text: a text, the outlet's state, the bodies in order."""

from __future__ import annotations

import pytest

from comity.gazetteer.bodies import find_bodies
from comity.gazetteer.places import resolve_places

TEXTS = [
    ("The Anchorage Police Department declined.", "AK", [("Anchorage Police Department", "ori:AK0010100")]),
    ("Cook County Sheriff’s Office staff met.", None, [("Cook County Sheriff’s Office", "ori:IL0160000")]),
    ("The Texas Department of Public Safety met.", None, [("Texas Department of Public Safety", "ori:TX0000000")]),
    ("Boston police did not help.", None, [("Boston police", "ori:MA0130100")]),
    ("Springfield Police Department of Springfield, Ohio.", None, [("Springfield Police Department", "ori:OH0120200")]),
    ("ICE and DHS answered.", None, [("ICE", "body:us/ice"), ("DHS", "body:us/dhs")]),
    (
        "U.S. Immigration and Customs Enforcement, part of the US Department of Homeland Security, agreed.",
        None,
        [
            ("U.S. Immigration and Customs Enforcement", "body:us/ice"),
            ("US Department of Homeland Security", "body:us/dhs"),
        ],
    ),
    ("The Justice Department sued.", None, [("Justice Department", "body:us/doj")]),
    (
        "The Montana Department of Justice did not.",
        None,
        [("Montana Department of Justice", "body:us/mt/department-of-justice")],
    ),
    (
        "The Anchorage School District (ASD) met. ASD will vote.",
        "AK",
        [("Anchorage School District", "nces:0200180"), ("ASD", "nces:0200180"), ("ASD", "nces:0200180")],
    ),
    (
        "The Anchorage School District met. Later ASD voted.",
        "AK",
        [("Anchorage School District", "nces:0200180"), ("ASD", "nces:0200180")],
    ),
    ("West Fargo Public Schools will not.", "ND", [("West Fargo Public Schools", "nces:3819410")]),
    (
        "The Nebraska Department of Correctional Services met.",
        None,
        [("Nebraska Department of Correctional Services", "body:us/ne/department-of-correctional-services")],
    ),
    (
        "The New York State Department of Corrections and Community Supervision met.",
        None,
        [
            (
                "New York State Department of Corrections and Community Supervision",
                "body:us/ny/department-of-corrections-and-community-supervision",
            )
        ],
    ),
    (
        "The Warren County Regional Jail is full.",
        "KY",
        [("Warren County Regional Jail", "body:us/ky/warren-county-regional-jail")],
    ),
    (
        "On Monday the Middle River Regional Jail and Northern Neck regional jail closed; regional jails are full.",
        "VA",
        [
            ("Middle River Regional Jail", "body:us/va/middle-river-regional-jail"),
            ("Northern Neck regional jail", "body:us/va/northern-neck-regional-jail"),
        ],
    ),
    (
        "The Middle River Regional Jail in Virginia is full.",
        "OH",
        [("Middle River Regional Jail", "body:us/va/middle-river-regional-jail")],
    ),
    ("The Pennsylvania State Police will not.", "PA", [("Pennsylvania State Police", "ori:PAPSP0000")]),
    ("The Vermont State Police will not.", None, [("Vermont State Police", "ori:VTVSP0000")]),
    ("Los Angeles Unified and the Unified Command met.", "CA", [("Los Angeles Unified", "nces:0622710")]),
    ("The Wyandotte County Unified Government met.", "KS", []),
    ("Seattle Public Schools will not.", "WA", [("Seattle Public Schools", "nces:5307710")]),
    (
        "Alaska State Troopers and the Alaska Department of Corrections met.",
        None,
        [
            ("Alaska State Troopers", "ori:AKAST0100"),
            ("Alaska Department of Corrections", "body:us/ak/department-of-corrections"),
        ],
    ),
    (
        "The Tennessee Bureau of Investigation. Springfield waits.",
        None,
        [("Tennessee Bureau of Investigation", "ori:TNTBI0000")],
    ),
    (
        "Okaloosa County Department of Corrections took over.",
        "FL",
        [("Okaloosa County Department of Corrections", "body:us/fl/okaloosa-county-department-of-corrections")],
    ),
]

NO_BODIES = [
    "Roads had ice and the ice was thick.",
    "The ICE train from Berlin was late.",
    "ICE STORM HITS OHIO",
    "An ICE engine burns fuel; electric cars don't.",
    "She is a nice DHSomething.",
    "ASD is common among children.",
    "Congress Avenue was closed.",
]


@pytest.mark.parametrize(("text", "home", "expected"), TEXTS)
def test_bodies_of_a_text(text: str, home: str | None, expected: list[tuple[str, str]]) -> None:
    found = find_bodies(text, home, resolve_places(text, None, home))
    assert [(text[one.start : one.end], one.id) for one in found] == expected


@pytest.mark.parametrize("text", NO_BODIES)
def test_words_that_are_no_bodies(text: str) -> None:
    found = find_bodies(text, "OH", resolve_places(text, None, "OH"))
    assert [text[one.start : one.end] for one in found] == []


def test_an_agency_of_an_open_place_keeps_candidates_and_no_id() -> None:
    text = "The Springfield Police Department met."
    (body,) = find_bodies(text, None, resolve_places(text))
    assert body.id is None and body.outcome == "ambiguous"
    assert len(body.candidates) > 1
