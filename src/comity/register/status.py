"""What the register holds for a facet, computed from its beliefs and never stored. Pure.

Use :func:`status` for one facet's beliefs, :func:`conflicts` for those of any number. Rules:

- Only what is said to be so (actual, affirmed) makes a status; what is denied, planned or possible stands beside.
- A later report succeeds an earlier one, also where it says that the thing is over. Two accounts contradict each other
  where the earlier state is still vouched for when the other one begins: then the status is ``disputed``, and both
  sides are shown.
- A list is its publisher's present word: a row gives way to a later one of the same publisher (pending, then in
  force), also for the days between the date that the later one prints and the last print of the earlier one.
- What one text tells in turn, each with a date of its own, is no conflict.
- A conflict needs known times on both sides; unknown times never conflict. Sources that date one act differently, by
  up to a month, are in conflict on its date.
- Copies of one text count as one account.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from comity.model import Belief, Value
from comity.register.instants import DAY, OPEN, end_of, instant
from comity.register.rules import Rules
from comity.register.wordings import lowered, plainly, worded

__all__ = ["Conflict", "Side", "Status", "conflicts", "stands", "status", "told_day", "told_days"]

_ONE_ACT = 31 * DAY  # dates further apart are taken for two acts
_NOT_SO = ("planned", "possible", "required", "hypothetical")


@dataclass(frozen=True, slots=True)
class Status:
    """The status of one facet at an instant, and what speaks for and against it.

    ``status`` is a value of the topic ("listed"), or denied, planned, possible, required, hypothetical; ended where it
    held before; reported for events, said for utterances, unknown where nothing is believed. ``since`` and ``until``
    are ISO days; None where unknown. ``words`` are those of a state's line without days and sources.
    """

    facet: str
    status: str
    line: str
    disputed: bool = False
    since: str | None = None
    until: str | None = None
    accounts: int = 0
    supporting: tuple[Belief, ...] = ()
    opposing: tuple[Belief, ...] = ()
    words: str = ""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the values that can't all be so, the statements that give it, and of how many accounts they are."""

    value: str
    statements: tuple[str, ...]
    accounts: int = 1


@dataclass(frozen=True, slots=True)
class Conflict:
    """Accounts that differ on one facet: on a value that can only be one, or on a figure."""

    facet: str
    predicate: str
    entity: str | None
    slot: str
    kind: str  # value, figure
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class _Key:
    """What tells whether two beliefs of a facet agree: the exclusive slot, and which of its values are alike."""

    slot: str | None
    alike: Mapping[str, str]

    def of(self, belief: Belief) -> Value:
        value = _value(belief, self.slot)
        return self.alike.get(value, value) if isinstance(value, str) else value


def _key(predicate: str, rules: Rules) -> _Key:
    return _Key(next(iter(rules.exclusive.get(predicate, ())), None), rules.alike.get(predicate, {}))


# --- status ----------------------------------------------------------------------------------------------------


def status(
    beliefs: Sequence[Belief], rules: Rules, valid: str | None = None, copies: Mapping[str, str] | None = None
) -> Status:
    """The status of one facet at ``valid`` (a day means its end; None: the present, and all that is dated ahead).

    ``copies`` maps the id of a document that rewords another to the id of that one.
    """
    at = end_of(valid) if valid else OPEN - 1
    begun = [belief for belief in beliefs if _start(belief) <= at]
    if not begun:
        facet = beliefs[0].facet if beliefs else ""
        return Status(facet, "unknown", "Nothing is known of it at that time.")
    predicate = begun[0].statement.predicate
    nature = rules.nature(predicate)
    if nature != "state":
        return _happened(begun, nature, copies or {})
    key = _key(predicate, rules)
    over = [belief for belief in begun if _stop(belief) <= at]
    holding = [each for each in begun if _stop(each) > at and not any(_overtaken(each, end, key) for end in over)]
    said = [belief for belief in holding if belief.statement.modality == "actual"]
    group = _current([each for each in said if each.statement.polarity == "affirmed"], key)
    if group:
        chosen = {id(each) for each in group}
        return _held(group, [each for each in said if id(each) not in chosen], key, rules, copies or {})
    return _not_held(holding, begun, key, rules, copies or {})


