"""Proof that a register is whole: bytes, texts, spans, ids, chain and the database's own integrity."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from comity.identity import statement_id
from comity.register import log
from comity.register.captures import Captures
from comity.register.dialects import integrity
from comity.register.rows import Origin, decode, statement_of
from comity.register.tables import CLOSABLE, ORDER, covered, table

__all__ = ["Failure", "Verification", "verify"]


@dataclass(frozen=True, slots=True)
class Failure:
    """The first thing that doesn't hold: what it is, where it stands, and why."""

    what: str
    where: str
    why: str


@dataclass(frozen=True, slots=True)
class Verification:
    """Whether a register is whole, how much was looked at, and what doesn't hold."""

    ok: bool
    checked: dict[str, int] = field(default_factory=dict)
    first_failure: Failure | None = None


def verify(connection: Connection, captures: Captures) -> Verification:
    """Look at everything, in order, until something doesn't hold."""
    checked: dict[str, int] = {}
    for failure in _failures(connection, captures, checked):
        return Verification(False, checked, failure)
    return Verification(True, checked)


def _failures(connection: Connection, captures: Captures, checked: dict[str, int]) -> Iterator[Failure]:
    broken = integrity(connection)
    if broken:
        yield Failure("database", "file", broken)
    yield from _chain(connection, checked)
    yield from _captures(connection, captures, checked)
    yield from _texts(connection, checked)


def _chain(connection: Connection, checked: dict[str, int]) -> Iterator[Failure]:
    entries = table("log")
    previous, heads, expected = log.GENESIS, dict.fromkeys(ORDER, 0), 1
    for row in connection.execute(select(entries).order_by(entries.c.seq)).all():
        where = f"log entry {row.seq}"
        fields: dict[str, Any] = dict(row._mapping)
        found = fields.pop("hash")
        if row.seq != expected:
            yield Failure("log", f"log entry {expected}", "is missing")
        if row.previous != previous or log.entry_hash(**fields) != found:
            yield Failure("log", where, "its hash is not that of its content and the entry before it")
        ends = {**heads, **decode(row.heads)}
        leaves = [one for name in ORDER for one in _leaves(connection, name, heads[name], ends[name], row.seq)]
        for name in CLOSABLE:
            source = table(name)
            closed = connection.execute(select(source.c.n).where(source.c.closed == row.seq).order_by(source.c.n))
            leaves.extend(log.closing_leaf(name, number) for (number,) in closed)
        if log.merkle_root(leaves) != row.root:
            yield Failure("rows", where, "the rows that it wrote or closed are not those that it covers")
        previous, heads, expected = found, ends, row.seq + 1
    checked["log"] = expected - 1
    for name in ORDER:
        column = table(name).c["edition" if name == "entries" else "n"]
        beyond = connection.execute(select(column).where(column > heads[name]).limit(1)).scalar()
        if beyond is not None:
            yield Failure(name, str(beyond), "is covered by no log entry")


def _leaves(connection: Connection, name: str, after: int, to: int, seq: int) -> Iterator[bytes]:
    if after == to:
        return
    source = table(name)
    if name == "entries":
        return
    columns = [source.c[column] for column in covered(name)]
    for row in connection.execute(select(*columns).where(source.c.n > after, source.c.n <= to).order_by(source.c.n)):
        yield log.leaf(name, tuple(row))


def _captures(connection: Connection, captures: Captures, checked: dict[str, int]) -> Iterator[Failure]:
    source = table("captures")
    hashes = connection.execute(select(source.c.sha256).distinct().order_by(source.c.sha256)).scalars().all()
    for sha256 in hashes:
        data = captures.read(sha256)
        if data is None:
            yield Failure("capture", str(captures.path(sha256)), "is missing")
        elif hashlib.sha256(data).hexdigest() != sha256:
            yield Failure("capture", str(captures.path(sha256)), "its bytes are not those that were captured")
    checked["captures"] = len(hashes)


def _texts(connection: Connection, checked: dict[str, int]) -> Iterator[Failure]:
    d, s = table("documents"), table("statements")
    checked["documents"] = checked["statements"] = 0
    for number, identity, packed in connection.execute(select(d.c.n, d.c.id, d.c.text).order_by(d.c.n)).all():
        try:
            data = zlib.decompress(packed)
        except zlib.error:
            data = b""
        if "sha256:" + hashlib.sha256(data).hexdigest() != identity:
            yield Failure("text", identity, "is not the text that was recorded")
            return
        text = data.decode()
        checked["documents"] += 1
        rows = connection.execute(select(s).where(s.c.document == number, s.c.list.is_(None)).order_by(s.c.n)).all()
        for row in rows:
            statement = statement_of(row.id, row.body, row.words, Origin(identity))
            at = statement.evidence
            if text[at.start : at.end] != at.exact or any(
                text[item.start : item.end] != item.exact for item in statement.support
            ):
                yield Failure("statement", row.id, "its words are not at their spans")
            if row.revision == 0 and statement_id(statement, identity) != row.id:
                yield Failure("statement", row.id, "its id is not that of its content")
            checked["statements"] += 1
