"""``comity resolve``: which entity a name means, and why."""

from __future__ import annotations

import csv as csv_files
from pathlib import Path
from typing import Any, cast, get_args

from comity import gazetteer
from comity.errors import InputError, UsageError
from comity.interfaces import output
from comity.model import Kind, Resolution

__all__ = ["resolve"]


def resolve(*, as_json: bool, name: str | None, state: str | None, kind: str | None, table: dict[str, Any]) -> int:
    """Prints the resolution of one name or of a CSV column; returns 0, an unresolved name being an answer."""
    if kind is not None and kind not in get_args(Kind):
        raise UsageError(f"{kind!r} is no kind", hint=f"kinds are {', '.join(get_args(Kind))}")
    if (name is None) == (table["csv"] is None):
        raise UsageError("give one name, or --csv with --column")
    known = gazetteer.load()
    rows = [(name, state)] if name is not None else _column(**table, state=state)
    for printed, where in rows:
        _show(known.resolve(printed, state=where, kind=cast("Kind | None", kind)), as_json)
    return 0


def _column(csv: str, column: str | None, state_column: str | None, state: str | None) -> list[tuple[str, str | None]]:
    if column is None:
        raise UsageError("--csv needs --column", hint="name the column that holds the names")
    try:
        with Path(csv).open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv_files.DictReader(file))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("can't be read as CSV", where=csv) from error
    for wanted in filter(None, (column, state_column)):
        if rows and wanted not in rows[0]:
            raise InputError(f"no column {wanted!r}", where=csv, hint=f"columns are {', '.join(rows[0])}")
    return [(row[column] or "", (row[state_column] if state_column else None) or state) for row in rows]


def _show(found: Resolution, as_json: bool) -> None:
    if as_json:
        output.line(found)
        return
    print(f"{found.name}: {found.outcome}{f' = {found.id}' if found.id else ''}\n    {found.reason}")
    for candidate in found.candidates:
        print(f"    {candidate.score:.2f}  {candidate.name}  {candidate.id}")
