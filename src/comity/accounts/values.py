"""What an account and a session are, and which role reaches how far."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["ROLES", "Role", "Session", "User", "reaches"]

Role = Literal["reader", "editor", "administrator"]
ROLES: tuple[Role, ...] = ("reader", "editor", "administrator")
"""From the one that may least; each may all that those before it may."""


@dataclass(frozen=True, slots=True)
class User:
    """One who may sign in. ``author`` is the name under which the decisions stand: public, and may be a pseudonym."""

    name: str
    role: Role
    author: str
    since: str
    disabled: str | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """A user signed in. ``id`` is the hash under which it is kept; the token that opens it is the browser's alone."""

    id: str
    user: User
    since: str
    until: str


def reaches(role: Role, least: Role) -> bool:
    """Whether a role may what ``least`` may."""
    return ROLES.index(role) >= ROLES.index(least)
