"""Decisions: laid over what was read, with author, time and reason, and reversible."""

from __future__ import annotations

import pytest

from comity.errors import DecisionRefused, UsageError
from comity.model import Decision, Value
from comity.register import Register
from tests.register.samples import ALDER, BIRCH, day, document, reading, statement


@pytest.fixture
def listed(register: Register) -> str:
    """The id of one recorded statement: Alder Falls, listed since 28 May."""
    home = document()
    one = statement(home, time=day("Wednesday", "2025-05-28"))
    two = statement(home, "Birch County was not", subject=("Birch County", None), value={"status": "not_listed"})
    register.record(home, reading(home, one, two), home.text.encode())
    return one.id


def test_an_accepted_statement_says_so(register: Register, listed: str) -> None:
    decision = register.decide("accept", listed, author="R. Clerk", reason="read it")
    assert register.statement(listed).statement.review == "accepted"
    assert register.statement(listed, known="2026-01-01T01:30:00Z").statement.review == "machine"
    assert register.decisions() == (decision,)
    assert (decision.author, decision.reason, decision.at) == ("R. Clerk", "read it", "2026-01-01T02:00:00Z")


def test_a_rejected_statement_is_no_answer_until_it_is_undone(register: Register, listed: str) -> None:
    decision = register.decide("reject", listed, author="R. Clerk", reason="misread")
    assert [each.statement.id for each in register.beliefs(entity=ALDER)] == []
    register.decide("undo", decision.id, author="R. Clerk", reason="was right")
    assert [each.statement.id for each in register.beliefs(entity=ALDER)] == [listed]
    assert register.decisions()[-1].kind == "undo"
    assert [each.kind for each in register.changes(learned_since="2026-01-01T01:30:00Z")] == ["rejected", "restored"]
    assert register.verify().ok


@pytest.mark.parametrize(
    ("field", "value", "shows"),
    [
        ("status", "removed", ("removed", ALDER, "own", "2025-05-28")),
        ("value.status", "removed", ("removed", ALDER, "own", "2025-05-28")),
        ("subject", BIRCH, ("listed", BIRCH, "own", "2025-05-28")),
        ("voice", "uncertain", ("listed", ALDER, "uncertain", "2025-05-28")),
        ("time", "2025-05-30", ("listed", ALDER, "own", "2025-05-30")),
    ],
)
def test_a_corrected_field_shows_and_the_reading_stays(
    register: Register, listed: str, field: str, value: Value, shows: tuple[str, ...]
) -> None:
    decision = register.decide("correct", listed, field=field, value=value, author="R. Clerk", reason="checked")
    belief = register.statement(listed)
    said = belief.statement
    assert (said.value["status"], said.subject.id, said.voice, (belief.valid_from or "")[:10]) == shows
    assert said.review == "corrected"
    assert said.id == listed
    assert [each.statement.id for each in register.beliefs(entity=shows[1])] == [listed]
    register.decide("undo", decision.id, author="R. Clerk", reason="back")
    after = register.statement(listed).statement
    assert (after.value["status"], after.subject.id, after.voice, after.review) == ("listed", ALDER, "own", "machine")
    assert register.verify().ok


def test_a_correction_of_a_slot_of_the_facet_moves_the_statement(register: Register, listed: str) -> None:
    register.decide("correct", listed, field="list", value="other list", author="R. Clerk", reason="checked")
    assert register.statement(listed).facet == f"designation|{ALDER}|list=other list"


def test_corrections_stack_and_come_off_one_by_one(register: Register, listed: str) -> None:
    first = register.decide("correct", listed, field="status", value="removed", author="A", reason="")
    register.decide("correct", listed, field="voice", value="uncertain", author="A", reason="")
    register.decide("undo", first.id, author="A", reason="")
    said = register.statement(listed).statement
    assert (said.value["status"], said.voice, said.review) == ("listed", "uncertain", "corrected")


def test_a_correction_outlives_the_end_of_what_it_corrects(register: Register, listed: str) -> None:
    register.end(listed, "2025-06-01")
    register.decide("correct", listed, field="time", value="2025-05-20", author="A", reason="")
    belief = register.statement(listed)
    assert (belief.valid_from, belief.valid_to) == ("2025-05-20T00:00:00Z", "2025-06-01T00:00:00Z")


def test_a_name_that_is_the_same_as_a_government_is_found_under_it(register: Register, listed: str) -> None:
    decision = register.decide("same", "name:birch county", other=ALDER, author="A", reason="the county seat")
    assert [each.statement.subject.id for each in register.beliefs(entity=ALDER)] == [ALDER, ALDER]
    assert [each.facet.split("|")[1] for each in register.beliefs(entity="name:birch county")] == [ALDER, ALDER]
    assert len(register.beliefs(entity=ALDER, known="2026-01-01T01:30:00Z")) == 1
    register.decide("undo", decision.id, author="A", reason="no")
    assert len(register.beliefs(entity=ALDER)) == 1


def test_a_name_counts_in_its_state_for_what_is_read_later_too(register: Register) -> None:
    def unresolved(text: str, home_state: str | None) -> str:
        home = document(text, home_state=home_state)
        one = statement(home, "Aldr Falls was listed", subject=("Aldr Falls", None))
        register.record(home, reading(home, one), home.text.encode())
        return one.id

    first = unresolved("Aldr Falls was listed.", "OH")
    elsewhere = unresolved("Aldr Falls was listed, too.", "ME")
    nowhere = unresolved("Aldr Falls was listed, they say.", None)
    decision = register.decide("same", "name:aldr falls, oh", other=ALDER, author="A", reason="a misprint")
    later = unresolved("Again Aldr Falls was listed.", "OH")
    assert [each.statement.id for each in register.beliefs(entity=ALDER)] == [first, later]
    assert register.entities("ocd-") == ((ALDER, 2),)
    assert register.entities("name:") == (("name:aldr falls", 1), ("name:aldr falls, me", 1))
    assert [each.facet.split("|")[1] for each in register.beliefs()] == [
        ALDER,
        "name:aldr falls, me",
        "name:aldr falls",
        ALDER,
    ]
    register.decide("undo", decision.id, author="A", reason="no")
    assert register.beliefs(entity=ALDER) == ()
    assert [each.statement.id for each in register.beliefs()] == [first, elsewhere, nowhere, later]


