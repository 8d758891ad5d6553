"""The queue and the decisions on it, as every interface offers them: ids completed, names looked up, values read.

Use :func:`queue` for what waits and :func:`decide` for what a person decided; the register holds the rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from comity import vocabulary
from comity.errors import DecisionRefused, UsageError
from comity.identity import folded, name_of
from comity.interfaces import python
from comity.model import Belief, Decision, Value
from comity.register import Register
from comity.views.alike import alike
from comity.views.worklist import Item, Kept, worklist
from comity.vocabulary import Slot, Vocabulary

__all__ = ["Wanted", "decide", "item", "others_named", "planned", "queue"]

_OF_EVERY_STATEMENT = ("subject", "time", "polarity", "modality", "voice")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A decision as a person asks for it; ``targets`` are statements, items of the queue, names, or a decision.

    With ``all_like`` it is made of everything that is alike: see :func:`comity.views.alike.alike`; of an undo, of all
    that was decided along with it.
    """

    kind: str
    targets: tuple[str, ...]
    author: str
    reason: str
    other: str | None = None
    field: str | None = None
    value: str | None = None
    all_like: bool = False


def queue(register: Register, topic: str = "", known: str | None = None) -> tuple[Item, ...]:
    """What waits for a person, worst first; with ``known`` what waited then."""
    kept = Kept(
        register.decisions(known), register.questions(known), register.refused(known=known), register.dropped(known)
    )
    return worklist(register.by_entity(known=known), kept, vocabulary.load(topic))


def item(items: Iterable[Item], name: str) -> Item:
    """The item whose id begins with ``name``. Raises DecisionRefused where none or several do."""
    found = [each for each in items if each.id.startswith(name)]
    if len(found) != 1:
        what = "fits several items" if found else "nothing that waits has this id"
        raise DecisionRefused(what, where=name, hint="write more of the id" if found else "`comity review` prints ids")
    return found[0]


def others_named(register: Register, wanted: Wanted) -> int:
    """How many other statements print the unresolved name whose subject is corrected of some alone."""
    if wanted.kind != "correct" or wanted.field != "subject" or wanted.all_like:
        return 0
    named = {register.statement(each).facet.split("|")[1] for each in wanted.targets}
    every = sum(len(register.beliefs(entity=name)) for name in named if name.startswith("name:"))
    return max(0, every - len(wanted.targets))


def decide(register: Register, wanted: Wanted, topic: str = "") -> tuple[Decision, ...]:
    """Writes what a person decided, as one entry of the log: all of it, or none.

    Raises UsageError where author or reason are missing or a value is none of its slot's; DecisionRefused on what
    isn't there and where it contradicts an earlier decision, which it names.
    """
    return register.decide_all(planned(register, wanted, topic))


def planned(
    register: Register, wanted: Wanted, topic: str = "", waiting: Iterable[Item] | None = None
) -> Sequence[Decision]:
    """The decisions that :func:`decide` would write, without writing them; ``waiting`` is the queue, if it is there.

    Raises as :func:`decide`, but for what contradicts an earlier decision: that is seen when it is written.
    """
    for value, option in ((wanted.author, "--author"), (wanted.reason, "--reason")):
        if not value.strip():
            raise UsageError("a decision needs it", where=option, hint="say who decides and why")
    if wanted.kind == "undo":
        return [_decision(wanted, target) for target in _undone(register, wanted)]
    if wanted.kind in ("same", "distinct"):
        (name,) = wanted.targets
        return [_decision(wanted, _named(register, name), other=_named(register, wanted.other or ""))]
    if wanted.kind == "correct":
        return _corrections(register, wanted, vocabulary.load(topic))
    items = [each for each in wanted.targets if each.startswith("q-")]
    if items and waiting is None:
        waiting = queue(register, topic)
    targets = [item(waiting or (), each).id for each in items]
    for each in wanted.targets:
        if not each.startswith("q-"):
            belief = _standing(register, each)
            targets += alike(belief, register.beliefs(facet=belief.facet)) if wanted.all_like else [belief.statement.id]
    return [_decision(wanted, target) for target in dict.fromkeys(targets)]


