"""SQL that is built once for each database and then only filled in: what every page asks.

Building a question with SQLAlchemy, or passing it through, takes longer than the database takes to answer it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ARRAY, Connection, any_, bindparam, func, make_url, select
from sqlalchemy.sql.expression import ClauseElement, ColumnElement

from comity.register.dialects import fetched

__all__ = ["Ready", "answered", "ready", "within"]

_DRIVERS = {"sqlite": "sqlite://", "postgresql": "postgresql+psycopg://"}


class Ready(NamedTuple):
    """A question in the driver's own form."""

    sql: str
    names: tuple[str, ...]  # of the parameters, in the order in which the driver takes them; none where by name
    fixed: Mapping[str, Any]  # the values of those that are always the same


def ready(database: str, question: ClauseElement) -> Ready:
    """A question made ready for a database. Keep what it gives: to make it takes long."""
    dialect = make_url(_DRIVERS[database]).get_dialect()()
    compiled = question.compile(dialect=dialect, compile_kwargs={"render_postcompile": True})
    positions: Sequence[str] = getattr(compiled, "positiontup", None) or ()
    return Ready(str(compiled), tuple(positions), dict(compiled.params))


def answered(connection: Connection, question: Ready, given: Mapping[str, Any]) -> Sequence[Any]:
    """All rows that answer; ``given`` are the values by name."""
    values: Any = {**question.fixed, **given}
    if question.names:
        values = tuple(values[name] for name in question.names)
    return fetched(connection, question.sql, values)


def within(column: ColumnElement[Any], name: str, database: str) -> ColumnElement[bool]:
    """``column`` is one of the values of the parameter ``name``: what ``dialects.as_list`` made."""
    if database == "postgresql":
        return column == any_(bindparam(name, type_=ARRAY(column.type)))
    return column.in_(select(func.json_each(bindparam(name)).table_valued("value").c.value))
