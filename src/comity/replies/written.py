"""An accepted reply as it stands on the register: a document of its own, and one statement in the office's mouth.

The document begins with a heading that names the office, the statement it answers and the day it came; what the office
wrote follows, and is the evidence. The office is the speaker, never an outlet. Names of private persons, contacts and
passages on an operation under way are withheld as they are of any text.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from comity import reading
from comity.documents import parse
from comity.identity import statement_id
from comity.model import (
    Attribution,
    Belief,
    Document,
    Entity,
    Publication,
    Reading,
    Statement,
    Subject,
    Support,
    Time,
)
from comity.reading import persons, withholding
from comity.reading.evidence import evidence
from comity.reading.sentences import split
from comity.replies.values import Reply
from comity.vocabulary import Vocabulary, language

__all__ = ["ANSWERS", "READER", "answering", "kinds", "written"]

READER = "reply/1"
"""What stands in the place of a reader: an editor accepted what an office sent."""

ANSWERS = "answers"
"""The slot of the support that names the statement which is answered."""


def kinds(topic: Vocabulary) -> tuple[str, ...]:
    """What a reply may be, the usual one first; empty where the topic has no such predicate."""
    about = language("replies")
    predicate = topic.predicates.get(about["predicate"])
    if predicate is None:
        return ()
    found = [each for each in predicate.slots[about["slot"]].values if each not in about["not_of_a_reply"]]
    return tuple(sorted(found, key=lambda each: each != about["default"]))


def written(reply: Reply, entity: Entity, kind: str, topic: Vocabulary) -> tuple[Document, Reading, bytes]:
    """The document and the statement of a reply of the office of ``entity``, and the document's bytes."""
    about, date = language("replies"), reply.since[:10]
    heading = about["heading"].format(office=reply.office, statement=reply.statement, date=date)
    data = f"{heading}\n\n{reply.body}\n".encode()
    given = Publication(publisher=reply.office, published=date, home_state=entity.state, captured=reply.since)
    document = parse(data, path=f"{reply.id}.txt", publication=given, media_type="text/plain")
    start = len(heading) + 2
    end = start + len(reply.body)
    office = _span(about["heading"], "office", reply.office)
    support = [
        Support("subject", *office, reply.office),
        Support("source", *office, reply.office),
        *(
            Support(slot, at := heading.rindex(text), at + len(text), text)
            for slot, text in (("time", date), (ANSWERS, reply.statement))
        ),
    ]
    statement = Statement(
        id="",
        topic=topic.topic,
        predicate=about["predicate"],
        subject=Subject(reply.office, entity.id, entity.kind, "resolved"),
        value={slot: kind if slot == about["slot"] else None for slot in topic.predicates[about["predicate"]].slots},
        polarity="affirmed",
        modality="actual",
        voice="attributed",
        attribution=(Attribution(reply.office, True, None, True),),
        time=Time(date, date, date, date, "printed"),
        evidence=evidence(document, start, end),
        support=tuple(sorted(support, key=lambda item: (item.start, item.slot))),
        review="accepted",
        reader=READER,
        vocabulary=topic.version,
    )
    identified = replace(statement, id=statement_id(statement, document.id))
    return document, Reading(document.id, (_withholding(identified, document, topic),)), data


def answering(told: Iterable[Belief]) -> dict[str, tuple[Belief, ...]]:
    """Which statements are answered by which of these beliefs in replies, in the order in which they came."""
    found: dict[str, tuple[Belief, ...]] = {}
    for belief in told:
        for item in belief.statement.support:
            if item.slot == ANSWERS and belief.statement.reader == READER:
                found[item.exact] = (*found.get(item.exact, ()), belief)
    return found


def _span(heading: str, name: str, text: str) -> tuple[int, int]:
    start = heading.index("{" + name + "}")
    return start, start + len(text)


def _withholding(statement: Statement, document: Document, topic: Vocabulary) -> Statement:
    found = reading.mentions(document)
    known = [(each.start, each.end) for each in found.places] + [(each.start, each.end) for each in found.bodies]
    people = persons.find(document.text, known)
    passages = withholding.under_way(document.text, split(document.text), topic)
    return withholding.carrying(statement, withholding.joined(document.text, people, passages))
