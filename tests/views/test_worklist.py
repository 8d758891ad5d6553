"""The queue: what waits, worst first; what takes it off, and what brings it back. All invented."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.register.samples import ALDER, BIRCH, RULES, Ticking, day, document, edition, reading, statement

from comity import vocabulary
from comity.model import Candidate, Check, Decision, Dropped, Statement, Subject
from comity.register import Question, Register
from comity.register.catalogue import Gated
from comity.register.questions import Asked
from comity.views.worklist import KINDS, Item, Kept, worklist

ELM = "ocd-division/country:us/state:oh/place:elm"
COULD_BE = (Candidate(ALDER, "Alder Falls", 0.5), Candidate(ELM, "Elm", 0.4))
AMBIGUOUS = Subject("Aldr Falls", None, "place", "ambiguous", COULD_BE)


def made(text: str, number: int, subject: Subject, **fields: Any) -> tuple[Statement, Any]:
    home = document(f"{number}: {text}", published="2025-05-28", home_state=fields.pop("home_state", "OH"))
    fields.setdefault("value", {"list": "cooperation list", "status": "listed"})
    return replace(statement(home, text, subject=(subject.name, subject.id), **fields), subject=subject), home


@pytest.fixture
def queue(tmp_path: Path) -> Any:
    """Records statements, and answers with what waits; ``kept`` is what the register keeps besides."""
    register = Register.open(tmp_path / "r.db", rules=RULES, clock=Ticking(), captures=tmp_path / "c")

    def waiting(*statements: tuple[Statement, Any], **kept: Any) -> tuple[Item, ...]:
        for each, home in statements:
            register.record(home, reading(home, each), home.text.encode())
        about = {"decisions": register.decisions(), **kept}
        return worklist(register.by_entity(), Kept(**about), vocabulary.load())

    waiting.register = register  # type: ignore[attr-defined]
    yield waiting
    register.close()


def unresolved(number: int, **fields: Any) -> tuple[Statement, Any]:
    return made("Aldr Falls was listed", number, AMBIGUOUS, **fields)


def test_a_name_that_is_not_resolved_waits_once_for_all_that_print_it(queue: Any) -> None:
    (item,) = queue(*(unresolved(number) for number in range(18)))
    assert (item.kind, item.about, item.waits) == ("entity", "name:aldr falls, oh", 18)
    assert item.why == "several have this name; 18 statements in no dossier"
    assert [each.id for each in item.candidates] == [ALDER, ELM]
    assert len(item.entries) == 3
    assert [(each.kind, each.targets, each.other) for each in item.choices] == [
        ("same", ("name:aldr falls, oh",), ALDER),
        ("same", ("name:aldr falls, oh",), ELM),
        ("accept", (item.id,), None),
    ]


def test_where_no_state_is_known_each_text_waits_alone(queue: Any) -> None:
    nowhere = Subject("Aldr Falls", None, "place", "unknown")
    found = queue(*(made("Aldr Falls was listed", number, nowhere, home_state=None) for number in (1, 2)))
    assert [(item.about, item.waits) for item in found] == [("name:aldr falls", 1)] * 2
    one_state = queue(unresolved(3, home_state=None))  # all that it may mean lie in one
    assert sorted(item.about for item in one_state) == ["name:aldr falls", "name:aldr falls", "name:aldr falls, oh"]


@pytest.mark.parametrize(
    ("kind", "of", "more"),
    [
        ("same", "about", {"other": ALDER}),
        ("accept", "id", {}),
        ("accept", "statement", {}),
        ("reject", "statement", {}),
        ("correct", "statement", {"field": "subject", "value": ALDER}),
        ("correct", "statement", {"field": "subject", "value": None}),
    ],
)
def test_a_decision_takes_it_off_and_undoing_brings_it_back(queue: Any, kind: str, of: str, more: Any) -> None:
    (item,) = queue(unresolved(1))
    target = item.statements[0] if of == "statement" else getattr(item, of)
    decision = queue.register.decide(kind, target, author="A", reason="r", **more)
    assert queue() == ()
    queue.register.decide("undo", decision.id, author="A", reason="r")
    assert [each.id for each in queue()] == [item.id]


def test_what_it_is_not_is_no_candidate_any_more(queue: Any) -> None:
    (item,) = queue(unresolved(1))
    queue.register.decide("distinct", item.about, other=ALDER, author="A", reason="r")
    (after,) = queue()
    assert [each.id for each in after.candidates] == [ELM]
    assert after.choices[1].kind == "distinct"


@pytest.mark.parametrize(
    ("candidates", "waits"),
    [
        ([(ALDER, 0.57), (ELM, 0.43)], True),
        ([(ALDER, 0.9), (ELM, 0.1)], False),
        ([(ALDER, 0.85)], True),  # spelt otherwise
        ([(ALDER, 1.0)], False),
        ([(ELM, 0.5)], False),  # resolved by other means
        ([], False),
    ],
)
def test_a_resolved_name_waits_where_it_was_close(queue: Any, candidates: list[tuple[str, float]], waits: bool) -> None:
    subject = Subject(
        "Alder", ALDER, "place", "resolved", tuple(Candidate(each, each[-5:], score) for each, score in candidates)
    )
    found = queue(made("Alder was listed", 1, subject))
    assert [item.kind for item in found] == (["margin"] if waits else [])
    if found:
        queue.register.decide("accept", found[0].statements[0], author="A", reason="r")
        assert queue() == ()


def test_accounts_at_odds_wait_until_each_was_looked_at_or_one_is_gone(queue: Any) -> None:
    town = Subject("Alder Falls", ALDER, "place", "resolved")
    sides = [
        made(text, number, town, time=day("today", "2025-05-28"), value={"list": "l", "status": status})
        for number, (text, status) in enumerate([("listed", "listed"), ("not listed", "not_listed")])
    ]
    (item,) = queue(*sides)
    assert (item.kind, item.waits, item.name) == ("conflict", 2, "Alder Falls")
    assert [each.kind for each in item.choices] == ["reject", "reject", "accept"]
    assert len(item.entries) == 2
    for each in item.choices[-1].targets:
        assert [each.id for each in queue()] == [item.id]
        queue.register.decide("accept", each, author="A", reason="r")
    assert queue() == ()


def test_all_kinds_stand_in_their_order(queue: Any) -> None:
    broken, _ = edition([], "2025-05-28", accepted=False, checks=(Check("rows", False, "no rows"),))
    asked = Asked("q-0000000000000000", Question("vanished", ALDER, {"list": "l", "detail": "is gone"}), "2026-01-01")
    gone = Gated("sha256:x", "a.txt", Dropped("policy", "rule-1", 3, 9, "not in its evidence"), "2026-01-01")
    town = Subject("Alder", ALDER, "place", "resolved", (Candidate(ALDER, "Alder Falls", 0.7),))
    birch = Subject("Birch", BIRCH, "county", "resolved")
    sides = [
        made(text, number, birch, time=day("today", "2025-05-28"), value={"list": "l", "status": status})
        for number, (text, status) in enumerate([("listed", "listed"), ("not listed", "not_listed")], start=5)
    ]
    kept = {"refused": (broken,), "questions": (asked,), "dropped": (gone,)}
    found = queue(unresolved(1), made("Alder was listed", 2, town), *sides, **kept)
    assert [item.kind for item in found] == list(KINDS)
    assert len({item.id for item in found}) == len(KINDS)
    assert found == queue(**kept)
    told = {item.kind: item.why for item in found}
    assert told["edition"] == "edition of 2025-05-28 was refused and changes nothing: no rows"
    assert told["question"] == "vanished: is gone (asked 2026-01-01)"
    assert told["dropped"] == "the gate dropped a policy of rule rule-1: not in its evidence"
    for item in found:
        if item.kind in ("edition", "question", "dropped"):
            queue.register.decide("accept", item.id, author="A", reason="seen")
    assert [item.kind for item in queue(**kept)] == ["entity", "conflict", "margin"]
    assert all(isinstance(each, Decision) for each in queue.register.decisions())
