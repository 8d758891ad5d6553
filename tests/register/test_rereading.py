"""A text read again: the new statements stand for the old ones, decisions go on, and the past keeps its answers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from comity.identity import statement_id
from comity.model import Document, Statement, Subject
from comity.register import Register, Reread
from tests.register.samples import ALDER, BIRCH, day, document, reading, statement

HOME = document(published="2025-05-28", publisher="Sample Ledger")
LISTED = statement(HOME, time=day("Wednesday", "2025-05-28"), support=(("time", "Wednesday"),))
PROTEST = statement(
    HOME, "A march drew 200 people", predicate="protest", value={"size_low": 200}, time=day("march", "2025-05-27")
)
BEFORE = "2026-01-01T01:30:00Z"  # after the first entry of the log, before the second


def again(one: Statement, exact: str | None = None, **changes: Any) -> Statement:
    """The statement as another reader reads it, in other words of the same text where ``exact`` says so."""
    made = replace(one, **changes)
    if exact is not None:
        made = replace(made, evidence=statement(HOME, exact).evidence)
    return replace(made, id=statement_id(made, HOME.id))


SAME = again(LISTED, "Alder Falls was listed on Wednesday, the agency said", support=())
OTHERWISE = again(LISTED, "Alder Falls was listed", value={"list": "cooperation list", "status": "removed"}, support=())


@pytest.fixture
def recorded(register: Register) -> Register:
    register.record(HOME, reading(HOME, LISTED, PROTEST), HOME.text.encode())
    return register


def read_again(register: Register, *statements: Statement, home: Document = HOME) -> Reread:
    """Reads the text again, first to see: what is told then is what is recorded."""
    entries = len(register.log())
    (told,) = register.rereading([(home, reading(home, *statements))])
    assert len(register.log()) == entries
    (done,) = register.reread([(home, reading(home, *statements))])
    assert done == told
    assert register.verify().ok
    return done


def believed(register: Register, known: str | None = None) -> list[str]:
    return sorted(each.statement.id for each in register.beliefs(known=known))


def test_the_same_reading_changes_nothing(recorded: Register) -> None:
    found = read_again(recorded, LISTED, PROTEST)
    assert (dict(found.kept), found.changes) == ({"designation": 1, "protest": 1}, False)
    assert len(recorded.log()) == 1


def test_what_is_read_otherwise_takes_the_place_and_the_past_keeps_its_answer(recorded: Register) -> None:
    found = read_again(recorded, OTHERWISE, PROTEST)
    assert [(each.old.id, each.new.id) for each in found.superseded] == [(LISTED.id, OTHERWISE.id)]
    assert (found.gained, found.lost) == ((), ())
    assert believed(recorded) == sorted([OTHERWISE.id, PROTEST.id])
    assert believed(recorded, BEFORE) == sorted([LISTED.id, PROTEST.id])
    assert recorded.statement(OTHERWISE.id).valid_from == "2025-05-28T00:00:00Z"
    assert read_again(recorded, OTHERWISE, PROTEST).changes is False
    assert len(recorded.log()) == 2


def test_gains_and_losses(recorded: Register) -> None:
    new = statement(HOME, "Birch County was not", subject=("Birch County", BIRCH), value={"status": "not_listed"})
    found = read_again(recorded, LISTED, new)
    assert ([each.id for each in found.gained], [each.id for each in found.lost]) == ([new.id], [PROTEST.id])
    assert believed(recorded) == sorted([LISTED.id, new.id])
    back = read_again(recorded, LISTED, PROTEST)
    assert ([each.id for each in back.gained], [each.id for each in back.lost]) == ([PROTEST.id], [new.id])
    told = [(each.kind, each.name) for each in recorded.changes(learned_since="2026-01-01T01:30:00Z")]
    assert told[-2:] == [("recalled", "Alder Falls"), ("recalled", "Birch County")]


def test_an_end_outlives_the_reading(recorded: Register) -> None:
    recorded.end(LISTED.id, "2025-06-01")
    read_again(recorded, SAME, PROTEST)
    assert recorded.statement(SAME.id).valid_to == "2025-06-01T00:00:00Z"


def test_the_same_words_understood_otherwise_are_revised(recorded: Register) -> None:
    other = replace(LISTED, subject=replace(LISTED.subject, id=BIRCH))
    found = read_again(recorded, other, PROTEST)
    assert [each.id for each in found.revised] == [LISTED.id]
    assert [each.statement.id for each in recorded.beliefs(entity=BIRCH)] == [LISTED.id]
    assert [each.statement.id for each in recorded.beliefs(entity=ALDER, known=BEFORE)] == sorted(
        [LISTED.id, PROTEST.id], key=[LISTED.id, PROTEST.id].index
    )


# kind, its field and value, what is read now: what is believed, how it was reviewed, carried and orphaned
CARRIED = [
    ("accept", {}, SAME, SAME, "accepted", 1, 0),
    ("correct", {"field": "status", "value": "not_listed"}, SAME, SAME, "corrected", 1, 0),
    ("correct", {"field": "status", "value": "not_listed"}, OTHERWISE, OTHERWISE, "corrected", 1, 0),
    ("reject", {}, SAME, None, None, 1, 0),
    ("reject", {}, OTHERWISE, OTHERWISE, "machine", 0, 1),
    ("reject", {}, None, None, None, 0, 1),
    ("accept", {}, OTHERWISE, LISTED, "accepted", 0, 0),
    ("accept", {}, None, LISTED, "accepted", 0, 0),
    ("correct", {"field": "voice", "value": "uncertain"}, None, LISTED, "corrected", 0, 0),
]


@pytest.mark.parametrize(("kind", "more", "now", "stands", "review", "carried", "orphaned"), CARRIED)
def test_decisions_on_the_same_words_go_on(
    recorded: Register, kind: str, more: Any, now: Statement | None, stands: Statement | None,
    review: str | None, carried: int, orphaned: int,
) -> None:  # fmt: skip
    made = recorded.decide(kind, LISTED.id, author="R. Clerk", reason="checked", **more)
    found = read_again(recorded, *([now] if now else []), PROTEST)
    assert sum(len(each.carried) for each in found.superseded) == carried
    assert len(found.orphaned) == orphaned
    left = [each.statement for each in recorded.beliefs(entity=ALDER) if each.statement.predicate == "designation"]
    assert [(each.id, each.review) for each in left] == ([(stands.id, review)] if stands else [])
    if kind == "correct" and stands:
        assert (left[0].value["status"], left[0].voice) == (more.get("value"), "own") or left[0].voice == "uncertain"
    assert read_again(recorded, *([now] if now else []), PROTEST).changes is False
    decision = next(each for each in recorded.decisions() if each.kind == kind)
    assert (decision.author, decision.at, decision.reason) == (made.author, made.at, made.reason)
    assert (decision.carried, decision.target) == ((made.id, now.id) if carried and now else (None, LISTED.id))


def test_a_decision_that_was_carried_over_can_be_undone(recorded: Register) -> None:
    recorded.decide("correct", LISTED.id, field="status", value="not_listed", author="A", reason="r")
    read_again(recorded, SAME, PROTEST)
    (carried,) = recorded.decisions()
    recorded.decide("undo", carried.id, author="A", reason="r")
    said = recorded.statement(SAME.id).statement
    assert (said.value["status"], said.review) == ("listed", "machine")


def test_what_was_taken_back_or_put_right_by_hand_is_not_brought_back(recorded: Register) -> None:
    recorded.retract(PROTEST.id, reason="the outlet took it back")
    recorded.correct(LISTED.id, OTHERWISE, reason="misread")
    found = read_again(recorded, LISTED, PROTEST)
    assert found.changes is False
    assert believed(recorded) == [OTHERWISE.id]


def test_one_name_resolved_and_the_other_not_are_one_subject(recorded: Register) -> None:
    unresolved = again(SAME, subject=Subject("Alder Falls", None, "place", "ambiguous"))
    found = read_again(recorded, unresolved, PROTEST)
    assert len(found.superseded) == 1


def test_a_text_whose_day_was_corrected_meanwhile_is_left_for_the_next_time(recorded: Register) -> None:
    (found,) = recorded.reread([(replace(HOME, published="2025-01-01"), reading(HOME))])
    assert found.skipped == "its publication data was corrected meanwhile"
    (found,) = recorded.reread([(document("Another text."), reading(document("Another text.")))])
    assert found.skipped == "is not on the register"
    assert believed(recorded) == sorted([LISTED.id, PROTEST.id])


def test_texts_are_handed_out_in_parts(recorded: Register) -> None:
    other = document("Another text.")
    recorded.record(other, reading(other), other.text.encode())
    first = recorded.texts(most=1)
    second = recorded.texts(after=first[0].id, most=1)
    assert {each.id: each.text for each in (*first, *second)} == {HOME.id: HOME.text, other.id: other.text}
    assert (recorded.texts(after=second[0].id), recorded.text_count()) == ((), 2)
