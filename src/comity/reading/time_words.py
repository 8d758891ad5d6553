"""The words of time as tokens with one-letter classes, and the scan that finds where any stand.

The letters (``CLASSES``) are the alphabet of the patterns in :mod:`comity.reading.time_grammar`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import ahocorasick_rs

from comity.vocabulary import language

__all__ = ["CLASSES", "Word", "scan", "tokenize"]

CLASSES = {
    "M": "month", "W": "weekday", "Y": "number that may be a year", "d": "number from 1 to 31", "#": "other number",
    "n": "number word", "a": "a, an", "o": "ordinal in digits", "O": "ordinal word", "U": "unit", "S": "season",
    "R": "day relative to publication", "P": "part of the day", "l": "last", "p": "past", "X": "next", "G": "coming",
    "H": "this", "T": "the", "h": "that, same", "j": "previous, following", "r": "recent", "v": "vague count",
    "F": "FY with its number", "g": "fiscal", "k": "school", "Q": "Q with its number", "A": "ago",
    "e": "earlier, later", "E": "early, mid, late", "B": "beginning, end", "V": "holiday", "I": "ISO day",
    "K": "day in digits", "C": "decade in digits", "D": "decade word", "q": "short year", "f": "of", "i": "in",
    "&": "and", "t": "to", "m": "from", "b": "between", "s": "since", "y": "by", "u": "until", "z": "before",
    "w": "after", "c": "comma", "-": "dash", "'": "possessive", "x": "anything else",
}  # fmt: skip


class Word(NamedTuple):
    """One token: its span, its class letter, its value (a number, a unit, a name).

    A tuple, because they are made by the million.
    """

    start: int
    end: int
    letter: str
    value: Any
    text: str


@dataclass(frozen=True, slots=True)
class _Lexicon:
    automaton: Any
    kinds: tuple[str, ...]
    names: tuple[str, ...]
    exact: dict[str, tuple[str, Any]]
    low: dict[str, tuple[str, Any]]
    abbreviations: frozenset[str]


_TOKEN = re.compile(
    r"(?P<word>(?!FY\s?[’']?\d|Q[1-4]\b)[^\W\d_]+)"
    r"|(?P<iso>\d{4}(?:-\d{1,2}-|/\d{1,2}/)\d{1,2}(?![\d-]))"
    r"|(?P<slash>\d{1,2}(?:-\d{1,2}-|/\d{1,2}/|\.\d{1,2}\.)(?:\d{4}|\d{2})(?![\d/-]))"
    r"|(?P<decade>\d{4}s\b|\d{3}0[’']s\b|[’'‘]?\d0[’']?s\b)"
    r"|(?P<ordinal>\d{1,3}(?:st|nd|rd|th)\b)"
    r"|(?P<short>[’'‘]\d{2}\b)"
    r"|(?P<fiscal>FY\s?[’']?(?:\d{4}|\d{2})(?!\d)|Q[1-4]\b)"
    r"|(?P<number>\d+(?:[.,:]\d+)*)"
    r"|(?P<possessive>[’']s?\b|[’'](?=\s))"
    r"|(?P<dash>[-–—−]+)"
    r"|(?P<comma>,)"
    r"|(?P<break>\n[ \t]*\n)"
    r"|(?P<mark>[^\w\s])"
)


def _titles(name: str) -> list[str]:
    return [name, name.upper()]


_LISTS = (
    ("dayparts", "P"), ("past", "p"), ("coming", "G"), ("this", "H"), ("the", "T"), ("article", "a"), ("vague", "v"),
    ("recent", "r"), ("that", "h"), ("previous", "j"), ("next", "X"), ("last", "l"), ("ago", "A"), ("fiscal", "g"),
    ("school", "k"), ("of", "f"), ("in", "i"), ("and", "&"), ("to", "t"), ("from", "m"), ("until", "u"),
    ("between", "b"), ("since", "s"), ("by", "y"), ("before", "z"), ("after", "w"),
)  # fmt: skip
_MAPS = (
    ("units", "U"), ("seasons", "S"), ("relative_days", "R"), ("numbers", "n"), ("ordinals", "O"),
    ("decade_words", "D"), ("part", "E"), ("beginning", "B"), ("earlier_later", "e"),
)  # fmt: skip
_PROPER = (("months", "M"), ("month_abbreviations", "M"), ("weekdays", "W"), ("weekday_abbreviations", "W"))


@lru_cache(maxsize=1)
def _lexicon() -> _Lexicon:
    """The classes of words from ``time.yml``, and one automaton over everything that may begin or end an expression."""
    data = language("time")
    exact: dict[str, tuple[str, Any]] = {
        form: (letter, value) for key, letter in _PROPER for name, value in data[key].items() for form in _titles(name)
    }
    low: dict[str, tuple[str, Any]] = {
        str(name).lower(): (letter, str(name).lower()) for key, letter in _LISTS for name in data[key]
    }
    # "Last" is an ordinal too ("the last week of May"); the patterns allow either letter there.
    low |= {
        str(name): (letter, value)
        for key, letter in _MAPS
        for name, value in data[key].items()
        if name not in data["last"]
    }
    named = _named(data)
    triggers = sorted(_triggers(data, exact) - {name for _, name in named})
    kinds = tuple(kind for kind, _ in named) + ("trigger",) * len(triggers)
    names = [name for _, name in named] + triggers
    automaton = ahocorasick_rs.AhoCorasick(names, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
    abbreviations = frozenset(
        form for key in ("month_abbreviations", "weekday_abbreviations") for name in data[key] for form in _titles(name)
    )
    return _Lexicon(automaton, kinds, tuple(names), exact, low, abbreviations)


def _named(data: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Holidays, named days and the phrases that mask what they hold, with their kind."""
    holidays = [str(name) for name in data["holidays"]]
    return (
        [("mask", str(name)) for name in data["not_dates"]]
        + [("holiday", name) for name in holidays]
        + [("holiday", name.replace("'", "’")) for name in holidays if "'" in name]
        + [("named", str(name)) for name in (*data["named_days"], *data["named_periods"])]
    )