def _current(affirmed: Sequence[Belief], key: _Key) -> list[Belief]:
    """The beliefs that give the status: those of the value that was reported to begin, or seen, last."""
    if not affirmed:
        return []
    # The latest of a publisher's rows never gives way: one is always left.
    rows = [each for each in affirmed if each.statement.evidence.cells is not None]
    standing = [each for each in affirmed if not any(_gave_way(each, by, key) for by in rows)]
    lead = max(standing, key=lambda each: (_start(each), _attested(each), _weight(each), each.statement.id))
    return [each for each in affirmed if key.of(each) == key.of(lead)]


def _weight(belief: Belief) -> tuple[bool, bool]:
    """A list's row before a sentence, the outlet's own words before someone's."""
    return belief.statement.evidence.cells is not None, belief.statement.voice == "own"


def _held(
    group: Sequence[Belief], others: Sequence[Belief], key: _Key, rules: Rules, copies: Mapping[str, str]
) -> Status:
    against = [each for each in others if any(_contradict(each, one, key) for one in group)]
    known = [each for each in group if each.since_known]
    first = min(known or group, key=_start)
    lead = max(group, key=lambda each: (_weight(each), -_start(each), each.statement.id))
    since = (first.valid_from or "")[:10] if known else None
    words = line = worded(lead.statement, key.slot, rules)
    line += f" since {told_day(first)}" if since else f", since unknown (seen {(first.observed or '')[:10]})"
    line += _sources(group, copies)
    opposing = _told(against, key)
    value = _value(lead, key.slot)
    return Status(
        facet=lead.facet,
        status=value if isinstance(value, str) else "holds",
        line=f"{line}{opposing}.",
        disputed=bool(against),
        since=since,
        accounts=_accounts(group, copies),
        supporting=tuple(group),
        opposing=tuple(against),
        words=words,
    )


def _not_held(
    holding: Sequence[Belief], begun: Sequence[Belief], key: _Key, rules: Rules, copies: Mapping[str, str]
) -> Status:
    """Where nothing is said to be so at the time: denied, planned, or over."""
    denied = [each for each in holding if each.statement.modality == "actual"]
    groups = {"denied": denied, **{kind: [b for b in holding if b.statement.modality == kind] for kind in _NOT_SO}}
    for kind, group in groups.items():
        if group:
            last = max(group, key=lambda each: (_start(each), each.statement.id))
            words = f"{kind.capitalize()}: {lowered(worded(last.statement, key.slot, rules))}"
            line, count = f"{words}{_sources(group, copies)}.", _accounts(group, copies)
            return Status(last.facet, kind, line, accounts=count, supporting=tuple(group), words=words)
    over = [each for each in begun if each.statement.modality == "actual" and each.statement.polarity == "affirmed"]
    if not over:
        return Status(begun[0].facet, "unknown", "Nothing is known of it at that time.")
    last = max(
        (each for each in over if each.valid_to), key=lambda each: (_stop(each), _start(each), each.statement.id)
    )
    group = [each for each in over if key.of(each) == key.of(last) and _start(each) <= _stop(last)]
    known = [each for each in group if each.since_known]
    first = min(known, key=_start) if known else None
    since = (first.valid_from or "")[:10] if first is not None else None
    until = (last.valid_to or "")[:10] or None
    words = worded(last.statement, key.slot, rules)
    line = words + (f" from {told_day(first)}" if first else "") + f" until {until}"
    return Status(
        last.facet, "ended", line + _sources(group, copies) + ".", since=since, until=until,
        accounts=_accounts(group, copies), supporting=tuple(group), words=words,
    )  # fmt: skip


def _happened(begun: Sequence[Belief], nature: str, copies: Mapping[str, str]) -> Status:
    dated = sorted({(each.valid_from or "")[:10] for each in begun if each.since_known})
    when = told_days(begun)
    word = "Reported" if nature == "event" else "Said"
    return Status(
        facet=begun[0].facet,
        status=word.lower(),
        line=f"{word}, {when}{_sources(begun, copies)}.",
        since=dated[0] if dated else None,
        accounts=_accounts(begun, copies),
        supporting=tuple(begun),
    )


def told_day(belief: Belief) -> str:
    """The day on which a belief began, as exactly as its words tell it: "2017" where they say no more."""
    time = belief.statement.time
    if time is not None and time.edtf and time.earliest != time.latest:
        return time.edtf
    return (belief.valid_from or "")[:10]


