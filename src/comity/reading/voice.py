"""Voice: whose words a statement stands in, and the chain of sources, outermost first.

A head inside the content of an attribution is that source's claim. Where only a cue without a source, or a quotation
that nobody is given for, shows that these are somebody's words, the voice is ``uncertain``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from comity.model import Attribution, AttributionMention, Pair, Support, Voice
from comity.reading.attribution import chain
from comity.reading.quotations import Quotation

__all__ = ["Heard", "hear", "layer", "words"]


@dataclass(frozen=True, slots=True)
class Heard:
    """Whose words: the voice, the chain, and the spans that show it."""

    voice: Voice
    attribution: tuple[Attribution, ...]
    support: tuple[Support, ...]


def words(text: str, spans: Sequence[Pair]) -> str | None:
    """The words of a discontinuous span in their order, as printed; None where there are none."""
    return " ".join(text[start:end] for start, end in spans) or None


def layer(mentions: Sequence[AttributionMention], start: int, end: int) -> tuple[int, ...]:
    """The attributions whose content holds a span, outermost first: two spans of one layer are said by one mouth."""
    return tuple(index for index in chain(mentions, start, end) if mentions[index].speech)


def hear(
    text: str,
    mentions: Sequence[AttributionMention],
    quotations: Sequence[Quotation],
    head: Pair,
    sentence: Pair,
) -> Heard:
    """The voice of the words at ``head``."""
    links: list[Attribution] = []
    support: list[Support] = []
    for index in layer(mentions, *head):
        mention = mentions[index]
        source = words(text, mention.source)
        spans = [("cue", mention.cue), ("source", mention.source)]
        if mention.speaker is not None:
            source = text[slice(*mention.speaker)]
            spans[1] = ("source", (mention.speaker,))
        links.append(Attribution(source, mention.named, words(text, mention.cue), mention.direct))
        for slot, parts in spans:
            if parts:
                start, end = parts[0][0], parts[-1][1]
                if not (sentence[0] <= start and end <= sentence[1]):
                    support.append(Support(slot, start, end, text[start:end]))
    if any(link.source is None for link in links) and not any(link.source for link in links):
        return Heard("uncertain", tuple(links), tuple(support))
    if links:
        return Heard("attributed", tuple(links), tuple(support))
    quoted = any(quotation.start <= head[0] and head[1] <= quotation.end for quotation in quotations)
    return Heard("uncertain" if quoted else "own", (), ())
