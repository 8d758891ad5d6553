"""The reconciliation service, asked as OpenRefine asks: manifest, batches of ten, suggestions, preview, columns."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, MutableMapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from starlette.testclient import TestClient

from comity.interfaces.web import Bounds
from comity.interfaces.web.guard import Guard
from comity.interfaces.web.reconciliation.routes import router
from tests.interfaces.web.conftest import ANCHORAGE, Visit

STATE = "ocd-division/country:us/state"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
Cell = tuple[str, str | None]  # a name as printed, and its state


class OpenRefine:
    """A client that knows the service's address alone and follows its manifest for the rest."""

    def __init__(self, http: TestClient, address: str) -> None:
        self._http, self._address = http, address
        self.manifest: dict[str, Any] = self.get(address).json()
        assert "0.2" in self.manifest["versions"]

    def get(self, address: str) -> Any:
        answer = self._http.get(address, headers={"Origin": "http://127.0.0.1:3333"})
        assert answer.status_code == 200, answer.text
        assert answer.headers["access-control-allow-origin"] == "*"
        return answer

    def reconcile(self, column: Sequence[Cell], kind: str | None = None) -> Iterator[dict[str, Any]]:
        """What each cell of a column means, asked for in batches of ten."""
        for batch in (column[begin : begin + 10] for begin in range(0, len(column), 10)):
            asked = {f"q{number}": _query(cell, kind) for number, cell in enumerate(batch)}
            answer = self._http.post(self._address, data={"queries": json.dumps(asked)})
            assert answer.status_code == 200, answer.text
            found = answer.json()
            assert list(found) == list(asked)
            yield from found.values()

    def suggest(self, what: str, prefix: str, cursor: int = 0) -> list[dict[str, Any]]:
        at = self.manifest["suggest"][what]
        address = f"{at['service_url']}{at['service_path']}?prefix={quote(prefix)}&cursor={cursor}"
        found: list[dict[str, Any]] = self.get(address).json()["result"]
        return found

    def proposed(self, kind: str) -> list[str]:
        at = self.manifest["extend"]["propose_properties"]
        return [
            each["id"] for each in self.get(f"{at['service_url']}{at['service_path']}?type={kind}").json()["properties"]
        ]

    def extend(self, ids: Sequence[str], properties: Sequence[str]) -> dict[str, Any]:
        asked = {"ids": list(ids), "properties": [{"id": each} for each in properties]}
        answer: dict[str, Any] = self._http.post(self._address, data={"extend": json.dumps(asked)}).json()
        return answer

    def preview(self, identity: str) -> Any:
        return self.get(self.manifest["preview"]["url"].replace("{{id}}", quote(identity, safe="")))


def _query(cell: Cell, kind: str | None) -> dict[str, Any]:
    name, state = cell
    properties = [{"p": "state", "pid": "state", "v": state}] if state else []
    typed = {"type": kind, "type_strict": "should"} if kind else {}
    return {"query": name, "properties": properties, **typed}


@pytest.fixture
def refine(site: TestClient) -> OpenRefine:
    return OpenRefine(site, "http://testserver/reconcile")


NAMES: list[tuple[Cell, str, str | None]] = [
    (("Anchorage", "AK"), "resolved", ANCHORAGE),
    (("Anchorge", "Alaska"), "resolved", ANCHORAGE),
    (("Anchorage", None), "ambiguous", None),
    (("Anchorage", f"{STATE}:ak"), "resolved", ANCHORAGE),
    (("Anchorage", "Nowhereland"), "unknown", None),
    (("Martinsville County", "VA"), "kind_disputed", None),
    (("Washington County", None), "ambiguous", None),
    (("Washington County", "OR"), "resolved", f"{STATE}:or/county:washington"),
    (("Wood County Sheriff's Office", "OH"), "resolved", "ori:OH0870000"),
    (("Qwertyuiop", None), "unknown", None),
    (("", None), "unknown", None),
    ((ANCHORAGE, None), "resolved", ANCHORAGE),
    ((ANCHORAGE, "KY"), "unknown", None),
]


def test_a_column_is_matched_only_where_the_gazetteer_resolves(refine: OpenRefine) -> None:
    found = list(refine.reconcile([cell for cell, _, _ in NAMES]))
    told = [(each["outcome"], next((one["id"] for one in each["result"] if one["match"]), None)) for each in found]
    assert told == [(outcome, identity) for _, outcome, identity in NAMES]
    for each in found:
        scores = [one["score"] for one in each["result"]]
        assert scores == sorted(scores, reverse=True) and all(0 <= score <= 100 for score in scores)
        assert [one["match"] for one in each["result"]].count(True) <= 1


