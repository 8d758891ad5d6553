"""A document of tables to one edition of a list: columns found, cells read, names resolved, one statement a row.

Use :func:`edition` on a document, :func:`read_edition` on a file. Nothing is thrown away: rows that can't be read stay
entries with their printed cells, and what speaks against the edition is in its checks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from comity.documents import load
from comity.lists.cells import shown
from comity.lists.columns import found_in
from comity.lists.definitions import Definition
from comity.lists.rows import Layout, Resolver, RowReading, read_row
from comity.model import Cell, Check, Document, Edition, Entry, Evidence, Publication, Table

__all__ = ["edition", "edition_date", "modified_at", "order_key", "read_again", "read_edition", "unreadable"]

_HEAD_ROWS = 30  # a title and notes may stand above the header
_FOLDER = re.compile(r"(?:^|[\\/])(\d{8})_(\d{6})(?=[\\/])")
_HALVES = {"am": "T00:00:00Z", "pm": "T12:00:00Z", "": "T00:00:00Z"}


def read_edition(
    path: str | Path,
    definition: Definition,
    gazetteer: Resolver,
    publication: Publication = Publication(),  # noqa: B008
) -> Edition:
    """The edition that a file holds. Use it for files on disk; DocumentError where the file is no document at all.

    Where neither file name, manifest nor folder tell a date, the file's time of modification does.
    """
    document = load(path, publication)
    return edition(document, definition, gazetteer, modified=modified_at(path))


def modified_at(path: str | Path) -> str | None:
    """When a file was last modified, as an ISO instant; the last resort for a date."""
    try:
        return datetime.fromtimestamp(int(Path(path).stat().st_mtime), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except OSError:
        return None


def unreadable(document: Document, definition: Definition, why: str, *, modified: str | None = None) -> Edition:
    """A refused edition for bytes that are no document at all, so that they can be kept and reported."""
    return replace(_bare(document, definition, modified), checks=(Check("document", False, why),), accepted=False)


def edition(
    document: Document,
    definition: Definition,
    gazetteer: Resolver,
    *,
    scopes: Sequence[str] | None = None,
    modified: str | None = None,
) -> Edition:
    """One publication of a list, from a document with tables.

    ``scopes`` says what it is complete for where the definition doesn't; ``modified`` is the file's time of
    modification, the last resort for a date. An edition whose columns can't be found has no entries and says so in
    ``checks`` with ``accepted`` False; :func:`comity.lists.checks.checked` looks at the rest.
    """
    bare = _bare(document, definition, modified)
    table, layout, structure = _layout(document.tables, definition)
    entries: tuple[Entry, ...] = ()
    if table is not None and layout is not None and not layout.missing:
        entries, nameless = _entries(document, definition, gazetteer, table, layout, _latest(bare))
        structure = (*structure, *nameless)
    return replace(
        bare,
        entries=entries,
        scopes=bare.scopes if scopes is None else tuple(scopes),
        checks=structure,
        accepted=all(check.ok for check in structure),
    )


def read_again(edition: Edition, definition: Definition, gazetteer: Resolver) -> Edition:
    """An edition with its rows read from what they print, as this definition and gazetteer read them.

    Use it on an edition of before: its entries then say what their own cells say, and carry no other row's statement. A
    row that can't be read under the definition stays as it was.
    """
    return replace(
        edition,
        entries=tuple(_entry_again(entry, definition, gazetteer, _latest(edition)) for entry in edition.entries),
    )


def _entry_again(entry: Entry, definition: Definition, gazetteer: Resolver, latest: str) -> Entry:
    headers = tuple(entry.printed)
    columns = found_in(headers, definition)
    linked = {
        index: " ".join(value)
        for key, index in columns.items()
        if isinstance(value := entry.normal.get(key), tuple) and definition.column(key).reads == "link"
    }
    cells = tuple(Cell(text, linked.get(index)) for index, text in enumerate(entry.printed.values()))
    layout = _layout_of("", 0, headers, columns, definition)
    found = None if layout.missing else read_row(cells, definition, gazetteer, layout, latest)
    if found is None or found.statement is None:
        return entry
    known = entry.statement.evidence if entry.statement else Evidence("")
    return _entry(entry.edition, entry.row, found, replace(known, cells=found.printed), definition)


def _latest(edition: Edition) -> str:
    """The day after which no row of it can be dated: a file's name may be older than what it holds."""
    return max(edition.date, (edition.captured or "")[:10])


def _bare(document: Document, definition: Definition, modified: str | None) -> Edition:
    """An edition without entries: what it is called, and when it was published."""
    name = re.split(r"[\\/]", document.path or document.url or "")[-1]
    retrieved = _instant(document.capture.retrieved) or _folder_instant(document.path)
    when, basis, half = edition_date(document, definition, retrieved)
    captured = retrieved or (None if when else modified)
    if modified and not when:
        when, basis = modified[:10], "last modified"
    return Edition(
        list=definition.name,
        id=f"sha256:{document.capture.sha256}",
        name=name,
        date=when,
        order=order_key(retrieved, when, half, name),
        date_basis=basis,
        captured=captured,
        document=document.id,
        entries=(),
        scopes=_scopes(definition, name),
    )


def edition_date(document: Document, definition: Definition, captured: str | None) -> tuple[str, str, str]:
    """The edition's day, what it rests on, and ``am``, ``pm`` or nothing: given, file name, the document, capture."""
    if document.published and document.published_basis == "given" and _is_day(document.published):
        return document.published, "given", ""
    name = re.split(r"[\\/]", document.path or document.url or "")[-1]
    for pattern in definition.dated:
        if match := re.search(pattern, name, re.IGNORECASE):
            groups = match.groupdict()
            text = f"{groups['year']}-{groups['month']}-{groups['day']}"
            if _is_day(text):
                return text, "file name", (groups.get("half") or "").casefold()
    if document.published and document.published_basis and _is_day(document.published):
        return document.published, document.published_basis, ""
    if captured:
        return captured[:10], "capture", ""
    return "", "unknown", ""


