"""What an annotated text teaches the weights: rows for each table; part of ``python -m scripts.train_weights``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import NamedTuple

from tests.quality.passages import LESSONS, Passage, Told, document, passages

from comity import gazetteer, vocabulary
from comity.model import Pair
from comity.reading import attribution, persons, quotations
from comity.reading.learned.rows import (
    Itemised,
    firm_row,
    head_row,
    itemised,
    label,
    ordered,
    possible_head,
    sentence_row,
    subject_rows,
    value_row,
    voice_row,
)
from comity.reading.learned.weights import flat
from comity.reading.learned.words import Item
from comity.reading.mentions import Mention
from comity.reading.page import Page
from comity.reading.rules import page_of, proposed
from comity.reading.voice import hear
from comity.vocabulary import Vocabulary

TOPIC = "immigration-cooperation"
ALWAYS = 0.9  # an enumerated slot that this share of a predicate's statements has gets a table


class Sentence(NamedTuple):
    """A sentence in order: each item's features in one string, tabs between; what it states, by which items.

    One that doesn't ``count`` is only what stands before others.
    """

    items: list[str]
    marks: list[str]
    stated: list[str]
    heads: list[tuple[str, int]]
    counted: bool


@dataclass
class Lesson:
    """What one text teaches: rows for each table, and its sentences in order."""

    sentences: list[Sentence] = field(default_factory=list)
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
    inside = [k for k in inside if possible_head(found, k)]
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
        rules = sorted({frame.rule.id for frame in frames})
        here = [one for one in told if _stated(one, sentence)]
        acts: dict[tuple[str, int], list[Told]] = {}
        for one in here:
            at = head_of(text.items[index], one)
            if at is not None:
                acts.setdefault((one.predicate, at), []).append(one)
        stated, counted = sorted({one.predicate for one in here}), with_lead or sentence[1] > len(passage.lead)
        items, marks = ordered(text, index, rules)
        joined = ["\t".join(item) for item in items]
        taught.sentences.append(Sentence(joined, list(marks), stated, sorted(acts), counted))
        if not counted:
            continue
        taught.predicates.append((flat(sentence_row(text, index, rules)), stated))
        taught.rows += _heads(text, index, acts)
        for (predicate, at), ones in acts.items():
            taught.rows += _act(text, index, at, ones, passage.state)
            span = (text.items[index][at].start, text.items[index][at].end)
            voice = hear(read.text, *spoken[0], span, sentence, spoken[1]).voice
            taught.rows.append(
                ("voice", flat(voice_row(text, index, at, predicate, voice)), "other" if ones[0].source else "own")
            )
    return taught


def _stated(told: Told, sentence: Pair) -> bool:
    """Whether a sentence states what a line says: its head stands in it, or, without one, a part of its line."""
    start, end = sentence
    return start <= told.head[0] < end if told.head is not None else told.start < end and start < told.end


def _heads(text: Itemised, index: int, acts: Collection[tuple[str, int]]) -> Iterator[tuple[str, list[str], str]]:
    """Rows of every word of a sentence for each predicate that it states: whether it is an act's head."""
    for predicate in sorted({name for name, _ in acts}):
        for at in range(len(text.items[index])):
            if possible_head(text.items[index], at):
                row = flat(head_row(text, index, at, predicate))
                yield "heads", row, "yes" if (predicate, at) in acts else "no"


def _act(
    text: Itemised, index: int, at: int, told: Sequence[Told], state: str | None
) -> Iterator[tuple[str, list[str], str]]:
    """Rows of one act: its values, how firmly it is told, whose it is."""
    first, given = told[0], values(told[0])
    for slot, value in given.items():
        yield f"{first.predicate}.{slot}", flat(value_row(text, index, at)), value
    labelled = label(first.predicate, [given[slot] for slot in learned_slots()[first.predicate] if slot in given])
    firm = flat(firm_row(text, index, at, labelled))
    yield "polarity", firm, first.polarity
    yield "modality", firm, first.modality
    kinds = topic().predicates[first.predicate].kinds
    for one, row in subject_rows(text, index, at, labelled, kinds):
        right = any(is_subject(one.mention, each.subject, text.page, state) for each in told)
        yield "subjects", flat(row), "yes" if right else "no"


def is_subject(mention: Mention, subject: str, page: Page, state: str | None) -> bool:
    """Whether a mention is the subject that a line names; an agency passes for its government, and the other way.

    ``state`` is the outlet's.
    """
    name, ident = mention.name, mention.id
    wanted = subject.casefold().removeprefix("the ")
    if name.casefold().removeprefix("the ") == wanted:
        return True
    if ident is None:
        return False
    named = {
        other.id
        for other in page.mentions
        if wanted in (other.name.casefold(), page.text[other.start : other.end].casefold().removeprefix("the "))
    } - {None}
    named |= {_resolved(subject, state)} - {None}
    parents = {_parent(one) for one in named if one} - {None}
    return ident in named or _parent(ident) in named or ident in parents


@cache
def _resolved(subject: str, state: str | None) -> str | None:
    return gazetteer.load().resolve(subject, state=state).id


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
