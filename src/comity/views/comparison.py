"""Comparison of accounts: facts down, accounts across. It judges nobody: it counts and quotes.

Use :func:`compare` on accounts as values, freshly read or from the register. Which statements tell one fact is decided
in :mod:`comity.views.alignment`, which texts are copies in :mod:`comity.documents.copies`; copies count once. A fact is
*shared* where two or more accounts carry it; it *differs* where accounts of one matter give values that exclude one
another, other figures, or deny what others say; else one account *only* has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from comity.documents import copies as texts
from comity.model import AttributionMention, Document, Mentions, Pair, Reading, Statement, Withheld
from comity.reading import persons, sentences
from comity.reading.withholding import joined, under_way
from comity.views import published
from comity.views.alignment import Telling, matters
from comity.views.matrix import Cell, Fact, Figure, Figures, Silence, rows, silences
from comity.views.profiles import Profile, Term, TermCell, profile, terms
from comity.vocabulary import Vocabulary

__all__ = [
    "Account",
    "Cell",
    "Comparison",
    "Copied",
    "Fact",
    "Figure",
    "Figures",
    "Profile",
    "Silence",
    "Source",
    "Term",
    "TermCell",
    "compare",
    "source",
]

_SHOWN_PASSAGES = 3  # of a copy, the longest
_PASSAGE = 240  # code points of a passage that are shown


@dataclass(frozen=True, slots=True)
class Source:
    """One account as it comes in: its document, statements and attributions.

    ``known`` are the spans of places and bodies of its text: names that are never taken for a private person's.
    """

    document: Document
    statements: tuple[Statement, ...]
    attributions: tuple[AttributionMention, ...] = ()
    known: tuple[Pair, ...] = ()


def source(document: Document, reading: Reading, mentions: Mentions) -> Source:
    """An account from what a reader makes of its document."""
    places = ((each.start, each.end) for each in mentions.places)
    bodies = ((each.start, each.end) for each in mentions.bodies)
    return Source(document, reading.statements, mentions.attributions, tuple(sorted((*places, *bodies))))


@dataclass(frozen=True, slots=True)
class Account:
    """One column. ``copy_of`` is the id of the account that this one repeats; None where it stands on its own."""

    id: str
    path: str | None
    publisher: str | None
    published: str | None
    copy_of: str | None
    profile: Profile
    url: str | None
    synthetic: bool


@dataclass(frozen=True, slots=True)
class Copied:
    """A copy: which account repeats which, how, how much of it, and passages of both that show it."""

    account: str
    of: str
    kind: Literal["same", "verbatim", "reworded"]
    share: float
    passages: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The whole answer. ``notes`` say in plain words what a reader should know before the rest."""

    accounts: tuple[Account, ...]
    facts: tuple[Fact, ...]
    terms: tuple[Term, ...]
    figures: tuple[Figures, ...]
    silences: tuple[Silence, ...]
    copies: tuple[Copied, ...]
    notes: tuple[str, ...]


def compare(sources: Sequence[Source], vocabulary: Vocabulary) -> Comparison:
    """The comparison of accounts; their order makes no difference. The same text twice is one account."""
    unique = {source.document.id: source for source in sorted(sources, key=_order, reverse=True)}
    ordered = sorted(unique.values(), key=_order)
    by_id = {source.document.id: source.document.text for source in ordered}
    found = texts.copies(by_id)
    first = texts.originals(found, [source.document.id for source in sorted(ordered, key=_originality)])
    tellings = [
        Telling(source.document.id, source.document.published, statement)
        for source in ordered
        for statement in map(published.statement, source.statements)
    ]
    aligned = matters(tellings, vocabulary)
    columns = [source.document.id for source in ordered]
    facts, figures = rows(aligned, columns, first, vocabulary)
    carrying = _carrying(facts)
    accounts = tuple(_account(source, carrying.get(source.document.id, []), first, vocabulary) for source in ordered)
    return Comparison(
        accounts,
        tuple(facts),
        terms(((source.document, source.attributions) for source in ordered), vocabulary.concepts.values()),
        figures,
        silences(facts, columns, first),
        _copied(found, first, {source.document.id: source for source in ordered}, vocabulary),
        tuple(_notes(sources, ordered, facts, first)),
    )


def _order(source: Source) -> tuple[str, str, str, str]:
    document = source.document
    return document.published or "9", document.publisher or "", document.id, document.path or ""


def _originality(source: Source) -> tuple[str, int, str]:
    """Who wrote first, as far as dates tell; of one day, the longer text."""
    return source.document.published or "9", -len(source.document.text), source.document.id