def test_a_name_means_one_government(register: Register, listed: str) -> None:
    earlier = register.decide("same", "name:birch county", other=BIRCH, author="B. Archivist", reason="the county")
    with pytest.raises(DecisionRefused, match=earlier.id):
        register.decide("same", "name:birch county", other=ALDER, author="A", reason="the seat")
    with pytest.raises(DecisionRefused, match="contradicts"):
        register.decide("same", ALDER, other="name:birch county", author="A", reason="the seat")


def test_several_decisions_are_one_entry_all_or_none(register: Register, listed: str) -> None:
    ids = [each.statement.id for each in register.beliefs()]

    def accepting(*targets: str) -> list[Decision]:
        return [Decision("", "accept", each, None, None, None, "A", "", "read both") for each in targets]

    with pytest.raises(DecisionRefused):
        register.decide_all(accepting(*ids, "st-0000"))
    assert len(register.log()) == 1
    made = register.decide_all(accepting(*ids))
    assert len(register.log()) == 2
    assert register.log()[-1].detail == {"decisions": [each.id for each in made], "author": "A"}
    assert {each.statement.review for each in register.beliefs()} == {"accepted"}
    assert register.verify().ok


def test_an_item_of_the_worklist_is_taken_off_and_put_back(register: Register) -> None:
    decision = register.decide("accept", "q-0123456789abcdef", author="A", reason="seen")
    assert register.decisions() == (decision,)
    register.decide("undo", decision.id, author="A", reason="look again")
    assert [each.kind for each in register.decisions()] == ["undo"]
    assert register.verify().ok


def test_a_merge_that_contradicts_a_distinct_is_refused_with_the_earlier_decision(
    register: Register, listed: str
) -> None:
    earlier = register.decide("distinct", ALDER, other="name:birch county", author="B. Archivist", reason="two places")
    with pytest.raises(DecisionRefused, match="Archivist") as refused:
        register.decide("same", "name:birch county", other=ALDER, author="A", reason="one")
    assert earlier.id in str(refused.value)
    assert len(register.log()) == 2
    register.decide("undo", earlier.id, author="A", reason="one after all")
    register.decide("same", "name:birch county", other=ALDER, author="A", reason="one")
    with pytest.raises(DecisionRefused, match="contradicts"):
        register.decide("distinct", ALDER, other="name:birch county", author="A", reason="two")


def test_a_merge_by_way_of_a_third_is_refused_too(register: Register, listed: str) -> None:
    (document_id,) = (each.id for each in register.documents())
    register.decide("distinct", ALDER, other="name:birch county", author="A", reason="two places")
    register.decide("same", ALDER, other=document_id, author="A", reason="")
    with pytest.raises(DecisionRefused, match="contradicts"):
        register.decide("same", document_id, other="name:birch county", author="A", reason="")


@pytest.mark.parametrize(
    ("kind", "target", "more", "error", "why"),
    [
        ("accept", "st-0000", {}, DecisionRefused, "no statement"),
        ("undo", "d-0000", {}, DecisionRefused, "no decision"),
        ("same", "name:nobody", {"other": ALDER}, DecisionRefused, "nothing on the register"),
        ("same", ALDER, {}, UsageError, "two different"),
        ("same", ALDER, {"other": ALDER}, UsageError, "two different"),
        ("forget", ALDER, {}, UsageError, "no such decision"),
        ("correct", None, {}, UsageError, "needs a field"),
        ("correct", None, {"field": "voice", "value": "loud"}, UsageError, "not a value of voice"),
        ("correct", None, {"field": "time", "value": "0000-13"}, UsageError, "not a date"),
    ],
)
def test_a_decision_that_can_not_be_is_one_clear_line(
    register: Register,
    listed: str,
    kind: str,
    target: str | None,
    more: dict[str, str],
    error: type[Exception],
    why: str,
) -> None:
    with pytest.raises(error, match=why):
        register.decide(kind, target or listed, author="A", reason="", **more)
    assert len(register.log()) == 1


def test_a_decision_is_undone_once(register: Register, listed: str) -> None:
    decision = register.decide("accept", listed, author="A", reason="")
    undoing = register.decide("undo", decision.id, author="A", reason="")
    for target in (decision.id, undoing.id):
        with pytest.raises(DecisionRefused):
            register.decide("undo", target, author="A", reason="")


def test_a_decision_needs_an_author(register: Register, listed: str) -> None:
    with pytest.raises(UsageError, match="author"):
        register.decide("accept", listed, author=" ", reason="")


def test_a_worklist_question_is_asked_once_and_answered(register: Register) -> None:
    from comity.register import Question

    question = Question("vanished", "ori:OAK", {"list": "pending"})
    assert register.ask([question, question]) == 1
    assert register.ask([question]) == 0
    (asked,) = register.questions()
    assert asked.question == question
    register.answer(asked.id, author="A", reason="it moved")
    assert register.questions() == ()
    assert len(register.questions(known="2026-01-01T02:30:00Z")) == 1
    with pytest.raises(DecisionRefused, match="answered already"):
        register.answer(asked.id, author="A")
    with pytest.raises(DecisionRefused, match="no question"):
        register.answer("q-0", author="A")
