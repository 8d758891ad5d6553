"""Many writers at once: overlapping batches leave exactly what one writer would, on both databases."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from comity.model import Document, Reading
from comity.register import Register
from tests.register.samples import RULES, document, edition, reading, said, statement

ROOT = Path(__file__).resolve().parents[2]
WRITERS = 8
STORIES = 24
WRITE = """
import sys
from pathlib import Path
from comity.register import Register
from tests.register.samples import RULES
from tests.register.test_writers import write
with Register.open(sys.argv[1], rules=RULES, captures=Path(sys.argv[2])) as register:
    print("ready", flush=True)
    sys.stdin.readline()
    write(register, int(sys.argv[3]))
"""


def story(number: int) -> tuple[Document, Reading, bytes]:
    text = f"{number}: Alder Falls was listed on Wednesday, the agency said."
    home = document(text, published="2025-05-28", publisher=f"Sample {number % 3}")
    return home, reading(home, said(home), statement(home)), home.text.encode()


def write(register: Register, number: int) -> None:
    """Half of all stories, from another one on for each writer, in batches of three; and an edition that all add."""
    mine = [story((number * 3 + each) % STORIES) for each in range(STORIES // 2)]
    made, home = edition([("OAK Police", "jail", "2025-05-01"), ("ELM Police", "task", "")], "2025-05-28")
    for start in range(0, len(mine), 3):
        register.record_all(mine[start : start + 3])
        register.record_edition(made, home, data=home.text.encode())


def held(register: Register) -> dict[str, Any]:
    """All that a register answers but when it learned it."""
    clocks = [(each.statement.id, each.facet, each.valid_from, each.valid_to, each.observed, each.sightings,
               each.publisher) for each in register.beliefs()]  # fmt: skip
    papers = Counter((each.id, each.publisher, each.published) for each in register.documents())
    seen = {each[0]: len(register.sightings(each[0])) for each in clocks}
    return {
        "beliefs": Counter(clocks),
        "documents": papers,
        "sightings": seen,
        "editions": [(each.id, each.date) for each in register.editions()],
        "entities": register.entities(),
    }


def test_eight_writers_leave_what_one_would(where: str, tmp_path: Path) -> None:
    with Register.open(tmp_path / "one.db", rules=RULES) as alone:
        for number in range(WRITERS):
            write(alone, number)
        expected = held(alone)
    captures = tmp_path / "captures"
    Register.open(where, rules=RULES, captures=captures).close()
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITE, where, str(captures), str(number)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT, text=True,
        )
        for number in range(WRITERS)
    ]  # fmt: skip
    for each in writers:
        assert each.stdout is not None
        assert each.stdout.readline() == "ready\n"
    for each in writers:
        assert each.stdin is not None
        each.stdin.write("go\n")
        each.stdin.flush()
    ended = [each.communicate() for each in writers]
    assert [each.returncode for each in writers] == [0] * WRITERS, ended
    with Register.open(where, rules=RULES, captures=captures) as register:
        assert held(register) == expected
        found = register.verify()
        assert found.ok, found.first_failure
        assert not [path for path in captures.rglob(".*") if path.is_file()]


def test_opening_a_register_twice_takes_no_lock_from_the_first(tmp_path: Path) -> None:
    """A file's locks are a process's, not a connection's: whoever closes it else lets go of them all (fcntl(2))."""
    path = tmp_path / "register.db"
    more = [sys.executable, "-c", WRITE, str(path), str(tmp_path / "captures"), "1"]
    with Register.open(path, rules=RULES, captures=tmp_path / "captures") as first:
        write(first, 0)
        Register.open(path, rules=RULES, read_only=True).close()
        # Were the first one's locks gone, another process would take itself for the last, and remove the log of writes.
        subprocess.run(more, input="\n", text=True, check=True, cwd=ROOT, capture_output=True)
        assert Path(f"{path}-wal").exists()
        write(first, 2)
        assert first.verify().ok
    with Register.open(path, rules=RULES, captures=tmp_path / "captures") as again:
        assert again.verify().ok and len(again.documents()) > 12
