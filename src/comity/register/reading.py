"""Questions about beliefs, at two instants, and the beliefs that answer them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import BindParameter, Connection, and_, bindparam, exists, func, or_, select, union_all
from sqlalchemy.sql.expression import ColumnElement, Exists

from comity.errors import RegisterError, UsageError
from comity.model import Belief, Decision
from comity.register.asked import Found, Shape, ask
from comity.register.deciding import Joined, active, decided, joined, overlaid
from comity.register.dialects import among, as_list
from comity.register.instants import OPEN, days, iso
from comity.register.moments import head_of
from comity.register.ready import Ready, answered, ready, within
from comity.register.rows import Origin, statement_of
from comity.register.tables import table

__all__ = [
    "Asking",
    "at_known",
    "at_odds",
    "beliefs",
    "entities",
    "latest",
    "learned",
    "page",
    "told_anew",
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


_UNSEEN = _Seen(1, None)


class _Publication(msgspec.Struct, frozen=True):
    """What a belief shows of its document's publication data."""

    path: str | None = None
    url: str | None = None
    publisher: str | None = None
    synthetic: bool | None = None
    published: str | None = None


_publications = msgspec.json.Decoder(_Publication)


def beliefs(connection: Connection, asked: Asking) -> Iterator[Belief]:
    """The beliefs that answer, in the order in which their statements came onto the register."""
    same = _same(connection, asked.known)
    found = ask(connection, *_shaped(asked, same))
    for start in range(0, len(found), _AT_ONCE):
        yield from _answers(connection, found[start : start + _AT_ONCE], same, asked.known)


def page(connection: Connection, asked: Asking, after: int, limit: int) -> tuple[tuple[Belief, ...], int | None]:
    """At most ``limit`` beliefs whose rows come after the number ``after``, and the number to go on after."""
    same = _same(connection, asked.known)
    shape, given = _shaped(asked, same)
    found = ask(connection, shape._replace(after=True), {**given, "after": after, "limit": limit + 1})
    more = found[limit - 1].row_number if len(found) > limit else None
    return tuple(_answers(connection, found[:limit], same, asked.known)), more


def _same(connection: Connection, known: int | None) -> Joined:
    """What was called the same by ``known``, kept with the connection until the log has a new entry."""
    head = head_of(connection)
    kept = connection.info.get("same")
    if kept is None or kept[:2] != (head, known):
        kept = connection.info["same"] = head, known, joined(active(connection, known, kinds=("same",)))
    return kept[2]


def _shaped(asked: Asking, same: Joined) -> tuple[Shape, dict[str, Any]]:
    """The shape of a question, and the values to fill it with."""
    given = {
        name: value
        for name in ("predicate", "document", "statement", "list_name", "valid", "begun", "known")
        if (value := getattr(asked, name)) is not None
    }
    members = same.members(asked.entity) if asked.entity is not None else ()
    facets: tuple[str, ...] = ()
    if asked.facet is not None:
        predicate, subject, *rest = asked.facet.split("|") if "|" in asked.facet else (asked.facet, "")
        others = same.members(subject)
        facets = tuple("|".join([predicate, each, *rest]) for each in others)
        # By way of the entity, whose index serves both.
        members = tuple(sorted({*members} & {*others})) if asked.entity is not None else others
    shape = Shape(
        entity=0 if not (asked.entity or asked.facet) else 1 if len(members) == 1 else 2,
        facets=min(2, len(facets)),
        rejected=asked.rejected,
        **dict.fromkeys(given, True),
    )
    for name, several in (("entity", members), ("facets", facets)):
        if getattr(shape, name):
            given[name] = several[0] if len(several) == 1 else several
    return shape, given


def at_known(source: Any, known: int | BindParameter[int] | None) -> ColumnElement[bool]:
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


def at_odds(connection: Connection, after: str, few: int, known: int | None) -> tuple[list[str], str | None]:
    """A page of the entities of which accounts may differ: two beliefs of one matter, both with a known beginning.

    In the order of ids, ``few`` of those after ``after`` or some more, and the id to go on after (None: the end).
    """
    same = joined(active(connection, known, kinds=("same",)))
    gone = [each for each, by in same.standing.items() if each != by]
    b, e = table("beliefs"), table("entities")
    two = select(b.c.facet).where(b.c.entity == e.c.n, at_known(b, known), b.c.rejected == 0, b.c.since_known == 1)
    two = two.group_by(b.c.facet).having(func.count() > 1).correlate(e)
    query = select(e.c.id).where(e.c.id > after, two.exists(), e.c.id.not_in(gone)).order_by(e.c.id).limit(few)
    found = list(connection.execute(query).scalars())
    end = found[-1] if len(found) == few else None
    # What several names stand for has the matters of all of them.
    found += [each for each in {*same.standing.values()} if each > after and (end is None or each <= end)]
    return sorted(set(found)), end


