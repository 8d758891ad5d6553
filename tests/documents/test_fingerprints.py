"""Fingerprints: what repeats a text is found by them, what has its subject alone is not."""

from __future__ import annotations

import pytest
from tests.documents.test_copies import INDEPENDENT, ORIGINAL, SPUN

from comity.documents.fingerprints import alike, fingerprints

CUT = ORIGINAL[: ORIGINAL.index("Sheriff Lowell")]
SHORT = "No vote was taken.\n"


def found(*texts: str) -> list[int]:
    """Which of the later texts the first one should be held against."""
    first, *others = map(fingerprints, texts)
    return alike([(value, at) for at, each in enumerate(others) for value in first & each], most=5)


@pytest.mark.parametrize(
    ("text", "other"),
    [
        (ORIGINAL, ORIGINAL.replace("\n\n", "\n").replace("'", "’")),
        (ORIGINAL, CUT),
        (ORIGINAL, SPUN),
        (ORIGINAL, f"{INDEPENDENT}\n{CUT}"),
        (SHORT, SHORT.upper()),
    ],
    ids=["other lines and quotation marks", "cut", "reworded", "within another", "short, in capitals"],
)
def test_what_repeats_a_text_is_found(text: str, other: str) -> None:
    assert found(text, other) == [0] == found(other, text)


def test_what_tells_of_the_same_in_its_own_words_may_be_found_but_comes_last() -> None:
    assert found(ORIGINAL, INDEPENDENT, SPUN, CUT)[:2] == [2, 1]
    assert found(SHORT, ORIGINAL) == []


def test_a_text_without_words_has_none() -> None:
    assert fingerprints("— … —\n") == frozenset()


def test_they_are_the_same_on_every_machine() -> None:
    assert sorted(fingerprints("Alder Falls was listed.")) == [11626627787090, 49318532275928]
