"""What a reply is, and how long its parts may be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

__all__ = ["BODY", "CHECK", "CONTACT", "OFFICE", "Contact", "Reply"]

OFFICE, BODY, CONTACT, CHECK = 160, 2000, 200, 500
"""Characters: a reply is one piece of evidence, and published whole."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply as it was sent. ``decided``: the editor's author, reason, time; ``recorded``: the response statement."""

    id: str
    statement: str
    document: str
    office: str
    body: str
    state: Literal["waiting", "accepted", "declined"]
    since: str
    decided: Mapping[str, str] | None = None
    recorded: str | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to ask whether a reply is the office's, and how that can be checked. Never published; gone once decided."""

    contact: str
    check: str
