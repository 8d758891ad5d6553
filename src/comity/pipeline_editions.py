"""Editions of official lists recorded: read, checked, compared with what is known, in the order of their capture.

Functions over values, as in :mod:`comity.pipeline`. An edition later than all others goes on from a checkpoint of its
list. One that comes late, or the other list of a story, is told at its place: the list is told anew from what all its
editions print, and the register held to it (:mod:`comity.pipeline_stories`). One that was refused is looked at again
when it is added again: it is accepted where it holds now, and its refusal stays in the log.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from comity import gazetteer, lists
from comity.documents import Limits, load
from comity.errors import InputError, RegisterMoved
from comity.lists.checks import checked, refusal
from comity.lists.definitions import Definition
from comity.lists.editions import modified_at, read_again, unreadable
from comity.lists.states import History
from comity.model import Capture, Change, Document, Edition, Entry
from comity.pipeline import Input, Refused
from comity.pipeline_stories import (
    Key,
    Story,
    changes_of,
    editions_of,
    go_on,
    key_of,
    left_off,
    read_now,
    settle,
    story_of,
    tell_anew,
    waiting,
    withdrawals,
)
from comity.register import EditionRecorded, ListChanges, Register, Reread

__all__ = ["Added", "add", "read", "reread"]

_EMPTY = "sha256:" + hashlib.sha256(b"").hexdigest()


@dataclass(frozen=True, slots=True)
class Added:
    """One edition that was recorded, with what it changed; ``refused`` says why it was kept without effect.

    ``reread`` stands with the first edition that is added after the list was described otherwise, or is read by another
    version: what reading the editions of before again changed, list by list.
    """

    edition: Edition
    recorded: EditionRecorded
    changes: tuple[Change, ...] = ()
    refused: str | None = None
    outcomes: Mapping[str, int] = field(default_factory=dict)  # outcome of resolution to how many entries
    reread: tuple[Reread, ...] = ()


@dataclass(frozen=True, slots=True)
class _Item:
    document: Document
    edition: Edition
    data: bytes


# --- files -----------------------------------------------------------------------------------------------------


def read(items: Iterable[Input], definition: Definition) -> Iterator[_Item | Refused]:
    """The editions that files hold; what is no document is a refused edition, so that its bytes are kept."""
    known = gazetteer.load()
    for item in items:
        try:
            if Path(item.path).stat().st_size > Limits().size:
                message = f"more than {Limits().size // (1024 * 1024)} MiB"
                yield Refused(item.path, InputError(message, where=item.path, hint="no list is that large"))
                continue
            data = Path(item.path).read_bytes()
        except OSError as error:
            message = error.strerror or "can't be read"
            yield Refused(item.path, InputError(message, where=item.path, hint="check the path"))
            continue
        try:
            document = load(item.path, item.publication)
            document = replace(document, publisher=document.publisher or definition.publisher)
            edition = lists.edition(document, definition, known, modified=modified_at(item.path))
        except InputError as error:
            document = _unread(item, data)
            edition = unreadable(document, definition, str(error), modified=modified_at(item.path))
        yield _Item(document, edition, data)


def _unread(item: Input, data: bytes) -> Document:
    """A document without text, for bytes that yield none."""
    digest = hashlib.sha256(data).hexdigest()
    capture = Capture(digest, "application/octet-stream", len(data), item.path, item.publication.url,
                      item.publication.captured)  # fmt: skip
    return Document(_EMPTY, "", capture, path=item.path, url=item.publication.url)


# --- recording -------------------------------------------------------------------------------------------------


def add(
    register: Register, name: str, items: Sequence[Input], *, watch: Callable[[Iterable[Input]], Iterable[Input]] = iter
) -> Generator[Added | Refused]:
    """Read the files as editions of a list and record them, in the order of their capture.

    Yields what became of each; a file that can't be opened is a Refused. Safe to repeat; what is recorded stays,
    whatever comes after. ``watch`` is laid around the files while they are read, to show progress. Raises UsageError
    where there is no such list.
    """
    story = story_of(name)
    fresh: list[_Item] = []
    for item in read(watch(items), story.described[story.names[0]]):
        if isinstance(item, Refused):
            yield item
        else:
            fresh.append(item)
    fresh.sort(key=lambda item: (item.edition.order, item.edition.id))
    if not fresh:
        return
    reread: tuple[Reread, ...] = ()
    states = left_off(register, story)
    if states is None:
        told, found = tell_anew(register, story)
        states, reread = told.states, tuple(each for each in found if each.changes or each.orphaned)
    counts = register.counts(story.names)  # before what is there: what others add meanwhile is in no checkpoint
    there = {key_of(head): head for each in story.names for head in (*register.editions(each), *register.refused(each))}
    taken = withdrawals(register, story)
    judged = _judged(register, story, fresh, there)
    new = {key: edition for key, edition in judged.items() if key not in there or edition.accepted}
    last = max((*(head.order for head in there.values()), *(f"{each.date}T23:59:59Z" for each in taken)), default="")
    late = any(edition.order <= last for edition in new.values())
    recorded = {key_of(edition): edition for edition in editions_of(register, story)} if late else {}
    if late:
        before = [each for each in read_now(register, story, recorded.values()) if key_of(each) not in new]
        told = story.told(before, list(new.values()), withdrawals=taken)
    else:
        told = story.told((), list(new.values()), known=states)
    made = 0
    known = {key: judged.get(key, head) for key, head in there.items() if key not in new}
    for added in _add(register, story.names[0], fresh, known, told, late=late):
        if added.recorded.outcome in ("recorded", "refused"):
            made += 1
        if added.recorded.outcome == "recorded":
            recorded[key_of(added.edition)] = added.edition
        yield replace(added, reread=reread)
        reread = ()
    counts = counts[0] + made, counts[1]
    if late:
        try:
            settle(register, story, told, recorded, counts)
        except RegisterMoved:  # somebody added an edition meanwhile
            tell_anew(register, story)
    elif made:
        go_on(register, story, told, counts)


def _judged(
    register: Register, story: Story, fresh: Sequence[_Item], there: Mapping[Key, Edition]
) -> dict[Key, Edition]:
    """The editions that are new, and those that were refused, held to the list's description as it is now."""
    found: dict[Key, Edition] = {}
    about = story.described[story.names[0]]
    for item in fresh:
        edition, key = item.edition, key_of(item.edition)
        if key not in there:
            found[key] = edition
        elif not there[key].accepted:
            known = [each for each in {**there, **found}.values() if each.list == about.name and each.accepted]
            before = max((each for each in known if each.order < edition.order), key=lambda e: e.order, default=None)
            if before is not None and not before.entries:
                before = read_again(register.edition(before.list, before.order), about, gazetteer.load())
            found[key] = checked(edition, before, about)
    return found


