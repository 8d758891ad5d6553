"""A list told from all its editions on the register, or on from where it was left; and the register held to it.

Functions over values, as in :mod:`comity.pipeline`. :mod:`comity.pipeline_editions` adds editions by way of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version

import msgspec

from comity import gazetteer, lists
from comity.errors import RegisterMoved
from comity.lists.definitions import Definition
from comity.lists.editions import read_again
from comity.lists.history import history
from comity.lists.rows import READER
from comity.lists.states import History, State, Step, Withdrawal
from comity.lists.story import VANISHED
from comity.model import Edition, Evidence
from comity.register import (
    EDITION,
    Checkpoint,
    ListChanges,
    Question,
    Register,
    Reread,
    Telling,
)

__all__ = [
    "Key",
    "Story",
    "changes_of",
    "editions_of",
    "go_on",
    "key_of",
    "left_off",
    "read_now",
    "settle",
    "stored",
    "story_of",
    "tell_anew",
    "waiting",
    "withdrawals",
]

_STATES = "states/2"  # of what a checkpoint keeps
_states = msgspec.json.Decoder(dict[str, State])
Key = tuple[str, str, str]
"""An edition's list, order and id."""


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
    return read_now(register, story, editions_of(register, story, known), known)


def read_now(register: Register, story: Story, recorded: Iterable[Edition], known: str | None = None) -> list[Edition]:
    """Accepted editions with their rows read from what they print, and the refused ones."""
    places = gazetteer.load()
    return [read_again(edition, story.described[edition.list], places) for edition in recorded] + [
        head for name in story.names for head in register.refused(name, known)
    ]


def editions_of(register: Register, story: Story, known: str | None = None) -> list[Edition]:
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


# --- telling ---------------------------------------------------------------------------------------------------


def tell_anew(register: Register, story: Story) -> tuple[History, tuple[Reread, ...]]:
    """Hold the register to the whole of a story's editions, read again; their history, and what that changed."""
    while True:
        counts = register.counts(story.names)
        recorded = {key_of(edition): edition for edition in editions_of(register, story)}
        editions, taken = read_now(register, story, recorded.values()), withdrawals(register, story)
        told = story.told(editions, withdrawals=taken)
        try:
            return told, settle(register, story, told, recorded, counts)
        except RegisterMoved:  # somebody added an edition meanwhile
            continue


def settle(
    register: Register, story: Story, told: History, recorded: Mapping[Key, Edition], counts: tuple[int, int]
) -> tuple[Reread, ...]:
    """Hold the register to a history of a story; ``recorded`` are its editions as their rows were recorded."""
    tellings = [_telling(step, recorded) for step in told.steps if step.withdrawal or key_of(step.edition) in recorded]
    found = register.settle(story.names, tellings, _checkpoint(story, told, counts))
    _answer(register, told, asked=_questions(told.steps, waiting(told)))
    return found


def _telling(step: Step, recorded: Mapping[Key, Edition]) -> Telling:
    if step.withdrawal is not None:
        return Telling(step.edition, ListChanges(), withdrawn=step.withdrawal.date)
    printed = [entry.statement.id if entry.statement else None for entry in recorded[key_of(step.edition)].entries]
    return Telling(step.edition, changes_of(step, ()), printed=printed)


def go_on(register: Register, story: Story, told: History, counts: tuple[int, int]) -> None:
    """Keep what a history that went on from a checkpoint came to, for the next edition to go on from."""
    _answer(register, told)
    register.keep_checkpoint(story.names, _checkpoint(story, told, counts))


def left_off(register: Register, story: Story) -> Mapping[str, State] | None:
    """The states of a story's lists after all their editions; None where no checkpoint of them is at hand."""
    if not register.counts(story.names)[0]:
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


def _checkpoint(story: Story, told: History, counts: tuple[int, int]) -> Checkpoint:
    """The states after a history, as they are kept; the last edition's rows once."""
    kept = {
        name: replace(state, head=replace(state.head, entries=())) if state.head and state.live else state
        for name, state in sorted(told.states.items())
    }
    return Checkpoint(story.version, *counts, msgspec.json.encode(kept, order="sorted"))


def changes_of(step: Step, asked: Collection[str]) -> ListChanges:
    """What a step hands to the register; of its questions those about the facets that are ``asked`` about still."""
    return ListChanges(
        corrected=step.corrected,
        updated=step.updated,
        ended=step.ended,
        questions=_questions([step], asked),
        begins=step.begins,
        undated=frozenset(step.undated),
    )


# --- questions -------------------------------------------------------------------------------------------------


def _questions(steps: Iterable[Step], asked: Collection[str]) -> list[Question]:
    """What the steps ask about absences that nothing has explained so far."""
    return [
        Question(item.kind, item.about, {"list": item.list, "detail": item.detail})
        for step in steps
        for item in step.questions
        if item.about in asked
    ]


def _answer(register: Register, told: History, asked: Sequence[Question] | None = None) -> None:
    """Take the questions off the worklist that a later edition has answered; ask those that a story told anew asks."""
    open_still = waiting(told)
    ids = None if asked is None else {question.id for question in asked}
    for each in register.questions():
        question = each.question
        mine = question.kind == VANISHED and question.detail.get("list") in told.states
        if mine and (question.about not in open_still or (ids is not None and question.first.id not in ids)):
            register.answer(each.id, author=EDITION, reason="a later edition shows it")
    if asked:
        register.ask(asked)


def waiting(told: History) -> set[str]:
    """The facets whose absence nothing has explained so far."""
    return {
        facet
        for state in told.states.values()
        for facet in (*(item.entry.facet for item in state.absent), *(entry.facet for entry in state.left))
    }


def key_of(edition: Edition) -> Key:
    """By what an edition is known, whether it was accepted or not."""
    return edition.list, edition.order, edition.id
