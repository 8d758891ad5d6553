"""Which entry of an older edition is which of a newer one: by identity, then by evidence.

Identity is the facet (entity and the slots that the topic names). What is left is matched by place, model, close name,
one linked agreement and one signing date, and only where no other entry fits as well: two candidates are none.
The order of rows makes no difference.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz
from rapidfuzz.distance import DamerauLevenshtein

from comity.identity import parse_facet
from comity.lists.cells import folded
from comity.lists.definitions import Definition
from comity.model import Entry, Value

__all__ = ["Basis", "Match", "Matching", "match", "name_of", "sort_key", "state_of"]

Basis = Literal["identity", "name", "agreement", "state", "slot"]

_TYPING_ERRORS = 2  # edits within which two printings of one name lie
_CLOSE = 88.0  # token-set similarity from which a longer printing of a name counts as the same


@dataclass(frozen=True, slots=True)
class Match:
    """One entry in two editions, and what says so.

    ``identity``: one facet. ``name``: a close name. ``agreement``: one agreement of another body. ``state``: printed
    under another state. ``slot``: one agreement of the same body under another model.
    """

    old: Entry
    new: Entry
    basis: Basis


@dataclass(frozen=True, slots=True)
class Matching:
    """``pairs``, and what is left: ``gone`` of the older entries, ``come`` of the newer ones.

    ``doubled`` are newer entries beside one of the same facet, ``single`` older ones whose double remains.
    """

    pairs: tuple[Match, ...]
    gone: tuple[Entry, ...]
    come: tuple[Entry, ...]
    doubled: tuple[Entry, ...]
    single: tuple[Entry, ...]


def name_of(entry: Entry, definition: Definition) -> str:
    """The name that the row prints, in one form."""
    return str(entry.normal.get(definition.subject) or "")


def state_of(entry: Entry, definition: Definition) -> str:
    """The two letters of the row's state, or nothing."""
    return str(entry.normal.get(definition.state) or "") if definition.state else ""


def sort_key(entry: Entry, definition: Definition) -> tuple[str, ...]:
    """Where an entry stands among others, whatever its row."""
    texts = (_text(entry.normal.get(column.key)) for column in definition.columns)
    return (
        state_of(entry, definition),
        folded(name_of(entry, definition)),
        entry.facet,
        *texts,
        *(f"{header}={text}" for header, text in sorted(entry.printed.items())),
    )


def _text(value: Value) -> str:
    return " ".join(value) if isinstance(value, tuple) else "" if value is None else str(value)


def match(old: Sequence[Entry], new: Sequence[Entry], definition: Definition) -> Matching:
    """Match the entries of two editions of one list."""
    before, after = _grouped(old, definition), _grouped(new, definition)
    pairs: list[Match] = []
    doubled: list[Entry] = []
    single: list[Entry] = []
    for facet in sorted(before.keys() & after.keys()):
        left, right = before[facet], after[facet]
        pairs.extend(Match(one, other, "identity") for one, other in _twins(left, right, definition))
        used = {id(pair.old) for pair in pairs[-min(len(left), len(right)) :]}
        single.extend(entry for entry in left if id(entry) not in used)
        used = {id(pair.new) for pair in pairs[-min(len(left), len(right)) :]}
        doubled.extend(entry for entry in right if id(entry) not in used)
    gone = [entry for facet in sorted(before.keys() - after.keys()) for entry in before[facet][:1]]
    come = [entry for facet in sorted(after.keys() - before.keys()) for entry in after[facet][:1]]
    extra = [entry for facet in sorted(after.keys() - before.keys()) for entry in after[facet][1:]]
    for basis, fits in _tiers(definition):
        found = _settled(gone, come, fits)
        pairs.extend(Match(one, other, basis) for one, other in found)
        gone = _without(gone, (one for one, _ in found))
        come = _without(come, (other for _, other in found))
    pairs.sort(key=lambda pair: sort_key(pair.new, definition))
    return Matching(tuple(pairs), tuple(gone), tuple(come), (*doubled, *extra), tuple(single))


def _grouped(entries: Sequence[Entry], definition: Definition) -> dict[str, list[Entry]]:
    groups: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        groups[entry.facet].append(entry)
    for group in groups.values():
        if len(group) > 1:
            group.sort(key=lambda entry: sort_key(entry, definition))
    return groups


