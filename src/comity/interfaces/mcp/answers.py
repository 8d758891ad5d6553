"""What the tools give: values of the register as they may be published, each statement with the words that carry it.

A statement never goes out without its evidence, its source, its review and its id; what has no words that may be shown
(a sealed text) is left out, and counted.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from comity.interfaces import dates, python
from comity.interfaces.mcp import questions
from comity.interfaces.web import publishing
from comity.interfaces.web.comparing import compared
from comity.interfaces.web.errors import NotFound
from comity.interfaces.web.pages.changes import Asked
from comity.interfaces.web.pages.changes import found as changed
from comity.interfaces.web.pages.dossier import held
from comity.interfaces.web.pages.statements import believed, decided
from comity.interfaces.web.quality import precision
from comity.interfaces.web.site import Site, last_commit
from comity.interfaces.web.words import address
from comity.model import Change, Entity, Evidence, Statement
from comity.register import Register
from comity.views.dossier import Entry, Facet, carrying, entry_of
from comity.views.matrix import Cell, Fact, Figures

__all__ = ["changes", "compare", "dossier", "resolve", "search", "statement"]

_MATTERS = 40
_SEEN = 12  # sightings of a statement, the latest


def search(register: Register, site: Site, asked: questions.Search) -> dict[str, Any]:
    """Entities by their names, those on the register first."""
    found = site.names.search(register, asked.text, asked.limit)
    counts = register.counted([each.id for each in found])
    told = [{**msgspec.to_builtins(each), "statements": counts.get(each.id, 0), **_at_entity(site, each.id)}
            for each in found]  # fmt: skip
    return {"known": last_commit(register), "entities": told}


def resolve(register: Register, site: Site, asked: questions.Resolve) -> dict[str, Any]:
    """What a name means, and what else it could mean."""
    del register
    found: dict[str, Any] = msgspec.to_builtins(site.gazetteer.resolve(asked.name, asked.state, asked.kind))
    for candidate in found["candidates"]:
        candidate |= {"name": site.label(candidate["id"]), **_at_entity(site, candidate["id"])}
    return found


def dossier(register: Register, site: Site, asked: questions.Dossier) -> dict[str, Any]:
    """The matters of an entity, each with the statements that carry most of it."""
    as_of, known = dates.day(asked.as_of, "as_of"), dates.day(asked.known, "known")
    entity = _entity(site, asked.entity)
    facets = held(register, site, entity.id, as_of, known).facets
    wanted = [each for each in facets if asked.predicate in (None, each.predicate)]
    matters = [_matter(register, site, each, asked.statements) for each in wanted[:_MATTERS]]
    return {
        "entity": _named(site, entity),
        "as_of": as_of,
        "known": known or last_commit(register),
        "matters": [each for each in matters if each["statements"]],
        "left_out": {"matters": max(0, len(wanted) - _MATTERS), "without_evidence": _bare(wanted)},
    }


def changes(register: Register, site: Site, asked: questions.Changes) -> dict[str, Any]:
    """What became different, each with the words that show it, and the statements on the register that it is about."""
    entity = _entity(site, asked.entity).id if asked.entity else None
    since, learned = dates.day(asked.since, "since"), dates.day(asked.learned_since, "learned_since")
    narrowed = Asked(entity, asked.predicate, asked.list, since, learned, None)
    found = changed(register, site, narrowed, asked.limit)[: asked.limit]
    shown = [each for each in found if any(map(_carries, each.evidence))]
    return {
        "known": last_commit(register),
        "changes": [_change(register, site, each) for each in shown],
        "left_out": {"without_evidence": len(found) - len(shown)},
    }


def compare(register: Register, site: Site, asked: questions.Compare) -> dict[str, Any]:
    """The latest texts about an entity beside one another."""
    known = dates.day(asked.known, "known")
    entity = _entity(site, asked.entity)
    found = compared(register, site, entity.id, (), known)
    told = register.beliefs(entity=entity.id, known=known)
    reviews = {belief.statement.id: belief.statement.review for belief in told}
    facts = [_fact(site, each, reviews) for each in found.facts[: asked.limit]]
    accounts = [
        {"id": each.id, "publisher": each.publisher, "published": each.published, "url": each.url,
         "copy_of": each.copy_of, "synthetic": each.synthetic, "address": _address(site, f"/document/{each.id}")}
        for each in found.accounts
    ]  # fmt: skip
    return {
        "entity": _named(site, entity),
        "known": known or last_commit(register),
        "accounts": accounts,
        "facts": [each for each in facts if each["cells"]],
        "figures": [_figures(site, each, reviews) for each in found.figures],
        "notes": found.notes,
        "left_out": {"facts": max(0, len(found.facts) - asked.limit)},
    }


def statement(register: Register, site: Site, asked: questions.Statement) -> dict[str, Any]:
    """One statement with all that it rests on."""
    known = dates.day(asked.known, "known")
    belief = believed(register, asked.id, known)
    one = belief.statement
    if not _carries(one.evidence):
        raise NotFound("its words are not shown", where=one.id, hint="its text was taken off; the hash stays")
    seen = register.sightings(one.id, known)
    whole = _statement(register, site, belief.facet, entry_of(belief, decided(register, one.id, known)))
    whole["evidence"] |= {"prefix": one.evidence.prefix, "suffix": one.evidence.suffix}
    whole["subject"]["candidates"] = one.subject.candidates
    return {
        "known": known or last_commit(register),
        "statement": {**whole, "support": one.support, "reader": one.reader, "vocabulary": one.vocabulary},
        "seen": seen[-_SEEN:],
        "left_out": {"seen": max(0, len(seen) - _SEEN)},
    }


def _entity(site: Site, given: str) -> Entity:
    return site.entity(given) or python.entity(given)


def _named(site: Site, entity: Entity) -> dict[str, Any]:
    return {"id": entity.id, "name": site.label(entity.id), "kind": entity.kind, **_at_entity(site, entity.id)}


def _matter(register: Register, site: Site, facet: Facet, few: int) -> dict[str, Any]:
    shown = [each for each in carrying(facet, few) if _carries(each.statement.evidence)]
    return {
        "facet": facet.facet,
        "predicate": facet.predicate,
        "nature": facet.nature,
        "status": facet.status,
        "line": facet.line,
        "disputed": facet.disputed,
        "statements": [_statement(register, site, facet.facet, each) for each in shown],
        "more": len(facet.statements) - len(shown),
    }


def _statement(register: Register, site: Site, facet: str, entry: Entry) -> dict[str, Any]:
    """A statement as a tool gives it: what is said, then the words, the source and how far to trust it."""
    one = entry.statement
    return {
        "id": one.id,
        "address": _address(site, f"/statement/{one.id}"),
        "facet": facet,
        "predicate": one.predicate,
        "subject": {"name": one.subject.name, "id": one.subject.id, "outcome": one.subject.outcome},
        "value": {slot: given for slot, given in one.value.items() if given is not None},
        "polarity": one.polarity,
        "modality": one.modality,
        "voice": one.voice,
        "attribution": one.attribution,
        "time": one.time,
        "evidence": _words(one.evidence),
        "source": _source(register, site, one.evidence),
        "review": one.review,
        "precision": precision(one),
        "belief": entry.belief,
        "sightings": entry.sightings,
        "decisions": entry.decisions,
    }


def _words(at: Evidence) -> dict[str, Any]:
    """The sentence with where it stands in its document, or the row of a list as printed."""
    if at.cells is not None:
        return {"cells": at.cells, "sheet": at.sheet, "row": at.row, "document": at.document}
    return {"exact": at.exact, "start": at.start, "end": at.end, "document": at.document}


def _source(register: Register, site: Site, at: Evidence) -> dict[str, Any]:
    document = register.document(at.document)
    return {
        "publisher": document.publisher if document else None,
        "published": document.published if document else None,
        "title": publishing.document(document).title if document else None,
        "url": at.url or (document.url if document else None),
        "synthetic": bool(document and document.synthetic),
        "address": _address(site, f"/document/{at.document}"),
    }


def _change(register: Register, site: Site, change: Change) -> dict[str, Any]:
    told: dict[str, Any] = msgspec.to_builtins(change)
    entity = site.entity(change.entity) if change.entity else None
    shown = [each for each in change.evidence if _carries(each)]
    return {
        **told,
        "entity": _named(site, entity) if entity else None,
        "evidence": [{**_words(each), "source": _source(register, site, each)} for each in shown],
        "statements": [_reference(site, each) for each in _about(register, change)],
    }


def _about(register: Register, change: Change) -> list[Statement]:
    """The statements on the register that a change is about: those of its words, else the latest of its matter."""
    held = [belief.statement for belief in register.page(facet=change.facet, limit=50)[0]]
    spots = {_spot(each) for each in change.evidence}
    return [each for each in held if _spot(each.evidence) in spots] or held[-1:]


def _spot(at: Evidence) -> tuple[object, ...]:
    return at.document, at.start, at.sheet, at.row


def _reference(site: Site, one: Statement) -> dict[str, Any]:
    return {"id": one.id, "address": _address(site, f"/statement/{one.id}"), "review": one.review}


def _fact(site: Site, fact: Fact, reviews: Mapping[str, str]) -> dict[str, Any]:
    return {
        "line": fact.line,
        "verdict": fact.verdict,
        "facet": fact.facet,
        "predicate": fact.predicate,
        "when": fact.when,
        "differing": fact.differing,
        "cells": _cells(site, fact.cells, reviews),
        "silent": [each.account for each in fact.cells if each.stance == "silent"],
    }


def _figures(site: Site, figures: Figures, reviews: Mapping[str, str]) -> dict[str, Any]:
    told = [{"words": each.words, "value": each.value, "told": _cells(site, each.told, reviews)}
            for each in figures.figures]  # fmt: skip
    return {"facet": figures.facet, "line": figures.line, "figures": told}


def _cells(site: Site, cells: tuple[Cell, ...], reviews: Mapping[str, str]) -> list[dict[str, Any]]:
    """What accounts say of a fact, each with its words, its statement and that one's review."""
    return [
        {
            "account": each.account,
            "stance": each.stance,
            "value": {slot: given for slot, given in (each.value or {}).items() if given is not None},
            "voice": each.voice,
            "attribution": each.attribution,
            "exact": each.exact,
            "statement": each.statement,
            "address": _address(site, f"/statement/{each.statement}"),
            "review": reviews.get(each.statement or "", "machine"),
        }
        for each in cells
        if each.exact and each.statement
    ]


def _carries(at: Evidence) -> bool:
    return bool(at.exact or at.cells)


def _bare(facets: list[Facet]) -> int:
    return sum(not _carries(entry.statement.evidence) for facet in facets for entry in facet.statements)


def _at_entity(site: Site, identity: str) -> dict[str, str | None]:
    return {"address": _address(site, f"/entity/{identity}")}


def _address(site: Site, path: str) -> str | None:
    """The permanent address on the public site, where there is one; the id says it everywhere else."""
    return site.serving.address + address(path) if site.serving.address else None
