"""Who did what: entries of the log with their decisions, and what a decision touches."""

from __future__ import annotations

from comity.model import Decision
from comity.register import Register
from tests.register.samples import ALDER, document, reading, said, statement


def filled(register: Register) -> tuple[str, str]:
    home = document()
    one, two = said(home), statement(home, "Birch County was not", subject=("Birch County", None))
    register.record(home, reading(home, one, two), home.text.encode())
    return one.id, two.id


def test_entries_come_newest_first_with_what_they_decided(register: Register) -> None:
    one, two = filled(register)
    first = register.decide("accept", one, author="A", reason="read it")
    both = [Decision("", "reject", two, None, None, None, "B", "", "misread"),
            Decision("", "distinct", ALDER, "name:birch county", None, None, "B", "", "two")]  # fmt: skip
    register.decide_all(both)
    register.decide("undo", first.id, author="C", reason="not quite")
    undone, batch, accepted = register.acts()
    assert [each.entry.operation for each in (undone, batch, accepted)] == ["decide"] * 3
    assert [(each.decision.kind, each.decision.author, each.ended) for each in batch.decisions] == [
        ("reject", "B", None),
        ("distinct", "B", None),
    ]
    assert (accepted.decisions[0].decision.id, accepted.decisions[0].ended) == (first.id, undone.entry.at)
    assert undone.decisions[0].decision.target == first.id


def test_what_only_recorded_a_reading_comes_where_all_is_asked_for(register: Register) -> None:
    one, _ = filled(register)
    register.decide("accept", one, author="A", reason="r")
    assert [each.entry.operation for each in register.acts()] == ["decide"]
    assert [each.entry.operation for each in register.acts(all=True)] == ["decide", "record"]


def test_entries_come_in_pages_and_decisions_in_part(register: Register) -> None:
    one, two = filled(register)
    register.decide("accept", one, author="A", reason="r")
    register.decide_all([Decision("", "accept", each, None, None, None, "A", "", "r") for each in (two, one)])
    (latest,) = register.acts(most=1, each=1)
    assert (len(latest.decisions), latest.more) == (1, 1)
    assert [each.entry.seq for each in register.acts(latest.entry.seq)] == [latest.entry.seq - 1]
    assert register.acts(1) == ()


def test_a_decision_touches_the_entities_that_it_is_about(register: Register) -> None:
    one, two = filled(register)
    head = register.head()
    assert register.touched(head) == {}
    register.decide("accept", one, author="A", reason="r")
    assert register.touched(head) == {ALDER: ALDER}
    register.decide("same", "name:birch county", other=ALDER, author="A", reason="r")
    assert register.touched(head) == {ALDER: ALDER, "name:birch county": ALDER}
    register.decide("correct", two, field="subject", value="ori:OAK", author="A", reason="r")
    assert set(register.touched(head) or {}) == {ALDER, "name:birch county", "ori:OAK"}


def test_what_was_read_is_written_of_those_that_it_is_about(register: Register) -> None:
    filled(register)
    head = register.head()
    assert register.written(head) == {}
    later = document("Alder Falls was listed on Wednesday, the agency said. Later.")
    register.record(later, reading(later, said(later)), later.text.encode())
    assert register.written(head) == {ALDER: ALDER}
    made = register.decide("same", "name:birch county", other=ALDER, author="A", reason="r")
    assert register.written(head) == {ALDER: ALDER, "name:birch county": ALDER}
    head = register.head()
    register.decide("undo", made.id, author="A", reason="r")
    assert register.written(head) is None


def test_what_was_read_or_parted_again_touches_everything(register: Register) -> None:
    filled(register)
    made = register.decide("same", "name:birch county", other=ALDER, author="A", reason="r")
    head = register.head()
    register.decide("undo", made.id, author="A", reason="r")
    assert register.touched(head) is None
    head = register.head()
    later = document("Alder Falls was listed on Wednesday, the agency said. Later.")
    register.record(later, reading(later, said(later)), later.text.encode())
    assert register.touched(head) is None
