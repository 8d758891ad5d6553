"""What a facet's beliefs add up to at an instant: one plain line, and what speaks for and against."""

from __future__ import annotations

from dataclasses import replace

import pytest

from comity.model import Attribution, Belief, Time
from comity.register import Rules
from comity.register.instants import OPEN, instant, iso
from comity.register.intervals import holds
from comity.register.status import conflicts, status
from tests.register.samples import ALDER, RULES, day, document, statement

FACET = f"designation|{ALDER}|list=cooperation list"


def told(
    value: str,
    since: str | Time | None,
    published: str,
    *,
    until: str | None = None,
    publisher: str = "Alder Ledger",
    predicate: str = "designation",
    **more: object,
) -> Belief:
    """A belief as the register would hold it: one account, its date, its publication."""
    slots = more.pop("slots", None) or {"list": "cooperation list", "status": value}
    home = document(
        f"{publisher} {published} {value} {since}: Alder Falls was listed on Wednesday", published=published
    )
    time = day("Wednesday", since) if isinstance(since, str) else since
    said = statement(home, "Alder Falls was listed on Wednesday", predicate=predicate, value=slots, time=time, **more)  # type: ignore[arg-type]
    interval = holds(said.time, RULES.nature(predicate), instant(published))
    return Belief(
        statement=said,
        facet=FACET,
        valid_from=iso(interval.valid_from),
        valid_to=iso(instant(until) if until else interval.valid_to),
        known_from="2026-01-01T00:00:00Z",
        known_to=None,
        observed=iso(instant(published)),
        since_known=interval.since_known,
        publisher=publisher,
        attested=iso(instant(published)),
    )


LISTED = told("listed", "2025-05-28", "2025-05-29")


@pytest.mark.parametrize(
    ("beliefs", "valid", "expected", "line", "disputed"),
    [
        ([LISTED], None, "listed", "Listed (cooperation list) since 2025-05-28.", False),
        ([LISTED], "2025-05-27", "unknown", "Nothing is known of it at that time.", False),
        # a year is told as a year: no day is guessed
        (
            [told("listed", Time("2017", "2017", "2017-01-01", "2017-12-31", "text"), "2025-05-29")],
            None,
            "listed",
            "Listed (cooperation list) since 2017.",
            False,
        ),
        (
            [told("listed", None, "2025-05-29")],
            None,
            "listed",
            "Listed (cooperation list), since unknown (seen 2025-05-29).",
            False,
        ),
        (
            [LISTED, told("listed", "2025-05-28", "2025-05-30", publisher="Birch Post")],
            None,
            "listed",
            "Listed (cooperation list) since 2025-05-28, 2 accounts.",
            False,
        ),
        # a later report succeeds an earlier one
        (
            [LISTED, told("removed", "2025-06-10", "2025-06-11", publisher="Birch Post")],
            None,
            "removed",
            "Removed (cooperation list) since 2025-06-10.",
            False,
        ),
        (
            [LISTED, told("removed", "2025-06-10", "2025-06-11", publisher="Birch Post")],
            "2025-06-09",
            "listed",
            "Listed (cooperation list) since 2025-05-28.",
            False,
        ),
        # one that was published after the other's change, and says otherwise, contradicts it
        (
            [LISTED, told("not_listed", "2025-05-29", "2025-05-30", publisher="Birch Post")],
            None,
            "not_listed",
            "Not listed (cooperation list) since 2025-05-29; disputed: listed (Alder Ledger).",
            True,
        ),
        (
            [LISTED, told("listed", "2025-05-28", "2025-06-02", publisher="Birch Post", polarity="negated")],
            None,
            "listed",
            "Listed (cooperation list) since 2025-05-28; disputed: not listed (Birch Post).",
            True,
        ),
        # over
        (
            [told("listed", "2025-05-28", "2025-05-29", until="2025-06-01")],
            "2025-06-02",
            "ended",
            "Listed (cooperation list) from 2025-05-28 until 2025-06-01.",
            False,
        ),
        # an account made before the end doesn't outlive it
        (
            [told("listed", "2025-05-29", "2025-05-29", until="2025-06-01"), LISTED],
            "2025-06-02",
            "ended",
            "Listed (cooperation list) from 2025-05-28 until 2025-06-01, 2 accounts.",
            False,
        ),
        (
            [
                told("listed", "2025-05-29", "2025-05-29", until="2025-06-01"),
                told("listed", None, "2025-06-02", publisher="Birch Post"),
            ],
            "2025-06-02",
            "listed",
            "Listed (cooperation list), since unknown (seen 2025-06-02).",
            False,
        ),
        # not said to be so
        (
            [told("listed", "2025-05-28", "2025-05-29", polarity="negated")],
            None,
            "denied",
            "Denied: listed (cooperation list).",
            False,
        ),
        (
            [told("listed", "2025-05-28", "2025-05-29", modality="planned")],
            None,
            "planned",
            "Planned: listed (cooperation list).",
            False,
        ),
        # whose words
        (
            [
                told(
                    "listed", "2025-05-28", "2025-05-29", voice="attributed",
                    attribution=(Attribution("the agency", True, "said", False),),
                )
            ],
            None,
            "listed",
            "Listed (cooperation list) since 2025-05-28, according to “the agency”.",
            False,
        ),
        (
            [told("listed", "2025-05-28", "2025-05-29", voice="uncertain")],
            None,
            "listed",
            "Listed (cooperation list) since 2025-05-28, reported without a clear source.",
            False,
        ),
    ],
)  # fmt: skip
def test_the_status_of_a_state(
    beliefs: list[Belief], valid: str | None, expected: str, line: str, disputed: bool
) -> None:
    found = status(beliefs, RULES, valid)
    assert (found.status, found.line, found.disputed) == (expected, line, disputed)
    turned = status(beliefs[::-1], RULES, valid)
    assert (turned.status, turned.line, turned.disputed) == (expected, line, disputed)


