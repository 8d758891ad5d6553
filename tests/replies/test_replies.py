"""A reply of an office: sent, checked, and on the register in its own mouth, beside what it answers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from comity import documents, gazetteer, pipeline, vocabulary
from comity.errors import DecisionRefused, InputError, UsageError
from comity.model import Belief, Entity, Publication
from comity.reading import read
from comity.register import Register, rules_of
from comity.replies import Replies, Reply, answering, kinds, written
from comity.views import published
from tests.register.conftest import fresh, server, template, where

__all__ = ["fresh", "server", "template", "where"]  # fixtures

STORY = "Toledo adopted an ordinance on Monday that bars police from asking about immigration status.\n"
TOLEDO = "ocd-division/country:us/state:oh/place:toledo"
OFFICE = "Office of the Mayor of Toledo"
BODY = "The council voted on the ordinance on Tuesday, not on Monday.\n\nIt has not taken effect."
SENT = {"office": OFFICE, "body": BODY, "contact": "R. Clerk, 419-555-0100", "check": "the number on the city's page"}
WHO = {"author": "E. Sample", "reason": "called back on the city's own number"}
TOPIC = vocabulary.load()


@pytest.fixture
def path(where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)  # where PostgreSQL's registers keep captured bytes
    with Register.open(where, rules=rules_of(TOPIC.predicates)) as register:
        given = Publication(publisher="Sample Ledger", published="2025-03-05", home_state="OH")
        document = documents.parse(STORY.encode(), path="story.txt", publication=given)
        register.record(document, read(document, TOPIC, gazetteer.load()), STORY.encode())
    return where


@pytest.fixture
def register(path: str) -> Iterator[Register]:
    with Register.open(path, rules=rules_of(TOPIC.predicates)) as opened:
        yield opened


@pytest.fixture
def replies(path: str) -> Iterator[Replies]:
    opened = Replies.open(path)
    yield opened
    opened.close()


@pytest.fixture
def told(register: Register) -> Belief:
    (found,) = register.beliefs()
    return found


def toledo() -> Entity:
    found = gazetteer.load().entity(TOLEDO)
    assert found is not None
    return found


def sent(replies: Replies, told: Belief, **other: str) -> Reply:
    return replies.add(told.statement.id, told.statement.evidence.document, **{**SENT, **other})


def test_whom_to_ask_is_kept_apart_and_goes_with_the_decision(replies: Replies, told: Belief) -> None:
    reply = sent(replies, told)
    found = replies.contact(reply.id)
    assert found is not None and found.contact == SENT["contact"]
    assert SENT["contact"] not in repr(replies.latest())
    done = replies.decide(reply.id, recorded=None, **WHO)
    assert (done.state, replies.contact(reply.id)) == ("declined", None)
    with pytest.raises(DecisionRefused):
        replies.decide(reply.id, recorded="st-1", **WHO)


def test_an_accepted_reply_stands_in_the_offices_mouth_and_erases_nothing(
    replies: Replies, register: Register, told: Belief
) -> None:
    reply = sent(replies, told)
    document, reading, data = written(reply, toledo(), "disputes", TOPIC)
    assert register.record_reply(document, reading, data).outcome == "recorded"
    assert register.record_reply(document, reading, data).outcome == "repeated"
    (answer,) = register.replies()
    said = answer.statement
    assert (said.voice, said.attribution[0].source, said.attribution[0].direct) == ("attributed", OFFICE, True)
    assert (said.subject.id, said.value["kind"], said.review, answer.publisher) == (
        TOLEDO,
        "disputes",
        "accepted",
        OFFICE,
    )
    assert said.evidence.exact == BODY
    assert said.time is not None and said.time.edtf == reply.since[:10]
    assert list(answering(register.replies())) == [told.statement.id]
    assert register.statement(told.statement.id) == told
    assert register.verify().ok


def test_reading_again_takes_nothing_of_it_away_and_adds_nothing(
    replies: Replies, register: Register, told: Belief
) -> None:
    body = "Toledo adopted an ordinance on Tuesday that bars police from asking about immigration status."
    register.record_reply(*written(sent(replies, told, body=body), toledo(), "disputes", TOPIC))
    before = register.beliefs()
    assert not any(each.changes for each in pipeline.reread(register, ""))
    assert register.beliefs() == before and len(before) == 2


def test_private_persons_and_contacts_in_it_are_withheld(replies: Replies, register: Register, told: Belief) -> None:
    body = "Mary Quimby, a resident, was wrong. Call 419-555-0123 or write to mary.quimby@example.org."
    register.record_reply(*written(sent(replies, told, body=body), toledo(), "disputes", TOPIC))
    (answer,) = register.replies()
    shown = published.statement(answer.statement).evidence.exact or ""
    assert "Quimby" not in shown and "419-555" not in shown and "example.org" not in shown
    assert "[name withheld]" in shown


def test_what_a_reply_may_be_is_the_topics(replies: Replies) -> None:
    assert kinds(TOPIC)[0] == "disputes"
    assert not {"no_comment", "not_yet_responded"} & set(kinds(TOPIC))
    assert kinds(vocabulary.load("second-amendment-sanctuary")) == ()


@pytest.mark.parametrize(
    ("other", "where"),
    [
        ({"office": " "}, "the office"),
        ({"office": "x" * 161}, "the office"),
        ({"body": "no"}, "the reply"),
        ({"body": "x" * 2001}, "the reply"),
        ({"contact": ""}, "the contact"),
        ({"check": ""}, "how to check it"),
    ],
)
def test_what_is_missing_or_too_long_is_named(
    other: dict[str, str], where: str, replies: Replies, told: Belief
) -> None:
    with pytest.raises(UsageError) as caught:
        sent(replies, told, **other)
    assert caught.value.where == where
    assert replies.latest() == ()


def test_unseen_characters_are_left_out(replies: Replies, told: Belief) -> None:
    reply = sent(
        replies, told, office="Office\u202e of\x00 the\nMayor", body="One  line.\r\n\r\n\r\n\r\nAnother\u200b."
    )
    assert (reply.office, reply.body) == ("Office of the Mayor", "One line.\n\nAnother .")


def test_only_so_many_wait_for_one_statement(replies: Replies, told: Belief) -> None:
    for _ in range(5):
        sent(replies, told)
    with pytest.raises(InputError):
        sent(replies, told)
