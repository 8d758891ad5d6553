"""Broken editions are refused, with one line that says why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from comity import gazetteer
from comity.lists import checked, definition, edition
from comity.lists.checks import refusal
from comity.lists.definitions import Definition, Limits
from comity.model import Cell, Edition, Row, Table

from .sheets import PARTICIPATING, PENDING, WSO, agreement, of_tables

COUNTIES = """Alachua Baker Bay Bradford Brevard Broward Calhoun Charlotte Citrus Clay Collier Columbia DeSoto Dixie
Escambia Flagler Franklin Gadsden Gilchrist Glades Gulf Hamilton Hardee Hendry Hernando Highlands Hillsborough
Holmes Jackson Jefferson Lafayette Lake Lee Leon Levy Liberty""".split()  # noqa: SIM905

Sheet = list[list[str]]


def about() -> Definition:
    """The participating list, for sheets of 36 rows."""
    known = definition("us-287g-participating")
    return replace(known, limits=replace(known.limits, least_rows=20, most_rows=60))


ABOUT = about()


def sheet() -> Sheet:
    """A sound edition: 36 sheriffs, each signed on a day of its own."""
    rows = [
        agreement(
            f"{name} County Sheriff's Office",
            WSO,
            f"2025-{number % 6 + 1:02}-{number % 28 + 1:02}",
            county=f"{name} County",
        )
        for number, name in enumerate(COUNTIES)
    ]
    return [[*PARTICIPATING], *[[str(cell) for cell in row] for row in rows]]


def read(*sheets: Sequence[Sequence[str]], earlier: Edition | None = None) -> Edition:
    tables = tuple(
        Table(
            f"Sheet{index}",
            tuple(Row(number, tuple(Cell(text) for text in row)) for number, row in enumerate(rows, start=1)),
        )
        for index, rows in enumerate(sheets, start=1)
    )
    found = edition(of_tables(tables, path="participatingAgencies07032025.xlsx"), ABOUT, gazetteer.load())
    return checked(found, earlier, ABOUT)


def without(column: int) -> Callable[[Sheet], Sheet]:
    return lambda rows: [row[:column] + row[column + 1 :] for row in rows]


def shifted_right(rows: Sheet) -> Sheet:
    return [rows[0], *[["", *row[:-1]] for row in rows[1:]]]


def half_shifted(rows: Sheet) -> Sheet:
    return [*rows[:18], *[["", *row[:-1]] for row in rows[18:]]]


def names_slipped(rows: Sheet) -> Sheet:
    below = [*rows[2:], rows[1]]
    return [rows[0], *[[row[0], other[1], *row[2:]] for row, other in zip(rows[1:], below, strict=True)]]


def swapped(rows: Sheet) -> Sheet:
    return [rows[0], *[[row[0], row[1], row[3], row[2], *row[4:]] for row in rows[1:]]]


def renamed(rows: Sheet) -> Sheet:
    return [rows[0], *[[row[0], f"Zzyzx Patrol {number}", *row[2:]] for number, row in enumerate(rows[1:])]]


BROKEN: list[tuple[str, Callable[[Sheet], Sheet], str]] = [
    ("cut to a third", lambda rows: rows[:13], "12 rows, expected 20 to 60"),
    ("without rows", lambda rows: rows[:1], "no rows"),
    ("without the states", without(0), "column State is missing"),
    ("without the names", without(1), "column Law Enforcement Agency is missing"),
    ("without the counties", without(3), "column County is missing"),
    ("without two columns", lambda rows: without(4)(without(5)(rows)), "columns Support Type, Signed are missing"),
    ("shifted by a column", shifted_right, "0% of rows readable under State (row 2: 'blank')"),
    ("half of it shifted", half_shifted, "47% of rows readable under State (row 19: 'blank')"),
    ("names one row off", names_slipped, "100% of them with other values: shifted cells"),
    ("two columns swapped", swapped, "0% of rows readable under Type (row 2: 'Alachua County')"),
    ("names of nobody", renamed, "0.0% of 36 names resolved"),
    ("a foreign sheet", lambda _: [["Item", "Price"], ["Chairs", "12"]], "none of the list's columns is there"),
    ("another list's sheet", lambda rows: [row[:5] for row in rows], "columns Signed, MOA are missing"),
    ("twice as long", lambda rows: [*rows, *rows[1:]], "72 rows, expected 20 to 60"),
]


@pytest.mark.parametrize(("broken", "why"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN])
def test_a_broken_edition_is_refused_and_says_why(broken: Callable[[Sheet], Sheet], why: str) -> None:
    sound = read(sheet())
    assert sound.accepted
    found = read(broken(sheet()), earlier=sound)
    assert not found.accepted
    assert why in (refusal(found) or "")
    assert "\n" not in (refusal(found) or "")


def test_a_foreign_sheet_beside_the_list_is_refused() -> None:
    found = read(sheet(), [["Item", "Price"], ["Chairs", "12"]])
    assert refusal(found) == "foreign sheet Sheet2"


def test_a_sound_edition_passes_against_itself_and_a_smaller_one() -> None:
    sound = read(sheet())
    assert read(sheet(), earlier=sound).accepted
    assert read(sheet()[:-3], earlier=sound).accepted  # three rows fewer: an edition smaller than the one before it
    assert refusal(sound) is None


def test_a_drop_is_refused_against_the_edition_before_it_only() -> None:
    sound = read(sheet())
    smaller = sheet()[:28]
    assert read(smaller).accepted
    assert refusal(read(smaller, earlier=sound)) == "27 rows after 36, 25% fewer"


def test_counties_filled_in_at_once_are_no_slip() -> None:
    blank = [[*row[:3], "#N/A", *row[4:]] if number else row for number, row in enumerate(sheet())]
    assert read(sheet(), earlier=read(blank)).accepted


def test_an_excerpt_is_not_held_to_the_size_of_the_whole_list() -> None:
    found = replace(read(sheet()[:5]), scopes=("state=FL",))
    assert checked(found, None, ABOUT).accepted


def test_checks_are_the_same_when_they_are_made_twice() -> None:
    sound = read(sheet())
    again = checked(checked(sound, sound, ABOUT), sound, ABOUT)
    assert again == checked(sound, sound, ABOUT)


def test_pending_has_no_date_of_signing() -> None:
    assert "SIGNED" not in PENDING
    assert definition("us-287g-pending").since is None


def test_the_default_limits_take_any_list() -> None:
    assert checked(read(sheet()), None, replace(ABOUT, limits=Limits())).accepted
