"""The JSON of every command has the fields of the contract, in its order; more may follow, none may go."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from comity.interfaces.cli import app

STORY = (
    "Toledo adopted an ordinance on Monday that bars police from asking about immigration status.\n\n"
    "About 200 people rallied against ICE in Toledo on Saturday, organizers said.\n\n"
    "The city has not signed a 287(g) agreement with ICE, Mayor Ana Ruiz said.\n"
)
OTHER = "About 90 people rallied against ICE in Toledo on Saturday.\n"
GIVEN = ("--published", "2025-03-05", "--publisher", "Sample Ledger", "--home-state", "OH")
STATEMENT = ["id", "topic", "predicate", "subject", "value", "polarity", "modality", "voice", "attribution", "time",
             "evidence", "support", "review", "reader", "vocabulary"]  # fmt: skip
CHANGE = ["list", "edition", "date", "kind", "facet", "name", "entity", "field", "before", "after", "first_absent",
          "confirmed_by", "evidence", "learned"]  # fmt: skip
BELIEF = ["valid_from", "valid_to", "known_from", "known_to", "observed", "since_known"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "one.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / "two.txt").write_text(OTHER, encoding="utf-8")
    return tmp_path


def objects(*words: str | Path) -> list[dict[str, Any]]:
    result = CliRunner().invoke(app, [*map(str, words), "--json"])
    return [json.loads(line) for line in (result.stdout or result.stderr).splitlines()]


def starts(found: dict[str, Any], *names: str) -> bool:
    """Whether an object has these fields first, in this order."""
    return list(found)[: len(names)] == list(names)


def test_read(folder: Path) -> None:
    found = objects("read", folder / "one.txt", *GIVEN)
    assert len(found) >= 3
    for each in found:
        assert list(each) == STATEMENT
        assert starts(each["subject"], "name", "id", "kind", "outcome", "candidates")
        assert starts(each["evidence"], "document", "path", "url", "start", "end", "exact", "prefix", "suffix")
        assert all(starts(span, "slot", "start", "end", "exact") for span in each["support"])
        assert all(starts(link, "source", "named", "cue", "direct") for link in each["attribution"])
        assert each["time"] is None or starts(each["time"], "text", "edtf", "earliest", "latest", "basis")
    assert any(each["attribution"] for each in found)
    assert any(each["time"] for each in found)


def test_read_explained(folder: Path) -> None:
    found = objects("read", folder / "one.txt", *GIVEN, "--explain")
    assert all(list(each) in (["statement", "explanation"], ["dropped"]) for each in found)


def test_mentions(folder: Path) -> None:
    (found,) = objects("mentions", folder / "one.txt", *GIVEN)
    assert list(found) == ["path", "document", "attributions", "places", "bodies", "dates"]
    assert all(starts(each, "source", "cue", "content") for each in found["attributions"])
    assert all(starts(each, "start", "end", "id", "candidates") for each in (*found["places"], *found["bodies"]))
    assert all(starts(each, "start", "end", "edtf", "earliest", "latest") for each in found["dates"])
    assert all(len(span) == 2 for each in found["attributions"] for span in each["content"])


def test_resolve() -> None:
    (found,) = objects("resolve", "Toledo", "--state", "OH")
    assert list(found) == ["name", "state", "kind", "outcome", "id", "candidates", "reason"]
    assert all(list(each) == ["id", "name", "score"] for each in found["candidates"])


def test_resolve_of_a_column(folder: Path) -> None:
    (folder / "names.csv").write_text("place,st\nToledo,OH\nMartinsville County,VA\n", encoding="utf-8")
    found = objects("resolve", "--csv", folder / "names.csv", "--column", "place", "--state-column", "st")
    assert [each["outcome"] for each in found] == ["resolved", "kind_disputed"]


def test_dossier(folder: Path) -> None:
    register = folder / "register.db"
    objects("add", folder / "one.txt", folder / "two.txt", *GIVEN, "--register", register)
    (found,) = objects("show", "Toledo, OH", "--register", register)
    assert list(found) == ["entity", "as_of", "known", "facets"]
    assert {"id", "name", "kind", "geoid"} <= set(found["entity"])
    assert found["facets"]
    for facet in found["facets"]:
        assert list(facet) == ["facet", "predicate", "nature", "status", "line", "disputed", "statements"]
        for statement in facet["statements"]:
            assert starts(statement, *STATEMENT, "belief", "sightings")
            assert list(statement["belief"]) == BELIEF


def two_stories(folder: Path) -> Path:
    register = folder / "register.db"
    objects("add", folder / "one.txt", folder / "two.txt", *GIVEN, "--register", register)
    return register


def test_changes(folder: Path) -> None:
    found = objects("changes", "--register", two_stories(folder))
    assert {"disputed", "happened", "denied"} <= {each["kind"] for each in found}
    assert all(list(each) == CHANGE for each in found)


def test_changes_as_feeds(folder: Path) -> None:
    register = two_stories(folder)
    (feed,) = objects("changes", "--feed", "json", "--register", register)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert all({"id", "title", "content_text", "date_published"} <= set(item) for item in feed["items"])
    written = CliRunner().invoke(app, ["changes", "--feed", "atom", "--register", str(register)])
    assert written.stdout.startswith("<?xml")
    assert CliRunner().invoke(app, ["changes", "--feed", "rss", "--register", str(register)]).exit_code == 2


def test_conflicts(folder: Path) -> None:
    (found,) = objects("conflicts", "Toledo, OH", "--register", two_stories(folder))
    assert starts(found, "facet", "predicate", "entity", "kind", "sides")
    assert found["kind"] == "figure"
    for side in found["sides"]:
        assert starts(side, "value", "statements")
        assert [entry["id"] for entry in side["entries"]] == side["statements"]
        assert all(starts(entry, *STATEMENT, "belief", "sightings") for entry in side["entries"])


def test_compare(folder: Path) -> None:
    (found,) = objects("compare", folder / "one.txt", folder / "two.txt", *GIVEN)
    assert starts(found, "accounts", "facts", "terms")
    assert all(
        {"id", "path", "publisher", "published", "copy_of", "profile"} <= set(each) for each in found["accounts"]
    )
    assert any(fact["verdict"] == "differs" for fact in found["facts"])
    for fact in found["facts"]:
        assert starts(fact, "facet", "predicate", "subject", "verdict", "cells")
        assert fact["verdict"] in ("shared", "differs", "only")
        assert all(starts(cell, "account", "stance", "value", "attribution", "exact") for cell in fact["cells"])
        assert all(cell["stance"] in ("states", "attributes", "denies", "silent") for cell in fact["cells"])
    for term in found["terms"]:
        assert list(term) == ["concept", "cells"]
        assert all(list(cell) == ["account", "own_voice", "quoted"] for cell in term["cells"])


def test_verify(folder: Path) -> None:
    register = folder / "register.db"
    objects("add", folder / "one.txt", *GIVEN, "--register", register)
    (found,) = objects("verify", "--register", register)
    assert list(found) == ["ok", "checked", "first_failure"]
    assert (found["ok"], found["first_failure"]) == (True, None)


def test_verify_names_the_first_failure_and_exits_with_1(folder: Path) -> None:
    register = folder / "register.db"
    objects("add", folder / "one.txt", *GIVEN, "--register", register)
    (capture,) = [path for path in folder.glob("register.db.captures/**/*") if path.is_file()]
    capture.write_text("something else", encoding="utf-8")
    (found,) = objects("verify", "--register", register)
    assert list(found["first_failure"]) == ["what", "where", "why"]
    assert CliRunner().invoke(app, ["verify", "--register", str(register)]).exit_code == 1


@pytest.mark.parametrize(
    "words", [("show", "Springfield"), ("read", "none.txt"), ("read",), ("verify", "--register", "none.db")]
)
def test_error(words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (found,) = objects(*words)
    assert list(found) == ["error"]
    assert list(found["error"]) == ["code", "message", "where", "hint"]
