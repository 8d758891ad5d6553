"""Which entry of an older edition is which of a newer one: by identity, then by evidence.

Identity is the facet (entity and the slots that the topic names). What is left is matched by place, model, close name,
one linked agreement and one signing date, and only where no other entry fits as well: two candidates are none.
The order of rows makes no difference.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import DamerauLevenshtein

from comity.lists.cells import folded
from comity.lists.definitions import Definition
from comity.model import Entry, Value

__all__ = ["Basis", "Match", "Matching", "match", "name_of", "sort_key", "state_of"]

Basis = Literal["identity", "name", "agreement", "state", "slot"]

_TYPING_ERRORS = 2  # edits within which two printings of one name lie


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
    return str(entry.normal.get(definition.subject) or (entry.statement.subject.name if entry.statement else ""))


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


def match(old: Sequence[Entry], new: Sequence[Entry], definition: Definition, among: Sequence[Entry] = ()) -> Matching:
    """Match the entries of two editions of one list; ``among`` are further entries that a name must be told from."""
    before, after = _grouped(old, definition), _grouped(new, definition)
    pairs: list[Match] = []
    doubled: list[Entry] = []
    single: list[Entry] = []
    for facet in sorted(before.keys() & after.keys()):
        left, right = before[facet], after[facet]
        twins = _twins(left, right, definition)
        pairs.extend(Match(one, other, "identity") for one, other in twins)
        single.extend(_without(left, (one for one, _ in twins)))
        doubled.extend(_without(right, (other for _, other in twins)))
    gone = [entry for facet in sorted(before.keys() - after.keys()) for entry in before[facet][:1]]
    come = [entry for facet in sorted(after.keys() - before.keys()) for entry in after[facet][:1]]
    extra = [entry for facet in sorted(after.keys() - before.keys()) for entry in after[facet][1:]]
    doubled += extra
    evidence = _Evidence((*old, *new, *among), definition) if gone or come else None
    for basis, fits in evidence.tiers if evidence else ():
        # Under another state an office may stand beside its namesake there, and look like its double.
        sides = [(gone, come), (gone, doubled), (single, come)] if basis == "state" else [(gone, come)]
        for left, right in sides:
            found = _settled(left, right, fits)
            pairs.extend(Match(one, other, basis) for one, other in found)
            left[:] = _without(left, (one for one, _ in found))
            right[:] = _without(right, (other for _, other in found))
    return Matching(tuple(pairs), tuple(gone), tuple(come), tuple(doubled), tuple(single))


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
        lambda entry: (entry.since, folded(name_of(entry, definition))),
        lambda entry: entry.since or object(),
        lambda entry: folded(name_of(entry, definition)),
    )
    left, right = list(left), list(right)
    for form in alike:
        for one in list(left):
            other = next((entry for entry in right if form(entry) == form(one)), None)
            if other is not None:
                pairs.append((one, other))
                left.remove(one)
                right.remove(other)
    return [*pairs, *zip(left, right, strict=False)]


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


class _Evidence:
    """What speaks for one entry being the other; each kind scores a pair, 0 where it doesn't speak for it."""

    __slots__ = ("definition", "stems")

    def __init__(self, every: Sequence[Entry], definition: Definition) -> None:
        self.definition = definition
        self.stems = _Stems(every, definition)

    @property
    def tiers(self) -> tuple[tuple[Basis, Callable[[Entry, Entry], float]], ...]:
        """The kinds of evidence, strongest first."""
        return (
            ("name", self.by_name),
            ("agreement", self.by_agreement),
            ("state", self.by_state),
            ("slot", self.by_slot),
        )

    def by_name(self, one: Entry, other: Entry) -> float:
        if not self._same_row(one, other):
            return 0.0
        first, second = folded(name_of(one, self.definition)), folded(name_of(other, self.definition))
        if first == second:
            return 200.0  # one printing that resolves otherwise: the gazetteer has learned something
        if _two_bodies(one, other) and not (_same_since(one, other) and _uncharted(one, other)):
            return 0.0
        if _two_places(one, other, self.definition):
            return 0.0
        edits = DamerauLevenshtein.distance(first, second, score_cutoff=_TYPING_ERRORS)
        if edits <= _TYPING_ERRORS:
            return 100.0 - edits
        if (first.startswith(second) or second.startswith(first)) and self.stems.shared(one, other):
            return 95.0
        words, more = set(first.split()), set(second.split())
        within = words <= more or more <= words
        return 90.0 if within and (_same_since(one, other) or _same_link(one, other)) else 0.0

    def by_agreement(self, one: Entry, other: Entry) -> float:
        if not self._same_row(one, other) or not _same_since(one, other):
            return 0.0
        place = _same_place(one, other, self.definition)
        return _same_link(one, other) * 4.0 + place * 2.0 + self.stems.shared(one, other) * 1.0

    def by_state(self, one: Entry, other: Entry) -> float:
        same = folded(name_of(one, self.definition)) == folded(name_of(other, self.definition))
        if not same or _slots(one) != _slots(other):
            return 0.0
        if state_of(one, self.definition) == state_of(other, self.definition):
            return 0.0
        return _same_since(one, other) * 1.0 + _same_link(one, other) * 2.0

    def by_slot(self, one: Entry, other: Entry) -> float:
        if one.entity is None or one.entity != other.entity or not _same_since(one, other):
            return 0.0
        return 2.0 if _same_link(one, other) else float(one.link is None or other.link is None)

    def _same_row(self, one: Entry, other: Entry) -> bool:
        return _slots(one) == _slots(other) and state_of(one, self.definition) == state_of(other, self.definition)


