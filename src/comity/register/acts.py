"""Who did what: the entries of the log, newest first, each with the decisions that it wrote and whether they stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, or_, select

from comity.model import Decision
from comity.register.catalogue import LogEntry, log_entry
from comity.register.deciding import active, decision_of, joined
from comity.register.dialects import among
from comity.register.draft import Head, last_entry
from comity.register.instants import OPEN, iso
from comity.register.rows import decode
from comity.register.tables import table

__all__ = ["Act", "Made", "acts", "touched", "written"]

_OF_MACHINES = ("record", "edition", "reread", "settle", "ask")
_OF_DECISIONS = ("decisions", "beliefs", "entities", "facets")  # tables that a decision writes to


@dataclass(frozen=True, slots=True)
class Made:
    """A decision as it was made, and since when it stands no more (undone, or gone on with another statement)."""

    decision: Decision
    ended: str | None


@dataclass(frozen=True, slots=True)
class Act:
    """One entry of the log with what it decided; ``more`` decisions of it are not given."""

    entry: LogEntry
    decisions: tuple[Made, ...]
    more: int = 0


def acts(connection: Connection, before: int | None, most: int, *, all: bool, each: int) -> tuple[Act, ...]:
    """The latest entries before the entry ``before`` (None: the latest), at most ``most``, newest first.

    Those that persons made; with ``all`` those that only recorded what was read, too. Of one entry ``each`` decisions.
    """
    entries = table("log")
    query = select(entries).order_by(entries.c.seq.desc()).limit(most)
    if before is not None:
        query = query.where(entries.c.seq < before)
    if not all:
        by_somebody = entries.c.detail.like('{"author":%')  # of an upload: who recorded it
        query = query.where(or_(entries.c.operation.not_in(_OF_MACHINES), by_somebody))
    found = connection.execute(query).all()
    before_them = among(connection, entries.c.seq, [row.seq - 1 for row in found])
    past = select(entries.c.seq, entries.c.heads).where(before_them)
    heads = {row.seq: _last(row.heads) for row in connection.execute(past)}
    return tuple(_act(connection, row, heads.get(row.seq - 1, 0), each) for row in found)


def _act(connection: Connection, row: Any, after: int, each: int) -> Act:
    """An entry with its decisions: their numbers are one range, from the entry before to this one."""
    d, last = table("decisions"), _last(row.heads)
    query = select(d).where(d.c.n > after, d.c.n <= last).order_by(d.c.n).limit(each)
    made = tuple(
        Made(decision_of(one), None if one.known_to == OPEN else iso(one.known_to)) for one in connection.execute(query)
    )
    return Act(log_entry(row), made, last - after - len(made))


def touched(connection: Connection, head: Head) -> dict[str, str] | None:
    """The entities of which something was decided since ``head``, each with the id that now stands for it.

    None where more was written than decisions, or one was undone that said what is the same: anything may be otherwise.
    """
    now = last_entry(connection)
    if any(now.heads[name] != head.heads.get(name, 0) for name in now.heads if name not in _OF_DECISIONS):
        return None
    return written(connection, head)


def written(connection: Connection, head: Head) -> dict[str, str] | None:
    """The entities of which any belief was written or closed since ``head``, each with the id that now stands for it.

    None where a decision was undone that said what is the same: anything may be otherwise.
    """
    b, d, e = table("beliefs"), table("decisions"), table("entities")
    made = connection.execute(
        select(d.c.kind, d.c.target, d.c.other, d.c.closed)
        .where(or_(d.c.n > head.heads.get("decisions", 0), d.c.closed > head.seq))
        .where(d.c.kind.in_(("same", "distinct")))
    ).all()
    if any(row.closed is not None for row in made):
        return None
    fresh = or_(b.c.n > head.heads.get("beliefs", 0), b.c.closed > head.seq)
    ids = set(connection.execute(select(e.c.id).join(b, b.c.entity == e.c.n).where(fresh)).scalars())
    same = joined(active(connection, None, kinds=("same",)))
    for row in made:
        ids |= {*same.members(row.target), *same.members(row.other)}
    return {each: same.of(each) for each in sorted(ids)}


def _last(heads: str) -> int:
    return int(decode(heads).get("decisions", 0))
