"""Intervals of the calendar: EDTF strings with their first and last day.

Use these to build what :mod:`comity.reading.time` gives out. EDTF (ISO 8601-2, Library of Congress): ``2025-05-28``,
``2025-05``, ``2025``, ``199X`` and ``18XX`` (decade, century), ``2025-21`` to ``2025-24`` (seasons), ``2025-33`` to
``2025-36`` (quarters), ``a/b`` (interval), ``../b`` and ``a/..`` (open). How each is bounded: docs/time.md.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

__all__ = [
    "Interval",
    "add_months",
    "after",
    "before",
    "between",
    "century",
    "day",
    "decade",
    "easter",
    "month",
    "nth_weekday",
    "quarter",
    "season",
    "since",
    "third",
    "until",
    "week",
    "weekend",
    "year",
]


@dataclass(frozen=True, slots=True)
class Interval:
    """A stretch of days. ``earliest`` or ``latest`` is None on an open side."""

    edtf: str
    earliest: date | None
    latest: date | None


def _last(y: int, m: int) -> int:
    return calendar.monthrange(y, m)[1]


def day(d: date) -> Interval:
    """One day."""
    return Interval(d.isoformat(), d, d)


def month(y: int, m: int) -> Interval:
    """One month of a year."""
    return Interval(f"{y:04d}-{m:02d}", date(y, m, 1), date(y, m, _last(y, m)))


def year(y: int) -> Interval:
    """One year."""
    return Interval(f"{y:04d}", date(y, 1, 1), date(y, 12, 31))


def decade(first: int) -> Interval:
    """The ten years from ``first``: ``199X``."""
    return Interval(f"{first // 10:03d}X", date(max(first, 1), 1, 1), date(first + 9, 12, 31))


def century(nth: int) -> Interval:
    """The nth century, counted as newspapers do: the 20th is 1900 to 1999."""
    first = (nth - 1) * 100
    return Interval(f"{nth - 1:02d}XX", date(max(first, 1), 1, 1), date(first + 99, 12, 31))


def season(y: int, code: int, begins: int) -> Interval:
    """A season by its EDTF code and first month. "Winter 2025" spans both winters that touch the year."""
    edtf = f"{y:04d}-{code}"
    if begins + 2 > 12:
        return Interval(edtf, date(y - 1, begins, 1), date(y + 1, begins - 10, _last(y + 1, begins - 10)))
    return Interval(edtf, date(y, begins, 1), date(y, begins + 2, _last(y, begins + 2)))


def quarter(y: int, nth: int) -> Interval:
    """A quarter of the calendar year."""
    first = 3 * nth - 2
    return Interval(f"{y:04d}-{32 + nth}", date(y, first, 1), date(y, first + 2, _last(y, first + 2)))


def between(a: Interval, b: Interval) -> Interval | None:
    """From the first day of ``a`` to the last of ``b``; None where they are out of order."""
    if a.earliest is not None and b.latest is not None and a.earliest > b.latest:
        return None
    left = a.edtf.split("/")[0]
    right = b.edtf.split("/")[-1]
    return Interval(left if left == right else f"{left}/{right}", a.earliest, b.latest)


def days(a: date, b: date) -> Interval:
    """From one day to another."""
    return Interval(f"{a.isoformat()}/{b.isoformat()}", a, b)


def since(a: Interval) -> Interval:
    """From ``a`` on, without an end."""
    return Interval(f"{a.edtf.split('/')[0]}/..", a.earliest, None)


def until(b: Interval) -> Interval:
    """Up to and with ``b``, without a beginning."""
    return Interval(f"../{b.edtf.split('/')[-1]}", None, b.latest)


def _unit(edtf: str, at: date) -> Interval:
    """The day, month or year at a date, as fine as an EDTF string is."""
    if len(edtf) == 4 and edtf.isdigit():
        return year(at.year)
    if len(edtf) == 7 and edtf[5:].isdigit() and int(edtf[5:]) <= 12:
        return month(at.year, at.month)
    return day(at)


def before(b: Interval) -> Interval | None:
    """Up to the day, month or year before ``b``."""
    if b.earliest is None or b.earliest == date.min:
        return None
    return until(_unit(b.edtf, b.earliest - timedelta(1)))


def after(a: Interval) -> Interval | None:
    """From the day, month or year after ``a`` on."""
    if a.latest is None or a.latest == date.max:
        return None
    return since(_unit(a.edtf, a.latest + timedelta(1)))


def third(whole: Interval, part: str) -> Interval:
    """The early, middle or late part: thirds of a month (ten days) or year (four months), years of a decade."""
    a, b = whole.earliest, whole.latest
    if a is None or b is None:
        return whole
    if a.year // 10 != b.year // 10 or b.year - a.year > 10:
        return whole
    if b.year - a.year == 9:
        first, last = {"early": (0, 3), "mid": (4, 6), "late": (7, 9), "end": (7, 9)}[part]
        return Interval(f"{a.year + first}/{a.year + last}", date(a.year + first, 1, 1), date(a.year + last, 12, 31))
    if (a.month, a.day, b.month, b.day) == (1, 1, 12, 31) and a.year == b.year:
        first, last = {"early": (1, 4), "mid": (5, 8), "late": (9, 12), "end": (12, 12)}[part]
        start, stop = month(a.year, first), month(a.year, last)
        return start if first == last else Interval(f"{start.edtf}/{stop.edtf}", start.earliest, stop.latest)
    if a.day == 1 and (a.year, a.month) == (b.year, b.month):
        first, last = {"early": (1, 10), "mid": (11, 20), "late": (21, b.day), "end": (21, b.day)}[part]
        return days(a.replace(day=first), a.replace(day=last))
    return whole


def week(d: date, offset: int = 0) -> Interval:
    """The week from Monday to Sunday that holds a day, moved by whole weeks."""
    monday = d - timedelta(d.weekday()) + timedelta(7 * offset)
    return days(monday, monday + timedelta(6))


def weekend(d: date, offset: int = 0) -> Interval:
    """Saturday and Sunday of the week that holds a day, moved by whole weeks."""
    saturday = d - timedelta(d.weekday()) + timedelta(5 + 7 * offset)
    return days(saturday, saturday + timedelta(1))


def add_months(d: date, months: int) -> date:
    """The day so many months on, at most the month's last."""
    total = d.year * 12 + d.month - 1 + months
    y, m = divmod(total, 12)
    return date(y, m + 1, min(d.day, _last(y, m + 1)))


def nth_weekday(y: int, m: int, weekday: int, nth: int) -> date | None:
    """The nth weekday of a month; -1 is the last. None where the month has no such day."""
    if nth < 0:
        last = date(y, m, _last(y, m))
        return last - timedelta((last.weekday() - weekday) % 7)
    first = date(y, m, 1)
    d = first + timedelta((weekday - first.weekday()) % 7 + 7 * (nth - 1))
    return d if d.month == m else None


def easter(y: int) -> date:
    """Easter Sunday, Gregorian (the anonymous algorithm, Meeus, Astronomical Algorithms, 1991)."""
    a, b, c = y % 19, y // 100, y % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    leap = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 19 * leap) // 433
    n = (h + leap - 7 * m + 90) // 25
    return date(y, n, (h + leap - 7 * m + 33 * n + 19) % 32)
