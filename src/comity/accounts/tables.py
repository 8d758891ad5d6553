"""The tables of accounts: in the register's database, but no part of the register.

The log doesn't cover them, no export holds them, and their rows may change and go. Instants are microseconds since
1970.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, MetaData, Table, Text

__all__ = ["metadata", "sessions", "tokens", "users"]

metadata = MetaData()
_WORDS = Text().with_variant(Text(collation="C"), "postgresql")
_WHOLE = BigInteger().with_variant(Integer(), "sqlite")

users = Table(
    "users",
    metadata,
    Column("name", _WORDS, primary_key=True, nullable=False),
    Column("role", _WORDS, nullable=False),
    Column("author", _WORDS, nullable=False),
    Column("password", _WORDS, nullable=False),  # argon2id, with its salt and costs
    Column("since", _WHOLE, nullable=False),
    Column("disabled", _WHOLE, nullable=True),
)
sessions = Table(
    "sessions",
    metadata,
    Column("id", _WORDS, primary_key=True, nullable=False),  # sha256 of the token, which is kept nowhere
    Column("user", _WORDS, nullable=False),
    Column("since", _WHOLE, nullable=False),
    Column("seen", _WHOLE, nullable=False),
    Column("until", _WHOLE, nullable=False),
    Index("sessions_user", "user"),
)
tokens = Table(
    "tokens",
    metadata,
    Column("id", _WORDS, primary_key=True, nullable=False),
    Column("hash", _WORDS, nullable=False),  # sha256 of the token, which is kept nowhere
    Column("label", _WORDS, nullable=False),
    Column("account", _WORDS, nullable=False),
    Column("scopes", _WORDS, nullable=False),
    Column("since", _WHOLE, nullable=False),
    Column("until", _WHOLE, nullable=False),
    Column("revoked", _WHOLE, nullable=True),
    Column("used", _WHOLE, nullable=True),
    Index("tokens_hash", "hash", unique=True),
)
