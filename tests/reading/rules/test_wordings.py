"""Families of wordings, by predicate: the tables of ``wordings/``, as an act is told in papers, releases and minutes.

Each row is read with a line that says what the text is about, as a story would.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.reading.sample_reading import statements

from comity.model import Statement

TABLES = Path(__file__).parent / "wordings"


def rows(key: str) -> list[Any]:
    return list(_rows(key))


def _rows(key: str) -> Iterator[Any]:
    for path in sorted(TABLES.glob("*.yml")):
        table = yaml.safe_load(path.read_text(encoding="utf-8"))
        for row in table.get(key, ()):
            text = row if isinstance(row, str) else row["text"]
            yield pytest.param(path.stem, row, id=f"{path.stem}: {text}")


def read(predicate: str, text: str) -> list[Statement]:
    return statements(f"{text}\n\nThe matter is immigration enforcement.", predicate)


def told(item: Statement, row: dict[str, object]) -> bool:
    """Whether a statement is what the row tells; its polarity, where the row gives none, is affirmed."""
    if item.subject.name.casefold().removeprefix("the ") != str(row["subject"]).casefold():
        return False
    given = {"polarity": item.polarity, "modality": item.modality, **item.value}
    wanted = {"polarity": "affirmed", **row}
    return all(holds(given[slot], value) for slot, value in wanted.items() if slot not in ("subject", "text"))


def holds(given: object, wanted: object) -> bool:
    """Free words hold what is wanted; all else equals it."""
    return given == wanted or (isinstance(given, str) and isinstance(wanted, str) and wanted in given)


@pytest.mark.parametrize(("predicate", "row"), rows("states"))
def test_a_sentence_states(predicate: str, row: dict[str, object]) -> None:
    found = read(predicate, str(row["text"]))
    assert any(told(item, row) for item in found), found


@pytest.mark.parametrize(("predicate", "row"), rows("states_in_its_last_sentence"))
def test_a_later_sentence_states(predicate: str, row: dict[str, object]) -> None:
    text = str(row["text"])
    found = [item for item in read(predicate, text) if (item.evidence.start or 0) > text.rfind(". ", 0, -2)]
    assert any(told(item, row) for item in found), found


@pytest.mark.parametrize(("predicate", "text"), rows("states_nothing"))
def test_a_sentence_states_nothing(predicate: str, text: str) -> None:
    assert not read(predicate, text)
