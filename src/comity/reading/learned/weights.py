"""The weights of a topic, in whole numbers, from ``weights.json.gz`` in the topic's folder: linear models, and trees.

Use :func:`load` on a vocabulary's file. ``scripts/train_weights.py`` makes it; its model card stands beside it.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp
from pathlib import Path
from typing import Any, Literal, NamedTuple

import msgspec

from comity.errors import VocabularyError
from comity.reading.learned.net import UNIT, Net, Ordered, net

__all__ = ["SCALE", "Group", "Table", "Trees", "Weights", "flat", "load", "loads", "table"]

SCALE = 100  # weights are kept as hundredths
_PAIR = 2  # numbers of a class in a row: which, and what is added
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
        if row is None:
            continue
        if len(row) == _PAIR:
            sums[row[0]] += row[1]
        else:
            for at in range(0, len(row), _PAIR):
                sums[row[at]] += row[at + 1]


def _logistic(total: float) -> float:
    return 1 / (1 + exp(-max(-5000, min(5000, total)) / SCALE))


Tree = (
    float | tuple[int, float, "Tree", "Tree"]
)  # what a leaf adds, or a place, a threshold, and the trees to its sides


@dataclass(frozen=True, slots=True)
class Trees:
    """Boosted trees (Friedman 2001) that give one probability.

    A tree asks whether what is seen at a place is no greater than a threshold, and goes on to its first or second side.
    """

    bias: int
    trees: tuple[Tree, ...]

    def chance(self, seen: Sequence[float]) -> float:
        """The probability, from 0 to 1, for what is seen."""
        total = float(self.bias)
        for tree in self.trees:
            node = tree
            while isinstance(node, tuple):
                node = node[2] if seen[node[0]] <= node[1] else node[3]
            total += node
        return _logistic(total)


@dataclass(frozen=True, slots=True)
class Weights:
    """What is learned for a topic: its tables by name, a network, the trees that judge, and what is enough.

    ``rates`` is the share of statements that are right, by what finds them; under "" of all.
    """

    tables: Mapping[str, Table]
    trees: Trees
    rates: Mapping[str, float]
    least: Mapping[str, float]
    net: Net | None = None

    def chances(self, table: str, asked: Iterable[Group]) -> dict[str, float]:
        """What a table says: the probability of each of its classes."""
        return self.tables[table].chances(asked)

    def stated(self, rows: Iterable[Sequence[Group]], sentences: Iterable[Ordered]) -> Iterator[dict[str, float]]:
        """How likely each sentence of a page states something of each predicate: by table and network, their mean."""
        table = self.tables["predicates"]
        if self.net is None:
            yield from map(table.chances, rows)
            return
        for by_table, by_net in zip(map(table.totals, rows), self.net.totals(sentences), strict=True):
            both = zip(by_table, by_net, strict=True)
            yield table.chances((), [(one + other * SCALE // UNIT) // 2 for one, other in both])

    def right(self, found_by: str, seen: Sequence[float]) -> float:
        """How likely a possible statement is right, by what finds it and by what the trees see of it."""
        return self.trees.chance([*seen, self.rates.get(found_by, self.rates[""])])

    def enough(self, predicate: str, values: Iterable[object] = ()) -> float:
        """How likely a statement of a predicate has to be that no rule makes; of some values more is wanted."""
        usual = self.least.get(f"statement {predicate}", self.least["statement"])
        return max([usual, *(self.least.get(f"statement {predicate} {value}", 0.0) for value in values)])


@lru_cache(maxsize=8)
def load(file: Path) -> Weights:
    """The weights in a file, read once. Raises VocabularyError where it is damaged."""
    try:
        return loads(msgspec.json.decode(gzip.decompress(file.read_bytes())))
    except (OSError, msgspec.MsgspecError, KeyError, TypeError, EOFError) as error:
        raise VocabularyError("damaged weights", where=file.name, hint="train them anew: make train") from error


def loads(data: Mapping[str, Any]) -> Weights:
    """Weights from what their file holds."""
    trees = tuple(_tree(nodes, 0) for nodes in data["trees"]["trees"])
    return Weights(
        {name: table(given) for name, given in data["tables"].items()},
        Trees(data["trees"]["bias"], trees),
        data["rates"],
        data["least"],
        net(data["net"]) if "net" in data else None,
    )


def _tree(nodes: Sequence[tuple[int, float, int, int]], at: int) -> Tree:
    """The tree from a node on; at a leaf the place is -1, and the second number what it adds."""
    place, value, low, high = nodes[at]
    return float(value) if place < 0 else (place, value, _tree(nodes, low), _tree(nodes, high))


def table(given: Mapping[str, Any]) -> Table:
    """A table from what a file holds of it."""
    rows: dict[str, dict[str, Sequence[int]]] = {"": {}}
    two = given["of"] == "one" and len(given["classes"]) == _PAIR
    for name, row in given["rows"].items():
        cross, _, feature = name.rpartition(CROSS)
        rows.setdefault(cross, {})[feature] = _second(row) if two else row
    return Table(given["of"], tuple(given["classes"]), tuple(given["bias"]), rows)


def _second(row: Sequence[int]) -> tuple[int, int]:
    """Of two classes, of which one holds, what speaks for the second: only the difference tells."""
    return 1, sum(weight if number else -weight for number, weight in zip(row[::2], row[1::2], strict=True))
