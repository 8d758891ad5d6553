"""Which statements tell one fact: matters, and within each the facts that its tellings come to. Pure, near-linear.

Use :func:`matters` on statements of any number of accounts. A *matter* is one thing that accounts may agree or differ
on (this county's jail contract, that rally on Saturday): same predicate and subject, the slots that the topic names,
one time. A *fact* is a matter settled one way: values and figures that don't contradict one another. What decides
stands in the topic, per predicate, under ``one_fact``; docs/comparison.md explains it.

What is left open joins what is given only where that is one: a rally without a figure joins the one figure that all
give, and stands on its own beside two. So nothing depends on the order of the statements.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise

from comity import gazetteer
from comity.model import Statement
from comity.reading.figures import figure
from comity.vocabulary import OneFact, Predicate, Vocabulary, language

__all__ = ["Matter", "Telling", "matters"]

_LONG_AGO, _OPEN = date(1, 1, 1).toordinal(), date(9999, 12, 31).toordinal()
_TWO_THINGS = 2  # figures further apart by this factor, in one account's own voice, count two things
_ROUND = 1.25  # what "more than 400" can be at most, of what it says
_NEAR = 0.5  # of the words of the shorter wording, found in the longer one
_WORD = re.compile(r"\w+(?:['’]\w+)*")


@dataclass(frozen=True, slots=True)
class Telling:
    """A statement as one account tells it. ``published`` is the account's ISO day; None where unknown."""

    account: str
    published: str | None
    statement: Statement


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing told of, and the facts that its tellings come to; each fact in the order of account and place."""

    predicate: str
    facts: tuple[tuple[Telling, ...], ...]


@dataclass(frozen=True, slots=True)
class _When:
    """When a telling's matter lies, as ordinal days. ``dated``: by its words; else ``latest`` is its publication."""

    earliest: int
    latest: int
    dated: bool


def matters(tellings: Iterable[Telling], vocabulary: Vocabulary) -> tuple[Matter, ...]:
    """The matters that the tellings come to, in the order of predicate, subject and time."""
    found = []
    for bucket in _split(sorted(tellings, key=_place), _subject):
        predicate = vocabulary.predicates[bucket[0].statement.predicate]
        for group in _by_slots(bucket, predicate):
            for cluster in _by_time(group, predicate):
                for matter in _by_own_count(cluster, predicate):
                    found.append(Matter(predicate.name, tuple(_facts(matter, predicate.one_fact))))
    return tuple(found)


def _place(telling: Telling) -> tuple[str, int, str]:
    return telling.account, telling.statement.evidence.start or 0, telling.statement.id


def _subject(telling: Telling) -> Hashable:
    subject = telling.statement.subject
    return telling.statement.predicate, subject.id or f"name:{' '.join(subject.name.casefold().split())}"


# --- what parts one matter from another --------------------------------------------------------------------------


def _by_slots(bucket: list[Telling], predicate: Predicate) -> list[list[Telling]]:
    rule = predicate.one_fact
    groups = [bucket]
    if predicate.nature == "event":  # what may happen, or would, is not what happened
        groups = _split(bucket, lambda each: each.statement.modality in ("possible", "hypothetical"))
    for slot in rule.matter:
        groups = [part for group in groups for part in _joined(group, _slot(slot))]
    for slot in rule.bodies:
        groups = [part for group in groups for part in _joined(group, _body_in(slot))]
    if rule.side:
        groups = [part for group in groups for part in _joined(group, _own_side(rule.side))]
    for slot in rule.words:
        groups = [part for group in groups for part in _by_words(group, slot)]
    return groups


def _split(tellings: Iterable[Telling], key: Callable[[Telling], Hashable]) -> list[list[Telling]]:
    groups: dict[Hashable, list[Telling]] = {}
    for telling in tellings:
        groups.setdefault(key(telling), []).append(telling)
    return list(groups.values())


