"""What is sent to a site, and what it sends: uploads, replies of offices, tokens of programs, webhooks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_TABLES = {
    "uploads": (
        "id kind list? name size# sha256 given account author state progress preview? refused? decided? since# "
        "changed# tries# worker? beat#?"
    ),
    "replies": "id statement document office body state since# changed# decided? recorded?",
    "reply_contacts": "reply contact check",
    "tokens": "id hash label account scopes since# until# revoked#? used#?",
    "webhooks": "id url secret asked since# told# disabled? disabled_since#?",
    "deliveries": "id webhook body since# due# tries# state answer",
}
"""The columns of each table, the first one its key: # is a whole number, ? may be unknown."""

_INDEXES = (
    ("uploads_state", "uploads", ["state", "since"]),
    ("replies_state", "replies", ["state", "since"]),
    ("replies_statement", "replies", ["statement"]),
    ("tokens_hash", "tokens", ["hash"]),
    ("deliveries_due", "deliveries", ["state", "due"]),
    ("deliveries_webhook", "deliveries", ["webhook"]),
)


def upgrade() -> None:
    for name, columns in _TABLES.items():
        op.create_table(
            name,
            *(
                sa.Column(
                    each.rstrip("?#"), _WHOLE if "#" in each else _WORDS, primary_key=not number, nullable="?" in each
                )
                for number, each in enumerate(columns.split())
            ),
        )
    for index, name, over in _INDEXES:
        op.create_index(index, name, over, unique=index == "tokens_hash")
