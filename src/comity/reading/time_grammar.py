"""The shapes of time expressions, over the classes of :mod:`comity.reading.time_words`, and what each one means.

:func:`match` gives the longest expression that begins at a token, as a :class:`Spec` still to be resolved against a
publication day (:mod:`comity.reading.time_resolve`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from comity.reading import time_calendar as calendar
from comity.reading.time_calendar import Interval
from comity.reading.time_words import Word
from comity.vocabulary import language

__all__ = ["VAGUE", "Spec", "match", "upcoming"]


@dataclass(frozen=True, slots=True)
class Spec:
    """What an expression means, before it is resolved.

    ``kind`` says which fields count: fixed (``interval``); date (month, day, year, weekday); month; weekday; season;
    quarter; holiday (name); relative (number of days); unit (unit, shift); window (unit, number, its sign);
    ago (unit, number); sofar, rest (of the unit); of_month (day); nth_week, nth_weekday (number); part (part, inner);
    range (inner, other); anchored (unit, number: of or from the date named
    before); vague. ``shift`` is -1 for last, 0 for this, 1 for next, None where not said.
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
_Builder = Callable[[Sequence[Word]], "Spec | None"]


@lru_cache(maxsize=1)
def _data() -> Any:
    return language("time")


def _first(words: Sequence[Word], letters: str) -> Word | None:
    return next((word for word in words if word.letter in letters), None)


def _value(words: Sequence[Word], letters: str) -> Any:
    word = _first(words, letters)
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


def _month_day(words: Sequence[Word]) -> Spec | None:
    """May 28; May 28, 2025; Wednesday, May 28; 28 May 2025; May 1-28."""
    numbers = [word.value for word in words if word.letter in "do"]
    month, year = _value(words, "M"), _value(words, "Y")
    if not 1 <= numbers[0] <= 31:
        return None
    spec = Spec("date", month=month, day=numbers[0], year=year, weekday=_value(words, "W"))
    if len(numbers) > 1:
        if not numbers[0] < numbers[1] <= 31:
            return None
        spec = replace(spec, last_day=numbers[1], weekday=None)
    if _real(year or 2024, month, spec.last_day or numbers[0]) is None:
        return None
    return spec


def _month(words: Sequence[Word]) -> Spec | None:
    part = "past" if _first(words, "p") is not None else None
    return Spec("month", month=_value(words, "M"), year=_value(words, "Y"), shift=_shift(words), part=part)


def _iso(words: Sequence[Word]) -> Spec | None:
    named = _data()["named_days"].get(words[0].value)
    y, m, d = (int(part) for part in re.split(r"[-/]", named or words[0].value))
    found = _real(y, m, d)
    return None if found is None else _fixed(calendar.day(found))


def _slash(words: Sequence[Word]) -> Spec | None:
    m, d, y = (int(part) for part in re.split(r"[-/.]", words[0].value))
    if y < 100:
        if "/" not in words[0].value:
            return None
        y += 2000 if y < 70 else 1900
    found = _real(y, m, d)
    return None if found is None else _fixed(calendar.day(found))


def _decade(words: Sequence[Word]) -> Spec | None:
    word = _first(words, "CD")
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
    part = _value(words, "E")
    return spec if part is None else Spec("part", part=part, inner=spec)


def _century(words: Sequence[Word]) -> Spec | None:
    nth = _value(words, "o")
    if _value(words, "U") != "century" or not 1 <= nth <= 21:
        return None
    return _fixed(calendar.century(nth))


def _season(words: Sequence[Word]) -> Spec | None:
    return Spec("season", number=_value(words, "S"), year=_value(words, "Y"), shift=_shift(words))


def _part(words: Sequence[Word]) -> Spec | None:
    """Of the form: early June, mid-2022, late last year, early Wednesday."""
    part = words[0] if words[0].letter == "E" else words[1]
    rest = words[list(words).index(part) + 1 :]
    rest = [word for word in rest if word.letter not in "-i"]
    inner = _simple(rest)
    if inner is None:
        return None
    if inner.kind in ("weekday", "date") or (inner.kind == "unit" and inner.unit == "week"):
        return inner
    return Spec("part", part=part.value, inner=inner)


