"""Captions: the lines of a page that say what a picture shows and whose it is.

A picture shows who stood somewhere, often elsewhere and years ago: what the sentences of a story refer back to isn't
named there. Words are ``data/language/captions.yml``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from comity.model import Pair
from comity.reading.sentences import paragraphs
from comity.vocabulary import language

__all__ = ["captions", "elsewhere"]

_LONGEST = 700  # characters of a caption at most: a longer line is a story's, with a credit in it
_SAID_TWICE = 20  # characters from which on a line that a caption holds as well is that caption without its credit


@lru_cache(maxsize=1)
def _signs() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """How a caption begins, and the credit in it."""
    data = language("captions")
    opener, credit = (" ".join(data[key].split()).replace(" |", "|") for key in ("openers", "credits"))
    return re.compile(opener), re.compile(credit, re.MULTILINE)


def captions(text: str) -> tuple[Pair, ...]:
    """The spans of ``text`` that are captions, in their order."""
    opener, credit = _signs()
    if not opener.search(text) and not credit.search(text):
        return ()
    lines = paragraphs(text)
    short = [span for span in lines if span[1] - span[0] <= _LONGEST]
    signed = [span for span in short if opener.match(text, *span) or credit.search(text, *span)]
    said = [text[slice(*span)] for span in signed]
    return tuple(
        span
        for span in short
        if span in signed
        or (span[1] - span[0] >= _SAID_TWICE and any(text[slice(*span)].rstrip(" .") in one for one in said))
    )


def elsewhere(spans: Sequence[Pair], at: int, start: int) -> bool:
    """Whether what stands at ``at`` is in a caption that ``start`` isn't in."""
    return any(first <= at < last and not first <= start < last for first, last in spans)
