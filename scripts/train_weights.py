"""Trains the weights of a topic on annotated texts, and writes them beside the topic's predicates.

    python -m scripts.train_weights            (needs `pip install -e '.[dev,train]'`; `make train` does it)

Logistic regression with an L2 penalty (scikit-learn, Fan et al. 2008), one table for each question that
:mod:`comity.reading.learned.possible` asks, a network for what a sentence states (``train_net.py``), and trees that
judge the answers (``train_judging.py``). The texts are
those of ``tests/golden/lessons`` that aren't set aside, and, for what a sentence states at all, the short passages; no
golden story is among them, so that these measure weights too.
Weights are kept as whole hundredths, sorted and packed without a time stamp: the same texts give the same bytes.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial
from multiprocessing import Pool
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from tests.quality.passages import FOLDER, LESSONS, Passage, passages

from comity.reading.learned.weights import SCALE
from scripts import train_judging as judging
from scripts.train_lessons import TOPIC, Lesson, Sentence, learned_slots, lesson
from scripts.train_net import trained_net

TARGET = Path(__file__).resolve().parents[1] / "src/comity/data/topics" / TOPIC / "weights.json.gz"
RARE = 4  # features seen less often are left out
SMALL = 3  # hundredths: smaller weights are left out
FOLDS = 4  # parts of the texts, so that the trees learn from what tables say of texts that they haven't seen
# how strongly each table is held to its texts: the inverse of the penalty
STRENGTH = {"predicates": 0.3, "heads": 0.15, "subjects": 0.15, "polarity": 0.3, "modality": 0.12, "voice": 0.1}
VALUES = 0.5
# from which probability on: so that no figure falls below its floor in the quality gate
LEAST = {
    "rule": 0.13,  # a frame of a rule stays
    "statement": 0.5,  # a statement that no rule makes, in the voice in which it is heard
    "statement designation": 0.6,  # … of a listing: rules read most of them
    "statement designation removed": 0.95,  # … of a departure, which must not be made up
    "statement designation not_listed": 0.9,  # … of who isn't on a list
    "statement policy": 0.52,  # … of a policy
    "statement agreement": 0.65,  # … of an agreement: rules read most of them
    "statement demand": 0.6,  # … of a demand: much is asked of governments that is none of this
    "own": 0.98,  # … and surely the outlet's own, where it is heard in its voice
    "own by rule": 0.59,  # what a rule reads in the outlet's own voice is its own, else it is uncertain
    "own after all": 0.97,  # what is heard as uncertain is its own
}


def trained(
    rows: Sequence[list[str]], classes: Sequence[Any], strength: float, *, several: bool = False
) -> dict[str, Any]:
    """A table as its file holds it; ``several`` where any number of classes may hold at once."""
    counts = Counter(feature for row in rows for feature in set(row))
    names = sorted(name for name, count in counts.items() if count >= RARE)
    index = {name: number for number, name in enumerate(names)}
    starts, places, numbers = [0], [], []
    for row in rows:
        seen = Counter(index[feature] for feature in row if feature in index)
        places += sorted(seen)
        numbers += [seen[place] for place in sorted(seen)]
        starts.append(len(places))
    matrix = csr_matrix((np.array(numbers, float), places, starts), shape=(len(rows), len(names)))
    every = sorted({name for one in classes for name in (one if several else [one])})
    columns: list[tuple[Any, float]] = []
    if several or len(every) == 2:
        for name in every if several else every[1:]:
            model = LogisticRegression(C=strength, solver="liblinear", tol=1e-3)
            model.fit(matrix, [int(name in one) if several else int(name == one) for one in classes])
            columns.append((model.coef_[0], float(model.intercept_[0])))
        if not several:
            columns = [(-columns[0][0] / 2, -columns[0][1] / 2), (columns[0][0] / 2, columns[0][1] / 2)]
    elif len(every) > 2:
        model = LogisticRegression(C=strength, solver="lbfgs", max_iter=150, tol=1e-3).fit(matrix, classes)
        columns = [(model.coef_[k], float(model.intercept_[k])) for k in range(len(every))]
    weights = [[round(float(one) * SCALE) for one in column] for column, _ in columns]
    table = {}
    for number, name in enumerate(names):
        pairs = [(k, column[number]) for k, column in enumerate(weights) if abs(column[number]) >= SMALL]
        if pairs:
            table[name] = [part for pair in pairs for part in pair]
    bias = [round(constant * SCALE) for _, constant in columns] or [0]
    return {"of": "any" if several else "one", "classes": every, "bias": bias, "rows": table}


def tables(taught: Sequence[Lesson], more: Sequence[Lesson]) -> dict[str, Any]:
    """Every table, trained on lessons; ``more`` teaches only what a sentence states."""
    kept = {f"{name}.{slot}" for name, slots in learned_slots().items() for slot in slots}
    by: dict[str, list[tuple[list[str], Any]]] = {}
    by["predicates"] = [row for one in (*taught, *more) for row in one.predicates]
    for one in taught:
        for name, features, given in one.rows:
            if "." not in name or name in kept:
                by.setdefault(name, []).append((features, given))
    names = sorted(by, key=lambda name: -len(by[name]))
    with Pool(initializer=_ROWS.update, initargs=(by,)) as pool:
        return dict(zip(names, pool.map(_trained, names, chunksize=1), strict=True))


_ROWS: dict[str, list[tuple[list[str], Any]]] = {}  # in a worker: the rows of each table


def _trained(name: str) -> dict[str, Any]:
    rows, several = _ROWS[name], name == "predicates"
    strength = STRENGTH.get(name, VALUES)
    return trained([row for row, _ in rows], [given for _, given in rows], strength, several=several)


def nets(parts: Sequence[Sequence[Lesson]], more: Sequence[Lesson]) -> list[dict[str, Any]]:
    """A network for each part of the lessons, with those of ``more``; each on a core of its own."""
    texts = [[one.sentences for one in (*part, *more)] for part in parts]
    with Pool(initializer=_TEXTS.extend, initargs=(texts,)) as pool:
        return pool.map(_net, range(len(parts)), chunksize=1)


_TEXTS: list[Sequence[Sequence[Sentence]]] = []  # in a worker: the sentences of each part's texts


def _net(number: int) -> dict[str, Any]:
    return trained_net(_TEXTS[number])


def fold(passage: Passage) -> int:
    """Which of the folds a text belongs to."""
    return int(hashlib.sha256(passage.text.encode()).hexdigest(), 16) // 10 % FOLDS


def main() -> None:
    """Trains every table, the network and the trees, and writes the file."""
    texts = [one for one in passages(LESSONS) if not one.set_aside]
    with Pool() as pool:
        taught = pool.map(lesson, texts, chunksize=40)
        more = pool.map(partial(lesson, with_lead=True), list(passages(FOLDER)), chunksize=40)
    rest = [[one for text, one in zip(texts, taught, strict=True) if fold(text) != number] for number in range(FOLDS)]
    networks = nets([*rest, taught], more)
    trials = [
        judging.tried(tables(part, more), networks[number], [text for text in texts if fold(text) == number])
        for number, part in enumerate(rest)
    ]
    data = {"least": LEAST, "tables": tables(taught, more), "net": networks[-1], **judging.grown(trials)}
    TARGET.write_bytes(packed := gzip.compress(encoded(data), 9, mtime=0))
    print(f"{len(taught)} lessons, {len(more)} short passages, {sum(map(len, trials))} possible statements")
    print(*(f"{name}: {len(table['rows'])} features" for name, table in sorted(data["tables"].items())), sep="\n")
    print(f"{TARGET.name}: {len(packed)} bytes, sha256 {hashlib.sha256(packed).hexdigest()}")


def encoded(data: Mapping[str, Any]) -> bytes:
    """What the file holds, as bytes that are always the same."""
    return json.dumps(data, separators=(",", ":"), sort_keys=True).encode()


if __name__ == "__main__":
    main()
