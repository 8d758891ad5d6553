"""Workbooks: cells as a person sees them, with their links."""

from __future__ import annotations

import datetime
import io
import zipfile

import openpyxl

from comity.documents.content import Content, Source
from comity.documents.tables import link_of, rendering, table_of
from comity.model import Cell, Table

__all__ = ["read_xlsx"]


def read_xlsx(source: Source) -> Content:
    """A workbook as one table a sheet. Hidden sheets are read too, and noted."""
    tables: list[Table] = []
    notes: list[str] = []
    try:
        book = openpyxl.load_workbook(io.BytesIO(source.data), data_only=True)
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, OSError) as error:
        raise source.refusal("not a workbook that can be opened", "save it as .xlsx again") from error
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            notes.append(f"sheet {sheet.title!r} is hidden")
        rows = []
        for number, cells in enumerate(sheet.iter_rows(), start=1):
            out = []
            for cell in cells:
                text = _shown(cell.value)
                target = cell.hyperlink.target if cell.hyperlink else None
                out.append(Cell(text, link_of(text, [target] if target else [])))
            rows.append((number, out))
        tables.append(table_of(sheet.title, rows))
    text, blocks = rendering(tables)
    if not any(table.rows for table in tables):
        raise source.refusal("the workbook holds no rows", "give a workbook with a list in it")
    return Content(text=text, blocks=blocks, tables=tuple(tables), notes=tuple(notes))


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ", "seconds")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
