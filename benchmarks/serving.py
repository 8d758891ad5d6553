"""The site's speed: dossiers, statements and searches, so many asked at once, server and client on one machine.

    python benchmarks/serving.py [--statements 1000000] [--requests 10000] [--at-once 20] [--workers 2]
        [--register PATH]

Builds a register of generated stories about real places (50 statements each), serves it with ``comity serve``, asks
each kind of page for places and statements drawn at random, no address twice but in the rows "again", and prints
milliseconds as a client sees them, and those of a core's time that the server's processes took for each request.
Ratios are of an answer that needs no register (a file of the site), asked alike in the same run.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import random
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

from comity import gazetteer, vocabulary
from comity.model import Document, Reading
from comity.register import Register, rules_of

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from benchmarks import register as generated

PER_PLACE = 50


def places(count: int) -> list[str]:
    """Ids of real places, as many as asked for."""
    found = [row[0] for row in gazetteer.load().governments if row[2] == "place"]
    return [f"ocd-division/country:us/{short}" for short in found[:count]]


def stories(count: int, ids: Sequence[str]) -> Iterator[tuple[Document, Reading, bytes]]:
    """Generated stories whose places are real ones."""
    for document, reading, data in generated.stories(count, len(ids)):
        told = tuple(
            replace(each, subject=replace(each.subject, id=ids[int(each.subject.name.split()[1])]))
            for each in reading.statements
        )
        yield document, replace(reading, statements=told), data


def built(path: str, statements: int) -> None:
    """Records the register; 2,000 documents a commit."""
    ids = places(max(1, min(statements // PER_PLACE, 20_000)))
    count = statements // generated.PER_DOCUMENT
    source = stories(count, ids)
    with Register.open(path, rules=rules_of(vocabulary.load().predicates)) as register:
        for start in range(0, count, generated.BATCH):
            register.record_all([next(source) for _ in range(min(generated.BATCH, count - start))])


def addresses(path: str, requests: int) -> dict[str, list[str]]:
    """What is asked, by kind."""
    rng = random.Random(5)
    with Register.open(path, read_only=True) as register:
        entities = [identity for _, identity in register.names()]
        found: list[str] = []
        after = 0
        while len(found) < requests:
            page, more = register.page(after=after, limit=200)
            found += [each.statement.id for each in page]
            if more is None:
                break
            after = more + rng.randrange(200)
    names = [gazetteer.load().label(each) for each in entities]
    entities = [quote(each, safe="/:") for each in entities]
    dossiers = [f"/entity/{each}?as_of={day}" for each in entities for day in ("2025-06-01", "2025-09-01", "")]
    searches = [f"/api/v1/entities?q={quote(name[: rng.randrange(3, 9)])}&limit={n}" for name in names for n in (8, 9)]
    kinds = {
        "a file": [f"/static/site.css?n={number}" for number in range(requests)],
        "dossier": [each.removesuffix("?as_of=") for each in dossiers],
        "statement": [f"/statement/{each}" for each in found],
        "search": searches,
        "dossier, API": [f"/api/v1/dossiers/{each}" for each in entities],
        "statements, API": [f"/api/v1/statements?limit=50&entity={each}" for each in entities],
    }
    for each in kinds.values():
        rng.shuffle(each)
    return {kind: each[:requests] for kind, each in kinds.items()}


async def asked(port: int, paths: Sequence[str], at_once: int) -> tuple[list[float], int]:
    """Milliseconds of each request over ``at_once`` kept connections, and how many were not answered with 200."""
    waiting = iter(paths)
    spent: list[float] = []
    failed = 0

    async def client() -> None:
        nonlocal failed
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for path in waiting:
            before = time.perf_counter()
            head = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n\r\n"
            writer.write(head.encode())
            answer = (await reader.readuntil(b"\r\n\r\n")).decode()
            length = re.search(r"content-length: (\d+)", answer, re.IGNORECASE)
            assert length, answer
            await reader.readexactly(int(length[1]))
            spent.append((time.perf_counter() - before) * 1000)
            failed += not answer.startswith("HTTP/1.1 200")
        writer.close()

    await asyncio.gather(*(client() for _ in range(at_once)))
    return sorted(spent), failed


def processes(server: int) -> list[int]:
    """The server, and the processes beside it."""
    children = Path(f"/proc/{server}/task/{server}/children").read_text(encoding="utf-8")
    return [server, *map(int, children.split())]


def memory(process: int) -> float:
    """Megabytes that a process holds now."""
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    found = re.search(r"RssAnon:\s+(\d+)", status)  # its own: the register's file is mapped, and the system's
    return int(found[1]) / 1024 if found else 0.0


def memories(server: int) -> str:
    """Those of the server and of the processes beside it."""
    return " + ".join(f"{memory(each):.0f}" for each in processes(server))


def worked(server: int) -> float:
    """Seconds of a core's time that the server and the processes beside it have taken."""
    spent = 0
    for each in processes(server):
        told = Path(f"/proc/{each}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
        spent += int(told[11]) + int(told[12])
    return spent / os.sysconf("SC_CLK_TCK")


async def settled(server: int, port: int) -> None:
    """Waits until the pages about the whole register are there, and nothing goes on beside the requests any more."""
    for path in ("/", "/about", "/changes"):
        failed = 1
        while failed:
            _, failed = await asked(port, [path], 1)
    before = -1.0
    while worked(server) - before > 0.2:
        before = worked(server)
        await asyncio.sleep(2)


def held(path: str) -> int:
    """How many statements a register has."""
    with Register.open(path, read_only=True) as register:
        return sum(register.totals().statements.values())


def surroundings() -> str:
    """What the figures were measured with, and how many processes waited for a core meanwhile."""
    python, load = platform.python_version(), os.getloadavg()[0]
    return f"Python {python}, SQLite {sqlite3.sqlite_version}, {os.cpu_count()} cores, load {load:.1f}"


def main() -> None:
    """Build a register, serve it, ask it, print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--statements", type=int, default=1_000_000)
    parser.add_argument("--requests", type=int, default=10_000)
    parser.add_argument("--at-once", type=int, default=20)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--register", default=None)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="comity-") as folder:
        path = given.register or str(Path(folder) / "serving.db")
        if not Path(path).exists():
            built(path, given.statements)
        command = [str(Path(sys.executable).parent / "comity"), "serve", "--register", path, "--port", "0"]
        command += ["--rate", "0", "--workers", str(given.workers)]
        server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        try:
            assert server.stdout is not None
            port = int(server.stdout.readline().rsplit(":", 1)[1].split("/")[0])
            kinds = addresses(path, given.requests)
            asyncio.run(settled(server.pid, port))
            first = ["/api/v1/entities?q=an", *kinds["dossier"][:20], *kinds["statement"][:20]]
            asyncio.run(asked(port, first, 4))  # what is read once is read
            before = memories(server.pid)
            told = f"{held(path):,} statements, {given.at_once} at once, {given.workers} workers"
            print(f"{told}; {surroundings()}\n")
            print(
                "| asked | requests | p50 ms | p95 ms | p99 ms | longest | a second | core ms | p50, of a file | load "
                "| not answered |"
            )
            print("|---|---|---|---|---|---|---|---|---|---|---|")
            bare = 0.0
            again = {"dossier, again": kinds["dossier"], "statement, again": kinds["statement"]}
            for kind, paths in (kinds | again).items():
                begun, core = time.perf_counter(), worked(server.pid)
                spent, failed = asyncio.run(asked(port, paths, given.at_once))
                took, core = time.perf_counter() - begun, worked(server.pid) - core
                p50, p95, p99 = (spent[int(len(spent) * each)] for each in (0.5, 0.95, 0.99))
                bare = bare or p50
                row = (
                    f"{p50:.1f} | {p95:.1f} | {p99:.1f} | {spent[-1]:.1f} | {len(spent) / took:.0f} | "
                    f"{core / len(spent) * 1000:.1f} | {p50 / bare:.1f} | {os.getloadavg()[0]:.1f}"
                )
                print(f"| {kind} | {len(spent):,} | {row} | {failed} |", flush=True)
            print(f"\nMemory of the server's processes, MB: {before} before, {memories(server.pid)} after.")
        finally:
            server.terminate()
            server.wait()


if __name__ == "__main__":
    main()
