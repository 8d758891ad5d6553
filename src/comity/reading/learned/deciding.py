"""What a page states, by the rules that speak in it and by weights learned from annotated texts.

Rules propose frames; weights find acts and subjects that no rule names (:mod:`~comity.reading.learned.possible`). A
table that knows how sure the others are, and what the rest of the page says, judges each: what is likely right stays.
Pure. A topic without weights has the frames of its rules alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import get_args

from comity.model import Modality, Pair, Polarity
from comity.reading.clauses import clause_at
from comity.reading.learned.judging import found_by, rows
from comity.reading.learned.possible import Possible, Weighed, likeliest, possible
from comity.reading.learned.rows import entity, voice_row
from comity.reading.page import inside
from comity.reading.patterns import compile_pattern, fold
from comity.reading.predicates import Frame
from comity.reading.slots import Scene, fill, scope
from comity.reading.unnamed import of_any, of_many, of_one, of_others, region
from comity.vocabulary import Rule

__all__ = ["LEARNED", "decided", "own_voice"]

_HEAD = re.compile(r"\S+")
LEARNED = "weights"  # how the subject of a frame of theirs was found
_POLARITIES: Mapping[str, Polarity] = {name: name for name in get_args(Polarity)}
_MODALITIES: Mapping[str, Modality] = {name: name for name in get_args(Modality)}


def decided(by: Weighed, proposed: Sequence[Sequence[Frame]]) -> tuple[list[Frame], list[Frame]]:
    """The frames of a page that are likely right, in its order; and those of its rules that aren't.

    A frame of the same matter as one that stands tells nothing more, and is in neither. ``proposed`` are the frames of
    rules, by sentence.
    """
    page, least = list(possible(by, proposed)), by.weights.least["rule"]
    stand: list[Frame] = []
    fall: list[Frame] = []
    for one, row in zip(page, rows(by.text, page), strict=True):
        right = by.weights.right(found_by(one), row)
        if one.frame is not None and one.frame.rule.near == "list":
            stand.append(one.frame)  # an item says nothing by its own words, which is what the weights look at
        elif one.frame is not None:
            (stand if right >= least else fall).append(replace(one.frame, chance=right))
        elif right >= by.weights.enough(one.act.predicate.name, one.act.values.values()):
            stand += _framed(by, one, right)
    stand = [_as_worded(frame, fall) for frame in stand]
    told = {_matter(frame) for frame in stand}
    return stand, [frame for frame in fall if _matter(frame) not in told]


def _as_worded(frame: Frame, fallen: Sequence[Frame]) -> Frame:
    """What only weights find, with the matter that a rule words in its sentence, which found another subject for it."""
    if frame.chosen != LEARNED:
        return frame
    slots = dict(frame.slots)
    for name in frame.predicate.facet:
        worded = {
            other.slots[name].value: other.slots[name]
            for other in fallen
            if (other.predicate, other.sentence) == (frame.predicate, frame.sentence) and name in other.rule.set
        }
        if frame.predicate.slots[name].values and len(worded) == 1:
            slots[name] = next(iter(worded.values()))
    return replace(frame, slots=slots)


def _matter(frame: Frame) -> tuple[str, str, Pair]:
    """What tells the frames of a page apart: predicate, subject, sentence."""
    return frame.predicate.name, entity(frame.subject), frame.sentence


def own_voice(by: Weighed, frame: Frame, heard: str) -> float:
    """How likely a frame's head stands in the outlet's own voice; ``heard`` is the voice that the rules hear."""
    index = by.text.page.sentences.index(frame.sentence)
    at = next((k for k, item in enumerate(by.text.items[index]) if item.end > frame.head[0]), 0)
    return by.weights.chances("voice", voice_row(by.text, index, at, frame.predicate.name, heard))["own"]


def _framed(by: Weighed, one: Possible, right: float) -> Iterator[Frame]:
    """The frame of what only weights find; none where it has to name a speaker and doesn't."""
    page, act = by.text.page, one.act
    predicate, item = act.predicate, by.text.items[act.index][act.at]
    rule = Rule(
        f"{predicate.name}.weights",
        trigger="",
        subject=(),
        kinds=predicate.kinds,
        set=act.values,
        polarity=_POLARITIES[likeliest(act.polarity)],
        modality=_MODALITIES[likeliest(act.modality)],
    )
    head, sentence = (item.start, item.end), page.sentences[act.index]
    folded = fold(page.masked, sentence, inside(page, sentence), page.dates)
    match = _HEAD.match(folded.text, folded.at(head[0]))
    if match is None or any(
        compile_pattern(each, page.vocabulary).match(folded.text, match.start()) for each in predicate.unlearned
    ):
        return
    at = one.candidate.at if one.candidate is not None else None
    if (at is None or at > act.at) and of_others(folded, head, predicate, page.vocabulary):
        return
    clause = clause_at(page.text, sentence, head[0])
    if one.subject.kind not in predicate.binds and at is not None and region(page.text, one.subject):
        return
    if of_one(page.text, clause, head[0]):
        return
    if at is None and (of_many(page.text, clause, head) or of_any(page.text, sentence, head[0])):
        return
    scene = Scene(
        page.text, folded, match, scope(folded, clause), page.dates, one.subject, page.vocabulary, page.gazetteer
    )
    slots = fill(predicate, rule, scene)
    if all(slots[name].value is not None for name in predicate.told_by):
        others = tuple(other.mention for _, other in act.subjects if entity(other.mention) != entity(one.subject))
        yield Frame(predicate, rule, sentence, clause, head, head, one.subject, slots, LEARNED, others, right)
