"""Names that say where somebody sits rather than who acts: a court's or paper's seat, the capital as a byword.

Use it where a name is looked for that a sentence may be about.
"""

from __future__ import annotations

import re
from functools import lru_cache

from comity.reading.mentions import Mention
from comity.vocabulary import language

__all__ = ["byword", "seat"]

_REACH = 64  # characters before a name in which the words may stand that make it a seat


@lru_cache(maxsize=1)
def _seats() -> re.Pattern[str]:
    data = language("definite")
    return re.compile(rf"\b(?i:{data['seats']})\s+(?:in|at)\s+(?:(?:{data['parts']})\s+)?$")


@lru_cache(maxsize=1)
def _capital() -> re.Pattern[str]:
    return re.compile(language("definite")["capital"])


def seat(text: str, start: int) -> bool:
    """Whether a name that begins at ``start`` is only where a court or firm sits: "a judge in Tulsa"."""
    return _seats().search(text, max(0, start - _REACH), start) is not None


def byword(mention: Mention) -> bool:
    """Whether a mention is the capital's bare name, which as often stands for the federal government."""
    bare = (mention.start, mention.end) == mention.named
    return mention.kind == "district" and bare and _capital().fullmatch(mention.name) is not None
