"""Sealing: the text and the bytes are gone, the hashes and the log stay, and it isn't taken in again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from comity.errors import DecisionRefused, UsageError
from comity.register import Register
from tests.register.samples import document, edition, reading, said

CHILD = "Alder Falls was listed on Wednesday, the agency said. It names a child, Tansy Quillfeather."
OTHER = document("Alder Falls was listed on Wednesday, the agency said. Another story.")


@pytest.fixture
def sealed(register: Register) -> Register:
    home = document(CHILD, publisher="Alder Ledger")
    register.record(home, reading(home, said(home)), home.text.encode())
    register.record(OTHER, reading(OTHER, said(OTHER)), OTHER.text.encode())
    register.seal(home.id, "privacy", reason="a child is named", author="A. Clerk")
    return register


def test_text_words_and_bytes_are_gone_and_the_hashes_stay(sealed: Register) -> None:
    home = document(CHILD)
    kept = sealed.document(home.id)
    assert kept is not None
    assert (kept.text, kept.publisher, kept.capture.sha256) == ("", "Alder Ledger", home.capture.sha256)
    assert sealed.captures.read(home.capture.sha256) is None
    (belief,) = sealed.beliefs(document=home.id)
    at = belief.statement.evidence
    assert (at.exact, at.prefix, at.suffix) == (None, None, None)
    assert (at.start, at.end) == (0, len("Alder Falls was listed on Wednesday, the agency said"))
    assert belief.statement.id == said(home).id


def test_the_register_still_holds_and_counts_what_is_sealed(sealed: Register) -> None:
    found = sealed.verify()
    assert found.ok, found.first_failure
    assert found.checked["sealed"] == 1
    (seal,) = sealed.sealed()
    assert (seal.ground, seal.reason, seal.author) == ("privacy", "a child is named", "A. Clerk")
    assert sealed.sealed(known="2025-12-31") == ()


def test_nothing_of_it_is_left_in_the_file(sealed: Register) -> None:
    if sealed.path is None:
        pytest.skip("PostgreSQL cleans by VACUUM FULL")
    files = [path for path in sealed.path.parent.rglob("*") if path.is_file()]
    assert files
    assert not any(b"Quillfeather" in path.read_bytes() for path in files)


def test_it_is_not_taken_in_again_by_its_text_nor_by_its_bytes(sealed: Register) -> None:
    again = document(CHILD, data=CHILD.encode() + b"\n")
    assert sealed.record(again, reading(again, said(again)), CHILD.encode() + b"\n").outcome == "sealed"
    other = replace(OTHER, capture=document(CHILD).capture)
    assert sealed.record(other, reading(other, said(other)), CHILD.encode()).outcome == "sealed"
    assert sealed.captures.read(document(CHILD).capture.sha256) is None
    assert sealed.verify().ok


def test_the_same_call_again_changes_nothing(sealed: Register) -> None:
    before = sealed.head()
    again = sealed.seal(document(CHILD).id[:20], "court", reason="once more", author="B")
    assert (again.ground, again.author) == ("privacy", "A. Clerk")
    assert sealed.head() == before


def test_words_or_bytes_that_come_back_are_found(sealed: Register) -> None:
    sealed.captures.keep(CHILD.encode())
    failure = sealed.verify().first_failure
    assert failure is not None
    assert failure.why == "was sealed and is still there"


@pytest.mark.parametrize(
    ("name", "ground", "reason", "error"),
    [
        ("sha256:00000000", "court", "r", DecisionRefused),
        ("", "court", "r", DecisionRefused),
        ("sha256:", "court", "r", DecisionRefused),
        (OTHER.id, "whim", "r", UsageError),
        (OTHER.id, "court", " ", UsageError),
    ],
)
def test_what_can_not_be_sealed(
    sealed: Register, name: str, ground: str, reason: str, error: type[Exception], tmp_path: Path
) -> None:
    with pytest.raises(error):
        sealed.seal(name, ground, reason=reason, author="A")
    assert sealed.verify().ok


def test_an_edition_of_a_list_is_not_sealed(register: Register) -> None:
    made, csv = edition([("Oak County Sheriff", "task_force", "2025-02-01")], "2025-05-01")
    register.record_edition(made, csv, data=csv.text.encode())
    with pytest.raises(DecisionRefused, match="edition of a list"):
        register.seal(csv.id, "court", reason="r", author="A")
