"""One moment of a register: what is asked in it is of one commit, and that commit is asked for once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection

from comity.register.dialects import asking
from comity.register.draft import Head, head_hash, last_entry
from comity.register.failures import translated

__all__ = ["head", "head_of", "moment"]

_HEAD = "head"


@contextmanager
def moment(connection: Connection, path: Path | None) -> Iterator[None]:
    """In the block all questions are answered of the commit that is the last one as it begins."""
    with asking(connection):
        with translated(path):
            connection.info[_HEAD] = last_entry(connection)
        try:
            yield
        finally:
            del connection.info[_HEAD]


def head(connection: Connection) -> Head:
    """The last log entry; in a moment, that of the moment."""
    kept: Head | None = connection.info.get(_HEAD)
    return last_entry(connection) if kept is None else kept


def head_of(connection: Connection) -> str | None:
    """Its hash, None before the first: what was kept with a connection holds while it stays."""
    kept: Head | None = connection.info.get(_HEAD)
    return head_hash(connection) if kept is None else kept.hash
