"""``comity reread``: what reading again changes, told first and recorded then."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from comity import documents, gazetteer, vocabulary
from comity.identity import statement_id
from comity.model import Publication, Reading
from comity.reading import read
from comity.register import Register, rules_of
from tests.interfaces.test_cli import Ran

STORY = (
    "Toledo adopted an ordinance on Monday that bars police from asking about immigration status.\n\n"
    "About 200 people rallied against ICE in Toledo on Saturday.\n\n"
    "The city has not signed a 287(g) agreement with ICE.\n"
)
WHO = ("--author", "R. Clerk", "--reason", "read it")


@pytest.fixture
def register(tmp_path: Path) -> Path:
    """A register that an earlier reader filled: it took the ordinance for proposed, and read no more."""
    path = tmp_path / "register.db"
    topic = vocabulary.load()
    given = Publication(published="2025-03-05", publisher="Sample Ledger", home_state="OH")
    home = documents.parse(STORY.encode(), path="story.txt", publication=given)
    policy = next(each for each in read(home, topic, gazetteer.load()).statements if each.predicate == "policy")
    earlier = replace(policy, value={**policy.value, "action": "proposed"})
    earlier = replace(earlier, id=statement_id(earlier, home.id))
    with Register.open(path, rules=rules_of(topic.predicates)) as opened:
        opened.record(home, Reading(home.id, (earlier,)), STORY.encode())
    return path


def policy(register: Path) -> dict[str, object]:
    (found,) = [json.loads(Ran("show", "Toledo, OH", "--json", "--register", register).out)]
    (facet,) = [each for each in found["facets"] if each["predicate"] == "policy"]
    (statement,) = facet["statements"]
    return dict(statement)


def test_it_tells_first_and_records_then(register: Path) -> None:
    told = Ran("reread", "--dry-run", "--register", register)
    assert (told.code, told.err) == (0, "")
    assert "action proposed -> adopted" in told.out
    assert "gained (" in told.out
    assert told.out.endswith("nothing was recorded; comity reread without --dry-run records it\n")
    assert policy(register)["value"]["action"] == "proposed"  # type: ignore[index]
    done = Ran("reread", "--register", register)
    assert done.out.splitlines()[:-1] == told.out.splitlines()[: len(done.out.splitlines()) - 1]
    assert policy(register)["value"]["action"] == "adopted"  # type: ignore[index]
    assert "nothing changed" in Ran("reread", "--register", register).out


def test_as_json(register: Path) -> None:
    one, total = Ran("reread", "--dry-run", "--json", "--register", register).objects
    assert " ".join(one) == ("document path publisher revised gained lost withstood superseded orphaned skipped")
    assert [list(each) for each in one["superseded"]] == [["old", "new", "carried"]]  # type: ignore[attr-defined]
    assert " ".join(total) == "documents skipped recorded reader vocabulary predicates"
    assert total["predicates"]["policy"] == {"superseded": 1}  # type: ignore[index]


def test_a_decision_goes_on_and_one_that_can_not_is_told(register: Path) -> None:
    first = policy(register)["id"]
    Ran("review", "reject", str(first), *WHO, "--register", register)
    told = Ran("reread", "--register", register)
    assert "decisions that nothing is left of to bear on (1)" in told.out
    assert f"rejected {first}: R. Clerk" in told.out
    assert policy(register)["review"] == "machine"


def test_what_a_person_accepted_withstands(register: Path) -> None:
    Ran("review", "accept", str(policy(register)["id"]), *WHO, "--register", register)
    told = Ran("reread", "--register", register)
    assert "withstood (1)" in told.out
    assert (policy(register)["review"], policy(register)["value"]["action"]) == ("accepted", "proposed")  # type: ignore[index]


def test_no_register_is_one_line(tmp_path: Path) -> None:
    ran = Ran("reread", "--register", tmp_path / "none.db")
    assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)
