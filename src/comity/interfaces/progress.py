"""Progress on long work: a bar on a terminal, nothing in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

from rich.console import Console
from rich.progress import track

__all__ = ["progress"]

Item = TypeVar("Item")

_FEW = 8  # with fewer items a bar only flickers


def progress(items: Iterable[Item], total: int, what: str = "Reading") -> Iterator[Item]:
    """The items, with a bar on standard error where that is a terminal."""
    if total < _FEW or not sys.stderr.isatty():
        yield from items
        return
    yield from track(items, what, total, console=Console(stderr=True), transient=True)
