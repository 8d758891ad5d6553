"""The leaves of a log entry's Merkle tree, recomputed from the rows that the entry wrote and closed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from comity.register import log
from comity.register.rows import decode
from comity.register.tables import CLOSABLE, ORDER, covered, table

__all__ = ["Leaf", "closed", "leaves", "written"]

_AT_ONCE = 5_000


class Leaf(NamedTuple):
    """One leaf: the row that it is of, whether it is of its writing or its closing, and its hash."""

    table: str
    n: int
    closing: bool
    hash: bytes


def written(connection: Connection, name: str, after: int, to: int) -> Iterator[Leaf]:
    """The leaves of the rows of a table with numbers after ``after`` and up to ``to``."""
    source = table(name)
    if name == "entries":
        query = select(source).where(source.c.edition > after, source.c.edition <= to)
        editions: dict[int, list[tuple[int, int, int]]] = {}
        for row in connection.execute(query.order_by(source.c.edition, source.c.position)):
            editions.setdefault(row.edition, []).append((row.position, row.row, row.printed))
        yield from (Leaf(name, edition, False, log.entries_leaf(edition, rows)) for edition, rows in editions.items())
        return
    columns = [source.c[column] for column in covered(name)]
    for start in range(after, to, _AT_ONCE):
        query = select(*columns).where(source.c.n > start, source.c.n <= min(start + _AT_ONCE, to))
        for row in connection.execute(query.order_by(source.c.n)):
            yield Leaf(name, row.n, False, log.leaf(name, tuple(row)))


def closed(connection: Connection, name: str, seq: int) -> list[tuple[int, int]]:
    """Number and ``known_to`` of the rows of a table that a log entry closed, in order."""
    source = table(name)
    query = select(source.c.n, source.c.known_to).where(source.c.closed == seq).order_by(source.c.n)
    return [(row.n, row.known_to) for row in connection.execute(query)]


def leaves(connection: Connection, entry: Any, heads: Mapping[str, int]) -> Iterator[Leaf]:
    """All leaves of a log entry in their order; ``heads`` are the last numbers of the tables before it."""
    ends = decode(entry.heads)
    for name in ORDER:
        yield from written(connection, name, heads.get(name, 0), ends.get(name, 0))
    for name in CLOSABLE:
        for n, _ in closed(connection, name, entry.seq):
            yield Leaf(name, n, True, log.closing_leaf(name, n))