def _joined(tellings: list[Telling], key: Callable[[Telling], Hashable]) -> list[list[Telling]]:
    """The tellings by key; those without one join the only group that there is, else they stand apart."""
    groups = _split(tellings, key)
    open_ones = next((group for group in groups if key(group[0]) is None), None)
    if open_ones is None or len(groups) != 2:
        return groups
    return [tellings]


def _slot(slot: str) -> Callable[[Telling], Hashable]:
    return lambda telling: telling.statement.value.get(slot)


def _body_in(slot: str) -> Callable[[Telling], Hashable]:
    def key(telling: Telling) -> Hashable:
        printed = telling.statement.value.get(slot)
        return _body(printed) if isinstance(printed, str) else None

    return key


@lru_cache(maxsize=10_000)
def _body(printed: str) -> str | None:
    """The federal body that a name means; None where it means none that is known ("the department")."""
    found = gazetteer.load().resolve(printed, kind="federal").id
    return found if found and found.startswith("body:") else None


def _own_side(slots: Sequence[str]) -> Callable[[Telling], Hashable]:
    """In which of two slots the subject itself stands: who sues and who is sued are two suits' difference."""
    ours, theirs = slots

    def key(telling: Telling) -> Hashable:
        value = telling.statement.value
        first, second = value.get(ours), value.get(theirs)
        if isinstance(first, str):
            return ours if _means_subject(first, telling.statement) else theirs
        if isinstance(second, str):
            return theirs if _means_subject(second, telling.statement) else ours
        return None

    return key


def _means_subject(printed: str, statement: Statement) -> bool:
    if _words(printed) and _words(printed) <= _words(statement.subject.name):
        return True
    kind = "place" if statement.subject.kind == "district" else statement.subject.kind
    refers = _referring().get(kind or "")
    return bool(refers and refers.fullmatch(printed.strip()))


@lru_cache(maxsize=1)
def _referring() -> Mapping[str, re.Pattern[str]]:
    """What refers back to a government without naming it ("the city"), by its kind."""
    patterns = (
        (kind, " ".join(text.split()).replace(" |", "|")) for kind, text in language("definite")["refers"].items()
    )
    return {kind: re.compile(text, re.IGNORECASE) for kind, text in patterns}


def _by_words(tellings: list[Telling], slot: str) -> list[list[Telling]]:
    """The tellings by wordings that have most words in common, the longest first."""
    kept: list[tuple[frozenset[str], list[Telling]]] = []
    for telling in sorted(tellings, key=lambda each: (-len(_said(each, slot)), sorted(_said(each, slot)))):
        said = _said(telling, slot)
        near = (group for words, group in kept if len(said & words) >= _NEAR * max(1, min(len(said), len(words))))
        group = next(near, None)
        if group is None:
            group = []
            kept.append((said, group))
        group.append(telling)
    return [sorted(group, key=_place) for _, group in kept]


def _said(telling: Telling, slot: str) -> frozenset[str]:
    return _words(str(telling.statement.value.get(slot) or ""))


@lru_cache(maxsize=50_000)
def _words(printed: str) -> frozenset[str]:
    """The words of a wording that tell it from another: the short ones go where there are longer ones."""
    words = frozenset(_WORD.findall(printed.casefold().replace("’", "'")))
    return frozenset(word for word in words if len(word) > 3) or words


# --- time --------------------------------------------------------------------------------------------------------


def _by_time(tellings: list[Telling], predicate: Predicate) -> list[list[Telling]]:
    """The tellings by when the thing was: the most exact dates first; what could be two of them stands apart."""
    rule = predicate.one_fact
    times = _times(tellings, predicate)
    cores: list[tuple[_When, list[Telling]]] = []
    unclear: dict[Hashable, list[Telling]] = {}
    known = [(when, telling) for when, telling in zip(times, tellings, strict=True) if when is not None]
    for when, telling in sorted(known, key=lambda each: _exactness(each[0])):
        near = _near([each for each in cores if _apart(each[0], when, rule) <= rule.days], telling, predicate)
        if len(near) == 1:
            near[0].append(telling)
        elif near:
            unclear.setdefault((when.earliest, when.latest), []).append(telling)
        else:
            cores.append((when, [telling]))
    groups = [group for _, group in cores] + list(unclear.values())
    timeless = [telling for when, telling in zip(times, tellings, strict=True) if when is None]
    if timeless and len(groups) == 1:
        groups[0].extend(timeless)
    elif timeless:
        groups.append(timeless)
    return [sorted(group, key=_place) for group in groups]