def _standing(register: Register, name: str) -> Belief:
    """The statement with this id, unless it was rejected: then the decision is named that has to be undone first."""
    belief = register.statement(name, rejected=True)
    for each in register.decisions():
        if each.kind == "reject" and each.target == belief.statement.id:
            told = f"was rejected by {each.author} on {each.at[:10]}: {each.reason}"
            raise DecisionRefused(told, where=each.target, hint=f"undo {each.id} first")
    return belief


def _corrections(register: Register, wanted: Wanted, topic: Vocabulary) -> list[Decision]:
    found: list[Decision] = []
    for target in wanted.targets:
        belief = _standing(register, target)
        said = belief.statement
        field = (wanted.field or "").removeprefix("value.")
        value = _value(said.predicate, field, wanted.value, topic)
        printed = belief.facet.split("|")[1]
        stated = printed.startswith("name:") and printed != name_of(said.subject.name)
        if field == "subject" and wanted.all_like and value is not None and stated:
            found.append(_decision(replace(wanted, kind="same"), printed, other=str(value)))
            continue
        targets = [said.id]
        if wanted.all_like:
            near = {"entity": printed} if field == "subject" else {"predicate": said.predicate}
            targets = list(alike(belief, register.beliefs(**near), field))
        found += [_decision(wanted, each, field=field, value=value) for each in targets]
    return list({each.target: each for each in found}.values())


def _decision(
    wanted: Wanted, target: str, *, other: str | None = None, field: str | None = None, value: Value = None
) -> Decision:
    return Decision("", wanted.kind, target, other, field, value, wanted.author, "", wanted.reason)  # type: ignore[arg-type]


def _value(predicate: str, field: str, given: str | None, topic: Vocabulary) -> Value:
    """A value as it was typed, as its slot holds it; '' is unknown."""
    slots = topic.predicates[predicate].slots if predicate in topic.predicates else {}
    if field not in _OF_EVERY_STATEMENT and field not in slots:
        hint = ", ".join([*_OF_EVERY_STATEMENT, *slots])
        raise UsageError(f"a {predicate} has no such slot", where=field or "--slot", hint=hint)
    if not given:
        return None
    if field == "subject":
        return python.entity(given).id
    return given if field not in slots else _of_slot(slots[field], given)


def _of_slot(slot: Slot, given: str) -> Value:
    if slot.type == "enum" and given not in slot.values:
        raise UsageError(f"not a value of {slot.name}", where=given, hint=", ".join(slot.values))
    if slot.type == "texts":
        return tuple(part.strip() for part in given.split(";") if part.strip())
    if slot.type in ("integer", "number"):
        try:
            return int(given) if slot.type == "integer" else float(given)
        except ValueError as error:
            raise UsageError(f"{slot.name} is a number", where=given, hint="write digits only") from error
    return given


def _named(register: Register, given: str) -> str:
    """What a name, an id or a statement stands for: the entity, or the printed name in its state."""
    if given.startswith("st-"):
        return register.statement(given).facet.split("|")[1]
    if given.startswith("name:"):
        return folded(given)
    printed = name_of(given)
    if any(name == printed for name, _ in register.entities(printed)):
        return printed
    return python.entity(given).id


def _undone(register: Register, wanted: Wanted) -> list[str]:
    """The decisions to undo: the one that is named, or all that were made in one entry with it."""
    (name,) = wanted.targets
    if not wanted.all_like:
        return [name]
    made = register.decisions()
    first = next((each for each in made if each.id.startswith(name) and name.startswith("d-")), None)
    if first is None:
        return [name]
    return [each.id for each in made if (each.at, each.author, each.kind) == (first.at, first.author, first.kind)]
