"""A text that is on the register, read again: what the new reading changes, and recording it.

The new statements stand for the old ones from now on; what was believed before keeps its known time, so that a question
about then gets the answer of then. Decisions go on where they are about the same words:

- An old statement and a new one are one where they are about the same subject under the same predicate and their
  evidence overlaps. What the new one says stands in the old one's place.
- Where both say the same, every decision is carried over. A correction of a slot is carried over in any case.
- What a person accepted stands against a reading that says otherwise or nothing, and so does what a person corrected
  where nothing is read any more: it withstands.
- A rejection of words that are read otherwise now, or not at all, has nothing left to bear on: it is orphaned.

What was retracted, or put right by hand, isn't brought back, and what no reader read isn't taken away.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from comity.identity import facet, folded
from comity.model import Decision, Document, Reading, Statement
from comity.register.changing import correct
from comity.register.deciding import active, as_decided, carry
from comity.register.dialects import among
from comity.register.draft import Draft
from comity.register.holdings import Known, Opening, held, known_statements, latest, open_row
from comity.register.instants import OPEN
from comity.register.intervals import observed_at
from comity.register.papers import Paper, publication_of, read_with, recorded_paper
from comity.register.recording import add_reading, new_statement, read_anew, unfounded
from comity.register.rows import decode, encode, same_reading
from comity.register.tables import table

__all__ = ["Reread", "Superseded", "reread", "rereading", "says_the_same"]

_READERS = ("record", "reread")  # the log's operations by which what a reader read came onto the register


@dataclass(frozen=True, slots=True)
class Superseded:
    """A statement, the one that stands in its place, and what becomes of the decisions on it."""

    old: Statement
    new: Statement
    carried: tuple[Decision, ...] = ()


@dataclass(frozen=True, slots=True)
class Reread:
    """What reading one document again changes, or changed.

    ``revised`` statements are the same words, of whom or when is understood otherwise. ``withstood`` ones a person
    vouches for against the new reading. ``orphaned`` decisions have nothing left to bear on.
    """

    document: str
    path: str | None
    publisher: str | None
    kept: Mapping[str, int]  # how many statements stay as they are, by predicate
    revised: tuple[Statement, ...] = ()
    superseded: tuple[Superseded, ...] = ()
    gained: tuple[Statement, ...] = ()
    lost: tuple[Statement, ...] = ()
    withstood: tuple[Statement, ...] = ()
    orphaned: tuple[Decision, ...] = ()
    skipped: str | None = None  # why it was left as it is, to be read again another time

    @property
    def changes(self) -> bool:
        """Whether anything on the register is, or was, to be written anew."""
        return self.count > 0

    @property
    def count(self) -> int:
        """How many statements are, or were, to be written anew or ended."""
        return len(self.revised) + len(self.superseded) + len(self.gained) + len(self.lost)


def rereading(connection: Connection, document: Document, reading: Reading) -> Reread:
    """What recording ``reading``, a new one of a document that is on the register, would change."""
    known = recorded_paper(connection, document.id)
    if known is None:
        return _left(document, "is not on the register")
    if read_with(known.publication) != read_with(publication_of(document)):
        return _left(document, "its publication data was corrected meanwhile")
    return _compared(connection, document, known, reading)


def reread(draft: Draft, items: Iterable[tuple[Document, Reading]]) -> tuple[Reread, ...]:
    """Record new readings of documents that are on the register, in one transaction; what changed with each."""
    done = []
    for document, reading in items:
        found = rereading(draft.connection, document, reading)
        known = recorded_paper(draft.connection, document.id)
        if known is not None and found.skipped is None:
            _apply(draft, known, found)
            if _is_news(draft.connection, known, reading):
                add_reading(draft, known, reading)
            draft.write()
        done.append(found)
    draft.detail = {
        "documents": [each.document for each in done if each.changes],
        "gained": sum(len(each.gained) for each in done),
        "lost": sum(len(each.lost) for each in done),
        "superseded": sum(len(each.superseded) for each in done),
        "revised": sum(len(each.revised) for each in done),
    }
    return tuple(done)


# --- comparing -------------------------------------------------------------------------------------------------


def _compared(connection: Connection, document: Document, known: Paper, reading: Reading) -> Reread:
    read = {each.id: each for each in reading.statements if unfounded(document, each) is None}
    rows = known_statements(connection, {*known.statement_ids(connection), *read})
    by_reader = _read_by_readers(connection, rows)
    holding = set(held(connection, rows))
    believed = holding & by_reader
    missing = {each: rows[each].read() for each in rows if each in believed and each not in read}
    back = _superseded(connection, [each for each in read if each in rows and each not in holding])
    fresh = {identity: each for identity, each in read.items() if identity not in rows or identity in back}
    pairs = _pairs(missing.values(), fresh.values())
    fate = _fate(missing, pairs, active(connection, None, targets=missing))
    paired = {each.id for each in pairs.values()}
    again = {identity: each for identity, each in read.items() if identity in believed}
    revised = {each.id: each for each in again.values() if _settles_otherwise(rows[each.id], each)}
    return Reread(
        document.id,
        document.path,
        document.publisher,
        Counter(each.predicate for each in again.values() if each.id not in revised),
        revised=tuple(revised.values()),
        gained=tuple(each for identity, each in fresh.items() if identity not in paired),
        superseded=tuple(fate.superseded),
        lost=tuple(fate.lost),
        withstood=tuple(fate.withstood),
        orphaned=tuple(fate.orphaned),
    )


class _Fate(NamedTuple):
    """What becomes of statements that are not read any more, and of the decisions on them."""

    superseded: list[Superseded]
    lost: list[Statement]
    withstood: list[Statement]
    orphaned: list[Decision]


def _fate(missing: Mapping[str, Statement], pairs: Mapping[str, Statement], decisions: Iterable[Decision]) -> _Fate:
    made: dict[str, list[Decision]] = {}
    for decision in decisions:
        made.setdefault(decision.target, []).append(decision)
    fate = _Fate([], [], [], [])
    for identity, old in missing.items():
        on_it, new = made.get(identity, []), pairs.get(identity)
        kinds = {each.kind for each in on_it}
        alike = new is not None and says_the_same(old, new)
        vouched = "reject" not in kinds and (("accept" in kinds and not alike) or ("correct" in kinds and new is None))
        if vouched:
            fate.withstood.append(old)
            continue
        carried = [each for each in on_it if new is not None and (alike or each.kind == "correct")]
        fate.orphaned.extend(each for each in on_it if each not in carried)
        if new is None:
            fate.lost.append(old)
        else:
            fate.superseded.append(Superseded(old, new, tuple(carried)))
    return fate


def _pairs(old: Iterable[Statement], new: Iterable[Statement]) -> dict[str, Statement]:
    """Each old statement's id to the new one that is about the same words: the likest first, each once."""
    olds, news = list(old), list(new)
    fits = sorted(
        ((_likeness(one, two), one.id, two.id, two) for one in olds for two in news if _same_words(one, two)),
        key=lambda fit: (tuple(-each for each in fit[0]), fit[1], fit[2]),
    )
    found: dict[str, Statement] = {}
    taken: set[str] = set()
    for _, one, two, statement in fits:
        if one not in found and two not in taken:
            found[one] = statement
            taken.add(two)
    return found


