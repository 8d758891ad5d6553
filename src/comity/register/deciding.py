"""Decisions of persons: accept, reject, correct, same, distinct, and undo; each with author, time and reason.

A decision on a statement is laid over what was read, never written into it: the reading stays as it is, and undoing the
decision brings it back. Merges are kept apart from beliefs: what is the same is asked when beliefs are read.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from sqlalchemy import Connection, and_, or_, select

from comity.errors import DecisionRefused, UsageError
from comity.identity import canonical, parse_facet
from comity.model import Decision, Statement, Subject, Time, Value
from comity.register.dialects import among
from comity.register.draft import Draft
from comity.register.holdings import Held, Opening, base_facet, full_id, held, refaceted, reopen
from comity.register.instants import OPEN, days, iso
from comity.register.intervals import carried
from comity.register.moments import head_of
from comity.register.rows import decode, encode
from comity.register.tables import table

__all__ = [
    "CHOICES",
    "KINDS",
    "Joined",
    "active",
    "as_decided",
    "carry",
    "decide",
    "decide_all",
    "decided",
    "decision_of",
    "in_force",
    "joined",
    "overlaid",
    "write_decision",
]

KINDS = ("accept", "reject", "correct", "same", "distinct", "undo")
_STATEMENT_KINDS = ("accept", "reject", "correct")
_ITEM = re.compile(r"q-[0-9a-f]{16}\Z")  # of the worklist: what is looked at there needn't be a statement
_ENTITIES = ("ocd-division/", "ori:", "nces:", "body:")  # a government's id before an agency's, any before a name
CHOICES: Mapping[str, tuple[str, ...]] = {
    "polarity": ("affirmed", "negated"),
    "modality": ("actual", "planned", "possible", "required", "hypothetical"),
    "voice": ("own", "attributed", "uncertain"),
}


class Joined(NamedTuple):
    """Which ids a person has called the same: each to the one that stands for all."""

    standing: dict[str, str]

    def of(self, identity: str) -> str:
        """The id that stands for ``identity``."""
        return self.standing.get(identity, identity)

    def members(self, identity: str) -> tuple[str, ...]:
        """All ids that are the same as ``identity``, itself included."""
        name = self.of(identity)
        return tuple(sorted({identity, name, *(each for each, by in self.standing.items() if by == name)}))


def decide_all(draft: Draft, wanted: Iterable[Decision]) -> tuple[Decision, ...]:
    """Write decisions as one log entry, all or none; see :func:`decide`."""
    made = []
    for each in wanted:
        made.append(decide(draft, each))
        draft.write()  # what the next one asks sees it
    if len(made) > 1:
        draft.detail = {"decisions": [each.id for each in made], "author": made[0].author}
    return tuple(made)


def decide(draft: Draft, wanted: Decision) -> Decision:
    """Write one decision (its ``id`` and ``at`` are made here) and what follows from it for beliefs.

    Raises DecisionRefused, UsageError.
    """
    kind = wanted.kind
    if kind not in KINDS:
        raise UsageError("no such decision", where=kind, hint=f"one of {', '.join(KINDS)}")
    if not wanted.author.strip():
        raise UsageError("a decision needs an author", where=kind)
    if kind == "undo":
        return _undo(draft, wanted)
    if kind in ("same", "distinct"):
        _check_pair(draft.connection, kind, wanted.target, wanted.other)
        return write_decision(draft, wanted)
    if kind != "correct" and _ITEM.match(wanted.target):
        return write_decision(draft, wanted)
    if kind == "correct":
        _check_correction(wanted.field, wanted.value)
    target = full_id(draft.connection, wanted.target)
    if target not in held(draft.connection, [target]):
        raise DecisionRefused("is not believed at present", where=target)
    past = active(draft.connection, None, targets=[target])
    decision = write_decision(draft, replace(wanted, target=target))
    _lay_over(draft, decision, past, [*past, decision])
    return decision


def carry(draft: Draft, decisions: Iterable[Decision], target: str) -> None:
    """Let decisions go on with another statement, ``target``: author, time and reason stay theirs."""
    d = table("decisions")
    for each in decisions:
        draft.close("decisions", draft.connection.execute(select(d.c.n).where(d.c.id == each.id)).scalar_one())
        write_decision(draft, replace(each, target=target, carried=each.id))


def active(
    connection: Connection, known: int | None, *, kinds: Sequence[str] = (), targets: Iterable[str] | None = None
) -> list[Decision]:
    """The decisions in force at ``known`` (None: now), oldest first."""
    d = table("decisions")
    query = select(d).order_by(d.c.n)
    if known is None:
        query = query.where(d.c.known_to == OPEN)
    else:
        query = query.where(d.c.known_from <= known, d.c.known_to > known)
    if kinds:
        query = query.where(d.c.kind.in_(kinds))
    if targets is None:
        return [decision_of(row) for row in connection.execute(query)]
    wanted = list(dict.fromkeys(targets))
    query = query.where(among(connection, d.c.target, wanted))
    return [decision_of(row) for row in connection.execute(query)] if wanted else []


def decided(connection: Connection, statements: Iterable[str], known: int | None = None) -> dict[str, list[Decision]]:
    """The decisions on each of these statements that are in force at ``known`` (None: now), oldest first."""
    found: dict[str, list[Decision]] = {}
    for decision in active(connection, known, targets=statements):
        found.setdefault(decision.target, []).append(decision)
    return found


def in_force(connection: Connection, known: int | None) -> tuple[Decision, ...]:
    """All of them, kept with the connection until the log has a new entry: every dossier asks for them."""
    head = head_of(connection)
    kept = connection.info.get("decisions")
    if kept is None or kept[:2] != (head, known):
        kept = connection.info["decisions"] = head, known, tuple(active(connection, known))
    return kept[2]


def decision_of(row: Any) -> Decision:
    """A row of the table as a value."""
    body = decode(row.body)
    value, carried = body["value"], body.get("carried") or {}
    return Decision(
        id=row.id,
        kind=row.kind,
        target=row.target,
        other=row.other,
        field=body["field"],
        value=tuple(value) if isinstance(value, list) else value,
        author=body["author"],
        at=carried.get("at") or iso(row.known_from) or "",
        reason=body["reason"],
        carried=carried.get("from"),
    )


def joined(decisions: Iterable[Decision]) -> Joined:
    """What follows from the "same" among ``decisions``: groups, each under its most settled id."""
    parent: dict[str, str] = {}

    def root(each: str) -> str:
        while parent.setdefault(each, each) != each:
            each = parent[each]
        return each

    for decision in decisions:
        if decision.kind == "same" and decision.other is not None:
            one, two = sorted((root(decision.target), root(decision.other)), key=_settled)
            parent[two] = one
    return Joined({each: root(each) for each in parent})


def overlaid(statement: Statement, decisions: Iterable[Decision]) -> Statement:
    """``statement`` with the corrections and the review of ``decisions`` (those on it), in their order."""
    for decision in decisions:
        if decision.kind == "accept" and statement.review == "machine":
            statement = replace(statement, review="accepted")
        elif decision.kind == "correct" and decision.field is not None:
            statement = replace(_corrected(statement, decision.field, decision.value), review="corrected")
    return statement


def _corrected(statement: Statement, field: str, value: Value) -> Statement:
    if field == "subject":
        old = statement.subject
        if value is None:
            return replace(statement, subject=replace(old, id=None, outcome="unknown"))
        kind = old.kind if old.id == value else None
        return replace(statement, subject=Subject(old.name, str(value), kind, "resolved", old.candidates))
    if field == "time":
        text = statement.time.text if statement.time else ""
        if value is None:
            return replace(statement, time=Time(text, None, None, None, "decision"))
        first, last = (_day(at) for at in days(str(value)))
        return replace(statement, time=Time(text, str(value), first, last, "decision"))
    if field in CHOICES:
        changed: dict[str, Any] = {field: value}
        return replace(statement, **changed)
    return replace(statement, value={**statement.value, field.removeprefix("value."): value})


def _day(at: int) -> str:
    return (iso(at) or "")[:10]


def _check_correction(field: str | None, value: Value) -> None:
    if not field:
        raise UsageError("a correction needs a field", where="correct", hint="subject, time, voice, or a slot")
    if field in CHOICES and value not in CHOICES[field]:
        raise UsageError(f"not a value of {field}", where=str(value), hint=", ".join(CHOICES[field]))
    if field == "time" and value is not None:
        days(str(value))


def _check_pair(connection: Connection, kind: str, target: str, other: str | None) -> None:
    if not other or other == target:
        raise UsageError("needs two different ids", where=kind)
    there = [_exists(connection, identity) for identity in (target, other)]
    for identity, known in zip((target, other), there, strict=True):
        if not known and not (any(there) and _is_entity(identity)):
            raise DecisionRefused("nothing on the register has this id", where=identity, hint="`show` prints ids")
    decisions = active(connection, None, kinds=("same", "distinct"))
    groups = joined(decisions)
    if kind == "distinct" and groups.of(target) == groups.of(other):
        earlier = next(
            each for each in decisions if each.kind == "same" and groups.of(each.target) == groups.of(target)
        )
        raise _contradicts(earlier, "same", target, other)
    if kind == "same":
        ours, theirs = set(groups.members(target)), set(groups.members(other))
        for each in decisions:
            pair = (each.target, each.other)
            crosses = (pair[0] in ours and pair[1] in theirs) or (pair[0] in theirs and pair[1] in ours)
            if each.kind == "distinct" and crosses:
                raise _contradicts(each, "distinct", target, other)
        if any(each.startswith("name:") for each in (target, other)):
            _check_name(decisions, ours, theirs, target, other)


def _check_name(decisions: Iterable[Decision], ours: set[str], theirs: set[str], target: str, other: str) -> None:
    """A printed name means one entity: a second one would make the two entities the same by way of it."""
    if any(map(_is_entity, ours)) and any(map(_is_entity, theirs)) and ours != theirs:
        names = {each for each in (target, other) if not _is_entity(each)}
        earlier = next(each for each in decisions if each.kind == "same" and {each.target, each.other} & names)
        raise _contradicts(earlier, f"{earlier.target} is {earlier.other}", target, other)


def _contradicts(earlier: Decision, kind: str, target: str, other: str) -> DecisionRefused:
    words = f"contradicts decision {earlier.id} of {earlier.at[:10]} by {earlier.author}: {kind} ({earlier.reason})"
    return DecisionRefused(words, where=f"{target} and {other}", hint=f"undo {earlier.id} first")


def _is_entity(identity: str) -> bool:
    return identity.startswith(_ENTITIES)


def _exists(connection: Connection, identity: str) -> bool:
    for name, column in (("entities", "id"), ("documents", "id"), ("statements", "id"), ("facets", "facet")):
        source = table(name)
        if connection.execute(select(source.c[column]).where(source.c[column] == identity).limit(1)).first():
            return True
    return False


def write_decision(draft: Draft, wanted: Decision) -> Decision:
    """The row of a decision; of one that is carried over, the instant and the id of the first one stay with it."""
    decision = replace(wanted, at=wanted.at if wanted.carried else iso(draft.at) or "")
    value = list(decision.value) if isinstance(decision.value, tuple) else decision.value
    who: dict[str, Any] = {
        "field": decision.field,
        "value": value,
        "author": decision.author,
        "reason": decision.reason,
    }
    if decision.carried:
        who["carried"] = {"from": decision.carried, "at": decision.at}
    what = {"kind": decision.kind, "target": decision.target, "other": decision.other}
    identity = "d-" + hashlib.sha256(canonical({**what, **who, "at": iso(draft.at) or ""})).hexdigest()[:16]
    draft.add("decisions", identity, decision.kind, decision.target, decision.other, encode(who))
    draft.detail = {"decision": identity, **what, "author": decision.author}
    return replace(decision, id=identity)


def _undo(draft: Draft, wanted: Decision) -> Decision:
    target = wanted.target
    d = table("decisions")
    found = draft.connection.execute(
        select(d).where(or_(d.c.id == target, and_(d.c.id >= target, d.c.id < target + "\U0010ffff"))).limit(2)
    ).all()
    if not target.startswith("d-") or not found:
        raise DecisionRefused("no decision has this id", where=target, hint="`review` prints ids")
    if len(found) > 1:
        raise DecisionRefused("fits several decisions", where=target, hint="write more of the id")
    row = found[0]
    if row.known_to != OPEN:
        raise DecisionRefused("was undone already", where=row.id)
    if row.kind == "undo":
        raise DecisionRefused("is an undoing itself", where=row.id, hint="make the decision again")
    draft.close("decisions", row.n)
    decision = write_decision(draft, replace(wanted, target=row.id))
    if row.kind in _STATEMENT_KINDS and not _ITEM.match(row.target):
        past = active(draft.connection, None, targets=[row.target])
        _lay_over(draft, replace(decision, target=row.target), past, [each for each in past if each.id != row.id])
    return decision


def _lay_over(draft: Draft, decision: Decision, before: Sequence[Decision], after: Sequence[Decision]) -> None:
    """Write the beliefs in its target again as ``after`` makes them, where ``before`` made them otherwise."""
    for belief in held(draft.connection, [decision.target]).get(decision.target, []):
        changes = _overlay_changes(draft, belief, before, after)
        if changes:
            reopen(draft, belief, "decide", note={"decision": decision.id}, **changes)


def as_decided(draft: Draft, new: Opening, read: Statement, decisions: Sequence[Decision]) -> Opening:
    """A belief that is about to be written, with the decisions on its statement that are in force laid over it."""
    if not decisions:
        return new
    becomes = overlaid(read, decisions)
    slots = (
        tuple(parse_facet(new.facet)[2]) if read.evidence.start is None else draft.rules.facets.get(read.predicate, ())
    )
    rejected = int(any(each.kind == "reject" for each in decisions))
    return new._replace(facet=refaceted(new.facet, read, becomes, slots), review=str(becomes.review), rejected=rejected)


def _overlay_changes(
    draft: Draft, belief: Held, before: Sequence[Decision], after: Sequence[Decision]
) -> dict[str, Any]:
    read = belief.read()
    was, becomes = overlaid(read, before), overlaid(read, after)
    interval = carried(belief.interval, *(draft.rules.holds(each, belief.observed) for each in (was, becomes)))
    changes: dict[str, Any] = {
        "valid_from": interval.valid_from,
        "valid_to": interval.valid_to,
        "since_known": int(interval.since_known),
        "review": becomes.review,
        "rejected": int(any(each.kind == "reject" for each in after)),
    }
    base = base_facet(draft, read.id, belief.list, read)
    slots = draft.rules.facets.get(read.predicate, ()) if belief.list is None else tuple(parse_facet(base)[2])
    text = refaceted(base, read, becomes, slots)
    if text != belief.facet_text:
        changes["entity"] = draft.interned("entities", "id", text.split("|")[1])
        changes["facet"] = draft.interned("facets", "facet", text, changes["entity"], read.predicate)
    return {name: value for name, value in changes.items() if value != getattr(belief, name)}


def _settled(identity: str) -> tuple[int, str]:
    """Sorts ids by how settled they are: a government's before an agency's, any before a bare name."""
    rank = next((rank for rank, prefix in enumerate(_ENTITIES) if identity.startswith(prefix)), len(_ENTITIES))
    return rank, identity
