"""Tokens of programs: what opens the API in somebody's name, within scopes, for a time, until it is revoked.

A token is 256 random bits, shown once; only its hash is kept. It can do what its account's role may do, and of that
only what its scopes say; with the account it ends.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from sqlalchemy import insert, select, update

from comity.accounts.tables import tokens, users
from comity.accounts.values import User
from comity.errors import InputError, RegisterBusy, RegisterReadOnly, UsageError
from comity.register.beside import Beside
from comity.register.instants import DAY, iso

__all__ = ["MARK", "SCOPES", "Scope", "Token", "Tokens"]

Scope = Literal["read", "upload", "decide"]
SCOPES: tuple[Scope, ...] = get_args(Scope)
"""``read`` a private site, ``upload`` files to be previewed, ``decide`` on uploads and on what was read."""

MARK = "comity_"
"""What every token begins with, so that one that was published by mistake is found."""

_LONGEST_DAYS = 366
_LABEL = re.compile(r"[^\x00-\x1f\x7f]{1,100}\Z")
_NOTED = 60_000_000  # how exactly it is known when a token was last used


@dataclass(frozen=True, slots=True)
class Token:
    """A token as it is listed: never what opens anything."""

    id: str
    label: str
    account: str
    scopes: tuple[Scope, ...]
    since: str
    until: str
    revoked: str | None = None
    used: str | None = None


class Tokens(Beside):
    """The tokens of a register's accounts; ``Accounts.tokens`` gives them. Several threads may use it."""

    def add(self, label: str, account: str, scopes: Sequence[str], days: int = 90) -> tuple[str, Token]:
        """A new token for an account, valid for so many days: what opens, which is kept nowhere, and what is listed.

        Raises UsageError on what can't be one, InputError where there is no such account.
        """
        if not _LABEL.match(label.strip()):
            raise UsageError("is no label", where="label", hint="say what uses the token, on one line")
        wanted = [scope for scope in SCOPES if scope in scopes]
        if not wanted or set(scopes) - set(SCOPES):
            raise UsageError("is no scope", where=", ".join(scopes) or "--scope", hint=f"of {', '.join(SCOPES)}")
        if not 1 <= days <= _LONGEST_DAYS:
            raise UsageError("is no number of days for a token", where="--days", hint=f"1 to {_LONGEST_DAYS}")
        token, now = MARK + secrets.token_urlsafe(32), self._clock()
        row: dict[str, Any] = {
            "id": f"t-{secrets.token_hex(6)}", "hash": _hash(token), "label": label.strip(), "account": account,
            "scopes": " ".join(wanted), "since": now, "until": now + days * DAY,
        }  # fmt: skip
        with self._writing() as connection:
            usable = users.c.name == account, users.c.disabled.is_(None)
            if connection.execute(select(users.c.name).where(*usable)).first() is None:
                hint = "comity user list prints those that can be used"
                raise InputError("no account of this name can be used", where=account, hint=hint)
            connection.execute(insert(tokens).values(**row))
        return token, self._get(str(row["id"]))

    def all(self) -> tuple[Token, ...]:
        """All tokens, those that were revoked and are over too, the latest first."""
        with self._asking() as connection:
            query = select(tokens).order_by(tokens.c.since.desc(), tokens.c.id)
            return tuple(map(_token, connection.execute(query)))

    def revoke(self, identity: str) -> Token:
        """Nothing opens with it from now on. Raises InputError where there is none with this id."""
        with self._writing() as connection:
            live = tokens.c.id == identity, tokens.c.revoked.is_(None)  # one that was revoked stays so, since then
            connection.execute(update(tokens).where(*live).values(revoked=self._clock()))
            there = connection.execute(select(tokens.c.id).where(tokens.c.id == identity)).first()
        if there is None:
            raise InputError("no token has this id", where=identity[:40], hint="comity token list prints them")
        return self._get(identity)

    def opened(self, token: str) -> tuple[Token, User] | None:
        """What a token opens, and in whose name; None where it is none, over or revoked, or its account is disabled."""
        now = self._clock()
        query = (
            select(tokens, users.c.name, users.c.role, users.c.author, users.c.since.label("begun"))
            .join(users, users.c.name == tokens.c.account)
            .where(tokens.c.hash == _hash(token), tokens.c.revoked.is_(None), users.c.disabled.is_(None))
        )
        with self._asking() as connection:
            row = connection.execute(query).first()
        if row is None or now >= row.until:
            return None
        if row.used is None or now - row.used >= _NOTED:
            self._note(row.id, now)
        return _token(row), User(row.name, row.role, row.author, iso(row.begun) or "")

    def _note(self, identity: str, now: int) -> None:
        try:
            with self._writing() as connection:
                connection.execute(update(tokens).where(tokens.c.id == identity).values(used=now))
        except (RegisterBusy, RegisterReadOnly):
            pass  # noted with the next request

    def _get(self, identity: str) -> Token:
        with self._asking() as connection:
            return _token(connection.execute(select(tokens).where(tokens.c.id == identity)).one())


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _token(row: Any) -> Token:
    ended, used = (iso(each) if each is not None else None for each in (row.revoked, row.used))
    scopes = tuple(row.scopes.split())
    return Token(row.id, row.label, row.account, scopes, iso(row.since) or "", iso(row.until) or "", ended, used)
