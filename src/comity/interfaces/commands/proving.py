"""``comity proof``, ``seal`` and ``backup``: what holds on its own, what is taken off, what is kept elsewhere."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path

import msgspec

from comity import documents, vocabulary
from comity.errors import InputError, UsageError
from comity.interfaces import output
from comity.model import Document
from comity.register import Register, proofs, rules_of
from comity.settings import Settings
from comity.views.wording import wordings

__all__ = ["backup", "check", "proof", "seal"]


def proof(*, as_json: bool, statement: str | None, to: str | None, settings: Settings) -> int:
    """Writes the proof of a statement, to a file or to standard output."""
    del as_json
    if statement is None:
        raise UsageError("which statement?", where="proof", hint="comity proof st-… or comity proof --check FILE")
    with _open(settings) as register:
        made = register.proof(statement)
    data = msgspec.json.format(msgspec.json.encode(made), indent=1) + b"\n"
    if to is None:
        sys.stdout.buffer.write(data)
        return 0
    Path(to).write_bytes(data)
    print(f"{to}: proof of {made.statement}")
    print(f"It holds with these captured bytes beside it: {', '.join(made.captures)}")
    return 0


def check(*, as_json: bool, file: str, captured: str | None) -> int:
    """Checks a proof by its file and the captured bytes alone; InputError names what doesn't hold."""
    data = _read(file)
    if captured is None:
        raise UsageError("which captured bytes?", where="--bytes", hint=f"one of {', '.join(_named(data))}")
    found = proofs.check(data, _read(captured), _parse)
    if as_json:
        output.line(found)
        return 0
    statement = found.statement
    print(f"{file}: holds")
    print(f"{statement.id}: {statement.predicate.replace('_', ' ')}, {statement.subject.name}: {wordings(statement)}")
    print(f"“{' '.join(found.words.split())}”")
    print(f"in the bytes {found.capture}")
    believed = "believed at the last entry" if found.believed else "not believed any more at the last entry"
    print(f"on the register since {found.learned}, {believed}")
    for decision in found.decisions:
        print(f"{decision['kind']} by {decision['author']}: {decision['reason']} ({decision['id']})")
    print(f"log entry {found.head[0]} has the hash {found.head[1]}: compare it with one that was published")
    return 0


def backup(*, as_json: bool, to: str, settings: Settings) -> int:
    """Copies the register and its captured bytes, and verifies the copy; returns 1 where that doesn't hold."""
    with _open(settings) as register:
        count = register.backup(Path(to))
    with _open(Settings(register=to, topic=settings.topic)) as copy:
        found = copy.verify()
    if as_json:
        output.line({"backup": to, "captures": count, "verify": found})
    elif found.ok:
        print(f"{to}: the register with {count} captured files in {to}.captures; verified")
    else:
        failure = found.first_failure
        assert failure is not None
        print(f"{to}: fails: {failure.what} {failure.where}: {failure.why}")
    return 0 if found.ok else 1


def _parse(data: bytes, media_type: str) -> Document:
    return documents.parse(data, media_type=media_type)


def _read(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise InputError(error.strerror or "can't be read", where=path) from error


def _named(data: bytes) -> tuple[str, ...]:
    try:
        return msgspec.json.decode(data, type=proofs.Proof).captures
    except msgspec.MsgspecError as error:
        raise InputError("is no proof", where="--check", hint=str(error)) from error


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
