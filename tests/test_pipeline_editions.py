"""Editions in any order of arrival: the same is believed in the end, and what was known before stays known."""

from __future__ import annotations

import csv
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from comity import pipeline_editions, vocabulary
from comity.model import Belief, Publication
from comity.pipeline import Input
from comity.pipeline_editions import Added
from comity.register import Register, rules_of
from comity.register.instants import iso
from comity.yamlfile import data_text
from tests.lists.sheets import JEM, PARTICIPATING, PENDING, TFM, WSO, Printed, agreement, application
from tests.register.samples import Ticking

EXAMPLES = int(os.environ.get("COMITY_HISTORIES", "8"))
PART, PEND = "us-287g-participating", "us-287g-pending"
DAYS = ("2025-06-02", "2025-06-03", "2025-06-05", "2025-06-09", "2025-06-14", "2025-06-24", "2025-07-03", "2025-07-12")
STAYS = agreement("Bay County Sheriff's Office", WSO, "2025-02-26", county="Bay County")
# Rows that an edition may print, each in forms that say the same, or correct it, or are another body.
FORMS: Sequence[Sequence[list[Printed]]] = (
    (agreement("Gulf County Sheriff's Office", TFM), agreement("Gulf County Sheriff's Office", TFM, county="Gulf")),
    (agreement("Lake County Sheriff's Office", JEM), agreement("Lake County Sheriff's Office", JEM, "2025-03-05")),
    (agreement("Lake County Sheriff's Office", WSO), agreement("Lake County Sherrif's Office", WSO)),
    (
        agreement("Polk County Sheriff's Office", TFM, "2025-06-04"),
        agreement("Polk County Sheriff's Office", TFM, "2025-06-04", moa="link"),
        agreement("Polk County Sheriff's Office", TFM, ""),
    ),
    (
        agreement("Marshal of Nowhere Beach", TFM, "2025-01-02"),
        agreement("Marshall of Nowhere Beach", TFM, "2025-01-02"),
    ),
)
WAITING: Sequence[Sequence[list[Printed]]] = (
    (application("Polk County Sheriff's Office", TFM), application("Polk County Sheriff's Office", TFM, county="Polk")),
    (application("Gulf County Sheriff's Office", TFM),),
    (application("Union County Sheriff's Office", JEM), application("Union County Sheriffs Office", JEM)),
)


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The 287(g) lists as files of one's own, with limits and rules of departure for sheets of a few rows."""
    found = {}
    for name in (PART, PEND):
        head, _, _ = data_text(f"lists/{name}.yml").partition("limits:\n")
        limits = "limits: {drop: 1, kept: 0, altered: 1, resolved: 0, readable: 0}\n"
        file = tmp_path_factory.mktemp("lists") / f"{name}.yml"
        file.write_text(f"{head}{limits}departure: {{editions: 2, days: 5}}\n", "utf-8")
        found[name] = str(file)
    return found


