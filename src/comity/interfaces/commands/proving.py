"""``comity seal``: what is taken off on a recorded ground."""

from __future__ import annotations

import getpass

from comity import vocabulary
from comity.interfaces import output
from comity.register import Register, rules_of
from comity.settings import Settings

__all__ = ["seal"]


def seal(*, as_json: bool, document: str, ground: str, reason: str, author: str | None, settings: Settings) -> int:
    """Takes a document's text and bytes off and prints what stays."""
    with _open(settings) as register:
        done = register.seal(document, ground, reason=reason, author=author or getpass.getuser())
    if as_json:
        output.line(done)
    else:
        print(f"{done.document}: sealed on {done.at[:10]}, {done.ground}: {done.reason}")
        print("Its text, the words of its statements and its bytes are gone here; its hashes stay, and verify holds.")
        print("Backups and copies made before still have them: seal or delete those too.")
    return 0


def _open(settings: Settings) -> Register:
    rules = rules_of(vocabulary.load(settings.topic).predicates)
    return Register.open(settings.register, rules=rules, create=False)
