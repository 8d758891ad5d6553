"""An edition that was refused can be accepted later, as a row of its own: the refusal stays."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_NAME, _KEY = "editions_list_id_ord_key", ["list", "id", "ord", "accepted"]  # the name is PostgreSQL's own


def upgrade() -> None:
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        op.drop_constraint(_NAME, "editions", type_="unique")
        op.create_unique_constraint(None, "editions", _KEY)
        return
    # SQLite makes the table anew, and takes no other name for a table that a view asks.
    views = connection.execute(sa.text("SELECT name, sql FROM sqlite_master WHERE type = 'view'")).all()
    for name, _ in views:
        op.execute(f'DROP VIEW "{name}"')
    with op.batch_alter_table("editions", recreate="always", naming_convention={"uq": _NAME}) as batch:
        batch.drop_constraint(_NAME, type_="unique")
        batch.create_unique_constraint("editions_key", _KEY)
    for _, sql in views:
        connection.exec_driver_sql(sql)