def test_copies_of_one_text_are_one_account() -> None:
    copy = told("listed", "2025-05-28", "2025-05-30", publisher="Birch Post")
    pair = {copy.statement.evidence.document: LISTED.statement.evidence.document}
    assert status([LISTED, copy], RULES).accounts == 2
    assert status([LISTED, copy], RULES, copies=pair).accounts == 1


def test_the_topic_words_a_line_where_it_can() -> None:
    rules = Rules(
        RULES.natures, RULES.facets, RULES.exclusive,
        lines={"designation": (("listed", "On the {list} by {authority}"), ("listed", "On the {list}"))},
    )  # fmt: skip
    assert status([LISTED], rules).line == "On the cooperation list since 2025-05-28."


def test_events_are_reported_and_utterances_said() -> None:
    march = told("", "2025-06-14", "2025-06-15", predicate="protest", slots={"size_low": 150})
    reply = told("", "2025-06-14", "2025-06-15", predicate="response", slots={"kind": "disputes"})
    assert status([march], RULES).line == "Reported, 2025-06-14."
    assert status([march], RULES, "2025-12-31").status == "reported"
    assert status([reply], RULES).line == "Said, 2025-06-14."


def sides(beliefs: list[Belief]) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(each.slot, each.kind, tuple(side.value for side in each.sides)) for each in conflicts(beliefs, RULES)]


@pytest.mark.parametrize(
    ("beliefs", "expected"),
    [
        ([LISTED], []),
        ([LISTED, told("listed", "2025-05-28", "2025-05-30", publisher="Birch Post")], []),
        (
            [LISTED, told("not_listed", "2025-05-28", "2025-05-30", publisher="Birch Post")],
            [("status", "value", ("listed", "not_listed"))],
        ),
        # a change that was reported after is none
        ([LISTED, told("removed", "2025-06-10", "2025-06-11", publisher="Birch Post")], []),
        # unknown times never conflict
        ([LISTED, told("not_listed", None, "2025-05-28", publisher="Birch Post")], []),
        # what is planned doesn't contradict what is
        ([LISTED, told("not_listed", "2025-05-28", "2025-05-30", modality="planned")], []),
        (
            [LISTED, told("listed", "2025-05-28", "2025-05-30", polarity="negated")],
            [("status", "value", ("listed", "not listed"))],
        ),
        # one act, two dates
        (
            [LISTED, told("listed", "2025-05-29", "2025-05-30", publisher="Birch Post")],
            [("since", "figure", ("2025-05-28", "2025-05-29"))],
        ),
        ([LISTED, told("listed", day("May", "2025-05-01", "2025-05-31"), "2025-06-30", publisher="Birch Post")], []),
        # nor does the month contradict a list's row, which has a day and no words for it
        (
            [
                replace(LISTED, statement=replace(LISTED.statement, time=None)),
                told("listed", day("May", "2025-05-01", "2025-05-31"), "2025-06-30", publisher="Birch Post"),
            ],
            [],
        ),
        ([LISTED, told("listed", "2024-05-28", "2025-05-30", publisher="Birch Post")], []),
        # figures within one event
        (
            [
                told("", "2025-06-14", "2025-06-15", predicate="protest", slots={"size_low": 150}),
                told("", "2025-06-14", "2025-06-15", predicate="protest", slots={"size_low": 200}, publisher="B"),
            ],
            [("size_low", "figure", ("150", "200"))],
        ),
        (
            [
                told("", "2025-06-14", "2025-06-15", predicate="protest", slots={"size_low": 150}),
                told("", "2025-07-04", "2025-07-05", predicate="protest", slots={"size_low": 200}, publisher="B"),
            ],
            [],
        ),
    ],
)
def test_conflicts(beliefs: list[Belief], expected: list[tuple[str, str, tuple[str, ...]]]) -> None:
    assert sides(beliefs) == expected
    assert sides(beliefs[::-1]) == expected


