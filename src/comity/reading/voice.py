"""Voice: whose words a statement stands in, and the chain of sources, outermost first.

A head inside the content of an attribution is that source's claim. Where only a cue without a source, or a quotation
that nobody is given for, shows that these are somebody's words, the voice is ``uncertain``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from comity.model import Attribution, AttributionMention, Pair, Support, Voice
from comity.reading import persons
from comity.reading.attribution import chain
from comity.reading.persons import Person
from comity.reading.quotations import Quotation
from comity.vocabulary import language

__all__ = ["Heard", "hear", "words"]


@dataclass(frozen=True, slots=True)
class Heard:
    """Whose words: the voice, the chain, and the spans that show it."""

    voice: Voice
    attribution: tuple[Attribution, ...]
    support: tuple[Support, ...]


def words(text: str, spans: Sequence[Pair]) -> str | None:
    """The words of a discontinuous span in their order, as printed; None where there are none."""
    return " ".join(text[start:end] for start, end in spans) or None


def hear(
    text: str,
    mentions: Sequence[AttributionMention],
    quotations: Sequence[Quotation],
    head: Pair,
    sentence: Pair,
    people: Sequence[Person] = (),
) -> Heard:
    """The voice of the words at ``head``. Private ``people`` stand in the chain by their role, without their name."""
    links: list[Attribution] = []
    unnamed = False
    support: list[Support] = []
    for index in chain(mentions, *head):
        mention = mentions[index]
        source = words(text, mention.source)
        spans = [("cue", mention.cue), ("source", mention.source)]
        if mention.speaker is not None and not _signs().unsettled.fullmatch(source or ""):
            source = text[slice(*mention.speaker)]
            spans[1] = ("source", (mention.speaker,))
        if source is not None and not mention.direct and _signs().rule.search(source):
            continue  # what a rule itself says is told by the outlet
        if not mention.direct and _signs().unasked.search(words(text, mention.cue) or ""):
            continue
        role = _role(text, spans[1][1], people)
        if role is not None:
            unnamed, spans[1] = True, ("source", (role,))
            source = None if _is_name(role, people) else text[slice(*role)]
        links.append(Attribution(source, mention.named and role is None, words(text, mention.cue), mention.direct))
        for slot, parts in spans:
            if parts:
                start, end = parts[0][0], parts[-1][1]
                if not (sentence[0] <= start and end <= sentence[1]):
                    support.append(Support(slot, start, end, text[start:end]))
    if links and not unnamed and not any(link.source for link in links):
        return Heard("uncertain", tuple(links), tuple(support))
    if links:
        return Heard("attributed", tuple(links), tuple(support))
    quoted = any(quotation.start <= head[0] and head[1] <= quotation.end for quotation in quotations)
    unsure = quoted or _reported(text, mentions, head, sentence) or _goes_on(text, mentions, head, sentence)
    return Heard("uncertain" if unsure else "own", (), ())


def _role(text: str, spans: Sequence[Pair], people: Sequence[Person]) -> Pair | None:
    """Of a source that names a private person the words of the role, else the name; None where it names nobody such."""
    if not spans:
        return None
    span = (spans[0][0], spans[-1][1])
    role = persons.unnamed(text, span, people)
    return None if role == span else role or span


def _is_name(span: Pair, people: Sequence[Person]) -> bool:
    return any(person.start < span[1] and span[0] < person.end for person in persons.private(people))


@dataclass(frozen=True, slots=True)
class _Signs:
    hearsay: re.Pattern[str]
    speech: re.Pattern[str]
    tag: re.Pattern[str]
    apart: re.Pattern[str]
    broken: re.Pattern[str]
    headline: re.Pattern[str]
    rule: re.Pattern[str]
    unsettled: re.Pattern[str]
    unasked: re.Pattern[str]
    asking: re.Pattern[str]
    further: re.Pattern[str]
    pronoun: re.Pattern[str]


@lru_cache(maxsize=1)
def _signs() -> _Signs:
    data = language("voice")
    hearsay = " ".join(data["hearsay"].split()).replace(" |", "|").replace(" ", r"\s+")
    speech = " ".join(data["speech"].split()).replace(" |", "|").replace(" ", r"\s+")
    return _Signs(
        re.compile(rf"\b(?:{hearsay})\b", re.IGNORECASE),
        re.compile(rf"\b(?:(?:{speech})\b[^;.“”\"]{{0,60}}?\bthat|(?:{data['says']}))\b", re.IGNORECASE),
        re.compile(data["tag"], re.IGNORECASE),
        re.compile(data["apart"], re.IGNORECASE),
        re.compile(data["broken"], re.IGNORECASE),
        re.compile(data["headline"]),
        re.compile(rf"^[^,]*?\b(?:{data['rules']})(?: (?:No\.? )?[\d.-]+)?(?:$|,| (?:that|which)\b)", re.IGNORECASE),
        re.compile(data["unsettled"], re.IGNORECASE),
        re.compile(rf"{data['unasked']}.*\b(?:{data['asking']})\b", re.IGNORECASE),
        re.compile(rf"\b(?:{data['asking']})\b", re.IGNORECASE),
        re.compile(rf"\b(?:{data['further']})\b", re.IGNORECASE),
        re.compile(data["pronoun"], re.IGNORECASE),
    )


def _reported(text: str, mentions: Sequence[AttributionMention], head: Pair, sentence: Pair) -> bool:
    """Whether the sentence shows that the head's words are somebody's, though no attribution was found to hold them.

    What the signs show is no sign where the attribution that they belong to was found, and leaves the head out.
    """
    signs = _signs()
    hearsay = signs.hearsay.search(text, *sentence)
    if hearsay and ";" not in text[slice(*sorted((hearsay.start(), head[0])))]:
        return True
    if sentence[0] == 0 and (opened := signs.headline.match(text)) and opened.end() <= head[0]:
        return True
    cues = [span for mention in mentions for span in mention.cue]
    for found in signs.speech.finditer(text, sentence[0], head[0]):
        between = text[found.end() : head[0]]
        known = any(start <= found.start() < end for start, end in cues)
        if not signs.broken.search(between) and not (known and signs.apart.search(between)):
            return True
    tag = signs.tag.search(text, head[1], sentence[1])
    return tag is not None and not any(tag.start() <= start < tag.end() for start, _ in cues)


def _goes_on(text: str, mentions: Sequence[AttributionMention], head: Pair, sentence: Pair) -> bool:
    """Whether a report may go on unmarked in a sentence without a speaker of its own.

    "The complaint says the city bars X. It also bars Y.": the sentence right before tells what somebody says, in the
    same paragraph, and either this one goes on with "also", or the same speaker is back in the next one.
    """
    if any(_within(one.cue, sentence) and not _signs().asking.search(words(text, one.cue) or "") for one in mentions):
        return False
    end = text.find("\n", sentence[1])
    end = len(text) if end < 0 else end
    before = [
        mention
        for mention in mentions
        if mention.source
        and mention.speech
        and mention.content
        and not mention.direct
        and not any(char.isalnum() or char == "\n" for char in text[_last(mention) : sentence[0]])
        and _last(mention) <= sentence[0]
    ]
    if not before:
        return False
    if _signs().further.search(text, sentence[0], head[1]):
        return True
    names = {text[slice(*_speaker(mention))] for mention in before}
    after = [mention for mention in mentions if mention.source and sentence[1] <= mention.source[0][0] < end]
    return any(
        _signs().pronoun.fullmatch(text[slice(*mention.source[0])]) or text[slice(*_speaker(mention))] in names
        for mention in after[:1]
    )


def _within(spans: Sequence[Pair], sentence: Pair) -> bool:
    return any(sentence[0] <= start < sentence[1] for start, _ in spans)


def _last(mention: AttributionMention) -> int:
    return max(end for _, end in (*mention.source, *mention.cue, *mention.content))


def _speaker(mention: AttributionMention) -> Pair:
    return mention.speaker or (mention.source[0][0], mention.source[-1][1])
