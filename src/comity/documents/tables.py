"""Tables: what workbooks and CSV files share, and the CSV reader.

The document text of tables is a tab-separated rendering that depends on the printed cells and links alone, so that
one list saved twice has one document id.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import parse_qs, urlsplit

from comity.documents.content import Content, Source
from comity.documents.text import decode
from comity.model import Block, Cell, Row, Table

__all__ = ["link_of", "read_csv", "rendering", "table_of", "unwrapped"]

URL = re.compile(r"https?://[^\s<>\"]+")
SAFELINKS = re.compile(r"(^|\.)safelinks\.protection\.outlook\.com$", re.IGNORECASE)
DELIMITERS = ",;\t|"
ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def unwrapped(link: str) -> str:
    """A link without the Outlook Safelinks address around it, however often it was wrapped."""
    for _ in range(5):
        if "safelinks" not in link.lower():
            return link
        try:
            parts = urlsplit(link)
            if not SAFELINKS.search(parts.hostname or ""):
                return link
            inner = parse_qs(parts.query).get("url", [""])[0]
        except ValueError:
            return link
        if not inner:
            return link
        link = inner
    return link


def link_of(text: str, links: Sequence[str] = ()) -> str | None:
    """The link of a cell: those given and those printed in its text, unwrapped, several joined by a space."""
    if not links and "http" not in text:
        return None
    printed = (match.group().rstrip(".,;)") for match in URL.finditer(text)) if "http" in text else ()
    found = dict.fromkeys(unwrapped(link.strip()) for link in (*links, *printed) if link.strip())
    return " ".join(found) or None


def table_of(sheet: str, rows: Iterable[tuple[int, Sequence[Cell]]]) -> Table:
    """A table of the rows that hold something, as wide as its last column that does; row numbers stay."""
    kept = [(number, cells) for number, cells in rows if _width(cells)]
    width = max((_width(cells) for _, cells in kept), default=0)
    blank = Cell("")
    return Table(
        sheet,
        tuple(Row(number, (*cells[:width], *(blank,) * (width - len(cells)))) for number, cells in kept),
    )


def _width(cells: Sequence[Cell]) -> int:
    return next((at for at in range(len(cells), 0, -1) if cells[at - 1].link or cells[at - 1].text.strip()), 0)


def rendering(tables: Sequence[Table]) -> tuple[str, tuple[Block, ...]]:
    r"""The tables as tab-separated text, one row a line, and a block a row.

    A tab, line end or backslash within a cell is written ``\t``, ``\n``, ``\r``, ``\\``; a link that the cell's
    text doesn't show follows it in angle brackets. Where there are several sheets, each begins with a line of
    its name in square brackets.
    """
    lines: list[str] = []
    blocks: list[Block] = []
    at = 0
    for table in tables:
        head = [f"[{table.sheet.translate(ESCAPES)}]"] if len(tables) > 1 else []
        for index, line in enumerate((*head, *_lines(table))):
            lines.append(line)
            blocks.append(Block("heading" if index < len(head) else "item", at, at + len(line)))
            at += len(line) + 1
    return "".join(f"{line}\n" for line in lines), tuple(blocks)


def _lines(table: Table) -> Iterator[str]:
    for row in table.rows:
        yield "\t".join(_printed(cell) for cell in row.cells)


def _printed(cell: Cell) -> str:
    text = cell.text.translate(ESCAPES)
    return f"{text} <{cell.link}>" if cell.link and cell.link not in cell.text else text


def read_csv(source: Source) -> Content:
    """A CSV file as the one table of a document: its delimiter found, cells as printed."""
    decoded = decode(source)
    if "\0" in decoded.text:
        raise source.refusal("NUL characters in a CSV file", "save it as CSV in UTF-8 again")
    lines = decoded.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    delimiter = _delimiter(lines)
    rows: list[tuple[int, Sequence[Cell]]] = []
    try:
        reader = csv.reader((line + "\n" for line in lines), delimiter=delimiter, strict=False)
        for number, cells in enumerate(reader, start=1):
            if number > source.limits.rows or sum(map(len, cells)) > source.limits.page_characters:
                raise source.refusal("a table with more rows or longer cells than any list has", "split it")
            rows.append((number, [Cell(cell, link_of(cell)) for cell in cells]))
    except csv.Error as error:
        raise source.refusal(f"isn't CSV ({error})", "save it as CSV in UTF-8 again") from error
    table = table_of("", rows)
    if not table.rows:
        raise source.refusal("the table holds no rows", "give a file with a list in it")
    text, blocks = rendering((table,))
    return Content(text=text, blocks=blocks, tables=(table,), notes=decoded.notes)


def _delimiter(lines: Sequence[str]) -> str:
    """The delimiter that the first lines hold equally often; a comma where none stands out.

    csv.Sniffer takes letters for delimiters on short lists; counting fields of the four usual ones doesn't.
    """
    head = [line for line in lines[:50] if line.strip()][:20]

    def agreement(delimiter: str) -> tuple[int, int]:
        widths = [len(row) for row in csv.reader(head, delimiter=delimiter)]
        usual = max(set(widths), key=lambda width: (widths.count(width), width), default=1)
        return (widths.count(usual) if usual > 1 else 0, usual)

    try:
        best = max(DELIMITERS, key=agreement)
        return best if agreement(best)[0] else ","
    except csv.Error:
        return ","