def _add(
    register: Register, own: str, fresh: Sequence[_Item], there: Mapping[Key, Edition], told: History, *, late: bool
) -> Iterator[Added]:
    """Record each file at its step of the history; of a story that is settled then, what its own list says."""
    head = max((edition.order for edition in there.values() if edition.list == own and edition.accepted), default="")
    steps = {key_of(step.edition): step for step in told.steps if step.withdrawal is None}
    mine = {
        entry.statement.id
        for step in told.steps
        if step.edition.list == own
        for entry in step.edition.entries
        if entry.statement
    }
    asked = waiting(told)
    for item in fresh:
        key = key_of(item.edition)
        step = None if key in there else steps.pop(key, None)  # the same file named twice is told once
        edition = step.edition if step else replace(there.get(key, item.edition), entries=item.edition.entries)
        changed = ListChanges()
        if step and edition.accepted and not step.seen_again:
            changed = changes_of(step, asked)
            if late:  # what is on the other list may have been told before, or otherwise
                ended = [each for each in changed.ended if each.statement in mine]
                changed = replace(changed, ended=ended, questions=(), late=edition.order < head)
        yield Added(
            edition=edition,
            recorded=register.record_edition(edition, item.document, changed, item.data),
            changes=step.changes if step else (),
            refused=None if edition.accepted else refusal(edition),
            outcomes=_outcomes(edition.entries),
        )


def _outcomes(entries: Iterable[Entry]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for entry in entries:
        counts[entry.outcome] = counts.get(entry.outcome, 0) + 1
    return counts


def reread(register: Register, name: str, *, record: bool = True) -> tuple[Reread, ...]:
    """Read what all editions of a list print again, as it is described now, and hold the register to it.

    What that changes, list by list of its story. Without ``record`` it only tells; other writers wait meanwhile.
    Raises UsageError where there is no such list.
    """
    story = story_of(name)
    if record:
        return tell_anew(register, story)[1]
    with register.rehearsal():
        return tell_anew(register, story)[1]
