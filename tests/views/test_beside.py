"""What else a status line tells: the list's end and the government's answer, as the topic names them."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.views.samples import Story, add, opened

from comity.interfaces import python
from comity.views.timeline import timeline

LISTED = (
    "Listing Sample",
    "2025-05-29",
    "The Department of Homeland Security published a list of sanctuary jurisdictions on Thursday, "
    "and Toledo is on it.\n",
)
GONE = (
    "Ending Sample",
    "2025-06-03",
    "The Department of Homeland Security took down its list of sanctuary jurisdictions on Sunday, June 1.\n",
)
ANSWER = (
    "Answer Sample",
    "2025-05-31",
    "Toledo officials disputed the city's designation as a sanctuary jurisdiction on Friday.\n",
)


def line(folder: Path, *stories: Story, as_of: str | None = None) -> str:
    with opened(folder) as register:
        add(register, *stories)
        found = python.dossier(register, "Toledo, OH", as_of=as_of)
    return next(facet.line for facet in found.facets if "authority=" in facet.facet and facet.status == "listed")


@pytest.mark.parametrize(
    ("stories", "as_of", "clauses"),
    [
        ((LISTED,), None, []),
        ((LISTED, GONE), None, ["list withdrawn by 2025-06-01"]),
        ((LISTED, ANSWER), None, ["the city disputes it"]),
        ((LISTED, GONE, ANSWER), None, ["list withdrawn by 2025-06-01", "the city disputes it"]),
        ((LISTED, GONE, ANSWER), "2025-05-30", ["the city disputes it"]),
        ((LISTED, GONE, ANSWER), "2025-05-29", []),
    ],
)
def test_the_line_of_a_designation(
    stories: tuple[Story, ...], as_of: str | None, clauses: list[str], tmp_path: Path
) -> None:
    told = line(tmp_path, *stories, as_of=as_of)
    head, *rest = told.removesuffix(".").split("; ")
    assert head.startswith(
        "Listed among sanctuary jurisdictions by US Department of Homeland Security since 2025-05-29"
    )
    assert rest == clauses


def test_the_lane_of_a_designation_says_that_its_list_is_gone(tmp_path: Path) -> None:
    with opened(tmp_path) as register:
        add(register, LISTED, GONE, ANSWER)
        found = timeline(python.dossier(register, "Toledo, OH"))
    assert found is not None
    assert (
        "Listed among sanctuary jurisdictions by US Department of Homeland Security; "
        "list withdrawn by 2025-06-01; the city disputes it"
    ) in [lane.brief for lane in found.lanes]
