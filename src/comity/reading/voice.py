"""Voice: whose words a statement stands in, and the chain of sources, outermost first.

A head inside the content of an attribution is that source's claim. Where only a cue without a source, or a quotation
that nobody is given for, shows that these are somebody's words, the voice is ``uncertain``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from comity.model import Attribution, AttributionMention, Pair, Support, Voice
from comity.reading import persons
from comity.reading.attribution import chain
from comity.reading.persons import Person
from comity.reading.quotations import Quotation
from comity.reading.sentences import split
from comity.reading.voice_signs import sign

__all__ = ["Heard", "acts", "hear", "words"]

_CLOSING = '”’"'
FURTHER = 3  # sentences that a stand goes on for at most


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
    told = acts(text, mentions, head)
    unnamed = mute = False
    support: list[Support] = []
    for index in chain(mentions, *head):
        mention = mentions[index]
        parties = _bare(text, mention.source)
        source = words(text, parties)
        spans = [("cue", mention.cue), ("source", parties)]
        if mention.speaker is not None and not sign("unsettled").fullmatch(source or ""):
            source = text[slice(*mention.speaker)]
            spans[1] = ("source", (mention.speaker,))
        if index in told:
            continue
        if source is not None and not any(letter.isalpha() for letter in source):
            continue  # a year speaks for nobody
        if source is not None and sign("mute").fullmatch(source):
            mute = True
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
    done = [mentions[index] for index in told]
    reported = _reported(text, mentions, done, head, sentence) or _goes_on(text, mentions, head, sentence)
    return Heard("uncertain" if mute or quoted or reported else "own", (), ())


def acts(text: str, mentions: Sequence[AttributionMention], head: Pair) -> frozenset[int]:
    """Of the attributions that hold a head those that tell an act and no claim, by index: "voted to", "ordered to"."""
    found = []
    for index in chain(mentions, *head):
        mention = mentions[index]
        source = words(text, _bare(text, mention.source))
        if mention.speaker is not None and not sign("unsettled").fullmatch(source or ""):
            source = text[slice(*mention.speaker)]
        if _is_act(text, mention, source, head):
            found.append(index)
    return frozenset(found)


def _is_act(text: str, mention: AttributionMention, source: str | None, head: Pair) -> bool:
    """Whether the cue tells an act rather than a claim, so that what stands under it is told by the outlet.

    What a rule itself says, unless it is cited ("according to the policy"); what is ordered, refused or planned; what
    a thing is that somebody denounces ("a law that bars …"); what nobody says or asks.
    """
    if mention.direct:
        return False
    cue = words(text, mention.cue) or ""
    start = next((start for start, end in mention.content if start <= head[0] < end), None)
    if source is not None and sign("rules").search(source) and not sign("cites").match(cue):
        return start is None or not sign("finds").search(text[start : head[1]])
    if sign("unasked").search(cue) or sign("factive").search(cue):
        return True
    if start is None:
        return False
    between = "to " * cue.endswith(" to") + text[start : head[1]]
    if sign("unsaid").search(cue) or (source is not None and sign("nobody").match(source)):
        return sign("open").match(between) is not None
    told = bool(sign("acts").search(cue) and sign("done").match(between))
    told = told or bool(sign("answers").search(cue) and not sign("in-answer").search(between))
    told = told or bool(sign("orders").search(cue) and sign("ordered").match(between))
    if told and not sign("claims").search(between):
        return True
    return sign("weighs").search(cue) is not None and sign("thing").match(between) is not None


def _bare(text: str, source: tuple[Pair, ...]) -> tuple[Pair, ...]:
    """A source without its relative clause and the marks at its end: "Mayor Ana Ruiz, who voted against it,"."""
    if len(source) != 1:
        return source
    start, end = source[0]
    clause = sign("tail").search(text, start + 1, end)
    words = text[start : clause.start() if clause else end].rstrip(" ,—–")
    return ((start, start + len(words)),) if words else source


def _role(text: str, spans: Sequence[Pair], people: Sequence[Person]) -> Pair | None:
    """Of a source that names a private person the words of the role, else the name; None where it names nobody such."""
    if not spans:
        return None
    span = (spans[0][0], spans[-1][1])
    role = persons.unnamed(text, span, people)
    return None if role == span else role or span


def _is_name(span: Pair, people: Sequence[Person]) -> bool:
    return any(person.start < span[1] and span[0] < person.end for person in persons.private(people))


def _reported(
    text: str,
    mentions: Sequence[AttributionMention],
    acts: Sequence[AttributionMention],
    head: Pair,
    sentence: Pair,
) -> bool:
    """Whether the sentence shows that the head's words are somebody's, though no attribution was found to hold them.

    What the signs show is no sign where the attribution that they belong to was found, and leaves the head out or
    tells an act.
    """
    hearsay = sign("hearsay").search(text, *sentence)
    if hearsay and ";" not in text[slice(*sorted((hearsay.start(), head[0])))]:
        return True
    announced = sign("colon").search(text, sentence[0], head[0])
    if announced is not None and ";" not in text[announced.end() : head[0]]:
        return True
    if sentence[0] == 0 and (opened := sign("headline").match(text)) and opened.end() <= head[0]:
        return True
    cues = [span for mention in mentions for span in mention.cue]
    done = [span for mention in acts for span in mention.cue]
    for found in sign("speech").finditer(text, sentence[0], head[0]):
        between = text[found.end() : head[0]]
        if any(start <= found.start() < end for start, end in done):
            continue
        known = any(start <= found.start() < end for start, end in cues)
        if known and any(_closed(text, mention, found.start(), head, sentence) for mention in mentions):
            continue
        if not sign("broken").search(between) and not (known and sign("apart").search(between)):
            return True
    tag = sign("tag").search(text, head[1], sentence[1])
    return tag is not None and not any(tag.start() <= start < tag.end() for start, _ in cues)


def _closed(text: str, mention: AttributionMention, at: int, head: Pair, sentence: Pair) -> bool:
    """Whether the attribution whose cue stands at ``at`` is plainly over before the head.

    The head stands in the relative clause of its source, or after the comma that ends the clause of the cue: "who says
    he had no choice, | signed", "While the mayor said so, | the council voted".
    """
    if not any(start <= at < end for start, end in mention.cue):
        return False
    if any(start <= head[0] and head[1] <= end for start, end in mention.source):
        return True
    end = _last(mention)
    if end > head[0] or not (
        text[end : head[0]].lstrip(_CLOSING).startswith(",") or text[at:end].rstrip(_CLOSING).endswith(",")
    ):
        return False
    opener = sign("opener")
    comma = text.rfind(",", sentence[0], min(at, mention.cue[0][0]))
    return opener.match(text, sentence[0]) is not None or (
        comma >= 0 and opener.match(text, comma + 2) is not None and text.find(",", comma + 1, at) < 0
    )


def _goes_on(text: str, mentions: Sequence[AttributionMention], head: Pair, sentence: Pair) -> bool:
    """Whether a report may go on unmarked in a sentence without a speaker of its own.

    "The complaint says the city bars X. It also bars Y.": the sentence right before tells what somebody says, in the
    same paragraph, and either this one goes on with "also", or the same speaker is back in the next one.
    """
    if any(_within(one.cue, sentence) and not sign("asking").search(words(text, one.cue) or "") for one in mentions):
        return False
    if _is_told_before(text, sentence) or _is_thought(text, mentions, head, sentence):
        return True
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
    if sign("further").search(text, sentence[0], head[1]):
        return True
    names = {text[slice(*_speaker(mention))] for mention in before}
    after = [mention for mention in mentions if mention.source and sentence[1] <= mention.source[0][0] < end]
    return any(
        sign("pronoun").fullmatch(text[slice(*mention.source[0])]) or text[slice(*_speaker(mention))] in names
        for mention in after[:1]
    )


def _is_told_before(text: str, sentence: Pair) -> bool:
    """Whether the sentence before, in the same paragraph, ends by saying that somebody tells something."""
    start = text.rfind("\n", 0, sentence[0]) + 1
    before = text[start : sentence[0]].rstrip()
    return bool(before) and sign("telling").search(before) is not None


def _is_thought(text: str, mentions: Sequence[AttributionMention], head: Pair, sentence: Pair) -> bool:
    """Whether a sentence without a cue may give the thoughts of whoever the sentences before it show.

    After one that shows somebody take a stand all may be theirs; after one that reports them what is told in a tense
    moved back, as reported speech is, or cut short. Both in one paragraph, and as far as nobody else speaks.
    """
    start = text.rfind("\n", 0, sentence[0]) + 1
    begun = text[start : sentence[0]]
    moved = sign("moved-back").search(text, sentence[0], head[1]) and not sign("of-plans").search(
        text, sentence[0], head[0]
    )
    short = sign("cut-short").fullmatch(text, *sentence)
    for number, (first, last) in enumerate(reversed(split(begun))):
        span = (start + first, start + last)
        if number < FURTHER and sign("stands").search(text, *span):
            return True
        here = [one for one in mentions if _within(one.cue, span)]
        if here:
            told = any(one.source and one.speech for one in here)
            return told and bool(moved or (short and not number))
    return False


def _within(spans: Sequence[Pair], sentence: Pair) -> bool:
    return any(sentence[0] <= start < sentence[1] for start, _ in spans)


def _last(mention: AttributionMention) -> int:
    return max(end for _, end in (*mention.source, *mention.cue, *mention.content))


def _speaker(mention: AttributionMention) -> Pair:
    return mention.speaker or (mention.source[0][0], mention.source[-1][1])
