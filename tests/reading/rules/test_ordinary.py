"""Ordinary sentences, and all that is read from each: nothing less, nothing more.

Sentences, people and figures are invented.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from tests.reading.sample_reading import statements

from comity import vocabulary
from comity.model import Statement

CASES = yaml.safe_load(Path(__file__).with_name("ordinary.yml").read_text(encoding="utf-8"))


def told(statement: Statement) -> str:
    enums = vocabulary.load().predicates[statement.predicate].enums
    values = " ".join(str(statement.value[slot]) for slot in enums if slot != "list" and statement.value.get(slot))
    firmness = [word for word in (statement.polarity, statement.modality) if word not in ("affirmed", "actual")]
    source = statement.attribution[0].source if statement.attribution else None
    voice = [] if statement.voice == "own" else [source or statement.voice]
    when = [statement.time.edtf] if statement.time is not None and statement.time.edtf else []
    first = f"{statement.predicate} {statement.subject.name}" + (f", {values}" if values else "")
    return "; ".join([first, *firmness, *voice, *when])


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:60] for case in CASES])
def test_all_that_is_read_from_an_ordinary_sentence(case: dict[str, object]) -> None:
    assert [told(item) for item in statements(str(case["text"]))] == case["told"]
