"""A list told from all its editions: what its rows say, and since when and until when, whatever order they came in.

:func:`told` plays the editions through in memory, by the rules by which they are recorded one after the other
(:mod:`comity.register.telling`); :func:`settle` closes what is believed otherwise and writes what is to be believed in
its place, so that what was known before stays known of its time. What persons put right, ended or took back stays as
they left it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from sqlalchemy import Connection, or_, select

from comity.model import Decision, Edition, Entry, Statement
from comity.register import reread_rows
from comity.register.catalogue import withdrawals
from comity.register.deciding import as_decided, carry, decided
from comity.register.draft import Draft
from comity.register.holdings import Held, Known, Opening, held, known_statements, open_row
from comity.register.instants import OPEN, instant
from comity.register.intervals import Interval, in_place
from comity.register.listing import body_of_row
from comity.register.rereading import Reread, Superseded
from comity.register.rows import same_reading
from comity.register.rules import Rules
from comity.register.tables import table
from comity.register.telling import ListChanges, Note, hear, rows_of, withdrawal_note

__all__ = ["Telling", "Wanted", "settle", "told"]

_BY_HAND = ("correct", "update", "end", "retract")  # the log's operations by which a person changes a belief


@dataclass(frozen=True, slots=True)
class Telling:
    """An edition at its place among all, its rows with the statements that they carry, and what it changed.

    With ``withdrawn`` (a day) the list is taken back instead, and ``edition`` is the last before.
    ``printed`` are the ids of the statements that its rows carry on the register, in their order.
    """

    edition: Edition
    changed: ListChanges
    withdrawn: str | None = None
    printed: Sequence[str | None] = ()


@dataclass(slots=True)
class Wanted:
    """A belief as it is to be; ``ended`` is what is to be kept with its end."""

    statement: str
    facet: str
    predicate: str
    interval: Interval
    observed: int
    note: Note
    ended: Note | None = None

    def end(self, at: int, note: Note) -> None:
        """Holds no longer than until an instant."""
        self.interval, self.ended = self.interval._replace(valid_to=at), note


@dataclass(slots=True)
class _InMemory:
    """What is believed after some editions, by statement; and the row by which each statement is read."""

    rules: Rules
    beliefs: dict[str, list[Wanted]] = field(default_factory=dict)
    rows: dict[str, tuple[Edition, Entry, Statement]] = field(default_factory=dict)

    def intervals(self, statements: Iterable[str]) -> Mapping[str, Sequence[Interval]]:
        there = ((each, self.beliefs.get(each)) for each in statements)
        return {each: [belief.interval for belief in sorted(those, key=_by_end)] for each, those in there if those}

    def correct(self, old: str, new: str, note: Note) -> None:
        before = self._last(old)
        self.beliefs[old].remove(before)
        was, becomes = (self.rules.holds(self.rows[each][2], before.observed) for each in (old, new))
        self._put(new, in_place(before.interval, was, becomes), before, note)

    def update(self, old: str, new: str, at: int, note: Note) -> None:
        self.end(old, at, note)
        self._put(new, Interval(at, OPEN, True), self._last(old), note)

    def end(self, statement: str, at: int, note: Note) -> None:
        self._last(statement).end(at, note)

    def open(self, entry: Entry, statement: Statement, interval: Interval, observed: int, note: Note) -> None:
        new = Wanted(statement.id, entry.facet, statement.predicate, interval, observed, note)
        self.beliefs.setdefault(statement.id, []).append(new)

    def withdraw(self, list_name: str, date: str, note: Note) -> None:
        """All that holds still of what a list's rows say ends."""
        until = instant(date)
        for each in chain.from_iterable(self.beliefs.values()):
            if each.interval.valid_to == OPEN and self.rows[each.statement][0].list == list_name:
                each.end(max(until, each.interval.valid_from), note)

    def _last(self, statement: str) -> Wanted:
        return max(self.beliefs[statement], key=_by_end)

    def _put(self, new: str, interval: Interval, before: Wanted, note: Note) -> None:
        """``new`` in the place of another belief, and of the last one in itself."""
        _, entry, statement = self.rows[new]
        own = self.beliefs.setdefault(new, [])
        kept = max(own, key=_by_end, default=None)
        if kept is not None:
            own.remove(kept)
        observed = kept.observed if kept else before.observed
        own.append(Wanted(new, kept.facet if kept else entry.facet, statement.predicate, interval, observed, note))


def _by_end(belief: Wanted) -> tuple[int, int]:
    return belief.interval.valid_to, belief.interval.valid_from


