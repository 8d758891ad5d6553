"""Webhooks and the messages that wait to be sent: rows beside the register, in no log and in no export."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection, and_, delete, func, insert, select, update

from comity.errors import InputError
from comity.model import Change
from comity.register import About, Register
from comity.register.beside import Beside
from comity.register.instants import DAY, iso
from comity.views import changes as changing
from comity.views.feeds import change_id
from comity.webhooks.addresses import place
from comity.webhooks.sending import Answer
from comity.webhooks.tables import deliveries, webhooks

__all__ = ["BACK_OFF", "Due", "Webhook", "Webhooks"]

_SECOND = 1_000_000
BACK_OFF = (5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400)
"""Seconds to the next try after each one that failed; after the last the webhook is told nothing any more."""

_MOST = 50  # webhooks of a register
_WAITING = 100_000  # messages that may wait
_KEPT = 30 * DAY
_GONE = 410
_encode = msgspec.json.Encoder().encode


@dataclass(frozen=True, slots=True)
class Webhook:
    """A webhook as it is listed: without its secret. ``asked`` narrows what it is told: entity, predicate, list."""

    id: str
    url: str
    asked: Mapping[str, str | None]
    since: str
    waiting: int
    disabled: str | None = None
    disabled_since: str | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """A message that is to be sent now."""

    id: str
    webhook: str
    url: str
    secret: str
    body: bytes
    tries: int


class Webhooks(Beside):
    """The webhooks of a register. Make one with :meth:`open`; several threads may use it."""

    # --- those who are told ----------------------------------------------------------------------------------------

    def add(self, url: str, told: int, asked: Mapping[str, str | None]) -> tuple[Webhook, str]:
        """A new webhook, and the secret that signs its messages, shown once.

        It is told what comes after the instant ``told``. Raises UsageError where the URL can't be one.
        """
        place(url)
        identity, secret = f"w-{secrets.token_hex(6)}", "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()
        with self._writing() as connection:
            if (connection.execute(select(func.count()).select_from(webhooks)).scalar() or 0) >= _MOST:
                raise InputError(f"there are {_MOST} webhooks already", where=url, hint="remove one first")
            row = {"id": identity, "url": url, "secret": secret, "asked": json.dumps(dict(asked))}
            connection.execute(insert(webhooks).values(**row, since=self._clock(), told=told))
        return next(each for each in self.all() if each.id == identity), secret

    def all(self) -> tuple[Webhook, ...]:
        """All webhooks, with how many messages wait."""
        w, d = webhooks.c, deliveries.c
        counts = select(d.webhook, func.count()).where(d.state == "waiting").group_by(d.webhook)
        with self._asking() as connection:
            waiting: dict[str, int] = {row[0]: row[1] for row in connection.execute(counts)}
            rows = connection.execute(select(webhooks).order_by(w.since, w.id)).all()
        return tuple(
            Webhook(
                row.id, row.url, json.loads(row.asked), iso(row.since) or "", waiting.get(row.id, 0), row.disabled,
                iso(row.disabled_since) if row.disabled_since else None,
            )
            for row in rows
        )  # fmt: skip

    def remove(self, identity: str) -> None:
        """Tell it nothing any more; what waits is dropped. Raises InputError where there is none with this id."""
        with self._writing() as connection:
            connection.execute(delete(deliveries).where(deliveries.c.webhook == identity))
            if not connection.execute(delete(webhooks).where(webhooks.c.id == identity)).rowcount:
                raise InputError("no webhook has this id", where=identity[:40], hint="comity webhook list prints them")

    # --- messages --------------------------------------------------------------------------------------------------

    def note(self, register: Register, shown: Callable[[Change], Change]) -> int:
        """Put a message in the queue for each change that a webhook wasn't told yet; how many.

        ``shown`` makes of a change what is published of it.
        """
        head = register.head()
        with self._asking() as connection:
            behind = and_(webhooks.c.told < head.at, webhooks.c.disabled.is_(None))
            rows = connection.execute(select(webhooks).where(behind)).all() if head.seq else []
        count = 0
        for row in rows:
            asked = json.loads(row.asked)
            about = About(asked.get("entity"), asked.get("predicate"), asked.get("list"))
            since, known = iso(row.told + 1), iso(head.at)
            written = register.changes(learned_since=since, known=known, about=about)
            changes = [shown(each) for each in changing.changes(written, (), changing.Window(known=known))]
            count += self._queued(row.id, row.told, head.at, changes)
        return count

    def _queued(self, webhook: str, told: int, until: int, changes: list[Change]) -> int:
        now, d = self._clock(), deliveries.c
        with self._writing() as connection:
            mine = and_(webhooks.c.id == webhook, webhooks.c.told == told)
            if not connection.execute(update(webhooks).where(mine).values(told=until)).rowcount:
                return 0  # another server did it
            waiting = connection.execute(select(func.count()).where(d.state == "waiting")).scalar() or 0
            if waiting + len(changes) > _WAITING:
                self._disable(connection, webhook, "too many messages wait")
                return 0
            rows = {
                (identity := _message(webhook, each)): {
                    "id": identity, "webhook": webhook, "body": _encode(each).decode(), "since": now, "due": now,
                    "tries": 0, "state": "waiting", "answer": "",
                }
                for each in changes
            }  # fmt: skip
            if rows:
                connection.execute(insert(deliveries), list(rows.values()))
        return len(rows)

    def due(self, most: int = 100) -> tuple[Due, ...]:
        """The messages that are to be sent now, those that have waited longest first."""
        d, w = deliveries.c, webhooks.c
        query = (
            select(deliveries, w.url, w.secret)
            .join(webhooks, w.id == d.webhook)
            .where(d.state == "waiting", d.due <= self._clock(), w.disabled.is_(None))
            .order_by(d.due, d.id)
            .limit(most)
        )
        with self._asking() as connection:
            rows = connection.execute(query).all()
        return tuple(Due(row.id, row.webhook, row.url, row.secret, row.body.encode(), row.tries) for row in rows)

    def settle(self, due: Due, answer: Answer) -> None:
        """Note what came of a message: sent, to be sent again later, or given up with its webhook."""
        now, at = self._clock(), deliveries.c.id == due.id
        with self._writing() as connection:
            if answer.taken:
                values = {"state": "sent", "answer": answer.told, "tries": due.tries + 1}
            elif answer.status == _GONE or due.tries >= len(BACK_OFF):
                values = {"state": "failed", "answer": answer.told, "tries": due.tries + 1}
                why = "its host says it is gone" if answer.status == _GONE else f"gave up: {answer.told}"
                self._disable(connection, due.webhook, why)
            else:
                wait = BACK_OFF[due.tries] * _SECOND
                values = {"due": now + wait, "answer": answer.told, "tries": due.tries + 1}
            connection.execute(update(deliveries).where(at).values(**values))

    def tidy(self) -> None:
        """Forget messages of long ago that wait no more."""
        old = and_(deliveries.c.state != "waiting", deliveries.c.since < self._clock() - _KEPT)
        with self._writing() as connection:
            connection.execute(delete(deliveries).where(old))

    def _disable(self, connection: Connection, webhook: str, why: str) -> None:
        values = {"disabled": why, "disabled_since": self._clock()}
        connection.execute(update(webhooks).where(webhooks.c.id == webhook).values(**values))


def _message(webhook: str, change: Change) -> str:
    """The same for the same change, however often it is sent, and another one for each who is told."""
    told = f"{webhook} {change_id(change)} {change.learned}"
    return "msg_" + hashlib.sha256(told.encode()).hexdigest()[:32]
