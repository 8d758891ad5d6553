"""The plain forms of names: what is compared when a printed name is looked up.

Use :func:`plain` to compare two names, :func:`squash` for a key of the gazetteer's index, :func:`government` and
:func:`agency` to take a name apart. The words stand in ``data/language/governments.yml``.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from comity.vocabulary import language

__all__ = [
    "AgencyName",
    "GovernmentName",
    "agency",
    "agency_phrase",
    "clean",
    "distinguished",
    "government",
    "plain",
    "squash",
    "variants",
]

WORD = re.compile(r"[a-z0-9]+")
APOSTROPHES = str.maketrans(dict.fromkeys("'’‘ʻ`´.", None))
DASHES = str.maketrans({"\u00a0": " ", "\u2007": " ", "\u202f": " ", "–": "-", "—": "-", "\u2011": "-", "&": " and "})


@dataclass(frozen=True, slots=True)
class GovernmentName:
    """A government's name taken apart: ``base`` without its kind word, and the kinds that the word allows."""

    full: str
    base: str
    kinds: tuple[str, ...]
    word: str = ""


@dataclass(frozen=True, slots=True)
class AgencyName:
    """An agency's name taken apart: whose it is (``base``), the class of agency, and the government's kind word."""

    full: str
    base: str
    kind: str
    kinds: tuple[str, ...]
    word: str
    phrase: str


@lru_cache(maxsize=1)
def _lexicon() -> tuple[dict[str, str], dict[str, tuple[str, ...]], dict[str, tuple[str, ...]], dict[str, str]]:
    words = language("governments")
    phrases = {phrase: kind for kind, all_phrases in words["agencies"].items() for phrase in all_phrases}
    return (
        dict(words["spellings"]),
        {prefix: tuple(kinds) for prefix, kinds in words["prefixes"].items()},
        {suffix: tuple(kinds) for suffix, kinds in words["suffixes"].items()},
        phrases,
    )


def clean(name: str) -> str:
    """A printed name with plain blanks and apostrophes, without blanks at its ends; case and points stay."""
    text = name.replace("’", "'").replace("‘", "'").translate(DASHES)
    return " ".join(text.split()).strip(" ,;:*")


@lru_cache(maxsize=4096)
def bare(name: str) -> str:
    """A name's words in ASCII and lower case as they stand: ``co`` stays so, which :func:`plain` reads as county."""
    text = unicodedata.normalize("NFKD", name.translate(DASHES)).translate(APOSTROPHES)
    return " ".join(WORD.findall(text.encode("ascii", "ignore").decode().lower()))


@lru_cache(maxsize=65536)
def plain(name: str) -> str:
    """A name for comparison: ASCII, lower case, words separated by one blank, usual abbreviations written out."""
    spellings = _lexicon()[0]
    return " ".join([spellings.get(word, word) for word in bare(name).split()])


def squash(text: str) -> str:
    """A plain name without blanks: ``de soto`` and ``desoto`` are one key."""
    return text.replace(" ", "")


def government(name: str) -> GovernmentName:
    """Take a government's name apart: "City of Everett" and "Everett city" give ``everett`` and the kind place."""
    full = plain(name)
    return _government(full)


@lru_cache(maxsize=16384)
def _government(full: str) -> GovernmentName:
    _, prefixes, suffixes, _ = _lexicon()
    full = full.removeprefix("the ")
    words = full.split()
    for length in range(min(4, len(words) - 1), 1, -1):
        head = " ".join(words[:length])
        if head in prefixes:
            return GovernmentName(full, " ".join(words[length:]), prefixes[head], head.removesuffix(" of"))
    for length in range(min(3, len(words) - 1), 0, -1):
        tail = " ".join(words[-length:])
        if tail in suffixes:
            return GovernmentName(full, " ".join(words[:-length]), suffixes[tail], tail)
    return GovernmentName(full, full, ())


def agency_phrase(kind: str) -> str:
    """The usual phrase of a class of agency: the first that the lexicon lists."""
    return next(phrase for phrase, name in _lexicon()[3].items() if name == kind)


@lru_cache(maxsize=16384)
def agency(name: str) -> AgencyName | None:
    """Take an agency's name apart, or None where it doesn't end (or begin) like one.

    "City of Melbourne Police Department" and "Melbourne PD" both give ``melbourne`` and the class police.
    """
    phrases = _lexicon()[3]
    full = plain(name).removeprefix("the ")
    words = full.split()
    numbered = _numbered(words)
    if numbered is not None:
        return numbered
    for length in range(min(6, len(words) - 1), 0, -1):
        tail = " ".join(words[-length:])
        if tail in phrases:
            return _parts(full, " ".join(words[:-length]), tail, phrases[tail])
    for length in range(min(6, len(words) - 2), 0, -1):
        head, joint = " ".join(words[:length]), words[length]
        if head in phrases and joint in ("of", "for") and len(words) > length + 1:
            return _parts(full, " ".join(words[length + 1 :]).removeprefix("the "), head, phrases[head])
    return None


def _numbered(words: list[str]) -> AgencyName | None:
    """One of several agencies of a class: "Harris County Constable Precinct 4"."""
    parts = language("governments")["numbered"]
    if len(words) < 4 or words[-2] not in parts or not words[-1].isdigit():
        return None
    found = agency(" ".join(words[:-2]))
    if found is None:
        return None
    tail = " ".join([agency_phrase(found.kind), *words[-2:]])
    return AgencyName(" ".join(words), found.base, f"{found.kind} {words[-2]}", found.kinds, found.word, tail)


def _parts(full: str, rest: str, phrase: str, kind: str) -> AgencyName:
    """An agency by its class and owner; "city" at a name's end belongs to the name as often as it says the kind."""
    owner = _government(rest)
    if owner.word in language("governments")["kept_words"] and rest.endswith(owner.word):
        return AgencyName(full, rest, kind, (), "", phrase)
    return AgencyName(full, owner.base, kind, owner.kinds, owner.word, phrase)


def distinguished(printed: str, real: str) -> bool:
    """Whether a printed plain name holds a word ("West", "New") that the real one lacks: two places."""
    return bool((set(printed.split()) - set(real.split())) & _distinguishing())


@lru_cache(maxsize=1)
def _distinguishing() -> frozenset[str]:
    return frozenset(language("governments")["distinguishing"])


@lru_cache(maxsize=4096)
def variants(key: str) -> tuple[str, ...]:
    """Other usual spellings of a key: -burgh and -burg, -borough and -boro, centre and center."""
    found = []
    for one, other in language("governments")["variants"]:
        if one in key:
            found.append(key.replace(one, other))
        elif other in key:
            found.append(key.replace(other, one))
    return tuple(found)
