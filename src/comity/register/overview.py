"""What the register holds, in numbers and without its words: for indexes of names, maps and counts of a large one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import Connection, func, select, text

from comity.model import Value
from comity.register.deciding import active, joined
from comity.register.dialects import MEMBERS, among, as_list
from comity.register.instants import OPEN, iso
from comity.register.reading import at_known
from comity.register.ready import Ready, answered, ready
from comity.register.rows import said_of
from comity.register.tables import table

__all__ = ["Held", "Totals", "counted", "held", "names", "sizes", "totals"]


_COUNTED = """
SELECT e.id, count(*) FROM entities e JOIN beliefs b ON b.entity = e.n AND b.known_to = :open AND b.rejected = 0
WHERE e.id
"""


@dataclass(frozen=True, slots=True)
class Held:
    """One belief without its words: of whom, on what facet, what it says, and since when.

    ``since`` is in microseconds, ``told`` the day, month or year as exactly as its words tell it.
    """

    entity: str
    facet: str
    value: Mapping[str, Value]
    polarity: str
    modality: str
    since: int
    told: str


@dataclass(frozen=True, slots=True)
class Totals:
    """How much the register holds at present; ``review`` counts statements by whether a person looked."""

    statements: Mapping[str, int]  # by predicate
    review: Mapping[str, int]
    entities: int
    unresolved: int  # names that resolve to no entity
    documents: int  # texts; editions of lists are counted apart
    editions: int


def names(connection: Connection, after: int) -> list[tuple[int, str]]:
    """All entities that came onto the register after the one numbered ``after``, whatever is believed of them now."""
    e = table("entities")
    return [(row.n, row.id) for row in connection.execute(select(e.c.n, e.c.id).where(e.c.n > after).order_by(e.c.n))]


def counted(connection: Connection, ids: Sequence[str]) -> dict[str, int]:
    """How much is believed of each of these entities at present."""
    if not ids:
        return {}
    given = {"ids": as_list(connection, ids), "open": OPEN}
    return {row[0]: row[1] for row in answered(connection, _counts(connection.dialect.name), given)}


@lru_cache(maxsize=2)
def _counts(database: str) -> Ready:
    return ready(database, text(f"{_COUNTED} {MEMBERS[database]} GROUP BY e.id"))


def held(
    connection: Connection, predicate: str, valid: int, known: int | None, entities: Sequence[str] | None = None
) -> Iterator[Held]:
    """The beliefs of one predicate that hold at ``valid``, each under the entity that stands for all that are the same.

    Of these ``entities`` only, where they are given. A tenth of the work of :func:`comity.register.reading.beliefs`: no
    words, no publication, no sightings.
    """
    b, s, f, e = (table(name) for name in ("beliefs", "statements", "facets", "entities"))
    same = joined(active(connection, known, kinds=("same",)))
    query = (
        select(e.c.id, f.c.facet, s.c.body, b.c.valid_from)
        .select_from(b)
        .join(f, f.c.n == b.c.facet)
        .join(s, s.c.n == b.c.statement)
        .join(e, e.c.n == b.c.entity)
        .where(f.c.predicate == predicate, b.c.rejected == 0, at_known(b, known))
        .where(b.c.valid_from <= valid, b.c.valid_to > valid)
    )
    if entities is not None:
        query = query.where(among(connection, e.c.id, sorted({one for each in entities for one in same.members(each)})))
    for identity, facet, body, since in connection.execute(query):
        said = said_of(body)
        day = (iso(since) or "")[:10]
        told = said.time.edtf if said.time and said.time.edtf and said.time.earliest != said.time.latest else day
        yield Held(same.of(identity), facet, said.value, said.polarity, said.modality, since, told)


def totals(connection: Connection) -> Totals:
    """How much is held at present."""
    b, f, e, d, x = (table(name) for name in ("beliefs", "facets", "entities", "documents", "editions"))
    now = (b.c.known_to == OPEN, b.c.rejected == 0)
    by = select(f.c.predicate, b.c.review, func.count()).join(f, f.c.n == b.c.facet).where(*now)
    statements: dict[str, int] = {}
    review: dict[str, int] = {}
    for predicate, looked, count in connection.execute(by.group_by(f.c.predicate, b.c.review)):
        statements[predicate] = statements.get(predicate, 0) + count
        review[looked] = review.get(looked, 0) + count
    believed = select(e.c.id).where(e.c.n.in_(select(b.c.entity).where(*now).distinct()))
    ids = connection.execute(believed).scalars().all()
    unresolved = sum(identity.startswith("name:") for identity in ids)
    texts = select(func.count()).select_from(d).where(d.c.n.not_in(select(x.c.document)))
    lists = select(func.count()).select_from(x).where(x.c.accepted == 1)
    documents, editions = (connection.execute(query).scalar_one() for query in (texts, lists))
    return Totals(statements, review, len(ids) - unresolved, unresolved, documents, editions)


def sizes(connection: Connection, list_name: str) -> dict[tuple[str, str], int]:
    """How many entries each edition of a list has, by its id and order."""
    x, n = table("editions"), table("entries")
    query = (
        select(x.c.id, x.c.ord, func.count(n.c.position))
        .outerjoin(n, n.c.edition == x.c.n)
        .where(x.c.list == list_name)
        .group_by(x.c.id, x.c.ord)
    )
    return {(identity, order): count for identity, order, count in connection.execute(query)}
