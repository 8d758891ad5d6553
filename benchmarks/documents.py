"""How fast documents are parsed, as ratios against the libraries alone, in one run.

    python benchmarks/documents.py [FOLDER]

Workbooks and PDFs are those of ``FOLDER/data`` (``../shared`` beside the project) where it is there, else made up.
Pages are made up: an article among menus, with the meta tags and JSON-LD of a news site.
"""

from __future__ import annotations

import io
import logging
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
import pypdfium2  # type: ignore[import-untyped]
import python_calamine
import trafilatura

from comity.documents import parse

ROUNDS = 5
WORDS = ("council", "sheriff", "county", "records", "jail", "officers", "agreement", "vote", "city", "policy")


def article(number: int) -> bytes:
    """A news page of about 60 KB, 25 paragraphs of them the article."""
    paragraphs = "".join(
        f"<p>{' '.join(WORDS[(number * 7 + at * 3 + k * k) % len(WORDS)] for k in range(60))}, officials "
        f"said&nbsp;&mdash; &ldquo;as <a href='/x{at}'>agreed</a>.&rdquo;</p>"
        for at in range(25)
    )
    menu = "".join(f"<li><a href='/section/{at}'>Section {at}</a></li>" for at in range(80))
    script = f"<script>var x = {list(range(3000))};</script>"
    head = (
        f"<title>Story {number} | Courier</title><meta property='og:site_name' content='Courier'>"
        "<meta property='article:published_time' content='2025-05-28T10:00:00-05:00'>"
        '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2025-05-28"}</script>'
    )
    body = f"<nav><ul>{menu}</ul></nav><article><h1>Story {number}</h1>{paragraphs}</article><footer>{menu}</footer>"
    return f"<!doctype html><html><head>{head}{script}</head><body>{body}</body></html>".encode()


def made_up_workbook() -> bytes:
    """A workbook of 700 rows and 8 columns with links, as the lists are."""
    book = openpyxl.Workbook()
    sheet = book.create_sheet("list", 0)
    for row in range(1, 701):
        sheet.append([f"{word} {row}" for word in WORDS[:7]] + ["link"])
        sheet.cell(row, 8).hyperlink = f"https://lists.example/{row}.pdf"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def seconds(task: Callable[[bytes], object], files: Sequence[bytes]) -> float:
    """The median of the rounds, for all files."""
    taken = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for data in files:
            task(data)
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def by_openpyxl(data: bytes) -> int:
    """All values of a workbook, by openpyxl."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    return sum(1 for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value)


def by_calamine(data: bytes) -> int:
    """All values of a workbook, by calamine: no links, no errors."""
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    return sum(len(book.get_sheet_by_name(name).to_python()) for name in book.sheet_names)


def by_pdfium(data: bytes) -> int:
    """The text of a PDF, by pypdfium2."""
    return sum(len(page.get_textpage().get_text_range()) for page in pypdfium2.PdfDocument(data))


def report(what: str, files: Sequence[bytes], peers: dict[str, Callable[[bytes], object]]) -> None:
    """Prints one table: milliseconds a file, and the ratio to Comity's."""
    ours = seconds(parse, files)
    print(f"{what}: {len(files)} files")
    print(f"  {'comity.documents.parse':34}{ours / len(files) * 1000:9.2f} ms")
    for name, task in peers.items():
        theirs = seconds(task, files)
        print(f"  {name:34}{theirs / len(files) * 1000:9.2f} ms   comity takes {ours / theirs:5.2f} times as long")


def main(folder: Path) -> None:
    """Runs all formats."""
    logging.disable(logging.WARNING)
    pages = [article(number) for number in range(60)]
    report(
        "pages",
        pages,
        {
            "trafilatura, fast": lambda data: trafilatura.extract(data, fast=True, include_comments=False),
            "trafilatura, fast, with metadata": lambda data: trafilatura.bare_extraction(
                data, fast=True, include_comments=False, with_metadata=True
            ),
        },
    )
    books = [file.read_bytes() for file in sorted(folder.glob("data/287g/*/*.xlsx"))] or [made_up_workbook()] * 10
    report("workbooks", books, {"openpyxl": by_openpyxl, "python-calamine (no links, no #N/A)": by_calamine})
    papers = [file.read_bytes() for file in sorted(folder.glob("data/moa/*.pdf"))]
    if papers:
        report("agreements (PDF)", papers, {"pypdfium2": by_pdfium})
    else:
        print(f"no PDF files in {folder}/data/moa: skipped")
    texts = [("The council met on Tuesday. " * 20 + "\n\n").encode() * 10] * 200
    report("texts", texts, {"bytes.decode": lambda data: data.decode()})


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parents[2] / "shared")