def _simple(words: Sequence[Word]) -> Spec | None:
    """The expression that covers exactly these tokens."""
    letters = "".join(word.letter for word in words)
    for pattern, builder in _PATTERNS:
        if pattern.fullmatch(letters):
            spec = builder(words)
            if spec is not None:
                return spec
    if letters == "TU":
        return Spec("unit", unit=words[1].value, shift=0)
    return None


def _ending(words: Sequence[Word]) -> Spec | None:
    """Of the form: the end of May, the beginning of the year, year's end."""
    begins = next(i for i, word in enumerate(words) if word.letter == "B")
    if begins == len(words) - 1:
        inner: Spec | None = Spec("unit", unit=words[0].value, shift=0)
        if words[0].value not in ("year", "month") or words[begins].value != "end":
            return None
    else:
        inner = _simple(words[begins + 2 :])
    if inner is None or inner.unit == "day":
        return None
    return Spec("part", part=words[begins].value, inner=inner)


def _quarter(words: Sequence[Word]) -> Spec | None:
    word = _first(words, "QO")
    if word is None or (_value(words, "U") not in (None, "quarter", "half")):
        return None
    unit = _value(words, "U") or "quarter"
    if not 1 <= word.value <= (4 if unit == "quarter" else 2):
        return None
    year = _value(words, "Y")
    if unit == "half":
        if year is None:
            return None
        a, b = (1, 6) if word.value == 1 else (7, 12)
        return _fixed(calendar.between(calendar.month(year, a), calendar.month(year, b)))
    return Spec("quarter", number=word.value, year=year)


def _fiscal(words: Sequence[Word]) -> Spec | None:
    year = _value(words, "F") or _value(words, "Y")
    if year is None:
        return None
    year = year if year >= 100 else 2000 + year
    begins = int(_data()["fiscal_year_begins"])
    return _fixed(
        calendar.between(
            calendar.day(date(year - 1, begins, 1)), calendar.day(calendar.month(year, begins - 1).latest or date.max)
        )
    )


def _weekday(words: Sequence[Word]) -> Spec | None:
    return Spec("weekday", weekday=_value(words, "W"), shift=_shift(words))


def _relative(words: Sequence[Word]) -> Spec | None:
    """Of the form: yesterday, this morning, last night."""
    number = _value(words, "R")
    if number is not None:
        return Spec("relative", number=number)
    if words[0].letter == "H":
        return Spec("relative", number=0)
    return Spec("relative", number=-1) if words[-1].value in _data()["last_dayparts"] else None


def _unit(words: Sequence[Word]) -> Spec | None:
    unit = _value(words, "U")
    if words[-1].text.lower().endswith("s") or unit == "day":
        return None
    if unit == "half":
        return None
    shift = _shift(words)
    if words[0].letter == "T" and len(words) == 2:
        return Spec("unit", unit=unit, shift=None) if unit == "weekend" else None
    compared, part = _value(words, "e"), _value(words, "E")
    if compared is not None:
        return Spec("sofar" if compared < 0 else "rest", unit=unit)
    inner = Spec("unit", unit=unit, shift=shift)
    return inner if part is None or unit == "week" else Spec("part", part=part, inner=inner)


def _season_so_far(words: Sequence[Word]) -> Spec | None:
    compared = _value(words, "e")
    return Spec("sofar" if compared < 0 else "rest", inner=Spec("season", number=_value(words, "S"), shift=0))


def _window(words: Sequence[Word]) -> Spec | None:
    """Of the form: the past two months, the last year, the next 30 days."""
    number = _value(words, "dn#")
    unit = _value(words, "U")
    if unit not in ("day", "week", "month", "year", "decade", "century"):
        return None
    if number is None:
        if words[-1].text.lower().endswith("s"):
            return VAGUE
        if unit == "day":
            return None
        number = 1
    return Spec("window", unit=unit, number=int(number) * (_shift(words) or 1))


