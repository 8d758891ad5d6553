"""Entities with nothing, one and ten thousand items, an empty register, the first and the last day, weight."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from comity import vocabulary
from comity.interfaces.web import Serving, create_app
from comity.register import Register, rules_of
from tests.interfaces.web.conftest import ANCHORAGE, UNBOUND
from tests.interfaces.web.test_pages import page
from tests.register.samples import document, reading, statement

TOLEDO = "ocd-division/country:us/state:oh/place:toledo"
DAYTON = "ocd-division/country:us/state:oh/place:dayton"
LONG = "Board of the " + "Very " * 60 + "Long Name"
MANY = 10_000
KILOBYTE = 1000


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    path = tmp_path_factory.mktemp("empty") / "empty.db"
    Register.open(path, rules=rules_of(vocabulary.load().predicates)).close()
    with TestClient(create_app(Serving(register=str(path), bounds=UNBOUND))) as client:
        yield client


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A register with ten thousand things that one place is called, and one that another is."""
    path = tmp_path_factory.mktemp("crowded") / "crowded.db"
    sentences = [f"Toledo was called place {number} on Wednesday." for number in range(MANY)]
    home = document("\n".join([*sentences, f"Dayton was called {LONG} on Wednesday."]))
    said, at = [], 0
    for number, sentence in enumerate(sentences):
        one = statement(home, sentence, subject=("Toledo", TOLEDO), predicate="characterization",
                        value={"label": f"place {number}"})  # fmt: skip
        said.append(one)
        at += len(sentence) + 1
    said.append(statement(home, home.text[at:], subject=("Dayton", DAYTON), predicate="characterization",
                          value={"label": LONG}))  # fmt: skip
    with Register.open(path, rules=rules_of(vocabulary.load().predicates)) as register:
        register.record(home, reading(home, *said), home.text.encode())
    with TestClient(create_app(Serving(register=str(path), bounds=UNBOUND))) as client:
        yield client


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/", "0 statements on 0 entities"),
        (f"/entity/{TOLEDO}", "The register holds nothing about it."),
        ("/statements", "The register holds none."),
        ("/documents", "None yet"),
        ("/lists", "No edition of a list is on this register yet."),
        ("/changes", "No change."),
        ("/conflicts", "No accounts differ."),
        ("/bodies", "0 bodies"),
        ("/compare", "Compare accounts"),
        ("/about", "0 entities"),
    ],
)
def test_an_empty_register_says_so(empty: TestClient, address: str, said: str) -> None:
    assert said in page(empty, address).text


def test_an_empty_register_answers_programs(empty: TestClient) -> None:
    assert empty.get("/api/v1/statements").json() == {"statements": [], "next": None}
    assert empty.get("/changes.json").json()["items"] == []
    assert empty.get("/api/v1/exports/csv").text.count("\n") == 1  # the header


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize(
    "address", ["/", f"/entity/{ANCHORAGE}", "/bodies", "/conflicts", "/statements", f"/api/v1/dossiers/{ANCHORAGE}"]
)
def test_the_first_and_the_last_day_can_be_asked_for(lists_site: TestClient, address: str, day: str) -> None:
    for clock in ("as_of", "known"):
        assert lists_site.get(address, params={clock: day}).status_code == 200


def test_before_everything_nothing_stands_and_after_all_of_it_does(site: TestClient) -> None:
    assert (
        "The register holds nothing about it at that time" in page(site, f"/entity/{ANCHORAGE}?as_of=0001-01-01").text
    )
    assert "Listed among sanctuary jurisdictions" in page(site, f"/entity/{ANCHORAGE}?as_of=9999-12-31").text


def test_ten_thousand_items_are_shown_in_part_and_reached_page_by_page(crowded: TestClient) -> None:
    dossier = crowded.get(f"/entity/{TOLEDO}")
    assert dossier.status_code == 200 and len(dossier.content) < 700 * KILOBYTE
    assert "9,800 more matters" in dossier.text
    seen, address = 0, f"/statements?entity={TOLEDO}"
    for _ in range(3):
        shown = page(crowded, address)
        seen += sum(link.startswith("/statement/") for link in shown.links)
        address = next(link for link in shown.links if "cursor=" in link)
    assert seen == 150
    counted, asked = 0, {"entity": TOLEDO, "limit": "200"}
    while True:
        answer = crowded.get("/api/v1/statements", params=asked).json()
        counted += len(answer["statements"])
        if answer["next"] is None:
            break
        asked["cursor"] = answer["next"]
    assert counted == MANY


def test_one_item_with_a_very_long_name(crowded: TestClient) -> None:
    dossier = page(crowded, f"/entity/{DAYTON}")
    assert LONG in dossier.text and "1 statement, from" in dossier.text


def test_the_first_page_is_light(lists_site: TestClient) -> None:
    asked = {"Accept-Encoding": "gzip"}
    answer = lists_site.get("/", headers=asked)
    files = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', answer.text))
    assert len(files) >= 3
    beside = sum(
        int(lists_site.get(each, headers={"Accept-Encoding": "gzip"}).headers["content-length"]) for each in files
    )
    whole = int(answer.headers["content-length"]) + beside
    without = len(gzip.compress(re.sub(r"<svg.*?</svg>", "", answer.text, flags=re.DOTALL).encode(), 5)) + beside
    assert without < 100 * KILOBYTE
    assert without < whole < 300 * KILOBYTE
