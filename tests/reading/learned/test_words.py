"""The words of a sentence as the weights see them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from comity import documents, gazetteer, vocabulary
from comity.model import Publication
from comity.reading import attribution
from comity.reading.learned.words import Item, items, stem
from comity.reading.rules import page_of


def read_items(text: str) -> tuple[Item, ...]:
    """The items of the last sentence of a text that is on the topic."""
    document = documents.parse(text.encode(), path="story.txt", publication=Publication(home_state="OH"))
    topic = replace(vocabulary.load("immigration-cooperation"), weights=None)
    page, _ = page_of(document, topic, gazetteer.load(), always=True)
    assert page is not None
    return items(page, len(page.sentences) - 1, attribution.find(document.text))


@pytest.mark.parametrize(
    "forms",
    [
        ("sign", "signs", "signed", "signing"),
        ("withdraw", "withdrew", "withdrawn", "withdrawing"),
        ("adopt", "adopts", "adopted", "adopting"),
        ("rescind", "rescinding", "rescinded"),
        ("stop", "stopped", "stopping"),
        ("deny", "denies", "denied"),
        ("policy", "policies"),
    ],
)
def test_the_forms_of_a_word_have_one_stem(forms: tuple[str, ...]) -> None:
    assert len({stem(form) for form in forms}) == 1


def test_mentions_and_dates_are_one_item_each() -> None:
    found = read_items("Dayton ended its 2019 agreement with Immigration and Customs Enforcement on March 4.")
    assert [item.low for item in found if item.low.startswith("<")] == ["<place>", "<date>", "<federal>", "<date>"]
    assert next(item for item in found if item.mention).low == "<place>"


def test_an_item_knows_which_part_of_an_attribution_it_is() -> None:
    found = read_items("The mayor said Dayton will not sign an agreement with ICE.")
    said = {item.low: item.said for item in found}
    assert (said["mayor"], said["said"], said["sign"]) == ("source", "cue", "content")


def test_auxiliaries_tell_nothing_by_themselves() -> None:
    found = {item.low: item for item in read_items("Dayton will be asked to leave the ICE program.")}
    assert [found[word].told for word in ("will", "be", "asked", "program")] == [False, False, True, True]
    assert [word for word, item in found.items() if item.acts] == ["asked", "leave"]


@pytest.mark.parametrize(
    ("text", "word", "family"),
    [
        ("Dayton rescinded its ICE policy.", "rescinded", "end deal.v"),
        ("Dayton is bowing out of the ICE program.", "bowing", "leave.v"),
        ("Dayton inked a pact with ICE.", "inked", "sign.v"),
    ],
)
def test_a_word_has_its_families(text: str, word: str, family: str) -> None:
    assert family in next(item.families for item in read_items(text) if item.low == word)


def test_a_word_that_goes_on_has_the_families_of_the_whole() -> None:
    alone, on = read_items("Dayton will pull the ICE file."), read_items("Dayton will pull out, ICE said.")
    families = [next(item.families for item in found if item.low == "pull") for found in (alone, on)]
    assert "leave.v" in families[1]
    assert "leave.v" not in families[0]
