"""Where SQLite and PostgreSQL differ: connections, the start of a transaction, bulk rows.

Everything else of the register is the same SQLAlchemy Core for both. What their errors mean stands in ``failures``.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import (
    ARRAY,
    URL,
    ColumnElement,
    Connection,
    Engine,
    any_,
    create_engine,
    event,
    exc,
    func,
    literal,
    make_url,
    select,
    text,
)
from sqlalchemy.pool import NullPool, QueuePool

from comity.errors import NotARegister, RegisterError, RegisterReadOnly, UsageError
from comity.register.failures import translated

__all__ = [
    "APPLICATION_ID",
    "MEMBERS",
    "PATIENCE_MS",
    "among",
    "as_list",
    "asking",
    "connect",
    "copy_to",
    "engine_for",
    "fetched",
    "integrity",
    "location",
    "members",
    "rehearsing",
    "scrub",
    "write_rows",
    "writing",
]

APPLICATION_ID = 0x436F6D69  # "Comi", in the header of every SQLite register
_ADVISORY = 0x436F6D697479  # "Comity": the lock that writers on PostgreSQL queue for
_MAGIC = b"SQLite format 3\x00"
PATIENCE_MS = 30_000
"""How long a writer on SQLite waits for another one, where nothing else is said."""
_DUE, _BEGUN = "due", "begun"  # of a rehearsal: nothing is written yet; all goes into one transaction
_ASKING = "asking"  # of a connection: a transaction of questions is under way
_looked_at: set[tuple[int, int]] = set()  # files (device, number) that this process has opened as registers
_looking = threading.Lock()
_PRAGMAS = ("synchronous=FULL", "cache_size=-65536", "wal_autocheckpoint=8000")
# Many readers stand side by side: they share the system's pages of the file rather than keep their own. SQLite maps
# no more than these two gigabytes; the rest is read.
_PRAGMAS_READING = ("query_only=ON", "cache_size=-8192", "mmap_size=2147418112")


def location(register: str | Path) -> tuple[URL, Path | None]:
    """The SQLAlchemy URL of a register, and its file where it is one. A bare path means SQLite.

    Raises UsageError for a URL of another database.
    """
    given = str(register)
    if "://" not in given:
        try:
            path = Path(given).expanduser().absolute()
        except RuntimeError as error:  # "~name" of nobody
            raise UsageError("no such home folder", where=given) from error
        return URL.create("sqlite", database=str(path)), path
    try:
        url = make_url(given)
    except exc.ArgumentError as error:
        raise UsageError("not a database URL", where=given, hint="a path, or postgresql://…") from error
    family = url.get_backend_name()
    if family == "sqlite" and url.database:
        return location(url.database)
    if family in {"postgresql", "postgres"}:
        return url.set(drivername="postgresql+psycopg"), None
    raise UsageError("a register is a SQLite file or a PostgreSQL database", where=family)


def engine_for(
    url: URL, *, patience_ms: int | None = None, read_only: bool = False, beside_writers: bool = False
) -> Engine:
    """An engine whose transactions begin as the register needs them: see :func:`writing`.

    ``read_only`` is for what can't be written, ``beside_writers`` for who only reads what others may write meanwhile.
    """
    if url.get_backend_name() == "postgresql":
        try:
            asked = {"connect_args": {"options": "-c default_transaction_read_only=on"}} if beside_writers else {}
            return create_engine(url, poolclass=QueuePool, pool_size=4, isolation_level="READ COMMITTED", **asked)
        except ModuleNotFoundError as error:
            hint = "pip install 'comity[postgresql]'"
            raise RegisterError(
                "PostgreSQL needs a library that is not installed", where="psycopg", hint=hint
            ) from error
    path = url.database or ""
    mode = "ro" if beside_writers else _read_only_mode(path) if read_only else "rwc"
    uri = f"file:{quote(path)}?mode={mode}"
    pragmas = _PRAGMAS_READING if beside_writers else _PRAGMAS
    patience = PATIENCE_MS if patience_ms is None else patience_ms

    def opened() -> sqlite3.Connection:
        # Transactions are begun by hand (isolation_level None): the driver's own begin too late for IMMEDIATE.
        raw = sqlite3.connect(uri, uri=True, timeout=patience / 1000, isolation_level=None, check_same_thread=False)
        for pragma in pragmas:
            raw.execute(f"PRAGMA {pragma}")
        return raw

    engine = create_engine("sqlite://", creator=opened, poolclass=NullPool)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        raw: Any = connection.connection.driver_connection
        raw.execute("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")

    return engine


def _read_only_mode(path: str) -> str:
    # A register in a folder that can't be written has no room for the files beside it that WAL needs; "immutable" does
    # without them, which is safe only where no writer has left any.
    return "ro" if Path(path + "-wal").exists() else "ro&immutable=1"


def connect(engine: Engine, path: Path | None) -> Connection:
    """One connection for the life of a register, with its settings made. Raises as :func:`translated` does."""
    with translated(path):
        if path is None:
            return engine.connect()
        with _looking:
            _look_at(path)
            connection = engine.connect()
            _looked_at.add(_number(path))
        return connection


def _number(path: Path) -> tuple[int, int]:
    at = path.stat()
    return at.st_dev, at.st_ino


def _look_at(path: Path) -> None:
    """Refuse what can't be a register, before SQLite touches it."""
    if path.is_dir():
        raise NotARegister("is a folder", where=str(path), hint="name a file")
    if not path.parent.is_dir():
        raise RegisterError("no such folder", where=str(path.parent), hint="make it first")
    # Once a process: to close a file lets go of all locks that the process has on it (fcntl(2)), those of its open
    # connections too, and another process would take itself for the last one and remove the log of writes.
    if path.exists() and _number(path) not in _looked_at:
        with path.open("rb") as file:
            head = file.read(len(_MAGIC))
        if head and not _MAGIC.startswith(head):
            raise NotARegister("is no register of Comity", where=str(path), hint="name another file")
    if path.exists() and 0 < path.stat().st_size < 100:
        raise NotARegister("is truncated", where=str(path), hint="restore it from a backup")


