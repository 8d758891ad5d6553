"""The tables of replies: in the register's database, but no part of the register; their rows change and go.

Who sent a reply and how that can be checked stands in a table of its own, and goes with the decision.
"""

from __future__ import annotations

from sqlalchemy import Column, Index, MetaData, Table

from comity.register.beside import WHOLE, WORDS

__all__ = ["contacts", "metadata", "replies"]

metadata = MetaData()

replies = Table(
    "replies",
    metadata,
    Column("id", WORDS, primary_key=True, nullable=False),
    Column("statement", WORDS, nullable=False),  # which it answers
    Column("document", WORDS, nullable=False),  # of that statement, for who looks for more
    Column("office", WORDS, nullable=False),
    Column("body", WORDS, nullable=False),
    Column("state", WORDS, nullable=False),
    Column("since", WHOLE, nullable=False),
    Column("changed", WHOLE, nullable=False),
    Column("decided", WORDS, nullable=True),  # JSON: author, reason, at
    Column("recorded", WORDS, nullable=True),  # the id of the response statement
    Index("replies_state", "state", "since"),
    Index("replies_statement", "statement"),
)
contacts = Table(
    "reply_contacts",
    metadata,
    Column("reply", WORDS, primary_key=True, nullable=False),
    Column("contact", WORDS, nullable=False),
    Column("check", WORDS, nullable=False),
)
