"""One suite for both databases.

SQLite always; PostgreSQL too where COMITY_TEST_POSTGRESQL says so: the URL of a server on which databases may be made,
or ``start`` for one of the tests' own.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import make_url

from comity.register import Register
from tests.register.samples import RULES, Ticking
from tests.register.server import programs, running

POSTGRESQL = os.environ.get("COMITY_TEST_POSTGRESQL")


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The URL of a PostgreSQL server; skips, saying why, where there is none."""
    if not POSTGRESQL:
        pytest.skip("COMITY_TEST_POSTGRESQL is not set: SQLite only")
    if POSTGRESQL != "start":
        yield POSTGRESQL
    elif programs() is None:
        pytest.skip("needs PostgreSQL: apt-get install postgresql")
    else:
        with running() as url:
            yield url


@pytest.fixture(scope="session")
def template(server: str) -> Iterator[str]:
    """A database that is a register already: copying it takes less time than making one."""
    with fresh(server, "template1") as url:
        Register.open(url, rules=RULES).close()
        yield make_url(url).database or ""


class fresh:  # noqa: N801 - reads as a verb where it is used
    """A database of its own on the server, gone after use."""

    def __init__(self, server: str, template: str) -> None:
        self.server = server
        self.template = template
        self.name = f"comity_{uuid.uuid4().hex[:12]}"

    def __enter__(self) -> str:
        import psycopg

        with psycopg.connect(self.server, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{self.name}" TEMPLATE "{self.template}"')
        return make_url(self.server).set(database=self.name).render_as_string(hide_password=False)

    def __exit__(self, *error: object) -> None:
        import psycopg

        with psycopg.connect(self.server, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{self.name}" WITH (FORCE)')


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where a new register may be made: a path, or the URL of a database of its own."""
    if request.param == "sqlite":
        yield str(tmp_path / "register.db")
        return
    server = request.getfixturevalue("server")
    with fresh(server, request.getfixturevalue("template")) as url:
        yield url


@pytest.fixture
def register(where: str, tmp_path: Path) -> Iterator[Register]:
    """An empty register with the rules of the samples and a ticking clock."""
    with Register.open(where, rules=RULES, clock=Ticking(), captures=tmp_path / "captures") as opened:
        yield opened
