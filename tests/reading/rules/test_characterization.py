"""What a government is called, and by whom.

Sentences, people and figures are invented.
"""

from __future__ import annotations

import pytest

from comity import documents, gazetteer, vocabulary
from comity.model import Publication, Statement
from comity.reading import read


def found(text: str) -> list[Statement]:
    document = documents.parse(
        text.encode(), path="story.txt", publication=Publication(published="2025-03-05", home_state="OH")
    )
    statements = read(document, vocabulary.load(), gazetteer.load()).statements
    return [item for item in statements if item.predicate == "characterization"]


@pytest.mark.parametrize(
    ("text", "subject", "value"),
    [
        ("Dayton calls itself a welcoming city for immigrants.", "Dayton", {"label": "welcoming city", "by": "self"}),
        ("Toledo is not a sanctuary city, the mayor said of immigration rules.", "Toledo", {"label": "sanctuary city"}),
        (
            "Lucas County is a law-and-order county, immigration officials said.",
            "Lucas County",
            {"label": "law-and-order county"},
        ),
    ],
)
def test_a_sentence_states(text: str, subject: str, value: dict[str, object]) -> None:
    named = [item for item in found(text) if item.subject.name == subject]
    assert any(item.value.get(slot) == given for item in named for slot, given in value.items()), found(text)
    assert all(item.value.get(slot) == given for item in named[:1] for slot, given in value.items()), named


@pytest.mark.parametrize(
    "text",
    [
        "Dayton adopted a sanctuary policy on immigration.",
        "Shawano County is a Second Amendment sanctuary county, not an immigration one.",
    ],
)
def test_a_sentence_states_nothing(text: str) -> None:
    assert not found(text)
