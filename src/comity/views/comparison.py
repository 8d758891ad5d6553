"""Comparison of accounts: facts down, accounts across. It judges nobody: it counts and quotes.

Two statements state one fact where their facets agree and, of events and utterances, what was done or said: a city that
disputes a notice and one that has not answered it are two facts. A fact differs where accounts give it values that
exclude one another, other figures, or deny what others state; it is shared where two or more accounts carry it, copies
of one text counting once; else one account alone has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from comity.identity import facet
from comity.model import Attribution, AttributionMention, Document, Statement, Value
from comity.views import published
from comity.vocabulary import Concept, Vocabulary

__all__ = ["Account", "Cell", "Comparison", "Fact", "Profile", "Source", "Term", "TermCell", "compare"]

Stance = Literal["states", "attributes", "denies", "silent"]
Verdict = Literal["shared", "differs", "only"]


@dataclass(frozen=True, slots=True)
class Source:
    """One account as it comes in: its document, statements and attributions."""

    document: Document
    statements: tuple[Statement, ...]
    attributions: tuple[AttributionMention, ...] = ()


@dataclass(frozen=True, slots=True)
class Profile:
    """An account in plain counts."""

    facts: int
    dated: int
    located: int
    alone: int
    own_voice: int
    attributed: int
    uncertain: int
    sources_named: int
    sources_unnamed: int
    share_in_others_words: float


@dataclass(frozen=True, slots=True)
class Account:
    """One column."""

    id: str
    path: str | None
    publisher: str | None
    published: str | None
    copy_of: str | None
    synthetic: bool
    profile: Profile


@dataclass(frozen=True, slots=True)
class Cell:
    """What one account says of one fact."""

    account: str
    stance: Stance
    value: Mapping[str, Value] | None
    attribution: tuple[Attribution, ...]
    exact: str | None


@dataclass(frozen=True, slots=True)
class Fact:
    """One row."""

    facet: str
    predicate: str
    subject: str
    verdict: Verdict
    differing: tuple[str, ...]
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class TermCell:
    """The wordings of one account for one concept."""

    account: str
    own_voice: tuple[str, ...]
    quoted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """One concept of the topic and how each account words it."""

    concept: str
    cells: tuple[TermCell, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The whole answer."""

    accounts: tuple[Account, ...]
    facts: tuple[Fact, ...]
    terms: tuple[Term, ...]


def compare(sources: Sequence[Source], vocabulary: Vocabulary) -> Comparison:
    """The comparison of accounts; their order makes no difference to the facts. The same text twice counts once."""
    unique = {source.document.id: source for source in sorted(sources, key=_order)}
    ordered = list(unique.values())
    facts = _facts(ordered, vocabulary)
    accounts = tuple(_account(source, facts) for source in ordered)
    return Comparison(accounts, tuple(facts), _terms(ordered, vocabulary.concepts.values()))


def _order(source: Source) -> tuple[str, str, str]:
    return source.document.published or "9", source.document.publisher or "", source.document.id


def _facts(sources: Sequence[Source], vocabulary: Vocabulary) -> list[Fact]:
    by_fact: dict[tuple[str, ...], dict[str, list[Statement]]] = {}
    for source in sources:
        for statement in map(published.statement, source.statements):
            told = by_fact.setdefault(_same(statement, vocabulary), {})
            told.setdefault(source.document.id, []).append(statement)
    facts = [_fact(name[0], told, sources, vocabulary) for name, told in by_fact.items()]
    rank = {"shared": 0, "differs": 1, "only": 2}
    return sorted(facts, key=lambda item: (rank[item.verdict], item.predicate, item.facet, _lead(item)))


def _same(statement: Statement, vocabulary: Vocabulary) -> tuple[str, ...]:
    """What makes two statements tell one fact: the facet; of events and utterances also what was done or said."""
    predicate = vocabulary.predicates[statement.predicate]
    kinds = () if predicate.nature == "state" else tuple(s.name for s in predicate.slots.values() if s.type == "enum")
    return (facet(statement, vocabulary.facets), *(str(statement.value.get(slot)) for slot in kinds))


