"""Stores a small register of the present version, to which later versions' migrations are held.

    python -m scripts.store_register

Run it once when a step is added to ``register/migrations``, before it is released, and never for an older version: the
file that is there was written by that version's own code. Writes ``tests/register/stored/VERSION.tar.gz``: the SQLite
file and its captured bytes. Everything in it is invented.
"""

from __future__ import annotations

import sqlite3
import tarfile
import tempfile
from pathlib import Path

from tests.register.samples import ALDER, RULES, Ticking, document, edition, reading, said, statement

from comity.register import Ending, ListChanges, Register, migrations

STORED = Path(__file__).parents[1] / "tests" / "register" / "stored"
OAK = ("Oak County Sheriff", "task_force", "2025-02-01")
ELM = ("Elm Police Department", "warrant_service", "")


def fill(register: Register) -> None:
    """Puts something of every kind on a register."""
    home, dated = document(publisher="Alder Ledger"), document(published="2025-05-28")
    first = said(home)
    register.record(home, reading(home, first, statement(home, "Birch County was not")), home.text.encode())
    register.record(dated, reading(dated, first), dated.text.encode())
    made, csv = edition([OAK, ELM], "2025-05-01")
    register.record_edition(made, csv, ListChanges(), csv.text.encode())
    gone = made.entries[1].statement
    assert gone is not None
    second, csv = edition([OAK], "2025-06-01")
    register.record_edition(second, csv, ListChanges(ended=(Ending(gone.id, "2025-06-01"),)), csv.text.encode())
    register.decide("accept", first.id, author="A. Clerk", reason="read it")
    register.decide("distinct", ALDER, other="ori:OAK", author="A. Clerk", reason="a city and a sheriff")
    register.withdraw("partners", "2025-07-01", reason="taken down")


def main() -> None:
    """Writes the file of this version; refuses where there is one."""
    target = STORED / f"{migrations.HEAD}.tar.gz"
    if target.exists():
        raise SystemExit(f"{target} is there already, written by its own version's code")
    STORED.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "register.db"
        with Register.open(path, rules=RULES, clock=Ticking()) as register:
            fill(register)
        with sqlite3.connect(path, isolation_level=None) as raw:
            raw.execute("PRAGMA journal_mode=DELETE")
            raw.execute("VACUUM")
        with tarfile.open(target, "w:gz") as archive:
            for each in (path, Path(f"{path}.captures")):
                archive.add(each, each.name)
    print(f"{target}: {target.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
