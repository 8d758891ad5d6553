"""What a printed cell means: names folded, dates repaired where only one reading is possible, choices, links.

Pure functions of one cell. What can't be read is None: the printed form stays beside it in the entry.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein

__all__ = ["choice", "day", "days", "folded", "header", "links", "shown", "well_formed_day"]

_BLANKS = re.compile(r"\s+")
_APOSTROPHES = str.maketrans(dict.fromkeys("‘’ʼ´`′＇", "'") | dict.fromkeys("‐‑‒–—―", "-"))
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_WRITTEN = re.compile(r"([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[ T]\d{2}:\d{2}(?::\d{2})?)?")
_PARTS = re.compile(r"\d+")
_EPOCH = date(1899, 12, 30)  # day 0 of the serial numbers of spreadsheet programs


@lru_cache(maxsize=65536)
def shown(text: str) -> str:
    """A printed text in one form: compatibility characters, apostrophes, dashes, runs of blanks."""
    text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).translate(_APOSTROPHES)
    return _BLANKS.sub(" ", text).strip()


@lru_cache(maxsize=65536)
def folded(text: str) -> str:
    """A printed text for comparison: as :func:`shown`, without case."""
    return shown(text).casefold()


def header(text: str) -> str:
    """A header for comparison: letters and digits alone, without case."""
    return "".join(filter(str.isalnum, folded(text)))


def day(text: str, earliest: str | None = None, latest: str | None = None) -> str | None:
    """The ISO day that a cell prints, if there is one reading and it lies between the two given days.

    American order (month, day, year). Separators that were forgotten are put back where only one place yields a
    date: ``05/082025`` is 2025-05-08, ``7/72025`` is 2025-07-07; ``20026`` stays unread.
    """
    low, high = earliest or "1900-01-01", latest or "2100-12-31"
    found = [iso for iso in days(text) if low <= iso <= high]
    return found[0] if len(found) == 1 else None


@lru_cache(maxsize=16384)
def days(text: str) -> tuple[str, ...]:
    """Every ISO day that a cell could mean, whatever its year."""
    return tuple(sorted(_days(shown(text))))


def well_formed_day(text: str) -> bool:
    """Whether a text prints a day in full, so that nothing had to be repaired."""
    return bool(_ISO.fullmatch(text) or _WRITTEN.fullmatch(text)) or len(_PARTS.findall(text)) == 3


def _days(text: str) -> set[str]:
    if match := _ISO.fullmatch(text):
        return _valid(*map(int, match.groups()))
    if match := _WRITTEN.fullmatch(text):
        month = match[1][:3].casefold()
        return _valid(int(match[3]), _MONTHS.index(month) + 1, int(match[2])) if month in _MONTHS else set()
    if re.search(r"[^\d/.\- ]", text):
        return set()
    parts = _PARTS.findall(text)
    if len(parts) == 1 and len(parts[0]) == 5:
        return {(_EPOCH + timedelta(days=int(parts[0]))).isoformat()}
    if len(parts) == 3 and all(parts):
        return _numbers(*parts)
    # Fewer than two separators: every way to cut the digits that keeps those that are printed.
    digits, cuts, at = "".join(parts), set(), 0
    for part in parts[:-1]:
        at += len(part)
        cuts.add(at)
    found: set[str] = set()
    for first in (1, 2):
        for second in (1, 2):
            if len(digits) - first - second == 4 and cuts <= {first, first + second}:
                found |= _numbers(digits[:first], digits[first : first + second], digits[first + second :])
    return found


def _numbers(month: str, day_: str, year: str) -> set[str]:
    if len(month) > 2 or len(day_) > 2 or len(year) not in (2, 4):
        return set()
    return _valid(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day_))


def _valid(year: int, month: int, day_: int) -> set[str]:
    try:
        return {date(year, month, day_).isoformat()}
    except ValueError:
        return set()


def choice(text: str, values: Sequence[tuple[str, tuple[str, ...]]]) -> str | None:
    """The value that a cell prints: its wording, else the only wording within one edit in eight letters."""
    printed = folded(text)
    near: set[str] = set()
    for value, wordings in values:
        for wording in wordings:
            known = folded(wording)
            if known == printed:
                return value
            if len(known) >= 8 and DamerauLevenshtein.distance(known, printed) <= len(known) // 8:
                near.add(value)
    return near.pop() if len(near) == 1 else None


def links(link: str | None) -> tuple[str, ...]:
    """The links of a cell, in their order, each once."""
    return tuple(dict.fromkeys(link.split())) if link else ()
