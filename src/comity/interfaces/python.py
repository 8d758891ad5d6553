"""Comity from Python: the public verbs as ``import comity`` gives them. Thin; the work is done in the rooms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from comity import gazetteer, reading, vocabulary
from comity.errors import EntityNotFound
from comity.interfaces import telling
from comity.model import Belief, Change, Document, Entity, Kind, Mentions, Reading, Resolution
from comity.register import Recorded, Register, rules_of
from comity.views import changes as changing
from comity.views import comparison
from comity.views import conflicts as differing
from comity.views import dossier as dossiers

__all__ = [
    "add",
    "changes",
    "compare",
    "conflicts",
    "dossier",
    "entity",
    "mentions",
    "open_register",
    "read",
    "resolve",
]


def read(document: Document, *, topic: str = "", explain: bool = False) -> Reading:
    """The statements of a document, each with its exact evidence.

    Use it on what :func:`comity.load` returns. ``topic`` is a topic's name or YAML file, else the first one; raises
    VocabularyError where that doesn't hold. With ``explain`` the reading says how each statement came about.
    """
    return reading.read(document, vocabulary.load(topic), gazetteer.load(), explain=explain)


def mentions(document: Document) -> Mentions:
    """The attributions, places, bodies and dates of a document, as spans of code points into its text."""
    return reading.mentions(document)


def resolve(name: str, state: str | None = None, kind: Kind | None = None) -> Resolution:
    """Which entity a name means, which others it could mean, and why; abstains rather than guesses."""
    return gazetteer.load().resolve(name, state=state, kind=kind)


def entity(name: str) -> Entity:
    """The entity that a name or an id means.

    Raises EntityNotFound where it means none or several; its hint names those that it could mean.
    """
    known = gazetteer.load()
    direct = known.entity(name)
    if direct is not None:
        return direct
    found = known.resolve(name)
    resolved = known.entity(found.id) if found.id else None
    if resolved is None:
        could = "; ".join(f"{candidate.name}, {candidate.id}" for candidate in found.candidates[:3])
        hint = f"write an id or name the state; it could be {could}" if could else "name the state too: 'Anchorage, AK'"
        raise EntityNotFound(f"{found.outcome}: {found.reason}", where=name, hint=hint)
    return resolved


def open_register(at: str, *, topic: str = "", create: bool = True) -> Register:
    """The register at a path or URL, ready to use in ``with``; a new one is made where ``create`` allows it.

    Raises RegisterError and its kinds where that is no register, a newer one, or can't be written.
    """
    return Register.open(at, rules=rules_of(vocabulary.load(topic).predicates), create=create)


def add(register: Register, document: Document, *, topic: str = "") -> Recorded:
    """Reads a document and records its statements; safe to repeat."""
    return register.record(document, read(document, topic=topic))


def dossier(
    register: Register, name: str, *, as_of: str | None = None, known: str | None = None, topic: str = ""
) -> dossiers.Dossier:
    """All that the register holds of one entity: as the world was at ``as_of``, as the register knew it at ``known``.

    Both are ISO days (their end) or instants in UTC; None is now. Raises EntityNotFound.
    """
    found = entity(name)
    return telling.dossier(register, found, vocabulary.load(topic), as_of, known)


def changes(
    register: Register,
    window: changing.Window = changing.Window(),  # noqa: B008 - a frozen value
    *,
    topic: str = "",
) -> tuple[Change, ...]:
    """What became different on the register within ``window``: written, taken back, newly disputed."""
    rules = rules_of(vocabulary.load(topic).predicates)
    written = register.changes(window.since, window.learned_since, window.known, window.as_of)
    found: list[Change] = []
    decisions = register.decisions(window.known)
    at_odds = [
        group
        for group in telling.at_odds(register, window.as_of, window.known)
        if changing.disputed(group, (), rules, {})
    ]
    for group in at_odds:
        subject = group[0].facet.split("|")[1]
        before = register.before(window.learned_since, entity=subject) if window.learned_since else ()
        learned = register.learned([belief.statement.id for belief in group])
        copies = telling.copied(register, group, decisions, window.known)
        found += changing.disputed(group, before, rules, learned, copies)
    return changing.changes(written, found, window)


def conflicts(
    register: Register,
    name: str | None = None,
    *,
    as_of: str | None = None,
    known: str | None = None,
    topic: str = "",
) -> tuple[differing.Conflict, ...]:
    """Where accounts differ, of one entity or (``name`` None) of all; at two instants as :func:`dossier` takes them."""
    about = vocabulary.load(topic)
    if name is not None:
        found = entity(name)
        groups = iter([register.beliefs(entity=found.id, begun=as_of, known=known)])
    else:
        groups = telling.at_odds(register, as_of, known)
    return tuple(each for group in groups for each in telling.conflicts(register, group, about, as_of, known))


def compare(documents: Iterable[Document], *, topic: str = "") -> comparison.Comparison:
    """Facts down, accounts across: what the documents share, where they differ, what one alone has."""
    sources = [comparison.source(each, read(each, topic=topic), mentions(each)) for each in documents]
    return comparison.compare(sources, vocabulary.load(topic))


def accounts_of(register: Register, id: str, *, since: str | None = None) -> Iterator[comparison.Source]:
    """What the register holds of an entity, account by account, for :func:`comity.views.comparison.compare`.

    ``since`` leaves out the accounts that were published, or seen last, before that ISO day. Raises RegisterError.
    """
    by_document: dict[str, list[Belief]] = {}
    for belief in register.beliefs(entity=id):
        seen = belief.attested or belief.observed or ""
        if since is None or seen[:10] >= since:
            by_document.setdefault(belief.statement.evidence.document, []).append(belief)
    for identity, beliefs in by_document.items():
        document = register.document(identity)
        if document is None:
            continue
        if document.published is None and beliefs[0].statement.evidence.cells is not None:
            document = replace(document, published=(beliefs[0].attested or "")[:10] or None)  # an edition has its day
        told = Reading(identity, tuple(belief.statement for belief in beliefs))
        yield comparison.source(document, told, mentions(document))
