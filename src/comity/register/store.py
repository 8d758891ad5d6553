"""The register: opened by path or URL, read at any two instants, written through a handful of verbs.

Use :meth:`Register.open`, as a context manager. Each writing verb is one transaction and one log entry. What it answers
stands in :mod:`comity.register.answers`. Statements may be named by a prefix of their id that fits only one.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any, Self

from comity.errors import RegisterMoved
from comity.model import Decision, Document, Edition, Evidence, Reading, Statement, Value
from comity.register import changing, checkpoints, deciding, listing, opening, questions, recording, sealing, settling
from comity.register import rereading as rereads
from comity.register.answers import Answers
from comity.register.captures import Captures
from comity.register.dialects import rehearsing, scrub, writing
from comity.register.draft import Desk, Draft, drafting
from comity.register.failures import translated
from comity.register.holdings import full_id
from comity.register.instants import Clock, instant, system_clock
from comity.register.listing import EditionRecorded
from comity.register.recording import Recorded
from comity.register.rereading import Reread
from comity.register.rules import Rules
from comity.register.telling import ListChanges, end_note

__all__ = ["Register"]


class Register(Answers):
    """A register on SQLite or PostgreSQL. Make one with :meth:`open`; close it, or use it in a ``with`` statement."""

    @classmethod
    def open(
        cls,
        where: str | Path,
        *,
        rules: Rules | None = None,
        clock: Clock = system_clock,
        captures: Path | None = None,
        create: bool = True,
        read_only: bool = False,
    ) -> Self:
        """Open the register at a path or database URL; made there unless ``create`` is False, brought up to date.

        With ``read_only`` it must be there and up to date, and every writing verb fails. A register serves one thread
        at a time: open one for each that works beside others.
        ``clock`` gives the instant of each log entry in microseconds since 1970. Captured bytes are kept in
        ``captures``, by default beside the register.
        Raises NotARegister, NewerRegister, RegisterReadOnly, RegisterBusy, RegisterError.
        """
        engine, connection, path, beside = opening.opened(where, create=create, read_only=read_only)
        return cls(engine, connection, Desk(clock, rules or Rules(), Captures(captures or beside)), path)

    by: Mapping[str, str] = MappingProxyType({})
    """Who is recording, and why: what the log notes of each step from now on beside its own particulars."""

    @contextmanager
    def _writing(self, operation: str) -> Iterator[Draft]:
        with translated(self.path), drafting(self._connection, operation, self._desk) as draft:
            yield draft
            draft.detail = {**self.by, **draft.detail}

    @contextmanager
    def rehearsal(self) -> Iterator[None]:
        """What is recorded in the block answers as if it were on the register, here alone; nothing of it stays.

        Use it to show what would be recorded. Other writers wait from the first verb on until the block ends.
        """
        desk, kept = self._desk, self.captures
        with tempfile.TemporaryDirectory(prefix="comity-") as folder:
            self.captures = Captures(Path(folder))
            self._desk = desk._replace(captures=self.captures)
            try:
                with translated(self.path), rehearsing(self._connection):
                    yield
            finally:
                self._desk, self.captures = desk, kept
                self._printings.clear()  # numbers that were given out in it are given out again

    def record(self, document: Document, read: Reading, data: bytes | None = None) -> Recorded:
        """Record a document with what was read from it; safe to repeat. Its bytes: ``data``, else those of its path."""
        return self.record_all([(document, read, data)])[0]

    def record_all(self, items: Iterable[tuple[Document, Reading, bytes | None]]) -> tuple[Recorded, ...]:
        """Record several documents in one transaction: all or none."""
        with self._writing("record") as draft:
            return recording.record_all(draft, items)

    def record_reply(self, document: Document, read: Reading, data: bytes) -> Recorded:
        """As :meth:`record`, what an office replied and an editor accepted: no reader reads it, now or again."""
        with self._writing("reply") as draft:
            return recording.record_all(draft, [(document, read, data)])[0]

    def correct(self, old: str, new: Statement | str, *, reason: str, author: str | None = None) -> str:
        """``old`` was wrong: its known time ends and ``new`` stands in its place; the id of the new statement."""
        with self._writing("correct") as draft:
            draft.detail = {"old": old, "author": author, "reason": reason}
            old = full_id(draft.connection, old)
            return changing.correct(draft, old, new, end_note(reason, (), author=author))

    def update(self, old: str, new: Statement | str, at: str, *, reason: str = "", author: str | None = None) -> str:
        """The world changed at a day or instant: ``old`` until then, ``new`` from then on; the id of the new one."""
        with self._writing("update") as draft:
            draft.detail = {"old": old, "at": at, "author": author, "reason": reason}
            old = full_id(draft.connection, old)
            return changing.update(draft, old, new, instant(at), end_note(reason, (), author=author))

    def end(
        self,
        statement: str,
        valid_to: str,
        *,
        reason: str = "",
        evidence: Sequence[Evidence] = (),
        author: str | None = None,
    ) -> str:
        """The world changed and nothing came in its place; the id of the statement."""
        with self._writing("end") as draft:
            draft.detail = {"statement": statement, "at": valid_to, "author": author, "reason": reason}
            statement = full_id(draft.connection, statement)
            return changing.end(draft, statement, instant(valid_to), end_note(reason, evidence, author=author))

    def retract(self, statement: str, *, reason: str, author: str | None = None) -> str:
        """Its source took it back: nothing of it is believed from now on; the id of the statement."""
        with self._writing("retract") as draft:
            identity = changing.retract(draft, full_id(draft.connection, statement))
            draft.detail = {"statement": identity, "author": author, "reason": reason}
            return identity

    def decide(
        self,
        kind: str,
        target: str,
        *,
        author: str,
        reason: str = "",
        other: str | None = None,
        field: str | None = None,
        value: Value = None,
    ) -> Decision:
        """A person's decision: accept, reject, correct (``field``, ``value``), same, distinct (``other``), undo.

        Raises DecisionRefused on unknown ids and where it contradicts an earlier decision, which it names.
        """
        wanted: Any = kind
        with self._writing("decide") as draft:
            return deciding.decide(draft, Decision("", wanted, target, other, field, value, author, "", reason))

    def decide_all(self, wanted: Iterable[Decision], *, upon: str | None = None) -> tuple[Decision, ...]:
        """Several decisions as one log entry, all or none; their ``id`` and ``at`` are made here. As :meth:`decide`.

        With ``upon``, the hash of the last log entry when what is decided was looked at, they are made only if nothing
        was written since: raises RegisterMoved else.
        """
        with self._writing("decide") as draft:
            if upon not in (None, draft.previous):
                raise RegisterMoved("was written since", where="decide", hint="look at it again")
            return deciding.decide_all(draft, wanted)

    def seal(self, document: str, ground: str, *, reason: str, author: str) -> sealing.Sealed:
        """Take a document's text, words and bytes off, on a ground: court, takedown, privacy. Its hashes stay.

        Raises UsageError, DecisionRefused. Backups and PostgreSQL's dead rows are the caller's to clean.
        """
        with self._writing("seal") as draft:
            done = sealing.seal(draft, document, ground, reason, author)
        for sha256 in done.captures:
            self.captures.discard(sha256)
        with translated(self.path):
            scrub(self._connection)
        return done

    def reread(self, items: Iterable[tuple[Document, Reading]]) -> tuple[Reread, ...]:
        """Record new readings of documents that are on the register, in one transaction; what changed with each.

        The new statements stand for the old ones from now on, and decisions on the same words go on.
        """
        with self._writing("reread") as draft:
            return rereads.reread(draft, items)

    def rereading(self, items: Iterable[tuple[Document, Reading]]) -> tuple[Reread, ...]:
        """What :meth:`reread` would change; nothing is recorded."""
        return self._asking(lambda c: tuple(rereads.rereading(c, document, read) for document, read in items))

    def record_edition(
        self,
        edition: Edition,
        document: Document,
        changed: ListChanges = ListChanges(),  # noqa: B008 - a frozen value
        data: bytes | None = None,
    ) -> EditionRecorded:
        """Record an edition of a list, its bytes, and what changed with it. A refused one is kept, no more."""
        with self._writing("edition") as draft:
            return listing.record_edition(draft, edition, document, changed, data)

    def settle(
        self, names: Sequence[str], told: Sequence[settling.Telling], made: checkpoints.Checkpoint
    ) -> tuple[Reread, ...]:
        """Hold what is believed of lists to all their editions, told in order, and keep a checkpoint of them.

        Use it where an edition came late or is read otherwise now. What that changed, list by list: what was believed
        before stays known of its time, and what persons put right, ended or took back stays as they left it.
        Raises RegisterMoved where others have added to the lists meanwhile.
        """
        with self._writing("settle") as draft:
            if not checkpoints.current(draft.connection, names, made):
                raise RegisterMoved("was written since", where=" ".join(names), hint="tell them again")
            found = settling.settle(draft, names, told)
            draft.write()
            checkpoints.keep(draft.connection, names, made)
            return found

    def keep_checkpoint(self, names: Sequence[str], made: checkpoints.Checkpoint) -> bool:
        """Keep what is known of lists after their last editions, as a cache of what these say; whether it was kept."""
        with translated(self.path), writing(self._connection) as connection:
            return checkpoints.keep(connection, names, made)

    def withdraw(self, list_name: str, date: str, *, evidence: Sequence[Evidence] = (), reason: str = "") -> int:
        """The list as a whole ends at ``date``; how many beliefs ended with it."""
        with self._writing("withdraw") as draft:
            return listing.withdraw(draft, list_name, date, evidence, reason)

    def ask(self, asked: Iterable[questions.Question]) -> int:
        """Put questions on the worklist that were never asked before; how many."""
        with self._writing("ask") as draft:
            return sum([questions.ask(draft, each) for each in asked])

    def answer(self, question: str, *, author: str, reason: str = "") -> str:
        """Take a question off the worklist; its id."""
        with self._writing("answer") as draft:
            return questions.answer(draft, question, author, reason)
