"""Between statements and rows: what of a statement is kept where, and how it is put together again.

A statement's words (exact, prefix, suffix, exacts of its support) stand apart from its body, so that they can be
sealed; its document's path and URL belong to the publication; reader and vocabulary to the reading.
"""

from __future__ import annotations

from typing import Any

import msgspec

from comity.model import Attribution, Evidence, Statement, Subject, Support, Time, Value, Withheld

__all__ = [
    "Origin",
    "Said",
    "body_of",
    "decode",
    "encode",
    "said_of",
    "same_reading",
    "slots_of",
    "statement_of",
    "words_of",
]

_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder()


class _Body(msgspec.Struct, array_like=False, omit_defaults=True):
    topic: str
    predicate: str
    subject: Subject
    value: dict[str, Value]
    polarity: Any
    modality: Any
    voice: Any
    reader: str
    vocabulary: str
    attribution: tuple[Attribution, ...] = ()
    time: Time | None = None
    span: tuple[int, int] | None = None
    sheet: str | None = None
    row: int | None = None
    cells: dict[str, str] | None = None
    support: tuple[tuple[str, int, int], ...] = ()
    withheld: tuple[Withheld, ...] = ()
    slots: tuple[str, ...] | None = None  # of a list's row: the facet's slots, which its id is made of


_bodies = msgspec.json.Decoder(_Body)


class Said(msgspec.Struct):
    """What a statement says, without whom it is about and its words."""

    value: dict[str, Value]
    polarity: str
    modality: str
    time: Time | None = None


said_of = msgspec.json.Decoder(Said).decode
"""What the JSON of a statement says: a tenth of the work of :func:`statement_of`."""


class Origin(msgspec.Struct, frozen=True):
    """What a statement on the register gets from its document: id, and path and URL of its publication."""

    document: str
    path: str | None = None
    url: str | None = None


def encode(value: Any) -> str:
    """JSON text for a column."""
    return _encoder.encode(value).decode()


def decode(text: str | None) -> Any:
    """The value of a JSON column; None for NULL."""
    return None if text is None else _decoder.decode(text)


def body_of(statement: Statement, slots: tuple[str, ...] | None = None) -> str:
    """The JSON of a statement without its words; ``slots`` are the facet's, for a row of a list."""
    at = statement.evidence
    span = (at.start, at.end) if at.start is not None and at.end is not None else None
    body = _Body(
        topic=statement.topic,
        predicate=statement.predicate,
        subject=statement.subject,
        value=dict(statement.value),
        polarity=statement.polarity,
        modality=statement.modality,
        voice=statement.voice,
        reader=statement.reader,
        vocabulary=statement.vocabulary,
        attribution=statement.attribution,
        time=statement.time,
        span=span,
        sheet=at.sheet,
        row=at.row,
        cells=dict(at.cells) if at.cells is not None else None,
        support=tuple((item.slot, item.start, item.end) for item in statement.support),
        withheld=at.withheld,
        slots=slots,
    )
    return _encoder.encode(body).decode()


def same_reading(body: str, statement: Statement) -> bool:
    """Whether the kept body settles the same as ``statement``: whom, when, under which kind, and what isn't published.

    And what it says, where that isn't in the id: of a list's row that is what its cells mean by the list's description.
    Scores of candidates, reader and vocabulary may differ: they settle nothing.
    """
    kept = _bodies.decode(body)
    if kept.slots is not None and kept.value != dict(statement.value):
        return False
    ours, theirs = kept.subject, statement.subject
    return (ours.id, ours.kind, ours.outcome) == (theirs.id, theirs.kind, theirs.outcome) and (
        kept.time == statement.time and kept.withheld == statement.evidence.withheld
    )


def slots_of(body: str) -> tuple[str, ...]:
    """The facet's slots that the id of a list's row is made of."""
    return _bodies.decode(body).slots or ()


def words_of(statement: Statement) -> str | None:
    """The JSON of a statement's words: exact, prefix, suffix, exacts of the support; None for a row of a list."""
    at = statement.evidence
    if at.start is None:
        return None
    return _encoder.encode((at.exact, at.prefix, at.suffix, [item.exact for item in statement.support])).decode()


def statement_of(identity: str, body: str, words: str | None, origin: Origin, review: Any = "machine") -> Statement:
    """The statement that ``body`` and ``words`` were made of. Sealed words come back empty."""
    kept = _bodies.decode(body)
    exact, prefix, suffix, exacts = _decoder.decode(words) if words else (None, None, None, [""] * len(kept.support))
    start, end = kept.span or (None, None)
    at = origin.document, origin.path, origin.url, start, end, exact, prefix, suffix
    support = [Support(slot, a, b, text) for (slot, a, b), text in zip(kept.support, exacts, strict=True)]
    return Statement(
        id=identity,
        topic=kept.topic,
        predicate=kept.predicate,
        subject=kept.subject,
        value=kept.value,
        polarity=kept.polarity,
        modality=kept.modality,
        voice=kept.voice,
        attribution=kept.attribution,
        time=kept.time,
        evidence=Evidence(*at, kept.sheet, kept.row, kept.cells, kept.withheld),
        support=tuple(support),
        review=review,
        reader=kept.reader,
        vocabulary=kept.vocabulary,
    )
