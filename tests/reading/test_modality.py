"""Polarity and modality: how firmly a sentence states an event."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.quality import modality as quality

from comity.reading.modality import judge


def firmness(sentence: str, trigger: str) -> tuple[str, str]:
    start = sentence.index(trigger)
    found = judge(sentence, (0, len(sentence)), (start, start + len(trigger)))
    return found.polarity, found.modality


@pytest.mark.parametrize(
    ("sentence", "trigger", "expected"),
    [
        ("The council adopted the rule.", "adopted", ("affirmed", "actual")),
        ("No city in the county has adopted such a rule.", "adopted", ("negated", "actual")),
        ("The board voted against joining the program.", "joining", ("negated", "actual")),
        ("The state went to court against towns with such limits, suing Salem.", "suing", ("affirmed", "actual")),
        ("The list didn’t just name large cities.", "name", ("affirmed", "actual")),
        ("The list doesn't merely name large cities.", "name", ("affirmed", "actual")),
        ("The list didn’t name large cities.", "name", ("negated", "actual")),
        ("The sheriff failed to sign the form.", "sign", ("negated", "actual")),
        ("The mayor denied that the city had signed an agreement.", "had signed", ("negated", "actual")),
        ("The county has yet to join.", "join", ("negated", "actual")),
        ("The board rejected calls to adopt the rule.", "adopt", ("negated", "actual")),
        ("The district not only adopted a policy but trained its staff.", "adopted", ("affirmed", "actual")),
        ("The chief never denied that the county had signed.", "had signed", ("affirmed", "actual")),
        ("As planned, the sheriff signed the pact.", "signed", ("affirmed", "actual")),
        ("The county said it would sue.", "sue", ("affirmed", "planned")),
        ("The mayor does not expect to sign.", "sign", ("negated", "planned")),
        ("The board was to have voted.", "voted", ("affirmed", "planned")),
        ("The city could lose funds if it does not comply.", "lose", ("affirmed", "possible")),
        ("The council is considering adopting a ban.", "adopting", ("affirmed", "possible")),
        ("The law requires sheriffs to honor detainers.", "requires", ("affirmed", "actual")),
        ("The law requires sheriffs to honor detainers.", "honor", ("affirmed", "required")),
        ("The ordinance prohibits officers from asking.", "asking", ("negated", "required")),
        ("The sheriff should end the agreement.", "end", ("affirmed", "required")),
        ("If approved, the plan takes effect.", "approved", ("affirmed", "hypothetical")),
        ("The state will sue unless the city complies.", "sue", ("affirmed", "hypothetical")),
        ("The bill would bar such contracts.", "bar", ("affirmed", "hypothetical")),
    ],
)
def test_a_sentence_states_its_event_so_firmly(sentence: str, trigger: str, expected: tuple[str, str]) -> None:
    assert firmness(sentence, trigger) == expected


def test_each_event_is_judged_in_its_own_clause() -> None:
    sentence = "Protesters blocked the road, but nobody was arrested."
    assert firmness(sentence, "blocked") == ("affirmed", "actual")
    assert firmness(sentence, "arrested") == ("negated", "actual")


def test_the_cues_are_the_words_that_decided() -> None:
    sentence = "The mayor denied that the city had signed."
    start = sentence.index("had signed")
    found = judge(sentence, (0, len(sentence)), (start, start + 10))
    assert "denied" in [sentence[a:b] for a, b in found.cues]


def test_the_table_holds() -> None:
    figures = quality.figures()
    assert figures["modality.table"] >= 95
    assert figures["modality.table.held_out"] >= 93


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "if",
                "that",
                "the",
                "board",
                "not",
                "never",
                "voted",
                "to",
                "sign",
                "will",
                "would",
                "denied",
                "“",
                "”",
                "no",
                "neither",
                "nor",
                "from",
                "asking",
                "?",
            ]
        ),
        min_size=1,
        max_size=16,
    ),
    st.integers(0, 15),
)
def test_any_words_get_an_answer(words: list[str], at: int) -> None:
    text = " ".join(words)
    at = min(at, len(words) - 1)
    start = len(" ".join(words[:at])) + (1 if at else 0)
    found = judge(text, (0, len(text)), (start, start + len(words[at])))
    assert found.polarity in ("affirmed", "negated")
    assert all(0 <= a < b <= len(text) for a, b in found.cues)