def _same_words(one: Statement, two: Statement) -> bool:
    """Whether two statements are about the same subject, under one predicate, in overlapping evidence."""
    first, second = one.evidence, two.evidence
    if one.predicate != two.predicate or None in (first.start, first.end, second.start, second.end):
        return False
    named = folded(one.subject.name) == folded(two.subject.name)
    same = named or (one.subject.id is not None and one.subject.id == two.subject.id)
    return same and max(first.start or 0, second.start or 0) < min(first.end or 0, second.end or 0)


def _likeness(one: Statement, two: Statement) -> tuple[int, int, int]:
    """How much two statements say the same, how many slots they share, how far their evidence overlaps."""
    shared = sum(one.value.get(slot) == given for slot, given in two.value.items() if given is not None)
    first, second = one.evidence, two.evidence
    overlap = min(first.end or 0, second.end or 0) - max(first.start or 0, second.start or 0)
    return int(says_the_same(one, two)), shared, overlap


def says_the_same(one: Statement, two: Statement) -> bool:
    """Whether what a person decided of ``one`` was decided of what ``two`` says, too."""
    return all(
        getattr(one, name) == getattr(two, name) for name in ("polarity", "modality", "voice", "attribution")
    ) and (
        _filled(one) == _filled(two)
        and one.subject.id == two.subject.id
        and (one.time and one.time.edtf) == (two.time and two.time.edtf)
    )


