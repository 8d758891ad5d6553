"""Words and marks of a sentence, and what their form and their neighbours tell of them.

The ground of clause splitting, of polarity and modality and of the direction of dates. There is no tagger: a word is a
verb by lists (``data/language/clauses.yml``), its ending and what stands before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from comity.model import Pair
from comity.vocabulary import language

__all__ = ["Token", "Words", "finite", "phrase_at", "tokens", "words"]

_TOKEN = re.compile(
    r"n['’]t\b|[A-Za-z0-9]+?(?=n['’]t\b)|['’](?:s|re|ll|d|ve|m)\b|[^\W_]+(?:[-.&][^\W_]+|\(\w{1,3}\))*|[^\w\s]"
)


class Token(NamedTuple):
    """One word or mark of a sentence; ``low`` is its lower-case form with straight apostrophes.

    A tuple, because they are made by the million.
    """

    start: int
    end: int
    low: str
    capital: bool


@dataclass(frozen=True, slots=True)
class Words:
    """The word classes of ``clauses.yml`` as sets, each under the name of its key."""

    conditional_phrases: frozenset[tuple[str, ...]]
    conditional: frozenset[str]
    interrogative: frozenset[str]
    whether: frozenset[str]
    subordinate: frozenset[str]
    subordinate_or_preposition: frozenset[str]
    opening_prepositions: frozenset[str]
    dates: frozenset[str]
    relative: frozenset[str]
    complement: frozenset[str]
    coordinators: frozenset[str]
    joining: frozenset[str]
    contrast: frozenset[str]
    negative_coordinators: frozenset[str]
    inversions: frozenset[str]
    late_inversions: frozenset[str]
    inverted_subjects: frozenset[str]
    auxiliaries: frozenset[str]
    finite_auxiliaries: frozenset[str]
    be: frozenset[str]
    have: frozenset[str]
    modals: frozenset[str]
    contractions: frozenset[str]
    determiners: frozenset[str]
    subject_pronouns: frozenset[str]
    prepositions: frozenset[str]
    adverbs: frozenset[str]
    past: frozenset[str]
    participles: frozenset[str]
    not_past: frozenset[str]
    present_verbs: frozenset[str]
    not_complement_before: frozenset[str]
    abbreviations: frozenset[str]
    of: frozenset[str]
    reporting: frozenset[str]

    def is_past(self, low: str) -> bool:
        """Whether the word looks like a past tense or a participle."""
        if low in self.past or low in self.participles:
            return True
        return len(low) > 3 and low.endswith("ed") and low not in self.not_past

    def is_adverb(self, low: str) -> bool:
        """Whether the word may stand between an auxiliary and its verb."""
        return low in self.adverbs or (len(low) > 4 and low.endswith("ly"))


@lru_cache(maxsize=1)
def words() -> Words:
    """The word classes, loaded once."""
    data = language("clauses")
    single = {
        name: frozenset(str(word) for word in data[name]) for name in Words.__slots__ if name != "conditional_phrases"
    }
    phrases = frozenset(tuple(str(phrase).split()) for phrase in data["conditional_phrases"])
    return Words(conditional_phrases=phrases, **single)


def tokens(text: str, span: Pair) -> tuple[Token, ...]:
    """The words and marks of a span; "didn't" gives "did" and "n't"."""
    found = []
    for match in _TOKEN.finditer(text, span[0], span[1]):
        form = match.group()
        low = form.lower()
        if "’" in low and len(low) > 1:
            low = low.replace("’", "'")
        found.append(Token(match.start(), match.end(), low, form[0].isupper()))
    return tuple(found)


def finite(toks: tuple[Token, ...], at: int, w: Words) -> bool:
    """Whether a finite verb stands at token ``at``, as far as its form and its neighbours tell."""
    low = toks[at].low
    before = toks[at - 1].low if at else ""
    if low in w.finite_auxiliaries:
        # "May" and "Will" inside a sentence are a month and a man.
        named = toks[at].capital and low in w.modals and at > 0 and before[0].isalnum()
        return before != "to" and not named
    if low in w.contractions and low != "'s":
        return True
    if low in w.present_verbs:
        return before not in w.determiners and before not in w.prepositions and before not in w.modals
    if not w.is_past(low) or (low in w.participles and low not in w.past):
        return False
    back = at - 1
    while back >= 0 and w.is_adverb(toks[back].low):
        back -= 1
    before = toks[back].low if back >= 0 else ""
    return not (
        before in w.auxiliaries or before in w.contractions or before in w.determiners or before in w.prepositions
    )


def phrase_at(toks: tuple[Token, ...], at: int, phrases: frozenset[tuple[str, ...]]) -> int:
    """The length of the longest phrase of a set that begins at a token, or 0."""
    if toks[at].low not in _heads(phrases):
        return 0
    for size in (4, 3, 2, 1):
        if at + size <= len(toks) and tuple(t.low for t in toks[at : at + size]) in phrases:
            return size
    return 0


@lru_cache(maxsize=16)
def _heads(phrases: frozenset[tuple[str, ...]]) -> frozenset[str]:
    return frozenset(phrase[0] for phrase in phrases)