def _slots(entry: Entry) -> str:
    """The facet without its subject."""
    parts = entry.facet.split("|")
    return "|".join((parts[0], *parts[2:]))


def _same_since(one: Entry, other: Entry) -> bool:
    return one.since is not None and one.since == other.since


def _same_link(one: Entry, other: Entry) -> bool:
    return one.link is not None and one.link == other.link


def _same_place(one: Entry, other: Entry, definition: Definition) -> bool:
    if definition.area is None:
        return False
    first, second = one.normal.get(definition.area), other.normal.get(definition.area)
    return first is not None and second is not None and folded(str(first)) == folded(str(second))


def _two_places(one: Entry, other: Entry, definition: Definition) -> bool:
    if definition.area is None or not _two_bodies(one, other):
        return False
    first, second = one.normal.get(definition.area), other.normal.get(definition.area)
    return first is not None and second is not None and folded(str(first)) != folded(str(second))


def _two_bodies(one: Entry, other: Entry) -> bool:
    return one.entity is not None and other.entity is not None and one.entity != other.entity


def _uncharted(one: Entry, other: Entry) -> bool:
    """Whether one of them is known by its printed name alone: then a close name is no other body."""
    return any(entry.entity is not None and entry.entity.startswith("body:") for entry in (one, other))


class _Stems:
    """Leading words that only two names of a state share: the place or institution that both belong to."""

    __slots__ = ("definition", "entries", "names")

    def __init__(self, entries: Sequence[Entry], definition: Definition) -> None:
        self.definition, self.entries = definition, entries
        self.names: list[str] = []  # sorted when they are first asked for

    def _name(self, entry: Entry) -> str:
        return f"{state_of(entry, self.definition)} {folded(name_of(entry, self.definition))} "

    def shared(self, one: Entry, other: Entry) -> bool:
        words = []
        for first, second in zip(self._name(one).split(), self._name(other).split(), strict=False):
            if first != second:
                break
            words.append(first)
        if len(words) < 3:  # the state and two words
            return False
        self.names = self.names or sorted({self._name(entry) for entry in self.entries})
        stem = " ".join(words) + " "
        at = bisect_left(self.names, stem)
        return not any(name.startswith(stem) for name in self.names[at + 2 : at + 3])
