"""``comity token …``: tokens with which programs use the API."""

from __future__ import annotations

from typing import Any

import msgspec

from comity.accounts import Accounts, Token
from comity.interfaces import output
from comity.settings import Settings

__all__ = ["add", "listed", "revoke"]


def add(*, as_json: bool, label: str, account: str, scopes: list[str], days: int, settings: Settings) -> int:
    """Makes a token and prints it, this once."""
    with Accounts.open(settings.register) as accounts:
        opens, made = accounts.tokens.add(label, account.strip().casefold(), scopes, days)
    if as_json:
        shown: dict[str, Any] = msgspec.to_builtins(made)
        output.line({**shown, "token": opens})
    else:
        print(opens)
        print(f"{_told(made)}\nkeep it now: it is shown once, and only its hash is kept")
    return 0


def listed(*, as_json: bool, settings: Settings) -> int:
    """Prints all tokens, without what opens."""
    with Accounts.open(settings.register) as accounts:
        found = accounts.tokens.all()
    for each in found:
        output.line(each) if as_json else print(_told(each))
    if not found and not as_json:
        print("no tokens; comity token add makes one")
    return 0


def revoke(*, as_json: bool, identity: str, settings: Settings) -> int:
    """Ends a token."""
    with Accounts.open(settings.register) as accounts:
        done = accounts.tokens.revoke(identity)
    output.line(done) if as_json else print(_told(done))
    return 0


def _told(token: Token) -> str:
    ended = f", revoked {token.revoked[:10]}" if token.revoked else ""
    used = f", last used {token.used[:10]}" if token.used else ""
    scopes = " ".join(token.scopes)
    return f"{token.id}  {token.label}: {token.account}, {scopes}, until {token.until[:10]}{used}{ended}"
