"""Proof that a register is whole: bytes, texts, spans, ids, chain and the database's own integrity."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from comity.errors import ComityError
from comity.identity import row_id, statement_id
from comity.register import log, marks, repeat_checks
from comity.register.captures import Captures
from comity.register.dialects import integrity
from comity.register.instants import OPEN
from comity.register.leaves import closed, written
from comity.register.papers import unpacked
from comity.register.rows import Origin, decode, slots_of, statement_of, words_of
from comity.register.tables import CLOSABLE, ORDER, table

__all__ = ["Failure", "Verification", "verify"]

_AT_ONCE = 5_000


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
    hashes, documents = _sealed(connection)
    yield from _captures(connection, captures, hashes, checked)
    yield from _texts(connection, documents, checked)
    yield from _rows(connection, checked)
    checked["repeated texts"] = 0
    yield from (Failure(*found) for found in repeat_checks.checked(connection, sorted(documents), checked))


# --- the log ---------------------------------------------------------------------------------------------------


def _chain(connection: Connection, checked: dict[str, int]) -> Iterator[Failure]:
    entries = table("log")
    previous, heads, seq = log.GENESIS, dict.fromkeys(ORDER, 0), 0
    marked = marks.first_marked(connection)
    checked["log"] = checked["rows"] = 0
    while True:
        row = connection.execute(select(entries).where(entries.c.seq > seq).order_by(entries.c.seq).limit(1)).first()
        if row is None:
            break
        seq += 1
        where = f"log entry {seq}"
        if row.seq != seq:
            yield Failure("log", where, "is missing")
            return
        fields: dict[str, Any] = dict(row._mapping)
        if row.format != log.FORMAT:
            yield Failure("log", f"log {seq} format", f"log entry {seq} has a format that is not known, {row.format}")
            return
        if row.previous != previous or log.entry_hash(**{k: v for k, v in fields.items() if k != "hash"}) != row.hash:
            yield from _named(connection, row, heads, None)
            yield Failure("log", where, "its hash is not that of its content and of the entry before it")
            return
        ends = {**heads, **decode(row.heads)}
        for failure in _covered_rows(connection, row, heads, ends, checked):
            yield from _named(connection, row, heads, ends)
            yield failure
        if marked is not None and seq >= marked:
            yield from (Failure(*found) for found in marks.unlike(connection, row, heads, ends))
        previous, heads = row.hash, ends
        checked["log"] = seq
    yield from _beyond(connection, heads, seq)


def _named(connection: Connection, entry: Any, heads: dict[str, int], ends: dict[str, int] | None) -> Iterator[Failure]:
    """The values of a log entry, or of its rows, that are not what was written, as the entry's marks tell."""
    for found in marks.differences(connection, entry, heads, ends):
        yield Failure(*found)


def _covered_rows(
    connection: Connection, entry: Any, heads: dict[str, int], ends: dict[str, int], checked: dict[str, int]
) -> Iterator[Failure]:
    """Recompute the root of one log entry; where it differs, say as near as can be told which rows it is."""
    leaves: list[bytes] = []
    for name in ORDER:
        if heads[name] == ends[name]:
            continue
        found = [leaf.hash for leaf in written(connection, name, heads[name], ends[name])]
        span = f"{name} {heads[name] + 1} to {ends[name]} (log entry {entry.seq})"
        if name != "entries" and len(found) != ends[name] - heads[name]:
            yield Failure(name, span, "rows are missing or too many")
        leaves.extend(found)
        checked["rows"] += len(found)
    closures = decode(entry.closures)
    for name in CLOSABLE:
        ended = closed(connection, name, entry.seq)
        for n, until in ended:
            if until != entry.at and len(ended) == closures.get(name, 0):
                yield Failure(name, f"{name} {n} known_to", f"is not what was written (log entry {entry.seq})")
        if len(ended) != closures.get(name, 0) or any(until != entry.at for _, until in ended):
            yield Failure(name, f"log entry {entry.seq}", "the rows that it closed are not those that are closed")
        leaves.extend(log.closing_leaf(name, n) for n, _ in ended)
    if log.merkle_root(leaves) != entry.root:
        names = ", ".join(name for name in ORDER if heads[name] != ends[name])
        yield Failure("rows", f"log entry {entry.seq}", f"a value in {names} is not what was written")


def _beyond(connection: Connection, heads: dict[str, int], seq: int) -> Iterator[Failure]:
    """Rows, or closings, that no log entry covers."""
    for name in ORDER:
        source = table(name)
        column = source.c["edition" if name == "entries" else "n"]
        found = connection.execute(
            select(column).where((column > heads[name]) | (column < 1)).order_by(column).limit(1)
        ).scalar()
        if found is not None:
            yield Failure(name, f"{name} {found}", "is covered by no log entry")
    for name in CLOSABLE:
        source = table(name)
        query = select(source.c.n, source.c.closed).where(
            ((source.c.closed.is_(None)) & (source.c.known_to != OPEN))
            | (source.c.closed > seq)
            | ((source.c.closed.is_not(None)) & (source.c.closed < source.c.opened))
        )
        row = connection.execute(query.order_by(source.c.n).limit(1)).first()
        if row is not None:
            which = "known_to" if row.closed is None else "closed"
            yield Failure(name, f"{name} {row.n} {which}", "its known time was changed without a log entry")
    m = table("marks")
    marked = connection.execute(select(m.c.seq).where((m.c.seq > seq) | (m.c.seq < 1)).limit(1)).scalar()
    if marked is not None:
        yield Failure("marks", f"marks {marked}", "is of no log entry")


