"""What the register holds besides beliefs: documents, editions and their entries, sightings, the log. Reading only."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, Select, and_, bindparam, func, select
from sqlalchemy.sql.expression import ColumnElement

from comity.errors import RegisterError
from comity.model import Block, Capture, Check, Document, Dropped, Edition, Entry, Evidence, Statement, Value
from comity.register.dialects import among
from comity.register.instants import OPEN, iso
from comity.register.papers import unpacked
from comity.register.reading import at_known
from comity.register.ready import Ready, answered, ready
from comity.register.rows import Origin, decode, statement_of
from comity.register.tables import table

__all__ = [
    "Gated",
    "LogEntry",
    "captured",
    "document",
    "documents",
    "dropped",
    "editions",
    "entries",
    "list_names",
    "log_entries",
    "log_entry",
    "replies",
    "text_count",
    "texts",
    "withdrawals",
]


class _PrintedBody(msgspec.Struct):
    printed: dict[str, str]
    entity: str | None
    outcome: Any
    facet: str
    since: str | None
    link: str | None
    reason: str
    normal: dict[str, Value]


Printings = dict[int, tuple[_PrintedBody, Statement | None]]
"""Decoded printings of rows, by number: rows never change, so they can be kept."""

_PRINTINGS_KEPT = 50_000
_printed = msgspec.json.Decoder(_PrintedBody)
_blocks = msgspec.json.Decoder(tuple[Block, ...])
_evidence = msgspec.json.Decoder(tuple[Evidence, ...])
_checks = msgspec.json.Decoder(tuple[Check, ...])
_dropped = msgspec.json.Decoder(tuple[Dropped, ...])


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A list that was taken back as a whole on a day, and the evidence of it."""

    list: str
    date: str
    reason: str
    evidence: tuple[Evidence, ...]
    learned: str


@dataclass(frozen=True, slots=True)
class Gated:
    """What the gate dropped when a document was last read."""

    document: str
    path: str | None
    dropped: Dropped
    learned: str


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One commit: its number, instant, what was done, and the hashes that hold it in the chain."""

    seq: int
    at: str
    operation: str
    detail: dict[str, Any]
    root: str
    previous: str
    hash: str


def document(connection: Connection, identity: str, known: int | None, *, texts: bool) -> Document | None:
    """One document with its publication data as known at ``known``; None where there is none."""
    given = {"identity": identity, **({"known": known} if known is not None else {})}
    found = answered(connection, _one(connection.dialect.name, known is not None, texts), given)
    return _document(connection, _Row(*found[0]), texts=texts) if found else None


class _Row(NamedTuple):
    n: int
    id: str
    body: str
    blocks: Any = None
    text: Any = None


@lru_cache(maxsize=8)
def _one(database: str, past: bool, texts: bool) -> Ready:
    d, p = table("documents"), table("publications")
    columns = [d.c.n, d.c.id, p.c.body] + ([d.c.blocks, d.c.text] if texts else [])
    then = at_known(p, bindparam("known") if past else None)
    query = select(*columns).join(p, and_(p.c.document == d.c.n, then)).where(d.c.id == bindparam("identity"))
    return ready(database, query)


@lru_cache(maxsize=2)
def _first(database: str) -> Ready:
    c = table("captures")
    query = select(c.c.sha256, c.c.body).where(c.c.document == bindparam("document")).order_by(c.c.n)
    return ready(database, query.limit(1))


def documents(connection: Connection, known: int | None, *, after: int = 0, most: int = -1) -> Iterator[Document]:
    """Documents without their texts, with their publication data as known at ``known``, in the order they came in.

    Of those that came ``after`` that many others, at most ``most``.
    """
    d, p = table("documents"), table("publications")
    query = select(d.c.n, d.c.id, p.c.body).join(p, and_(p.c.document == d.c.n, at_known(p, known))).order_by(d.c.n)
    if after or most >= 0:
        query = query.offset(after).limit(most)
    for row in connection.execute(query).all():
        yield _document(connection, row, texts=False)


def texts(connection: Connection, after: str, most: int) -> Iterator[Document]:
    """Documents with their texts, by id: ``most`` of those after ``after``. Without lists' and sealed ones."""
    d, p = table("documents"), table("publications")
    query = (
        select(d.c.n, d.c.id, d.c.blocks, d.c.text, p.c.body)
        .join(p, and_(p.c.document == d.c.n, at_known(p, None)))
        .where(_read_as_text(d), d.c.id > after)
        .order_by(d.c.id)
        .limit(most)
    )
    for row in connection.execute(query).all():
        yield _document(connection, row, texts=True)


