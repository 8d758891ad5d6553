"""Clauses: where a sentence comes apart."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.reading.clauses import clauses, segments


def parts(sentence: str) -> list[str]:
    return [sentence[a:b] for a, b in clauses(sentence, (0, len(sentence)))]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The board voted.", ["The board voted"]),
        (
            "The sheriff, who had never met the director, signed the pact.",
            ["The sheriff", "who had never met the director", "signed the pact"],
        ),
        (
            "No city that borders the river has adopted such a rule.",
            ["No city", "that borders the river", "has adopted such a rule"],
        ),
        (
            "If the council adopts the measure, the suit will follow.",
            ["If the council adopts the measure", "the suit will follow"],
        ),
        (
            "“We will sign,” the sheriff said, but the county did not vote and left.",
            ["We will sign", "the sheriff said", "but the county did not vote", "and left"],
        ),
        (
            "The mayor denied that the city had signed because no vote was held.",
            ["The mayor denied", "that the city had signed", "because no vote was held"],
        ),
        (
            "The council approved the measure; it will take effect in July.",
            ["The council approved the measure", "it will take effect in July"],
        ),
        (
            "The county (which left in May) has no contract.",
            ["The county", "which left in May", "has no contract"],
        ),
        (
            "The city will sue over 287(g), the mayor said.",
            ["The city will sue over 287(g)", "the mayor said"],
        ),
        ("The city will sue should the funds be cut.", ["The city will sue", "should the funds be cut"]),
    ],
)
def test_a_sentence_comes_apart_at_its_clauses(sentence: str, expected: list[str]) -> None:
    assert parts(sentence) == expected


def test_lists_of_nouns_stay_together() -> None:
    assert parts("Nine cities, four counties and two towns signed the letter.") == [
        "Nine cities, four counties and two towns signed the letter"
    ]


def test_an_interrupted_clause_is_resumed() -> None:
    sentence = "The board, which met late, voted."
    tied = segments(sentence, (0, len(sentence)))
    assert [(part.tie, part.resumes) for part in tied] == [("main", None), ("relative", None), ("main", 0)]


def test_spans_are_of_the_text_and_not_of_the_sentence() -> None:
    text = "First. The board met and left."
    assert [text[a:b] for a, b in clauses(text, (7, len(text)))] == ["The board met", "and left"]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "if",
                "that",
                "who",
                "“",
                "”",
                "(",
                ")",
                ";",
                ",",
                "and",
                "but",
                "the",
                "board",
                "voted",
                "has",
                "not",
                "signed",
                "—",
                ".",
                "said",
                "to",
                "which",
            ]
        ),
        max_size=20,
    ).map(" ".join)
)
def test_any_words_give_ordered_clauses(text: str) -> None:
    end = 0
    for a, b in clauses(text, (0, len(text))):
        assert end <= a < b <= len(text)
        end = b
