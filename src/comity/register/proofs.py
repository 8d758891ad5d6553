"""A proof of one statement: a value that holds on its own, with nothing but the captured bytes beside it.

:func:`proof` gathers the rows that the statement rests on, each with its path to the root of its log entry, and the log
from the first of these entries to the last. :func:`check` needs no register: it recomputes all of it, and from the
bytes the words. The log's last hash is what ties a proof to a register: compare it with one that was published.

A proof is no publication: it has values as printed, and no words of the text but those that its rows hold.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from comity.errors import ComityError, InputError, RegisterError
from comity.identity import row_id, statement_id
from comity.model import Document, Statement
from comity.register import log
from comity.register.holdings import full_id
from comity.register.instants import iso
from comity.register.leaves import Leaf, leaves
from comity.register.rows import Origin, decode, slots_of, statement_of
from comity.register.tables import covered, table

__all__ = ["FORMAT", "Checked", "Proof", "check", "proof"]

FORMAT = 1


class Row(msgspec.Struct, frozen=True):
    """A row of the register as the log covers it, and how it stands in its log entry."""

    table: str
    values: tuple[Any, ...]
    entry: int
    path: tuple[str, ...]


class Closing(msgspec.Struct, frozen=True):
    """The end of a row's known time, and how it stands in its log entry."""

    table: str
    n: int
    entry: int
    path: tuple[str, ...]


class Proof(msgspec.Struct, frozen=True):
    """All that a proof file holds. ``rows`` begin with the statement's own and its document's."""

    comity_proof: int
    statement: str
    document: str
    captures: tuple[str, ...]  # SHA-256 of the bytes in which the document was seen
    start: int | None  # the evidence: code points of the document's text; None for a row of a list
    end: int | None
    rows: tuple[Row, ...]
    closings: tuple[Closing, ...]
    entries: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """What a proof shows: the statement, its words in the bytes, since when it is on the register, what was decided.

    ``head`` is the last log entry's number and hash.
    """

    statement: Statement
    capture: str
    words: str
    learned: str
    believed: bool
    decisions: tuple[Mapping[str, Any], ...]
    head: tuple[int, str]


# --- making ----------------------------------------------------------------------------------------------------


def proof(connection: Connection, name: str) -> Proof:
    """The proof of the statement with this id, or prefix of one. Raises RegisterError, DecisionRefused."""
    identity = full_id(connection, name)
    wanted = _rows(connection, identity)
    first = next(row for source, row in wanted if source == "statements")
    document = next(row for source, row in wanted if source == "documents")
    entries = {row.opened for _, row in wanted} | {row.closed for _, row in wanted if getattr(row, "closed", None)}
    kept = _log(connection, min(entries))
    closed = [(source, row) for source, row in wanted if getattr(row, "closed", None)]
    keys = {(source, row.n, False) for source, row in wanted} | {(source, row.n, True) for source, row in closed}
    paths = {key: path for seq in sorted(entries) for key, path in _paths(connection, seq, keys)}
    span = decode(first.body).get("span") or (None, None)
    return Proof(
        comity_proof=FORMAT,
        statement=identity,
        document=document.id,
        captures=tuple(dict.fromkeys(row.sha256 for source, row in wanted if source == "captures")),
        start=span[0],
        end=span[1],
        rows=tuple(
            Row(source, tuple(getattr(row, column) for column in covered(source)), row.opened,
                paths[source, row.n, False])
            for source, row in wanted
        ),
        closings=tuple(Closing(source, row.n, row.closed, paths[source, row.n, True]) for source, row in closed),
        entries=tuple(kept),
    )  # fmt: skip


