"""Small sheets for the tests of lists, written row by row as a person would print them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from comity import gazetteer
from comity.lists import Definition, checked, definition, edition
from comity.lists.definitions import Limits
from comity.model import Capture, Cell, Document, Edition, Entry, Row, Table

PARTICIPATING = ("STATE", "LAW ENFORCEMENT AGENCY", "TYPE", "COUNTY", "SUPPORT TYPE", "SIGNED", "MOA")
PENDING = PARTICIPATING[:5]
JEM, TFM, WSO = "Jail Enforcement Model", "Task Force Model", "Warrant Service Officer"
NONE = Limits(drop=1.0, kept=0.0, altered=1.0, readable=0.0, resolved=0.0)

Printed = str | tuple[str, str]  # a text, or a text and its link


def unlimited(name: str) -> Definition:
    """A bundled list whose limits let a sheet of a few rows pass."""
    known = definition(name)
    if name not in _unlimited:
        _unlimited[name] = replace(known, limits=NONE)
    return _unlimited[name]


_unlimited: dict[str, Definition] = {}


def document(
    rows: Sequence[Sequence[Printed]], *, path: str = "sheet.xlsx", captured: str | None = None, sheet: str = "Sheet1"
) -> Document:
    """A workbook of one sheet; its first row is the header."""
    table = Table(
        sheet,
        tuple(
            Row(number, tuple(Cell(*cell) if isinstance(cell, tuple) else Cell(cell) for cell in row))
            for number, row in enumerate(rows, start=1)
        ),
    )
    return of_tables((table,), path=path, captured=captured)


def of_tables(tables: tuple[Table, ...], *, path: str = "sheet.xlsx", captured: str | None = None) -> Document:
    """A workbook of some sheets."""
    text = repr(tables)
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Document(
        id=f"sha256:{digest}",
        text=text,
        capture=Capture(hashlib.sha256((text + path).encode()).hexdigest(), "", len(text), path, None, captured),
        path=path,
        tables=tables,
    )


def participating(day: str, *rows: Sequence[Printed], header: Sequence[Printed] = PARTICIPATING) -> Edition:
    """An accepted edition of the participating list, printed and captured on a day."""
    return _edition("us-287g-participating", day, header, rows)


def pending(day: str, *rows: Sequence[Printed]) -> Edition:
    """An accepted edition of the pending list."""
    return _edition("us-287g-pending", day, PENDING, rows)


def _edition(name: str, day: str, header: Sequence[Printed], rows: Sequence[Sequence[Printed]]) -> Edition:
    year, month, date = day[:10].split("-")
    path = f"{name}{month}{date}{year}.xlsx"
    captured = f"{day}T12:00:00Z" if len(day) == 10 else day
    about = unlimited(name)
    return checked(
        edition(document([header, *rows], path=path, captured=captured), about, gazetteer.load()), None, about
    )


def agreement(agency: str, model: str = TFM, signed: str = "2025-03-04", **more: Printed) -> list[Printed]:
    """A row of the participating list in Florida, unless told otherwise."""
    return [
        more.get("state", "FLORIDA"),
        agency,
        more.get("type", "County"),
        more.get("county", "#N/A"),
        model,
        signed,
        more.get("moa", "link pending"),
    ]


def application(agency: str, model: str = TFM, **more: Printed) -> list[Printed]:
    """A row of the pending list."""
    return agreement(agency, model, "", **more)[:5]


def one(found: Edition) -> Entry:
    """The only entry of an edition."""
    (entry,) = found.entries
    return entry
