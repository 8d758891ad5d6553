"""Editions of official lists recorded: read, checked, compared with what is known, in the order of their capture.

Functions over values, as in :mod:`comity.pipeline`. An edition later than all others goes on from a checkpoint of its
list. One that comes late, or the other list of a story, is told at its place: the list is told anew from what all its
editions print, and the register held to it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path

import msgspec

from comity import gazetteer, lists
from comity.documents import Limits, load
from comity.errors import InputError, RegisterMoved
from comity.lists.checks import refusal
from comity.lists.definitions import Definition
from comity.lists.editions import modified_at, read_again, unreadable
from comity.lists.history import history
from comity.lists.rows import READER
from comity.lists.states import History, State, Step, Withdrawal
from comity.lists.story import VANISHED
from comity.model import Capture, Change, Document, Edition, Entry, Evidence
from comity.pipeline import Input, Refused
from comity.register import (
    EDITION,
    Checkpoint,
    Correction,
    EditionRecorded,
    Ending,
    ListChanges,
    Question,
    Register,
    Reread,
    Succession,
    Telling,
)

__all__ = ["Added", "Story", "add", "read", "reread", "stored", "story_of", "withdrawals"]

_STATES = "states/2"  # of what a checkpoint keeps
_EMPTY = "sha256:" + hashlib.sha256(b"").hexdigest()
_states = msgspec.json.Decoder(dict[str, State])
_Key = tuple[str, str, str]  # an edition's list, order and id


@dataclass(frozen=True, slots=True)
class Added:
    """One edition that was recorded, with what it changed; ``refused`` says why it was kept without effect."""

    edition: Edition
    recorded: EditionRecorded
    changes: tuple[Change, ...] = ()
    refused: str | None = None
    outcomes: Mapping[str, int] = field(default_factory=dict)  # outcome of resolution to how many entries


@dataclass(frozen=True, slots=True)
class _Item:
    document: Document
    edition: Edition
    data: bytes


# --- what is recorded already ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Story:
    """A list, or the two that are one story, as they are described."""

    described: Mapping[str, Definition]

    @property
    def names(self) -> tuple[str, ...]:
        """Of its lists, the one it was asked for first."""
        return tuple(self.described)

    @property
    def version(self) -> str:
        """What a telling of it depends on beside the editions."""
        return " ".join(
            [f"comity {version('comity')}", READER, _STATES, *sorted(each.version for each in self.described.values())]
        )

    def told(
        self,
        recorded: Sequence[Edition],
        new: Sequence[Edition] = (),
        *,
        withdrawals: Sequence[Withdrawal] = (),
        known: Mapping[str, State] | None = None,
    ) -> History:
        """The history of its editions, with new ones at their places, or going on from states."""
        return history(new, recorded=recorded, known=known, described=self.described, withdrawals=withdrawals)


def story_of(name: str) -> Story:
    """The story of a list by its name or file. Raises UsageError where there is no such list."""
    own = lists.definition(name)
    return Story({own.name: own} | ({own.pair.list: lists.definition(own.pair.list)} if own.pair else {}))


def stored(register: Register, story: Story, known: str | None = None) -> list[Edition]:
    """The editions of a story on the register, their rows read from what they print; refused ones without rows."""
    return _read_now(register, story, _recorded(register, story, known), known)


def _read_now(register: Register, story: Story, recorded: Iterable[Edition], known: str | None = None) -> list[Edition]:
    """Accepted editions with their rows read from what they print, and the refused ones."""
    places = gazetteer.load()
    return [read_again(edition, story.described[edition.list], places) for edition in recorded] + [
        head for name in story.names for head in register.refused(name, known)
    ]


def _recorded(register: Register, story: Story, known: str | None = None) -> list[Edition]:
    """The accepted editions as they were recorded."""
    return [
        register.edition(name, head.order, known) for name in story.names for head in register.editions(name, known)
    ]


def withdrawals(register: Register, story: Story, known: str | None = None) -> list[Withdrawal]:
    """The withdrawals of a story's lists on the register."""
    return [
        Withdrawal(name, item.date[:10], _reference(item.evidence), item.reason)
        for name in story.names
        for item in register.withdrawals(name, known)
    ]


def _reference(evidence: Sequence[Evidence]) -> str:
    for item in reversed(evidence):
        if item.url or item.path:
            return str(item.url or item.path)
    return ""


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
    there = {_key(head): head for each in story.names for head in (*register.editions(each), *register.refused(each))}
    taken = withdrawals(register, story)
    new = {_key(item.edition): item.edition for item in fresh if _key(item.edition) not in there}
    states = _left_off(register, story, there)
    last = max((*(head.order for head in there.values()), *(f"{each.date}T23:59:59Z" for each in taken)), default="")
    if states is not None and all(edition.order > last for edition in new.values()):
        told, anew = story.told((), list(new.values()), known=states), False
    else:
        told, anew = story.told(stored(register, story), list(new.values()), withdrawals=taken), True
    made = 0
    for added in _add(register, story.names[0], fresh, there, told, anew=anew):
        made += added.recorded.outcome in ("recorded", "refused")
        yield added
    if anew:
        _tell_anew(register, story)
    elif made:
        _answer(register, told)
        register.keep_checkpoint(story.names, _checkpoint(story, told, len(there) + made, len(taken)))


