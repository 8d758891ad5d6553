"""Documents as rows: their texts, the publication data that may be corrected, and the captures they came in."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from comity.errors import RegisterError
from comity.model import Capture, Document
from comity.register.draft import Draft
from comity.register.instants import OPEN
from comity.register.rows import decode, encode
from comity.register.tables import table

__all__ = [
    "Paper",
    "add_capture",
    "correct_publication",
    "kept_text",
    "new_paper",
    "paper",
    "publication_of",
    "read_with",
    "recorded_paper",
    "unpacked",
]

_COMPRESSION = 4  # of zlib: three quarters of the time of 6, and texts that are 1 % longer
_CORRECTABLE = ("title", "publisher", "byline", "published", "published_basis", "home_state", "url")
_READ_WITH = ("published", "home_state")  # what a reader uses of the publication


@dataclass(slots=True)
class Paper:
    """A document that is on the register: its row, its publication as known now, its captures so far."""

    n: int
    id: str
    publication: dict[str, Any]
    publication_row: int | None
    captures: list[dict[str, Any]]

    @property
    def published(self) -> str | None:
        """The publication date as known now."""
        return self.publication.get("published")

    @property
    def home_state(self) -> str | None:
        """The outlet's home state as known now."""
        return self.publication.get("home_state")

    @property
    def retrieved(self) -> str | None:
        """The earliest capture time that was given."""
        return min((each["retrieved"] for each in self.captures if each.get("retrieved")), default=None)

    @property
    def capture(self) -> Capture:
        """The first capture."""
        first = self.captures[0]
        return Capture(
            first["sha256"], first["media_type"], first["size"], first["path"], first["url"], first["retrieved"]
        )

    def capture_is_new(self, document: Document) -> bool:
        """Whether these bytes, or this retrieval of them, are not on the register yet."""
        capture = document.capture
        same = [each for each in self.captures if each["sha256"] == capture.sha256]
        if not same:
            return True
        return any(
            given is not None and all(given != each[key] for each in same) and any(each[key] for each in same)
            for key, given in (("url", capture.url), ("retrieved", capture.retrieved))
        )

    def corrected_by(self, document: Document) -> dict[str, Any] | None:
        """The publication data with what ``document`` knows better; None where that changes nothing.

        What isn't given corrects nothing. Other bytes under another publisher's name are that publisher's copy.
        """
        new = publication_of(document)
        old = self.publication
        known_bytes = any(each["sha256"] == document.capture.sha256 for each in self.captures)
        if not known_bytes and old["publisher"] and new["publisher"] and old["publisher"] != new["publisher"]:
            return None
        changed = {key: new[key] for key in _CORRECTABLE if new[key] is not None and new[key] != old[key]}
        if changed.keys() <= {"published_basis"}:
            return None
        return {**old, **changed}

    def statement_ids(self, connection: Connection) -> list[str]:
        """The ids of all statements read from it."""
        s = table("statements")
        query = select(s.c.id).where(s.c.document == self.n, s.c.list.is_(None)).distinct().order_by(s.c.id)
        return list(connection.execute(query).scalars())


def paper(draft: Draft, identity: str) -> Paper | None:
    """The document with this id as the register knows it now; None where it isn't there."""
    number = draft.numbers("documents", "id", [identity]).get(identity)
    return None if number is None else _paper(draft.connection, number, identity)


def recorded_paper(connection: Connection, identity: str) -> Paper | None:
    """The document with this id, outside of writing; None where it isn't there."""
    d = table("documents")
    number = connection.execute(select(d.c.n).where(d.c.id == identity)).scalar()
    return None if number is None else _paper(connection, number, identity)


def read_with(publication: Mapping[str, Any]) -> tuple[Any, ...]:
    """What a reader uses of publication data: two readings of one text with the same differ by reader alone."""
    return tuple(publication.get(key) for key in (*_READ_WITH, "publisher"))


def _paper(connection: Connection, number: int, identity: str) -> Paper:
    p, c = table("publications"), table("captures")
    current = connection.execute(select(p.c.n, p.c.body).where(p.c.document == number, p.c.known_to == OPEN)).first()
    captures = connection.execute(select(c.c.sha256, c.c.body).where(c.c.document == number).order_by(c.c.n))
    return Paper(
        number,
        identity,
        decode(current.body) if current else {},
        current.n if current else None,
        [{"sha256": row.sha256, **decode(row.body)} for row in captures],
    )


def new_paper(draft: Draft, document: Document) -> Paper:
    """Write a document that isn't on the register yet."""
    packed = zlib.compress(document.text.encode(), _COMPRESSION)
    number = draft.interned("documents", "id", document.id, packed, encode(document.blocks))
    publication = publication_of(document)
    row = draft.add("publications", number, encode(publication))
    known = Paper(number, document.id, publication, row, [])
    add_capture(draft, known, document)
    return known


def add_capture(draft: Draft, known: Paper, document: Document) -> None:
    """Write a capture of a known document, with the publication as it was given along with it."""
    capture = document.capture
    body = {
        "media_type": capture.media_type,
        "size": capture.size,
        "path": capture.path,
        "url": capture.url,
        "retrieved": capture.retrieved,
        "publisher": document.publisher,
        "published": document.published,
    }
    draft.add("captures", known.n, capture.sha256, encode(body))
    known.captures.append({"sha256": capture.sha256, **body})


def correct_publication(draft: Draft, known: Paper, merged: dict[str, Any], document: Document) -> bool:
    """Put ``merged`` in the place of the publication data; whether ``document`` was read with just that.

    A reading that was made without the date that the register knows must not replace one that was made with it.
    """
    if known.publication_row is not None:
        draft.close("publications", known.publication_row)
    known.publication = merged
    known.publication_row = draft.add("publications", known.n, encode(merged))
    new = publication_of(document)
    return all(new[key] == merged[key] for key in _READ_WITH)


def kept_text(connection: Connection, number: int) -> str:
    """The text of a document. Raises RegisterError where it was sealed."""
    d = table("documents")
    packed = connection.execute(select(d.c.text).where(d.c.n == number)).scalar()
    if packed is None:
        raise RegisterError("its text was sealed", where=f"document {number}")
    return unpacked(packed).decode()


def unpacked(packed: bytes) -> bytes:
    """The UTF-8 bytes of a stored text. Raises zlib.error where they are damaged."""
    return zlib.decompress(packed)


def publication_of(document: Document) -> dict[str, Any]:
    """What is kept of a document's publication, correctable."""
    return {
        "title": document.title,
        "publisher": document.publisher,
        "byline": document.byline,
        "published": document.published,
        "published_basis": document.published_basis,
        "home_state": document.home_state,
        "path": document.path,
        "url": document.url,
        "synthetic": document.synthetic,
        "notes": document.notes,
    }
