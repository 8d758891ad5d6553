"""The pipeline: the only module that joins reading and lists to the register. Functions over values.

Files become documents, documents become readings, readings land on the register. One bad file is a
:class:`Refused` among the results; the rest of the batch goes on.
"""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from comity import documents, gazetteer, reading, vocabulary
from comity.errors import ComityError, DocumentError, InputError
from comity.model import Document, Mentions, Publication, Reading

if TYPE_CHECKING:  # the register's libraries are not paid for by those who only read
    from comity.register import Recorded, Register, Reread

__all__ = [
    "Input",
    "Read",
    "Refused",
    "Spotted",
    "Told",
    "add",
    "inputs",
    "marked_synthetic",
    "read",
    "read_with_mentions",
    "reread",
    "spot",
]

_BATCH = 50  # documents handed to a process at once (MEASURED.md: 98.9 % of ideal on two cores)
_AHEAD = 3  # batches a process that wait or are read: memory stays flat however many files there are


@dataclass(frozen=True, slots=True)
class Input:
    """One file to read, and what is known of its publication."""

    path: str
    publication: Publication


@dataclass(frozen=True, slots=True)
class Read:
    """A file that was read."""

    document: Document
    reading: Reading


@dataclass(frozen=True, slots=True)
class Spotted:
    """A file whose mentions were found."""

    document: Document
    mentions: Mentions


@dataclass(frozen=True, slots=True)
class Told:
    """A file that was read, with its mentions: what a comparison needs."""

    document: Document
    reading: Reading
    mentions: Mentions


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that was refused, and why."""

    path: str
    error: ComityError


Result = TypeVar("Result", Read, Spotted, Told)
Given = TypeVar("Given", Input, Document)


def inputs(paths: Sequence[str], publication: Publication, manifest: str | None = None) -> list[Input]:
    """The files to read, in a fixed order: folders are expanded, a manifest gives each file's publication.

    Raises ManifestError where the manifest can't be read. Files that don't exist stay in: they are refused one by one.
    """
    rows = documents.manifest(manifest) if manifest else []
    known = {str(Path(path).resolve()): given for path, given in rows}
    result: list[Input] = []
    for path in paths or [path for path, _ in rows]:
        for file in _files(Path(path)):
            result.append(Input(str(file), _merged(known.get(str(file.resolve())), publication)))
    return result


def marked_synthetic(publication: Publication) -> Publication:
    """The same publication, marked as invented: it shows wherever the document's statements do."""
    return replace(publication, synthetic=True)


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    return sorted(item for item in path.rglob("*") if item.is_file() and not item.name.startswith("."))


def _merged(row: Publication | None, given: Publication) -> Publication:
    """The manifest's row, with what the call gives where the row is silent."""
    if row is None:
        return given
    return Publication(
        row.url or given.url,
        row.publisher or given.publisher,
        row.published or given.published,
        row.home_state or given.home_state,
        row.captured or given.captured,
    )


def _read_one(topic: str, explain: bool, item: Input) -> Read | Refused:
    try:
        document = _document(item)
        return Read(document, reading.read(document, vocabulary.load(topic), gazetteer.load(), explain=explain))
    except InputError as error:
        return Refused(item.path, error)


def _tell_one(topic: str, item: Input) -> Told | Refused:
    try:
        document = _document(item)
        told = reading.read(document, vocabulary.load(topic), gazetteer.load())
        return Told(document, told, reading.mentions(document))
    except InputError as error:
        return Refused(item.path, error)


def _spot_one(item: Input) -> Spotted | Refused:
    try:
        document = _document(item)
        return Spotted(document, reading.mentions(document))
    except InputError as error:
        return Refused(item.path, error)


def _document(item: Input) -> Document:
    document = documents.load(item.path, item.publication)
    if document.tables:
        raise DocumentError("a table, not a text", where=item.path, hint="add an edition of a list by comity list add")
    notes = reading.notes(document)
    return replace(document, notes=(*document.notes, *notes)) if notes else document


def read(items: Iterable[Input], topic: str, *, workers: int = 1, explain: bool = False) -> Iterator[Read | Refused]:
    """The readings of the files, in their order, whatever the number of workers."""
    return _each(partial(_read_one, topic, explain), items, workers)


def spot(items: Iterable[Input], *, workers: int = 1) -> Iterator[Spotted | Refused]:
    """The mentions of the files, in their order, whatever the number of workers."""
    return _each(_spot_one, items, workers)


def read_with_mentions(items: Iterable[Input], topic: str, *, workers: int = 1) -> Iterator[Told | Refused]:
    """The readings and the mentions of the files, in their order."""
    return _each(partial(_tell_one, topic), items, workers)


def add(register: Register, items: Iterable[Input], topic: str, *, workers: int = 1) -> Iterator[Recorded | Refused]:
    """Reads the files and records each in a transaction of its own: what is recorded stays, whatever comes after."""
    for result in read(items, topic, workers=workers):
        if isinstance(result, Refused):
            yield result
        else:
            yield replace(register.record(result.document, result.reading), notes=result.document.notes)


def reread(
    register: Register,
    topic: str,
    *,
    workers: int = 1,
    record: bool = True,
    watch: Callable[[Iterator[Document]], Iterator[Document]] = iter,
) -> Iterator[Reread]:
    """Reads the recorded texts again, and records what is new of them, a batch of documents in a transaction.

    Without ``record`` it only tells. ``watch`` is laid around the documents, to show progress. What is recorded stays,
    whatever comes after; the same again changes nothing.
    """
    readings = _each(partial(_read_again, topic), watch(_texts(register)), workers)
    while batch := list(islice(readings, _BATCH)):
        pairs = [(each.document, each.reading) for each in batch if isinstance(each, Read)]
        yield from register.reread(pairs) if record else register.rereading(pairs)


def _texts(register: Register) -> Iterator[Document]:
    last = ""
    while batch := register.texts(after=last, most=_BATCH):
        yield from batch
        last = batch[-1].id


def _read_again(topic: str, document: Document) -> Read:
    return Read(document, reading.read(document, vocabulary.load(topic), gazetteer.load()))


def _each(
    work: Callable[[Given], Result | Refused], items: Iterable[Given], workers: int
) -> Iterator[Result | Refused]:
    queue: Iterator[Given] = iter(items)
    first: list[Given] = list(islice(queue, _BATCH))
    if workers <= 1 or len(first) < _BATCH:
        yield from map(work, first)
        yield from map(work, queue)
        return
    with ProcessPoolExecutor(workers, initializer=_leave_interrupts_to_the_parent) as pool:
        try:
            waiting: deque[Future[list[Result | Refused]]] = deque()
            while first or waiting:
                while first and len(waiting) < _AHEAD * workers:
                    waiting.append(pool.submit(_work_off, work, first))
                    first = list(islice(queue, _BATCH))
                yield from waiting.popleft().result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)  # stopped half way: what hasn't begun needn't


def _work_off(work: Callable[[Given], Result | Refused], items: Sequence[Given]) -> list[Result | Refused]:
    return [work(item) for item in items]


def _leave_interrupts_to_the_parent() -> None:
    """Ctrl-C goes to every process of the terminal; the one that records answers it, in one line."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
