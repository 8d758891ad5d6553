"""Planted private names, contacts and sightings never come out of anything that is published, whatever asks for it."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
from pathlib import Path

import pytest
from mcp import Client
from starlette.testclient import TestClient
from typer.testing import CliRunner

from comity.interfaces.cli import app
from comity.interfaces.mcp.server import TOOLS, server
from comity.interfaces.web import Bounds, Serving, create_app
from comity.interfaces.web.site import Site
from comity.register import Register

STORY = "\n\n".join(
    (
        "Toledo keeps its ordinance after Wilmer Tzoc's arrest",
        "Rosalinda Quiñones, a home health aide who lives at 1408 N. Elm Street, said Toledo bars police from "
        "asking about immigration status. Quiñones can be reached at 419-555-0143 or rosa.q@example.org.",
        '"Toledo adopted an ordinance on Monday that bars police from asking about immigration status," said '
        "Wilmer Tzoc, 34.",
        "About 200 people rallied against ICE in Toledo on Saturday after agents took Efraín Tzoc Mejía, said "
        "organizer Candace Yoo of the Maumee Workers Alliance.",
        "The family of Heriberto Zamudio said the Lucas County jail holds detainees for ICE. Follow @zamudio_family.",
        "Abdirahman Farah, a resident of Toledo, sued the city of Toledo over the ordinance in federal court "
        "on Monday.",
        "Mayor Odette Barnhart disputed the designation of Toledo as a sanctuary city. Neighbor Ofelia "
        "Regalado said Toledo has not signed a 287(g) agreement with ICE.",
        "ICE agents are outside the Lagrange Street library right now and about 50 people are protesting "
        "against ICE in Toledo.",
        "Lucas County Sheriff Roy Dettweiler signed a 287(g) agreement with ICE in March.",
    )
)
OTHER = "\n\n".join(
    (
        "Toledo repealed an ordinance on Tuesday that barred police from asking about immigration status, "
        "said Yadira Cienfuegos, a teacher.",
        "About 900 people rallied against ICE in Toledo on Saturday, said Buck Hollander.",
    )
)
HEADLINE = "Marta Iturbide, 44, freed in Toledo"
PAGE = f"""<html><head><title>{HEADLINE}</title><meta name="author" content="Harriet Lindgren"></head>
<body><article><h1>{HEADLINE}</h1><p>By Harriet Lindgren</p><p>Marta Iturbide went home. Toledo adopted an ordinance on
Monday that bars police from asking about immigration status, said Ms. Iturbide.</p><p>Supporters of Iturbide cheered
outside of city hall, and the story goes on for a while after that.</p></article></body></html>
"""
PRIVATE = ["Iturbide", "Marta", "Lindgren"]
PRIVATE += ["Quiñones", "Rosalinda", "1408 N.", "Elm Street", "555-0143", "rosa.q", "Tzoc", "Wilmer", "Efraín", "Mejía"]
PRIVATE += ["Zamudio", "zamudio_family", "Farah", "Abdirahman", "Regalado", "Ofelia", "Cienfuegos", "Yadira"]
PRIVATE += ["Hollander", "Buck", "Lagrange"]
GIVEN = ("--published", "2025-03-05", "--home-state", "OH")


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("planted")
    for name, text in (("one.txt", STORY), ("two.txt", OTHER), ("page.html", PAGE)):
        (made / name).write_text(text, encoding="utf-8")
        run(made, "add", made / name, *GIVEN, "--publisher", f"Sample {name}")
    return made


@pytest.fixture
def folder(recorded: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(recorded, tmp_path / "copy"))


def run(folder: Path, *words: str | Path, register: bool = True) -> str:
    at = ("--register", folder / "comity.db") if register else ()
    result = CliRunner().invoke(app, [*map(str, (*words, *at))])
    assert result.exit_code == 0, result.output
    return result.output


def planted(output: str) -> list[str]:
    return [name for name in PRIVATE if name in output]


ASKED = [
    ("reread", "--dry-run"),
    ("reread", "--dry-run", "--json"),
    ("reread", "--json"),
    ("show", "Toledo, OH"),
    ("show", "Toledo, OH", "--json"),
    ("show", "Lucas County, OH", "--json"),
    ("changes", "--json"),
    ("changes",),
    ("conflicts", "--json"),
    ("conflicts",),
    ("review", "list", "--json"),
    ("review", "next"),
    ("verify", "--json"),
]


@pytest.mark.parametrize("words", ASKED, ids=" ".join)
def test_no_answer_of_the_register_has_a_planted_name(folder: Path, words: tuple[str, ...]) -> None:
    output = run(folder, *words)
    assert output
    assert planted(output) == []


def test_the_dossier_still_has_what_it_may_name(folder: Path) -> None:
    output = run(folder, "show", "Toledo, OH", "--json")
    assert "Odette Barnhart" in output
    assert "a home health aide" in output
    assert "[name withheld]" in output
    assert '"masked":true' in output


@pytest.mark.parametrize("form", ["csv", "jsonl", "geojson", "ftm"])
def test_no_export_has_a_planted_name(folder: Path, form: str) -> None:
    run(folder, "export", "--format", form, "--output", folder / "out")
    files = [path for path in (folder / "out").rglob("*") if path.is_file()] or [folder / "out"]
    text = "\n".join(path.read_text(encoding="utf-8") for path in files)
    assert "Toledo" in text
    assert planted(text) == []


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_no_comparison_has_a_planted_name(folder: Path, options: tuple[str, ...]) -> None:
    output = run(folder, "compare", folder / "one.txt", folder / "two.txt", *GIVEN, *options, register=False)
    assert "Toledo" in output
    assert planted(output) == []


def test_no_page_feed_or_answer_of_the_site_has_a_planted_name(folder: Path) -> None:
    site = create_app(Serving(register=str(folder / "comity.db"), bounds=Bounds(rate=0)))
    waiting, seen = ["/"], set[str]()
    with TestClient(site) as client:
        while waiting and len(seen) < 400:
            address = waiting.pop(0)
            if address in seen:
                continue
            seen.add(address)
            answer = client.get(address)
            assert planted(answer.text) == [], address
            linked = re.findall(r'href="(/[^"#]*)"', answer.text) if "html" in answer.headers["content-type"] else []
            waiting += [link.replace("&amp;", "&") for link in linked if not link.startswith("/static")]
    assert any(address.startswith("/statement/") for address in seen)
    assert any(address.startswith("/document/") for address in seen)
    assert any(address.startswith("/changes.atom?") for address in seen)
    assert any(address.startswith("/changes.json?") for address in seen)
    assert any(address.startswith("/api/v1/dossiers/") for address in seen)


def test_no_page_of_a_comparison_has_a_planted_name(folder: Path) -> None:
    for accounts in ((folder / "one.txt", folder / "two.txt"), ("--about", "Toledo, OH")):
        run(folder, "compare", *accounts, "--html", folder / "page-of-it.html", register=accounts[0] == "--about")
        text = (folder / "page-of-it.html").read_text(encoding="utf-8")
        assert "Toledo" in text
        assert planted(text) == []


def test_no_parquet_file_has_a_planted_name(folder: Path) -> None:
    duckdb = pytest.importorskip("duckdb", reason="needs duckdb: pip install 'comity[parquet]'")
    run(folder, "export", "--format", "parquet", "--output", folder / "out")
    files = sorted((folder / "out").glob("*.parquet"))
    rows = [duckdb.connect().execute("SELECT * FROM read_parquet(?)", [str(each)]).fetchall() for each in files]
    text = str(rows)
    assert "Toledo" in text and len(files) == 3
    assert planted(text) == []


def test_no_proof_has_a_planted_name(folder: Path) -> None:
    with Register.open(folder / "comity.db", read_only=True) as register:
        names = [each.statement.id for each in register.page(limit=200)[0]]
    assert len(names) > 5
    for name in names:
        run(folder, "proof", name, "--output", folder / "proof.json")
        assert planted((folder / "proof.json").read_text(encoding="utf-8")) == [], name
        (folder / "proof.json").unlink()


def test_no_tool_for_language_models_gives_a_planted_name(folder: Path) -> None:
    site = Site(Serving(register=str(folder / "comity.db")))
    with site.registers.borrowed() as register:
        names = [each.statement.id for each in register.page(limit=200)[0]]
    asked: dict[str, list[dict[str, str]]] = {
        "search": [{"text": "Toledo"}],
        "resolve": [{"name": "Toledo", "state": "OH"}],
        "dossier": [{"entity": "Toledo, OH"}, {"entity": "Lucas County, OH"}],
        "changes": [{}],
        "compare": [{"entity": "Toledo, OH"}],
        "statement": [{"id": name} for name in names],
    }
    assert set(asked) == set(TOOLS)

    async def answers() -> list[str]:
        async with Client(server(site, "1")) as client:
            return [str(await client.call_tool(tool, given)) for tool, several in asked.items() for given in several]

    found = asyncio.run(answers())
    site.registers.close()
    assert len(found) == len(names) + 6 and all("Toledo" in each or "Lucas" in each for each in found)
    assert [planted(each) for each in found if planted(each)] == []


def test_no_answer_of_the_reconciliation_service_has_a_planted_name(folder: Path) -> None:
    site = create_app(Serving(register=str(folder / "comity.db"), bounds=Bounds(rate=0)))
    ids = [{"id": "ocd-division/country:us/state:oh/place:toledo"}]
    with TestClient(site) as client:
        kinds = client.get("/reconcile/properties?type=place").json()["properties"]
        extend = {"ids": [each["id"] for each in ids], "properties": [{"id": each["id"]} for each in kinds]}
        found = [client.post("/reconcile", data={"extend": json.dumps(extend)})]
        found += [client.post("/reconcile", data={"queries": json.dumps({"q": {"query": "Toledo"}})})]
        found += [client.get("/reconcile/preview", params=ids[0])]
        found += [client.get("/reconcile/suggest/entity", params={"prefix": "Toledo"})]
    assert kinds and all(each.status_code == 200 for each in found), [each.text for each in found]
    assert [planted(each.text) for each in found if planted(each.text)] == []


def test_nobody_is_found_by_a_planted_name(folder: Path) -> None:
    site = create_app(Serving(register=str(folder / "comity.db"), bounds=Bounds(rate=0)))
    with TestClient(site) as client:
        for name in ("Tzoc", "Cienfuegos", "Iturbide", "Zamudio", "Lindgren"):  # no place or agency is called so
            assert client.get("/api/v1/entities", params={"q": name}).json()["entities"] == []
            assert client.get("/reconcile/suggest/entity", params={"prefix": name}).json()["result"] == []
            asked = {"queries": json.dumps({"q": {"query": name}})}
            assert client.post("/reconcile", data=asked).json()["q"]["result"] == []
