"""Personal names by their shape: runs of capitals that are, or could be, somebody's name.

Use :func:`find` for the names of a text. What the gazetteer found is no name, nor is a run that a body's word ends
("Lake Street Workers Alliance", "the Laken Riley Act"). ``persons`` judges those that shape leaves open.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from comity.model import Pair
from comity.reading.name_words import Word, is_common, kind_of, lower_words, words
from comity.reading.sentences import paragraphs

__all__ = ["LIKELY", "OPEN", "SURE", "Name", "find"]

SURE, LIKELY, OPEN = 3, 2, 1  # a name by its shape; no other word; by its context only


@dataclass(frozen=True, slots=True)
class Name:
    """A run of words that may be a personal name. ``parts`` are its words, without honorific, particle and suffix."""

    start: int
    end: int
    parts: tuple[str, ...]
    strength: int
    given: bool  # its first word is a given name
    honorific: bool
    opening: bool  # it stands first in its sentence


_OPENED = re.compile(r"\s+[\"“'‘(]")  # before a nickname, and after it
_CLOSED = re.compile(r"[\"”'’)]\s+")
_BLANK = re.compile(r"[ \t\u00a0]+|[ \t\u00a0]*\n[ \t\u00a0]*")
_POSSESSED = re.compile(r"['’]s\s+([A-Z][\w'’]*)")


def find(text: str, known: Sequence[Pair]) -> tuple[Name, ...]:
    """The names of a text in order, without overlap. ``known`` are the spans of places and bodies, sorted."""
    lower = lower_words(text)
    found: list[Name] = []
    for start, end in paragraphs(text):
        block = words(text, start, end, lower)
        titled = _title_case(block)
        for run in _runs(text, block):
            for piece in _without_known(run, known):
                possessed = _POSSESSED.match(text, piece[-1].end)
                of_body = possessed is not None and kind_of(possessed[1]) == "B"  # "Mary's Cathedral"
                found += [name for segment in _segments(piece, of_body) if (name := _name(segment, titled))]
    return tuple(found)


def _title_case(block: Sequence[Word]) -> bool:
    """Whether a paragraph is printed as headlines are: capitals nearly throughout."""
    letters = [word for word in block if word.text[0].isalpha() and len(word.text) > 3]
    return len(letters) >= 4 and sum(word.text[0].isupper() for word in letters) >= 0.75 * len(letters)


def _runs(text: str, block: Sequence[Word]) -> Iterator[list[Word]]:
    """Words with capitals that stand side by side, with the particles and nicknames between them."""
    run: list[Word] = []
    for at, word in enumerate(block):
        joined = run and (_BLANK.fullmatch(text, run[-1].end, word.start) or _beside(text, run[-1], word))
        if word.kind == "p" and joined and _leads_on(text, block, at):
            run.append(word)
            continue
        if word.kind in "xp":
            if run:
                yield _trimmed(run)
            run = []
            continue
        if run and not joined:
            yield _trimmed(run)
            run = []
        run.append(word)
    if run:
        yield _trimmed(run)


def _beside(text: str, left: Word, right: Word) -> bool:
    """Whether only a nickname, or a comma before "Jr.", stands between two words."""
    between = text[left.end : right.start]
    if right.kind == "S" and between in (", ", ","):
        return True
    if _OPENED.fullmatch(between):
        return (
            left.kind in "GgUI"
            and right.kind in "GgUC"
            and "-" not in right.text
            and text[right.end : right.end + 1] in "\"”'’)"
        )
    return bool(_CLOSED.fullmatch(between)) and text[left.start - 1 : left.start] in "\"“'‘("


def _leads_on(text: str, block: Sequence[Word], at: int) -> bool:
    """Whether a particle is followed by more particles and then a capital."""
    last = block[at]
    for word in block[at + 1 : at + 4]:
        if not _BLANK.fullmatch(text, last.end, word.start):
            return False
        if word.kind != "p":
            return word.kind not in "xTHXBR" and word.text[0].isalpha()
        last = word
    return False


def _trimmed(run: list[Word]) -> list[Word]:
    while run and run[-1].kind == "p":
        run = run[:-1]
    return run


def _without_known(run: list[Word], known: Sequence[Pair]) -> Iterator[list[Word]]:
    """The pieces of a run outside of known names; a given name before or after a town's name makes it a surname."""
    at = bisect_left(known, (max(0, run[0].start - 200), 0)) if run else len(known)
    cut: set[int] = set()
    for start, end in known[at:]:
        if start >= run[-1].end:
            break
        inside = [index for index, word in enumerate(run) if start < word.end and word.start < end]
        if len(inside) != 1 or not _is_part(run, inside[0]):
            cut.update(inside)
    piece: list[Word] = []
    for index, word in enumerate(run):
        if index not in cut:
            piece.append(word)
        elif piece:
            yield piece
            piece = []
    if piece:
        yield piece


