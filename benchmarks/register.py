"""The register's speed: bulk recording, dossiers and as-of questions, from a generator of realistic registers.

    python benchmarks/register.py [--statements 100000] [--register PATH-or-URL] [--questions 2000]

Figures are ratios within one run: recording against ``sqlite3.executemany`` of the same rows into bare tables without
index, and that into the register's own tables with theirs, which is what the database alone takes; questions against
two reads by a primary key: of a bare row by the driver alone, and of one statement through the register, which is made
of the same parts as those that the other questions give. Processor time stands beside the clock's, for a machine that
others use. Stories, names and places are generated from numbers; none is real.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import resource
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable, ExecutableDDLElement

from comity.identity import statement_id
from comity.model import Capture, Document, Evidence, Reading, Statement, Subject, Support, Time
from comity.register import Register, Rules
from comity.register.dialects import fetched
from comity.register.tables import metadata, table

RULES = Rules(
    natures={"designation": "state", "policy": "state", "protest": "event", "response": "utterance"},
    facets={"designation": ("list",), "policy": ("kind",), "response": ("kind",)},
    exclusive={"designation": ("status",), "policy": ("action",)},
)
PREDICATES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("designation", "status", ("listed", "not_listed", "removed")),
    ("policy", "action", ("adopted", "in_force", "proposed", "rescinded")),
    ("protest", "size_low", ("100", "150", "200")),
    ("response", "kind", ("disputes", "accepts", "no_comment")),
)
PER_DOCUMENT = 5
WORDS = tuple(a + b + c for a in "bdfgklmnprst" for b in ("a", "e", "o", "ui") for c in ("", "l", "n", "rt", "stem"))
"""What fills the stories, each with words of its own: texts that are the same but for a line would all be copies."""
SQLITE = sqlite.dialect()
BATCH = 10_000  # documents in a transaction


def stories(count: int, entities: int, seed: int = 7) -> Iterator[tuple[Document, Reading, bytes]]:
    """``count`` documents with five statements each, about ``entities`` places, some of them more than others."""
    rng, filler = random.Random(seed), random.Random(seed + 1)
    for number in range(count):
        lines = [
            f"Place {int(entities * rng.random() ** 1.2)} did {rng.randrange(10**9)} on day {each}."
            for each in range(PER_DOCUMENT)
        ]
        body = f"Story {number}. " + " ".join(lines) + " " + " ".join(filler.choices(WORDS, k=240)) + "."
        data = body.encode()
        digest = hashlib.sha256(data).hexdigest()
        published = f"2025-{1 + number % 12:02}-{1 + number % 28:02}"
        home = Document(
            id=f"sha256:{digest}", text=body, capture=Capture(digest, "text/plain", len(data)),
            publisher=f"Paper {number % 300}", published=published, published_basis="given",
        )  # fmt: skip
        yield home, Reading(home.id, tuple(_statement(home, line, rng, published) for line in lines)), data


def _statement(home: Document, line: str, rng: random.Random, published: str) -> Statement:
    start = home.text.index(line)
    name = " ".join(line.split()[:2])
    predicate, slot, values = rng.choice(PREDICATES)
    made = Statement(
        id="", topic="bench", predicate=predicate,
        subject=Subject(name, f"ocd-division/country:us/state:xx/place:{name.split()[1]}", "place", "resolved"),
        value={slot: rng.choice(values), "list": "a list", "kind": rng.choice(("a", "b", "c")), "authority": None},
        polarity="affirmed", modality="actual", voice="own", attribution=(),
        time=Time("day", published, published, published, "printed") if rng.random() < 0.6 else None,
        evidence=Evidence(home.id, None, None, start, start + len(line), line,
                          home.text[max(0, start - 32) : start], home.text[start + len(line) :][:32]),
        support=(Support("subject", start, start + len(name), name),),
        review="machine", reader="rules/1", vocabulary="bench@0",
    )  # fmt: skip
    return replace(made, id=statement_id(made, home.id))


class Spent(NamedTuple):
    """Seconds, by the clock and of this process's processor time."""

    clock: float = 0.0
    processor: float = 0.0

    def since(self) -> Spent:
        """What has gone by since then."""
        now = clocks()
        return Spent(now.clock - self.clock, now.processor - self.processor)

    def and_also(self, more: Spent) -> Spent:
        """Both together."""
        return Spent(self.clock + more.clock, self.processor + more.processor)


def clocks() -> Spent:
    """Both clocks as they stand."""
    return Spent(time.perf_counter(), time.process_time())


def record(register: Register, count: int, entities: int) -> tuple[Spent, Spent]:
    """What recording takes, and what keeping the captured bytes takes; the generator's own time left out."""
    spent, kept = Spent(), Spent()
    source = stories(count, entities)
    for start in range(0, count, BATCH):
        batch = [next(source) for _ in range(min(BATCH, count - start))]
        before = clocks()
        for _, _, data in batch:
            register.captures.keep(data)
        kept = kept.and_also(before.since())
        before = clocks()
        register.record_all(batch)
        spent = spent.and_also(before.since())
    return spent, kept


