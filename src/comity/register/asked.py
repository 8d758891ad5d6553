"""The one question of beliefs as prepared SQL: built once for each shape of question and database, then only filled in.

Building it with SQLAlchemy for each call took ten times as long as the database takes to answer (docs/benchmarks.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, and_, bindparam, func, select
from sqlalchemy.sql.expression import ColumnElement

from comity.model import Review
from comity.register.dialects import as_list
from comity.register.instants import OPEN
from comity.register.ready import Ready, answered, ready, within
from comity.register.tables import table

__all__ = ["Found", "Shape", "ask"]


class Shape(NamedTuple):
    """Which parts a question has; ``entity`` and ``facets`` count 1 for one, 2 for several that are the same."""

    entity: int = 0
    facets: int = 0
    predicate: bool = False
    document: bool = False
    statement: bool = False
    list_name: bool = False
    valid: bool = False
    begun: bool = False
    known: bool = False
    rejected: bool = False
    after: bool = False


class Found(NamedTuple):
    """A belief as it is found, with what its statement and its document say: the columns of the question."""

    row_number: int
    id: str
    list: str | None
    body: str
    words: str | None
    document: str
    publication: str | None
    facet: str
    valid_from: int
    valid_to: int
    known_from: int
    known_to: int
    observed: int
    since_known: int
    review: Review
    captured: int


def ask(connection: Connection, shape: Shape, given: Mapping[str, Any]) -> list[Found]:
    """The rows that answer; ``given`` are the values of the shape's parts by name, lists for what counts 2."""
    database = connection.dialect.name
    values = {name: as_list(connection, value) if isinstance(value, tuple) else value for name, value in given.items()}
    return [Found._make(row) for row in answered(connection, _prepared(database, shape), values)]


@lru_cache(maxsize=256)
def _prepared(database: str, shape: Shape) -> Ready:
    return ready(database, _query(shape, database))


def _query(shape: Shape, database: str) -> Select[Any]:
    b, s, f, d, p, c = (
        table(name) for name in ("beliefs", "statements", "facets", "documents", "publications", "captures")
    )
    seen = select(func.count()).where(c.c.document == d.c.n)
    if shape.known:
        seen = seen.where(c.c.known_from <= bindparam("known"))
    query = (
        select(
            b.c.n.label("row_number"),
            s.c.id,
            s.c.list,
            s.c.body,
            s.c.words,
            d.c.id.label("document"),
            p.c.body.label("publication"),
            f.c.facet,
            b.c.valid_from,
            b.c.valid_to,
            b.c.known_from,
            b.c.known_to,
            b.c.observed,
            b.c.since_known,
            b.c.review,
            seen.scalar_subquery().label("captured"),
        )
        .select_from(b)
        .join(s, s.c.n == b.c.statement)
        .join(f, f.c.n == b.c.facet)
        .join(d, d.c.n == s.c.document)
        .outerjoin(p, and_(p.c.document == d.c.n, _at_known(p, shape)))
        .where(_at_known(b, shape), *_narrowed(shape, database))
    )
    if shape.after:
        return query.where(b.c.n > bindparam("after")).order_by(b.c.n).limit(bindparam("limit"))
    return query.order_by(b.c.statement, b.c.valid_from, b.c.n)


def _at_known(source: Any, shape: Shape) -> ColumnElement[bool]:
    if not shape.known:
        return source.c.known_to == OPEN  # type: ignore[no-any-return]
    return and_(source.c.known_from <= bindparam("known"), source.c.known_to > bindparam("known"))


def _narrowed(shape: Shape, database: str) -> list[ColumnElement[bool]]:
    b, s, f, d, e = (table(name) for name in ("beliefs", "statements", "facets", "documents", "entities"))
    found: list[ColumnElement[bool]] = []
    if shape.entity:
        found.append(b.c.entity.in_(select(e.c.n).where(_are(e.c.id, "entity", shape.entity, database))))
    if shape.facets:
        found.append(_are(f.c.facet, "facets", shape.facets, database))
    if shape.predicate:
        found.append(f.c.predicate == bindparam("predicate"))
    if shape.predicate and shape.entity:
        # The same by numbers: the index of an entity's beliefs goes on with their facets, so that no others are read.
        own = f.alias()
        of_it = own.c.entity.in_(select(e.c.n).where(_are(e.c.id, "entity", shape.entity, database)))
        found.append(b.c.facet.in_(select(own.c.n).where(of_it, own.c.predicate == bindparam("predicate"))))
    if shape.document:
        found.append(s.c.document.in_(select(d.c.n).where(d.c.id == bindparam("document"))))
    if shape.statement:
        found.append(b.c.statement.in_(select(s.c.n).where(s.c.id == bindparam("statement"))))
    if shape.list_name:
        found.append(s.c.list == bindparam("list_name"))
    if shape.valid:
        found += [b.c.valid_from <= bindparam("valid"), b.c.valid_to > bindparam("valid")]
    if shape.begun:
        found.append(b.c.valid_from <= bindparam("begun"))
    if not shape.rejected:
        found.append(b.c.rejected == 0)
    return found


def _are(column: ColumnElement[Any], name: str, count: int, database: str) -> ColumnElement[bool]:
    return column == bindparam(name) if count == 1 else within(column, name, database)
