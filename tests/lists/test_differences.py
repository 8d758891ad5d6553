"""What changed between two editions: a table of pairs of sheets, and what must hold of any two."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity import gazetteer
from comity.errors import UsageError
from comity.lists import diff, edition
from comity.model import Change, Edition

from .sheets import (
    JEM,
    PARTICIPATING,
    TFM,
    WSO,
    Printed,
    agreement,
    application,
    document,
    participating,
    pending,
    unlimited,
)

ABOUT = unlimited("us-287g-participating")
OLD, NEW = "2025-06-01", "2025-06-08"
Told = tuple[str, str, str | None, object, object]
Rows = list[list[Printed]]

LINK = ("link", "https://lists.example/OkaloosaCo.pdf")
BAY = agreement("Bay County Sheriff's Office", WSO, "2025-02-26", county="Bay County")
GULF = agreement("Gulf County Sheriff's Office")
BAY_SHERIFF, BUTLER_SHERIFF = "Bay County Sheriff's Office", "Butler County Sheriff's Office"
OKALOOSA_SHERIFF, OKALOOSA_JAIL = "Okaloosa County Sheriff's Office", "Okaloosa County Department of Corrections"
OCALA, ZEPHYRHILLS = "Ocala Police Department", "Zephyrhills Police Department"


def row(agency: str, model: str = WSO, signed: str = "2025-02-26", **more: Printed) -> list[Printed]:
    return agreement(agency, model, signed, **more)


def joined(name: str) -> Told:
    return "joined", name, None, None, None


def absent(name: str) -> Told:
    return "unresolved", name, "presence", "printed", "absent"


def amended(name: str, field: str, before: object, after: object) -> Told:
    return "amended", name, field, before, after


def other_name(kind: str, before: str, after: str) -> Told:
    return kind, after, "agency", before, after


# What it is, the older sheet, the newer sheet, what is told.
PAIRS: list[tuple[str, Rows, Rows, list[Told]]] = [
    ("nothing", [BAY], [BAY], []),
    ("a new row", [BAY], [BAY, GULF], [joined("Gulf County Sheriff's Office")]),
    ("a row less", [BAY, GULF], [BAY], [absent("Gulf County Sheriff's Office")]),
    ("another order of rows", [BAY, GULF], [GULF, BAY], []),
    ("blanks, case, apostrophes", [BAY], [row("BAY COUNTY SHERIFF’S\u00a0OFFICE ", county="Bay  County ")], []),
    ("a second model", [BAY], [BAY, row(BAY_SHERIFF, TFM)], [joined(BAY_SHERIFF)]),
    # names
    (
        "a misprint",
        [row("Indialantic Police Department")],
        [row("Indiatlantic Police Department")],
        [other_name("renamed", "Indialantic Police Department", "Indiatlantic Police Department")],
    ),
    (
        "a fuller name",
        [row("Miami Springs Police Department")],
        [row("City of Miami Springs Police Department")],
        [other_name("renamed", "Miami Springs Police Department", "City of Miami Springs Police Department")],
    ),
    (
        "a misprint of a name that nobody knows",
        [row("Zzyzx Harbor Patrol")],
        [row("Zzyxz Harbor Patrol")],
        [other_name("renamed", "Zzyzx Harbor Patrol", "Zzyxz Harbor Patrol")],
    ),
    (
        "a longer name of a body that nobody knows",
        [row("Zzyzx Fourth Ward Constable's Office")],
        [row("Zzyzx Fourth Ward Constable")],
        [other_name("renamed", "Zzyzx Fourth Ward Constable's Office", "Zzyzx Fourth Ward Constable")],
    ),
    # one agreement, another body
    (
        "an agreement that passes to the county's jail",
        [row(OKALOOSA_SHERIFF, county="Okaloosa County", moa=LINK)],
        [row(OKALOOSA_JAIL, county="Okaloosa County", moa=LINK)],
        [other_name("reassigned", OKALOOSA_SHERIFF, OKALOOSA_JAIL)],
    ),
    (
        "two bodies of one county that signed on other days",
        [row(OKALOOSA_SHERIFF, county="Okaloosa County")],
        [row(OKALOOSA_JAIL, signed="2025-06-02", county="Okaloosa County")],
        [joined(OKALOOSA_JAIL), absent(OKALOOSA_SHERIFF)],
    ),
    (
        "neighbours that signed on one day",
        [row("Lake Mary Police Department")],
        [row("Lake Wales Police Department")],
        [absent("Lake Mary Police Department"), joined("Lake Wales Police Department")],
    ),
    (
        "counties two letters apart that signed on one day",
        [row("Clay County Sheriff's Office", county="Clay County")],
        [row(BAY_SHERIFF, county="Bay County")],
        [joined(BAY_SHERIFF), absent("Clay County Sheriff's Office")],
    ),
    (
        "an office printed under another state",
        [row("Washington County Sheriff's Office", state="UTAH")],
        [row("Washington County Sheriff's Office", state="TEXAS")],
        [amended("Washington County Sheriff's Office", "state", "UTAH", "TEXAS")],
    ),
    (
        "an office printed under a state that has its namesake",
        [row("Polk County Sheriff's Office"), row("Polk County Sheriff's Office", state="TEXAS", signed="2025-03-05")],
        [
            row("Polk County Sheriff's Office", state="TEXAS"),
            row("Polk County Sheriff's Office", state="TEXAS", signed="2025-03-05"),
        ],
        [amended("Polk County Sheriff's Office", "state", "FLORIDA", "TEXAS")],
    ),
    (
        "one model ends and another is signed",
        [row(BUTLER_SHERIFF, WSO, "2025-05-22", state="PENNSYLVANIA")],
        [row(BUTLER_SHERIFF, TFM, "2025-06-02", state="PENNSYLVANIA")],
        [joined(BUTLER_SHERIFF), absent(BUTLER_SHERIFF)],
    ),
    (
        "a misprinted state put right",
        [row("Weber County Sheriff's Office", state="UTAHJ")],
        [row("Weber County Sheriff's Office", state="UTAH")],
        [amended("Weber County Sheriff's Office", "state", "UTAHJ", "UTAH")],
    ),
    ("a state in another form", [row(OCALA, state="FL")], [row(OCALA, state="Florida")], []),
    ("a model put right", [row(BAY_SHERIFF)], [row(BAY_SHERIFF, JEM)], [amended(BAY_SHERIFF, "model", WSO, JEM)]),
    # cells
    (
        "a date put right",
        [row(BAY_SHERIFF)],
        [row(BAY_SHERIFF, signed="2025-02-25")],
        [amended(BAY_SHERIFF, "signed", "2025-02-26", "2025-02-25")],
    ),
    (
        "a misprinted date put right",
        [row(BAY_SHERIFF, signed="05/082025")],
        [row(BAY_SHERIFF, signed="2025-05-08")],
        [amended(BAY_SHERIFF, "signed", "05/082025", "2025-05-08")],
    ),
    (
        "an unread date put right",
        [row(BAY_SHERIFF, signed="20026")],
        [row(BAY_SHERIFF, signed="2025-05-08")],
        [amended(BAY_SHERIFF, "signed", "20026", "2025-05-08")],
    ),
    ("a date in another format", [row(OCALA, signed="5/8/2025")], [row(OCALA, signed="2025-05-08")], []),
    (
        "a county filled in",
        [row(OCALA)],
        [row(OCALA, county="Marion County")],
        [amended(OCALA, "county", "#N/A", "Marion County")],
    ),
    ("two ways to print no county", [row(OCALA, county="N/A")], [row(OCALA, county="")], []),
    (
        "a kind put right",
        [row(OCALA)],
        [row(OCALA, type="Municipality")],
        [amended(OCALA, "type", "County", "Municipality")],
    ),
    ("an agreement published", [row(OCALA)], [row(OCALA, moa=LINK)], [amended(OCALA, "moa", "link pending", LINK[1])]),
    ("another text of one link", [row(OCALA, moa=LINK)], [row(OCALA, moa=("MOA", LINK[1]))], []),
    # doubles
    (
        "a row doubled under another spelling",
        [row(ZEPHYRHILLS)],
        [row(ZEPHYRHILLS), row(f"City of {ZEPHYRHILLS}")],
        [("duplicated", f"City of {ZEPHYRHILLS}", "rows", 1, 2)],
    ),
    (
        "a double taken off",
        [row(ZEPHYRHILLS), row(f"City of {ZEPHYRHILLS}")],
        [row(ZEPHYRHILLS)],
        [amended(f"City of {ZEPHYRHILLS}", "rows", 2, 1)],
    ),
    ("a row that stays doubled", [row(ZEPHYRHILLS)] * 2, [row(ZEPHYRHILLS)] * 2, []),
]


def told(changes: Sequence[Change]) -> list[Told]:
    return [(item.kind, item.name, item.field, item.before, item.after) for item in changes]


@pytest.mark.parametrize(("old", "new", "expected"), [pair[1:] for pair in PAIRS], ids=[pair[0] for pair in PAIRS])
def test_a_pair_of_editions_says_what_changed(old: Rows, new: Rows, expected: list[Told]) -> None:
    found = diff(participating(OLD, *old), participating(NEW, *new), ABOUT)
    assert told(found) == expected
    assert all(item.edition and item.date == NEW and item.evidence for item in found)


def test_a_new_column_is_told_where_it_says_something() -> None:
    old = participating(OLD, BAY, GULF)
    link = ("link", "https://lists.example/addendum.pdf")
    header = (*PARTICIPATING, "ADDENDUM")
    new = participating(NEW, [*BAY, link], [*GULF, ""], header=header)
    assert told(diff(old, new, ABOUT)) == [("amended", "Bay County Sheriff's Office", "addendum", None, link[1])]


def test_a_row_whose_name_resolves_otherwise_by_now_is_the_same_row() -> None:
    new = participating(NEW, BAY)
    (entry,) = participating(OLD, BAY).entries
    facet = entry.facet.replace("ori:FL0030000", "name:bay county sheriff's office, fl")
    old = replace(participating(OLD, BAY), entries=(replace(entry, entity=None, outcome="unknown", facet=facet),))
    assert diff(old, new, ABOUT) == ()


def test_both_rows_are_the_evidence_of_a_change_between_them() -> None:
    (found,) = diff(
        participating(OLD, agreement("Indialantic Police Department")),
        participating(NEW, agreement("Indiatlantic Police Department")),
        ABOUT,
    )
    assert [item.cells and item.cells["LAW ENFORCEMENT AGENCY"] for item in found.evidence] == [
        "Indialantic Police Department",
        "Indiatlantic Police Department",
    ]


# --- absence ---------------------------------------------------------------------------------------------------

GONE = row("Gulf County Sheriff's Office")


def test_an_absence_says_since_when_and_that_it_is_not_proved() -> None:
    (found,) = diff(participating(OLD, BAY, GONE), participating(NEW, BAY), ABOUT)
    assert (found.kind, found.first_absent, found.confirmed_by) == ("unresolved", NEW, None)


def test_later_editions_prove_a_departure() -> None:
    later = [participating("2025-06-12", BAY), participating("2025-06-20", BAY)]
    (found,) = diff(participating(OLD, BAY, GONE), participating(NEW, BAY), ABOUT, later)
    assert (found.kind, found.first_absent, found.confirmed_by) == ("left", NEW, later[1].name)


def test_a_row_that_comes_back_has_not_left() -> None:
    later = [participating("2025-06-12", BAY), participating("2025-06-20", BAY, GONE), participating("2025-06-30", BAY)]
    (found,) = diff(participating(OLD, BAY, GONE), participating(NEW, BAY), ABOUT, later)
    assert found.kind == "unresolved"


def test_a_formal_list_that_leaves_an_entry_out_is_proof() -> None:
    about = unlimited("doj-sanctuary")
    header = ("section", "name", "state")
    rows = [("State", "Nevada", "NV"), ("State", "Oregon", "OR")]
    old, new = (
        edition(document([header, *kept], path=f"doj-{day}.csv"), about, gazetteer.load())
        for day, kept in (("2025-08-05", rows), ("2025-10-31", rows[1:]))
    )
    (found,) = diff(old, new, about)
    assert (found.kind, found.name, found.first_absent, found.confirmed_by) == (
        "left", "Nevada", "2025-10-31", "doj-2025-10-31.csv",
    )  # fmt: skip


def test_absence_from_an_excerpt_says_nothing() -> None:
    excerpt = replace(participating(NEW, BAY), scopes=())
    assert diff(participating(OLD, BAY, GONE), excerpt, ABOUT) == ()
    assert diff(excerpt, participating(NEW, BAY, GONE), ABOUT) == ()


def test_absence_counts_within_the_scope_that_an_edition_is_complete_for() -> None:
    texas = agreement("Hill County Sheriff's Office", state="TEXAS")
    excerpt = replace(participating(NEW, BAY), scopes=("state=TX|kind=agency",))
    found = diff(participating(OLD, BAY, GONE, texas), excerpt, ABOUT)
    assert told(found) == [("unresolved", "Hill County Sheriff's Office", "presence", "printed", "absent")]


def test_absence_from_a_refused_edition_says_nothing() -> None:
    assert diff(participating(OLD, BAY, GONE), replace(participating(NEW, BAY), accepted=False), ABOUT) == ()


def test_editions_of_two_lists_are_not_compared() -> None:
    with pytest.raises(UsageError, match="two lists"):
        diff(participating(OLD, BAY), pending(NEW, application("Bay County Sheriff's Office")), ABOUT)


# --- any two editions ------------------------------------------------------------------------------------------

NAMES = [
    *(f"{name} County Sheriff's Office" for name in ("Bay", "Clay", "Gulf", "Lake", "Leon", "Levy", "Polk", "Union")),
    "Zephyrhills Police Department",
    "City of Zephyrhills Police Department",
    "Indialantic Police Department",
    "Indiatlantic Police Department",
    "Zzyzx Harbor Patrol",
    "Zzyxz Harbor Patrol",
]
ROW = st.builds(
    agreement,
    st.sampled_from(NAMES),
    st.sampled_from([TFM, WSO]),
    st.sampled_from(["2025-02-26", "2025-03-04", "05/082025", "20026"]),
    county=st.sampled_from(["#N/A", "Bay County", "Lake County"]),
)
SHEET = st.lists(ROW, min_size=1, max_size=12)  # an edition without rows is refused


def bare(changes: Sequence[Change]) -> list[Change]:
    """Changes without the rows' numbers."""
    return [replace(item, evidence=(), edition=None) for item in changes]


