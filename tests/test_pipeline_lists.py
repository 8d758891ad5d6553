"""Lists on the register: small editions added, changed, shown, withdrawn."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from comity import pipeline_editions as editions
from comity import pipeline_lists as lists
from comity import vocabulary
from comity.errors import DocumentError, EditionRefused, UsageError
from comity.model import Publication
from comity.pipeline import Input, Refused
from comity.register import Register, rules_of
from comity.yamlfile import data_text

from .lists.sheets import JEM, PARTICIPATING, PENDING, TFM, WSO, Printed, agreement, application

STAYS = agreement("Bay County Sheriff's Office", WSO, "2025-02-26", county="Bay County")
WAITS = application("Leon County Sheriff's Office", WSO)
BUTLER = agreement("Butler County Sheriff's Office", WSO, "2025-05-22", state="PENNSYLVANIA", county="Butler County")
MOVER = application("Gulf County Sheriff's Office")
MOVED = agreement("Gulf County Sheriff's Office", TFM, "2025-06-09")


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with Register.open(tmp_path / "comity.db", rules=rules_of(vocabulary.load().predicates)) as opened:
        yield opened


@pytest.fixture
def own(tmp_path: Path) -> dict[str, str]:
    """Both 287(g) lists as files of one's own, with limits for sheets of a few rows."""
    found = {}
    for name in ("us-287g-participating", "us-287g-pending"):
        text = data_text(f"lists/{name}.yml")
        head, _, limits = text.partition("limits:\n")
        _, _, rest = limits.partition("departure:")
        file = tmp_path / f"{name}.yml"
        file.write_text(f"{head}limits: {{drop: 0.9, kept: 0, altered: 1}}\ndeparture:{rest}", encoding="utf-8")
        found[name] = str(file)
    return found


class Desk:
    """Writes editions as CSV files in folders named by their capture, and adds them."""

    def __init__(self, register: Register, folder: Path, own: dict[str, str]) -> None:
        self.register, self.folder, self.own = register, folder, own

    def file(self, name: str, day: str, *rows: Sequence[Printed], hour: str = "120000") -> Input:
        header = PARTICIPATING if name.endswith("participating") else PENDING
        year, month, date = day.split("-")
        path = self.folder / f"{year}{month}{date}_{hour}" / f"{name}{month}{date}{year}.csv"
        path.parent.mkdir(exist_ok=True)
        with path.open("w", newline="", encoding="utf-8") as out:
            csv.writer(out).writerows([header, *[[str(cell) for cell in row] for row in rows]])
        return Input(str(path), Publication())

    def add(self, name: str, *items: Input) -> list[editions.Added]:
        found = list(editions.add(self.register, self.own[name], items))
        assert not [item for item in found if isinstance(item, Refused)]
        return [item for item in found if isinstance(item, editions.Added)]


@pytest.fixture
def desk(register: Register, tmp_path: Path, own: dict[str, str]) -> Desk:
    return Desk(register, tmp_path, own)


PART, PEND = "us-287g-participating", "us-287g-pending"


def test_editions_are_recorded_in_order_of_capture_and_only_once(desk: Desk) -> None:
    files = [desk.file(PART, "2025-06-10", STAYS, MOVED), desk.file(PART, "2025-06-02", STAYS, BUTLER)]
    first = desk.add(PART, *files)
    assert [item.edition.date for item in first] == ["2025-06-02", "2025-06-10"]
    assert [(item.recorded.opened, item.recorded.sighted) for item in first] == [(2, 0), (1, 1)]
    assert Counter(change.kind for change in first[1].changes) == {"joined": 1, "unresolved": 1}
    assert first[1].outcomes == {"resolved": 2}
    again = desk.add(PART, *files)
    assert [item.recorded.outcome for item in again] == ["repeated", "repeated"]
    assert [item.changes for item in again] == [(), ()]
    assert desk.register.verify().ok


