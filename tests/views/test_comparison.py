"""Comparison: what accounts share, where they differ, what one alone has; order makes no difference."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity import documents, gazetteer, vocabulary
from comity.model import Publication
from comity.reading import mentions, read
from comity.views.comparison import Comparison, Source, compare, source

FIRST = "Toledo adopted an ordinance that bars police from asking about immigration status.\n"
SECOND = (
    "A Toledo ordinance bars police from asking about immigration status, the mayor said.\n\n"
    "About 200 people rallied against ICE in Toledo.\n"
)
QUIET = "Nothing happened.\n"
THIRD = "About 90 people rallied against ICE in Toledo.\n"


def account(text: str, publisher: str) -> Source:
    given = Publication(published="2025-03-05", publisher=publisher, home_state="OH")
    document = documents.parse(text.encode(), path=f"{publisher}.txt", publication=given)
    reading = read(document, vocabulary.load(), gazetteer.load())
    return source(document, reading, mentions(document))


def compared(*texts: str) -> Comparison:
    return compare([account(text, f"Outlet {number}") for number, text in enumerate(texts)], vocabulary.load())


def verdicts(found: Comparison) -> dict[str, str]:
    return {fact.predicate: fact.verdict for fact in found.facts}


def test_a_fact_of_two_accounts_is_shared_and_each_cell_says_how() -> None:
    found = compared(FIRST, SECOND)
    fact = next(fact for fact in found.facts if fact.predicate == "policy")
    assert [cell.stance for cell in fact.cells] == ["states", "attributes"]


def test_differing_figures_are_rows_of_their_own_side_by_side_and_are_never_averaged() -> None:
    found = compared(SECOND, THIRD)
    rows = [fact for fact in found.facts if fact.predicate == "protest"]
    assert [fact.verdict for fact in rows] == ["differs", "differs"]
    assert len({fact.matter for fact in rows}) == 1
    assert all("size_low" in fact.differing for fact in rows)
    (line,) = found.figures
    assert [figure.value["size_low"] for figure in line.figures] == [90, 200]


def test_what_one_account_alone_has_is_silent_in_the_other() -> None:
    fact = next(fact for fact in compared(FIRST, THIRD).facts if fact.predicate == "policy")
    assert fact.verdict == "only"
    assert [cell.stance for cell in fact.cells] == ["states", "silent"]


ACCOUNTS = [
    account(text, f"Outlet {number}") for number, text in enumerate((FIRST, SECOND, THIRD, SECOND + THIRD, QUIET))
]


@settings(deadline=None)
@given(st.permutations(ACCOUNTS))
def test_order_makes_no_difference(order: list[Source]) -> None:
    assert compare(order, vocabulary.load()) == compare(ACCOUNTS, vocabulary.load())


def test_rows_stand_shared_first_then_what_differs_then_what_one_alone_has() -> None:
    order = ("shared", "differs", "only")
    ranks = [order.index(fact.verdict) for fact in compared(FIRST, SECOND, THIRD).facts]
    assert ranks == sorted(ranks)
    assert set(ranks) == {0, 1}


def test_a_denial_is_a_difference_on_the_fact_that_it_denies() -> None:
    found = compared(
        "Lucas County has signed a 287(g) agreement.\n", "Lucas County has not signed a 287(g) agreement.\n"
    )
    (fact,) = found.facts
    assert (fact.verdict, fact.differing) == ("differs", ("polarity",))
    assert [cell.stance for cell in fact.cells] == ["states", "denies"]


def test_a_fact_of_most_accounts_is_a_silence_of_the_one_that_lacks_it() -> None:
    found = compared(FIRST, SECOND, THIRD)
    (silence,) = found.silences
    assert found.facts[silence.fact].predicate == "policy"
    assert silence.accounts == (found.accounts[2].id,)


def test_an_account_that_gives_another_figure_is_not_silent_on_the_matter() -> None:
    rallies = [f"About {size} people rallied against ICE in Toledo on Monday.\n" for size in (90, 90, 300)]
    texts = [f"{text}\nEdition {number}.\n" for number, text in enumerate(rallies)]
    assert compared(*texts).silences == ()


LONG = FIRST + "".join(f"\nThe vote on item {number} of the long agenda came after lunch.\n" for number in range(9))


def test_copies_count_once_and_the_passages_show_it() -> None:
    found = compared(LONG, LONG + "\nMore to come.\n")
    copied = next(each for each in found.copies)
    assert (copied.kind, copied.of) == ("verbatim", next(each.id for each in found.accounts if not each.copy_of))
    assert copied.passages[0][0] == copied.passages[0][1]
    assert all(fact.verdict == "only" and fact.carried == 1 for fact in found.facts)
    assert found.notes == ("All accounts repeat one text: there is one account of it, told more than once.",)


def test_what_a_passage_shows_is_masked() -> None:
    text = f"Write to the newsroom at tips@sample.example or call 419-555-0123 about the vote.\n\n{LONG}"
    passages = [words for copied in compared(text, text + "\nMore to come.\n").copies for words in copied.passages]
    assert passages
    assert not any("@" in words or "555" in words for pair in passages for words in pair)


@pytest.mark.parametrize(
    ("texts", "note"),
    [
        ([], "No account was given."),
        ([FIRST], "There is one account"),
        ([FIRST, FIRST], "The same text was given more than once: 1 left out."),
        ([FIRST, THIRD], "The accounts have no fact in common; all speak of Toledo."),
        ([FIRST, QUIET], "States nothing on the topic: Outlet 1."),
        (["Rain fell.\n", QUIET], "The accounts state nothing on the topic."),
    ],
)
def test_what_a_reader_should_know_first_is_said(texts: list[str], note: str) -> None:
    assert any(each.startswith(note) for each in compared(*texts).notes)


def test_a_profile_counts_a_name_and_its_short_form_once() -> None:
    text = (
        "“We will see,” Mayor Ana Ruiz said.\n\nRuiz said Toledo police ignore ICE detainers.\n\nOfficials said no.\n"
    )
    (found,) = compared(text).accounts
    assert found.profile.sources_named == 1
    assert found.profile.sources_unnamed == 1


def test_official_documents_are_counted_by_the_names_that_the_text_gives_them() -> None:
    text = (
        "Executive Order 14287 names Toledo.\n\nUnder Executive Order 14287 and House Bill 9, Toledo loses ICE money.\n"
    )
    assert compared(text).accounts[0].profile.papers == ("Executive Order 14287", "House Bill 9")


def test_the_same_text_twice_counts_once() -> None:
    found = compare([account(FIRST, "Outlet"), account(FIRST, "Outlet")], vocabulary.load())
    assert len(found.accounts) == 1


def test_wordings_are_kept_apart_by_whose_they_are() -> None:
    found = compared("Toledo police ignore ICE detainers.\n\n“Toledo is no sanctuary city,” Mayor Ana Ruiz said.\n")
    terms = {term.concept: term.cells[0] for term in found.terms}
    assert terms["a jurisdiction that limits cooperation"].quoted == ("sanctuary city",)
    assert terms["a request to hold a person"].own_voice == ("ice detainers",)
