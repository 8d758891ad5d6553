"""Names as lists and people print them. The tables read: state, name, kind, then what is expected."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.gazetteer import load
from comity.gazetteer.names import government, squash
from comity.gazetteer.tables import GOVERNMENT
from comity.model import Kind

OCD = "ocd-division/country:us/"
SAMPLE = Path(__file__).with_name("names_of_lists.csv")

RESOLVED = [
    (None, "Anchorage, AK", None, "state:ak/place:anchorage"),
    (None, "Anchorage, Alaska", None, "state:ak/place:anchorage"),
    ("AK", "Municipality of Anchorage", None, "state:ak/place:anchorage"),
    ("ALASKA", "City of Anchorage", "place", "state:ak/place:anchorage"),
    ("AK", "Anchorage Municipality", "county", "state:ak/place:anchorage"),
    ("CA", "San Francisco County, CA", "county", "state:ca/place:san_francisco"),
    ("CA", "San Francisco City, CA", "place", "state:ca/place:san_francisco"),
    ("CA", "City and County of San Francisco", None, "state:ca/place:san_francisco"),
    ("MD", "Baltimore County, MD", "county", "state:md/county:baltimore"),
    ("MD", "Baltimore", "place", "state:md/place:baltimore"),
    ("NY", "New York City, NY", "place", "state:ny/place:new_york"),
    ("Ohio", "Cincinnatti", "place", "state:oh/place:cincinnati"),
    ("Kentucky", "Cambell County", "county", "state:ky/county:campbell"),
    ("Virginia", "Duffield", "place", "state:va/place:duffield"),
    ("Virginia", "Abingdon", "place", "state:va/place:abingdon"),
    ("LA", "Lafourche County", "county", "state:la/parish:lafourche"),
    ("GA", "Macon County", "county", "state:ga/county:macon"),
    ("GA", "Macon", "place", "state:ga/place:macon"),
    ("TN", "Davidson County", "county", "state:tn/place:nashville"),
    ("California", "Self-identification as a state sanctuary jurisdiction", "state", "state:ca"),
    ("DC", "District of Columbia", "state", "district:dc"),
    (None, "Washington, D.C.", None, "district:dc"),
    (None, "Delaware, Ohio", "place", "state:oh/place:delaware"),
    ("MN", "Saint Paul", "place", "state:mn/place:st_paul"),
    ("FL", "Ft. Myers", "place", "state:fl/place:fort_myers"),
    ("IL", "De Kalb County", "county", "state:il/county:dekalb"),
]
AGENCIES = [
    ("ALASKA", "Anchorage Police Department", "ori:AK0010100"),
    ("UTAHJ", "Weber County Sheriff's Office", "ori:UT0290000"),
    ("AlABAMA", "Franklin County Sheriff's Office", "ori:AL0330000"),
    ("TENNESSEE", "Knox County Sheriff’s Office", "ori:TN0470000"),
    ("FLORIDA", "City of Melbourne Police Department", "ori:FL0050700"),
    ("FLORIDA", "Melbourne\u00a0Police Department ", "ori:FL0050700"),
    ("FLORIDA", "Melbourne PD", "ori:FL0050700"),
    ("FLORIDA", "Ft. Myers Police Dept.", "ori:FL0360100"),
    ("FLORIDA", "Alachua Police Departent", "ori:FL0010800"),
    ("FLORIDA", "Indiatlantic Police Department", "ori:FL0050500"),
    ("MICHIGAN", "Berrian County Sheriff's Offic", "ori:MI1111100"),
    ("LOUISIANA", "Lafourche County Sheriff's Office", "ori:LA0290000"),
    ("NEW HAMPSHIRE", "Pittsburgh Police Department", "ori:NH0045200"),
    ("VIRGINIA", "Virginia Department of State Police", "ori:VAVSP0000"),
    ("MISSOURI", "Missouri Highway Patrol", "ori:MOMHP0000"),
    ("NEW YORK", "Nassau County Police Department", "ori:NY0290000"),
    ("FLORIDA", "Okaloosa County Sheriff's Office", "ori:FL0460000"),
    ("FLORIDA", "Okaloosa County Department of Corrections", "body:us/fl/okaloosa-county-department-of-corrections"),
    ("FLORIDA", "Okaloosa County Corrections Department", "body:us/fl/okaloosa-county-department-of-corrections"),
    ("FLORIDA", "Florida Department of Environmental Protection", "body:us/fl/department-of-environmental-protection"),
    ("FLORIDA", "Lee County Port Authority Police", "ori:FL0360400"),
    ("FLORIDA", "Florida National Guard", "body:us/fl/national-guard"),
    ("INDIANA", "Green Forks Police Department", "body:us/in/greens-fork-police-department"),
    ("INDIANA", "Greens Fork Police Department", "body:us/in/greens-fork-police-department"),
    ("OKLAHOMA", "Oklahoma Department of Public Safety", "body:us/ok/department-of-public-safety"),
    ("PENNSYLVANIA", "Lower Burrell Fourth Ward Constable's Office", "body:us/pa/lower-burrell-fourth-ward-constable"),
    (
        "FLORIDA",
        "University of West Florida Board of Trustees",
        "body:us/fl/university-of-west-florida-board-of-trustees",
    ),
    (None, "ICE", "body:us/ice"),
    (None, "US Department of Homeland Security", "body:us/dhs"),
    (None, "Justice Department", "body:us/doj"),
]
OPEN = [
    ("Virginia", "Martinsville County", "county", "kind_disputed", "state:va/place:martinsville"),
    ("VIRGINIA", "Hopewell County Sheriff's Office", "agency", "kind_disputed", "state:va/place:hopewell"),
    ("VIRGINIA", "Portsmouth County Sheriff's Office", "agency", "kind_disputed", "state:va/place:portsmouth"),
    ("IL", "Chicago County", "county", "kind_disputed", "state:il/place:chicago"),
    ("PENNSYLVANIA", "Derry Township Constable's Office", "agency", "ambiguous", None),
    (None, "Springfield", None, "ambiguous", None),
    ("WA", "Marion County", "county", "ambiguous", None),
    ("WA", "Xyzzyville", "place", "unknown", None),
    ("TX", "", None, "unknown", None),
]


@pytest.mark.parametrize(("state", "name", "kind", "short"), RESOLVED)
def test_governments(state: str | None, name: str, kind: Kind | None, short: str) -> None:
    found = load().resolve(name, state, kind)
    assert (found.outcome, found.id) == ("resolved", OCD + short), found.reason


@pytest.mark.parametrize(("state", "name", "id"), AGENCIES)
def test_agencies_are_never_their_governments(state: str | None, name: str, id: str) -> None:
    found = load().resolve(name, state)
    assert (found.outcome, found.id) == ("resolved", id), found.reason
    entity = load().entity(id)
    assert entity is not None and entity.kind in ("agency", "federal")


@pytest.mark.parametrize(("state", "name", "kind", "outcome", "candidate"), OPEN)
def test_what_is_open_says_why(
    state: str | None, name: str, kind: Kind | None, outcome: str, candidate: str | None
) -> None:
    found = load().resolve(name, state, kind)
    assert (found.outcome, found.id) == (outcome, None)
    assert found.reason
    assert candidate is None or OCD + candidate in {one.id for one in found.candidates}


def test_a_sample_of_real_lists_checked_by_hand() -> None:
    """200 names drawn from the lists (seed 20250704), each checked against the tables by hand."""
    rows = list(csv.DictReader(SAMPLE.open(encoding="utf-8")))
    assert len(rows) == 200
    wrong = []
    for row in rows:
        kind = next(one for one in get_args(Kind) if one == row["kind"])
        found = load().resolve(row["name"], row["state"], kind)
        if (found.outcome, found.id or "") != (row["outcome"], row["id"]):
            wrong.append((row["name"], row["id"], found.id, found.reason))
    assert wrong == []


def test_a_misprint_is_no_agency_of_another_county() -> None:
    """The table has Murray County's sheriff and not Morgan County's: the misprint lies nearer to Morgan."""
    found = load().resolve("Murgan County Sheriff's Office", state="GA", kind="agency")
    assert (found.outcome, found.id) == ("ambiguous", None)


def test_the_county_jail_is_not_the_sheriff() -> None:
    sheriff = load().resolve("Okaloosa County Sheriff's Office", "FL")
    jail = load().resolve("Okaloosa County Department of Corrections", "FL")
    assert sheriff.id != jail.id
    parents = {entity.parent for found in (sheriff, jail) if found.id and (entity := load().entity(found.id))}
    assert parents == {OCD + "state:fl/county:okaloosa"}


def _real(kind: str) -> list[tuple[str, str, str]]:
    rows = [row for row in load().governments if row[GOVERNMENT["kind"]] == kind]
    return [(row[0].split("/")[0].split(":")[1], row[1], OCD + row[0]) for row in rows]


NAMES = {kind: _real(kind) for kind in ("county", "place")}
KEYS = {kind: {(state, squash(government(name).base)) for state, name, _ in rows} for kind, rows in NAMES.items()}


@pytest.mark.parametrize("kind", ["county", "place"])
def test_no_real_name_is_taken_for_another(kind: Kind) -> None:
    swapped = [
        (state, name, found.id)
        for state, name, id in NAMES[kind]
        if (found := load().resolve(name, state, kind)).id not in (None, id)
        and squash(government(load().label(found.id or "")).base) != squash(government(name).base)
    ]
    assert swapped == []


@settings(max_examples=150, deadline=None, derandomize=True)
@given(
    kind=st.sampled_from(["county", "place"]),
    choice=st.integers(min_value=0),
    edit=st.sampled_from(["wrong", "missing", "added", "swapped"]),
    at=st.integers(min_value=0),
    letter=st.sampled_from("abcdefghijklmnopqrstuvwxyz"),
)
def test_one_typing_error_never_yields_a_name_further_away(
    kind: Kind, choice: int, edit: str, at: int, letter: str
) -> None:
    """Whatever is resolved is within two letters of what was printed, or nothing is."""
    state, name, _ = NAMES[kind][choice % len(NAMES[kind])]
    at %= max(1, len(name) - 1)
    cut = {"wrong": letter + name[at + 1 :], "missing": name[at + 1 :], "added": letter + name[at:]}
    typed = name[:at] + cut.get(edit, name[at + 1 : at + 2] + name[at : at + 1] + name[at + 2 :])
    found = load().resolve(typed, state, kind)
    if found.id is None:
        assert found.outcome != "resolved" and found.reason
    elif (state, squash(government(typed).base)) in KEYS[kind]:
        assert squash(government(load().label(found.id)).base) == squash(government(typed).base)


@given(st.text(max_size=60))
@settings(max_examples=200, deadline=None, derandomize=True)
def test_any_text_gets_an_outcome_and_a_reason(text: str) -> None:
    found = load().resolve(text, "OH")
    assert found.reason
    assert (found.id is not None) == (found.outcome == "resolved")


def test_an_agency_that_names_its_state_needs_no_other() -> None:
    assert load().resolve("Alaska Department of Corrections").id == "body:us/ak/department-of-corrections"
    assert load().resolve("Kansas City Police Department").id is None
