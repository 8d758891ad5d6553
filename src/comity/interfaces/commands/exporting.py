"""``comity export``: the register as files that others' tools open, the same bytes for the same register."""

from __future__ import annotations

import csv
import hashlib
import io
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from comity import gazetteer, vocabulary
from comity.errors import ComityError, UsageError
from comity.interfaces import dates, telling
from comity.register import Register, rules_of
from comity.settings import Settings
from comity.views import export as exports
from comity.views import ftm, geojson
from comity.views.export import Holding, Table
from comity.vocabulary import Vocabulary

__all__ = ["FORMATS", "MEDIA", "export", "stream"]

FORMATS = ("csv", "jsonl", "parquet", "geojson", "ftm")
MEDIA = {
    "csv": "text/csv",
    "jsonl": "application/jsonl",
    "parquet": "application/vnd.apache.parquet",
    "geojson": "application/geo+json",
    "ftm": "application/jsonl",
}
_WHOLE = {"geojson": "entities.geojson", "ftm": "statements.ftm.json"}  # formats of one file
_DESCRIBED = "datapackage.json"
_PARQUET = {"integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN", "date": "DATE", "datetime": "TIMESTAMPTZ"}
_json = msgspec.json.Encoder().encode


def export(
    *, as_json: bool, format: str, to: str | None, as_of: str | None, known: str | None, settings: Settings
) -> int:
    """Writes the export: into a folder with its datapackage.json, into one file, or (no ``to``) to standard output."""
    del as_json
    if format not in FORMATS:
        raise UsageError(f"{format!r} is no format", where="--format", hint=f"one of {', '.join(FORMATS)}")
    if to is None and format == "parquet":
        raise UsageError("Parquet is no text", where="--format", hint="name a folder or a file with --output")
    as_of, known = dates.day(as_of, "--as-of"), dates.day(known, "--known")
    topic = vocabulary.load(settings.topic)
    with Register.open(settings.register, rules=rules_of(topic.predicates), create=False) as register:
        head = register.head()
        find = gazetteer.load().entity
        beside = {
            body.name: register.beliefs(entity=body.id, begun=as_of, known=known)
            for identity, _ in register.entities("body:", known)
            if (body := find(identity)) is not None
        }
        groups = register.by_entity(begun=as_of, known=known)
        decisions = register.decisions(known)
        copies = partial(telling.copied, register, decisions=decisions, known=known)
        found = exports.holdings(groups, find, topic, as_of, copies, beside)
        if to is None:
            _pour(found, topic, format, {_first(format): sys.stdout.buffer})
        elif Path(to).suffix:
            _write(found, topic, format, {_first(format): Path(to)})
        else:
            files = {name: Path(to) / file for name, file in _names(format).items()}
            _write(found, topic, format, files)
            asked = {"as_of": as_of, "known": known, "log_entry": head.seq, "log_hash": head.hash}
            described = msgspec.json.format(_json(_description(files, format, asked)), indent=2)
            (Path(to) / _DESCRIBED).write_bytes(described + b"\n")
            print(f"{to}: {', '.join(path.name for path in files.values())}, {_DESCRIBED}")
    return 0


def _tables() -> Mapping[str, Table]:
    return {table.name: table for table in exports.package().tables}


def _names(format: str) -> Mapping[str, str]:
    """The files of a format, by the table that each holds."""
    if format in _WHOLE:
        return {_first(format): _WHOLE[format]}
    return {name: f"{name}.{format}" for name in _tables()}


def _first(format: str) -> str:
    """What is written where one file is asked for: the statements, or all of a format that has but one file."""
    return format if format in _WHOLE else next(iter(_tables()))


# --- files -----------------------------------------------------------------------------------------------------


def _write(found: Iterator[Holding], topic: Vocabulary, format: str, files: Mapping[str, Path]) -> None:
    """Writes files beside their places first, so that what is there is whole or as it was."""
    folder = next(iter(files.values())).parent
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".comity-") as scratch:
        making = {name: Path(scratch) / name for name in files}
        sinks = {name: path.open("wb") for name, path in making.items()}
        try:
            _pour(found, topic, format, sinks)
        finally:
            for sink in sinks.values():
                sink.close()
        for name, path in files.items():
            if format == "parquet":
                _as_parquet(_tables()[name], making[name])
            making[name].replace(path)


