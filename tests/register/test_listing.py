"""Editions of lists: sightings, changes as the caller says, and editions rebuilt as printed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from comity.errors import RegisterError, UsageError
from comity.model import Check, Edition
from comity.register import EDITION, Correction, Ending, ListChanges, Question, Register, Succession
from tests.register.samples import edition

OAK = ("Oak County Sheriff", "task_force", "2025-02-01")
ELM = ("Elm Police Department", "warrant_service", "2025-03-01")
ASH = ("Ash Police Department", "task_force", "")
NOBODY = ("? Marshals", "task_force", "")


def add(register: Register, rows: list[tuple[str, str, str]], date: str, **more: object) -> Edition:
    changed = more.pop("changed", ListChanges())
    assert isinstance(changed, ListChanges)
    made, home = edition(rows, date, **more)  # type: ignore[arg-type]
    register.record_edition(made, home, changed, home.text.encode())
    return made


def ids(made: Edition) -> list[str]:
    return [each.statement.id for each in made.entries if each.statement]


def named(register: Register, valid: str | None = None) -> list[tuple[str, str, str | None]]:
    return [
        (each.statement.subject.name, (each.valid_from or "")[:10], each.valid_to and each.valid_to[:10])
        for each in register.beliefs(valid=valid)
    ]


def test_rows_seen_in_many_editions_are_one_belief_each(register: Register) -> None:
    for month in range(1, 10):
        add(register, [OAK, ELM], f"2025-0{month}-15")
    beliefs = register.beliefs(list_name="partners")
    assert [(each.statement.subject.name, each.sightings) for each in beliefs] == [(OAK[0], 9), (ELM[0], 9)]
    assert [each.attested for each in beliefs] == ["2025-09-15T00:00:00Z"] * 2
    assert [each.date for each in register.sightings(beliefs[0].statement.id)][::4] == [
        "2025-01-15",
        "2025-05-15",
        "2025-09-15",
    ]
    assert [each.sightings for each in register.beliefs(known="2026-01-01T03:30:00Z")] == [3, 3]
    assert register.verify().ok


def test_an_edition_is_rebuilt_as_printed(register: Register) -> None:
    add(register, [OAK, ELM, OAK], "2025-05-01")
    second = add(register, [ELM, NOBODY, OAK], "2025-05-15")
    assert register.edition("partners", second.id) == second
    assert [each.name for each in register.editions("partners")] == [
        "partners-2025-05-01.csv",
        "partners-2025-05-15.csv",
    ]
    assert register.lists() == ("partners",)
    with pytest.raises(RegisterError, match="no such edition"):
        register.edition("partners", "other.csv")


def test_the_same_edition_again_changes_nothing(register: Register) -> None:
    made, home = edition([OAK], "2025-05-01")
    first = register.record_edition(made, home, data=home.text.encode())
    again = register.record_edition(made, home, data=home.text.encode())
    assert (first.outcome, first.opened) == ("recorded", 1)
    assert (again.outcome, again.opened) == ("repeated", 0)
    assert len(register.log()) == 1


def test_the_same_bytes_captured_later_are_one_publication_seen_again(register: Register) -> None:
    made, bare = edition([OAK], "2025-05-01", order="1")
    home = replace(bare, capture=replace(bare.capture, retrieved="2025-05-01T00:00:00Z"))
    later = replace(bare, capture=replace(bare.capture, retrieved="2025-05-09T00:00:00Z"))
    register.record_edition(made, home, data=home.text.encode())
    done = register.record_edition(replace(made, order="2"), later, data=home.text.encode())
    assert done.outcome == "sighted"
    assert len(register.editions("partners")) == 1
    assert register.verify().ok


def test_a_row_holds_from_its_own_date_else_from_the_edition(register: Register) -> None:
    add(register, [OAK, ASH], "2025-05-01")
    add(register, [OAK, ASH, NOBODY], "2025-05-15")
    assert [(each.valid_from, each.since_known) for each in register.beliefs()] == [
        ("2025-02-01T00:00:00Z", True),
        ("2025-05-01T00:00:00Z", False),  # the first edition: since unknown
        ("2025-05-15T00:00:00Z", True),  # the edition before lacks it
    ]
    assert [(each.kind, each.name, each.date) for each in register.changes()] == [("joined", NOBODY[0], "2025-05-15")]


def test_a_row_that_an_earlier_excerpt_may_have_left_out_has_no_known_start(register: Register) -> None:
    add(register, [OAK], "2025-05-01")
    second, home = edition([OAK, ASH], "2025-05-15")
    register.record_edition(second, home, ListChanges(undated=ids(second)), home.text.encode())
    assert [(each.valid_from, each.since_known) for each in register.beliefs()] == [
        ("2025-02-01T00:00:00Z", True),  # its own date
        ("2025-05-15T00:00:00Z", False),
    ]
    assert register.changes() == ()


def test_a_list_that_begins_with_an_edition_dates_its_rows(register: Register) -> None:
    add(register, [ASH], "2025-05-01", changed=ListChanges(begins=True))
    assert [each.since_known for each in register.beliefs()] == [True]


def test_an_amended_row_is_corrected(register: Register) -> None:
    wrong = ("Oak County Sheriff", "task_force", "2025-02-11")
    first = add(register, [wrong, ELM], "2025-05-01")
    second, home = edition([OAK, ELM], "2025-05-15")
    changed = ListChanges(corrected=(Correction(ids(first)[0], ids(second)[0]),))
    done = register.record_edition(second, home, changed, home.text.encode())
    assert (done.opened, done.corrected, done.sighted) == (0, 1, 2)
    assert named(register) == [(ELM[0], "2025-03-01", None), (OAK[0], "2025-02-01", None)]
    change = register.changes()[-1]
    assert (change.kind, change.field, change.before, change.after) == ("amended", "signed", "2025-02-11", "2025-02-01")
    assert register.verify().ok


def test_a_reassigned_row_is_updated_at_its_date(register: Register) -> None:
    jail = ("Oak County Jail", "task_force", "2025-02-01")
    first = add(register, [OAK], "2025-05-01")
    second, home = edition([jail], "2025-05-15")
    changed = ListChanges(updated=(Succession(ids(first)[0], ids(second)[0], "2025-05-15", "reassigned"),))
    register.record_edition(second, home, changed, home.text.encode())
    assert named(register) == [(OAK[0], "2025-02-01", "2025-05-15"), (jail[0], "2025-05-15", None)]
    change = register.changes()[-1]
    assert (change.kind, change.field, change.before, change.after) == ("reassigned", "name", OAK[0], jail[0])


def test_a_row_that_left_ends_with_its_proof_and_may_come_back(register: Register) -> None:
    first = add(register, [OAK, ELM], "2025-05-01")
    gone = Ending(ids(first)[1], "2025-05-15", first_absent="2025-05-15", confirmed_by="2025-06-01")
    add(register, [OAK], "2025-05-15")
    add(register, [OAK], "2025-06-01", changed=ListChanges(ended=(gone,)))
    assert named(register, "2025-05-14") == [(OAK[0], "2025-02-01", None), (ELM[0], "2025-03-01", "2025-05-15")]
    assert named(register, "2025-05-15") == [(OAK[0], "2025-02-01", None)]
    change = register.changes()[-1]
    assert (change.kind, change.first_absent, change.confirmed_by) == ("left", "2025-05-15", "2025-06-01")
    add(register, [OAK, ELM], "2025-07-01")
    assert named(register)[1:] == [(ELM[0], "2025-03-01", "2025-05-15"), (ELM[0], "2025-07-01", None)]
    assert register.changes()[-1].kind == "relisted"
    assert register.verify().ok


def test_a_name_that_goes_back_to_an_earlier_spelling(register: Register) -> None:
    odd = ("Oak Couty Sheriff", "task_force", "2025-02-01")
    first = add(register, [OAK], "2025-05-01")
    second = edition([odd], "2025-05-15")
    there = ListChanges(corrected=(Correction(ids(first)[0], ids(second[0])[0], "renamed"),))
    register.record_edition(*second, there, second[1].text.encode())
    third = edition([OAK], "2025-06-01")
    back = ListChanges(corrected=(Correction(ids(second[0])[0], ids(third[0])[0], "renamed"),))
    register.record_edition(*third, back, third[1].text.encode())
    assert [each.kind for each in register.changes()] == ["renamed", "renamed"]
    assert [(each.statement.subject.name, each.sightings) for each in register.beliefs()] == [(OAK[0], 2)]
    assert named(register, "2025-05-20") == [(OAK[0], "2025-02-01", None)]


def test_a_refused_edition_is_kept_and_changes_nothing(register: Register) -> None:
    add(register, [OAK, ELM], "2025-05-01")
    cut, home = edition([OAK], "2025-05-15", accepted=False, checks=(Check("rows", False, "1 of 2 rows"),))
    assert register.record_edition(cut, home, data=home.text.encode()).outcome == "refused"
    assert len(register.beliefs()) == 2
    assert [each.sightings for each in register.beliefs()] == [1, 1]
    (kept,) = register.refused("partners")
    assert kept.checks == cut.checks
    assert [each.id for each in register.editions("partners")] != [cut.id]
    assert register.captures.read(home.capture.sha256) == home.text.encode()
    assert register.verify().ok


def test_an_older_edition_that_comes_late_ends_where_the_newer_one_begins(register: Register) -> None:
    add(register, [OAK], "2025-06-01")
    add(register, [OAK, ASH], "2025-05-01")
    assert named(register) == [(OAK[0], "2025-02-01", None), (ASH[0], "2025-05-01", "2025-06-01")]


def test_a_withdrawn_list_ends_with_its_evidence(register: Register) -> None:
    add(register, [OAK, ELM], "2025-05-29", list_name="short list")
    add(register, [ASH], "2025-05-29")
    assert register.withdraw("short list", "2025-06-01", reason="gone from the site") == 2
    assert named(register, "2025-05-31")[:2] == [
        (OAK[0], "2025-02-01", "2025-06-01"),
        (ELM[0], "2025-03-01", "2025-06-01"),
    ]
    assert [each[0] for each in named(register, "2025-06-01")] == [ASH[0]]
    assert {each.kind for each in register.changes()} == {"withdrawn"}
    add(register, [], "2025-05-29", list_name="empty list")
    assert register.withdraw("empty list", "2025-06-01") == 0
    with pytest.raises(UsageError, match="no such list"):
        register.withdraw("long list", "2025-06-01")
    assert register.verify().ok


def test_a_change_of_what_is_not_believed_is_reported_and_harms_nothing(register: Register) -> None:
    done = register.record_edition(
        *(made := edition([OAK], "2025-05-01")),
        ListChanges(ended=(Ending("st-" + "0" * 40, "2025-05-01"),), questions=(Question("vanished", "x"),)),
        made[1].text.encode(),
    )
    assert (done.opened, done.ended, done.unmatched) == (1, 0, ("st-" + "0" * 40,))
    assert [each.question.kind for each in register.questions()] == ["vanished"]


def test_a_change_to_what_no_row_prints_is_reported_and_harms_nothing(register: Register) -> None:
    (old,) = ids(add(register, [OAK], "2025-05-01"))
    made, home = edition([OAK], "2025-05-15")
    changed = ListChanges(corrected=(Correction(old, "st-" + "0" * 40),))
    done = register.record_edition(made, home, changed, home.text.encode())
    assert (done.sighted, done.corrected, done.unmatched) == (1, 0, (old,))
    assert named(register) == [(OAK[0], "2025-02-01", None)]


def test_of_several_beliefs_in_a_row_the_one_that_still_holds_gives_way(register: Register) -> None:
    (row,) = ids(add(register, [ASH], "2025-05-01"))
    register.withdraw("partners", "2025-05-15")
    add(register, [ASH], "2025-06-01")
    first, second = (ids(add(register, [each], "2025-06-08", list_name="others"))[0] for each in (OAK, ELM))
    register.update(first, row, "2025-04-01")
    register.correct(second, row, reason="the same agency")
    assert named(register, "2025-06-30") == [(ASH[0], "2025-03-01", None)]
    assert register.verify().ok


def test_a_question_that_an_edition_answered_is_asked_again_and_one_that_a_person_answered_is_not(
    register: Register,
) -> None:
    question = Question("vanished", "x", {"list": "partners"})
    assert register.ask([question]) == 1
    assert register.ask([question]) == 0
    for times in (2, 3):
        register.answer(register.questions()[0].id, author=EDITION, reason="a later edition shows it")
        assert (register.questions(), register.ask([question]), register.ask([question])) == ((), 1, 0)
        (again,) = register.questions()
        assert (again.question.detail["again"], again.question.first) == (times, question)
    register.answer(again.id, author="R. Clerk", reason="asked the office")
    assert (register.ask([question]), register.questions()) == (0, ())
    assert register.verify().ok


def test_a_corrected_subject_of_a_row_keeps_the_rest_of_its_facet(register: Register) -> None:
    made = add(register, [NOBODY], "2025-05-01")
    (belief,) = register.beliefs()
    assert belief.facet == "agreement|name:? marshals, oh|program=partners|model=task_force"
    decision = register.decide("correct", ids(made)[0], field="subject", value="ori:OAK", author="A", reason="")
    assert [each.facet for each in register.beliefs()] == ["agreement|ori:OAK|program=partners|model=task_force"]
    add(register, [NOBODY], "2025-05-15")
    register.decide("undo", decision.id, author="A", reason="")
    assert [each.facet for each in register.beliefs()] == [belief.facet]
