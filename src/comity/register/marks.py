"""Short checksums of what each log entry wrote, by which ``verify`` tells which value was changed.

The log proves that something was changed; its hashes are of rows, many together. So each entry leaves beside it, for
each table, four bytes of every row and a CRC of every column, of JSON objects one of every field: where a row and a
column differ, they cross at the value. Marks prove nothing and are covered by nothing: ``verify`` holds them to the
rows once the log has held these, and a register without them, of an earlier version, is verified all the same.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, select

from comity.register import log
from comity.register.dialects import write_rows
from comity.register.rows import decode, encode
from comity.register.tables import CLOSABLE, ORDER, covered, table

__all__ = ["Marks", "differences", "first_marked", "keep", "unlike"]

_WIDTH = 4
_AT_ONCE = 5_000
_OBJECTS = frozenset({"body", "note"})  # columns that hold a JSON object
_fields = msgspec.json.Decoder(dict[str, msgspec.Raw])
_encode = msgspec.json.Encoder().encode
_KEYS = {"entries": ("edition", "position"), "log": ("seq",)}


class Marks:
    """The marks of the rows of one table that one log entry wrote and closed; they come in order, in any portions."""

    __slots__ = ("closed", "columns", "rows", "table")

    def __init__(self, name: str) -> None:
        self.table = name
        self.rows = bytearray()
        self.columns: dict[str, int] = {}
        self.closed: list[int] = []

    def add(self, rows: Sequence[tuple[Any, ...]], hashes: Iterable[bytes] | None = None) -> None:
        """More rows, each the covered columns in their order; their leaves' hashes, where they are at hand."""
        if not rows:
            return
        for each in hashes or (log.leaf(self.table, row) for row in rows):
            self.rows += each[:_WIDTH]
        for column, values in zip(covered(self.table), zip(*rows, strict=True), strict=True):
            self._sum(column, _encode(values)[1:-1] + b",")
            if column in _OBJECTS:
                self._sum_fields(column, values)

    def _sum_fields(self, column: str, values: Iterable[str | None]) -> None:
        prefix = column + "."
        sums = {name.removeprefix(prefix): at for name, at in self.columns.items() if name.startswith(prefix)}
        for value in values:
            if value is not None:
                for field, raw in _object(value).items():
                    sums[field] = zlib.crc32(b"\n", zlib.crc32(raw, sums.get(field, 0)))
        self.columns |= {prefix + field: at for field, at in sums.items()}

    def _sum(self, column: str, data: bytes) -> None:
        self.columns[column] = zlib.crc32(data, self.columns.get(column, 0))

    def row(self, seq: int) -> tuple[int, str, str, str, str]:
        """The row in which they are kept, of log entry ``seq``."""
        return seq, self.table, self.rows.hex(), encode(self.columns), encode(self.closed)


class Difference(NamedTuple):
    """A row, or a value in it, that is not what was written."""

    table: str
    where: str
    why: str


def keep(connection: Connection, seq: int, marks: Iterable[Marks]) -> None:
    """Write the marks of a log entry."""
    columns = tuple(column.name for column in table("marks").c)
    write_rows(connection, "marks", columns, [each.row(seq) for each in marks])


def first_marked(connection: Connection) -> int | None:
    """The first log entry that has marks; None where none has. All later ones have."""
    m = table("marks")
    return connection.execute(select(m.c.seq).order_by(m.c.seq).limit(1)).scalar()


def _of_entry(
    connection: Connection, entry: Any, heads: Mapping[str, int], ends: Mapping[str, int]
) -> dict[str, Marks]:
    """The marks of a log entry as its rows are now; ``heads`` and ``ends`` are the last numbers before and after it."""
    found: dict[str, Marks] = {}
    for name in ORDER:
        if heads[name] != ends[name]:
            made = Marks(name)
            for rows in _written(connection, name, heads[name], ends[name]):
                made.add(rows)
            if made.rows:  # an edition without a row leaves none
                found[name] = made
    for name in CLOSABLE:
        source = table(name)
        query = select(source.c.n).where(source.c.closed == entry.seq).order_by(source.c.n)
        numbers = list(connection.execute(query).scalars())
        if numbers:
            found.setdefault(name, Marks(name)).closed = numbers
    own = found["log"] = Marks("log")
    own.add([tuple(entry)])
    return found


