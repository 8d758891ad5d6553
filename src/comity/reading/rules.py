"""The reader ``rules``: a document in, statements out, by the rules of the topic and what is learned beside them.

Pure: the same text, publication data and vocabulary give the same statements with the same ids, on any machine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from comity.gazetteer import Gazetteer, outlets
from comity.gazetteer.bodies import find_bodies
from comity.gazetteer.places import resolve_places
from comity.identity import statement_id
from comity.model import (
    Attribution,
    AttributionMention,
    BodyMention,
    Document,
    Dropped,
    Mentions,
    Modality,
    Pair,
    PlaceMention,
    Polarity,
    Reading,
    Statement,
    Subject,
    Support,
    Time,
    Value,
)
from comity.reading import attribution, endless, modality, persons, quotations, time, withholding
from comity.reading.captions import captions
from comity.reading.clauses import clause_at
from comity.reading.dating import dated
from comity.reading.evidence import evidence
from comity.reading.joining import joined, stands_apart
from comity.reading.learned import weights as learned
from comity.reading.learned.deciding import LEARNED, decided, own_voice
from comity.reading.learned.possible import Weighed
from comity.reading.learned.rows import itemised
from comity.reading.listed import opener
from comity.reading.mentions import Mention
from comity.reading.page import Page, inside
from comity.reading.patterns import compile_pattern, fold
from comity.reading.predicates import Frame, frames
from comity.reading.referring import entities
from comity.reading.sentences import paragraphs, split
from comity.reading.slots import Filled
from comity.reading.triggers import Hits, lowered, masked, possible, triggers
from comity.reading.verify import fault
from comity.reading.voice import Heard, hear
from comity.reading.withholding import carrying
from comity.vocabulary import Predicate, Vocabulary

__all__ = ["READER", "mentions", "page_of", "proposed", "read", "valued"]

READER = "rules/1"

_OPENING = 3  # sentences that say what a document is about, the headline among them
_OPENING_QUOTES = ("“", '"', "‘", "'")


_Act = tuple[str, Pair, str]  # predicate, sentence, subject; their values tell acts of one kind apart


@dataclass(frozen=True, slots=True)
class _Spoken:
    """What a document has in others' words."""

    attributions: tuple[AttributionMention, ...]
    quotations: tuple[quotations.Quotation, ...]
    people: tuple[persons.Person, ...] = ()


def mentions(document: Document) -> Mentions:
    """The attributions, places, bodies and dates of any document, as spans. Knows no topic."""
    document = endless.readable(document, endless.passed_over(document.text))
    places, bodies = _names(document)
    return Mentions(
        path=document.path,
        document=document.id,
        attributions=attribution.find(document.text),
        places=places,
        bodies=bodies,
        dates=time.find(document.text, document.published),
    )


def _names(document: Document) -> tuple[tuple[PlaceMention, ...], tuple[BodyMention, ...]]:
    """The places and bodies of a document."""
    places = resolve_places(document)
    return places, find_bodies(document.text, document.home_state or outlets.home_state(document), places)


