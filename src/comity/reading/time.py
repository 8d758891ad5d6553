"""Time expressions of running text, as intervals.

Use :func:`find` for every date that a text names: absolute ones ("May 28, 2025", "fiscal year 2026", "the 1990s") and
those relative to the publication day ("Wednesday", "last month", "by Friday"). Intervals are EDTF strings with their
first and last day; what can't be resolved keeps its span and has null dates. The grammar works behind a scan for words
of time, so that text without any costs next to nothing. The method and its conventions: docs/time.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from comity.model import DateMention
from comity.reading import time_calendar as calendar
from comity.reading.time_calendar import Interval
from comity.reading.time_grammar import match, upcoming
from comity.reading.time_guards import stands
from comity.reading.time_history import historical, tells_of_the_past
from comity.reading.time_meanings import VAGUE, Spec
from comity.reading.time_resolve import from_anchor, resolve
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
    old = historical(text)
    told = bool(days) and tells_of_the_past(text, days[0])
    found: list[DateMention] = []
    for start, end, named in scan(text):
        words = tokenize(text, start, end, named)
        for item in _items(text, words):
            if item.spec.kind == "anchored":
                before = [one for one in old if one.end <= words[item.first].start]
                found.append(_anchored(words, item, list(_with(found, before))))
            else:
                found.append(_mention(text, words, _of_last_year(item, found) if told else item, days))
    return _with(found, old)


def _of_last_year(item: _Found, earlier: list[DateMention]) -> _Found:
    """In a text on times long past, a day without a year is of the year that it names last."""
    if item.spec.kind not in ("date", "month") or item.spec.year is not None or item.spec.shift is not None:
        return item
    years = [one.latest[:4] for one in earlier if one.basis == "printed" and one.latest is not None]
    return replace(item, spec=replace(item.spec, year=int(years[-1]))) if years else item


def _with(found: list[DateMention], more: Sequence[DateMention]) -> tuple[DateMention, ...]:
    """The mentions in order with ``more``, which stand for what they overlap: "30 September 420" for "30 September"."""
    if not more:
        return tuple(found)
    kept = [one for one in found if not any(one.start < other.end and other.start < one.end for other in more)]
    return tuple(sorted([*kept, *more], key=lambda one: one.start))


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
    at = upcoming(letters, 0)
    while at >= 0:
        got = match(words, letters, at)
        if got is None or not stands(text, words, at, got[0]):
            at = upcoming(letters, at + 1)
            continue
        first = at + 1 if letters[at] == "i" else at
        single.append(_Found(first, got[0], got[1]))
        at = upcoming(letters, got[0])
    k = 0
    while k < len(single):
        joined = _range(words, single[k], single[k + 1]) if k + 1 < len(single) else None
        if joined is not None:
            yield joined
            k += 2
        else:
            yield _open(text, words, single[k])
            k += 1


@lru_cache(maxsize=1)
def _sides() -> tuple[tuple[str, str], ...]:
    """Phrases before a date that leave one side open, with the letter of the word that does the same."""
    data = language("time")["open_phrases"]
    return tuple((str(phrase), letter) for letter, phrases in data.items() for phrase in phrases)


def _range(words: list[Word], a: _Found, b: _Found) -> _Found | None:
    """Of the form: from A to B, between A and B, A to B, A–B."""
    link_at = a.last + 1 if a.last < len(words) and words[a.last].letter == "c" else a.last
    if b.first != link_at + 1 or a.spec is VAGUE or b.spec is VAGUE:
        return None
    link = words[link_at].letter
    before = words[a.first - 1].letter if a.first else ""
    led = before == "b" if link == "&" else before == "m"
    if link not in "tu-&" or (link == "&" and not led):
        return None
    if a.spec.kind == b.spec.kind == "weekday" and a.spec.shift is None:
        # "Monday through Friday" comes round each week.
        return _Found(a.first - 1 if led else a.first, b.last, VAGUE)
    left = a.spec
    if left.year is None and left.kind in ("date", "month") and b.spec.year is not None:
        left = replace(left, year=b.spec.year)
        if left.kind == b.spec.kind == "month" and (left.month or 0) > (b.spec.month or 0):
            left = replace(left, year=(b.spec.year or 1) - 1)
    return _Found(a.first - 1 if led else a.first, b.last, Spec("range", inner=left, other=b.spec))


def _open(text: str, words: list[Word], item: _Found) -> _Found:
    """Of the form: since A, by A, until A, before A, after A, no later than A; more than A ago."""
    if item.spec is VAGUE or not item.first:
        return item
    before = words[item.first - 1]
    if before.letter == "x":
        ahead = text[max(0, before.end - 24) : before.end].lower()
        for phrase, letter in _sides():
            if ahead.endswith(phrase) and (letter != "A") == (item.spec.kind != "ago"):
                if letter == "A":
                    return _Found(item.first, item.last, item.spec, "u")
                first = next(k for k in range(item.first) if words[k].start >= before.end - len(phrase))
                opener = words[first - 1].letter if first and letter == "x" else letter
                inside = first - 1 if letter == "x" else first
                return _Found(inside, item.last, item.spec, opener) if opener in "syuzw" else item
        return item
    if before.letter not in "syuzw":
        return item
    if before.letter in "zw":
        if item.last < len(words) and words[item.last].letter == "'":
            return item
        inclusive = text[max(0, before.start - 6) : before.start].lower() == "on or "
        if inclusive and item.first >= 3:
            return _Found(item.first - 3, item.last, item.spec, "u" if before.letter == "z" else "s")
    return _Found(item.first - 1, item.last, item.spec, before.letter)


def _mention(text: str, words: list[Word], item: _Found, days: tuple[date, ...]) -> DateMention:
    """The expression resolved."""
    start, end = words[item.first].start, words[item.last - 1].end
    interval = _sided(resolve(item.spec, None, None), item)
    if interval is not None:
        return _dated(start, end, interval, "printed")
    if not days or item.spec is VAGUE:
        return DateMention(start, end, None, None, None)
    options = {_relative(text, (start, end), item, day) for day in days}
    interval = options.pop() if len(options) == 1 else None
    if interval is None:
        return DateMention(start, end, None, None, None)
    return _dated(start, end, interval, "publication date")


def _relative(text: str, span: tuple[int, int], item: _Found, published: date) -> Interval | None:
    """The expression on a publication day; which way the verb looks is only asked where it matters."""
    back, ahead = resolve(item.spec, published, "past"), resolve(item.spec, published, "future")
    if back == ahead:
        return _sided(back, item)
    way = _way(text, span, item)
    if way is None:
        return _sided(resolve(item.spec, published, None), item)
    return _sided(back if way == "past" else ahead, item)


_NEAR = 300  # code points within which "that year" finds its date; further off it is left unresolved


def _anchored(words: list[Word], item: _Found, earlier: list[DateMention]) -> DateMention:
    """The expression counted from the date named before it, where that is near and as fine as the unit."""
    start, end = words[item.first].start, words[item.last - 1].end
    for anchor in reversed(earlier):
        if start - anchor.end > _NEAR:
            break
        if anchor.earliest is None or anchor.latest is None:
            continue
        first, last = date.fromisoformat(anchor.earliest), date.fromisoformat(anchor.latest)
        interval = from_anchor(item.spec, first, last)
        if interval is not None:
            return _dated(start, end, interval, anchor.basis or "printed")
        break
    return DateMention(start, end, None, None, None)


def _way(text: str, span: tuple[int, int], item: _Found) -> Direction | None:
    """Back for "since"; for "by" and "until" ahead unless the verb says otherwise; else as the verb says."""
    if item.side == "s":
        return "past"
    if item.spec.kind in ("fixed", "relative", "window", "ago", "ahead"):
        return None
    way = direction(text, span)
    return way or ("future" if item.side in ("y", "u") else None)


def _sided(interval: Interval | None, item: _Found) -> Interval | None:
    """The interval with its open side; "by the end of June" closes on that end's last day."""
    if interval is None or item.side is None:
        return interval
    if item.side in "yu" and item.spec.part == "end" and interval.latest is not None:
        interval = calendar.day(interval.latest)
    make = {"s": calendar.since, "y": calendar.until, "u": calendar.until, "z": calendar.before, "w": calendar.after}
    return make[item.side](interval)


def _dated(start: int, end: int, interval: Interval, basis: str) -> DateMention:
    first, last = interval.earliest, interval.latest
    return DateMention(
        start, end, interval.edtf, first.isoformat() if first else None, last.isoformat() if last else None, basis
    )
