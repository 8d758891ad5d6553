"""Replies that wait for an editor, and what became of them: rows beside the register, in no log and in no export."""

from __future__ import annotations

import json
import re
import secrets
from typing import Any

from sqlalchemy import and_, delete, func, insert, select, update

from comity.errors import DecisionRefused, InputError, UsageError
from comity.register.beside import Beside
from comity.register.instants import iso
from comity.replies.tables import contacts, replies
from comity.replies.values import BODY, CHECK, CONTACT, OFFICE, Contact, Reply

__all__ = ["Replies"]

_MOST = 500  # replies that may wait, of the whole site
_OF_ONE = 5  # and to one statement
_UNSEEN = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


class Replies(Beside):
    """The replies to statements of a register. Make one with :meth:`open`; several threads may use it."""

    def add(self, statement: str, document: str, *, office: str, body: str, contact: str, check: str) -> Reply:
        """A new reply, for an editor to check.

        Raises UsageError, which names what is missing or too long, and InputError where too many wait.
        """
        office = _line(office, OFFICE, "the office", least=3)
        body = _text(body)
        who = Contact(_line(contact, CONTACT, "the contact", least=3), _line(check, CHECK, "how to check it", least=3))
        identity, now = f"r-{secrets.token_hex(8)}", self._clock()
        with self._writing() as connection:
            waiting = select(func.count()).where(replies.c.state == "waiting")
            ours = waiting.where(replies.c.statement == statement)
            for query, most in ((waiting, _MOST), (ours, _OF_ONE)):
                if (connection.execute(query).scalar() or 0) >= most:
                    hint = "try again when those are decided"
                    raise InputError("too many replies wait for an editor already", where=statement, hint=hint)
            row = {"id": identity, "statement": statement, "document": document, "office": office, "body": body}
            connection.execute(insert(replies).values(**row, state="waiting", since=now, changed=now))
            connection.execute(insert(contacts).values(reply=identity, contact=who.contact, check=who.check))
        return self.get(identity)

    def get(self, identity: str) -> Reply:
        """The reply with this id. Raises UsageError."""
        with self._asking() as connection:
            row = connection.execute(select(replies).where(replies.c.id == identity)).first()
        if row is None:
            raise UsageError("no reply has this id", where=identity[:40], hint="look at the replies")
        return _reply(row)

    def contact(self, identity: str) -> Contact | None:
        """Whom to ask about a reply that waits; None once it was decided."""
        with self._asking() as connection:
            row = connection.execute(select(contacts).where(contacts.c.reply == identity)).first()
        return Contact(row.contact, row.check) if row is not None else None

    def latest(self, most: int = 100) -> tuple[Reply, ...]:
        """The latest replies, those that wait first, the oldest of these first."""
        decided = replies.c.state != "waiting"
        waiting = select(replies).where(~decided).order_by(replies.c.since, replies.c.id).limit(most)
        others = select(replies).where(decided).order_by(replies.c.changed.desc(), replies.c.id).limit(most)
        with self._asking() as connection:
            rows = [*connection.execute(waiting), *connection.execute(others)]
        return tuple(map(_reply, rows[:most]))

    def decide(self, identity: str, *, author: str, reason: str, recorded: str | None) -> Reply:
        """An editor's decision: accepted with the statement it was ``recorded`` as, or declined (None).

        Whom to ask is forgotten. Raises UsageError, DecisionRefused where it was decided before.
        """
        if not reason.strip():
            raise UsageError("a decision needs it", where="reason", hint="say how it was checked, or why not")
        now = self._clock()
        decided = {"author": author, "reason": reason.strip()[:1000], "at": iso(now) or ""}
        state = "declined" if recorded is None else "accepted"
        with self._writing() as connection:
            of = and_(replies.c.id == identity, replies.c.state == "waiting")
            values = {"state": state, "decided": json.dumps(decided), "recorded": recorded, "changed": now}
            done = connection.execute(update(replies).where(of).values(**values)).rowcount
            if done:
                connection.execute(delete(contacts).where(contacts.c.reply == identity))
        found = self.get(identity)
        if not done:
            raise DecisionRefused(f"was {found.state} already", where=identity)
        return found


def _line(given: str, most: int, what: str, *, least: int) -> str:
    found = " ".join(_UNSEEN.sub(" ", given).split())
    return _fitting(found, most, what, least)


def _text(given: str) -> str:
    lines = _UNSEEN.sub(" ", given.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    found = re.sub(r"\n{3,}", "\n\n", "\n".join(" ".join(line.split()) for line in lines)).strip()
    return _fitting(found, BODY, "the reply", least=10)


def _fitting(found: str, most: int, what: str, least: int) -> str:
    if len(found) < least:
        raise UsageError("is missing, or too short", where=what, hint="fill it in")
    if len(found) > most:
        raise UsageError(f"is longer than {most:,} characters", where=what, hint="say it in fewer words")
    return found


def _reply(row: Any) -> Reply:
    decided = json.loads(row.decided) if row.decided else None
    return Reply(
        row.id,
        row.statement,
        row.document,
        row.office,
        row.body,
        row.state,
        iso(row.since) or "",
        decided,
        row.recorded,
    )