# --- bytes, texts, statements ----------------------------------------------------------------------------------


def _sealed(connection: Connection) -> tuple[set[str], set[int]]:
    """What was sealed: hashes of captured bytes, rows of documents."""
    c, e = table("captures"), table("seals")
    numbers = set(connection.execute(select(e.c.document)).scalars())
    hashes = connection.execute(select(c.c.sha256).join(e, e.c.document == c.c.document)).scalars()
    return set(hashes), numbers


def _captures(
    connection: Connection, captures: Captures, sealed: set[str], checked: dict[str, int]
) -> Iterator[Failure]:
    source = table("captures")
    checked["captures"] = 0
    after = ""
    query = select(source.c.sha256).distinct().order_by(source.c.sha256).limit(_AT_ONCE)
    while hashes := connection.execute(query.where(source.c.sha256 > after)).scalars().all():
        for sha256 in hashes:
            data = captures.read(sha256)
            if sha256 in sealed:
                if data is not None:
                    yield Failure("capture", str(captures.path(sha256)), "was sealed and is still there")
                checked["sealed"] = checked.get("sealed", 0) + 1
                continue
            if data is None:
                yield Failure("capture", str(captures.path(sha256)), "is missing")
            elif hashlib.sha256(data).hexdigest() != sha256:
                yield Failure("capture", str(captures.path(sha256)), "its bytes are not those that were captured")
            checked["captures"] += 1
        after = hashes[-1]


def _texts(connection: Connection, sealed: set[int], checked: dict[str, int]) -> Iterator[Failure]:
    d, s = table("documents"), table("statements")
    checked["documents"] = checked["statements"] = 0
    after = 0
    while rows := connection.execute(
        select(d.c.n, d.c.id, d.c.text).where(d.c.n > after).order_by(d.c.n).limit(100)
    ).all():
        for number, identity, packed in rows:
            if number in sealed:
                yield from _left_of_sealed(connection, number, identity, packed)
                checked["documents"] += 1
                continue
            text = _text(packed)
            if text is None or "sha256:" + hashlib.sha256(text.encode()).hexdigest() != identity:
                yield Failure("documents", f"documents {number} text", f"is not the text that was recorded, {identity}")
                return
            query = select(s).where(s.c.document == number, s.c.list.is_(None)).order_by(s.c.n)
            for row in connection.execute(query):
                why = _statement_fault(row, identity, text)
                if why:
                    yield Failure("statements", f"statements {row.n} words", f"{why} ({row.id})")
                checked["statements"] += 1
            checked["documents"] += 1
        after = rows[-1].n


def _left_of_sealed(connection: Connection, number: int, identity: str, packed: bytes | None) -> Iterator[Failure]:
    s = table("statements")
    if packed is not None:
        yield Failure("documents", f"documents {number} text", f"was sealed and is still there, {identity}")
    query = select(s.c.n).where(s.c.document == number, s.c.words.is_not(None)).order_by(s.c.n).limit(1)
    left = connection.execute(query).scalar()
    if left is not None:
        yield Failure("statements", f"statements {left} words", "its text was sealed and its words are still there")


def _text(packed: bytes | None) -> str | None:
    try:
        return unpacked(packed or b"").decode()
    except (zlib.error, UnicodeDecodeError):
        return None


def _statement_fault(row: Any, identity: str, text: str) -> str | None:
    try:
        statement = statement_of(row.id, row.body, row.words, Origin(identity))
    except (ValueError, TypeError, msgspec.MsgspecError):
        return "its body can't be read"
    if words_of(statement) != row.words:
        return "its words are not as they were written"
    at = statement.evidence
    spans: list[Sequence[Any]] = [(at.start, at.end, at.exact)]
    spans.extend((item.start, item.end, item.exact) for item in statement.support)
    if any(text[start:end] != exact for start, end, exact in spans):
        return "its words are not at their spans"
    start, end = at.start or 0, at.end or 0
    if not text[:start].endswith(at.prefix or "") or not text[end:].startswith(at.suffix or ""):
        return "its context is not that of its span"
    if statement_id(statement, identity) != row.id:
        return "its id is not that of its content"
    return None


def _rows(connection: Connection, checked: dict[str, int]) -> Iterator[Failure]:
    """Statements of lists: ids recomputed from their printed cells."""
    s = table("statements")
    after = 0
    while rows := connection.execute(
        select(s).where(s.c.n > after, s.c.list.is_not(None)).order_by(s.c.n).limit(_AT_ONCE)
    ).all():
        for row in rows:
            try:
                statement = statement_of(row.id, row.body, None, Origin(""))
                values = {slot: statement.value.get(slot) for slot in slots_of(row.body)}
                cells = statement.evidence.cells or {}
                whole = row.words is None and row.id == row_id(
                    row.list, statement.predicate, statement.subject.name, values, cells
                )
            except (ValueError, TypeError, ComityError, msgspec.MsgspecError):
                whole = False
            if not whole:
                yield Failure("statement", row.id, "its id is not that of its row")
            checked["statements"] += 1
        after = rows[-1].n
