"""A sentence ready to be judged: its tokens and clauses beside the lists of words, and what they show by themselves.

What modules of modality ask of a sentence before any event in it is judged: where a clause begins, whether a token is a
verb or a noun there, whether the sentence states a condition.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from comity.model import Pair
from comity.reading.clause_words import Token, Words
from comity.reading.clauses import Segment
from comity.reading.modality_words import Lexicon

__all__ = ["Sentence", "any_such", "condition", "is_noun", "is_verb"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence ready to be judged: its tokens, its clauses, whether it asks."""

    toks: tuple[Token, ...]
    parts: tuple[Segment, ...]
    asks: bool
    w: Words
    lex: Lexicon

    def low(self, at: int) -> str:
        return self.toks[at].low

    def is_in(self, at: int, key: str) -> bool:
        """Whether a token is in a list of the lexicon; outside the sentence none is."""
        return 0 <= at < len(self.toks) and self.toks[at].low in self.lex.sets[key]

    def span(self, first: int, last: int | None = None) -> Pair:
        return self.toks[first].start, self.toks[(last or first + 1) - 1].end

    def home(self, at: int) -> int:
        """The clause that holds a token; marks belong to the clause before them."""
        return max((k for k, part in enumerate(self.parts) if part.first <= at), default=0)

    def left(self, home: int, at: int) -> list[int]:
        """The tokens of a clause to the left of a token, with the earlier pieces that it resumes."""
        part = self.parts[home]
        own = list(range(part.first, at))
        if part.resumes is None:
            return own
        return self.left(part.resumes, self.parts[part.resumes].last) + own

    def begun(self, home: int) -> int:
        """The clause that a resumed clause began as."""
        resumes = self.parts[home].resumes
        return home if resumes is None else self.begun(resumes)


def is_noun(s: Sentence, at: int, left: Sequence[int]) -> bool:
    """Whether the head is a noun: after a determiner, an adjective of likelihood, or a preposition."""
    if not left:
        return False
    before = s.low(left[-1])
    if before in s.w.determiners or before in s.lex.adjectives:
        gerund = s.low(at).endswith("ing") and before not in s.w.determiners and before not in s.lex.adjectives
        return before != "all" and not gerund
    return before in s.w.prepositions and not s.low(at).endswith("ing") and not s.is_in(left[-1], "not_before_nouns")


def is_verb(s: Sentence, i: int) -> bool:
    """Whether a token is a verb after an auxiliary, a modal or "to"."""
    back = i - 1
    while back > 0 and s.w.is_adverb(s.low(back)):
        back -= 1
    low = s.low(i)
    if back < 0 or low in s.w.determiners or low in s.w.prepositions or not low[0].isalpha():
        return False
    return s.low(back) in s.w.auxiliaries or s.low(back) == "to" or s.low(back) in s.lex.modals


def condition(s: Sentence, affirmed: bool) -> int | None:
    """The first word of a condition in the sentence: "if", "any city that"; "asked if" opens none.

    Under a denial "any bill that" is no condition.
    """
    for part in s.parts:
        asked = part.tie == "conditional" and s.is_in(part.first - 1, "asking")
        if (part.tie == "conditional" and not asked) or (affirmed and part.tie == "relative" and any_such(s, part)):
            return part.first
    return None


def any_such(s: Sentence, part: Segment) -> bool:
    """Whether a relative clause states a condition: "any city that adopts"."""
    return any(s.is_in(i, "any") for i in range(max(0, part.first - 3), part.first))
