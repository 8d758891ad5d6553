"""Rows of a list that read otherwise than before: which statement stands in whose place, and what decisions become.

A statement that no row carries any more was read otherwise: by a list's changed description, or because an edition that
came late prints the row first. Each of its rows tells which statement it carries now. Decisions go on with that one as
after a re-reading of a text (:mod:`comity.register.rereading`): all of them where both say the same, a correction in
any case. What was accepted or rejected of a row that says otherwise now has nothing left to bear on: later editions
print the row as it is read now, so that nothing of it could be kept against them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, select

from comity.model import Decision, Edition, Entry, Statement
from comity.register.instants import OPEN
from comity.register.rereading import says_the_same
from comity.register.tables import table

__all__ = ["Fate", "Place", "Sighted", "fate", "places", "read_now", "sighted"]

Place = tuple[int, int]
"""The number of an edition, and a row's position in it."""


class Sighted(NamedTuple):
    """A row that is kept as a sighting of another statement than the one that it was printed with."""

    n: int
    statement: str


class Fate(NamedTuple):
    """Decisions that go on, by the id of the statement that they go on with; and those that have nothing left."""

    carried: dict[str, list[Decision]]
    orphaned: list[Decision]


def places(connection: Connection, names: Sequence[str]) -> dict[tuple[str, str, str], int]:
    """The numbers of the accepted editions of some lists, by list, order and id."""
    e = table("editions")
    query = select(e.c.n, e.c.list, e.c.ord, e.c.id).where(e.c.list.in_(names), e.c.accepted == 1)
    return {(row.list, row.ord, row.id): row.n for row in connection.execute(query)}


def sighted(connection: Connection, editions: Iterable[int]) -> dict[Place, Sighted]:
    """The rows of these editions that are sightings of another statement than they were printed with."""
    again = table("sighted_as")
    query = select(again.c.n, again.c.edition, again.c.position, again.c.statement).where(
        again.c.known_to == OPEN, again.c.edition.in_(list(editions))
    )
    return {(row.edition, row.position): Sighted(row.n, row.statement) for row in connection.execute(query)}


def read_now(
    rows: Iterable[tuple[Place, str | None, Entry]], known: Mapping[Place, Sighted], still: Iterable[str]
) -> dict[str, str]:
    """Each statement that no row carries any more, to the one that the first of its rows carries now.

    ``rows`` are places, the statement that each was printed with, and the entry as it is read now; ``still`` the
    statements that some row carries.
    """
    there = set(still)
    found: dict[str, str] = {}
    for place, printed, entry in rows:
        before = known[place].statement if place in known else printed
        if before is not None and entry.statement is not None and before not in there:
            found.setdefault(before, entry.statement.id)
    return found


def fate(
    before: Mapping[str, Statement],
    now: Mapping[str, str],
    rows: Mapping[str, tuple[Edition, Entry, Statement]],
    made: Mapping[str, Sequence[Decision]],
) -> Fate:
    """What becomes of the decisions ``made`` on statements that were believed ``before`` and that no row carries.

    ``now`` says which statement each row carries instead, ``rows`` which statements there are.
    """
    found = Fate({}, [])
    for identity, old in before.items():
        new = rows[now[identity]][2] if identity in now else None
        for decision in made.get(identity, ()):
            if new is not None and (decision.kind == "correct" or says_the_same(old, new)):
                found.carried.setdefault(new.id, []).append(decision)
            else:
                found.orphaned.append(decision)
    return found
