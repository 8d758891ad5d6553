"""What changed between two editions of a list: pure over editions.

Use :func:`diff` for two editions in hand; :mod:`comity.lists.history` for a sequence, where departures are proved.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from rapidfuzz.distance import DamerauLevenshtein

from comity.errors import UsageError
from comity.lists.cells import folded, well_formed_day
from comity.lists.columns import text_of
from comity.lists.definitions import Column, Definition
from comity.lists.loader import definition
from comity.lists.matching import Match, Matching, match, name_of, state_of
from comity.model import Change, Edition, Entry, Value

__all__ = [
    "absence", "change", "complete_for", "diff", "differences", "doubles", "many", "ordered", "pair_changes", "proved",
]  # fmt: skip

KINDS = (  # in the order in which changes of one entry are told
    "joined", "relisted", "transitioned", "renamed", "reassigned", "amended", "duplicated", "left", "unresolved",
    "withdrawn",
)  # fmt: skip
_LONG = 4  # letters from which two printings can be one word misprinted
_MISPRINT = 2  # typing errors between them
_FEW = 3  # entries that may vanish at once without being a mass
PRESENCE = "presence"  # the field of a change that says whether a row is printed at all
ROWS = "rows"  # the field of a change that says how often one is printed


def diff(
    old: Edition, new: Edition, described: Definition | None = None, later: Sequence[Edition] = ()
) -> tuple[Change, ...]:
    """What is different in ``new``, sorted by name and facet whatever the order of rows.

    An entry that is no longer printed is ``unresolved``, with the day on which it was first absent: two editions can't
    prove a departure. It has ``left`` where ``later`` accepted editions confirm it by the list's rule. Where an edition
    isn't complete for an entry's scope, its absence says nothing. Raises UsageError where the editions are of two
    lists.
    """
    if old.list != new.list:
        raise UsageError(f"editions of two lists, {old.list} and {new.list}", where=new.name, hint="compare one list")
    described = described or definition(old.list)
    found = match(old.entries, new.entries, described)
    changes = differences(found, old, new, described)
    last = max(later, key=lambda item: item.order, default=new)
    still = match(found.gone, last.entries, described).gone if later else found.gone
    mass = many(sum(complete_for(new, entry, described) for entry in still), new, described)
    for entry in found.gone:
        proof = _proof(entry, new, later, described, mass=mass)
        if proof is not None and complete_for(new, entry, described):
            told = absence("left", entry, new, new.date, described)
            changes = [item for item in changes if item.facet != entry.facet or item.kind != "unresolved"]
            changes.append(replace(told, confirmed_by=proof))
    return ordered(changes)


def _proof(entry: Entry, new: Edition, later: Sequence[Edition], described: Definition, *, mass: bool) -> str | None:
    """The edition that confirms a departure; None where one prints the entry again, or none goes far enough."""
    missed = 1
    if proved(missed, new.date, new.date, described, mass=mass):
        return new.name
    for edition in sorted(later, key=lambda item: item.order):
        if edition.order <= new.order or not complete_for(edition, entry, described):
            continue
        if match([entry], edition.entries, described).pairs:
            return None
        missed += 1
        if proved(missed, new.date, edition.date, described, mass=mass):
            return edition.name
    return None


def many(missed: int, edition: Edition, described: Definition) -> bool:
    """Whether so many entries are missed since one edition that a slip is likelier than as many departures."""
    return missed > max(_FEW, described.departure.mass * len(edition.entries))


def proved(editions: int, first_absent: str, date_: str, described: Definition, *, mass: bool) -> bool:
    """Whether an absence from so many editions between two days is a departure, by the list's rule."""
    try:
        days = (date.fromisoformat(date_) - date.fromisoformat(first_absent)).days
    except ValueError:
        days = 0
    rule = described.departure
    return editions >= rule.editions and days >= (rule.mass_days if mass else rule.days)


def absence(kind: str, entry: Entry, edition: Edition, first_absent: str, described: Definition) -> Change:
    """A change that tells of a row that is printed no more."""
    told = change(kind, entry, edition, described, PRESENCE, "printed", "absent", (entry,))
    return replace(told, first_absent=first_absent)


def differences(found: Matching, old: Edition, new: Edition, described: Definition) -> list[Change]:
    """The changes of a matching, unsorted."""
    changes = [item for pair in found.pairs for item in pair_changes(pair, new, described)]
    for entry in found.come:
        if complete_for(old, entry, described):
            changes.append(change("joined", entry, new, described, evidence=(entry,)))
    for entry in found.gone:
        if complete_for(new, entry, described):
            changes.append(absence("unresolved", entry, new, new.date, described))
    changes.extend(doubles(found, old, new, described))
    return changes


