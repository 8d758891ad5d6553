"""The reader's measured figures, as the package carries them: how often statements of each predicate are right.

``python -m tests.quality --write`` measures and writes them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import msgspec

from comity.model import Statement

__all__ = ["Precision", "Quality", "precision", "quality"]


@dataclass(frozen=True, slots=True)
class Precision:
    """Of ``found`` statements of one predicate, ``right`` were right when measured."""

    right: int
    found: int


@dataclass(frozen=True, slots=True)
class Quality:
    """The figures of the golden stories: by predicate and of all; of those held out, precision and recall."""

    stories: int
    reader: str
    all: Precision
    held_out: Precision
    recall: Precision
    predicates: Mapping[str, Precision]


@lru_cache(maxsize=1)
def quality() -> Quality:
    """The figures of this version."""
    data = resources.files("comity").joinpath("data", "quality.json").read_bytes()
    return msgspec.json.decode(data, type=Quality)


def precision(statement: Statement) -> Precision | None:
    """How often statements of this predicate are right; None for a list's row, which stands as printed."""
    return None if statement.evidence.cells is not None else quality().predicates.get(statement.predicate)
