"""Opening a register: found or made, recognised as one, brought up to date."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect

from comity.errors import NewerRegister, NotARegister, RegisterError, RegisterReadOnly
from comity.register import migrations, repeats
from comity.register.dialects import APPLICATION_ID, connect, engine_for, location, writing
from comity.register.failures import translated

__all__ = ["opened"]

_REPEATS_SINCE = "0007"  # the version from which on what texts repeat is found as it is now


def opened(
    where: str | Path, *, create: bool, read_only: bool = False, patience_ms: int | None = None
) -> tuple[Engine, Connection, Path | None, Path]:
    """Engine, connection, the register's file if it is one, and the folder of captured bytes beside it.

    What can't be written is opened for reading, if it is a register already.
    """
    create = create and not read_only
    url, path = location(where)
    if path is not None and not create and not path.exists():
        raise RegisterError("no such register", where=str(path), hint="add a document first")
    beside = Path(f"{path or url.database}.captures")
    try:
        engine, connection = _connected(engine_for(url, patience_ms=patience_ms, beside_writers=read_only), path)
    except RegisterReadOnly:
        if path is None or not path.exists() or not path.stat().st_size:
            raise
        engine, connection = _connected(engine_for(url, read_only=True), path)
    return engine, connection, path, beside


def _connected(engine: Engine, path: Path | None) -> tuple[Engine, Connection]:
    connection = None
    try:
        with translated(path):
            connection = connect(engine, path)
            _bring_up_to_date(connection, path)
    except BaseException:
        if connection is not None:
            connection.close()
        engine.dispose()
        raise
    return engine, connection


def _bring_up_to_date(connection: Connection, path: Path | None) -> None:
    where = str(path) if path else "the database"
    version = migrations.current(connection)
    tables = set(inspect(connection).get_table_names()) - {"alembic_version"}
    connection.rollback()
    if version == migrations.HEAD and "log" in tables:
        return
    if version is None and tables:
        raise NotARegister("holds tables that are not a register's", where=where, hint="name another file or database")
    if version is not None and "log" not in tables:
        raise NotARegister("holds no register of Comity", where=where, hint="name another file or database")
    if version is not None and version not in migrations.KNOWN:
        raise NewerRegister("was written by a later version of Comity", where=where, hint="install that version")
    if connection.dialect.name == "sqlite":
        # Outside a transaction, where SQLite alone takes it; it stays with the file.
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.execute("PRAGMA journal_mode=WAL")
    with writing(connection):
        migrations.upgrade(connection)
        if version is not None and version < _REPEATS_SINCE:
            repeats.fill(connection)
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
