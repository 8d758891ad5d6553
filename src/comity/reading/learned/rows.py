"""A page as the weights see it, and the rows of features with which each question is asked of them.

Pure. One place for training (``scripts/train_weights.py``) and for use (:mod:`~comity.reading.learned.deciding`), so
that what is learned is what is asked. Use :func:`itemised` on a page, then the rows.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from comity.model import AttributionMention
from comity.reading import modality
from comity.reading.acting import settled
from comity.reading.captions import elsewhere
from comity.reading.clause_words import words
from comity.reading.clauses import clause_at
from comity.reading.learned.features import (
    Candidate,
    Named,
    firm_features,
    head_features,
    item_features,
    matter_features,
    sentence_features,
    subject_features,
    voice_features,
)
from comity.reading.learned.net import Ordered
from comity.reading.learned.weights import Group
from comity.reading.learned.words import MENTION, VERBS, Item, items
from comity.reading.mentions import Mention
from comity.reading.page import Page
from comity.reading.seats import byword, seat
from comity.reading.subjects import datelined

__all__ = [
    "Itemised",
    "entity",
    "firm_row",
    "head_row",
    "itemised",
    "label",
    "ordered",
    "possible_head",
    "sentence_row",
    "subject_rows",
    "value_row",
    "voice_row",
]

_EARLIER = 6  # entities named before the sentence that may be meant
_BACK = 5  # sentences before, as the features count them
_HELPED = 5  # words after an auxiliary among which its verb is looked for


@dataclass(frozen=True, slots=True)
class Itemised:
    """A page with the items of each of its sentences, and how often it names each entity."""

    page: Page
    items: tuple[tuple[Item, ...], ...]
    named: Mapping[str, int]

    def before(self, index: int) -> tuple[Item, ...]:
        """The items of the sentence before one; none before the first."""
        return self.items[index - 1] if index else ()


def itemised(page: Page, attributions: Sequence[AttributionMention]) -> Itemised:
    """A page as the weights see it; ``attributions`` are those of its whole text."""
    found = tuple(items(page, index, attributions) for index in range(len(page.sentences)))
    return Itemised(page, found, Counter(entity(mention) for mention in page.mentions))


def entity(mention: Mention) -> str:
    """What tells one entity from another: its id, else its name."""
    return mention.id or mention.name.casefold()


def label(predicate: str, values: Sequence[str]) -> str:
    """A predicate with the last of its enumerated values, as the features have it: ``agreement:ended``."""
    return ":".join((predicate, *values[-1:]))


def sentence_row(of: Itemised, index: int, rules: Sequence[str]) -> list[Group]:
    """For what a sentence states; ``rules`` are the ids of those that found a frame in it, sorted, each once."""
    return [Group(sentence_features(of.items[index], of.before(index), rules, _topical(of.page, index)))]


def ordered(of: Itemised, index: int, rules: Sequence[str]) -> Ordered:
    """The same in order; ``rules`` are those of :func:`sentence_row`."""
    marks = (*(f"r:{rule}" for rule in rules), *(f"n:{how}" for how in _topical(of.page, index)))
    return Ordered([item_features(item) for item in of.items[index]], marks)


def head_row(of: Itemised, index: int, at: int, *predicates: str) -> list[Group]:
    """For whether an item is the head of an act of a predicate."""
    return [Group(head_features(of.items[index], at), predicates)]


def value_row(of: Itemised, index: int, at: int) -> list[Group]:
    """For the values of the act whose head is an item: its words, and what the text is about there and at its head."""
    about = {"s": of.items[index], "b": of.before(index), "t": of.items[0]}
    return [Group(head_features(of.items[index], at)), *(Group(matter_features(it, at)) for at, it in about.items())]


def _topical(page: Page, index: int) -> tuple[str, ...]:
    """How near the words of the topic's gate stand to a sentence, and how many the text has."""
    start, end = page.sentences[index]
    around = page.sentences[max(0, index - 2)][0]
    here = any(start <= at < end for at in page.topical)
    near = any(around <= at < start for at in page.topical)
    opening = any(at < page.opening for at in page.topical)
    return (f"{here} {near} {opening}", f"{min(len(page.topical), 6)}", f"opening {opening}", f"near {here or near}")


def _predicate(labelled: str) -> str:
    return labelled.partition(":")[0]


