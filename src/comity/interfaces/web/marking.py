"""A sentence in pieces, so that a page can mark who says it and the words by which it is told that they do."""

from __future__ import annotations

import re
from typing import NamedTuple

from comity.model import Statement

__all__ = ["Piece", "pieces"]


class Piece(NamedTuple):
    """A part of a sentence; ``role`` is ``source``, ``cue`` or empty."""

    text: str
    role: str


def pieces(statement: Statement) -> tuple[Piece, ...]:
    """The evidence sentence of a statement: its sources and cues apart from the rest, where they stand in it."""
    exact = statement.evidence.exact or ""
    taken: list[tuple[int, int, str]] = []
    for link in statement.attribution:
        for role, words in (("source", link.source), ("cue", link.cue)):
            found = _free(exact, words, taken) if words else None
            if found:
                taken.append((*found, role))
    parts: list[Piece] = []
    at = 0
    for start, end, role in sorted(taken):
        parts += [Piece(exact[at:start], ""), Piece(exact[start:end], role)]
        at = end
    return tuple(part for part in (*parts, Piece(exact[at:], "")) if part.text)


def _free(exact: str, words: str, taken: list[tuple[int, int, str]]) -> tuple[int, int] | None:
    """Where whole words first stand in a sentence, clear of what is marked already."""
    for found in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", exact):
        if all(found.end() <= start or end <= found.start() for start, end, _ in taken):
            return found.span()
    return None
