"""Whether what is kept of texts that repeat one another is all that they show, no more and no less.

Used by ``verify``: each text's fingerprints are made anew, those that are remembered of it are looked up, and it is
held against the texts that it was held against when it came (:mod:`comity.register.repeats`). A text that was sealed
since may have stood in the way of a later one, and nothing is left of it to tell: so many are let pass.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Column, Connection, Row, Table, func, or_, select, tuple_

from comity.documents.copies import Compared, compared
from comity.documents.fingerprints import alike, fingerprints
from comity.register.papers import kept_text
from comity.register.repeats import AGAINST, FIRST, holders_of, pair_row, recorded
from comity.register.tables import table

__all__ = ["Unlike", "checked"]

_READY = 128  # texts kept ready to be compared
_AT_ONCE = 200  # texts whose fingerprints are looked up together


class Unlike(NamedTuple):
    """A row that is missing, or that is not what the texts show."""

    table: str
    where: str
    why: str


_Ready = Callable[[int], tuple[int, Compared, int]]  # a text by its number, ready to be compared, with its length


def checked(connection: Connection, sealed: Sequence[int], counts: dict[str, int]) -> Iterator[Unlike]:
    """What of fingerprints and pairs is missing, changed or too much; ``counts`` how many pairs were looked at."""
    gone = sorted(sealed)
    confirmed = 0

    @lru_cache(maxsize=_READY)
    def ready(number: int) -> tuple[int, Compared, int]:
        found = recorded(connection, number)
        return number, compared(found.id, found.text), len(found.text)

    for marked in _marked(connection):
        known = holders_of(connection, sorted(frozenset().union(*marked.values())))
        tables = _tables(connection, list(marked))
        for number, values in marked.items():
            confirmed += sum(number in known.get(value, ()) for value in values)
            if number in tables:
                continue  # a list's edition is held against no other text
            before = bisect_left(gone, number)
            yield from _forgotten(number, values, known, before)
            shared = [(value, other) for value in values for other in known.get(value, ()) if other < number]
            yield from _unpaired(connection, number, alike(shared, max(AGAINST - before, 0)), ready)
    yield from _surplus(connection, confirmed)
    yield from _pairs(connection, ready, counts)


def _marked(connection: Connection) -> Iterator[dict[int, frozenset[int]]]:
    """The fingerprints of all texts that are there, by their documents' numbers, some at a time."""
    d = table("documents")
    query = select(d.c.n).where(d.c.text.is_not(None)).order_by(d.c.n).limit(_AT_ONCE)
    after = 0
    while numbers := connection.execute(query.where(d.c.n > after)).scalars().all():
        yield {number: fingerprints(kept_text(connection, number)) for number in numbers}
        after = numbers[-1]


def _tables(connection: Connection, numbers: Sequence[int]) -> frozenset[int]:
    """Those of these documents that are editions of lists."""
    e = table("editions")
    return frozenset(connection.execute(select(e.c.document).where(e.c.document.in_(numbers))).scalars())


def _forgotten(
    number: int, values: frozenset[int], known: Mapping[int, tuple[int, ...]], before: int
) -> Iterator[Unlike]:
    """Fingerprints of a text that it should be remembered by: it is among the first that have them."""
    for value in sorted(values):
        held = known.get(value, ())
        earlier = sum(other < number for other in held) + before
        if number not in held and earlier < FIRST:
            yield Unlike("fingerprints", f"fingerprints {value}/{number}", "is missing")


def _unpaired(connection: Connection, number: int, likely: Sequence[int], ready: _Ready) -> Iterator[Unlike]:
    """Pairs of a text with those that it is likest to that are not kept, and that the texts show."""
    if not likely:
        return
    r = table("repeats")
    keys = [(one, other) for each in likely for one, other in ((each, number), (number, each))]
    kept = {
        frozenset(row)
        for row in connection.execute(select(r.c.one, r.c.other).where(tuple_(r.c.one, r.c.other).in_(keys)))
    }
    for each in likely:
        if frozenset((each, number)) not in kept:
            found = pair_row(ready(each), ready(number))
            if found is not None:
                yield Unlike("repeats", f"repeats {found[0]}/{found[1]}", "is missing: its texts repeat one another")


def _surplus(connection: Connection, confirmed: int) -> Iterator[Unlike]:
    """Fingerprints that are kept of no text that has them."""
    f = table("fingerprints")
    if connection.execute(select(func.count()).select_from(f)).scalar_one() == confirmed:
        return
    for rows in _some_at_a_time(connection, f, f.c.value, f.c.document):
        there = _there(connection, {row.document for row in rows})
        for value, document in map(tuple, rows):
            if document not in there or value not in fingerprints(kept_text(connection, document)):
                yield Unlike("fingerprints", f"fingerprints {value}/{document}", "is of no text that has it")


def _pairs(connection: Connection, ready: _Ready, counts: dict[str, int]) -> Iterator[Unlike]:
    """Kept pairs that are not what their texts show."""
    r = table("repeats")
    for rows in _some_at_a_time(connection, r, r.c.one, r.c.other):
        there = _there(connection, {end for row in rows for end in (row.one, row.other)})
        for row in rows:
            where = f"repeats {row.one}/{row.other}"
            made = pair_row(ready(row.one), ready(row.other)) if there >= {row.one, row.other} else None
            if made is None:
                yield Unlike("repeats", where, "is of no two texts that repeat one another")
            elif made != tuple(row):
                differ = [name for name, ours, kept in zip(r.c.keys(), made, row, strict=True) if ours != kept]
                yield Unlike("repeats", f"{where} {', '.join(differ)}", "is not what its texts show")
            counts["repeated texts"] += 1


def _some_at_a_time(
    connection: Connection, rows_of: Table, first: Column[int], second: Column[int]
) -> Iterator[Sequence[Row[Any]]]:
    """All rows of a table in the order of the two columns that tell them apart, some at a time."""
    query = select(rows_of).order_by(first, second).limit(_AT_ONCE)
    last = (-(2**62), 0)
    while rows := connection.execute(query.where(or_(first > last[0], (first == last[0]) & (second > last[1])))).all():
        yield rows
        last = getattr(rows[-1], first.name), getattr(rows[-1], second.name)


def _there(connection: Connection, numbers: Iterable[int]) -> frozenset[int]:
    """Those of these documents whose texts are there."""
    d = table("documents")
    query = select(d.c.n).where(d.c.n.in_(sorted(numbers)), d.c.text.is_not(None))
    return frozenset(connection.execute(query).scalars())
