"""Time expressions: what is found, as which interval, and what is left alone."""

from __future__ import annotations

import itertools
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.quality import time as quality

from comity.reading import time_calendar as calendar
from comity.reading.time import find

WEDNESDAY = "2025-05-28"


def dates(text: str, published: str | None = WEDNESDAY) -> list[tuple[str, str | None]]:
    return [(text[m.start : m.end], m.edtf) for m in find(text, published)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The order was signed May 28, 2025, in the capital.", [("May 28, 2025", "2025-05-28")]),
        ("It is dated 28 May 2025.", [("28 May 2025", "2025-05-28")]),
        ("It is stamped 5/28/25 and 2025-05-29.", [("5/28/25", "2025-05-28"), ("2025-05-29", "2025-05-29")]),
        ("The rule came in May 2025.", [("May 2025", "2025-05")]),
        ("The rule came in 2017.", [("2017", "2017")]),
        ("The budget for fiscal year 2026 is thin.", [("fiscal year 2026", "2025-10-01/2026-09-30")]),
        ("It rose in the third quarter of 2024.", [("the third quarter of 2024", "2024-35")]),
        ("They met in spring 2025.", [("spring 2025", "2025-21")]),
        ("They met in late 2024.", [("late 2024", "2024-09/2024-12")]),
        ("A camp of the 1990s.", [("the 1990s", "199X")]),
        ("He served from 2017 to 2021.", [("from 2017 to 2021", "2017/2021")]),
        ("It has stood since 2019.", [("since 2019", "2019/..")]),
        ("It has stood since at least 2019.", [("since at least 2019", "2019/..")]),
        ("It is due no later than July 1, 2025.", [("no later than July 1, 2025", "../2025-07-01")]),
        ("It applies on or after July 1, 2025.", [("on or after July 1, 2025", "2025-07-01/..")]),
        (
            "It ran from July 1, 2024, through June 30, 2025.",
            [("from July 1, 2024, through June 30, 2025", "2024-07-01/2025-06-30")],
        ),
        ("The hearings of March 3-5, 2020, were public.", [("March 3-5, 2020", "2020-03-03/2020-03-05")]),
        ("Offices closed on Labor Day 2024.", [("Labor Day 2024", "2024-09-02")]),
    ],
)
def test_printed_dates_need_no_publication_day(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert dates(text, None) == expected
    assert all(m.basis == "printed" for m in find(text, WEDNESDAY))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The list was published on Wednesday.", ("Wednesday", "2025-05-28")),
        ("The board voted Thursday.", ("Thursday", "2025-05-22")),
        ("The board will vote Thursday.", ("Thursday", "2025-05-29")),
        ("The board is scheduled to vote Thursday.", ("Thursday", "2025-05-29")),
        ("The board was scheduled to vote Thursday.", ("Thursday", "2025-05-22")),
        ("Board to vote Thursday on contract", ("Thursday", "2025-05-29")),
        ("The board voted last Tuesday.", ("last Tuesday", "2025-05-27")),
        ("The office joined on July 8 last year.", ("July 8 last year", "2024-07-08")),
        ("The office joined in July of last year.", ("July of last year", "2024-07")),
        ("The contract runs out June 30, next year.", ("June 30, next year", "2026-06-30")),
        ("The board meets next Friday.", ("next Friday", "2025-05-30")),
        ("They had no answer as of Wednesday evening.", ("Wednesday evening", "2025-05-28")),
        ("The board acted in the past two months.", ("the past two months", "2025-03-28/2025-05-28")),
        ("The board acted earlier this month.", ("earlier this month", "2025-05-01/2025-05-28")),
        ("The board acted two weeks ago.", ("Two weeks ago".lower(), "2025-05-12/2025-05-18")),
        ("The city must answer by June 30.", ("by June 30", "../2025-06-30")),
        ("The order was signed Dec. 12.", ("Dec. 12", "2024-12-12")),
        ("The rule takes effect Jan. 1.", ("Jan. 1", "2026-01-01")),
    ],
)
def test_relative_dates_resolve_against_the_publication_day(text: str, expected: tuple[str, str]) -> None:
    assert dates(text) == [expected]
    assert [m.basis for m in find(text, WEDNESDAY)] == ["publication date"]


@pytest.mark.parametrize(
    "text",
    ["The board met Wednesday.", "It was signed May 28.", "It began last month.", "It closed on Labor Day."],
)
def test_without_a_publication_day_the_words_are_kept_and_nothing_is_guessed(text: str) -> None:
    (mention,) = find(text)
    assert (mention.edtf, mention.earliest, mention.latest, mention.basis) == (None, None, None, None)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Over the past few weeks residents gathered.", "the past few weeks"),
        ("The city has in recent years limited its role.", "recent years"),
        ("Three days earlier, the board said no.", "Three days earlier"),
    ],
)
def test_vague_and_unanchored_words_stay_unresolved(text: str, words: str) -> None:
    assert dates(text) == [(words, None)]


