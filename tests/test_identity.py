"""A statement's id is its printed content, and nothing else."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import hypothesis.strategies as st
import pytest
import rfc8785
from hypothesis import given

from comity.identity import canonical, facet, facet_of, parse_facet, printed_in, row_id, statement_id
from comity.model import Attribution, Candidate, Evidence, Statement, Subject, Support, Time

TEXT = "sha256:" + "a" * 64
words = st.text(st.characters(codec="utf-8"), max_size=12)
values = st.dictionaries(
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=6),
    st.one_of(words, st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.booleans(),
              st.lists(words, max_size=3).map(tuple)),
    max_size=5,
)  # fmt: skip


def made(value: dict[str, Any] | None = None, **changes: Any) -> Statement:
    base = Statement(
        id="",
        topic="topic",
        predicate="policy",
        subject=Subject("Alder Falls", "ocd:alder", "place", "resolved"),
        value={"kind": "other"} if value is None else value,
        polarity="affirmed",
        modality="actual",
        voice="attributed",
        attribution=(Attribution("the mayor", True, "said", False),),
        time=Time("Wednesday", "2025-05-28", "2025-05-28", "2025-05-28", "publication date"),
        evidence=Evidence(TEXT, "a.txt", "https://a.example", 3, 9, "listed"),
        support=(Support("time", 20, 29, "Wednesday"), Support("subject", 0, 2, "it")),
        review="machine",
        reader="rules/1",
        vocabulary="topic@1",
    )
    return replace(base, **changes)


@given(values, st.randoms())
def test_order_and_empty_slots_do_not_count(value: dict[str, Any], random: Any) -> None:
    shuffled = list(value.items())
    random.shuffle(shuffled)
    with_empty = {"": None, **dict(shuffled), "zz none": None}
    assert statement_id(made(value), TEXT) == statement_id(made(with_empty), TEXT.removeprefix("sha256:"))


@pytest.mark.parametrize(
    "same",
    [
        {"subject": Subject("Alder Falls", None, None, "unknown", (Candidate("x", "X", 0.5),))},
        {"time": Time("Wednesday", None, None, None, None)},
        {"evidence": Evidence("sha256:other", "b.txt", "https://b.example", 3, 9, "listed", "pre", "post")},
        {"support": made().support[::-1]},
        {"review": "accepted"},
        {"reader": "rules/2"},
        {"vocabulary": "topic@2"},
        {"id": "st-1"},
    ],
)
def test_what_is_resolved_or_found_by_circumstance_does_not_count(same: dict[str, Any]) -> None:
    assert statement_id(made(**same), TEXT) == statement_id(made(), TEXT)


@pytest.mark.parametrize(
    "other",
    [
        {"topic": "other"},
        {"predicate": "other"},
        {"subject": Subject("Alder Fall", "ocd:alder", "place", "resolved")},
        {"value": {"kind": "others"}},
        {"value": {"kind": ("other",)}},
        {"polarity": "negated"},
        {"modality": "planned"},
        {"voice": "own"},
        {"attribution": ()},
        {"attribution": (Attribution("the mayor", True, "says", False),)},
        {"time": None},
        {"time": Time("Thursday", "2025-05-28", "2025-05-28", "2025-05-28", "publication date")},
        {"evidence": Evidence(TEXT, "a.txt", None, 3, 10, "listed.")},
        {"support": ()},
    ],
)
def test_what_is_printed_counts(other: dict[str, Any]) -> None:
    assert statement_id(made(**other), TEXT) != statement_id(made(), TEXT)


def test_the_text_counts() -> None:
    assert statement_id(made(), TEXT) != statement_id(made(), "b" * 64)


def test_the_id_is_stable_for_ever() -> None:
    assert statement_id(made(), TEXT) == "st-04aba2e613f4c487402efe165d6d5971c16c1a0f"
    assert (
        row_id("list", "agreement", "Oak", {"model": "m"}, {"A": "b"}) == "st-f237e4c1f94ad09bb951216f35bc384ffecf9523"
    )


def test_a_column_left_blank_changes_no_id_of_a_row() -> None:
    one = row_id("list", "agreement", "Oak", {"model": "task_force"}, {"AGENCY": "Oak"})
    assert one == row_id("list", "agreement", "Oak", {"model": "task_force", "x": None}, {"NEW": "", "AGENCY": "Oak"})
    assert one != row_id("other", "agreement", "Oak", {"model": "task_force"}, {"AGENCY": "Oak"})
    assert one != row_id("list", "agreement", "Oak", {"model": "task_force"}, {"AGENCY": "Oak "})


scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**53) + 1, 2**53 - 1),
    words,
    st.floats(allow_nan=False, allow_infinity=False),
)


@given(st.recursive(scalars, lambda x: st.one_of(st.lists(x, max_size=3), st.dictionaries(words, x, max_size=3))))
def test_canonical_json_is_that_of_the_rfc(value: Any) -> None:
    assert canonical(value) == rfc8785.dumps(value)


def test_large_integers_are_written_as_digits() -> None:
    assert json.loads(canonical({"a": [2**60]})) == {"a": [str(2**60)]}


@pytest.mark.parametrize("value", ["\ud800", float("nan"), float("inf")])
def test_what_is_no_json_is_refused(value: Any) -> None:
    with pytest.raises(ValueError):
        canonical({"a": value})


@pytest.mark.parametrize(
    ("subject", "value", "expected"),
    [
        (("Oak", "ori:OAK"), {"program": "287(g)", "model": "task_force", "signed": "2025-01-01"},
         "agreement|ori:OAK|program=287(g)|model=task_force"),
        (("  Oak  County ", None), {"program": "287(g)", "model": None}, "agreement|name:oak county|program=287(g)"),
        (("A|B=C%", None), {"program": "x|y=z"}, "agreement|name:a%7Cb%3Dc%25|program=x%7Cy%3Dz"),
        (("Oak", "ori:OAK"), {"program": ("B", "a")}, "agreement|ori:OAK|program=b; a"),
        (("Oak", "ori:OAK"), {"program": 12.0, "model": True}, "agreement|ori:OAK|program=12|model=true"),
    ],
)  # fmt: skip
def test_a_facet_is_what_a_statement_settles(
    subject: tuple[str, str | None], value: dict[str, Any], expected: str
) -> None:
    name, identity = subject
    said = made(value, predicate="agreement", subject=Subject(name, identity, None, "unknown"))
    assert facet(said, {"agreement": ("program", "model")}) == expected


@given(words.filter(str.split), st.dictionaries(words.filter(bool), words, max_size=3))
def test_a_facet_can_be_taken_apart(name: str, value: dict[str, str]) -> None:
    predicate, subject, slots = parse_facet(facet_of("policy", None, name, value, tuple(value)))
    assert (predicate, subject[:5]) == ("policy", "name:")
    assert slots == {slot: " ".join(text.casefold().split()) for slot, text in value.items()}


def test_what_is_no_facet_is_refused() -> None:
    with pytest.raises(ValueError):
        parse_facet("policy|subject|slot")


OCD = "ocd-division/country:us"


@pytest.mark.parametrize(
    ("candidates", "home_state", "state"),
    [
        ([f"{OCD}/state:va/place:martinsville"], "AK", "VA"),  # what it may mean says more than where it is printed
        ([f"{OCD}/state:mo/place:springfield", f"{OCD}/state:il/place:springfield"], "IL", "IL"),
        ([f"{OCD}/state:mo/place:springfield", f"{OCD}/state:il/place:springfield"], "OH", None),
        ([f"{OCD}/state:oh"], None, "OH"),
        ([f"{OCD}/district:dc"], None, "DC"),
        (["body:us/fl/department-of-law"], None, "FL"),
        (["body:us/dhs"], "OH", "OH"),
        ([], "OH", "OH"),
        ([], None, None),
    ],
)
def test_a_name_that_is_not_resolved_stands_in_a_state(
    candidates: list[str], home_state: str | None, state: str | None
) -> None:
    subject = Subject("Alder Falls", None, None, "ambiguous", tuple(Candidate(each, "", 0.5) for each in candidates))
    assert printed_in(subject, home_state) == state
    stands = f"name:alder falls, {state.lower()}" if state else "name:alder falls"
    assert facet(made(subject=subject), {}, home_state) == f"policy|{stands}"


def test_a_name_that_is_resolved_stands_alone() -> None:
    assert facet(made(), {}, "OH") == "policy|ocd:alder"