def learned(connection: Connection, statements: Sequence[str]) -> dict[str, str]:
    """Since when the register has each of these statements."""
    b, s = table("beliefs"), table("statements")
    query = select(s.c.id, func.min(b.c.known_from)).join(b, b.c.statement == s.c.n).group_by(s.c.id)
    rows = connection.execute(query.where(among(connection, s.c.id, list(dict.fromkeys(statements)))))
    return {identity: iso(at) or "" for identity, at in rows}


def _answers(connection: Connection, rows: Sequence[Found], same: Joined, known: int | None) -> Iterator[Belief]:
    listed = list(dict.fromkeys(row.id for row in rows if row.list))
    printed = _printed(connection, listed, known) if listed else {}
    corrected = [row.id for row in rows if row.review == "corrected"]
    decisions = decided(connection, corrected, known) if corrected else {}
    for row in rows:
        yield _belief(row, printed.get(row.id, _UNSEEN), decisions.get(row.id), same)


def _belief(row: Found, printed: _Seen, decisions: Sequence[Decision] | None, same: Joined) -> Belief:
    publication = _publication(row.publication)
    origin = Origin(row.document, publication.path, publication.url)
    statement = statement_of(row.id, row.body, row.words, origin, row.review)
    if decisions:
        statement = replace(overlaid(statement, decisions), review=row.review)
    facet = row.facet
    subject = facet.split("|", 2)[1]
    standing = same.of(subject)
    if standing != subject:
        predicate, _, *rest = facet.split("|")
        facet = "|".join([predicate, standing, *rest])
        if not standing.startswith("name:"):
            statement = replace(statement, subject=replace(statement.subject, id=standing, outcome="resolved"))
    # A text is seen in its captures and attested by its publication, a list's row by the editions that print it.
    times, last = printed if row.list else (row.captured, _day_of(publication.published))
    return Belief(
        statement=statement,
        facet=facet,
        valid_from=iso(row.valid_from),
        valid_to=iso(row.valid_to),
        known_from=iso(row.known_from) or "",
        known_to=iso(row.known_to),
        observed=iso(row.observed),
        since_known=bool(row.since_known),
        sightings=times,
        publisher=publication.publisher,
        synthetic=bool(publication.synthetic),
        attested=iso(row.observed if last is None else last),
    )


def _printed(connection: Connection, statements: Sequence[str], known: int | None) -> dict[str, _Seen]:
    """In how many editions each of these rows of lists was printed up to ``known``, and the last one's day."""
    found: dict[str, _Seen] = {}
    for statement, count, last in _sighted_rows(connection, statements, known):
        before = found.get(statement, _Seen(0, None))
        seen = days(last)[1] if last else None
        found[statement] = _Seen(before.times + count, max(filter(None, (before.last, seen)), default=None))
    return found


def _sighted_rows(connection: Connection, statements: Sequence[str], known: int | None) -> Sequence[Any]:
    """Of each statement of a list how many rows print it, and the date of the last edition that does.

    A statement has two such rows where some of its entries were told anew.
    """
    given: dict[str, Any] = {"ids": as_list(connection, statements)}
    if known is not None:
        given["known"] = known
    return answered(connection, _sightings(connection.dialect.name, known is not None), given)


@lru_cache(maxsize=4)
def _sightings(database: str, past: bool) -> Ready:
    p, n, e, again = (table(name) for name in ("printed", "entries", "editions", "sighted_as"))
    known: BindParameter[int] | None = bindparam("known") if past else None
    told = func.count(), func.max(e.c.date)
    printed = select(p.c.statement, *told).join(n, n.c.printed == p.c.n).join(e, e.c.n == n.c.edition)
    printed = printed.where(within(p.c.statement, "ids", database), ~told_anew(n.c, known)).group_by(p.c.statement)
    anew = select(again.c.statement, *told).join(e, e.c.n == again.c.edition).where(at_known(again, known))
    anew = anew.where(within(again.c.statement, "ids", database)).group_by(again.c.statement)
    if past:
        printed, anew = (each.where(e.c.known_from <= known) for each in (printed, anew))
    return ready(database, union_all(anew, printed))


def told_anew(entry: Any, known: int | BindParameter[int] | None) -> Exists:
    """Whether a row (the columns of entries) is a sighting of another statement than the one it was printed with."""
    again = table("sighted_as")
    same = again.c.edition == entry.edition, again.c.position == entry.position
    return exists().where(*same, at_known(again, known))


@lru_cache(maxsize=4096)
def _publication(body: str | None) -> _Publication:
    return _publications.decode(body) if body else _Publication()


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
        raise RegisterError("is not believed at that time", where=statement, hint="rejected, or learned later?")
    return max(found, key=lambda belief: belief.valid_from or "")
