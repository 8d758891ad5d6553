"""Questions to the register, at two instants."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, Row, Select, and_, select

from comity.model import Belief
from comity.register.instants import OPEN, iso
from comity.register.rows import Origin, decode, statement_of
from comity.register.tables import table

__all__ = ["Question", "beliefs"]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of beliefs; instants in microseconds, None for "any" (valid) and "now" (known)."""

    entity: str | None = None
    facet: str | None = None
    valid: int | None = None
    known: int | None = None


def beliefs(connection: Connection, asked: Question) -> Iterator[Belief]:
    """The beliefs that answer, in the order in which their facets and they themselves came onto the register."""
    for row in connection.execute(_query(asked)):
        yield _belief(row)


def _query(asked: Question) -> Select[tuple[object, ...]]:
    b, s, f, d, p = (table(name) for name in ("beliefs", "statements", "facets", "documents", "publications"))
    known = asked.known
    at_known = (p.c.known_to == OPEN) if known is None else and_(p.c.known_from <= known, p.c.known_to > known)
    query = (
        select(
            s.c.id,
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
        )
        .select_from(b)
        .join(s, s.c.n == b.c.statement)
        .join(f, f.c.n == b.c.facet)
        .join(d, d.c.n == s.c.document)
        .outerjoin(p, and_(p.c.document == d.c.n, at_known))
        .where(b.c.rejected == 0)
        .order_by(b.c.n)
    )
    if known is None:
        query = query.where(b.c.known_to == OPEN)
    else:
        query = query.where(b.c.known_from <= known, b.c.known_to > known)
    if asked.valid is not None:
        query = query.where(b.c.valid_from <= asked.valid, b.c.valid_to > asked.valid)
    if asked.facet is not None:
        query = query.where(f.c.facet == asked.facet)
    if asked.entity is not None:
        e = table("entities")
        query = query.where(b.c.entity == select(e.c.n).where(e.c.id == asked.entity).scalar_subquery())
    return query


def _belief(row: Row[tuple[object, ...]]) -> Belief:
    publication = decode(row.publication) or {}
    origin = Origin(row.document, publication.get("path"), publication.get("url"))
    return Belief(
        statement=statement_of(row.id, row.body, row.words, origin, row.review),
        facet=row.facet,
        valid_from=iso(row.valid_from),
        valid_to=iso(row.valid_to),
        known_from=iso(row.known_from) or "",
        known_to=iso(row.known_to),
        observed=iso(row.observed),
        since_known=bool(row.since_known),
        publisher=publication.get("publisher"),
        synthetic=bool(publication.get("synthetic")),
    )
