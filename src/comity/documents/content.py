"""What every format gets and gives: the seam behind which html, text, pdf and tables stand alike.

A format is a function from :class:`Source` to :class:`Content`. A new one is one module and one line in
``parsing.FORMATS``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from comity.errors import DocumentError
from comity.model import Block, OffsetRun, Publication, Table

__all__ = ["Content", "Format", "Limits", "Source"]

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a file is taken before it is refused. Sizes are bytes, the rest counts.

    The real workbooks inflate to 1 MiB, the real pages to 3 MiB and the real agreements have 20 pages; the limits
    leave room for files some fifty times as large, and keep the memory of one parse below about 500 MB.
    """

    size: int = 40 * MEBIBYTE  # of the file
    text_size: int = 20 * MEBIBYTE  # of a plain text
    page_size: int = 10 * MEBIBYTE  # of an HTML page
    elements: int = 30_000  # of an HTML page; the extractor's time grows with their square
    depth: int = 1_000  # of nested markup; a browser stops at 512
    inflated: int = 200 * MEBIBYTE  # of all parts of a workbook together
    rows: int = 1_100_000  # of a sheet; a spreadsheet program ends at 1,048,576
    cells: int = 5_000_000  # of a workbook, blank ones included
    pages: int = 2_000  # of a PDF
    page_characters: int = 400_000  # of one page of a PDF
    characters: int = 20_000_000  # of a document's text


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes of one file with what is known of them: what a format reads."""

    data: bytes
    where: str | None = None
    publication: Publication = field(default_factory=Publication)
    limits: Limits = field(default_factory=Limits)

    def refusal(self, message: str, hint: str) -> DocumentError:
        """The one error of this file: what is wrong, where, and what to do."""
        return DocumentError(message, where=self.where, hint=hint)


@dataclass(frozen=True, slots=True)
class Content:
    """What a format makes of a file. ``notes`` are for a person: what was guessed, hidden or missing."""

    text: str
    blocks: tuple[Block, ...] = ()
    offsets: tuple[OffsetRun, ...] = ()
    tables: tuple[Table, ...] = ()
    title: str | None = None
    publisher: str | None = None
    byline: str | None = None
    published: str | None = None
    published_basis: str | None = None
    url: str | None = None
    notes: tuple[str, ...] = ()


Format = Callable[[Source], Content]
