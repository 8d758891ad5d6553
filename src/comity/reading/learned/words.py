"""The words of a sentence as the weights see them: stems, tags, clauses, and one item for each mention or date.

Pure. Use :func:`items` for a sentence of a page, :func:`stem` for a word.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from comity.model import AttributionMention, Pair
from comity.reading.attribution.words import tag, tokens
from comity.reading.clause_words import words
from comity.reading.clauses import clauses
from comity.reading.mentions import Mention
from comity.reading.page import Page, inside
from comity.vocabulary import language

__all__ = ["DATE", "MENTION", "VERBS", "Item", "items", "stem"]

VERBS = frozenset({"VB", "VBP", "VBZ", "VBD", "VBN", "VBG"})
Said = Literal["", "source", "cue", "content"]
MENTION, DATE = "MENTION", "DATE"  # the tags of the items that are no words
_FOLDED_KINDS: Mapping[str, str] = {"county_subdivision": "place", "district": "state"}
_ENDINGS = (
    ("ations", "at"),
    ("ation", "at"),
    ("ingly", ""),
    ("edly", ""),
    ("ies", "y"),
    ("ied", "y"),
    ("ings", ""),
    ("ing", ""),
    ("ed", ""),
    ("es", ""),
    ("s", ""),
    ("ly", ""),
    ("e", ""),
)
_SHORTEST = 3  # letters that a stem keeps


@dataclass(frozen=True, slots=True)
class Item:
    """A word, or a mention or date as a whole: as written in lower case, its stem, tag, span, and clause by number.

    ``said`` says which part of an attribution it stands in, the content only where it is neither source nor cue;
    ``families`` are those of words that mean about the same.
    """

    low: str
    stem: str
    tag: str
    start: int
    end: int
    clause: int
    mention: Mention | None = None
    said: Said = ""
    families: tuple[str, ...] = ()

    @property
    def told(self) -> bool:
        """Whether it carries meaning by itself: a mention, a noun, a verb that is no auxiliary, an adjective …"""
        return self.tag in _TELLING and not _auxiliary(self.low)

    @property
    def acts(self) -> bool:
        """Whether it is a verb that is no auxiliary."""
        return self.tag in VERBS and not _auxiliary(self.low)


_TELLING = VERBS | {"N", "NP", "JJ", "RB", "CD", MENTION, DATE}


def _auxiliary(low: str) -> bool:
    """Whether a word in lower case is an auxiliary or a contraction of one."""
    return low in words().auxiliaries or low in words().contractions


@lru_cache(maxsize=1)
def _irregular() -> Mapping[str, str]:
    """Forms of irregular verbs to the verb."""
    found: dict[str, str] = {}
    for line in language("verbs")["irregular"].split("\n"):
        forms = line.split()
        for form in forms:
            found.setdefault(form, forms[0])
    return found


@lru_cache(maxsize=40_000)
def stem(word: str) -> str:
    """A rough stem of a word in lower case, the same for most of its forms: "signing", "signed", "signs" -> "sign"."""
    word = _irregular().get(word, word)
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            word = word[: len(word) - len(ending)] + instead
            break
    if len(word) > _SHORTEST and word[-1] == word[-2] and word[-1] not in "sl":
        word = word[:-1]
    return word[:-1] if word.endswith("e") and len(word) > _SHORTEST else word


@lru_cache(maxsize=1)
def _kin() -> Mapping[tuple[str, str], Sequence[tuple[tuple[str, ...], str]]]:
    """By part of speech and stem of the first word, what words follow it in a family, and the family; most words first.

    The families are ``data/language/families.yml``.
    """
    found: dict[tuple[str, str], list[tuple[tuple[str, ...], str]]] = {}
    for part, families in language("families").items():
        for name, given in families.items():
            for entry in given.split(", "):
                first, *rest = entry.split()
                known = found.setdefault((part, stem(first)), [])
                known.append((tuple(stem(word) for word in rest), f"{name}.{part[0]}"))
    return {key: sorted(set(known), key=lambda one: (-len(one[0]), one[1])) for key, known in found.items()}


_PARTS: Mapping[str, tuple[str, ...]] = {
    "N": ("nouns",),
    "NP": ("nouns",),
    "JJ": ("adjectives",),
    "RB": ("adverbs",),
    "VBN": ("verbs", "adjectives"),
} | dict.fromkeys(VERBS - {"VBN"}, ("verbs",))


def _families(found: Sequence[Item], at: int) -> tuple[str, ...]:
    """The families of a word; with the words after it ("pull out") where they are one."""
    item, longest = found[at], 0
    result: list[str] = []
    for part in _PARTS.get(item.tag, ()):
        for rest, name in _kin().get((part, item.stem), ()):
            if len(rest) < longest:
                break
            if not rest or tuple(one.stem for one in found[at + 1 : at + 1 + len(rest)]) == rest:
                longest = max(longest, len(rest))
                result.append(name)
    return tuple(result)


def items(page: Page, index: int, attributions: Sequence[AttributionMention]) -> tuple[Item, ...]:
    """The items of the sentence ``page.sentences[index]``, in order."""
    begin, finish = page.sentences[index]
    found = tokens(page.masked[begin:finish])
    if not found.words:
        return ()
    parts = _parts(page, (begin, finish))
    spans = clauses(page.text, (begin, finish))
    heard = _heard(attributions, (begin, finish))
    result: list[Item] = []
    at, last = 0, -1
    for first, last_letter, word, name in zip(
        found.starts, found.ends, found.lower, tag(found.words, found.lower), strict=True
    ):
        start, end = first + begin, last_letter + begin
        while at < len(parts) and parts[at][0][1] <= start:
            at += 1
        clause = _clause(spans, start)
        if at < len(parts) and parts[at][0][0] < end:
            if last != at:
                span, mention = parts[at]
                mark = f"<{_FOLDED_KINDS.get(mention.kind, mention.kind)}>" if mention else "<date>"
                said = _said(heard, span[0])
                result.append(Item(mark, mark, MENTION if mention else DATE, *span, clause, mention, said))
                last = at
            continue
        low = "0" if name == "CD" or word[0].isdigit() else word
        result.append(Item(low, stem(low), name, start, end, clause, None, _said(heard, start)))
    return tuple(replace(item, families=_families(result, at)) for at, item in enumerate(result))


def _heard(attributions: Sequence[AttributionMention], sentence: Pair) -> list[tuple[Pair, Said]]:
    """The spans of attributions that reach into a sentence, cues and sources before contents."""
    begin, finish = sentence
    found: list[tuple[Pair, Said]] = []
    for item in attributions:
        parts: tuple[tuple[Said, tuple[Pair, ...]], ...] = (
            ("cue", item.cue),
            ("source", item.source),
            ("content", item.content),
        )
        found += [(span, part) for part, spans in parts for span in spans if span[0] < finish and begin < span[1]]
    return sorted(found, key=lambda one: one[1] == "content")


def _said(heard: Sequence[tuple[Pair, Said]], at: int) -> Said:
    return next((part for span, part in heard if span[0] <= at < span[1]), "")


def _parts(page: Page, sentence: Pair) -> list[tuple[Pair, Mention | None]]:
    """The mentions of a sentence, and its dates outside them, in order."""
    start, end = sentence
    mentions = inside(page, sentence)
    found: list[tuple[Pair, Mention | None]] = [((item.start, item.end), item) for item in mentions]
    for date in page.dates:
        if start <= date.start and date.end <= end:
            taken = any(item.start < date.end and date.start < item.end for item in mentions)
            found += [] if taken else [((date.start, date.end), None)]
    return sorted(found, key=lambda part: part[0])


def _clause(spans: tuple[Pair, ...], at: int) -> int:
    """The number of the clause that holds an offset, else of the one before it."""
    return max(0, bisect_right(spans, at, key=lambda span: span[0]) - 1)
