"""The quality gate: no figure below its floor, no floor lowered, no corpus changed unseen."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.quality import gate


def test_no_figure_on_our_own_corpora_has_fallen() -> None:
    assert gate.fallen(gate.own_figures()) == {}


def test_no_figure_on_the_corpora_beside_the_project_has_fallen(shared: Path) -> None:
    assert gate.fallen(gate.shared_figures(shared)) == {}


def test_no_floor_was_lowered() -> None:
    assert gate.lowered() == []


@pytest.mark.parametrize("name", gate.CORPORA)
def test_a_corpus_is_the_one_that_the_floors_were_set_on(name: str) -> None:
    assert gate.corpus_hash(name) == gate.floors()["corpora"][name], "raise the floors and write the new hash"
