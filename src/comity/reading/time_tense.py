"""Which way a time expression looks: back or ahead of the publication day.

A weekday, or a month without a year, means the last or the next such day as the verb of its clause says. The cues are
data (``data/language/time.yml``); the nearest one before the expression in its clause decides, else the nearest after.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from comity.model import Pair
from comity.reading.clauses import Segment, Token, Words, finite, segments, tokens, words
from comity.vocabulary import language

__all__ = ["Direction", "direction", "sentence_around"]

Direction = Literal["past", "future"]

_STOP = re.compile(
    r"(?<![A-Z])(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z]{2})(?<!Sept)(?<!\.m)[.!?][”\"’')\]]*\s+(?=[“\"‘(\[]?[A-Z0-9])|\n\s*\n|\n"
)


@lru_cache(maxsize=1)
def _cues() -> dict[str, frozenset[str]]:
    data = language("time")
    keys = ("future_cues", "past_cues", "forward_infinitive", "forward_participles", "backward_auxiliaries")
    return {key: frozenset(str(word) for word in data[key]) for key in keys}


def sentence_around(text: str, at: int, reach: int = 600) -> Pair:
    """The sentence that holds a position, by its marks; at most ``reach`` code points to either side."""
    low = max(0, at - reach)
    start = low
    for match in _STOP.finditer(text, low, at):
        start = match.end()
    stop = _STOP.search(text, at, min(len(text), at + reach))
    end = min(len(text), at + reach) if stop is None else stop.start() + 1
    return start, end


def direction(text: str, span: Pair) -> Direction | None:
    """Past, future, or None where no verb of the clause tells."""
    sentence = sentence_around(text, span[0])
    toks = tokens(text, sentence)
    parts = segments(text, sentence)
    home = next((k for k, part in enumerate(parts) if part.start <= span[0] < part.end), None)
    if home is None:
        return None
    w = words()
    before = _left(parts, home, toks, span[0])
    after = [i for i in range(parts[home].first, parts[home].last) if toks[i].start >= span[1]]
    for i in reversed(before):
        found = _cue(toks, i, w, before)
        if found is not None:
            return found
    for i in after:
        found = _cue(toks, i, w, before)
        if found is not None:
            return found
    if home + 1 < len(parts) and not before:
        # The expression opens the sentence, and an inserted clause parts it from its verb.
        for part in parts[home + 1 :]:
            if part.tie in ("main", "coordinate"):
                for i in range(part.first, part.last):
                    found = _cue(toks, i, w, before)
                    if found is not None:
                        return found
    return None


def _left(parts: tuple[Segment, ...], home: int, toks: tuple[Token, ...], start: int) -> list[int]:
    """The tokens of the clause before a position, with the earlier pieces of an interrupted clause."""
    part = parts[home]
    own = [i for i in range(part.first, part.last) if toks[i].start < start]
    if part.resumes is not None:
        earlier = parts[part.resumes]
        return list(range(earlier.first, earlier.last)) + own
    return own


def _cue(toks: tuple[Token, ...], i: int, w: Words, before: list[int]) -> Direction | None:
    """What the token says about time, if anything."""
    cues = _cues()
    low = toks[i].low
    previous = toks[i - 1].low if i else ""
    if low in cues["forward_participles"] and previous not in w.be | w.have | w.auxiliaries and not finite(toks, i, w):
        return "future"
    if low in cues["forward_participles"] and (previous in w.be or previous in w.adverbs):
        back = [toks[k].low for k in range(max(0, i - 3), i)]
        return "past" if cues["backward_auxiliaries"] & set(back) else "future"
    if low == "to" and i + 1 < len(toks) and not toks[i + 1].capital and toks[i + 1].low not in w.determiners:
        return _infinitive(toks, i, w)
    if low in cues["past_cues"]:
        return None if low in w.have and i + 1 < len(toks) and toks[i + 1].low == "to" else "past"
    if low in cues["future_cues"]:
        if (
            low in w.be
            and i + 1 < len(toks)
            and w.is_past(toks[i + 1].low)
            and toks[i + 1].low not in cues["forward_participles"]
        ):
            return "past" if low not in ("is", "are") else "future"
        if low in w.modals and i + 1 < len(toks) and toks[i + 1].low == "have":
            return "past"
        return "future"
    if w.is_past(low):
        if finite(toks, i, w) or (previous not in w.determiners):
            if previous in w.be and i >= 2 and toks[i - 2].low in w.modals:
                return "future"
            if previous == "be":
                return None
            return "past"
    return None


def _infinitive(toks: tuple[Token, ...], i: int, w: Words) -> Direction | None:
    """Whether "to" with a verb looks ahead: by what governs it; without any verb before, a headline's future."""
    cues = _cues()
    seen_verb = False
    for k in range(i - 1, max(-1, i - 7), -1):
        low = toks[k].low
        if low in cues["backward_auxiliaries"]:
            return "past"
        if low in cues["forward_infinitive"] and low != "to":
            back = {toks[j].low for j in range(max(0, k - 2), k)}
            return "past" if cues["backward_auxiliaries"] & back else "future"
        if finite(toks, k, w):
            seen_verb = True
            break
    if seen_verb or any(finite(toks, k, w) for k in range(0, i)):
        return None
    return "future"
