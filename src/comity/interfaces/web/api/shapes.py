"""The shapes of the API's answers that are not values of the model already."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, get_type_hints

import msgspec

from comity.interfaces.web.names import Found
from comity.interfaces.web.quality import Precision, precision
from comity.model import Belief, Capture, Change, Check, Entity, Outcome, Statement
from comity.views.dossier import DRAWN, BeliefTimes, Dossier, Entry, Facet, entry_of

__all__ = [
    "ChangeList",
    "Conflicts",
    "DocumentRecord",
    "Documents",
    "DossierShape",
    "EditionRecord",
    "EditionRecords",
    "Entities",
    "EntityRecord",
    "Entries",
    "EntryRecord",
    "ErrorBody",
    "ErrorShape",
    "ListRecord",
    "Lists",
    "StatementShape",
    "Statements",
    "registered",
    "registered_entry",
    "shallow",
]


@dataclass(frozen=True, slots=True)
class ErrorBody:
    """What is wrong, where, and what to do."""

    code: str
    message: str
    where: str | None
    hint: str | None


@dataclass(frozen=True, slots=True)
class ErrorShape:
    """The one shape of an error."""

    error: ErrorBody


def _fields_of(value: type, **told: Any) -> list[tuple[str, Any]]:
    """The fields of a frozen value with their types; ``told`` are types that the API gives in their place."""
    hints = get_type_hints(value)
    return [(each.name, told.get(each.name, hints[each.name])) for each in fields(value)]


StatementShape: Any = msgspec.defstruct(
    "RegisteredStatement",
    [
        *_fields_of(Statement),
        ("facet", str),
        ("belief", BeliefTimes),
        ("sightings", int),
        ("publisher", str | None),
        ("synthetic", bool),
        ("precision", Precision | None),
    ],
    namespace={"__doc__": "A statement with its two clocks, and how often its predicate is read right."},
)

_FacetShape: Any = msgspec.defstruct(
    "FacetShape",
    [each for each in _fields_of(Facet, statements=tuple[StatementShape, ...]) if each[0] not in DRAWN],
    namespace={"__doc__": "One matter of a dossier."},
)

DossierShape: Any = msgspec.defstruct(
    "DossierShape",
    _fields_of(Dossier, facets=tuple[_FacetShape, ...]),
    namespace={"__doc__": "All that the register holds of an entity at (as_of, known)."},
)


@dataclass(frozen=True, slots=True)
class Statements:
    """A page of statements; ``next`` is the cursor of the next one."""

    statements: tuple[Any, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class Entities:
    """Entities whose names fit, those on the register first."""

    entities: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class EntityRecord:
    """One entity, what it belongs to, what belongs to it, and how much is believed of it at present."""

    entity: Entity
    parent: Entity | None
    children: tuple[Entity, ...]
    statements: int


@dataclass(frozen=True, slots=True)
class ListRecord:
    """One official list. ``withdrawn`` are the days on which it was taken back as a whole."""

    name: str
    title: str
    publisher: str | None
    url: str | None
    editions: int
    latest: str | None
    withdrawn: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists that editions are recorded of."""

    lists: tuple[ListRecord, ...]


@dataclass(frozen=True, slots=True)
class EditionRecord:
    """One edition without its entries; ``accepted`` is false where its checks failed and it changed nothing."""

    list: str
    id: str
    name: str
    date: str
    date_basis: str
    captured: str | None
    document: str
    rows: int
    scopes: tuple[str, ...]
    checks: tuple[Check, ...]
    accepted: bool


@dataclass(frozen=True, slots=True)
class EditionRecords:
    """The editions of a list."""

    editions: tuple[EditionRecord, ...]


@dataclass(frozen=True, slots=True)
class EntryRecord:
    """One row as printed, what it means and why, and the statement that it makes."""

    list: str
    edition: str
    row: int
    printed: dict[str, str]
    entity: str | None
    outcome: Outcome
    facet: str
    since: str | None
    link: str | None
    reason: str
    statement: str | None


@dataclass(frozen=True, slots=True)
class Entries:
    """A page of an edition's entries."""

    edition: EditionRecord
    entries: tuple[EntryRecord, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class ChangeList:
    """A page of changes."""

    changes: tuple[Change, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class Conflicts:
    """A page of conflicts: each with its sides, and the statements of each side."""

    conflicts: tuple[dict[str, Any], ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """One document without its text."""

    id: str
    title: str | None
    publisher: str | None
    published: str | None
    published_basis: str | None
    home_state: str | None
    path: str | None
    url: str | None
    capture: Capture
    synthetic: bool
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Documents:
    """A page of documents."""

    documents: tuple[DocumentRecord, ...]
    next: str | None


def shallow(value: Any) -> dict[str, Any]:
    """A frozen value's fields by name, as they are: what encodes them goes on from there."""
    return {name: getattr(value, name) for name in value.__dataclass_fields__}


def registered(belief: Belief) -> dict[str, Any]:
    """A belief as the API gives it: the statement's fields, then its clocks, and how far to trust it."""
    return registered_entry(belief.facet, entry_of(belief))


def registered_entry(facet: str, entry: Entry) -> dict[str, Any]:
    """A dossier's entry likewise."""
    return {
        **shallow(entry.statement),
        "facet": facet,
        "belief": entry.belief,
        "sightings": entry.sightings,
        "publisher": entry.publisher,
        "synthetic": entry.synthetic,
        "precision": precision(entry.statement),
    }