def text_count(connection: Connection) -> int:
    """How many documents :func:`texts` has in all."""
    d = table("documents")
    return int(connection.execute(select(func.count()).select_from(d).where(_read_as_text(d))).scalar_one())


def _read_as_text(d: Any) -> ColumnElement[bool]:
    return and_(
        d.c.text.is_not(None),
        d.c.n.not_in(select(table("editions").c.document)),
        d.c.opened.not_in(_entries_of_replies()),
    )


def _entries_of_replies() -> Select[Any]:
    entries = table("log")
    return select(entries.c.seq).where(entries.c.operation == "reply")


def replies(connection: Connection) -> tuple[str, ...]:
    """The ids of the documents that are replies of offices, in the order in which they came."""
    d = table("documents")
    query = select(d.c.id).where(d.c.opened.in_(_entries_of_replies())).order_by(d.c.n)
    return tuple(connection.execute(query).scalars())


def _document(connection: Connection, row: Any, *, texts: bool) -> Document:
    sha256, captured = answered(connection, _first(connection.dialect.name), {"document": row.n})[0]
    came, body = decode(captured), decode(row.body)
    capture = Capture(sha256, came["media_type"], came["size"], came["path"], came["url"], came["retrieved"])
    return Document(
        id=row.id,
        text=unpacked(row.text).decode() if texts and row.text is not None else "",
        capture=capture,
        title=body["title"],
        publisher=body["publisher"],
        byline=body["byline"],
        published=body["published"],
        published_basis=body["published_basis"],
        home_state=body["home_state"],
        path=body["path"],
        url=body["url"],
        blocks=_blocks.decode(row.blocks) if texts else (),
        synthetic=body["synthetic"],
        notes=tuple(body["notes"]),
    )


def dropped(connection: Connection, known: int | None) -> tuple[Gated, ...]:
    """What the gate dropped at the last reading of each document, in the order of the register."""
    r, d, p = table("readings"), table("documents"), table("publications")
    newer = r.alias()
    later = [newer.c.document == r.c.document, newer.c.n > r.c.n]
    query = (
        select(r.c.dropped, r.c.known_from, d.c.id, p.c.body)
        .join(d, d.c.n == r.c.document)
        .join(p, and_(p.c.document == d.c.n, at_known(p, known)))
        .order_by(r.c.n)
    )
    if known is not None:
        query = query.where(r.c.known_from <= known)
        later.append(newer.c.known_from <= known)
    query = query.where(r.c.dropped != "[]", ~select(newer.c.n).where(*later).exists())
    return tuple(
        Gated(row.id, decode(row.body)["path"], each, iso(row.known_from) or "")
        for row in connection.execute(query)
        for each in _dropped.decode(row.dropped)
    )


def captured(connection: Connection) -> tuple[str, ...]:
    """The hashes of all captured bytes, in order."""
    c = table("captures")
    return tuple(connection.execute(select(c.c.sha256).distinct().order_by(c.c.sha256)).scalars())


def list_names(connection: Connection) -> tuple[str, ...]:
    """The lists that editions were recorded of."""
    e = table("editions")
    return tuple(connection.execute(select(e.c.list).distinct().order_by(e.c.list)).scalars())


def editions(
    connection: Connection, list_name: str | None, known: int | None, *, accepted: bool | None = True
) -> tuple[Edition, ...]:
    """Editions without their entries, in their order."""
    e, d = table("editions"), table("documents")
    query = select(e, d.c.id.label("document_id")).join(d, d.c.n == e.c.document).order_by(e.c.list, e.c.ord, e.c.n)
    if list_name is not None:
        query = query.where(e.c.list == list_name)
    if known is not None:
        query = query.where(e.c.known_from <= known)
    if accepted is not None:
        query = query.where(e.c.accepted == int(accepted))
    if accepted is False:  # what was accepted since, when it was added again, is refused no more
        since = e.alias()
        same = since.c.list == e.c.list, since.c.id == e.c.id, since.c.ord == e.c.ord, since.c.accepted == 1
        later = select(since.c.n).where(*same, since.c.known_from <= (OPEN if known is None else known))
        query = query.where(~later.exists())
    return tuple(_edition(row) for row in connection.execute(query))


