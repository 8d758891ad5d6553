"""The timeline of a dossier: each matter's intervals and instants, placed between a first and a last day. Pure.

Use :func:`timeline` on a dossier. Imprecise dates keep their span: what begins "in 2017" is drawn from the first to the
last day on which it may have begun.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from comity.model import Nature
from comity.views.dossier import Dossier, Entry, Facet

__all__ = ["Lane", "Span", "Tick", "Timeline", "timeline"]

_MARGIN = 0.04  # of the whole, each side
_SHORTEST = 30  # days: what happened on one day still has a before and an after
_TICKS = 6


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
    """One matter: its facet, line and spans."""

    facet: str
    predicate: str
    nature: Nature
    line: str
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
    dated = [days for facet in dossier.facets for each in facet.statements if (days := _days(each, facet.nature))]
    if not dated:
        return None
    first = min(days.begin for days in dated).toordinal()
    last = max(days.end or days.sure for days in dated).toordinal()
    if dossier.as_of:
        last = max(last, date.fromisoformat(dossier.as_of[:10]).toordinal())
    margin = int(max(last - first, _SHORTEST) * _MARGIN) + 1
    scale = _Scale(max(first - margin, 1), min(max(last, first + _SHORTEST) + margin, date.max.toordinal()))
    lanes = tuple(_lane(facet, scale) for facet in dossier.facets)
    begin, end = (date.fromordinal(day).isoformat() for day in (scale.first, scale.last))
    return Timeline(begin, end, tuple(scale.ticks()), lanes)


@dataclass(frozen=True, slots=True)
class _Days:
    """When something may have begun at the earliest, when it had begun, and when it ended."""

    begin: date
    sure: date
    end: date | None
    seen: bool = False  # only seen then: its beginning is unknown

    @property
    def said(self) -> str:
        """The days in words."""
        began = self.begin.isoformat()
        if self.seen:
            began = f"since unknown, seen {began}"
        elif self.begin != self.sure:
            began = f"between {began} and {self.sure.isoformat()}"
        return f"{began} to {self.end.isoformat()}" if self.end else began


@dataclass(frozen=True, slots=True)
class _Scale:
    first: int
    last: int

    def at(self, day: date) -> float:
        place = 100 * (day.toordinal() - self.first) / (self.last - self.first)
        return round(min(max(place, 0.0), 100.0), 2)

    def ticks(self) -> tuple[Tick, ...]:
        """Years, else months, else weeks: at most about six."""
        begin, end = date.fromordinal(self.first), date.fromordinal(self.last)
        years = [date(year, 1, 1) for year in range(begin.year + 1, end.year + 1)]
        months = [date(year, month, 1) for year in range(begin.year, end.year + 1) for month in range(1, 13)]
        months = [day for day in months if begin <= day <= end]
        weeks = [date.fromordinal(day) for day in range(self.first + 1, self.last, 7)]
        for days, length in ((years, 4), (months, 7), (weeks, 10)):
            if len(days) >= 3:
                return tuple(Tick(self.at(day), day.isoformat()[:length]) for day in days[:: -(-len(days) // _TICKS)])
        return ()


def _lane(facet: Facet, scale: _Scale) -> Lane:
    spans: dict[tuple[object, ...], Span] = {}
    undated = 0
    for entry in facet.statements:
        days = _days(entry, facet.nature)
        if days is None:
            undated += 1
            continue
        span = _span(entry, days, facet.nature, scale)
        spans.setdefault((span.left, span.width, span.unsure, span.open, span.firm, span.since_unknown), span)
    if any(
        not span.since_unknown for span in spans.values()
    ):  # one account tells when: the matter's beginning is known
        spans = {key: replace(span, since_unknown=False) for key, span in spans.items()}
    ordered = tuple(sorted(spans.values(), key=lambda span: (-span.width, span.left)))
    return Lane(facet.facet, facet.predicate, facet.nature, facet.line, facet.disputed, ordered, undated)


def _span(entry: Entry, days: _Days, nature: Nature, scale: _Scale) -> Span:
    left, settled = scale.at(days.begin), scale.at(days.sure)
    statement = entry.statement
    firm = statement.polarity == "affirmed" and statement.modality == "actual"
    if nature != "state":
        wide = round(settled - left, 2)
        return Span(left, wide, wide, False, firm, days.said, statement.id)
    right = scale.at(days.end) if days.end else 100.0
    width = round(max(right - left, 0.0), 2)
    unsure = min(round(settled - left, 2), width)
    return Span(left, width, unsure, days.end is None, firm, days.said, statement.id, days.seen)


def _days(entry: Entry, nature: Nature) -> _Days | None:
    """The days of an entry: of its words, else of a state those by which it is held. None where nothing is known."""
    time, belief = entry.statement.time, entry.belief
    end = _day(belief.valid_to)
    if time is not None and time.earliest and time.latest:
        begin, sure = date.fromisoformat(time.earliest), date.fromisoformat(time.latest)
        return _Days(begin, max(begin, sure), end)
    held = _day(belief.valid_from if belief.since_known else belief.observed)
    return _Days(held, held, end, not belief.since_known) if nature == "state" and held else None


def _day(instant: str | None) -> date | None:
    return date.fromisoformat(instant[:10]) if instant else None
