"""The form of the golden stories: what a measure takes for granted about texts and annotations."""

from __future__ import annotations

from pathlib import Path

import pytest
from scripts.check_golden import check

GOLDEN = Path(__file__).resolve().parents[1] / "golden"


@pytest.mark.parametrize("folder", ["stories", "held-out", "everyday/stories", "everyday/held-out"])
def test_every_story_keeps_to_the_guide(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    faulty = check(GOLDEN / folder)
    assert not faulty, capsys.readouterr().out
