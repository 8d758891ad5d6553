"""Other numbers by which texts that repeat one another are found: the tables stay, and are filled anew on opening."""

from __future__ import annotations

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
