"""Whose words: the right mouth, or an honest "uncertain"; never the outlet's own by mistake."""

from __future__ import annotations

import pytest

from comity.reading import attribution, quotations
from comity.reading.voice import hear


def heard(text: str, head: str) -> tuple[str, list[str | None]]:
    start = text.index(head)
    answer = hear(text, attribution.find(text), quotations.find(text), (start, start + len(head)), (0, len(text)))
    return answer.voice, [link.source for link in answer.attribution]


@pytest.mark.parametrize(
    ("text", "voice", "sources"),
    [
        ("Toledo signed the deal.", "own", []),
        ("Toledo signed the deal, Mayor Ana Ruiz said.", "attributed", ["Mayor Ana Ruiz"]),
        ("Mayor Ana Ruiz said Toledo signed the deal.", "attributed", ["Mayor Ana Ruiz"]),
        ("According to the sheriff, Toledo signed the deal.", "attributed", ["the sheriff"]),
        ("“Toledo signed the deal,” Mayor Ana Ruiz said.", "attributed", ["Mayor Ana Ruiz"]),
    ],
)
def test_a_claim_is_in_the_mouth_that_made_it(text: str, voice: str, sources: list[str]) -> None:
    assert heard(text, "signed") == (voice, sources)


@pytest.mark.parametrize(
    "text",
    [
        "Toledo reportedly signed the deal.",
        "Rumor has it that Toledo signed the deal.",
        "Sheriff: Toledo signed the deal.",
        "A posting of unknown origin alleged, among other things and at some length, that Toledo signed the deal.",
        "The flyer read “Toledo signed the deal” and nothing else.",
    ],
)
def test_what_shows_that_somebody_says_so_is_not_the_outlets_own(text: str) -> None:
    voice, _ = heard(text, "signed")
    assert voice != "own"


@pytest.mark.parametrize(
    ("text", "voice"),
    [
        ("The complaint says Akron hides files. It also signed the deal.", "uncertain"),
        ("The mayor said Akron hides files. Toledo signed the deal. He said it was old.", "uncertain"),
        ("The mayor said Akron hides files. Toledo signed the deal.", "own"),
        ("“We hide nothing,” the mayor said. Toledo signed the deal. He called it old.", "own"),
        ("The mayor said Akron hides files.\n\nToledo also signed the deal.", "own"),
    ],
)
def test_a_report_may_go_on_unmarked_into_the_next_sentence(text: str, voice: str) -> None:
    start, at = (
        text.rindex(". ", 0, text.index("signed")) + 2 if "\n" not in text else text.index("\n") + 2,
        text.index("signed"),
    )
    end = text.index(".", at) + 1
    answer = hear(text, attribution.find(text), quotations.find(text), (at, at + 6), (start, end))
    assert answer.voice == voice


def test_what_stands_beside_a_claim_is_the_outlets_own() -> None:
    assert heard("Mayor Ana Ruiz said it rained, but Toledo signed the deal.", "signed") == ("own", [])
