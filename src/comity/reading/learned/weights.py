"""The weights of a topic: linear models in whole numbers, from ``weights.json.gz`` in the topic's folder.

Use :func:`load` on a vocabulary's file. ``scripts/train_weights.py`` makes it; its model card stands beside it.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp
from pathlib import Path
from typing import Any, Literal

import msgspec

from comity.errors import VocabularyError

__all__ = ["SCALE", "Table", "Weights", "load", "loads"]

SCALE = 100  # weights are kept as hundredths


@dataclass(frozen=True, slots=True)
class Table:
    """A linear model: for each feature what it adds to which classes. ``of``: one class holds, or any number.

    A row is flat, as its file has it: a class by number and what is added to it, and so on.
    """

    of: Literal["one", "any"]
    classes: tuple[str, ...]
    bias: tuple[int, ...]
    rows: Mapping[str, Sequence[int]]

    def chances(self, features: Iterable[str]) -> dict[str, float]:
        """The probability of each class, from 0 to 1."""
        totals = list(self.bias)
        get = self.rows.get
        for feature in features:
            row = get(feature)
            if row is not None:
                pairs = iter(row)
                for index, weight in zip(pairs, pairs, strict=True):
                    totals[index] += weight
        if self.of == "any":
            return {name: _logistic(total) for name, total in zip(self.classes, totals, strict=True)}
        top = max(totals)
        powers = [exp((total - top) / SCALE) for total in totals]
        return {name: power / sum(powers) for name, power in zip(self.classes, powers, strict=True)}

    def chosen(self, features: Iterable[str]) -> str:
        """The likeliest class; of equals the first."""
        chances = self.chances(features)
        return max(self.classes, key=chances.__getitem__)


def _logistic(total: int) -> float:
    return 1 / (1 + exp(-max(-5000, min(5000, total)) / SCALE))


@dataclass(frozen=True, slots=True)
class Weights:
    """What is learned for a topic: its tables by name, and from which probability on a statement is made."""

    tables: Mapping[str, Table]
    least: Mapping[str, float]

    def chances(self, table: str, features: Iterable[str]) -> dict[str, float]:
        """What a table says: the probability of each of its classes."""
        return self.tables[table].chances(features)

    def enough(self, predicate: str) -> float:
        """From which probability on a statement of a predicate is made."""
        return self.least.get(f"statement {predicate}", self.least["statement"])


@lru_cache(maxsize=8)
def load(file: Path) -> Weights:
    """The weights in a file, read once. Raises VocabularyError where it is damaged."""
    try:
        return loads(msgspec.json.decode(gzip.decompress(file.read_bytes())))
    except (OSError, msgspec.MsgspecError, KeyError, TypeError, EOFError) as error:
        raise VocabularyError("damaged weights", where=file.name, hint="train them anew: make train") from error


def loads(data: Mapping[str, Any]) -> Weights:
    """Weights from what their file holds."""
    tables = {
        name: Table(given["of"], tuple(given["classes"]), tuple(given["bias"]), given["rows"])
        for name, given in data["tables"].items()
    }
    return Weights(tables, data["least"])
