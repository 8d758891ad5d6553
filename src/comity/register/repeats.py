"""Which recorded texts repeat one another: found once, when a text is recorded, and kept.

Derived from the texts alone, so it stands beside the log and not in it; ``verify`` holds it to the texts
(:mod:`comity.register.repeat_checks`). A text is
held against the first few that share fingerprints with it (:mod:`comity.documents.fingerprints`), in the order in which
they came: so the same texts give the same pairs on both databases, however many are recorded at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import repeat
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Connection, and_, delete, or_, select, text

from comity.documents.copies import Compared, Copy, compared, copy_of, originals
from comity.documents.fingerprints import alike, fingerprints
from comity.register.dialects import MEMBERS, among, as_list, members, write_rows
from comity.register.instants import OPEN
from comity.register.papers import kept_text
from comity.register.ready import Ready, answered, ready
from comity.register.rows import decode
from comity.register.tables import table

__all__ = ["AGAINST", "FIRST", "Text", "copied", "fill", "forget", "holders_of", "keep", "pair_row", "recorded"]

FIRST = 3  # texts that are remembered with a fingerprint: what many share pairs each with the first of them
AGAINST = 3  # texts that one is held against at most
_READY = 128  # texts kept ready to be compared
_AT_ONCE = 500
_MILLE = 1000
_ALIKE = 750  # thousandths: two texts that share so much with a third one share half with each other
_HOLDING = "SELECT value, document FROM fingerprints WHERE value {members} ORDER BY value, document"
_REPEATING = """
WITH w AS (SELECT n FROM documents WHERE id {members}),
     r AS (SELECT x.* FROM w JOIN repeats x ON x.one = w.n UNION SELECT x.* FROM w JOIN repeats x ON x.other = w.n)
SELECT a.id, b.id, r.kind, r.one_share, r.other_share, r.one_length, r.other_length
FROM r JOIN documents a ON a.n = r.one JOIN documents b ON b.n = r.other
"""


class Text(NamedTuple):
    """A text by its document's id."""

    id: str
    text: str


class _Kept(NamedTuple):
    """A pair as a row: the ends' ids, how, how much of each stands in the other (thousandths), their lengths."""

    one: str
    other: str
    kind: str
    one_share: int
    other_share: int
    one_length: int
    other_length: int

    def copy(self) -> Copy:
        """The pair without its passages."""
        kind: Any = self.kind
        return Copy(self.one, self.other, kind, self.one_share / _MILLE, self.other_share / _MILLE, ())


# --- finding ---------------------------------------------------------------------------------------------------


def keep(connection: Connection, fresh: Mapping[int, Text], earlier: Callable[[int], Text]) -> None:
    """Find what these texts repeat, and keep that; ``fresh`` by the numbers of their documents, which came last.

    ``earlier`` gives the text of a document that came before them.
    """
    marked = {number: fingerprints(fresh[number].text) for number in sorted(fresh)}
    holders = holders_of(connection, sorted(frozenset().union(*marked.values())))
    pairs: list[tuple[int | str, ...]] = []
    rows: list[tuple[int, int]] = []

    @lru_cache(maxsize=_READY)
    def ready(number: int) -> tuple[Compared, int]:
        found = fresh.get(number) or earlier(number)
        return compared(found.id, found.text), len(found.text)

    for number, values in marked.items():
        known = holders.keys() & values
        for other in alike([(value, other) for value in known for other in holders[value]], AGAINST):
            pair = pair_row((other, *ready(other)), (number, *ready(number)))
            if pair is not None:
                pairs.append(pair)
        new = values - {value for value in known if len(holders[value]) >= FIRST}
        rows.extend(zip(new, repeat(number)))
        holders |= {value: (*holders[value], number) for value in new & known}
        holders |= dict.fromkeys(new - known, (number,))
    rows.sort(key=itemgetter(0))  # the table's own order: rows that come together stand together
    write_rows(connection, "fingerprints", ("value", "document"), rows)
    write_rows(connection, "repeats", tuple(table("repeats").c.keys()), sorted(pairs))


def pair_row(one: tuple[int, Compared, int], other: tuple[int, Compared, int]) -> tuple[int | str, ...] | None:
    """What is kept of two texts (their numbers, ready to be compared, their lengths); None where neither repeats."""
    found = copy_of(one[1], other[1])
    if found is None:
        return None
    if found.one != one[1].id:
        one, other = other, one
    shares = (round(each * _MILLE) for each in (found.one_share, found.other_share))
    return one[0], other[0], found.kind, *shares, one[2], other[2]


def holders_of(connection: Connection, values: Sequence[int]) -> dict[int, tuple[int, ...]]:
    """The texts that are remembered with these fingerprints, by each that any has, in the order in which they came."""
    if not values:
        return {}
    found: dict[int, tuple[int, ...]] = {}
    for value, document in members(connection, _HOLDING, values):
        found[value] = (*found.get(value, ()), document)
    return found


