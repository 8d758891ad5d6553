"""Whether the memory of a site stays flat: round after round of addresses that nobody asked before.

    python benchmarks/memory.py --register PATH [--rounds 8] [--requests 2500] [--at-once 20] [--workers 2]

Serves a register (as ``benchmarks/serving.py`` builds it where there is none at the path) and asks it for dossiers,
statements and searches in rounds. Prints what each process of the server holds after each round.
"""

from __future__ import annotations

import argparse
import asyncio
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from benchmarks import serving

KINDS = ("dossier", "statement", "search")


def main() -> None:
    """Serve a register, ask it round after round, print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--register", required=True)
    parser.add_argument("--statements", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=8)
    parser.add_argument("--requests", type=int, default=2500)
    parser.add_argument("--at-once", type=int, default=20)
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args()
    if not Path(given.register).exists():
        serving.built(given.register, given.statements)
    command = [str(Path(sys.executable).parent / "comity"), "serve", "--register", given.register, "--port", "0"]
    command += ["--rate", "0", "--workers", str(given.workers)]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        port = int(server.stdout.readline().rsplit(":", 1)[1].split("/")[0])
        each = given.requests // len(KINDS)
        kinds = serving.addresses(given.register, each * given.rounds)
        asyncio.run(serving.settled(server.pid, port))
        print(f"{serving.surroundings()}\n\n| asked | processes, MB | together, MB |\n|---|---|---|")
        for round_ in range(given.rounds + 1):
            held = [serving.memory(process) for process in serving.processes(server.pid)]
            told = " + ".join(f"{megabytes:.0f}" for megabytes in held)
            print(f"| {round_ * each * len(KINDS):,} | {told} | {sum(held):.0f} |", flush=True)
            paths = [path for kind in KINDS for path in kinds[kind][round_ * each : (round_ + 1) * each]]
            if round_ < given.rounds:
                _, failed = asyncio.run(serving.asked(port, paths, given.at_once))
                assert not failed, f"{failed} requests were not answered"
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
