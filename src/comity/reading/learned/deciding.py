"""What a sentence states, by the rules that speak in it and by weights learned from annotated passages.

Rules propose frames; weights say how likely a sentence states something of each predicate, with the rules among what
they look at. A frame of a rule that is unlikely is dropped; where the weights are sure enough and no rule speaks, the
frame is theirs: the head, the subject and the enumerated values each by a table of its own. Pure. A topic without
weights has the frames of its rules alone.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from comity.model import AttributionMention, Kind, Pair
from comity.reading import modality
from comity.reading.clauses import clauses
from comity.reading.learned.features import (
    Candidate,
    firm_features,
    head_features,
    sentence_features,
    subject_features,
    voice_features,
)
from comity.reading.learned.weights import Weights
from comity.reading.learned.words import Item, items
from comity.reading.mentions import Mention
from comity.reading.patterns import Folded
from comity.reading.predicates import Frame, Page, settled
from comity.reading.slots import Scene, fill
from comity.vocabulary import Predicate, Rule

__all__ = ["candidates", "claimed", "decided", "entity", "judged", "possible_head", "quoted", "topical"]

_EARLIER = 6  # entities named before the sentence that may be meant
_BACK = 5  # sentences before, as the features count them
_HEAD = re.compile(r"\S+")


def possible_head(item: Item) -> bool:
    """Whether a word can name an act."""
    return item.told and item.mention is None and item.low[0].isalpha() and item.tag not in ("DATE", "RB", "CD")


def candidates(page: Page, index: int, found: Sequence[Item], kinds: Sequence[Kind]) -> list[Candidate]:
    """Whom an act in a sentence can be about: the mentions in it, then each entity named before, the nearest first."""
    own = [
        Candidate(settled(page, kinds, item.mention), at)
        for at, item in enumerate(found)
        if item.mention is not None and item.mention.kind in kinds
    ]
    seen = {entity(one.mention) for one in own}
    start = page.sentences[index][0]
    rank = 0
    for mention in reversed(page.mentions[: bisect_right(page.mentions, start, key=lambda item: item.start)]):
        if rank == _EARLIER:
            break
        if mention.kind not in kinds or mention.end > start:
            continue
        mention = settled(page, kinds, mention)
        if entity(mention) in seen:
            continue
        seen.add(entity(mention))
        back = index - bisect_right(page.sentences, mention.start, key=lambda span: span[0]) + 1
        own.append(Candidate(mention, None, rank, back if back <= _BACK else 0))
        rank += 1
    return own


def topical(page: Page, index: int) -> tuple[str, ...]:
    """How near the words of the topic's gate stand to a sentence, and how many the text has."""
    start, end = page.sentences[index]
    around = page.sentences[max(0, index - 2)][0]
    here = any(start <= at < end for at in page.topical)
    near = any(around <= at < start for at in page.topical)
    opening = any(at < page.opening for at in page.topical)
    return (f"{here} {near} {opening}", f"{min(len(page.topical), 6)}", f"opening {opening}", f"near {here or near}")


def entity(mention: Mention) -> str:
    """What tells one entity from another: its id, else its name."""
    return mention.id or mention.name.casefold()


def judged(page: Page, index: int, head: Pair) -> tuple[str, str]:
    """Polarity and modality of a head as the words about it tell them (see :mod:`comity.reading.modality`)."""
    sentence = page.sentences[index]
    clause = next((span for span in clauses(page.text, sentence) if span[0] <= head[0] < span[1]), sentence)
    firmness = modality.judge(page.text, clause, head)
    return firmness.polarity, firmness.modality


def decided(
    page: Page,
    index: int,
    folded: Folded,
    proposed: Sequence[Frame],
    attributions: Sequence[AttributionMention],
    weights: Weights,
) -> list[Frame]:
    """The frames of the sentence ``page.sentences[index]``: those of rules that are likely, and those that no rule has."""
    found = items(page, index, attributions)
    before = items(page, index - 1, attributions) if index else ()
    rules = sorted({frame.rule.id for frame in proposed})
    chances = weights.tables["predicates"].chances(
        sentence_features(found, before, rules, topical(page, index))
    )
    likely = [frame for frame in proposed if chances[frame.predicate.name] >= weights.least["proposed"]]
    result = [kept for frame in likely for kept in _kept(page, index, found, frame, weights)]
    told = {frame.predicate.name for frame in proposed}
    for name, chance in chances.items():
        if name not in told and chance >= weights.least["learned"]:
            result += _learned(page, index, folded, found, page.vocabulary.predicates[name], chance, weights)
    return result


