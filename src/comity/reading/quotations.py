"""Quotations of a text: which spans stand between quotation marks, and which of them go on in the next paragraph.

Use :func:`find` for the quotations of a text in order. Knows straight, curly, single (British) and doubled single
marks, apostrophes inside words, quotations within quotations (only the outer one is given), and paragraphs that open a
quotation without closing it because the next one goes on (the newspapers' rule).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from comity.model import Pair
from comity.reading.sentences import paragraphs

__all__ = ["Quotation", "find"]

_MARK = re.compile(r"[\"“”„«»]|''|``|[‘’']")
_SINGLE = re.compile(r"['’]")


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quotation: its span with the marks, its span without, and whether the next paragraph goes on with it."""

    start: int
    end: int
    inner: Pair
    open: bool = False  # no closing mark: goes on in the next paragraph, or the mark was forgotten
    single: bool = False


def find(text: str, blocks: Sequence[Pair] | None = None) -> tuple[Quotation, ...]:
    """The outermost quotations of ``text``, in order. ``blocks`` are its paragraphs, if the caller has them already."""
    found: list[Quotation] = []
    for start, end in paragraphs(text) if blocks is None else blocks:
        found.extend(_paragraph(text, start, end))
    return tuple(found)


def _paragraph(text: str, start: int, end: int) -> list[Quotation]:  # noqa: C901  (one case a mark)
    found: list[Quotation] = []
    opened: tuple[int, int, str] | None = None  # start of the mark, end of the mark, kind
    for match in _MARK.finditer(text, start, end):
        mark, at, after = match.group(), match.start(), match.end()
        before = text[at - 1] if at > start else " "
        following = text[after] if after < end else " "
        if mark in ("‘", "’", "'"):
            if opened is not None and opened[2] != "single":
                continue
            if opened is None:
                opens = mark != "’" and not before.isalnum() and (following.isalnum() or following in "[(…")
                if opens and _closes_single(text, after, end):
                    opened = (at, after, "single")
            elif not following.isalnum() and (mark != "‘") and not _possessive(text, at, end):
                found.append(Quotation(opened[0], after, (opened[1], at), single=True))
                opened = None
            continue
        opening = mark in ("“", "„", "«", "``") or (
            mark in ('"', "''")
            and not following.isspace()
            and (not (before.isalnum() or before in ".,!?…;:”’)") or opened is None)
        )
        if opened is None:
            if mark in ("”", "»"):
                continue
            if opening:
                opened = (at, after, "double")
        elif opened[2] == "single":
            if mark in ("”",):
                continue
        elif mark == "“" and not before.isspace() and (following.isspace() or following in ".,;:!?)—–"):
            found.append(Quotation(opened[0], after, (opened[1], at)))  # a closing mark set the wrong way round
            opened = None
        elif mark in ("“", "«", "``"):
            # a new opening mark inside an open quotation: the first was never closed
            continue
        else:
            found.append(Quotation(opened[0], after, (opened[1], at)))
            opened = None
    if opened is not None and opened[2] == "double":
        found.append(Quotation(opened[0], end, (opened[1], end), open=True))
    return found


def _closes_single(text: str, after: int, end: int) -> bool:
    """Whether a single mark closes what opens before ``after``: not an apostrophe as in ’tis or '90s."""
    return any(
        match.start() > after and not text[match.end() : match.end() + 1].isalnum() and text[match.start() - 1] != " "
        for match in _SINGLE.finditer(text, after, min(end, after + 600))
    )


def _possessive(text: str, at: int, end: int) -> bool:
    """Whether the mark at ``at`` is the apostrophe of a plural ("the officers' duty"), a closing mark still ahead."""
    if text[at - 1] not in "sSzx":
        return False
    following = text[at + 1 : at + 2]
    if following != " ":
        return False
    later = re.search(r"[^\s]['’](?!\w)", text[at + 1 : min(end, at + 300)])
    return later is not None and not re.search(r"[‘]|(?<!\w)'(?=\w)", text[at + 1 : at + 1 + later.start()])
