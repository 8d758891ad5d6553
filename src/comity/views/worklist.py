"""What waits for a person, worst first: a pure view over beliefs, questions and decisions.

Every interface shows this one queue. An item says what it is about, why it waits, with which evidence, what it could
mean, and the decisions that would settle it. It leaves the queue when one of them is made, and comes back when that is
undone, or when there is more to it than when it was decided.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from comity.identity import folded, name_of
from comity.model import Belief, Candidate, Decision, Edition, Value
from comity.register.catalogue import Gated
from comity.register.questions import Asked, Question
from comity.views import published
from comity.views.conflicts import Conflict, conflicts
from comity.views.decided import Decided
from comity.views.dossier import Entry, entry_of
from comity.views.wording import told
from comity.vocabulary import Vocabulary

__all__ = ["KINDS", "Choice", "Item", "Kept", "Kind", "in_order", "of_group", "worklist"]

Kind = Literal["edition", "entity", "conflict", "question", "margin", "dropped"]
KINDS: tuple[Kind, ...] = ("edition", "entity", "conflict", "question", "margin", "dropped")
"""Worst first: a list's whole edition, statements that no dossier shows, accounts at odds, and what may be wrong."""

_FEW = 3  # sentences that an item shows of the statements that wait
_CHOICES = 4  # candidates that an item offers to choose; all of them are listed
_LEAD = 0.25  # a resolved name whose next candidate is nearer than this is looked at (11 of 690 on the golden stories)
_SURE = 0.9  # likewise one whose spelling is not the name's (a misprint)