def fill(connection: Connection) -> None:
    """Find and keep what all texts of a register repeat, as if each had been held against those before it when it came.

    For a register of an earlier version, once.
    """
    connection.execute(delete(table("repeats")))
    connection.execute(delete(table("fingerprints")))
    d, x = table("documents"), table("editions")
    query = (
        select(d.c.n, d.c.id)
        .where(d.c.text.is_not(None), d.c.n.not_in(select(x.c.document)))
        .order_by(d.c.n)
        .limit(_AT_ONCE)
    )
    after = 0
    while rows := connection.execute(query.where(d.c.n > after)).all():
        fresh = {number: Text(identity, kept_text(connection, number)) for number, identity in rows}
        keep(connection, fresh, lambda number: recorded(connection, number))
        after = rows[-1].n


def recorded(connection: Connection, number: int) -> Text:
    """The text of a document that is on the register, by its number."""
    d = table("documents")
    identity = connection.execute(select(d.c.id).where(d.c.n == number)).scalar_one()
    return Text(identity, kept_text(connection, number))


def forget(connection: Connection, document: int) -> None:
    """Leave nothing of a text that is sealed."""
    f, r = table("fingerprints"), table("repeats")
    connection.execute(delete(f).where(f.c.document == document))
    connection.execute(delete(r).where(or_(r.c.one == document, r.c.other == document)))


# --- answering -------------------------------------------------------------------------------------------------


def copied(
    connection: Connection,
    wanted: Sequence[str],
    known: int | None = None,
    same: Iterable[tuple[str, str]] = (),
    distinct: Iterable[tuple[str, str]] = (),
) -> dict[str, str]:
    """Those of these documents that repeat another of them, each mapped to the likeliest original among them.

    Texts that both repeat a third one are one account, whether it is among ``wanted`` or not. ``same`` joins two that
    no measure found, ``distinct`` parts two however they are joined.
    """
    apart = {frozenset(each) for each in distinct}
    members = set(wanted)
    joined = [each for each in same if members.issuperset(each)]
    pairs = [each for each in _of(connection, wanted) if frozenset((each.one, each.other)) not in apart]
    if not pairs and not joined:
        return {}
    order = _order(connection, pairs, {end for each in joined for end in each}, known)
    found = originals([each.copy() for each in (*pairs, *_alike(pairs, order))], order)
    place = {each: at for at, each in enumerate(order)}
    for each in joined:
        if not place.keys() >= set(each):
            continue  # not recorded yet
        first, later = sorted(each, key=place.__getitem__)
        found[later] = found.get(first, first)
    return _within([each for each in order if each in members], found, apart)


def _alike(pairs: Iterable[_Kept], order: Sequence[str]) -> Iterator[_Kept]:
    """Texts that have nearly all in common by way of others, each paired with the first of them."""
    place = {each: at for at, each in enumerate(order)}
    first: dict[str, str] = {}

    def of(each: str) -> str:
        while each in first:
            each = first[each]
        return each

    for pair in pairs:
        if min(pair.one_share, pair.other_share) >= _ALIKE and place.keys() >= {pair.one, pair.other}:
            ends = sorted({of(pair.one), of(pair.other)}, key=place.__getitem__)
            if len(ends) > 1:
                first[ends[1]] = ends[0]
    for each in list(first):
        yield _Kept(of(each), each, "verbatim", _MILLE, _MILLE, 0, 0)


def _within(order: Sequence[str], found: Mapping[str, str], apart: set[frozenset[str]]) -> dict[str, str]:
    """Each of ``order`` that goes back to what an earlier one does, mapped to that one, unless they are apart."""
    groups: dict[str, list[str]] = {}
    result: dict[str, str] = {}
    for each in order:
        firsts = groups.setdefault(found.get(each, each), [])
        first = next((one for one in firsts if frozenset((one, each)) not in apart), None)
        if first is None:
            firsts.append(each)
        else:
            result[each] = first
    return result


def _of(connection: Connection, documents: Sequence[str]) -> list[_Kept]:
    rows = answered(connection, _asked(connection.dialect.name), {"ids": as_list(connection, documents)})
    return sorted({_Kept._make(row) for row in rows})


@lru_cache(maxsize=2)
def _asked(database: str) -> Ready:
    return ready(database, text(_REPEATING.format(members=MEMBERS[database])))


def _order(connection: Connection, pairs: Iterable[_Kept], more: Iterable[str], known: int | None) -> list[str]:
    """The documents that were there at ``known``, the likeliest original first: by publication, then the longer."""
    length = dict.fromkeys(more, 0)
    for each in pairs:
        length |= {each.one: each.one_length, each.other: each.other_length}
    d, p = table("documents"), table("publications")
    held = p.c.known_to == OPEN if known is None else and_(p.c.known_from <= known, p.c.known_to > known)
    query = select(d.c.id, p.c.body).join(p, and_(p.c.document == d.c.n, held))
    rows = connection.execute(query.where(among(connection, d.c.id, list(length))))
    published = {identity: decode(body).get("published") or "9999" for identity, body in rows}
    return sorted(published, key=lambda each: (published[each], -length[each], each))
