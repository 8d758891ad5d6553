"""The weights of a topic, in whole numbers, from ``weights.json.gz`` in the topic's folder: linear models, and trees.

Use :func:`load` on a vocabulary's file. ``scripts/train_weights.py`` makes it; its model card stands beside it.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp
from pathlib import Path
from typing import Any, Literal, NamedTuple

import msgspec

from comity.errors import VocabularyError

__all__ = ["SCALE", "Group", "Table", "Trees", "Weights", "flat", "load", "loads", "table"]

SCALE = 100  # weights are kept as hundredths
CROSS = "\t"  # between what a feature is crossed with and the feature


class Group(NamedTuple):
    """Features, each also together with every one of ``crosses``: with the predicate, it counts apart for it."""

    features: Sequence[str]
    crosses: Sequence[str] = ()


def flat(asked: Iterable[Group]) -> list[str]:
    """The features of what is asked as single words, the crosses before them: ``agreement``, a tab, ``w:sign``."""
    return [
        *(feature for group in asked for feature in group.features),
        *(f"{cross}{CROSS}{feature}" for group in asked for cross in group.crosses for feature in group.features),
    ]


@dataclass(frozen=True, slots=True)
class Table:
    """A linear model: for each feature what it adds to which classes. ``of``: one class holds, or any number.

    A row is flat, as its file has it: a class by number and what is added to it, and so on. ``rows`` has the features
    by what they are crossed with, "" for those by themselves.
    """

    of: Literal["one", "any"]
    classes: tuple[str, ...]
    bias: tuple[int, ...]
    rows: Mapping[str, Mapping[str, Sequence[int]]]

    def chances(self, asked: Iterable[Group], totals: Sequence[int] | None = None) -> dict[str, float]:
        """The probability of each class, from 0 to 1; with ``totals`` only what crosses add to those."""
        sums = self.totals(asked) if totals is None else list(totals)
        for features, crosses in asked:
            for cross in crosses:
                rows = self.rows.get(cross)
                if rows is not None:
                    _add(sums, rows, features)
        if self.of == "any":
            return {name: _logistic(total) for name, total in zip(self.classes, sums, strict=True)}
        top = max(sums)
        powers = [exp((total - top) / SCALE) for total in sums]
        return {name: power / sum(powers) for name, power in zip(self.classes, powers, strict=True)}

    def totals(self, asked: Iterable[Group]) -> list[int]:
        """What the features by themselves add to each class: use it where the same ones are asked with many crosses."""
        sums = list(self.bias)
        for features, _ in asked:
            _add(sums, self.rows[""], features)
        return sums


def _add(sums: list[int], rows: Mapping[str, Sequence[int]], features: Iterable[str]) -> None:
    get = rows.get
    for feature in features:
        row = get(feature)
        if row is not None:
            pairs = iter(row)
            for index, weight in zip(pairs, pairs, strict=True):
                sums[index] += weight


def _logistic(total: float) -> float:
    return 1 / (1 + exp(-max(-5000, min(5000, total)) / SCALE))


@dataclass(frozen=True, slots=True)
class Trees:
    """Boosted trees (Friedman 2001) that give one probability.

    A tree is a row of nodes, the root first: (place in what is looked at, threshold, node where it is no greater, node
    where it is), or at a leaf (-1, what it adds, 0, 0).
    """

    bias: int
    trees: tuple[tuple[tuple[int, float, int, int], ...], ...]

    def chance(self, seen: Sequence[float]) -> float:
        """The probability, from 0 to 1, for what is seen."""
        total = float(self.bias)
        for nodes in self.trees:
            place, value, low, high = nodes[0]
            while place >= 0:
                place, value, low, high = nodes[low if seen[place] <= value else high]
            total += value
        return _logistic(total)


@dataclass(frozen=True, slots=True)
class Weights:
    """What is learned for a topic: its tables by name, the trees that judge, and what is enough.

    ``rates`` is the share of statements that are right, by what finds them; under "" of all.
    """

    tables: Mapping[str, Table]
    trees: Trees
    rates: Mapping[str, float]
    least: Mapping[str, float]

    def chances(self, table: str, asked: Iterable[Group]) -> dict[str, float]:
        """What a table says: the probability of each of its classes."""
        return self.tables[table].chances(asked)

    def right(self, found_by: str, seen: Sequence[float]) -> float:
        """How likely a possible statement is right, by what finds it and by what the trees see of it."""
        return self.trees.chance([*seen, self.rates.get(found_by, self.rates[""])])

    def enough(self, predicate: str) -> float:
        """How likely a statement of a predicate has to be that no rule makes."""
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
    trees = tuple(tuple((at, value, low, high) for at, value, low, high in tree) for tree in data["trees"]["trees"])
    return Weights(
        {name: table(given) for name, given in data["tables"].items()},
        Trees(data["trees"]["bias"], trees),
        data["rates"],
        data["least"],
    )


def table(given: Mapping[str, Any]) -> Table:
    """A table from what a file holds of it."""
    rows: dict[str, dict[str, Sequence[int]]] = {"": {}}
    for name, row in given["rows"].items():
        cross, _, feature = name.rpartition(CROSS)
        rows.setdefault(cross, {})[feature] = row
    return Table(given["of"], tuple(given["classes"]), tuple(given["bias"]), rows)
