"""Where a statement was seen: captures of its text, or rows of a list's editions. Reading only."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import BindParameter, Connection, and_, bindparam, select, union_all

from comity.register.instants import iso
from comity.register.reading import at_known, told_anew
from comity.register.ready import Ready, answered, ready
from comity.register.rows import decode
from comity.register.tables import table

__all__ = ["Sighting", "sightings"]


@dataclass(frozen=True, slots=True)
class Sighting:
    """One time that a statement was seen: in which capture, or in which edition and row of a list; learned when."""

    statement: str
    document: str
    capture: str | None
    retrieved: str | None
    list: str | None
    edition: str | None
    date: str | None
    row: int | None
    learned: str


def sightings(connection: Connection, statement: str, known: int | None) -> tuple[Sighting, ...]:
    """Where a statement was seen, in the order of the register."""
    database, past = connection.dialect.name, known is not None
    given: dict[str, Any] = {"statement": statement, **({"known": known} if past else {})}
    of_list = answered(connection, _list(database), {"statement": statement})
    if of_list and of_list[0][0] is not None:
        rows = sorted(answered(connection, _printed(database, past), given), key=lambda row: row[-2:])
        return tuple(_row(statement, *row[:-2]) for row in rows)
    return tuple(_capture(statement, *row) for row in answered(connection, _captured(database, past), given))


@lru_cache(maxsize=2)
def _list(database: str) -> Ready:
    s = table("statements")
    return ready(database, select(s.c.list).where(s.c.id == bindparam("statement")).limit(1))


@lru_cache(maxsize=4)
def _captured(database: str, past: bool) -> Ready:
    s, d, c = (table(name) for name in ("statements", "documents", "captures"))
    query = (
        select(c.c.sha256, c.c.body, c.c.known_from, d.c.id)
        .join(d, d.c.n == c.c.document)
        .where(d.c.n.in_(select(s.c.document).where(s.c.id == bindparam("statement"))))
        .order_by(c.c.n)
    )
    return ready(database, query.where(c.c.known_from <= bindparam("known")) if past else query)


@lru_cache(maxsize=4)
def _printed(database: str, past: bool) -> Ready:
    """The rows of editions that are sightings of a statement; last the order of the edition, and the row's place."""
    d, p, n, e, again = (table(name) for name in ("documents", "printed", "entries", "editions", "sighted_as"))
    known: BindParameter[int] | None = bindparam("known") if past else None
    columns = (e.c.list, e.c.id, e.c.date, e.c.body, e.c.known_from, d.c.id, n.c.row, e.c.ord, n.c.position)
    query = select(*columns).join(n, n.c.edition == e.c.n).join(d, d.c.n == e.c.document)
    if past:
        query = query.where(e.c.known_from <= known)
    place = again.c.edition == n.c.edition, again.c.position == n.c.position
    of: BindParameter[str] = bindparam("statement")
    printed = query.join(p, p.c.n == n.c.printed).where(p.c.statement == of, ~told_anew(n.c, known))
    anew = query.join(again, and_(*place)).where(again.c.statement == of, at_known(again, known))
    return ready(database, union_all(printed, anew))


def _row(
    statement: str, list_name: str, edition: str, date: str, body: str, learned: int, document: str, row: int
) -> Sighting:
    captured = decode(body)["captured"]
    return Sighting(statement, document, None, captured, list_name, edition, date or None, row, iso(learned) or "")


def _capture(statement: str, sha256: str, body: str, learned: int, document: str) -> Sighting:
    retrieved = decode(body)["retrieved"]
    return Sighting(statement, document, sha256, retrieved, None, None, None, None, iso(learned) or "")
