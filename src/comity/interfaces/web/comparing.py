"""Accounts of one matter out of a register: which documents, what was read from them, and their comparison."""

from __future__ import annotations

from collections.abc import Sequence

from comity import reading
from comity.interfaces.web import publishing
from comity.interfaces.web.errors import NotFound
from comity.interfaces.web.site import Site
from comity.model import Belief, Document, Reading
from comity.register import Register
from comity.views.comparison import Comparison, Source, compare, source

__all__ = ["MOST", "accounts_of", "compared"]

MOST = 12
"""Accounts that are compared at once: their texts are read for who says what."""


def accounts_of(register: Register, about: str, known: str | None) -> tuple[Document, ...]:
    """The texts that tell something of an entity, the latest first; the rows of lists are no accounts."""
    told = register.beliefs(entity=about, known=known)
    ids = dict.fromkeys(each.statement.evidence.document for each in told if each.statement.evidence.cells is None)
    found = [document for identity in ids if (document := register.document(identity, known)) is not None]
    return tuple(sorted(found, key=lambda each: (each.published or "", each.id), reverse=True))


def compared(
    register: Register, site: Site, about: str | None, documents: Sequence[str], known: str | None
) -> Comparison:
    """The comparison of the texts about an entity, or of given documents. Raises NotFound."""

    def made() -> Comparison:
        if documents:
            texts = [_document(register, each, known) for each in dict.fromkeys(documents)]
        else:
            texts = list(accounts_of(register, about, known)[:MOST]) if about is not None else []
        return compare([_source(register, each, about, known) for each in texts], site.topic)

    return site.kept.get(register, ("compare", about, tuple(documents), known), made)


def _document(register: Register, identity: str, known: str | None) -> Document:
    found = register.document(identity, known)
    if found is None:
        raise NotFound("no document has this id", where=identity, hint="look at the documents")
    return found


def _source(register: Register, document: Document, about: str | None, known: str | None) -> Source:
    told: tuple[Belief, ...] = register.beliefs(document=document.id, known=known)
    statements = tuple(
        each.statement for each in publishing.beliefs(told) if about is None or each.facet.split("|")[1] == about
    )
    return source(document, Reading(document.id, statements), reading.mentions(document))
