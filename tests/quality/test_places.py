"""Floors of place resolution on LGL (``python -m tests.quality.places`` prints the figures). Never lowered."""

from __future__ import annotations

from pathlib import Path

from tests.quality.places import given_spans, half, stories

FLOORS = {"all": 0.97, "place": 0.97, "county": 0.96, "state": 0.97}


def test_ids_with_spans_given(shared: Path) -> None:
    chosen = stories(shared / "data")
    counts = given_spans(chosen, show=False)
    shares = {kind: counts[f"{kind}:right"] / counts[f"{kind}:n"] for kind in FLOORS}
    assert {kind: share for kind, share in shares.items() if share < FLOORS[kind]} == {}


def test_the_half_that_was_not_tuned_on_is_as_good(shared: Path) -> None:
    both = stories(shared / "data")
    counts = given_spans([story for story in both if half(story.id) == "b"], show=False)
    assert counts["all:right"] / counts["all:n"] >= 0.965
    assert counts["county:right"] / counts["county:n"] >= 0.95
