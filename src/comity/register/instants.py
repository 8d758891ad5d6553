"""Instants as the register keeps them: whole microseconds since 1970, UTC, and the words that people write them in.

Integers compare alike in every database, and the open end of an interval is one of them (:data:`OPEN`), so that an
index answers "held at" without a special case for NULL.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import lru_cache

from comity.errors import UsageError

__all__ = ["DAY", "OPEN", "Clock", "days", "end_of", "instant", "iso", "system_clock"]

Clock = Callable[[], int]

DAY = 86_400_000_000
OPEN = 253_402_300_800_000_000  # the first instant after the year 9999

_EPOCH_ORDINAL = date(1970, 1, 1).toordinal()
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?[?~%]?\Z")


def system_clock() -> int:
    """Now; the clock that a register gets where no other is given."""
    return _microseconds(datetime.now(UTC))


@lru_cache(maxsize=65_536)
def iso(at: int) -> str | None:
    """``2025-05-28T00:00:00Z`` (with six decimals where there is a fraction); None for the open end."""
    if at >= OPEN:
        return None
    seconds, fraction = divmod(at, 1_000_000)
    whole = datetime.fromtimestamp(seconds, UTC) if seconds >= 0 else _before_1970(seconds)
    text = whole.strftime("%Y-%m-%dT%H:%M:%S").rjust(19, "0")
    return f"{text}.{fraction:06d}Z" if fraction else f"{text}Z"


@lru_cache(maxsize=16_384)
def instant(text: str) -> int:
    """The first instant of what ``text`` names: an ISO timestamp (UTC where it names no zone), a day, month or year.

    Raises UsageError for what is no date of the years 1 to 9999.
    """
    if "T" in text or " " in text.strip():
        return _timestamp(text)
    return days(text)[0]


@lru_cache(maxsize=16_384)
def end_of(text: str) -> int:
    """The instant that ``text`` means in a question "as of": of a timestamp itself, of a day (month, year) its end."""
    if "T" in text or " " in text.strip():
        return _timestamp(text)
    return days(text)[1] + DAY - 1


@lru_cache(maxsize=4096)
def days(text: str) -> tuple[int, int]:
    """First instant of the first and of the last day that an ISO day or EDTF string (level 0, ``a/b`` too) covers.

    Raises UsageError for what is no date of the years 1 to 9999.
    """
    first, slash, last = text.strip().partition("/")
    spans = [_date(part, text) for part in ((first, last) if slash else (first,))]
    if spans[0][0] > spans[-1][1]:
        raise UsageError("an interval that ends before it begins", where=text, hint="write earlier/later")
    return spans[0][0], spans[-1][1]


def _date(part: str, whole: str) -> tuple[int, int]:
    match = _DATE.match(part)
    if match:
        year, month, day = (int(group) if group else None for group in match.groups())
        try:
            assert year is not None
            first = date(year, month or 1, day or 1)
            last = date(year, month or 12, day or monthrange(year, month or 12)[1])
        except (ValueError, IndexError):
            pass
        else:
            return (first.toordinal() - _EPOCH_ORDINAL) * DAY, (last.toordinal() - _EPOCH_ORDINAL) * DAY
    raise UsageError("not a date of the years 1 to 9999", where=whole, hint="write YYYY-MM-DD")


def _timestamp(text: str) -> int:
    try:
        at = datetime.fromisoformat(text.strip())
        return _microseconds(at if at.tzinfo else at.replace(tzinfo=UTC))
    except (ValueError, OverflowError) as error:
        raise UsageError("not a timestamp", where=text, hint="write YYYY-MM-DDTHH:MM:SSZ") from error


def _microseconds(at: datetime) -> int:
    since = at - _EPOCH
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def _before_1970(seconds: int) -> datetime:
    day, rest = divmod(seconds, 86_400)
    on = date.fromordinal(day + _EPOCH_ORDINAL)
    return datetime(on.year, on.month, on.day, rest // 3600, rest // 60 % 60, rest % 60, tzinfo=UTC)
