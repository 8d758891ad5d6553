"""Which way a time expression looks: back or ahead of the publication day.

A weekday, or a month without a year, means the last or the next such day as the verb of its clause says. The cues are
data (``data/language/time.yml``); the nearest one before the expression in its clause decides, else the nearest after.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from comity.model import Pair
from comity.reading.clause_words import Token, Words, finite, words
from comity.reading.clauses import Segment, analysed
from comity.vocabulary import language

__all__ = ["Direction", "direction", "sentence_around"]

Direction = Literal["past", "future"]

_STOP = re.compile(r"[.!?][”\"’')\]]*[ \t]+(?=[“\"‘(\[]?[A-Z0-9])|\n")
_WORD_BEFORE = re.compile(r"[\w.]*\Z")


@lru_cache(maxsize=1)
def _cues() -> dict[str, frozenset[str]]:
    data = language("time")
    keys = (
        "future_modals", "future_words", "schedule_verbs", "schedule_bases", "past_words", "have",
        "forward_infinitive", "forward_participles", "backward_auxiliaries",
    )  # fmt: skip
    return {key: frozenset(str(word) for word in data[key]) for key in keys}


def sentence_around(text: str, at: int, reach: int = 400) -> Pair:
    """The sentence that holds a position, by its marks; at most ``reach`` code points to either side.

    Use it where one sentence is wanted and the text is not split: it looks at the neighbourhood only.
    """
    start, end = max(0, at - reach), min(len(text), at + reach)
    for match in _STOP.finditer(text, start, at):
        if _ends(text, match.start()):
            start = match.end()
    for match in _STOP.finditer(text, at, end):
        if _ends(text, match.start()):
            return start, match.start() + 1
    return start, end


def _ends(text: str, at: int) -> bool:
    """Whether a mark ends a sentence: no period of "Gov.", "p.m." or an initial."""
    if text[at] != ".":
        return True
    match = _WORD_BEFORE.search(text, max(0, at - 12), at)
    word = match.group() if match is not None else ""
    initial = len(word) == 1 and word.isupper()
    return not (initial or "." in word or word.lower() in words().abbreviations)


def direction(text: str, span: Pair) -> Direction | None:
    """Past, future, or None where no verb of the clause tells."""
    start, end = sentence_around(text, span[0])
    toks, parts = analysed(text[start:end])
    span = (span[0] - start, span[1] - start)
    home = next((k for k, part in enumerate(parts) if part.start <= span[0] < part.end), None)
    if home is None:
        return None
    w = words()
    before = _left(parts, home, toks, span[0])
    for i in reversed(before):
        found = _cue(toks, i, w)
        if found is not None:
            return found
    if any(finite(toks, i, w) for i in before):
        # A verb in the present that states no schedule: a headline's past.
        return None
    after = [i for i in range(parts[home].first, parts[home].last) if toks[i].start >= span[1]]
    for part in parts[home + 1 :]:
        if part.tie == "main":
            after += range(part.first, part.last)
    return next((found for i in after if (found := _cue(toks, i, w)) is not None), None)


def _left(parts: tuple[Segment, ...], home: int, toks: tuple[Token, ...], start: int) -> list[int]:
    """The tokens of the clause before a position, with the earlier pieces of an interrupted clause."""
    part = parts[home]
    own = [i for i in range(part.first, part.last) if toks[i].start < start]
    if part.resumes is not None:
        return _left(parts, part.resumes, toks, start) + own
    return own


def _cue(toks: tuple[Token, ...], i: int, w: Words) -> Direction | None:
    """What the token says about time, if anything."""
    cues = _cues()
    low = toks[i].low
    previous = toks[i - 1].low if i else ""
    following = toks[i + 1].low if i + 1 < len(toks) else ""
    if toks[i].capital and i:
        return None
    if low in cues["forward_participles"] and not finite(toks, i, w):
        back = {toks[k].low for k in range(max(0, i - 3), i)}
        return "past" if cues["backward_auxiliaries"] & back else "future"
    if low == "to" and following and not toks[i + 1].capital and following not in w.determiners:
        return _infinitive(toks, i, w)
    if low in cues["have"]:
        return "future" if following == "to" or following in w.prepositions else "past"
    if low in cues["past_words"]:
        return "past"
    if low in cues["future_modals"]:
        return "past" if following == "have" else "future"
    if low in cues["future_words"]:
        return "future"
    if low in cues["schedule_verbs"] and previous not in w.determiners and previous not in w.prepositions:
        return "future"
    if low in cues["schedule_bases"]:
        plural = previous in w.subject_pronouns or (previous.endswith("s") and len(previous) > 3)
        return "future" if plural else None
    return "past" if w.is_past(low) and finite(toks, i, w) else None


def _infinitive(toks: tuple[Token, ...], i: int, w: Words) -> Direction | None:
    """Whether "to" with a verb looks ahead: by what governs it; without any verb before, a headline's future."""
    cues = _cues()
    for k in range(i - 1, max(-1, i - 7), -1):
        low = toks[k].low
        if low in cues["backward_auxiliaries"]:
            return "past"
        if low in cues["forward_infinitive"]:
            back = {toks[j].low for j in range(max(0, k - 2), k)}
            return "past" if cues["backward_auxiliaries"] & back else "future"
        if finite(toks, k, w):
            break
    return None if any(finite(toks, k, w) for k in range(i)) else "future"
