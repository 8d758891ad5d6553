"""Sentences on the topic that state nothing: the reader stays silent."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from tests.reading.sample_reading import statements

TEXTS = yaml.safe_load(Path(__file__).with_name("silence.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("text", TEXTS)
def test_what_states_nothing_yields_nothing(text: str) -> None:
    assert [(item.predicate, item.subject.name, item.value) for item in statements(text)] == []
