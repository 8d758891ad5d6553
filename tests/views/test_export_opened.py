"""Exports as others open them: DuckDB, pandas, Frictionless, FollowTheMoney, each where it is installed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.views.samples import FIRST, SECOND, THIRD, add, opened
from typer.testing import CliRunner

from comity.interfaces.cli import app
from comity.register import Register

TABLES = ("statements", "status", "entities")
DUCKDB = "needs duckdb: pip install 'comity[parquet]'"
PANDAS = "needs pandas: pip install pandas pyarrow"
FRICTIONLESS = "needs frictionless: pip install 'frictionless[json]'"
FTM = "needs followthemoney: pip install followthemoney"


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with opened(tmp_path) as made:
        add(made, FIRST, SECOND, THIRD)
        yield made


def exported(register: Register, format: str, to: Path) -> Path:
    """The folder of an export."""
    given = ["export", "--format", format, "--output", str(to), "--register", str(register.path)]
    ran = CliRunner().invoke(app, given)
    assert ran.exit_code == 0, ran.stderr
    return to


def ids(register: Register) -> set[str]:
    return {belief.statement.id for belief in register.beliefs()}


@pytest.mark.parametrize("format", ["csv", "jsonl"])
def test_duckdb_opens_text(register: Register, tmp_path: Path, format: str) -> None:
    duckdb = pytest.importorskip("duckdb", reason=DUCKDB)
    folder = exported(register, format, tmp_path / "out")
    for name in TABLES:
        rows = duckdb.connect().execute(f"SELECT * FROM '{folder / name}.{format}'").fetchall()
        assert rows, name
    found = duckdb.connect().execute(f"SELECT id FROM '{folder / 'statements'}.{format}'").fetchall()
    assert {row[0] for row in found} == ids(register)


@pytest.mark.parametrize("format", ["csv", "jsonl", "parquet"])
def test_pandas_opens_tables(register: Register, tmp_path: Path, format: str) -> None:
    pandas = pytest.importorskip("pandas", reason=PANDAS)
    if format == "parquet":
        pytest.importorskip("duckdb", reason=DUCKDB)
        pytest.importorskip("pyarrow", reason=PANDAS)
    folder = exported(register, format, tmp_path / "out")
    read: dict[str, Any] = {
        "csv": pandas.read_csv,
        "jsonl": lambda file: pandas.read_json(file, lines=True),
        "parquet": pandas.read_parquet,
    }
    tables = {name: read[format](folder / f"{name}.{format}") for name in TABLES}
    assert set(tables["statements"]["id"]) == ids(register)
    assert set(tables["status"]["facet"]) == {belief.facet for belief in register.beliefs()}
    assert set(tables["statements"]["review"]) == {"machine"}


@pytest.mark.parametrize("format", ["csv", "jsonl"])
def test_frictionless_finds_a_data_package_that_holds(register: Register, tmp_path: Path, format: str) -> None:
    frictionless = pytest.importorskip("frictionless", reason=FRICTIONLESS)
    if format == "jsonl":
        pytest.importorskip("jsonlines", reason=FRICTIONLESS)
    package = frictionless.Package(str(exported(register, format, tmp_path / "out") / "datapackage.json"))
    report = package.validate()
    assert report.valid, report.flatten(["type", "rowNumber", "fieldName", "note"])
    assert [resource.name for resource in package.resources] == list(TABLES)


def test_followthemoney_puts_its_entities_together(register: Register, tmp_path: Path) -> None:
    whole = pytest.importorskip("followthemoney", reason=FTM)
    dataset = pytest.importorskip("followthemoney.dataset", reason=FTM).Dataset
    serialize = pytest.importorskip("followthemoney.statement.serialize", reason=FTM)
    with (exported(register, "ftm", tmp_path / "out") / "statements.ftm.json").open("rb") as file:
        statements = list(serialize.read_json_statements(file))
    assert {each.id for each in statements} == {
        each.generate_key() if each.prop != "id" else each.id for each in statements
    }
    of: dict[str, list[Any]] = {}
    for each in statements:
        of.setdefault(each.canonical_id or each.entity_id, []).append(each)
    ours = dataset.make({"name": "comity", "title": "Comity"})
    entities = [whole.StatementEntity.from_statements(ours, given) for given in of.values()]
    counts = {name: sum(each.schema.name == name for each in entities) for name in ("PublicBody", "Event", "Document")}
    assert counts["Event"] == len(ids(register))
    assert counts["PublicBody"] > 0
    assert counts["Document"] > 0
    assert all(each.caption for each in entities if each.schema.name != "Document")
    assert json.dumps(entities[0].to_dict())
