"""Acts on many whom nobody names, and states that only say where those lie. Texts are invented."""

from __future__ import annotations

import pytest
from tests.reading.sample_reading import statements

from comity.reading.groups import of_many


@pytest.mark.parametrize(
    ("sentence", "head", "many"),
    [
        ("The department threatened 23 jurisdictions with subpoenas.", "threatened", True),
        ("ICE may cut off money for cities that refuse.", "cut", True),
        ("The order could take grants from so-called “sanctuary” counties.", "take", True),
        ("The department sent letters to dozens of mayors.", "sent", True),
        ("The department may end grants if cities do not comply.", "end", True),
        ("He urged leaders of so-called sanctuary cities to comply.", "urged", True),
        ("It threatened the 23 jurisdictions with subpoenas.", "threatened", False),
        ("The department sent both cities a letter.", "sent", False),
        ("It is one of 23 jurisdictions that got a letter.", "got", False),
        ("The department sent our county a letter.", "sent", False),
        ("The department sent the county a letter.", "sent", False),
    ],
)
def test_a_clause_may_tell_of_many_without_a_name(sentence: str, head: str, many: bool) -> None:
    at = sentence.index(head)
    assert of_many(sentence, (0, len(sentence)), (at, at + len(head))) is many


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("The Justice Department sued three cities in Ohio over sanctuary policies.", []),
        ("The Justice Department filed suit against towns in Ohio over sanctuary policies.", []),
        ("The Justice Department filed suit against Ohio over its sanctuary policies.", ["Ohio"]),
        ("The Justice Department sued Dayton, Ohio, over sanctuary policies.", ["Dayton"]),
        ("The state sued Boston, New York, Chicago and others over ICE.", ["Boston", "New York", "Chicago"]),
        (
            "The administration is suing Chicago, Denver and Rochester, New York, over ICE.",
            ["Chicago", "Denver", "Rochester"],
        ),
        (
            "The suit, filed Friday in the U.S. District Court for the District of Oregon, says Salem obstructs ICE.",
            ["Salem"],
        ),
    ],
)
def test_a_state_may_only_say_where_they_lie(text: str, subjects: list[str]) -> None:
    assert [item.subject.name for item in statements(text, "legal_action")] == subjects
