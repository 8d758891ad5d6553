"""Exports: tables as described, ids and bytes that stay, formulas defused, shapes that other tools read."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.views.samples import FIRST, SECOND, THIRD, TOLEDO, add, opened
from typer.testing import CliRunner

from comity import gazetteer, vocabulary
from comity.interfaces.cli import app
from comity.register import Register
from comity.views import ftm, geojson
from comity.views.export import Holding, cell, holdings, package, rows

HOSTILE = ("=cmd|' /C calc'!A0", "2025-03-05", "The Toledo police said on Monday they signed a 287(g) agreement.\n")
# The properties of FollowTheMoney 4 that are written, and what kind of value each takes.
SCHEMA = {
    "PublicBody": {"id": "id", "name": "name", "jurisdiction": "country", "classification": "string",
                   "idNumber": "identifier"},
    "Document": {"id": "id", "publisher": "string", "sourceUrl": "url"},
    "Event": {"id": "id", "name": "name", "involved": "entity", "startDate": "date", "endDate": "date",
              "summary": "text", "notes": "text", "keywords": "string", "recordId": "string", "publisher": "string",
              "sourceUrl": "url", "proof": "entity", "country": "country"},
}  # fmt: skip


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with opened(tmp_path) as made:
        add(made, FIRST, SECOND, THIRD, HOSTILE)
        yield made


def held(register: Register) -> list[Holding]:
    return list(holdings(register.by_entity(), gazetteer.load().entity, vocabulary.load()))


def exported(register: Register, format: str, to: Path) -> Path:
    given = ["export", "--format", format, "--output", str(to), "--register", str(register.path)]
    ran = CliRunner().invoke(app, given)
    assert ran.exit_code == 0, ran.output
    return to


def test_the_rows_have_the_fields_that_are_described(register: Register) -> None:
    fields = {table.name: [field.name for field in table.fields] for table in package().tables}
    found = [(name, list(row)) for holding in held(register) for name, row in rows(holding)]
    assert {name for name, _ in found} == set(fields)
    assert all(names == fields[name] for name, names in found)


def test_each_field_says_what_it_means() -> None:
    types = {"string", "integer", "number", "boolean", "date", "datetime", "object", "array"}
    assert all(field.type in types and field.description for table in package().tables for field in table.fields)


def test_the_keys_are_keys(register: Register) -> None:
    found: dict[str, list[tuple[Any, ...]]] = {}
    keys = {table.name: table.key for table in package().tables}
    for holding in held(register):
        for name, row in rows(holding):
            found.setdefault(name, []).append(tuple(row[field] for field in keys[name]))
    assert all(len(set(values)) == len(values) for values in found.values())


@pytest.mark.parametrize("format", ["csv", "jsonl", "parquet", "geojson", "ftm"])
def test_the_same_register_gives_the_same_bytes_and_their_hashes(
    register: Register, tmp_path: Path, format: str
) -> None:
    if format == "parquet":
        pytest.importorskip("duckdb", reason="needs duckdb: pip install 'comity[parquet]'")
    one, two = (exported(register, format, tmp_path / name) for name in ("one", "two"))
    files = sorted(path.name for path in one.iterdir())
    assert {name: (one / name).read_bytes() for name in files} == {name: (two / name).read_bytes() for name in files}
    described = json.loads((one / "datapackage.json").read_text(encoding="utf-8"))
    assert sorted([each["path"] for each in described["resources"]] + ["datapackage.json"]) == files
    for each in described["resources"]:
        data = (one / each["path"]).read_bytes()
        assert (each["bytes"], each["hash"]) == (len(data), f"sha256:{hashlib.sha256(data).hexdigest()}")


def test_a_csv_file_reads_back_and_runs_nothing(register: Register, tmp_path: Path) -> None:
    folder = exported(register, "csv", tmp_path / "out")
    with (folder / "statements.csv").open(encoding="utf-8", newline="") as file:
        read = list(csv.DictReader(file))
    assert "'=cmd|' /C calc'!A0" in {row["publisher"] for row in read}
    assert not any(row[name].startswith(("=", "+", "-", "@")) for row in read for name in row)
    assert {json.loads(row["value"])["action"] for row in read if row["predicate"] == "protest"} == {"held"}


@given(st.text())
def test_no_words_in_a_cell_begin_as_a_formula(words: str) -> None:
    shown = cell(words)
    assert not shown.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert shown.removeprefix("'") == words.removeprefix("'")


def test_numbers_stay_numbers() -> None:
    assert [cell(value) for value in (-149.9, 3, True, None, [1], {"a": None})] == [
        "-149.9", "3", "true", "", "[1]", '{"a":null}',
    ]  # fmt: skip


def test_one_file_and_standard_output_hold_the_statements(register: Register, tmp_path: Path) -> None:
    whole = exported(register, "jsonl", tmp_path / "out") / "statements.jsonl"
    one = exported(register, "jsonl", tmp_path / "one.jsonl")
    piped = CliRunner().invoke(app, ["export", "--format", "jsonl", "--register", str(register.path)])
    assert one.read_bytes() == whole.read_bytes() == piped.stdout_bytes


def test_parquet_is_read_by_duckdb(register: Register, tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb", reason="needs duckdb: pip install 'comity[parquet]'")
    folder = exported(register, "parquet", tmp_path / "it's")
    database = duckdb.connect()
    query = "SELECT count(*), min(known_from), bool_and(since_known IS NOT NULL), sum(sightings) FROM read_parquet(?)"
    count, known, flags, sightings = database.execute(query, [str(folder / "statements.parquet")]).fetchone()
    assert (count, known.isoformat()[:10], flags) == (sightings, "2026-01-01", True)
    columns = database.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(folder / "entities.parquet")]).fetchall()
    assert [name for name, *_ in columns] == [field.name for field in package().tables[2].fields]


def test_geojson_has_a_point_and_says_on_what_it_rests(register: Register) -> None:
    found = [each for holding in held(register) if (each := geojson.feature(holding, gazetteer.load().entity))]
    points = {each["id"]: each["geometry"] for each in found}
    assert points[TOLEDO] == {"type": "Point", "coordinates": [-83.5552, 41.6639]}
    basis = {each["id"]: each["properties"]["point_basis"] for each in found}
    assert basis[TOLEDO] == "coordinates in the gazetteer"
    assert all((basis[each] is None) == (at is None) for each, at in points.items())
    assert any(each["properties"]["matters"][0]["disputed"] is False for each in found)


def test_followthemoney_statements_have_its_properties_ids_and_keys(register: Register) -> None:
    lines = [line for holding in held(register) for line in ftm.statements(holding, vocabulary.load())]
    assert {line["schema"] for line in lines} == set(SCHEMA)
    ids = {line["entity_id"] for line in lines}
    for line in lines:
        kind = SCHEMA[line["schema"]][line["prop"]]
        key = f"{line['dataset']}.{line['entity_id']}.{line['prop']}.{line['value']}"
        assert line["id"] == hashlib.sha1(key.encode()).hexdigest()
        assert set(line["entity_id"]) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-")
        assert kind != "entity" or line["value"] in ids
        assert kind != "country" or line["value"] == "us"
        assert kind != "date" or len(line["value"]) == 10


def test_a_claim_is_shown_as_one(register: Register) -> None:
    lines = [line for holding in held(register) for line in ftm.statements(holding, vocabulary.load())]
    notes = {line["value"] for line in lines if line["schema"] == "Event" and line["prop"] == "notes"}
    assert {"according to “The Toledo police”", "review: machine"} <= notes
