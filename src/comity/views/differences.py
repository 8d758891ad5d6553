"""Where the facts of one matter contradict one another across accounts. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations, pairwise

from comity.model import Value
from comity.views.alignment import Matter, Telling
from comity.vocabulary import Predicate

__all__ = ["contradictions", "denied"]


def contradictions(matter: Matter, predicate: Predicate, first: Mapping[str, str]) -> dict[int, tuple[str, ...]]:
    """The facts of a matter that contradict another one, by place, and the slots in which they do.

    Of exclusive values and of figures, where two accounts or more are behind them; ``first`` maps copies to what they
    repeat. What is planned or possible contradicts nothing.
    """
    found: dict[int, set[str]] = {}
    kept = [_Kept(fact, predicate, first) for fact in matter.facts]
    for (place, one), (other_place, other) in combinations(enumerate(kept), 2):
        if len(one.accounts | other.accounts) < 2 or not (one.firm and other.firm):
            continue
        slots = {slot for slot in predicate.exclusive if _contradict(one.value(slot), other.value(slot))}
        if not slots:  # figures of one thing, settled alike
            slots = _figures_at_odds(one, other, predicate.one_fact.figures)
        if slots:
            found.setdefault(place, set()).update(slots)
            found.setdefault(other_place, set()).update(slots)
    return {place: tuple(sorted(slots)) for place, slots in found.items()}


def denied(fact: Sequence[Telling], first: Mapping[str, str]) -> bool:
    """Whether some accounts of a fact affirm what others deny."""
    sides: dict[str, set[str]] = {}
    for telling in fact:
        sides.setdefault(telling.statement.polarity, set()).add(first.get(telling.account, telling.account))
    return len(sides) > 1 and len(set.union(*sides.values())) > 1


class _Kept:
    """A fact as it is compared with another one of its matter."""

    def __init__(self, tellings: Sequence[Telling], predicate: Predicate, first: Mapping[str, str]) -> None:
        self.accounts = frozenset(first.get(telling.account, telling.account) for telling in tellings)
        self.firm = any(telling.statement.modality == "actual" for telling in tellings) or not predicate.one_fact.firm
        self._tellings = [telling.statement for telling in tellings if telling.statement.polarity == "affirmed"]

    def value(self, slot: str) -> Value:
        return next((given for each in self._tellings if (given := each.value.get(slot)) is not None), None)


def _contradict(one: Value, other: Value) -> bool:
    return one is not None and other is not None and one != other


def _figures_at_odds(one: _Kept, other: _Kept, slots: Sequence[str]) -> set[str]:
    """Slots that both fill with other numbers; of a range, a least that is above the other's most."""
    found = {slot for slot in slots if _contradict(one.value(slot), other.value(slot))}
    for low, high in pairwise(slots):
        if low.removesuffix("_low") == high.removesuffix("_high"):
            for least, most in ((one.value(low), other.value(high)), (other.value(low), one.value(high))):
                if isinstance(least, int | float) and isinstance(most, int | float) and least > most:
                    found.update((low, high))
    return found
