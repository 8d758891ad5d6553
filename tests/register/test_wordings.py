"""A status line in the topic's own words, filled with what a statement says."""

from __future__ import annotations

import pytest

from comity.register.rules import Rules
from comity.register.wordings import lowered, worded
from tests.register.samples import document, statement

HOME = document("Toledo could lose grants.")
RULES = Rules(
    facets={"funding": ("program", "authority")},
    lines={
        "funding": (("lost", "Loss of public money[ ({program})][ by {authority}]"), ("kept", "Kept by {authority}"))
    },
    words={"funding": {"program": {"road_fund": "money for roads"}}},
)


@pytest.mark.parametrize(
    ("value", "line"),
    [
        (
            {"action": "lost", "program": "grants", "authority": "The Board"},
            "Loss of public money (grants) by The Board",
        ),
        ({"action": "lost", "program": "grants"}, "Loss of public money (grants)"),
        ({"action": "lost"}, "Loss of public money"),
        ({"action": "lost", "program": "road_fund"}, "Loss of public money (money for roads)"),
        ({"action": "kept", "authority": "The Board"}, "Kept by The Board"),
        ({"action": "kept", "program": "grants"}, "Kept (grants)"),
        ({"action": "frozen_all", "program": "grants"}, "Frozen all (grants)"),
    ],
)
def test_a_line_tells_what_the_statement_says_and_no_more(value: dict[str, str], line: str) -> None:
    said = statement(HOME, HOME.text, predicate="funding", value=value)
    assert worded(said, "action", RULES) == line


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Policy adopted", "policy adopted"),
        ("ICE agreement signed", "ICE agreement signed"),
        ("287(g)", "287(g)"),
        ("", ""),
    ],
)
def test_a_line_goes_on_after_a_colon(words: str, expected: str) -> None:
    assert lowered(words) == expected
