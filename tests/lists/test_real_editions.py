"""The real workbooks and lists of ../shared: what must hold over all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from comity import gazetteer
from comity.lists import checked, definition, diff, read_edition
from comity.lists.history import history
from comity.lists.states import History
from comity.model import Edition, Entry

PAIRS = yaml.safe_load((Path(__file__).parent / "real_pairs.yml").read_text(encoding="utf-8"))
NAMES = ("us-287g-participating", "us-287g-pending")
SHORT = {"us-287g-participating": "participating", "us-287g-pending": "pending"}


@pytest.fixture(scope="module")
def editions(shared: Path) -> dict[str, list[Edition]]:
    """All captures of both lists, in order."""
    known = gazetteer.load()
    found = {}
    for name in NAMES:
        files = sorted((shared / "data" / "287g").glob(f"*/{SHORT[name]}*.xlsx"))
        found[name] = sorted(
            (read_edition(file, definition(name), known) for file in files), key=lambda item: item.order
        )
    return found


@pytest.fixture(scope="module")
def told(editions: dict[str, list[Edition]]) -> History:
    return history([edition for name in NAMES for edition in editions[name]])


def by_kind(found: History, name: str) -> Mapping[str, int]:
    return Counter(change.kind for step in found.steps for change in step.changes if change.list == name)


def test_every_real_edition_is_accepted(told: History) -> None:
    refused = [(step.edition.name, step.edition.checks) for step in told.steps if not step.edition.accepted]
    assert refused == []
    assert len(told.steps) == 42


def test_no_departure_is_false(editions: dict[str, list[Edition]], told: History) -> None:
    """No entry that is said to have left is printed later with the same date of signing."""
    for step in told.steps:
        for change in step.changes:
            if change.kind == "left":
                later = [edition for edition in editions[str(change.list)] if edition.order > step.edition.order]
                again = [entry for edition in later for entry in edition.entries if entry.facet == change.facet]
                assert again == []


def test_the_real_departure_is_found(told: History) -> None:
    left = [
        (change.name, change.first_absent)
        for step in told.steps
        for change in step.changes
        if change.kind == "left" and change.list == "us-287g-participating"
    ]
    assert left == [("Butler County Sheriff's Office", "2025-06-06")]


def test_renames_and_reassignments_are_found(told: History) -> None:
    found = {
        (change.kind, change.before, change.after)
        for step in told.steps
        for change in step.changes
        if change.kind in ("renamed", "reassigned")
    }
    assert {
        ("renamed", "Indialantic Police Department", "Indiatlantic Police Department"),
        ("renamed", "Town of Palm Beach Police Department", "Palm Beach Police Department"),
        ("renamed", "Lafourche County Sheriff's Office", "Lafourche Parish Sheriff's Office"),
        ("reassigned", "Okaloosa County Sheriff's Office", "Okaloosa County Department of Corrections"),
    } <= found


def test_rows_that_come_and_go_add_up(editions: dict[str, list[Edition]], told: History) -> None:
    """Counted by an account of its own: facets of the last edition less those of the first."""
    name = "us-287g-participating"
    first, last = ({entry.facet for entry in editions[name][index].entries} for index in (0, -1))
    kinds = by_kind(told, name)
    assert kinds["joined"] - kinds["left"] == len(last) - len(first)


def test_movers_from_pending_are_transitions(told: History) -> None:
    assert by_kind(told, "us-287g-participating")["transitioned"] >= 175


def test_few_entries_of_pending_are_questions(told: History) -> None:
    names = {question.about for step in told.steps for question in step.questions}
    assert len(names) <= 10


@pytest.mark.parametrize("pair", PAIRS, ids=[f"{pair['list']} {pair['new']}" for pair in PAIRS])
def test_a_pair_of_editions_says_what_a_careful_person_finds(shared: Path, pair: Mapping[str, Any]) -> None:
    known, about = gazetteer.load(), definition(pair["list"])
    files = [
        next((shared / "data" / "287g" / pair[side]).glob(f"{SHORT[pair['list']]}*.xlsx")) for side in ("old", "new")
    ]
    old, new = (read_edition(file, about, known) for file in files)
    first = checked(old, None, about)
    found = diff(first, checked(new, first, about), about)
    rows = Counter((change.kind, change.name, change.facet.rpartition("=")[2], change.field) for change in found)
    assert rows == Counter(tuple(row) for row in pair["changes"])


# --- names -----------------------------------------------------------------------------------------------------


def distinct(editions: Mapping[str, list[Edition]]) -> dict[tuple[str, str], Entry]:
    return {
        (str(entry.normal["state"]), str(entry.normal["agency"])): entry
        for name in NAMES
        for edition in editions[name]
        for entry in edition.entries
    }


def test_names_are_resolved(editions: dict[str, list[Edition]]) -> None:
    names = distinct(editions)
    resolved = sum(entry.outcome == "resolved" for entry in names.values())
    assert len(names) > 680
    assert resolved / len(names) >= 0.98
    assert all(entry.reason for entry in names.values())


def test_no_agency_is_taken_for_its_government(editions: dict[str, list[Edition]]) -> None:
    ids = {entry.entity for entry in distinct(editions).values() if entry.entity}
    assert all(identity.startswith(("ori:", "body:")) for identity in ids)


def test_real_kind_faults_are_disputed(editions: dict[str, list[Edition]]) -> None:
    names = distinct(editions)
    disputed = {name for (_, name), entry in names.items() if entry.outcome == "kind_disputed"}
    assert {"Hopewell County Sheriff's Office", "Portsmouth County Sheriff's Office"} <= disputed


def test_an_impossible_date_is_repaired(editions: dict[str, list[Edition]]) -> None:
    printed = {
        (entry.printed["SIGNED"], entry.since)
        for edition in editions["us-287g-participating"]
        for entry in edition.entries
        if entry.printed["SIGNED"] != entry.since
    }
    assert printed == {("05/082025", "2025-05-08")}


@pytest.mark.parametrize(
    ("name", "file", "rows", "disputed"),
    [
        ("doj-sanctuary", "doj-sanctuary-2025-08-05.csv", 35, []),
        ("dhs-sanctuary", "dhs-sanctuary-2025-05-29-excerpt.csv", 106, ["Martinsville County"]),
    ],
)
def test_the_lists_of_jurisdictions_are_resolved(
    shared: Path, name: str, file: str, rows: int, disputed: list[str]
) -> None:
    about = definition(name)
    found = checked(read_edition(shared / "data" / "lists" / file, about, gazetteer.load()), None, about)
    assert found.accepted
    assert len(found.entries) == rows
    assert [entry.normal["name"] for entry in found.entries if entry.outcome != "resolved"] == disputed
