"""What a topic says of one fact: what it may say, what stands where it says nothing, and what a bad key is told."""

from __future__ import annotations

import pytest

from comity import vocabulary
from comity.errors import VocabularyError
from comity.one_fact import OneFact

TOPIC = """
topic: small
title: A small topic
gate: sanctuary
predicates:
  rally:
    nature: event
    label: A rally
    subject: [place]
    facet: [kind, where]
    exclusive: [action]
    agreeing: {action: held ended}
    figures: [size_low]
    ONE_FACT
    slots:
      kind: {type: enum, values: [march, vigil]}
      action: {type: enum, values: [held, planned, ended]}
      where: {find: "(?P<value>square)"}
      size_low: {type: integer, find: "(?P<value>90)"}
    rules:
      - {id: rallies, trigger: "rallied"}
"""


def loaded(said: str) -> OneFact:
    return vocabulary.loads(TOPIC.replace("ONE_FACT", said), "small.yml").predicates["rally"].one_fact


def test_a_topic_says_when_two_statements_tell_one_fact() -> None:
    assert loaded("one_fact: {matter: [kind], values: [action], days: 3, recent: 14, firm: false}") == OneFact(
        matter=("kind",), values=("action",), days=3, recent=14, firm=False
    )


def test_where_it_says_nothing_facet_exclusive_slots_and_figures_decide() -> None:
    assert loaded("") == OneFact(
        matter=("kind",), values=("action",), alike=(("action", "held ended"),), figures=("size_low",)
    )


@pytest.mark.parametrize(
    ("said", "where", "what"),
    [
        ("one_fact: {mater: [kind]}", "small.yml:14: predicates.rally.one_fact.mater", "unknown key"),
        ("one_fact: {matter: [sort]}", "predicates.rally.one_fact.matter", "no slot 'sort'"),
        ("one_fact: {side: [kind]}", "predicates.rally.one_fact.side", "must name two slots"),
        ("one_fact: {days: soon}", "predicates.rally.one_fact.days", "must be a whole number"),
        ("one_fact: {firm: 1}", "predicates.rally.one_fact.firm", "must be true or false"),
        ("one_fact: [kind]", "predicates.rally.one_fact", "must be a mapping"),
    ],
)
def test_a_bad_key_is_named_with_its_line(said: str, where: str, what: str) -> None:
    with pytest.raises(VocabularyError) as raised:
        loaded(said)
    assert where in str(raised.value)
    assert what in str(raised.value)


def test_official_documents_are_a_pattern() -> None:
    with pytest.raises(VocabularyError, match="papers"):
        vocabulary.loads(TOPIC.replace("ONE_FACT", "").replace("gate:", 'papers: "("\ngate:'), "small.yml")