def facets(edition: Edition) -> set[str]:
    return {entry.facet for entry in edition.entries}


@settings(max_examples=60, deadline=None)
@given(SHEET)
def test_an_edition_does_not_differ_from_itself(rows: Rows) -> None:
    found = participating(OLD, *rows)
    assert diff(found, found, ABOUT) == ()


@settings(max_examples=60, deadline=None)
@given(SHEET, SHEET, st.randoms(use_true_random=False))
def test_the_order_of_rows_makes_no_difference(old: Rows, new: Rows, chance: object) -> None:
    plain = diff(participating(OLD, *old), participating(NEW, *new), ABOUT)
    chance.shuffle(old)  # type: ignore[attr-defined]
    chance.shuffle(new)  # type: ignore[attr-defined]
    assert bare(diff(participating(OLD, *old), participating(NEW, *new), ABOUT)) == bare(plain)


@settings(max_examples=60, deadline=None)
@given(SHEET, SHEET)
def test_every_facet_that_came_or_went_is_told_once(old: Rows, new: Rows) -> None:
    before, after = participating(OLD, *old), participating(NEW, *new)
    found = diff(before, after, ABOUT)
    joined = {item.facet for item in found if item.kind == "joined"}
    gone = {item.facet for item in found if item.kind == "unresolved"}
    paired = (facets(after) - facets(before)) - joined
    assert joined <= facets(after) - facets(before)
    assert gone <= facets(before) - facets(after)
    assert len(paired) == len((facets(before) - facets(after)) - gone)
    assert all(
        count == 1 for count in Counter(item.facet for item in found if item.kind in ("joined", "unresolved")).values()
    )


@settings(max_examples=60, deadline=None)
@given(SHEET, SHEET, SHEET)
def test_differences_compose(first: Rows, second: Rows, third: Rows) -> None:
    """What is on the list follows from any chain of differences: what came less what went."""
    one, two, three = (participating(day, *rows) for day, rows in ((OLD, first), ("2025-06-04", second), (NEW, third)))

    def net(old: Edition, new: Edition) -> int:
        kinds = Counter(item.kind for item in diff(old, new, ABOUT))
        return kinds["joined"] - kinds["unresolved"]

    assert net(one, two) + net(two, three) == net(one, three) == len(facets(three)) - len(facets(one))