@dataclass(frozen=True, slots=True)
class Choice:
    """A decision that would settle an item, in the words of :class:`comity.model.Decision`, and what it says."""

    kind: str  # accept, reject, correct, same, distinct
    targets: tuple[str, ...]
    says: str
    other: str | None = None
    field: str | None = None
    value: Value = None
    all_like: bool = False  # of all statements that are alike, not of the targets alone


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that waits. ``id`` is the same as long as what waits is; ``waits`` is how many statements do."""

    id: str
    kind: Kind
    about: str  # a printed name in its state, a facet, an edition, what a question is about, a document
    name: str
    why: str
    waits: int
    statements: tuple[str, ...]
    candidates: tuple[Candidate, ...]
    entries: tuple[Entry, ...]
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """What the register keeps besides beliefs that may wait, and the decisions in force."""

    decisions: Sequence[Decision] = ()
    questions: Sequence[Asked] = ()
    refused: Sequence[Edition] = ()
    dropped: Sequence[Gated] = ()


def worklist(groups: Iterable[Iterable[Belief]], kept: Kept, topic: Vocabulary) -> tuple[Item, ...]:
    """The items that wait, worst first; of one kind, those on which most statements wait.

    ``groups`` are all beliefs known, in groups that each hold whole entities (``[beliefs]`` will do): a queue of a
    large register never holds more than one group at once.
    """
    decided = Decided(kept.decisions)
    return in_order((item for group in groups for item in of_group(group, decided, topic)), kept, decided)


def of_group(group: Iterable[Belief], decided: Decided, topic: Vocabulary) -> tuple[Item, ...]:
    """The items of whole entities, in no order, with those that were taken off the queue.

    For whoever keeps them: they stay the same until a belief in the group does, or a decision on what it is about.
    """
    beliefs = list(group)
    names: dict[tuple[str, str], list[Belief]] = {}
    margins: dict[tuple[str, str], list[Belief]] = {}
    for belief in beliefs:
        _sort_in(belief, decided, names, margins)
    return (
        *(_conflict(each) for each in conflicts(beliefs, topic) if _open(each)),
        *(_entity(name, mine, decided) for (name, _), mine in names.items()),
        *(map(_margin, margins.values())),
    )


def in_order(found: Iterable[Item], kept: Kept, decided: Decided) -> tuple[Item, ...]:
    """The queue: the items of all groups and what else is kept, without those that were taken off it, worst first."""
    every = (*found, *map(_edition, kept.refused), *map(_question, kept.questions), *map(_dropped, kept.dropped))
    waiting = {item.id: item for item in every if item.id not in decided.items}
    return tuple(sorted(waiting.values(), key=lambda item: (KINDS.index(item.kind), -item.waits, item.name, item.id)))


def _sort_in(
    belief: Belief,
    decided: Decided,
    names: dict[tuple[str, str], list[Belief]],
    margins: dict[tuple[str, str], list[Belief]],
) -> None:
    statement = belief.statement
    made = decided.on_statements.get(statement.id, ())
    if statement.review == "accepted" or any(each.field == "subject" for each in made):
        return
    subject = statement.subject
    if subject.id is None:
        name = belief.facet.split("|")[1]
        # Where no state is known another text may mean another of this name.
        text = statement.evidence.document if name == name_of(subject.name) else ""
        names.setdefault((name, text), []).append(belief)
    elif _doubtful(belief) and not decided.of_name(subject.name):
        margins.setdefault((folded(subject.name), subject.id), []).append(belief)


def _doubtful(belief: Belief) -> bool:
    subject = belief.statement.subject
    score = next((each.score for each in subject.candidates if each.id == subject.id), None)
    if score is None:
        return False
    rival = max((each.score for each in subject.candidates if each.id != subject.id), default=None)
    return score - rival < _LEAD if rival is not None else score < _SURE


# --- items -----------------------------------------------------------------------------------------------------


def _entity(name: str, beliefs: Sequence[Belief], decided: Decided) -> Item:
    first = beliefs[0].statement
    candidates = [each for each in _candidates(beliefs) if frozenset((name, each.id)) not in decided.apart]
    why = {
        "ambiguous": "several have this name",
        "kind_disputed": "nothing of the printed kind has this name",
    }.get(first.subject.outcome, "nothing known has this name")
    if candidates and first.subject.outcome != "ambiguous":
        other = " of another kind" if first.subject.outcome == "kind_disputed" else ""
        why += f"; {len(candidates) if len(candidates) > 1 else 'one'}{other} could be meant"
    ids = tuple(dict.fromkeys(belief.statement.id for belief in beliefs))
    stated = name != name_of(first.subject.name)
    choices = [
        Choice("same", (name,), f"it is {each.name}, {each.id}", other=each.id)
        if stated
        else Choice("correct", ids, f"it is {each.name}, {each.id}", field="subject", value=each.id)
        for each in candidates[:_CHOICES]
    ]
    if stated and len(candidates) == 1:
        says = f"it is not {candidates[0].name}, {candidates[0].id}"
        choices.append(Choice("distinct", (name,), says, other=candidates[0].id))
    return _item(
        "entity",
        name,
        first.subject.name,
        f"{why}; {_count(beliefs)} in no dossier",
        beliefs,
        candidates,
        [*choices, _seen("it stays unresolved")],
        text="" if stated else first.evidence.document,
    )


def _margin(beliefs: Sequence[Belief]) -> Item:
    first = beliefs[0].statement
    subject = first.subject
    candidates = _candidates(beliefs)
    chosen = next(each for each in candidates if each.id == subject.id)
    rivals = [each for each in candidates if each.id != subject.id and chosen.score - each.score < _LEAD]
    why = f"taken for {chosen.name} at {chosen.score:.2f}"
    why += f"; {rivals[0].name}, {rivals[0].id} is near at {rivals[0].score:.2f}" if rivals else "; spelt otherwise"
    choices = [
        Choice("correct", (first.id,), f"it is {each.name}, {each.id}", field="subject", value=each.id, all_like=True)
        for each in rivals
    ]
    about = f"{name_of(subject.name)}|{subject.id}"
    return _item("margin", about, subject.name, why, beliefs, candidates, [*choices, _seen("the name is right")])


def _conflict(found: Conflict) -> Item:
    ids = tuple(dict.fromkeys(each for side in found.sides for each in side.statements))
    identity = Question("conflict", found.facet, {"slot": found.slot, "statements": " ".join(sorted(ids))}).id
    why = found.line.removeprefix(f"{found.name}: ")
    choices = [Choice("reject", side.statements, f"“{told(side.value)}” is misread") for side in found.sides]
    choices.append(Choice("accept", ids, "each is read rightly; it stays disputed"))
    entries = tuple(side.entries[0] for side in found.sides)
    return Item(identity, "conflict", found.facet, found.name, why, len(ids), ids, (), entries, tuple(choices))


def _open(found: Conflict) -> bool:
    """Whether not all that is at odds was looked at."""
    return any(entry.statement.review == "machine" for side in found.sides for entry in side.entries)


def _edition(edition: Edition) -> Item:
    failed = "; ".join(check.detail for check in edition.checks if not check.ok) or "it fails its checks"
    about = f"{edition.list} {edition.name}"
    why = f"edition of {edition.date or 'an unknown day'} was refused and changes nothing: {failed}"
    return _item("edition", about, edition.list, why, (), (), [_seen("it is broken")], edition=edition.id)


def _question(asked: Asked) -> Item:
    question = asked.question
    told_in = question.detail.get("detail")
    rest = "; ".join(f"{key} {value}" for key, value in question.detail.items() if value is not None)
    name = str(question.detail.get("list") or question.about)
    why = f"{question.kind.replace('_', ' ')}: {told_in or rest or question.about} (asked {asked.since[:10]})"
    seen = Choice("accept", (asked.id,), "looked at; nothing to decide")
    return Item(asked.id, "question", question.about, name, why, 0, (), (), (), (seen,))


def _dropped(gated: Gated) -> Item:
    at = gated.dropped
    why = f"the gate dropped a {at.predicate.replace('_', ' ')} of rule {at.rule}: {at.why}"
    where = f"{gated.path or gated.document}:{at.start}-{at.end}"
    return _item(
        "dropped", gated.document, where, why, (), (), [_seen("rightly dropped")], rule=at.rule, start=at.start
    )


def _item(
    kind: Kind,
    about: str,
    name: str,
    why: str,
    beliefs: Sequence[Belief],
    candidates: Sequence[Candidate],
    choices: Sequence[Choice],
    **more: str | int | None,
) -> Item:
    ids = tuple(dict.fromkeys(belief.statement.id for belief in beliefs))
    identity = Question(kind, about, more).id
    named = tuple(choice if choice.targets else replace(choice, targets=(identity,)) for choice in choices)
    entries = tuple(entry_of(published.belief(each)) for each in beliefs[:_FEW])
    return Item(identity, kind, about, name, why, len(ids), ids, tuple(candidates), entries, named)


def _seen(says: str) -> Choice:
    """Taken off the queue as it stands; :func:`_item` puts the item's own id in."""
    return Choice("accept", (), says)


def _candidates(beliefs: Iterable[Belief]) -> list[Candidate]:
    best: dict[str, Candidate] = {}
    for belief in beliefs:
        for each in belief.statement.subject.candidates:
            if each.id not in best or best[each.id].score < each.score:
                best[each.id] = each
    return sorted(best.values(), key=lambda each: (-each.score, each.id))


def _count(beliefs: Sequence[Belief]) -> str:
    count = len({belief.statement.id for belief in beliefs})
    return f"{count} statement{'' if count == 1 else 's'}"