def _rows(connection: Connection, identity: str) -> list[tuple[str, Any]]:
    """The rows that a statement rests on: its own, its document's, captures', beliefs' and decisions'."""
    s = table("statements")
    own = connection.execute(select(s).where(s.c.id == identity).order_by(s.c.revision)).all()
    if not own:
        raise RegisterError("is not on the register", where=identity)
    d, c, b, w = (table(name) for name in ("documents", "captures", "beliefs", "decisions"))
    queries: list[tuple[str, Any]] = [
        ("documents", select(d).where(d.c.n == own[0].document)),
        ("captures", select(c).where(c.c.document == own[0].document).order_by(c.c.n)),
        ("beliefs", select(b).where(b.c.statement.in_([row.n for row in own])).order_by(b.c.n)),
        ("decisions", select(w).where(w.c.target == identity).order_by(w.c.n)),
    ]
    found = [("statements", row) for row in own]
    return found + [(name, row) for name, query in queries for row in connection.execute(query)]


def _log(connection: Connection, first: int) -> list[dict[str, Any]]:
    entries = table("log")
    query = select(entries).where(entries.c.seq >= first).order_by(entries.c.seq)
    return [dict(row._mapping) for row in connection.execute(query)]


def _paths(
    connection: Connection, seq: int, wanted: Container[tuple[str, int, bool]]
) -> Iterator[tuple[tuple[str, int, bool], tuple[str, ...]]]:
    """The paths of the wanted leaves of a log entry, by table, number, and whether it is a closing."""
    entries = table("log")
    row = connection.execute(select(entries).where(entries.c.seq == seq)).one()
    before = connection.execute(select(entries.c.heads).where(entries.c.seq == seq - 1)).scalar()
    found: list[Leaf] = list(leaves(connection, row, decode(before) or {}))
    hashes = [leaf.hash for leaf in found]
    if log.merkle_root(hashes) != row.root:
        raise RegisterError("is not what was written", where=f"log entry {seq}", hint="run verify")
    for index, leaf in enumerate(found):
        key = leaf.table, leaf.n, leaf.closing
        if key in wanted:
            yield key, log.merkle_path(hashes, index)


# --- checking --------------------------------------------------------------------------------------------------


def check(data: bytes, captured: bytes, parse: Callable[[bytes, str], Document]) -> Checked:
    """What a proof file shows of captured bytes. Raises InputError, saying what doesn't hold.

    ``parse`` makes a document of bytes and their media type; it needs to be that of the version that recorded them.
    """
    given = _decoded(data)
    _chain(given.entries)
    by_seq = {entry["seq"]: entry for entry in given.entries}
    for row in given.rows:
        _stands(log.leaf(row.table, row.values), row.path, by_seq.get(row.entry), row.table)
    for closing in given.closings:
        _stands(log.closing_leaf(closing.table, closing.n), closing.path, by_seq.get(closing.entry), closing.table)
    rows = {
        name: [_named(row) for row in given.rows if row.table == name] for name in {row.table for row in given.rows}
    }
    statement = _statement(given, rows)
    sha256 = hashlib.sha256(captured).hexdigest()
    capture = next((row for row in rows.get("captures", ()) if row["sha256"] == sha256), None)
    if capture is None or capture["document"] != rows["documents"][0]["n"]:
        raise InputError("the bytes are not those that were captured", where=sha256, hint=" or ".join(given.captures))
    document = parse(captured, decode(capture["body"])["media_type"])
    words = _words(statement, document, given.document)
    ended = {(closing.table, closing.n) for closing in given.closings}
    beliefs = rows.get("beliefs", [])
    last = given.entries[-1]
    return Checked(
        statement=statement,
        capture=sha256,
        words=words,
        learned=iso(min(belief["known_from"] for belief in beliefs)) or "" if beliefs else "",
        believed=any(("beliefs", belief["n"]) not in ended and not belief["rejected"] for belief in beliefs),
        decisions=tuple(
            {"id": each["id"], "kind": each["kind"], **decode(each["body"])}
            for each in rows.get("decisions", ())
            if ("decisions", each["n"]) not in ended
        ),
        head=(last["seq"], last["hash"]),
    )


def _decoded(data: bytes) -> Proof:
    try:
        given = msgspec.json.decode(data, type=Proof)
    except msgspec.MsgspecError as error:
        raise InputError("is no proof", where="proof", hint=str(error)) from error
    if given.comity_proof != FORMAT:
        raise InputError(f"is a proof of a format that is not known, {given.comity_proof}", where="proof")
    if not given.entries:
        raise InputError("holds no log entry", where="proof")
    return given