def order_key(captured: str | None, when: str, half: str, name: str) -> str:
    """What sorts the editions of a list: the capture's instant, else the day and its half; then the file's name."""
    return f"{captured or (when or '0000-00-00') + _HALVES.get(half, _HALVES[''])} {name}"


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _instant(text: str | None) -> str | None:
    """An ISO instant in UTC with whole seconds and ``Z``, so that instants sort as texts."""
    if not text:
        return None
    try:
        parsed = datetime.fromisoformat(text)
    except ValueError:
        return None
    parsed = parsed.replace(tzinfo=UTC) if parsed.tzinfo is None else parsed.astimezone(UTC)
    return parsed.strftime("%Y-%m-%dT%H:%M:%SZ")


def _folder_instant(path: str | None) -> str | None:
    found = _FOLDER.findall(path or "")
    if not found:
        return None
    day_, clock = found[-1]
    return _instant(f"{day_[:4]}-{day_[4:6]}-{day_[6:]}T{clock[:2]}:{clock[2:4]}:{clock[4:]}")


def _scopes(definition: Definition, name: str) -> tuple[str, ...]:
    for scope in definition.scopes:
        if scope.file is None or re.search(scope.file, name, re.IGNORECASE):
            return scope.complete_for
    return ()


# --- columns ---------------------------------------------------------------------------------------------------


def _layout(tables: Sequence[Table], definition: Definition) -> tuple[Table | None, Layout | None, tuple[Check, ...]]:
    """The table that holds the list, where its columns stand, and what is wrong with the workbook as a whole."""
    if not any(table.rows for table in tables):
        wanted = " or ".join(definition.formats)
        return None, None, (Check("table", False, f"no table in it: {definition.name} comes as {wanted}"),)
    found = [(table, layout) for table in tables if (layout := _find(table, definition)) is not None]
    if not found:
        return None, None, (Check("columns", False, "none of the list's columns is there: a foreign sheet"),)
    table, layout = max(found, key=lambda pair: (-len(pair[1].missing), len(pair[0].rows)))
    others = [other.sheet or "another table" for other in tables if other is not table and other.rows]
    checks = [
        Check("columns", False, _missing(layout.missing))
        if layout.missing
        else Check("columns", True, f"{len(layout.columns)} columns found"),
        Check("sheets", not others or definition.extra_sheets, f"foreign sheet {', '.join(others)}" if others else ""),
    ]
    return table, layout, tuple(checks)


def _missing(headers: Sequence[str]) -> str:
    return f"column{'s' if len(headers) > 1 else ''} {', '.join(headers)} {'are' if len(headers) > 1 else 'is'} missing"


def _find(table: Table, definition: Definition) -> Layout | None:
    """The row among the first that looks most like the header; None where no column is found."""
    best: tuple[int, int, Mapping[str, int]] | None = None
    for index, row in enumerate(table.rows[:_HEAD_ROWS]):
        columns = found_in(tuple(cell.text for cell in row.cells), definition)
        if columns and (best is None or len(columns) > best[0]):
            best = (len(columns), index, columns)
    if best is None:
        return None
    _, head, columns = best
    texts = tuple(shown(cell.text) or f"column {number}" for number, cell in enumerate(table.rows[head].cells, start=1))
    return _layout_of(table.sheet, head, texts, columns, definition)


def _layout_of(
    sheet: str, head: int, headers: tuple[str, ...], columns: Mapping[str, int], definition: Definition
) -> Layout:
    return Layout(
        sheet=sheet,
        head=head,
        headers=headers,
        columns=tuple((column, columns[column.key]) for column in definition.columns if column.key in columns),
        missing=tuple(
            column.headers[0] for column in definition.columns if column.required and column.key not in columns
        ),
    )


# --- rows ------------------------------------------------------------------------------------------------------


def _entries(
    document: Document, definition: Definition, gazetteer: Resolver, table: Table, layout: Layout, when: str
) -> tuple[tuple[Entry, ...], tuple[Check, ...]]:
    """The entries of a table's rows, and a check that tells of rows that name nobody."""
    entries = []
    nameless = []
    edition_id = f"sha256:{document.capture.sha256}"
    for row in table.rows[layout.head + 1 :]:
        found = read_row(row.cells, definition, gazetteer, layout, when)
        if found is None:
            continue
        if found.statement is None:
            nameless.append(row.number)
            continue
        evidence = Evidence(
            document=document.id,
            path=document.path,
            url=document.url,
            sheet=layout.sheet,
            row=row.number,
            cells=found.printed,
        )
        entries.append(_entry(edition_id, row.number, found, evidence, definition))
    if not nameless:
        return tuple(entries), ()
    return tuple(entries), (
        Check("names", True, f"{len(nameless)} rows without a name, the first is row {nameless[0]}"),
    )


def _entry(edition_id: str, number: int, found: RowReading, evidence: Evidence, definition: Definition) -> Entry:
    """The entry of a row that says something."""
    assert found.statement is not None
    return Entry(
        list=definition.name,
        edition=edition_id,
        row=number,
        printed=found.printed,
        entity=found.resolution.id,
        outcome=found.resolution.outcome,
        facet=found.facet,
        since=found.since,
        link=found.link,
        reason=found.resolution.reason,
        statement=replace(found.statement, evidence=evidence),
        normal=found.normal,
    )
