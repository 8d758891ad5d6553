"""What became different on the register: what it wrote down, and where accounts came to disagree.

The register tells what was written (``Register.changes``); :func:`disputed` adds, from beliefs before and after, the
matters that are newly disputed. Reading the same files again writes nothing and disputes nothing.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, replace

from comity.model import Belief, Change, Evidence, Value
from comity.register.rules import Rules
from comity.register.status import Conflict, conflicts
from comity.views import published

__all__ = ["Window", "changes", "disputed"]


@dataclass(frozen=True, slots=True)
class Window:
    """Which changes are asked for: ISO days or instants; None is no bound.

    ``since`` and ``as_of`` bound the date of the edition or event, ``learned_since`` and ``known`` the register's time.
    """

    since: str | None = None
    learned_since: str | None = None
    as_of: str | None = None
    known: str | None = None


def changes(written: Iterable[Change], disputes: Iterable[Change], window: Window) -> tuple[Change, ...]:
    """Both kinds together, in the order in which the register learned of them; disputes are held to the window's dates.

    What several statements tell alike in one commit is one change, with the evidence of all of them, as it may be
    published. What is told later is another: a change that was once told stays as it was.
    """
    found: dict[Hashable, Change] = {}
    every = (*written, *(change for change in disputes if _within(change, window)))
    for change in sorted(map(published.change, every), key=lambda change: change.learned or ""):
        same = (change.kind, change.facet, change.edition, change.date, change.field, change.before, change.after)
        what = (change.learned, *same)
        first = found.get(what)
        found[what] = replace(first, evidence=_joined(first.evidence, change.evidence)) if first else change
    return tuple(found.values())


def _joined(one: Iterable[Evidence], two: Iterable[Evidence]) -> tuple[Evidence, ...]:
    kept = {(each.document, each.start, each.end, each.sheet, each.row): each for each in (*one, *two)}
    return tuple(kept.values())


def disputed(
    now: Iterable[Belief],
    before: Iterable[Belief],
    rules: Rules,
    learned: Mapping[str, str],
    copies: Mapping[str, str] | None = None,
) -> tuple[Change, ...]:
    """The conflicts among ``now`` that were none among ``before``, as changes of kind ``disputed``.

    ``learned`` says since when the register has each statement. A conflict begins, on both clocks, with the last of its
    sides; ``after`` is that side's value, ``before`` what the others say.
    """
    beliefs = tuple(now)
    old = {_what(conflict) for conflict in conflicts(before, rules, copies)}
    by_id = {belief.statement.id: belief for belief in beliefs}
    fresh = [conflict for conflict in conflicts(beliefs, rules, copies) if _what(conflict) not in old]
    return tuple(_change(conflict, by_id, learned) for conflict in fresh)


def _what(conflict: Conflict) -> tuple[str, str, tuple[str, ...]]:
    return conflict.facet, conflict.slot, tuple(side.value for side in conflict.sides)


def _change(conflict: Conflict, by_id: Mapping[str, Belief], learned: Mapping[str, str]) -> Change:
    began: dict[str, tuple[str, str]] = {}
    for side in conflict.sides:
        since = min((by_id[name].valid_from or "")[:10] for name in side.statements)
        began[side.value] = (min(learned.get(name, "") for name in side.statements), since)
    last = max(began, key=lambda value: (began[value], value))
    others = tuple(side.value for side in conflict.sides if side.value != last)
    first = by_id[conflict.sides[0].statements[0]]
    before: Value = others[0] if len(others) == 1 else others
    evidence: list[Evidence] = []
    for side in sorted(conflict.sides, key=lambda side: side.value != last):
        evidence += [by_id[name].statement.evidence for name in side.statements]
    return Change(
        list=None,
        edition=None,
        date=max(since for _, since in began.values()) or None,
        kind="disputed",
        facet=conflict.facet,
        name=first.statement.subject.name,
        entity=conflict.entity,
        field=conflict.slot,
        before=before,
        after=last,
        evidence=tuple(evidence),
        learned=began[last][0] or None,
    )


def _within(change: Change, window: Window) -> bool:
    day = change.date or ""
    return (window.since is None or day >= window.since[:10]) and (window.as_of is None or day <= window.as_of[:10])
