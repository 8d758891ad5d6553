"""Sealing: a text and its bytes taken off on a recorded ground, its hashes kept, so that the log still holds.

What is sealed can't be brought back from the register. What was read from it stays as a statement, without its words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from comity.errors import DecisionRefused, UsageError
from comity.register import repeats
from comity.register.dialects import fetched
from comity.register.draft import Draft
from comity.register.instants import iso
from comity.register.rows import decode, encode
from comity.register.tables import table

__all__ = ["GROUNDS", "Sealed", "gone", "seal", "sealed"]

GROUNDS = ("court", "takedown", "privacy")


@dataclass(frozen=True, slots=True)
class Sealed:
    """A document that was sealed: on which ground, why, by whom, when; ``captures`` are the hashes of its bytes."""

    document: str
    ground: str
    reason: str
    author: str
    at: str
    captures: tuple[str, ...] = ()


def seal(draft: Draft, name: str, ground: str, reason: str, author: str) -> Sealed:
    """Take a document's text, the words of its statements and its bytes off. ``name`` may be a prefix of its id.

    The bytes go with ``Captures.discard`` once the transaction has landed; what was sealed before comes back as it is,
    so that a call that was stopped can be made again.
    Raises UsageError for another ground or no reason, DecisionRefused for an unknown document and for a list's.
    """
    if ground not in GROUNDS:
        raise UsageError("is no ground for sealing", where=ground or "''", hint=f"one of {', '.join(GROUNDS)}")
    if not reason.strip() or not author.strip():
        raise UsageError("sealing needs a reason and an author", where=name)
    number, identity = _document(draft.connection, name)
    s, c, d = table("statements"), table("captures"), table("documents")
    listed = select(s.c.n).where(s.c.document == number, s.c.list.is_not(None)).limit(1)
    if draft.connection.execute(listed).first() is not None:
        hint = "withdraw the list, or reject its rows with review"
        raise DecisionRefused("is an edition of a list, whose rows the log covers", where=identity, hint=hint)
    for before in sealed(draft.connection):
        if before.document == identity:
            return before
    hashes = draft.connection.execute(select(c.c.sha256).where(c.c.document == number).distinct().order_by(c.c.sha256))
    captures = tuple(hashes.scalars())
    draft.add("seals", number, ground, encode({"reason": reason, "author": author}))
    draft.detail = {"document": identity, "ground": ground, "reason": reason, "author": author}
    # Neither column is covered by the log: the text is held to its hash, the words to the text.
    draft.connection.execute(update(d).where(d.c.n == bindparam("number")).values(text=None), {"number": number})
    draft.connection.execute(
        update(s).where(s.c.document == bindparam("number")).values(words=None), {"number": number}
    )
    repeats.forget(draft.connection, number)
    return Sealed(identity, ground, reason, author, iso(draft.at) or "", captures)


def gone(connection: Connection) -> frozenset[str]:
    """The ids of all sealed documents and the hashes of their bytes: what isn't taken in again."""
    if not fetched(connection, "SELECT n FROM seals LIMIT 1"):
        return frozenset()
    return frozenset(each for item in sealed(connection) for each in (item.document, *item.captures))


def sealed(connection: Connection, known: int | None = None) -> tuple[Sealed, ...]:
    """The documents that were sealed by ``known``, oldest first."""
    e, d, c = table("seals"), table("documents"), table("captures")
    query = select(e, d.c.id).join(d, d.c.n == e.c.document).order_by(e.c.n)
    if known is not None:
        query = query.where(e.c.known_from <= known)
    return tuple(
        _sealed(row, connection.execute(select(c.c.sha256).where(c.c.document == row.document).distinct()).scalars())
        for row in connection.execute(query).all()
    )


def _sealed(row: Any, captures: Any) -> Sealed:
    body = decode(row.body)
    return Sealed(
        row.id, row.ground, body["reason"], body["author"], iso(row.known_from) or "", tuple(sorted(captures))
    )


def _document(connection: Connection, name: str) -> tuple[int, str]:
    d = table("documents")
    wanted = name if name.startswith("sha256:") else f"sha256:{name}"
    query = select(d.c.n, d.c.id).where(d.c.id >= wanted, d.c.id < wanted + "\U0010ffff").order_by(d.c.id).limit(2)
    found = connection.execute(query).all()
    if not found or len(name) < 4:
        raise DecisionRefused(
            "no document has this id", where=name or "''", hint="`show --json` prints ids of evidence"
        )
    if len(found) > 1 and found[0].id != wanted:
        raise DecisionRefused("fits several documents", where=name, hint="write more of the id")
    return found[0].n, str(found[0].id)
