"""Turns of an interview, a paragraph each: "Whitfield: Yes. We will answer it by Friday."

Use :func:`turns` for those of a text. A paragraph that begins with a name and a colon is a turn where the paragraph
before it asks, or where the same name begins another one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence, Set

from comity.model import AttributionMention, Pair

__all__ = ["turns"]

_NAMED = re.compile(r"(?P<who>[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,4})(?P<colon>:)\s+(?=\S)")


def turns(text: str, blocks: Sequence[Pair], labels: Set[str]) -> Mapping[int, AttributionMention]:
    """By the start of its paragraph the attribution of each turn; ``labels`` are what stands before colons besides."""
    begun = [(block, _NAMED.match(text, *block)) for block in blocks] if ":" in text else []
    named = [(block, found) for block, found in begun if found is not None and found["who"].lower() not in labels]
    often = Counter(found["who"] for _, found in named)
    made: dict[int, AttributionMention] = {}
    for (start, end), found in named:
        who = found["who"]
        asked = text[max(0, start - 4) : start].rstrip().endswith("?")
        if len(who) == 1 or any(char.isdigit() for char in who) or not (asked or often[who] > 1):
            continue  # "Q:" and "A:" name nobody
        content = (found.end(), end - (text[end - 1] in ".!?"))
        made[start] = AttributionMention((found.span("who"),), (found.span("colon"),), (content,), direct=False)
    return made
