"""What adding files would record, without recording it: statements, changes, refusals, duplicates, copies.

The files are read and recorded in a rehearsal of the register (:meth:`comity.register.Register.rehearsal`), so a
preview is what recording them now does, not a second opinion of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from comity import pipeline, pipeline_editions
from comity.documents.copies import Copy, copies
from comity.model import Change, Document, Edition, Statement
from comity.pipeline import Input, Read, Refused
from comity.register import Register, Reread
from comity.register.instants import iso

__all__ = ["Like", "Preview", "edition", "stories"]

_AT_ONCE = 50  # stories that are rehearsed together: other writers wait no longer
_COMPARED = 200  # known texts about the same entities that a story is compared with, the latest first


@dataclass(frozen=True, slots=True)
class Like:
    """A text on the register that a new one repeats; ``share``: how much of the new one stands in it, 0 to 1."""

    document: str
    publisher: str | None
    published: str | None
    title: str | None
    kind: str  # same, verbatim, reworded
    share: float


@dataclass(frozen=True, slots=True)
class Preview:
    """What adding one file does. ``outcome`` is the register's word for it, or ``refused``, with ``refused`` the why.

    ``statements`` are those that are new, ``corrected`` how many are put right by other publication data, ``repeated``
    how many are there already (of an edition: rows that are seen again). ``opened``, ``updated`` and ``ended`` count
    what an edition begins and ends. ``changes`` are those that the register's feeds would tell.
    """

    path: str
    outcome: str
    refused: str | None = None
    hint: str | None = None
    document: Document | None = None  # without its text
    statements: tuple[Statement, ...] = ()
    corrected: int = 0
    repeated: int = 0
    dropped: int = 0  # what the gate dropped, and what doesn't hold against its text
    changes: tuple[Change, ...] = ()
    copies: tuple[Like, ...] = ()
    edition: Edition | None = None  # with its checks, without its entries
    rows: int = 0
    outcomes: Mapping[str, int] = field(default_factory=dict)  # of the names of an edition's rows
    opened: int = 0
    updated: int = 0
    ended: int = 0
    reread: tuple[Reread, ...] = ()


def stories(register: Register, items: Iterable[Input], topic: str, *, workers: int = 1) -> Iterator[Preview]:
    """What adding each of these files would do, in their order, were they added together."""
    results = pipeline.read(items, topic, workers=workers)
    seen: set[str] = set()
    while batch := list(islice(results, _AT_ONCE)):
        likes = {
            each.document.id: _likes(register, each)
            for each in batch
            if isinstance(each, Read) and each.document.id not in seen
        }
        with register.rehearsal():
            found = [_story(register, each, likes, seen) for each in batch]
        yield from found


def edition(
    register: Register,
    name: str,
    items: Sequence[Input],
    *,
    watch: Callable[[Iterable[Input]], Iterable[Input]] = iter,
) -> Iterator[Preview]:
    """What adding these files as editions of a list would do, in the order of their capture.

    Raises UsageError where there is no such list.
    """
    with register.rehearsal():
        added = list(pipeline_editions.add(register, name, items, watch=watch))
    for result in added:
        yield _refused(result) if isinstance(result, Refused) else _edition(result)


def _refused(result: Refused) -> Preview:
    return Preview(result.path, "refused", result.error.message, result.error.hint)


def _story(
    register: Register, result: Read | Refused, likes: Mapping[str, tuple[Like, ...]], seen: set[str]
) -> Preview:
    if isinstance(result, Refused):
        return _refused(result)
    head = register.head()
    done = register.record(result.document, result.reading)
    found = Preview(
        result.document.path or result.document.id,
        done.outcome,
        "its text was taken off on a recorded ground" if done.outcome == "sealed" else None,
        document=_bare(result.document),
        repeated=len(result.reading.statements),
        dropped=len(result.reading.dropped) + len(done.refused),
    )
    if result.document.id in seen:  # in an earlier batch, of which nothing stayed on the register
        return replace(found, outcome="repeated")
    seen.add(result.document.id)
    new = set(done.added)
    return replace(
        found,
        statements=tuple(each for each in result.reading.statements if each.id in new),
        corrected=len(done.corrected),
        repeated=len(done.repeated),
        changes=register.changes(learned_since=iso(head.at + 1) if head.seq else None),
        copies=likes.get(result.document.id, ()),
    )


def _edition(added: pipeline_editions.Added) -> Preview:
    done, of = added.recorded, added.edition
    return Preview(
        of.name,
        "refused" if added.refused else done.outcome,
        added.refused,
        "it is kept, and changes nothing" if added.refused else None,
        statements=(),
        corrected=done.corrected,
        repeated=done.sighted,
        changes=added.changes,
        edition=replace(of, entries=()),
        rows=len(of.entries),
        outcomes=added.outcomes,
        opened=done.opened,
        updated=done.updated,
        ended=done.ended,
        reread=added.reread,
    )


def _bare(document: Document) -> Document:
    return replace(document, text="", blocks=(), offsets=(), tables=())


# --- copies ----------------------------------------------------------------------------------------------------


def _likes(register: Register, read: Read) -> tuple[Like, ...]:
    """The known texts about the same entities that a text repeats, those that it repeats most first."""
    about = dict.fromkeys(each.subject.id for each in read.reading.statements if each.subject.id is not None)
    known: dict[str, Document] = {}
    for entity in about:
        told = register.beliefs(entity=entity)
        ids = dict.fromkeys(
            each.statement.evidence.document for each in reversed(told) if each.statement.evidence.exact
        )
        for identity in islice(ids, _COMPARED):
            if identity not in known and (found := register.document(identity)) is not None and found.text:
                known[identity] = found
    latest = sorted(known.values(), key=lambda each: (each.published or "", each.id), reverse=True)[:_COMPARED]
    own = read.document.id
    texts = {own: read.document.text, **{each.id: each.text for each in latest if each.id != own}}
    if len(texts) == 1:
        return ()
    pairs = [pair for pair in copies(texts) if own in (pair.one, pair.other)]
    return tuple(sorted((_like(own, pair, known) for pair in pairs), key=lambda each: (-each.share, each.document)))


def _like(own: str, pair: Copy, known: Mapping[str, Document]) -> Like:
    other = known[pair.other if pair.one == own else pair.one]
    return Like(other.id, other.publisher, other.published, other.title, pair.kind, pair.share(own))
