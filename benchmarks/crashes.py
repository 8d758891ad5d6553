"""Kills (SIGKILL) at random moments while adding, and what is left on the register after each.

    python -m benchmarks.crashes [--kills 200] [--seed 1] [--database sqlite|postgresql|both]

A writer opens a register that isn't there, or is half made, and records batches of generated stories; it says each one
that has landed, and is killed at a moment drawn from the seed. After each kill the register must be whole (``verify``),
hold every batch that was acknowledged, no batch by half and nothing twice; then the same writer starts again. One that
gets to its end unharmed has finished the work: what it left is compared with what an unbroken run leaves, and the next
register begins. PostgreSQL runs on a server of this program's own. The first thing that doesn't hold ends the run, and
the exit code is 1.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import sys
import tempfile
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path

import psycopg
from sqlalchemy import make_url
from tests.register.server import running

from benchmarks.register import RULES, stories
from comity.model import Document, Reading
from comity.register import Register

BATCHES = 40
PER_BATCH = 3
SHARE = 0.8  # of the time that an unbroken run takes: up to where a kill may fall
_PROCESSES = multiprocessing.get_context("forkserver")  # forks of one fresh process: a start costs no imports

Place = Callable[[], AbstractContextManager[str]]
"""Where a new register may be made; gone when the block ends."""


class Broken(Exception):
    """What didn't hold after a kill."""


@dataclass(slots=True)
class Tally:
    """Kills, of them before the register was open, and between a commit and its word; registers that were finished."""

    kills: int = 0
    opening: int = 0
    unsaid: int = 0
    finished: int = 0


def batches() -> Iterator[list[tuple[Document, Reading, bytes]]]:
    """The work: the same batches of stories each time."""
    source = stories(BATCHES * PER_BATCH, 20)
    while batch := list(islice(source, PER_BATCH)):
        yield batch


def write(where: str, captures: Path, said: Connection) -> None:
    """Record all batches, saying -1 once the register is open and the number of each batch that has landed."""
    with Register.open(where, rules=RULES, captures=captures) as register:
        said.send(-1)
        for number, batch in enumerate(batches()):
            register.record_all(batch)
            said.send(number)


def run(where: str, captures: Path, moment: float | None) -> tuple[int, bool]:
    """Start the writer and kill it after ``moment`` seconds: the last batch that it said (-2: not even open), killed.

    Without a moment it is left alone.
    """
    heard, said = _PROCESSES.Pipe(duplex=False)
    writer = _PROCESSES.Process(target=write, args=(where, captures, said), daemon=True)
    writer.start()
    said.close()
    writer.join(moment)
    killed = writer.is_alive()
    writer.kill()
    writer.join()
    last = -2
    try:
        while heard.poll():
            last = heard.recv()
    except (EOFError, OSError):
        pass  # killed while it spoke
    heard.close()
    if not killed and writer.exitcode:
        raise Broken(f"the writer failed, exit code {writer.exitcode}")
    return last, killed


def examined(where: str, captures: Path, acknowledged: int) -> tuple[int, list[str]]:
    """How many batches are there, and what all of them hold. Raises Broken where something doesn't hold."""
    with Register.open(where, rules=RULES, captures=captures) as register:
        found = register.verify()
        if not found.ok:
            raise Broken(f"verify: {found.first_failure}")
        documents = Counter(each.id for each in register.documents())
        beliefs = Counter(each.statement.id for each in register.beliefs())
    if any(count > 1 for count in (*documents.values(), *beliefs.values())):
        raise Broken("something is there twice")
    kept, expected = 0, set()
    for number, batch in enumerate(batches()):
        there = sum(home.id in documents for home, _, _ in batch)
        if there not in (0, len(batch)):
            raise Broken(f"batch {number} is there by half")
        if number <= acknowledged and not there:
            raise Broken(f"batch {number} was acknowledged and is not there")
        if there:
            kept += 1
            expected |= {each.id for _, reading, _ in batch for each in reading.statements}
    if expected != set(beliefs) or len(documents) != kept * PER_BATCH:
        raise Broken("the statements are not those of the batches that are there")
    return kept, sorted([*documents, *beliefs])


def crashed(place: Place, kills: int, seed: int, *, report: Callable[[Tally], None] = lambda _: None) -> Tally:
    """Kill a writer so many times; what was done. Raises Broken with the first thing that doesn't hold."""
    rng, tally = random.Random(seed), Tally()
    _PROCESSES.set_forkserver_preload(["benchmarks.register", "psycopg"])
    warm = _PROCESSES.Process(target=len, args=((),))  # so that the first run is as fast as the others
    warm.start()
    warm.join()
    with place() as where, tempfile.TemporaryDirectory() as folder:
        begun = time.monotonic()
        run(where, Path(folder), None)
        span = (time.monotonic() - begun) * SHARE
        _, whole = examined(where, Path(folder), BATCHES - 1)
    while tally.kills < kills:
        with place() as where, tempfile.TemporaryDirectory() as folder:
            acknowledged, finished = -1, False
            while not finished:
                moment = rng.uniform(0, span) if tally.kills < kills else None
                last, killed = run(where, Path(folder), moment)
                acknowledged = max(acknowledged, last)
                kept, held = examined(where, Path(folder), acknowledged)
                finished = not killed
                tally.kills += killed
                tally.opening += last == -2
                tally.unsaid += kept > acknowledged + 1
                acknowledged = kept - 1
                report(tally)
            if held != whole:
                raise Broken("the finished work is not that of an unbroken run")
            tally.finished += 1
    return tally


@contextmanager
def sqlite() -> Iterator[str]:
    """A file in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        yield str(Path(folder) / "register.db")


def postgresql(server: str) -> Place:
    """New databases of a server, by its URL."""

    @contextmanager
    def place() -> Iterator[str]:
        name = f"comity_{uuid.uuid4().hex[:12]}"
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"'.encode())
        try:
            yield make_url(server).set(database=name).render_as_string(hide_password=False)
        finally:
            with psycopg.connect(server, autocommit=True) as connection:
                connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())

    return place


def main() -> int:
    """Kill, look, print what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="sqlite")
    given = parser.parse_args()
    try:
        if given.database != "postgresql":
            told("SQLite", crashed(sqlite, given.kills, given.seed, report=shown))
        if given.database != "sqlite":
            with running() as server:
                told("PostgreSQL", crashed(postgresql(server), given.kills, given.seed, report=shown))
    except Broken as error:
        print(f"does not hold: {error}")
        return 1
    return 0


def shown(tally: Tally) -> None:
    """How far it is, on a terminal."""
    if sys.stderr.isatty():
        print(f"\r{tally.kills} kills", end="", file=sys.stderr, flush=True)


def told(database: str, tally: Tally) -> None:
    """One line of what was done."""
    print(
        f"{database}: {tally.kills} kills, {tally.opening} of them before the register was open and {tally.unsaid} "
        f"between a commit and its acknowledgement; {tally.finished} registers finished; all of it held"
    )


if __name__ == "__main__":
    sys.exit(main())
