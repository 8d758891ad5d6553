"""An attribution in words of one sentence, before it becomes spans of the text."""

from __future__ import annotations

from dataclasses import dataclass

from comity.model import Pair

__all__ = ["Found"]


@dataclass(slots=True)
class Found:
    """Source, cue and content as spans of words, and how they were found."""

    source: Pair | None
    cue: Pair
    content: list[Pair]  # empty where the content is the quotation that follows in the next sentence
    speech: bool
    at: int  # the word that attributes
    how: str  # the frame that fitted
    lemma: str
    kind: str = ""  # of the verb group: finite, inf, ing, pp
    quote: int = -1  # the quotation that the content is or begins with
    embeds: bool = False  # a plain act of saying by a named party, worth keeping inside another's content
