"""SQL that is built once for each database and then only filled in: what every page asks.

Building a question with SQLAlchemy, or passing it through, takes longer than the database takes to answer it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Dialect, make_url
from sqlalchemy.sql.expression import ClauseElement

from comity.register.dialects import fetched

__all__ = ["Ready", "answered", "dialect_of", "ready"]

_DRIVERS = {"sqlite": "sqlite://", "postgresql": "postgresql+psycopg://"}


class Ready(NamedTuple):
    """A question in the driver's own form."""

    sql: str
    names: tuple[str, ...]  # of the parameters, in the order in which the driver takes them; none where by name
    fixed: Mapping[str, Any]  # the values of those that are always the same


def dialect_of(database: str) -> Dialect:
    """The dialect of a database by its name, as its driver speaks it."""
    return make_url(_DRIVERS[database]).get_dialect()()


def ready(database: str, question: ClauseElement) -> Ready:
    """A question made ready for a database. Keep what it gives: to make it takes long."""
    compiled = question.compile(dialect=dialect_of(database), compile_kwargs={"render_postcompile": True})
    positions: Sequence[str] = getattr(compiled, "positiontup", None) or ()
    return Ready(str(compiled), tuple(positions), dict(compiled.params))


def answered(connection: Connection, question: Ready, given: Mapping[str, Any]) -> Sequence[Any]:
    """All rows that answer; ``given`` are the values by name."""
    values: Any = {**question.fixed, **given}
    if question.names:
        values = tuple(values[name] for name in question.names)
    return fetched(connection, question.sql, values)
