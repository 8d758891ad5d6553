"""Acts on many whom nobody names ("threatened 23 jurisdictions", "if cities refuse"): no story is about them."""

from __future__ import annotations

import re
from functools import lru_cache

from comity.model import Pair
from comity.reading.mentions import Mention
from comity.vocabulary import language

__all__ = ["of_many", "region"]

_REACH = 40  # characters behind a clause in which "if cities refuse" says of whom it tells
_BREAK = re.compile(r"[.,;:—\n]")


@lru_cache(maxsize=1)
def _groups() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A plural that names nobody, and the pronouns beside which somebody is meant all the same."""
    data = {name: words.replace(" ", r"\s+") for name, words in language("definite")["groups"].items()}
    mark = "[“”\"‘’']?"
    kind = rf"(?:{mark}(?:{data['kinds']}){mark}\s+)"
    plural = rf"{kind}{{0,2}}{mark}(?:{data['plural']})"
    many = rf"(?<![\w$])(?:(?P<defined>{data['defined']})\s+)?{data['many']}\s+(?:[\w-]+\s+)?{plural}"
    bare = rf"\b(?:(?:{data['before']})\s+{plural}|of\s+(?={kind}){plural})"
    return (
        re.compile(rf"(?:{many}|{bare})\b", re.IGNORECASE),
        re.compile(rf"\b(?:{data['pronouns']})\b", re.IGNORECASE),
    )


def of_many(text: str, clause: Pair, head: Pair) -> bool:
    """Whether the clause of an act tells it of many whom it doesn't name, so that whom the text is about isn't meant.

    "The department threatened 23 jurisdictions with subpoenas", "It may cut off money for cities that refuse".
    """
    group, pronoun = _groups()
    end = _BREAK.search(text, max(clause[1], head[1]))
    reach = (clause[0], min(end.start() if end else len(text), clause[1] + _REACH))
    many = any(found["defined"] is None for found in group.finditer(text, *reach))
    return many and pronoun.search(text, clause[0], head[1]) is None


@lru_cache(maxsize=1)
def _regions() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What before and behind a state's name says that it is only where many lie."""
    plural = language("definite")["groups"]["plural"]
    within = (
        rf"(?:{plural})\s+(?:in|across|throughout)\s+(?:(?:[A-Z][\w.]*\s?){{1,3}},\s+|and\s+|the\s+state\s+of\s+)*$"
    )
    return re.compile(rf"\b{within}", re.IGNORECASE), re.compile(rf"\s+(?:{plural})\b", re.IGNORECASE)


def region(text: str, mention: Mention) -> bool:
    """Whether a state's name only says where many lie who aren't named: "four cities in Ohio", "Ohio mayors"."""
    if mention.kind != "state" or mention.definite:
        return False
    before, behind = _regions()
    start = mention.start
    return behind.match(text, mention.end) is not None or before.search(text, max(0, start - 80), start) is not None
