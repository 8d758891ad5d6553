"""What an expression means on a publication day: a Spec becomes an interval, or None where the day is needed."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from comity.reading import time_calendar as calendar
from comity.reading.time_calendar import Interval
from comity.reading.time_meanings import Spec
from comity.reading.time_tense import Direction
from comity.vocabulary import language

__all__ = ["from_anchor", "resolve"]


@lru_cache(maxsize=1)
def _data() -> Any:
    return language("time")


def _nearest(options: list[Interval], published: date, way: Direction | None) -> Interval | None:
    """The option that lies as the direction says, nearest to the publication day; without one, the nearest."""

    def distance(option: Interval) -> int:
        first, last = option.earliest or date.min, option.latest or date.max
        if first <= published <= last:
            return 0
        return (first - published).days if first > published else (published - last).days

    ahead = [option for option in options if (option.latest or date.max) >= published]
    back = [option for option in options if (option.earliest or date.min) <= published]
    chosen = ahead if way == "future" else back if way == "past" else options
    return min(chosen, key=distance, default=None)


def _date(spec: Spec, published: date | None, way: Direction | None) -> Interval | None:
    def on(y: int) -> Interval | None:
        try:
            first = calendar.day(date(y, spec.month or 1, spec.day or 1))
            if spec.last_day is None:
                return first
            return calendar.between(first, calendar.day(date(y, spec.month or 1, spec.last_day)))
        except ValueError:
            return None

    if spec.year is not None:
        return on(spec.year)
    if published is None:
        return None
    if spec.unit == "year":
        return on(published.year + (spec.shift or 0))
    options = [option for y in range(published.year - 1, published.year + 2) if (option := on(y)) is not None]
    if spec.weekday is not None:
        fitting = [option for option in options if option.earliest and option.earliest.weekday() == spec.weekday]
        if fitting:
            return _nearest(fitting, published, None)
    chosen = _nearest(options, published, way)
    nearest = _nearest(options, published, None)
    if chosen is not nearest and nearest is not None and nearest.earliest is not None:
        # A day of another year carries its year in print: within the season the verb's tense has no say
        # ("set a hearing for March 18").
        return nearest if abs((nearest.earliest - published).days) <= 120 else chosen
    return chosen


def _month(spec: Spec, published: date | None, way: Direction | None) -> Interval | None:
    if spec.year is not None:
        return calendar.month(spec.year, spec.month or 1)
    if published is None:
        return None
    if spec.unit == "year":
        return calendar.month(published.year + (spec.shift or 0), spec.month or 1)
    if spec.shift == -1 and spec.part != "past":
        # "Last August" is the one of the year before; this year's is printed as "in August" or "this past August".
        return calendar.month(published.year - 1, spec.month or 1)
    options = [calendar.month(y, spec.month or 1) for y in range(published.year - 1, published.year + 2)]
    return _shifted(options, spec, published, way)


def _shifted(options: list[Interval], spec: Spec, published: date, way: Direction | None) -> Interval | None:
    """Last: wholly before the publication day; next: wholly after it; this: of the same year; else by direction."""
    if spec.shift == -1:
        options = [option for option in options if (option.latest or date.max) < published]
        return max(options, key=lambda option: option.earliest or date.min, default=None)
    if spec.shift == 1:
        options = [option for option in options if (option.earliest or date.min) > published]
        return min(options, key=lambda option: option.earliest or date.max, default=None)
    if spec.shift == 0:
        return _nearest(options, published, None)
    return _nearest(options, published, way)


def _season(spec: Spec, published: date | None, way: Direction | None) -> Interval | None:
    code = spec.number or 21
    begins = int(_data()["season_months"][str(code)])
    if spec.year is not None:
        return calendar.season(spec.year, code, begins)
    if published is None:
        return None
    if begins + 2 <= 12:
        options = [calendar.season(y, code, begins) for y in range(published.year - 2, published.year + 3)]
    else:
        options = []
        for y in range(published.year - 2, published.year + 2):
            a, b = calendar.month(y, begins), calendar.month(y + 1, begins - 10)
            options.append(Interval(f"{a.edtf}/{b.edtf}", a.earliest, b.latest))
    return _shifted(options, spec, published, way)


def _weekday(spec: Spec, published: date | None, way: Direction | None) -> Interval | None:
    if published is None or spec.weekday is None:
        return None
    back = (published.weekday() - spec.weekday) % 7
    if spec.shift == -1:
        return calendar.day(published - timedelta(back or 7))
    if spec.shift == 1:
        return calendar.day(published + timedelta((7 - back) % 7 or 7))
    if spec.shift == 0 or way == "future":
        if spec.shift == 0 and way == "past":
            return calendar.day(published - timedelta(back))
        return calendar.day(published + timedelta((7 - back) % 7))
    return calendar.day(published - timedelta(back))


def _holiday(spec: Spec, published: date | None, way: Direction | None) -> Interval | None:
    rule = _data()["holidays"].get(spec.name, {})

    def on(y: int) -> Interval | None:
        if "easter" in rule:
            found: date | None = calendar.easter(y) + timedelta(rule["easter"])
        elif "nth" in rule:
            found = calendar.nth_weekday(y, rule["month"], rule["weekday"], rule["nth"])
            if found is not None and "after" in rule and found.day <= rule["after"]:
                found += timedelta(7)
            if found is not None and "plus" in rule:
                found += timedelta(rule["plus"])
        else:
            found = date(y, rule["month"], rule["day"])
        if found is None:
            return None
        if spec.unit == "weekend":
            saturday = found - timedelta((found.weekday() - 5) % 7)
            return calendar.days(saturday, max(found, saturday + timedelta(1)))
        return calendar.day(found)

    if spec.year is not None:
        return on(spec.year)
    if published is None:
        return None
    options = [option for y in range(published.year - 1, published.year + 2) if (option := on(y)) is not None]
    return _shifted(options, spec, published, way)


def _unit(unit: str | None, shift: int, published: date) -> Interval | None:
    """The week, month, year … that holds the publication day, moved by whole units."""
    if unit == "day":
        return calendar.day(published + timedelta(shift))
    if unit == "week":
        return calendar.week(published, shift)
    if unit == "weekend":
        return calendar.weekend(published, shift)
    if unit == "month":
        first = calendar.add_months(published.replace(day=1), shift)
        return calendar.month(first.year, first.month)
    if unit == "quarter":
        first = calendar.add_months(published.replace(day=1), 3 * shift)
        return calendar.quarter(first.year, (first.month + 2) // 3)
    if unit == "year":
        return calendar.year(published.year + shift)
    if unit == "decade":
        return calendar.decade(published.year // 10 * 10 + 10 * shift)
    if unit == "century":
        return calendar.century(published.year // 100 + 1 + shift)
    return None


def _weekend(spec: Spec, published: date, way: Direction | None) -> Interval | None:
    """The weekend just past for "last" and "over the weekend", the one ahead for "this" and "next"."""
    current = calendar.weekend(published)
    inside = published.weekday() >= 5
    if spec.shift == 1:
        return calendar.weekend(published, 1 if inside else 0) if way != "past" else None
    if spec.shift == -1 or (spec.shift is None and way != "future") or (spec.shift == 0 and way == "past"):
        return current if inside and spec.shift != -1 else calendar.weekend(published, -1)
    return current


def _moved(published: date, unit: str | None, number: int) -> date:
    if unit == "day":
        return published + timedelta(number)
    if unit == "week":
        return published + timedelta(7 * number)
    months = {"month": 1, "year": 12, "decade": 120, "century": 1200}[unit or "month"]
    return calendar.add_months(published, months * number)


def _ago(spec: Spec, published: date, sign: int) -> Interval | None:
    """As coarse as its unit: "two weeks ago" is a week, "three years ago" a year."""
    number = sign * (spec.number or 0)
    if spec.unit == "day":
        return calendar.day(published + timedelta(number))
    if spec.unit == "week":
        return calendar.week(published, number)
    if spec.unit == "decade":
        return calendar.year(published.year + 10 * number)
    return _unit(spec.unit, number, published)


def _of_month(spec: Spec, published: date, way: Direction | None) -> Interval | None:
    options = []
    for months in (-1, 0, 1):
        first = calendar.add_months(published.replace(day=1), months)
        try:
            options.append(calendar.day(first.replace(day=spec.day or 1)))
        except ValueError:
            continue
    return _nearest(options, published, way or "past")


def _nth(spec: Spec, published: date | None, way: Direction | None) -> Interval | None:
    month = None if spec.inner is None else _month(spec.inner, published, way)
    if month is None or month.earliest is None or month.latest is None or spec.number is None:
        return None
    if spec.kind == "nth_weekday":
        found = calendar.nth_weekday(month.earliest.year, month.earliest.month, spec.weekday or 0, spec.number)
        return None if found is None else calendar.day(found)
    if spec.number < 0:
        return calendar.days(month.latest - timedelta(6), month.latest)
    start = month.earliest + timedelta(7 * (spec.number - 1))
    return calendar.days(start, min(start + timedelta(6), month.latest)) if start <= month.latest else None


def resolve(spec: Spec, published: date | None, way: Direction | None) -> Interval | None:
    """The interval of an expression; None where it is vague, or needs a publication day that is not known.

    Raises nothing: what falls outside the years 1 to 9999 is None.
    """
    try:
        return _resolve(spec, published, way)
    except (ValueError, OverflowError):
        return None


def _resolve(spec: Spec, published: date | None, way: Direction | None) -> Interval | None:
    if spec.kind == "fixed":
        return spec.interval
    if spec.kind == "part" and spec.inner is not None:
        whole = _resolve(spec.inner, published, way)
        return None if whole is None else calendar.third(whole, spec.part or "mid")
    if spec.kind == "week_of" and spec.inner is not None:
        within = _resolve(spec.inner, published, way)
        return None if within is None or within.earliest is None else calendar.week(within.earliest)
    if spec.kind == "range" and spec.inner is not None and spec.other is not None:
        a = _resolve(spec.inner, published, way)
        # The end of a range lies after its beginning, whichever way the verb looks.
        b = None if a is None else _resolve(spec.other, published and (a.earliest or published), "future")
        return None if a is None or b is None else calendar.between(a, b)
    by_form = {"date": _date, "month": _month, "season": _season, "weekday": _weekday, "holiday": _holiday}
    if spec.kind in by_form:
        return by_form[spec.kind](spec, published, way)
    if spec.kind in ("nth_week", "nth_weekday"):
        return _nth(spec, published, way)
    if spec.kind == "quarter" and spec.year is not None:
        return calendar.quarter(spec.year, spec.number or 1)
    return None if published is None else _relative(spec, published, way)


def _relative(spec: Spec, published: date, way: Direction | None) -> Interval | None:
    """What is counted from the publication day."""
    if spec.kind == "relative":
        return calendar.day(published + timedelta(spec.number or 0))
    if spec.kind == "unit":
        if spec.unit == "weekend":
            return _weekend(spec, published, way)
        return _unit(spec.unit, spec.shift or 0, published)
    if spec.kind == "window":
        other = _moved(published, spec.unit, spec.number or 1)
        return calendar.days(min(other, published), max(other, published))
    if spec.kind in ("ago", "ahead"):
        return _ago(spec, published, -1 if spec.kind == "ago" else 1)
    if spec.kind in ("sofar", "rest"):
        whole = _season(spec.inner, published, None) if spec.inner else _unit(spec.unit, 0, published)
        if whole is None or whole.earliest is None or whole.latest is None:
            return None
        if spec.kind == "sofar":
            return calendar.days(min(whole.earliest, published), published)
        return calendar.days(published, max(whole.latest, published))
    if spec.kind == "of_month":
        return _of_month(spec, published, way)
    return None


def from_anchor(spec: Spec, first: date, last: date) -> Interval | None:
    """Reads "that year", "two months later", "the next day" from the interval named before.

    None where the anchor is coarser than the unit.
    """
    number = spec.number or 0
    try:
        if spec.unit in ("year", "decade"):
            years = number * (10 if spec.unit == "decade" else 1)
            if first.year != last.year:
                return None
            return calendar.month(first.year, spec.month) if spec.month else calendar.year(first.year + years)
        if spec.unit == "month":
            if (first.year, first.month) != (last.year, last.month):
                return None
            return _unit("month", number, first)
        if first != last:
            return None
        return calendar.week(first, number) if spec.unit == "week" else calendar.day(first + timedelta(number))
    except (ValueError, OverflowError):
        return None
