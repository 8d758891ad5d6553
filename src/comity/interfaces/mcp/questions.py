"""What the tools take. The schemas that a client is shown are made of these; what doesn't fit is refused by them."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from comity.model import Kind

__all__ = ["Changes", "Compare", "Dossier", "Resolve", "Search", "Statement"]

_Day = Annotated[str, Meta(max_length=40, description="A day, YYYY-MM-DD, or an instant in UTC.")]
_Name = Annotated[str, Meta(min_length=1, max_length=400)]
_Entity = Annotated[
    str, Meta(min_length=1, max_length=400, description="An entity's id, or its name with its state: 'Anchorage, AK'.")
]


class Search(msgspec.Struct, forbid_unknown_fields=True):
    """Find entities (states, counties, places, school districts, agencies, federal bodies) by words of their names."""

    text: Annotated[str, Meta(min_length=1, max_length=200, description="Words, or beginnings of words, of a name.")]
    limit: Annotated[int, Meta(ge=1, le=50)] = 20


class Resolve(msgspec.Struct, forbid_unknown_fields=True):
    """Say which entity a printed name means, which others it could mean, and why; it abstains rather than guesses."""

    name: _Name
    state: Annotated[str, Meta(max_length=60, description="The state it lies in: AK or Alaska.")] | None = None
    kind: Kind | None = None


class Dossier(msgspec.Struct, forbid_unknown_fields=True):
    """Show what the register holds of an entity: a plain line for each matter, then the sentences that carry it."""

    entity: _Entity
    as_of: _Day | None = None
    known: _Day | None = None
    predicate: Annotated[str, Meta(max_length=80, description="Only matters of this predicate.")] | None = None
    statements: Annotated[int, Meta(ge=1, le=50, description="How many of each matter.")] = 3


class Changes(msgspec.Struct, forbid_unknown_fields=True):
    """Tell what became different, newest first: who joined or left a list, what began, ended or was disputed."""

    entity: _Entity | None = None
    predicate: Annotated[str, Meta(max_length=80)] | None = None
    list: Annotated[str, Meta(max_length=200, description="The name of an official list.")] | None = None
    since: _Day | None = None
    learned_since: _Day | None = None
    limit: Annotated[int, Meta(ge=1, le=100)] = 20


class Compare(msgspec.Struct, forbid_unknown_fields=True):
    """Compare what the latest texts tell of an entity: what they share, where they differ, what one alone has."""

    entity: _Entity
    known: _Day | None = None
    limit: Annotated[int, Meta(ge=1, le=200, description="How many facts.")] = 40


class Statement(msgspec.Struct, forbid_unknown_fields=True):
    """Show one statement with all that it rests on: its words and their context, sources, clocks, decisions."""

    id: Annotated[str, Meta(min_length=1, max_length=80, description="Its id, or a beginning of it that fits one.")]
    known: _Day | None = None
