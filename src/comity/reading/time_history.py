"""Years that only their text makes years: those before 1000, and two figures beside a year in full.

Use :func:`historical` for those of a text. "In 348" and "about 360 – 366" are years where the text prints such a year
in a form that can be nothing else ("30 September 420", "347 AD", "(c. 314 – 368)"); "in 80 and 84" where the sentence
goes on with "in 2000". :func:`tells_of_the_past` says whether a text's days lie long before its publication.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from comity.model import DateMention
from comity.reading import time_calendar as calendar
from comity.reading.time_calendar import Interval
from comity.vocabulary import language

__all__ = ["historical", "tells_of_the_past"]

LONG_AGO = 60  # years before publication
MOST, FEW = 0.8, 5  # of the years that a text names, and how many at least
_YEAR = re.compile(r"(?<![\w$.,-])(?:1[5-9]|20)\d\d(?![\w%-])")
_ENDS = r"(?=\s*[,.;:)\]]|\s*$)"


def historical(text: str) -> tuple[DateMention, ...]:
    """The years before 1000 and of two figures that a text licenses, in order."""
    found = [*_ancient(text), *_short(text)]
    return tuple(sorted(found, key=lambda one: one.start))


def tells_of_the_past(text: str, published: date) -> bool:
    """Whether nearly all years that a text names lie long before its publication, so that its days do as well."""
    years = [int(found.group()) for found in _YEAR.finditer(text)]
    return len(years) >= FEW and sum(year < published.year - LONG_AGO for year in years) >= MOST * len(years)


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    return {str(name): int(number) for name, number in language("time")["months"].items()}


@lru_cache(maxsize=1)
def _licensed() -> re.Pattern[str]:
    """A year before 1000 in a form that can be nothing else, alone or as the end of a range."""
    month = "|".join(_months())
    day = rf"(?:(?P<day>\d{{1,2}}) (?P<month>{month})|(?P<of>{month}) of) (?P<dated>\d{{3}}){_ENDS}"
    era = rf"(?P<era>\d{{3}}) (?:AD|CE|A\.D\.|C\.E\.){_ENDS}"
    about = rf"\bc(?:a|irca)?\. ?(?P<first>\d{{3}})(?: ?[–-] ?(?:{day}|(?P<last>\d{{3}}){_ENDS}))"
    return re.compile(rf"{about}|(?<!\d )\b(?:{day.replace('P<', 'P<x')}|{era})")


@lru_cache(maxsize=1)
def _plain() -> re.Pattern[str]:
    """A number of three figures where a year may stand, once the text has named such a year."""
    return re.compile(
        r"\b(?:[Ii]n|[Aa]round|[Aa]bout|[Uu]ntil|[Ss]ince|c\.|circa|of) (?P<first>\d{3})"
        r"(?: ?[–-] ?(?P<last>\d{3}))?(?=\s*[,.;:)]| [A-Z])"
    )


_THREE = re.compile(r"(?<![\w$.,])\d{3}(?![\w%]|,\d)")
_AROUND = 32  # code points on each side of a number that can make it a year


def _numbers(text: str) -> Iterator[int]:
    """Where the numbers of three figures stand."""
    return (found.start() for found in _THREE.finditer(text))


def _ancient(text: str) -> Iterator[DateMention]:
    taken: list[tuple[int, int]] = []
    if not any(_licensed().search(text, max(0, at - _AROUND), at + _AROUND) for at in _numbers(text)):
        return
    for found in _licensed().finditer(text):
        taken.append(found.span())
        yield _mention(found)
    for found in _plain().finditer(text):
        if not any(start < found.end() and found.start() < end for start, end in taken):
            yield _mention(found)


def _mention(found: re.Match[str]) -> DateMention:
    parts = {name.removeprefix("x"): value for name, value in found.groupdict().items() if value}
    at = min(found.start(name) for name, value in found.groupdict().items() if value)
    first = next((calendar.year(int(parts[name])) for name in ("first", "era") if name in parts), None)
    last = calendar.year(int(parts["last"])) if "last" in parts else _dated(parts)
    whole = (calendar.between(first, last) if first and last else None) or first or last
    return _as_mention(at, found.end(), whole)


def _dated(parts: dict[str, str]) -> Interval | None:
    if "dated" not in parts:
        return None
    month = _months()[parts.get("month") or parts["of"]]
    if "day" not in parts:
        return calendar.month(int(parts["dated"]), month)
    try:
        return calendar.day(date(int(parts["dated"]), month, int(parts["day"])))
    except ValueError:
        return None


_IN = re.compile(r" in (\d\d(?:\d\d)?)(?: and (\d\d))?(?=[,.;]| and\b)")
_APART = 60  # code points between two years of a row at most


def _short(text: str) -> Iterator[DateMention]:
    """Years of two figures in a row that names one in full: "Reagan in 80 and 84, Bush in 88, Romney in 2012"."""
    row: list[re.Match[str]] = []
    for found in _IN.finditer(text):
        if row and (found.start() - row[-1].end() > _APART or "\n" in text[row[-1].end() : found.start()]):
            yield from _in_row(row)
            row = []
        row.append(found)
    yield from _in_row(row)


def _in_row(row: list[re.Match[str]]) -> Iterator[DateMention]:
    numbers = [(one[k], one.start(k), one.end(k)) for one in row for k in (1, 2) if one[k]]
    full = [int(printed) for printed, _, _ in numbers if len(printed) == 4]
    if len(full) != 1 or not 1900 <= full[0] <= 2099 or len(numbers) < 4:
        return
    for printed, start, end in numbers:
        if len(printed) == 2:
            year = min((century + int(printed) for century in (1900, 2000)), key=lambda y: abs(y - full[0]))
            yield _as_mention(start, end, calendar.year(year))


def _as_mention(start: int, end: int, interval: Interval | None) -> DateMention:
    if interval is None or interval.earliest is None or interval.latest is None:
        return DateMention(start, end, None, None, None)
    return DateMention(start, end, interval.edtf, interval.earliest.isoformat(), interval.latest.isoformat(), "printed")