def _filled(statement: Statement) -> dict[str, object]:
    return {slot: given for slot, given in statement.value.items() if given is not None}


def _settles_otherwise(before: Known, now: Statement) -> bool:
    """Whether the same words are understood otherwise: whom, when, what isn't published, or what a name may mean."""
    could = [each.id for each in now.subject.candidates] if now.subject.id is None else []
    was = before.read().subject
    return not same_reading(before.body, now) or (
        now.subject.id is None and could != [each.id for each in was.candidates]
    )


def _read_by_readers(connection: Connection, ids: Iterable[str]) -> set[str]:
    """Those of these statements that came by a reader, not by a correction or update that brought its own."""
    s, entries = table("statements"), table("log")
    query = (
        select(s.c.id)
        .join(entries, entries.c.seq == s.c.opened)
        .where(among(connection, s.c.id, list(ids)), s.c.revision == 0, entries.c.operation.in_(_READERS))
    )
    return set(connection.execute(query).scalars())


def _superseded(connection: Connection, ids: Sequence[str]) -> set[str]:
    """Those of these statements whose last belief an earlier re-reading ended: they may come back."""
    b, s, entries = table("beliefs"), table("statements"), table("log")
    last = (
        select(s.c.id, func.max(b.c.n).label("n"))
        .join(s, s.c.n == b.c.statement)
        .where(among(connection, s.c.id, list(ids)))
        .group_by(s.c.id)
        .subquery()
    )
    query = (
        select(last.c.id)
        .join(b, b.c.n == last.c.n)
        .join(entries, entries.c.seq == b.c.closed)
        .where(entries.c.operation == "reread")
    )
    return set(connection.execute(query).scalars())


def _left(document: Document, why: str) -> Reread:
    return Reread(document.id, document.path, document.publisher, {}, skipped=why)


# --- recording -------------------------------------------------------------------------------------------------


def _apply(draft: Draft, known: Paper, found: Reread) -> None:
    ids = [*(each.id for each in found.revised), *(each.id for each in found.gained), *(each.id for each in found.lost)]
    rows = known_statements(draft.connection, ids)
    believed = held(draft.connection, [*ids, *(each.old.id for each in found.superseded)])
    for statement in found.revised:
        read_anew(draft, known, rows[statement.id], statement, believed[statement.id])
    for each in found.superseded:
        carry(draft, each.carried, each.new.id)
        draft.write()
        correct(draft, each.old.id, each.new, {"reason": "read again"})
        for belief in believed[each.old.id]:
            if belief.n != latest(believed[each.old.id]).n:
                draft.close("beliefs", belief.n)
    for statement in found.lost:
        for belief in believed[statement.id]:
            draft.close("beliefs", belief.n)
    observed = observed_at(known.retrieved, known.published, _first_known(draft.connection, known))
    for statement in found.gained:
        _gain(draft, known, statement, rows.get(statement.id), observed)


def _gain(draft: Draft, known: Paper, statement: Statement, before: Known | None, observed: int) -> None:
    if before is None:
        row = new_statement(draft, statement, known.n, 0)
    elif _settles_otherwise(before, statement):
        row = new_statement(draft, statement, known.n, before.revision + 1)
    else:
        row = before.n
    interval = draft.rules.holds(statement, observed)
    text = facet(statement, draft.rules.facets, known.home_state)
    opening = Opening(row, text, statement.predicate, interval, observed, "record")
    decisions = active(draft.connection, None, targets=[statement.id])
    open_row(draft, as_decided(draft, opening, statement, decisions))


def _first_known(connection: Connection, known: Paper) -> int:
    c = table("captures")
    return int(connection.execute(select(func.min(c.c.known_from)).where(c.c.document == known.n)).scalar() or OPEN)


def _is_news(connection: Connection, known: Paper, reading: Reading) -> bool:
    """Whether the last reading that is kept was by another reader, or dropped something else."""
    r = table("readings")
    last = connection.execute(
        select(r.c.reader, r.c.vocabulary, r.c.dropped).where(r.c.document == known.n).order_by(r.c.n.desc()).limit(1)
    ).first()
    first = reading.statements[0] if reading.statements else None
    by = (first.reader, first.vocabulary) if first else ("", "")
    return last is None or (last.reader, last.vocabulary, decode(last.dropped)) != (
        *by,
        decode(encode(reading.dropped)),
    )