def told_days(beliefs: Sequence[Belief]) -> str:
    """The days of several beliefs in words: one, the first to the last, or that none is known."""
    known = sorted((each for each in beliefs if each.since_known), key=lambda each: each.valid_from or "")
    days = list(dict.fromkeys(told_day(each) for each in known))
    return "date unknown" if not days else days[0] if len(days) == 1 else f"{days[0]} to {days[-1]}"


def _overtaken(belief: Belief, end: Belief, key: _Key) -> bool:
    """Whether ``end``, the same thing that is over, was over after the last that this account says of it."""
    same = key.of(belief) == key.of(end) and belief.statement.polarity == end.statement.polarity
    so = belief.statement.modality == end.statement.modality == "actual"
    return same and so and _start(belief) < _stop(end) and _attested(belief) < _stop(end)


def _gave_way(row: Belief, by: Belief, key: _Key) -> bool:
    """Whether a list's row gave way to one of the same publisher that says otherwise.

    It isn't printed after the day on which the other was first seen, and the other is. Rows that are printed side by
    side for longer don't give way: there the publisher contradicts itself.
    """
    rows = row.statement.evidence.cells is not None and by.statement.evidence.cells is not None
    if not rows or row.publisher is None or row.publisher != by.publisher or key.of(row) == key.of(by):
        return False
    return _attested(row) <= _first_seen(by) and _attested(row) < _attested(by)


# --- words -----------------------------------------------------------------------------------------------------


def _sources(group: Sequence[Belief], copies: Mapping[str, str]) -> str:
    """Who says so: nothing where an outlet or a list says it itself, else the speaker, and how many accounts."""
    if all(each.statement.voice == "uncertain" for each in group):
        return ", reported without a clear source"
    if all(each.statement.voice == "attributed" for each in group):
        named = sorted({link.source for each in group for link in each.statement.attribution[:1] if link.source})
        return (
            f", according to “{named[0]}”" if len(named) == 1 else f", according to {len(named) or 'unnamed'} sources"
        )
    count = _accounts(group, copies)
    return f", {count} accounts" if count > 1 else ""


def _told(against: Sequence[Belief], key: _Key) -> str:
    parts = []
    for value in sorted({_shown(each, key) for each in against}):
        group = [each for each in against if _shown(each, key) == value]
        who = sorted({each.publisher for each in group if each.publisher})
        source = f" ({', '.join(who)})" if who else ""
        parts.append(f"{value.replace('_', ' ')}{source}")
    return f"; disputed: {'; '.join(parts)}" if parts else ""


def _accounts(group: Iterable[Belief], copies: Mapping[str, str]) -> int:
    return len({copies.get(each.statement.evidence.document, each.statement.evidence.document) for each in group})


# --- conflicts -------------------------------------------------------------------------------------------------


def stands(belief: Belief, rules: Rules, valid: str) -> bool:
    """Whether a belief counts at ``valid``: a state that holds then, an event or utterance that had begun by then."""
    at = end_of(valid)
    return _start(belief) <= at and (_stop(belief) > at or rules.nature(belief.statement.predicate) != "state")


def conflicts(beliefs: Iterable[Belief], rules: Rules, copies: Mapping[str, str] | None = None) -> tuple[Conflict, ...]:
    """Where accounts of one facet differ on an exclusive slot or a figure, by facet and slot.

    ``copies`` maps the id of a document that rewords another to that one's: they count as one account.
    """
    one_of = copies or {}
    facets: dict[str, list[Belief]] = {}
    for belief in beliefs:
        if belief.since_known and belief.statement.modality == "actual":
            facets.setdefault(belief.facet, []).append(belief)
    found = []
    for facet, group in sorted(facets.items()):
        predicate = group[0].statement.predicate
        slots = [(slot, "value") for slot in rules.exclusive.get(predicate, ())]
        slots += [(slot, "figure") for slot in rules.figures.get(predicate, ())]
        entity = group[0].statement.subject.id
        seen: set[Side] = set()  # a figure given as lowest and highest alike is one figure
        for slot, kind in slots:
            sides = _sides(group, _Key(slot, rules.alike.get(predicate, {})), one_of)
            if not seen.issuperset(sides):
                seen.update(sides)
                found.append(Conflict(facet, predicate, entity, slot, kind, sides))
        if rules.nature(predicate) == "state":
            sides = _dates(group, _key(predicate, rules), one_of)
            if sides:
                found.append(Conflict(facet, predicate, entity, "since", "figure", sides))
    return tuple(found)


