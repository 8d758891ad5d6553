"""Tables of weights and their file."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from comity.errors import VocabularyError
from comity.reading.learned.weights import CROSS, Group, Trees, Weights, flat, load, table

ONE = table(
    {
        "of": "one",
        "classes": ["ended", "signed"],
        "bias": [0, 100],
        "rows": {"w:end": [0, 300], "w:sign": [1, 200], f"protest{CROSS}w:end": [1, 900]},
    }
)
ANY = table(
    {
        "of": "any",
        "classes": ["agreement", "protest"],
        "bias": [-200, -200],
        "rows": {"w:pact": [0, 500], "w:march": [1, 500]},
    }
)
TREES = Trees(0, ((0, 0.5, -100.0, (1, 3.0, 50.0, 400.0)),))


@pytest.mark.parametrize(
    ("asked", "likelier"),
    [
        (Group(()), "signed"),
        (Group(("w:end",)), "ended"),
        (Group(("w:end", "w:sign", "w:sign")), "signed"),
        (Group(("w:unknown",)), "signed"),
        (Group(("w:end",), ("protest",)), "signed"),
        (Group(("w:end",), ("demand",)), "ended"),
    ],
)
def test_features_add_up_alone_and_crossed(asked: Group, likelier: str) -> None:
    chances = ONE.chances([asked])
    assert max(chances, key=chances.__getitem__) == likelier


def test_what_is_crossed_can_be_asked_after_the_rest() -> None:
    alone = Group(("w:end", "w:sign"))
    crossed = Group(alone.features, ("protest",))
    assert ONE.chances([crossed], ONE.totals([alone])) == ONE.chances([crossed])


def test_features_are_trained_as_they_are_asked() -> None:
    assert flat([Group(("w:end",), ("protest", "demand")), Group(("opens",))]) == [
        "w:end",
        "opens",
        f"protest{CROSS}w:end",
        f"demand{CROSS}w:end",
    ]


def test_one_class_holds_or_any_number() -> None:
    assert sum(ONE.chances([Group(("w:end",))]).values()) == pytest.approx(1)
    both = ANY.chances([Group(("w:pact", "w:march"))])
    assert all(chance > 0.9 for chance in both.values())
    assert all(chance < 0.2 for chance in ANY.chances([]).values())


@pytest.mark.parametrize(
    ("seen", "least", "most"), [((0.2, 9), 0.2, 0.3), ((0.5, 9), 0.2, 0.3), ((0.6, 3), 0.6, 0.7), ((0.6, 4), 0.95, 1)]
)
def test_trees_follow_their_thresholds(seen: tuple[float, float], least: float, most: float) -> None:
    assert least < TREES.chance(seen) < most


def test_a_file_is_read(tmp_path: Path) -> None:
    heads = {"of": "one", "classes": ["no", "yes"], "bias": [0, 0], "rows": {"w:end": [1, 250]}}
    data = {"least": {"rule": 0.5}, "rates": {"": 0.2, "a": 0.9}, "trees": {"bias": 100, "trees": []}}
    file = tmp_path / "weights.json.gz"
    file.write_bytes(gzip.compress(json.dumps(data | {"tables": {"heads": heads}}).encode()))
    read = load(file)
    assert (read.least, read.rates["a"]) == ({"rule": 0.5}, 0.9)
    assert read.chances("heads", [Group(("w:end",))])["yes"] > 0.9
    assert 0.7 < read.right("anything", []) < 0.8


@pytest.mark.parametrize(
    "content",
    [b"", b"no gzip", gzip.compress(b"{}", mtime=0), gzip.compress(b'{"least": 1, "tables": {"a": 2}}', mtime=0)],
)
def test_a_damaged_file_is_one_clear_error(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "weights.json.gz"
    file.write_bytes(content)
    with pytest.raises(VocabularyError, match="damaged weights"):
        load(file)


@pytest.mark.parametrize(
    ("predicate", "values", "enough"),
    [
        ("policy", [], 0.5),
        ("designation", [], 0.6),
        ("designation", ["listed"], 0.6),
        ("designation", ["removed"], 0.95),
        ("policy", ["removed"], 0.5),
    ],
)
def test_of_some_values_more_is_wanted(predicate: str, values: list[str], enough: float) -> None:
    least = {"statement": 0.5, "statement designation": 0.6, "statement designation removed": 0.95}
    assert Weights({}, Trees(0, ()), {}, least).enough(predicate, values) == enough
