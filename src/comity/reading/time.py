"""Time expressions of running text, as intervals.

Use :func:`find` for every date that a text names: absolute ones ("May 28, 2025", "fiscal year 2026", "the 1990s") and
those relative to the publication day ("Wednesday", "last month", "by Friday"). Intervals are EDTF strings with their
first and last day; what can't be resolved keeps its span and has null dates. The grammar works behind a scan for words
of time, so that text without any costs next to nothing. The method and its conventions: docs/time.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from comity.model import DateMention
from comity.reading import time_calendar as calendar
from comity.reading.time_calendar import Interval
from comity.reading.time_grammar import VAGUE, Spec, match
from comity.reading.time_resolve import resolve
from comity.reading.time_tense import Direction, direction
from comity.reading.time_words import Word, scan, tokenize
from comity.vocabulary import language

__all__ = ["find"]


@dataclass(frozen=True, slots=True)
class _Found:
    """One expression in tokens: first, past the last, meaning, and the open side that a word before it gives."""

    first: int
    last: int
    spec: Spec
    side: str | None = None


def find(text: str, published: str | None = None) -> tuple[DateMention, ...]:
    """The time expressions of a text in order, none inside another.

    ``published`` is an ISO day (or a coarser EDTF date, which resolves what it can). ``basis`` is "publication date"
    where it was needed, "printed" where the words suffice, None where there is no interval. Spans are code points.
    """
    days = _publication(published)
    found: list[DateMention] = []
    for start, end, named in scan(text):
        words = tokenize(text, start, end, named)
        found += [_mention(text, words, item, days) for item in _items(text, words)]
    return tuple(found)


def _publication(published: str | None) -> tuple[date, ...]:
    """The first and last day on which the text may have been published; nothing where unknown or not a date."""
    if not published:
        return ()
    try:
        if len(published) == 4:
            whole = calendar.year(int(published))
        elif len(published) == 7:
            whole = calendar.month(int(published[:4]), int(published[5:]))
        else:
            whole = calendar.day(date.fromisoformat(published[:10]))
    except ValueError:
        return ()
    return tuple(d for d in (whole.earliest, whole.latest) if d is not None)


def _items(text: str, words: list[Word]) -> Iterator[_Found]:
    """The expressions of a stretch: each one found, then joined into ranges and given their open sides."""
    letters = "".join(word.letter for word in words)
    single: list[_Found] = []
    at = 0
    while at < len(words):
        got = match(words, letters, at)
        if got is None or not _stands(text, words, at, got[0], got[1]):
            at += 1
            continue
        first = at + 1 if letters[at] == "i" else at
        single.append(_Found(first, got[0], got[1]))
        at = got[0]
    k = 0
    while k < len(single):
        joined = _range(words, single[k], single[k + 1]) if k + 1 < len(single) else None
        if joined is not None:
            yield joined
            k += 2
        else:
            yield _open(words, single[k])
            k += 1


def _range(words: list[Word], a: _Found, b: _Found) -> _Found | None:
    """from A to B, between A and B, A to B, A–B."""
    if b.first != a.last + 1 or a.spec is VAGUE or b.spec is VAGUE:
        return None
    link = words[a.last].letter
    before = words[a.first - 1].letter if a.first else ""
    led = before == "b" if link == "&" else before == "m"
    if link not in "tu-&" or (link == "&" and not led):
        return None
    left = a.spec
    if left.year is None and left.kind in ("date", "month") and b.spec.year is not None:
        left = replace(left, year=b.spec.year)
        if left.kind == b.spec.kind == "month" and (left.month or 0) > (b.spec.month or 0):
            left = replace(left, year=(b.spec.year or 1) - 1)
    return _Found(a.first - 1 if led else a.first, b.last, Spec("range", inner=left, other=b.spec))


def _open(words: list[Word], item: _Found) -> _Found:
    """since A, by A, until A, before A, after A."""
    before = words[item.first - 1].letter if item.first else ""
    if before not in "syuzw" or not before or item.spec is VAGUE:
        return item
    if before in "zw" and item.last < len(words) and words[item.last].letter == "'":
        return item
    return _Found(item.first - 1, item.last, item.spec, before)


def _mention(text: str, words: list[Word], item: _Found, days: tuple[date, ...]) -> DateMention:
    """The expression resolved."""
    start, end = words[item.first].start, words[item.last - 1].end
    interval = _sided(resolve(item.spec, None, None), item.side)
    if interval is not None:
        return _dated(start, end, interval, "printed")
    if not days or item.spec is VAGUE:
        return DateMention(start, end, None, None, None)
    way = _way(text, (start, end), item)
    options = {_sided(resolve(item.spec, day, way), item.side) for day in days}
    interval = options.pop() if len(options) == 1 else None
    return (
        DateMention(start, end, None, None, None)
        if interval is None
        else _dated(start, end, interval, "publication date")
    )


def _way(text: str, span: tuple[int, int], item: _Found) -> Direction | None:
    """Back for "since"; for "by" and "until" ahead unless the verb says otherwise; else as the verb says."""
    if item.side == "s":
        return "past"
    if item.spec.kind in ("fixed", "relative", "window", "ago", "ahead"):
        return None
    way = direction(text, span)
    return way or ("future" if item.side in ("y", "u") else None)


def _sided(interval: Interval | None, side: str | None) -> Interval | None:
    if interval is None or side is None:
        return interval
    make = {"s": calendar.since, "y": calendar.until, "u": calendar.until, "z": calendar.before, "w": calendar.after}
    return make[side](interval)


def _dated(start: int, end: int, interval: Interval, basis: str) -> DateMention:
    first, last = interval.earliest, interval.latest
    return DateMention(
        start, end, interval.edtf, first.isoformat() if first else None, last.isoformat() if last else None, basis
    )


@lru_cache(maxsize=1)
def _guards() -> dict[str, frozenset[str]]:
    data = language("time")
    keys = (
        "ambiguous_months", "year_blockers_before", "counted_nouns", "approximators", "street_words",
        "decade_possessives", "given_name_titles", "month_openers", "month_articles", "month_not_before",
        "year_in_short_before", "weekday_abbreviations", "month_abbreviations",
    )  # fmt: skip
    return {key: frozenset(str(name) for name in data[key]) for key in keys}


def _stands(text: str, words: list[Word], first: int, last: int, spec: Spec) -> bool:
    """Whether the words are a date here, by what stands around them."""
    before = words[first - 1] if first else None
    after = words[last] if last < len(words) else None
    letters = "".join(word.letter for word in words[first:last])
    if letters == "Y":
        return _is_year(text, words[first], before, after)
    if letters in ("M", "HM") and letters == "M":
        return _is_month(text, words[first], before, after)
    if letters in ("W", "WP"):
        return _is_weekday(text, words[first], before, after)
    if letters in ("C", "D", "TC", "TD") and before is not None:
        return (
            before.text.lower() not in _guards()["decade_possessives"]
            and (letters[0] == "T" or words[first].text[:1] not in "0123456789" or len(words[first].text) > 4)
            and not (letters == "TC" and words[first + 1].text[0] == "0")
        )
    if letters == "TS":
        return (
            before is not None
            and before.letter in "isyuzw"
            or (before is not None and before.text.lower() in ("over", "during"))
        )
    if letters in ("S", "SY") and spec.year is None and spec.shift is None:
        return (
            before is not None
            and before.letter in "syu"
            and (after is None or after.letter != "x" or not after.text[0].isupper())
        )
    if letters == "q":
        return before is not None and before.text.lower() in _guards()["year_in_short_before"]
    if letters == "To":
        return (before is not None and before.text in ("on", "On", "by", "By")) and (
            after is None or not after.text[0].isalpha() or after.text in ("to", "in")
        )
    if letters.startswith("i"):
        return direction(text, (words[first].start, words[last - 1].end)) == "future"
    if letters == "TU" and after is not None and after.letter in "xB" and after.text[0].isalpha():
        return (
            words[first + 1].value == "weekend"
            and before is not None
            and before.text.lower() in ("over", "during", "on")
        )
    if letters.startswith("Y-"):
        return before is None or before.text.lower() not in _guards()["year_blockers_before"]
    return True


def _is_year(text: str, word: Word, before: Word | None, after: Word | None) -> bool:
    """A four-digit number is a year unless something counts, numbers or prices with it."""
    guards = _guards()
    previous = text[word.start - 1] if word.start else " "
    following = text[word.end : word.end + 2]
    if previous in "$€£#:.@/%" or following[:1] in ("%", "°") or (following[:1] in "-/:" and following[1:].isalnum()):
        return False
    if (
        before is not None
        and before.letter == "-"
        and before.end == word.start
        and before.start
        and text[before.start - 1].isalnum()
    ):
        return False
    if word.value < 1500 and not (before is not None and before.letter in "isyuzw"):
        return False
    if before is not None:
        low = before.text.lower()
        if low in guards["year_blockers_before"] or before.text in ("No.", "§"):
            return False
        if low in guards["approximators"] and (after is None or after.letter == "x"):
            return after is None or not after.text[0].isalpha()
        if low == "." and re_number(text, before.start):
            return False
    if after is not None:
        if after.text in guards["counted_nouns"] or after.text.lower() in guards["counted_nouns"]:
            return False
        if after.text[0].isupper() and _street(text, after.start):
            return False
    return True


def re_number(text: str, at: int) -> bool:
    """Whether an abbreviation like "No." or "C.F.R." ends at a period."""
    start = at
    while start and (text[start - 1].isalpha() or text[start - 1] == "."):
        start -= 1
    return text[start:at].lower() in _guards()["year_blockers_before"]


def _street(text: str, at: int) -> bool:
    """Whether a street's name follows: "1900 North Main Street"."""
    for name in text[at : at + 48].replace(",", " ,").split()[:4]:
        if name.rstrip(".") in _guards()["street_words"]:
            return True
        if not name[0].isupper():
            return False
    return False


