"""The API: its shapes, its pages, its exports, and that it does what its OpenAPI document says."""

from __future__ import annotations

import csv
import io
import json
from contextlib import suppress
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import unsupported_method
from starlette.testclient import TestClient

from comity.interfaces.web import Bounds, Serving, create_app
from tests.interfaces.web.conftest import ANCHORAGE, LIST

BELIEF = ["valid_from", "valid_to", "known_from", "known_to", "observed", "since_known"]
STATEMENT = ["id", "topic", "predicate", "subject", "value", "polarity", "modality", "voice", "attribution", "time",
             "evidence", "support", "review", "reader", "vocabulary"]  # fmt: skip


MODES = [GenerationMode.POSITIVE, GenerationMode.NEGATIVE]


@pytest.fixture(scope="module")
def described(listed: str) -> schemathesis.BaseSchema:
    """The schema of the API over a register with stories and a list."""
    app = create_app(Serving(register=listed, bounds=Bounds(rate=0, address=1_000_000)))
    return schemathesis.openapi.from_asgi("/api/v1/openapi.json", app)


@pytest.mark.parametrize("mode", MODES, ids=lambda mode: mode.value)
def test_the_api_does_what_its_description_says(described: schemathesis.BaseSchema, mode: GenerationMode) -> None:
    operations: list[Any] = [found.ok() for found in described.get_all_operations() if isinstance(found, Ok)]
    assert len(operations) > 12
    for operation in operations:

        @settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
        @given(case=operation.as_strategy(generation_mode=mode))
        def holds(case: schemathesis.Case[Any]) -> None:
            # Refusing another method is checked in test_safety: the guard answers before any route is looked for.
            case.call_and_validate(excluded_checks=[unsupported_method])

        with suppress(Unsatisfiable):  # where nothing about it can be wrong: it takes any text
            holds()


def test_a_dossier_is_as_the_command_line_gives_it(site: TestClient) -> None:
    found = site.get(f"/api/v1/dossiers/{ANCHORAGE}").json()
    assert list(found) == ["entity", "as_of", "known", "facets"]
    facet = found["facets"][0]
    assert list(facet) == ["facet", "predicate", "nature", "status", "line", "disputed", "statements"]
    statement = facet["statements"][0]
    assert list(statement)[: len(STATEMENT)] == STATEMENT
    assert list(statement["belief"]) == BELIEF
    assert statement["precision"]["right"] <= statement["precision"]["found"]


def test_no_answer_tells_where_a_file_lay(lists_site: TestClient) -> None:
    addresses = ["statements", f"dossiers/{ANCHORAGE}", "documents", "changes", "conflicts", f"lists/{LIST}/changes",
                 f"comparison?about={ANCHORAGE}", "exports/jsonl", "exports/csv"]  # fmt: skip
    for address in addresses:
        text = lists_site.get(f"/api/v1/{address}").text
        assert "/tmp/" not in text and "/src/comity/data" not in text, address


@pytest.mark.parametrize(
    ("address", "key"),
    [("statements", "statements"), ("changes", "changes"), ("documents", "documents"), ("conflicts", "conflicts"),
     (f"lists/{LIST}/editions/participatingAgencies06202025am.csv", "entries"), (f"lists/{LIST}/changes", "changes")],
)  # fmt: skip
def test_pages_are_the_whole_each_once(lists_site: TestClient, address: str, key: str) -> None:
    whole: list[object] = []
    asked: dict[str, str | int] = {"limit": 200}
    while asked:
        answer = lists_site.get(f"/api/v1/{address}", params=asked).json()
        whole += answer[key]
        asked = {"limit": 200, "cursor": answer["next"]} if answer["next"] else {}
    small: list[object] = []
    asked = {"limit": max(1, len(whole) // 3)}
    while asked:
        answer = lists_site.get(f"/api/v1/{address}", params=asked).json()
        small += answer[key]
        asked = {**asked, "cursor": answer["next"]} if answer["next"] else {}
    assert small == whole


def test_a_cursor_of_another_question_is_refused(site: TestClient) -> None:
    given = site.get("/api/v1/statements?limit=1").json()["next"]
    answer = site.get("/api/v1/statements", params={"predicate": "policy", "cursor": given})
    assert (answer.status_code, answer.json()["error"]["where"]) == (404, "cursor")


@pytest.mark.parametrize("form", ["csv", "jsonl", "geojson", "ftm"])
def test_exports_are_streamed_whole_and_alike(lists_site: TestClient, form: str) -> None:
    one, two = (lists_site.get(f"/api/v1/exports/{form}") for _ in range(2))
    assert one.status_code == 200 and one.content == two.content and len(one.content) > 1000
    assert "attachment" in one.headers["content-disposition"]
    every = lists_site.get("/api/v1/statements?limit=200&predicate=policy").json()["statements"]
    assert every
    if form == "csv":
        rows = list(csv.DictReader(io.StringIO(one.text)))
        assert {each["id"] for each in every} <= {row["id"] for row in rows}
    if form == "geojson":
        assert json.loads(one.text)["type"] == "FeatureCollection"


def test_accounts_are_compared(site: TestClient) -> None:
    found = site.get("/api/v1/comparison", params={"about": ANCHORAGE}).json()
    assert len(found["accounts"]) == 3
    assert {"shared", "only"} <= {fact["verdict"] for fact in found["facts"]}
    two = [each["id"] for each in found["accounts"][:2]]
    assert len(site.get("/api/v1/comparison", params={"document": two}).json()["accounts"]) == 2


def test_two_editions_are_compared(lists_site: TestClient) -> None:
    files = {"old": "participatingAgencies06172025am.csv", "new": "participatingAgencies06202025am.csv"}
    found = lists_site.get(f"/api/v1/lists/{LIST}/compare", params=files).json()
    assert [(each["kind"], each["name"]) for each in found["changes"]] == [("joined", "Wood County Sheriff's Office")]
