"""Which of the possible statements of a page are right: what the trees that judge them look at.

Pure. What the tables say of a possible statement, how the rule found it that proposes it, and what the rest of the page
says of the same: a second look at the first one's answers (stacking: Wolpert 1992, "Stacked generalization").
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from heapq import nlargest

from comity.reading.learned.possible import Possible
from comity.reading.learned.rows import Itemised, entity

__all__ = ["found_by", "rows"]

_FAR = 9.0  # sentences before, of what stands further off or isn't named
_NAMED = 4  # mentions beyond which more tell nothing


def found_by(one: Possible) -> str:
    """By what a possible statement is found: the rule's id, or that it is the weights of a predicate."""
    return one.frame.rule.id if one.frame is not None else f"{one.act.predicate.name}.weights"


def rows(of: Itemised, page: Sequence[Possible]) -> Iterator[list[float]]:
    """For each possible statement of a page what the trees look at, but for the rate of :func:`found_by`."""
    predicates = sorted(of.page.vocabulary.predicates)
    stated, whose, ruled = _Highest(), _Highest(), _Highest()
    best: dict[str, float] = defaultdict(float)
    here: dict[int, list[Possible]] = defaultdict(list)
    for one in page:
        name, who, index = one.act.predicate.name, entity(one.subject), one.act.index
        stated.add(name, index, one.act.stated)
        whose.add((name, who), index, _whole(one))
        ruled.add((name, who), index, one.frame is not None)
        best[who] = max(best[who], _whole(one))
        here[index].append(one)
    opening = {entity(item.mention) for item in of.items[0] if item.mention is not None} if of.items else set()
    for one in page:
        name, who, index = one.act.predicate.name, entity(one.subject), one.act.index
        alike = [other for other in here[index] if other.act.predicate.name == name and other is not one]
        same = [other for other in alike if entity(other.subject) == who]
        yield [
            *_alone(of, one),
            stated.elsewhere(name, index),
            stated.sum_elsewhere(name, index) / max(1, len(of.items) - 1),
            whose.elsewhere((name, who), index),
            best[who],
            ruled.sum_elsewhere((name, who), index),
            max((other.act.stated for other in here[index] if other.act.predicate.name != name), default=0.0),
            len(alike),
            sum(other.frame is not None for other in alike),
            max((_whole(other) for other in alike), default=0.0),
            max((_whole(other) for other in same), default=0.0),
            any(other.act.label == one.act.label for other in same),
            sum(other.act.at < one.act.at for other in same),
            one.act.rank,
            index,
            len(of.items),
            who in opening,
            min(_NAMED, of.named.get(who, 0)),
            *(other == name for other in predicates),
        ]


class _Highest:
    """The highest number that something has in each sentence of a page."""

    def __init__(self) -> None:
        self._found: dict[Hashable, dict[int, float]] = defaultdict(dict)
        self._two: dict[Hashable, list[tuple[float, int]]] = {}

    def add(self, of: Hashable, index: int, number: float) -> None:
        """A number that something has in a sentence."""
        self._found[of][index] = max(number, self._found[of].get(index, 0.0))

    def elsewhere(self, of: Hashable, index: int) -> float:
        """The highest number that it has in another sentence; ask when all are added."""
        if of not in self._two:
            self._two[of] = nlargest(2, ((number, at) for at, number in self._found[of].items()))
        return next((number for number, at in self._two[of] if at != index), 0.0)

    def sum_elsewhere(self, of: Hashable, index: int) -> float:
        """The numbers that it has in other sentences, added up."""
        return sum(self._found[of].values()) - self._found[of].get(index, 0.0)


def _alone(of: Itemised, one: Possible) -> list[float]:
    """What the trees see of a possible statement by itself."""
    act, where = one.act, one.candidate
    item = of.items[act.index][act.at]
    return [
        act.stated,
        act.head,
        one.likely,
        one.other,
        one.likely - one.other,
        max(act.polarity.values()),
        max(act.modality.values()),
        _whole(one),
        one.frame is not None,
        where is not None and where.at is not None,
        _FAR if where is None or (where.at is None and not where.back) else where.back,
        0 if where is None or where.at is None else where.at - act.at,
        one.subject.definite,
        one.subject.id is None,
        one.subject.kind == "agency",
        one.subject.kind in ("state", "district"),
        one.subject.kind == "federal",
        item.said == "content",
        len(of.items[act.index]),
    ]


def _whole(one: Possible) -> float:
    """How likely a statement is by what the tables say of its parts."""
    return one.act.stated * one.likely * max(one.act.polarity.values())
