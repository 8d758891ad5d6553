"""Tables of weights and their file."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from comity.errors import VocabularyError
from comity.reading.learned.weights import Table, load

ONE = Table("one", ("ended", "signed"), (0, 100), {"w:end": (0, 300), "w:sign": (1, 200)})
ANY = Table("any", ("agreement", "protest"), (-200, -200), {"w:pact": (0, 500), "w:march": (1, 500)})


@pytest.mark.parametrize(
    ("features", "chosen"),
    [((), "signed"), (("w:end",), "ended"), (("w:end", "w:sign", "w:sign"), "signed"), (("w:unknown",), "signed")],
)
def test_the_likeliest_class_is_chosen(features: tuple[str, ...], chosen: str) -> None:
    assert ONE.chosen(features) == chosen


def test_one_class_holds_or_any_number() -> None:
    assert sum(ONE.chances(["w:end"]).values()) == pytest.approx(1)
    both = ANY.chances(["w:pact", "w:march"])
    assert all(chance > 0.9 for chance in both.values())
    assert all(chance < 0.2 for chance in ANY.chances([]).values())


def test_a_file_is_read(tmp_path: Path) -> None:
    table = {"of": "one", "classes": ["no", "yes"], "bias": [0, 0], "rows": {"w:end": [1, 250]}}
    file = tmp_path / "weights.json.gz"
    file.write_bytes(gzip.compress(json.dumps({"least": {"learned": 0.5}, "tables": {"heads": table}}).encode()))
    read = load(file)
    assert read.least == {"learned": 0.5}
    assert read.tables["heads"].chosen(["w:end"]) == "yes"


@pytest.mark.parametrize(
    "content", [b"", b"no gzip", gzip.compress(b"{}"), gzip.compress(b'{"least": 1, "tables": {"a": 2}}')]
)
def test_a_damaged_file_is_one_clear_error(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "weights.json.gz"
    file.write_bytes(content)
    with pytest.raises(VocabularyError, match="damaged weights"):
        load(file)
