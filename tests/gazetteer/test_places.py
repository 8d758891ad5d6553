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
    (
        "The mayors of Dayton and Toledo signed it.",
        "OH",
        [("Dayton", "state:oh/place:dayton"), ("Toledo", "state:oh/place:toledo")],
    ),
    (
        "Sheriffs in Lima and Dayton, Ohio, agreed.",
        "OH",
        [("Lima", "state:oh/place:lima"), ("Dayton", "state:oh/place:dayton"), ("Ohio", "state:oh")],
    ),
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
    (
        "It names three counties: Stark, Franklin and Delaware.",
        "OH",
        [
            ("Stark", "state:oh/county:stark"),
            ("Franklin", "state:oh/county:franklin"),
            ("Delaware", "state:oh/county:delaware"),
        ],
    ),
    (
        "The counties named are Harris, Texas, and Cook, Illinois.",
        None,
        [
            ("Harris", "state:tx/county:harris"),
            ("Texas", "state:tx"),
            ("Cook", "state:il/county:cook"),
            ("Illinois", "state:il"),
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

# text, home state, what is found, in order: a name and its short id
CONSTRUCTIONS = [
    ("The Louisville Metro Council's safety panel met.", "KY", {"Louisville Metro": "state:ky/place:louisville"}),
    ("Readers for the Jacksonville Sheriff's Office came.", "FL", {"Jacksonville": "state:fl/place:jacksonville"}),
    ("Bennington's Select Board wrote back.", "VT", {"Bennington": "state:vt/place:bennington"}),
    ("The Peterborough Select Board met.", "NH", {"Peterborough": "state:nh/place:peterborough"}),
    ("Bismarck's Catholic bishop wrote to it.", "ND", {"Bismarck": "state:nd/place:bismarck"}),
    ("Indianapolis' City-County Council voted.", "IN", {"Indianapolis": "state:in/place:indianapolis"}),
    ("Students at St. John's Lutheran School left.", "OH", {}),
    # ordinary words
    ("The Phoenix City Council will decide.", "AZ", {"Phoenix": "state:az/place:phoenix"}),
    ("The Reading police chief wrote to it.", "PA", {"Reading": "state:pa/place:reading"}),
    ("Bend's city council didn't vote.", "OR", {"Bend": "state:or/place:bend"}),
    ("It said that Mentor has accepted.", "OH", {"Mentor": "state:oh/place:mentor"}),
    ("Reading the bill took an hour; the Mentor sat.", "PA", {}),
    ("The Border Patrol and the Mission met.", "TX", {}),
    ("Lawyers for Lebanon appeared.", "NH", {"Lebanon": "state:nh/place:lebanon"}),
    ("He came from Lebanon, not from Mexico.", "MO", {"Lebanon": "state:mo/place:lebanon"}),
    ("Lawyers for Lebanon appeared.", "WA", {}),
    ("They went to Lucas, Fulton and Defiance.", "OH", {
        "Lucas": "state:oh/county:lucas", "Fulton": "state:oh/county:fulton", "Defiance": "state:oh/place:defiance"}),
    ("It sued five counties: Marathon, Kenosha and Sauk.", "WI", {
        "Marathon": "state:wi/county:marathon", "Kenosha": "state:wi/county:kenosha", "Sauk": "state:wi/county:sauk"}),
    # a list of counties in which one has a state's name
    ("Carroll, Washington and Garrett counties sued.", "MD", {
        "Carroll": "state:md/county:carroll", "Washington": "state:md/county:washington",
        "Garrett": "state:md/county:garrett"}),
    ("Hanover, Washington and some 20 other counties may.", "VA", {
        "Hanover": "state:va/county:hanover", "Washington": "state:va/county:washington"}),
    ("Scott County, Iowa, and Rock Island counties met.", "IA", {
        "Scott County": "state:ia/county:scott", "Iowa": "state:ia", "Rock Island": "state:il/county:rock_island"}),
    ("Of 16 cities and counties, including Seattle and Santa Fe, N.M., two won.", "IL", {
        "Seattle": "state:wa/place:seattle", "Santa Fe": "state:nm/place:santa_fe", "N.M.": "state:nm"}),
    ("Commissioners Makhija and Winder agreed.", "PA", {}),
    ("The town of Orleans and Orleans Parish met.", "MA", {
        "Orleans": "state:ma/place:orleans", "Orleans Parish": "state:la/place:new_orleans"}),
    # townships beside the city of their name
    ("Ypsilanti Township has none; Ypsilanti has one.", "MI", {
        "Ypsilanti Township": "state:mi/county:washtenaw/place:ypsilanti_charter",
        "Ypsilanti": "state:mi/place:ypsilanti"}),
    ("The Stickney Township board met.", "IL", {"Stickney Township": "state:il/county:cook/place:stickney"}),
    # … and towns and villages of one name
    ("The town of Plattsburgh met.", "NY", {"Plattsburgh": "state:ny/county:clinton/place:plattsburgh"}),
    ("The city of Plattsburgh met.", "NY", {"Plattsburgh": "state:ny/place:plattsburgh"}),
    ("The village of Hempstead met.", "NY", {"Hempstead": "state:ny/place:hempstead"}),
    ("The Town of Trempealeau met.", "WI", {"Trempealeau": "state:wi/county:trempealeau/place:trempealeau"}),
    ("Bradley, Sumner, Washington and Wilson counties met.", "TN", {
        "Bradley": "state:tn/county:bradley", "Sumner": "state:tn/county:sumner",
        "Washington": "state:tn/county:washington", "Wilson": "state:tn/county:wilson"}),
    # names that are a name with a capital only
    ("The city of New York sued.", None, {"New York": "state:ny/place:new_york"}),
    ("The state of New York sued.", None, {"New York": "state:ny"}),
    ("The city and county of San Francisco sued.", None, {"San Francisco": "state:ca/place:san_francisco"}),
    # a state that shares its city's name, by what stands around it
    ("New York law gives none; a New York law firm sued.", "NY", {"New York": "state:ny"}),
    ("The New York for All Act would do so.", "NY", {"New York": "state:ny"}),
    ("Sheriffs in New York may not.", "NY", {"New York": "state:ny"}),
    ("Police in New York may not.", "NY", {"New York": "state:ny/place:new_york"}),
    ("The Keep Washington Working Act bars it.", "WA", {"Washington": "state:wa"}),
    ("A bill by Del. Ann Roe failed in Dover, Del.", "VA", {"Dover": "state:de/place:dover", "Del.": "state:de"}),
]  # fmt: skip

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
    "Commissioners Roe and Warren voted no.",
    "Council members Ross and Dayton agreed.",
    "The two commissioners, Roe and Lima, voted no.",
    "She wrote to supervisors Ann Roe, Bo Reading and Chester.",
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


@pytest.mark.parametrize(("text", "home", "expected"), CONSTRUCTIONS)
def test_a_name_is_found_by_its_construction(text: str, home: str | None, expected: dict[str, str]) -> None:
    found: dict[str, str | None] = {}
    for one in resolve_places(text, None, home):
        found.setdefault(text[one.start : one.end], one.id)
    assert found == {words: OCD + short for words, short in expected.items()}


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
