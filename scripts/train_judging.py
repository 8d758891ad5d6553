"""Trains the trees that judge what a page may state; part of ``python -m scripts.train_weights``.

Gradient boosting over histograms (scikit-learn; Friedman 2001; Ke et al. 2017). What the trees look at are the answers
of the other tables, so they learn from texts on which those weren't trained.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from multiprocessing import Pool
from typing import Any, NamedTuple

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from tests.quality.passages import Passage, document

from comity import gazetteer
from comity.reading import attribution
from comity.reading.learned.judging import found_by, rows
from comity.reading.learned.net import net
from comity.reading.learned.possible import Possible, Weighed, likeliest, possible
from comity.reading.learned.rows import itemised
from comity.reading.learned.weights import SCALE, Trees, Weights, table
from comity.reading.rules import page_of, proposed, valued
from scripts.train_lessons import is_subject, shifted, topic

TREES, LEAVES, RATE = 200, 24, 0.05  # of the boosting: its rounds, the leaves of each tree, the learning rate
FEWEST = 80  # examples in a leaf
PRIOR = 10.0  # statements as which all count in the rate of what finds few


class Tried(NamedTuple):
    """A possible statement: what finds it, whether it is right, what the trees see of it."""

    by: str
    right: bool
    seen: list[float]


def tried(tables: Mapping[str, Any], network: Mapping[str, Any], texts: Sequence[Passage]) -> list[Tried]:
    """What texts may state by tables and a network that weren't trained on them."""
    weights = Weights({name: table(given) for name, given in tables.items()}, Trees(0, ()), {"": 0.0}, {}, net(network))
    with Pool(initializer=_ASKED.append, initargs=(weights,)) as pool:
        found = pool.map(_tried, texts, chunksize=40)
    return [one for text in found for one in text]


_ASKED: list[Weights] = []  # in a worker: the weights that are tried


def _tried(passage: Passage) -> list[Tried]:
    read = document(passage)
    page, hits = page_of(read, topic(), gazetteer.load(), always=True)
    if page is None:
        return []
    text = itemised(page, attribution.find(read.text))
    found = list(possible(Weighed(text, _ASKED[-1]), list(proposed(page, hits))))
    waiting = list(shifted(passage))
    result = []
    for one, seen in zip(found, rows(text, found), strict=True):
        start, end = page.sentences[one.act.index]
        if end <= len(passage.lead):
            continue
        told = next(
            (
                told
                for told in waiting
                if told.start < end
                and start < told.end
                and (told.predicate, told.polarity) == (one.act.predicate.name, _polarity(read.text, one))
                and is_subject(one.subject, told.subject, page, passage.state)
            ),
            None,
        )
        if told is not None:
            waiting.remove(told)
        result.append(Tried(found_by(one), told is not None, seen))
    return result


def _polarity(text: str, one: Possible) -> str:
    if one.frame is not None:
        return valued(text, one.frame)[1]
    return likeliest(one.act.polarity)


def grown(trials: Sequence[Sequence[Tried]]) -> dict[str, Any]:
    """The trees and the rates, as their file holds them, from what was tried in each fold.

    While trees are trained, the rates of a fold are those of the other ones.
    """
    seen, right = [], []
    for number, fold in enumerate(trials):
        rates = _rates([one for other, found in enumerate(trials) if other != number for one in found])
        seen += [[*one.seen, rates.get(one.by, rates[""])] for one in fold]
        right += [one.right for one in fold]
    model = HistGradientBoostingClassifier(
        learning_rate=RATE,
        max_iter=TREES,
        max_leaf_nodes=LEAVES,
        min_samples_leaf=FEWEST,
        l2_regularization=1.0,
        early_stopping=False,
        random_state=0,
    ).fit(np.array(seen, float), right)
    bias = round(float(np.ravel(model._baseline_prediction)[0]) * SCALE)
    trees = [_nodes(round_of_it[0].nodes) for round_of_it in model._predictors]
    return {"trees": {"bias": bias, "trees": trees}, "rates": _rates([one for fold in trials for one in fold])}


def _nodes(nodes: Any) -> list[list[float]]:
    """A tree of scikit-learn's, as :class:`~comity.reading.learned.weights.Trees` has it."""
    return [
        [-1, round(float(node["value"]) * SCALE, 1), 0, 0]
        if node["is_leaf"]
        else [
            int(node["feature_idx"]),
            float(f"{float(node['num_threshold']):.6g}"),
            int(node["left"]),
            int(node["right"]),
        ]
        for node in nodes
    ]


def _rates(found: Sequence[Tried]) -> dict[str, float]:
    """The share that is right, of all under "", and by what finds it, drawn to that of all where there are few."""
    every, right = Counter(one.by for one in found), Counter(one.by for one in found if one.right)
    overall = right.total() / max(1, every.total())
    rates = {by: (right[by] + PRIOR * overall) / (count + PRIOR) for by, count in every.items()}
    return {name: round(rate, 4) for name, rate in sorted(({"": overall} | rates).items())}