def _is_month(text: str, word: Word, before: Word | None, after: Word | None) -> bool:
    """A bare month: not a modal, a march or a person."""
    guards = _guards()
    low = before.text.lower() if before is not None else ""
    if word.text in guards["month_abbreviations"] and word.end - word.start == len(word.text) and word.text != "Sept":
        return False
    if before is not None and before.text in guards["given_name_titles"]:
        return False
    follows = after is not None and after.letter == "x" and after.text[0].isalpha()
    if low in guards["month_articles"]:
        return (
            follows and after is not None and after.text[0].islower() and after.text not in guards["month_not_before"]
        )
    if follows and after is not None and after.text[0].isupper() and low not in ("in", "since", "until"):
        return False
    if word.text.title() in guards["ambiguous_months"]:
        return low in guards["month_openers"]
    return not (
        before is not None and before.letter == "x" and before.text[0].isupper() and before.end + 1 == word.start
    )


def _is_weekday(text: str, word: Word, before: Word | None, after: Word | None) -> bool:
    """A weekday, not an abbreviation that is a word, nor a part of a name."""
    if word.text in _guards()["weekday_abbreviations"] or word.text.title() in _guards()["weekday_abbreviations"]:
        return text[word.end - 1] == "." and after is not None and after.text[0].islower()
    if before is not None and before.text.lower() in ("a", "each", "every"):
        return False
    if after is not None and after.letter == "x" and after.text[0].isupper() and after.start == word.end + 1:
        return before is not None and before.text.lower() in ("on", "by", "until", "since")
    return True
