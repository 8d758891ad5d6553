"""One row of an edition, as printed and as understood.

Rows repeat from edition to edition, so :func:`read_row` remembers what it read: the same cells under the same headers
mean the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Protocol

from comity.identity import facet_of, row_id
from comity.lists.cells import choice, day, days, folded, header, links, shown
from comity.lists.definitions import Column, Definition
from comity.model import Cell, Entity, Evidence, Kind, Resolution, Statement, Subject, Time, Value

__all__ = ["READER", "Layout", "Resolver", "RowReading", "forget", "read_row"]

READER = "lists/1"
_NOBODY = Resolution("", None, None, "unknown", None, (), "the row names nobody")


class Resolver(Protocol):
    """What an edition needs of a gazetteer."""

    def resolve(self, name: str, state: str | None = None, kind: Kind | None = None) -> Resolution: ...

    def entity(self, id: str) -> Entity | None: ...

    def __hash__(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the columns stand: the header's printed texts, and the index of each column found."""

    sheet: str
    head: int
    headers: tuple[str, ...]
    columns: tuple[tuple[Column, int], ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RowReading:
    """What a row says wherever it stands; ``statement`` is None where the row names nobody."""

    printed: Mapping[str, str]
    normal: Mapping[str, Value]
    resolution: Resolution
    facet: str
    since: str | None
    link: str | None
    statement: Statement | None


def read_row(
    cells: tuple[Cell, ...], definition: Definition, gazetteer: Resolver, layout: Layout, when: str
) -> RowReading | None:
    """What a row says; None of a blank row and of one that repeats the header. ``when``: no date lies after it."""
    dated = (cells[index].text for column, index in layout.columns if column.reads == "date" and index < len(cells))
    # The edition's day only matters to a date that could lie after it.
    late = when and any(day_ > when for text in dated for day_ in days(text))
    return _read_row(cells, definition, gazetteer, layout, when if late else "")


@lru_cache(maxsize=65536)
def _read_row(
    cells: tuple[Cell, ...], definition: Definition, gazetteer: Resolver, layout: Layout, when: str
) -> RowReading | None:
    texts = tuple(shown(cell.text) for cell in cells)
    texts += ("",) * (len(layout.headers) - len(texts))
    if not any(texts[index] for _, index in layout.columns):
        return None
    subject = definition.column(definition.subject)
    at = {column.key: index for column, index in layout.columns}
    name = texts[at[subject.key]]
    if header(name) in {header(text) for text in subject.headers}:
        return None
    printed = {text: cell.text for text, cell in zip(layout.headers, cells, strict=False)}
    if not name or folded(name) in definition.blanks:
        return RowReading(printed, {}, _NOBODY, "", None, None, None)
    normal = {
        column.key: _value(column, cells[index], texts[index], definition, gazetteer, when)
        for column, index in layout.columns
        if index < len(cells)
    }
    resolution = _resolution(name, normal, definition, gazetteer)
    value: dict[str, Value] = dict.fromkeys(definition.every_slot)
    value.update({slot.name: normal.get(slot.column) if slot.column else slot.constant for slot in definition.slots})
    since = normal.get(definition.since) if definition.since else None
    linked = next((links_ for column, _ in layout.columns
                   if column.reads == "link" and isinstance(links_ := normal.get(column.key), tuple)), ())  # fmt: skip
    statement = _statement(name, value, printed, resolution, definition, gazetteer)
    if isinstance(since, str) and definition.since:
        time = Time(cells[at[definition.since]].text, since, since, since, "printed")
        statement = replace(statement, time=time)
    return RowReading(
        printed=printed,
        normal=normal,
        resolution=resolution,
        facet=_facet(name, normal, value, resolution, definition),
        since=since if isinstance(since, str) else None,
        link=linked[0] if linked else None,
        statement=statement,
    )


def forget() -> None:
    """Drop what was remembered of rows and names. Use it to measure a first reading."""
    _read_row.cache_clear()
    _named.cache_clear()


def _value(column: Column, cell: Cell, text: str, definition: Definition, gazetteer: Resolver, when: str) -> Value:
    """What a cell means under its column; None where it is blank or can't be read."""
    if column.reads == "link":
        return links(cell.link) or None
    if not text or folded(text) in definition.blanks:
        return None
    if column.reads == "choice":
        return choice(text, column.values)
    if column.reads == "date":
        return day(text, column.earliest, when or None)
    if column.reads == "state":
        found = _named(text, None, ("state", "district"), gazetteer)
        known = gazetteer.entity(found.id) if found.id else None
        return known.state if known else None
    return text


@lru_cache(maxsize=65536)
def _named(name: str, state: str | None, kinds: tuple[Kind, ...], gazetteer: Resolver) -> Resolution:
    """What a name resolves to under the first of the kinds that settles it, else what the first one says."""
    tried = [gazetteer.resolve(name, state=state, kind=kind) for kind in kinds or (None,)]
    return next((found for found in tried if found.outcome == "resolved"), tried[0])


def _resolution(name: str, normal: Mapping[str, Value], definition: Definition, gazetteer: Resolver) -> Resolution:
    printed = normal.get(definition.state) if definition.state else None
    state = printed if isinstance(printed, str) else None
    if state and folded(name) in definition.own_names:
        found = _named(state, None, ("state", "district"), gazetteer)
        return replace(found, name=name, reason=f"names its own state: {found.reason}")
    value = normal.get(definition.kind_column) if definition.kind_column else ""
    found = _named(name, state, dict(definition.kinds).get(str(value), ()), gazetteer)
    area = normal.get(definition.area) if definition.area else None
    return _within(found, area, state, gazetteer) if isinstance(area, str) and found.id else found


def _within(found: Resolution, area: str, state: str | None, gazetteer: Resolver) -> Resolution:
    """A name that is only near an agency of another county than the row prints is no name of that agency."""
    known = gazetteer.entity(found.id or "")
    parent = gazetteer.entity(known.parent) if known and known.parent else None
    if known is None or parent is None or parent.kind != "county" or folded(known.name) == folded(found.name):
        return found
    place = _named(area, state, ("county",), gazetteer)
    if place.id is None or place.id == parent.id:
        return found
    reason = f"nearest is {known.name}, but the row's county is {area}"
    return replace(found, outcome="ambiguous", id=None, reason=reason)


def _facet(
    name: str, normal: Mapping[str, Value], value: Mapping[str, Value], resolution: Resolution, definition: Definition
) -> str:
    state = normal.get(definition.state) if definition.state else None
    # Two states have offices of one name: while unresolved, the state keeps them apart.
    named = f"{name}, {state}" if state and resolution.id is None else name
    return facet_of(definition.predicate, resolution.id, named, value, definition.facet)


def _statement(
    name: str,
    value: Mapping[str, Value],
    printed: Mapping[str, str],
    resolution: Resolution,
    definition: Definition,
    gazetteer: Resolver,
) -> Statement:
    known = gazetteer.entity(resolution.id) if resolution.id else None
    slots = {slot: value.get(slot) for slot in definition.facet}
    return Statement(
        id=row_id(definition.name, definition.predicate, name, slots, printed),
        topic=definition.topic,
        predicate=definition.predicate,
        subject=Subject(
            name=name,
            id=resolution.id,
            kind=known.kind if known else resolution.kind,
            outcome=resolution.outcome,
            candidates=resolution.candidates,
        ),
        value=value,
        polarity="affirmed",
        modality="actual",
        voice="own",
        attribution=(),
        time=None,
        evidence=Evidence(document="", cells=printed),
        support=(),
        review="machine",
        reader=READER,
        vocabulary=definition.version,
    )