def _pour(found: Iterator[Holding], topic: Vocabulary, format: str, sinks: Mapping[str, BinaryIO]) -> None:
    if format in _WHOLE:
        (sink,) = sinks.values()
        for part in _features(found) if format == "geojson" else _claims(found, topic):
            sink.write(part)
        return
    encode: Callable[[dict[str, Any]], bytes] = _csv_line if format == "csv" else exports.line
    if format == "csv":
        for name, sink in sinks.items():
            sink.write(_csv_line({field.name: field.name for field in _tables()[name].fields}))
    for holding in found:
        for name, row in exports.rows(holding):
            if name in sinks:
                sinks[name].write(encode(row))


def stream(found: Iterator[Holding], topic: Vocabulary, format: str, table: str = "") -> Iterator[bytes]:
    """One file of an export, piece by piece: of formats with several files the ``table``, else the first one."""
    if format in _WHOLE:
        yield from _features(found) if format == "geojson" else _claims(found, topic)
        return
    wanted = table or _first(format)
    encode: Callable[[dict[str, Any]], bytes] = _csv_line if format == "csv" else exports.line
    if format == "csv":
        yield _csv_line({field.name: field.name for field in _tables()[wanted].fields})
    for holding in found:
        yield b"".join(encode(row) for name, row in exports.rows(holding) if name == wanted)


def _csv_line(row: dict[str, Any]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerow(map(exports.cell, row.values()))
    return text.getvalue().encode()


def _features(found: Iterator[Holding]) -> Iterator[bytes]:
    yield b'{"type":"FeatureCollection","features":['
    comma = b"\n"
    find = gazetteer.load().entity
    for feature in filter(None, (geojson.feature(holding, find) for holding in found)):
        yield comma + _json(feature)
        comma = b",\n"
    yield b"\n]}\n"


def _claims(found: Iterator[Holding], topic: Vocabulary) -> Iterator[bytes]:
    told: set[str] = set()  # documents that are told already
    for holding in found:
        mine = {belief.statement.evidence.document for belief in holding.beliefs}
        for line in ftm.statements(holding, topic, told):
            yield exports.line(line)
        told |= mine


def _as_parquet(table: Table, path: Path) -> None:
    """Makes a file of JSON lines a Parquet file, in its place."""
    try:
        import duckdb  # noqa: PLC0415 - paid only where it is asked for
    except ModuleNotFoundError as error:
        hint = "pip install 'comity[parquet]'"
        raise ComityError("Parquet needs a library that is not installed", where="duckdb", hint=hint) from error
    types = {field.name: _PARQUET.get(field.type, "VARCHAR") for field in table.fields}
    columns = ", ".join(f"'{name}': '{kind}'" for name, kind in types.items())
    source = str(path).replace("'", "''")
    with duckdb.connect(config={"threads": 1, "preserve_insertion_order": True}) as database:
        database.execute("SET TimeZone = 'UTC'")
        database.execute(
            f"COPY (SELECT * FROM read_json('{source}', format='newline_delimited', columns={{{columns}}}, "  # noqa: S608 - names are the project's own
            f"maximum_object_size=67108864)) TO '{source}.parquet' (FORMAT parquet, COMPRESSION zstd)"
        )
    Path(f"{path}.parquet").replace(path)


# --- what is said of them --------------------------------------------------------------------------------------


def _description(files: Mapping[str, Path], format: str, asked: Mapping[str, Any]) -> dict[str, Any]:
    """A Frictionless data package: no clock, so that it stays the same for the same register."""
    about = exports.package()
    return {
        "profile": "data-package",
        "name": about.name,
        "title": about.title,
        "description": about.description,
        "licenses": list(about.licenses),
        "terms": about.terms,
        "register": dict(asked),
        "resources": [_resource(path, format, _tables().get(name)) for name, path in files.items()],
    }


def _resource(path: Path, format: str, table: Table | None) -> dict[str, Any]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    resource: dict[str, Any] = {
        "name": path.name.partition(".")[0],
        "path": path.name,
        "format": path.suffix[1:],
        "mediatype": MEDIA[format],
        "bytes": path.stat().st_size,
        "hash": f"sha256:{digest}",
    }
    if table is None:
        return resource
    fields = [{"name": each.name, "type": each.type, "description": each.description} for each in table.fields]
    schema = {"fields": fields, "primaryKey": list(table.key), "missingValues": [""]}
    text = {"encoding": "utf-8"} if format in ("csv", "jsonl") else {}
    return {"profile": "tabular-data-resource", **resource, **text, "description": table.description, "schema": schema}
