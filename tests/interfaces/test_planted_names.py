"""Planted private names, contacts and sightings never come out of anything that is published, whatever asks for it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from comity.interfaces.cli import app
from comity.interfaces.web import Bounds, Serving, create_app

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


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "one.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / "two.txt").write_text(OTHER, encoding="utf-8")
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    for name in ("one.txt", "two.txt", "page.html"):
        run(tmp_path, "add", tmp_path / name, *GIVEN, "--publisher", f"Sample {name}")
    return tmp_path


def run(folder: Path, *words: str | Path, register: bool = True) -> str:
    at = ("--register", folder / "comity.db") if register else ()
    result = CliRunner().invoke(app, [*map(str, (*words, *at))])
    assert result.exit_code == 0, result.output
    return result.output


def planted(output: str) -> list[str]:
    return [name for name in PRIVATE if name in output]


ASKED = [
    ("show", "Toledo, OH"),
    ("show", "Toledo, OH", "--json"),
    ("show", "Lucas County, OH", "--json"),
    ("changes", "--json"),
    ("changes",),
    ("conflicts", "--json"),
    ("conflicts",),
    ("review", "list", "--json"),
    ("review", "next"),
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
        while waiting and len(seen) < 120:
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


def test_no_page_of_a_comparison_has_a_planted_name(folder: Path) -> None:
    for accounts in ((folder / "one.txt", folder / "two.txt"), ("--about", "Toledo, OH")):
        run(folder, "compare", *accounts, "--html", folder / "page-of-it.html", register=accounts[0] == "--about")
        text = (folder / "page-of-it.html").read_text(encoding="utf-8")
        assert "Toledo" in text
        assert planted(text) == []
