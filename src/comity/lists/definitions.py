"""What is particular to a list, as values: columns, subject, statement, limits, the rule for departures.

:func:`comity.lists.loader.definition` makes them from ``data/lists/NAME.yml``; docs/lists.md explains each key.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from comity.model import Kind, Scalar

__all__ = ["Column", "Definition", "Departure", "Limits", "Meaning", "Pair", "Reads", "Scope", "Slot"]

Reads = Literal["name", "state", "choice", "date", "link", "text"]
Meaning = Literal["correction", "update"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the headers under which it was printed, how its cells read, what a changed cell means.

    ``changes`` says whether another value corrects what was printed, or tells of a change in the world.
    ``values`` maps each value of a choice to the wordings that print it; ``own`` are the wordings of a name column by
    which a row names its state. ``readable`` is the share of rows in which the
    column must be readable, where it isn't that of the list's limits.
    """

    key: str
    headers: tuple[str, ...]
    reads: Reads
    required: bool = False
    changes: Meaning = "correction"
    values: tuple[tuple[str, tuple[str, ...]], ...] = ()
    own: tuple[str, ...] = ()
    earliest: str | None = None  # ISO day, for dates
    readable: float | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """One slot of the statement that a row makes: a constant, or the value of a column."""

    name: str
    constant: Scalar = None
    column: str | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """What an edition is complete for, if its file name matches ``file``; ``*`` is the whole list.

    A scope is written ``state=WA`` or ``state=CA|kind=county``.
    """

    complete_for: tuple[str, ...]
    file: str | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """What an edition must look like to be believed; shares lie between 0 and 1."""

    least_rows: int = 1
    most_rows: int = 1_000_000
    drop: float = 0.5  # share of the previous accepted edition's rows that may be gone
    kept: float = 0.3  # share of the previous accepted edition's entries that must still be there
    altered: float = 0.2  # share of those whose other values may contradict what was printed before
    readable: float = 0.95  # share of rows in which a column must be readable
    resolved: float = 0.8  # share of names that must resolve


@dataclass(frozen=True, slots=True)
class Departure:
    """When an entry that is no longer printed has left: absent from so many accepted editions over so many days.

    Where more than the share ``mass`` of the rows vanished in one edition and are still missed, a slip is likelier:
    they want ``mass_days``.
    """

    editions: int = 3
    days: int = 7
    mass: float = 1.0
    mass_days: int = 30


@dataclass(frozen=True, slots=True)
class Pair:
    """The other list of one story: ``earlier`` leads to this one, ``later`` is what this one leads to."""

    list: str
    role: Literal["earlier", "later"]


@dataclass(frozen=True, slots=True, eq=False)
class Definition:
    """A list, described. ``version`` is its name, ``@`` and twelve hex digits of the file's hash.

    Two definitions are the same when they are one object: :func:`definition` gives one object a name.
    """

    name: str
    title: str
    publisher: str
    topic: str
    url: str | None
    formats: tuple[str, ...]
    dated: tuple[str, ...]
    scopes: tuple[Scope, ...]
    blank: tuple[str, ...]
    columns: tuple[Column, ...]
    subject: str
    state: str | None
    kinds: tuple[tuple[str, tuple[Kind, ...]], ...]  # value of ``kind_column`` to kinds, tried in turn
    kind_column: str | None
    area: str | None
    predicate: str
    slots: tuple[Slot, ...]
    every_slot: tuple[str, ...]  # of the predicate, as the topic has it
    facet: tuple[str, ...]
    since: str | None
    limits: Limits
    departure: Departure
    pair: Pair | None
    begun: str | None  # ISO day on which the list itself began, and so what its first edition says
    extra_sheets: bool
    version: str
    blanks: frozenset[str] = frozenset()  # folded ``blank``
    own_names: frozenset[str] = frozenset()  # folded wordings by which a row names its own state

    def column(self, key: str) -> Column:
        """The column of that key; KeyError where there is none."""
        for column in self.columns:
            if column.key == key:
                return column
        raise KeyError(key)
