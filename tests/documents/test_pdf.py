"""PDF: pages, paragraphs, reading order of forms that were filled in, and files that are refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.documents.samples import pdf

from comity.documents import Limits, load, parse
from comity.errors import DocumentError

LINES = (
    "The council of Mill Creek met on Tuesday to hear from the sheriff of the county,",
    "who had asked it to change its rule on the records of the jail that the county runs",
    "for the city and for two of its neighbours.",
    "It voted five to two to keep the rule as it is and to send it to the county's clerk",
    "by Friday.",
)


def prose(lines: tuple[str, ...] = LINES) -> list[tuple[int, int, str]]:
    return [(72, 700 - 14 * at, line) for at, line in enumerate(lines)]


def test_a_paragraph_is_one_line_and_a_page_break_a_form_feed() -> None:
    document = parse(pdf([prose(), [(72, 700, "The second page.")]]), path="minutes.pdf")
    first, second = document.text.split("\f")
    assert first.strip().split("\n") == [" ".join(LINES[:3]), " ".join(LINES[3:])]
    assert second.strip() == "The second page."
    assert [document.text[block.start : block.end] for block in document.blocks] == [
        " ".join(LINES[:3]),
        " ".join(LINES[3:]),
        "The second page.",
    ]


@pytest.mark.parametrize(
    ("pages", "notes"),
    [
        ([prose(), prose()], ()),
        ([prose(), [], prose()], ("page 2 is an image without text",)),
        ([[], prose(), [], []], ("pages 1, 3 and 4 are images without text",)),
    ],
)
def test_pages_without_text_are_noted(pages: list[list[tuple[int, int, str]]], notes: tuple[str, ...]) -> None:
    assert parse(pdf(pages), path="minutes.pdf").notes == notes


def test_what_was_typed_into_a_form_stands_where_it_was_typed() -> None:
    form = [
        *prose(),
        (72, 500, "and the ______________________, hereinafter the agency, agree."),
        (72, 400, "Date: __________________"),
        (330, 400, "Date: __________________"),
        (72, 380, "Sheriff"),
        (330, 380, "Director"),
        (112, 501, "Mill Creek Police"),
        (110, 402, "May 8, 2025"),
        (370, 402, "May 12, 2025"),
    ]
    text = parse(pdf([form]), path="form.pdf").text
    assert "and the Mill Creek Police, hereinafter the agency" in text.replace("Police ,", "Police,")
    line = next(line for line in text.split("\n") if "May 8" in line)
    assert line.split() == ["Date:", "May", "8,", "2025", "Date:", "May", "12,", "2025"]


def test_columns_of_prose_are_read_one_after_the_other() -> None:
    left = [(60, 700 - 14 * at, f"left line number {at} of it") for at in range(20)]
    right = [(330, 700 - 14 * at, f"right line number {at} of it") for at in range(20)]
    text = parse(pdf([left + right]), path="paper.pdf").text
    assert text.index("left line number 19") < text.index("right line number 0")


@pytest.mark.parametrize(
    ("data", "limits", "message"),
    [
        (b"%PDF-1.7\n" + b"x" * 500, Limits(), "can't|not a PDF"),
        (pdf([prose()])[:300], Limits(), "not a PDF|without text"),
        (pdf([[], []]), Limits(), "without text"),
        (pdf([prose()] * 12), Limits(pages=10), "more than 10 pages"),
        (pdf([prose()], compressed=True, padding=3_000_000), Limits(inflated=1 << 20), "inflates to more than 1 MiB"),
        (pdf([prose()]), Limits(page_characters=100), "more than 100 characters"),
    ],
)
def test_refused_pdfs(data: bytes, limits: Limits, message: str) -> None:
    with pytest.raises(DocumentError, match=message) as caught:
        parse(data, path="minutes.pdf", limits=limits)
    assert caught.value.hint


def test_text_named_pdf_is_refused() -> None:
    with pytest.raises(DocumentError, match="not a PDF"):
        parse(b"Just a text.", path="minutes.pdf")


def test_the_real_agreements_have_text_on_all_pages(shared: Path) -> None:
    files = sorted((shared / "data" / "moa").glob("*.pdf"))
    assert files
    for file in files:
        document = load(file)
        assert document.text.count("\f") >= 9, file
        assert all(0 <= block.start < block.end <= len(document.text) for block in document.blocks)
