"""The page: what is known of a document when its sentences are read.

Made once a document (:func:`comity.reading.rules.page_of`); rules, slots and weights look at it and never change it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from comity.gazetteer import Gazetteer
from comity.model import DateMention, Pair
from comity.reading.mentions import Mention
from comity.vocabulary import Vocabulary

__all__ = ["Page", "inside", "within"]


@dataclass(frozen=True, slots=True)
class Page:
    """What is known of the document when its sentences are read. ``masked`` is the text without near misses."""

    text: str
    masked: str
    opening: int  # where the document's opening ends: its headline and first sentences
    paragraphs: tuple[Pair, ...]
    sentences: tuple[Pair, ...]
    mentions: tuple[Mention, ...]
    dates: tuple[DateMention, ...]
    vocabulary: Vocabulary
    gazetteer: Gazetteer
    captions: tuple[Pair, ...] = ()
    topical: tuple[int, ...] = ()  # where words of the topic's gate stand
    answers: dict[tuple[str, Pair], bool] = field(default_factory=dict)  # what has been looked for, and where


def inside(page: Page, sentence: Pair) -> tuple[Mention, ...]:
    """The mentions that stand in a sentence."""
    return tuple(item for item in page.mentions if within(item, sentence))


def within(mention: Mention, span: Pair) -> bool:
    """Whether a mention stands in a span, whole."""
    return span[0] <= mention.start and mention.end <= span[1]
