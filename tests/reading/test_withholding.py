"""What of a document isn't published: where an operation is under way, and private names, beside the evidence."""

from __future__ import annotations

import pytest

from comity import documents, gazetteer, vocabulary
from comity.model import Publication, Reading
from comity.reading import read
from comity.reading.sentences import split
from comity.reading.withholding import under_way

SIGHTINGS = [
    "ICE is at the Home Depot on 5th Street.",
    "ICE agents are outside St. Mark's Church right now.",
    "Masked agents are parked behind the Lakeview Inn.",
    "10:42 a.m.: Federal agents are knocking on doors in the Maple Court apartments.",
    "Unmarked vans spotted near Lincoln High as of 10:15.",
    "Two ICE officers were just seen at the laundromat on Elm, minutes ago.",
    "A raid is under way at the poultry plant on Route 9.",
    "Right now there are ICE agents at the bus station.",
    "Stay away from the flea market, ICE has a checkpoint there.",
    "Border Patrol is circling the block around the mosque.",
    "Immigration agents are making arrests on Division Street.",
]
NEWS = [
    "ICE agents were at the Home Depot on Saturday, the county said.",
    "ICE is at odds with the county over detainers.",
    "ICE officers are stationed in the jail under the agreement.",
    "ICE arrested 40 people in Dayton in March.",
    "The sheriff said federal agents are not allowed inside schools without a warrant.",
    "Deputies are required to tell ICE when somebody is released.",
    "ICE is at the center of the debate.",
    "Operations in the county ended in May.",
]


@pytest.mark.parametrize("text", SIGHTINGS)
def test_a_sentence_that_says_where_agents_are_is_found(text: str) -> None:
    assert under_way(text, split(text), vocabulary.load())


@pytest.mark.parametrize("text", NEWS)
def test_news_of_what_was_done_or_is_agreed_stays(text: str) -> None:
    assert not under_way(text, split(text), vocabulary.load())


def reading(text: str) -> Reading:
    given = Publication(published="2025-03-05", publisher="Sample Ledger", home_state="OH")
    document = documents.parse(text.encode(), path="one.txt", publication=given)
    return read(document, vocabulary.load(), gazetteer.load())


def test_no_statement_is_read_from_it_and_its_words_are_withheld_beside_others() -> None:
    seen = (
        "ICE agents are outside the Toledo library right now and about 50 people are protesting against ICE in Toledo."
    )
    found = reading(
        f"{seen} Toledo adopted an ordinance on Monday that bars police from asking about immigration status."
    )
    assert [each.predicate for each in found.statements] == ["policy"]
    assert [each.kind for each in found.statements[0].evidence.withheld] == ["operation"]


@pytest.mark.parametrize(
    ("text", "source", "named"),
    [
        ("Toledo has signed a 287(g) agreement with ICE, said Ofelia Regalado, a teacher.", "a teacher", False),
        ("Neighbor Ofelia Regalado said Toledo has signed a 287(g) agreement with ICE.", "Neighbor", False),
        ("Ofelia Regalado said Toledo has signed a 287(g) agreement with ICE.", None, False),
        ("The family of Ofelia Regalado said Toledo has signed a 287(g) agreement with ICE.", "The family", False),
        ("Mayor Ofelia Regalado said Toledo has signed a 287(g) agreement with ICE.", "Mayor Ofelia Regalado", True),
        (
            "Ofelia Regalado, a roofer, spoke. Toledo has signed a 287(g) agreement with ICE, Regalado said.",
            "a roofer",
            False,
        ),
    ],
)
def test_a_private_speaker_stands_by_the_role_that_the_text_gives(text: str, source: str | None, named: bool) -> None:
    (statement,) = reading(text).statements
    (link,) = statement.attribution
    assert statement.voice == "attributed"
    assert (link.source, link.named) == (source, named)
    spans = [(statement.evidence.start, statement.evidence.end), *((s.start, s.end) for s in statement.support)]
    assert source is None or any(source in text[a:b] for a, b in spans)
