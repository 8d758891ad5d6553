"""Which of a sentence's dates is the act's own; unknown is better than another's."""

from __future__ import annotations

import pytest

from comity.model import Modality
from comity.reading import attribution, time
from comity.reading.clauses import clauses
from comity.reading.dating import dated

PUBLISHED = "2025-05-28"  # a Wednesday


def when(text: str, head: str, *, lasts: bool = False, modality: Modality = "actual") -> tuple[str, str | None] | None:
    start = text.index(head)
    span = (start, start + len(head))
    clause = next(each for each in clauses(text, (0, len(text))) if each[0] <= start < each[1])
    found = dated(
        text,
        (0, len(text)),
        (span, clause),
        time.find(text, PUBLISHED),
        attribution.find(text),
        lasts=lasts,
        modality=modality,
    )
    return (found.text, found.edtf) if found is not None else None


@pytest.mark.parametrize(
    ("text", "head", "edtf"),
    [
        ("The board voted on Tuesday to end the contract.", "end", "2025-05-27"),
        ("It stopped doing so in 2017, when the council passed an ordinance.", "passed", "2017"),
        ("In May 2024, when the list had already been taken down, a letter came.", "taken down", None),
        ("The county got a letter dated May 8.", "letter", "2025-05-08"),
        ("The letter, dated May 8, asks for records.", "letter", "2025-05-08"),
        ("On May 6 the board voted to end the contract.", "end", "2025-05-06"),
        ('The council passed a "welcoming" resolution in 2017 and never took it back.', "passed", "2017"),
        ("The jail has held people for ICE since 2019 and will go on.", "held", "2019/.."),
        ("The mayor said Tuesday that the jail holds 40 people.", "holds", None),
        ("The city has not answered two letters, dated May 8 and May 12.", "answered", None),
        ("Under Act 1076 of 2019 the city would forfeit its share.", "forfeit", None),
        ("The march was the largest since 2019.", "march", None),
        ("In Tuesday's story we named the wrong county.", "named", None),
        ("The league met today in response to the publication of the list.", "publication", None),
        ("The sheriff signed on Tuesday, a week after the council voted.", "voted", None),
    ],
)
def test_an_act_has_a_date_of_its_own_clause_that_is_no_other_things(text: str, head: str, edtf: str | None) -> None:
    found = when(text, head)
    assert (found[1] if found else None) == edtf


@pytest.mark.parametrize(
    ("text", "head", "edtf"),
    [
        ("The ordinance, adopted in 2019, bars officers from asking.", "bars", "2019"),
        ("The agreement, signed on March 12, remains in force.", "remains", "2025-03-12"),
        ("The bill, which lawmakers passed over a veto in July 2024, requires it.", "requires", "2024-07"),
        ("The city has had a policy since 2016 that tells officers not to ask.", "tells", "2016/.."),
        ("The chairman signed an agreement on Friday that lets deputies drive them.", "lets", "2025-05-23"),
        ("The ordinance was leaked in May, and the jail holds them still.", "holds", None),
    ],
)
def test_a_rule_is_dated_by_its_making(text: str, head: str, edtf: str | None) -> None:
    found = when(text, head, lasts=True)
    assert (found[1] if found else None) == edtf


@pytest.mark.parametrize(
    ("modality", "expected"),
    [
        ("actual", ("Tuesday", "2025-05-27")),
        ("planned", ("Tuesday", "2025-05-27")),
        ("required", None),
        ("possible", None),
    ],
)
def test_a_last_day_is_the_day_of_what_happened_not_of_what_is_asked(
    modality: Modality, expected: tuple[str, str] | None
) -> None:
    assert when("The city did not respond by Tuesday.", "respond", modality=modality) == expected


def test_what_goes_on_until_a_day_is_not_dated_by_it() -> None:
    assert when("The county was paid until May 9.", "paid") is None


def test_a_day_on_which_an_end_was_refused_begins_no_state() -> None:
    told = "On Tuesday the council turned back a repeal of its rule against holding people for ICE."
    assert when(told, "rule", lasts=True) is None
    assert when(told, "turned back", lasts=True) == ("Tuesday", "2025-05-27")