def possible_head(found: Sequence[Item], at: int) -> bool:
    """Whether an item can name an act; an auxiliary where no verb follows that it helps ("the county has a pact")."""
    item = found[at]
    if item.mention is not None or not item.low[0].isalpha():
        return False
    if item.tag == "MD" or item.tag in VERBS:
        return item.acts or not any(other.acts for other in _helped(found, at))
    return item.told and item.tag not in ("DATE", "RB", "CD")


def _helped(found: Sequence[Item], at: int) -> Iterator[Item]:
    """What an auxiliary may help: the first word after it that is no adverb or auxiliary."""
    for item in found[at + 1 : at + 1 + _HELPED]:
        if item.acts or not (item.tag in ("RB", "MD", "TO") or item.tag in VERBS):
            yield item
            return


def firm_row(of: Itemised, index: int, at: int, labelled: str) -> list[Group]:
    """For whether the act whose head is an item is denied, and how firmly it is told."""
    text, head = of.page.text, of.items[index][at]
    clause = clause_at(text, of.page.sentences[index], head.start)
    judged = modality.judge(text, clause, (head.start, head.end))
    told = firm_features(of.items[index], at, labelled, (judged.polarity, judged.modality))
    return [Group(told, (_predicate(labelled), labelled))]


def subject_rows(
    of: Itemised, index: int, at: int, labelled: str, kinds: Sequence[str]
) -> list[tuple[Candidate, list[Group]]]:
    """For whose act it is: each mention of these kinds that can be meant, with its row."""
    found = of.items[index]
    possible = _candidates(of, index, kinds)
    inside = sum(one.at is not None for one in possible)
    most = max((_often(of, one) for one in possible), default=0)
    opening = _first(of, 0)
    rows = []
    for one in possible:
        leads = one.back > 0 and _first(of, index - one.back) == entity(one.mention)
        named = Named(_often(of, one), _often(of, one) == most, opening == entity(one.mention), leads)
        plain, lexical = subject_features(found, at, one, inside, named)
        rows.append((one, [Group(plain, (_predicate(labelled),)), Group(lexical, (labelled, found[at].stem))]))
    return rows


def _often(of: Itemised, one: Candidate) -> int:
    return of.named.get(entity(one.mention), 0)


def _first(of: Itemised, index: int) -> str | None:
    """The entity that a sentence names first, but for federal bodies."""
    found = (item.mention for item in of.items[index] if item.mention is not None)
    return next((entity(mention) for mention in found if mention.kind != "federal"), None)


def _candidates(of: Itemised, index: int, kinds: Sequence[str]) -> list[Candidate]:
    """Whom an act in a sentence can be about: the mentions in it, then each entity named before, the nearest first."""
    page, found = of.page, of.items[index]
    start = page.sentences[index][0]
    result = [
        Candidate(settled(page, kinds, item.mention), at)
        for at, item in enumerate(found)
        if item.mention is not None
        and item.mention.kind in kinds
        and not datelined(page.text, start, item.mention)
        and not _region(found, at)
        and not seat(page.text, item.mention.start)
    ]
    seen = {entity(one.mention) for one in result}
    rank = 0
    for mention in reversed(page.mentions[: bisect_right(page.mentions, start, key=lambda item: item.start)]):
        if rank == _EARLIER:
            break
        if mention.kind not in kinds or mention.end > start or byword(mention) or seat(page.text, mention.start):
            continue
        if elsewhere(page.captions, mention.start, start):
            continue
        meant = settled(page, kinds, mention)
        if entity(meant) in seen:
            continue
        seen.add(entity(meant))
        back = index - bisect_right(page.sentences, mention.start, key=lambda span: span[0]) + 1
        result.append(Candidate(meant, None, rank, back if back <= _BACK else 0))
        rank += 1
    return result


def _region(found: Sequence[Item], at: int) -> bool:
    """Whether a place's name is a region's: "agencies in the Panhandle have", but not "the Denver ordinance"."""
    before, after = found[at - 1].low if at else "", found[at + 1].tag if at + 1 < len(found) else ""
    mention = found[at].mention
    named = mention is not None and mention.kind == "place" and mention.named == (mention.start, mention.end)
    return named and before in words().determiners and after not in ("N", "NP", "JJ", "POS", MENTION)


def voice_row(of: Itemised, index: int, at: int, predicate: str, heard: str) -> list[Group]:
    """For whether an act is somebody's claim or the outlet's own; ``heard`` is the voice that the rules hear."""
    own, earlier = voice_features(of.items[index], at, predicate, of.before(index), heard)
    return [Group(own, (predicate, heard)), Group(earlier)]
