"""Questions that wait for a person: asked by lists and readers, and never again in the same words once one answered.

What an edition of a list answered, and a later look at the list shows to be open after all, is asked anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection, select

from comity.errors import DecisionRefused
from comity.identity import canonical
from comity.register.draft import Draft
from comity.register.instants import OPEN, iso
from comity.register.rows import decode, encode
from comity.register.tables import table

__all__ = ["EDITION", "Asked", "Question", "answer", "ask", "asked"]


EDITION = "comity"
"""Who has answered a question that an edition of a list has answered."""
_AGAIN = "again"  # of the particulars: how many times it was asked, where more than once


@dataclass(frozen=True, slots=True)
class Question:
    """What a person should look at: its kind, what it is about (an id, a facet, a list), and the particulars."""

    kind: str
    about: str
    detail: Mapping[str, str | int | None] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The same for the same question, whoever asks it when."""
        return "q-" + hashlib.sha256(canonical([self.kind, self.about, dict(self.detail)])).hexdigest()[:16]

    @property
    def first(self) -> Question:
        """The question as it was asked first."""
        return replace(self, detail={name: value for name, value in self.detail.items() if name != _AGAIN})


@dataclass(frozen=True, slots=True)
class Asked:
    """A question on the worklist, and since when."""

    id: str
    question: Question
    since: str


def ask(draft: Draft, question: Question) -> bool:
    """Put a question on the worklist unless it waits there or a person answered it; whether it was put there."""
    q = table("questions")
    first, times = question.first, 1
    question = first
    while known := draft.connection.execute(select(q.c.closed).where(q.c.id == question.id)).first():
        if known.closed is None or not _by_an_edition(draft.connection, known.closed):
            return False
        times += 1
        question = replace(first, detail={**first.detail, _AGAIN: times})
    if draft.marked("questions", question.id):
        return False
    draft.add("questions", question.id, question.kind, question.about, encode(dict(question.detail)))
    return True


def _by_an_edition(connection: Connection, entry: int) -> bool:
    entries = table("log")
    detail = connection.execute(select(entries.c.detail).where(entries.c.seq == entry)).scalar()
    return bool(decode(detail).get("author") == EDITION)


def answer(draft: Draft, identity: str, author: str, reason: str) -> str:
    """Take a question off the worklist; its id. Raises DecisionRefused where there is none with this id."""
    q = table("questions")
    row = draft.connection.execute(select(q.c.n, q.c.known_to).where(q.c.id == identity)).first()
    if row is None:
        raise DecisionRefused("no question has this id", where=identity, hint="`review` prints ids")
    if row.known_to != OPEN:
        raise DecisionRefused("was answered already", where=identity)
    draft.close("questions", row.n)
    draft.detail = {"question": identity, "author": author, "reason": reason}
    return identity


def asked(connection: Connection, known: int | None) -> tuple[Asked, ...]:
    """The questions that waited at ``known`` (None: now), oldest first."""
    q = table("questions")
    query = select(q).order_by(q.c.n)
    if known is None:
        query = query.where(q.c.known_to == OPEN)
    else:
        query = query.where(q.c.known_from <= known, q.c.known_to > known)
    return tuple(
        Asked(row.id, Question(row.kind, row.about, decode(row.body)), iso(row.known_from) or "")
        for row in connection.execute(query)
    )
