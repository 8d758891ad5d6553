"""The gate of evidence: what doesn't stand in the text as claimed is dropped."""

from __future__ import annotations

from dataclasses import replace

import pytest

from comity import vocabulary
from comity.model import Attribution, Evidence, Statement, Subject, Support
from comity.reading.verify import fault

TEXT = "Dayton is on the list. The city objects."
PREDICATE = vocabulary.load().predicates["designation"]
GOOD = Statement(
    id="st-1",
    topic="t",
    predicate="designation",
    subject=Subject("Dayton", None, "place", "unknown"),
    value={"status": "listed"},
    polarity="affirmed",
    modality="actual",
    voice="own",
    attribution=(),
    time=None,
    evidence=Evidence("sha256:0", start=0, end=22, exact="Dayton is on the list."),
    support=(),
    review="machine",
    reader="rules/1",
    vocabulary="t@0",
)


def test_what_stands_as_claimed_passes() -> None:
    assert fault(TEXT, GOOD, PREDICATE, {}) is None


@pytest.mark.parametrize(
    ("statement", "carried", "why"),
    [
        (replace(GOOD, evidence=Evidence("sha256:0", start=0, end=22, exact="Dayton is on a list.")), {}, "words"),
        (replace(GOOD, evidence=Evidence("sha256:0", start=0, end=999, exact="Dayton")), {}, "no span"),
        (replace(GOOD, support=(Support("time", 0, 6, "Monday"),)), {}, "support of time"),
        (replace(GOOD, subject=Subject("Akron", None, "place", "unknown")), {}, "subject's name"),
        (replace(GOOD, value={"status": "loved"}), {}, "no value of status"),
        (replace(GOOD, value={"colour": "red"}), {}, "no slot colour"),
        (GOOD, {"status": (23, 31)}, "neither evidence nor support"),
        (replace(GOOD, voice="attributed", attribution=(Attribution(None, False, "said", False),)), {}, "to nobody"),
    ],
)
def test_what_does_not_is_dropped(statement: Statement, carried: dict[str, tuple[int, int]], why: str) -> None:
    assert why in (fault(TEXT, statement, PREDICATE, carried) or "")
