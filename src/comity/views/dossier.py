"""The dossier of an entity: every matter on the register about it, one plain status line each, then the evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from comity.model import Belief, Entity, Nature, Statement
from comity.register.rules import Rules, rules_of
from comity.register.status import status
from comity.vocabulary import Vocabulary

__all__ = ["BeliefTimes", "Dossier", "Entry", "Facet", "dossier"]


@dataclass(frozen=True, slots=True)
class BeliefTimes:
    """The two clocks of a statement on the register."""

    valid_from: str | None
    valid_to: str | None
    known_from: str
    known_to: str | None
    observed: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A statement of a facet with its clocks, and where it came from."""

    statement: Statement
    belief: BeliefTimes
    sightings: int
    publisher: str | None
    synthetic: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """One matter: what the register holds for it, in one line, and all that speaks for and against."""

    facet: str
    predicate: str
    nature: Nature
    status: str
    line: str
    disputed: bool
    statements: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """All facets of one entity at (as_of, known)."""

    entity: Entity
    as_of: str | None
    known: str | None
    facets: tuple[Facet, ...]


def dossier(
    entity: Entity, beliefs: Iterable[Belief], topic: Vocabulary, as_of: str | None = None, known: str | None = None
) -> Dossier:
    """The dossier of ``entity`` from its beliefs, states before events before utterances, each in the order of time."""
    rules = rules_of(topic.predicates)
    by_facet: dict[str, list[Belief]] = {}
    for belief in beliefs:
        by_facet.setdefault(belief.facet, []).append(belief)
    order: Mapping[Nature, int] = {"state": 0, "event": 1, "utterance": 2}
    facets = [_facet(name, found, rules, topic, as_of) for name, found in by_facet.items()]
    facets.sort(key=lambda item: (order[item.nature], item.predicate, item.facet))
    return Dossier(entity, as_of, known, tuple(facets))


def _facet(name: str, beliefs: list[Belief], rules: Rules, topic: Vocabulary, as_of: str | None) -> Facet:
    found = status(beliefs, rules, as_of)
    predicate = beliefs[0].statement.predicate
    line = found.line
    if rules.nature(predicate) != "state":
        line = f"{topic.predicates[predicate].label}: {line[:1].lower()}{line[1:]}"
    return Facet(
        name,
        predicate,
        rules.nature(predicate),
        found.status,
        line,
        found.disputed,
        tuple(_entry(belief) for belief in sorted(beliefs, key=_when)),
    )


def _when(belief: Belief) -> tuple[str, str]:
    return belief.valid_from or belief.observed or "", belief.statement.id


def _entry(belief: Belief) -> Entry:
    times = BeliefTimes(belief.valid_from, belief.valid_to, belief.known_from, belief.known_to, belief.observed)
    return Entry(belief.statement, times, belief.sightings, belief.publisher, belief.synthetic)