def _chain(entries: Sequence[dict[str, Any]]) -> None:
    before = None
    for entry in entries:
        where = f"log entry {entry.get('seq')}"
        try:
            whole = log.entry_hash(**{key: value for key, value in entry.items() if key != "hash"}) == entry["hash"]
        except (TypeError, KeyError) as error:
            raise InputError("lacks a field, or has one too many", where=where) from error
        if not whole:
            raise InputError("its hash is not that of its content", where=where)
        if before is not None and (entry["previous"], entry["seq"]) != (before["hash"], before["seq"] + 1):
            raise InputError("doesn't follow the entry before it", where=where)
        before = entry


def _stands(leaf: bytes, path: Sequence[str], entry: Mapping[str, Any] | None, what: str) -> None:
    try:
        holds = entry is not None and log.root_of(leaf, path) == entry["root"]
    except (ValueError, IndexError):
        holds = False
    if not holds:
        raise InputError("a row is not in the log entry that it names", where=what)


def _named(row: Row) -> dict[str, Any]:
    names = covered(row.table) if row.table in _TABLES else ()
    if len(names) != len(row.values):
        raise InputError("a row has other columns", where=row.table)
    return dict(zip(names, row.values, strict=True))


_TABLES = ("statements", "documents", "captures", "beliefs", "decisions")


def _statement(given: Proof, rows: Mapping[str, Sequence[dict[str, Any]]]) -> Statement:
    """The statement of its row, whose id is recomputed; and the rows held together by their numbers."""
    own, documents = rows.get("statements", ()), rows.get("documents", ())
    if not own or len(documents) != 1 or documents[0]["id"] != given.document:
        raise InputError("holds not the rows of one statement and its document", where="proof")
    numbers = {row["n"] for row in own}
    fits = (
        all(row["id"] == given.statement and row["document"] == documents[0]["n"] for row in own)
        and all(row["statement"] in numbers for row in rows.get("beliefs", ()))
        and all(row["target"] == given.statement for row in rows.get("decisions", ()))
        and given.captures == tuple(dict.fromkeys(row["sha256"] for row in rows.get("captures", ())))
    )
    if not fits:
        raise InputError("its rows don't belong together", where="proof")
    try:
        last = max(own, key=lambda row: int(row["revision"]))
        statement = statement_of(given.statement, last["body"], None, Origin(given.document))
        if last["list"] is None:
            whole = statement_id(statement, given.document) == given.statement
        else:
            values = {slot: statement.value.get(slot) for slot in slots_of(last["body"])}
            cells = statement.evidence.cells or {}
            made = row_id(last["list"], statement.predicate, statement.subject.name, values, cells)
            whole = made == given.statement
    except (ValueError, TypeError, ComityError, msgspec.MsgspecError) as error:
        raise InputError("its statement can't be read", where=given.statement) from error
    if not whole:
        raise InputError("the id is not that of the statement's content", where=given.statement)
    if (given.start, given.end) != (statement.evidence.start, statement.evidence.end):
        raise InputError("the span is not that of the statement", where=given.statement)
    return statement


def _words(statement: Statement, document: Document, identity: str) -> str:
    """The words, or the row, that carry the statement in the document that the bytes give."""
    if document.id != identity:
        hint = "read them with the version of Comity that recorded them"
        raise InputError("the bytes give another text", where=document.id, hint=hint)
    at = statement.evidence
    if at.start is not None and at.end is not None:
        return document.text[at.start : at.end]
    for sheet in document.tables:
        for row in sheet.rows:
            printed = [" ".join(cell.text.split()) for cell in row.cells]
            wanted = [" ".join(text.split()) for text in (at.cells or {}).values()]
            if sheet.sheet == (at.sheet or "") and row.number == at.row and set(wanted) <= {*printed, ""}:
                return " | ".join(filter(None, printed))
    raise InputError("its row is not in the table that the bytes give", where=statement.id)
