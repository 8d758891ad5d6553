"""One suite for both databases: SQLite, or the PostgreSQL server that COMITY_TEST_POSTGRESQL names."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from comity.register import Register
from tests.register.samples import RULES, Ticking

SERVER = os.environ.get("COMITY_TEST_POSTGRESQL")


def database(folder: Path) -> Iterator[str]:
    """Where a new register may be made: a path, or the URL of a database of its own, gone after use."""
    if not SERVER:
        yield str(folder / "register.db")
        return
    import psycopg
    from sqlalchemy import make_url

    name = f"comity_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        yield make_url(SERVER).set(database=name).render_as_string(hide_password=False)
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def where(tmp_path: Path) -> Iterator[str]:
    """Where a new register may be made."""
    yield from database(tmp_path)


@pytest.fixture
def register(where: str, tmp_path: Path) -> Iterator[Register]:
    """An empty register with the rules of the samples and a ticking clock."""
    with Register.open(where, rules=RULES, clock=Ticking(), captures=tmp_path / "captures") as opened:
        yield opened