def told(
    tellings: Iterable[Telling], rules: Rules, at: int, taken: Mapping[tuple[str, str], Note]
) -> tuple[dict[str, list[Wanted]], Mapping[str, Any]]:
    """What is to be believed of the rows of these editions, by statement; and the row that each is read by. Pure.

    ``at`` stands in where nothing says when an edition was seen; ``taken`` is what is kept of the end of a list that
    was withdrawn on a day.
    """
    found, begun = _InMemory(rules), set[str]()
    for telling in tellings:
        edition = telling.edition
        if telling.withdrawn is not None:
            found.withdraw(edition.list, telling.withdrawn, taken[edition.list, telling.withdrawn])
            continue
        for identity, row in rows_of(edition).items():  # a day that lay ahead is unread: what is believed stays so
            if identity not in found.rows or not found.beliefs.get(identity):
                found.rows[identity] = (edition, *row)
        hear(found, edition, telling.changed, rules, at=at, later=edition.list in begun)
        begun.add(edition.list)
    return found.beliefs, found.rows


def settle(draft: Draft, names: Sequence[str], tellings: Sequence[Telling]) -> tuple[Reread, ...]:
    """Hold what is believed of these lists to their tellings; what that changed, list by list."""
    connection = draft.connection
    wanted, rows = told(tellings, draft.rules, draft.at, _withdrawn(connection, names))
    believed = held(connection, _listed(connection, names))
    printings = list(_printings(reread_rows.places(connection, names), tellings))
    sighted = reread_rows.sighted(connection, {place[0] for place, _, _ in printings})
    now = reread_rows.read_now(printings, sighted, rows)
    left = _by_hand(connection, names)
    left |= {new for old, new in now.items() if old in left and new not in believed}
    pairs = _Pairs(draft, rows, sorted(({*believed, *wanted}) - left), now)
    pairs.carry({identity: each[-1].read() for identity, each in believed.items() if identity in pairs.gone})
    for identity in pairs.ids:
        pairs.compare(believed.get(identity, []), wanted.get(identity, []))
    pairs.write()
    _sight(draft, printings, sighted)
    draft.detail = {"lists": list(names), "changed": len(pairs.opening), "closed": len(pairs.closing)}
    return tuple(pairs.report(name) for name in names)


class _Pairs:
    """What is believed beside what is to be believed: the same, to be closed, to be opened."""

    def __init__(
        self,
        draft: Draft,
        rows: Mapping[str, tuple[Edition, Entry, Statement]],
        ids: Sequence[str],
        now: Mapping[str, str],
    ) -> None:
        self.draft, self.rows, self.ids, self.now = draft, rows, ids, now
        self.gone = frozenset(ids) - rows.keys()  # no row carries them any more
        self.known = known_statements(draft.connection, ids)
        self.decisions = decided(draft.connection, ids)
        self.kept: list[Statement] = []
        self.closing: list[Held] = []
        self.opening: list[tuple[Wanted, Opening]] = []
        self.partners: list[Held | None] = []
        self.fate = reread_rows.Fate({}, [])
        self._documents: dict[str, int] = {}

    def carry(self, gone: Mapping[str, Statement]) -> None:
        """Let the decisions on statements that no row carries any more go on with those in their place."""
        self.fate = reread_rows.fate(gone, self.now, self.rows, self.decisions)
        for identity, decisions in self.fate.carried.items():
            carry(self.draft, decisions, identity)
            self.decisions.setdefault(identity, []).extend(decisions)

    def compare(self, believed: Sequence[Held], wanted: Sequence[Wanted]) -> None:
        """Set the beliefs in one statement against those that are to be."""
        ours = list(believed)
        for each in wanted:
            statement = self.rows[each.statement][2]
            plain = Opening(self._row(statement), each.facet, each.predicate, each.interval, each.observed, "record")
            opening = as_decided(self.draft, plain, statement, self.decisions.get(each.statement, ()))
            same = next((one for one in ours if _same(one, opening)), None)
            if same is None:
                self.opening.append((each, opening))
            else:
                ours.remove(same)
                self.kept.append(statement)
        self.closing += ours

    def _row(self, statement: Statement) -> int:
        """The row of a statement as it is read now, written where it is new or read otherwise."""
        known = self.known.get(statement.id)
        if known is not None and same_reading(known.body, statement):
            return known.n
        edition, entry, _ = self.rows[statement.id]
        body, revision = body_of_row(edition, entry, statement), known.revision + 1 if known else 0
        document = known.document_row if known else self._document(edition.document)
        number = self.draft.add("statements", statement.id, revision, document, edition.list, body, None)
        self.known[statement.id] = Known(
            number, statement.id, revision, edition.list, body, None, document, edition.document
        )
        return number

    def _document(self, identity: str) -> int:
        if identity not in self._documents:
            self._documents |= self.draft.numbers("documents", "id", [identity])
        return self._documents[identity]

    def write(self) -> None:
        """Close what is believed otherwise and open what is to be, each in the place of what it is told instead of."""
        free = list(self.closing)
        for wanted, _ in self.opening:
            partner = next((one for one in free if one.id == wanted.statement), None)
            partner = partner or next((one for one in free if self.now.get(one.id) == wanted.statement), None)
            partner = partner or next((one for one in free if one.facet_text == wanted.facet), None)
            if partner is not None:
                free.remove(partner)
            self.partners.append(partner)
        for belief in self.closing:
            self.draft.close("beliefs", belief.n)
        for (wanted, opening), partner in zip(self.opening, self.partners, strict=True):
            open_row(self.draft, _because(wanted, opening, partner))

    def report(self, name: str) -> Reread:
        """What became different of one list."""
        mine = [
            (self.rows[wanted.statement][2], partner)
            for (wanted, _), partner in zip(self.opening, self.partners, strict=True)
            if self.rows[wanted.statement][0].list == name
        ]
        placed = {partner.n for partner in self.partners if partner is not None}
        counts: dict[str, int] = {}
        for statement in self.kept:
            if self.rows[statement.id][0].list == name:
                counts[statement.predicate] = counts.get(statement.predicate, 0) + 1
        return Reread(
            name,
            None,
            None,
            counts,
            revised=tuple(new for new, old in mine if old is not None and old.id == new.id),
            superseded=tuple(
                Superseded(old.read(), new, self._carried(old.id, new.id))
                for new, old in mine
                if old is not None and old.id != new.id
            ),
            gained=tuple(new for new, old in mine if old is None),
            lost=tuple(old.read() for old in self.closing if old.n not in placed and old.list == name),
            orphaned=tuple(each for each in self.fate.orphaned if self.known[each.target].list == name),
        )

    def _carried(self, old: str, new: str) -> tuple[Decision, ...]:
        return tuple(each for each in self.fate.carried.get(new, ()) if each.target == old)


