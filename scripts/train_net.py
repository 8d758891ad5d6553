"""Trains the network that reads sentences in order; part of ``python -m scripts.train_weights``.

PyTorch on one core of a processor, AdamW (Loshchilov and Hutter 2019) with one cycle of the learning rate (Smith and
Topin 2019). What a sentence states and by which word are learned together (multitask: Collobert et al. 2011): the
likeliest head counts for what is stated. What :class:`comity.reading.learned.net.Net` does in whole numbers is done
here in real ones.
"""

from __future__ import annotations

import random
from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from comity.reading.learned.net import ABSENT, LONGEST, UNIT
from scripts.train_lessons import Sentence

RARE = 4  # features seen less often are left out
WIDE = 96  # numbers for each item
REACHES = (1, 2, 4)  # of the layers
EPOCHS = 5
TEXTS = 12  # in a step
RATE, DECAY, DROPPED = 2e-3, 0.05, 0.35
_RARELY = -5.0  # the log odds with which a word begins as a head
_SELDOM = -3.0  # … a sentence begins as stating something


class Text(NamedTuple):
    """A text in numbers, its sentences one after another with a gap behind each.

    ``features`` are those of all items, each item's from its ``offsets`` on; ``of`` says which sentence an item is in,
    -1 in a gap. ``stated``, ``counted`` and ``first``, where the text of each begins, have a row a sentence; ``heads``
    are places and classes.
    """

    features: Any
    offsets: Any
    of: Any
    marks: list[list[int]]
    stated: Any
    counted: Any
    first: Any
    heads: list[tuple[int, int]]


class Network(nn.Module):
    """The network in training."""

    def __init__(self, items: int, marks: int, classes: int) -> None:
        super().__init__()
        self.embedded = nn.EmbeddingBag(items, WIDE, mode="sum")
        self.marked = nn.EmbeddingBag(marks, WIDE, mode="sum")
        for table in (self.embedded, self.marked):
            nn.init.normal_(table.weight, 0, 0.1)
        self.layers = nn.ModuleList(nn.Linear(3 * WIDE, WIDE) for _ in REACHES)
        self.heads, self.out = nn.Linear(WIDE, classes), nn.Linear(WIDE, classes)
        self.mix = nn.Linear(4 * WIDE, WIDE)
        nn.init.constant_(self.heads.bias, _RARELY)
        nn.init.constant_(self.out.bias, _SELDOM)

    def forward(self, text: Text) -> tuple[Any, Any]:
        """The log odds of what each sentence states, and of each item as a head."""
        count, inside = len(text.stated), (text.of >= 0).float().unsqueeze(1)
        flow = self._dropped(self.embedded(text.features, text.offsets)) * inside
        seen = _highest(flow, text.of, count, 0.0)
        for layer, reach in zip(self.layers, REACHES, strict=True):
            before = functional.pad(flow, (0, 0, reach, 0))[:-reach]
            after = functional.pad(flow, (0, 0, 0, reach))[reach:]
            flow = (flow + functional.relu(layer(torch.cat([before, flow, after], 1)))) * inside
        flow = self._dropped(flow)
        heads = self.heads(flow)
        offsets = torch.from_numpy(np.cumsum([0, *map(len, text.marks)])[:-1])
        marks = self.marked(torch.tensor([one for each in text.marks for one in each], dtype=torch.long), offsets)
        opens = (text.first == torch.arange(count)).unsqueeze(1)
        before = torch.where(opens, 0.0, torch.cat([torch.zeros_like(seen[:1]), seen[:-1]]))
        parts = [_highest(flow, text.of, count, 0.0), marks, before, seen[text.first]]
        mixed = self._dropped(functional.relu(self.mix(torch.cat(parts, 1))))
        return self.out(mixed) + _highest(heads, text.of, count, float(ABSENT)), heads

    def _dropped(self, flow: Any) -> Any:
        return functional.dropout(flow, DROPPED, self.training)


def _highest(rows: Any, of: Any, count: int, low: float) -> Any:
    """Of each sentence the highest of each column, ``low`` at least."""
    inside = of >= 0
    wide = rows.shape[1]
    places = of[inside].unsqueeze(1).expand(-1, wide)
    return torch.full((count, wide), low).scatter_reduce(0, places, rows[inside], "amax")


def trained_net(texts: Sequence[Sequence[Sentence]]) -> dict[str, Any]:
    """The network as its file holds it, trained on the sentences of texts."""
    torch.manual_seed(0)
    torch.set_num_threads(1)
    order = random.Random(0)
    texts = [text for text in texts if text]
    items = _common(part for text in texts for one in text for item in one.items for part in item.split("\t"))
    marks = _common(mark for text in texts for one in text for mark in one.marks)
    classes = sorted({name for text in texts for one in text for name in one.stated})
    numbered = _Numbered(items, marks, classes)
    ready = [numbered.text(text) for text in texts]
    network = Network(len(items), len(marks), len(classes))
    steps = EPOCHS * -(-len(ready) // TEXTS)
    descent = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=DECAY)
    cycle = torch.optim.lr_scheduler.OneCycleLR(descent, max_lr=RATE, total_steps=steps, pct_start=0.2)
    for _ in range(EPOCHS):
        order.shuffle(ready)
        for at in range(0, len(ready), TEXTS):
            descent.zero_grad()
            _loss(network, _together(ready[at : at + TEXTS])).backward()
            nn.utils.clip_grad_norm_(network.parameters(), 5.0)
            descent.step()
            cycle.step()
    return _filed(network, items, marks, classes)