def _ago(words: Sequence[Word]) -> Spec | None:
    number = _value(words, "dn#")
    if number is None and words[0].letter == "a":
        number = 1
    unit = _value(words, "U")
    if number is None or unit not in ("day", "week", "month", "year", "decade"):
        return VAGUE
    return Spec("ago", unit=unit, number=int(number))


def _in_units(words: Sequence[Word]) -> Spec | None:
    unit, number = _value(words, "U"), _value(words, "dn")
    if unit not in ("day", "week", "month", "year"):
        return None
    return Spec("ahead", unit=unit, number=int(number or 1))


def _vague(words: Sequence[Word]) -> Spec | None:
    return VAGUE if _value(words, "U") not in ("half", "night", "quarter", "century") else None


def _same(words: Sequence[Word]) -> Spec | None:
    """Of the form: that year, the same day: of the date named before."""
    unit = _value(words, "U") or "day"
    month = _value(words, "M")
    if month is not None:
        return Spec("anchored", unit="year", month=month, number=0) if unit == "year" else None
    return Spec("anchored", unit=unit, number=0) if unit in ("day", "week", "month", "year") else None


def _next_to(words: Sequence[Word]) -> Spec | None:
    """Of the form: the following month, the next day, the previous year."""
    unit = _value(words, "U") or "day"
    if unit not in ("day", "week", "month", "year") or words[-1].text.lower().endswith("s"):
        return None
    back = words[1].value in _data()["backward"]
    return Spec("anchored", unit=unit, number=-1 if back else 1)


def _later(words: Sequence[Word]) -> Spec | None:
    """Of the form: two years later, a day earlier."""
    unit = _value(words, "U")
    if unit not in ("day", "week", "month", "year", "decade"):
        return None
    number = _value(words, "dn#") or 1
    return Spec("anchored", unit=unit, number=int(number) * int(_value(words, "e")))


def _beside(words: Sequence[Word]) -> Spec | None:
    """Of the form: the day before yesterday, the day after tomorrow."""
    if _value(words, "U") != "day":
        return None
    day = _value(words, "R")
    return Spec("relative", number=day + (-1 if _first(words, "z") is not None else 1)) if day else None


def _plural(words: Sequence[Word]) -> Spec | None:
    return VAGUE if words[-1].text.lower().endswith("s") else None


def _holiday(words: Sequence[Word]) -> Spec | None:
    name = words[[word.letter for word in words].index("V")].value.replace("’", "'")
    unit = _value(words, "U")
    if unit not in (None, "weekend"):
        return None
    return Spec("holiday", name=name, year=_value(words, "Y"), shift=_shift(words), unit=unit)


def _nth(words: Sequence[Word]) -> Spec | None:
    """Of the form: the first week of June, the first Monday in June 2025."""
    number = -1 if _first(words, "l") is not None else _value(words, "O")
    weekday = _value(words, "W")
    month = Spec("month", month=_value(words, "M"), year=_value(words, "Y"))
    if weekday is not None:
        return Spec("nth_weekday", number=number, weekday=weekday, inner=month)
    if _value(words, "U") != "week":
        return None
    return Spec("nth_week", number=number, inner=month)


def _of_month(words: Sequence[Word]) -> Spec | None:
    return Spec("of_month", day=words[1].value) if 1 <= words[1].value <= 31 else None


def _year(words: Sequence[Word]) -> Spec | None:
    return _fixed(calendar.year(words[0].value))


def _years(words: Sequence[Word]) -> Spec | None:
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


def _short_year(words: Sequence[Word]) -> Spec | None:
    number = int(re.sub(r"\D", "", words[0].value))
    return _fixed(calendar.year(number + (2000 if number < 40 else 1900)))


