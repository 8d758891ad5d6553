"""The dossier of an entity: every matter on the register about it, one plain status line each, then the evidence."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from comity.model import Belief, Decision, Entity, Nature, Statement, Value
from comity.register.rules import rules_of
from comity.register.status import Status, status, told_days
from comity.register.wordings import lowered
from comity.views import published
from comity.views.beside import Beside, clauses
from comity.views.decided import Decided
from comity.views.lines import figures, stem, worded
from comity.views.wording import firmness, quoted
from comity.vocabulary import Predicate, Vocabulary

__all__ = [
    "DRAWN",
    "BeliefTimes",
    "Dossier",
    "Entry",
    "Facet",
    "carrying",
    "dossier",
    "entry_of",
    "line_of",
    "with_clauses",
]

_NAMED = 3  # what a line names before it counts the rest


@dataclass(frozen=True, slots=True)
class BeliefTimes:
    """The two clocks of a statement on the register."""

    valid_from: str | None
    valid_to: str | None
    known_from: str
    known_to: str | None
    observed: str | None
    since_known: bool = True  # False: valid_from only stands in for a beginning that nobody tells


@dataclass(frozen=True, slots=True)
class Entry:
    """A statement of a facet with its clocks, and where it came from."""

    statement: Statement
    belief: BeliefTimes
    sightings: int
    publisher: str | None
    synthetic: bool
    decisions: tuple[Decision, ...] = ()  # that bear on it: on itself, or on the name that it prints


@dataclass(frozen=True, slots=True)
class Facet:
    """One matter: what the register holds for it, in one line, and all that speaks for and against.

    ``brief`` is that line without days, sizes and sources: for where these are drawn; ``beside`` what others did that
    bears on it, as "list withdrawn by 2025-06-01". JSON has the line alone: it leaves out what ``DRAWN`` names.
    """

    facet: str
    predicate: str
    nature: Nature
    status: str
    line: str
    disputed: bool
    statements: tuple[Entry, ...]
    brief: str
    beside: tuple[str, ...] = ()


DRAWN = ("brief", "beside")  # of a Facet


@dataclass(frozen=True, slots=True)
class Dossier:
    """All facets of one entity at (as_of, known)."""

    entity: Entity
    as_of: str | None
    known: str | None
    facets: tuple[Facet, ...]


def dossier(
    entity: Entity,
    beliefs: Iterable[Belief],
    topic: Vocabulary,
    as_of: str | None = None,
    known: str | None = None,
    copies: Mapping[str, str] | None = None,
    decisions: Iterable[Decision] = (),
    beside: Beside = MappingProxyType({}),
) -> Dossier:
    """The dossier of ``entity`` from its beliefs, states before events before utterances, each in the order of time.

    Its words are those that may be published. ``copies`` maps the id of a document that rewords another to that one's:
    together they are one account. ``decisions`` are those in force; each statement shows those that bear on it.
    ``beside`` are beliefs about those whom :func:`comity.views.beside.named` names: they are told with a line.
    """
    rules = rules_of(topic.predicates)
    by_facet: dict[str, list[Belief]] = {}
    own = tuple(map(published.belief, beliefs))
    for belief in own:
        by_facet.setdefault(belief.facet, []).append(belief)
    order: Mapping[Nature, int] = {"state": 0, "event": 1, "utterance": 2}
    decided = Decided(decisions)
    facets = []
    for name, found in by_facet.items():
        held = status(found, rules, as_of, copies)
        predicate = topic.predicates[found[0].statement.predicate]
        told = clauses(held, predicate, entity, own, beside, topic)
        facets.append(_facet(name, held, told, found, predicate, decided))
    facets.sort(key=lambda item: (order[item.nature], item.predicate, item.facet))
    return Dossier(entity, as_of, known, tuple(facets))


def carrying(facet: Facet, few: int) -> tuple[Entry, ...]:
    """The ``few`` entries that carry most of a facet, in the order of time: for a page that can't show them all.

    One sentence counts once, and every outlet is heard before one is heard twice; then what is dated and what fills
    more slots comes first. Where the facet has no more than ``few``, all of them.
    """
    if len(facet.statements) == 1:
        return facet.statements
    by_sentence: dict[object, Entry] = {}
    for entry in sorted(facet.statements, key=_fullness):
        evidence = entry.statement.evidence
        by_sentence.setdefault((evidence.document, evidence.start, evidence.sheet, evidence.row), entry)
    turns: dict[str | None, int] = {}
    ranked: list[tuple[int, int, Entry]] = []
    for place, entry in enumerate(by_sentence.values()):
        turn = turns[entry.publisher] = turns.get(entry.publisher, 0) + 1
        ranked.append((turn, place, entry))
    ranked.sort(key=lambda item: item[:2])
    chosen = {entry.statement.id for _, _, entry in ranked[:few]}
    return tuple(entry for entry in facet.statements if entry.statement.id in chosen)


def _fullness(entry: Entry) -> tuple[bool, bool, int, str]:
    statement = entry.statement
    filled = sum(value is not None for value in statement.value.values())
    dated = statement.time is not None and statement.time.earliest is not None
    return statement.modality != "actual", not dated, -filled, statement.id


def _facet(
    name: str, found: Status, told: Sequence[str], beliefs: list[Belief], predicate: Predicate, decided: Decided
) -> Facet:
    brief, line = _lines(found, predicate)
    return Facet(
        name,
        predicate.name,
        predicate.nature,
        found.status,
        with_clauses(line, told),
        found.disputed,
        tuple([entry_of(belief, decided.on(belief.statement)) for belief in sorted(beliefs, key=_when)]),
        brief,
        tuple(told),
    )


def line_of(found: Status, predicate: Predicate) -> str:
    """The one plain line of a matter, the same in a dossier, on a page and in an export."""
    return _lines(found, predicate)[1]


def with_clauses(line: str, told: Sequence[str]) -> str:
    """A line with what else is told of the matter."""
    return "; ".join([line.removesuffix("."), *told]) + "." if told else line


def _lines(found: Status, predicate: Predicate) -> tuple[str, str]:
    """The line of a matter without days, sizes and sources, and with them."""
    if predicate.nature != "state":
        return _happened(found, predicate)
    if predicate.lines:
        return found.words or predicate.label, found.line
    # The topic has no sentence of its own for it: under its label.
    return ": ".join(filter(None, (predicate.label, lowered(found.words)))), f"{predicate.label}: {lowered(found.line)}"


def _happened(found: Status, predicate: Predicate) -> tuple[str, str]:
    """What happened or was said; and in what size, when, and by whose account."""
    group = sorted(found.supporting, key=_when)
    if not group:
        return predicate.label, f"{predicate.label}: {lowered(found.line)}"
    said: dict[str, Value] = {}
    phrases = list(dict.fromkeys(_phrase(belief.statement, predicate, said) for belief in group))
    if len(phrases) > 1:
        said = _said_alike(group, predicate)
        phrases = list(dict.fromkeys(_phrase(belief.statement, predicate, said) for belief in group))
    what = "; ".join(filter(None, phrases[:_NAMED]))
    rest = f" and {len(phrases) - _NAMED} more" if len(phrases) > _NAMED else ""
    parts = [*filter(None, (*map(quoted, said.values()), f"{what}{rest}"))]
    beyond = [*_sizes(group, predicate), told_days(group), _source(group, found.accounts)]
    line = f"{predicate.label}: {', '.join(filter(None, (*parts, *beyond)))}."
    return (f"{predicate.label}: {', '.join(parts)}" if parts else predicate.label), line


def _said_alike(group: Sequence[Belief], predicate: Predicate) -> dict[str, Value]:
    """The printed slots of the facet that all of them tell alike: said once, before what differs."""
    first, *others = [belief.statement.value for belief in group]
    printed = (slot for slot in predicate.facet if predicate.slots[slot].type != "enum" and first.get(slot))
    return {slot: first[slot] for slot in printed if all(value.get(slot) == first[slot] for value in others)}


def _phrase(statement: Statement, predicate: Predicate, said: Container[str]) -> str:
    """The values of a statement that name what happened, with how firmly; printed words stand in quotation marks.

    What was ``said`` before is left out.
    """
    named = [slot for slot in predicate.slots.values() if slot.type == "enum" or slot.name in predicate.facet]
    words = [
        worded(predicate, slot.name, value) if slot.type == "enum" else quoted(value)
        for slot in (named or [*predicate.slots.values()][-1:])
        if slot.name not in said and (value := statement.value.get(slot.name)) is not None
    ]
    firm = [word for word in firmness(statement) if word not in words]
    return " ".join([", ".join(words), f"({', '.join(firm)})" if firm else ""]).strip()


def _sizes(group: Sequence[Belief], predicate: Predicate) -> Iterable[str]:
    """The figures of an event, each once, the lowest first: ``size 150``, ``size told as 90, 150 and 200 or more``."""
    by_stem: dict[str, dict[str, float]] = {}
    every = predicate.one_fact.figures or predicate.figures
    for belief in group:
        value = {slot: given for slot, given in belief.statement.value.items() if isinstance(given, int | float)}
        for name in dict.fromkeys(stem(slot) for slot in every if slot in value):
            slots = [slot for slot in every if stem(slot) == name and slot in value]
            for words in figures(value, slots):
                lowest = min(float(str(value[slot])) for slot in slots)
                by_stem.setdefault(name.replace("_", " "), {})[words] = lowest
    for name, found in by_stem.items():
        told_as = [words.removeprefix(f"{name} ") for words in sorted(found, key=lambda each: (found[each], each))]
        several = f"{', '.join(told_as[:-1])} and {told_as[-1]}"
        yield f"{name} told as {several}" if len(told_as) > 1 else f"{name} {told_as[0]}"


def _source(group: Sequence[Belief], accounts: int) -> str:
    if all(belief.statement.voice == "uncertain" for belief in group):
        return "whose words is uncertain"
    if all(belief.statement.voice == "attributed" for belief in group):
        names = {link.source for belief in group for link in belief.statement.attribution[:1] if link.source}
        return f"according to “{names.pop()}”" if len(names) == 1 else f"according to {len(names) or 'unnamed'} sources"
    return f"{accounts} accounts" if accounts > 1 else ""


def _when(belief: Belief) -> tuple[str, str]:
    return belief.valid_from or belief.observed or "", belief.statement.id


def entry_of(belief: Belief, decisions: tuple[Decision, ...] = ()) -> Entry:
    """A belief as it stands in a dossier or on a side of a conflict, with what was decided on it."""
    times = BeliefTimes(
        belief.valid_from, belief.valid_to, belief.known_from, belief.known_to, belief.observed, belief.since_known
    )
    return Entry(belief.statement, times, belief.sightings, belief.publisher, belief.synthetic, decisions)
