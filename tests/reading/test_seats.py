"""Who is named without acting: seats of courts and papers, the capital as a byword. Texts are invented."""

from __future__ import annotations

import pytest
from tests.reading.sample_reading import statements

from comity.reading.seats import seat

KETTERING = "ocd-division/country:us/state:oh/place:kettering"


@pytest.mark.parametrize(
    ("before", "is_seat"),
    [
        ("a federal judge in ", True),
        ("U.S. District Judge Ann Roe in ", True),
        ("the Buckeye Ledger, a newspaper based in ", True),
        ("a think tank in downtown ", True),
        ("the appeals court in ", True),
        ("police in ", False),
        ("a rally in ", False),
        ("the judges of ", False),
        ("courts in ", False),
        ("the county jail in ", False),
    ],
)
def test_a_name_after_a_court_or_firm_says_where_it_sits(before: str, is_seat: bool) -> None:
    assert seat(before + "Toledo", len(before)) is is_seat


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        (
            "Kettering leaders discussed immigration enforcement. A federal judge in Toledo ruled on another matter. "
            "Council members voted to bar police from asking about immigration status.",
            [KETTERING],
        ),
        (
            "Kettering passed the measure in May. “We will not be bullied by Washington,” the mayor said. "
            "It bars police from asking about immigration status.",
            [KETTERING],
        ),
    ],
)
def test_what_is_only_a_seat_or_a_byword_is_taken_for_no_subject(text: str, subjects: list[str]) -> None:
    found = [item for item in statements(text, "policy") if "asking" in (item.evidence.exact or "")]
    assert [item.subject.id for item in found] == subjects
