"""The tables of accounts: in the register's database, but no part of the register.

The log doesn't cover them, no export holds them, and their rows may change and go. Instants are microseconds since
1970.
"""

from __future__ import annotations

from sqlalchemy import Column, Index, MetaData, Table

from comity.register.beside import WHOLE, WORDS

__all__ = ["metadata", "sessions", "tokens", "users"]

metadata = MetaData()

users = Table(
    "users",
    metadata,
    Column("name", WORDS, primary_key=True, nullable=False),
    Column("role", WORDS, nullable=False),
    Column("author", WORDS, nullable=False),
    Column("password", WORDS, nullable=False),  # argon2id, with its salt and costs
    Column("since", WHOLE, nullable=False),
    Column("disabled", WHOLE, nullable=True),
)
sessions = Table(
    "sessions",
    metadata,
    Column("id", WORDS, primary_key=True, nullable=False),  # sha256 of the token, which is kept nowhere
    Column("user", WORDS, nullable=False),
    Column("since", WHOLE, nullable=False),
    Column("seen", WHOLE, nullable=False),
    Column("until", WHOLE, nullable=False),
    Index("sessions_user", "user"),
)
tokens = Table(
    "tokens",
    metadata,
    Column("id", WORDS, primary_key=True, nullable=False),
    Column("hash", WORDS, nullable=False),  # sha256 of the token, which is kept nowhere
    Column("label", WORDS, nullable=False),
    Column("account", WORDS, nullable=False),
    Column("scopes", WORDS, nullable=False),
    Column("since", WHOLE, nullable=False),
    Column("until", WHOLE, nullable=False),
    Column("revoked", WHOLE, nullable=True),
    Column("used", WHOLE, nullable=True),
    Index("tokens_hash", "hash", unique=True),
)