def _loss(network: Network, text: Text) -> Any:
    """How far the network is from what sentences that count state, and by which words."""
    stated, heads = network(text)
    wanted = torch.zeros_like(heads)
    for at, number in text.heads:
        wanted[at, number] = 1
    of_item = torch.where(text.of >= 0, text.counted[text.of.clamp(min=0)], 0.0)
    loss = functional.binary_cross_entropy_with_logits
    by_sentence = (loss(stated, text.stated, reduction="none").sum(1) * text.counted).sum()
    by_item = (loss(heads, wanted, reduction="none").sum(1) * of_item).sum()
    return (by_sentence + by_item) / text.counted.sum().clamp(min=1)


def _common(features: Iterable[str]) -> list[str]:
    counts = Counter(features)
    return sorted(name for name, count in counts.items() if count >= RARE)


class _Numbered:
    """Texts in numbers."""

    def __init__(self, items: Sequence[str], marks: Sequence[str], classes: Sequence[str]) -> None:
        self._items, self._marks, self._classes = ({n: k for k, n in enumerate(of)} for of in (items, marks, classes))
        self._known: dict[str, list[int]] = {}

    def _item(self, item: str) -> list[int]:
        if item not in self._known:
            self._known[item] = [self._items[part] for part in item.split("\t") if part in self._items]
        return self._known[item]

    def text(self, sentences: Sequence[Sentence]) -> Text:
        features: list[int] = []
        offsets: list[int] = []
        of: list[int] = []
        heads: list[tuple[int, int]] = []
        stated = np.zeros((len(sentences), len(self._classes)), np.float32)
        for number, one in enumerate(sentences):
            items = one.items[:LONGEST]
            heads += [(len(of) + at, self._classes[name]) for name, at in one.heads if at < len(items)]
            for item in items:
                offsets.append(len(features))
                features += self._item(item)
            offsets += [len(features)] * max(REACHES)
            of += [*([number] * len(items)), *([-1] * max(REACHES))]
            stated[number, [self._classes[name] for name in one.stated]] = 1
        marks = [[self._marks[mark] for mark in one.marks if mark in self._marks] for one in sentences]
        counted = np.array([one.counted for one in sentences], np.float32)
        first = np.zeros(len(sentences), np.int64)
        return Text(np.array(features), np.array(offsets), np.array(of), marks, stated, counted, first, heads)


def _together(texts: Sequence[Text]) -> Text:
    """Several texts as one."""
    features = items = sentences = 0
    parts: list[Text] = []
    for one in texts:
        parts.append(
            one._replace(
                offsets=one.offsets + features,
                of=np.where(one.of >= 0, one.of + sentences, -1),
                first=one.first + sentences,
                heads=[(at + items, number) for at, number in one.heads],
            )
        )
        features, items, sentences = features + len(one.features), items + len(one.of), sentences + len(one.stated)
    arrays = ("features", "offsets", "of", "stated", "counted", "first")
    joined = {name: torch.from_numpy(np.concatenate([getattr(one, name) for one in parts])) for name in arrays}
    return Text(
        **joined,
        marks=[each for one in parts for each in one.marks],
        heads=[each for one in parts for each in one.heads],
    )


def _filed(network: Network, items: Sequence[str], marks: Sequence[str], classes: Sequence[str]) -> dict[str, Any]:
    """The network as :func:`comity.reading.learned.net.net` has it: in 256ths, a column for each number out."""
    layers = {f"layer {number}": layer for number, layer in enumerate(network.layers)}
    layers |= {"heads": network.heads, "mix": network.mix, "out": network.out}
    arrays = {"embedded": _whole(network.embedded.weight, "|i1", 4), "marked": _whole(network.marked.weight, "|i1", 4)}
    for name, layer in layers.items():
        arrays |= {f"{name}.weights": _whole(layer.weight.T, "<i2"), f"{name}.bias": _whole(layer.bias, "<i2")}
    return {
        "classes": list(classes),
        "items": list(items),
        "marks": list(marks),
        "reaches": list(REACHES),
        "arrays": arrays,
    }


def _whole(array: Any, kind: str, times: int = 1) -> list[Any]:
    """An array in whole numbers of a kind, each ``times`` a :data:`UNIT`-th."""
    most = np.iinfo(kind)
    numbers = np.rint(array.detach().numpy().astype(float) * UNIT / times).clip(most.min, most.max).astype(kind)
    return [kind, times, list(numbers.shape), b64encode(numbers.tobytes()).decode()]
