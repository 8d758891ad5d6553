"""Killed at any moment while adding: what was acknowledged is there, nothing twice, and the same call finishes it.

``python -m benchmarks.crashes`` does the same hundreds of times.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from benchmarks.crashes import Place, crashed, postgresql, sqlite

from comity.register import Register
from tests.register.samples import RULES

KILLS = 6


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest) -> Place:
    """Where registers may be made, one after the other."""
    return sqlite if request.param == "sqlite" else postgresql(request.getfixturevalue("server"))


def test_a_killed_writer_leaves_a_whole_register(place: Place) -> None:
    assert crashed(place, KILLS, seed=11).kills == KILLS


ADD = """
import resource, sys
from comity.interfaces.cli import main
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2)
main(sys.argv[2:])
"""


@pytest.mark.parametrize(("limit", "recorded"), [(100_000, 0), (300_000, 1)])
def test_files_that_may_not_grow_leave_one_line_and_a_whole_register(tmp_path: Path, limit: int, recorded: int) -> None:
    """As with a quota or on a full disk, while the register is made and half way through the files."""
    where = tmp_path / "register.db"
    Register.open(where, rules=RULES).close()
    files = [tmp_path / f"{number}.txt" for number in range(20)]
    for number, file in enumerate(files):
        file.write_text(f"Story {number}. Dayton, Ohio, adopted a sanctuary policy on May 28, 2025.")
    call = ["add", "--register", str(where), *map(str, files)]
    program = [sys.executable, "-c", ADD]
    stopped = subprocess.run([*program, str(limit), *call], check=False, capture_output=True, text=True)
    assert stopped.returncode == 1
    assert len(stopped.stderr.splitlines()) == 1 and "no space" in stopped.stderr
    with Register.open(where, rules=RULES) as register:
        assert register.verify().ok
        assert recorded <= len(register.documents()) < len(files)
    subprocess.run([*program, "-1", *call], check=True, stdout=subprocess.DEVNULL)
    with Register.open(where, rules=RULES) as register:
        assert len(register.documents()) == len(files)
        assert register.verify().ok
