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
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import get_args

from comity.model import AttributionMention, Modality, Pair, Polarity
from comity.reading import modality
from comity.reading.clause_words import words
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
from comity.reading.learned.words import MENTION, Item, items
from comity.reading.mentions import Mention
from comity.reading.patterns import fold
from comity.reading.predicates import Frame, Page, datelined, inside, settled
from comity.reading.slots import Scene, fill
from comity.vocabulary import Predicate, Rule

__all__ = ["candidates", "decided", "entity", "heard_rightly", "judged", "possible_head", "topical"]

_EARLIER = 6  # entities named before the sentence that may be meant
_BACK = 5  # sentences before, as the features count them
_HEAD = re.compile(r"\S+")
_LEARNED = "weights"  # how the subject of a frame of theirs was found
_POLARITIES: Mapping[str, Polarity] = {name: name for name in get_args(Polarity)}
_MODALITIES: Mapping[str, Modality] = {name: name for name in get_args(Modality)}


def possible_head(item: Item) -> bool:
    """Whether a word can name an act."""
    return item.told and item.mention is None and item.low[0].isalpha() and item.tag not in ("DATE", "RB", "CD")


def candidates(page: Page, index: int, found: Sequence[Item], kinds: Sequence[str]) -> list[Candidate]:
    """Whom an act in a sentence can be about: the mentions in it, then each entity named before, the nearest first."""
    own = [
        Candidate(settled(page, kinds, item.mention), at)
        for at, item in enumerate(found)
        if item.mention is not None
        and item.mention.kind in kinds
        and not datelined(page.text, page.sentences[index][0], item.mention)
        and not _region(found, at)
    ]
    seen = {entity(one.mention) for one in own}
    start = page.sentences[index][0]
    rank = 0
    for mention in reversed(page.mentions[: bisect_right(page.mentions, start, key=lambda item: item.start)]):
        if rank == _EARLIER:
            break
        if mention.kind not in kinds or mention.end > start:
            continue
        meant = settled(page, kinds, mention)
        if entity(meant) in seen:
            continue
        seen.add(entity(meant))
        back = index - bisect_right(page.sentences, mention.start, key=lambda span: span[0]) + 1
        own.append(Candidate(meant, None, rank, back if back <= _BACK else 0))
        rank += 1
    return own


def _region(found: Sequence[Item], at: int) -> bool:
    """Whether a place's name is a region's: "agencies in the Panhandle have", but not "the Denver ordinance"."""
    before, after = found[at - 1].low if at else "", found[at + 1].tag if at + 1 < len(found) else ""
    mention = found[at].mention
    named = mention is not None and mention.kind == "place" and mention.named == (mention.start, mention.end)
    return named and before in words().determiners and after not in ("N", "NP", "JJ", "POS", MENTION)


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


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence to decide on."""

    page: Page
    index: int
    items: Sequence[Item]
    before: Sequence[Item]
    weights: Weights

    def chances(self, table: str, features: Sequence[str]) -> dict[str, float]:
        return self.weights.tables[table].chances(features)

    def least(self, what: str) -> float:
        return self.weights.least[what]


def _sentence(page: Page, index: int, attributions: Sequence[AttributionMention], weights: Weights) -> _Sentence:
    for number in (index - 1, index):
        if number >= 0 and number not in page.kept:
            page.kept[number] = items(page, number, attributions)
    return _Sentence(page, index, page.kept[index], page.kept.get(index - 1, ()), weights)


def decided(
    page: Page, index: int, proposed: Sequence[Frame], attributions: Sequence[AttributionMention], weights: Weights
) -> list[Frame]:
    """The frames of the sentence ``page.sentences[index]``: those of its rules that are likely, and what no rule has.

    ``proposed`` are the frames of rules, ``attributions`` those of the whole text.
    """
    here = _sentence(page, index, attributions, weights)
    rules = sorted({frame.rule.id for frame in proposed})
    chances = here.chances("predicates", sentence_features(here.items, here.before, rules, topical(page, index)))
    likely = [frame for frame in proposed if chances[frame.predicate.name] >= here.least("proposed")]
    result = [_kept(here, frame) for frame in likely]
    told = {frame.predicate.name for frame in proposed}
    for name, chance in chances.items():
        if name not in told and chance >= here.least("learned"):
            result += _learned(here, page.vocabulary.predicates[name], chance)
    return result


def heard_rightly(
    page: Page, frame: Frame, voice: str, attributions: Sequence[AttributionMention], weights: Weights
) -> float:
    """How likely the voice in which a frame's head is heard is right: the outlet's own, or somebody's."""
    here = _sentence(page, page.sentences.index(frame.sentence), attributions, weights)
    at = next((k for k, item in enumerate(here.items) if item.end > frame.head[0]), 0)
    chances = here.chances("voice", voice_features(here.items, at, frame.predicate.name, here.before, voice))
    return chances["own" if voice == "own" else "other"]


