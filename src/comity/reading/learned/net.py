"""What a sentence states, by its words in their order: a small convolutional network, reckoned in whole numbers.

Use :meth:`Net.totals` on the sentences of a page. Three layers look at each item with ever more of what stands around
it (dilated convolutions: Yu and Koltun 2016; over embeddings: Collobert et al. 2011; shortcuts: He et al. 2016). What
is strongest anywhere in the sentence, the sentence before, the first one and the rules that speak then tell what it
states. Every number is a whole one below 2^53, so that float64 adds them up exactly, in any order, on any machine.
"""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from threadpoolctl import ThreadpoolController

__all__ = ["ABSENT", "LONGEST", "UNIT", "Net", "Ordered", "net"]

UNIT = 256  # what one is, in weights and in what flows through the layers
LONGEST = 100  # items of a sentence that are looked at
ABSENT = -20  # how likely an act has a head where there is no item, in log odds
_AT_ONCE = 64  # sentences that are read together

Array: TypeAlias = Any  # numpy.ndarray of float64


class Ordered(NamedTuple):
    """A sentence in order: the features of each of its items; ``marks`` are features of the whole."""

    items: Sequence[Sequence[str]]
    marks: Sequence[str]


class Layer(NamedTuple):
    """Weights and what is added; ``reach`` is how far to either side a convolution looks."""

    weights: Array
    bias: Array
    reach: int = 0

    def of(self, given: Array) -> Array:
        """What a layer makes of rows."""
        return np.floor(given @ self.weights / UNIT) + self.bias


@dataclass(frozen=True, slots=True)
class Net:
    """The network of a topic. ``items`` and ``marks`` number the features: the rows of their embeddings."""

    classes: tuple[str, ...]
    items: Mapping[str, int]
    marks: Mapping[str, int]
    embedded: Array
    marked: Array
    layers: tuple[Layer, ...]
    heads: Layer
    mix: Layer
    out: Layer

    def totals(self, sentences: Iterable[Ordered]) -> Iterator[list[int]]:
        """For each sentence of a page the log odds of each class, in :data:`UNIT`."""
        coming, first, last = iter(sentences), None, np.zeros((1, self.embedded.shape[1]))
        while together := list(islice(coming, _AT_ONCE)):
            with _libraries().limit(limits=1, user_api="blas"):
                strongest, seen, heads = self._read(together)
                first = seen[:1] if first is None else first
                marks = np.stack([_sum(self.marked, self.marks, each.marks) for each in together])
                before = np.concatenate([last, seen[:-1]])
                parts = [strongest, marks, before, first.repeat(len(together), axis=0)]
                mixed = np.maximum(self.mix.of(np.concatenate(parts, axis=1)), 0)
                totals = self.out.of(mixed) + heads
            yield from totals.astype(int).tolist()
            last = seen[-1:]

    def _read(self, sentences: Sequence[Ordered]) -> tuple[Array, Array, Array]:
        """Of each sentence what is strongest in it after all layers and before them, and its likeliest heads."""
        gap = max(layer.reach for layer in self.layers)
        lengths = [min(LONGEST, len(each.items)) for each in sentences]
        starts = np.cumsum([0, *(length + gap for length in lengths)])
        flow = np.zeros((starts[-1], self.embedded.shape[1]))
        inside = np.zeros((starts[-1], 1))
        for start, length, each in zip(starts, lengths, sentences, strict=False):
            inside[start : start + length] = 1
            for at, features in enumerate(each.items[:length]):
                flow[start + at] = _sum(self.embedded, self.items, features)
        seen = np.maximum.reduceat(flow, starts[:-1])
        for layer in self.layers:
            flow += np.maximum(layer.of(np.concatenate(list(_around(flow, layer.reach)), axis=1)), 0)
            flow *= inside
        heads = np.where(inside > 0, self.heads.of(flow), ABSENT * UNIT)
        return np.maximum.reduceat(flow, starts[:-1]), seen, np.maximum.reduceat(heads, starts[:-1])


@lru_cache(maxsize=1)
def _libraries() -> ThreadpoolController:
    """The libraries that multiply: more threads than one take longer for so little, and much longer side by side."""
    return ThreadpoolController()


def _sum(rows: Array, numbers: Mapping[str, int], features: Sequence[str]) -> Array:
    return rows[[numbers[each] for each in features if each in numbers]].sum(axis=0)


def _around(flow: Array, reach: int) -> Iterator[Array]:
    """What stands ``reach`` before each row, the row, and what stands so far after it; nothing beyond the ends."""
    nothing = np.zeros((reach, flow.shape[1]))
    yield np.concatenate([nothing, flow[:-reach]])
    yield flow
    yield np.concatenate([flow[reach:], nothing])


def net(given: Mapping[str, Any]) -> Net:
    """A network from what a file holds of it: of each array its kind of number, what it counts, shape, and base64."""

    def array(name: str) -> Array:
        kind, times, shape, data = given["arrays"][name]
        return np.frombuffer(b64decode(data), kind).astype(float).reshape(shape) * times

    def layer(name: str, reach: int = 0) -> Layer:
        return Layer(array(f"{name}.weights"), array(f"{name}.bias"), reach)

    return Net(
        classes=tuple(given["classes"]),
        items={name: number for number, name in enumerate(given["items"])},
        marks={name: number for number, name in enumerate(given["marks"])},
        embedded=array("embedded"),
        marked=array("marked"),
        layers=tuple(layer(f"layer {number}", reach) for number, reach in enumerate(given["reaches"])),
        heads=layer("heads"),
        mix=layer("mix"),
        out=layer("out"),
    )
