"""The tables of webhooks: in the register's database, but no part of the register; their rows change and go."""

from __future__ import annotations

from sqlalchemy import Column, Index, MetaData, Table

from comity.register.beside import WHOLE, WORDS

__all__ = ["deliveries", "metadata", "webhooks"]

metadata = MetaData()

webhooks = Table(
    "webhooks",
    metadata,
    Column("id", WORDS, primary_key=True, nullable=False),
    Column("url", WORDS, nullable=False),
    Column("secret", WORDS, nullable=False),  # what signs: it can't be kept as a hash
    Column("asked", WORDS, nullable=False),  # JSON: entity, predicate, list
    Column("since", WHOLE, nullable=False),
    Column("told", WHOLE, nullable=False),  # up to which commit its messages are made
    Column("disabled", WORDS, nullable=True),  # why it is told nothing any more
    Column("disabled_since", WHOLE, nullable=True),
)
deliveries = Table(
    "deliveries",
    metadata,
    Column("id", WORDS, primary_key=True, nullable=False),
    Column("webhook", WORDS, nullable=False),
    Column("body", WORDS, nullable=False),
    Column("since", WHOLE, nullable=False),
    Column("due", WHOLE, nullable=False),
    Column("tries", WHOLE, nullable=False),
    Column("state", WORDS, nullable=False),  # waiting, sent, failed
    Column("answer", WORDS, nullable=False),  # what came of the last try
    Index("deliveries_due", "state", "due"),
    Index("deliveries_webhook", "webhook"),
)
