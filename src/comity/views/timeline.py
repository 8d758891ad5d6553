"""The timeline of a dossier: each matter's intervals and instants, placed between a first and a last day. Pure.

Use :func:`timeline` on a dossier. Imprecise dates keep their span: what begins "in 2017" is drawn from the first to the
last day on which it may have begun.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from comity.model import Nature
from comity.views.dossier import Dossier, Entry, Facet

__all__ = ["Lane", "Span", "Tick", "Timeline", "timeline"]

_MARGIN = 0.04  # of the whole, each side
_SHORTEST = 30  # days: what happened on one day still has a before and an after
_TICKS = 6
_FEWEST = 3


@dataclass(frozen=True, slots=True)
class Span:
    """One interval of a lane, in percent of the width.

    ``unsure`` is how much of the beginning may not belong to it: its date is imprecise. ``since_unknown`` says that it
    was only seen by its left end, and may have begun at any time before. ``open`` says that no end is known. A span of
    an event is a mark: its width is what its date leaves open.
    """

    left: float
    width: float
    unsure: float
    open: bool
    firm: bool  # said to be so, not denied, planned or possible
    label: str
    statement: str
    since_unknown: bool = False


@dataclass(frozen=True, slots=True)
class Lane:
    """One matter: its facet, what it is in brief with what bears on it, and its spans."""

    facet: str
    predicate: str
    nature: Nature
    brief: str
    disputed: bool
    spans: tuple[Span, ...]
    undated: int  # how many of its statements can't be drawn


@dataclass(frozen=True, slots=True)
class Tick:
    """A day of the axis with its place in percent."""

    left: float
    label: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """Lanes between two days; without lanes where nothing is dated."""

    first: str
    last: str
    ticks: tuple[Tick, ...]
    lanes: tuple[Lane, ...]


def timeline(dossier: Dossier) -> Timeline | None:
    """The timeline of a dossier up to the last day that it speaks of; None where nothing in it has a date."""
    told = [[_days(each, facet.nature) for each in facet.statements] for facet in dossier.facets]
    dated = [days for each in told for days in each if days is not None]
    if not dated:
        return None
    first = min(days.begin for days in dated)
    last = max(days.end or days.sure for days in dated)
    if dossier.as_of:
        last = max(last, _ordinal(dossier.as_of))
    margin = int(max(last - first, _SHORTEST) * _MARGIN) + 1
    scale = _Scale(max(first - margin, 1), min(max(last, first + _SHORTEST) + margin, date.max.toordinal()))
    lanes = tuple(_lane(facet, days, scale) for facet, days in zip(dossier.facets, told, strict=True))
    return Timeline(_iso(scale.first), _iso(scale.last), tuple(scale.ticks()), lanes)


class _Days(NamedTuple):
    """When something may have begun at the earliest, when it had begun, and when it ended: ordinals of days."""

    begin: int
    sure: int
    end: int | None
    seen: bool = False  # only seen then: its beginning is unknown

    @property
    def said(self) -> str:
        """The days in words."""
        began = _iso(self.begin)
        if self.seen:
            began = f"since unknown, seen {began}"
        elif self.begin != self.sure:
            began = f"between {began} and {_iso(self.sure)}"
        return f"{began} to {_iso(self.end)}" if self.end else began


@dataclass(frozen=True, slots=True)
class _Scale:
    first: int
    last: int

    def at(self, day: int) -> float:
        place = 100 * (day - self.first) / (self.last - self.first)
        return round(min(max(place, 0.0), 100.0), 2)

    def ticks(self) -> tuple[Tick, ...]:
        """Years, else months, else weeks: at most about six."""
        for days, length in ((self._years, 4), (self._months, 7), (self._weeks, 10)):
            found = days()
            if len(found) >= _FEWEST:
                step = -(-len(found) // _TICKS)
                return tuple(Tick(self.at(day.toordinal()), day.isoformat()[:length]) for day in found[::step])
        return ()

    def _years(self) -> list[date]:
        begin, end = (date.fromordinal(day).year for day in (self.first, self.last))
        return [date(year, 1, 1) for year in range(begin + 1, end + 1)]

    def _months(self) -> list[date]:
        begin, end = date.fromordinal(self.first), date.fromordinal(self.last)
        every = (date(year, month, 1) for year in range(begin.year, end.year + 1) for month in range(1, 13))
        return [day for day in every if begin <= day <= end]

    def _weeks(self) -> list[date]:
        return [date.fromordinal(day) for day in range(self.first + 1, self.last, 7)]


def _lane(facet: Facet, told: Sequence[_Days | None], scale: _Scale) -> Lane:
    alike: dict[tuple[_Days, bool], str] = {}  # of what has the same days the first statement
    for entry, days in zip(facet.statements, told, strict=True):
        if days is not None:
            statement = entry.statement
            alike.setdefault((days, statement.polarity == "affirmed" and statement.modality == "actual"), statement.id)
    drawn: dict[tuple[float, float, float, bool, bool, bool], tuple[str, _Days]] = {}
    for (days, firm), statement_id in alike.items():
        drawn.setdefault((*_drawn(days, facet.nature, scale), firm, days.seen), (statement_id, days))
    # One account tells when: the matter's beginning is known.
    seen = bool(drawn) and all(key[-1] for key in drawn)
    spans = (
        Span(left, width, unsure, open, firm, days.said, statement_id, seen)
        for (left, width, unsure, open, firm, _), (statement_id, days) in drawn.items()
    )
    ordered = tuple(sorted(spans, key=lambda span: (-span.width, span.left)))
    undated = sum(days is None for days in told)
    brief = "; ".join([facet.brief, *facet.beside])  # a bar that goes on, of a list that was withdrawn
    return Lane(facet.facet, facet.predicate, facet.nature, brief, facet.disputed, ordered, undated)


def _drawn(days: _Days, nature: Nature, scale: _Scale) -> tuple[float, float, float, bool]:
    """Where a span begins, how wide it is and how much of it is unsure, in percent; whether it is open."""
    left = scale.at(days.begin)
    settled = left if days.sure == days.begin else scale.at(days.sure)
    if nature != "state":
        wide = round(settled - left, 2)
        return left, wide, wide, False
    right = scale.at(days.end) if days.end else 100.0
    width = round(max(right - left, 0.0), 2)
    return left, width, min(round(settled - left, 2), width), days.end is None


def _days(entry: Entry, nature: Nature) -> _Days | None:
    """The days of an entry: of its words, else of a state those by which it is held. None where nothing is known."""
    time, belief = entry.statement.time, entry.belief
    end = _ordinal(belief.valid_to) if belief.valid_to else None
    if time is not None and time.earliest and time.latest:
        begin = _ordinal(time.earliest)
        return _Days(begin, begin if time.latest == time.earliest else max(begin, _ordinal(time.latest)), end)
    held = belief.valid_from if belief.since_known else belief.observed
    if nature != "state" or not held:
        return None
    return _Days(_ordinal(held), _ordinal(held), end, not belief.since_known)


@lru_cache(maxsize=16_384)
def _ordinal(instant: str) -> int:
    """The number of a day, of an ISO day or instant."""
    return date.fromisoformat(instant[:10]).toordinal()


@lru_cache(maxsize=4096)
def _iso(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()
