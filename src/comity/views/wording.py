"""Plain words for values, firmness and voice, the same wherever an answer is shown; printed words are quoted."""

from __future__ import annotations

from collections.abc import Sequence

from comity.identity import parse_facet
from comity.model import Attribution, Change, Decision, Statement, Value

__all__ = ["chain", "changed", "decided", "firmness", "quoted", "told", "voice", "wordings"]


def told(value: Value) -> str:
    """A slot's value as words; several are parted by semicolons."""
    return "; ".join(value) if isinstance(value, tuple) else str(value).replace("_", " ")


def quoted(value: Value) -> str:
    """A slot's printed words in quotation marks: whose words they are is the statement's affair, not ours."""
    return f"“{told(value)}”"


def wordings(statement: Statement) -> str:
    """All slots that a statement fills, as ``slot value, slot value``."""
    return ", ".join(f"{name.replace('_', ' ')} {told(value)}" for name, value in statement.value.items() if value)


def firmness(statement: Statement) -> tuple[str, ...]:
    """``denied``, ``planned`` …; empty for what is affirmed and actual."""
    denied = ("denied",) if statement.polarity == "negated" else ()
    return denied if statement.modality == "actual" else (*denied, statement.modality)


def chain(links: Sequence[Attribution]) -> str:
    """The chain of sources, outermost first, as printed."""
    return ", citing ".join(f"“{link.source}”" if link.source else "a source not named" for link in links)


def voice(statement: Statement) -> str:
    """Whose words a statement stands in, in one plain phrase. A list's row is neither: it stands as printed."""
    if statement.evidence.cells is not None:
        return "as printed on the list"
    if statement.voice == "own":
        return "in the outlet's own words"
    if statement.voice == "uncertain":
        return "whose words these are is uncertain"
    return f"according to {chain(statement.attribution)}"


def decided(decision: Decision) -> str:
    """What a person decided, who, when and why; nothing of our own."""
    what = {
        "accept": f"accepted {decision.target}",
        "reject": f"rejected {decision.target}",
        "correct": f"{(decision.field or '').replace('_', ' ')} of {decision.target} corrected to "
        f"{'unknown' if decision.value is None else told(decision.value)}",
        "same": f"{decision.target} is {decision.other}",
        "distinct": f"{decision.target} is not {decision.other}",
        "undo": f"{decision.target} undone",
    }[decision.kind]
    return f"{what}: {decision.author}, {decision.at[:10]}{f', “{decision.reason}”' if decision.reason else ''}"


def changed(change: Change) -> str:
    """What a change is, after its kind: whom it is about, and both sides.

    Of a list's row: the name as printed, what tells it from others, its id; of other matters what they are.
    """
    predicate, _, slots = parse_facet(change.facet)
    if change.list:
        about = ", ".join([*slots.values(), *([change.entity] if change.entity else [])])
        what = f"{change.name} ({about})" if about else change.name
    else:
        about = ", ".join(map(told, slots.values()))
        what = f"{change.name}: {told(predicate)}{f' ({about})' if about else ''}"
    if change.kind in ("renamed", "reassigned"):
        return f"{change.before} -> {what}"
    if change.kind == "unresolved":
        return f"{what}: not printed since {change.first_absent}; not proved to have left"
    if change.kind == "left":
        return f"{what}: first absent {change.first_absent}, confirmed by {change.confirmed_by}"
    if change.field is None:
        return what
    before, after = (told(side) if side not in (None, "", ()) else "nothing" for side in (change.before, change.after))
    if change.kind == "disputed":
        return f"{what}: {told(change.field)} {before}, against {after}"
    both = change.before is not None or change.list is not None
    return f"{what}: {told(change.field)}{f': {before} -> {after}' if both else f' {after}'}"
