"""Figures as printed: what they come to, and what is none."""

from __future__ import annotations

import pytest

from comity.reading.figures import figure


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("200", 200),
        ("1,200", 1200),
        ("$4.2 million", 4_200_000),
        ("$950", 950),
        ("two dozen", 24),
        ("a hundred", 100),
        ("twenty-five", 25),
        ("three thousand", 3000),
        ("a couple of dozen", 24),
        ("couple hundred", 200),
        ("two of three", 2),
        ("hundreds", None),
        ("several", None),
        ("", None),
    ],
)
def test_a_figure_is(printed: str, number: float | None) -> None:
    assert figure(printed) == number
