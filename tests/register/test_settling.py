"""A list whose rows read otherwise than when they were recorded: what stands in their place, what decisions become."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.identity import row_id
from comity.model import Edition
from comity.register import Checkpoint, Correction, Ending, ListChanges, Register, Reread, Succession, Telling
from comity.register.instants import iso
from tests.register.samples import RULES, Ticking, edition

Row = tuple[str, str, str]
OAK: Row = ("Oak County Sheriff", "task_force", "2025-02-01")
ELM: Row = ("Elm Police Department", "warrant_service", "2025-03-01")
MISREAD: Row = ("Oak County Sheriff", "jail_enforcement", "2025-02-01")
"""Another model, so another facet and id; and as an earlier description of the list may have read it."""


def add(register: Register, date: str, *rows: Row) -> Edition:
    made, home = edition(rows, date)
    register.record_edition(made, home, ListChanges(), home.text.encode())
    return made


def telling(recorded: Edition, *now: Row) -> Telling:
    """An edition that is recorded, with its rows as they are read now."""
    printed = [entry.statement.id if entry.statement else None for entry in recorded.entries]
    read, _ = edition(now, recorded.date)
    return Telling(replace(recorded, entries=read.entries), ListChanges(), printed=printed)


def settle(register: Register, *tellings: Telling) -> Reread:
    (found,) = register.settle(["partners"], tellings, Checkpoint("1", len(tellings), 0, b""))
    return found


def believed(register: Register, known: str | None = None) -> list[tuple[str, object, str, str | None]]:
    return [
        (each.statement.subject.name, each.statement.value["model"], (each.valid_from or "")[:10], each.valid_to)
        for each in register.beliefs(known=known)
    ]


def identity(made: Edition) -> str:
    statement = made.entries[0].statement
    assert statement is not None
    return statement.id


def test_a_row_that_reads_otherwise_stands_in_the_place_of_what_it_was_read_as(register: Register) -> None:
    first, second = add(register, "2025-05-01", MISREAD, ELM), add(register, "2025-05-15", MISREAD, ELM)
    before = iso(register.head().at)
    found = settle(register, telling(first, OAK, ELM), telling(second, OAK, ELM))
    assert [(each.old.value["model"], each.new.value["model"]) for each in found.superseded] == [
        ("jail_enforcement", "task_force")
    ]
    assert (found.gained, found.lost, found.revised, dict(found.kept)) == ((), (), (), {"agreement": 1})
    assert sorted(believed(register)) == [(*ELM, None), (*OAK, None)]
    assert sorted(believed(register, before)) == [(*ELM, None), (*MISREAD, None)]
    assert [each.sightings for each in register.beliefs()] == [2, 2]
    assert settle(register, telling(first, OAK, ELM), telling(second, OAK, ELM)).changes is False
    assert register.verify().ok


# kind, its field and value, how the row is read now: review, what is shown of the model, carried, orphaned
FATES: Sequence[tuple[str, dict[str, Any], Row, str | None, str | None, int, int]] = [
    ("accept", {}, OAK, "machine", "task_force", 0, 1),
    ("reject", {}, OAK, "machine", "task_force", 0, 1),
    ("correct", {"field": "model", "value": "warrant_service"}, OAK, "corrected", "warrant_service", 1, 0),
    ("correct", {"field": "voice", "value": "uncertain"}, OAK, "corrected", "task_force", 1, 0),
    ("accept", {}, MISREAD, "accepted", "jail_enforcement", 0, 0),
    ("reject", {}, MISREAD, None, None, 0, 0),
]


@pytest.mark.parametrize(("kind", "more", "now", "review", "model", "carried", "orphaned"), FATES)
def test_decisions_go_on_where_they_still_have_something_to_bear_on(
    register: Register, kind: str, more: dict[str, Any], now: Row, review: str | None, model: str | None,
    carried: int, orphaned: int,
) -> None:  # fmt: skip
    first = add(register, "2025-05-01", MISREAD)
    made = register.decide(kind, identity(first), author="R. Clerk", reason="checked", **more)
    found = settle(register, telling(first, now))
    assert sum(len(each.carried) for each in found.superseded) == carried
    assert [each.id for each in found.orphaned] == [made.id] * orphaned
    shown = [(each.statement.review, each.statement.value["model"]) for each in register.beliefs()]
    assert shown == ([(review, model)] if review else [])
    again = settle(register, telling(first, now))
    assert (again.changes, again.orphaned) == (False, ())
    (decision,) = register.decisions()
    assert (decision.author, decision.at, decision.reason) == (made.author, made.at, made.reason)
    assert decision.carried == (made.id if carried else None)
    assert register.verify().ok


def test_what_a_row_says_by_other_cells_keeps_every_decision(register: Register) -> None:
    first = add(register, "2025-05-01", OAK)
    told = telling(first, OAK)
    (entry,) = told.edition.entries
    assert entry.statement is not None
    other = replace(entry.statement, id="", evidence=replace(entry.statement.evidence, cells={"AGENCY": OAK[0]}))
    values = {"program": "partners", "model": "task_force"}
    other = replace(other, id=row_id("partners", "agreement", OAK[0], values, {"AGENCY": OAK[0]}))
    made = register.decide("accept", identity(first), author="R. Clerk", reason="checked")
    found = settle(register, replace(told, edition=replace(told.edition, entries=(replace(entry, statement=other),))))
    assert [each.id for superseded in found.superseded for each in superseded.carried] == [made.id]
    (belief,) = register.beliefs()
    assert (belief.statement.id, belief.statement.review) == (other.id, "accepted")


def test_what_a_person_ended_or_took_back_is_not_brought_back_by_another_reading(register: Register) -> None:
    first = add(register, "2025-05-01", MISREAD, ELM)
    register.end(identity(first), "2025-06-01", reason="the office says so", author="R. Clerk")
    found = settle(register, telling(first, OAK, ELM))
    assert found.changes is False
    assert sorted(believed(register)) == [(*ELM, None), (*MISREAD, "2025-06-01T00:00:00Z")]


def test_a_name_that_is_known_now_keeps_its_entity_when_it_is_decided_on(register: Register) -> None:
    first = add(register, "2025-05-01", ("? Marshals", "task_force", ""))
    told = telling(first, ("? Marshals", "task_force", ""))
    (entry,) = told.edition.entries
    assert entry.statement is not None
    subject = replace(entry.statement.subject, id="ori:MARSHALS", outcome="resolved")
    facet = "agreement|ori:MARSHALS|program=partners|model=task_force"
    known = replace(
        entry,
        entity="ori:MARSHALS",
        facet=facet,
        outcome="resolved",
        statement=replace(entry.statement, subject=subject),
    )
    found = settle(register, replace(told, edition=replace(told.edition, entries=(known,))))
    assert [each.id for each in found.revised] == [identity(first)]
    register.decide("accept", identity(first), author="R. Clerk", reason="checked")
    (belief,) = register.beliefs()
    assert (belief.facet, belief.statement.review) == (facet, "accepted")


ROWS = (OAK, ELM, MISREAD, ("Ash Police Department", "task_force", ""), ("Fir Police Department", "task_force", ""))


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.lists(st.sets(st.sampled_from(ROWS)), min_size=2, max_size=6), st.randoms(use_true_random=False))
def test_editions_told_at_once_say_what_they_said_one_after_the_other(
    sequence: list[set[Row]], chance: random.Random
) -> None:
    with TemporaryDirectory() as folder, Register.open(Path(folder) / "r.db", rules=RULES, clock=Ticking()) as register:
        tellings: list[Telling] = []
        known: set[str] = set()
        for number, rows in enumerate(sequence, start=1):
            made, home = edition(sorted(rows), f"2025-05-{number:02}")
            printed = [entry.statement.id for entry in made.entries if entry.statement]
            corrected, updated, ended = [], [], []
            for old in sorted(known - {*printed}):
                fate, new = chance.randrange(4), chance.choice(printed or [""])
                if fate == 0 or not new:
                    ended.append(Ending(old, made.date))
                elif fate == 1:
                    corrected.append(Correction(old, new))
                elif fate == 2:
                    updated.append(Succession(old, new, made.date))
            undated = {each for each in printed if chance.random() < 0.3}
            changed = ListChanges(corrected, updated, ended, begins=chance.random() < 0.2, undated=undated)
            register.record_edition(made, home, changed, home.text.encode())
            known |= {*printed}
            tellings.append(Telling(made, changed, printed=printed))
            if known and chance.random() < 0.2:
                register.withdraw("partners", made.date)
                tellings.append(Telling(made, ListChanges(), withdrawn=made.date))
        withdrawn = len(tellings) - len(sequence)
        before = register.beliefs()
        (found,) = register.settle(["partners"], tellings, Checkpoint("1", len(sequence), withdrawn, b""))
        assert (found.changes, register.beliefs()) == (False, before)
