"""Names of governments in running text: one pass of Aho-Corasick over the lower-cased text, whole words only.

A hit says only that these words are somewhere a name; :mod:`comity.gazetteer.places` says whether a place is meant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import ahocorasick_rs

from comity.gazetteer import states
from comity.gazetteer.names import government, plain, squash
from comity.gazetteer.tables import GOVERNMENT
from comity.vocabulary import language

if TYPE_CHECKING:
    from comity.gazetteer.gazetteer import Gazetteer

__all__ = ["Hit", "find"]

NAME, KIND, KEYS = (GOVERNMENT[one] for one in ("name", "kind", "keys"))
NAMES = GOVERNMENT["names"]


@dataclass(frozen=True, slots=True)
class Hit:
    """Words that are a name of some government: their offsets and the key of the gazetteer's index."""

    start: int
    end: int
    key: str


@lru_cache(maxsize=1)
def _automaton(gazetteer: Gazetteer) -> tuple[ahocorasick_rs.AhoCorasick, list[str]]:
    """The automaton, and the index key of each pattern."""
    patterns: dict[str, str] = {}
    for row in gazetteer.governments:
        if row[KIND] == "none":
            continue
        for key in row[KEYS].split("~"):
            squashed = key.replace(" ", "")
            if len(squashed) > 2 and not squashed.isdigit():
                patterns.setdefault(key, squashed)
        for printed in (row[NAME], *row[NAMES].split("~")):
            name = printed.lower()
            word = government(printed).word if row[KIND] == "county" else ""
            name = name.removesuffix(" " + word) if word else name
            if name and (not name.isascii() or not name.replace(" ", "").isalpha()):
                key = squash(plain(name))
                patterns.setdefault(name, key)
    for name in list(patterns):
        for variant in _variants(name):
            patterns.setdefault(variant, patterns[name])
    for state in states.lexicon().values():
        for printed in (*state.abbreviations, *state.people, *(one + "s" for one in state.people)):
            if len(printed) > 2:
                patterns.setdefault(printed.lower(), f"={state.code}")
    names = list(patterns)
    # A blank before each pattern is the word boundary at its start.
    automaton = ahocorasick_rs.AhoCorasick(
        [" " + name for name in names], matchkind=ahocorasick_rs.MatchKind.LeftmostLongest
    )
    return automaton, [patterns[name] for name in names]


OPENING = re.compile(r"[^\w\s'.&]")


def _variants(name: str) -> list[str]:
    """The ways in which a name's first word is shortened: "Mt. Pleasant", "Ft. Myers", "Saint Paul"."""
    first, blank, rest = name.partition(" ")
    return [f"{other} {rest}" for other in language("governments")["short_forms"].get(first, ())] if blank else []


def find(gazetteer: Gazetteer, text: str) -> list[Hit]:
    """Names of governments in a text, left to right, not overlapping, the longest at each start."""
    automaton, keys = _automaton(gazetteer)
    lowered = text.replace("’", "'").replace("\n", " ").replace("İ", "I").lower()
    if len(lowered) != len(text):
        lowered = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)
    lowered = " " + OPENING.sub(" ", lowered) + " "
    found: list[Hit] = []

    def scan(start: int, end: int) -> None:
        piece = lowered if (start, end) == (0, len(lowered)) else lowered[start:end]
        for number, first, last in automaton.find_matches_as_indexes(piece):
            within = start + last < len(lowered) and lowered[start + last].isalnum()
            if within or _kind_word(text, start + first, start + last - 1):
                # The longest name ends within a word ("St. Louis Park" in "St. Louis Parkway") or with a word that is
                # no name ("a Texas city"): try what comes before.
                blank = piece.rfind(" ", first + 1, last)
                if blank > 0:
                    scan(start + first, start + blank)
                continue
            if not text[start + first].isupper():
                # Of "the city of New York", which is a name with a capital only, what stands in it is one.
                blank = piece.find(" ", first + 1, last)
                if blank > 0:
                    scan(start + blank, start + last)
                continue
            found.append(Hit(start + first, start + last - 1, keys[number]))

    scan(0, len(lowered))
    return found


@lru_cache(maxsize=1)
def _kind_words() -> tuple[str, ...]:
    return tuple(f" {word}" for word in language("governments")["suffixes"] if " " not in word)


def _kind_word(text: str, start: int, end: int) -> bool:
    """Whether the words end with a kind word in small letters, which belongs to no name."""
    return text[end - 1].islower() and text[start:end].endswith(_kind_words())
