"""The dossier: one plain line a matter, and the sentences that carry most of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from comity import documents, gazetteer, vocabulary
from comity.model import Publication
from comity.reading import read
from comity.register import Register, rules_of
from comity.views.dossier import Dossier, Facet, carrying, dossier

STORIES = {
    "First Sample": "About 200 people rallied against ICE in Toledo on Monday.\n\n"
    "The rally against ICE in Toledo lasted two hours.\n\nThe protest against ICE in Toledo ended at dusk.\n",
    "Second Sample": "About 90 people rallied against ICE in Toledo on Monday.\n\n"
    "Toledo disputed its designation as a sanctuary jurisdiction on Monday.\n",
    "Third Sample": "The Justice Department listed Toledo as a sanctuary jurisdiction.\n\n"
    "The Justice Department said each jurisdiction on the list, including Toledo, will receive "
    "formal notice of noncompliance.\n",
}


@pytest.fixture
def found(tmp_path: Path) -> Dossier:
    topic = vocabulary.load()
    entity = gazetteer.load().entity("ocd-division/country:us/state:oh/place:toledo")
    assert entity is not None
    with Register.open(tmp_path / "register.db", rules=rules_of(topic.predicates)) as register:
        for publisher, text in STORIES.items():
            given = Publication(published="2025-03-05", publisher=publisher, home_state="OH")
            document = documents.parse(text.encode(), path=f"{publisher}.txt", publication=given)
            register.record(document, read(document, topic, gazetteer.load()), text.encode())
        return dossier(entity, register.beliefs(entity=entity.id), topic)


def facet(found: Dossier, predicate: str) -> Facet:
    return next(each for each in found.facets if each.predicate == predicate)


def test_states_come_before_events_and_these_before_what_was_said(found: Dossier) -> None:
    order = ["state", "event", "utterance"]
    natures = [order.index(each.nature) for each in found.facets]
    assert natures == sorted(natures)
    assert len(natures) >= 3


def test_an_event_is_told_with_its_figures_and_date(found: Dossier) -> None:
    line = facet(found, "protest").line
    assert line.startswith("Protest: held, ")
    assert "200" in line
    assert "90" in line
    assert line.endswith("2 accounts.")


def test_a_matter_in_brief_leaves_out_when_and_who_says_so(found: Dossier) -> None:
    assert {each.brief for each in found.facets} >= {
        "Protest: held",
        "Response of a government or office: disputes",
        "Listed among sanctuary jurisdictions by US Department of Justice",
        "Formal notice or demand: noncompliance notice (planned)",
    }
    assert all(each.line.startswith(each.brief) for each in found.facets)


def test_what_is_only_planned_is_said_to_be_planned(found: Dossier) -> None:
    line = facet(found, "notice").line
    assert line == (
        "Formal notice or demand: noncompliance notice (planned), date unknown, according to “The Justice Department”."
    )


def test_an_answer_says_which(found: Dossier) -> None:
    assert facet(found, "response").line.startswith("Response of a government or office: disputes, 2025-03-03")


def test_the_name_of_a_list_is_said_once_whatever_became_of_it(tmp_path: Path) -> None:
    topic, text = (
        vocabulary.load(),
        (
            "The Department of Homeland Security published a list of sanctuary jurisdictions on Thursday.\n\n"
            "The Department of Homeland Security withdrew its list of sanctuary jurisdictions on Sunday.\n"
        ),
    )
    entity = gazetteer.load().entity("body:us/dhs")
    assert entity is not None
    with Register.open(tmp_path / "register.db", rules=rules_of(topic.predicates)) as register:
        given = Publication(published="2025-06-03", publisher="A Sample", home_state="OH")
        document = documents.parse(text.encode(), path="a.txt", publication=given)
        register.record(document, read(document, topic, gazetteer.load()), text.encode())
        line = facet(dossier(entity, register.beliefs(entity=entity.id), topic), "list_event").line
    assert line == (
        "List published or changed: “sanctuary jurisdictions”, published; withdrawn, 2025-05-29 to 2025-06-01."
    )


def test_of_many_sentences_each_outlet_is_heard_before_one_is_heard_twice(found: Dossier) -> None:
    protest = facet(found, "protest")
    assert len(protest.statements) >= 3
    assert {entry.publisher for entry in carrying(protest, 2)} == {"First Sample", "Second Sample"}
    assert all("people" in (entry.statement.evidence.exact or "") for entry in carrying(protest, 2))


def test_where_few_are_there_all_are_shown(found: Dossier) -> None:
    notice = facet(found, "notice")
    assert carrying(notice, 3) == notice.statements
