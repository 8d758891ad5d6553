"""Who says it, and by which words, marked in the sentence; nothing of the sentence is lost."""

from __future__ import annotations

import pytest

from comity.interfaces.web.marking import pieces
from comity.model import Attribution
from tests.register.samples import document, statement


@pytest.mark.parametrize(
    ("sentence", "source", "cue", "marked"),
    [
        ("The clerk said Toledo signed.", "The clerk", "said", [("The clerk", "source"), ("said", "cue")]),
        ("Toledo signed, according to the clerk.", "the clerk", "according to",
         [("according to", "cue"), ("the clerk", "source")]),
        ("Toledo signed, it said.", "The clerk", "said", [("said", "cue")]),
        ("Unsaid, Toledo signed.", None, "said", []),
        ("Said (so).", "(so)", "Said", [("Said", "cue"), ("(so)", "source")]),
    ],
)  # fmt: skip
def test_source_and_cue_are_marked_where_they_stand(
    sentence: str, source: str | None, cue: str, marked: list[tuple[str, str]]
) -> None:
    said = statement(
        document(sentence), sentence, voice="attributed", attribution=(Attribution(source, True, cue, False),)
    )
    found = pieces(said)
    assert [each for each in found if each.role] == marked
    assert "".join(each.text for each in found) == sentence