def claimed(page: Page, frame: Frame, attributions: Sequence[AttributionMention], weights: Weights) -> bool:
    """Whether an act that nobody is heard to tell is likely enough somebody's claim that it isn't the outlet's own.

    Less is enough where somebody speaks in its sentence and the weights chose the head.
    """
    index = page.sentences.index(frame.sentence)
    found = items(page, index, attributions)
    at = next((k for k, item in enumerate(found) if item.end > frame.head[0]), None)
    if at is None or "voice" not in weights.tables:
        return False
    before = items(page, index - 1, attributions) if index else ()
    beside = any(item.said == "cue" for item in found)
    features = voice_features(found, at, frame.predicate.name, before, quoted(found, at))
    least = weights.least["claim beside" if beside and frame.chosen == "weights" else "claim"]
    return weights.tables["voice"].chances(features)["other"] >= least


def quoted(found: Sequence[Item], at: int) -> bool:
    """Whether an item stands after an odd number of quotation marks in its sentence."""
    return sum(item.low == '"' for item in found[:at]) % 2 == 1


def _kept(page: Page, index: int, found: Sequence[Item], frame: Frame, weights: Weights) -> Iterator[Frame]:
    """A rule's frame, with the subject that the weights are sure of where they are nearly sure that it isn't the rule's."""
    at = next((k for k, item in enumerate(found) if item.end > frame.head[0] and possible_head(item)), None)
    if at is None or frame.chosen == "pattern":
        yield frame
        return
    slot = next((slot for slot in reversed(frame.predicate.enums) if f"{frame.predicate.name}.{slot}" in weights.tables), None)
    value = frame.slots[slot].value if slot else None
    label = f"{frame.predicate.name}:{value}" if value else frame.predicate.name
    scored = _scored(page, index, found, at, label, frame.predicate, weights)
    its = max((score for score, mention in scored if entity(mention) == entity(frame.subject)), default=None)
    best = max(scored, key=lambda one: one[0], default=None)
    if its is None or best is None or its >= weights.least["kept subject"] or best[0] < weights.least["other subject"]:
        yield frame
        return
    yield replace(frame, subject=best[1], chosen="weights")


def _learned(
    page: Page,
    index: int,
    folded: Folded,
    found: Sequence[Item],
    predicate: Predicate,
    chance: float,
    weights: Weights,
) -> Iterator[Frame]:
    """The frames that the weights make of a predicate; ``chance`` is how likely the sentence states one."""
    heads = [
        (weights.tables["heads"].chances(head_features(found, at, predicate.name))["yes"], -at)
        for at, item in enumerate(found)
        if possible_head(item)
    ]
    if not heads:
        return
    at = -max(heads)[1]
    values = {
        slot: weights.tables[f"{predicate.name}.{slot}"].chosen(head_features(found, at, ""))
        for slot in predicate.enums
        if f"{predicate.name}.{slot}" in weights.tables
    }
    label = ":".join([predicate.name, *list(values.values())[-1:]])
    head = (found[at].start, found[at].end)
    firm = firm_features(found, at, label, judged(page, index, head))
    rule = Rule(
        f"{predicate.name}.weights",
        trigger="",
        subject=(),
        kinds=predicate.kinds,
        set=values,
        polarity=weights.tables["polarity"].chosen(firm),
        modality=weights.tables["modality"].chosen(firm),
    )
    match = _HEAD.match(folded.text, folded.at(head[0]))
    if match is None:
        return
    sentence = page.sentences[index]
    clause = next((span for span in clauses(page.text, sentence) if span[0] <= head[0] < span[1]), sentence)
    scope = {"sentence": (0, len(folded.text)), "clause": (folded.at(clause[0]), folded.at(clause[1] - 1) + 1)}
    for subject in _subjects(page, index, found, at, label, predicate, chance, weights):
        scene = Scene(page.text, folded, match, scope, page.dates, subject, page.vocabulary, page.gazetteer)
        slots = fill(predicate, rule, scene)
        if all(slots[name].value is not None for name in predicate.told_by):
            yield Frame(predicate, rule, sentence, clause, head, head, subject, slots, "weights")


def _subjects(
    page: Page,
    index: int,
    found: Sequence[Item],
    at: int,
    label: str,
    predicate: Predicate,
    chance: float,
    weights: Weights,
) -> Iterator[Mention]:
    """The mentions that an act is about: all that are likelier so than not, each entity once."""
    scored = _scored(page, index, found, at, label, predicate, weights)
    best = max((score for score, _ in scored), default=0)
    seen: set[str] = set()
    for score, mention in scored:
        likely = score >= weights.least["subject"] or (score == best and score >= weights.least["only subject"])
        if likely and score * chance >= weights.least["statement"] and entity(mention) not in seen:
            seen.add(entity(mention))
            yield mention


def _scored(
    page: Page, index: int, found: Sequence[Item], at: int, label: str, predicate: Predicate, weights: Weights
) -> list[tuple[float, Mention]]:
    """Each mention that may be the subject of the act whose head is ``found[at]``, with how likely it is."""
    possible = candidates(page, index, found, predicate.kinds)
    inside = sum(one.at is not None for one in possible)
    counts = Counter(entity(mention) for mention in page.mentions)
    table = weights.tables["subjects"]
    return [
        (table.chances(subject_features(found, at, label, one, inside, counts[entity(one.mention)]))["yes"], one.mention)
        for one in possible
    ]
