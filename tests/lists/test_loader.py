"""A list's file that doesn't hold is rejected with file, line and key."""

from __future__ import annotations

from pathlib import Path

import pytest

from comity.errors import UsageError, VocabularyError
from comity.lists import definition, definitions
from comity.lists.loader import loads

GOOD = """\
list: harbor-watch
title: Harbour watch
publisher: Sandhill Port Board
topic: immigration-cooperation
columns:
  name: {headers: [Name], reads: name, required: true}
  state: {headers: [State], reads: state}
  since: {headers: [Since], reads: date}
subject: {name: name, state: state, kind: place}
statement:
  predicate: designation
  value: {authority: Sandhill Port Board, list: harbor watch, status: listed}
since: since
"""

BAD = [
    ("list: harbor-watch\n", "", "list", "must be a text"),
    ("title: Harbour watch", "title: Harbour watch\ntitel: x", "3: titel", "unknown key"),
    ("reads: name, required: true", "reads: noun", "6: columns.name.reads", "must be one of"),
    ("headers: [Name]", "headers: []", "columns.name.headers", "needs the headers"),
    (
        "{headers: [State], reads: state}",
        "{headers: [State], reads: choice}",
        "columns.state.values",
        "lists its values",
    ),
    ("{headers: [Since], reads: date}", "{headers: [Since], reads: date, earliest: soon}", "earliest", "must be a day"),
    ("subject: {name: name", "subject: {name: nome", "9: subject.name", "there is no column 'nome'"),
    ("kind: place", "kind: village", "subject.kind", "'village' is no kind"),
    ("predicate: designation", "predicate: designations", "11: statement.predicate", "has no predicate"),
    ("status: listed", "status: lusted", "12: statement.value.status", "not among the values"),
    ("status: listed", "state: listed", "12: statement.value.state", "has no slot"),
    ("since: since", "since: until", "13: since", "there is no column"),
    ("since: since", "limits: {drop: 3}", "limits.drop", "between 0 and 1"),
    ("since: since", "limits: {least_rows: few}", "limits.least_rows", "must be a number"),
    ("since: since", "dated: ['(?P<year>20']", "dated", "is no pattern"),
    ("since: since", "dated: ['(?P<year>20..)']", "dated", "lacks the group month, day"),
    ("since: since", "scopes: [{complete_for: [Alaska]}]", "complete_for", "is no scope"),
    ("since: since", "pair: {list: other, role: sideways}", "pair.role", "must be one of"),
    ("since: since", "extra_sheets: perhaps", "extra_sheets", "true or false"),
    ("since: since", "departure: {editions: two}", "departure.editions", "must be a number"),
    ("list: harbor-watch", "list: [", "", ""),
]


def test_a_good_file_loads() -> None:
    found = loads(GOOD, "harbor.yml")
    assert (found.name, found.facet, found.column("since").reads) == ("harbor-watch", ("list", "authority"), "date")


@pytest.mark.parametrize(("text", "instead", "where", "message"), BAD)
def test_a_bad_file_is_rejected_with_its_line_and_key(text: str, instead: str, where: str, message: str) -> None:
    assert text in GOOD
    with pytest.raises(VocabularyError) as caught:
        loads(GOOD.replace(text, instead, 1), "harbor.yml")
    assert (caught.value.where or "").startswith("harbor.yml")
    assert where in (caught.value.where or "")
    assert message in str(caught.value)


@pytest.mark.parametrize("name", definitions())
def test_every_bundled_list_loads(name: str) -> None:
    found = definition(name)
    assert found.name == name
    assert found.version.startswith(f"{name}@")
    if found.pair is not None:
        other = definition(found.pair.list)
        assert other.pair is not None
        assert (other.pair.list, {other.pair.role, found.pair.role}) == (name, {"earlier", "later"})


def test_a_list_of_ones_own_is_named_by_its_file(tmp_path: Path) -> None:
    file = tmp_path / "harbor.yml"
    file.write_text(GOOD, encoding="utf-8")
    assert definition(str(file)).title == "Harbour watch"


def test_an_unknown_list_names_those_that_there_are() -> None:
    with pytest.raises(UsageError, match="us-287g-pending"):
        definition("us-287g-pendant")
