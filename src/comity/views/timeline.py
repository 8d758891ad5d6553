"""The timeline of a dossier: each matter's intervals and instants, placed between a first and a last day. Pure.

Use :func:`timeline` on a dossier. Imprecise dates keep their span: what begins "in 2017" is drawn from the first to the
last day on which it may have begun.
"""

from __future__ import annotations

from dataclasses import dataclass
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

    ``unsure`` is how much of the beginning may not belong to it: its date is imprecise, or only "seen" then. ``open``
    says that no end is known. A span of an event is a mark: its width is what its date leaves open.
    """

    left: float
    width: float
    unsure: float
    open: bool
    firm: bool  # said to be so, not denied, planned or possible
    label: str
    statement: str


@dataclass(frozen=True, slots=True)
class Lane:
    """One matter: its facet, line and spans."""

    facet: str
    predicate: str
    nature: Nature
    line: str
    disputed: bool
    spans: tuple[Span, ...]
    undated: int  # how many of its statements have no date


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
    dated = [days for facet in dossier.facets for entry in facet.statements if (days := _days(entry))]
    if not dated:
        return None
    first = min(begin for begin, _, _ in dated).toordinal()
    last = max(end or sure for _, sure, end in dated).toordinal()
    if dossier.as_of:
        last = max(last, date.fromisoformat(dossier.as_of[:10]).toordinal())
    margin = int(max(last - first, _SHORTEST) * _MARGIN) + 1
    scale = _Scale(max(first - margin, 1), min(max(last, first + _SHORTEST) + margin, date.max.toordinal()))
    lanes = tuple(_lane(facet, scale) for facet in dossier.facets)
    begin, end = (date.fromordinal(day).isoformat() for day in (scale.first, scale.last))
    return Timeline(begin, end, tuple(scale.ticks()), lanes)


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
        days = _days(entry)
        if days is None:
            undated += 1
            continue
        span = _span(entry, days, facet.nature, scale)
        spans.setdefault((span.left, span.width, span.unsure, span.open, span.firm), span)
    ordered = tuple(sorted(spans.values(), key=lambda span: (-span.width, span.left)))
    return Lane(facet.facet, facet.predicate, facet.nature, facet.line, facet.disputed, ordered, undated)


def _span(entry: Entry, days: tuple[date, date, date | None], nature: Nature, scale: _Scale) -> Span:
    begin, sure, end = days
    left, settled = scale.at(begin), scale.at(sure)
    statement = entry.statement
    firm = statement.polarity == "affirmed" and statement.modality == "actual"
    if nature != "state":
        return Span(left, round(settled - left, 2), round(settled - left, 2), False, firm, _said(days), statement.id)
    right = scale.at(end) if end else 100.0
    width = round(max(right - left, 0.0), 2)
    return Span(left, width, min(round(settled - left, 2), width), end is None, firm, _said(days), statement.id)


def _days(entry: Entry) -> tuple[date, date, date | None] | None:
    """When it may have begun at the earliest, when it had begun, and when it ended. None where no date is known."""
    time, belief = entry.statement.time, entry.belief
    end = date.fromisoformat(belief.valid_to[:10]) if belief.valid_to else None
    if time is not None and time.earliest and time.latest:
        begin, sure = date.fromisoformat(time.earliest), date.fromisoformat(time.latest)
        return begin, max(begin, sure), end
    return None


def _said(days: tuple[date, date, date | None]) -> str:
    begin, sure, end = days
    began = begin.isoformat() if begin == sure else f"between {begin.isoformat()} and {sure.isoformat()}"
    return f"{began} to {end.isoformat()}" if end else began