def test_a_departure_ends_its_belief_on_the_day_of_its_first_absence(desk: Desk) -> None:
    days = ("2025-06-06", "2025-06-17", "2025-06-20")
    desk.add(PART, desk.file(PART, "2025-06-04", STAYS, BUTLER))
    for index, day in enumerate(days):
        desk.add(PART, desk.file(PART, day, [*STAYS[:6], f"link {index}"]))
    left = [change for change in lists.changes(desk.register, desk.own[PART]) if change.kind == "left"]
    assert [(change.name, change.first_absent) for change in left] == [(BUTLER[1], "2025-06-06")]
    (belief,) = (belief for belief in desk.register.beliefs(list_name=PART, facet=left[0].facet))
    assert (belief.valid_from or "")[:10] == "2025-05-22"
    assert (belief.valid_to or "")[:10] == "2025-06-06"


@pytest.mark.parametrize("order", [(PART, PEND), (PEND, PART)])
def test_two_lists_tell_one_story_whichever_is_added_first(desk: Desk, order: tuple[str, str]) -> None:
    files = {
        PEND: [
            desk.file(PEND, "2025-06-02", WAITS, MOVER),
            desk.file(PEND, "2025-06-10", WAITS),
            desk.file(PEND, "2025-06-20", [*WAITS[:3], "Leon County", WAITS[4]]),
        ],
        PART: [
            desk.file(PART, "2025-06-02", STAYS),
            desk.file(PART, "2025-06-10", STAYS, MOVED),
            desk.file(PART, "2025-06-20", MOVED, STAYS),
        ],
    }
    for name in order:
        desk.add(name, *files[name])
    told = [(change.kind, change.name) for change in lists.changes(desk.register, desk.own[PART])]
    assert told == [("joined", MOVED[1]), ("transitioned", MOVED[1])]
    pending = [belief for belief in desk.register.beliefs(list_name=PEND) if belief.statement.subject.name == MOVER[1]]
    assert [(belief.valid_to or "")[:10] for belief in pending] == ["2025-06-09"]  # the day of signing
    assert ("transitioned", MOVED[1]) in [
        (change.kind, change.name) for change in lists.changes(desk.register, desk.own[PEND])
    ]
    assert desk.register.questions() == ()


@pytest.mark.parametrize("order", [(PART, PEND), (PEND, PART)])
def test_a_mover_missing_in_between_ends_its_wait_whichever_list_is_added_first(
    desk: Desk, order: tuple[str, str]
) -> None:
    files = {
        PEND: [
            desk.file(PEND, "2025-06-02", WAITS, MOVER),
            desk.file(PEND, "2025-06-04", WAITS, MOVER, application("Polk County Sheriff's Office", JEM)),
            desk.file(PEND, "2025-06-05", WAITS),
            desk.file(PEND, "2025-06-12", WAITS, application("Polk County Sheriff's Office", WSO)),
        ],
        PART: [
            desk.file(PART, "2025-06-02", STAYS),
            desk.file(PART, "2025-06-10", STAYS, [*MOVED[:5], "2025-06-04", MOVED[6]]),
        ],
    }
    for name in order:
        desk.add(name, *files[name])
    beliefs = [belief for belief in desk.register.beliefs(list_name=PEND) if belief.statement.subject.name == MOVER[1]]
    assert [(belief.valid_to or "")[:10] for belief in beliefs] == ["2025-06-04"]
    assert desk.register.verify().ok


def test_a_question_leaves_the_worklist_when_an_edition_answers_it(desk: Desk) -> None:
    desk.add(PEND, desk.file(PEND, "2025-06-02", WAITS, MOVER), desk.file(PEND, "2025-06-05", WAITS))
    desk.add(PART, desk.file(PART, "2025-06-02", STAYS), desk.file(PART, "2025-06-06", STAYS, BUTLER))
    assert desk.register.questions() == ()
    desk.add(PEND, desk.file(PEND, "2025-06-07", WAITS, application("Polk County Sheriff's Office", JEM)))
    assert [asked.question.kind for asked in desk.register.questions()] == ["vanished"]
    desk.add(PART, desk.file(PART, "2025-06-10", STAYS, BUTLER, MOVED))
    assert desk.register.questions() == ()


def test_a_corrected_date_replaces_the_belief_and_keeps_the_old_one_known(desk: Desk) -> None:
    desk.add(PART, desk.file(PART, "2025-06-02", STAYS, BUTLER))
    desk.add(PART, desk.file(PART, "2025-06-03", STAYS, [*BUTLER[:5], "2025-05-21", BUTLER[6]]))
    (belief,) = (belief for belief in desk.register.as_of("2025-06-30") if belief.statement.subject.name == BUTLER[1])
    assert belief.statement.value["signed"] == "2025-05-21"
    assert [
        (change.kind, change.field, change.before, change.after)
        for change in lists.changes(desk.register, desk.own[PART])
    ] == [("amended", "signed", "2025-05-22", "2025-05-21")]