@contextmanager
def writing(connection: Connection, *, aside: bool = False) -> Iterator[Connection]:
    """A transaction that no other writer can come between, from its first statement on; all of it lands, or none.

    ``aside`` is for rows that are no part of the register's log: on PostgreSQL these wait for no writer of it.
    Raises RegisterReadOnly where the connection is for reading alone.
    """
    rehearsal = connection.get_execution_options().get("rehearsal")
    if rehearsal == _BEGUN:
        with connection.begin_nested():
            yield connection
        return
    if connection.in_transaction():
        connection.rollback()
    connection.execution_options(writes=True)
    try:
        with ExitStack() as stack:
            whole = connection.begin()
            if rehearsal != _DUE:
                stack.enter_context(whole)
            if connection.dialect.name == "postgresql":
                # Refused at once, as SQLite does it, and not at the first row: nothing is asked or compared before.
                if connection.execute(text("SELECT current_setting('transaction_read_only')")).scalar() == "on":
                    raise RegisterReadOnly("no permission to write", where="the database")
                if not aside:
                    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY})
            if rehearsal == _DUE:
                connection.execution_options(rehearsal=_BEGUN)
                stack.enter_context(connection.begin_nested())
            yield connection
    finally:
        connection.execution_options(writes=False)


@contextmanager
def rehearsing(connection: Connection) -> Iterator[Connection]:
    """What is written in the block is seen on this connection alone, and nothing of it stays.

    Other writers wait from the first write on until the block ends.
    """
    connection.execution_options(rehearsal=_DUE)
    try:
        yield connection
    finally:
        connection.execution_options(rehearsal=None)
        connection.rollback()


@contextmanager
def asking(connection: Connection) -> Iterator[Connection]:
    """A transaction in which all questions see the register at one moment, whoever writes meanwhile.

    Within another one it is part of that one.
    """
    if connection.info.get(_ASKING) or connection.get_execution_options().get("rehearsal") == _BEGUN:
        yield connection
        return
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"))
    connection.info[_ASKING] = True
    try:
        yield connection
    finally:
        del connection.info[_ASKING]
        connection.rollback()


