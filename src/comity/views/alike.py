"""Which statements are alike, so that one decision can be made of all of them. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from comity.identity import folded, name_of
from comity.model import Belief, Statement

__all__ = ["alike"]


def alike(belief: Belief, others: Iterable[Belief], field: str | None = None) -> tuple[str, ...]:
    """The ids of the statements that are as ``belief`` is where a decision looks; its own first.

    To correct the ``subject``: those that print the same name for the same entity, or unresolved in the same state, or
    in the same text where the state is unknown. To correct a slot: those of the
    same predicate with the same value in it. To correct what hangs on the sentence (time, voice …), to accept or to
    reject (``field`` None): those that say the same in the same words.
    """
    wanted = _key(belief.statement, belief.facet, field)
    found = {belief.statement.id: None}
    for each in others:
        if _key(each.statement, each.facet, field) == wanted:
            found[each.statement.id] = None
    return tuple(found)


def _key(statement: Statement, facet: str, field: str | None) -> tuple[object, ...]:
    name = folded(statement.subject.name)
    if field == "subject":
        named = facet.split("|")[1]
        # Of a name whose state is unknown another text may mean another.
        return name, named, statement.evidence.document if named == name_of(name) else None
    if field is not None and field in statement.value:
        return statement.predicate, statement.value[field]
    at = statement.evidence
    words = folded(at.exact) if at.exact is not None else tuple(sorted((at.cells or {}).items()))
    value = tuple(sorted((slot, given) for slot, given in statement.value.items() if given is not None))
    said = (statement.polarity, statement.modality, statement.voice)
    return facet, name, value, said, words
