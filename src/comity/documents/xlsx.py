"""Workbooks (.xlsx, ECMA-376): the cells of each sheet as a person sees them, with their links.

Read straight from the parts of the zip, a row at a time: four times as fast as openpyxl, which keeps the same; the
faster calamine loses links and errors such as ``#N/A``, which lists print on purpose (``benchmarks/documents.py``).
"""

from __future__ import annotations

import datetime
import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree  # type: ignore[import-untyped]

from comity.documents.content import Content, Source
from comity.documents.tables import link_of, rendering, table_of
from comity.errors import DocumentError
from comity.model import Cell, Table

__all__ = ["read_xlsx"]

AGAIN = "save it as .xlsx again"
SMALLER = "no list is that large; check where it comes from"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d*)")
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
HYPERLINK = re.compile(r'^\s*HYPERLINK\(\s*"([^"]+)"', re.IGNORECASE)
DATE_IDS = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
NOT_A_DATE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
DIGITS = "0123456789"
LAST_COLUMN = 16_384
MOST_PARTS = 10_000


@dataclass(frozen=True, slots=True)
class _Book:
    """What the sheets of a workbook share."""

    strings: Sequence[str]
    formats: Sequence[str]  # by style: "date", "", or a number format
    epoch: datetime.datetime


def read_xlsx(source: Source) -> Content:
    """A workbook as one table a sheet; blank rows are left out, row numbers and hidden sheets kept, the latter noted.

    A date cell reads as its ISO day; text, errors and numbers read as shown. Raises DocumentError for what isn't a
    workbook, is damaged or encrypted, or inflates past the limits.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
            _check_size(source, archive)
            return _content(source, archive)
    except DocumentError:
        raise
    except RuntimeError as error:  # zipfile on an encrypted part
        raise source.refusal("an encrypted archive", "save it without a password") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
        raise source.refusal("a damaged workbook", AGAIN) from error
    except (etree.LxmlError, KeyError, ValueError, IndexError, TypeError, OverflowError) as error:
        raise source.refusal("not a workbook that can be read", AGAIN) from error


def _check_size(source: Source, archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if sum(part.file_size for part in parts) > source.limits.inflated or len(parts) > MOST_PARTS:
        size = source.limits.inflated // (1024 * 1024)
        raise source.refusal(f"a workbook that inflates to more than {size} MiB", SMALLER)
    if "xl/workbook.xml" not in names:
        raise source.refusal("a zip archive, not an .xlsx workbook", "unpack it and give the files in it")


def _content(source: Source, archive: zipfile.ZipFile) -> Content:
    root = _parsed(archive, "xl/workbook.xml")
    relations = _relations(archive, "xl/workbook.xml")
    dated = root.find("{*}workbookPr")
    old_mac = dated is not None and dated.get("date1904") in ("1", "true")
    book = _Book(
        strings=_strings(archive),
        formats=_formats(archive),
        epoch=datetime.datetime(1904, 1, 1) if old_mac else datetime.datetime(1899, 12, 30),
    )
    tables: list[Table] = []
    notes: list[str] = []
    room = source.limits.cells
    for sheet in root.iterfind("{*}sheets/{*}sheet"):
        kind, target = relations.get(sheet.get(RELATION) or sheet.get(STRICT_RELATION), ("", ""))
        if not kind.endswith("/worksheet"):
            continue
        table = _table(source, archive, target, sheet.get("name", ""), book)
        room -= len(table.rows) * (len(table.rows[0].cells) if table.rows else 0)
        if room < 0:
            raise source.refusal(f"more than {source.limits.cells:,} cells", SMALLER)
        tables.append(table)
        if sheet.get("state", "visible") != "visible":
            notes.append(f"sheet {table.sheet!r} is hidden")
    if not any(table.rows for table in tables):
        raise source.refusal("the workbook holds no rows", "give a workbook with a list in it")
    text, blocks = rendering(tables)
    return Content(text=text, blocks=blocks, tables=tuple(tables), notes=tuple(notes))


def _parsed(archive: zipfile.ZipFile, part: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(archive.read(part), parser)


def _relations(archive: zipfile.ZipFile, part: str) -> dict[str | None, tuple[str, str]]:
    """The relations of a part by their id: kind, and the address or the path within the archive."""
    folder, _, name = part.rpartition("/")
    try:
        root = _parsed(archive, f"{folder}/_rels/{name}.rels")
    except KeyError:
        return {}
    found: dict[str | None, tuple[str, str]] = {}
    for relation in root:
        target = relation.get("Target", "")
        if relation.get("TargetMode") != "External":
            target = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"
        found[relation.get("Id")] = (relation.get("Type", ""), target)
    return found


def _strings(archive: zipfile.ZipFile) -> list[str]:
    try:
        stream = archive.open("xl/sharedStrings.xml")
    except KeyError:
        return []
    strings: list[str] = []
    with stream:
        for _, item in etree.iterparse(stream, tag="{*}si", resolve_entities=False, no_network=True):
            strings.append(_rich(item))
            _forget(item)
    return strings


def _rich(item: etree._Element) -> str:
    """The text of a plain or rich string, without its phonetic runs."""
    texts = [child for child in item.iter("{*}t") if not child.getparent().tag.endswith("}rPh")]
    return _unescaped("".join(text.text or "" for text in texts))


def _unescaped(text: str) -> str:
    return ESCAPED.sub(lambda match: chr(int(match.group(1), 16)), text) if "_x" in text else text


def _forget(element: etree._Element) -> None:
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]


def _formats(archive: zipfile.ZipFile) -> list[str]:
    try:
        root = _parsed(archive, "xl/styles.xml")
    except KeyError:
        return []
    codes = {form.get("numFmtId"): form.get("formatCode", "") for form in root.iterfind("{*}numFmts/{*}numFmt")}
    return [_format(style.get("numFmtId", "0"), codes) for style in root.iterfind("{*}cellXfs/{*}xf")]


def _format(number: str, codes: dict[str, str]) -> str:
    if number in codes:
        shown = NOT_A_DATE.sub("", codes[number].split(";")[0])
        return "date" if re.search(r"[dmyhs]", shown, re.IGNORECASE) else shown
    return "date" if number.isdigit() and int(number) in DATE_IDS else {"9": "0%", "10": "0.00%"}.get(number, "")


def _table(source: Source, archive: zipfile.ZipFile, part: str, name: str, book: _Book) -> Table:
    rows: list[tuple[int, dict[int, tuple[str, str]]]] = []
    links: dict[tuple[int, int], tuple[str, ...]] = {}
    relations: dict[str | None, tuple[str, str]] | None = None
    number = 0
    with archive.open(part) as stream:
        tags = ("{*}row", "{*}hyperlink")
        for _, element in etree.iterparse(stream, tag=tags, resolve_entities=False, no_network=True):
            if element.tag.endswith("}row"):
                number = int(element.get("r") or number + 1)
                cells = dict(_cells(element, book))
                if cells:
                    rows.append((number, cells))
                if len(rows) > source.limits.rows:
                    raise source.refusal(f"a sheet of more than {source.limits.rows:,} rows", SMALLER)
            else:
                relations = _relations(archive, part) if relations is None else relations
                kind, target = relations.get(element.get(RELATION) or element.get(STRICT_RELATION), ("", ""))
                if kind.endswith("/hyperlink") and target.startswith("http"):
                    anchor = element.get("location")
                    address = f"{target}#{anchor}" if anchor and "#" not in target else target
                    for place in _places(element.get("ref", "")):
                        links[place] = (*links.get(place, ()), address)
            _forget(element)
    return _filled(source, name, rows, links)


def _filled(
    source: Source,
    name: str,
    rows: list[tuple[int, dict[int, tuple[str, str]]]],
    links: dict[tuple[int, int], tuple[str, ...]],
) -> Table:
    width = max((max(cells) + 1 for _, cells in rows), default=0)
    if width * len(rows) > source.limits.cells:
        raise source.refusal(f"more than {source.limits.cells:,} cells", SMALLER)
    blank = Cell("")
    filled: list[tuple[int, list[Cell]]] = []
    for number, cells in rows:
        line = [blank] * width
        for column, (text, formula_link) in cells.items():
            given = links.get((number, column), ())
            line[column] = Cell(text, link_of(text, (*given, formula_link) if formula_link else given))
        filled.append((number, line))
    return table_of(name, filled)


def _cells(row: etree._Element, book: _Book) -> Iterator[tuple[int, tuple[str, str]]]:
    column = -1
    for cell in row.iterchildren("{*}c"):
        reference = cell.get("r")
        column = _column(reference.rstrip(DIGITS)) if reference else column + 1
        kind = cell.get("t")
        value = formula = None
        for part in cell:
            tag = part.tag[-2:]
            if tag == "}v":
                value = part.text
            elif tag == "}f":
                formula = part.text
            elif tag == "is":
                value = _rich(part)
        if value is None and formula is None:
            continue
        link = HYPERLINK.match(formula) if formula else None
        text = _shown(value or "", kind, int(cell.get("s") or 0), book)
        if text or link:
            yield column, (text, link.group(1) if link else "")


def _shown(value: str, kind: str | None, style: int, book: _Book) -> str:
    if kind == "s":
        return book.strings[int(value)]
    if kind in ("str", "inlineStr"):
        return _unescaped(value)
    if kind == "b":
        return "TRUE" if value == "1" else "FALSE"
    if kind == "d":
        return value.removesuffix("T00:00:00")
    if kind == "e" or not value:
        return value
    form = book.formats[style] if style < len(book.formats) else ""
    return _date(value, book.epoch) if form == "date" else _number(value, form)


def _date(value: str, epoch: datetime.datetime) -> str:
    serial = float(value)
    if epoch.year == 1899 and 0 < serial < 60:
        serial += 1  # the 29th of February 1900, which spreadsheet programs count and the calendar lacks
    moment = epoch + datetime.timedelta(seconds=round(serial * 86_400))
    if 0 <= serial < 1:
        return moment.time().isoformat()
    return moment.date().isoformat() if moment.time() == datetime.time() else moment.isoformat(" ")


def _number(value: str, form: str) -> str:
    number = float(value)
    if form.endswith("%"):
        return f"{number:.{len(form.partition('.')[2].rstrip('%'))}%}"
    if len(form) > 1 and not form.strip("0"):
        return f"{round(number):0{len(form)}d}"  # codes such as 02020 keep their zeros
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else f"{number:.15g}"


@lru_cache(maxsize=1024)
def _column(reference: str) -> int:
    match = REFERENCE.match(reference)
    if not match:
        raise ValueError(reference)
    column = 0
    for letter in match.group(1):
        column = column * 26 + ord(letter) - 64
    if column > LAST_COLUMN:
        raise ValueError(reference)
    return column - 1


def _places(reference: str) -> Iterator[tuple[int, int]]:
    """The cells (row, column) of a reference such as G5 or G5:G7; of a very large one only the first."""
    first, _, last = reference.partition(":")
    start, end = REFERENCE.match(first), REFERENCE.match(last or first)
    if not start or not end or not start.group(2) or not end.group(2):
        return
    rows = range(int(start.group(2)), int(end.group(2)) + 1)
    columns = range(_column(first), _column(last or first) + 1)
    if len(rows) * len(columns) > 1_000:
        rows, columns = rows[:1], columns[:1]
    for row in rows:
        for column in columns:
            yield row, column
