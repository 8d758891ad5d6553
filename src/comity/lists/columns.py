"""Which printed header is which column of a definition."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein

from comity.lists.cells import header
from comity.lists.definitions import Column, Definition
from comity.model import Entry

__all__ = ["found_in", "text_of"]

_LONG = 8  # letters from which one typing error in a header is forgiven


@lru_cache(maxsize=4096)
def found_in(texts: tuple[str, ...], definition: Definition) -> Mapping[str, int]:
    """The columns among printed headers: key to index. A header of another column is never taken for a misprint."""
    printed = [header(text) for text in texts]
    known = {column.key: [header(text) for text in column.headers] for column in definition.columns}
    every = {name for names in known.values() for name in names}
    found: dict[str, int] = {}
    for key, names in known.items():
        exact = [index for index, text in enumerate(printed) if text in names]
        near = [index for index, text in enumerate(printed) if text not in every and _near(text, names)]
        if exact or near:
            found[key] = (exact or near)[0]
    return found


def _near(text: str, names: list[str]) -> bool:
    return len(text) >= _LONG and any(
        len(name) >= _LONG and DamerauLevenshtein.distance(name, text, score_cutoff=1) <= 1 for name in names
    )


def text_of(entry: Entry, column: Column, definition: Definition) -> str:
    """What the row prints under a column, exactly; '' where the edition has no such column."""
    headers = tuple(entry.printed)
    index = found_in(headers, definition).get(column.key)
    return "" if index is None else entry.printed[headers[index]]