def _triggers(data: Mapping[str, Any], exact: Mapping[str, tuple[str, Any]]) -> set[str]:
    """The strings without which no expression is complete: words of time, and digits that may be a year or a day."""
    found = set(exact) | {str(name) for name in data["scan_more"]}
    for key in ("relative_days", "seasons", "decade_words", "units"):
        for name in data[key]:
            found |= {str(name), str(name).capitalize()}
    found |= {*data["ago"], *data["dayparts"]}
    found |= {f"{n}/" for n in range(10)} | {str(n) for n in range(10, 22)}
    return found


def scan(text: str, reach: tuple[int, int] = (40, 48)) -> list[tuple[int, int, list[tuple[int, int, str, str]]]]:
    """The stretches of a text that may hold time expressions, each with the names (holidays, masks) found in it."""
    lexicon = _lexicon()
    windows: list[tuple[int, int, list[tuple[int, int, str, str]]]] = []
    size = len(text)
    for index, start, end in lexicon.automaton.find_matches_as_indexes(text):
        kind = lexicon.kinds[index]
        within_word = (start and text[start - 1].isalnum()) or (end < size and text[end].isalnum())
        if kind != "trigger" and within_word:
            continue
        low, high = max(0, start - reach[0]), min(size, end + reach[1])
        name = [(start, end, kind, lexicon.names[index])] if kind != "trigger" else []
        if windows and low <= windows[-1][1]:
            windows[-1] = (windows[-1][0], max(high, windows[-1][1]), windows[-1][2] + name if name else windows[-1][2])
        else:
            windows.append((low, high, name))
    return [(_snap(text, low, -1), _snap(text, high, 1), named) for low, high, named in windows]


def _snap(text: str, at: int, step: int) -> int:
    """The nearest position outside a word, forward or back, so that no token is cut."""
    while 0 < at < len(text) and not text[at - 1].isspace():
        at += step
    return at


def tokenize(text: str, start: int, end: int, named: list[tuple[int, int, str, str]]) -> list[Word]:
    """The tokens of a stretch; holidays and masked names are one token each."""
    lexicon = _lexicon()
    found: list[Word] = []
    names = iter(named)
    upcoming = next(names, None)
    at = start
    while at < end:
        if upcoming is not None and at >= upcoming[0]:
            if upcoming[1] > at:
                letter = {"mask": "x", "holiday": "V", "named": "I"}[upcoming[2]]
                found.append(Word(upcoming[0], upcoming[1], letter, upcoming[3], text[upcoming[0] : upcoming[1]]))
                at = upcoming[1]
            upcoming = next(names, None)
            continue
        limit = end if upcoming is None else upcoming[0]
        match = _TOKEN.search(text, at, limit)
        if match is None:
            at = limit
            continue
        word = _word(text, match, lexicon)
        found.append(word)
        at = word.end
    return found


_LETTERS = {"iso": "I", "slash": "K", "decade": "C", "short": "q", "possessive": "'", "dash": "-", "comma": "c"}


def _word(text: str, match: re.Match[str], lexicon: _Lexicon) -> Word:
    """One token with its class."""
    start, end, form, kind = match.start(), match.end(), match.group(), match.lastgroup
    if kind == "word":
        if form in lexicon.exact:
            letter, value = lexicon.exact[form]
            dotted = form in lexicon.abbreviations and text[end : end + 1] == "."
            return Word(start, end + 1 if dotted else end, letter, value, form)
        letter, value = lexicon.low.get(form.lower(), ("x", form))
        return Word(start, end, letter, value, form)
    if kind == "number":
        if not form.isdigit():
            return Word(start, end, "x", form, form)
        number = int(form)
        if len(form) <= 2 and 1 <= number <= 31:
            return Word(start, end, "d", number, form)
        return Word(start, end, "Y" if len(form) == 4 and 1000 <= number <= 2199 else "#", number, form)
    if kind in ("ordinal", "fiscal"):
        letter = "o" if kind == "ordinal" else form[0]
        return Word(start, end, letter, int(re.sub(r"\D", "", form)), form)
    return Word(start, end, _LETTERS.get(kind or "", "x"), form, form)
