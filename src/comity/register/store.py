"""The register: opened by path or URL, read at any two instants, written through a handful of verbs.

Use :meth:`Register.open`, as a context manager. Writing verbs are one transaction and one log entry each.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine, inspect

from comity.errors import NewerRegister, NotARegister, RegisterError
from comity.model import Belief, Document, Reading
from comity.register import migrations, reading, recording, verification
from comity.register.captures import Captures
from comity.register.dialects import APPLICATION_ID, connect, engine_for, location, translated, writing
from comity.register.draft import drafting
from comity.register.instants import Clock, end_of, system_clock
from comity.register.recording import Recorded
from comity.register.rules import Rules
from comity.register.verification import Verification

__all__ = ["Register"]


class Register:
    """A register on SQLite or PostgreSQL. Make one with :meth:`open`; close it, or use it in a ``with`` statement."""

    def __init__(
        self, engine: Engine, connection: Connection, captures: Captures, rules: Rules, clock: Clock, path: Path | None
    ) -> None:
        self.captures = captures
        self.rules = rules
        self.clock = clock
        self.path = path
        self._engine = engine
        self._connection = connection

    @classmethod
    def open(
        cls,
        where: str | Path,
        *,
        rules: Rules | None = None,
        clock: Clock = system_clock,
        captures: Path | None = None,
        create: bool = True,
    ) -> Self:
        """Open the register at a path or database URL; made there unless ``create`` is False, brought up to date.

        ``clock`` gives the instant of each log entry in microseconds since 1970. Captured bytes are kept in
        ``captures``, by default beside the register.
        Raises NotARegister, NewerRegister, RegisterReadOnly, RegisterBusy, RegisterError.
        """
        url, path = location(where)
        if path is not None and not create and not path.exists():
            raise RegisterError("no such register", where=str(path), hint="add a document first")
        engine = engine_for(url)
        connection = connect(engine, path)
        try:
            with translated(path):
                _bring_up_to_date(connection, path)
        except BaseException:
            connection.close()
            engine.dispose()
            raise
        folder = captures or Path(f"{path or url.database}.captures")
        return cls(engine, connection, Captures(folder), rules or Rules(), clock, path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self._connection.close()
        self._engine.dispose()

    # --- writing ---

    def record(self, document: Document, read: Reading, data: bytes | None = None) -> Recorded:
        """Record a document with what was read from it; safe to repeat. ``data`` are its bytes, else read from its path."""
        return self.record_all([(document, read, data)])[0]

    def record_all(self, items: Iterable[tuple[Document, Reading, bytes | None]]) -> tuple[Recorded, ...]:
        """Record several documents in one transaction: all or none."""
        with translated(self.path), drafting(self._connection, "record", self.clock) as draft:
            return recording.record_all(draft, self.captures, self.rules, items)

    # --- reading ---

    def as_of(self, valid: str, known: str | None = None) -> tuple[Belief, ...]:
        """All beliefs that hold in the world at ``valid``, as the register knew them at ``known`` (default: now)."""
        return self.beliefs(valid=valid, known=known)

    def beliefs(
        self,
        *,
        entity: str | None = None,
        facet: str | None = None,
        valid: str | None = None,
        known: str | None = None,
    ) -> tuple[Belief, ...]:
        """Beliefs of an entity or a facet at two instants; a day means its end. Without ``valid``: of any time."""
        asked = reading.Question(
            entity=entity,
            facet=facet,
            valid=end_of(valid) if valid else None,
            known=end_of(known) if known else None,
        )
        with translated(self.path):
            found = tuple(reading.beliefs(self._connection, asked))
            self._connection.rollback()
            return found

    def verify(self) -> Verification:
        """Recompute bytes, texts, spans, ids and the chain; name the first thing that doesn't hold."""
        with translated(self.path):
            found = verification.verify(self._connection, self.captures)
            self._connection.rollback()
            return found


def _bring_up_to_date(connection: Connection, path: Path | None) -> None:
    where = str(path) if path else "the database"
    version = migrations.current(connection)
    names = set(inspect(connection).get_table_names()) if version is None else set()
    connection.rollback()
    if version == migrations.HEAD:
        return
    if names:
        raise NotARegister("holds tables that are not a register's", where=where, hint="name another file or database")
    if version is not None and version not in migrations.KNOWN:
        raise NewerRegister("was written by a later version of Comity", where=where, hint="install that version")
    if connection.dialect.name == "sqlite":
        # Outside a transaction, where SQLite alone takes it; it stays with the file.
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.execute("PRAGMA journal_mode=WAL")
    with writing(connection):
        migrations.upgrade(connection)
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
