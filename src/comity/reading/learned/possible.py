"""What a page may state, by rules and by weights: each possible statement with how likely its parts are.

Pure. Rules propose frames; weights find heads and subjects of their own. :func:`possible` gathers both, and what the
rest of the page says of each; :mod:`comity.reading.learned.deciding` judges them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from comity.reading.learned.features import Candidate
from comity.reading.learned.rows import (
    Itemised,
    entity,
    firm_row,
    head_row,
    label,
    ordered,
    possible_head,
    sentence_row,
    subject_rows,
    value_row,
)
from comity.reading.learned.weights import Group, Weights
from comity.reading.mentions import Mention
from comity.reading.predicates import Frame
from comity.vocabulary import Predicate

__all__ = ["Act", "Possible", "Weighed", "likeliest", "possible"]

STATED = 0.08  # from which chance on a sentence is searched for an act of a predicate
FURTHER = 0.3  # … a word is the head of one more act of it
MEANT = 0.12  # … a mention may be its subject
MOST = 3  # subjects of an act that rules don't name, and acts of a predicate in a sentence, the likeliest first


class Weighed(NamedTuple):
    """A page as the weights see it, and the weights."""

    text: Itemised
    weights: Weights


@dataclass(frozen=True)
class Act:
    """An act by its head, in a sentence: its values, how firmly it is told, who may be its subject; each by chance."""

    by: Weighed
    index: int
    at: int
    predicate: Predicate
    stated: float  # that the sentence states something of the predicate
    head: float  # that the word is its head
    rank: int = 0  # how many of its predicate in the sentence are likelier

    @cached_property
    def values(self) -> Mapping[str, str]:
        """Its enumerated values, as far as the weights fill them."""
        beside = value_row(self.by.text, self.index, self.at)
        tables = self.by.weights.tables
        named = {slot: f"{self.predicate.name}.{slot}" for slot in self.predicate.enums}
        return {slot: likeliest(tables[name].chances(beside)) for slot, name in named.items() if name in tables}

    @cached_property
    def label(self) -> str:
        """Its predicate with the last of its values."""
        return label(self.predicate.name, list(self.values.values()))

    @cached_property
    def polarity(self) -> Mapping[str, float]:
        """How likely it is affirmed and denied."""
        return self.by.weights.chances("polarity", firm_row(self.by.text, self.index, self.at, self.label))

    @cached_property
    def modality(self) -> Mapping[str, float]:
        """How likely it is told as actual, planned …"""
        return self.by.weights.chances("modality", firm_row(self.by.text, self.index, self.at, self.label))

    @cached_property
    def subjects(self) -> tuple[tuple[float, Candidate], ...]:
        """The mentions that may be its subject, the likeliest first; each entity once."""
        rows = subject_rows(self.by.text, self.index, self.at, self.label, self.predicate.kinds)
        scored = [(self.by.weights.chances("subjects", row)["yes"], one) for one, row in rows]
        seen: dict[str, tuple[float, Candidate]] = {}
        for score, one in sorted(scored, key=lambda item: -item[0]):
            seen.setdefault(entity(one.mention), (score, one))
        return tuple(seen.values())


@dataclass(frozen=True)
class Possible:
    """A statement that a page may make: an act and its subject, with the rule's frame where a rule proposes it."""

    act: Act
    subject: Mention
    likely: float  # the subject's chance
    other: float  # that of the likeliest other subject
    candidate: Candidate | None
    frame: Frame | None = None


def possible(by: Weighed, proposed: Sequence[Sequence[Frame]]) -> Iterator[Possible]:
    """The possible statements of a page, in its order; ``proposed`` are the frames of its rules, by sentence."""
    rules = [sorted({frame.rule.id for frame in frames}) for frames in proposed]
    rows = (sentence_row(by.text, index, each) for index, each in enumerate(rules))
    stated = by.weights.stated(rows, (ordered(by.text, index, each) for index, each in enumerate(rules)))
    for index, (frames, chances) in enumerate(zip(proposed, stated, strict=True)):
        likely = {name: chance for name, chance in chances.items() if chance >= STATED}
        told: set[tuple[str, str, int]] = set()
        for frame in frames:
            one = _of_rule(by, index, frame, chances[frame.predicate.name])
            told.add(_matter(one))
            yield one
        for act in _acts(by, index, likely):
            for rank, (score, candidate) in enumerate(act.subjects):
                if score >= 0.5 or (rank < MOST and score >= MEANT):
                    one = Possible(act, candidate.mention, score, _other(act, candidate.mention), candidate)
                    if _matter(one) not in told:
                        yield one


def _matter(one: Possible) -> tuple[str, str, int]:
    """What tells possible statements of a sentence apart: predicate, subject, clause."""
    item = one.act.by.text.items[one.act.index][one.act.at]
    return one.act.predicate.name, entity(one.subject), item.clause


def _acts(by: Weighed, index: int, stated: Mapping[str, float]) -> Iterator[Act]:
    """The likeliest act of each predicate in a sentence, as far as a word can be its head, and more that are likely."""
    found, table = by.text.items[index], by.weights.tables["heads"]
    heads: dict[str, list[tuple[float, int]]] = {name: [] for name in stated}
    for at in range(len(found) if stated else 0):
        if possible_head(found, at):
            row = head_row(by.text, index, at)
            totals = table.totals(row)
            for name, chances in heads.items():
                chances.append((table.chances([Group(row[0].features, (name,))], totals)["yes"], at))
    for name, chances in heads.items():
        predicate = by.text.page.vocabulary.predicates[name]
        for rank, (chance, at) in enumerate(sorted(chances, key=lambda one: -one[0])[:MOST]):
            if not rank or chance >= FURTHER:
                yield Act(by, index, at, predicate, stated[name], chance, rank)


def _of_rule(by: Weighed, index: int, frame: Frame, stated: float) -> Possible:
    found = by.text.items[index]
    after = [k for k, item in enumerate(found) if item.end > frame.head[0]]
    at = next((k for k in after if possible_head(found, k)), next(iter(after), 0))
    head = by.weights.chances("heads", head_row(by.text, index, at, frame.predicate.name))["yes"]
    act = Act(by, index, at, frame.predicate, stated, head)
    same = [(score, one) for score, one in act.subjects if entity(one.mention) == entity(frame.subject)]
    likely, candidate = same[0] if same else (0.0, None)
    return Possible(act, frame.subject, likely, _other(act, frame.subject), candidate, frame)


def _other(act: Act, subject: Mention) -> float:
    return max((score for score, one in act.subjects if entity(one.mention) != entity(subject)), default=0.0)


def likeliest(chances: Mapping[str, float]) -> str:
    """The likeliest class; of equals the first."""
    return max(chances, key=chances.__getitem__)
