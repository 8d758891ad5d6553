"""What the public sees: marks in the place of withheld words; ids, offsets and everything else as they were."""

from __future__ import annotations

from dataclasses import replace

import pytest

from comity import documents, gazetteer, vocabulary
from comity.model import Evidence, Publication, Statement, Withheld
from comity.reading import read
from comity.views import published

TEXT = (
    "Questions go to 202-555-0143.\n\n"
    "Toledo adopted an ordinance on Monday that bars police from asking about immigration status, "
    "a flyer left at 1408 N. Elm Street, Apt. 4B, and signed helper@example.org says.\n"
)


def statements(text: str = TEXT) -> tuple[Statement, ...]:
    given = Publication(published="2025-03-05", publisher="Sample Ledger", home_state="OH")
    document = documents.parse(text.encode(), path="one.txt", publication=given)
    return read(document, vocabulary.load(), gazetteer.load()).statements


def test_contact_details_are_marked_in_evidence_and_context() -> None:
    for raw in statements():
        shown = published.statement(raw)
        assert "[address withheld]" in (shown.evidence.exact or "")
        assert "[email withheld]" in (shown.evidence.exact or "")
        assert (shown.evidence.prefix or "").endswith("[phone withheld].\n\n")
        assert shown.evidence.masked


def test_the_reading_itself_keeps_the_words_at_their_spans() -> None:
    for raw in statements():
        at = raw.evidence
        assert TEXT[at.start : at.end] == at.exact
        assert not at.masked


def test_id_and_offsets_stay() -> None:
    for raw in statements():
        shown = published.statement(raw)
        assert (shown.id, shown.evidence.start, shown.evidence.end) == (raw.id, raw.evidence.start, raw.evidence.end)


def test_twice_is_as_once() -> None:
    for raw in statements():
        once = published.statement(raw)
        assert published.statement(once) == once


@pytest.mark.parametrize(
    ("text", "offset", "spans", "shown"),
    [
        ("Ana Roe spoke", 0, [(0, 7)], "[name withheld] spoke"),
        ("na Roe spoke", 1, [(0, 7)], "[name withheld] spoke"),  # cut off at the start of a context
        ("spoke to Ana", 0, [(9, 16)], "spoke to [name withheld]"),  # and at its end
        ("Ana Roe and Bo Li", 0, [(12, 17), (0, 7)], "[name withheld] and [name withheld]"),
        ("nothing here", 0, [(40, 50)], "nothing here"),
    ],
)
def test_marks_stand_where_the_spans_are(text: str, offset: int, spans: list[tuple[int, int]], shown: str) -> None:
    assert published.words(text, [Withheld("name", *span) for span in spans], offset) == shown


def test_a_value_that_repeats_a_withheld_name_is_marked() -> None:
    (raw, *_) = statements()
    at = raw.evidence
    assert at.start is not None
    name = Withheld("name", at.start, at.start + len("Toledo"))
    one = replace(raw, value={"what": "leave Toledo alone"}, evidence=replace(at, withheld=(name,)))
    assert published.statement(one).value == {"what": "leave [name withheld] alone"}


def test_contact_details_in_a_row_of_a_list_are_marked() -> None:
    row = Evidence("sha256:0", sheet="", row=2, cells={"AGENCY": "Birch County", "CONTACT": "desk@example.org"})
    assert published.evidence(row).cells == {"AGENCY": "Birch County", "CONTACT": "[email withheld]"}
