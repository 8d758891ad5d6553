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
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from multiprocessing import Pool
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from tests.quality.passages import FOLDER, LESSONS, PUBLISHED, Passage, Told, passages

from comity import documents, gazetteer, vocabulary
from comity.model import AttributionMention, Document, Publication
from comity.reading import attribution, persons, quotations
from comity.reading.learned import deciding
from comity.reading.learned.features import (
    firm_features,
    head_features,
    sentence_features,
    subject_features,
    voice_features,
)
from comity.reading.learned.weights import SCALE
from comity.reading.learned.words import Item, items
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
# from which probability on: so that nothing that the quality gate holds is worse than with rules alone
LEAST = {
    "proposed": 0.05,  # a frame of a rule stays
    "learned": 0.4,  # a sentence states something of a predicate of which no rule speaks
    "statement": 0.66,  # … of this subject, so firmly, in this voice
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


def heads(found: Sequence[Item], told: Told) -> int | None:
    """The item that stands for the head's words: their first verb, else their first noun, else the last."""
    if told.head is None:
        return None
    start, end = told.head
    inside = [k for k, item in enumerate(found) if item.start < end and start < item.end]
    inside = [k for k in inside if deciding.possible_head(found[k])]
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
        replace(
            told, start=told.start + by, end=told.end + by, head=told.head and (told.head[0] + by, told.head[1] + by)
        )
        for told in passage.told
    )


def lesson(passage: Passage) -> Lesson:
    """What an annotated passage or story teaches."""
    document = documents.parse(
        (passage.lead + passage.text).encode(),
        path="passage.txt",
        publication=Publication(published=PUBLISHED, home_state=passage.state),
    )
    page, hits = page_of(document, topic(), gazetteer.load(), always=True)
    taught = Lesson()
    if page is None:
        return taught
    attributions = attribution.find(document.text)
    known = [mention.named for mention in page.mentions if not mention.definite]
    spoken = (attributions, quotations.find(document.text), persons.find(document.text, known))
    told = shifted(passage)
    rules = [sorted({frame.rule.id for frame in frames}) for frames in proposed(page, hits)]
    for index, (start, end) in enumerate(page.sentences):
        if end <= len(passage.lead):
            continue
        here = [one for one in told if one.start < end and start < one.end]
        found = items(page, index, attributions)
        before = items(page, index - 1, attributions) if index else ()
        features = sentence_features(found, before, rules[index], deciding.topical(page, index))
        taught.predicates.append((features, sorted({one.predicate for one in here})))
        named = [one for one in here if one.head and start <= one.head[0] < end]
        taught.rows += _heads(found, named)
        acts: dict[tuple[str, int], list[Told]] = {}
        for one in named:
            at = heads(found, one)
            if at is not None:
                acts.setdefault((one.predicate, at), []).append(one)
        for (_, at), ones in acts.items():
            taught.rows += _act(page, index, found, at, ones)
            span = (found[at].start, found[at].end)
            voice = hear(document.text, spoken[0], spoken[1], span, (start, end), spoken[2]).voice
            row = voice_features(found, at, ones[0].predicate, before, voice)
            taught.rows.append(("voice", row, "other" if ones[0].source else "own"))
    return taught


def _heads(found: Sequence[Item], told: Sequence[Told]) -> Iterator[tuple[str, list[str], str]]:
    for predicate in sorted({one.predicate for one in told}):
        gold = {heads(found, one) for one in told if one.predicate == predicate} - {None}
        if gold:
            for at, item in enumerate(found):
                if deciding.possible_head(item):
                    yield "heads", head_features(found, at, predicate), "yes" if at in gold else "no"


def _act(
    page: Page, index: int, found: Sequence[Item], at: int, told: Sequence[Told]
) -> Iterator[tuple[str, list[str], str]]:
    """Rows of one act: its values, how firmly it is told, whose it is."""
    first = told[0]
    predicate = topic().predicates[first.predicate]
    given = values(first)
    for slot, value in given.items():
        yield f"{first.predicate}.{slot}", head_features(found, at, ""), value
    label = ":".join(
        [first.predicate, *[given[slot] for slot in learned_slots()[first.predicate] if slot in given][-1:]]
    )
    firm = firm_features(found, at, label, deciding.judged(page, index, (found[at].start, found[at].end)))
    yield "polarity", firm, first.polarity
    yield "modality", firm, first.modality
    possible = deciding.candidates(page, index, found, predicate.kinds)
    inside = sum(one.at is not None for one in possible)
    counts = Counter(deciding.entity(mention) for mention in page.mentions)
    for one in possible:
        right = any(_is(one.mention.name, one.mention.id, each.subject, page) for each in told)
        row = subject_features(found, at, label, one, inside, counts[deciding.entity(one.mention)])
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


def stated(document: Document, wanted: Iterable[tuple[str, int, int]]) -> Lesson:
    """What a text teaches of which sentences state what: ``wanted`` are predicates with the spans of their evidence."""
    page, hits = page_of(document, topic(), gazetteer.load(), always=True)
    taught = Lesson()
    if page is None:
        return taught
    attributions: Sequence[AttributionMention] = attribution.find(document.text)
    rules = [sorted({frame.rule.id for frame in frames}) for frames in proposed(page, hits)]
    wanted = list(wanted)
    for index, (start, end) in enumerate(page.sentences):
        found = items(page, index, attributions)
        before = items(page, index - 1, attributions) if index else ()
        features = sentence_features(found, before, rules[index], deciding.topical(page, index))
        here = {name for name, first, last in wanted if first < end and start < last}
        taught.predicates.append((features, sorted(here)))
    return taught


def short(passage: Passage) -> Lesson:
    """What one of the short passages teaches, which name no heads."""
    document = documents.parse(
        (passage.lead + passage.text).encode(),
        path="passage.txt",
        publication=Publication(published=PUBLISHED, home_state=passage.state),
    )
    return stated(document, ((told.predicate, told.start, told.end) for told in shifted(passage)))


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
        more = pool.map(short, list(passages(FOLDER)), chunksize=40)
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
