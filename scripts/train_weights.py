"""Trains the weights of a topic on annotated texts, and writes them beside the topic's predicates.

    python -m scripts.train_weights            (needs `pip install -e '.[dev,train]'`; `make train` does it)

Logistic regression with an L2 penalty (scikit-learn, Fan et al. 2008), one table for each question that
:mod:`comity.reading.learned.deciding` asks. The texts are those of ``tests/golden/lessons`` that aren't set aside, and,
for what a sentence states at all, the short passages; no golden story is among them, so that these measure weights too.
Weights are kept as whole hundredths, sorted and packed without a time stamp: the same texts give the same bytes.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from multiprocessing import Pool
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from tests.quality.passages import FOLDER, LESSONS, Passage, Told, document, passages

from comity import gazetteer, vocabulary
from comity.reading import attribution, persons, quotations
from comity.reading.learned.features import head_features
from comity.reading.learned.rows import (
    Itemised,
    firm_row,
    itemised,
    label,
    possible_head,
    sentence_row,
    subject_rows,
    voice_row,
)
from comity.reading.learned.weights import SCALE
from comity.reading.learned.words import Item
from comity.reading.predicates import Page
from comity.reading.rules import page_of, proposed
from comity.reading.voice import hear
from comity.vocabulary import Vocabulary

TOPIC = "immigration-cooperation"
TARGET = Path(__file__).resolve().parents[1] / "src/comity/data/topics" / TOPIC / "weights.json.gz"
RARE = 2  # features seen less often are left out
SMALL = 6  # hundredths: smaller weights are left out
ALWAYS = 0.9  # an enumerated slot that this share of a predicate's statements has gets a table
# how strongly each table is held to its texts: the inverse of the penalty
STRENGTH = {"predicates": 1.0, "heads": 0.5, "subjects": 0.5, "polarity": 0.5, "modality": 0.5, "voice": 0.3}
VALUES = 1.0
# from which probability on: so that no figure falls below the floor that the quality gate had for rules alone
LEAST = {
    "proposed": 0.05,  # a frame of a rule stays
    "statement": 0.66,  # a sentence states something of which no rule speaks, of this subject, so firmly, in this voice
    "statement agreement": 0.7,  # … of these predicates, where a mistake harms more or rules read well
    "statement designation": 0.95,
    "statement funding": 0.85,
    "statement response": 0.75,
    "subject": 0.5,  # a mention is a subject
    "only subject": 0.25,  # … where no other is likelier
    "kept subject": 0.2,  # the subject that a rule found stays
    "other subject": 0.6,  # … else this one takes its place
    "own": 0.95,  # … and surely the outlet's own, where it is heard in its voice
    "own by rule": 0.68,  # what a rule reads in the outlet's own voice is its own, else it is uncertain
}
Row = tuple[list[str], str]  # features, and the class


@dataclass
class Lesson:
    """What one text teaches: rows for each table."""

    predicates: list[tuple[list[str], list[str]]] = field(default_factory=list)
    rows: list[tuple[str, list[str], str]] = field(default_factory=list)  # table, features, class


@cache
def topic() -> Vocabulary:
    """The topic, with its rules alone."""
    return replace(vocabulary.load(TOPIC), weights=None)


def head_of(found: Sequence[Item], told: Told) -> int | None:
    """The item that stands for the head's words: their first verb, else their first noun, else the last."""
    if told.head is None:
        return None
    start, end = told.head
    inside = [k for k, item in enumerate(found) if item.start < end and start < item.end]
    inside = [k for k in inside if possible_head(found[k])]
    verbs = [k for k in inside if found[k].acts]
    nouns = [k for k in inside if found[k].tag in ("N", "NP", "JJ")]
    return next(iter((*verbs[:1], *nouns[:1], *inside[-1:])), None)


def values(told: Told) -> dict[str, str]:
    """The enumerated values of a line, by slot."""
    slots = topic().predicates[told.predicate].slots
    given = told.values or ((told.modality,) if told.modality != "actual" else ())  # a protest that is planned
    return {
        slot: value
        for slot in topic().predicates[told.predicate].enums
        for value in given
        if value in slots[slot].values
    }


def shifted(passage: Passage) -> tuple[Told, ...]:
    """What a passage says, with spans of the text as it is read."""
    by = len(passage.lead)
    return tuple(
        replace(one, start=one.start + by, end=one.end + by, head=one.head and (one.head[0] + by, one.head[1] + by))
        for one in passage.told
    )


