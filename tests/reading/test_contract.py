"""The statement that the design shows as its example, read from the real story it was taken from."""

from __future__ import annotations

from pathlib import Path

from comity import documents, gazetteer, vocabulary
from comity.model import Publication, Statement
from comity.reading import read

ANCHORAGE = "ocd-division/country:us/state:ak/place:anchorage"


def _statements(shared: Path, prefix: str, published: str | None) -> tuple[Statement, ...]:
    path = next((shared / "data" / "seeds").glob(f"{prefix}*.txt"))
    given = Publication(publisher="The outlet", published=published, home_state="AK")
    return read(documents.load(path, given), vocabulary.load(), gazetteer.load()).statements


def test_the_example_of_the_contract(shared: Path) -> None:
    found = _statements(shared, "001", "2025-05-28")
    listed = next(one for one in found if one.predicate == "designation")
    assert (listed.subject.id, listed.polarity, listed.modality, listed.voice) == (
        ANCHORAGE,
        "affirmed",
        "actual",
        "own",
    )
    assert listed.value == {
        "authority": "US Department of Homeland Security",
        "list": "sanctuary jurisdictions",
        "status": "listed",
        "legal_basis": "Executive Order 14287",
    }
    assert listed.time is not None
    assert (listed.time.text, listed.time.edtf) == ("Wednesday", "2025-05-28")
    assert (listed.evidence.start, listed.evidence.end) == (0, 221)
    assert [(one.slot, one.start, one.end) for one in listed.support if one.slot == "time"] == [("time", 495, 504)]


def test_what_the_story_of_the_listing_states(shared: Path) -> None:
    found = {
        (
            one.predicate,
            one.subject.id,
            one.value.get("kind") or one.value.get("action") or one.value.get("status"),
            one.voice,
        )
        for one in _statements(shared, "001", "2025-05-28")
    }
    assert {
        ("designation", ANCHORAGE, "listed", "own"),
        ("designation", "ocd-division/country:us/state:ak/place:juneau", "not_listed", "own"),
        ("policy", "nces:0200180", "facility_access_limit", "own"),
        ("policy", ANCHORAGE, "detainer_limit", "attributed"),
        ("policy", ANCHORAGE, "information_sharing_limit", "attributed"),
        ("policy", ANCHORAGE, "status_inquiry_limit", "own"),
        ("notice", ANCHORAGE, "noncompliance_notice", "own"),
        ("funding", ANCHORAGE, "threatened", "attributed"),
        ("response", ANCHORAGE, "not_yet_responded", "own"),
        ("list_event", "body:us/dhs", "published", "own"),
        ("list_event", "body:us/dhs", "will_update", "own"),
    } <= found
    assert not {action for predicate, _, action, _ in found if predicate == "funding"} - {"threatened"}


def test_a_rally_without_a_date_signs_and_rescinds_nothing(shared: Path) -> None:
    found = _statements(shared, "000", None)
    assert {one.predicate for one in found} <= {"protest", "demand"}
    assert all(one.time is None or one.time.edtf is None for one in found)
    assert any(one.predicate == "protest" and one.subject.id == ANCHORAGE for one in found)
