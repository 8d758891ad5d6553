"""Correct is not update: which clock moves."""

from __future__ import annotations

import pytest

from comity.errors import DecisionRefused, RegisterError, UsageError
from comity.model import Belief, Time
from comity.register import Register
from tests.register.samples import ALDER, BIRCH, day, document, reading, statement

LISTED = {"list": "cooperation list", "status": "listed"}
REMOVED = {"list": "cooperation list", "status": "removed"}


def recorded(register: Register) -> tuple[str, str]:
    """Alder Falls listed since 28 May (recorded), and another statement of the same document, not recorded."""
    home = document()
    one = statement(home, time=day("Wednesday", "2025-05-28"), value=LISTED)
    two = statement(home, "Birch County was not", subject=("Birch County", BIRCH), value=REMOVED)
    register.record(home, reading(home, one, two), home.text.encode())
    return one.id, two.id


def shape(beliefs: tuple[Belief, ...]) -> list[tuple[str, str | None, str | None]]:
    return [
        (
            str(each.statement.value["status"]),
            each.valid_from and each.valid_from[:10],
            each.valid_to and each.valid_to[:10],
        )
        for each in beliefs
    ]


def test_a_correction_ends_what_was_known_and_leaves_the_world_alone(register: Register) -> None:
    home = document()
    wrong = statement(home, time=day("Wednesday", "2025-05-28"), value=LISTED)
    right = statement(home, time=day("Wednesday", "2025-05-28"), value=REMOVED)
    register.record(home, reading(home, wrong), home.text.encode())
    register.correct(wrong.id, right, reason="misread")
    assert shape(register.as_of("2025-06-01")) == [("removed", "2025-05-28", None)]
    assert shape(register.as_of("2025-06-01", "2026-01-01T01:30:00Z")) == [("listed", "2025-05-28", None)]
    assert shape(register.as_of("2025-05-27")) == []
    assert [(each.kind, each.field, each.before, each.after) for each in register.changes()] == [
        ("began", "status", None, "listed"),
        ("corrected", "status", "listed", "removed"),
    ]
    assert register.verify().ok


def test_an_update_ends_what_held_and_leaves_what_was_known_alone(register: Register) -> None:
    home = document()
    before = statement(home, time=day("Wednesday", "2025-05-28"), value=LISTED)
    after = statement(home, "Birch County was not", value=REMOVED)
    register.record(home, reading(home, before), home.text.encode())
    register.update(before.id, after, "2025-06-01")
    assert shape(register.beliefs()) == [("listed", "2025-05-28", "2025-06-01"), ("removed", "2025-06-01", None)]
    assert shape(register.as_of("2025-05-31")) == [("listed", "2025-05-28", "2025-06-01")]
    assert shape(register.as_of("2025-06-01")) == [("removed", "2025-06-01", None)]
    assert shape(register.as_of("2025-06-01", "2026-01-01T01:30:00Z")) == [("listed", "2025-05-28", None)]
    assert [(each.kind, each.field, each.after, each.date) for each in register.changes()][-1] == (
        "changed",
        "status",
        "removed",
        "2025-06-01",
    )
    assert register.verify().ok


def test_a_recorded_statement_can_take_a_place(register: Register) -> None:
    one, two = recorded(register)
    register.update(one, two, "2025-06-01")
    assert shape(register.beliefs()) == [("listed", "2025-05-28", "2025-06-01"), ("removed", "2025-06-01", None)]


def test_an_end_stays_when_the_statement_is_corrected(register: Register) -> None:
    one, two = recorded(register)
    register.end(one, "2025-06-01", reason="the list was withdrawn")
    register.correct(one, two, reason="another city")
    assert shape(register.beliefs()) == [("removed", "2025-05-28", "2025-06-01")]
    assert register.verify().ok


def test_an_end_is_told_with_its_date(register: Register) -> None:
    one, _ = recorded(register)
    register.end(one, "2025-06-01", reason="the list was withdrawn")
    assert shape(register.as_of("2025-06-01")) == []
    change = register.changes(since="2025-06-01")[-1]
    assert (change.kind, change.date, change.entity) == ("ended", "2025-06-01", ALDER)


def test_a_retraction_ends_all_that_is_known_and_the_same_file_does_not_undo_it(register: Register) -> None:
    one, two = recorded(register)
    register.retract(one, reason="the paper withdrew the story")
    assert [each.statement.id for each in register.beliefs()] == [two]
    assert len(register.beliefs(known="2026-01-01T01:30:00Z")) == 2
    home = document()
    again = statement(home, time=day("Wednesday", "2025-05-28"), value=LISTED)
    assert register.record(home, reading(home, again), home.text.encode()).outcome == "repeated"
    assert [each.statement.id for each in register.beliefs()] == [two]
    assert [each.kind for each in register.changes()] == ["began", "began", "retracted"]
    assert register.verify().ok


@pytest.mark.parametrize(
    ("at", "why"),
    [
        ("2025-05-27", "before it began"),
        ("0000-01-01", "not a date"),
        ("soon", "not a date"),
        ("10000-01-01", "not a date"),
    ],
)
def test_an_impossible_end_is_refused(register: Register, at: str, why: str) -> None:
    one, _ = recorded(register)
    with pytest.raises(UsageError, match=why):
        register.end(one, at)
    assert len(register.log()) == 1


def test_what_ended_can_not_end_again(register: Register) -> None:
    one, _ = recorded(register)
    register.end(one, "2025-06-01")
    with pytest.raises(UsageError, match="ended already"):
        register.end(one, "2025-06-02")


def test_the_year_9999_is_a_year(register: Register) -> None:
    one, _ = recorded(register)
    register.end(one, "9999-12-31")
    assert shape(register.as_of("9999-12-30"))[0] == ("listed", "2025-05-28", "9999-12-31")


def test_a_prefix_names_a_statement_if_it_fits_only_one(register: Register) -> None:
    one, two = recorded(register)
    assert register.statement(one[:20]).statement.id == one
    for name in ("st-", "st-zz", "", "Anchorage"):
        with pytest.raises(DecisionRefused):
            register.retract(name, reason="none")
    register.retract(two, reason="none")
    with pytest.raises(RegisterError, match="not believed"):
        register.retract(two, reason="again")


def test_a_statement_of_an_unknown_document_is_refused(register: Register) -> None:
    one, _ = recorded(register)
    other = document("Elsewhere, Alder Falls was removed.")
    with pytest.raises(RegisterError, match="not on the register"):
        register.correct(one, statement(other, "Alder Falls was removed"), reason="new")


def test_a_statement_can_not_replace_itself(register: Register) -> None:
    one, _ = recorded(register)
    with pytest.raises(UsageError, match="own place"):
        register.correct(one, one, reason="same")


def test_a_beginning_of_which_the_year_alone_is_told_has_no_day(register: Register) -> None:
    home = document()
    said = statement(home, time=Time("in 2019", "2019", "2019-01-01", "2019-12-31", "printed"), value=LISTED)
    register.record(home, reading(home, said), home.text.encode())
    assert [(each.kind, each.date) for each in register.changes()] == [("began", "2019")]
