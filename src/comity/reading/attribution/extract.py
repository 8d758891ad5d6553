"""Finds attributions: a thin version by quotations, said, told and according to."""

from __future__ import annotations

import re
from collections.abc import Sequence

from comity.model import AttributionMention, Pair
from comity.reading import quotations
from comity.reading.attribution.lexicon import lexicon
from comity.reading.sentences import split

__all__ = ["chain", "find"]

_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*\.?(?=\w|\b)|[^\w\s]")
_NP = (
    r"(?:[Tt]he |[Aa]n? |[Hh]is |[Hh]er |[Tt]heir |[Oo]ne |[Ss]ome |[Mm]any )?(?:[\w’'.&-]+ ){0,6}?[\w’'.&-]+"
)


def find(text: str) -> tuple[AttributionMention, ...]:
    """The attributions of ``text``, in order of their cues."""
    words = lexicon()
    quotes = quotations.find(text)
    mentions: list[AttributionMention] = []
    for start, end in split(text):
        inside = [q for q in quotes if q.start < end and q.end > start]
        for match in re.finditer(r"[A-Za-z]+", text[start:end]):
            at, after = start + match.start(), start + match.end()
            verb = words.verbs.get(match.group().lower())
            if verb is None or not verb.speech or "that" not in verb.frames or not verb.forms & {"past", "s"}:
                continue
            if any(q.inner[0] <= at < q.inner[1] for q in inside):
                continue
            left = text[start:at]
            source = re.search(r"(?:^|[,”\"] |\b(?:and|but|that|when|as) )([^,”\"]{1,80}?) ?$", left)
            right = re.match(r"\s*,?\s*(that )?", text[after:end])
            if source is None or not source.group(1).strip():
                back = re.match(r" ([^,.;”\"]{2,90})", text[after:end])
                if back is None or not left.rstrip().endswith((",", ",”", ',"', "?”", '?"')):
                    continue
                mentions.append(
                    AttributionMention(
                        ((after + 1, after + back.end()),), ((at, after),), ((start, start + len(left.rstrip())),), direct=bool(inside)
                    )
                )
                continue
            span = (start + source.start(1), start + source.end(1))
            begin = after + (right.end() - len(right.group(1) or "") if right else 0)
            stop = end
            while stop > begin and text[stop - 1] in ".!? ":
                stop -= 1
            if stop - begin > 12:
                content: tuple[Pair, ...] = ((begin, stop),)
            else:
                stop = start + len(left[: source.start(1)].rstrip())
                if stop <= start:
                    continue
                content = ((start, stop),)
            mentions.append(AttributionMention((span,), ((at, after),), content, direct=bool(inside)))
    return tuple(mentions)


def chain(mentions: Sequence[AttributionMention], start: int, end: int) -> tuple[int, ...]:
    """Indexes of the attributions whose content holds the span, outermost first."""
    holding = [
        (sum(b - a for a, b in mention.content), -index, index)
        for index, mention in enumerate(mentions)
        if any(a <= start and end <= b for a, b in mention.content)
    ]
    return tuple(index for _, _, index in sorted(holding, reverse=True))
