"""Every page and every route of the API stands in its docs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer
from starlette.testclient import TestClient

from comity.interfaces.cli import app
from comity.interfaces.web import Bounds
from comity.interfaces.web.app import PAGES

DOCUMENTED = {"identity": "ID", "edition": "ID", "name": "NAME"}
DOCS = Path(__file__).resolve().parents[3] / "docs"


def written(path: str) -> str:
    """A path as the docs write it: the parts that vary in capitals."""
    return re.sub(r"\{(\w+)(?::path)?\}", lambda found: DOCUMENTED[found[1]], path)


def pages() -> list[str]:
    """The addresses of all pages, as the docs write them."""
    return sorted(written(route.path) for module in PAGES for route in module.router.routes)


def test_every_page_is_in_the_docs() -> None:
    text = (DOCS / "web.md").read_text(encoding="utf-8")
    assert len(pages()) > 5
    assert [page for page in pages() if f"`{page}" not in text] == []


def test_every_route_of_the_api_is_in_its_docs(site: TestClient) -> None:
    text = (DOCS / "api.md").read_text(encoding="utf-8")
    described = site.get("/api/v1/openapi.json").json()["paths"]
    assert [path for path in described if f"`{path}" not in text] == []
    assert len(described) > 12


def test_the_bounds_that_the_docs_name_are_those_in_force() -> None:
    bounds = Bounds()
    text = (DOCS / "web.md").read_text(encoding="utf-8")
    for said in (f"{bounds.address:,} bytes", f"{bounds.rate:.0f} requests a second", f"{bounds.burst} at once"):
        assert said in text


def test_every_parameter_of_the_api_is_in_its_docs(site: TestClient) -> None:
    text = (DOCS / "api.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"`(/api/v1/[^`?]+)(\?[^`]*)?`", text))
    for path, methods in site.get("/api/v1/openapi.json").json()["paths"].items():
        asked = {each["name"] for each in methods["get"].get("parameters", ()) if each["in"] == "query"}
        assert asked == set(re.findall(r"(\w+)=", rows[path])), path


def test_every_option_of_serve_is_in_the_docs() -> None:
    text = (DOCS / "web.md").read_text(encoding="utf-8")
    serve = typer.main.get_command(app).commands["serve"]  # type: ignore[attr-defined]
    options = {option for each in serve.params for option in each.opts} - {"--json"}
    assert {"--port", "--private"} < options
    assert [option for option in sorted(options) if option not in text] == []


def examples() -> list[tuple[str, str, str]]:
    """What the docs ask a site, as address and form, and the answer that they print."""
    form = r"(?: --data-urlencode '(.+)')?"
    found = re.compile(rf"^\$ curl 'http://127\.0\.0\.1:8000([^']+)'{form}\n(.+)$", re.MULTILINE)
    pages = (DOCS / name for name in ("api.md", "programs.md"))
    return [each for page in pages for each in found.findall(page.read_text(encoding="utf-8"))]


@pytest.mark.parametrize(("address", "form", "answer"), examples())
def test_what_the_docs_print_is_what_is_answered(site: TestClient, address: str, form: str, answer: str) -> None:
    name, _, value = form.partition("=")
    found = site.post(address, data={name: value}) if form else site.get(address)
    assert found.text == answer


def test_there_are_examples() -> None:
    assert len(examples()) >= 4
