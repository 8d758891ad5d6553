"""The shapes of the API's answers that are not values of the model already."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, get_type_hints

import msgspec

from comity.interfaces.web.names import Found
from comity.interfaces.web.quality import Precision, precision
from comity.model import Belief, Entity, Nature, Statement
from comity.views.dossier import BeliefTimes, Entry, entry_of

__all__ = ["DossierShape", "Entities", "EntityRecord", "ErrorBody", "ErrorShape", "FacetShape", "StatementShape",
           "Statements", "registered", "registered_entry"]  # fmt: skip


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


StatementShape: Any = msgspec.defstruct(
    "RegisteredStatement",
    [
        *((each.name, get_type_hints(Statement)[each.name]) for each in fields(Statement)),
        ("facet", str),
        ("belief", BeliefTimes),
        ("sightings", int),
        ("publisher", str | None),
        ("synthetic", bool),
        ("precision", Precision | None),
    ],
    namespace={"__doc__": "A statement with its two clocks, and how often its predicate is read right."},
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
class FacetShape:
    """One matter of a dossier."""

    facet: str
    predicate: str
    nature: Nature
    status: str
    line: str
    disputed: bool
    statements: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class DossierShape:
    """All that the register holds of an entity at (as_of, known)."""

    entity: Entity
    as_of: str | None
    known: str | None
    facets: tuple[FacetShape, ...]


def registered(belief: Belief) -> dict[str, Any]:
    """A belief as the API gives it: the statement's fields, then its clocks, and how far to trust it."""
    return registered_entry(belief.facet, entry_of(belief))


def registered_entry(facet: str, entry: Entry) -> dict[str, Any]:
    """A dossier's entry likewise."""
    return {
        **msgspec.to_builtins(entry.statement),
        "facet": facet,
        "belief": entry.belief,
        "sightings": entry.sightings,
        "publisher": entry.publisher,
        "synthetic": entry.synthetic,
        "precision": precision(entry.statement),
    }
