"""Every page and every route of the API stands in its docs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

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


@pytest.mark.parametrize("option", ["--demo", "--host", "--port", "--address", "--contact", "--rate", "--register"])
def test_every_option_of_serve_is_in_the_docs(option: str) -> None:
    assert option in (DOCS / "web.md").read_text(encoding="utf-8")