def doubles(found: Matching, old: Edition | None, new: Edition, described: Definition) -> list[Change]:
    """The rows that are printed twice now and weren't before, and those that were."""
    after = [entry.facet for entry in new.entries]
    before = [entry.facet for entry in old.entries] if old else []
    changes = []
    for kind, entries in (("duplicated", found.doubled), ("amended", found.single)):
        for entry in entries:
            if before.count(entry.facet) != after.count(entry.facet):
                twins = [other for other in new.entries if other.facet == entry.facet and other is not entry]
                changes.append(
                    change(
                        kind,
                        entry,
                        new,
                        described,
                        ROWS,
                        before.count(entry.facet) or 1,
                        after.count(entry.facet),
                        (entry, *twins),
                    )
                )
    return changes


def pair_changes(pair: Match, new: Edition, described: Definition) -> list[Change]:
    """What is different between the two entries of a match."""
    old_name, new_name = name_of(pair.old, described), name_of(pair.new, described)
    entries = (pair.old, pair.new)
    changes: list[Change] = []
    if pair.old.normal == pair.new.normal and pair.old.printed == pair.new.printed:
        return changes
    if folded(old_name) != folded(new_name):
        one_body = pair.old.entity is not None and pair.old.entity == pair.new.entity
        kind = "renamed" if one_body or pair.basis in ("identity", "name") else "reassigned"
        subject = described.column(described.subject)
        was, now = (text_of(entry, subject, described).strip() for entry in entries)
        changes.append(change(kind, pair.new, new, described, described.subject, was, now, entries))
    for column in described.columns:
        if column.reads != "name" and _differs(column, pair.old, pair.new, described):
            before, after = printed(column, pair.old, described), printed(column, pair.new, described)
            changes.append(change("amended", pair.new, new, described, column.key, before, after, entries))
    return changes


def _differs(column: Column, old: Entry, new: Entry, described: Definition) -> bool:
    if column.key not in old.normal and column.key not in new.normal:
        return False
    before, after = old.normal.get(column.key), new.normal.get(column.key)
    first, second = folded(text_of(old, column, described)), folded(text_of(new, column, described))
    if column.reads == "link":
        return before != after if before or after else first != second and bool(first) and bool(second)
    if before is None and after is None:
        return first != second and column.reads != "text"
    if column.reads == "text":
        return folded(str(before or "")) != folded(str(after or ""))
    if before != after:
        return True
    # One reading of two printings: a misprint that was put right is worth telling, another format isn't.
    if column.reads == "date":
        return well_formed_day(first) != well_formed_day(second)
    return min(len(first), len(second)) >= _LONG and 0 < DamerauLevenshtein.distance(first, second) <= _MISPRINT


def printed(column: Column, entry: Entry, described: Definition) -> str | None:
    """What a row prints under a column: the links where it has any, else the text; None where it prints nothing."""
    value = entry.normal.get(column.key)
    if column.reads == "link" and isinstance(value, tuple):
        return " ".join(value)
    return text_of(entry, column, described).strip() or None


def complete_for(edition: Edition, entry: Entry, described: Definition) -> bool:
    """Whether the edition was accepted and is complete for the scope of the entry, so that absence says something."""
    return edition.accepted and covers(edition.scopes, entry, described)


def covers(scopes: Iterable[str], entry: Entry, described: Definition) -> bool:
    """Whether an entry lies within one of these scopes."""
    traits = {
        "state": state_of(entry, described),
        "kind": (entry.statement.subject.kind or "") if entry.statement else "",
    }
    return any(
        scope == "*" or all(traits.get(key) == value for key, value in (part.split("=") for part in scope.split("|")))
        for scope in scopes
    )


def change(
    kind: str,
    entry: Entry,
    edition: Edition,
    described: Definition,
    field: str | None = None,
    before: Value = None,
    after: Value = None,
    evidence: Sequence[Entry] = (),
) -> Change:
    """A change of one entry in one edition, with the rows that show it."""
    rows = (item.statement.evidence for item in evidence if item.statement)
    return Change(
        list=edition.list,
        edition=edition.id,
        date=edition.date or None,
        kind=kind,
        facet=entry.facet,
        name=name_of(entry, described),
        entity=entry.entity,
        field=field,
        before=before,
        after=after,
        evidence=tuple(rows),
    )


def ordered(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Changes by name, facet, kind and field: the same whatever the order of rows."""
    return tuple(sorted(changes, key=_place))


def _place(item: Change) -> tuple[object, ...]:
    kind = KINDS.index(item.kind)
    return folded(item.name), item.facet, kind, item.field or "", str(item.before), str(item.after)
