"""What an answer needs of the register beside the beliefs that were asked for: who copies whom, what others did.

One place for the command line, the pages and Python, so that they tell the same of the same register.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from comity import gazetteer
from comity.model import Belief, Decision, Entity
from comity.register import Register
from comity.register.instants import iso
from comity.replies import answering
from comity.views import conflicts as differing
from comity.views import dossier as dossiers
from comity.views.beside import named
from comity.vocabulary import Vocabulary

__all__ = ["at_odds", "conflicts", "copied", "dossier", "replied", "told_beside"]


def dossier(
    register: Register,
    entity: Entity,
    topic: Vocabulary,
    as_of: str | None = None,
    known: str | None = None,
    shown: Callable[[Iterable[Belief]], tuple[Belief, ...]] = tuple,
) -> dossiers.Dossier:
    """The dossier of an entity as the register holds it, copies counted once, with what else bears on a status.

    ``shown`` makes beliefs what an interface shows of them.
    """
    beliefs = shown(register.beliefs(entity=entity.id, begun=as_of, known=known))
    decisions = register.decisions(known)
    return dossiers.dossier(
        entity,
        beliefs,
        topic,
        as_of,
        known,
        copies=copied(register, beliefs, decisions, known),
        decisions=decisions,
        beside=told_beside(register, beliefs, topic, as_of, known),
    )


def copied(
    register: Register, beliefs: Iterable[Belief], decisions: Sequence[Decision], known: str | None = None
) -> dict[str, str]:
    """The documents of these beliefs that repeat another of them, each mapped to that one: together one account.

    A person's "distinct" on two documents parts them, "same" joins what no measure found; undoing it brings back what
    was found.
    """
    wanted = sorted({each.statement.evidence.document for each in beliefs if each.statement.evidence.start is not None})
    return register.copied(wanted, decisions, known) if len(wanted) > 1 else {}


def at_odds(register: Register, as_of: str | None = None, known: str | None = None) -> Iterator[tuple[Belief, ...]]:
    """The beliefs of each entity of which accounts may differ, in the order of ids; of one moment."""
    known = known or iso(register.head().at)
    after: str | None = ""
    while after is not None:
        groups, after = register.at_odds(after, begun=as_of, known=known)
        yield from groups


def conflicts(
    register: Register, beliefs: Sequence[Belief], topic: Vocabulary, as_of: str | None = None, known: str | None = None
) -> tuple[differing.Conflict, ...]:
    """Where accounts of one entity differ, copies counted once."""
    if not differing.conflicts(beliefs, topic, as_of):
        return ()  # nearly always, and without asking who copies whom
    copies = copied(register, beliefs, register.decisions(known), known)
    return differing.conflicts(beliefs, topic, as_of, copies)


def told_beside(
    register: Register, beliefs: Iterable[Belief], topic: Vocabulary, as_of: str | None = None, known: str | None = None
) -> dict[str, tuple[Belief, ...]]:
    """What is believed of those whose deeds are told with a status line: a list's authority, by its name."""
    found: dict[str, tuple[Belief, ...]] = {}
    for name, predicate in named(beliefs, topic):
        identity = gazetteer.load().resolve(name).id
        if identity is not None:
            told = register.beliefs(entity=identity, predicate=predicate, begun=as_of, known=known)
            found[name] = (*found.get(name, ()), *told)
    return found


def replied(register: Register, known: str | None = None) -> dict[str, tuple[Belief, ...]]:
    """What offices replied to statements, as editors accepted it, by the statement that is answered."""
    return answering(register.replies(known))
