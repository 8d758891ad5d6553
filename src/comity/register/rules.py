"""What the register needs to know of a topic, as a value: natures, facets and exclusive slots of its predicates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from comity.model import Nature, Statement
from comity.register.intervals import Interval, holds

__all__ = ["PredicateRules", "Rules", "rules_of"]


class PredicateRules(Protocol):
    """A predicate as a topic declares it; the vocabulary's own class fits."""

    @property
    def nature(self) -> Nature:
        """state, event or utterance."""

    @property
    def facet(self) -> Sequence[str]:
        """The slots that tell one matter from another."""

    @property
    def exclusive(self) -> Sequence[str]:
        """The slots that can have one value at a time."""

    @property
    def figures(self) -> Sequence[str]:
        """The slots that are numbers on which accounts may differ."""

    @property
    def enums(self) -> Sequence[str]:
        """The slots that take one of the values that the topic names."""

    @property
    def lines(self) -> Sequence[tuple[str, str]]:
        """Values of the exclusive slots, and the words for them."""

    @property
    def words(self) -> Mapping[str, Mapping[str, str]]:
        """By slot, the plain words for its values."""

    @property
    def agreeing(self) -> Sequence[tuple[str, str]]:
        """Exclusive slots, and those of their values that don't contradict one another, apart by blanks."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What a topic says of its predicates, by name. What is not named is a state without facet slots.

    ``exclusive`` slots have one value at a time, ``figures`` are numbers on which accounts of one event may differ,
    ``lines`` are the wordings of a status by its value. ``alike`` maps values that don't contradict one another
    (signed, in force) to one of them, by predicate. ``enums`` are the slots that take a value that the topic names:
    what was done or said. ``words`` are plain words for values, by predicate and slot.
    """

    natures: Mapping[str, Nature] = field(default_factory=dict)
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    exclusive: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    figures: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    lines: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    alike: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    enums: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, Mapping[str, str]]] = field(default_factory=dict)

    def nature(self, predicate: str) -> Nature:
        """The nature of ``predicate``."""
        return self.natures.get(predicate, "state")

    def holds(self, statement: Statement, observed: int) -> Interval:
        """When a statement holds by its own time; see :func:`comity.register.intervals.holds`."""
        return holds(statement.time, self.nature(statement.predicate), observed)


def rules_of(predicates: Mapping[str, PredicateRules]) -> Rules:
    """The rules of a topic's predicates: ``rules_of(vocabulary.predicates)``."""
    return Rules(
        natures={name: each.nature for name, each in predicates.items()},
        facets={name: tuple(each.facet) for name, each in predicates.items()},
        exclusive={name: tuple(each.exclusive) for name, each in predicates.items()},
        figures={name: tuple(each.figures) for name, each in predicates.items()},
        lines={name: tuple(each.lines) for name, each in predicates.items()},
        alike={
            name: {value: values.split()[0] for _, values in each.agreeing for value in values.split()}
            for name, each in predicates.items()
        },
        enums={name: tuple(each.enums) for name, each in predicates.items()},
        words={name: each.words for name, each in predicates.items()},
    )