def read(document: Document, vocabulary: Vocabulary, gazetteer: Gazetteer, *, explain: bool = False) -> Reading:
    """The statements of a document, each with its evidence, in the order of the text.

    Use it on what :func:`comity.documents.load` returns. A document off the topic yields an empty reading. With
    ``explain`` the reading says for each statement which rule, cue and candidates made it. Raises nothing of its own.
    """
    over = endless.passed_over(document.text)
    document = endless.readable(document, over)
    weights = learned.load(vocabulary.weights) if vocabulary.weights else None
    page, hits = page_of(document, vocabulary, gazetteer)
    if page is None:
        return Reading(document.id, ())
    attributions = attribution.find(document.text) if weights else ()
    weighed = Weighed(itemised(page, attributions), weights) if weights else None
    by_rule = list(proposed(page, hits))
    found, unlikely = decided(weighed, by_rule) if weighed else ([frame for frames in by_rule for frame in frames], [])
    dropped = [Dropped(each.predicate.name, each.rule.id, *each.head, "it is likely wrong") for each in unlikely]
    if not found:
        return Reading(document.id, (), tuple(dropped))
    known = [mention.named for mention in page.mentions if not mention.definite]
    spoken = _Spoken(
        attributions if weighed else attribution.find(document.text, found[-1].sentence[0]),
        quotations.find(document.text),
        persons.find(document.text, known),
    )
    statements: list[Statement] = []
    explanations: dict[str, Mapping[str, object]] = {}
    seen: dict[_Act, list[tuple[Value, ...]]] = {}
    private = [(person.start, person.end) for person in persons.private(spoken.people)]
    passages = withholding.under_way(document.text, page.sentences, vocabulary)
    for frame in (_unnamed(document.text, frame, spoken.people) for frame in found):
        heard = _voice(document.text, spoken, frame, weighed)
        if heard is None:
            dropped.append(Dropped(frame.predicate.name, frame.rule.id, *frame.head, "it isn't sure whose words it is"))
            continue
        statement = _statement(document, page, spoken, frame, heard)
        # one statement for one act: the first rule of those that agree on it in a sentence
        subject = statement.subject.id or statement.subject.name
        told = seen.setdefault((statement.predicate, frame.sentence, subject), [])
        values = _telling(frame.predicate, statement.value)
        if any(_told_already(values, other) for other in told):
            continue
        told.append(values)
        why = fault(document.text, statement, frame.predicate, _carried(frame), private)
        if frame.sentence in passages:
            why = "it says where an operation is under way"
        if why is not None:
            dropped.append(Dropped(frame.predicate.name, frame.rule.id, *frame.head, why))
            continue
        statements.append(statement)
        if explain:
            explanations[statement.id] = _explained(page, frame)
    dated = joined(page, statements)
    if explain:
        explanations = {new.id: explanations[old.id] for old, new in zip(statements, dated, strict=True)}
    spans = withholding.joined(document.text, spoken.people, passages) if dated else ()
    published = tuple(endless.clipped(carrying(each, spans), over) for each in dated)
    return Reading(document.id, published, tuple(dropped), explanations)


def page_of(
    document: Document, vocabulary: Vocabulary, gazetteer: Gazetteer, *, always: bool = False
) -> tuple[Page | None, Sequence[Hits]]:
    """What is known of the document, and what its sentences hold of the topic; None where it is off the topic.

    Use it to look at sentences as the reader does. A page where no rule can match is None too, but for ``always``. The
    cheapest questions come first, so that a page off the topic costs little.
    """
    text = document.text
    low = lowered(text)
    if not possible(vocabulary.gate, low, vocabulary):
        return None, ()
    clean = masked(text, low, vocabulary)
    gate = compile_pattern(vocabulary.gate, vocabulary)
    if not gate.search(clean):
        return None, ()
    sentences = split(text)
    hits = triggers(vocabulary).scan(low if clean is text else lowered(clean), sentences)
    if not always and not any(hit.rules for hit in hits):
        return None, ()
    places, bodies = _names(document)
    home, shown = document.home_state or outlets.home_state(document), captions(text)
    page = Page(
        text,
        clean,
        sentences[min(_OPENING, len(sentences)) - 1][1],
        paragraphs(text),
        sentences,
        entities(text, places, bodies, gazetteer, home, shown),
        time.find(text, document.published),
        vocabulary,
        gazetteer,
        shown,
        tuple(found.start() for found in gate.finditer(clean)),
    )
    return page, hits


def proposed(page: Page, hits: Sequence[Hits]) -> Iterator[list[Frame]]:
    """For each sentence of a page the frames of the topic's rules."""
    told: dict[str, list[Mention]] = {}
    topic = triggers(page.vocabulary)
    for index, (sentence, hit) in enumerate(zip(page.sentences, hits, strict=True)):
        if not hit.rules:
            yield []
            continue
        for name in [name for name in told if stands_apart(page, name, sentence)]:
            del told[name]
        folded = fold(page.masked, sentence, inside(page, sentence), page.dates)
        found = list(frames(page, folded, index, topic.of(hit, folded.text), told))
        for name in {frame.predicate.name for frame in found}:
            told[name] = [frame.subject for frame in found if frame.predicate.name == name]
        yield found


def _told_already(values: tuple[Value, ...], other: tuple[Value, ...]) -> bool:
    """Whether these values tell nothing that the other act didn't; one that is left open makes no other act."""
    return all(one in (None, two) for one, two in zip(values, other, strict=True))


