"""Captions: what a picture shows is nobody whom the story's sentences go on about."""

from __future__ import annotations

import pytest
from tests.reading.sample_reading import statements

from comity.reading.captions import captions, elsewhere

STORY = "Deputies in Lucas County will no longer hold people for ICE, the sheriff said."


@pytest.mark.parametrize(
    "caption",
    [
        "FILE - The jail in Butler County, May 3, 2024. (AP Photo/Ann Roe)",
        "The jail in Butler County. (Ann Roe/Getty Images)",
        "The jail in Butler County. (Photo by Ann Roe via AP)",
        "The jail in Butler County. AP Photo",
        "The jail in Butler County. Ann Roe/Getty Images",
        "In this March 4, 2019, file photo, deputies stand at the jail in Butler County.",
        "Photo: the jail in Butler County",
        "File photo of the jail in Butler County",
    ],
)
def test_a_line_with_a_credit_is_a_caption(caption: str) -> None:
    text = f"Jail ends holds\n\n{caption}\n\n{STORY}"
    assert [text[start:end] for start, end in captions(text)] == [caption]


@pytest.mark.parametrize(
    "line",
    [
        STORY,
        "The sheriff filed a photo of the letter with the court.",
        "The AP photographed the jail.",
        "She showed the board pictures of the jail, which her office took.",
        "Photos of the raid spread within hours, the mayor said.",
    ],
)
def test_a_line_of_the_story_is_none(line: str) -> None:
    assert captions(f"Jail ends holds\n\n{line}\n\n{STORY}") == ()


def test_a_caption_that_stands_twice_needs_its_credit_once() -> None:
    shown = "The jail in Butler County on a day in May."
    text = f"{shown}\n\n{shown} AP Photo\n\n{STORY}"
    assert len(captions(text)) == 2


def test_a_long_paragraph_with_a_credit_in_it_is_the_storys() -> None:
    assert captions(f"{STORY * 12} (AP Photo/Ann Roe)") == ()


def test_a_place_is_elsewhere_for_what_stands_outside_its_caption() -> None:
    assert elsewhere([(10, 20)], 12, 30)
    assert not elsewhere([(10, 20)], 12, 15)
    assert not elsewhere([(10, 20)], 25, 30)


def test_nobody_acts_because_a_picture_shows_him() -> None:
    text = (
        "FILE - Commissioners of Butler County, Ohio, meet in 2019. (AP Photo/Ann Roe)\n\n"
        "The county ended its 287(g) agreement with ICE on Monday."
    )
    assert [item.subject.name for item in statements(text)] == []
    assert [item.subject.name for item in statements(text.replace("FILE - ", "").replace(" (AP Photo/Ann Roe)", ""))]
