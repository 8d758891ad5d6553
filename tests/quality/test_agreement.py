from __future__ import annotations

import copy
from typing import Any

import pytest

from tests.quality.agreement import FOLDERS, SECOND, compare, show
from tests.quality.statements import GOLDEN

TEXT = "Lucas County is not on the list, Sheriff Dana Holloway said.\n"
SHEET: dict[str, Any] = {
    "attributions": [
        {"source": "Sheriff Dana Holloway", "cue": "said", "content": ["Lucas County is not on the list"]},
    ],
    "statements": [
        {
            "predicate": "designation",
            "subject": {"name": "Lucas County", "id": "ocd-division/country:us/state:oh/county:lucas"},
            "value": {"status": "not_listed"},
            "polarity": "affirmed",
            "modality": "actual",
            "voice": "attributed",
            "attribution": [{"source": "Sheriff Dana Holloway", "named": True, "cue": "said", "direct": False}],
            "time": None,
            "evidence": TEXT.strip(),
        }
    ],
}


def changed(**fields: Any) -> dict[str, Any]:
    sheet = copy.deepcopy(SHEET)
    sheet["statements"][0].update(fields)
    return sheet


def test_a_sheet_agrees_with_itself() -> None:
    found = compare(TEXT, SHEET, SHEET)
    assert found.statements.f1 == 1
    assert [found.statements.share(what) for what in ("attribution", "modality", "time", "values")] == [1, 1, 1, 1]
    assert (found.spans.f1(exact=False), found.spans.f1(exact=True)) == (100, 100)


@pytest.mark.parametrize(
    ("fields", "aspect"),
    [
        ({"voice": "own", "attribution": []}, "attribution"),
        ({"modality": "planned"}, "modality"),
        ({"time": {"text": "Tuesday", "edtf": "2025-03-04"}}, "time"),
        ({"value": {"status": "removed"}}, "values"),
    ],
)
def test_what_differs_in_a_matched_statement_is_counted_by_aspect(fields: dict[str, Any], aspect: str) -> None:
    found = compare(TEXT, SHEET, changed(**fields)).statements
    assert found.matched == 1
    assert [what for what in ("attribution", "modality", "time", "values") if found.share(what) == 0] == [aspect]


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"subject": {"name": "Lucas County", "id": "ori:OH0480000"}}, "an agency for its government, or the reverse"),
        ({"subject": {"name": "Sheriff Dana Holloway", "id": None}}, "another subject"),
        ({"predicate": "characterization"}, "another predicate"),
        ({"polarity": "negated"}, "another polarity"),
    ],
)
def test_a_statement_without_a_match_is_sorted_by_what_differs(fields: dict[str, Any], kind: str) -> None:
    assert compare(TEXT, SHEET, changed(**fields)).apart == {kind: 1, "only in the second": 0}


def test_a_shorter_content_agrees_by_token_and_not_exactly() -> None:
    sheet = copy.deepcopy(SHEET)
    sheet["attributions"][0]["content"] = ["is not on the list"]
    spans = compare(TEXT, SHEET, sheet).spans
    assert round(spans.f1(False, ("content",)), 1) == 83.3
    assert spans.f1(True, ("content",)) == 0


def test_every_second_annotation_has_its_text_and_its_first() -> None:
    for name in FOLDERS:
        stems = {path.stem for path in (SECOND / name).glob("*.yml")}
        assert len(stems) == 25
        assert stems <= {path.stem for path in (GOLDEN / name).glob("*.txt")}
        assert stems <= {path.stem for path in (GOLDEN / name).glob("*.yml")}


def test_the_held_out_half_is_not_shown() -> None:
    with pytest.raises(ValueError, match="only counted"):
        show("held-out")
