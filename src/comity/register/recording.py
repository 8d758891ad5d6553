"""Recording what was read: documents with their bytes, publication data and statements.

The same file again changes nothing; the same text with other publication data is a correction; the same text in other
bytes is a sighting. ``store.Register`` is the face of it.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from comity.errors import RegisterError
from comity.identity import facet, statement_id
from comity.model import Document, Reading, Statement
from comity.register.captures import Captures
from comity.register.draft import Draft
from comity.register.intervals import holds, observed_at
from comity.register.rows import body_of, encode, words_of
from comity.register.rules import Rules

__all__ = ["Recorded", "Refused", "capture_bytes", "record_all"]

_COMPRESSION = 6


@dataclass(frozen=True, slots=True)
class Refused:
    """A statement that doesn't hold against its document and was not recorded."""

    statement: str
    why: str


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of one document: the ids of statements that are new, corrected or already there."""

    document: str
    outcome: Literal["recorded", "repeated", "sighted", "corrected"]
    added: tuple[str, ...] = ()
    corrected: tuple[str, ...] = ()
    repeated: tuple[str, ...] = ()
    refused: tuple[Refused, ...] = ()


def capture_bytes(document: Document, data: bytes | None) -> bytes:
    """The bytes that a document was made of: those given, else those of its path, held to the capture's hash."""
    if data is None:
        path = document.capture.path or document.path
        if path is None:
            raise RegisterError("its bytes are not given", where=document.id, hint="hand over the captured bytes")
        try:
            data = Path(path).read_bytes()
        except OSError as error:
            raise RegisterError(error.strerror or "can't be read", where=path) from error
    if hashlib.sha256(data).hexdigest() != document.capture.sha256:
        raise RegisterError("the bytes are not those that were read", where=document.path or document.id)
    return data


def record_all(
    draft: Draft, captures: Captures, rules: Rules, items: Iterable[tuple[Document, Reading, bytes | None]]
) -> tuple[Recorded, ...]:
    """Record documents with what was read from them, in one transaction."""
    done = tuple(_record(draft, captures, rules, *item) for item in items)
    draft.detail = {
        "documents": [each.document for each in done if each.outcome != "repeated"],
        "added": sum(len(each.added) for each in done),
        "corrected": sum(len(each.corrected) for each in done),
    }
    return done


def _record(
    draft: Draft, captures: Captures, rules: Rules, document: Document, reading: Reading, data: bytes | None
) -> Recorded:
    _agree(document, reading)
    known = draft.numbers("documents", "id", [document.id]).get(document.id)
    if known is not None:
        return Recorded(document.id, "repeated", repeated=tuple(each.id for each in reading.statements))
    captures.keep(capture_bytes(document, data))
    number = draft.interned(
        "documents", "id", document.id, zlib.compress(document.text.encode(), _COMPRESSION), encode(document.blocks)
    )
    draft.add("publications", number, encode(publication_of(document)))
    draft.add("captures", number, document.capture.sha256, encode(capture_of(document)))
    first = reading.statements[0] if reading.statements else None
    draft.add(
        "readings", number, first.reader if first else "", first.vocabulary if first else "", encode(reading.dropped)
    )
    observed = observed_at(document.capture.retrieved, document.published, draft.at)
    added, refused = [], []
    for statement in reading.statements:
        why = unfounded(document, statement)
        if why:
            refused.append(Refused(statement.id, why))
            continue
        if statement.id in added:
            continue
        row = draft.add("statements", statement.id, 0, number, None, body_of(statement), words_of(statement))
        open_belief(draft, rules, statement, row, observed, "record")
        added.append(statement.id)
    return Recorded(document.id, "recorded", added=tuple(added), refused=tuple(refused))


def open_belief(
    draft: Draft,
    rules: Rules,
    statement: Statement,
    row: int,
    observed: int,
    cause: str,
    *,
    replaces: int | None = None,
) -> int:
    """A belief in ``statement`` from now on, with the interval that its own time gives."""
    interval = holds(statement.time, rules.nature(statement.predicate), observed)
    text = facet(statement, rules.facets)
    entity = draft.interned("entities", "id", text.split("|")[1])
    facet_row = draft.interned("facets", "facet", text, entity, statement.predicate)
    return draft.add(
        "beliefs",
        row,
        entity,
        facet_row,
        interval.valid_from,
        interval.valid_to,
        int(interval.since_known),
        observed,
        statement.review,
        0,
        cause,
        replaces,
        None,
    )


def unfounded(document: Document, statement: Statement) -> str | None:
    """Why a statement doesn't hold against its document's text; None where it does."""
    at = statement.evidence
    if at.document != document.id:
        return "its evidence is of another document"
    if at.start is None or at.end is None:
        return "its evidence is no span"
    if document.text[at.start : at.end] != at.exact:
        return "its evidence is not at its span"
    for item in statement.support:
        if document.text[item.start : item.end] != item.exact:
            return f"its support for {item.slot} is not at its span"
    if statement.id != statement_id(statement, document.id):
        return "its id is not that of its content"
    return None


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


def capture_of(document: Document) -> dict[str, Any]:
    """What is kept of a capture, with the publication as it was given along with it."""
    capture = document.capture
    return {
        "media_type": capture.media_type,
        "size": capture.size,
        "path": capture.path,
        "url": capture.url,
        "retrieved": capture.retrieved,
        "publisher": document.publisher,
        "published": document.published,
    }


def _agree(document: Document, reading: Reading) -> None:
    if reading.document != document.id:
        raise RegisterError("the reading is of another document", where=reading.document)
    if document.id != "sha256:" + hashlib.sha256(document.text.encode()).hexdigest():
        raise RegisterError("the document's id is not the hash of its text", where=document.id)