def test_a_late_edition_takes_its_place_and_undoes_nothing(desk: Desk) -> None:
    desk.add(PART, desk.file(PART, "2025-06-02", STAYS), desk.file(PART, "2025-06-10", STAYS, MOVED))
    (late,) = desk.add(PART, desk.file(PART, "2025-06-05", STAYS, BUTLER))
    assert [change.kind for change in late.changes] == ["joined"]
    told = [(change.date, change.kind, change.name) for change in lists.changes(desk.register, desk.own[PART])]
    assert told == [
        ("2025-06-05", "joined", BUTLER[1]),
        ("2025-06-10", "unresolved", BUTLER[1]),
        ("2025-06-10", "joined", MOVED[1]),
    ]
    assert desk.register.verify().ok


def test_a_list_is_shown_as_it_stood(desk: Desk) -> None:
    desk.add(PART, desk.file(PART, "2025-06-02", STAYS, BUTLER), desk.file(PART, "2025-06-10", STAYS, MOVED))
    names = {
        day: [entry.normal["agency"] for entry in found.entries]
        if (found := lists.show(desk.register, desk.own[PART], day))
        else None
        for day in ("2025-06-01", "2025-06-09", "2025-06-10", None)
    }
    assert names == {
        "2025-06-01": None,
        "2025-06-09": [STAYS[1], BUTLER[1]],
        "2025-06-10": [STAYS[1], MOVED[1]],
        None: [STAYS[1], MOVED[1]],
    }


def test_a_withdrawn_list_ends_by_its_evidence_and_both_are_shown(desk: Desk, tmp_path: Path) -> None:
    page = tmp_path / "gone.txt"
    page.write_text("The page can't be found.", encoding="utf-8")
    desk.add(PART, desk.file(PART, "2025-06-02", STAYS, BUTLER))
    assert lists.withdraw(desk.register, desk.own[PART], "2025-06-05", str(page)) == 2
    assert lists.show(desk.register, desk.own[PART], "2025-06-06") is None
    before = lists.show(desk.register, desk.own[PART], "2025-06-04")
    assert before is not None
    assert len(before.entries) == 2
    (told,) = lists.changes(desk.register, desk.own[PART])
    assert (told.kind, told.date, told.confirmed_by) == ("withdrawn", "2025-06-05", str(page))
    assert {(belief.valid_to or "")[:10] for belief in desk.register.beliefs(list_name=PART)} == {"2025-06-05"}
    assert desk.register.verify().ok


def test_the_same_file_named_twice_is_told_once(desk: Desk) -> None:
    first = desk.file(PART, "2025-06-02", STAYS)
    second = desk.file(PART, "2025-06-10", STAYS, MOVED)
    found = desk.add(PART, second, first, second)
    assert [item.recorded.outcome for item in found] == ["recorded", "recorded", "repeated"]
    assert [len(item.changes) for item in found] == [0, 1, 0]


def gulf(signed: str, name: str = "Gulf County Sheriff's Office", county: str = "Gulf County") -> list[Printed]:
    return agreement(name, TFM, signed, county=county)


SHORT = "Gulf Co. Sheriff's Office"
OLD, NEW = "2025-06-08", "2025-06-10"
# an agency's rows before and now, how many of its beliefs are corrected, and the name and date of the one that stays
DOUBLES = [
    ([gulf(OLD)], [gulf(NEW, SHORT), gulf(NEW)], 1, (gulf(NEW)[1], NEW)),
    ([gulf(OLD)], [gulf(NEW), gulf(NEW, SHORT)], 1, (gulf(NEW)[1], NEW)),
    ([gulf(NEW)], [gulf(NEW, SHORT), gulf(NEW)], 0, (gulf(NEW)[1], NEW)),
    ([gulf("2025-06-09"), gulf(OLD, county="Gulf")], [gulf(NEW), gulf(NEW, county="Gulf")], 2, (gulf(NEW)[1], NEW)),
    ([gulf(OLD), gulf(NEW, county="Gulf")], [gulf(NEW), gulf(NEW, county="Gulf")], 2, (gulf(NEW)[1], NEW)),
]


