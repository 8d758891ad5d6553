"""The passages of voices hold together: heads are marked, claims and the outlet's own words are many."""

from __future__ import annotations

from tests.quality.voices import HELD_OUT, Passage, fits, passages, voices

PASSAGES = [*passages(), *passages(HELD_OUT)]


def test_there_are_many_claims_and_many_heads_in_the_outlets_own_voice() -> None:
    told = [line for passage in PASSAGES for line in passage.told]
    assert len(told) >= 900
    assert sum(line == "own" for line in told) >= 100
    assert sum("own" not in line.split("|") for line in told) >= 600


def test_a_head_is_the_words_between_the_marks() -> None:
    passage = next(item for item in PASSAGES if item.text.startswith("What happened next is in dispute."))
    assert [passage.text[slice(*head)] for head in passage.heads] == ["stood", "were told"]
    assert "«" not in passage.text


def test_a_source_fits_if_one_holds_the_words_of_the_other_and_own_fits_only_itself() -> None:
    assert fits("Mayor Ann Frye", "Ann Frye|Lowell's mayor")
    assert fits("own", "own|uncertain")
    assert not fits("its own website", "own")
    assert not fits("uncertain", "the sheriff")


def test_a_plain_passage_is_heard_as_told() -> None:
    passage: Passage = next(item for item in PASSAGES if item.text.startswith("Mayor Lena Ostby was not finished."))
    assert list(voices(passage)) == ["Mayor Lena Ostby", "Mayor Lena Ostby"]
