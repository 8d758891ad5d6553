"""Where a list was left: what was known of it after its last edition, so that the next one needs no other.

A cache and nothing more: each is made of the editions on the register alone, no log covers them, and one that is
missing, of another version or behind is not given, so that whoever asks makes it anew. They may be deleted.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, select

from comity.register.dialects import write_rows
from comity.register.tables import table

__all__ = ["Checkpoint", "checkpoint", "counts", "current", "keep"]

_LEVEL = 1  # a state of 700 rows is 1.5 MB of JSON; higher levels take longer than writing the difference


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What is known of lists after so many editions, refused ones included, and withdrawals; ``version`` made it."""

    version: str
    editions: int
    withdrawals: int
    body: bytes


def checkpoint(connection: Connection, names: Sequence[str], version: str) -> bytes | None:
    """What was kept of the lists of one story; None where there is nothing of this version and of all their editions.

    Bytes that are damaged, or other than what was kept, are as good as none.
    """
    c = table("checkpoints")
    row = connection.execute(select(c).where(c.c.lists == _key(names))).first()
    if row is None or (row.editions, row.withdrawals) != counts(connection, names):
        return None
    try:
        body = zlib.decompress(row.body)
    except zlib.error:
        return None
    return body if row.version == _stamp(version, body) else None


def keep(connection: Connection, names: Sequence[str], made: Checkpoint) -> bool:
    """Keep a checkpoint in the place of the one before; not where others have added to the lists meanwhile."""
    c = table("checkpoints")
    connection.execute(delete(c).where(c.c.lists == _key(names)))
    if not current(connection, names, made):
        return False
    row = (
        _key(names),
        _stamp(made.version, made.body),
        made.editions,
        made.withdrawals,
        zlib.compress(made.body, _LEVEL),
    )
    write_rows(connection, "checkpoints", tuple(column.name for column in c.c), [row])
    return True


def current(connection: Connection, names: Sequence[str], made: Checkpoint) -> bool:
    """Whether a checkpoint is of all that the lists have."""
    return (made.editions, made.withdrawals) == counts(connection, names)


def _key(names: Sequence[str]) -> str:
    return " ".join(sorted(names))


def _stamp(version: str, body: bytes) -> str:
    """What a checkpoint is kept under: a body that was changed since is of no version."""
    return f"{version} sha256:{hashlib.sha256(body).hexdigest()}"


def counts(connection: Connection, names: Sequence[str]) -> tuple[int, int]:
    """How many editions (one that was refused, then accepted, is two) and withdrawals there are: none is taken away."""
    e, w = table("editions"), table("withdrawals")
    return (
        connection.execute(select(func.count()).select_from(e).where(e.c.list.in_(names))).scalar_one(),
        connection.execute(select(func.count()).select_from(w).where(w.c.list.in_(names))).scalar_one(),
    )
