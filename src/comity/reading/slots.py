"""Slots: the values of a frame, each with the span that carries it.

A slot takes what the rule sets, else what the pattern's group of its name holds, else what its own patterns find in the
sentence, else the nearest mention of the kinds it names, else its default. Nothing found is None: unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from comity.gazetteer import Gazetteer
from comity.model import DateMention, Pair, Value
from comity.reading.figures import figure
from comity.reading.mentions import Mention
from comity.reading.patterns import CLASSES, Folded, compile_pattern, head
from comity.vocabulary import Predicate, Rule, Slot, Vocabulary

__all__ = ["Filled", "Scene", "fill", "scope"]


@dataclass(frozen=True, slots=True)
class Filled:
    """A slot's value and where it stands; ``span`` is None for what the topic normalises."""

    value: Value
    span: Pair | None = None
    definite: Mention | None = None  # the mention behind a value that refers back
    cue: Pair | None = None  # the words by which an enumerated value was chosen


@dataclass(frozen=True, slots=True)
class Scene:
    """What the slots of one frame may draw on."""

    text: str
    folded: Folded
    match: re.Match[str]
    scope: Mapping[str, Pair]  # folded spans of "clause" and "sentence"
    dates: Iterable[DateMention]
    subject: Mention
    vocabulary: Vocabulary
    gazetteer: Gazetteer


def scope(folded: Folded, clause: Pair) -> dict[str, Pair]:
    """How far a slot may look, as spans of the folded text: the sentence, and the act's clause."""
    return {"sentence": (0, len(folded.text)), "clause": (folded.at(clause[0]), folded.at(clause[1] - 1) + 1)}


def fill(predicate: Predicate, rule: Rule, scene: Scene) -> dict[str, Filled]:
    """Every slot of the predicate; None values are unknown."""
    result: dict[str, Filled] = {}
    for name, slot in predicate.slots.items():
        if name in rule.set:
            result[name] = Filled(rule.set[name])
            continue
        result[name] = _filled(slot, scene) or Filled(slot.default)
    return result


def _filled(slot: Slot, scene: Scene) -> Filled | None:
    groups = scene.match.re.groupindex
    if slot.name in groups and scene.match.group(slot.name) is not None:
        return _taken(slot, scene, scene.match.span(slot.name))
    start, end = scene.scope[slot.within]
    for value, pattern in slot.choose:
        chosen = compile_pattern(pattern, scene.vocabulary).search(scene.folded.text, start, end)
        if chosen is not None:
            return Filled(value, cue=scene.folded.span(*head(chosen)))
    if slot.type == "texts":
        return _several(slot, scene, start, end)
    for pattern in slot.find:
        found = compile_pattern(pattern, scene.vocabulary).search(scene.folded.text, start, end)
        if found is not None and found.group("value"):
            taken = _taken(slot, scene, found.span("value"))
            if taken is not None:
                return taken
    return _nearest(slot, scene) if slot.body else None


def _several(slot: Slot, scene: Scene, start: int, end: int) -> Filled | None:
    found: list[tuple[int, str, Pair]] = []
    for pattern in slot.find:
        for match in compile_pattern(pattern, scene.vocabulary).finditer(scene.folded.text, start, end):
            span = _trimmed(scene.text, scene.folded.span(*match.span("value")))
            if not any(span[0] < other[1] and other[0] < span[1] for _, _, other in found):
                found.append((span[0], scene.text[span[0] : span[1]], span))
    found.sort()
    if not found:
        return None
    return Filled(tuple(text for _, text, _ in found), (found[0][2][0], found[-1][2][1]))


def _trimmed(text: str, span: Pair) -> Pair:
    start, end = span
    while start < end and text[start] in " \t\n,;:“”\"'‘’(":
        start += 1
    while end > start and text[end - 1] in " \t\n,;:.“”\"'‘’)":
        if text[end - 1] == ")" and "(" in text[start:end]:
            break  # "287(g)"
        end -= 1
    return start, end


def _taken(slot: Slot, scene: Scene, folded_span: Pair) -> Filled | None:
    """The value that a group of a pattern holds, in the slot's type."""
    alone = len(scene.folded.text[slice(*folded_span)].rstrip(",")) == 1  # a mention takes the comma after it in
    mention = scene.folded.marks.get(folded_span[0]) if alone else None
    span = _trimmed(scene.text, scene.folded.span(*folded_span))
    printed = scene.text[span[0] : span[1]]
    if slot.type in ("integer", "number"):
        number = figure(printed)
        if number is None:
            return None
        return Filled(int(number) if slot.type == "integer" else number, span)
    if slot.type == "date":
        dates = [date for date in scene.dates if span[0] <= date.start and date.end <= span[1] and date.edtf]
        # "by June 30" bounds an interval as a time, and names the day itself as a deadline
        return Filled((dates[0].edtf or "").removeprefix("../"), (dates[0].start, dates[0].end)) if dates else None
    if mention is not None:
        return _body(mention, scene)
    for value, pattern in scene.vocabulary.normal.get(slot.name, ()):
        if compile_pattern(pattern, scene.vocabulary).search(printed):
            return Filled(value, span)
    return Filled((printed,) if slot.type == "texts" else printed, span) if printed else None


def _body(mention: Mention, scene: Scene) -> Filled:
    """A mentioned body under its name of record, so that "DHS" and its full name settle one facet."""
    if mention.person:
        return Filled(scene.text[mention.start : mention.end], (mention.start, mention.end))
    entity = scene.gazetteer.entity(mention.id) if mention.id else None
    name = entity.name if entity is not None and entity.kind == "federal" else mention.name
    return Filled(name, (mention.start, mention.end), mention if mention.definite else None)


def _nearest(slot: Slot, scene: Scene) -> Filled | None:
    kinds = {kind for group in slot.body for kind in CLASSES.get(group, (group,))}
    start, end = scene.scope[slot.within]
    act = scene.match.start()
    found = [
        (abs(index - act), index, mention)
        for index, mention in scene.folded.marks.items()
        if start <= index < end and mention.kind in kinds and mention.id != scene.subject.id
    ]
    return _body(min(found, key=lambda item: item[:2])[2], scene) if found else None
