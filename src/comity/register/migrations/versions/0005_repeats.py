"""Which texts repeat one another, and what finds them. Filled when an earlier register is opened."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def _number(name: str, *, primary: bool = False) -> sa.Column[int]:
    return sa.Column(name, _WHOLE, primary_key=primary, autoincrement=False, nullable=False)


def upgrade() -> None:
    op.create_table(
        "fingerprints", _number("value", primary=True), _number("document", primary=True), sqlite_with_rowid=False
    )
    op.create_table(
        "repeats",
        _number("one", primary=True),
        _number("other", primary=True),
        sa.Column("kind", _WORDS, nullable=False),
        _number("one_share"),
        _number("other_share"),
        _number("one_length"),
        _number("other_length"),
        sqlite_with_rowid=False,
    )
    op.create_index("repeats_other", "repeats", ["other"])