def _kept(here: _Sentence, frame: Frame) -> Frame:
    """A rule's frame; where the weights are nearly sure that its subject is another one, with that."""
    at = next((k for k, item in enumerate(here.items) if item.end > frame.head[0] and possible_head(item)), None)
    if at is None or frame.chosen in ("pattern", "told"):
        return frame
    values = [frame.slots[slot].value for slot in _slots(here, frame.predicate)]
    scored = _scored(here, at, _label(frame.predicate, [str(value) for value in values if value]), frame.predicate)
    its = max((score for score, mention in scored if entity(mention) == entity(frame.subject)), default=1.0)
    best, other = max(scored, key=lambda one: one[0], default=(0.0, frame.subject))
    if its >= here.least("kept subject") or best < here.least("other subject"):
        return frame
    return replace(frame, subject=other, chosen="likelier")


def _slots(here: _Sentence, predicate: Predicate) -> list[str]:
    """The enumerated slots of a predicate that the weights fill."""
    return [slot for slot in predicate.enums if f"{predicate.name}.{slot}" in here.weights.tables]


def _label(predicate: Predicate, values: Sequence[str]) -> str:
    """A predicate with the last of its enumerated values, as the features have it: ``agreement:ended``."""
    return ":".join((predicate.name, *values[-1:]))


def _learned(here: _Sentence, predicate: Predicate, chance: float) -> Iterator[Frame]:
    """The frames that the weights make of a predicate; ``chance`` is how likely the sentence states one."""
    page, found = here.page, here.items
    heads = [
        (here.chances("heads", head_features(found, at, predicate.name))["yes"], -at)
        for at, item in enumerate(found)
        if possible_head(item)
    ]
    if not heads:
        return
    at = -max(heads)[1]
    head = (found[at].start, found[at].end)
    beside = head_features(found, at, "")
    values = {slot: here.weights.tables[f"{predicate.name}.{slot}"].chosen(beside) for slot in _slots(here, predicate)}
    label = _label(predicate, list(values.values()))
    firm = firm_features(found, at, label, judged(page, here.index, head))
    polarity, sure_of_it = _likeliest(here.chances("polarity", firm))
    told, sure_of_told = _likeliest(here.chances("modality", firm))
    chance *= sure_of_it * sure_of_told
    rule = Rule(
        f"{predicate.name}.weights",
        trigger="",
        subject=(),
        kinds=predicate.kinds,
        set=values,
        polarity=_POLARITIES[polarity],
        modality=_MODALITIES[told],
    )
    sentence = page.sentences[here.index]
    folded = fold(page.masked, sentence, inside(page, sentence), page.dates)
    match = _HEAD.match(folded.text, folded.at(head[0]))
    if match is None:
        return
    clause = next((span for span in clauses(page.text, sentence) if span[0] <= head[0] < span[1]), sentence)
    scope = {"sentence": (0, len(folded.text)), "clause": (folded.at(clause[0]), folded.at(clause[1] - 1) + 1)}
    scored = _scored(here, at, label, predicate)
    for subject, sure in _subjects(here, scored):
        if chance * sure < here.weights.enough(predicate.name):
            continue
        scene = Scene(page.text, folded, match, scope, page.dates, subject, page.vocabulary, page.gazetteer)
        slots = fill(predicate, rule, scene)
        if all(slots[name].value is not None for name in predicate.told_by):
            others = tuple(other for _, other in scored if entity(other) != entity(subject))
            likely = chance * sure
            yield Frame(predicate, rule, sentence, clause, head, head, subject, slots, _LEARNED, others, likely)


def _scored(here: _Sentence, at: int, label: str, predicate: Predicate) -> list[tuple[float, Mention]]:
    """Each mention that may be the subject of the act whose head is ``here.items[at]``, with how likely it is."""
    possible = candidates(here.page, here.index, here.items, predicate.kinds)
    own = sum(one.at is not None for one in possible)
    counts = Counter(entity(mention) for mention in here.page.mentions)
    return [
        (
            here.chances("subjects", subject_features(here.items, at, label, one, own, counts[entity(one.mention)]))[
                "yes"
            ],
            one.mention,
        )
        for one in possible
    ]


def _subjects(here: _Sentence, scored: Sequence[tuple[float, Mention]]) -> Iterator[tuple[Mention, float]]:
    """The mentions that an act is about: all that are likelier so than not, else the likeliest; each entity once."""
    best = max((score for score, _ in scored), default=0.0)
    seen: set[str] = set()
    for score, mention in scored:
        likely = score >= here.least("subject") or (score == best and score >= here.least("only subject"))
        if likely and entity(mention) not in seen:
            seen.add(entity(mention))
            yield mention, score


def _likeliest(chances: Mapping[str, float]) -> tuple[str, float]:
    """The likeliest class and its probability; of equals the first."""
    return max(chances.items(), key=lambda item: item[1])
