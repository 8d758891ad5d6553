"""Questions about beliefs, at two instants, and the beliefs that answer them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, and_, func, or_, select
from sqlalchemy.sql.expression import ColumnElement

from comity.errors import RegisterError, UsageError
from comity.model import Belief, Decision
from comity.register.deciding import Joined, active, joined, overlaid
from comity.register.dialects import among
from comity.register.instants import OPEN, days, iso
from comity.register.rows import Origin, decode, statement_of
from comity.register.tables import table

__all__ = [
    "Asking",
    "at_known",
    "beliefs",
    "by_entity",
    "entities",
    "latest",
    "learned",
    "page",
    "sighted",
]

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Asking:
    """What is asked of beliefs; instants in microseconds, None for "any" (``valid``, ``begun``) and "now" (``known``).

    ``valid`` asks what holds at that instant, ``begun`` what had begun by then, whether it still holds or not.
    """

    entity: str | None = None
    facet: str | None = None
    predicate: str | None = None
    document: str | None = None
    statement: str | None = None
    list_name: str | None = None
    valid: int | None = None
    begun: int | None = None
    known: int | None = None
    rejected: bool = False  # what a person rejected, too


class _Seen(NamedTuple):
    times: int
    last: int | None  # the latest instant at which a source attests it


class _Publication(NamedTuple):
    path: str | None
    url: str | None
    publisher: str | None
    synthetic: bool
    published: int | None


def beliefs(connection: Connection, asked: Asking) -> Iterator[Belief]:
    """The beliefs that answer, in the order in which their statements came onto the register."""
    same = joined(active(connection, asked.known, kinds=("same",)))
    found = connection.execute(_query(asked, same)).all()
    for start in range(0, len(found), _AT_ONCE):
        yield from _answers(connection, found[start : start + _AT_ONCE], same, asked.known)


def page(connection: Connection, asked: Asking, after: int, limit: int) -> tuple[tuple[Belief, ...], int | None]:
    """At most ``limit`` beliefs whose rows come after the number ``after``, and the number to go on after."""
    b = table("beliefs")
    same = joined(active(connection, asked.known, kinds=("same",)))
    query = _query(asked, same).add_columns(b.c.n.label("row_number")).where(b.c.n > after)
    found = connection.execute(query.order_by(None).order_by(b.c.n).limit(limit + 1)).all()
    more = found[limit - 1].row_number if len(found) > limit else None
    return tuple(_answers(connection, found[:limit], same, asked.known)), more


def at_known(source: Any, known: int | None) -> ColumnElement[bool]:
    """The rows of a closable table that the register held at ``known`` (None: now)."""
    if known is None:
        return source.c.known_to == OPEN  # type: ignore[no-any-return]
    return and_(source.c.known_from <= known, source.c.known_to > known)


def entities(connection: Connection, prefix: str, known: int | None) -> list[tuple[str, int]]:
    """All entities whose id begins with ``prefix`` and that something is believed of: id, and how many beliefs.

    What is called the same counts under the id that stands for it.
    """
    same = joined(active(connection, known, kinds=("same",)))
    b, e = table("beliefs"), table("entities")
    query = (
        select(e.c.id, func.count())
        .join(b, b.c.entity == e.c.n)
        .where(at_known(b, known), b.c.rejected == 0)
        .group_by(e.c.id)
        .order_by(e.c.id)
    )
    if prefix:
        begins = and_(e.c.id >= prefix, e.c.id < prefix + "\U0010ffff")
        query = query.where(or_(begins, e.c.id.in_([each for each, by in same.standing.items() if by != each])))
    found: dict[str, int] = {}
    for identity, count in connection.execute(query):
        found[same.of(identity)] = found.get(same.of(identity), 0) + count
    return sorted((identity, count) for identity, count in found.items() if identity.startswith(prefix))


def by_entity(connection: Connection, asked: Asking, fewest: int) -> Iterator[tuple[Belief, ...]]:
    """The beliefs that answer, an entity at a time, in the order of ids; those with less than ``fewest`` are left out.

    What a person called the same is one entity, in the place of the id that stands for all.
    """
    for identity, count in entities(connection, "", asked.known):
        if count >= fewest:
            found = tuple(beliefs(connection, replace(asked, entity=identity)))
            if found:
                yield found


def learned(connection: Connection, statements: Sequence[str]) -> dict[str, str]:
    """Since when the register has each of these statements."""
    b, s = table("beliefs"), table("statements")
    query = select(s.c.id, func.min(b.c.known_from)).join(b, b.c.statement == s.c.n).group_by(s.c.id)
    rows = connection.execute(query.where(among(connection, s.c.id, list(dict.fromkeys(statements)))))
    return {identity: iso(at) or "" for identity, at in rows}


def _query(asked: Asking, same: Joined) -> Select[Any]:
    b, s, f, d, p = (table(name) for name in ("beliefs", "statements", "facets", "documents", "publications"))
    query = (
        select(
            s.c.id,
            s.c.list,
            s.c.document.label("document_row"),
            s.c.body,
            s.c.words,
            d.c.id.label("document"),
            p.c.body.label("publication"),
            f.c.facet,
            b.c.valid_from,
            b.c.valid_to,
            b.c.known_from,
            b.c.known_to,
            b.c.observed,
            b.c.since_known,
            b.c.review,
        )
        .select_from(b)
        .join(s, s.c.n == b.c.statement)
        .join(f, f.c.n == b.c.facet)
        .join(d, d.c.n == s.c.document)
        .outerjoin(p, and_(p.c.document == d.c.n, at_known(p, asked.known)))
        .where(at_known(b, asked.known))
        .order_by(b.c.statement, b.c.valid_from, b.c.n)
    )
    if not asked.rejected:
        query = query.where(b.c.rejected == 0)
    if asked.valid is not None:
        query = query.where(b.c.valid_from <= asked.valid, b.c.valid_to > asked.valid)
    if asked.begun is not None:
        query = query.where(b.c.valid_from <= asked.begun)
    return query.where(*_narrowed(asked, same))


def _narrowed(asked: Asking, same: Joined) -> Iterator[ColumnElement[bool]]:
    b, s, f, d, e = (table(name) for name in ("beliefs", "statements", "facets", "documents", "entities"))
    if asked.entity is not None:
        members = same.members(asked.entity)
        yield b.c.entity.in_(select(e.c.n).where(e.c.id.in_(members)))
    if asked.facet is not None:
        predicate, subject, *rest = asked.facet.split("|") if "|" in asked.facet else (asked.facet, "")
        members = same.members(subject)
        wanted = ["|".join([predicate, each, *rest]) for each in members]
        # By way of the entity, whose index serves both.
        yield b.c.entity.in_(select(e.c.n).where(e.c.id.in_(members)))
        yield f.c.facet.in_(wanted)
    if asked.predicate is not None:
        yield f.c.predicate == asked.predicate
    if asked.document is not None:
        yield s.c.document.in_(select(d.c.n).where(d.c.id == asked.document))
    if asked.statement is not None:
        yield b.c.statement.in_(select(s.c.n).where(s.c.id == asked.statement))
    if asked.list_name is not None:
        yield s.c.list == asked.list_name


def _answers(connection: Connection, rows: Sequence[Any], same: Joined, known: int | None) -> Iterator[Belief]:
    seen = sighted(connection, rows, known)
    corrected = [row.id for row in rows if row.review == "corrected"]
    decisions: dict[str, list[Decision]] = {}
    for decision in active(connection, known, targets=corrected) if corrected else ():
        decisions.setdefault(decision.target, []).append(decision)
    for row in rows:
        yield _belief(row, seen.get(row.id), decisions.get(row.id), same)


def _belief(row: Any, seen: _Seen | None, decisions: Sequence[Decision] | None, same: Joined) -> Belief:
    publication = _publication(row.publication)
    origin = Origin(row.document, publication.path, publication.url)
    statement = statement_of(row.id, row.body, row.words, origin, row.review)
    if decisions:
        statement = replace(overlaid(statement, decisions), review=row.review)
    predicate, subject, *rest = row.facet.split("|")
    standing = same.of(subject)
    if standing != subject and not standing.startswith("name:"):
        statement = replace(statement, subject=replace(statement.subject, id=standing, outcome="resolved"))
    attested = row.observed if seen is None or seen.last is None else seen.last
    return Belief(
        statement=statement,
        facet="|".join([predicate, standing, *rest]),
        valid_from=iso(row.valid_from),
        valid_to=iso(row.valid_to),
        known_from=iso(row.known_from) or "",
        known_to=iso(row.known_to),
        observed=iso(row.observed),
        since_known=bool(row.since_known),
        sightings=seen.times if seen else 1,
        publisher=publication.publisher,
        synthetic=publication.synthetic,
        attested=iso(attested),
    )


def sighted(connection: Connection, rows: Sequence[Any], known: int | None) -> dict[str, _Seen]:
    """How often each statement was seen up to ``known``, and when its source last attests it.

    Of a text: its captures, and its publication date. Of a list's row: the editions that print it, and the last's date.
    """
    found: dict[str, _Seen] = {}
    listed = list(dict.fromkeys(row.id for row in rows if row.list))
    if listed:
        p, n, e = table("printed"), table("entries"), table("editions")
        query = (
            select(p.c.statement, func.count(), func.max(e.c.date))
            .join(n, n.c.printed == p.c.n)
            .join(e, e.c.n == n.c.edition)
            .where(among(connection, p.c.statement, listed))
            .group_by(p.c.statement)
        )
        if known is not None:
            query = query.where(e.c.known_from <= known)
        for statement, count, last in connection.execute(query):
            found[statement] = _Seen(count, days(last)[1] if last else None)
    papers = list(dict.fromkeys(row.document_row for row in rows if not row.list))
    if papers:
        c = table("captures")
        query = select(c.c.document, func.count()).where(among(connection, c.c.document, papers)).group_by(c.c.document)
        if known is not None:
            query = query.where(c.c.known_from <= known)
        counts: dict[int, int] = {row[0]: row[1] for row in connection.execute(query)}
        for row in rows:
            if not row.list:
                found[row.id] = _Seen(counts.get(row.document_row, 1), _publication(row.publication).published)
    return found


@lru_cache(maxsize=4096)
def _publication(body: str | None) -> _Publication:
    kept = decode(body) or {}
    return _Publication(kept.get("path"), kept.get("url"), kept.get("publisher"), bool(kept.get("synthetic")),
                        _day_of(kept.get("published")))  # fmt: skip


def _day_of(given: str | None) -> int | None:
    if not given:
        return None
    try:
        return days(given)[1]
    except UsageError:
        return None


def latest(connection: Connection, statement: str, known: int | None, *, rejected: bool = False) -> Belief:
    """The belief in a statement that began last. Raises RegisterError where it was not believed at ``known``."""
    found = list(beliefs(connection, Asking(statement=statement, known=known, rejected=rejected)))
    if not found:
        raise RegisterError("is not believed at that time", where=statement, hint="look at `changes`")
    return max(found, key=lambda belief: belief.valid_from or "")
