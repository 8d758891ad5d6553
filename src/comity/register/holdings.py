"""The beliefs that a register holds at present, as rows: found by statement, closed, and put on in a new form."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, select

from comity.errors import DecisionRefused, RegisterError
from comity.identity import facet, facet_of, printed_in
from comity.model import Statement
from comity.register.dialects import among
from comity.register.draft import Draft
from comity.register.instants import OPEN
from comity.register.intervals import Interval
from comity.register.ready import Ready, answered, ready
from comity.register.rows import Origin, decode, encode, statement_of
from comity.register.tables import table

__all__ = [
    "Held",
    "Known",
    "Opening",
    "base_facet",
    "beliefs_in",
    "full_id",
    "held",
    "home_state",
    "intervals",
    "known_statements",
    "latest",
    "open_row",
    "refaceted",
    "reopen",
    "row_numbers",
]


class Held(NamedTuple):
    """One open belief row with its statement's."""

    n: int
    statement: int
    id: str
    list: str | None
    entity: int
    facet: int
    facet_text: str
    valid_from: int
    valid_to: int
    since_known: int
    observed: int
    review: str
    rejected: int
    body: str
    words: str | None
    document: str

    @property
    def interval(self) -> Interval:
        """When it holds in the world."""
        return Interval(self.valid_from, self.valid_to, bool(self.since_known))

    def read(self) -> Statement:
        """The statement as it was read, before decisions."""
        return statement_of(self.id, self.body, self.words, Origin(self.document))


class Known(NamedTuple):
    """The latest revision of a statement that is on the register, believed or not."""

    n: int
    id: str
    revision: int
    list: str | None
    body: str
    words: str | None
    document_row: int
    document: str

    def read(self) -> Statement:
        """The statement as it was read, before decisions."""
        return statement_of(self.id, self.body, self.words, Origin(self.document))


def held(connection: Connection, ids: Iterable[str]) -> dict[str, list[Held]]:
    """The open beliefs in each of these statements, in order of valid time; ids without any are left out."""
    b, s, f, d = (table(name) for name in ("beliefs", "statements", "facets", "documents"))
    query = (
        select(
            b.c.n,
            b.c.statement,
            s.c.id,
            s.c.list,
            b.c.entity,
            b.c.facet,
            f.c.facet.label("facet_text"),
            b.c.valid_from,
            b.c.valid_to,
            b.c.since_known,
            b.c.observed,
            b.c.review,
            b.c.rejected,
            s.c.body,
            s.c.words,
            d.c.id.label("document"),
        )
        .join(s, s.c.n == b.c.statement)
        .join(f, f.c.n == b.c.facet)
        .join(d, d.c.n == s.c.document)
        .where(b.c.known_to == OPEN)
        .order_by(b.c.valid_from, b.c.n)
    )
    found: dict[str, list[Held]] = {}
    wanted = list(dict.fromkeys(ids))
    if wanted:
        for row in connection.execute(query.where(among(connection, s.c.id, wanted))):
            found.setdefault(row.id, []).append(Held._make(row))
    return found


def base_facet(draft: Draft, identity: str, list_name: str | None, statement: Statement) -> str:
    """The facet that a statement settles as it was read: for a row of a list, the one that the list gave it."""
    if list_name is not None:
        p = table("printed")
        body = draft.connection.execute(
            select(p.c.body).where(p.c.statement == identity).order_by(p.c.n.desc()).limit(1)
        ).scalar()
        if body is not None:
            row = decode(body)
            return str(row["facet"]) if row["entity"] == statement.subject.id else _read_anew(row["facet"], statement)
    return facet(statement, draft.rules.facets, home_state(draft.connection, statement.evidence.document))


def _read_anew(printed: str, statement: Statement) -> str:
    """The facet of a row whose name is understood otherwise than when it was recorded: its slots are as they were."""
    subject = facet(statement, {}).split("|")[1]
    return "|".join([printed.split("|", maxsplit=1)[0], subject, *printed.split("|")[2:]])


def home_state(connection: Connection, document: str) -> str | None:
    """The home state of a document as its publication is known now."""
    d, p = table("documents"), table("publications")
    body = connection.execute(
        select(p.c.body).join(d, d.c.n == p.c.document).where(d.c.id == document, p.c.known_to == OPEN)
    ).scalar()
    found = decode(body)["home_state"] if body is not None else None
    return str(found) if found else None


def refaceted(base: str, read: Statement, becomes: Statement, slots: Sequence[str]) -> str:
    """``base``, the facet of ``read``, as the facet of ``becomes``: only what differs is put anew."""
    state = printed_in(read.subject)
    name = f"{read.subject.name}, {state}" if state else read.subject.name
    new = facet_of(becomes.predicate, becomes.subject.id, name, becomes.value, slots)
    if any(read.value.get(slot) != becomes.value.get(slot) for slot in slots):
        subject = new.split("|")[1] if read.subject.id != becomes.subject.id else base.split("|")[1]
        predicate, _, *rest = new.split("|")
        return "|".join([predicate, subject, *rest])
    if read.subject.id != becomes.subject.id:
        return "|".join([base.split("|", maxsplit=1)[0], new.split("|")[1], *base.split("|")[2:]])
    return base


