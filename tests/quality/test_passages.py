"""The short passages hold together: every line is read, names what the passage prints, and uses the topic's words."""

from __future__ import annotations

from collections import Counter

import pytest

from comity import vocabulary
from tests.quality.passages import HELD_OUT, LESSONS, Passage, passages, same, statements

PASSAGES = list(passages())


def test_there_are_many_and_every_predicate_is_told() -> None:
    told = Counter(item.predicate for passage in PASSAGES for item in passage.told)
    assert len(PASSAGES) >= 800
    assert set(told) == set(vocabulary.load().predicates)
    assert sum(not passage.told for passage in PASSAGES) >= 200, "passages on the topic that state nothing"


def test_every_lesson_names_a_printed_subject_the_words_of_the_act_and_values_of_its_predicate() -> None:
    topic = vocabulary.load()
    faults = []
    lessons = list(passages(LESSONS))
    for passage in lessons:
        for told in passage.told:
            values = {value for slot in topic.predicates[told.predicate].slots.values() for value in slot.values}
            if told.subject not in passage.text or told.head is None or not set(told.values) <= values:
                faults.append(f"{passage.where}: {told.line}")
    assert faults == []
    assert len(lessons) >= 10_000
    assert 0.08 < sum(lesson.set_aside for lesson in lessons) / len(lessons) < 0.12


def test_every_line_names_a_printed_subject_and_values_of_its_predicate() -> None:
    topic = vocabulary.load()
    faults = []
    for passage in (*PASSAGES, *passages(HELD_OUT)):
        for told in passage.told:
            values = {value for slot in topic.predicates[told.predicate].slots.values() for value in slot.values}
            if told.subject not in passage.text or not set(told.values) <= values:
                faults.append(f"{passage.where}: {told.line}")
    assert faults == []


@pytest.mark.parametrize(
    ("start", "kept"),
    [
        ("Dayton commissioners voted 4-1", True),
        ("Congress added it in 1996", False),
    ],
)
def test_a_passage_is_read_under_its_headline(start: str, kept: bool) -> None:
    passage = next(item for item in PASSAGES if start in item.text)
    found = statements(passage, vocabulary.load())
    assert bool(found) is kept
    assert all(any(same(one, told, passage) for told in passage.told) for one in found)


def test_a_line_belongs_to_the_sentence_above_it() -> None:
    passage: Passage = next(item for item in PASSAGES if item.text.startswith("Smith County deputies"))
    assert [passage.text[told.start : told.end].split()[0] for told in passage.told] == ["Smith", "Commissioners"]
    assert [told.modality for told in passage.told] == ["planned", "actual"]
