"""What a time expression means, before any publication day: a :class:`Spec`, built from its tokens.

One function for each kind of expression; which tokens make which kind is :mod:`comity.reading.time_grammar`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from comity.reading import time_calendar as calendar
from comity.reading.time_calendar import Interval
from comity.reading.time_words import Word
from comity.vocabulary import language

__all__ = [
    "VAGUE",
    "Spec",
    "first_of",
    "read_ago",
    "read_beside",
    "read_century",
    "read_decade",
    "read_fiscal",
    "read_holiday",
    "read_in_units",
    "read_iso",
    "read_later",
    "read_month",
    "read_month_day",
    "read_next_to",
    "read_nth",
    "read_of_day",
    "read_of_month",
    "read_plain_vague",
    "read_plural",
    "read_quarter",
    "read_relative",
    "read_same",
    "read_season",
    "read_season_so_far",
    "read_short_year",
    "read_slash",
    "read_unit",
    "read_vague",
    "read_weekday",
    "read_window",
    "read_year",
    "read_years",
    "value_of",
]


@dataclass(frozen=True, slots=True)
class Spec:
    """What an expression means, before it is resolved.

    ``kind`` says which fields count: fixed (``interval``); date (month, day, year, weekday); month; weekday; season;
    quarter; holiday (name); relative (number of days); unit (unit, shift); window (unit, number, its sign);
    ago (unit, number); sofar, rest (of the unit); of_month (day); nth_week, nth_weekday (number); part (part, inner);
    week_of (inner); range (inner, other); anchored (unit, number: of or from the date named before); vague.
    ``shift`` is -1 for last, 0 for this, 1 for next, None where not said.
    """

    kind: str
    interval: Interval | None = None
    year: int | None = None
    month: int | None = None
    day: int | None = None
    last_day: int | None = None
    weekday: int | None = None
    number: int | None = None
    unit: str | None = None
    name: str | None = None
    part: str | None = None
    shift: int | None = None
    inner: Spec | None = None
    other: Spec | None = None


VAGUE = Spec("vague")


@lru_cache(maxsize=1)
def _data() -> Any:
    return language("time")


def first_of(words: Sequence[Word], letters: str) -> Word | None:
    return next((word for word in words if word.letter in letters), None)


def value_of(words: Sequence[Word], letters: str) -> Any:
    word = first_of(words, letters)
    return None if word is None else word.value


def _shift(words: Sequence[Word]) -> int | None:
    letters = {word.letter for word in words}
    if "l" in letters or "p" in letters:
        return -1
    if "X" in letters or "G" in letters:
        return 1
    return 0 if "H" in letters else None


def _real(y: int, m: int, d: int) -> date | None:
    try:
        return date(y, m, d)
    except ValueError:
        return None


def _fixed(interval: Interval | None) -> Spec | None:
    return None if interval is None else Spec("fixed", interval=interval)


def read_month_day(words: Sequence[Word]) -> Spec | None:
    """May 28; May 28, 2025; Wednesday, May 28; 28 May 2025; May 1-28."""
    numbers = [word.value for word in words if word.letter in "do"]
    month, year = value_of(words, "M"), value_of(words, "Y")
    if not 1 <= numbers[0] <= 31:
        return None
    unit, shift = value_of(words, "U"), _shift(words)
    if unit not in (None, "day", "year") or (unit == "year" and not shift):
        return None  # "March 10 this year" says no more than "March 10"
    spec = Spec("date", month=month, day=numbers[0], year=year, weekday=value_of(words, "W"))
    if unit == "year":
        spec = replace(spec, shift=shift, unit=unit)  # "March 10 last year"
    if len(numbers) > 1:
        if not numbers[0] < numbers[1] <= 31:
            return None
        spec = replace(spec, last_day=numbers[1], weekday=None)
    if _real(year or 2024, month, spec.last_day or numbers[0]) is None:
        return None
    return spec


def read_month(words: Sequence[Word]) -> Spec | None:
    part = "past" if first_of(words, "p") is not None else None
    shift = _shift(words)
    if (unit := value_of(words, "U")) is not None:  # "March of last year"
        return Spec("month", month=value_of(words, "M"), shift=shift, unit=unit) if unit == "year" and shift else None
    return Spec("month", month=value_of(words, "M"), year=value_of(words, "Y"), shift=shift, part=part)


def read_iso(words: Sequence[Word]) -> Spec | None:
    period = _data()["named_periods"].get(words[0].value)
    if period is not None:
        first, last = (_as_printed(str(end)) for end in period.split("/"))
        return _fixed(calendar.between(first, last))
    named = _data()["named_days"].get(words[0].value)
    if named == "published":
        return Spec("relative", number=0)
    y, m, d = (int(part) for part in re.split(r"[-/]", named or words[0].value))
    found = _real(y, m, d)
    return None if found is None else _fixed(calendar.day(found))


def _as_printed(edtf: str) -> Interval:
    """A day or a year of the data."""
    return calendar.day(date.fromisoformat(edtf)) if "-" in edtf else calendar.year(int(edtf))


def read_slash(words: Sequence[Word]) -> Spec | None:
    m, d, y = (int(part) for part in re.split(r"[-/.]", words[0].value))
    if y < 100:
        if "/" not in words[0].value:
            return None
        y += 2000 if y < 70 else 1900
    found = _real(y, m, d)
    return None if found is None else _fixed(calendar.day(found))


def read_decade(words: Sequence[Word]) -> Spec | None:
    word = first_of(words, "CD")
    if word is None:
        return None
    if word.letter == "D":
        first = 1900 + 10 * int(word.value)
    else:
        digits = int(re.sub(r"\D", "", word.value))
        if digits % 10:
            return None
        first = digits if digits >= 1000 else (2000 if digits < 30 else 1900) + digits
    spec = Spec("fixed", interval=calendar.decade(first))
    part = value_of(words, "E")
    return spec if part is None else Spec("part", part=part, inner=spec)


def read_century(words: Sequence[Word]) -> Spec | None:
    nth = value_of(words, "o")
    if value_of(words, "U") != "century" or not 1 <= nth <= 21:
        return None
    return _fixed(calendar.century(nth))


def read_centuries(words: Sequence[Word]) -> Spec | None:
    """Of the form: the 15th to the 19th century."""
    first, last = (word.value for word in words if word.letter == "o")
    if value_of(words, "U") not in ("century", "centuries") or not 1 <= first < last <= 21:
        return None
    return _fixed(calendar.between(calendar.century(first), calendar.century(last)))


def read_season(words: Sequence[Word]) -> Spec | None:
    return Spec("season", number=value_of(words, "S"), year=value_of(words, "Y"), shift=_shift(words))


def read_quarter(words: Sequence[Word]) -> Spec | None:
    word = first_of(words, "QO")
    if word is None or (value_of(words, "U") not in (None, "quarter", "half")):
        return None
    unit = value_of(words, "U") or "quarter"
    if not 1 <= word.value <= (4 if unit == "quarter" else 2):
        return None
    year = value_of(words, "Y")
    if unit == "half":
        if year is None:
            return None
        a, b = (1, 6) if word.value == 1 else (7, 12)
        return _fixed(calendar.between(calendar.month(year, a), calendar.month(year, b)))
    return Spec("quarter", number=word.value, year=year)


def read_fiscal(words: Sequence[Word]) -> Spec | None:
    year = value_of(words, "F") or value_of(words, "Y")
    if year is None:
        return None
    year = year if year >= 100 else 2000 + year
    begins = int(_data()["fiscal_year_begins"])
    return _fixed(
        calendar.between(
            calendar.day(date(year - 1, begins, 1)), calendar.day(calendar.month(year, begins - 1).latest or date.max)
        )
    )


def read_weekday(words: Sequence[Word]) -> Spec | None:
    return Spec("weekday", weekday=value_of(words, "W"), shift=_shift(words))


def read_relative(words: Sequence[Word]) -> Spec | None:
    """Of the form: yesterday, this morning, last night."""
    number = value_of(words, "R")
    if number is not None:
        return Spec("relative", number=number)
    if words[0].letter == "H":
        return Spec("relative", number=0)
    return Spec("relative", number=-1) if words[-1].value in _data()["last_dayparts"] else None


def read_unit(words: Sequence[Word]) -> Spec | None:
    unit = value_of(words, "U")
    if words[-1].text.lower().endswith("s") or unit == "day":
        return None
    if unit == "half":
        return None
    shift = _shift(words)
    if words[0].letter == "T" and len(words) == 2:
        return Spec("unit", unit=unit, shift=None) if unit == "weekend" else None
    compared, part = value_of(words, "e"), value_of(words, "E")
    if compared is not None:
        return Spec("sofar" if compared < 0 else "rest", unit=unit)
    inner = Spec("unit", unit=unit, shift=shift)
    return inner if part is None or unit == "week" else Spec("part", part=part, inner=inner)


def read_season_so_far(words: Sequence[Word]) -> Spec | None:
    compared = value_of(words, "e")
    return Spec("sofar" if compared < 0 else "rest", inner=Spec("season", number=value_of(words, "S"), shift=0))


def read_window(words: Sequence[Word]) -> Spec | None:
    """Of the form: the past two months, the last year, the next 30 days."""
    number = value_of(words, "dn#")
    unit = value_of(words, "U")
    if unit not in ("day", "week", "month", "year", "decade", "century"):
        return None
    if number is None:
        if words[-1].text.lower().endswith("s"):
            return VAGUE
        if unit == "day":
            return None
        number = 1
    return Spec("window", unit=unit, number=int(number) * (_shift(words) or 1))


def read_ago(words: Sequence[Word]) -> Spec | None:
    number = value_of(words, "dn#")
    if number is None and words[0].letter == "a":
        number = 1
    unit = value_of(words, "U")
    if number is None or unit not in ("day", "week", "month", "year", "decade"):
        return VAGUE
    return Spec("ago", unit=unit, number=int(number))


def read_in_units(words: Sequence[Word]) -> Spec | None:
    unit, number = value_of(words, "U"), value_of(words, "dn")
    if unit not in ("day", "week", "month", "year"):
        return None
    return Spec("ahead", unit=unit, number=int(number or 1))


def read_vague(words: Sequence[Word]) -> Spec | None:
    return VAGUE if value_of(words, "U") not in ("half", "night", "quarter", "century") else None


def read_same(words: Sequence[Word]) -> Spec | None:
    """Of the form: that year, the same day: of the date named before."""
    unit = value_of(words, "U") or "day"
    month = value_of(words, "M")
    if month is not None:
        return Spec("anchored", unit="year", month=month, number=0) if unit == "year" else None
    return Spec("anchored", unit=unit, number=0) if unit in ("day", "week", "month", "year") else None


def read_next_to(words: Sequence[Word]) -> Spec | None:
    """Of the form: the following month, the next day, the previous year."""
    unit = value_of(words, "U") or "day"
    if unit not in ("day", "week", "month", "year") or words[-1].text.lower().endswith("s"):
        return None
    back = words[1].value in _data()["backward"]
    return Spec("anchored", unit=unit, number=-1 if back else 1)


def read_later(words: Sequence[Word]) -> Spec | None:
    """Of the form: two years later, a day earlier."""
    unit = value_of(words, "U")
    if unit not in ("day", "week", "month", "year", "decade"):
        return None
    number = value_of(words, "dn#") or 1
    return Spec("anchored", unit=unit, number=int(number) * int(value_of(words, "e")))


def read_beside(words: Sequence[Word]) -> Spec | None:
    """Of the form: the day before yesterday, the day after tomorrow."""
    if value_of(words, "U") != "day":
        return None
    day = value_of(words, "R")
    return Spec("relative", number=day + (-1 if first_of(words, "z") is not None else 1)) if day else None


def read_plain_vague(words: Sequence[Word]) -> Spec | None:
    """A year and a half ago, two and a half years ago."""
    return VAGUE if value_of(words, "U") != "quarter" else None


def read_of_day(words: Sequence[Word]) -> Spec | None:
    """The week of May 12, the night of June 3."""
    begins = next(i for i, word in enumerate(words) if word.letter == "f") + 1
    inner = read_month_day(words[begins:])
    unit = value_of(words, "U")
    if inner is None or unit in ("week", "day", None):
        return inner if inner is None or unit != "week" else Spec("week_of", inner=inner)
    return None


def read_plural(words: Sequence[Word]) -> Spec | None:
    return VAGUE if words[-1].text.lower().endswith("s") else None


def read_holiday(words: Sequence[Word]) -> Spec | None:
    name = words[[word.letter for word in words].index("V")].value.replace("’", "'")
    unit = value_of(words, "U")
    if unit not in (None, "weekend"):
        return None
    return Spec("holiday", name=name, year=value_of(words, "Y"), shift=_shift(words), unit=unit)


def read_nth(words: Sequence[Word]) -> Spec | None:
    """Of the form: the first week of June, the first Monday in June 2025."""
    number = -1 if first_of(words, "l") is not None else value_of(words, "O")
    weekday = value_of(words, "W")
    month = Spec("month", month=value_of(words, "M"), year=value_of(words, "Y"))
    if weekday is not None:
        return Spec("nth_weekday", number=number, weekday=weekday, inner=month)
    if value_of(words, "U") != "week":
        return None
    return Spec("nth_week", number=number, inner=month)


def read_of_month(words: Sequence[Word]) -> Spec | None:
    return Spec("of_month", day=words[1].value) if 1 <= words[1].value <= 31 else None


def read_year(words: Sequence[Word]) -> Spec | None:
    return _fixed(calendar.year(words[0].value))


def read_years(words: Sequence[Word]) -> Spec | None:
    """2003-2011; 2024-25; the 2024-25 school year."""
    words = [word for word in words if word.letter != "T"]
    a, b = words[0].value, words[2].value
    if len(words[2].text) == 2:
        b += a - a % 100 + (100 if b <= a % 100 else 0)
    elif words[2].letter != "Y":
        return None
    if not 0 < b - a <= 100:
        return None
    if len(words) > 3:
        months = _data()["school_year"]
        return _fixed(calendar.between(calendar.month(a, months["from"]), calendar.month(b, months["to"])))
    return _fixed(calendar.between(calendar.year(a), calendar.year(b)))


def read_short_year(words: Sequence[Word]) -> Spec | None:
    number = int(re.sub(r"\D", "", words[0].value))
    return _fixed(calendar.year(number + (2000 if number < 40 else 1900)))
