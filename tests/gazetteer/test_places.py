"""Places in running text, as tables that a reporter could read: a text, the outlet's state, the places in order."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.gazetteer import load
from comity.gazetteer.outlets import home_state
from comity.gazetteer.places import resolve_places
from comity.model import Capture, Document

OCD = "ocd-division/country:us/"

# text, home state, [(words, short id or None)]
TEXTS = [
    ("Colorado and Washington signed bills.", None, [("Colorado", "state:co"), ("Washington", "state:wa")]),
    (
        "- Oregon\n- Washington\n- Utah",
        None,
        [("Oregon", "state:or"), ("Washington", "state:wa"), ("Utah", "state:ut")],
    ),
    ("From Virginia and Washington came praise.", None, [("Virginia", "state:va"), ("Washington", "district:dc")]),
    ("She flew from Texas to Washington.", None, [("Texas", "state:tx"), ("Washington", "district:dc")]),
    ("Rochester (New York) was named.", None, [("Rochester", "state:ny/place:rochester"), ("New York", "state:ny")]),
    (
        "Officials in Springfield, Ohio, met on Monday.",
        None,
        [("Springfield", "state:oh/place:springfield"), ("Ohio", "state:oh")],
    ),
    (
        "Officials in Springfield, Ill., met on Monday.",
        "OH",
        [("Springfield", "state:il/place:springfield"), ("Ill.", "state:il")],
    ),
    ("Officials in Springfield met on Monday.", "OH", [("Springfield", "state:oh/place:springfield")]),
    ("Officials in Springfield met on Monday.", None, [("Springfield", None)]),
    ("Last Tuesday Bay City's mayor signed it.", "MI", [("Bay City", "state:mi/place:bay_city")]),
    ("She said on Friday Dayton would leave.", "OH", [("Dayton", "state:oh/place:dayton")]),
    ("By September Lima had voted.", "OH", [("Lima", "state:oh/place:lima")]),
    ("The Anchorage Assembly will vote.", "AK", [("Anchorage", "state:ak/place:anchorage")]),
    (
        "Leaders in Anchorage and Juneau answered.",
        None,
        [("Anchorage", "state:ak/place:anchorage"), ("Juneau", "state:ak/place:juneau")],
    ),
    (
        "Grants for Boston, New York, San Francisco and Seattle stay.",
        None,
        [
            ("Boston", "state:ma/place:boston"),
            ("New York", "state:ny/place:new_york"),
            ("San Francisco", "state:ca/place:san_francisco"),
            ("Seattle", "state:wa/place:seattle"),
        ],
    ),
    ("The Boston Trust Act bars it.", None, [("Boston", "state:ma/place:boston")]),
    ("The Oregon Sanctuary Promise Act and the Clay Hunt Act bar it.", None, [("Oregon", "state:or")]),
    ("The Municipality of Anchorage answered.", None, [("Municipality of Anchorage", "state:ak/place:anchorage")]),
    (
        "Cook County will appeal, and Chicago too.",
        None,
        [("Cook County", "state:il/county:cook"), ("Chicago", "state:il/place:chicago")],
    ),
    (
        "Baltimore County sued; the city of Baltimore did not.",
        "MD",
        [("Baltimore County", "state:md/county:baltimore"), ("Baltimore", "state:md/place:baltimore")],
    ),
    (
        "Walker, Madison and DeKalb counties are in north Alabama.",
        None,
        [
            ("Walker", "state:al/county:walker"),
            ("Madison", "state:al/county:madison"),
            ("DeKalb", "state:al/county:dekalb"),
            ("Alabama", "state:al"),
        ],
    ),
    ("In Lafourche Parish, the sheriff signed.", "LA", [("Lafourche Parish", "state:la/parish:lafourche")]),
    (
        "San Francisco County and San Francisco share one government.",
        "CA",
        [("San Francisco County", "state:ca/place:san_francisco"), ("San Francisco", "state:ca/place:san_francisco")],
    ),
    (
        "She moved from Portland, Maine, to Portland, Ore., last year.",
        None,
        [
            ("Portland", "state:me/place:portland"),
            ("Maine", "state:me"),
            ("Portland", "state:or/place:portland"),
            ("Ore.", "state:or"),
        ],
    ),
    ("A southern Iowa county signed.", "OH", [("Iowa", "state:ia")]),
    ("Texas county jails are full.", "OH", [("Texas", "state:tx")]),
    ("Southern Oregon County Ends Its Jail Contract", "OH", [("Oregon", "state:or")]),
    (
        "In Iowa county, Wisconsin, it snowed.",
        None,
        [("Iowa county", "state:wi/county:iowa"), ("Wisconsin", "state:wi")],
    ),
    (
        "Delaware County voted. The Delaware county jail is full.",
        "PA",
        [("Delaware County", "state:pa/county:delaware"), ("Delaware county", "state:pa/county:delaware")],
    ),
    (
        "Three county sheriff’s departments in Wyoming — Carbon, Laramie and Campbell — signed.",
        None,
        [
            ("Wyoming", "state:wy"),
            ("Carbon", "state:wy/county:carbon"),
            ("Laramie", "state:wy/county:laramie"),
            ("Campbell", "state:wy/county:campbell"),
        ],
    ),
    ("BOISE (Wire) — Lawmakers met.", None, [("BOISE", "state:id/place:boise_city")]),
    (
        "Rep. Al Noor, D-Dayton, voted no in Columbus.",
        "OH",
        [("Dayton", "state:oh/place:dayton"), ("Columbus", "state:oh/place:columbus")],
    ),
    (
        "The mayor of Duluth, Minnesota's port, spoke in Duluth.",
        None,
        [("Duluth", "state:mn/place:duluth"), ("Minnesota", "state:mn"), ("Duluth", "state:mn/place:duluth")],
    ),
]

WASHINGTON = [
    ("Officials in Washington said the list will be updated.", "OH", "district:dc"),
    ("Officials in Washington, D.C., said so.", "WA", "district:dc"),
    ("Lawmakers in Washington state passed a bill.", "OH", "state:wa"),
    ("The law holds in Washington.", "WA", "state:wa"),
    ("Washington Attorney General Ann Roe sued a county.", "OH", "state:wa"),
    ("Washington's attorney general sued a county.", "OH", "state:wa"),
    ("Washington Gov. Ann Roe wrote a letter.", None, "state:wa"),
    ("Washington insiders, the attorney general among them, wrote a letter.", "OH", "district:dc"),
    ("Officials in Washington, Pa., said so.", "OH", "state:pa/place:washington"),
]

NOT_PLACES = [
    "Hillary Clinton said no. Clinton then left.",
    "Madison Smith spoke for the family.",
    "The Washington Post and the Boston Globe reported it.",
    "In May and August the court ruled.",
    "Mr. Henry said the union would sue.",
    "Sheriff Dale Houston signed; Houston declined to say more.",
    "Judge Jackson ruled against Sen. Lincoln Chafee.",
    "The price of hope is high, and Hope knows it.",
    "She lives at 1935 Dublin Road near Orchard Street.",
    "The White House and the Red Cross answered.",
    "Towns across New England answered.",
    "Mobile phones and reading glasses were sold.",
]


@pytest.mark.parametrize(("text", "home", "expected"), TEXTS)
def test_places_of_a_text(text: str, home: str | None, expected: list[tuple[str, str | None]]) -> None:
    found = [(text[one.start : one.end], one.id) for one in resolve_places(text, None, home)]
    assert found == [(words, short and OCD + short) for words, short in expected]


@pytest.mark.parametrize(("text", "home", "short"), WASHINGTON)
def test_washington_three_ways(text: str, home: str, short: str) -> None:
    first = resolve_places(text, None, home)[0]
    assert text[first.start : first.end].startswith("Washington")
    assert first.id == OCD + short


@pytest.mark.parametrize("text", NOT_PLACES)
def test_names_that_are_no_places(text: str) -> None:
    assert [text[one.start : one.end] for one in resolve_places(text, None, "OH")] == []


def test_a_state_said_once_holds_for_the_name_in_the_whole_document() -> None:
    text = "Springfield, Mo., has a new chief.\n\nThe council in Springfield agreed."
    ids = {one.id for one in resolve_places(text, None, "OH") if text[one.start : one.end] == "Springfield"}
    assert ids == {OCD + "state:mo/place:springfield"}


def test_given_spans_are_all_answered_in_order() -> None:
    text = "Clarke and Barrow voted; Athens did not."
    spans = [(0, 6), (11, 17), (25, 31)]
    found = resolve_places(text, spans, "GA")
    assert [(one.start, one.end) for one in found] == spans
    assert [one.id for one in found] == [
        OCD + "state:ga/place:athens",  # Clarke County is consolidated with Athens
        OCD + "state:ga/county:barrow",
        OCD + "state:ga/place:athens",
    ]


def test_an_open_name_keeps_its_candidates_ranked() -> None:
    (mention,) = resolve_places("Officials in Springfield met.", None, None)
    scores = [one.score for one in mention.candidates]
    assert (mention.id, mention.outcome) == (None, "ambiguous")
    assert len(scores) > 1 and scores == sorted(scores, reverse=True)


@pytest.mark.parametrize(
    ("url", "publisher", "state"),
    [
        ("https://www.adn.com/politics/2025/story", None, "AK"),
        (None, "Must Read Alaska", "AK"),
        (None, "The Seattle Times", "WA"),
        ("https://example.org/x", "Sandhill Courier", None),
        ("not a url", None, None),
    ],
)
def test_home_state_of_an_outlet(url: str | None, publisher: str | None, state: str | None) -> None:
    assert home_state(url=url, publisher=publisher) == state


def test_the_outlet_of_a_document_gives_its_state() -> None:
    text = "Officials in Springfield met."
    document = Document("sha256:0", text, Capture("0", "text/plain", len(text)), url="https://www.news-leader.com/a")
    assert resolve_places(document)[0].id == OCD + "state:mo/place:springfield"


def test_hits_are_whole_words_with_offsets() -> None:
    text = "St. Louis Parkway, Saint Paul; Wilkes-Barre and Coeur d’Alene. Ohioans."
    words = [text[hit.start : hit.end] for hit in load().find(text)]
    assert words == ["St. Louis", "Saint Paul", "Wilkes-Barre", "Coeur d’Alene", "Ohioans"]


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.text(alphabet=st.sampled_from("aB .,’'\n-(İßǅ)OhioSt0é"), max_size=80))
def test_spans_lie_in_the_text_and_do_not_overlap(text: str) -> None:
    found = resolve_places(text, None, "OH")
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(first.end <= second.start for first, second in pairwise(found))
    assert found == resolve_places(text, None, "OH")


def test_no_clock_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "time", lambda: pytest.fail("places must not read the clock"))
    assert resolve_places("Officials in Chicago met.")[0].id == OCD + "state:il/place:chicago"