def test_what_is_not_certain_has_its_candidates(refine: OpenRefine) -> None:
    (disputed,) = refine.reconcile([("Martinsville County", "VA")])
    (first,) = disputed["result"]
    assert (first["id"], first["match"]) == (f"{STATE}:va/place:martinsville", False)
    assert "independent city" in disputed["reason"]
    (several,) = refine.reconcile([("Washington County", None)])
    assert len({each["name"] for each in several["result"]}) == len(several["result"]) > 5  # told apart by their states


@pytest.mark.parametrize(
    ("given", "outcome", "first"),
    [
        ({"query": "Toledo", "type": "place"}, "ambiguous", f"{STATE}:oh/place:toledo"),
        ({"query": "Toledo, OH", "type": ["place", "county"]}, "resolved", f"{STATE}:oh/place:toledo"),
        ({"query": "Washington", "type": "state"}, "resolved", f"{STATE}:wa"),
        ({"query": "Washington", "type": ["state", "place"]}, "ambiguous", f"{STATE}:wa"),
        ({"query": "Wood County", "properties": [{"pid": "state", "v": ["OH", "TX"]}]}, "ambiguous", None),
        ({"query": "Wood County, OH", "properties": [{"pid": "kind", "v": "County"}]}, "resolved", None),
        ({"query": "Wood County, OH", "properties": [{"pid": "kind", "v": "Parish"}]}, "unknown", None),
        (
            {"query": "Wood County, OH", "type": "place", "properties": [{"pid": "kind", "v": "county"}]},
            "unknown",
            None,
        ),
        ({"query": "Wood County", "properties": [{"pid": "state", "v": {"id": f"{STATE}:oh"}}]}, "resolved", None),
        ({"properties": [{"pid": "state", "v": "OH"}]}, "unknown", None),
    ],
)
def test_types_and_properties_narrow(site: TestClient, given: dict[str, Any], outcome: str, first: str | None) -> None:
    found = site.get("/reconcile", params={"queries": json.dumps({"q": given})}).json()["q"]
    assert found["outcome"] == outcome
    assert any(each["match"] for each in found["result"]) == (outcome == "resolved")
    if first:
        assert found["result"][0]["id"] == first


def test_a_query_bounds_its_candidates(site: TestClient) -> None:
    asked = json.dumps({"q": {"query": "Washington County", "limit": 2}})
    assert len(site.get("/reconcile", params={"queries": asked}).json()["q"]["result"]) == 2


def test_names_complete_while_they_are_typed(refine: OpenRefine) -> None:
    assert refine.suggest("entity", "anchorage")[0] == {
        "id": ANCHORAGE,
        "name": "Anchorage, AK",
        "description": "place in Alaska, GEOID 0203000",
        "notable": [{"id": "place", "name": "Place"}],
    }
    assert refine.suggest("entity", "ori:OH0870000")[0]["name"] == "Wood County Sheriff's Office, OH"
    first, second = refine.suggest("entity", "washington"), refine.suggest("entity", "washington", 20)
    assert len(first) == 20 and not {each["id"] for each in first} & {each["id"] for each in second}
    assert [each["id"] for each in refine.suggest("type", "count")] == ["county", "county_subdivision"]
    assert [each["id"] for each in refine.suggest("property", "")] == ["state", "kind"]
    assert [each["id"] for each in refine.suggest("property", "ki")] == ["kind"]


def test_columns_are_added_from_matches(refine: OpenRefine) -> None:
    assert refine.proposed("place") == ["id", "name", "kind", "state", "geoid", "ori", "parent"]
    found = refine.extend([ANCHORAGE, "ori:OH0870000", "nothing:here"], refine.proposed("place"))
    assert [each["id"] for each in found["meta"]] == refine.proposed("place")
    assert found["rows"][ANCHORAGE] == {
        "id": [{"str": ANCHORAGE}],
        "name": [{"str": "Anchorage"}],
        "kind": [{"str": "place"}],
        "state": [{"str": "AK"}],
        "geoid": [{"str": "0203000"}],
        "ori": [],
        "parent": [{"id": f"{STATE}:ak", "name": "Alaska"}],
    }
    assert found["rows"]["ori:OH0870000"]["ori"] == [{"str": "OH0870000"}]
    assert found["rows"]["ori:OH0870000"]["parent"] == [{"id": f"{STATE}:oh/county:wood", "name": "Wood County, OH"}]
    assert set(map(str, found["rows"]["nothing:here"].values())) == {"[]"}


def test_a_preview_stands_in_any_frame_and_has_no_script(refine: OpenRefine) -> None:
    answer = refine.preview(ANCHORAGE)
    assert "Anchorage, AK" in answer.text and "on the register" in answer.text
    assert "<script" not in answer.text and " style=" not in answer.text
    assert "x-frame-options" not in answer.headers
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'") and "script" not in policy and "frame-ancestors *" in policy