@pytest.mark.parametrize(("before", "now", "corrected", "stays"), DOUBLES)
def test_rows_that_say_the_same_now_are_one_belief_whichever_is_printed_first(
    desk: Desk, before: list[list[Printed]], now: list[list[Printed]], corrected: int, stays: tuple[str, str]
) -> None:
    desk.add(PART, desk.file(PART, "2025-06-11", STAYS, *before))
    (added,) = desk.add(PART, desk.file(PART, "2025-06-12", STAYS, *now))
    assert (added.recorded.opened, added.recorded.corrected) == (0, corrected)
    found = [(each.statement.subject.name, each.statement.value["signed"]) for each in desk.register.beliefs()]
    assert found == [(STAYS[1], STAYS[5]), stays]
    assert not any(each.changes for each in editions.reread(desk.register, desk.own[PART]))


def test_identical_bytes_captured_later_are_seen_again(desk: Desk) -> None:
    first = desk.file(PART, "2025-06-02", STAYS)
    again = desk.file(PART, "2025-06-02", STAYS, hour="180000")
    found = desk.add(PART, first, again)
    assert found[0].recorded.outcome == "recorded"
    assert [item.recorded.opened for item in found] == [1, 0]
    assert len(desk.register.editions(PART)) == 1


def test_a_batch_that_was_stopped_is_finished_by_the_same_command(desk: Desk) -> None:
    desk.add(PEND, desk.file(PEND, "2025-06-02", WAITS, MOVER), desk.file(PEND, "2025-06-12", WAITS))
    files = [
        desk.file(PART, "2025-06-02", STAYS),
        desk.file(PART, "2025-06-10", STAYS, MOVED),
        desk.file(PART, "2025-06-20", MOVED, STAYS),
    ]
    stopped = editions.add(desk.register, desk.own[PART], files)
    next(stopped)
    stopped.close()
    assert desk.register.verify().ok
    assert [item.recorded.outcome for item in desk.add(PART, *files)] == ["repeated", "recorded", "recorded"]
    (waited,) = (item for item in desk.register.beliefs(list_name=PEND) if item.statement.subject.name == MOVER[1])
    assert (waited.valid_to or "")[:10] == "2025-06-09"


def test_a_linked_agreement_belongs_to_the_state_of_its_row(desk: Desk) -> None:
    link = "https://lists.example/287gMOA/Bay%20County.pdf"
    desk.add(PART, desk.file(PART, "2025-06-02", [*STAYS[:6], link]))
    assert lists.linked_states(desk.register) == {"Bay County.pdf": "FL"}


def test_a_statement_can_show_that_a_list_was_withdrawn(desk: Desk) -> None:
    desk.add(PART, desk.file(PART, "2025-06-02", STAYS))
    desk.add(PEND, desk.file(PEND, "2025-06-02", WAITS))
    (belief,) = desk.register.beliefs(list_name=PEND)
    assert lists.withdraw(desk.register, desk.own[PART], "2025-06-05", belief.statement.id) == 1
    (taken,) = desk.register.withdrawals(PART)
    assert taken.evidence[0].cells == belief.statement.evidence.cells


def test_what_shows_a_withdrawal_is_kept_with_rows_that_a_late_edition_brings(desk: Desk, tmp_path: Path) -> None:
    page = tmp_path / "gone.txt"
    page.write_text("The page can't be found.", encoding="utf-8")
    desk.add(PART, desk.file(PART, "2025-06-02", STAYS))
    lists.withdraw(desk.register, desk.own[PART], "2025-06-05", str(page))
    desk.add(PART, desk.file(PART, "2025-06-01", STAYS, BUTLER))
    told = [(each.name, each.kind, each.date, each.evidence[-1].path) for each in desk.register.changes()]
    assert told == [(name, "withdrawn", "2025-06-05", str(page)) for name in (STAYS[1], BUTLER[1])]


# --- refused ---------------------------------------------------------------------------------------------------