def copied(register: Register, folder: Path, *, indexed: bool) -> tuple[Spent, int]:
    """What ``executemany`` takes for the same rows, and how many rows.

    Into tables without index or key; or, ``indexed``, into the register's own, in the order in which they came: what
    the database alone takes of recording.
    """
    target = sqlite3.connect(folder / f"{'indexed' if indexed else 'bare'}.db", isolation_level=None)
    target.execute("PRAGMA journal_mode=WAL")
    target.execute("PRAGMA cache_size=-65536")
    for name, source in metadata.tables.items():
        columns = ", ".join(f'"{column.name}"' for column in source.columns)
        made: list[ExecutableDDLElement] = [CreateTable(source), *map(CreateIndex, source.indexes)]
        own = [str(each.compile(dialect=SQLITE)) for each in made]
        for sql in own if indexed else [f'CREATE TABLE "{name}" ({columns})']:
            target.execute(sql)
    spent, total = Spent(), 0
    connection = register._connection.execution_options(yield_per=50_000)
    for name, source in metadata.tables.items():
        marks = ", ".join("?" * len(source.columns))
        query = select(source)
        if name == "fingerprints" and indexed:
            query = query.order_by(source.c.document / BATCH, source.c.value)
        for part in connection.execute(query).partitions():
            rows = [tuple(row) for row in part]
            before = clocks()
            target.execute("BEGIN")
            target.executemany(f'INSERT INTO "{name}" VALUES ({marks})', rows)
            target.execute("COMMIT")
            spent = spent.and_also(before.since())
            total += len(rows)
    target.close()
    register._connection.rollback()
    return spent, total


def timed(questions: int, ask: Callable[[random.Random], Any]) -> tuple[Spent, Spent]:
    """Median and 99th percentile of ``ask``, in milliseconds, by each clock."""
    rng = random.Random(3)
    spent = []
    for _ in range(questions):
        before = clocks()
        ask(rng)
        spent.append(before.since())
    by = [sorted(each * 1000 for each in clock) for clock in zip(*spent, strict=True)]
    return Spent(*map(statistics.median, by)), Spent(*(each[int(questions * 0.99)] for each in by))


def main() -> None:
    """Build a register, ask it, print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--statements", type=int, default=100_000)
    parser.add_argument("--questions", type=int, default=2_000)
    parser.add_argument("--register", default=None)
    given = parser.parse_args()
    documents = given.statements // PER_DOCUMENT
    entities = max(10, given.statements // 50)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        where = given.register or str(folder / "register.db")
        with Register.open(where, rules=RULES, captures=folder / "captures") as register:
            spent, kept = record(register, documents, entities)
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            floor, rows = copied(register, folder, indexed=False)
            own, _ = copied(register, folder, indexed=True)
            print(f"statements           {given.statements:>12,}  rows in all tables {rows:,}")
            for label, each in (("recording", spent), ("executemany, bare", floor), ("executemany, indexed", own)):
                clock, processor = (given.statements / seconds for seconds in each)
                print(f"{label:<20} {clock:>12,.0f} statements/s, {processor:,.0f} a second of processor time")
            print(f"captured bytes       {documents / kept.clock:>12,.0f} files/s, on top of that")
            for label, each in (("recording, of bare", spent), ("indexed, of bare", own)):
                ratio = floor.clock / each.clock
                print(f"{label:<20} {ratio:>12.2f}, of processor time {floor.processor / each.processor:.2f}")
            print(f"memory               {memory:>12,.0f} MB")
            ask(register, given.questions, given.statements, entities)


def ask(register: Register, questions: int, statements: int, entities: int) -> None:
    """Questions as a dossier and a page ask them, against a bare row and one statement, each by its key."""

    def place(rng: random.Random) -> str:
        return f"ocd-division/country:us/state:xx/place:{int(entities * rng.random() ** 1.2)}"

    source = table("statements")

    def key(rng: random.Random) -> None:
        mark = "?" if register.path else "%s"
        fetched(register._connection, f"SELECT * FROM statements WHERE n = {mark}", (rng.randrange(1, statements),))

    def dossier(rng: random.Random) -> None:
        register.beliefs(entity=place(rng), begun="2025-12-31")

    def as_of(rng: random.Random) -> None:
        register.beliefs(entity=place(rng), valid=f"2025-{rng.randrange(1, 13):02}-15", predicate="policy")

    ids = register._connection.execute(select(source.c.id).limit(1_000)).scalars().all()

    def one(rng: random.Random) -> None:
        register.statement(rng.choice(ids))

    for label, question in (
        ("a row by its key", key),
        ("one statement", one),
        ("as of, one predicate", as_of),
        ("dossier", dossier),
    ):
        middle, high = timed(questions, question)
        print(
            f"{label:<22} p50 {middle.clock:8.3f} ms   p99 {high.clock:8.3f} ms   "
            f"processor: p50 {middle.processor:8.3f}   p99 {high.processor:8.3f}"
        )
    register._connection.rollback()


if __name__ == "__main__":
    main()
