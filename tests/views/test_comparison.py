"""Comparison: what accounts share, where they differ, what one alone has; order makes no difference."""

from __future__ import annotations

from comity import documents, gazetteer, vocabulary
from comity.model import Publication
from comity.reading import mentions, read
from comity.views.comparison import Comparison, Source, compare

FIRST = "Toledo adopted an ordinance that bars police from asking about immigration status.\n"
SECOND = (
    "A Toledo ordinance bars police from asking about immigration status, the mayor said.\n\n"
    "About 200 people rallied against ICE in Toledo.\n"
)
THIRD = "About 90 people rallied against ICE in Toledo.\n"


def source(text: str, publisher: str) -> Source:
    given = Publication(published="2025-03-05", publisher=publisher, home_state="OH")
    document = documents.parse(text.encode(), path=f"{publisher}.txt", publication=given)
    reading = read(document, vocabulary.load(), gazetteer.load())
    return Source(document, reading.statements, mentions(document).attributions)


def compared(*texts: str) -> Comparison:
    return compare([source(text, f"Outlet {number}") for number, text in enumerate(texts)], vocabulary.load())


def verdicts(found: Comparison) -> dict[str, str]:
    return {fact.predicate: fact.verdict for fact in found.facts}


def test_a_fact_of_two_accounts_is_shared_and_each_cell_says_how() -> None:
    found = compared(FIRST, SECOND)
    fact = next(fact for fact in found.facts if fact.predicate == "policy")
    assert [cell.stance for cell in fact.cells] == ["states", "attributes"]


def test_differing_figures_are_a_difference_and_are_never_averaged() -> None:
    found = compared(SECOND, THIRD)
    fact = next(fact for fact in found.facts if fact.predicate == "protest")
    assert fact.verdict == "differs"
    assert "size_low" in fact.differing
    assert [(cell.value or {}).get("size_low") for cell in fact.cells] == [200, 90]


def test_what_one_account_alone_has_is_silent_in_the_other() -> None:
    fact = next(fact for fact in compared(FIRST, THIRD).facts if fact.predicate == "policy")
    assert fact.verdict == "only"
    assert [cell.stance for cell in fact.cells] == ["states", "silent"]


def test_order_makes_no_difference() -> None:
    accounts = [source(text, f"Outlet {number}") for number, text in enumerate((FIRST, SECOND, THIRD))]
    assert compare(accounts, vocabulary.load()) == compare(accounts[::-1], vocabulary.load())


def test_the_same_text_twice_counts_once() -> None:
    found = compare([source(FIRST, "Outlet"), source(FIRST, "Outlet")], vocabulary.load())
    assert len(found.accounts) == 1


def test_wordings_are_kept_apart_by_whose_they_are() -> None:
    found = compared("Toledo police ignore ICE detainers.\n\n“Toledo is no sanctuary city,” Mayor Ana Ruiz said.\n")
    terms = {term.concept: term.cells[0] for term in found.terms}
    assert terms["a jurisdiction that limits cooperation"].quoted == ("sanctuary city",)
    assert terms["a request to hold a person"].own_voice == ("ice detainers",)