def _copied(
    found: Sequence[texts.Copy], first: Mapping[str, str], by_id: Mapping[str, Source], vocabulary: Vocabulary
) -> tuple[Copied, ...]:
    """For each copy, the pair that shows it best: with the text that it goes back to, else with another copy of it."""
    pairs: dict[str, list[texts.Copy]] = {}
    for pair in found:
        pairs.setdefault(pair.one, []).append(pair)
        pairs.setdefault(pair.other, []).append(pair)
    masks: dict[str, tuple[Withheld, ...]] = {}

    def passage(account: str, span: Pair) -> str:
        if account not in masks:
            masks[account] = _mask(by_id[account], vocabulary)
        return _passage(by_id[account].document.text, span, masks[account])

    result = []
    for account in sorted(first):
        near = [pair for pair in pairs[account] if first[account] in (pair.one, pair.other)] or [
            pair for pair in pairs[account] if first.get(_other(pair, account)) == first[account]
        ]
        pair = max(near, key=lambda each: (each.share(account), each.one, each.other))
        spans = [(each.one, each.other) if pair.one == account else (each.other, each.one) for each in pair.passages]
        spans.sort(key=lambda each: each[0][0] - each[0][1])
        other = _other(pair, account)
        shown = []
        for ours, theirs in spans[:_SHOWN_PASSAGES]:
            words = passage(other, theirs)
            # Word for word both say the same: the original's words stand for both.
            shown.append((passage(account, ours) if pair.kind == "reworded" else words, words))
        result.append(Copied(account, first[account], pair.kind, pair.share(account), tuple(shown)))
    return tuple(result)


def _other(pair: texts.Copy, account: str) -> str:
    return pair.other if pair.one == account else pair.one


def _passage(text: str, span: Pair, mask: Sequence[Withheld]) -> str:
    """A passage as it may be shown: without what is withheld, on one line, cut where it is long."""
    start, end = span[0], min(span[1], span[0] + _PASSAGE)
    words = published.words(text[start:end], mask, start)
    return " ".join(words.split()) + (" …" if end < span[1] else "")


def _mask(source: Source, vocabulary: Vocabulary) -> tuple[Withheld, ...]:
    """What of an account's text is never shown."""
    text = source.document.text
    return joined(text, persons.find(text, source.known), under_way(text, sentences.split(text), vocabulary))


def _carrying(facts: Sequence[Fact]) -> dict[str, list[tuple[Fact, Cell]]]:
    """The facts that each account tells, with its cell."""
    found: dict[str, list[tuple[Fact, Cell]]] = {}
    for fact in facts:
        for cell in fact.cells:
            if cell.statement is not None:
                found.setdefault(cell.account, []).append((fact, cell))
    return found


def _account(
    source: Source, told: Sequence[tuple[Fact, Cell]], first: Mapping[str, str], vocabulary: Vocabulary
) -> Account:
    document = source.document
    counted = profile(
        document,
        source.statements,
        source.attributions,
        vocabulary.papers,
        facts=len(told),
        dated=sum(fact.when is not None and cell.time is not None for fact, cell in told),
        located=sum(fact.entity is not None for fact, _ in told),
        alone=sum(fact.verdict == "only" for fact, _ in told),
    )
    return Account(
        document.id,
        document.path,
        document.publisher,
        document.published,
        first.get(document.id),
        counted,
        document.url,
        document.synthetic,
    )


def _notes(
    given: Sequence[Source], ordered: Sequence[Source], facts: Sequence[Fact], first: Mapping[str, str]
) -> Iterable[str]:
    if not ordered:
        yield "No account was given."
        return
    if len(ordered) < len(given):
        yield f"The same text was given more than once: {len(given) - len(ordered)} left out."
    if len(ordered) == 1:
        yield "There is one account, so that there is nothing to compare it with; give two or more."
    elif len(ordered) - len(first) == 1:
        yield "All accounts repeat one text: there is one account of it, told more than once."
    silent = [source.document for source in ordered if not source.statements]
    if len(silent) == len(ordered):
        yield "The accounts state nothing on the topic."
    elif silent:
        named = ", ".join(map(_called, silent[:3]))
        more = f" and {len(silent) - 3} more" if len(silent) > 3 else ""
        yield f"State{'s' if len(silent) == 1 else ''} nothing on the topic: {named}{more}."
    if len(ordered) - len(first) > 1 and facts and all(fact.verdict == "only" for fact in facts):
        subjects = [
            {statement.subject.id or statement.subject.name: statement.subject.name for statement in source.statements}
            for source in ordered
        ]
        common = [name for key, name in subjects[0].items() if all(key in other for other in subjects[1:])]
        both = f"; all speak of {', '.join(sorted(common))}" if common else ""
        yield f"The accounts have no fact in common{both}."


def _called(document: Document) -> str:
    return document.publisher or (document.path or "").rsplit("/", 1)[-1] or document.id[:19]
