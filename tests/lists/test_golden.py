"""Every list has a sample edition and its expected entries, under tests/golden/lists/NAME."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from comity import gazetteer
from comity.documents import load
from comity.lists import Definition, definition, definitions, edition
from comity.model import Edition

GOLDEN = Path(__file__).parents[1] / "golden" / "lists"
NAMES = sorted(folder.name for folder in GOLDEN.iterdir() if folder.is_dir())


def described(name: str) -> Definition:
    own = GOLDEN / name / "list.yml"
    return definition(str(own) if own.exists() else name)


def sample(name: str) -> Edition:
    (file,) = (path for path in (GOLDEN / name).iterdir() if path.suffix in (".csv", ".xlsx"))
    return edition(load(file), described(name), gazetteer.load())


def expected(name: str) -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((GOLDEN / name / "expected.yml").read_text(encoding="utf-8"))
    return read


def shown(found: Edition) -> dict[str, Any]:
    return {
        "date": found.date,
        "date_basis": found.date_basis,
        "scopes": list(found.scopes),
        "entries": [
            {
                "row": entry.row,
                "facet": entry.facet,
                "entity": entry.entity,
                "outcome": entry.outcome,
                "since": entry.since,
                "link": entry.link,
                "value": {slot: value for slot, value in entry.statement.value.items() if value is not None},
            }
            for entry in found.entries
            if entry.statement is not None
        ],
    }


def test_every_bundled_list_has_a_sample() -> None:
    assert set(definitions()) <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_edition_gives_its_expected_entries(name: str) -> None:
    found = shown(sample(name))
    wanted = expected(name)
    assert {key: found[key] for key in ("date", "date_basis", "scopes")} == {
        "date": str(wanted["date"]),
        "date_basis": wanted["date_basis"],
        "scopes": wanted["scopes"],
    }
    assert found["entries"] == wanted["entries"]


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_prints_every_column_that_the_list_needs(name: str) -> None:
    about = described(name)
    required = {column.key for column in about.columns if column.required}
    assert all(required <= entry.normal.keys() for entry in sample(name).entries)
