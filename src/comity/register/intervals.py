"""When a statement holds: from its time, its nature and what its document says, to an interval of instants. Pure.

- A state with a known start holds from the first day on which its start is certain (the ``latest`` day of its time),
  and until it is ended.
- An event or an utterance holds from its ``earliest`` day to the end of its ``latest`` day.
- What has no known time holds from when it was observed: shown as "since unknown", and no ground for a conflict.
"""

from __future__ import annotations

from typing import NamedTuple

from comity.errors import UsageError
from comity.model import Nature, Time
from comity.register.instants import DAY, OPEN, days, instant

__all__ = ["Interval", "carried", "holds", "in_place", "observed_at"]


class Interval(NamedTuple):
    """Half-open; ``since_known`` is False where the start stands in for an unknown one."""

    valid_from: int
    valid_to: int
    since_known: bool


def holds(time: Time | None, nature: Nature, observed: int) -> Interval:
    """The interval in which a statement with this time holds in the world."""
    if time is None or time.earliest is None or time.latest is None:
        return Interval(observed, OPEN, False)
    try:
        first, last = days(time.earliest)[0], days(time.latest)[1]
    except UsageError:  # a year that no clock counts: as good as unknown, the printed words stay
        return Interval(observed, OPEN, False)
    if last < first:
        return Interval(observed, OPEN, False)
    return Interval(last, OPEN, True) if nature == "state" else Interval(first, min(last + DAY, OPEN), True)


def carried(actual: Interval, was: Interval, becomes: Interval) -> Interval:
    """``actual`` after the interval that its statement gives by itself went from ``was`` to ``becomes``.

    An end that the statement gave follows it; an end that a change in the world made stays. What would turn the
    interval round keeps its new start and is empty.
    """
    start, since = (
        (becomes.valid_from, becomes.since_known)
        if actual.valid_from == was.valid_from
        else (actual.valid_from, actual.since_known)
    )
    stop = becomes.valid_to if actual.valid_to == was.valid_to else actual.valid_to
    return Interval(start, max(start, stop), since)


def in_place(actual: Interval, was: Interval, becomes: Interval) -> Interval:
    """When a statement holds that stands in the place of one that held at ``actual``; as :func:`carried`.

    What says nothing of its time holds for as long as what it stands for.
    """
    return carried(actual, was, becomes) if becomes.since_known else actual


def observed_at(retrieved: str | None, published: str | None, known_from: int) -> int:
    """When the statement was seen: capture time, else publication (its last day), else when it was recorded."""
    for given, whole in ((retrieved, False), (published, True)):
        if given:
            try:
                return days(given)[1] if whole else instant(given)
            except UsageError:
                continue
    return known_from