def _dates(group: Sequence[Belief], key: _Key, copies: Mapping[str, str]) -> tuple[Side, ...]:
    """Different days that different sources give for the beginning of one thing."""
    at_odds: dict[str, dict[str, Belief]] = {}
    for one, two in combinations(group, 2):
        if _accounts((one, two), copies) == 2 and key.of(one) == key.of(two) and _dated_apart(one, two):
            for each in (one, two):
                at_odds.setdefault((each.valid_from or "")[:10], {})[each.statement.id] = each
    return _told_apart(at_odds, copies)


def _dated_apart(one: Belief, two: Belief) -> bool:
    if "negated" in {one.statement.polarity, two.statement.polarity}:
        return False
    first, second = _told_within(one), _told_within(two)
    # Intervals that meet: one only says it less precisely.
    apart = first[0] > second[1] or second[0] > first[1]
    return apart and 0 < abs(_start(one) - _start(two)) <= _ONE_ACT


def _told_within(belief: Belief) -> tuple[str, str]:
    """The first and last day on which it may have begun, by its words, else the day on which it began."""
    time = belief.statement.time
    if time is not None and time.earliest and time.latest:
        return time.earliest, time.latest
    day = (belief.valid_from or "")[:10]
    return day, day


def _sides(group: Sequence[Belief], key: _Key, copies: Mapping[str, str]) -> tuple[Side, ...]:
    at_odds: dict[str, dict[str, Belief]] = {}
    for one, two in combinations(group, 2):
        if _contradict(one, two, key):
            for each in (one, two):
                at_odds.setdefault(_shown(each, key), {})[each.statement.id] = each
    return _told_apart(at_odds, copies)


def _told_apart(at_odds: Mapping[str, Mapping[str, Belief]], copies: Mapping[str, str]) -> tuple[Side, ...]:
    return tuple(
        Side(value, tuple(sorted(told)), _accounts(told.values(), copies))
        for value, told in sorted(at_odds.items(), key=lambda item: (_number(item[0]), item[0]))
    )


def _number(value: str) -> float:
    """Sorts figures by their size, before words."""
    return float(value) if value.replace(".", "", 1).isdecimal() else math.inf


def _contradict(one: Belief, two: Belief, key: _Key) -> bool:
    """Whether both can't be so: values that exclude each other, for a time at which both are vouched for."""
    first, second = key.of(one), key.of(two)
    if first is None or second is None:
        return False
    same = first == second
    if same == (one.statement.polarity == two.statement.polarity):
        return False
    if not same and "negated" in (one.statement.polarity, two.statement.polarity):
        return False  # "has not signed" and "in force" say nothing of each other's value
    earlier, later = (one, two) if _start(one) <= _start(two) else (two, one)
    if _start(later) >= min(_stop(earlier), max(_attested(earlier), _start(earlier)) + 1):
        return False
    return not (_told_in_turn(one, two) or _gave_way(one, two, key) or _gave_way(two, one, key))


def _told_in_turn(one: Belief, two: Belief) -> bool:
    """Whether one text tells both, each of a time of its own: "left it in 2014 and joined again in 2025"."""
    at, other = one.statement.evidence, two.statement.evidence
    if at.cells is not None or at.document != other.document:
        return False
    first, second = _told_within(one), _told_within(two)
    return first[1] < second[0] or second[1] < first[0]


def _value(belief: Belief, slot: str | None) -> Value:
    return belief.statement.value.get(slot) if slot else True


def _shown(belief: Belief, key: _Key) -> str:
    value = plainly(_value(belief, key.slot) if key.slot else belief.statement.predicate)
    return value if belief.statement.polarity == "affirmed" else f"not {value}"


# --- instants --------------------------------------------------------------------------------------------------


def _start(belief: Belief) -> int:
    return instant(belief.valid_from) if belief.valid_from else -OPEN


def _stop(belief: Belief) -> int:
    return instant(belief.valid_to) if belief.valid_to else OPEN


def _attested(belief: Belief) -> int:
    """Until when its source vouches for it: the end of the day on which it was published, or last printed."""
    seen = belief.attested or belief.observed
    return end_of(seen[:10]) if seen else _start(belief)


def _first_seen(belief: Belief) -> int:
    """The end of the day on which it was first seen."""
    return end_of(belief.observed[:10]) if belief.observed else _attested(belief)
