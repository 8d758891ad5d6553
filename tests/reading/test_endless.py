"""What is too long to be a sentence is passed over and said; what stands around it is read as ever."""

from __future__ import annotations

import pytest

from comity import documents, gazetteer, reading, vocabulary
from comity.model import Document, Publication
from comity.reading.endless import LONGEST, passed_over

TOLD = "Toledo adopted an ordinance on Monday that bars police from asking about immigration status."
AGAIN = "Lucas County signed a 287(g) agreement with ICE in March."
NAMES = "and Wilmer Tzoc of 1408 Elm Street told ICE in Toledo that "


def document(text: str) -> Document:
    given = Publication(url=None, publisher="Sample Post", published="2025-03-05", home_state="OH")
    return documents.parse(text.encode(), path="story.txt", publication=given)


def endless(words: str, many: int) -> str:
    """One sentence of so many characters."""
    text = (words * (many // len(words) + 1))[: many - 10] + " finished."
    return text[0].upper() + text[1:]


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("", 0),
        (TOLD, 0),
        (f"{TOLD} {endless('and so on ', LONGEST - 10)}", 0),
        (f"{TOLD} {endless('and so on ', LONGEST + 10)} {AGAIN}", 1),
        (f"{endless('and so on ', LONGEST + 10)} {TOLD} {endless('or not so ', LONGEST + 10)}", 2),
        (" ".join([TOLD] * 200), 0),  # a long line of sentences
    ],
)
def test_only_what_is_too_long_to_be_a_sentence_is_passed_over(text: str, spans: int) -> None:
    assert len(passed_over(text)) == spans


@pytest.mark.parametrize("many", [LONGEST + 100, 1_000_000])
def test_what_stands_around_it_is_read_as_ever(many: int) -> None:
    home = document(f"{TOLD} {endless(NAMES, many)} {AGAIN}")
    found = reading.read(home, vocabulary.load(), gazetteer.load()).statements
    assert [each.predicate for each in found] == ["policy", "agreement"]
    for each in found:
        at = each.evidence
        assert at.exact == home.text[at.start : at.end]
        around = (at.prefix or "") + (at.suffix or "")
        assert around.strip() == ""  # nobody looked whether it names a private person
        assert home.text.startswith(at.prefix or "", (at.start or 0) - len(at.prefix or ""))
        assert home.text.startswith(at.suffix or "", at.end or 0)


def test_nothing_is_read_of_it_and_a_note_says_so() -> None:
    home = document(f"{AGAIN} {endless(TOLD.rstrip('.') + ' and ', 20_000)}")
    found = reading.read(home, vocabulary.load(), gazetteer.load()).statements
    assert [each.predicate for each in found] == ["agreement"]
    (note,) = reading.notes(home)
    assert note.endswith("have no end of a sentence: not read") and f"at {len(AGAIN) + 1} " in note
    assert reading.notes(document(TOLD)) == ()


def test_mentions_of_it_are_not_looked_for() -> None:
    home = document(f"{AGAIN} {endless(NAMES, 50_000)}")
    found = reading.mentions(home)
    assert found.places and all(each.end <= len(AGAIN) for each in found.places)
