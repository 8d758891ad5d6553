"""The table of uploads: in the register's database, but no part of the register; its rows change and go.

Instants are microseconds since 1970; columns that hold JSON are text.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, MetaData, Table, Text

__all__ = ["metadata", "uploads"]

metadata = MetaData()
_WORDS = Text().with_variant(Text(collation="C"), "postgresql")
_WHOLE = BigInteger().with_variant(Integer(), "sqlite")

uploads = Table(
    "uploads",
    metadata,
    Column("id", _WORDS, primary_key=True, nullable=False),
    Column("kind", _WORDS, nullable=False),
    Column("list", _WORDS, nullable=True),
    Column("name", _WORDS, nullable=False),
    Column("size", _WHOLE, nullable=False),
    Column("sha256", _WORDS, nullable=False),
    Column("given", _WORDS, nullable=False),  # JSON: what the editor says of the publication
    Column("account", _WORDS, nullable=False),
    Column("author", _WORDS, nullable=False),
    Column("state", _WORDS, nullable=False),
    Column("progress", _WORDS, nullable=False),
    Column("preview", _WORDS, nullable=True),  # JSON
    Column("refused", _WORDS, nullable=True),  # JSON: message, hint, checks
    Column("decided", _WORDS, nullable=True),  # JSON: author, reason, at
    Column("since", _WHOLE, nullable=False),
    Column("changed", _WHOLE, nullable=False),
    Column("tries", _WHOLE, nullable=False),
    Column("worker", _WORDS, nullable=True),  # who works on it
    Column("beat", _WHOLE, nullable=True),  # when that worker last said so
    Index("uploads_state", "state", "since"),
)
