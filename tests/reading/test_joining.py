"""What statements of one document lend one another: always with the span that carries it."""

from __future__ import annotations

from comity import documents, gazetteer, vocabulary
from comity.model import Publication, Statement
from comity.reading import read


def statements(text: str) -> list[Statement]:
    given = Publication(published="2025-05-28", home_state="OH")
    document = documents.parse(text.encode(), path="story.txt", publication=given)
    found = read(document, vocabulary.load(), gazetteer.load()).statements
    for item in found:
        assert all(part.exact == text[part.start : part.end] for part in item.support)
    return list(found)


def test_a_designation_takes_the_day_on_which_the_list_was_published() -> None:
    text = (
        "Toledo was named on the federal list of sanctuary jurisdictions.\n\n"
        "The Department of Homeland Security published the list on Wednesday."
    )
    listed = next(item for item in statements(text) if item.predicate == "designation")
    assert listed.time is not None
    assert listed.time.edtf == "2025-05-28"
    assert ("time", "Wednesday") in [(part.slot, part.exact.removeprefix("on ")) for part in listed.support]


def test_a_sentence_that_echoes_another_has_its_time() -> None:
    text = "Butler County signed a 287(g) agreement with ICE on March 4, 2025. So did Lucas County."
    times = {item.subject.name: item.time.edtf if item.time else None for item in statements(text)}
    assert times == {"Butler County": "2025-03-04", "Lucas County": "2025-03-04"}


def test_a_designation_takes_the_authority_that_the_document_names() -> None:
    text = (
        "The Department of Homeland Security published a list of sanctuary jurisdictions on Wednesday.\n\n"
        "Toledo is on the list."
    )
    listed = next(item for item in statements(text) if item.predicate == "designation")
    assert listed.value["authority"] == "US Department of Homeland Security"
    assert "authority" in [part.slot for part in listed.support]


def test_a_protest_takes_in_the_demands_that_are_told_of_it() -> None:
    text = (
        "About 100 people rallied against ICE in Toledo.\n\n"
        "Protesters are calling for an end to the 287(g) agreement and are demanding more transparency."
    )
    protest = next(item for item in statements(text) if item.predicate == "protest")
    demands = protest.value["demand"]
    assert isinstance(demands, tuple)
    assert "an end to the 287(g) agreement" in demands


def test_without_a_lender_nothing_is_made_up() -> None:
    listed = next(
        item
        for item in statements("Toledo is on the federal list of sanctuary jurisdictions over immigration policy.")
        if item.predicate == "designation"
    )
    assert (listed.time, listed.value["authority"]) == (None, None)
