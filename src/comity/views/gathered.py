"""Changes that came together: with one edition of a list, or out of one document. Told as one entry that opens. Pure.

Use :func:`gathered` on what :func:`comity.views.changes.changes` gives, in any order; the order is kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

from comity.model import Change

__all__ = ["Gathered", "gathered", "whence"]


@dataclass(frozen=True, slots=True)
class Gathered:
    """The changes that one commit learned from one source, and how many there are of each kind.

    The source is an edition of a list, else a document; both are None where a change has no evidence.
    """

    learned: str | None
    list: str | None
    edition: str | None
    document: str | None
    changes: tuple[Change, ...]

    @property
    def kinds(self) -> Mapping[str, int]:
        """How many changes of each kind there are, the most first."""
        return dict(Counter(change.kind for change in self.changes).most_common())


def gathered(changes: Iterable[Change]) -> tuple[Gathered, ...]:
    """The changes by where they came from, each group where its first change stands."""
    groups: dict[Hashable, list[Change]] = {}
    for change in changes:
        groups.setdefault(whence(change), []).append(change)
    return tuple(_gathered(group) for group in groups.values())


def whence(change: Change) -> Hashable:
    """What the changes of one group have in common: when they were learned, and from what."""
    return change.learned, change.list, change.edition, None if change.list else _document(change)


def _gathered(group: list[Change]) -> Gathered:
    first = group[0]
    return Gathered(first.learned, first.list, first.edition, None if first.list else _document(first), tuple(group))


def _document(change: Change) -> str | None:
    return change.evidence[0].document if change.evidence else None
