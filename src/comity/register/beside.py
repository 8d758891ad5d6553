"""What lies in a register's database and is no part of it: accounts, uploads, replies, webhooks.

Their rows change and go; no log covers them and no export holds them. Instants are microseconds since 1970.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from sqlalchemy import Connection, Engine

from comity.register import opening
from comity.register.dialects import writing
from comity.register.failures import translated
from comity.register.instants import Clock, system_clock
from comity.register.tables import WHOLE, WORDS

__all__ = ["WHOLE", "WORDS", "Beside"]

_PATIENCE_MS = 5_000  # a page doesn't wait longer for whoever writes the register


class Beside:
    """Rows beside a register, asked and written by themselves. Make one with :meth:`open`; threads may share it."""

    def __init__(self, engine: Engine, path: Path | None, clock: Clock) -> None:
        self._engine, self._path, self._clock = engine, path, clock

    @classmethod
    def open(cls, where: str | Path, *, clock: Clock = system_clock) -> Self:
        """Those of the register at a path or database URL, which is brought up to date. Raises RegisterError."""
        engine, connection, path, _ = opening.opened(where, create=False, patience_ms=_PATIENCE_MS)
        connection.close()
        return cls(engine, path, clock)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    @contextmanager
    def _asking(self) -> Iterator[Connection]:
        with translated(self._path), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with translated(self._path), self._engine.connect() as connection, writing(connection, aside=True):
            yield connection
