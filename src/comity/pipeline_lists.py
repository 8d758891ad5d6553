"""Official lists on the register: editions read, checked, compared and recorded in the order of their capture.

Functions over values, as in :mod:`comity.pipeline`. What changed from edition to edition is recomputed from the
recorded editions, so that an edition that comes late, or the other list of a story, is told at its place.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import unquote

from comity import gazetteer, lists
from comity.documents import Limits, load
from comity.errors import ComityError, EditionRefused, InputError, UsageError
from comity.lists.checks import refusal
from comity.lists.definitions import Definition
from comity.lists.editions import modified_at, unreadable
from comity.lists.history import history
from comity.lists.states import History, Step, Withdrawal
from comity.lists.story import VANISHED
from comity.model import Capture, Change, Document, Edition, Entry, Evidence
from comity.pipeline import Input, Refused
from comity.register import Correction, EditionRecorded, Ending, ListChanges, Question, Register, Succession

__all__ = ["Added", "add", "changes", "diff", "linked_states", "located", "recorded_history", "show", "withdraw"]

AUTHOR = "comity"  # who takes a question off the worklist that an edition has answered
_EMPTY = "sha256:" + hashlib.sha256(b"").hexdigest()


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


def add(
    register: Register, name: str, items: Sequence[Input], *, watch: Callable[[Iterable[Input]], Iterable[Input]] = iter
) -> Generator[Added | Refused]:
    """Read the files as editions of a list and record them, in the order of their capture.

    Yields what became of each; a file that can't be opened is a Refused. Safe to repeat; what is recorded stays,
    whatever comes after. ``watch`` is laid around the files while they are read, to show progress. Raises UsageError
    where there is no such list.
    """
    definition = lists.definition(name)
    fresh: list[_Item] = []
    for item in read(watch(items), definition):
        if isinstance(item, Refused):
            yield item
        else:
            fresh.append(item)
    fresh.sort(key=lambda item: (item.edition.order, item.edition.id))
    stored = _stored(register, definition)
    there = {_key(edition): edition for edition in (*stored, *register.refused(definition.name))}
    new = {_key(item.edition): item.edition for item in fresh if _key(item.edition) not in there}
    before = _history(register, definition, stored, ())
    told = _continued(register, definition, stored, before, list(new.values()))
    steps = {_key(step.edition): step for step in told.steps if _key(step.edition) in new and not step.withdrawal}
    head = max((edition.order for edition in stored if edition.list == definition.name), default="")
    owed = _Owed(register, stored, told, before, head)
    for item in fresh:
        key = _key(item.edition)
        step = steps.pop(key, None)  # the same file named twice is told once
        edition = step.edition if step else replace(there.get(key, item.edition), entries=item.edition.entries)
        changed = owed.changed(step) if step and edition.accepted and not step.seen_again else ListChanges()
        yield Added(
            edition=edition,
            recorded=register.record_edition(edition, item.document, changed, item.data),
            changes=step.changes if step else (),
            refused=None if edition.accepted else refusal(edition),
            outcomes=_outcomes(edition.entries),
        )
    owed.rest()
    _settle(register, told)


class _Owed:
    """What a batch owes the register: endings, each at its place and once its statement is there, and questions.

    An ending may be shown by an edition of the other list that is recorded already, or by one that comes late; a batch
    that was stopped may have told it before.
    """

    __slots__ = ("end", "ended", "head", "known", "live", "places", "questions", "register")

    def __init__(
        self, register: Register, stored: Sequence[Edition], told: History, before: History, head: str
    ) -> None:
        self.register, self.head = register, head
        self.known = {entry.statement.id for edition in stored for entry in edition.entries if entry.statement}
        self.live = {entry.statement.id for state in told.states.values() for entry in state.live if entry.statement}
        self.places = {_key(step.edition): place for place, step in enumerate(told.steps) if step.withdrawal is None}
        self.end = len(told.steps)
        asked = {question for step in before.steps for question in step.questions}
        waiting = _waiting(told)
        past = {(ending.statement, ending.at) for step in before.steps for ending in step.ended}
        self.ended = [
            (place, ending)
            for place, step in enumerate(told.steps)
            if step.withdrawal is None
            for ending in _endings(step)
            if (ending.statement, ending.at) not in past
        ]
        self.questions = [
            Question(item.kind, item.about, {"list": item.list, "detail": item.detail})
            for step in told.steps
            for item in step.questions
            if item not in asked and item.about in waiting
        ]

    def changed(self, step: Step) -> ListChanges:
        """What a step hands to the register; of a late edition only what it ends, as later ones have told the rest."""
        late = step.edition.order < self.head
        ended = self._due(self.places[_key(step.edition)], late=late)
        self.known |= {entry.statement.id for entry in step.edition.entries if entry.statement}
        questions, self.questions = self.questions, []
        if late:
            return ListChanges(ended=ended, questions=questions)
        return ListChanges(
            corrected=[Correction(item.old, item.new, item.kind) for item in step.corrected],
            updated=[Succession(item.old, item.new, item.at, item.kind) for item in step.updated],
            ended=ended,
            questions=questions,
            begins=step.begins,
        )

    def rest(self) -> None:
        """End what no edition of the batch could end."""
        for ending in self._due(self.end, late=True):
            self.register.end(ending.statement, ending.at, reason=ending.kind, evidence=ending.evidence)

    def _due(self, place: int, *, late: bool) -> list[Ending]:
        """The endings of steps up to a place whose statement is on the register and still holds."""
        due, waiting = [], []
        for where, ending in self.ended:
            if where <= place and ending.statement in self.known:
                # What is printed in the end was relisted by an edition that is recorded.
                past = (late or where < place) and ending.statement in self.live
                if not past and self._holds(ending.statement):
                    due.append(ending)
            else:
                waiting.append((where, ending))
        self.ended = waiting
        return due

    def _holds(self, statement: str) -> bool:
        return any(belief.valid_to is None for belief in self.register.beliefs(statement=statement))


def _settle(register: Register, told: History) -> None:
    """Take the questions off the worklist that a later edition has answered."""
    waiting = _waiting(told)
    for asked in register.questions():
        mine = asked.question.kind == VANISHED and asked.question.detail.get("list") in told.states
        if mine and asked.question.about not in waiting:
            register.answer(asked.id, author=AUTHOR, reason="a later edition shows it")


def _waiting(told: History) -> set[str]:
    """The facets whose absence nothing has explained so far."""
    return {
        facet
        for state in told.states.values()
        for facet in (*(item.entry.facet for item in state.absent), *(entry.facet for entry in state.left))
    }


def _key(edition: Edition) -> tuple[str, str, str]:
    return edition.list, edition.order, edition.id


def _outcomes(entries: Iterable[Entry]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for entry in entries:
        counts[entry.outcome] = counts.get(entry.outcome, 0) + 1
    return counts


def _stored(register: Register, definition: Definition, known: str | None = None) -> list[Edition]:
    """The accepted editions on the register, of the list and of the other list of its story."""
    names = [definition.name, *([definition.pair.list] if definition.pair else [])]
    return [
        replace(register.edition(name, head.id, known), order=head.order, name=head.name, captured=head.captured)
        for name in names
        for head in register.editions(name, known)
    ]


def _history(
    register: Register,
    definition: Definition,
    stored: Sequence[Edition],
    new: Sequence[Edition],
    known: str | None = None,
) -> History:
    return history(
        new,
        recorded=stored,
        described={definition.name: definition},
        withdrawals=_withdrawals(register, definition.name, known),
    )


def _continued(
    register: Register, definition: Definition, stored: Sequence[Edition], before: History, new: Sequence[Edition]
) -> History:
    """The history with new editions: gone on with where all of them are later than what is recorded."""
    last = max((edition.order for edition in stored), default="")
    if all(edition.order > last for edition in new) and not any(step.withdrawal for step in before.steps):
        after = history(new, known=before.states, described={definition.name: definition})
        return History(before.steps + after.steps, after.states)
    return _history(register, definition, stored, new)


def _withdrawals(register: Register, name: str, known: str | None = None) -> list[Withdrawal]:
    return [
        Withdrawal(name, item.date[:10], _reference(item.evidence), item.reason)
        for item in register.withdrawals(name, known)
    ]


def _reference(evidence: Sequence[Evidence]) -> str:
    for item in reversed(evidence):
        if item.url or item.path:
            return str(item.url or item.path)
    return ""


def _endings(step: Step) -> list[Ending]:
    return [
        Ending(item.statement, item.at, item.kind, item.first_absent, item.confirmed_by, item.evidence)
        for item in step.ended
    ]


def recorded_history(register: Register, name: str, known: str | None = None) -> History:
    """The history of a list as recorded by ``known``, told together with the other list of its story."""
    about = lists.definition(name)
    return _history(register, about, _stored(register, about, known), (), known)


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
    taken = [item.date for item in _withdrawals(register, own, known) if item.date <= day]
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
