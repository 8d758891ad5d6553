"""The steps that make a register's tables, and bring an older register up to date; each one transaction.

A new step is a file in ``versions/``; :data:`HEAD` names the last. A register is asked for its version without Alembic,
which is loaded only where there is a step to take.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

__all__ = ["HEAD", "KNOWN", "current", "upgrade"]

KNOWN = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009", "0010")
HEAD = KNOWN[-1]


def current(connection: Connection) -> str | None:
    """The version of a register's tables; None where there are none."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return str(found) if found is not None else None


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Take the steps that are missing, on a connection whose transaction the caller began."""
    from alembic import command  # noqa: PLC0415 - paid only where there is a step to take
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