def _add(
    register: Register, own: str, fresh: Sequence[_Item], there: Mapping[_Key, Edition], told: History, *, anew: bool
) -> Iterator[Added]:
    """Record each file at its step of the history; of a story that is told ``anew`` then, what its own list says."""
    head = max((edition.order for edition in there.values() if edition.list == own and edition.accepted), default="")
    steps = {_key(step.edition): step for step in told.steps if step.withdrawal is None}
    mine = {
        entry.statement.id
        for step in told.steps
        if step.edition.list == own
        for entry in step.edition.entries
        if entry.statement
    }
    waiting = _waiting(told)
    for item in fresh:
        key = _key(item.edition)
        step = None if key in there else steps.pop(key, None)  # the same file named twice is told once
        edition = step.edition if step else replace(there.get(key, item.edition), entries=item.edition.entries)
        changed = ListChanges()
        if step and edition.accepted and not step.seen_again:
            changed = _changed(step, waiting)
            if anew:  # what is on the other list may have been told before, or otherwise
                ended = [each for each in changed.ended if each.statement in mine]
                changed = replace(changed, ended=ended, questions=(), late=edition.order < head)
        yield Added(
            edition=edition,
            recorded=register.record_edition(edition, item.document, changed, item.data),
            changes=step.changes if step else (),
            refused=None if edition.accepted else refusal(edition),
            outcomes=_outcomes(edition.entries),
        )


def _changed(step: Step, waiting: Collection[str]) -> ListChanges:
    """What a step hands to the register."""
    return ListChanges(
        corrected=[Correction(item.old, item.new, item.kind) for item in step.corrected],
        updated=[Succession(item.old, item.new, item.at, item.kind) for item in step.updated],
        ended=[
            Ending(item.statement, item.at, item.kind, item.first_absent, item.confirmed_by, item.evidence)
            for item in step.ended
        ],
        questions=_questions([step], waiting),
        begins=step.begins,
        undated=frozenset(step.undated),
    )


def _outcomes(entries: Iterable[Entry]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for entry in entries:
        counts[entry.outcome] = counts.get(entry.outcome, 0) + 1
    return counts


# --- told anew -------------------------------------------------------------------------------------------------


def reread(register: Register, name: str, *, record: bool = True) -> tuple[Reread, ...]:
    """Read what all editions of a list print again, as it is described now, and hold the register to it.

    What that changes, list by list of its story. Without ``record`` it only tells; other writers wait meanwhile.
    Raises UsageError where there is no such list.
    """
    story = story_of(name)
    if record:
        return _tell_anew(register, story)
    with register.rehearsal():
        return _tell_anew(register, story)


def _tell_anew(register: Register, story: Story) -> tuple[Reread, ...]:
    """Hold the register to the whole of a story's editions; what that changed."""
    while True:
        recorded = {_key(edition): edition for edition in _recorded(register, story)}
        editions, taken = _read_now(register, story, recorded.values()), withdrawals(register, story)
        told = story.told(editions, withdrawals=taken)
        tellings = [_telling(step, recorded) for step in told.steps if step.withdrawal or step.edition.accepted]
        try:
            found = register.settle(story.names, tellings, _checkpoint(story, told, len(editions), len(taken)))
        except RegisterMoved:  # somebody added an edition meanwhile
            continue
        _answer(register, told, asked=_questions(told.steps, _waiting(told)))
        return found


def _telling(step: Step, recorded: Mapping[_Key, Edition]) -> Telling:
    if step.withdrawal is not None:
        return Telling(step.edition, ListChanges(), withdrawn=step.withdrawal.date)
    printed = [entry.statement.id if entry.statement else None for entry in recorded[_key(step.edition)].entries]
    return Telling(step.edition, _changed(step, ()), printed=printed)


def _left_off(register: Register, story: Story, there: Collection[_Key]) -> Mapping[str, State] | None:
    """The states of a story's lists after all their editions; None where no checkpoint of them is at hand."""
    if not there:
        return {}
    body = register.checkpoint(story.names, story.version)
    if body is None:
        return None
    try:
        kept = _states.decode(body)
    except msgspec.MsgspecError:
        return None
    return {
        name: replace(state, head=replace(state.head, entries=state.live)) if state.head and state.live else state
        for name, state in kept.items()
    }


def _checkpoint(story: Story, told: History, editions: int, taken: int) -> Checkpoint:
    """The states after a history, as they are kept; the last edition's rows once."""
    kept = {
        name: replace(state, head=replace(state.head, entries=())) if state.head and state.live else state
        for name, state in sorted(told.states.items())
    }
    return Checkpoint(story.version, editions, taken, msgspec.json.encode(kept, order="sorted"))


# --- questions -------------------------------------------------------------------------------------------------


def _questions(steps: Iterable[Step], waiting: Collection[str]) -> list[Question]:
    """What the steps ask about absences that nothing has explained so far."""
    return [
        Question(item.kind, item.about, {"list": item.list, "detail": item.detail})
        for step in steps
        for item in step.questions
        if item.about in waiting
    ]


def _answer(register: Register, told: History, asked: Sequence[Question] | None = None) -> None:
    """Take the questions off the worklist that a later edition has answered; ask those that a story told anew asks."""
    waiting = _waiting(told)
    ids = None if asked is None else {question.id for question in asked}
    for each in register.questions():
        question = each.question
        mine = question.kind == VANISHED and question.detail.get("list") in told.states
        if mine and (question.about not in waiting or (ids is not None and question.first.id not in ids)):
            register.answer(each.id, author=EDITION, reason="a later edition shows it")
    if asked:
        register.ask(asked)


def _waiting(told: History) -> set[str]:
    """The facets whose absence nothing has explained so far."""
    return {
        facet
        for state in told.states.values()
        for facet in (*(item.entry.facet for item in state.absent), *(entry.facet for entry in state.left))
    }


def _key(edition: Edition) -> _Key:
    return edition.list, edition.order, edition.id