def test_the_addresses_of_the_manifest_lead_somewhere(site: TestClient, refine: OpenRefine) -> None:
    manifest = refine.manifest
    view = manifest["view"]["url"].replace("{{id}}", quote(ANCHORAGE, safe=""))
    for address in (view, manifest["documentation"]):
        assert site.get(urlsplit(address).path).status_code == 200
    assert [each["id"] for each in manifest["defaultTypes"]][:3] == ["state", "district", "county"]


BAD: list[tuple[dict[str, str], int, str]] = [
    ({"queries": "{"}, 400, "queries"),
    ({"queries": "[1]"}, 400, "queries"),
    ({"queries": "[" * 20_000}, 400, "queries"),
    ({"queries": '{"q7": {"query": 5}}'}, 400, "q7"),
    ({"queries": '{"q7": {"query": "a", "limit": 0}}'}, 400, "q7.limit"),
    ({"queries": '{"q7": {"query": "a", "type": "/people/person"}}'}, 400, "q7.type"),
    ({"queries": '{"q7": {"query": "a", "properties": [{"pid": "mayor", "v": "x"}]}}'}, 400, "q7.properties"),
    ({"queries": json.dumps({"q7": {"query": "a" * 401}})}, 400, "q7.query"),
    ({"queries": json.dumps({str(number): {"query": "a"} for number in range(51)})}, 413, "queries"),
    ({"queries": "x" * 70_000}, 413, ""),
    ({"extend": '{"ids": []}'}, 400, "extend"),
    ({"extend": '{"ids": [], "properties": [{"id": "mayor"}]}'}, 400, "extend.properties"),
    ({"extend": json.dumps({"ids": ["a"] * 1001, "properties": []})}, 413, "extend.ids"),
    ({"queries": "{}", "extend": "{}"}, 400, "/reconcile"),
    ({}, 400, "/reconcile"),
]


@pytest.mark.parametrize(("form", "status", "where"), BAD)
def test_bad_input_is_one_object(site: TestClient, form: dict[str, str], status: int, where: str) -> None:
    answer = site.post("/reconcile", data=form, headers=FORM)
    assert answer.status_code == status
    assert list(answer.json()) == ["error"]
    assert (answer.json()["error"]["where"] or "") == where
    assert "\n" not in answer.text and answer.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(
    ("method", "address", "given", "status"),
    [
        ("POST", "/reconcile", {"json": {}}, 415),
        ("POST", "/reconcile", {"content": b"queries=%ff", "headers": FORM}, 400),
        ("DELETE", "/reconcile", {}, 405),
        ("POST", "/reconcile/preview", {"data": {"id": "a"}}, 405),
        ("GET", "/reconcile/preview?id=nothing:here", {}, 404),
        ("GET", "/reconcile/suggest/entity?prefix=a&cursor=-1", {}, 422),
        ("GET", "/reconcile/suggest/entity?prefix=a&type=city", {}, 400),
        ("GET", "/reconcile/nowhere", {}, 404),
    ],
)
def test_a_wrong_call_is_one_object(site: TestClient, method: str, address: str, given: Any, status: int) -> None:
    answer = site.request(method, address, **given)
    assert answer.status_code == status
    assert list(answer.json()["error"]) == ["code", "message", "where", "hint"]


def test_other_sites_may_ask_this_alone(site: TestClient) -> None:
    asked = site.options(
        "/reconcile", headers={"Origin": "https://example.org", "Access-Control-Request-Method": "POST"}
    )
    assert (asked.status_code, asked.headers["access-control-allow-origin"]) == (204, "*")
    assert "POST" in asked.headers["access-control-allow-methods"]
    for address in ("/", "/api/v1/entities?q=a", "/reconciled"):
        assert "access-control-allow-origin" not in site.get(address).headers
    assert site.post("/reconciled", data={"queries": "{}"}).status_code == 405


def test_questions_count_as_requests(sample: str, visit: Visit) -> None:
    client = visit(sample, Bounds(rate=0.001, burst=2))
    assert [client.post("/reconcile", data={"queries": "{}"}).status_code for _ in range(3)] == [200, 200, 429]


def test_a_form_that_does_not_come_is_given_up_before_its_turn() -> None:
    begun: list[object] = []
    sent: list[MutableMapping[str, Any]] = []

    async def app(*_: object) -> None:
        begun.append(True)

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    async def never() -> MutableMapping[str, Any]:
        await asyncio.Event().wait()
        return {}

    scope = {"type": "http", "method": "POST", "path": "/reconcile", "raw_path": b"/reconcile", "query_string": b"",
             "headers": [(b"content-length", b"9")]}  # fmt: skip
    asyncio.run(Guard(app, Bounds(patience=0.001), lambda _: 65_536)(scope, never, send))
    assert (begun, sent[0]["status"]) == ([], 408)


def test_every_address_is_in_the_docs() -> None:
    text = (Path(__file__).resolve().parents[3] / "docs" / "programs.md").read_text(encoding="utf-8")
    assert [route.path for route in router.routes if f"`{route.path}" not in text] == []  # type: ignore[attr-defined]
