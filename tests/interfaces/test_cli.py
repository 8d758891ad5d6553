"""The command line as people use it: answers, JSON, exit codes, and one line for every bad input."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from comity.interfaces.cli import app

STORY = (
    "Anchorage adopted an ordinance on Tuesday that bars police from asking about immigration status.\n\n"
    "The city has not signed a 287(g) agreement with ICE, Mayor Ana Ruiz said.\n"
)
GIVEN = ("--published", "2025-03-05", "--publisher", "Sample Ledger", "--home-state", "AK")


class Ran:
    """One run of the command line."""

    def __init__(self, *arguments: str | Path, environment: dict[str, str] | None = None) -> None:
        result = CliRunner().invoke(app, [str(item) for item in arguments], env=environment or {})
        self.code, self.out, self.err = result.exit_code, result.stdout, result.stderr
        self.exception = None if isinstance(result.exception, SystemExit) else result.exception

    @property
    def objects(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "story.txt"
    path.write_text(STORY, encoding="utf-8")
    return path


@pytest.fixture
def register(tmp_path: Path) -> Path:
    return tmp_path / "register.db"


def test_read_prints_each_statement_with_its_evidence(story: Path) -> None:
    ran = Ran("read", story, *GIVEN)
    assert (ran.code, ran.err) == (0, "")
    assert "policy: Anchorage" in ran.out
    assert "“Anchorage adopted an ordinance on Tuesday" in ran.out
    assert "according to “Mayor Ana Ruiz”" in ran.out


def test_read_json_has_the_shape_of_the_contract(story: Path) -> None:
    ran = Ran("read", story, *GIVEN, "--json")
    keys = ["id", "topic", "predicate", "subject", "value", "polarity", "modality", "voice", "attribution", "time",
            "evidence", "support", "review", "reader", "vocabulary"]  # fmt: skip
    assert [list(item) for item in ran.objects] == [keys] * len(ran.objects)
    policy = next(item for item in ran.objects if item["predicate"] == "policy")
    evidence = policy["evidence"]
    assert isinstance(evidence, dict)
    assert STORY[evidence["start"] : evidence["end"]] == evidence["exact"]


def test_mentions_json_has_the_shape_of_the_contract(story: Path) -> None:
    (found,) = Ran("mentions", story, *GIVEN, "--json").objects
    assert list(found) == ["path", "document", "attributions", "places", "bodies", "dates"]
    places = found["places"]
    assert isinstance(places, list)
    assert STORY[places[0]["start"] : places[0]["end"]] == "Anchorage"


def test_adding_again_changes_nothing_and_says_so(story: Path, register: Path) -> None:
    first = Ran("add", story, *GIVEN, "--register", register)
    again = Ran("add", story, *GIVEN, "--register", register)
    assert (first.code, again.code) == (0, 0)
    assert "new statement" in first.out
    assert "nothing changed (1 repeated)" in again.out


def test_show_prints_the_dossier_and_verify_holds(story: Path, register: Path) -> None:
    Ran("add", story, *GIVEN, "--register", register)
    shown = Ran("show", "Anchorage, AK", "--register", register)
    assert shown.code == 0
    assert "Sample Ledger" in shown.out
    verified = Ran("verify", "--register", register, "--json")
    assert (verified.code, verified.objects[0]["ok"]) == (0, True)


def test_show_json_has_the_shape_of_the_contract(story: Path, register: Path) -> None:
    Ran("add", story, *GIVEN, "--register", register)
    (dossier,) = Ran("show", "Anchorage, AK", "--register", register, "--json").objects
    assert list(dossier) == ["entity", "as_of", "known", "facets"]
    facets = dossier["facets"]
    assert isinstance(facets, list)
    assert list(facets[0]) == ["facet", "predicate", "nature", "status", "line", "disputed", "statements"]
    statement = facets[0]["statements"][0]
    assert {"id", "evidence", "belief", "sightings"} <= set(statement)
    assert list(statement["belief"]) == ["valid_from", "valid_to", "known_from", "known_to", "observed", "since_known"]


def test_show_before_it_was_known_holds_nothing(story: Path, register: Path) -> None:
    Ran("add", story, *GIVEN, "--register", register)
    (dossier,) = Ran("show", "Anchorage, AK", "--register", register, "--known", "2001-01-01", "--json").objects
    assert dossier["facets"] == []


def test_compare_lays_the_accounts_side_by_side(story: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("An Anchorage ordinance bars police from asking about immigration status.\n", encoding="utf-8")
    (answer,) = Ran("compare", story, other, *GIVEN, "--json").objects
    assert list(answer)[:3] == ["accounts", "facts", "terms"]
    facts = answer["facts"]
    assert isinstance(facts, list)
    shared = [fact for fact in facts if fact["predicate"] == "policy"]
    assert [len(fact["cells"]) for fact in shared] == [2]


def test_resolve_explains_itself() -> None:
    (answer,) = Ran("resolve", "Martinsville County", "--state", "VA", "--json").objects
    assert list(answer) == ["name", "state", "kind", "outcome", "id", "candidates", "reason"]
    assert (answer["outcome"], answer["id"]) == ("kind_disputed", None)


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("empty.txt", b"", "empty"),
        ("binary.txt", bytes(range(256)) * 40, ""),
        ("page.html", b"<html><body><nav>Home</nav></body></html>", "article"),
        ("deep.html", b"<div>" * 100_000, ""),
        ("missing.txt", None, "no such file"),
    ],
)
def test_a_bad_file_is_refused_in_one_line_and_the_rest_goes_on(
    name: str, data: bytes | None, told: str, story: Path, tmp_path: Path
) -> None:
    bad = tmp_path / name
    if data is not None:
        bad.write_bytes(data)
    ran = Ran("read", bad, story, *GIVEN)
    assert ran.exception is None
    assert ran.code == 1
    assert len(ran.err.splitlines()) == 1
    assert name in ran.err
    assert told in ran.err.lower()
    assert "policy: Anchorage" in ran.out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("read",), "no files given"),
        (("read", "x.txt", "--published", "2025-13-45"), "impossible date"),
        (("read", "x.txt", "--home-state", "Alaska"), "two letters"),
        (("show", "Anchorage, AK", "--as-of", "soon"), "no date"),
        (("resolve", "x", "--kind", "planet"), "no kind"),
        (("resolve",), "give one name"),
    ],
)
def test_wrong_use_exits_with_two_and_says_what_to_do(arguments: tuple[str, ...], told: str) -> None:
    ran = Ran(*arguments)
    assert (ran.code, len(ran.err.splitlines())) == (2, 1)
    assert told in ran.err


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("file,publisher\nx.txt,y\n", "no column 'path'"),
        ("path,published\nstory.txt,2025-02-31\n", "impossible date"),
    ],
)
def test_a_bad_manifest_is_one_line(text: str, told: str, tmp_path: Path) -> None:
    manifest = tmp_path / "manifest.csv"
    manifest.write_text(text, encoding="utf-8")
    ran = Ran("read", "--manifest", manifest)
    assert (ran.code, len(ran.err.splitlines())) == (1, 1)
    assert told in ran.err


def test_a_manifest_row_without_its_file_is_refused_alone(story: Path, tmp_path: Path) -> None:
    manifest = tmp_path / "manifest.csv"
    manifest.write_text(
        "path,published,home_state\nstory.txt,2025-03-05,AK\ngone.txt,2025-03-05,AK\n", encoding="utf-8"
    )
    ran = Ran("read", "--manifest", manifest)
    assert ran.code == 1
    assert "gone.txt" in ran.err
    assert "policy: Anchorage" in ran.out


def test_a_file_that_is_no_register_is_one_line(tmp_path: Path) -> None:
    wrong = tmp_path / "notes.db"
    wrong.write_bytes(b"these are notes, not a register" * 100)
    ran = Ran("show", "Anchorage, AK", "--register", wrong)
    assert (ran.code, len(ran.err.splitlines())) == (1, 1)
    assert "notes.db" in ran.err


def test_an_unknown_name_gives_its_candidates(story: Path, register: Path) -> None:
    Ran("add", story, *GIVEN, "--register", register)
    ran = Ran("show", "Springfield", "--register", register, "--json")
    error = json.loads(ran.err)["error"]
    assert ran.code == 1
    assert list(error) == ["code", "message", "where", "hint"]
    assert error["code"] == "entity_not_found"


def test_every_command_says_what_it_does_with_an_example() -> None:
    helped = Ran("--help")
    assert helped.code == 0
    for command in ("read", "mentions", "add", "show", "compare", "resolve", "verify", "demo"):
        assert command in helped.out
        assert "Example:" in Ran(command, "--help").out


def test_the_demo_shows_a_dossier_a_comparison_and_what_next() -> None:
    ran = Ran("demo")
    assert ran.code == 0
    for words in ("Anchorage", "(synthetic)", "accounts compared", "What next"):
        assert words in ran.out