@pytest.fixture(scope="module")
def pair(own: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The same, each told with the bundled one that is the other list of its story."""
    found = {}
    for name, role, other in ((PART, "earlier", PEND), (PEND, "later", PART)):
        file = tmp_path_factory.mktemp("pair") / f"{name}.yml"
        text = Path(own[name]).read_text("utf-8")
        file.write_text(f"{text}pair: {{list: {other}, role: {role}}}\n", "utf-8")
        found[name] = str(file)
    return found


@contextmanager
def opened(folder: Path) -> Iterator[Register]:
    rules = rules_of(vocabulary.load().predicates)
    folder.mkdir(exist_ok=True)
    with Register.open(folder / "comity.db", rules=rules, clock=Ticking(), captures=folder / "captures") as register:
        yield register


def printed(folder: Path, name: str, day: str, rows: Iterable[Sequence[Printed]]) -> Input:
    """An edition as a CSV file, in a folder named by its capture."""
    year, month, date = day.split("-")
    path = folder / f"{year}{month}{date}_120000" / f"{name}{month}{date}{year}.csv"
    path.parent.mkdir(exist_ok=True)
    header = PARTICIPATING if name == PART else PENDING
    with path.open("w", newline="", encoding="utf-8") as out:
        # The first row says the day, so that no two editions have the same bytes.
        first = [STAYS if name == PART else application("Leon County Sheriff's Office", WSO, county=f"as of {day}")]
        if name == PART:
            first = [[*STAYS[:6], f"as of {day}"]]
        csv.writer(out).writerows([header, *first, *rows])
    return Input(str(path), Publication())


def believed(register: Register, known: str | None = None) -> set[tuple[object, ...]]:
    return {_plain(belief) for belief in register.beliefs(known=known)}


def _plain(belief: Belief) -> tuple[object, ...]:
    said = belief.statement
    value = tuple(sorted((slot, str(given)) for slot, given in said.value.items()))
    clocks = belief.valid_from, belief.valid_to, belief.observed, belief.since_known
    return said.id, belief.facet, value, clocks, belief.sightings, belief.attested


@st.composite
def publications(draw: st.DrawFn, forms: Sequence[Sequence[list[Printed]]]) -> Mapping[str, list[list[Printed]]]:
    """Editions of a list by their day; each row is in an edition or not, in one of its forms."""
    days = draw(st.lists(st.sampled_from(DAYS), min_size=1, max_size=5, unique=True))
    choice = st.tuples(*(st.integers(-1, len(each) - 1) for each in forms))
    return {
        day: [each[picked] for each, picked in zip(forms, draw(choice), strict=True) if picked >= 0]
        for day in sorted(days)
    }


# A history takes a second or two: to shrink one takes longer than to read it.
BRIEFLY = settings(max_examples=EXAMPLES, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))


@BRIEFLY
@given(about=publications(FORMS), data=st.data())
def test_any_order_of_arrival_leaves_the_same_beliefs(
    own: dict[str, str], about: Mapping[str, list[list[Printed]]], data: st.DataObject
) -> None:
    arrival = data.draw(st.permutations(sorted(about)))
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        files = {day: printed(folder, PART, day, rows) for day, rows in about.items()}
        with opened(folder / "one") as register:
            for _, file in sorted(files.items()):
                add(register, own[PART], file)
            in_order = believed(register)
            (again,) = pipeline_editions.reread(register, own[PART])
            assert not again.changes
        known = []
        with opened(folder / "other") as register:
            for day in arrival:
                add(register, own[PART], files[day])
                known.append((iso(register.head().at), believed(register)))
            assert believed(register) == in_order
            assert [believed(register, at) for at, _ in known] == [then for _, then in known]
            assert register.verify().ok


@pytest.mark.parametrize("arrival", list(permutations(("2025-06-02", "2025-06-03", "2025-06-14"))), ids=" ".join)
def test_a_day_that_lay_ahead_of_an_edition_is_read_of_a_later_one(
    own: dict[str, str], tmp_path: Path, arrival: Sequence[str]
) -> None:
    unsigned = agreement("Polk County Sheriff's Office", TFM, "")
    ahead = agreement("Polk County Sheriff's Office", TFM, "2025-06-04")
    rows = {"2025-06-02": unsigned, "2025-06-03": ahead, "2025-06-14": ahead}
    with opened(tmp_path) as register:
        for day in arrival:
            add(register, own[PART], printed(tmp_path, PART, day, [rows[day]]))
        polk = [each for each in register.beliefs() if each.statement.subject.name.startswith("Polk")]
        assert [belief.statement.value["signed"] for belief in polk] == ["2025-06-04"]


def add(register: Register, name: str, file: Input) -> Added:
    (found,) = pipeline_editions.add(register, name, [file])
    assert isinstance(found, Added)
    assert found.recorded.outcome == "recorded"
    return found


@BRIEFLY
@given(about=publications(FORMS), waits=publications(WAITING), data=st.data())
def test_two_lists_of_one_story_end_alike_whichever_comes_when(
    pair: dict[str, str],
    about: Mapping[str, list[list[Printed]]],
    waits: Mapping[str, list[list[Printed]]],
    data: st.DataObject,
) -> None:
    arrival = data.draw(st.permutations([*((day, PART) for day in about), *((day, PEND) for day in waits)]))
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        files = {(day, PART): printed(folder, PART, day, rows) for day, rows in about.items()}
        files |= {(day, PEND): printed(folder, PEND, day, rows) for day, rows in waits.items()}
        found: list[set[tuple[object, ...]]] = []
        for order in (sorted(files), arrival):
            with opened(folder / str(len(found))) as register:
                for day, name in order:
                    add(register, pair[name], files[day, name])
                pipeline_editions.reread(register, pair[PART])
                found.append(believed(register))
                assert register.verify().ok
        assert found[0] == found[1]