def test_what_one_text_tells_in_turn_is_no_conflict() -> None:
    before = told("removed", "2025-05-20", "2025-05-29", publisher="Birch Post")
    assert sides([before, LISTED]) == [("status", "value", ("listed", "removed"))]
    evidence = replace(before.statement.evidence, document=LISTED.statement.evidence.document)
    same = replace(before, statement=replace(before.statement, evidence=evidence))
    assert sides([same, LISTED]) == []
    assert status([same, LISTED], RULES).line == "Listed (cooperation list) since 2025-05-28."


def test_an_end_of_time_is_no_surprise() -> None:
    far = told("listed", "9999-12-31", "2025-05-29")
    assert status([far], RULES, "9999-12-31").status == "listed"
    assert instant("9999-12-31") < OPEN


def test_values_that_agree_are_one_state_and_no_conflict() -> None:
    beliefs = [
        told("signed", "2025-05-28", "2025-05-30"),
        told("in_force", "2025-05-28", "2025-05-29", publisher="List"),
    ]
    apart = Rules(exclusive={"designation": ("status",)})
    alike = Rules(
        exclusive={"designation": ("status",)}, alike={"designation": {"signed": "signed", "in_force": "signed"}}
    )
    assert status(beliefs, apart).disputed
    found = status(beliefs, alike)
    assert (found.disputed, found.accounts, found.since) == (False, 2, "2025-05-28")
    assert sides(beliefs) != []
    assert conflicts(beliefs, alike) == ()


def row(
    action: str, since: str, first: str, last: str, publisher: str = "The Agency", until: str | None = None
) -> Belief:
    """A row of a list, printed from ``first`` to ``last``, as the register would hold it."""
    belief = told(action, since, first, until=until, publisher=publisher)
    evidence = replace(belief.statement.evidence, cells={"Name": "Alder Falls", "Status": action})
    return replace(belief, statement=replace(belief.statement, evidence=evidence), attested=iso(instant(last)))


PENDING = row("pending", "2025-06-17", "2025-06-18", "2025-06-26", until="2025-06-27")


@pytest.mark.parametrize(
    ("beliefs", "valid", "expected", "disputed"),
    [
        # signed before the last print as pending, first seen as in force after it: it moved
        ([PENDING, row("in_force", "2025-06-13", "2025-06-27", "2025-07-03")], "2025-06-20", "in_force", False),
        ([PENDING, row("in_force", "2025-06-20", "2025-06-27", "2025-07-03")], "2025-06-19", "pending", False),
        ([PENDING, row("in_force", "2025-06-20", "2025-06-27", "2025-07-03")], "2025-06-21", "in_force", False),
        # both on the day of the move
        ([PENDING, row("in_force", "2025-06-17", "2025-06-26", "2025-07-03")], "2025-06-20", "in_force", False),
        # printed side by side for longer, or on one day that nothing follows: the publisher contradicts itself
        ([PENDING, row("in_force", "2025-06-17", "2025-06-20", "2025-07-03")], "2025-06-22", "in_force", True),
        ([PENDING, row("in_force", "2025-06-17", "2025-06-26", "2025-06-26")], "2025-06-26", "in_force", True),
        # a row doesn't give way to another publisher, nor to a sentence of its own
        (
            [PENDING, row("in_force", "2025-06-17", "2025-06-27", "2025-07-03", "The State")],
            "2025-06-20",
            "in_force",
            True,
        ),
        (
            [PENDING, told("in_force", "2025-06-18", "2025-06-27", publisher="The Agency")],
            "2025-06-20",
            "in_force",
            True,
        ),
        # back to pending
        (
            [
                row("in_force", "2025-05-01", "2025-05-02", "2025-06-16"),
                row("pending", "2025-06-15", "2025-06-17", "2025-06-26"),
            ],
            "2025-06-20",
            "pending",
            False,
        ),
    ],
)  # fmt: skip
def test_a_row_gives_way_to_a_later_one_of_its_publisher(
    beliefs: list[Belief], valid: str, expected: str, disputed: bool
) -> None:
    for each in (beliefs, beliefs[::-1]):
        found = status(each, RULES, valid)
        assert (found.status, found.disputed) == (expected, disputed)
        assert bool(conflicts(each, RULES)) == disputed
