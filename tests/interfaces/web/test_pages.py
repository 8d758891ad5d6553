"""What the pages say, as a reader meets them: from the first page to the sentence that carries a line."""

from __future__ import annotations

import re
import shutil
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient

from comity import pipeline, pipeline_editions, vocabulary
from comity.model import Publication
from comity.register import Register, rules_of
from tests.interfaces.web.conftest import ANCHORAGE, LIST, Visit

INLINE = {"a", "abbr", "bdi", "code", "mark", "span", "strong", "time"}


class Page(HTMLParser):
    """A page as a reader without eyes for style meets it: its words, its links."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.words.append("" if tag in INLINE else " ")
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_endtag(self, tag: str) -> None:
        self.words.append("" if tag in INLINE else " ")

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())


def page(site: TestClient, address: str) -> Page:
    answer = site.get(address)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("text/html")
    return Page(answer.text)


def test_anchorage_is_found_and_its_dossier_says_who_says_what(site: TestClient) -> None:
    hits = page(site, "/search?q=anchorage")
    assert f"/entity/{ANCHORAGE}" in hits.links
    dossier = page(site, f"/entity/{ANCHORAGE}")
    assert "Listed among sanctuary jurisdictions by US Department of Homeland Security since 2025-05-29" in dossier.text
    assert "Chugach Sample Ledger synthetic, seen 2025-05-29" in dossier.text
    assert "according to “The U.S. Department of Homeland Security”" in dossier.text
    assert "Where things stand" in dossier.text and "What was said" in dossier.text


def test_a_statement_shows_its_words_whose_they_are_and_how_to_check_it(site: TestClient) -> None:
    dossier = page(site, f"/entity/{ANCHORAGE}")
    address = next(link for link in dossier.links if link.startswith("/statement/"))
    statement = page(site, address)
    for said in (
        "read by machine, unchecked",
        "right when measured",
        "code points",
        "sha256:",
        "comity verify",
        "Whose words",
    ):
        assert said in statement.text


def test_a_document_shows_its_statements_in_the_order_of_the_text_and_not_the_text(site: TestClient) -> None:
    address = next(link for link in page(site, "/documents").links if link.startswith("/document/"))
    document = page(site, address)
    assert "in the order of the text" in document.text
    whole = site.get("/api/v1/statements", params={"document": address.removeprefix("/document/")}).json()
    starts = [each["evidence"]["start"] for each in whole["statements"]]
    shown = [document.text.index(" ".join(each["evidence"]["exact"].split())) for each in whole["statements"]]
    assert [at for _, at in sorted(zip(starts, shown, strict=True))] == sorted(shown)


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/nowhere", 404, "no such page"),
        ("/entity/ocd-division/country:us/state:ak/place:nowhere", 404, "no entity has this id"),
        ("/statement/st-0000", 404, "no statement has this id"),
        ("/document/sha256:00", 404, "no document has this id"),
        (f"/entity/{ANCHORAGE}?as_of=yesterday", 422, "write YYYY-MM-DD"),
        (f"/entity/{ANCHORAGE}?as_of=2025-02-30", 422, "write YYYY-MM-DD"),
        ("/statements?cursor=abc", 404, "is no cursor"),
    ],
)
def test_what_is_not_there_is_said_plainly(site: TestClient, address: str, status: int, said: str) -> None:
    answer = site.get(address)
    assert answer.status_code == status
    assert said in Page(answer.text).text


def test_another_time_is_another_view_with_its_own_address(site: TestClient) -> None:
    before = page(site, f"/entity/{ANCHORAGE}?as_of=2025-05-01")
    assert "The register holds nothing about it at that time" in before.text or "Listed among" not in before.text
    after = page(site, f"/entity/{ANCHORAGE}?as_of=2025-06-01")
    assert "The world as of 2025-06-01" in after.text and "Listed among sanctuary jurisdictions" in after.text
    never_known = page(site, f"/entity/{ANCHORAGE}?known=2025-06-01")
    assert "The register holds nothing about it at that time" in never_known.text


def test_a_view_can_be_cited_for_good(site: TestClient) -> None:
    dossier = page(site, f"/entity/{ANCHORAGE}")
    pinned = next(link for link in dossier.links if "known=" in link and link.startswith("/entity/"))
    assert "Listed among sanctuary jurisdictions" in page(site, pinned).text


def test_pages_name_no_other_host(site: TestClient) -> None:
    for address in ("/", "/search?q=anchorage", f"/entity/{ANCHORAGE}", "/documents"):
        links = page(site, address).links
        assert [link for link in links if re.match(r"(?:\w+:)?//", link)] == []


def test_statements_come_page_by_page_and_each_once(site: TestClient) -> None:
    seen: list[str] = []
    asked: dict[str, str | int] = {"limit": 4}
    while True:
        answer = site.get("/api/v1/statements", params=asked).json()
        seen += [each["id"] for each in answer["statements"]]
        if answer["next"] is None:
            break
        asked["cursor"] = answer["next"]
    assert len(seen) == len(set(seen)) > 8
    every = site.get("/api/v1/statements", params={"limit": 200}).json()["statements"]
    assert seen == [each["id"] for each in every]


def test_a_list_shows_its_editions_and_what_changed_between_two(lists_site: TestClient) -> None:
    assert f"/list/{LIST}" in page(lists_site, "/lists").links
    one = page(lists_site, f"/list/{LIST}")
    assert "June 2025" in one.text and "2 editions" in one.text and "1 joined" in one.text
    both = page(lists_site, f"/list/{LIST}/compare")
    assert "From 2025-06-17 to 2025-06-20: 1 joined." in both.text
    assert "Wood County Sheriff's Office" in both.text
    assert "Wood County Sheriff's Office" in page(lists_site, f"/list/{LIST}/changes").text


def test_an_entry_stands_as_printed_beside_what_it_means(lists_site: TestClient) -> None:
    edition = page(lists_site, f"/list/{LIST}/edition/participatingAgencies06202025am.csv?q=wood+county")
    assert "/entity/ori:OH0870000" in edition.links
    assert "6/18/2025" in edition.text


def test_changes_are_told_newest_first_and_narrowed(lists_site: TestClient) -> None:
    every = page(lists_site, "/changes")
    assert "Wood County Sheriff's Office" in every.text
    assert "printed on the list, as no edition before had it" in every.text and "not confirmed" not in every.text
    listed = page(lists_site, f"/changes?list={LIST}")
    assert "joined Wood County Sheriff's Office" in listed.text and "Anchorage" not in listed.text
    none = page(lists_site, "/changes?learned_since=2999-01-01")
    assert "No change of these." in none.text and "choose an earlier day" in none.text


@pytest.mark.parametrize("narrowed", ["", f"?entity={ANCHORAGE}", "?predicate=agreement", f"?list={LIST}"])
def test_feeds_carry_what_the_page_shows(lists_site: TestClient, narrowed: str) -> None:
    feed = lists_site.get(f"/changes.json{narrowed}")
    assert feed.headers["content-type"] == "application/feed+json"
    items = feed.json()["items"]
    assert items and all(item["_comity"]["kind"] for item in items)
    entries = ElementTree.fromstring(lists_site.get(f"/changes.atom{narrowed}").content)
    assert len(entries.findall("{http://www.w3.org/2005/Atom}entry")) == len(items)
    assert folders(items) == set()


def folders(items: list[dict[str, Any]]) -> set[str]:
    """The paths in a feed that tell where on the serving machine a file lay."""
    return {each["path"] for item in items for each in item["_comity"]["evidence"] if "/" in (each["path"] or "")}


def test_the_map_counts_who_stands_where(lists_site: TestClient) -> None:
    first = page(lists_site, "/?matter=agreement:signed")
    assert "<circle" not in first.text and "circle" in first.tags and first.tags.count("path") == 51
    ohio = page(lists_site, "/bodies?matter=agreement:signed&state=oh")
    assert "Wood County Sheriff's Office" in ohio.text
    earlier = page(lists_site, "/bodies?matter=agreement:signed&state=oh&as_of=2025-06-01")
    assert "Wood County Sheriff's Office" not in earlier.text


def test_what_is_known_to_be_unknown_is_said(lists_site: TestClient) -> None:
    about = page(lists_site, "/about")
    for said in (
        "That nothing stands here says nothing of what is so",
        "How to dispute a record",
        "right in predicate",
    ):
        assert said in about.text


def test_a_first_edition_does_not_hide_what_changed_before_it(listed: str, tmp_path: Path, visit: Visit) -> None:
    path = tmp_path / "copy.db"
    shutil.copy(listed, path)
    edition = tmp_path / "doj-sanctuary-2025-08-05.csv"
    golden = Path(__file__).resolve().parents[2] / "golden" / "lists" / "doj-sanctuary"
    shutil.copy(next(golden.glob("*.csv")), edition)
    with Register.open(path, rules=rules_of(vocabulary.load().predicates)) as register:
        added = list(
            pipeline_editions.add(register, "doj-sanctuary", pipeline.inputs([str(edition)], Publication(), None))
        )
        assert all(isinstance(each, pipeline_editions.Added) for each in added)
    assert "Wood County Sheriff's Office" in page(visit(path), "/").text
    assert "joined Wood County Sheriff's Office" in page(visit(path), "/changes").text


def test_the_changes_of_a_list_are_told_by_day(lists_site: TestClient) -> None:
    assert f"/list/{LIST}/changes?day=2025-06-20" in page(lists_site, f"/list/{LIST}").links
    that_day = page(lists_site, f"/list/{LIST}/changes?day=2025-06-20")
    assert "What changed on 2025-06-20" in that_day.text and "1 change" in that_day.text
    other = page(lists_site, f"/list/{LIST}/changes?day=2025-06-19")
    assert "Nothing that day." in other.text


def test_a_state_names_the_bodies_in_it_that_are_on_the_register(lists_site: TestClient) -> None:
    ohio = page(lists_site, "/entity/ocd-division/country:us/state:oh")
    assert "On the register in Ohio" in ohio.text and "/entity/ori:OH0870000" in ohio.links


def test_a_row_says_on_which_list_it_is_printed_and_an_agency_that_it_is_one(lists_site: TestClient) -> None:
    (body,) = (
        link for link in page(lists_site, "/search?q=wood+county+sheriff%27s+office+oh").links if "ori:OH" in link
    )
    found = page(lists_site, body)
    assert "as printed on the list Agencies that take part in the 287(g) program" in found.text
    assert "county agency, under Wood County, OH" in found.text


def test_comparisons_and_documents_use_the_words_of_the_topic(site: TestClient) -> None:
    compared = page(site, f"/compare?about={ANCHORAGE}")
    assert "Policy on cooperation, limit on holding people for immigration detainers, in force" in compared.text
    assert "detainer limit" not in compared.text and "size low" not in compared.text
    document = next(link for link in compared.links if link.startswith("/document/"))
    assert "policy on cooperation, limit on" in page(site, document).text


def test_the_document_of_an_edition_says_once_which_list_it_is_of(lists_site: TestClient) -> None:
    statements = lists_site.get("/api/v1/statements", params={"list": LIST}).json()["statements"]
    document = page(lists_site, f"/document/{statements[0]['evidence']['document']}")
    assert document.text.count("Agencies that take part in the 287(g) program") == 1
    assert any(link.startswith(f"/list/{LIST}/edition/") for link in document.links)
    assert "Row as printed" in lists_site.get(f"/document/{statements[0]['evidence']['document']}").text


def test_an_entry_of_a_feed_is_readable_on_its_own(lists_site: TestClient) -> None:
    (item,) = lists_site.get(f"/changes.json?list={LIST}").json()["items"]
    assert item["title"].startswith("Joined: Wood County Sheriff's Office, OH: agreement with federal immigration")
    assert "Agencies that take part in the 287(g) program" in item["content_text"]
    assert lists_site.get(item["url"]).status_code == 200
    told = lists_site.get(f"/changes.json?entity={ANCHORAGE}").json()["items"]
    assert any("limit on holding people for immigration detainers; action in force" in each["title"] for each in told)


def test_the_first_page_says_what_this_is_and_what_it_is_not(site: TestClient) -> None:
    home = page(site, "/").text
    assert "How US local governments and federal immigration enforcement deal with each other" in home
    assert "What it isn’t No verdict, no rating, no official record" in home
