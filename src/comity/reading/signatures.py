"""Signature blocks: which side signed on which day, from typed, stamped and digital dates near their labels.

A block is a column of a page: pages are laid out so that columns stand apart by three blanks or more
(:mod:`comity.documents.layout`). A date belongs to the label in its column on the same line or just below it; a side is
told by the heading above, else by the signer's office below.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from comity.vocabulary import language

__all__ = ["Dated", "Side", "Signature", "Words", "date_in", "pattern", "signatures"]

Side = Literal["agency", "federal", "other"]
CELL = re.compile(r"\S+(?:[^\S\n\f]{1,2}\S+)*")
RIGHT = 25  # letters from the margin: what begins further right may be a second column
BEFORE = 2  # lines between a date and the label below it, where it was typed above its rule
AFTER = 6  # lines below a label that its date, or a digital signature, may stand on


@dataclass(frozen=True, slots=True)
class Words:
    """A span of a document's text with its exact words."""

    start: int
    end: int
    exact: str

    @classmethod
    def at(cls, text: str, start: int, end: int) -> Words:
        """The words of a text at a span."""
        return cls(start, end, text[start:end])


@dataclass(frozen=True, slots=True)
class Dated:
    """A day or interval (EDTF, with its ISO ends; None where open) and the words that carry it."""

    edtf: str
    earliest: str
    latest: str | None
    words: Words


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature: whose side it stands for, and its day, None where it isn't legible in the text."""

    side: Side
    date: Dated | None


@dataclass(frozen=True, slots=True)
class _Cell:
    line: int
    column: int
    start: int
    end: int
    text: str


@lru_cache(maxsize=256)
def pattern(cue: str) -> re.Pattern[str]:
    """The compiled pattern of a cue: a blank stands for any blanks, capitals don't matter."""
    return re.compile(
        re.sub(r"(?<!\\) (\?)?", lambda match: r"\s*" if match.group(1) else r"\s+", cue),
        re.IGNORECASE | re.MULTILINE | re.DOTALL,
    )


@lru_cache(maxsize=1)
def _date_forms() -> tuple[re.Pattern[str], ...]:
    cues = language("forms")["dates"]
    months = "|".join(f"{month}|{month[:3]}" for month in cues["months"])
    return tuple(pattern(form.replace("{months}", months)) for form in cues["forms"])


def date_in(text: str, start: int, end: int) -> Dated | None:
    """The first date within a span, as a day; None where there is none, or none that the calendar has."""
    cues = language("forms")
    found = []
    for form in _date_forms():
        for match in form.finditer(text, start, end):
            day = _day(match.groupdict(), cues["dates"]["months"], cues["signing"]["first_year"])
            if day:
                found.append((match.start(), -match.end(), day))
    if not found:
        return None
    first, last, day = min(found)
    return Dated(day, day, day, Words.at(text, first, -last))


def _day(parts: Mapping[str, str | None], months: Sequence[str], first_year: int) -> str | None:
    year = int((parts["year"] or "0").replace(" ", ""))
    year += 2000 if year < 100 else 0
    name = (parts.get("month") or "").lower()
    month = next((at for at, full in enumerate(months, start=1) if name and full.startswith(name[:3])), 0)
    try:
        day = datetime.date(year, month or int(parts.get("m") or 0), int((parts["day"] or "0").replace(" ", "")))
    except ValueError:
        return None
    return day.isoformat() if day.year >= first_year else None


def signatures(text: str, agency: str) -> tuple[Signature, ...]:
    """The signatures of an agreement, in the order of its columns; ``agency`` tells its side where titles don't."""
    cues = language("forms")["signing"]
    begin = pattern(cues["begin"]).search(text)
    if begin is None:
        return ()
    limit = min(len(text), begin.end() + cues["reach"])
    end = pattern(cues["end"]).search(text, begin.end(), limit)
    marks = pattern(f"{cues['label']}|{cues['heading']}")
    cells = list(_cells(text, begin.end(), end.start() if end else limit, marks))
    found: list[tuple[Side | None, Dated | None]] = []
    for column in _columns(cells, cues):
        found.extend(_column_signatures(text, column, cues, agency))
    return tuple(Signature(side or _other_side([told for told, _ in found]), date) for side, date in found)


def _other_side(sides: Sequence[Side | None]) -> Side:
    """The side of a signature that nothing tells: of two, the one that the other isn't."""
    told = [side for side in sides if side]
    if len(sides) == 2 and told == ["federal"]:
        return "agency"
    return "federal" if len(sides) == 2 and told == ["agency"] else "other"


