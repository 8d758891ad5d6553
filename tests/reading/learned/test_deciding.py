"""What weights make of the frames of rules, with tables small enough to follow by hand."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from comity import documents, gazetteer, vocabulary
from comity.model import Publication, Statement
from comity.reading import read
from comity.reading.learned.weights import CROSS

TOPIC = replace(vocabulary.load("immigration-cooperation"), weights=None)
LEAST = {"rule": 0.5, "statement": 0.5, "own": 0.5, "own by rule": 0.5}
STATED, WHOLE, RULED = 0, 7, 8  # where the trees see how likely the sentence and all parts are, and a rule's frame
SURE = 400  # hundredths: some 98 in 100


def table(
    classes: Sequence[str], bias: Sequence[int], of: str = "one", rows: Mapping[str, Mapping[str, int]] | None = None
) -> dict[str, Any]:
    """A table as a file holds it; rows by feature with a weight for each class that has one."""
    numbers = {name: number for number, name in enumerate(classes)}
    packed = {
        feature.replace("|", CROSS): [part for name, weight in row.items() for part in (numbers[name], weight)]
        for feature, row in (rows or {}).items()
    }
    return {"of": of, "classes": list(classes), "bias": list(bias), "rows": packed}


def learned(tmp_path: Path, **tables: dict[str, Any]) -> vocabulary.Vocabulary:
    """The topic with tables that say nothing but what is given."""
    names = sorted(TOPIC.predicates)
    plain = {
        "predicates": table(names, [0] * len(names), "any"),
        "heads": table(("no", "yes"), (0, 0)),
        "agreement.action": table(("ended", "signed"), (0, 0)),
        "subjects": table(("no", "yes"), (0, 0)),
        "polarity": table(("affirmed", "negated"), (100, 0)),
        "modality": table(("actual", "planned"), (100, 0)),
        "voice": table(("other", "own"), (0, SURE), rows={"h:attributed": {"other": 2 * SURE}}),
    }
    return kept(tmp_path, {"least": LEAST, "rates": {"": 0.5}, "trees": trees(0.2), "tables": plain | tables})


def trees(least: float) -> dict[str, Any]:
    """Trees that find right what is more likely than that by its parts, and what rules propose in a likely sentence."""
    no, yes = [-1, -SURE, 0, 0], [-1, SURE, 0, 0]
    return {"bias": 0, "trees": [[[RULED, 0.5, 1, 4], [WHOLE, least, 2, 3], no, yes, [STATED, 0.3, 5, 6], no, yes]]}


def kept(tmp_path: Path, data: dict[str, Any]) -> vocabulary.Vocabulary:
    """The topic with these weights, in a file of their own: what is read of a file is kept."""
    file = tmp_path / f"weights-{len(list(tmp_path.iterdir()))}.json.gz"
    file.write_bytes(gzip.compress(json.dumps(data).encode()))
    return replace(TOPIC, weights=file)


def statements(text: str, topic: vocabulary.Vocabulary) -> list[Statement]:
    document = documents.parse(text.encode(), path="story.txt", publication=Publication(home_state="OH"))
    return list(read(document, topic, gazetteer.load()).statements)


def told(found: Sequence[Statement]) -> list[tuple[str, str, str]]:
    return [(item.predicate, item.subject.name, str(item.value.get("action"))) for item in found]


RULE = "Butler County signed a 287(g) agreement with ICE."
NO_RULE = "Butler County has torn loose from ICE."


def test_without_weights_rules_read_alone() -> None:
    assert told(statements(RULE, TOPIC)) == [("agreement", "Butler County", "signed")]
    assert statements(NO_RULE, TOPIC) == []


def test_a_frame_that_is_unlikely_is_dropped(tmp_path: Path) -> None:
    names = sorted(TOPIC.predicates)
    unlikely = table(names, [-SURE] * len(names), "any")
    assert told(statements(RULE, learned(tmp_path))) == [("agreement", "Butler County", "signed")]
    assert statements(RULE, learned(tmp_path, predicates=unlikely)) == []


@pytest.fixture
def torn(tmp_path: Path) -> vocabulary.Vocabulary:
    """Weights that know what "torn" means."""
    names = sorted(TOPIC.predicates)
    likely = table(names, [-SURE] * len(names), "any", {"w:tear": {"agreement": 2 * SURE}})
    heads = table(("no", "yes"), (SURE, 0), rows={"w:tear": {"yes": 2 * SURE}})
    action = table(("ended", "signed"), (0, 100), rows={"w:tear": {"ended": SURE}})
    subjects = table(("no", "yes"), (SURE, 0), rows={"kind:county": {"yes": 2 * SURE}})
    voice = table(("other", "own"), (0, SURE), rows={"h:attributed": {"other": 2 * SURE}})
    parts = {"agreement.action": action}
    return learned(tmp_path, predicates=likely, heads=heads, subjects=subjects, voice=voice, **parts)


def test_what_no_rule_names_is_read_by_weights(torn: vocabulary.Vocabulary) -> None:
    found = statements(NO_RULE, torn)
    assert told(found) == [("agreement", "Butler County", "ended")]
    assert (found[0].voice, found[0].evidence.exact) == ("own", NO_RULE)


def test_whose_words_it_is_is_heard_as_for_rules(torn: vocabulary.Vocabulary) -> None:
    found = statements("The sheriff of Warren County said Butler County has torn loose from ICE.", torn)
    assert {item.voice for item in found} == {"attributed"}


def test_what_may_be_a_claim_is_uncertain_or_not_read(tmp_path: Path, torn: vocabulary.Vocabulary) -> None:
    doubt = table(("other", "own"), (0, SURE), rows={"b:rumor": {"other": SURE + 100}})
    rumor = "There is a rumor about deportation. "
    assert [item.voice for item in statements(rumor + RULE, learned(tmp_path, voice=doubt))] == ["uncertain"]
    assert statements(rumor + NO_RULE, torn) != []
    assert statements(rumor + NO_RULE, with_parts(tmp_path, torn, voice=doubt)) == []


def with_parts(tmp_path: Path, topic: vocabulary.Vocabulary, **parts: Any) -> vocabulary.Vocabulary:
    """The same weights with other tables, or with other trees."""
    assert topic.weights is not None
    data = json.loads(gzip.decompress(topic.weights.read_bytes()))
    if "trees" in parts:
        data["trees"] = parts.pop("trees")
    return kept(tmp_path, data | {"tables": data["tables"] | parts})


def test_trees_judge_what_weights_find(tmp_path: Path, torn: vocabulary.Vocabulary) -> None:
    assert told(statements(NO_RULE, torn)) == [("agreement", "Butler County", "ended")]
    assert statements(NO_RULE, with_parts(tmp_path, torn, trees=trees(0.9999))) == []


def test_a_sentence_may_tell_two_acts_of_a_kind(torn: vocabulary.Vocabulary) -> None:
    found = statements("Butler County has torn loose from ICE, but Warren County tore loose first.", torn)
    assert {item.subject.name for item in found} == {"Butler County", "Warren County"}
    assert {item.value.get("action") for item in found} == {"ended"}


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("Butler County has a standing pact with ICE.", "in_force"),
        ("Butler County has torn loose from ICE.", "signed"),  # here it helps another verb
    ],
)
def test_an_auxiliary_is_an_act_where_no_verb_follows(
    tmp_path: Path, torn: vocabulary.Vocabulary, text: str, action: str
) -> None:
    names = sorted(TOPIC.predicates)
    likely = table(
        names, [-SURE] * len(names), "any", {"w:pact": {"agreement": 2 * SURE}, "w:tear": {"agreement": 2 * SURE}}
    )
    having = {
        "predicates": likely,
        "heads": table(("no", "yes"), (SURE, 0), rows={"w:has": {"yes": 2 * SURE}}),
        "agreement.action": table(("in_force", "signed"), (0, 100), rows={"w:has": {"in_force": SURE}}),
    }
    found = statements(text, with_parts(tmp_path, torn, **having))
    assert [item.value.get("action") for item in found] == [action]


def test_values_are_told_by_what_the_text_is_about(tmp_path: Path, torn: vocabulary.Vocabulary) -> None:
    action = table(("ended", "signed"), (0, 100), rows={"t:pact": {"ended": SURE}})
    topic = with_parts(tmp_path, torn, **{"agreement.action": action})
    assert [item.value.get("action") for item in statements("A pact with ICE falls\n\n" + NO_RULE, topic)] == ["ended"]
    assert [item.value.get("action") for item in statements("A vote on ICE\n\n" + NO_RULE, topic)] == ["signed"]


def test_the_same_sentence_off_the_topic_is_silent(torn: vocabulary.Vocabulary) -> None:
    assert statements("Butler County has torn loose from its water authority.", torn) == []


def test_the_version_of_a_vocabulary_tells_its_weights(tmp_path: Path) -> None:
    given = (
        "topic: t\ntitle: T\ngate: x\npredicates:\n  p: {nature: event, label: P, subject: [government], rules: []}\n",
        "t.yml",
    )
    file = tmp_path / "weights.json.gz"
    file.write_bytes(b"1")
    alone, first = vocabulary.loads(*given), vocabulary.loads(*given, weights=file)
    file.write_bytes(b"2")
    assert len({alone.version, first.version, vocabulary.loads(*given, weights=file).version}) == 3


def test_what_a_rule_words_holds_against_the_tables_where_only_its_subject_falls(tmp_path: Path) -> None:
    names = sorted(TOPIC.predicates)
    no, yes = [-1, -SURE, 0, 0], [-1, SURE, 0, 0]
    tables = {
        "predicates": table(names, [SURE if name == "policy" else -SURE for name in names], "any"),
        "policy.kind": table(("detainer_limit", "other"), (100, 0)),
        "policy.action": table(("adopted", "in_force"), (0, 100)),
        "subjects": table(("no", "yes"), (SURE, 0), rows={"kind:county": {"yes": 2 * SURE}}),
    }
    unruled = {"bias": 0, "trees": [[[RULED, 0.5, 1, 4], [WHOLE, 0.01, 2, 3], no, yes, no]]}
    text = "Ohio requires the Butler County jail to comply with immigration detainers."

    def kinds(topic: vocabulary.Vocabulary) -> list[tuple[str, object]]:
        return [(item.subject.name, item.value["kind"]) for item in statements(text, topic)]

    topic = learned(tmp_path, **tables)
    rule, weights = ("Ohio", "detainer_mandate"), ("Butler County", "detainer_limit")
    assert kinds(with_parts(tmp_path, topic, trees={"bias": SURE, "trees": []})) == [rule, weights]
    assert kinds(with_parts(tmp_path, topic, trees=unruled)) == [("Butler County", "detainer_mandate")]
