"""What a sentence states, by the rules that speak in it and by weights learned from annotated passages.

Rules propose frames; weights say how likely a sentence states something of each predicate, with the rules among what
they look at. A frame of a rule that is unlikely is dropped; where the weights are sure enough and no rule speaks, the
frame is theirs: the head, the subject and the enumerated values each by a table of its own. Pure. A topic without
weights has the frames of its rules alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple, get_args

from comity.model import Modality, Polarity
from comity.reading.clauses import clause_at
from comity.reading.learned.features import head_features
from comity.reading.learned.rows import (
    Itemised,
    entity,
    firm_row,
    label,
    possible_head,
    sentence_row,
    subject_rows,
    voice_row,
)
from comity.reading.learned.weights import Weights
from comity.reading.mentions import Mention
from comity.reading.patterns import fold
from comity.reading.predicates import Frame, inside, scope
from comity.reading.slots import Scene, fill
from comity.vocabulary import Predicate, Rule

__all__ = ["Weighed", "decided", "heard_rightly"]

_HEAD = re.compile(r"\S+")
_LEARNED = "weights"  # how the subject of a frame of theirs was found
_POLARITIES: Mapping[str, Polarity] = {name: name for name in get_args(Polarity)}
_MODALITIES: Mapping[str, Modality] = {name: name for name in get_args(Modality)}


class Weighed(NamedTuple):
    """A page as the weights see it, and the weights."""

    text: Itemised
    weights: Weights


def decided(by: Weighed, index: int, proposed: Sequence[Frame]) -> list[Frame]:
    """The frames of a page's sentence: those of its rules that are likely, and what no rule has.

    ``proposed`` are the frames of rules.
    """
    rules = sorted({frame.rule.id for frame in proposed})
    chances = by.weights.chances("predicates", sentence_row(by.text, index, rules))
    likely = [frame for frame in proposed if chances[frame.predicate.name] >= by.weights.least["proposed"]]
    result = [_kept(by, index, frame) for frame in likely]
    told = {frame.predicate.name for frame in proposed}
    for name, chance in chances.items():
        if name not in told and chance >= by.weights.enough(name):
            result += _learned(by, index, by.text.page.vocabulary.predicates[name], chance)
    return result


def heard_rightly(by: Weighed, frame: Frame, voice: str) -> float:
    """How likely the voice in which a frame's head is heard is right: the outlet's own, or somebody's."""
    index = by.text.page.sentences.index(frame.sentence)
    at = next((k for k, item in enumerate(by.text.items[index]) if item.end > frame.head[0]), 0)
    chances = by.weights.chances("voice", voice_row(by.text, index, at, frame.predicate.name, voice))
    return chances["own" if voice == "own" else "other"]


def _kept(by: Weighed, index: int, frame: Frame) -> Frame:
    """A rule's frame; where the weights are nearly sure that its subject is another one, with that."""
    found, predicate, least = by.text.items[index], frame.predicate, by.weights.least
    at = next((k for k, item in enumerate(found) if item.end > frame.head[0] and possible_head(item)), None)
    if at is None or frame.chosen in ("pattern", "told"):
        return frame
    values = [frame.slots[slot].value for slot in _slots(by.weights, predicate)]
    scored = _scored(by, index, at, label(predicate.name, [str(value) for value in values if value]), predicate)
    its = max((score for score, mention in scored if entity(mention) == entity(frame.subject)), default=1.0)
    best, other = max(scored, key=lambda one: one[0], default=(0.0, frame.subject))
    if its >= least["kept subject"] or best < least["other subject"]:
        return frame
    return replace(frame, subject=other, chosen="likelier")


def _slots(weights: Weights, predicate: Predicate) -> list[str]:
    """The enumerated slots of a predicate that the weights fill."""
    return [slot for slot in predicate.enums if f"{predicate.name}.{slot}" in weights.tables]


def _learned(by: Weighed, index: int, predicate: Predicate, chance: float) -> Iterator[Frame]:
    """The frames that the weights make of a predicate; ``chance`` is how likely the sentence states one."""
    page, found, weights = by.text.page, by.text.items[index], by.weights
    heads = [
        (weights.chances("heads", head_features(found, at, predicate.name))["yes"], -at)
        for at, item in enumerate(found)
        if possible_head(item)
    ]
    if not heads:
        return
    at = -max(heads)[1]
    head = (found[at].start, found[at].end)
    beside = head_features(found, at, "")
    values = {slot: weights.tables[f"{predicate.name}.{slot}"].chosen(beside) for slot in _slots(weights, predicate)}
    labelled = label(predicate.name, list(values.values()))
    firm = firm_row(by.text, index, at, labelled)
    polarity, sure_of_it = _likeliest(weights.chances("polarity", firm))
    told, sure_of_told = _likeliest(weights.chances("modality", firm))
    chance *= sure_of_it * sure_of_told
    if chance < weights.enough(predicate.name):
        return
    rule = Rule(
        f"{predicate.name}.weights",
        trigger="",
        subject=(),
        kinds=predicate.kinds,
        set=values,
        polarity=_POLARITIES[polarity],
        modality=_MODALITIES[told],
    )
    sentence = page.sentences[index]
    folded = fold(page.masked, sentence, inside(page, sentence), page.dates)
    match = _HEAD.match(folded.text, folded.at(head[0]))
    if match is None:
        return
    clause = clause_at(page.text, sentence, head[0])
    scored = _scored(by, index, at, labelled, predicate)
    for subject, sure in _subjects(weights, scored):
        likely = chance * sure
        if likely < weights.enough(predicate.name):
            continue
        around = scope(folded, clause)
        scene = Scene(page.text, folded, match, around, page.dates, subject, page.vocabulary, page.gazetteer)
        slots = fill(predicate, rule, scene)
        if all(slots[name].value is not None for name in predicate.told_by):
            others = tuple(other for _, other in scored if entity(other) != entity(subject))
            yield Frame(predicate, rule, sentence, clause, head, head, subject, slots, _LEARNED, others, likely)


def _scored(by: Weighed, index: int, at: int, labelled: str, predicate: Predicate) -> list[tuple[float, Mention]]:
    """Each mention that may be the subject of the act whose head is an item, with how likely it is."""
    return [
        (by.weights.chances("subjects", row)["yes"], mention)
        for mention, row in subject_rows(by.text, index, at, labelled, predicate.kinds)
    ]


def _subjects(weights: Weights, scored: Sequence[tuple[float, Mention]]) -> Iterator[tuple[Mention, float]]:
    """The mentions that an act is about: all that are likelier so than not, else the likeliest; each entity once."""
    best = max((score for score, _ in scored), default=0.0)
    seen: set[str] = set()
    for score, mention in scored:
        likely = score >= weights.least["subject"] or (score == best and score >= weights.least["only subject"])
        if likely and entity(mention) not in seen:
            seen.add(entity(mention))
            yield mention, score


def _likeliest(chances: Mapping[str, float]) -> tuple[str, float]:
    """The likeliest class and its probability; of equals the first."""
    return max(chances.items(), key=lambda item: item[1])
