"""Whether an edition can be believed: limits of the definition, and the accepted edition before it.

A refused edition is kept for inspection and changes nothing; the first check that doesn't hold says why in a line.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from comity.lists.cells import folded
from comity.lists.columns import text_of
from comity.lists.definitions import Column, Definition
from comity.lists.loader import definition
from comity.model import Check, Edition, Entry, Value

__all__ = ["checked", "checks", "refusal"]

_ENOUGH = 10  # entries from which a share of contradictions says anything


def checked(edition: Edition, earlier: Edition | None = None, described: Definition | None = None) -> Edition:
    """The edition with all its checks, accepted only where each one holds. ``earlier``: the accepted one before it."""
    found = checks(edition, earlier, described)
    return replace(edition, checks=found, accepted=all(check.ok for check in found))


def refusal(edition: Edition) -> str | None:
    """Why the edition was refused, in one line; None where it was accepted."""
    failed = [check.detail for check in edition.checks if not check.ok]
    more = f" (and {len(failed) - 1} more)" if len(failed) > 1 else ""
    return failed[0] + more if failed else None


def checks(edition: Edition, earlier: Edition | None = None, described: Definition | None = None) -> tuple[Check, ...]:
    """All checks of an edition: what was found while it was read, its own figures, and those against ``earlier``."""
    described = described or definition(edition.list)
    own = ("rows", "resolved", "drop", "kept", "altered")
    structure = tuple(check for check in edition.checks if check.name.split(" ")[0] not in (*own, "readable"))
    if not edition.entries:
        return structure if any(not check.ok for check in structure) else (*structure, Check("rows", False, "no rows"))
    return (*structure, *_figures(edition, described), *(_against(edition, earlier, described) if earlier else ()))


def _figures(edition: Edition, described: Definition) -> Iterator[Check]:
    limits, entries = described.limits, edition.entries
    rows = len(entries)
    complete = "*" in edition.scopes
    enough = not complete or limits.least_rows <= rows <= limits.most_rows
    expected = f", expected {limits.least_rows} to {limits.most_rows}"
    yield Check("rows", enough, f"{rows} rows{'' if enough else expected}")
    for column in described.columns:
        if column.reads in ("state", "choice", "date"):
            unread = [entry for entry in entries if _unread(entry, column, described)]
            share = 1 - len(unread) / rows
            detail = f"{share:.0%} of rows readable under {column.headers[0]}"
            if unread:
                detail += f" (row {unread[0].row}: {text_of(unread[0], column, described) or 'blank'!r})"
            wanted = limits.readable if column.readable is None else column.readable
            yield Check(f"readable {column.key}", share >= wanted, detail)
    names = {(entry.statement.subject.name, entry.normal.get(described.state or "")): entry.outcome == "resolved"
             for entry in entries if entry.statement}  # fmt: skip
    share = sum(names.values()) / len(names) if names else 1.0
    yield Check("resolved", share >= limits.resolved, f"{share:.1%} of {len(names)} names resolved")


def _unread(entry: Entry, column: Column, described: Definition) -> bool:
    if entry.normal.get(column.key) is not None:
        return False
    return column.required or (column.key in entry.normal and _printed(entry, column, described))


def _printed(entry: Entry, column: Column, described: Definition) -> bool:
    text = text_of(entry, column, described).strip()
    return bool(text) and text.casefold() not in {blank.casefold() for blank in described.blank}


def _against(edition: Edition, earlier: Edition, described: Definition) -> Iterator[Check]:
    if "*" not in edition.scopes or "*" not in earlier.scopes or not earlier.entries:
        return
    limits = described.limits
    before, after = len(earlier.entries), len(edition.entries)
    gone = max(0.0, 1 - after / before)
    yield Check("drop", gone <= limits.drop, f"{after} rows after {before}" + (f", {gone:.0%} fewer" if gone else ""))
    facets = {entry.facet for entry in earlier.entries}
    kept = len(facets & {entry.facet for entry in edition.entries}) / len(facets)
    yield Check("kept", kept >= limits.kept, f"{kept:.0%} of the entries before are still there")
    altered = _altered(edition, earlier, described)
    yield Check("altered", altered <= limits.altered, f"{altered:.0%} of them with other values: shifted cells")


def _altered(edition: Edition, earlier: Edition, described: Definition) -> float:
    """The share of entries printed once in each edition that contradict themselves: columns that slipped."""
    keys = [column.key for column in described.columns if column.changes == "correction" and column.reads != "name"]
    before, after = _single(earlier), _single(edition)
    shared = before.keys() & after.keys()
    contradicted = sum(
        any(
            (old := before[facet].normal.get(key)) is not None
            and (new := after[facet].normal.get(key)) is not None
            and _word(old) != _word(new)
            for key in keys
        )
        for facet in shared
    )
    return contradicted / len(shared) if len(shared) >= _ENOUGH else 0.0


def _word(value: Value) -> Value:
    return folded(value) if isinstance(value, str) else value


def _single(edition: Edition) -> dict[str, Entry]:
    counts = Counter(entry.facet for entry in edition.entries)
    return {entry.facet: entry for entry in edition.entries if counts[entry.facet] == 1}
