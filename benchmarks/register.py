"""The register's speed: bulk recording, dossiers and as-of questions, from a generator of realistic registers.

    python benchmarks/register.py [--statements 100000] [--register PATH-or-URL] [--questions 2000]

Figures are ratios within one run: recording against ``sqlite3.executemany`` of the same rows into bare tables without
index, questions against a primary-key read. Stories, names and places are generated from numbers; none is real.
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
from typing import Any

from sqlalchemy import select, text

from comity.identity import statement_id
from comity.model import Capture, Document, Evidence, Reading, Statement, Subject, Support, Time
from comity.register import Register, Rules
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
BATCH = 2_000  # documents in a transaction


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


def record(register: Register, count: int, entities: int) -> tuple[float, float]:
    """Seconds that recording takes, and that keeping the captured bytes takes; the generator's own time left out."""
    spent = kept = 0.0
    source = stories(count, entities)
    for start in range(0, count, BATCH):
        batch = [next(source) for _ in range(min(BATCH, count - start))]
        before = time.perf_counter()
        for _, _, data in batch:
            register.captures.keep(data)
        between = time.perf_counter()
        register.record_all(batch)
        spent += time.perf_counter() - between
        kept += between - before
    return spent, kept


def bare(register: Register, folder: Path) -> tuple[float, int]:
    """Seconds that ``executemany`` takes for the same rows, into tables without index or key; and how many rows."""
    target = sqlite3.connect(folder / "bare.db", isolation_level=None)
    target.execute("PRAGMA journal_mode=WAL")
    spent, total = 0.0, 0
    for name, source in metadata.tables.items():
        columns = ", ".join(f'"{column.name}"' for column in source.columns)
        target.execute(f'CREATE TABLE "{name}" ({columns})')
        marks = ", ".join("?" * len(source.columns))
        found = register._connection.execution_options(yield_per=50_000).execute(select(source))
        for part in found.partitions():
            rows = [tuple(row) for row in part]
            before = time.perf_counter()
            target.execute("BEGIN")
            target.executemany(f'INSERT INTO "{name}" VALUES ({marks})', rows)
            target.execute("COMMIT")
            spent += time.perf_counter() - before
            total += len(rows)
    target.close()
    register._connection.rollback()
    return spent, total


def timed(questions: int, ask: Callable[[random.Random], Any]) -> tuple[float, float]:
    """Median and 99th percentile of ``ask``, in milliseconds."""
    rng = random.Random(3)
    spent = []
    for _ in range(questions):
        before = time.perf_counter()
        ask(rng)
        spent.append((time.perf_counter() - before) * 1000)
    spent.sort()
    return statistics.median(spent), spent[int(len(spent) * 0.99)]


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
            floor, rows = bare(register, folder)
            print(f"statements        {given.statements:>12,}  rows in all tables {rows:,}")
            print(f"recording         {given.statements / spent:>12,.0f} statements/s")
            print(f"captured bytes    {documents / kept:>12,.0f} files/s, on top of that")
            print(f"executemany, bare {given.statements / floor:>12,.0f} statements/s (the same rows)")
            print(f"ratio             {floor / spent:>12.2f}")
            print(f"memory            {memory:>12,.0f} MB")
            ask(register, given.questions, given.statements, entities)


def ask(register: Register, questions: int, statements: int, entities: int) -> None:
    """Questions as a dossier and a page ask them, against a primary-key read of a statement."""

    def place(rng: random.Random) -> str:
        return f"ocd-division/country:us/state:xx/place:{int(entities * rng.random() ** 1.2)}"

    source = table("statements")
    by_key = select(source.c.body).where(source.c.n == text(":n"))

    def key(rng: random.Random) -> None:
        register._connection.execute(by_key, {"n": rng.randrange(1, statements)}).one()

    def dossier(rng: random.Random) -> None:
        register.beliefs(entity=place(rng), begun="2025-12-31")

    def as_of(rng: random.Random) -> None:
        register.beliefs(entity=place(rng), valid=f"2025-{rng.randrange(1, 13):02}-15", predicate="policy")

    ids = register._connection.execute(select(source.c.id).limit(1_000)).scalars().all()

    def one(rng: random.Random) -> None:
        register.statement(rng.choice(ids))

    for label, question in (
        ("primary key", key),
        ("one statement", one),
        ("as of, one predicate", as_of),
        ("dossier", dossier),
    ):
        middle, high = timed(questions, question)
        print(f"{label:<22} p50 {middle:8.3f} ms   p99 {high:8.3f} ms")
    register._connection.rollback()


if __name__ == "__main__":
    main()
