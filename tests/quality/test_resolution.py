"""Floors of name resolution on the lists in our hands and on typing errors. Never lowered."""

from __future__ import annotations

from pathlib import Path

import pytest

from comity.gazetteer import load
from comity.model import Kind
from tests.quality.resolution import listed, swaps, typed


def test_names_of_the_lists(shared: Path) -> None:
    found = [load().resolve(name, state, kind) for state, name, _, _, kind in listed(shared / "data")]
    assert sum(one.outcome == "resolved" for one in found) / len(found) >= 0.99
    assert all(one.reason for one in found)


@pytest.mark.parametrize(
    ("kind", "errors", "floor"), [("county", 1, 0.995), ("county", 2, 0.965), ("place", 1, 0.985), ("place", 2, 0.945)]
)
def test_typing_errors(kind: Kind, errors: int, floor: float) -> None:
    counts = typed(load(), kind, errors, count=4000, seed=errors)
    assert counts["right"] / counts["n"] >= floor


@pytest.mark.parametrize("kind", ["county", "place"])
def test_no_real_name_is_swapped(kind: Kind) -> None:
    assert swaps(load(), kind) == 0
