"""What is too long to be a sentence is passed over: reading it would take time that grows with its square.

Use :func:`passed_over` for its spans, :func:`readable` for the document to read, :func:`clipped` on what was read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from comity.model import Document, Pair, Statement
from comity.reading.sentences import paragraphs, split

__all__ = ["LONGEST", "clipped", "passed_over", "readable", "told"]

LONGEST = 4000
"""Characters of a sentence at most: the longest of 1,000 news stories has 1,300; one of 20,000 took 25 seconds."""


def passed_over(text: str) -> tuple[Pair, ...]:
    """The spans of ``text`` that would be sentences of more than :data:`LONGEST` characters."""
    if all(end - start <= LONGEST for start, end in paragraphs(text)):
        return ()  # no sentence reaches beyond its paragraph
    return tuple(span for span in split(text) if span[1] - span[0] > LONGEST)


def told(spans: Sequence[Pair]) -> tuple[str, ...]:
    """What a person should know of them, a note each."""
    return tuple(f"{end - start:,} characters at {start} have no end of a sentence: not read" for start, end in spans)


def readable(document: Document, spans: Sequence[Pair]) -> Document:
    """The document with an empty line in the place of each of ``spans``: whatever else stands in it keeps its place."""
    if not spans:
        return document
    parts: list[str] = []
    at = 0
    for start, end in spans:
        parts += (document.text[at:start], "\n", " " * (end - start - 2), "\n")
        at = end
    return replace(document, text="".join((*parts, document.text[at:])))


def clipped(statement: Statement, spans: Sequence[Pair]) -> Statement:
    """A statement whose context ends where a span begins: nobody has looked whether it holds a private name."""
    at = statement.evidence
    if not spans or at.start is None or at.end is None:
        return statement
    prefix, suffix = at.prefix or "", at.suffix or ""
    before = max((end for _, end in spans if end <= at.start), default=0)
    after = min((start for start, _ in spans if start >= at.end), default=at.end + len(suffix))
    kept = replace(at, prefix=prefix[max(0, len(prefix) - (at.start - before)) :], suffix=suffix[: after - at.end])
    return replace(statement, evidence=kept)