NO_EDITION = [
    ("an HTML page", b"<!DOCTYPE html><html><body><p>Service unavailable</p></body></html>", "an HTML page"),
    ("a damaged workbook", b"PK\x03\x04" + b"\0" * 200, "a damaged workbook"),
    ("an encrypted workbook", bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "an encrypted workbook"),
    ("nothing", b"", "the file is empty"),
]


@pytest.mark.parametrize(("data", "why"), [row[1:] for row in NO_EDITION], ids=[row[0] for row in NO_EDITION])
def test_what_is_no_edition_is_refused_kept_and_changes_nothing(
    desk: Desk, tmp_path: Path, data: bytes, why: str
) -> None:
    desk.add(PART, desk.file(PART, "2025-06-02", STAYS, BUTLER))
    before = desk.register.beliefs()
    bad = tmp_path / "participatingAgencies06032025.xlsx"
    bad.write_bytes(data)
    (found,) = desk.add(PART, Input(str(bad), Publication()))
    assert found.recorded.outcome == "refused"
    assert why in (found.refused or "")
    assert "\n" not in (found.refused or "")
    assert desk.register.beliefs() == before
    assert [edition.name for edition in desk.register.refused(PART)] == [bad.name]
    assert desk.register.verify().ok


def test_a_cut_edition_is_refused_and_the_rest_of_the_batch_goes_on(desk: Desk) -> None:
    rows = [
        agreement(f"{name} County Sheriff's Office")
        for name in ["Bay", "Clay", "Gulf", "Lake", "Lee", "Leon", "Levy", "Polk", "Union", "Taylor", "Dixie"]
    ]
    found = desk.add(
        PART,
        desk.file(PART, "2025-06-02", *rows),
        desk.file(PART, "2025-06-03", rows[0]),
        desk.file(PART, "2025-06-04", *rows, BUTLER),
    )
    assert [item.recorded.outcome for item in found] == ["recorded", "refused", "recorded"]
    assert found[1].refused == "1 rows after 11, 91% fewer"
    assert [change.kind for change in found[2].changes] == ["joined"]


def test_a_missing_file_is_refused_by_itself(desk: Desk, tmp_path: Path) -> None:
    missing = Input(str(tmp_path / "none.xlsx"), Publication())
    found = list(editions.add(desk.register, desk.own[PART], [missing, desk.file(PART, "2025-06-02", STAYS)]))
    assert [type(item) for item in found] == [Refused, editions.Added]


def test_a_list_without_editions_and_an_unknown_one_say_so(desk: Desk) -> None:
    with pytest.raises(UsageError, match="no edition"):
        lists.show(desk.register, desk.own[PART])
    with pytest.raises(UsageError, match="no edition"):
        lists.withdraw(desk.register, desk.own[PART], "2025-06-05", "https://lists.example/gone")
    with pytest.raises(UsageError, match="no such list"):
        lists.changes(desk.register, "us-287g-abroad")


# --- two files -------------------------------------------------------------------------------------------------


def test_two_files_are_compared_without_a_register(desk: Desk) -> None:
    old, new = desk.file(PART, "2025-06-02", STAYS, BUTLER), desk.file(PART, "2025-06-10", STAYS, MOVED)
    found = lists.diff(desk.own[PART], old, new)
    assert [(change.kind, change.name) for change in found] == [("unresolved", BUTLER[1]), ("joined", MOVED[1])]
    later = [desk.file(PART, day, MOVED, STAYS) for day in ("2025-06-15", "2025-06-22")]
    assert [change.kind for change in lists.diff(desk.own[PART], old, new, later)] == ["left", "joined"]


def test_a_file_that_cannot_be_believed_is_not_compared(desk: Desk, tmp_path: Path) -> None:
    sound = desk.file(PART, "2025-06-02", STAYS, BUTLER)
    with pytest.raises(EditionRefused, match="columns Signed, MOA are missing"):
        lists.diff(desk.own[PART], sound, desk.file(PEND, "2025-06-03", WAITS))
    page = tmp_path / "page.xlsx"
    page.write_text("<!DOCTYPE html><html><body>no</body></html>", encoding="utf-8")
    with pytest.raises((EditionRefused, DocumentError), match="HTML"):
        lists.diff(desk.own[PART], sound, Input(str(page), Publication()))


