"""The words of a text as parts of names: which kind each is, by its letters and by lists.

Use :func:`words` for a paragraph's words, for ``names``. A kind is one letter: ``H`` honorific, ``T`` title, ``R``
role, ``B`` word of a body's name, ``E`` that or a surname, ``X`` other name or first word, ``e`` that or a surname,
``G`` given name, ``g`` that or another word, ``I`` initial, ``S`` suffix, ``A`` capitals throughout, ``C`` common
word, ``U`` unknown; in lower case ``p`` particle, ``x`` any.
"""

from __future__ import annotations

import re
from collections.abc import Set
from functools import lru_cache
from typing import NamedTuple

from comity.reading.attribution.words import load_tagger
from comity.vocabulary import language

__all__ = ["Word", "is_common", "kind_of", "lower_words", "words"]


class Word(NamedTuple):
    """A word of the text, its kind, and whether it stands first in its sentence."""

    start: int
    end: int
    text: str
    kind: str
    opening: bool


class _Lists(NamedTuple):
    token: re.Pattern[str]
    kinds: dict[str, str]
    particles: frozenset[str]
    common: frozenset[str]


_FEW = 60_000  # words remembered at most
_INITIALS = re.compile(r"(?:[^\W\d_]\.-?)+")
_PREFIXED = re.compile(r"(?:al|el|ibn|bin|abu|ad|ar|as|ul)-[A-Z]")
_SENTENCE = re.compile(r"(?:^|[.!?:;][\"”’)]*\s+|[\"“‘(\[•*–—-]\s*|\n\s*)$")
_LOWER = re.compile(r"(?<![\w'’-])[a-z]{3,}(?![\w'’-])")

# A word that stands in several lists is what the first of them says.
_LISTS = (
    ("suffixes", "S"),
    ("honorifics", "H"),
    ("words_or_given", "g"),
    ("words_or_surnames", "e"),
    ("titles", "T"),
    ("bodies_or_surnames", "E"),
    ("bodies", "B"),
    ("others", "X"),
    ("abbreviations", "X"),
)


@lru_cache(maxsize=1)
def _lists() -> _Lists:
    data = language("persons")
    kinds: dict[str, str] = {}
    for word in re.split(r"[|\s]+", f"{data['people']} {data['relations']}"):
        kinds[word.capitalize()] = "R"
    tagger = load_tagger().tagger
    common = frozenset(word for word, can in tagger.known.items() if tagger.tags[can[0]] != "NP" and word.isalpha())
    for word in language("given_names")["names"].split():
        kinds[word] = "g" if word.lower() in common else "G"
    for name, kind in reversed(_LISTS):
        kinds.update(dict.fromkeys(data[name].split(), kind))
    short = "|".join(sorted(data["abbreviated"].split(), key=len, reverse=True))
    plain = r"[^\W\d_]+(?:['’](?![sS]\b)[^\W\d_]+)*"
    token = re.compile(rf"(?:{short})\.|(?:[A-Z]\.-?){{1,4}}(?![^\W_])|{plain}(?:-{plain})*|\d+")
    return _Lists(token, kinds, frozenset(data["particles"].split()), common)


def lower_words(text: str) -> frozenset[str]:
    """The words that a text prints in lower case: with a capital they are hardly names."""
    return frozenset(_LOWER.findall(text))


def is_common(word: str) -> bool:
    """Whether a word is an ordinary one of English."""
    return word.lower() in _lists().common


def words(text: str, start: int, end: int, lower: Set[str]) -> list[Word]:
    """The words of a paragraph; ``lower`` are the text's :func:`lower_words`."""
    result = []
    for found in _lists().token.finditer(text, start, end):
        at = found.start()
        opening = found[0][0].isupper() and (at == start or bool(_SENTENCE.search(text, max(start, at - 6), at)))
        result.append(Word(at, found.end(), found[0], kind_of(found[0], lower), opening))
    return result


def kind_of(word: str, lower: Set[str] = frozenset()) -> str:
    """What a word is by itself, and by whether the text prints it in lower case too."""
    kind = _alone(word)
    if kind == "G":
        return "g" if word.rstrip(".").lower() in lower else "G"
    if kind == "U":
        return "C" if word[0].isupper() and word.rstrip(".").lower() in lower else "U"
    return kind


@lru_cache(maxsize=_FEW)
def _alone(word: str) -> str:
    lists = _lists()
    if not word[0].isupper():
        if _PREFIXED.match(word):
            return "U"
        return "p" if word in lists.particles else "x"
    bare = word.rstrip(".")
    cased = bare.capitalize() if len(bare) > 1 and bare.isupper() else bare
    known = lists.kinds.get(word) or lists.kinds.get(bare) or lists.kinds.get(cased)
    if _INITIALS.fullmatch(word) or (len(word) == 1 and word not in "AI"):
        return known if known in ("X", "S") else "I"
    if known is not None:
        return known
    if cased.lower() in lists.particles:
        return "p"
    if re.search(r"-[a-z]", cased):
        return "C"  # "Deep-blue"
    if cased is not bare:
        return "A"
    if lists.kinds.get(cased.split("-")[0]) == "G":
        return "G"
    return "C" if is_common(cased) else "U"