def test_days_that_come_round_have_no_interval() -> None:
    assert dates("The office is open Monday through Friday.") == [("Monday through Friday", None)]
    assert dates("The office is open on Mondays.") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a year before 1000 in a form of its own licenses the others
        ("Theodore (c. 314 – 368) came around 328. In 348 Paul died.", ["0314/0368", "0328", "0348"]),
        ("Jerome was born around 347 AD. He was away until about 360 - 366, it is said.", ["0347", "0360/0366"]),
        ("He died on 30 September 420, in Bethlehem.", ["0420-09-30"]),
        ("The synod met in December of 384, in Rome.", ["0384-12"]),
        ("In 348 Paul died. Agents came in 212 cases.", []),
        ("A crowd of 500, about 360 of them new, met in 212 rooms.", []),
        # two figures beside a year in full
        (
            "Reagan in 80 and 84, Bush in 88 and 92, Bush in 2000, Romney in 12.",
            ["1980", "1984", "1988", "1992", "2000", "2012"],
        ),
        ("Ohio won in 80, Utah in 76 and Iowa in 70.", []),
        # times known by their name, where something is in, before or after them
        ("The camp held families during World War II.", ["1939-09-01/1945-09-02"]),
        ("Following the American Revolutionary War, he moved.", ["1775/1783"]),
        ("She belongs to the Daughters of the American Revolution.", []),
        ("A World War II plane landed.", []),
        ("It happened from the 15th to the 19th century.", ["14XX/18XX"]),
    ],
)
def test_years_of_history(text: str, expected: list[str]) -> None:
    assert [one.edtf for one in find(text, "2025-05-28")] == expected


def test_in_a_text_on_times_long_past_a_day_is_of_the_year_named_last() -> None:
    life = "Born in 1811, he went to jail in 1831. By 1832 he was free. He died on 30 May. See 1823 and 1846."
    assert "1832-05-30" in [one.edtf for one in find(life, "2004-08-18")]
    story = "The law is of 1996. The city adopted its rule in 2014. On May 3 the county sued."
    assert "2025-05-03" in [one.edtf for one in find(story, "2025-05-28")]


def test_press_time_is_the_day_of_publication() -> None:
    assert [one.edtf for one in find("The city had not answered at press time.", "2025-05-28")] == ["2025-05-28"]
    assert [one.edtf for one in find("The city had not answered at press time.")] == [None]


def test_an_acronym_ends_a_sentence_and_an_abbreviation_does_not() -> None:
    text = "Deputies work with ICE. The board will meet Friday. Gov. Ada Lund signed it Friday."
    assert [edtf for _, edtf in dates(text)] == ["2025-05-30", "2025-05-23"]


def test_that_year_is_counted_from_the_date_before_it() -> None:
    text = "The rule was adopted in 2017. Two years later it was gone, and that year the sheriff retired."
    assert dates(text) == [("2017", "2017"), ("Two years later", "2019"), ("that year", "2019")]


def test_a_coarse_publication_date_resolves_what_it_can() -> None:
    text = "Last year the board voted; it met again on Tuesday."
    assert dates(text, "2025-05") == [("Last year", "2024"), ("Tuesday", None)]


@pytest.mark.parametrize(
    "text",
    [
        "The sheriff may sign.",
        "We march on.",
        "The fine is $65 under House Bill 1234 and Section 1373.",
        "The sheriff joined the 287(g) program; call 9-1-1.",
        "Ordinance 2017-44 was sent to 1900 Main Street.",
        "Councilwoman May Hernandez said deputies have 100 days.",
        "About 2000 people stayed 24/7.",
    ],
)
def test_what_is_no_date_is_left_alone(text: str) -> None:
    assert dates(text) == []


def test_spans_are_code_points_of_the_text() -> None:
    text = "“Mañana,” the clerk said Tuesday — 🗓️ and the board will meet Friday."
    assert dates(text) == [("Tuesday", "2025-05-27"), ("Friday", "2025-05-30")]


def test_the_table_holds() -> None:
    figures = quality.figures(Path("not there"))
    assert figures["time.table.tune"] >= 97
    assert figures["time.table.held_out"] >= 95
    assert figures["time.table.wrongly_taken"] < 2


def test_gum_holds(shared: Path) -> None:
    figures = quality.measure_gum(shared / "data" / "gum" / "dep")
    assert figures.own_share >= 90
    assert figures.false_share < 2


def test_the_tables_intervals_are_those_of_their_edtf() -> None:
    for sentence, _, expected in quality.table():
        for one in expected:
            if one.edtf and "/" not in one.edtf and len(one.edtf) == 10:
                assert (one.earliest, one.latest) == (one.edtf, one.edtf), sentence


WORDS = st.sampled_from(
    [
        "May",
        "28",
        ",",
        "2025",
        "-",
        "to",
        "from",
        "between",
        "and",
        "last",
        "next",
        "the",
        "this",
        "Wednesday",
        "two",
        "weeks",
        "ago",
        "since",
        "by",
        "until",
        "1999",
        "fall",
        "early",
        "of",
        "in",
        "year",
        "that",
        "later",
        "(",
        ")",
        "“",
        "”",
        ".",
        "’08",
        "Q3",
        "FY26",
        "13/45/2020",
        "2025-02-30",
        "Labor",
        "Day",
    ]
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(WORDS, max_size=14).map(" ".join),
    st.sampled_from([None, WEDNESDAY, "2025-05", "0001-01-01", "9999-12-31"]),
)
def test_any_words_give_ordered_spans_and_intervals(text: str, published: str | None) -> None:
    found = find(text, published)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    for m in found:
        assert 0 <= m.start < m.end <= len(text)
        assert (m.edtf is None) == (m.basis is None)
        if m.earliest and m.latest:
            assert date.fromisoformat(m.earliest) <= date.fromisoformat(m.latest)


@pytest.mark.parametrize(("year", "expected"), [(2024, "2024-03-31"), (2025, "2025-04-20"), (2026, "2026-04-05")])
def test_easter(year: int, expected: str) -> None:
    assert calendar.easter(year).isoformat() == expected
