"""Accounts and their sessions: beside the register, in no log and in no export."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "users",
        sa.Column("name", _WORDS, primary_key=True, nullable=False),
        sa.Column("role", _WORDS, nullable=False),
        sa.Column("author", _WORDS, nullable=False),
        sa.Column("password", _WORDS, nullable=False),
        sa.Column("since", _WHOLE, nullable=False),
        sa.Column("disabled", _WHOLE, nullable=True),
    )
    op.create_table(
        "sessions",
        sa.Column("id", _WORDS, primary_key=True, nullable=False),
        sa.Column("user", _WORDS, nullable=False),
        sa.Column("since", _WHOLE, nullable=False),
        sa.Column("seen", _WHOLE, nullable=False),
        sa.Column("until", _WHOLE, nullable=False),
    )
    op.create_index("sessions_user", "sessions", ["user"])
