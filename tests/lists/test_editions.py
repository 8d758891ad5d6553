"""How editions are read: one small sheet for each fault of real lists."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from comity import gazetteer
from comity.lists import checked, definition, edition
from comity.lists.editions import edition_date, order_key
from comity.model import Capture, Cell, Document, Row, Table

from .sheets import (
    JEM,
    PARTICIPATING,
    TFM,
    WSO,
    agreement,
    application,
    document,
    of_tables,
    one,
    participating,
    pending,
    unlimited,
)

DAY = "2025-07-03"


# --- headers, blanks -------------------------------------------------------------------------------------------


def test_header_variants_over_time_are_one_column() -> None:
    header = (
        " state",
        "Law Enforcement Agency",
        "Type",
        "County",
        "SUPPORT\u00a0TYPE",
        "Date Signed",
        "moa",
        "ADDENDUM",
    )
    row = [*agreement("Bay County Sheriff's Office", WSO), ("link", "https://lists.example/addendum.pdf")]
    entry = one(participating(DAY, row, header=header))
    assert entry.normal["model"] == "warrant_service"
    assert entry.normal["addendum"] == ("https://lists.example/addendum.pdf",)
    assert entry.printed["SUPPORT TYPE"] == WSO


def test_a_misprinted_header_is_found_but_never_another_columns() -> None:
    header = ("STATE", "LAW ENFORCMENT AGENCY", *PARTICIPATING[2:])
    assert one(participating(DAY, agreement("Bay County Sheriff's Office"), header=header)).entity == "ori:FL0030000"


def test_a_title_above_the_header_is_no_row() -> None:
    rows = [["Participating Agencies"], ["as of", "July"], PARTICIPATING, agreement("Bay County Sheriff's Office")]
    found = edition(document(rows), unlimited("us-287g-participating"), gazetteer.load())
    assert [entry.row for entry in found.entries] == [4]


def test_blank_rows_blank_columns_and_a_repeated_header_are_skipped() -> None:
    blank = [""] * 11
    wide = [*agreement("Bay County Sheriff's Office"), "", "", "", ""]
    found = participating(DAY, blank, wide, PARTICIPATING, *[blank] * 73, header=(*PARTICIPATING, "", "", "", ""))
    assert [entry.row for entry in found.entries] == [3]


def test_a_row_that_names_nobody_is_counted_and_no_entry() -> None:
    found = participating(DAY, agreement("Bay County Sheriff's Office"), agreement("#N/A"), agreement(""))
    assert len(found.entries) == 1
    assert [check.detail for check in found.checks if check.name == "names"] == [
        "2 rows without a name, the first is row 3"
    ]


# --- cells -----------------------------------------------------------------------------------------------------


def test_blanks_and_apostrophes_make_no_other_agency() -> None:
    printings = [
        "Sewall's Point Police Department",
        "Sewall’s Point\u00a0Police  Department ",
        "SEWALL'S POINT POLICE DEPARTMENT",
    ]
    found = participating(DAY, *[agreement(text) for text in printings])
    assert {entry.facet for entry in found.entries} == {"agreement|ori:FL0430300|program=287(g)|model=task_force"}
    assert [entry.printed["LAW ENFORCEMENT AGENCY"] for entry in found.entries] == printings


@pytest.mark.parametrize(("printed", "state"), [("UTAHJ", "UT"), ("AlABAMA", "AL"), ("FL", "FL"), ("Xyz", None)])
def test_a_misprinted_state_is_read_where_only_one_is_near(printed: str, state: str | None) -> None:
    assert (
        one(participating(DAY, agreement("Washington County Sheriff's Office", state=printed))).normal["state"] == state
    )


def test_an_unavailable_county_is_blank_and_kept_as_printed() -> None:
    entry = one(participating(DAY, agreement("Bay County Sheriff's Office", county="#N/A")))
    assert entry.normal["county"] is None
    assert entry.printed["COUNTY"] == "#N/A"


@pytest.mark.parametrize(
    ("printed", "since"),
    [("05/082025", "2025-05-08"), ("7/1/2025", "2025-07-01"), ("20026", None), ("5/8/2026", None), ("#N/A", None)],
)
def test_a_date_is_repaired_only_where_one_reading_is_possible(printed: str, since: str | None) -> None:
    entry = one(participating(DAY, agreement("Bay County Sheriff's Office", signed=printed)))
    assert entry.since == since
    assert entry.printed["SIGNED"] == printed
    assert entry.statement is not None
    assert entry.statement.value["signed"] == since
    assert (entry.statement.time is None) == (since is None)


def test_links_stand_beside_the_text_of_their_cell() -> None:
    moa = ("link | addendum", "https://lists.example/a.pdf https://lists.example/b.pdf")
    entry = one(participating(DAY, agreement("Bay County Sheriff's Office", moa=moa)))
    assert entry.printed["MOA"] == "link | addendum"
    assert entry.link == "https://lists.example/a.pdf"
    assert entry.normal["moa"] == ("https://lists.example/a.pdf", "https://lists.example/b.pdf")


# --- names -----------------------------------------------------------------------------------------------------


def test_each_model_of_an_agency_is_its_own_agreement() -> None:
    found = participating(DAY, *[agreement("Bay County Sheriff's Office", model) for model in (JEM, TFM, WSO)])
    assert len({entry.facet for entry in found.entries}) == 3
    assert {entry.entity for entry in found.entries} == {"ori:FL0030000"}


def test_a_city_of_beside_the_plain_name_is_one_agency() -> None:
    found = participating(
        DAY, agreement("City of Zephyrhills Police Department"), agreement("Zephyrhills Police Department")
    )
    assert len({entry.facet for entry in found.entries}) == 1


AGENCIES = [
    ("FLORIDA", "Lee County Port Authority Police", "County"),
    ("FLORIDA", "Florida International University Police Department", "State Agency"),
    ("WEST VIRGINIA", "West Virginia National Guard", "State Agency"),
    ("FLORIDA", "Florida Gaming Control Commission", "State Agency"),
    ("FLORIDA", "Florida Department of Environmental Protection", "State Agency"),
    ("FLORIDA", "Florida Department of Corrections", "State Agency"),
    ("FLORIDA", "Florida State Guard", "State Agency"),
    ("NEVADA", "Las Vegas Metropolitan Police Department", "County"),
]


def test_agencies_without_a_county_are_each_their_own_and_never_their_government() -> None:
    found = participating(DAY, *[agreement(name, state=state, type=kind) for state, name, kind in AGENCIES])
    ids = [entry.entity or "" for entry in found.entries]
    assert len(set(ids)) == len(AGENCIES)
    assert all(identity.startswith(("ori:", "body:")) for identity in ids)


def test_an_unresolved_office_is_told_from_its_namesake_in_another_state() -> None:
    found = participating(
        DAY, *[agreement("Zzyzx Harbor Patrol", state=state) for state in ("FLORIDA", "TEXAS", "FLORIDA")]
    )
    assert [entry.outcome for entry in found.entries] == ["unknown"] * 3
    first, second, third = (entry.facet for entry in found.entries)
    assert first == third != second


def test_an_independent_city_printed_as_a_county_is_disputed() -> None:
    row = agreement("Hopewell County Sheriff's Office", state="VIRGINIA", county="Hopewell County")
    assert one(participating(DAY, row)).outcome == "kind_disputed"


def test_a_misprinted_name_is_no_agency_of_another_county_than_the_row_prints() -> None:
    """Murray is a county of Georgia too; the office of Morgan, a letter nearer, isn't in the FBI's table."""
    row = agreement("Murgan County Sheriff's Office", state="GEORGIA", county="Morgan County")
    assert one(participating(DAY, row)).entity != "ori:GA1050000"


def test_a_misprinted_county_takes_no_name_from_its_agency() -> None:
    row = agreement("Madison County Sheriff's Office", state="TENNESSEE", county="Macon County")
    assert one(participating(DAY, row)).entity == "ori:TN0570000"


JURISDICTIONS = [
    ("Ohio", "Cities", "Cincinnatti", "state:oh/place:cincinnati", "resolved"),
    ("Kentucky", "Counties", "Cambell County", "state:ky/county:campbell", "resolved"),
    ("Virginia", "Counties", "Martinsville County", None, "kind_disputed"),
    ("Virginia", "Cities", "Martinsville", "state:va/place:martinsville", "resolved"),
    ("Virginia", "Cities", "Abingdon", "state:va/place:abingdon", "resolved"),
    ("Maryland", "Counties", "Baltimore County", "state:md/county:baltimore", "resolved"),
    ("Maryland", "Cities", "Baltimore", "state:md/place:baltimore", "resolved"),
    ("California", "Counties", "San Francisco County", "state:ca/place:san_francisco", "resolved"),
    ("California", "Cities", "San Francisco City", "state:ca/place:san_francisco", "resolved"),
    ("California", "State", "Self-Identification as a State Sanctuary Jurisdiction", "state:ca", "resolved"),
    ("Washington", "State", "Self-identification as State Sanctuary", "state:wa", "resolved"),
    ("District of Columbia", "State", "District of Columbia", "district:dc", "resolved"),
]


def test_jurisdictions_are_resolved_within_their_state_and_printed_kind() -> None:
    rows = [
        ("state", "section", "name_as_printed"),
        *[(state, kind, name) for state, kind, name, _, _ in JURISDICTIONS],
    ]
    found = edition(document(rows, path="dhs-2025-05-29.csv"), unlimited("dhs-sanctuary"), gazetteer.load())
    short = [(entry.entity or "").removeprefix("ocd-division/country:us/") or None for entry in found.entries]
    assert short == [identity for *_, identity, _ in JURISDICTIONS]
    assert [entry.outcome for entry in found.entries] == [outcome for *_, outcome in JURISDICTIONS]


def test_a_listed_city_twice_is_one_facet_with_two_printings() -> None:
    rows = [
        ("section", "name", "state"),
        ("County", "San Francisco County, CA", "CA"),
        ("City", "San Francisco City, CA", "CA"),
    ]
    found = edition(document(rows, path="doj-2025-08-05.csv"), unlimited("doj-sanctuary"), gazetteer.load())
    first, second = found.entries
    assert first.facet == second.facet
    assert first.statement is not None
    assert first.statement.value["status"] == "listed"
    assert first.statement.voice == "own"
    assert first.statement.attribution == ()
    assert first.printed != second.printed


# --- statements ------------------------------------------------------------------------------------------------


def test_a_row_is_the_evidence_of_its_statement() -> None:
    found = participating(DAY, agreement("Bay County Sheriff's Office", TFM))
    statement = one(found).statement
    assert statement is not None
    assert (statement.evidence.sheet, statement.evidence.row) == ("Sheet1", 2)
    assert statement.evidence.cells == one(found).printed
    assert statement.value == {
        "program": "287(g)",
        "model": "task_force",
        "action": "in_force",
        "signed": "2025-03-04",
    }
    assert (statement.review, statement.reader) == ("machine", "lists/1")


def test_the_same_row_in_a_later_edition_is_the_same_statement() -> None:
    row = agreement("Bay County Sheriff's Office")
    first = participating("2025-07-01", row).entries[0]
    second = participating("2025-07-02", agreement("Gulf County Sheriff's Office"), row).entries[1]
    assert first.statement is not None
    assert second.statement is not None
    assert first.statement.id == second.statement.id
    assert first.statement.evidence.row != second.statement.evidence.row


def test_pending_and_participating_settle_one_facet() -> None:
    waiting = one(pending(DAY, application("Bay County Sheriff's Office")))
    there = one(participating(DAY, agreement("Bay County Sheriff's Office")))
    assert waiting.facet == there.facet
    assert waiting.statement is not None
    assert waiting.statement.value["action"] == "pending"


# --- dates of editions -----------------------------------------------------------------------------------------

LIST = definition("us-287g-participating")


@pytest.mark.parametrize(
    ("path", "captured", "expected"),
    [
        ("participatingAgencies05192025am.xlsx", None, ("2025-05-19", "file name", "am")),
        ("20250520_151813/participatingAgencies05192025pm.xlsx", None, ("2025-05-19", "file name", "pm")),
        ("list-2025-05-19.xlsx", None, ("2025-05-19", "file name", "")),
        ("list.xlsx", "2025-05-20T15:18:13Z", ("2025-05-20", "capture", "")),
        ("list13452025.xlsx", "2025-05-20T15:18:13Z", ("2025-05-20", "capture", "")),
        ("list.xlsx", None, ("", "unknown", "")),
    ],
)
def test_an_edition_is_dated_by_its_file_name_then_by_its_capture(
    path: str, captured: str | None, expected: tuple[str, str, str]
) -> None:
    assert edition_date(document([["x"]], path=path), LIST, captured) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("list-2025-05-19.xlsx", ("2025-05-19", "file name", None)),
        ("list.xlsx", ("2026-03-01", "last modified", "2026-03-01T08:00:00Z")),
    ],
)
def test_a_file_says_by_its_last_change_only_what_nothing_else_says(
    path: str, expected: tuple[str, str, str | None]
) -> None:
    found = edition(document([["x"]], path=path), LIST, gazetteer.load(), modified="2026-03-01T08:00:00Z")
    assert (found.date, found.date_basis, found.captured) == expected


def test_a_given_date_goes_before_the_file_name() -> None:
    given = replace(document([["x"]], path="list05192025.xlsx"), published="2025-05-18", published_basis="given")
    assert edition_date(given, LIST, None) == ("2025-05-18", "given", "")


def test_a_capture_folder_is_read_as_utc() -> None:
    found = edition(document([["x"]], path="a/20250520_151813/list05192025pm.xlsx"), LIST, gazetteer.load())
    assert found.captured == "2025-05-20T15:18:13Z"


def test_a_manifest_goes_before_the_folder_and_is_turned_to_utc() -> None:
    source = document([["x"]], path="20250520_151813/list.xlsx", captured="2025-05-20T09:00:00-04:00")
    assert edition(source, LIST, gazetteer.load()).captured == "2025-05-20T13:00:00Z"


def test_editions_sort_by_capture_then_by_their_half_of_the_day() -> None:
    keys = [
        order_key(None, "2025-05-19", "am", "a.xlsx"),
        order_key(None, "2025-05-19", "pm", "a.xlsx"),
        order_key("2025-05-20T15:18:13Z", "2025-05-19", "am", "a.xlsx"),
        order_key("2025-05-20T15:18:13Z", "2025-05-19", "am", "b.xlsx"),
    ]
    assert all(first < second for first, second in itertools.pairwise(keys))


def test_one_file_name_published_twice_is_two_editions() -> None:
    first = participating("2025-07-03T15:18:05Z", agreement("Bay County Sheriff's Office"))
    second = participating("2025-07-03T18:00:00Z", agreement("Gulf County Sheriff's Office"))
    assert first.name == second.name
    assert first.id != second.id
    assert first.order < second.order


def test_an_excerpt_knows_what_it_is_complete_for() -> None:
    rows = [("state", "section", "name"), ("Alaska", "Cities", "City of Anchorage")]
    about = unlimited("dhs-sanctuary")
    names = ["dhs-sanctuary-2025-05-29-excerpt.csv", "dhs-excerpt.csv", "dhs-2025-05-30.csv"]
    found = [edition(document(rows, path=name), about, gazetteer.load()).scopes for name in names]
    assert found == [("state=AK", "state=WA", "state=CA|kind=county"), (), ("*",)]
    assert edition(document(rows), about, gazetteer.load(), scopes=["state=AK"]).scopes == ("state=AK",)


# --- what is no edition ----------------------------------------------------------------------------------------


def test_a_page_without_a_table_is_refused() -> None:
    page = Document("sha256:0", "Service unavailable", Capture("0", "text/html", 19), path="list05192025.xlsx")
    found = checked(edition(page, LIST, gazetteer.load()))
    assert not found.accepted
    assert found.checks[0].detail == "no table in it: us-287g-participating comes as xlsx or csv"


def test_the_list_is_found_beside_empty_sheets() -> None:
    rows = tuple(
        Row(number, tuple(Cell(str(text)) for text in row))
        for number, row in enumerate([PARTICIPATING, agreement("Bay County Sheriff's Office")], start=1)
    )
    found = edition(of_tables((Table("Notes", ()), Table("Sheet2", rows))), LIST, gazetteer.load())
    assert one(found).statement is not None
    assert found.accepted
