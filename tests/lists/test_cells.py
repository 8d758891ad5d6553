"""What a printed cell means: a table of printings."""

from __future__ import annotations

import pytest

from comity.lists.cells import choice, day, folded, header, links, shown

DATES = [
    ("2025-05-08", "2025-05-08"),
    ("2025-05-08 00:00:00", "2025-05-08"),
    ("5/8/2025", "2025-05-08"),
    ("05/08/2025", "2025-05-08"),
    ("05/08/25", "2025-05-08"),
    ("5-8-2025", "2025-05-08"),
    ("5.8.2025", "2025-05-08"),
    ("May 8, 2025", "2025-05-08"),
    ("Sept. 2nd, 2025", "2025-09-02"),
    ("45785", "2025-05-08"),  # the serial number of a spreadsheet program
    # a separator forgotten: put back where only one place yields a date
    ("05/082025", "2025-05-08"),
    ("7/72025", "2025-07-07"),
    ("0508/2025", "2025-05-08"),
    ("05082025", "2025-05-08"),
    ("7/172025", "2025-07-17"),
    # more than one reading, or none: kept as printed, unread
    ("112/2025", None),  # 1 December or 2 November
    ("1112025", None),
    ("20026", None),
    ("7/14/20026", None),
    ("13/45/2025", None),
    ("2025-02-30", None),
    ("25/12/2025", None),  # day first: not repaired by guessing
    ("pending", None),
    ("", None),
    ("2025-05", None),
    ("1/2/3/4", None),
]


@pytest.mark.parametrize(("printed", "meant"), DATES)
def test_a_date_is_read_where_there_is_one_reading(printed: str, meant: str | None) -> None:
    assert day(printed, "1996-09-30", "2025-12-31") == meant


def test_a_date_outside_the_two_days_is_not_read() -> None:
    assert day("7/14/2026", "1996-09-30", "2025-07-20") is None
    assert day("7/14/1905", "1996-09-30", "2025-07-20") is None
    assert day("7/14/2025", "1996-09-30", "2025-07-14") == "2025-07-14"


@pytest.mark.parametrize(
    ("printed", "form"),
    [
        ("Sewall’s\u00a0Point  Police ", "Sewall's Point Police"),
        ("link\u00a0|\u00a0addendum", "link | addendum"),
        ("Miami–Dade\u200b", "Miami-Dade"),
        ("ＡＢ", "AB"),
    ],
)
def test_printings_of_one_text_have_one_form(printed: str, form: str) -> None:
    assert shown(printed) == form


def test_case_makes_no_difference_to_a_comparison() -> None:
    assert folded("AlABAMA ") == folded("Alabama")


def test_headers_are_compared_by_letters() -> None:
    assert header(" Support\nType: ") == header("SUPPORT TYPE")


MODELS = (("task_force", ("Task Force Model", "TFM")), ("warrant_service", ("Warrant Service Officer", "WSO")))


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("Task Force Model", "task_force"),
        ("TASK  FORCE MODEL", "task_force"),
        ("Task Force Modell", "task_force"),
        ("Warrant Service Oficer", "warrant_service"),
        ("TFM", "task_force"),
        ("TFN", None),  # too short for a misprint
        ("Tribal Model", None),
    ],
)
def test_a_choice_forgives_a_misprint_of_a_long_wording(printed: str, value: str | None) -> None:
    assert choice(printed, MODELS) == value


def test_several_links_of_a_cell_stand_once_each() -> None:
    assert links("https://a.example/1.pdf https://a.example/2.pdf https://a.example/1.pdf") == (
        "https://a.example/1.pdf",
        "https://a.example/2.pdf",
    )
    assert links(None) == ()
