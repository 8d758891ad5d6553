"""A document of tables to one edition of a list: columns found, cells read, names resolved, one statement a row.

Use :func:`edition` on a document, :func:`read_edition` on a file. Nothing is thrown away: rows that can't be read stay
entries with their printed cells, and what speaks against the edition is in its checks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Protocol

from comity.documents import load
from comity.identity import facet_of, row_id
from comity.lists.cells import choice, day, folded, links, shown
from comity.lists.columns import found_in
from comity.lists.definitions import Column, Definition
from comity.model import (
    Cell,
    Check,
    Document,
    Edition,
    Entity,
    Entry,
    Evidence,
    Kind,
    Publication,
    Resolution,
    Row,
    Statement,
    Subject,
    Table,
    Time,
    Value,
)

__all__ = ["READER", "Resolver", "edition", "edition_date", "order_key", "read_edition"]

READER = "lists/1"
_HEAD_ROWS = 30  # a title and notes may stand above the header
_FOLDER = re.compile(r"(?:^|[\\/])(\d{8})_(\d{6})(?=[\\/])")
_HALVES = {"am": "T00:00:00Z", "pm": "T12:00:00Z", "": "T00:00:00Z"}


class Resolver(Protocol):
    """What an edition needs of a gazetteer."""

    def resolve(self, name: str, state: str | None = None, kind: Kind | None = None) -> Resolution: ...

    def entity(self, id: str) -> Entity | None: ...


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where the columns stand: the header's printed texts, and the index of each column found."""

    sheet: str
    head: int
    headers: tuple[str, ...]
    columns: tuple[tuple[Column, int], ...]
    missing: tuple[str, ...]


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
    modified = datetime.fromtimestamp(int(Path(path).stat().st_mtime), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return edition(document, definition, gazetteer, modified=modified)


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
    name = re.split(r"[\\/]", document.path or document.url or "")[-1]
    captured = _instant(document.capture.retrieved) or _folder_instant(document.path)
    when, basis, half = edition_date(document, definition, captured or modified)
    table, layout, structure = _layout(document.tables, definition)
    entries: tuple[Entry, ...] = ()
    if table is not None and layout is not None and not layout.missing:
        reader = _RowReader(document, definition, gazetteer, layout, f"sha256:{document.capture.sha256}", when)
        entries = tuple(entry for row in table.rows[layout.head + 1 :] if (entry := reader.entry(row)) is not None)
        structure = (*structure, *reader.structure())
    return Edition(
        list=definition.name,
        id=f"sha256:{document.capture.sha256}",
        name=name,
        date=when,
        order=order_key(captured, when, half, name),
        date_basis=basis,
        captured=captured or modified,
        document=document.id,
        entries=entries,
        scopes=tuple(scopes) if scopes is not None else _scopes(definition, name),
        checks=structure,
        accepted=all(check.ok for check in structure),
    )


def edition_date(document: Document, definition: Definition, captured: str | None) -> tuple[str, str, str]:
    """The edition's day, what it rests on, and ``am``, ``pm`` or nothing: given, file name, last modified, capture."""
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


def _layout(tables: Sequence[Table], definition: Definition) -> tuple[Table | None, _Layout | None, tuple[Check, ...]]:
    """The table that holds the list, where its columns stand, and what is wrong with the workbook as a whole."""
    if not any(table.rows for table in tables):
        return None, None, (Check("table", False, "no table in it: not a workbook or CSV file of this list"),)
    found = [(table, layout) for table in tables if (layout := _find(table, definition)) is not None]
    if not found:
        return None, None, (Check("columns", False, "none of the list's columns is there: a foreign sheet"),)
    table, layout = max(found, key=lambda pair: (-len(pair[1].missing), len(pair[0].rows)))
    others = [other.sheet or "another table" for other in tables if other is not table and other.rows]
    checks = [
        Check("columns", False, f"column {' and '.join(layout.missing)} is missing")
        if layout.missing
        else Check("columns", True, f"{len(layout.columns)} columns found"),
        Check("sheets", not others or definition.extra_sheets, f"foreign sheet {', '.join(others)}" if others else ""),
    ]
    return table, layout, tuple(checks)


def _find(table: Table, definition: Definition) -> _Layout | None:
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
    return _Layout(
        sheet=table.sheet,
        head=head,
        headers=texts,
        columns=tuple((column, columns[column.key]) for column in definition.columns if column.key in columns),
        missing=tuple(
            column.headers[0] for column in definition.columns if column.required and column.key not in columns
        ),
    )


# --- rows ------------------------------------------------------------------------------------------------------


class _RowReader:
    """Reads the rows of one edition; holds what all rows share, and each name's resolution."""

    __slots__ = ("by_key", "definition", "document", "edition", "gazetteer", "layout", "nameless", "names", "when")

    def __init__(
        self,
        document: Document,
        definition: Definition,
        gazetteer: Resolver,
        layout: _Layout,
        edition_id: str,
        when: str,
    ) -> None:
        self.document, self.definition, self.gazetteer = document, definition, gazetteer
        self.layout, self.edition, self.when = layout, edition_id, when
        self.by_key = {column.key: index for column, index in layout.columns}
        self.names: dict[tuple[str, str | None, tuple[Kind, ...]], Resolution] = {}
        self.nameless: list[int] = []

    def structure(self) -> tuple[Check, ...]:
        """The rows that name nobody."""
        if not self.nameless:
            return ()
        return (Check("names", True, f"{len(self.nameless)} rows without a name, first row {self.nameless[0]}"),)

    def entry(self, row: Row) -> Entry | None:
        """The entry of a row; None of a blank row, of one that repeats the header, of one that names nobody."""
        definition, cells = self.definition, row.cells
        texts = [shown(cell.text) for cell in cells]
        if not any(texts[index] for index in self.by_key.values() if index < len(texts)):
            return None
        if len(found_in(tuple(texts), definition)) > 1:
            return None
        name = texts[self.by_key[definition.subject]]
        if not name or self._blank(name):
            self.nameless.append(row.number)
            return None
        normal = {column.key: self._read(column, cells[index], texts[index]) for column, index in self.layout.columns}
        resolution = self._resolve(name, normal)
        printed = {text: cell.text for text, cell in zip(self.layout.headers, cells, strict=False)}
        statement = self._statement(row, name, normal, resolution, printed)
        moa = next((normal[column.key] for column, _ in self.layout.columns if column.reads == "link"), None)
        return Entry(
            list=definition.name,
            edition=self.edition,
            row=row.number,
            printed=printed,
            entity=resolution.id,
            outcome=resolution.outcome,
            facet=self._facet(name, normal, resolution, statement.value),
            since=_text(normal.get(definition.since)) if definition.since else None,
            link=moa[0] if isinstance(moa, tuple) and moa else None,
            reason=resolution.reason,
            statement=statement,
            normal=normal,
        )

    def _blank(self, text: str) -> bool:
        return folded(text) in {folded(blank) for blank in self.definition.blank}

    def _read(self, column: Column, cell: Cell, text: str) -> Value:
        if column.reads == "link":
            return links(cell.link) or None
        if not text or self._blank(text):
            return None
        if column.reads == "choice":
            return choice(text, column.values)
        if column.reads == "date":
            return day(text, column.earliest, self.when or None)
        if column.reads == "state":
            return self._state(text)
        return text

    def _state(self, text: str) -> str | None:
        found = self._named(text, None, ("state", "district"))
        known = self.gazetteer.entity(found.id) if found.id else None
        return known.state if known else None

    def _named(self, name: str, state: str | None, kinds: tuple[Kind, ...]) -> Resolution:
        """What a name resolves to under the first of the kinds that settles it, else what the first one says."""
        key = (name, state, kinds)
        known = self.names.get(key)
        if known is None:
            tried = [self.gazetteer.resolve(name, state=state, kind=kind) for kind in kinds or (None,)]
            known = next((found for found in tried if found.outcome == "resolved"), tried[0])
            self.names[key] = known
        return known

    def _resolve(self, name: str, normal: Mapping[str, Value]) -> Resolution:
        definition = self.definition
        state = _text(normal.get(definition.state)) if definition.state else None
        own = definition.column(definition.subject).own
        if own and folded(name) in {folded(wording) for wording in own} and state:
            found = self._named(state, None, ("state", "district"))
            return replace(found, name=name, reason=f"names its own state: {found.reason}")
        value = normal.get(definition.kind_column) if definition.kind_column else ""
        return self._named(name, state, dict(definition.kinds).get(str(value), ()))

    def _facet(self, name: str, normal: Mapping[str, Value], resolution: Resolution, value: Mapping[str, Value]) -> str:
        state = normal.get(self.definition.state) if self.definition.state else None
        # Two states have offices of one name: while unresolved, the state keeps them apart.
        named = f"{name}, {state}" if state and resolution.id is None else name
        return facet_of(self.definition.predicate, resolution.id, named, value, self.definition.facet)

    def _statement(
        self,
        row: Row,
        name: str,
        normal: Mapping[str, Value],
        resolution: Resolution,
        printed: Mapping[str, str],
    ) -> Statement:
        definition = self.definition
        value: dict[str, Value] = {
            slot.name: normal.get(slot.column) if slot.column else slot.constant for slot in definition.slots
        }
        known = self.gazetteer.entity(resolution.id) if resolution.id else None
        since = _text(normal.get(definition.since)) if definition.since else None
        shown_since = printed[self.layout.headers[self.by_key[definition.since]]] if since and definition.since else ""
        return Statement(
            id=row_id(
                definition.name,
                definition.predicate,
                name,
                {slot: value.get(slot) for slot in definition.facet},
                printed,
            ),
            topic=definition.topic,
            predicate=definition.predicate,
            subject=Subject(
                name, resolution.id, known.kind if known else resolution.kind, resolution.outcome, resolution.candidates
            ),
            value=value,
            polarity="affirmed",
            modality="actual",
            voice="own",
            attribution=(),
            time=Time(shown_since, since, since, since, "printed") if since else None,
            evidence=Evidence(
                document=self.document.id,
                path=self.document.path,
                url=self.document.url,
                sheet=self.layout.sheet,
                row=row.number,
                cells=printed,
            ),
            support=(),
            review="machine",
            reader=READER,
            vocabulary=definition.version,
        )


def _text(value: Value) -> str | None:
    return value if isinstance(value, str) else None
