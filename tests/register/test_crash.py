"""Killed at any moment while adding: what was acknowledged is there, nothing twice, and the same call finishes it."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from comity.model import Document, Reading
from comity.register import Register
from tests.register.samples import RULES, document, reading, said, statement

ROOT = Path(__file__).resolve().parents[2]
COUNT = 40
KILLS = 6
ADD = """
import sys
from comity.register import Register
from tests.register.samples import RULES
from tests.register.test_crash import stories
from pathlib import Path
with Register.open(sys.argv[1], rules=RULES, captures=Path(sys.argv[2])) as register:
    for number, item in enumerate(stories()):
        register.record(*item)
        print(number, flush=True)
"""


def stories() -> Iterator[tuple[Document, Reading, bytes]]:
    for number in range(COUNT):
        home = document(f"{number}: Alder Falls was listed on Wednesday, the agency said.")
        yield home, reading(home, said(home), statement(home)), home.text.encode()


def test_a_killed_writer_leaves_a_whole_register(where: str, tmp_path: Path) -> None:
    rng = random.Random(11)
    captures = tmp_path / "captures"
    Register.open(where, rules=RULES, captures=captures).close()
    for _ in range(KILLS):
        stop_at = rng.randrange(COUNT // 2)
        writer = subprocess.Popen(
            [sys.executable, "-c", ADD, where, str(captures)], stdout=subprocess.PIPE, cwd=ROOT, text=True
        )
        assert writer.stdout is not None
        acknowledged = -1
        for line in writer.stdout:
            acknowledged = int(line)
            if acknowledged >= stop_at:
                writer.send_signal(signal.SIGKILL)
                break
        writer.wait()
        writer.stdout.close()
        with Register.open(where, rules=RULES, captures=captures) as register:
            found = register.verify()
            assert found.ok, found.first_failure
            kept = {each.id for each in register.documents()}
            assert {home.id for home, _, _ in list(stories())[: acknowledged + 1]} <= kept
            assert len(register.beliefs()) == 2 * len(kept)
    subprocess.run([sys.executable, "-c", ADD, where, str(captures)], check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    with Register.open(where, rules=RULES, captures=captures) as register:
        assert len(register.documents()) == COUNT
        assert len(register.beliefs()) == 2 * COUNT
        assert register.verify().ok
