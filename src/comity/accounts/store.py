"""Accounts and sessions, kept in the register's database: who may sign in, and who is.

A session's token is 256 random bits; only its hash is kept, so that whoever reads the database can't use it. A session
ends when it was idle, when its time is over, at sign-out, and with a new password or the end of the account.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, delete, insert, select, update

from comity.accounts import passwords
from comity.accounts.tables import sessions, users
from comity.accounts.tokens import Tokens
from comity.accounts.values import ROLES, Role, Session, User
from comity.errors import InputError, RegisterBusy, RegisterReadOnly, UsageError
from comity.register.beside import Beside
from comity.register.instants import Clock, iso

__all__ = ["IDLE", "LASTS", "Accounts"]

_MINUTE = 60_000_000
IDLE = 4 * 60 * _MINUTE
"""A session that nothing was asked in for so long is over, in microseconds."""
LASTS = 24 * 60 * _MINUTE
"""So long after signing in it is over, whatever was asked."""

_NOTED = _MINUTE  # how exactly it is known when a session was last used: a write each time would be too many
_SESSIONS = 20  # of one account at a time; the oldest one ends
_NAME = re.compile(r"[a-z0-9][a-z0-9._@-]{0,63}\Z")
_AUTHOR = re.compile(r"[^\x00-\x1f\x7f]{1,100}\Z")


class Accounts(Beside):
    """The accounts of a register. Make one with :meth:`open`; several threads may use it."""

    def __init__(self, engine: Engine, path: Path | None, clock: Clock) -> None:
        super().__init__(engine, path, clock)
        self.tokens = Tokens(engine, path, clock)

    # --- accounts --------------------------------------------------------------------------------------------------

    def add(self, name: str, role: str, password: str, author: str = "") -> User:
        """A new account. Raises UsageError on what can't be one, InputError where one has its name or its author's."""
        name, author, role = _name(name), author.strip() or name, _role(role)
        if not _AUTHOR.match(author):
            raise UsageError("is no name of an author", where="--author", hint="at most 100 characters, on one line")
        hash = passwords.hashed(passwords.checked(password, name))
        with self._writing() as connection:
            if connection.execute(select(users.c.name).where(users.c.name == name)).first():
                hint = f"comity user passwd {name} sets another password"
                raise InputError("there is an account of this name already", where=name, hint=hint)
            if author.casefold() in (each.casefold() for each in connection.execute(select(users.c.author)).scalars()):
                raise InputError(
                    "somebody decides under this name already", where=author, hint="choose another --author"
                )
            row = {"name": name, "role": role, "author": author, "password": hash, "since": self._clock()}
            connection.execute(insert(users).values(**row, disabled=None))
        return self._user(name)

    def passwd(self, name: str, password: str) -> User:
        """Another password; every session of the account is over. Raises UsageError, InputError."""
        name = _name(name)
        hash = passwords.hashed(passwords.checked(password, name))
        return self._changed(name, password=hash)

    def appoint(self, name: str, role: str) -> User:
        """Another role; every session of the account is over, what it decided stays. Raises UsageError, InputError."""
        return self._changed(_name(name), role=_role(role))

    def disable(self, name: str) -> User:
        """The account can't be used any more, and every session of it is over; its decisions stay. InputError."""
        return self._changed(_name(name), disabled=self._clock())

    def enable(self, name: str) -> User:
        """The account can be used again. Raises InputError."""
        return self._changed(_name(name), disabled=None)

    def users(self) -> tuple[User, ...]:
        """All accounts, by name."""
        with self._asking() as connection:
            return tuple(map(_user, connection.execute(select(users).order_by(users.c.name))))

    def administered(self) -> bool:
        """Whether there is an administrator who may sign in."""
        return any(each.role == "administrator" and each.disabled is None for each in self.users())

    def _changed(self, name: str, **values: Any) -> User:
        with self._writing() as connection:
            done = connection.execute(update(users).where(users.c.name == name).values(**values))
            if not done.rowcount:
                raise InputError("there is no account of this name", where=name, hint="comity user list prints them")
            connection.execute(delete(sessions).where(sessions.c.user == name))
        return self._user(name)

    def _user(self, name: str) -> User:
        with self._asking() as connection:
            return _user(connection.execute(select(users).where(users.c.name == name)).one())

    # --- sessions --------------------------------------------------------------------------------------------------

    def sign_in(self, name: str, password: str, ended: str | None = None) -> str | None:
        """The token of a new session; None where name and password don't fit, or the account is disabled.

        Whatever is wrong, it takes as long to say so. ``ended`` is the token of a session that this one takes the
        place of.
        """
        name = name.strip().casefold()
        row = self._fitting(name, password)
        if row is None:
            return None
        better = passwords.hashed(password) if passwords.worn(row.password) else None
        token, now = secrets.token_urlsafe(32), self._clock()
        with self._writing() as connection:
            # Asked again: the password may have been changed, or the account ended, while it was compared.
            same = users.c.name == name, users.c.password == row.password, users.c.disabled.is_(None)
            if connection.execute(select(users.c.name).where(*same)).first() is None:
                return None
            if better is not None:
                connection.execute(update(users).where(*same).values(password=better))
            self._make_room(connection, name, ended, now)
            made = {"id": _hash(token), "user": name, "since": now, "seen": now, "until": now + LASTS}
            connection.execute(insert(sessions).values(**made))
        return token

    def fits(self, name: str, password: str) -> bool:
        """Whether a password is the one of an account that can be used; it takes as long for a name that is none."""
        return self._fitting(name, password) is not None

    def _fitting(self, name: str, password: str) -> Any:
        with self._asking() as connection:
            row = connection.execute(select(users).where(users.c.name == name)).first()
        right = passwords.fits(row.password if row else None, password)
        return row if row is not None and right and row.disabled is None else None

    def session(self, token: str) -> Session | None:
        """The session that a token opens, if it isn't over; that it is used is noted."""
        now, identity = self._clock(), _hash(token)
        with self._asking() as connection:
            row = connection.execute(
                select(sessions.c.since.label("begun"), sessions.c.seen, sessions.c.until, users)
                .join(users, users.c.name == sessions.c.user)
                .where(sessions.c.id == identity, users.c.disabled.is_(None))
            ).first()
        if row is None or now >= row.until or now - row.seen >= IDLE:
            return None
        if now - row.seen >= _NOTED:
            self._note(identity, now)
        return Session(identity, _user(row), iso(row.begun) or "", iso(row.until) or "")

    def sign_out(self, token: str) -> None:
        """End the session that a token opens."""
        with self._writing() as connection:
            connection.execute(delete(sessions).where(sessions.c.id == _hash(token)))

    def _note(self, identity: str, now: int) -> None:
        try:
            with self._writing() as connection:
                connection.execute(update(sessions).where(sessions.c.id == identity).values(seen=now))
        except (RegisterBusy, RegisterReadOnly):
            pass  # noted with the next request; whoever writes the register is not waited for twice

    def _make_room(self, connection: Connection, name: str, ended: str | None, now: int) -> None:
        """Sessions that are over go, the one that is taken the place of, and of one account the oldest."""
        s = sessions.c
        connection.execute(delete(sessions).where((s.until <= now) | (s.seen <= now - IDLE)))
        if ended is not None:
            connection.execute(delete(sessions).where(s.id == _hash(ended)))
        mine = select(s.id).where(s.user == name).order_by(s.since.desc(), s.id).offset(_SESSIONS - 1)
        for identity in connection.execute(mine).scalars().all():
            connection.execute(delete(sessions).where(s.id == identity))


def _name(given: str) -> str:
    name = given.strip().casefold()
    if not _NAME.match(name):
        hint = "letters a to z, digits, dot, dash, @ and _; at most 64"
        raise UsageError("is no name of an account", where=given[:80], hint=hint)
    return name


def _role(given: str) -> str:
    if given not in ROLES:
        raise UsageError(f"{given!r} is no role", where="role", hint=f"one of {', '.join(ROLES)}")
    return given


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _user(row: Any) -> User:
    role: Role = row.role
    return User(row.name, role, row.author, iso(row.since) or "", iso(row.disabled) if row.disabled else None)
