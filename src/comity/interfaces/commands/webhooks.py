"""``comity webhook …``: addresses that are told what changes."""

from __future__ import annotations

from typing import Any

import msgspec

from comity.interfaces import output
from comity.register import Register
from comity.settings import Settings
from comity.webhooks import Webhook, Webhooks

__all__ = ["add", "listed", "remove"]


def add(*, as_json: bool, url: str, asked: dict[str, str | None], settings: Settings) -> int:
    """Makes a webhook and prints the secret that signs its messages, this once."""
    with Register.open(settings.register, create=False) as register:
        told = max(register.head().at, 0)
    with Webhooks.open(settings.register) as webhooks:
        made, secret = webhooks.add(url, told, asked)
    if as_json:
        shown: dict[str, Any] = msgspec.to_builtins(made)
        output.line({**shown, "secret": secret})
    else:
        print(secret)
        print(f"{_told(made)}\nkeep the secret now: it is shown once, and signs every message")
    return 0


def listed(*, as_json: bool, settings: Settings) -> int:
    """Prints all webhooks, without their secrets."""
    with Webhooks.open(settings.register) as webhooks:
        found = webhooks.all()
    for each in found:
        output.line(each) if as_json else print(_told(each))
    if not found and not as_json:
        print("no webhooks; comity webhook add makes one")
    return 0


def remove(*, as_json: bool, identity: str, settings: Settings) -> int:
    """Ends a webhook."""
    with Webhooks.open(settings.register) as webhooks:
        webhooks.remove(identity)
    if as_json:
        output.line({"id": identity, "removed": True})
    else:
        print(f"{identity}: removed")
    return 0


def _told(hook: Webhook) -> str:
    narrowed = ", ".join(f"{name} {value}" for name, value in hook.asked.items() if value) or "all changes"
    ended = f", told nothing since {(hook.disabled_since or '')[:10]}: {hook.disabled}" if hook.disabled else ""
    return f"{hook.id}  {hook.url}: {narrowed}, since {hook.since[:10]}, {hook.waiting} waiting{ended}"
