"""One invented text, read: the statements and mentions that the tables of the reader's tests look at."""

from __future__ import annotations

from dataclasses import replace

from comity import documents, gazetteer, vocabulary
from comity.gazetteer.bodies import find_bodies
from comity.gazetteer.places import resolve_places
from comity.model import Publication, Statement
from comity.reading import read
from comity.reading.captions import captions
from comity.reading.mentions import Mention
from comity.reading.referring import entities

__all__ = ["entities_in", "statements"]


def statements(
    text: str, predicate: str | None = None, *, published: str | None = "2025-03-05", home_state: str = "OH"
) -> list[Statement]:
    """The statements that rules alone read from a text, of one predicate where it is named."""
    document = documents.parse(
        text.encode(), path="story.txt", publication=Publication(published=published, home_state=home_state)
    )
    found = read(document, replace(vocabulary.load(), weights=None), gazetteer.load()).statements
    return [item for item in found if predicate is None or item.predicate == predicate]


def entities_in(text: str, home: str | None = None) -> tuple[Mention, ...]:
    """The mentions of a text from Ohio; ``home`` is the state that its outlet is known to be in."""
    places = resolve_places(text, home_state="OH")
    return entities(text, places, find_bodies(text, "OH", places), gazetteer.load(), home, captions(text))