def _twins(left: list[Entry], right: list[Entry], definition: Definition) -> list[tuple[Entry, Entry]]:
    """Pairs of the entries of one facet: those that read alike first, then those of one name, then by order."""
    if len(left) == len(right) == 1:
        return [(left[0], right[0])]
    pairs: list[tuple[Entry, Entry]] = []
    alike: tuple[Callable[[Entry], object], ...] = (
        lambda entry: sort_key(entry, definition),
        lambda entry: tuple(_text(entry.normal.get(column.key)) for column in definition.columns),
        lambda entry: folded(name_of(entry, definition)),
        lambda entry: "",
    )
    left, right = list(left), list(right)
    for form in alike:
        for one in list(left):
            other = next((entry for entry in right if form(entry) == form(one)), None)
            if other is not None:
                pairs.append((one, other))
                left.remove(one)
                right.remove(other)
    return pairs


def _without(entries: Sequence[Entry], taken: Iterable[Entry]) -> list[Entry]:
    used = {id(entry) for entry in taken}
    return [entry for entry in entries if id(entry) not in used]


def _settled(
    gone: Sequence[Entry], come: Sequence[Entry], fits: Callable[[Entry, Entry], float]
) -> list[tuple[Entry, Entry]]:
    """The pairs that fit each other better than anybody else; a tie settles nothing."""
    scores = {
        (i, j): score for i, one in enumerate(gone) for j, other in enumerate(come) if (score := fits(one, other))
    }
    found = []
    for (i, j), score in sorted(scores.items()):
        rivals = [value for (k, m), value in scores.items() if (k == i) != (m == j)]
        if all(score > value for value in rivals):
            found.append((gone[i], come[j]))
    return found


# --- evidence --------------------------------------------------------------------------------------------------


def _tiers(definition: Definition) -> tuple[tuple[Basis, Callable[[Entry, Entry], float]], ...]:
    """The kinds of evidence, strongest first; each scores a pair, 0 where it doesn't speak for it."""

    def slots(entry: Entry) -> dict[str, str]:
        return parse_facet(entry.facet)[2]

    def same_since(one: Entry, other: Entry) -> bool:
        return one.since is not None and one.since == other.since

    def same_link(one: Entry, other: Entry) -> bool:
        return one.link is not None and one.link == other.link

    def differing(one: Entry, other: Entry) -> bool:
        return one.entity is not None and other.entity is not None and one.entity != other.entity

    def near(one: Entry, other: Entry) -> float:
        first, second = folded(name_of(one, definition)), folded(name_of(other, definition))
        if DamerauLevenshtein.distance(first, second, score_cutoff=_TYPING_ERRORS) <= _TYPING_ERRORS:
            return 100.0 - DamerauLevenshtein.distance(first, second)
        similar = fuzz.token_set_ratio(first, second)
        return similar if similar >= _CLOSE and (same_since(one, other) or same_link(one, other)) else 0.0

    def same_place(one: Entry, other: Entry) -> bool:
        if definition.area is None:
            return False
        first, second = one.normal.get(definition.area), other.normal.get(definition.area)
        return first is not None and folded(str(first)) == folded(str(second))

    def by_name(one: Entry, other: Entry) -> float:
        if slots(one) != slots(other) or state_of(one, definition) != state_of(other, definition):
            return 0.0
        return 0.0 if differing(one, other) else near(one, other)

    def by_agreement(one: Entry, other: Entry) -> float:
        if slots(one) != slots(other) or state_of(one, definition) != state_of(other, definition):
            return 0.0
        if not same_since(one, other):
            return 0.0
        return same_link(one, other) * 4.0 + same_place(one, other) * 2.0 + (near(one, other) > 0) * 1.0

    def by_state(one: Entry, other: Entry) -> float:
        same = folded(name_of(one, definition)) == folded(name_of(other, definition))
        if not same or slots(one) != slots(other) or state_of(one, definition) == state_of(other, definition):
            return 0.0
        return same_since(one, other) * 1.0 + same_link(one, other) * 2.0

    def by_slot(one: Entry, other: Entry) -> float:
        if one.entity is None or one.entity != other.entity or not same_since(one, other):
            return 0.0
        return 2.0 if same_link(one, other) else float(one.link is None or other.link is None)

    return (("name", by_name), ("agreement", by_agreement), ("state", by_state), ("slot", by_slot))
