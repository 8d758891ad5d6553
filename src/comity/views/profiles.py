"""An account in plain counts, and how it words the topic's concepts. Nobody is rated: these are counts of a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from comity.model import AttributionMention, Document, Pair, Statement
from comity.reading import quotations
from comity.vocabulary import Concept

__all__ = ["Profile", "Term", "TermCell", "profile", "terms"]

_WORD = re.compile(r"\w+(?:['’-]\w+)*")


@dataclass(frozen=True, slots=True)
class Profile:
    """An account in plain counts.

    Of its ``facts`` so many are ``dated``, have a place that is known (``located``) and stand in no other account
    (``alone``). Of its statements so many are in its own voice, attributed, uncertain. ``sources_named`` counts names,
    a name and its short form once; ``sources_unnamed`` counts attributions to sources without a name.
    ``share_in_others_words`` is the part of the text that somebody is reported to say. ``papers`` are the official
    documents that it refers to, as printed.
    """

    facts: int
    dated: int
    located: int
    alone: int
    own_voice: int
    attributed: int
    uncertain: int
    sources_named: int
    sources_unnamed: int
    share_in_others_words: float
    papers: tuple[str, ...]
    words: int


@dataclass(frozen=True, slots=True)
class TermCell:
    """The wordings of one account for one concept."""

    account: str
    own_voice: tuple[str, ...]
    quoted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """One concept of the topic and how each account words it."""

    concept: str
    cells: tuple[TermCell, ...]


def profile(
    document: Document,
    statements: Sequence[Statement],
    attributions: Sequence[AttributionMention],
    papers: re.Pattern[str] | None,
    **facts: int,
) -> Profile:
    """The counts of one account. ``facts`` are those of its facts: facts, dated, located, alone."""
    voices = [statement.voice for statement in statements]
    spoken = [mention for mention in attributions if mention.speech]
    covered = _covered([span for mention in spoken for span in mention.content])
    named = [_speaker(document.text, mention) for mention in spoken if mention.named and mention.source]
    found = papers.findall(document.text) if papers else []
    return Profile(
        **facts,
        own_voice=voices.count("own"),
        attributed=voices.count("attributed"),
        uncertain=voices.count("uncertain"),
        sources_named=len(_people(named)),
        sources_unnamed=sum(not mention.named for mention in spoken),
        share_in_others_words=round(covered / max(1, len(document.text)), 3),
        papers=tuple(sorted({" ".join(name.split()) for name in found})),
        words=len(_WORD.findall(document.text)),
    )


def _speaker(text: str, mention: AttributionMention) -> frozenset[str]:
    start, end = mention.speaker or mention.source[0]
    words = _WORD.findall(text[start:end])
    names = [word for word in words if word[:1].isupper()]
    return frozenset(word.removesuffix("'s").removesuffix("’s") for word in names or words)


def _people(names: Iterable[frozenset[str]]) -> list[frozenset[str]]:
    """The names without those that are the short form of another: "Ruiz" of "Police Chief Ana Ruiz"."""
    kept: list[frozenset[str]] = []
    for name in sorted(set(names), key=lambda each: (-len(each), sorted(each))):
        if name and not any(name <= other for other in kept):
            kept.append(name)
    return kept


def _covered(spans: Iterable[Pair]) -> int:
    total, reached = 0, 0
    for start, end in sorted(spans):
        total += max(0, end - max(start, reached))
        reached = max(reached, end)
    return total


def terms(
    accounts: Iterable[tuple[Document, Sequence[AttributionMention]]], concepts: Iterable[Concept]
) -> tuple[Term, ...]:
    """How each account words each concept, in its own voice and in others' words; unused concepts are left out.

    Others' words are what somebody is reported to say, and what stands in quotation marks.
    """
    told = [(document, _others(document, mentions)) for document, mentions in accounts]
    result = []
    for concept in concepts:
        wordings = sorted(concept.wordings, key=lambda words: (-len(words), words))
        pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, wordings))})(?!\w)", re.IGNORECASE)
        cells = tuple(_term_cell(document, others, pattern) for document, others in told)
        if any(cell.own_voice or cell.quoted for cell in cells):
            result.append(Term(concept.label, cells))
    return tuple(result)


def _others(document: Document, mentions: Sequence[AttributionMention]) -> tuple[Pair, ...]:
    spoken = [span for mention in mentions if mention.speech for span in mention.content]
    return (*spoken, *(each.inner for each in quotations.find(document.text)))


def _term_cell(document: Document, others: Sequence[Pair], pattern: re.Pattern[str]) -> TermCell:
    own: set[str] = set()
    quoted: set[str] = set()
    for found in pattern.finditer(document.text):
        inside = any(start <= found.start() and found.end() <= end for start, end in others)
        (quoted if inside else own).add(found[0].lower())
    return TermCell(document.id, tuple(sorted(own)), tuple(sorted(quoted)))