def _telling(predicate: Predicate, value: Mapping[str, Value]) -> tuple[Value, ...]:
    """The values that tell one act from another: the enumerated ones but for what is none of them, and who speaks."""
    slots = predicate.slots
    return tuple(
        None if given == slots[name].rest else given
        for name, given in value.items()
        if slots[name].values or name in predicate.told_by
    )


def _carried(frame: Frame) -> dict[str, Pair]:
    return {name: filled.span for name, filled in frame.slots.items() if filled.span is not None}


def _voice(text: str, spoken: _Spoken, frame: Frame, weighed: Weighed | None) -> Heard | None:
    """Whose words the frame's head stands in; None where weights made the frame and aren't sure enough of it all."""
    heard = hear(text, spoken.attributions, spoken.quotations, frame.head, frame.sentence, spoken.people)
    if frame.rule.voice == "speaker" and heard.voice == "own":
        denied = valued(text, frame)[1] == "negated"
        return heard if denied else _itself_speech(text, frame)  # that nobody calls it so is the outlet's to tell
    if frame.predicate.told_by and heard.voice == "own":
        heard = _of_the_words(text, spoken, frame, heard)
    if weighed is None or frame.rule.near == "list":
        return heard
    least, own = weighed.weights.least, own_voice(weighed, frame, heard.voice)
    if heard.voice == "uncertain" and own >= least["own after all"]:
        heard = Heard("own", (), ())
    if frame.chosen == LEARNED:
        sure = own if heard.voice == "own" else 1 - own
        likely = (frame.chance or 0.0) * sure >= weighed.weights.enough(frame.predicate.name)
        return heard if likely and (heard.voice != "own" or own >= least["own"]) else None
    return Heard("uncertain", (), ()) if heard.voice == "own" and own < least["own by rule"] else heard


def _statement(document: Document, page: Page, spoken: _Spoken, frame: Frame, heard: Heard) -> Statement:
    text, (start, end) = document.text, frame.sentence
    firmness = _firmness(text, frame)
    value, polarity = valued(text, frame)
    when = _time(page, spoken.attributions, frame, firmness)
    support = (*_support(page, frame), *heard.support)
    statement = Statement(
        id="",
        topic=page.vocabulary.topic,
        predicate=frame.predicate.name,
        subject=_subject(frame.subject),
        value=value,
        polarity=polarity,
        modality=_modality(frame, firmness),
        voice=heard.voice,
        attribution=heard.attribution,
        time=when,
        evidence=evidence(document, start, end),
        support=tuple(sorted(support, key=lambda item: (item.start, item.slot))),
        review="machine",
        reader=READER,
        vocabulary=page.vocabulary.version,
    )
    return replace(statement, id=statement_id(statement, document.id))


def valued(text: str, frame: Frame) -> tuple[dict[str, Value], Polarity]:
    """The values of a frame and whether it is affirmed or denied; a value that carries the denial affirms another."""
    value = {name: filled.value for name, filled in frame.slots.items()}
    polarity = frame.rule.polarity or _firmness(text, frame).polarity
    negations = dict(frame.predicate.negations)
    carrying = [slot for slot, given in value.items() if polarity == "negated" and given in negations]
    for slot in carrying:
        value[slot], polarity = negations[str(value[slot])], "affirmed"
    return value, polarity


def _unnamed(text: str, frame: Frame, people: Sequence[persons.Person]) -> Frame:
    """The frame with the role in the place of a value that is a private person's name, None where there is no role."""
    slots = dict(frame.slots)
    for name, filled in frame.slots.items():
        span = filled.definite.named if filled.definite is not None else filled.span
        if not isinstance(filled.value, str) or span is None or not _is_name_of_one(text, span, people):
            continue
        role = persons.unnamed(text, span, people)
        slots[name] = replace(filled, value=text[slice(*role)] if role else None, span=role or span, definite=None)
    return replace(frame, slots=slots)


def _is_name_of_one(text: str, span: Pair, people: Sequence[persons.Person]) -> bool:
    """Whether a value is a private person's name, with title or apposition, not words in which one is named."""
    for person in persons.private(people):
        if (
            span[0] <= person.start
            and person.end <= span[1]
            and not re.search(r"[a-z]{3}", text[span[0] : person.start])
        ):
            return True
        if person.start <= span[0] and span[1] <= person.end:
            return True
    return False


