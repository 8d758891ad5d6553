"""Frames: where a rule of the topic matches a sentence, with its head, subject and slots.

Pure: a sentence's folded text, the document's mentions and dates, and the vocabulary go in; frames come out. Who says
it, how firmly and when are judged afterwards, on the head's span.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from comity.model import Pair
from comity.reading.acting import settled
from comity.reading.clauses import clause_at
from comity.reading.listed import opener
from comity.reading.mentions import Mention
from comity.reading.page import Page, within
from comity.reading.patterns import Folded, compile_pattern, head, matches
from comity.reading.slots import Filled, Scene, fill, scope
from comity.reading.subjects import subjects
from comity.reading.triggers import Triggered
from comity.reading.unnamed import of_any, of_many, of_one, of_others, region
from comity.vocabulary import Predicate, Rule

__all__ = ["Frame", "frames"]

_ELSEWHERE = ("carried", "anaphor", "told")  # the ways to a subject that the sentence itself doesn't give


@dataclass(frozen=True, slots=True)
class Frame:
    """A rule's match: spans are of the document."""

    predicate: Predicate
    rule: Rule
    sentence: Pair
    clause: Pair
    trigger: Pair
    head: Pair
    subject: Mention
    slots: Mapping[str, Filled]
    chosen: str  # how the subject was found
    passed_over: tuple[Mention, ...] = ()
    chance: float | None = None  # how likely it is right, where the topic has weights


def frames(
    page: Page, folded: Folded, index: int, rules: Sequence[Triggered], told: Mapping[str, Sequence[Mention]]
) -> Iterator[Frame]:
    """The frames of the sentence ``page.sentences[index]``, in the order of the topic's rules.

    ``rules`` are those that may match the sentence (:mod:`comity.reading.triggers`); ``told`` holds by predicate
    whom the last sentence with such a frame was about.
    """
    here: dict[str, list[Mention]] = {}
    known: dict[str, bool] = {}
    for item in rules:
        if item.rule.first and not all(_holds(page, pattern, folded, known) for pattern in item.rule.first):
            continue
        found = list(matches(item.rule.trigger, folded, page.vocabulary))
        if not found or any(_holds(page, pattern, folded, known) for pattern in item.rule.unless):
            continue
        if not _wanted(page, item.rule, folded, page.sentences[index]):
            continue
        for match in found:
            name = item.predicate.name
            for frame in _framed(page, folded, index, item, match, here.get(name) or told.get(name, ())):
                here.setdefault(name, []).append(frame.subject)
                yield frame


def _holds(page: Page, pattern: str, folded: Folded, known: dict[str, bool]) -> bool:
    """Whether a pattern is found in the folded sentence; ``known`` keeps the answers that rules share."""
    if pattern not in known:
        known[pattern] = next(matches(pattern, folded, page.vocabulary), None) is not None
    return known[pattern]


def _wanted(page: Page, rule: Rule, folded: Folded, sentence: Pair) -> bool:
    """Whether what the rule needs is there; of an item of a list, whether its opening says so and nothing else."""
    if rule.near == "list":
        opened = opener(page.text, page.paragraphs, page.sentences, sentence[0])
        if opened is None:
            return False
        patterns = {text: compile_pattern(text, page.vocabulary) for text in (*rule.needs, *rule.unless)}
        return all(_printed(patterns[text], page, opened) for text in rule.needs) and not any(
            _printed(patterns[text], page, opened) for text in rule.unless
        )
    return all(_stands(compile_pattern(needed, page.vocabulary), page, rule, folded, sentence) for needed in rule.needs)


def _stands(needed: re.Pattern[str], page: Page, rule: Rule, folded: Folded, sentence: Pair) -> bool:
    """Whether a needed pattern is found: in the sentence (folded, or as printed), else as far around as the rule says.

    A document is about what stands in its opening; elsewhere the paragraph and its neighbours must speak of it.
    """
    if needed.search(folded.text) or _printed(needed, page, sentence):
        return True
    if rule.near == "sentence":
        return False
    if _printed(needed, page, _around(page, sentence, 0 if rule.near == "paragraph" else 1)):
        return True
    return rule.near == "document" and _printed(needed, page, (0, page.opening))


def _printed(needed: re.Pattern[str], page: Page, span: Pair) -> bool:
    """Whether a pattern is found in a span of the printed text; the page keeps the answer for rules that share it."""
    key = (needed.pattern, span)
    if key not in page.answers:
        page.answers[key] = needed.search(page.masked, *span) is not None
    return page.answers[key]


def _around(page: Page, sentence: Pair, reach: int) -> Pair:
    """The span of the sentence's paragraph and of so many before and after it."""
    here = max(0, bisect_right(page.paragraphs, sentence[0], key=lambda span: span[0]) - 1)
    return page.paragraphs[max(0, here - reach)][0], page.paragraphs[min(len(page.paragraphs) - 1, here + reach)][1]


def _framed(
    page: Page,
    folded: Folded,
    index: int,
    item: Triggered,
    match: re.Match[str],
    told: Sequence[Mention],
) -> Iterator[Frame]:
    predicate, rule = item.predicate, item.rule
    act = _bare(page.text, folded.span(*head(match)))
    clause = clause_at(page.text, page.sentences[index], act[0])
    around = scope(folded, clause)
    found, chosen = subjects(page, folded, index, rule, match, around["clause"], told)
    if chosen not in ("pattern", "inside") and (
        of_any(page.text, page.sentences[index], act[0]) or of_one(page.text, clause, act[0])
    ):
        return
    outside = not any(within(mention, (page.sentences[index][0], act[0])) for mention in found)
    if outside and of_others(folded, act, predicate, page.vocabulary):
        return
    if chosen.partition(":")[0] in _ELSEWHERE and of_many(page.text, clause, act):
        return
    found = [mention for mention in found if mention.kind in predicate.binds or not region(page.text, mention)]
    for subject in [settled(page, rule.kinds, mention) for mention in found]:
        scene = Scene(page.text, folded, match, around, page.dates, subject, page.vocabulary, page.gazetteer)
        yield Frame(
            predicate,
            rule,
            page.sentences[index],
            clause,
            folded.span(*match.span()),
            act,
            subject,
            fill(predicate, rule, scene),
            chosen,
            tuple(mention for mention in folded.marks.values() if mention not in found),
        )


def _bare(text: str, span: Pair) -> Pair:
    """The span without punctuation at its ends, which a content that ends there leaves out."""
    start, end = span
    while end - 1 > start and not (text[end - 1].isalnum() or text[end - 1] in "%$)"):
        end -= 1
    while start < end - 1 and not (text[start].isalnum() or text[start] in "$("):
        start += 1
    return start, end
