"""Patterns: what the shorthands match over a folded sentence, and that every span leads back to the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from comity import vocabulary
from comity.errors import VocabularyError
from comity.reading.mentions import Mention
from comity.reading.patterns import MARKS, compile_pattern, fold, head
from comity.reading.triggers import required

TOPIC = vocabulary.loads(
    """
topic: t
title: T
gate: t
groups: {adopt: "adopt(?:s|ed)?", soon: "%adopt soon"}
predicates:
  policy: {nature: state, label: P, subject: [government], slots: {}, rules: []}
""",
    "t.yml",
)


def mention(start: int, end: int, kind: str = "place") -> Mention:
    return Mention(start, end, kind, "x", "resolved", (), "name", (start, end))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("pattern", "text", "places", "matched"),
    [
        ("{subject:gov} %adopt", "Dayton adopted it", [(0, 6)], "Dayton adopted"),
        (
            "{subject:gov+} %adopt",
            "Dayton, Akron and Lima adopted it",
            [(0, 6), (8, 13), (18, 22)],
            "Dayton, Akron and Lima adopted",
        ),
        ("{gov} ~ «%adopt»", "Dayton last week quietly adopted it", [(0, 6)], "Dayton last week quietly adopted"),
        ("{gov} ~ %adopt", "Dayton (the city) adopted it", [(0, 6)], None),
        ("{gov} ~~ %adopt", "Dayton (the city) adopted it", [(0, 6)], "Dayton (the city) adopted"),
        ("city's law", "the city’s law", [], "city’s law"),
        ("%soon", "it adopts soon", [], "adopts soon"),
        ("adopt", "readopted", [], None),
    ],
)
def test_a_pattern_matches(pattern: str, text: str, places: list[tuple[int, int]], matched: str | None) -> None:
    folded = fold(text, (0, len(text)), [mention(*span) for span in places])
    found = compile_pattern(pattern, TOPIC).search(folded.text)
    assert (text[slice(*folded.span(*found.span()))] if found else None) == matched


def test_the_head_is_what_stands_between_its_marks() -> None:
    text = "Dayton last week adopted it"
    folded = fold(text, (0, len(text)), [mention(0, 6)])
    found = compile_pattern("{gov} ~ «%adopt»|«never»", TOPIC).search(folded.text)
    assert found is not None
    assert text[slice(*folded.span(*head(found)))] == "adopted"


@pytest.mark.parametrize("pattern", ["{planet} adopts", "%nothing", "(unclosed"])
def test_what_is_no_pattern_is_said(pattern: str) -> None:
    with pytest.raises(VocabularyError):
        compile_pattern(pattern, TOPIC)


@pytest.mark.parametrize(
    ("pattern", "literals"),
    [
        ("«adopt(?:s|ed)?» a rule", [{"\badopt"}, {" rule"}]),
        ("(?:sue[sd]?|takes? .{1,9} to court)", [{"\bsue", " court"}]),
        ("{gov} ~ %soon", [set(MARKS[:5]), {"\badopt"}, {" soon"}]),
        ("(?:%adopt|{date})", [{"\badopt", MARKS[-1]}]),
        ("re%adopt (?:to )?law", [{"\bre"}, {"adopt"}, {"\blaw"}]),
        ("(?:adopt)? it", [{" it"}]),
        ("(?:adopt)? a", []),
        ("[a-z]+", []),
    ],
)
def test_of_each_set_of_literals_one_stands_in_every_match(pattern: str, literals: list[set[str]]) -> None:
    assert required(pattern, TOPIC) == tuple(map(frozenset, literals))


@given(some.text(alphabet="ab ,.", min_size=1, max_size=40), some.data())
def test_folded_offsets_lead_back(text: str, data: some.DataObject) -> None:
    start = data.draw(some.integers(0, len(text) - 1))
    end = data.draw(some.integers(start + 1, len(text)))
    folded = fold(text, (0, len(text)), [mention(start, end)])
    assert folded.span(0, len(folded.text)) == (0, len(text))
    mark = next(iter(folded.marks))
    assert folded.span(mark, mark + 1) == (start, end)
    assert all(folded.at(offset) == index for index, offset in enumerate(folded.starts))


def test_every_pattern_of_every_bundled_topic_compiles() -> None:
    for name in vocabulary.topics():
        topic = vocabulary.load(name)
        written = [topic.gate, *topic.near_misses]
        for predicate in topic.predicates.values():
            for rule in predicate.rules:
                written += [rule.trigger, *rule.needs, *rule.unless]
            for slot in predicate.slots.values():
                written += [*slot.find, *(pattern for _, pattern in slot.choose)]
        for pattern in written:
            assert compile_pattern(pattern, topic).pattern