def _near(cores: list[tuple[_When, list[Telling]]], telling: Telling, predicate: Predicate) -> list[list[Telling]]:
    """Of several times that a telling may mean, those at which others tell the same of it; of a state the last one."""
    if len(cores) > 1:
        settled = _settled(telling, predicate.one_fact)
        alike = [each for each in cores if any(_settled(one, predicate.one_fact) == settled for one in each[1])]
        cores = alike or cores
    if len(cores) > 1 and predicate.nature != "event":
        cores = [max(cores, key=lambda each: each[0].earliest)]
    return [group for _, group in cores]


def _exactness(when: _When) -> tuple[bool, int, int]:
    return not when.dated, when.latest - when.earliest, when.earliest


def _apart(core: _When, when: _When, rule: OneFact) -> int:
    """How many days lie between two times; 0 where they meet."""
    before = core.earliest - when.latest
    if when.dated or rule.recent is not None:
        return max(before, when.earliest - core.latest, 0)
    # A state told without a date may have begun at any time before.
    return max(before, 0) if core.dated else 0


def _times(tellings: list[Telling], predicate: Predicate) -> list[_When | None]:
    """When each lies. Of an event, what is undated goes with the dated telling before it in its account; a headline
    with the one after it.
    """
    own = [_dated(telling) for telling in tellings]
    if predicate.nature == "event":
        own = _lent(tellings, own, predicate.one_fact)
    return [when or _published(telling, predicate.one_fact) for when, telling in zip(own, tellings, strict=True)]


def _lent(tellings: list[Telling], own: list[_When | None], rule: OneFact) -> list[_When | None]:
    result = list(own)
    last: dict[Hashable, _When] = {}
    headlines: dict[Hashable, int] = {}
    for at, telling in enumerate(tellings):
        statement = telling.statement
        key = (telling.account, *(statement.value.get(slot) for slot in rule.values))
        known = own[at]
        if known is None:
            result[at] = last.get(key)
            if not statement.evidence.start:
                headlines[key] = at
        else:
            last[key] = known
            if key in headlines:
                result[headlines.pop(key)] = known
    return result


def _dated(telling: Telling) -> _When | None:
    time = telling.statement.time
    if time is None or not (time.earliest or time.latest):
        return None
    earliest = _day(time.earliest) if time.earliest else _LONG_AGO
    return _When(earliest, _day(time.latest) if time.latest else _OPEN, dated=True)


def _published(telling: Telling, rule: OneFact) -> _When | None:
    if not telling.published or len(telling.published) < len("2025-01-01"):
        return None
    day = _day(telling.published)
    return _When(day - (rule.recent or 0), day, dated=False)


@lru_cache(maxsize=10_000)
def _day(text: str) -> int:
    return date.fromisoformat(text[:10]).toordinal()


# --- figures -----------------------------------------------------------------------------------------------------


def _by_own_count(tellings: list[Telling], predicate: Predicate) -> list[list[Telling]]:
    """Of an event: what one account counts twice in its own voice, far apart, are two (a march and its opponents)."""
    slots = predicate.one_fact.figures
    if predicate.nature != "event" or not slots:
        return [tellings]
    cuts = []
    for account in _split(tellings, lambda each: each.account):
        counts = sorted(
            {each for telling in account if telling.statement.voice == "own" for each in _size(telling, slots)}
        )
        cuts += [(low * high) ** 0.5 for low, high in pairwise(counts) if high > _TWO_THINGS * low]
    if not cuts:
        return [tellings]
    cuts.sort()

    def side(telling: Telling) -> Hashable:
        size = _size(telling, slots)
        return sum(cut < size[0] for cut in cuts) if size else None

    groups = _split(tellings, side)
    uncounted = next((group for group in groups if side(group[0]) is None), [])
    counted = [group for group in groups if group is not uncounted]
    # What has no figure is told of the main thing: the one with the most tellings, then the larger one.
    main = max(counted, key=lambda group: (len(group), side(group[0])))
    return [sorted([*group, *uncounted], key=_place) if group is main else group for group in counted]


