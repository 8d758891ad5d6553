"""Lists go on from where they were left, and are told anew where an edition comes late."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "sighted_as",
        sa.Column("n", _WHOLE, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("edition", _WHOLE, nullable=False),
        sa.Column("position", _WHOLE, nullable=False),
        sa.Column("statement", _WORDS, nullable=False),
        sa.Column("opened", _WHOLE, nullable=False),
        sa.Column("closed", _WHOLE, nullable=True),
        sa.Column("known_from", _WHOLE, nullable=False),
        sa.Column("known_to", _WHOLE, nullable=False),
    )
    op.create_index("sighted_as_entry", "sighted_as", ["edition", "position"])
    op.create_index("sighted_as_statement", "sighted_as", ["statement"])
    op.create_table(
        "checkpoints",
        sa.Column("lists", _WORDS, primary_key=True, nullable=False),
        sa.Column("version", _WORDS, nullable=False),
        sa.Column("editions", _WHOLE, nullable=False),
        sa.Column("withdrawals", _WHOLE, nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sqlite_with_rowid=False,
    )
