"""A rehearsal: recorded, asked about, and gone."""

from __future__ import annotations

from pathlib import Path

import pytest

from comity.errors import RegisterError
from comity.register import ListChanges, Register
from tests.register.samples import document, edition, reading, said

OAK = ("Oak County Sheriff", "task_force", "2025-02-01")
ELM = ("Elm Police Department", "warrant_service", "")


def files(register: Register) -> list[Path]:
    return [path for path in register.captures.folder.rglob("*") if path.is_file()]


def test_what_is_recorded_in_it_answers_there_and_nothing_stays(register: Register) -> None:
    home = document(publisher="Alder Ledger")
    with register.rehearsal():
        done = register.record(home, reading(home, said(home)), home.text.encode())
        assert done.outcome == "recorded"
        assert [each.statement.id for each in register.beliefs()] == [said(home).id]
        assert register.record(home, reading(home, said(home)), home.text.encode()).outcome == "repeated"
        assert [change.kind for change in register.changes()] == ["began"]
    assert (register.beliefs(), register.log(), register.documents(), files(register)) == ((), (), (), [])
    assert register.record(home, reading(home, said(home)), home.text.encode()).outcome == "recorded"
    assert len(register.log()) == 1 and register.verify().ok


def test_after_it_editions_are_read_as_they_are_recorded(register: Register) -> None:
    for row in ([OAK], [ELM]):
        made, csv = edition(row, "2025-05-01")
        with register.rehearsal():
            register.record_edition(made, csv, ListChanges(), csv.text.encode())
            assert [each.printed for each in register.edition("partners", made.id).entries]
    made, csv = edition([OAK, ELM], "2025-05-01")
    register.record_edition(made, csv, ListChanges(), csv.text.encode())
    assert [each.printed for each in register.edition("partners", made.id).entries] == [
        each.printed for each in made.entries
    ]
    assert register.verify().ok


def test_what_fails_in_it_leaves_the_register_usable(register: Register) -> None:
    home = document(publisher="Alder Ledger")
    with pytest.raises(RegisterError), register.rehearsal():
        register.record(home, reading(home, said(home)), home.text.encode())
        register.retract("st-nothing", reason="none")
    assert register.beliefs() == ()
    assert register.record(home, reading(home, said(home)), home.text.encode()).outcome == "recorded"


def test_a_verb_that_is_refused_in_it_undoes_itself_alone(register: Register) -> None:
    home = document(publisher="Alder Ledger")
    with register.rehearsal():
        register.record(home, reading(home, said(home)), home.text.encode())
        with pytest.raises(RegisterError):
            register.retract("st-nothing", reason="none")
        assert len(register.beliefs()) == 1
