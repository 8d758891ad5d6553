"""The timeline: where intervals and instants are drawn, and what is imprecise or open."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.register.samples import ALDER, document, statement

from comity.model import Belief, Entity, Time
from comity.views.dossier import dossier
from comity.views.timeline import Span, Timeline, timeline
from comity.vocabulary import load

HOME = document("Alder Falls was listed on Wednesday, the agency said. Alder Falls was listed on Wednesday again.")
ENTITY = Entity(ALDER, "Alder Falls", "place", "OH")


def belief(time: Time | None, until: str | None = None, predicate: str = "designation", **fields: str) -> Belief:
    value = (
        {"list": "sanctuary jurisdictions", "status": "listed"} if predicate == "designation" else {"action": "held"}
    )
    said = replace(statement(HOME, time=time, predicate=predicate, value=value), **fields)  # type: ignore[arg-type]
    start = f"{time.earliest}T00:00:00Z" if time and time.earliest else None
    return Belief(said, f"{predicate}|{ALDER}", start, until, "2025-06-01T00:00:00Z", None, "2025-06-01T00:00:00Z")


def drawn(*beliefs: Belief, as_of: str | None = None) -> Timeline | None:
    return timeline(dossier(ENTITY, beliefs, load(), as_of))


def span(*beliefs: Belief) -> Span:
    found = drawn(*beliefs)
    assert found is not None
    return found.lanes[0].spans[0]


def day(edtf: str, latest: str | None = None) -> Time:
    return Time(edtf, edtf, edtf, latest or edtf, "printed")


def test_nothing_dated_has_no_timeline() -> None:
    assert drawn() is None
    assert drawn(belief(None, predicate="protest")) is None


def test_a_state_that_was_only_seen_is_drawn_from_then_and_says_so() -> None:
    seen = replace(belief(None), valid_from="2025-06-01T00:00:00Z", since_known=False)
    found = span(seen)
    assert found.since_unknown and found.open and found.label == "since unknown, seen 2025-06-01"


def test_a_state_that_a_list_dates_is_drawn_from_that_day() -> None:
    found = span(replace(belief(None), valid_from="2025-05-29T00:00:00Z"))
    assert not found.since_unknown and found.label == "2025-05-29"


@pytest.mark.parametrize(
    ("time", "until", "open_", "unsure"),
    [
        (day("2025-01-01"), None, True, False),
        (day("2025-01-01"), "2025-05-01T00:00:00Z", False, False),
        (day("2025-01-01", "2025-01-31"), None, True, True),
    ],
)
def test_a_state_is_a_bar_to_its_end_or_on(time: Time, until: str | None, open_: bool, unsure: bool) -> None:
    found = span(belief(time, until))
    assert (found.open, found.unsure > 0) == (open_, unsure)
    assert found.width > 0 and found.left + found.width <= 100
    assert (found.left + found.width == 100) == open_


def test_an_event_is_a_mark_as_wide_as_its_date_leaves_open() -> None:
    assert span(belief(day("2025-01-01"), predicate="protest")).width == 0
    assert span(belief(day("2025-01-01", "2025-01-31"), predicate="protest")).width > 0


def test_what_is_planned_or_denied_is_not_firm() -> None:
    assert span(belief(day("2025-01-01"))).firm
    assert not span(belief(day("2025-01-01"), modality="planned")).firm
    assert not span(belief(day("2025-01-01"), polarity="negated")).firm


def test_places_are_within_the_width_and_in_order() -> None:
    found = drawn(belief(day("1996-09-30")), belief(day("2025-01-01"), predicate="protest"))
    assert found is not None
    lefts = [lane.spans[0].left for lane in found.lanes]
    assert 0 <= lefts[0] < lefts[1] <= 100
    ticks = [tick.left for tick in found.ticks]
    assert ticks == sorted(ticks) and len(ticks) <= 7 and all(0 <= left <= 100 for left in ticks)


@pytest.mark.parametrize("edtf", ["0001-01-01", "9999-12-31"])
def test_the_first_and_the_last_day_can_be_drawn(edtf: str) -> None:
    assert drawn(belief(day(edtf)), as_of=edtf) is not None
