"""Counted plurals that stand for names of a sentence before: "both", "all three counties", "the two departments".

Use :func:`together` where an act's clause may name nobody but so: each of those named together is its subject.
Words are ``data/language/definite.yml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from comity.model import Pair
from comity.reading.captions import elsewhere
from comity.reading.mentions import Mention, spaced
from comity.reading.page import Page, inside
from comity.reading.patterns import Folded, coordinated
from comity.vocabulary import language

__all__ = ["together"]

_BACK = 2  # sentences in which two may have been named
_FAR = 5  # and in which more may have been, whose number tells them better apart


@lru_cache(maxsize=1)
def _plurals() -> tuple[tuple[int, re.Pattern[str]], ...]:
    """How many are meant, by the words that say so."""
    data = language("definite")["together"]
    follows = spaced(data["follows"])
    return tuple(
        (int(number), re.compile(rf"(?<![\w-])(?:{spaced(words)}){follows}", re.IGNORECASE))
        for number, words in data["numbers"].items()
    )


def together(page: Page, folded: Folded, index: int, reach: Pair, kinds: Sequence[str]) -> list[Mention]:
    """Those whom a counted plural within ``reach`` of the folded sentence means; empty where there is none.

    They were named in one list of just so many, in one of the sentences before.
    """
    number = next((count for count, words in _plurals() if words.search(folded.text, *reach)), 0)
    if not number:
        return []
    here = page.sentences[index][0]
    back = _BACK if number == 2 else _FAR
    for start, end in reversed(page.sentences[max(0, index - back) : index]):
        if elsewhere(page.captions, start, here):
            continue
        named = [item for item in inside(page, (start, end)) if item.kind in kinds]
        for listed in _lists(page.text, named):
            if len(listed) == len({item.id or item.name for item in listed}) == number:
                return listed
    return []


def _lists(text: str, named: Sequence[Mention]) -> Iterator[list[Mention]]:
    """The mentions of a sentence, those that are coordinated together."""
    listed: list[Mention] = []
    for item in named:
        if listed and not coordinated().fullmatch(text, listed[-1].end, item.start):
            yield listed
            listed = []
        listed.append(item)
    if listed:
        yield listed
