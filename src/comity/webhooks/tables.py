"""The tables of webhooks: in the register's database, but no part of the register; their rows change and go."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, MetaData, Table, Text

__all__ = ["deliveries", "metadata", "webhooks"]

metadata = MetaData()
_WORDS = Text().with_variant(Text(collation="C"), "postgresql")
_WHOLE = BigInteger().with_variant(Integer(), "sqlite")

webhooks = Table(
    "webhooks",
    metadata,
    Column("id", _WORDS, primary_key=True, nullable=False),
    Column("url", _WORDS, nullable=False),
    Column("secret", _WORDS, nullable=False),  # what signs: it can't be kept as a hash
    Column("asked", _WORDS, nullable=False),  # JSON: entity, predicate, list
    Column("since", _WHOLE, nullable=False),
    Column("told", _WHOLE, nullable=False),  # up to which commit its messages are made
    Column("disabled", _WORDS, nullable=True),  # why it is told nothing any more
    Column("disabled_since", _WHOLE, nullable=True),
)
deliveries = Table(
    "deliveries",
    metadata,
    Column("id", _WORDS, primary_key=True, nullable=False),
    Column("webhook", _WORDS, nullable=False),
    Column("body", _WORDS, nullable=False),
    Column("since", _WHOLE, nullable=False),
    Column("due", _WHOLE, nullable=False),
    Column("tries", _WHOLE, nullable=False),
    Column("state", _WORDS, nullable=False),  # waiting, sent, failed
    Column("answer", _WORDS, nullable=False),  # what came of the last try
    Index("deliveries_due", "state", "due"),
    Index("deliveries_webhook", "webhook"),
)