def _fact(name: str, told: Mapping[str, list[Statement]], sources: Sequence[Source], vocabulary: Vocabulary) -> Fact:
    chosen = {account: min(statements, key=_weight) for account, statements in told.items()}
    first = next(iter(chosen.values()))
    predicate = vocabulary.predicates[first.predicate]
    differing = _differing(list(chosen.values()), (*predicate.exclusive, *predicate.figures))
    cells = tuple(_cell(source.document.id, chosen.get(source.document.id)) for source in sources)
    verdict: Verdict = "only" if len(chosen) == 1 else "differs" if differing else "shared"
    return Fact(name, first.predicate, first.subject.name, verdict, differing, cells)


def _lead(fact: Fact) -> str:
    return next(cell.exact or "" for cell in fact.cells if cell.value is not None)


def _weight(statement: Statement) -> tuple[int, int, int]:
    """The telling that carries most of an account: its own words first, then dated, then the earliest."""
    voices = {"own": 0, "attributed": 1, "uncertain": 2}
    return voices[statement.voice], statement.time is None, statement.evidence.start or 0


def _differing(statements: Sequence[Statement], slots: Iterable[str]) -> tuple[str, ...]:
    """The slots in which the statements contradict one another; ``polarity`` where some deny what others affirm."""
    found = [slot for slot in slots if len({str(s.value.get(slot)) for s in statements if s.value.get(slot)}) > 1]
    if len({statement.polarity for statement in statements}) > 1:
        found.append("polarity")
    return tuple(found)


def _cell(account: str, statement: Statement | None) -> Cell:
    if statement is None:
        return Cell(account, "silent", None, (), None)
    stance: Stance = "states" if statement.voice == "own" else "attributes"
    if statement.polarity == "negated" and statement.voice == "own":
        stance = "denies"
    value = {slot: given for slot, given in statement.value.items() if given is not None}
    return Cell(account, stance, value, statement.attribution, statement.evidence.exact)


def _account(source: Source, facts: Sequence[Fact]) -> Account:
    document = source.document
    mine = [fact for fact in facts if any(c.account == document.id and c.stance != "silent" for c in fact.cells)]
    voices = [statement.voice for statement in source.statements]
    spoken = [mention for mention in source.attributions if mention.speech]
    covered = _covered([span for mention in spoken for span in mention.content])
    profile = Profile(
        facts=len(mine),
        dated=sum(statement.time is not None for statement in source.statements),
        located=sum(statement.subject.id is not None for statement in source.statements),
        alone=sum(fact.verdict == "only" for fact in mine),
        own_voice=voices.count("own"),
        attributed=voices.count("attributed"),
        uncertain=voices.count("uncertain"),
        sources_named=len({_source(document, mention) for mention in spoken if mention.source and mention.named}),
        sources_unnamed=sum(not mention.named for mention in spoken),
        share_in_others_words=round(covered / max(1, len(document.text)), 3),
    )
    return Account(
        document.id, document.path, document.publisher, document.published, None, document.synthetic, profile
    )


def _source(document: Document, mention: AttributionMention) -> str:
    start, end = mention.speaker or mention.source[0]
    return document.text[start:end]


def _covered(spans: Iterable[tuple[int, int]]) -> int:
    total, reached = 0, 0
    for start, end in sorted(spans):
        total += max(0, end - max(start, reached))
        reached = max(reached, end)
    return total


def _terms(sources: Sequence[Source], concepts: Iterable[Concept]) -> tuple[Term, ...]:
    """How each account words each concept, in its own voice and inside what it quotes; unused concepts are left out."""
    result = []
    for concept in concepts:
        wordings = sorted(concept.wordings, key=lambda words: (-len(words), words))
        pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, wordings))})(?!\w)", re.IGNORECASE)
        cells = tuple(_term_cell(source, pattern) for source in sources)
        if any(cell.own_voice or cell.quoted for cell in cells):
            result.append(Term(concept.label, cells))
    return tuple(result)


def _term_cell(source: Source, pattern: re.Pattern[str]) -> TermCell:
    spoken = [span for mention in source.attributions if mention.speech for span in mention.content]
    own: set[str] = set()
    quoted: set[str] = set()
    for found in pattern.finditer(source.document.text):
        inside = any(start <= found.start() and found.end() <= end for start, end in spoken)
        (quoted if inside else own).add(found[0].lower())
    return TermCell(source.document.id, tuple(sorted(own)), tuple(sorted(quoted)))
