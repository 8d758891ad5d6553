"""Sequences of editions: departures proved, returns told, two lists as one story."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity import gazetteer
from comity.lists.history import history
from comity.lists.states import History, Withdrawal
from comity.model import Edition

from .sheets import JEM, TFM, WSO, Printed, agreement, application, participating, pending, unlimited

LISTS = {name: unlimited(name) for name in ("us-287g-participating", "us-287g-pending")}
STAYS = agreement("Bay County Sheriff's Office", WSO, "2025-02-26", county="Bay County")
WAITS = application("Leon County Sheriff's Office", WSO)
BUTLER = "Butler County Sheriff's Office"
PA = {"state": "PENNSYLVANIA", "county": "Butler County"}


def over(*editions: Edition, withdrawals: Iterable[Withdrawal] = ()) -> History:
    return history(editions, described=LISTS, withdrawals=withdrawals)


def told(found: History, *without: str) -> list[tuple[str, str, str]]:
    """Day of the edition, kind and name of each change."""
    return [
        (step.edition.date, change.kind, change.name)
        for step in found.steps
        for change in step.changes
        if change.kind not in without
    ]


# --- departures ------------------------------------------------------------------------------------------------


def test_a_departure_is_told_when_it_is_proved() -> None:
    """The real case: one model until 5 June, another from 17 June."""
    old, new = agreement(BUTLER, WSO, "2025-05-22", **PA), agreement(BUTLER, TFM, "2025-06-12", **PA)
    found = over(
        participating("2025-06-04", STAYS, old),
        participating("2025-06-06", STAYS),
        participating("2025-06-17", STAYS, new),
        participating("2025-06-20", STAYS, new),
    )
    assert told(found) == [
        ("2025-06-06", "unresolved", BUTLER),
        ("2025-06-17", "joined", BUTLER),
        ("2025-06-20", "left", BUTLER),
    ]
    (left,) = (change for change in found.steps[-1].changes if change.kind == "left")
    assert (left.first_absent, left.confirmed_by) == ("2025-06-06", found.steps[-1].edition.name)
    assert left.facet.endswith("warrant_service")
    (ending,) = found.steps[-1].ended
    assert (ending.kind, ending.at) == ("left", "2025-06-06")


def test_editions_of_one_day_prove_no_departure() -> None:
    found = over(
        participating("2025-06-04", STAYS, agreement(BUTLER, WSO, **PA)),
        *[participating(f"2025-06-05T{hour:02}:00:00Z", [*STAYS[:6], str(hour)]) for hour in range(4)],
    )
    assert told(found, "amended") == [("2025-06-05", "unresolved", BUTLER)]


def test_agencies_that_vanish_for_a_day_are_relisted_and_never_left() -> None:
    many = [agreement(f"{name} County Sheriff's Office") for name in ("Gulf", "Lake", "Leon", "Levy", "Polk", "Union")]
    found = over(
        participating("2025-06-02", STAYS, *many),
        participating("2025-06-03", STAYS),
        participating("2025-06-04", STAYS, *many),
        participating("2025-06-20", STAYS, *many),
    )
    kinds = [kind for _, kind, _ in told(found)]
    assert kinds == ["unresolved"] * 6 + ["relisted"] * 6
    assert not any(step.ended for step in found.steps)
    before, after = found.steps[0].edition.entries[1], found.steps[2].edition.entries[1]
    assert before.statement is not None
    assert after.statement is not None
    assert before.statement.id == after.statement.id  # the belief went on


def test_many_that_vanish_at_once_want_longer_proof() -> None:
    many = [agreement(f"{name} County Sheriff's Office") for name in ("Gulf", "Lake", "Leon", "Levy")]
    days = ("2025-06-03", "2025-06-12", "2025-06-20", "2025-06-28")
    editions = [participating("2025-06-02", STAYS, *many), *[participating(day, [*STAYS[:6], day]) for day in days]]
    found = told(over(*editions))
    assert [day for day, kind, _ in found if kind == "left"] == ["2025-06-28"] * 4
    few = [participating("2025-06-02", STAYS, *many[:3]), *editions[1:]]
    assert [day for day, kind, _ in told(over(*few)) if kind == "left"] == ["2025-06-20"] * 3


def test_an_entry_that_comes_back_after_it_left_is_relisted_from_that_day() -> None:
    gone = agreement(BUTLER, WSO, "2025-03-04", **PA)
    days = ("2025-06-02", "2025-06-03", "2025-06-12", "2025-06-20")
    found = over(
        participating(days[0], STAYS, gone),
        *[participating(day, STAYS) for day in days[1:]],
        participating("2025-07-01", STAYS, gone),
    )
    assert told(found)[-2:] == [("2025-06-20", "left", BUTLER), ("2025-07-01", "relisted", BUTLER)]
    assert found.steps[-1].edition.entries[1].since == "2025-07-01"


def test_a_refused_edition_changes_nothing_and_proves_nothing() -> None:
    broken = replace(participating("2025-06-05"), accepted=False)
    found = over(
        participating("2025-06-04", STAYS, agreement(BUTLER, WSO, **PA)),
        broken,
        participating("2025-06-20", STAYS, agreement(BUTLER, WSO, **PA)),
    )
    assert told(found) == []
    assert [step.edition.accepted for step in found.steps] == [True, False, True]


def test_a_row_that_an_excerpt_lacks_is_not_known_to_begin_with_the_next_edition() -> None:
    new = agreement(BUTLER, WSO, "2025-05-22", **PA)
    excerpt = replace(participating("2025-06-02", STAYS), scopes=("state=TX",))
    first = over(excerpt, participating("2025-06-03", STAYS, new)).steps[1]
    assert [change.kind for change in first.changes] == []
    assert len(first.undated) == 1
    assert first.undated == tuple(e.statement.id for e in first.edition.entries[1:] if e.statement)
    whole = participating("2025-06-01", STAYS)
    second = over(whole, excerpt, participating("2025-06-03", STAYS, new)).steps[2]
    assert ([change.kind for change in second.changes], second.undated) == (["joined"], ())


def test_an_excerpt_proves_no_departure() -> None:
    full = participating("2025-06-02", STAYS, agreement(BUTLER, WSO, **PA))
    excerpts = [replace(participating(f"2025-06-{day:02}", STAYS), scopes=("state=FL",)) for day in (3, 12, 20, 28)]
    found = over(full, *excerpts)
    assert told(found) == []
    assert not any(step.ended for step in found.steps)


# --- names -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second", "state"),
    [
        ("Indialantic Police Department", "Indiatlantic Police Department", "FLORIDA"),
        ("Green Forks Police Department", "Greens Forks Police Department", "INDIANA"),
    ],
)
def test_an_agency_renamed_and_renamed_back_stays_one_belief(first: str, second: str, state: str) -> None:
    days = ("2025-06-02", "2025-06-03", "2025-06-04")
    found = over(
        *[
            participating(day, agreement(name, state=state))
            for day, name in zip(days, (first, second, first), strict=True)
        ]
    )
    assert told(found) == [("2025-06-03", "renamed", second), ("2025-06-04", "renamed", first)]
    assert not any(step.ended or step.updated for step in found.steps)


def test_a_reassigned_agreement_succeeds_the_old_one() -> None:
    moa = ("link", "https://lists.example/OkaloosaCo.pdf")
    about: dict[str, Printed] = {"county": "Okaloosa County", "moa": moa}
    found = over(
        participating("2025-07-01", STAYS, agreement("Okaloosa County Sheriff's Office", WSO, "2025-02-26", **about)),
        participating(
            "2025-07-03", STAYS, agreement("Okaloosa County Department of Corrections", WSO, "2025-02-26", **about)
        ),
    )
    assert told(found) == [("2025-07-03", "reassigned", "Okaloosa County Department of Corrections")]
    (succession,) = found.steps[1].updated
    assert (succession.at, succession.kind) == ("2025-07-03", "reassigned")


def test_a_date_put_right_corrects_and_a_county_filled_in_is_seen_again() -> None:
    first = participating("2025-06-02", agreement(BUTLER, signed="2025-05-12", **PA), STAYS)
    second = participating("2025-06-03", agreement(BUTLER, signed="2025-05-11", **PA), [*STAYS[:3], "#N/A", *STAYS[4:]])
    found = over(first, second)
    (correction,) = found.steps[1].corrected
    one, other = first.entries[0].statement, second.entries[0].statement
    assert one is not None
    assert other is not None
    assert (correction.old, correction.new) == (one.id, other.id)
    assert found.steps[1].edition.entries[1].statement == first.entries[1].statement


# --- doubles, repeats, order -----------------------------------------------------------------------------------


def test_a_double_is_told_once_and_is_a_sighting() -> None:
    double = agreement("City of Zephyrhills Police Department")
    plain = agreement("Zephyrhills Police Department")
    found = over(participating("2025-06-02", plain, double), participating("2025-06-03", plain, double))
    assert told(found) == [("2025-06-02", "duplicated", "Zephyrhills Police Department")]
    first, second = found.steps[0].edition.entries
    assert first.statement == second.statement
    assert first.printed != second.printed


def test_identical_bytes_are_one_publication_seen_again() -> None:
    first = participating("2025-06-02", STAYS)
    again = replace(first, order="2025-06-03T12:00:00Z", captured="2025-06-03T12:00:00Z")
    found = over(first, again)
    assert [step.seen_again for step in found.steps] == [False, True]
    assert found.steps[1].changes == ()


def test_one_file_name_published_twice_with_other_rows_is_two_editions() -> None:
    first = participating("2025-07-03T15:18:05Z", STAYS)
    second = participating("2025-07-03T15:30:00Z", STAYS, agreement(BUTLER, **PA))
    assert first.name == second.name
    assert told(over(second, first)) == [("2025-07-03", "joined", BUTLER)]


def test_a_history_is_the_same_whatever_the_order_of_files_and_in_parts() -> None:
    editions = [
        participating("2025-06-02", STAYS, agreement(BUTLER, WSO, **PA)),
        pending("2025-06-02", WAITS),
        participating("2025-06-10", STAYS),
        pending("2025-06-10", WAITS, application(BUTLER, TFM, **PA)),
        participating("2025-06-20", STAYS, agreement(BUTLER, TFM, "2025-06-18", **PA)),
        pending("2025-06-20", WAITS),
        participating("2025-06-28", STAYS, agreement(BUTLER, TFM, "2025-06-18", **PA)),
    ]
    whole = over(*editions)
    mixed = editions[:]
    random.Random(7).shuffle(mixed)
    assert over(*mixed) == whole
    first = over(*editions[:3])
    rest = history(editions[3:], known=first.states, described=LISTS)
    assert first.steps + rest.steps == whole.steps


# --- two lists -------------------------------------------------------------------------------------------------


def test_an_agency_moves_from_pending_to_participating() -> None:
    found = over(
        pending("2025-06-02", WAITS, application(BUTLER, TFM, **PA)),
        participating("2025-06-02", STAYS),
        pending("2025-06-10", WAITS),
        participating("2025-06-10", STAYS, agreement(BUTLER, TFM, "2025-06-09", **PA)),
        pending("2025-06-20", WAITS),
        pending("2025-07-20", WAITS),
        participating("2025-07-20", STAYS, agreement(BUTLER, TFM, "2025-06-09", **PA)),
    )
    assert told(found) == [("2025-06-10", "joined", BUTLER), ("2025-06-10", "transitioned", BUTLER)]
    (ending,) = (ending for step in found.steps for ending in step.ended)
    assert (ending.kind, ending.at) == ("transitioned", "2025-06-09")  # the day of signing: until then it waited
    (moved,) = (change for step in found.steps for change in step.changes if change.kind == "transitioned")
    assert (moved.list, moved.before, moved.after) == (
        "us-287g-participating",
        "us-287g-pending",
        "us-287g-participating",
    )
    assert len(moved.evidence) == 2


def test_an_application_made_again_waits_anew() -> None:
    again = [participating(day, [*STAYS[:6], day]) for day in ("2025-06-20", "2025-06-28", "2025-07-06", "2025-07-14")]
    found = over(
        pending("2025-06-02", WAITS, application(BUTLER, TFM, **PA)),
        participating("2025-06-02", STAYS),
        participating("2025-06-10", STAYS, agreement(BUTLER, TFM, "2025-06-09", **PA)),
        pending("2025-06-12", WAITS),
        *again,
        pending("2025-07-01", WAITS, application(BUTLER, TFM, **PA)),
        pending("2025-07-08", WAITS),
        pending("2025-07-15", WAITS),
    )
    mine = [kind for _, kind, name in told(found) if name == BUTLER]
    assert mine == ["joined", "transitioned", "unresolved", "joined", "left", "unresolved"]


def test_a_mover_may_be_missing_from_pending_before_participating_shows_it() -> None:
    found = over(
        pending("2025-06-02", WAITS, application(BUTLER, TFM, **PA)),
        participating("2025-06-02", STAYS),
        pending("2025-06-05", WAITS),
        pending("2025-06-06", WAITS, application("Gulf County Sheriff's Office")),
        participating("2025-06-10", STAYS, agreement(BUTLER, TFM, "2025-06-04", **PA)),
    )
    assert [kind for _, kind, name in told(found) if name == BUTLER] == ["joined", "transitioned"]
    assert not any(step.questions for step in found.steps)


def test_a_vanished_application_is_a_question_once_both_lists_have_gone_on() -> None:
    editions = [
        pending("2025-06-02", WAITS, application(BUTLER, TFM, **PA)),
        participating("2025-06-02", STAYS),
        pending("2025-06-05", WAITS),
        participating("2025-06-05", STAYS),  # captured together with the pending edition: not later
        pending("2025-06-06", WAITS),
        participating("2025-06-10", STAYS, agreement("Gulf County Sheriff's Office")),
    ]
    assert told(over(*editions[:5])) == []
    found = over(*editions)
    assert [(kind, name) for _, kind, name in told(found, "joined")] == [("unresolved", BUTLER)]
    (question,) = (question for step in found.steps for question in step.questions)
    assert (question.list, question.kind) == ("us-287g-pending", "vanished")
    assert "since 2025-06-05" in question.detail


def test_without_the_other_list_an_absence_from_pending_is_not_judged() -> None:
    days = ("2025-06-05", "2025-06-15", "2025-06-25", "2025-07-05", "2025-07-15")
    found = over(pending("2025-06-02", WAITS, application(BUTLER, TFM, **PA)), *[pending(day, WAITS) for day in days])
    assert told(found) == []


def test_an_application_that_nothing_explains_has_left_in_the_end() -> None:
    days = ("2025-06-05", "2025-06-10", "2025-06-15", "2025-06-20", "2025-06-25")
    found = over(
        pending("2025-06-02", WAITS, application(BUTLER, TFM, **PA)),
        *[pending(day, WAITS) for day in days],
        *[participating(day, [*STAYS[:6], day]) for day in days],
    )
    assert [kind for _, kind, name in told(found) if name == BUTLER] == ["unresolved", "left"]


def test_an_agency_on_both_lists_is_told_once() -> None:
    found = over(
        participating("2025-06-02", STAYS),
        pending("2025-06-02", WAITS, application(BUTLER, TFM, **PA)),
        participating("2025-06-05", STAYS, agreement(BUTLER, TFM, "2025-06-04", **PA)),
        pending("2025-06-06", WAITS, application(BUTLER, TFM, **PA)),
        pending("2025-06-08", application(BUTLER, TFM, **PA), WAITS),
        pending("2025-06-09", WAITS),
    )
    both = [change for step in found.steps for change in step.changes if change.kind == "duplicated"]
    assert [(change.list, change.field, change.date) for change in both] == [("us-287g-pending", "list", "2025-06-06")]
    assert [step.edition.date for step in found.steps if step.ended] == ["2025-06-09"]


def test_another_model_that_waits_is_no_matter_of_both_lists() -> None:
    found = over(
        participating("2025-06-02", STAYS, agreement(BUTLER, JEM, **PA)),
        pending("2025-06-03", WAITS, application(BUTLER, TFM, **PA)),
    )
    assert told(found) == []


def test_a_name_that_resolves_to_nothing_moves_under_its_longer_printing() -> None:
    found = over(
        pending("2025-06-02", WAITS, application("Zzyzx Fourth Ward Constable's Office")),
        participating("2025-06-02", STAYS),
        participating("2025-06-05", STAYS, agreement("Zzyzx Fourth Ward Constable")),
        pending("2025-06-06", WAITS),
    )
    assert [kind for _, kind, _ in told(found)] == ["joined", "transitioned"]


# --- withdrawal ------------------------------------------------------------------------------------------------


def test_a_withdrawn_list_ends_with_its_evidence_and_may_come_back() -> None:
    taken = Withdrawal("us-287g-participating", "2025-06-05", "https://lists.example/gone")
    found = over(
        participating("2025-06-02", STAYS),
        participating("2025-06-20", STAYS, agreement(BUTLER, **PA)),
        withdrawals=[taken],
    )
    first, withdrawn, again = found.steps
    assert first.changes == ()
    assert withdrawn.withdrawal == taken
    assert [(change.kind, change.date, change.confirmed_by) for change in withdrawn.changes] == [
        ("withdrawn", "2025-06-05", "https://lists.example/gone")
    ]
    assert [(ending.kind, ending.at) for ending in withdrawn.ended] == [("withdrawn", "2025-06-05")]
    assert [change.kind for change in again.changes] == ["relisted", "joined"]


# --- any sequence ----------------------------------------------------------------------------------------------

COUNTIES = ("Bay", "Clay", "Gulf", "Lake", "Leon", "Levy", "Polk", "Union")
SEQUENCES = st.lists(st.sets(st.sampled_from(COUNTIES), min_size=1), min_size=1, max_size=7)


@settings(max_examples=40, deadline=None)
@given(SEQUENCES, st.randoms(use_true_random=False))
def test_any_sequence_adds_up(sequence: list[set[str]], chance: random.Random) -> None:
    editions = [
        participating(
            f"2025-06-{1 + 4 * index:02}", *[agreement(f"{name} County Sheriff's Office") for name in sorted(names)]
        )
        for index, names in enumerate(sequence)
    ]
    found = over(*editions)
    state = found.states["us-287g-participating"]
    last = {entry.facet for entry in editions[-1].entries}
    missed, left = {item.entry.facet for item in state.absent}, {entry.facet for entry in state.left}
    assert {entry.facet for entry in state.live} == last
    assert not (last & missed or last & left or missed & left)
    ever = {entry.facet for edition in editions for entry in edition.entries}
    assert ever == last | missed | left
    kinds = Counter((change.facet, change.kind) for step in found.steps for change in step.changes)
    for facet in ever:
        gone = kinds[facet, "unresolved"] - kinds[facet, "relisted"]
        assert gone == (facet not in last)
        assert kinds[facet, "left"] <= kinds[facet, "unresolved"]
    chance.shuffle(editions)
    assert over(*editions) == found


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_noisy_summer_of_editions_yields_the_real_departures_and_no_other(seed: int) -> None:
    """Twenty editions with misprints, dates put right, newcomers and rows that vanish for a day, in any order."""
    chance = random.Random(seed)
    counties = [
        entity.name
        for entity in gazetteer.load().children("ocd-division/country:us/state:ga")
        if entity.kind == "county"
    ]
    rows = {name: agreement(f"{name} Sheriff's Office", WSO, state="GEORGIA", county=name) for name in counties[:110]}
    waiting, gone, editions, day = [*rows][80:], set(), [], date(2025, 6, 2)
    there = [*rows][:80]
    for number in range(20):
        day += timedelta(days=chance.choice([1, 1, 2, 3]))
        there += [waiting.pop() for _ in range(chance.randrange(3)) if waiting]
        if number in (3, 6, 9):
            gone.add(there.pop(chance.randrange(len(there))))
        for name in chance.sample(there, 4):
            at = chance.randrange(1, 4)
            printed = chance.choice([name, name[:at] + chance.choice("aeiou") + name[at + 1 :]])
            rows[name] = [rows[name][0], f"{printed} Sheriff's Office", *rows[name][2:]]
        for name in chance.sample(there, 2):
            rows[name] = [*rows[name][:5], f"2025-04-{chance.randrange(1, 29):02}", rows[name][6]]
        shown = [*there] if chance.random() < 0.7 else chance.sample(there, len(there) - 12)
        editions.append(participating(day.isoformat(), *[rows[name] for name in chance.sample(shown, len(shown))]))
    found = over(*editions)
    left = {entry.normal["county"] for entry in found.states["us-287g-participating"].left}
    assert left == gone
