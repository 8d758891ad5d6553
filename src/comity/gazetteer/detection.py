"""Which names in running text are places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.model import Pair

if TYPE_CHECKING:
    from comity.gazetteer.gazetteer import Gazetteer

__all__ = ["spans"]


def spans(gazetteer: Gazetteer, text: str) -> list[Pair]:
    """Spans of the names that are read as places, left to right."""
    return [(hit.start, hit.end) for hit in gazetteer.find(text)]