def fetched(connection: Connection, sql: str, values: Any = ()) -> Sequence[Any]:
    """All rows that answer SQL that is ready, in the database's own form of parameters: for what every page asks.

    On SQLite by the driver itself: what SQLAlchemy adds to a question takes longer than the question.
    """
    if connection.dialect.name != "sqlite":
        return connection.exec_driver_sql(sql, values).all()
    if not connection.in_transaction():
        connection.begin()
    raw: Any = connection.connection.driver_connection
    found: list[Any] = raw.execute(sql, values).fetchall()
    return found


def write_rows(connection: Connection, table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert many rows, each a tuple in the order of ``columns``: executemany on SQLite, COPY on PostgreSQL.

    By the driver alone, in a transaction that has begun (:func:`writing`).
    """
    if not rows:
        return
    names = ", ".join(f'"{column}"' for column in columns)
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name == "postgresql":
        with driver.cursor() as cursor, cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
            for row in rows:
                copy.write_row(row)
        return
    marks = ", ".join("?" * len(columns))
    driver.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', rows)  # noqa: S608 - names are the project's own


def among(connection: Connection, column: ColumnElement[Any], values: Sequence[Any]) -> ColumnElement[bool]:
    """``column`` is one of ``values``: one parameter, however many they are, so that a statement is compiled once."""
    if connection.dialect.name == "postgresql":
        return column == any_(literal(list(values), ARRAY(column.type)))
    return column.in_(select(func.json_each(json.dumps(list(values))).table_valued("value").c.value))


def as_list(connection: Connection, values: Sequence[Any]) -> Any:
    """Several values as the one parameter in which SQL that is written by hand takes them."""
    return list(values) if connection.dialect.name == "postgresql" else json.dumps(list(values))


MEMBERS = {"postgresql": "= ANY(:ids)", "sqlite": "IN (SELECT value FROM json_each(:ids))"}
"""That a column is one of :func:`as_list`, in SQL that is written by hand."""


def members(connection: Connection, sql: str, values: Sequence[Any]) -> Sequence[Any]:
    """All rows that answer SQL in which ``{members}`` stands for being one of ``values``, as :func:`fetched`."""
    if connection.dialect.name == "postgresql":
        return fetched(connection, sql.format(members="= ANY(%(ids)s)"), {"ids": list(values)})
    return fetched(connection, sql.format(members="IN (SELECT value FROM json_each(?))"), (json.dumps(list(values)),))


def copy_to(connection: Connection, target: Path, *, emptied: Sequence[str] = ()) -> None:
    """Copy a SQLite register to a file that isn't there, whoever writes meanwhile: whole, or not at all.

    The tables that are ``emptied`` come without their rows.
    Raises RegisterError on PostgreSQL, whose own tools do that.
    """
    if connection.dialect.name != "sqlite":
        hint = "pg_dump --format=custom --file=FILE the database, then copy its folder of captured bytes"
        raise RegisterError("is on PostgreSQL, which brings its own backup", where="backup", hint=hint)
    if target.exists():
        raise RegisterError("is there already", where=str(target), hint="name another file")
    making = target.with_name(f".{target.name}.part")
    raw: Any = connection.connection.driver_connection
    with translated(target):
        try:
            copy = sqlite3.connect(making)
            try:
                raw.backup(copy)
                copy.execute("PRAGMA secure_delete=ON")
                for name in emptied:
                    copy.execute(f'DELETE FROM "{name}"')  # noqa: S608 - names are the project's own
                copy.commit()
                copy.execute("PRAGMA journal_mode=WAL")
            finally:
                copy.close()
            making.replace(target)
        finally:
            making.unlink(missing_ok=True)


def scrub(connection: Connection) -> None:
    """Leave nothing of removed values in a SQLite file or beside it; on PostgreSQL VACUUM FULL does, when it is run."""
    if connection.dialect.name != "sqlite":
        return
    if connection.in_transaction():
        connection.rollback()
    raw: Any = connection.connection.driver_connection
    raw.execute("VACUUM")
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.rollback()


def integrity(connection: Connection) -> str | None:
    """What the database itself finds wrong with its file; None where it finds nothing (PostgreSQL: not asked)."""
    if connection.dialect.name != "sqlite":
        return None
    found = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar()
    return None if found == "ok" else str(found)
