"""The migrations make the tables, and nothing else does."""

from __future__ import annotations

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from comity.register import Register, migrations
from comity.register.tables import metadata


def test_the_migrations_make_the_tables_that_the_code_asks(register: Register) -> None:
    context = MigrationContext.configure(register._connection)
    assert compare_metadata(context, metadata) == []


def test_the_versions_are_known_without_alembic() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    config.set_main_option("path_separator", "os")
    steps = [step.revision for step in ScriptDirectory.from_config(config).walk_revisions()]
    assert tuple(reversed(steps)) == migrations.KNOWN
