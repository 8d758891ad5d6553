"""What is known of a list after some of its editions, and what one more does: the values of its history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from comity.model import Change, Correction, Edition, Ending, Entry, Succession

__all__ = ["Absence", "History", "Question", "State", "Step", "Withdrawal"]


@dataclass(frozen=True, slots=True)
class Question:
    """What a person should look at: on which list, its kind, the facet it is about, and a sentence."""

    list: str
    kind: str
    about: str
    detail: str


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A list that is taken back as a whole on a day, and what shows it: a path, a URL or a statement's id."""

    list: str
    date: str
    evidence: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Absence:
    """An entry that is no longer printed: since when, and in which accepted editions it was missed.

    ``first_absent`` is '' and ``editions`` empty as long as no edition that is complete for its scope missed it.
    """

    entry: Entry
    first_absent: str
    order: str
    editions: tuple[str, ...]
    asked: bool = False  # whether its absence was told


@dataclass(frozen=True, slots=True)
class State:
    """What is known of a list after some editions. ``live`` carries the statement that is believed of each row."""

    head: Edition | None = None  # the last accepted edition
    live: tuple[Entry, ...] = ()
    absent: tuple[Absence, ...] = ()
    left: tuple[Entry, ...] = ()
    last: str = ""  # id of the edition that came last, accepted or not
    first_seen: Mapping[str, str] = field(default_factory=dict)  # facet to the day of the first edition that has it
    moved: frozenset[str] = frozenset()  # facets that went on to the later list of the story
    both: frozenset[str] = frozenset()  # facets told to be on both lists of the story
    scopes: tuple[str, ...] = ()  # what some accepted edition was complete for


@dataclass(frozen=True, slots=True)
class Step:
    """What one edition did: the edition as it is to be recorded, what changed, and what the register is to do.

    An entry whose row says what it said before carries the statement believed already, so that it is a sighting.
    ``seen_again`` is an edition of the same bytes as the one before;
    ``begins`` says that the list itself began with it; ``undated`` are statements of rows that are new although no
    earlier edition is known to lack them; ``withdrawal`` stands where a list was taken back.
    """

    edition: Edition
    changes: tuple[Change, ...] = ()
    corrected: tuple[Correction, ...] = ()
    updated: tuple[Succession, ...] = ()
    ended: tuple[Ending, ...] = ()
    questions: tuple[Question, ...] = ()
    seen_again: bool = False
    begins: bool = False
    undated: tuple[str, ...] = ()
    withdrawal: Withdrawal | None = None


@dataclass(frozen=True, slots=True)
class History:
    """The steps in order, and the state of each list after them."""

    steps: tuple[Step, ...]
    states: Mapping[str, State]
