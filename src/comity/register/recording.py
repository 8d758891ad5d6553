"""Recording what was read: documents with their bytes, publication data and statements.

The same file again changes nothing; the same text with other publication data is a correction; the same text in other
bytes is a sighting. ``store.Register`` is the face of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Literal

from comity.errors import RegisterError
from comity.identity import facet, statement_id
from comity.model import Document, Reading, Statement
from comity.register import repeats, sealing
from comity.register.deciding import active, overlaid
from comity.register.draft import Draft
from comity.register.holdings import Held, Known, Opening, held, known_statements, open_row, refaceted, reopen
from comity.register.intervals import carried, observed_at
from comity.register.papers import Paper, add_capture, correct_publication, kept_text, new_paper, paper
from comity.register.rows import body_of, encode, same_reading, words_of

__all__ = [
    "Recorded",
    "Refused",
    "add_reading",
    "capture_bytes",
    "new_statement",
    "place_statement",
    "read_anew",
    "record_all",
    "unfounded",
]

_AT_ONCE = 500  # documents that are looked up together
_COMPARED = 5_000  # texts whose fingerprints are looked up and written together: each page of that table once


@dataclass(frozen=True, slots=True)
class Refused:
    """A statement that doesn't hold against its document and was not recorded."""

    statement: str
    why: str


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of one document: the ids of statements that are new, corrected or already there.

    ``sealed``: its text was taken off on a recorded ground, and isn't taken in again.
    """

    document: str
    outcome: Literal["recorded", "repeated", "sighted", "corrected", "sealed"]
    added: tuple[str, ...] = ()
    corrected: tuple[str, ...] = ()
    repeated: tuple[str, ...] = ()
    refused: tuple[Refused, ...] = ()
    notes: tuple[str, ...] = ()  # what a person should know of the document


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


def record_all(draft: Draft, items: Iterable[tuple[Document, Reading, bytes | None]]) -> tuple[Recorded, ...]:
    """Record documents with what was read from them, in one transaction."""
    done: list[Recorded] = []
    seen: set[str] = set()
    source = iter(items)
    gone = sealing.gone(draft.connection)
    while part := list(islice(source, _AT_ONCE)):
        _look_up(draft, part)
        for document, reading, data in part:
            if document.id in seen:
                # Rows of this transaction can't be found by the queries that the next document asks.
                draft.write()
            seen.add(document.id)
            if document.id in gone or document.capture.sha256 in gone:
                done.append(Recorded(document.id, "sealed"))
                continue
            done.append(_record(draft, document, reading, data))
        if len(draft.texts) >= _COMPARED:
            _compare(draft)
    _compare(draft)
    draft.detail = {
        "documents": [each.document for each in done if each.outcome not in ("repeated", "sealed")],
        "added": sum(len(each.added) for each in done),
        "corrected": sum(len(each.corrected) for each in done),
    }
    return tuple(done)


def _look_up(draft: Draft, part: Sequence[tuple[Document, Reading, bytes | None]]) -> None:
    """Find what is known of many documents at once: one question instead of several for each statement."""
    draft.numbers("documents", "id", [document.id for document, _, _ in part])
    slots = draft.rules.facets
    facets = sorted(
        {facet(each, slots, document.home_state) for document, reading, _ in part for each in reading.statements}
    )
    draft.numbers("facets", "facet", facets)
    draft.numbers("entities", "id", [each.split("|")[1] for each in facets])


def _record(draft: Draft, document: Document, reading: Reading, data: bytes | None) -> Recorded:
    _agree(document, reading)
    faults = [(each, unfounded(document, each)) for each in reading.statements]
    refused = tuple(Refused(each.id, why) for each, why in faults if why)
    statements = list({each.id: each for each, why in faults if not why}.values())
    known = paper(draft, document.id)
    if known is None:
        draft.captures.keep(capture_bytes(document, data))
        known = new_paper(draft, document)
        draft.texts[known.n] = repeats.Text(document.id, document.text)
        add_reading(draft, known, reading)
        outcome: Literal["recorded", "repeated", "sighted", "corrected"] = "recorded"
        corrected: list[str] = []
        believed: dict[str, Known] = {}
    else:
        outcome = "repeated"
        fresh = known.capture_is_new(document)
        if fresh:
            draft.captures.keep(capture_bytes(document, data))
            outcome = "sighted"
        merged = known.corrected_by(document)
        if fresh:
            add_capture(draft, known, document)
        believed = known_statements(draft.connection, [each.id for each in statements])
        corrected = []
        if merged is not None:
            outcome = "corrected"
            full = correct_publication(draft, known, merged, document)
            corrected = _correct_statements(draft, known, statements if full else [], believed)
    observed = observed_at(known.retrieved, known.published, draft.at)
    added = [each.id for each in statements if each.id not in believed]
    for statement in statements:
        if statement.id not in believed:
            row = new_statement(draft, statement, known.n, 0)
            _open(draft, statement, row, observed, known.home_state)
    if added and outcome == "repeated":
        outcome = "recorded"
        add_reading(draft, known, reading)
    repeated = [each.id for each in statements if each.id in believed and each.id not in corrected]
    return Recorded(document.id, outcome, tuple(added), tuple(corrected), tuple(repeated), refused)


def _compare(draft: Draft) -> None:
    """Find what the texts that came with the last documents repeat."""

    def earlier(number: int) -> repeats.Text:
        draft.write()  # it may have come in this transaction
        return repeats.recorded(draft.connection, number)

    if draft.texts:
        repeats.keep(draft.connection, draft.texts, earlier)
        draft.texts.clear()


def new_statement(draft: Draft, statement: Statement, document: int, revision: int) -> int:
    """The row of a statement that is written now; ``revision`` 0, or one more than the last with this id."""
    return draft.add("statements", statement.id, revision, document, None, body_of(statement), words_of(statement))


def _open(draft: Draft, statement: Statement, row: int, observed: int, home_state: str | None) -> None:
    interval = draft.rules.holds(statement, observed)
    text = facet(statement, draft.rules.facets, home_state)
    open_row(draft, Opening(row, text, statement.predicate, interval, observed, "record", statement.review))


def _correct_statements(
    draft: Draft, known: Paper, statements: list[Statement], believed: dict[str, Known]
) -> list[str]:
    """Put the beliefs of a document right after its publication data was: days, and when it was observed.

    ``statements`` is what was read with the new data; empty where that reading knew less than the register does.
    """
    again = {each.id: each for each in statements}
    corrected = []
    for identity, beliefs in held(draft.connection, known.statement_ids(draft.connection)).items():
        new = again.get(identity)
        before = believed.get(identity)
        other = None
        if new is not None and before is not None and not same_reading(before.body, new):
            other = new, new_statement(draft, new, known.n, before.revision + 1)
        changed = [_rebelieve(draft, belief, known, other, "publication data") for belief in beliefs]
        if any(changed):
            corrected.append(identity)
    return corrected


def read_anew(draft: Draft, known: Paper, before: Known, now: Statement, beliefs: Iterable[Held]) -> None:
    """Write the beliefs in a statement again as its words are understood now: the same id, a new revision."""
    again = now, new_statement(draft, now, known.n, before.revision + 1)
    for belief in beliefs:
        _rebelieve(draft, belief, known, again, "read again")


def _rebelieve(draft: Draft, belief: Held, known: Paper, again: tuple[Statement, int] | None, reason: str) -> bool:
    observed = observed_at(known.retrieved, known.published, draft.at)
    if not known.retrieved and not known.published:
        observed = belief.observed
    before = belief.read()
    after, row = again or (before, belief.statement)
    own = draft.rules.holds(before, belief.observed), draft.rules.holds(after, observed)
    interval = carried(belief.interval, *own)
    changes = {
        "statement": row,
        "valid_from": interval.valid_from,
        "valid_to": interval.valid_to,
        "since_known": int(interval.since_known),
        "observed": observed,
    }
    text = facet(after, draft.rules.facets, known.home_state)
    if belief.review == "corrected":
        becomes = overlaid(after, active(draft.connection, None, targets=[after.id]))
        text = refaceted(text, after, becomes, draft.rules.facets.get(after.predicate, ()))
    if text != belief.facet_text:
        changes["entity"] = draft.interned("entities", "id", text.split("|")[1])
        changes["facet"] = draft.interned("facets", "facet", text, changes["entity"], after.predicate)
    if all(getattr(belief, name) == value for name, value in changes.items()):
        return False
    reopen(draft, belief, "correct", note={"reason": reason}, **changes)
    return True


def add_reading(draft: Draft, known: Paper, reading: Reading) -> None:
    """Keep who read a document, and what the gate refused."""
    first = reading.statements[0] if reading.statements else None
    reader, vocabulary = (first.reader, first.vocabulary) if first else ("", "")
    draft.add("readings", known.n, reader, vocabulary, encode(reading.dropped))


def place_statement(draft: Draft, statement: Statement) -> tuple[Statement, int]:
    """The row of a statement, written now if it isn't there; its document must be on the register."""
    known = known_statements(draft.connection, [statement.id]).get(statement.id)
    if known is not None:
        return known.read(), known.n
    home = paper(draft, statement.evidence.document)
    if home is None:
        raise RegisterError("its document is not on the register", where=statement.id, hint="record the document")
    text = kept_text(draft.connection, home.n)
    why = unfounded(Document(id=home.id, text=text, capture=home.capture), statement)
    if why:
        raise RegisterError(why, where=statement.id)
    return statement, new_statement(draft, statement, home.n, 0)


def unfounded(document: Document, statement: Statement) -> str | None:
    """Why a statement doesn't hold against its document's text; None where it does."""
    at = statement.evidence
    if at.document != document.id:
        return "its evidence is of another document"
    if at.start is None or at.end is None:
        return "its evidence is no span"
    if document.text[at.start : at.end] != at.exact:
        return "its evidence is not at its span"
    prefix, suffix = at.prefix or "", at.suffix or ""
    before = at.start - len(prefix)
    if before < 0 or not document.text.startswith(prefix, before) or not document.text.startswith(suffix, at.end):
        return "its context is not that of its span"
    for item in statement.support:
        if document.text[item.start : item.end] != item.exact:
            return f"its support for {item.slot} is not at its span"
    if statement.id != statement_id(statement, document.id):
        return "its id is not that of its content"
    return None


def _agree(document: Document, reading: Reading) -> None:
    if reading.document != document.id:
        raise RegisterError("the reading is of another document", where=reading.document)
    if document.id != "sha256:" + hashlib.sha256(document.text.encode()).hexdigest():
        raise RegisterError("the document's id is not the hash of its text", where=document.id)
