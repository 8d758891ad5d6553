"""The register as tables that others' tools open: statements, the status of each matter, entities.

Use :func:`holdings` on a register's beliefs, an entity at a time, then :func:`rows` for tables, and
:mod:`comity.views.geojson` and :mod:`comity.views.ftm` for those formats. What the tables and fields are called and
mean is data (``data/export.yml``). All evidence is as it may be published; paths of the recording machine are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import msgspec

from comity.identity import parse_facet
from comity.model import Belief, Entity, Nature
from comity.register.rules import rules_of
from comity.register.status import Status, status
from comity.views import published
from comity.views.beside import Beside, clauses
from comity.views.dossier import line_of, with_clauses
from comity.vocabulary import Vocabulary, data_text, parse_yaml

__all__ = ["Field", "Holding", "Matter", "Package", "Table", "cell", "holdings", "line", "package", "rows"]

Row = dict[str, Any]
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")  # what a spreadsheet program takes for a formula, or cuts off before one
_json = msgspec.json.Encoder().encode


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a table, its Frictionless type and what it means."""

    name: str
    type: str
    description: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table of an export: its key and its fields in order."""

    name: str
    description: str
    key: tuple[str, ...]
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Package:
    """What is said of an export as a whole, and its tables."""

    name: str
    title: str
    description: str
    terms: str
    licenses: tuple[Mapping[str, str], ...]
    tables: tuple[Table, ...]


@dataclass(frozen=True, slots=True)
class Matter:
    """One facet: its status, the plain line of it, and the ids of its statements."""

    status: Status
    line: str
    nature: Nature
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Holding:
    """All that is exported of one entity; ``entity`` is None for a name that is not resolved."""

    id: str
    entity: Entity | None
    beliefs: tuple[Belief, ...]
    matters: tuple[Matter, ...]


@lru_cache(maxsize=1)
def package() -> Package:
    """The tables and what is said of them, as ``data/export.yml`` has it."""
    given = parse_yaml(data_text("export.yml"), "export.yml")[0]
    tables = tuple(
        Table(name, each["description"], tuple(each["key"]), tuple(Field(*field) for field in each["fields"]))
        for name, each in given["tables"].items()
    )
    licenses = tuple(given["licenses"])
    return Package(given["name"], given["title"], given["description"], given["terms"], licenses, tables)


def holdings(
    groups: Iterable[Sequence[Belief]],
    find: Callable[[str], Entity | None],
    topic: Vocabulary,
    as_of: str | None = None,
    copies: Callable[[Sequence[Belief]], Mapping[str, str]] | None = None,
    beside: Beside = MappingProxyType({}),
) -> Iterator[Holding]:
    """What to export, an entity at a time, from beliefs that had begun by ``as_of``; in an order that stays.

    ``find`` looks an id up in the gazetteer; ``beside`` are the beliefs about bodies, by name; ``copies`` gives
    what :func:`comity.register.status.status` takes, for the beliefs of one entity.
    """
    rules = rules_of(topic.predicates)
    for group in groups:
        beliefs = tuple(sorted(map(published.belief, group), key=_order))
        facets: dict[str, list[Belief]] = {}
        for belief in beliefs:
            facets.setdefault(belief.facet, []).append(belief)
        identity = parse_facet(beliefs[0].facet)[1]
        entity = find(identity)
        matters = []
        repeated = copies(beliefs) if copies else {}
        for told in facets.values():
            held = status(told, rules, as_of, repeated)
            more = clauses(held, topic.predicates[told[0].statement.predicate], entity, beliefs, beside, topic)
            matters.append(_matter(told, held, more, topic))
        yield Holding(identity, entity, beliefs, tuple(matters))


def _matter(beliefs: Sequence[Belief], found: Status, more: Sequence[str], topic: Vocabulary) -> Matter:
    predicate = topic.predicates[beliefs[0].statement.predicate]
    statements = tuple(dict.fromkeys(each.statement.id for each in beliefs))
    return Matter(found, with_clauses(line_of(found, predicate), more), predicate.nature, statements)


def rows(holding: Holding) -> Iterator[tuple[str, Row]]:
    """The rows of one entity, each with its table's name; values are as JSON has them, keys in the table's order."""
    for belief in holding.beliefs:
        yield "statements", _statement(belief)
    for matter in holding.matters:
        yield "status", _status(matter, holding.id)
    if holding.entity is not None:
        yield "entities", _entity(holding.entity)


def _order(belief: Belief) -> tuple[str, str, str]:
    return belief.facet, belief.statement.id, belief.valid_from or ""


def _statement(belief: Belief) -> Row:
    statement, at, time = belief.statement, belief.statement.evidence, belief.statement.time
    return {
        "id": statement.id,
        "facet": belief.facet,
        "topic": statement.topic,
        "predicate": statement.predicate,
        "subject_name": statement.subject.name,
        "subject_id": statement.subject.id,
        "subject_kind": statement.subject.kind,
        "subject_outcome": statement.subject.outcome,
        "value": msgspec.to_builtins(statement.value),
        "polarity": statement.polarity,
        "modality": statement.modality,
        "voice": statement.voice,
        "attribution": msgspec.to_builtins(statement.attribution),
        "time_text": time.text if time else None,
        "time_edtf": time.edtf if time else None,
        "time_earliest": time.earliest if time else None,
        "time_latest": time.latest if time else None,
        "valid_from": belief.valid_from,
        "since_known": belief.since_known,
        "valid_to": belief.valid_to,
        "known_from": belief.known_from,
        "known_to": belief.known_to,
        "observed": belief.observed,
        "sightings": belief.sightings,
        "publisher": belief.publisher,
        "synthetic": belief.synthetic,
        "document": at.document,
        "url": at.url,
        "start": at.start,
        "end": at.end,
        "exact": at.exact,
        "prefix": at.prefix,
        "suffix": at.suffix,
        "sheet": at.sheet,
        "row": at.row,
        "cells": dict(at.cells) if at.cells is not None else None,
        "review": statement.review,
        "reader": statement.reader,
        "vocabulary": statement.vocabulary,
    }


def _status(matter: Matter, entity: str) -> Row:
    found = matter.status
    return {
        "facet": found.facet,
        "entity": entity,
        "predicate": parse_facet(found.facet)[0],
        "nature": matter.nature,
        "status": found.status,
        "line": matter.line,
        "disputed": found.disputed,
        "since": found.since,
        "until": found.until,
        "accounts": found.accounts,
        "statements": list(matter.statements),
    }


def _entity(entity: Entity) -> Row:
    given: Row = msgspec.to_builtins(entity)
    return {field.name: given[field.name] for field in package().tables[2].fields}


# --- one row as text -------------------------------------------------------------------------------------------


def line(row: Row) -> bytes:
    """A row as one line of JSON."""
    return _json(row) + b"\n"


def cell(value: Any) -> str:
    """A value as a cell of a CSV file. Words that a spreadsheet program would run as a formula begin with ``'``."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULA) else value
    if isinstance(value, (int, float)):
        return repr(value)
    return _json(value).decode()
