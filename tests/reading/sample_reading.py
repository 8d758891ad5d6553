"""One invented text, read: what the tables of the reader's tests look at."""

from __future__ import annotations

from dataclasses import replace

from comity import documents, gazetteer, vocabulary
from comity.model import Publication, Statement
from comity.reading import read

__all__ = ["statements"]


def statements(
    text: str, predicate: str | None = None, *, published: str | None = "2025-03-05", home_state: str = "OH"
) -> list[Statement]:
    """The statements that rules alone read from a text, of one predicate where it is named."""
    document = documents.parse(
        text.encode(), path="story.txt", publication=Publication(published=published, home_state=home_state)
    )
    found = read(document, replace(vocabulary.load(), weights=None), gazetteer.load()).statements
    return [item for item in found if predicate is None or item.predicate == predicate]
