"""What an entity's beliefs of one predicate are is answered by indexes alone, without reading its other beliefs."""

from __future__ import annotations

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("beliefs_entity", "beliefs")
    op.create_index("beliefs_entity", "beliefs", ["entity", "known_to", "facet", "valid_from"])
    op.create_index("facets_entity", "facets", ["entity", "predicate"])