def _size(telling: Telling, slots: Sequence[str]) -> list[float]:
    """The one number that a telling counts, be it the least or the most."""
    found = [value for slot in slots if isinstance(value := telling.statement.value.get(slot), int | float)]
    return found[:1]


def _facts(matter: list[Telling], rule: OneFact) -> list[tuple[Telling, ...]]:
    """The facts of one matter: its tellings by values, firmness and figures."""
    groups = _split(matter, lambda each: rule.firm and each.statement.modality != "actual")
    for slot in rule.values:
        groups = [part for group in groups for part in _joined(group, _value(slot, rule))]
    return [tuple(part) for group in groups for part in _by_figures(group, rule.figures)]


def _settled(telling: Telling, rule: OneFact) -> Hashable:
    """How a telling settles its matter: the values that tell facts apart, and whether it is so or only to be so."""
    firm = rule.firm and telling.statement.modality != "actual"
    return firm, *(_value(slot, rule)(telling) for slot in rule.values)


def _value(slot: str, rule: OneFact) -> Callable[[Telling], Hashable]:
    alike = next((values.split() for name, values in rule.alike if name == slot), [])

    def key(telling: Telling) -> Hashable:
        value = telling.statement.value.get(slot)
        return alike[0] if value in alike else value

    return key


def _by_figures(tellings: list[Telling], slots: Sequence[str]) -> list[list[Telling]]:
    """By figures that agree: in one slot that both give, and in none against one another.

    A figure that is a least ("more than 400") goes with the only one that it can mean.
    """
    groups: list[tuple[_Figures, list[Telling]]] = []
    open_ones = []
    given = [(_figures(telling, slots), telling) for telling in tellings]
    for figures, telling in sorted(given, key=lambda each: _figure_order(each[0])):
        if not any(figure is not None for figure in figures):
            open_ones.append(telling)
            continue
        alike = [group for kept, group in groups if _agree(kept, figures)]
        if alike and (len(alike) == 1 or not _is_least(figures)):
            alike[0].append(telling)
        else:
            groups.append((figures, [telling]))
    found = [group for _, group in groups]
    if open_ones and len(found) == 1:
        found[0].extend(open_ones)
    elif open_ones:
        found.insert(0, open_ones)
    return [sorted(group, key=_place) for group in found]


_Figures = tuple[tuple[float, float] | None, ...]  # for each slot the least and the most that it can be


def _figures(telling: Telling, slots: Sequence[str]) -> _Figures:
    values = (telling.statement.value.get(slot) for slot in slots)
    numbers = [value if isinstance(value, int | float) else None for value in values]
    least = _leasts(telling.statement.evidence.exact or "") if any(numbers) else ()
    return tuple(
        None if number is None else (number, number * _ROUND if number in least else number) for number in numbers
    )


def _leasts(printed: str) -> frozenset[float]:
    """The figures in a sentence that are a least."""
    found = (figure(printed[match.end() :]) for match in _at_least().finditer(printed))
    return frozenset(number for number in found if number is not None)


@lru_cache(maxsize=1)
def _at_least() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{language('numbers')['at_least']})\s+".replace(" ", r"\s+"), re.IGNORECASE)


def _is_least(figures: _Figures) -> bool:
    return any(each is not None and each[0] != each[1] for each in figures)


def _figure_order(figures: _Figures) -> tuple[bool, int, list[tuple[bool, float]]]:
    order = [(each is None, each[0] if each else 0) for each in figures]
    return _is_least(figures), sum(each is None for each in figures), order


def _agree(one: _Figures, other: _Figures) -> bool:
    both = [(a, b) for a, b in zip(one, other, strict=True) if a is not None and b is not None]
    return bool(both) and all(a[0] <= b[1] and b[0] <= a[1] for a, b in both)