def _cells(text: str, start: int, end: int, marks: re.Pattern[str]) -> Iterator[_Cell]:
    """The stretches of each line that stand apart; a second label or heading in a stretch begins a right column."""
    at = start
    for number, line in enumerate(text[start:end].split("\n")):
        marked = False
        for match in CELL.finditer(line):
            begins = marks.match(match.group()) is not None
            second = [mark.start() for mark in marks.finditer(match.group()) if mark.start() > 0]
            split = second[0] if second and begins else len(match.group())
            for begin, stop in ((0, split), (split, len(match.group()))):
                part = match.group()[begin:stop].rstrip()
                if part:
                    column = max(match.start() + begin, RIGHT if begin or (begins and marked) else 0)
                    first = at + match.start() + begin
                    yield _Cell(number, column, first, first + len(part), part)
            marked = marked or begins
        at += len(line) + 1


def _columns(cells: Sequence[_Cell], cues: Mapping[str, Any]) -> list[list[_Cell]]:
    """The cells of the left and, where labels or headings stand there, of the right column."""
    marks = (pattern(cues["label"]), pattern(cues["heading"]))
    rights = [cell.column for cell in cells if cell.column >= RIGHT and any(mark.match(cell.text) for mark in marks)]
    digital = pattern(cues["digital"])
    rights = [at for at in rights if not any(digital.search(cell.text) and abs(cell.column - at) < 3 for cell in cells)]
    if not rights:
        return [list(cells)]
    edge = min(rights) - 4
    return [[cell for cell in cells if cell.column < edge], [cell for cell in cells if cell.column >= edge]]


def _column_signatures(
    text: str, cells: Sequence[_Cell], cues: Mapping[str, Any], agency: str
) -> Iterator[tuple[Side | None, Dated | None]]:
    label, heading = pattern(cues["label"]), pattern(cues["heading"])
    labels = [at for at, cell in enumerate(cells) if _is_label(text, cell, label)]
    for index, at in enumerate(labels):
        following = labels[index + 1] if index + 1 < len(labels) else len(cells)
        date = _label_date(text, cells, at, following, cues)
        above = [cell.text for cell in cells[:at] if heading.match(cell.text)]
        previous = labels[index - 1] if index else -1
        since = [cell.text for cell in cells[previous + 1 : at] if heading.match(cell.text)]
        below = [cell.text for cell in cells[at + 1 : following] if not heading.match(cell.text)]
        yield _side((since or above)[-1:], below, cues, agency), date


def _is_label(text: str, cell: _Cell, label: re.Pattern[str]) -> bool:
    """Whether a cell is a form's label, and not the stamp that a digital signature prints."""
    match = label.search(cell.text)
    if not match:
        return False
    stamp = date_in(text, cell.start + match.end(), cell.end)
    return match.start() == 0 and not (stamp and "." in stamp.words.exact and re.search(r"\d\d:\d\d", cell.text))


def _label_date(text: str, cells: Sequence[_Cell], at: int, following: int, cues: Mapping[str, Any]) -> Dated | None:
    """The date of a label: beside it, typed above its rule, or stamped by a digital signature below it."""
    label = cells[at]
    date = date_in(text, label.start, label.end)
    for cell in cells[at + 1 : following] if date is None else ():
        if cell.line == label.line and (date := date_in(text, cell.start, cell.end)):
            break
    for cell in reversed(cells[:at]) if date is None else ():
        if label.line - cell.line > BEFORE or pattern(cues["label"]).search(cell.text):
            break
        date = date_in(text, cell.start, cell.end)
        if date and date.words.exact.strip() == cell.text.strip():
            break
        date = None
    if date is None:
        for cell in cells[at + 1 : following]:
            if cell.line - label.line > AFTER:
                break
            if date := date_in(text, cell.start, cell.end):
                break
    return date


def _side(headings: Sequence[str], below: Sequence[str], cues: Mapping[str, Any], agency: str) -> Side | None:
    if headings:
        if pattern(cues["federal_heading"]).search(headings[-1]):
            return "federal"
        if pattern(cues["agency_heading"]).search(headings[-1]) or agency.lower() in headings[-1].lower():
            return "agency"
        return "other"
    office = "\n".join(below)
    if pattern(cues["federal_signer"]).search(office):
        return "federal"
    named = set(re.findall(r"[a-z]{4,}", agency.lower())) & set(re.findall(r"[a-z]{4,}", office.lower()))
    return "agency" if named or pattern(cues["agency_signer"]).search(office) else None
