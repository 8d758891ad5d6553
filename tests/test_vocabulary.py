"""Topics: what loads, and what a bad file is told."""

from __future__ import annotations

import pytest

from comity import vocabulary
from comity.errors import VocabularyError

GOOD = """
topic: small
title: A small topic
gate: sanctuary
groups: {verb: "adopt(?:ed|s)?"}
predicates:
  policy:
    nature: state
    label: A policy
    subject: [government]
    facet: [kind]
    slots:
      kind: {type: enum, values: [limit, mandate]}
    rules:
      - {id: adopts, trigger: "%verb a rule", set: {kind: limit}}
"""


def test_a_small_topic_loads() -> None:
    topic = vocabulary.loads(GOOD, "small.yml")
    rule = topic.predicates["policy"].rules[0]
    assert (topic.topic, rule.id, rule.subject) == ("small", "policy.adopts", ("before", "after", "carried"))
    assert topic.predicates["policy"].kinds == ("state", "district", "county", "place", "county_subdivision")


def test_the_version_changes_with_any_wording() -> None:
    first, second = (vocabulary.loads(text, "small.yml") for text in (GOOD, GOOD.replace("a rule", "the rule")))
    assert first.version == vocabulary.loads(GOOD, "elsewhere.yml").version
    assert first.version != second.version
    assert first.version.startswith("small@")


@pytest.mark.parametrize(
    ("wrong", "right", "where", "what"),
    [
        ("nature: sometimes", "nature: state", "small.yml:8: predicates.policy.nature", "must be one of state"),
        ("kind: lmit}", "kind: limit}", "predicates.policy.rules.0.set.kind", "not among the values"),
        ("%noun a rule", "%verb a rule", "predicates.policy", "unknown group %noun"),
        ("facet: [sort]", "facet: [kind]", "small.yml:11: predicates.policy.facet", "no slot 'sort'"),
        ("subject: [planet]", "subject: [government]", "small.yml:10: predicates.policy.subject", "is no kind"),
        ("titel: A", "title: A", "small.yml:3: titel", "unknown key"),
        ("gate: [sanctuary", "gate: sanctuary", "small.yml:", "expected"),
    ],
)
def test_a_bad_file_is_named_with_line_and_key(wrong: str, right: str, where: str, what: str) -> None:
    with pytest.raises(VocabularyError) as caught:
        vocabulary.loads(GOOD.replace(right, wrong), "small.yml")
    assert where in (caught.value.where or "")
    assert what in caught.value.message


def test_a_key_given_twice_is_refused() -> None:
    with pytest.raises(VocabularyError, match="key given twice"):
        vocabulary.loads(GOOD + "title: Again\n", "small.yml")


def test_an_unknown_topic_names_those_there_are() -> None:
    with pytest.raises(VocabularyError, match="immigration-cooperation"):
        vocabulary.load("no-such-topic")


def test_every_bundled_topic_loads() -> None:
    for name in vocabulary.topics():
        topic = vocabulary.load(name)
        assert topic.predicates, name
        assert all(set(predicate.facet) <= set(predicate.slots) for predicate in topic.predicates.values())


EACH = (
    GOOD.replace(
        "      - {id: adopts",
        "      - {id: bars, each: {kind: {limit: hold, mandate: keep}}, trigger: bars %each}\n      - {id: adopts",
    )
    .replace("    rules:", "    unless: [maybe]\n    rules:")
    .replace('trigger: "%verb a rule"', 'trigger: "%verb a rule", unless: never')
)


def test_a_rule_told_for_several_values_is_one_rule_for_each() -> None:
    rules = vocabulary.loads(EACH, "small.yml").predicates["policy"].rules
    assert [(rule.id, rule.trigger, rule.set) for rule in rules[:2]] == [
        ("policy.bars-limit", "bars (?:hold)", {"kind": "limit"}),
        ("policy.bars-mandate", "bars (?:keep)", {"kind": "mandate"}),
    ]


def test_what_rules_out_a_predicate_rules_out_each_of_its_rules() -> None:
    rules = vocabulary.loads(EACH, "small.yml").predicates["policy"].rules
    assert [rule.unless for rule in rules] == [("maybe",), ("maybe",), ("maybe", "never")]


def test_a_value_that_the_slot_lacks_is_refused() -> None:
    with pytest.raises(VocabularyError, match="kind"):
        vocabulary.loads(EACH.replace("mandate: keep", "ban: keep"), "small.yml")