def described(desk: Desk, was: str, now: str) -> None:
    """Describe the list otherwise from now on."""
    path = Path(desk.own[PART])
    other = path.with_name(f"{path.stem}-{now.replace(': ', '-')}.yml")
    other.write_text(path.read_text("utf-8").replace(was, now), "utf-8")
    desk.own[PART] = str(other)


LOOSE, TIGHT = "drop: 0.9", "drop: 0"


@pytest.mark.parametrize("days", [("2025-06-02", "2025-06-10"), ("2025-06-02", "2025-06-10", "2025-06-20")])
def test_an_edition_that_was_refused_is_accepted_once_the_description_is_mended(
    desk: Desk, days: tuple[str, ...], tmp_path: Path
) -> None:
    leon = agreement("Leon County Sheriff's Office", JEM)
    rows = {"2025-06-02": [STAYS, BUTLER, leon], "2025-06-10": [STAYS, leon], "2025-06-20": [STAYS, BUTLER, leon]}
    files = [desk.file(PART, day, *rows[day]) for day in days]
    described(desk, LOOSE, TIGHT)
    added = desk.add(PART, *files)
    assert [item.refused is not None for item in added] == [day == "2025-06-10" for day in days]
    before = desk.register.log()[-1].at
    still = desk.add(PART, *files)
    assert [(item.recorded.outcome, item.refused) for item in still] == [("repeated", each.refused) for each in added]
    described(desk, TIGHT, LOOSE)
    again = desk.add(PART, *files)
    assert [item.recorded.outcome for item in again] == ["repeated", "recorded", "repeated"][: len(days)]
    assert not any(item.refused for item in again)
    assert [edition.date for edition in desk.register.editions(PART)] == list(days)
    assert desk.register.refused(PART) == ()
    assert [edition.date for edition in desk.register.refused(PART, before)] == ["2025-06-10"]
    log = [entry.detail for entry in desk.register.log() if entry.detail.get("edition") == added[1].edition.id]
    of_it = [detail["accepted"] for detail in log]
    assert of_it == [False, True]
    with Register.open(tmp_path / "other.db", rules=desk.register.rules) as other:
        Desk(other, tmp_path, desk.own).add(PART, *files)
        assert held(desk.register) == held(other)
    assert [item.recorded.outcome for item in desk.add(PART, *files)] == ["repeated"] * len(days)
    assert desk.register.verify().ok


def held(register: Register) -> set[tuple[object, ...]]:
    return {
        (each.statement.id, each.valid_from, each.valid_to, each.since_known, each.sightings)
        for each in register.beliefs(list_name=PART)
    }


def test_bytes_that_were_refused_are_looked_at_again_when_they_are_captured_later(desk: Desk) -> None:
    desk.add(PART, desk.file(PART, "2025-06-02", STAYS, BUTLER))
    described(desk, LOOSE, TIGHT)
    (refused,) = desk.add(PART, desk.file(PART, "2025-06-10", STAYS))
    assert refused.refused == "1 rows after 2, 50% fewer"
    later = Path(desk.file(PART, "2025-06-10", STAYS).path)
    other = desk.folder / "20250611_090000" / later.name
    other.parent.mkdir()
    other.write_bytes(later.read_bytes())
    (seen,) = desk.add(PART, Input(str(other), Publication()))
    assert (seen.recorded.outcome, seen.refused) == ("repeated", refused.refused)
    described(desk, TIGHT, LOOSE)
    (accepted,) = desk.add(PART, Input(str(other), Publication()))
    assert (accepted.recorded.outcome, accepted.refused) == ("recorded", None)
    assert desk.register.verify().ok


def test_what_another_description_changes_is_told_before_what_an_edition_does(desk: Desk) -> None:
    desk.add(PART, desk.file(PART, "2025-06-02", STAYS, BUTLER))
    described(desk, "action: in_force", "action: pending")
    later = agreement("Leon County Sheriff's Office", JEM)
    files = [desk.file(PART, "2025-06-10", STAYS, BUTLER, MOVED), desk.file(PART, "2025-06-11", STAYS, BUTLER, later)]
    first, second = desk.add(PART, *files)
    (found,) = [each for each in first.reread if each.document == PART]
    assert len(found.superseded) + len(found.revised) == 2
    assert second.reread == ()
    assert first.recorded.opened == 1