def _is_part(run: Sequence[Word], at: int) -> bool:
    """Whether the one word of a known name is a part of a person's: "Brenda Houston", "Madison Okafor"."""
    before = run[at - 1].kind if at else ""
    after = run[at + 1].kind if at + 1 < len(run) else ""
    if before in ("G", "g", "I", "H"):
        return after not in ("B", "E")
    if before == "U" and at == 1:
        return after == ""
    return run[at].kind == "G" and after in ("U", "G", "I") and before in ("", "T", "H", "R")


def _segments(run: Sequence[Word], of_body: bool) -> Iterator[list[Word]]:
    """What is left of a run between titles, days and peoples; what a body's word ends is left out."""
    capitals = sum(word.text.isupper() and len(word.text) > 1 for word in run)
    shouted = capitals >= 2 and any(word.kind in "Gg" for word in run)  # a name in a line of capitals
    segment: list[Word] = []
    for index, word in enumerate(run):
        kind = _within(word.kind, segment, shouted, index + 1 == len(run))
        if kind in "TRXBA" or (kind == "E" and not segment):
            if segment and kind != "B":
                yield segment
            segment = []
        else:
            segment.append(word._replace(kind=kind))
    if segment and (not of_body or segment[0].kind == "H"):
        yield segment


def _within(kind: str, segment: Sequence[Word], shouted: bool, last: bool) -> str:
    """What a word is after the words before it: "Mark Cuban" and "Dara Warden" end in surnames."""
    begun = bool(segment) and segment[0].kind in "GgIH" and segment[-1].kind in "GgIU"
    if kind == "A":
        return "U" if shouted else "A"
    if kind == "e":
        return "U" if begun else "X"
    if kind == "T" and last and begun and segment[0].kind != "H":
        return "U"
    return kind


def _name(segment: Sequence[Word], titled: bool) -> Name | None:
    """The name that a segment is, with how sure that is; None where it can be none."""
    found = list(segment)
    while len(found) > 1 and found[0].opening and found[0].kind in "Cp" and found[1].kind in "CpGgIH":
        found = found[1:]
    while found and found[-1].kind == "p":
        found = found[:-1]
    found = _short(found) if titled else found
    core = [word for word in found if word.kind in "GgIUCE"]
    if not core:
        return None
    first, honorific = core[0], found[0].kind == "H"
    given = first.kind == "G"
    if first.kind == "g" and len(core) > 1 and core[1].kind in "UGI":
        given = not (first.opening and is_common(first.text))
    named = given or first.kind == "I"
    kinds = {word.kind for word in core}
    if not honorific and ((titled and not named) or ("E" in kinds and not named)):
        return None
    strength = OPEN
    if honorific or (len(core) > 1 and named and "E" not in kinds):
        strength = SURE
    elif len(core) > 1 and kinds <= set("UGgI"):
        strength = LIKELY
    parts = tuple(word.text.rstrip(".") for word in core)
    return Name(found[0].start, found[-1].end, parts, strength, given, honorific, found[0].opening)


def _short(found: list[Word]) -> list[Word]:
    """In a headline a name is its given name and at most two found after it that are no other word."""
    for at, word in enumerate(found):
        if word.kind in "GgH":
            end, taken = at + 1, 0
            while end < len(found) and taken < 3 and found[end].kind in "GUIpSE":
                taken += found[end].kind != "p"
                end += 1
            return found[at:end]
    return found