_SHAPES: tuple[tuple[str, _Builder], ...] = (
    (r"(?:WP?c?)?Mc?[do](?:c?Y)?", _month_day),
    (r"M[do](?:-|t|u|&)[do](?:c?Y)?", _month_day),
    (r"[do](?:-|t|u|&)[do]M(?:c?Y)?", _month_day),
    (r"(?:Wc?)?T?[do](?:U?f)?Mc?Y", _month_day),
    (r"(?:Wc?)?T?[do](?:U?f)?M", _month_day),
    (r"H?[lXGpH]?M[fi]?c?Y", _month),
    (r"H?[lXGpH]?M", _month),
    (r"I", _iso),
    (r"K", _slash),
    (r"T?E?-?[CD]", _decade),
    (r"T?o-?U", _century),
    (r"T?Sf?c?Y", _season),
    (r"T?H?[lXGpHT]?S", _season),
    (r"T?E-?i?(?:[lXH]?M(?:f?c?Y)?|Y|Sf?Y|[lX]S|[lXH]U|WP?)", _part),
    (r"T?B[fi](?:M(?:f?c?Y)?|Y|TU|[lXH]U|[lXH]S|C|TC)", _ending),
    (r"U['-]?B", _ending),
    (r"Q(?:f|i|c)?Y?", _quarter),
    (r"T?OU(?:f|i)?Y?", _quarter),
    (r"F", _fiscal),
    (r"T?gU?Y", _fiscal),
    (r"T?YgU", _fiscal),
    (r"T?H?[lXGpH]?WP?", _weekday),
    (r"RP?", _relative),
    (r"HP", _relative),
    (r"lP", _relative),
    (r"[lX]U", _unit),
    (r"H[pG]?U", _unit),
    (r"e[H]U", _unit),
    (r"e[H]S", _season_so_far),
    (r"TU", _unit),
    (r"T?[lpXG][dn#]U", _window),
    (r"T[lp]U", _window),
    (r"pU", _window),
    (r"T?rU", _plural),
    (r"T?[lpXG]a?vf?U", _vague),
    (r"TGU", _plural),
    (r"GU", _plural),
    (r"[dn#a]UA", _ago),
    (r"a?vf?UA", _ago),
    (r"UA", _ago),
    (r"[dn#a]Ue", _later),
    (r"TU[zw]R", _beside),
    (r"a?vUe", _vague),
    (r"T?hh?U", _same),
    (r"T[jX]U", _next_to),
    (r"T[jX]P", _next_to),
    (r"hh?P", _same),
    (r"Mc?T?hh?U", _same),
    (r"[lXGH]?V(?:c?Y)?U?", _holiday),
    (r"T?[Ol]UfM(?:f?c?Y)?", _nth),
    (r"T?[Ol]W[if]M(?:f?c?Y)?", _nth),
    (r"To", _of_month),
    (r"i[dna]U", _in_units),
    (r"Y", _year),
    (r"Y-[Yd#]", _years),
    (r"T?Y-[Yd#]kU", _years),
    (r"q", _short_year),
)  # fmt: skip
_PATTERNS: tuple[tuple[re.Pattern[str], _Builder], ...] = tuple((re.compile(shape), build) for shape, build in _SHAPES)


_ANY = re.compile("|".join(f"(?:{shape})" for shape, _ in _SHAPES))


def upcoming(letters: str, at: int) -> int:
    """The next token at which any expression may begin, or -1."""
    found = _ANY.search(letters, at)
    return -1 if found is None else found.start()


def match(words: Sequence[Word], letters: str, at: int) -> tuple[int, Spec] | None:
    """The longest expression that begins at a token: the token after it, and what it means."""
    found: list[tuple[int, int, _Builder]] = []
    for order, (pattern, builder) in enumerate(_PATTERNS):
        matched = pattern.match(letters, at)
        if matched is not None and matched.end() > at:
            found.append((-matched.end(), order, builder))
    for end, _, builder in sorted(found, key=lambda item: item[:2]):
        spec = builder(words[at:-end])
        if spec is not None:
            return -end, spec
    return None
