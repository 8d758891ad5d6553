"""A transaction of the register in the making: rows to write, rows to close, and the log entry that covers both.

Only the writing modules use it. Numbers are given out in order from the last log entry, which is safe because writers
stand in line (see ``dialects.writing``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, update

from comity.errors import RegisterError
from comity.register import log, marks
from comity.register.captures import Captures
from comity.register.dialects import fetched, members, write_rows, writing
from comity.register.instants import OPEN, Clock, iso
from comity.register.rows import decode, encode
from comity.register.rules import Rules
from comity.register.tables import ORDER, covered, metadata, table

__all__ = ["Desk", "Draft", "Head", "drafting", "head_hash", "last_entry"]

_AT_ONCE = 20_000  # rows held in memory before they go to the database
_BACKWARD_ALLOWED = 5_000_000  # a clock that lags by this much (µs) is taken for skew, by more for set back

_COLUMNS = {name: tuple(column.name for column in metadata.tables[name].c) for name in ORDER}
_CLOCKS = {
    name: sum(column in ("opened", "closed", "known_from", "known_to") for column in columns)
    for name, columns in _COLUMNS.items()
}
_COVERED = {name: itemgetter(*(_COLUMNS[name].index(column) for column in covered(name))) for name in ORDER}


class Desk(NamedTuple):
    """What every writing verb needs: a clock, the topic's rules, the folder of captured bytes."""

    clock: Clock
    rules: Rules
    captures: Captures


class Head(NamedTuple):
    """The last log entry: its number, instant, hash, and the last number of each table."""

    seq: int
    at: int
    hash: str
    heads: dict[str, int]


def last_entry(connection: Connection) -> Head:
    """The last log entry, or the point before the first."""
    # Written by hand: every page asks it, and to build it takes longer than to answer it.
    for seq, at, own, heads in fetched(connection, "SELECT seq, at, hash, heads FROM log ORDER BY seq DESC LIMIT 1"):
        return Head(seq, at, own, decode(heads))
    return Head(0, -(2**62), log.GENESIS, {})


def head_hash(connection: Connection) -> str | None:
    """The hash of the last log entry, None before the first: what was kept with a connection holds while it stays."""
    # Written by hand, as above.
    found = fetched(connection, "SELECT hash FROM log ORDER BY seq DESC LIMIT 1")
    return found[0][0] if found else None


