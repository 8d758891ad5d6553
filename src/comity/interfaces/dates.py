"""Dates as people give them on a command line or in an address."""

from __future__ import annotations

from datetime import date, datetime

from comity.errors import UsageError

__all__ = ["day"]


def day(given: str | None, option: str) -> str | None:
    """An ISO day or instant, unchanged; None stays None. UsageError where it is neither."""
    if given is None:
        return None
    try:
        (datetime if "T" in given else date).fromisoformat(given)
    except ValueError as error:
        raise UsageError(f"{given!r} is no date", where=option, hint="write YYYY-MM-DD") from error
    return given
