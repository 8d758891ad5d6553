"""The tables of replies: in the register's database, but no part of the register; their rows change and go.

Who sent a reply and how that can be checked stands in a table of its own, and goes with the decision.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, MetaData, Table, Text

__all__ = ["contacts", "metadata", "replies"]

metadata = MetaData()
_WORDS = Text().with_variant(Text(collation="C"), "postgresql")
_WHOLE = BigInteger().with_variant(Integer(), "sqlite")

replies = Table(
    "replies",
    metadata,
    Column("id", _WORDS, primary_key=True, nullable=False),
    Column("statement", _WORDS, nullable=False),  # which it answers
    Column("document", _WORDS, nullable=False),  # of that statement, for who looks for more
    Column("office", _WORDS, nullable=False),
    Column("body", _WORDS, nullable=False),
    Column("state", _WORDS, nullable=False),
    Column("since", _WHOLE, nullable=False),
    Column("changed", _WHOLE, nullable=False),
    Column("decided", _WORDS, nullable=True),  # JSON: author, reason, at
    Column("recorded", _WORDS, nullable=True),  # the id of the response statement
    Index("replies_state", "state", "since"),
    Index("replies_statement", "statement"),
)
contacts = Table(
    "reply_contacts",
    metadata,
    Column("reply", _WORDS, primary_key=True, nullable=False),
    Column("contact", _WORDS, nullable=False),
    Column("check", _WORDS, nullable=False),
)
