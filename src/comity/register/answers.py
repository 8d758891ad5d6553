"""What a register answers: beliefs, documents, lists, decisions and its log, at any two instants. Nothing is written.

The reading half of :class:`~comity.register.Register`. Days, months and years in questions mean their end; statements
may be named by a prefix of their id that fits only one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from sqlalchemy import Connection, Engine

from comity.model import Belief, Change, Decision, Document, Edition
from comity.register import (
    acts,
    catalogue,
    changes,
    checkpoints,
    deciding,
    moments,
    overview,
    proofs,
    questions,
    reading,
    repeats,
    sealing,
    seen,
)
from comity.register import verification as verifying
from comity.register.dialects import asking, copy_to
from comity.register.draft import Desk, Head
from comity.register.failures import translated
from comity.register.holdings import full_id
from comity.register.instants import OPEN, end_of, instant
from comity.register.verification import Verification

__all__ = ["Answers"]

_T = TypeVar("_T")
_NOT_COPIED = ("sessions", "uploads", "deliveries")  # who is signed in here, what lies and what waits here


class Answers:
    """The questions that a register answers. Open one with ``Register.open``."""

    def __init__(self, engine: Engine, connection: Connection, desk: Desk, path: Path | None) -> None:
        self.path = path
        self.rules = desk.rules
        self.captures = desk.captures
        self._desk = desk
        self._engine = engine
        self._connection = connection
        self._printings: catalogue.Printings = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self._connection.close()
        self._engine.dispose()

    def _asking(self, question: Callable[[Connection], _T]) -> _T:
        with translated(self.path), asking(self._connection) as connection:
            return question(connection)

    def moment(self) -> AbstractContextManager[None]:
        """All that is asked in the block is of one moment, whoever writes meanwhile; nothing is recorded in it.

        Use it for an answer that takes several questions: they fit together, and cost less.
        """
        return moments.moment(self._connection, self.path)

    def as_of(self, valid: str, known: str | None = None) -> tuple[Belief, ...]:
        """All beliefs that hold in the world at ``valid``, as the register knew them at ``known`` (default: now)."""
        return self.beliefs(valid=valid, known=known)

    def beliefs(
        self,
        *,
        entity: str | None = None,
        facet: str | None = None,
        predicate: str | None = None,
        document: str | None = None,
        statement: str | None = None,
        list_name: str | None = None,
        valid: str | None = None,
        begun: str | None = None,
        known: str | None = None,
    ) -> tuple[Belief, ...]:
        """Beliefs, in the order in which they came. ``valid``: that hold then; ``begun``: that had begun by then."""
        asked = reading.Asking(
            entity, facet, predicate, document, statement, list_name, _end(valid), _end(begun), _end(known)
        )
        return self._asking(lambda connection: tuple(reading.beliefs(connection, asked)))

    def by_entity(self, *, begun: str | None = None, known: str | None = None) -> Iterator[tuple[Belief, ...]]:
        """All beliefs, an entity at a time, in the order of ids: for what goes through a whole register.

        What others write meanwhile is not seen.
        """
        head = self.head()
        asked = reading.Asking(begun=_end(begun), known=_end(known) or head.at)
        for identity, _ in self._asking(lambda c: reading.entities(c, "", asked.known)):
            found = self._held(replace(asked, entity=identity))
            if found:
                yield found

    def at_odds(
        self, after: str = "", few: int = 100, *, begun: str | None = None, known: str | None = None
    ) -> tuple[tuple[tuple[Belief, ...], ...], str | None]:
        """All beliefs of the entities of which accounts may differ, a page of about ``few`` at a time, by ids.

        And the id to go on after; None: the end. With one ``known`` for all pages they are of one moment.
        """
        asked = reading.Asking(begun=_end(begun), known=_end(known))
        found, more = self._asking(lambda c: reading.at_odds(c, after, few, asked.known))
        groups = (self._held(replace(asked, entity=identity)) for identity in found)
        return tuple(group for group in groups if len(group) > 1), more

    def _held(self, asked: reading.Asking) -> tuple[Belief, ...]:
        return self._asking(lambda connection: tuple(reading.beliefs(connection, asked)))

    def before(self, known: str, entity: str) -> tuple[Belief, ...]:
        """What the register held of an entity just before an instant, or the first instant of a day."""
        return self._held(reading.Asking(entity=entity, known=instant(known) - 1))

    def learned(self, statements: Sequence[str]) -> dict[str, str]:
        """Since when the register has each of these statements, by id."""
        return self._asking(lambda connection: reading.learned(connection, statements))

    def page(
        self,
        *,
        after: int = 0,
        limit: int = 100,
        entity: str | None = None,
        facet: str | None = None,
        predicate: str | None = None,
        document: str | None = None,
        list_name: str | None = None,
        valid: str | None = None,
        known: str | None = None,
    ) -> tuple[tuple[Belief, ...], int | None]:
        """A page of beliefs, in the order in which they were written, and where the next one begins (None: the end).

        Use it instead of :meth:`beliefs` where there may be a million. With one ``known`` for all pages, they are of
        one moment, whoever writes meanwhile.
        """
        asked = reading.Asking(entity, facet, predicate, document, None, list_name, _end(valid), None, _end(known))
        return self._asking(lambda connection: reading.page(connection, asked, after, limit))

    def entities(self, prefix: str = "", known: str | None = None) -> tuple[tuple[str, int], ...]:
        """All entities that something is believed of, with how much; unresolved names begin with ``name:``."""
        return self._asking(lambda connection: tuple(reading.entities(connection, prefix, _end(known))))

    def names(self, after: int = 0) -> tuple[tuple[int, str], ...]:
        """All entities that anything was ever recorded of, by number: those after the number ``after``."""
        return self._asking(lambda connection: tuple(overview.names(connection, after)))

    def totals(self) -> overview.Totals:
        """How much it holds at present, in numbers."""
        return self._asking(overview.totals)

    def held(
        self,
        predicate: str,
        valid: str | None = None,
        known: str | None = None,
        entities: Sequence[str] | None = None,
    ) -> Iterator[overview.Held]:
        """The beliefs of one predicate that hold at ``valid`` (None: at present and ahead), without their words.

        Of all entities, or of these. One at a time: of a large register there are hundreds of thousands.
        """
        at = _end(valid) if valid else OPEN - 1
        with translated(self.path), asking(self._connection) as connection:
            yield from overview.held(connection, predicate, at or 0, _end(known), entities)

    def sizes(self, list_name: str) -> dict[tuple[str, str], int]:
        """How many entries each edition of a list has, by the edition's id and order."""
        return self._asking(lambda connection: overview.sizes(connection, list_name))

    def counted(self, entities: Sequence[str]) -> dict[str, int]:
        """How much is believed of each of these entities at present; those of which nothing is are left out."""
        return self._asking(lambda connection: overview.counted(connection, entities))

    def statement(self, name: str, known: str | None = None, *, rejected: bool = False) -> Belief:
        """The latest belief in the statement with this id, or prefix of one; ``rejected`` ones too, if asked for.

        Raises RegisterError.
        """
        return self._asking(lambda c: reading.latest(c, full_id(c, name), _end(known), rejected=rejected))

    def documents(self, known: str | None = None, after: int = 0, most: int = -1) -> tuple[Document, ...]:
        """All documents with their publication data, without their texts; or ``most`` of those ``after`` so many."""
        return self._asking(lambda c: tuple(catalogue.documents(c, _end(known), after=after, most=most)))

    def texts(self, after: str = "", most: int = 100) -> tuple[Document, ...]:
        """Documents with their texts, as a reader reads them: by their ids, ``most`` of those after ``after``.

        Documents of lists and sealed texts are left out.
        """
        return self._asking(lambda c: tuple(catalogue.texts(c, after, most)))

    def text_count(self) -> int:
        """How many documents :meth:`texts` has in all."""
        return self._asking(catalogue.text_count)

    def replies(self, known: str | None = None) -> tuple[Belief, ...]:
        """What offices replied to statements, as it was accepted, in the order in which it came."""
        documents = self._asking(catalogue.replies)
        return tuple(belief for each in documents for belief in self.beliefs(document=each, known=known))

    def document(self, identity: str, known: str | None = None, *, text: bool = True) -> Document | None:
        """One document, with its text or without; None where it isn't on the register."""
        return self._asking(lambda c: catalogue.document(c, identity, _end(known), texts=text))

    def copied(
        self, documents: Sequence[str], decisions: Iterable[Decision] = (), known: str | None = None
    ) -> dict[str, str]:
        """Those of these documents that repeat another of them, each mapped to that one: together one account.

        ``decisions`` are those in force: "distinct" on two documents parts them, "same" joins what no measure found.
        """
        decided = [each for each in decisions if each.other and each.target.startswith("sha256:")]
        by = {
            kind: [(each.target, each.other or "") for each in decided if each.kind == kind]
            for kind in ("same", "distinct")
        }
        return self._asking(lambda c: repeats.copied(c, documents, _end(known), by["same"], by["distinct"]))

    def sightings(self, statement: str, known: str | None = None) -> tuple[seen.Sighting, ...]:
        """Where a statement was seen: captures of its text, or editions of its list."""
        return self._asking(lambda c: seen.sightings(c, full_id(c, statement), _end(known)))

    def lists(self) -> tuple[str, ...]:
        """The lists that editions were recorded of."""
        return self._asking(catalogue.list_names)

    def editions(self, list_name: str | None = None, known: str | None = None) -> tuple[Edition, ...]:
        """The accepted editions, in their order, without entries."""
        return self._asking(lambda c: catalogue.editions(c, list_name, _end(known)))

    def refused(self, list_name: str | None = None, known: str | None = None) -> tuple[Edition, ...]:
        """The refused editions with their checks."""
        return self._asking(lambda c: catalogue.editions(c, list_name, _end(known), accepted=False))

    def edition(self, list_name: str, edition: str, known: str | None = None) -> Edition:
        """An edition with its entries as printed; ``edition`` is its id, its order or its file's name."""
        return self._asking(lambda c: catalogue.entries(c, list_name, edition, _end(known), self._printings))

    def counts(self, names: Sequence[str]) -> tuple[int, int]:
        """How many editions, refused ones included, and withdrawals lists have: what a checkpoint of them is of."""
        return self._asking(lambda c: checkpoints.counts(c, names))

    def checkpoint(self, names: Sequence[str], version: str) -> bytes | None:
        """What was kept of these lists after their last editions; None where it has to be made anew."""
        return self._asking(lambda c: checkpoints.checkpoint(c, names, version))

    def sealed(self, known: str | None = None) -> tuple[sealing.Sealed, ...]:
        """The documents that were sealed, oldest first."""
        return self._asking(lambda c: sealing.sealed(c, _end(known)))

    def withdrawals(self, list_name: str | None = None, known: str | None = None) -> tuple[catalogue.Withdrawn, ...]:
        """The lists that were taken back as a whole, oldest first."""
        return self._asking(lambda c: catalogue.withdrawals(c, list_name, _end(known)))

    def decisions(self, known: str | None = None) -> tuple[Decision, ...]:
        """The decisions in force, oldest first."""
        return self._asking(lambda c: deciding.in_force(c, _end(known)))

    def questions(self, known: str | None = None) -> tuple[questions.Asked, ...]:
        """The questions that wait for a person, oldest first."""
        return self._asking(lambda c: questions.asked(c, _end(known)))

    def dropped(self, known: str | None = None) -> tuple[catalogue.Gated, ...]:
        """What the gate dropped when each document was last read."""
        return self._asking(lambda c: catalogue.dropped(c, _end(known)))

    def changes(
        self,
        since: str | None = None,
        learned_since: str | None = None,
        known: str | None = None,
        as_of: str | None = None,
        *,
        about: changes.About = changes.About(),  # noqa: B008 - a frozen value
        newest: int | None = None,
    ) -> tuple[Change, ...]:
        """What became different: ``since``, ``as_of`` by the date of the edition or event, the others by known time.

        ``about`` narrows it to an entity, a predicate, a list; with ``newest`` no more rows are read than the latest
        so many, and what came with them in one commit.
        """
        first, learned = (instant(each) if each else None for each in (since, learned_since))
        asked = {"since": first, "until": _end(as_of), "learned_since": learned, "known": _end(known)}
        return self._asking(lambda c: tuple(changes.changes(c, self.rules, **asked, about=about, newest=newest)))

    def head(self) -> Head:
        """The last log entry: with it, what the register held is settled. Its number is 0 where there is none."""
        return self._asking(moments.head)

    def log(self) -> tuple[catalogue.LogEntry, ...]:
        """The log, oldest entry first."""
        return self._asking(lambda c: tuple(catalogue.log_entries(c)))

    def acts(
        self, before: int | None = None, most: int = 50, *, all: bool = False, each: int = 50
    ) -> tuple[acts.Act, ...]:
        """The latest entries of the log before the entry ``before``, with what each decided, newest first.

        What persons did; ``all`` has what only recorded a reading, too. Of one entry ``each`` decisions at most.
        """
        return self._asking(lambda c: acts.acts(c, before, most, all=all, each=each))

    def touched(self, since: Head) -> dict[str, str] | None:
        """The entities of which something was decided since a head of before, each with the id that stands for it now.

        None where anything may be otherwise: then ask for everything again.
        """
        return self._asking(lambda c: acts.touched(c, since))

    def written(self, since: Head) -> dict[str, str] | None:
        """The entities of which anything was written since a head of before, each with the id that stands for it now.

        Use it to put on what was derived of a whole register. None where anything may be otherwise.
        """
        return self._asking(lambda c: acts.written(c, since))

    def backup(self, to: Path) -> int:
        """Copy the register to a new SQLite file, its captured bytes beside it; how many of these.

        Safe while others write. Open the copy and :meth:`verify` it.
        Raises RegisterError where the file is there, and on PostgreSQL.
        """
        self._asking(lambda connection: copy_to(connection, to, emptied=_NOT_COPIED))
        hashes = self._asking(catalogue.captured)
        return self.captures.copied(hashes, Path(f"{to}.captures"))

    def proof(self, statement: str) -> proofs.Proof:
        """A proof of one statement that holds on its own; ``proofs.check`` checks it. Raises RegisterError."""
        return self._asking(lambda c: proofs.proof(c, statement))

    def verify(self) -> Verification:
        """Recompute bytes, texts, spans, ids and the chain; name the first thing that doesn't hold."""
        return self._asking(lambda c: verifying.verify(c, self.captures))


def _end(text: str | None) -> int | None:
    return end_of(text) if text else None
