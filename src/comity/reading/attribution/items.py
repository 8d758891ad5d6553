"""Lists of what somebody says, an item a paragraph: "The department alleges:" and the marked paragraphs after it.

Use :func:`after` for the items that a sentence announces, :func:`headed` for the attribution of a list whose heading
has no verb of saying ("Among the claims in the suit:").
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache

from comity.model import AttributionMention, Pair
from comity.vocabulary import language

__all__ = ["after", "block_after", "headed"]

_MARK = re.compile(r"(?:[•▪◦·*–—-]|\(?(?:\d{1,2}|[a-z])[.)])\s+(?=\S)")


def after(text: str, sentence: Pair, blocks: Sequence[Pair]) -> tuple[Pair, ...]:
    """The items that follow a sentence which ends its paragraph with a colon, without their marks and final stops."""
    items = []
    for start, end in _behind(text, sentence, blocks):
        mark = _MARK.match(text, start, end)
        if mark is None:
            break
        items.append((mark.end(), end - (text[end - 1] in ".;,")))
    return tuple(items)


def block_after(text: str, sentence: Pair, blocks: Sequence[Pair]) -> tuple[Pair, ...]:
    """The paragraph that follows a sentence which ends its own with a colon: what was a block of quotation in print."""
    return tuple((start, end - (text[end - 1] == ".")) for start, end in _behind(text, sentence, blocks)[:1])


def _behind(text: str, sentence: Pair, blocks: Sequence[Pair]) -> Sequence[Pair]:
    """The paragraphs after a sentence that ends its own with a colon; none after another."""
    if text[sentence[1] - 1] != ":":
        return ()
    here = bisect_right(blocks, (sentence[0], len(text))) - 1
    return blocks[here + 1 :] if blocks[here][1] == sentence[1] else ()


def headed(text: str, sentence: Pair, items: Sequence[Pair]) -> AttributionMention | None:
    """The attribution of a list that a noun of saying heads; None where the heading has none."""
    found = _heading().search(text, *sentence)
    if found is None:
        return None
    source = (found.span("source"),) if found["source"] else ()
    return AttributionMention(source, (found.span("cue"),), tuple(items), direct=False)


@lru_cache(maxsize=1)
def _heading() -> re.Pattern[str]:
    nouns = "|".join(rf"{noun}s?" for noun in language("attribution")["headings"])
    return re.compile(
        rf"\b(?P<cue>{nouns})(?: (?:in|of|from|by|made by) (?P<source>(?:the |its |his |her )?[\w'’ -]+?))?:$",
        re.IGNORECASE,
    )