def _same(believed: Held, opening: Opening) -> bool:
    clocks = believed.interval, believed.observed
    read = believed.statement, believed.facet_text, believed.review, believed.rejected
    return clocks == (opening.interval, opening.observed) and read == (
        opening.statement,
        opening.facet,
        opening.review,
        opening.rejected,
    )


def _because(wanted: Wanted, opening: Opening, partner: Held | None) -> Opening:
    """The belief with why it is written: it began, it ended, or its list is told otherwise now."""
    if partner is None:
        return opening._replace(note=wanted.note | {"ended": wanted.ended} if wanted.ended else wanted.note)
    ends = wanted.ended and partner.valid_to != opening.interval.valid_to
    start = partner.interval, partner.id
    if ends and start == (opening.interval._replace(valid_to=partner.valid_to), wanted.statement):
        return opening._replace(cause="end", replaces=partner.n, note=wanted.ended)
    note = {"kind": "corrected", "edition": wanted.note.get("edition")}
    return opening._replace(cause="settle", replaces=partner.n, note=note)


def _listed(connection: Connection, names: Sequence[str]) -> list[str]:
    s = table("statements")
    return list(connection.execute(select(s.c.id).where(s.c.list.in_(names), s.c.revision == 0)).scalars())


def _withdrawn(connection: Connection, names: Sequence[str]) -> dict[tuple[str, str], Note]:
    """What is kept of the end of these lists, by list and day."""
    return {
        (each.list, each.date[:10]): withdrawal_note(each.date, each.reason, each.evidence)
        for name in names
        for each in withdrawals(connection, name, None)
    }


def _by_hand(connection: Connection, names: Sequence[str]) -> set[str]:
    """The statements whose beliefs a person changed: other than by what a decision lays over them."""
    b, s, entries, d = (table(name) for name in ("beliefs", "statements", "log", "decisions"))
    acts = select(entries.c.seq).where(entries.c.operation.in_(_BY_HAND))
    query = (
        select(s.c.id)
        .join(b, b.c.statement == s.c.n)
        .where(s.c.list.in_(names), or_(b.c.opened.in_(acts), b.c.closed.in_(acts)))
    )
    dated = (
        select(d.c.target)
        .join(s, s.c.id == d.c.target)
        .where(s.c.list.in_(names), d.c.known_to == OPEN, d.c.kind == "correct", d.c.body.like('%"field":"time"%'))
    )
    return {*connection.execute(query).scalars(), *connection.execute(dated).scalars()}


def _printings(
    numbers: Mapping[tuple[str, str, str], int], tellings: Iterable[Telling]
) -> Iterator[tuple[reread_rows.Place, str | None, Entry]]:
    """Each row of the editions: its place, the statement that it was printed with, and how it is read now."""
    for telling in tellings:
        if telling.withdrawn is None:
            edition = telling.edition
            number = numbers[edition.list, edition.order, edition.id]
            for position, (printed, entry) in enumerate(zip(telling.printed, edition.entries, strict=True)):
                yield (number, position), printed, entry


def _sight(
    draft: Draft,
    printings: Iterable[tuple[reread_rows.Place, str | None, Entry]],
    sighted: Mapping[reread_rows.Place, reread_rows.Sighted],
) -> None:
    """Keep of which statement each row is a sighting now, where that isn't the one it was printed with."""
    now = {
        place: entry.statement.id
        for place, printed, entry in printings
        if entry.statement is not None and printed != entry.statement.id
    }
    for place, kept in sighted.items():
        if now.get(place) == kept.statement:
            del now[place]
        else:
            draft.close("sighted_as", kept.n)
    for (edition, position), statement in sorted(now.items()):
        draft.add("sighted_as", edition, position, statement)