def intervals(connection: Connection, ids: Iterable[str]) -> dict[str, list[Interval]]:
    """When each of these statements is believed to hold, what ends last at the end; those without beliefs left out."""
    b, s = table("beliefs"), table("statements")
    query = (
        select(s.c.id, b.c.valid_from, b.c.valid_to, b.c.since_known)
        .join(b, b.c.statement == s.c.n)
        .where(b.c.known_to == OPEN)
        .order_by(b.c.valid_to, b.c.valid_from)
    )
    found: dict[str, list[Interval]] = {}
    wanted = list(dict.fromkeys(ids))
    if wanted:
        for identity, start, stop, known in connection.execute(query.where(among(connection, s.c.id, wanted))):
            found.setdefault(identity, []).append(Interval(start, stop, bool(known)))
    return found


def row_numbers(connection: Connection, ids: Iterable[str]) -> dict[str, int]:
    """The rows of the latest revisions of these statements."""
    s = table("statements")
    wanted = list(dict.fromkeys(ids))
    query = select(s.c.id, s.c.n).where(among(connection, s.c.id, wanted)).order_by(s.c.revision)
    return {row[0]: row[1] for row in connection.execute(query)} if wanted else {}


def beliefs_in(connection: Connection, identity: str) -> list[Held]:
    """The open beliefs in one statement. Raises RegisterError where it is not believed at present."""
    found = held(connection, [identity]).get(identity)
    if not found:
        raise RegisterError("is not believed at present", where=identity, hint="look at `changes`")
    return found


def latest(beliefs: Sequence[Held]) -> Held:
    """Of the beliefs in a statement the one that still holds, else the one that ended last."""
    return max(beliefs, key=lambda each: (each.valid_to, each.valid_from))


def known_statements(connection: Connection, ids: Iterable[str]) -> dict[str, Known]:
    """The latest revisions of these statements, by id."""
    s, d = table("statements"), table("documents")
    query = (
        select(
            s.c.n,
            s.c.id,
            s.c.revision,
            s.c.list,
            s.c.body,
            s.c.words,
            s.c.document.label("document_row"),
            d.c.id.label("document"),
        )
        .join(d, d.c.n == s.c.document)
        .order_by(s.c.revision)
    )
    wanted = list(dict.fromkeys(ids))
    found: dict[str, Known] = {}
    if wanted:
        for row in connection.execute(query.where(among(connection, s.c.id, wanted))):
            found[row.id] = Known._make(row)
    return found


def full_id(connection: Connection, name: str) -> str:
    """The statement's id that begins with ``name``. Raises DecisionRefused where none does, or several do."""
    given = {"name": name, "beyond": name + "\U0010ffff"}
    found = [row[0] for row in answered(connection, _beginning(connection.dialect.name), given)]
    if not name.startswith("st-") or not found:
        raise DecisionRefused("no statement has this id", where=name or "''", hint="a dossier gives ids")
    if len(found) > 1 and found[0] != name:
        raise DecisionRefused("fits several statements", where=name, hint="write more of the id")
    return str(found[0])


@lru_cache(maxsize=2)
def _beginning(database: str) -> Ready:
    """The ids that begin with a name, two at most; built once, which takes longer than to answer it."""
    s = table("statements")
    within = s.c.id >= bindparam("name"), s.c.id < bindparam("beyond")
    return ready(database, select(s.c.id).where(*within).distinct().order_by(s.c.id).limit(2))


class Opening(NamedTuple):
    """A belief to be written: in which statement row, on what facet, for which interval, and why."""

    statement: int
    facet: str
    predicate: str
    interval: Interval
    observed: int
    cause: str
    review: str = "machine"
    rejected: int = 0
    replaces: int | None = None
    note: dict[str, Any] | None = None


def open_row(draft: Draft, new: Opening) -> int:
    """Write a belief; its number."""
    entity = draft.interned("entities", "id", new.facet.split("|")[1])
    facet = draft.interned("facets", "facet", new.facet, entity, new.predicate)
    start, stop, since_known = new.interval
    note = encode(new.note) if new.note else None
    clocks = (start, stop, int(since_known), new.observed)
    return draft.add(
        "beliefs", new.statement, entity, facet, *clocks, new.review, new.rejected, new.cause, new.replaces, note
    )


def reopen(draft: Draft, old: Held, cause: str, *, note: dict[str, Any] | None = None, **changes: Any) -> int:
    """Close a belief's known time and write it again with ``changes`` of its columns; the new number."""
    draft.close("beliefs", old.n)
    new = old._replace(**changes)
    return draft.add(
        "beliefs",
        new.statement,
        new.entity,
        new.facet,
        new.valid_from,
        new.valid_to,
        new.since_known,
        new.observed,
        new.review,
        new.rejected,
        cause,
        old.n,
        encode(note) if note else None,
    )