def differences(
    connection: Connection, entry: Any, heads: Mapping[str, int], ends: Mapping[str, int] | None
) -> Iterator[Difference]:
    """What of a log entry, without ``ends`` of its own row alone, is not as it was written, by its marks.

    Nothing where it has none.
    """
    kept = _kept(connection, entry.seq)
    if not kept:
        return
    now = _of_entry(connection, entry, heads, ends or heads)
    for name in (*ORDER, "log") if ends else ("log",):
        made = now.get(name) or Marks(name)
        was = kept.get(name)
        if was is None:
            for n in made.closed:
                yield Difference(name, f"{name} {n} closed", f"log entry {entry.seq} did not close it")
            continue
        try:
            kept_closed, columns = set(decode(was.closed)), dict(decode(was.columns))
        except (msgspec.MsgspecError, TypeError, ValueError):
            yield Difference("marks", f"marks {entry.seq}/{name} columns, closed", "can't be read")
            continue
        for n in sorted({*made.closed} ^ kept_closed) if ends else ():
            yield Difference(name, f"{name} {n} closed", f"log entry {entry.seq} closed other rows")
        if made.row(entry.seq)[2:4] != (was.rows, was.columns):
            yield from _crossing(connection, made, was, columns, heads.get(name, 0))


def unlike(
    connection: Connection, entry: Any, heads: Mapping[str, int], ends: Mapping[str, int]
) -> Iterator[Difference]:
    """Which marks of a log entry are not those of its rows; for an entry that holds, and that has to have marks."""
    kept = _kept(connection, entry.seq)
    now = _of_entry(connection, entry, heads, ends)
    for name, made in now.items():
        was = kept.pop(name, None)
        if was is None:
            yield Difference("marks", f"marks {entry.seq}/{name}", "is missing")
            continue
        names = ("rows", "columns", "closed")
        wrong = [
            each
            for each, ours in zip(names, made.row(entry.seq)[2:], strict=True)
            if getattr(was, each) != ours and (each != "columns" or _other(was.columns, made.columns))
        ]
        if wrong:
            yield Difference("marks", f"marks {entry.seq}/{name} {', '.join(wrong)}", "is not what was written")
    for name in kept:
        yield Difference("marks", f"marks {entry.seq}/{name}", "is of no rows")


def _other(columns: str, made: Mapping[str, int]) -> bool:
    """Whether kept column marks differ; fields may stand in the order of other portions."""
    try:
        return bool(decode(columns) != made) or len(columns) != len(encode(made))
    except msgspec.MsgspecError:
        return True


def _kept(connection: Connection, seq: int) -> dict[str, Any]:
    m = table("marks")
    return {row.table: row for row in connection.execute(select(m).where(m.c.seq == seq))}


def _crossing(
    connection: Connection, made: Marks, was: Any, columns: Mapping[str, int], after: int
) -> Iterator[Difference]:
    """The rows and columns of one table that differ from what they were."""
    name, entry = made.table, f"log entry {was.seq}"
    keys = _numbers(connection, name, was.seq, after, made)
    old, new = _parts(was.rows), _parts(made.rows.hex())
    if len(old) != len(new):
        number = next((n for n, key in enumerate(keys, after + 1) if key != str(n)), after + len(keys) + 1)
        where = name if name in _KEYS else f"{name} {number}"
        yield Difference(name, where, f"is missing, or rows are too many ({entry})")
        return
    changed = [key for key, one, other in zip(keys, old, new, strict=True) if one != other]
    differ = [each for each in {**columns, **made.columns} if columns.get(each) != made.columns.get(each)]
    exact = [each for each in differ if not any(other.startswith(each + ".") for other in differ)]
    for key in changed:
        yield Difference(name, f"{name} {key} {', '.join(exact)}", f"is not what was written ({entry})")


def _parts(rows: str) -> list[str]:
    return [rows[at : at + 2 * _WIDTH] for at in range(0, len(rows), 2 * _WIDTH)]


def _numbers(connection: Connection, name: str, seq: int, after: int, made: Marks) -> list[str]:
    """What the rows of a table that an entry wrote are called, in order."""
    if name == "log":
        return [str(seq)]
    source = table(name)
    keys = [source.c[column] for column in _KEYS.get(name, ("n",))]
    query = select(*keys).where(keys[0] > after).order_by(*keys).limit(len(made.rows) // _WIDTH)
    return ["/".join(map(str, row)) for row in connection.execute(query)]


def _written(connection: Connection, name: str, after: int, to: int) -> Iterator[list[tuple[Any, ...]]]:
    source = table(name)
    columns = [source.c[column] for column in covered(name)]
    keys = [source.c[column] for column in _KEYS.get(name, ("n",))]
    for start in range(after, to, _AT_ONCE):
        span = keys[0] > start, keys[0] <= min(start + _AT_ONCE, to)
        yield [tuple(row) for row in connection.execute(select(*columns).where(*span).order_by(*keys))]


def _object(value: str) -> Mapping[str, msgspec.Raw]:
    try:
        return _fields.decode(value)
    except (msgspec.MsgspecError, UnicodeError):
        return {}
