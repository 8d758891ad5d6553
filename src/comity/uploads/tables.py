"""The table of uploads: in the register's database, but no part of the register; its rows change and go.

Instants are microseconds since 1970; columns that hold JSON are text.
"""

from __future__ import annotations

from sqlalchemy import Column, Index, MetaData, Table

from comity.register.beside import WHOLE, WORDS

__all__ = ["metadata", "uploads"]

metadata = MetaData()

uploads = Table(
    "uploads",
    metadata,
    Column("id", WORDS, primary_key=True, nullable=False),
    Column("kind", WORDS, nullable=False),
    Column("list", WORDS, nullable=True),
    Column("name", WORDS, nullable=False),
    Column("size", WHOLE, nullable=False),
    Column("sha256", WORDS, nullable=False),
    Column("given", WORDS, nullable=False),  # JSON: what the editor says of the publication
    Column("account", WORDS, nullable=False),
    Column("author", WORDS, nullable=False),
    Column("state", WORDS, nullable=False),
    Column("progress", WORDS, nullable=False),
    Column("preview", WORDS, nullable=True),  # JSON
    Column("refused", WORDS, nullable=True),  # JSON: message, hint, checks
    Column("decided", WORDS, nullable=True),  # JSON: author, reason, at
    Column("since", WHOLE, nullable=False),
    Column("changed", WHOLE, nullable=False),
    Column("tries", WHOLE, nullable=False),
    Column("worker", WORDS, nullable=True),  # who works on it
    Column("beat", WHOLE, nullable=True),  # when that worker last said so
    Index("uploads_state", "state", "since"),
)
