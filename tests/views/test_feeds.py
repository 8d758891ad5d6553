"""Feeds: valid where hostile words stand in them, and the same ids in every run."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from comity.model import Change, Evidence
from comity.views.feeds import Feed, atom, change_id, json_feed

ATOM = "{http://www.w3.org/2005/Atom}"
CHANGE = Change(
    list=None,
    edition=None,
    date="2025-03-03",
    kind="began",
    facet="policy|ocd-division/country:us/state:oh/place:toledo|kind=detainer_limit",
    name="Toledo",
    entity="ocd-division/country:us/state:oh/place:toledo",
    field="action",
    after="adopted",
    evidence=(Evidence("sha256:aa", url="https://a.example/1?x=1&y=2", start=4, end=9, exact="words"),),
    learned="2026-01-01T01:00:00Z",
)  # fmt: skip
LATER = replace(CHANGE, kind="ended", learned="2026-01-02T01:00:00Z")
TEXT = st.text()


def test_the_newest_comes_first_and_dates_the_feed() -> None:
    feed = json_feed([CHANGE, LATER], Feed(home="https://r.example/", address="https://r.example/changes.json"))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert [item["tags"] for item in feed["items"]] == [["ended"], ["began"]]
    assert feed["items"][1]["external_url"] == "https://a.example/1?x=1&y=2"
    assert feed["items"][1]["title"] == "Began: Toledo: policy (detainer limit): action adopted"
    root = ElementTree.fromstring(atom([CHANGE, LATER]))
    assert root.findtext(f"{ATOM}updated") == "2026-01-02T01:00:00Z"


def test_a_change_has_one_id_whatever_its_address_and_when_it_was_learned() -> None:
    elsewhere = replace(CHANGE.evidence[0], url="https://b.example", path="b.txt")
    same = replace(CHANGE, learned="2027-01-01T00:00:00Z", evidence=(elsewhere,))
    assert change_id(same) == change_id(CHANGE)
    assert change_id(replace(CHANGE, after="rescinded")) != change_id(CHANGE)


def test_an_empty_feed_is_a_feed() -> None:
    assert json_feed([])["items"] == []
    assert ElementTree.fromstring(atom([])).findall(f"{ATOM}entry") == []


@given(TEXT, TEXT, TEXT, TEXT)
def test_any_words_make_well_formed_xml_that_says_them(name: str, exact: str, url: str, before: str) -> None:
    evidence = replace(CHANGE.evidence[0], exact=exact, url=url)
    change = replace(CHANGE, name=name, before=before, evidence=(evidence,))
    root = ElementTree.fromstring(atom([change]).encode("utf-8", "surrogatepass"))
    (entry,) = root.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}id") == "urn:sha256:" + change_id(change).removeprefix("ch-")
    title = entry.findtext(f"{ATOM}title") or ""
    if name.isalnum() and name.isascii():
        assert name in title