def _edition(row: Any) -> Edition:
    body = decode(row.body)
    return Edition(
        list=row.list,
        id=row.id,
        name=body["name"],
        date=row.date,
        order=row.ord,
        date_basis=body["date_basis"],
        captured=body["captured"],
        document=row.document_id,
        entries=(),
        scopes=tuple(body["scopes"]),
        checks=_checks.decode(json.dumps(body["checks"])),
        accepted=bool(row.accepted),
    )


def entries(connection: Connection, list_name: str, edition: str, known: int | None, printings: Printings) -> Edition:
    """An edition with its entries as printed, in their order; ``edition`` is its id, order or file name.

    ``printings`` keeps what was decoded, for the next edition, which prints most of it again.
    Raises RegisterError where there is none.
    """
    found = [each for each in editions(connection, list_name, known) if edition in {each.id, each.name, each.order}]
    if not found:
        raise RegisterError("no such edition on the register", where=f"{list_name} {edition}")
    head = found[-1]
    paper = document(connection, head.document, known, texts=False)
    origin = Origin(head.document, paper.path if paper else None, paper.url if paper else None)
    e, n = table("editions"), table("entries")
    query = (
        select(n.c.row, n.c.printed)
        .select_from(n)
        .join(e, e.c.n == n.c.edition)
        .where(e.c.list == list_name, e.c.id == head.id, e.c.ord == head.order)
        .order_by(n.c.position)
    )
    rows = connection.execute(query).all()
    _decode(connection, [row.printed for row in rows], printings)
    return replace(head, entries=tuple(_entry(row.row, printings[row.printed], head, origin) for row in rows))


def _decode(connection: Connection, wanted: list[int], printings: Printings) -> None:
    if len(printings) > _PRINTINGS_KEPT:
        printings.clear()
    p, s = table("printed"), table("statements")
    missing = [number for number in dict.fromkeys(wanted) if number not in printings]
    query = select(p.c.n, p.c.body, p.c.statement, s.c.body.label("said")).outerjoin(
        s, and_(s.c.id == p.c.statement, s.c.revision == 0)
    )
    if missing:
        for row in connection.execute(query.where(among(connection, p.c.n, missing))):
            said = statement_of(row.statement, row.said, None, Origin("")) if row.said is not None else None
            printings[row.n] = _printed.decode(row.body), said


def _entry(number: int, printing: tuple[_PrintedBody, Statement | None], edition: Edition, origin: Origin) -> Entry:
    kept, statement = printing
    if statement is not None:
        here = replace(statement.evidence, document=origin.document, path=origin.path, url=origin.url, row=number)
        statement = replace(statement, evidence=here)
    return Entry(
        list=edition.list,
        edition=edition.id,
        row=number,
        printed=kept.printed,
        entity=kept.entity,
        outcome=kept.outcome,
        facet=kept.facet,
        since=kept.since,
        link=kept.link,
        reason=kept.reason,
        statement=statement,
        normal=kept.normal,
    )


def withdrawals(connection: Connection, list_name: str | None, known: int | None) -> tuple[Withdrawn, ...]:
    """Withdrawals of lists, oldest first."""
    w = table("withdrawals")
    query = select(w).where(at_known(w, known)).order_by(w.c.n)
    if list_name is not None:
        query = query.where(w.c.list == list_name)
    found = []
    for row in connection.execute(query):
        body = decode(row.body)
        evidence = _evidence.decode(msgspec.json.encode(body["evidence"]))
        found.append(Withdrawn(row.list, body["date"], body["reason"], evidence, iso(row.known_from) or ""))
    return tuple(found)


def log_entries(connection: Connection) -> Iterator[LogEntry]:
    """The log, oldest first."""
    entries_table = table("log")
    for row in connection.execute(select(entries_table).order_by(entries_table.c.seq)):
        yield log_entry(row)


def log_entry(row: Any) -> LogEntry:
    """A row of the log as a value."""
    return LogEntry(row.seq, iso(row.at) or "", row.operation, decode(row.detail), row.root, row.previous, row.hash)