def _of_the_words(text: str, spoken: _Spoken, frame: Frame, heard: Heard) -> Heard:
    """The voice of what is told where it isn't that of the telling: a label in quotation marks is somebody's.

    Only of the words that make the facet: that somebody asks for a thing is told by the outlet.
    """
    for filled in (frame.slots[name] for name in frame.predicate.facet):
        if filled.span is not None:
            other = hear(text, spoken.attributions, spoken.quotations, filled.span, frame.sentence, spoken.people)
            if other.voice != "own":
                return other
    return heard


def _itself_speech(text: str, frame: Frame) -> Heard:
    """The voice of an act that is itself speech ("calls itself", "called Salem"): that of whoever does it."""
    by = frame.slots["by"] if "by" in frame.slots else Filled(None)
    source: str | None = by.value if isinstance(by.value, str) and by.span is not None else frame.subject.name
    if by.value is None and by.span is not None:
        source = None  # a private person
    quoted = text[frame.head[1] : frame.sentence[1]].lstrip(" a")[:1] in _OPENING_QUOTES
    return Heard("attributed", (Attribution(source, source is not None, text[slice(*frame.head)], quoted),), ())


def _modality(frame: Frame, firmness: modality.Firmness) -> Modality:
    """That of the words that name the act where the text has them ("voted for a rule that says it will not …")."""
    judged = frame.predicate.firm_on
    if judged and frame.slots[judged].cue is not None:
        return firmness.modality
    return frame.rule.modality or firmness.modality


def _firmness(text: str, frame: Frame) -> modality.Firmness:
    """How firmly the act is told; where the words that the topic judges it by are missing, as plainly as can be."""
    judged = frame.predicate.firm_on
    if judged and judged not in frame.rule.set and frame.slots[judged].cue is None:
        return modality.Firmness("affirmed", "actual", ())
    head, clause = _act(text, frame)
    return modality.judge(text, clause, head)


def _subject(mention: Mention) -> Subject:
    return Subject(mention.name, mention.id, mention.kind, mention.outcome, mention.candidates)


def _support(page: Page, frame: Frame) -> Iterator[Support]:
    """A span for what stands outside the evidence: the subject's name, a slot's words, the name or list behind them."""
    text, (start, end) = page.text, frame.sentence
    parts: list[tuple[str, Pair]] = [("subject", frame.subject.named)]
    opened = opener(text, page.paragraphs, page.sentences, start) if frame.rule.near == "list" else None
    parts += [(name, opened) for name in frame.predicate.exclusive if opened is not None]
    for name, filled in frame.slots.items():
        if filled.definite is not None:
            parts.append((name, filled.definite.named))
        elif filled.span is not None:
            parts.append((name, filled.span))
    for slot, span in parts:
        if not (start <= span[0] and span[1] <= end):
            yield Support(slot, *span, text[slice(*span)])


def _act(text: str, frame: Frame) -> tuple[Pair, Pair]:
    """The words that name the act, with their clause: the head, or those of the slot that the topic names."""
    cue = frame.slots[frame.predicate.firm_on].cue if frame.predicate.firm_on else None
    if cue is None:
        return frame.head, frame.clause
    return cue, clause_at(text, frame.sentence, cue[0])


def _time(
    page: Page, attributions: Sequence[AttributionMention], frame: Frame, firmness: modality.Firmness
) -> Time | None:
    """The time expression that dates the act; what a slot holds as a deadline dates nothing else."""
    slots = frame.predicate.slots
    taken = {
        filled.span for name, filled in frame.slots.items() if slots[name].type == "date" and not slots[name].dates
    }
    return dated(
        page.text,
        frame.sentence,
        _act(page.text, frame),
        [date for date in page.dates if (date.start, date.end) not in taken],
        attributions,
        lasts=frame.predicate.nature == "state",
        modality=_modality(frame, firmness),
    )


def _explained(page: Page, frame: Frame) -> Mapping[str, object]:
    likely = {} if frame.chance is None else {"likely": round(frame.chance, 2)}
    return {
        "rule": frame.rule.id,
        "trigger": page.text[slice(*frame.trigger)],
        "head": page.text[slice(*frame.head)],
        "clause": page.text[slice(*frame.clause)],
        "subject": frame.chosen,
        "passed_over": [mention.name for mention in frame.passed_over],
        **likely,
    }