def lesson(passage: Passage, *, with_lead: bool = False) -> Lesson:
    """What an annotated passage or story teaches; of acts only where it names their heads.

    ``with_lead`` counts what stands before it as a sentence that states nothing.
    """
    read = document(passage)
    page, hits = page_of(read, topic(), gazetteer.load(), always=True)
    taught = Lesson()
    if page is None:
        return taught
    attributions, told = attribution.find(read.text), shifted(passage)
    text = itemised(page, attributions)
    known = [mention.named for mention in page.mentions if not mention.definite]
    spoken = (attributions, quotations.find(read.text)), persons.find(read.text, known)
    for index, (sentence, frames) in enumerate(zip(page.sentences, proposed(page, hits), strict=True)):
        start, end = sentence
        if end <= len(passage.lead) and not with_lead:
            continue
        here = [one for one in told if one.start < end and start < one.end]
        row = sentence_row(text, index, sorted({frame.rule.id for frame in frames}))
        taught.predicates.append((row, sorted({one.predicate for one in here})))
        acts: dict[tuple[str, int], list[Told]] = {}
        for one in here:
            at = head_of(text.items[index], one) if one.head and start <= one.head[0] < end else None
            if at is not None:
                acts.setdefault((one.predicate, at), []).append(one)
        taught.rows += _heads(text.items[index], acts)
        for (predicate, at), ones in acts.items():
            taught.rows += _act(text, index, at, ones)
            span = (text.items[index][at].start, text.items[index][at].end)
            voice = hear(read.text, *spoken[0], span, sentence, spoken[1]).voice
            taught.rows.append(
                ("voice", voice_row(text, index, at, predicate, voice), "other" if ones[0].source else "own")
            )
    return taught


def _heads(found: Sequence[Item], acts: Collection[tuple[str, int]]) -> Iterator[tuple[str, list[str], str]]:
    """Rows of every word of a sentence for each predicate that it states: whether it is an act's head."""
    for predicate in sorted({name for name, _ in acts}):
        for at, item in enumerate(found):
            if possible_head(item):
                yield "heads", head_features(found, at, predicate), "yes" if (predicate, at) in acts else "no"


def _act(text: Itemised, index: int, at: int, told: Sequence[Told]) -> Iterator[tuple[str, list[str], str]]:
    """Rows of one act: its values, how firmly it is told, whose it is."""
    first, given = told[0], values(told[0])
    for slot, value in given.items():
        yield f"{first.predicate}.{slot}", head_features(text.items[index], at, ""), value
    labelled = label(first.predicate, [given[slot] for slot in learned_slots()[first.predicate] if slot in given])
    firm = firm_row(text, index, at, labelled)
    yield "polarity", firm, first.polarity
    yield "modality", firm, first.modality
    kinds = topic().predicates[first.predicate].kinds
    for mention, row in subject_rows(text, index, at, labelled, kinds):
        right = any(_is(mention.name, mention.id, each.subject, text.page) for each in told)
        yield "subjects", row, "yes" if right else "no"


def _is(name: str, ident: str | None, subject: str, page: Page) -> bool:
    """Whether a mention is the subject that a line names; an agency passes for its government, and the other way."""
    wanted = subject.casefold().removeprefix("the ")
    if name.casefold().removeprefix("the ") == wanted:
        return True
    if ident is None:
        return False
    named = {
        mention.id
        for mention in page.mentions
        if wanted in (mention.name.casefold(), page.text[mention.start : mention.end].casefold().removeprefix("the "))
    } - {None}
    parents = {_parent(one) for one in named if one} - {None}
    return ident in named or _parent(ident) in named or ident in parents


def _parent(ident: str) -> str | None:
    entity = gazetteer.load().entity(ident)
    return entity.parent if entity is not None and entity.kind == "agency" else None


@cache
def learned_slots() -> Mapping[str, tuple[str, ...]]:
    """By predicate, the enumerated slots that nearly every statement of the lessons has."""
    counts: dict[str, Counter[str]] = {}
    for passage in passages(LESSONS):
        for told in passage.told:
            counts.setdefault(told.predicate, Counter()).update(["", *values(told)])
    return {
        name: tuple(slot for slot in topic().predicates[name].enums if count[slot] >= ALWAYS * count[""])
        for name, count in counts.items()
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


def main() -> None:
    """Trains every table and writes the file."""
    with Pool() as pool:
        taught = pool.map(lesson, [one for one in passages(LESSONS) if not one.set_aside], chunksize=40)
        more = pool.map(partial(lesson, with_lead=True), list(passages(FOLDER)), chunksize=40)
    sentences = [row for one in (*taught, *more) for row in one.predicates]
    every = [row for row, _ in sentences]
    tables = {"predicates": trained(every, [names for _, names in sentences], STRENGTH["predicates"], several=True)}
    kept = {f"{name}.{slot}" for name, slots in learned_slots().items() for slot in slots}
    by: dict[str, list[Row]] = {}
    for one in taught:
        for name, features, given in one.rows:
            if "." not in name or name in kept:
                by.setdefault(name, []).append((features, given))
    for name, rows in sorted(by.items()):
        tables[name] = trained([row for row, _ in rows], [given for _, given in rows], STRENGTH.get(name, VALUES))
    data = json.dumps({"least": LEAST, "tables": tables}, separators=(",", ":"), sort_keys=True).encode()
    TARGET.write_bytes(packed := gzip.compress(data, 9, mtime=0))
    print(f"{len(taught)} lessons, {len(more)} short passages, {len(sentences)} sentences")
    print(*(f"{name}: {len(table['rows'])} features" for name, table in sorted(tables.items())), sep="\n")
    print(f"{TARGET.name}: {len(packed)} bytes, sha256 {hashlib.sha256(packed).hexdigest()}")


if __name__ == "__main__":
    main()
