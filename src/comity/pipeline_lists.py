"""Official lists as the register holds them: what changed, how they stood, what they link to; two files compared.

Functions over values, as in :mod:`comity.pipeline`; :mod:`comity.pipeline_editions` records what is asked here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

from comity import lists
from comity.errors import ComityError, EditionRefused, UsageError
from comity.lists.checks import refusal
from comity.lists.definitions import Definition
from comity.lists.states import History
from comity.model import Change, Edition, Evidence
from comity.pipeline import Input, Refused
from comity.pipeline_editions import read
from comity.pipeline_stories import stored, story_of, withdrawals
from comity.register import Register

__all__ = ["changes", "diff", "linked_states", "located", "recorded_history", "show", "withdraw"]


def recorded_history(register: Register, name: str, known: str | None = None) -> History:
    """The history of a list as recorded by ``known``, told together with the other list of its story."""
    story = story_of(name)
    return story.told(stored(register, story, known), withdrawals=withdrawals(register, story, known))


def changes(
    register: Register, name: str, since: str | None = None, as_of: str | None = None, known: str | None = None
) -> tuple[Change, ...]:
    """What changed on a list, edition by edition, from a day to another; a transition is told on both lists of a story.

    ``known`` asks what the register could tell then: from the editions that it had.
    """
    own = lists.definition(name).name
    return tuple(
        change
        for step in recorded_history(register, name, known).steps
        for change in step.changes
        if (change.list == own or own in (change.before, change.after))
        and (since is None or (change.date or "") >= since[:10])
        and (as_of is None or (change.date or "") <= as_of[:10])
    )


def show(register: Register, name: str, as_of: str | None = None, known: str | None = None) -> Edition | None:
    """The list as it stood on a day: its latest accepted edition by then; None where there was none, or none any more.

    Raises UsageError where the register holds no edition of it.
    """
    own, heads = _heads(register, name, known)
    day = (as_of or "9999-12-31")[:10]
    current = [head for head in heads if head.date <= day]
    if not current:
        return None
    taken = [item.date[:10] for item in register.withdrawals(own, known) if item.date[:10] <= day]
    if taken and max(taken) >= current[-1].date:
        return None
    return register.edition(own, current[-1].id, known)


def _heads(register: Register, name: str, known: str | None = None) -> tuple[str, tuple[Edition, ...]]:
    """A list's own name and its editions on the register."""
    own = lists.definition(name).name
    heads = register.editions(own, known)
    if not heads:
        raise UsageError("no edition of this list is on the register", where=name, hint=f"comity list add {name} FILE…")
    return own, heads


def linked_states(register: Register) -> dict[str, str]:
    """File names that rows of the latest editions link to, each with its row's state (two letters).

    Use it as the home state of a signed agreement that names its party and no state: the list that links to the file
    says where the party is. A file name that rows of two states link to is left out.
    """
    found: dict[str, set[str]] = {}
    for name in sorted({*register.lists()} & {*lists.definitions()}):
        column = lists.definition(name).state
        latest = show(register, name)
        for entry in latest.entries if latest is not None and column is not None else ():
            state = entry.normal.get(str(column))
            if entry.link is not None and isinstance(state, str):
                found.setdefault(unquote(entry.link.rsplit("/", 1)[-1]), set()).add(state)
    return {file: states.pop() for file, states in found.items() if len(states) == 1}


def located(register: Register, items: Sequence[Input]) -> list[Input]:
    """The files to read, with the state that a list's link gives to those whose publication names none.

    Use it before reading what may be signed agreements: some name their party and no state.
    """
    if not register.lists() or all(item.publication.home_state for item in items):
        return list(items)
    states = linked_states(register)
    return [
        replace(item, publication=replace(item.publication, home_state=state))
        if item.publication.home_state is None and (state := states.get(Path(item.path).name))
        else item
        for item in items
    ]


def diff(name: str, old: Input, new: Input, later: Sequence[Input] = ()) -> tuple[Change, ...]:
    """What changed between two files of a list; needs no register. ``later`` editions can prove a departure.

    Raises EditionRefused where either can't be believed, InputError where a file can't be read.
    """
    definition = lists.definition(name)
    found = []
    for item in read([old, new, *later], definition):
        if isinstance(item, Refused):
            raise item.error
        found.append(item.edition)
    first = _believed(found[0], None, definition)
    second = _believed(found[1], first, definition)
    return lists.diff(first, second, definition, later=found[2:])


def _believed(edition: Edition, earlier: Edition | None, definition: Definition) -> Edition:
    checked = lists.checked(edition, earlier, definition)
    if not checked.accepted:
        raise EditionRefused(refusal(checked) or "refused", where=edition.name, hint="look at the file")
    return checked


def withdraw(register: Register, name: str, date: str, evidence: str, reason: str = "") -> int:
    """Record that a list was taken back as a whole on a day, by what shows it: a path, a URL, or a statement's id.

    Gives back how many beliefs ended. Raises UsageError where the register holds no edition of it.
    """
    own, _ = _heads(register, name)
    return register.withdraw(own, date, evidence=[_evidence(register, evidence)], reason=reason)


def _evidence(register: Register, reference: str) -> Evidence:
    """A reference as evidence: a statement by its words, a file by its bytes' hash, else a URL."""
    if reference.startswith("st-"):
        return register.statement(reference).statement.evidence
    path = Path(reference)
    if path.is_file():
        return Evidence("sha256:" + hashlib.sha256(path.read_bytes()).hexdigest(), path=reference)
    if "://" not in reference:
        raise ComityError("no such file", where=reference, hint="give a file, a URL or a statement's id")
    return Evidence("", url=reference)
