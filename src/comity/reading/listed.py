"""Lists in print: the sentence that opens the list in which a line stands ("The following counties are named:").

Use :func:`opener` for a line that says nothing by itself ("• Cook County, IL"): what it means is said where its list is
opened. A line is an item where it is marked, or short and without a full stop, beside another such line.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from comity.model import Pair

__all__ = ["opener"]

_MARKED = re.compile(r"(?:[•*·▪◦●–—-]|\(?\d{1,3}[.)])\s*(?=\S)")
_SHORT = 60  # characters of a line that may be an item without a mark
_LABELLED = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)?(?: ?\(\d+\))?:\s")
_HEADING = re.compile(r"[^.!?:]{1,40}:?")
_FAR = 400  # lines to look back over: the longest lists have a line for each county


def opener(text: str, paragraphs: Sequence[Pair], sentences: Sequence[Pair], at: int) -> Pair | None:
    """The sentence that opens the list of which the line at ``at`` is an item; None where it is no item of a list."""
    here = bisect_right(paragraphs, at, key=lambda span: span[0]) - 1
    if here < 1 or not _item(text, paragraphs[here]):
        return None
    for back in range(here - 1, max(-1, here - _FAR), -1):
        if not _item(text, paragraphs[back]):
            last = bisect_right(sentences, paragraphs[back][1] - 1, key=lambda span: span[0]) - 1
            return max(sentences[last][0], paragraphs[back][0]), paragraphs[back][1]
    return None


def _item(text: str, paragraph: Pair) -> bool:
    start, end = paragraph
    if _MARKED.match(text, start, end) or _LABELLED.match(text, start, end):
        return True
    return (end - start <= _SHORT and text[end - 1] not in ".!?:") or _heading(text, paragraph)


def _heading(text: str, paragraph: Pair) -> bool:
    """Whether a line is one or two words with a colon ("COUNTIES:"), as heads a part of a list."""
    line = text[slice(*paragraph)]
    return line.endswith(":") and len(line.split()) <= 2 and _HEADING.fullmatch(line) is not None