class Draft:
    """Rows and closings of one transaction; :func:`drafting` makes and lands it."""

    __slots__ = (
        "_absent",
        "_closed",
        "_closings",
        "_heads",
        "_ids",
        "_leaves",
        "_marks",
        "_pending",
        "_rows",
        "_tails",
        "at",
        "captures",
        "connection",
        "detail",
        "operation",
        "previous",
        "rules",
        "seq",
        "texts",
    )

    def __init__(self, connection: Connection, operation: str, desk: Desk) -> None:
        head = last_entry(connection)
        self.rules, self.captures = desk.rules, desk.captures
        self.connection = connection
        self.operation = operation
        self.detail: dict[str, Any] = {}
        self.texts: dict[int, Any] = {}  # of new documents, until what they repeat was found
        self.seq = head.seq + 1
        self.previous = head.hash
        self.at = _after(head.at, desk.clock())
        self._heads = head.heads
        self._tails = {name: _tail(name, self.seq, self.at) for name in ORDER}
        self._rows: dict[str, list[tuple[Any, ...]]] = {name: [] for name in ORDER}
        self._leaves: dict[str, list[bytes]] = {name: [] for name in ORDER}
        self._marks: dict[str, marks.Marks] = {}
        self._closings: dict[str, list[int]] = {}
        self._closed: dict[str, list[int]] = {}
        self._pending = 0
        self._ids: dict[tuple[str, str], int] = {}
        self._absent: set[tuple[str, str]] = set()  # no other writer can add them while this draft lasts

    def add(self, name: str, *values: Any) -> int:
        """A row of table ``name``: its values after the number, in order, without ``opened``…; the number it gets.

        The clocks that every table ends with (opened, closed, known_from, known_to) are filled in here.
        """
        number = self._heads.get(name, 0) + 1
        self._heads[name] = number
        self._rows[name].append((number, *values, *self._tails[name]))
        self._pending += 1
        if self._pending >= _AT_ONCE:
            self.write()
        return number

    def add_entries(self, edition: int, rows: Iterable[tuple[int, int, int]]) -> None:
        """The entries of an edition: (position, row, printed)."""
        self._heads["entries"] = edition
        self._rows["entries"].extend((edition, *row) for row in rows)
        self._pending += 1

    def close(self, name: str, number: int) -> None:
        """End the known time of a row."""
        self._closings.setdefault(name, []).append(number)

    def numbers(self, name: str, key: str, values: Iterable[str]) -> dict[str, int]:
        """The numbers of rows of ``name`` by their unique column ``key``, those of this draft included."""
        wanted = dict.fromkeys(values)
        missing = [value for value in wanted if (name, value) not in self._ids and (name, value) not in self._absent]
        if missing:
            # By the driver: each document asks this several times.
            sql = f'SELECT n, "{key}" FROM "{name}" WHERE "{key}" {{members}}'  # noqa: S608 - names are the project's own
            for number, value in members(self.connection, sql, missing):
                self._ids[name, value] = number
        self._absent.update((name, value) for value in missing if (name, value) not in self._ids)
        return {value: self._ids[name, value] for value in wanted if (name, value) in self._ids}

    def interned(self, name: str, key: str, value: str, *rest: Any) -> int:
        """The number of the row whose unique column is ``value``, written now where there is none."""
        known = self._ids.get((name, value))
        if known is None and (name, value) not in self._absent:
            known = self.numbers(name, key, [value]).get(value)
        if known is None:
            known = self._ids[name, value] = self.add(name, value, *rest)
        return known

    def marked(self, name: str, value: str) -> bool:
        """Whether ``value`` was marked for table ``name`` in this draft before; it is from now on."""
        seen = (name, value) in self._ids
        self._ids[name, value] = 0
        return seen

    @property
    def empty(self) -> bool:
        """Nothing to write and nothing to close."""
        return not (self._pending or self._closings or self._closed or any(self._leaves.values()))

    def write(self) -> None:
        """Hand the rows so far to the database, within the transaction, so that queries see them."""
        for name in ORDER:
            rows = self._rows[name]
            if rows:
                write_rows(self.connection, name, _COLUMNS[name], rows)
                self._seal(name, rows)
                rows.clear()
        for name, numbers in self._closings.items():
            self._close_rows(name, numbers)
            self._closed.setdefault(name, []).extend(numbers)
        self._closings.clear()
        self._pending = 0

    def land(self) -> None:
        """Write everything, the log entry last; the transaction is the caller's."""
        self.captures.settle()
        self.write()
        leaves = [leaf for name in ORDER for leaf in self._leaves[name]]
        for name in ORDER:
            numbers = sorted(self._closed.get(name, ()))
            leaves.extend(log.closing_leaf(name, number) for number in numbers)
            if numbers:
                self._marked(name).closed = numbers
        fields: dict[str, Any] = {
            "seq": self.seq,
            "at": self.at,
            "operation": self.operation,
            "detail": encode(self.detail),
            "format": log.FORMAT,
            "heads": encode(self._heads),
            "closures": encode({name: len(numbers) for name, numbers in sorted(self._closed.items())}),
            "root": log.merkle_root(leaves),
            "previous": self.previous,
        }
        entry = (*fields.values(), log.entry_hash(**fields))
        write_rows(self.connection, "log", (*fields, "hash"), [entry])
        self._marked("log").add([entry])
        marks.keep(self.connection, self.seq, self._marks.values())

    def _seal(self, name: str, rows: list[tuple[Any, ...]]) -> None:
        """Leaves and marks of rows that are written."""
        if name == "entries":
            self._leaves[name].extend(_entries_leaves(rows))
            self._marked(name).add(rows)
            return
        shown = list(map(_COVERED[name], rows))
        leaves = [log.leaf(name, row) for row in shown]
        self._leaves[name].extend(leaves)
        self._marked(name).add(shown, leaves)

    def _marked(self, name: str) -> marks.Marks:
        return self._marks.setdefault(name, marks.Marks(name))

    def _close_rows(self, name: str, numbers: list[int]) -> None:
        source = table(name)
        statement = (
            update(source)
            .where(source.c.n == bindparam("number"))
            .values(known_to=bindparam("until"), closed=bindparam("entry"))
        )
        rows = [{"number": number, "until": self.at, "entry": self.seq} for number in numbers]
        self.connection.execute(statement, rows)


@contextmanager
def drafting(connection: Connection, operation: str, desk: Desk) -> Iterator[Draft]:
    """A draft that lands as one transaction and one log entry when the block ends; nothing of it on any error."""
    with writing(connection):
        draft = Draft(connection, operation, desk)
        yield draft
        if not draft.empty:
            draft.land()


def _tail(name: str, seq: int, at: int) -> tuple[Any, ...]:
    width = _CLOCKS[name]
    return (seq, None, at, OPEN) if width == 4 else (seq, at)[:width]


def _entries_leaves(rows: list[tuple[Any, ...]]) -> Iterator[bytes]:
    editions: dict[int, list[tuple[int, int, int]]] = {}
    for edition, *row in rows:
        editions.setdefault(edition, []).append((row[0], row[1], row[2]))
    yield from (log.entries_leaf(edition, sorted(entries)) for edition, entries in sorted(editions.items()))


def _after(last: int, now: int) -> int:
    """The instant of the next entry: never the same as the last, never before it."""
    if now > last:
        return now
    if last - now <= _BACKWARD_ALLOWED:
        return last + 1
    raise RegisterError(
        f"the clock says {iso(now)}, but the last entry was made at {iso(last)}",
        where="clock",
        hint="set the clock right",
    )
