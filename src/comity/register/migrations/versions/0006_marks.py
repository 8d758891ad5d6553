"""Short checksums of what each log entry writes from now on, by which ``verify`` tells which value was changed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "marks",
        sa.Column("seq", _WHOLE, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("table", _WORDS, primary_key=True, nullable=False),
        sa.Column("rows", _WORDS, nullable=False),
        sa.Column("columns", _WORDS, nullable=False),
        sa.Column("closed", _WORDS, nullable=False),
        sqlite_with_rowid=False,
    )
