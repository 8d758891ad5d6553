"""How often statements of each predicate are right, as the site and the API show beside them.

Counted on all golden stories, hard and everyday, read and held out: most predicates are too rare in one of them
alone. Written into the package by ``python -m tests.quality --write``; ``python -m tests.quality.precision`` prints it.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from comity.reading.rules import READER
from tests.quality import statements

TARGET = Path(__file__).resolve().parents[2] / "src" / "comity" / "data" / "quality.json"
HELD_OUT = ("held-out", "everyday/held-out")
FOLDERS = ("stories", "everyday/stories", *HELD_OUT)


def figures() -> dict[str, Any]:
    """Right and found, by predicate and of all, on the golden stories; and of all on the held-out halves."""
    right: Counter[str] = Counter()
    found: Counter[str] = Counter()
    halves = {folder: statements.measure(statements.GOLDEN / folder) for folder in FOLDERS}
    for half in halves.values():
        right += half.matched_by
        found += half.found_by
    right_there = sum(halves[folder].matched for folder in HELD_OUT)
    found_there = sum(halves[folder].found for folder in HELD_OUT)
    expected_there = sum(halves[folder].expected for folder in HELD_OUT)
    stories = sum(len(list((statements.GOLDEN / folder).glob("*.yml"))) for folder in FOLDERS)
    return {
        "stories": stories,
        "reader": READER,
        "all": {"right": right.total(), "found": found.total()},
        "held_out": {"right": right_there, "found": found_there},
        "recall": {"right": right_there, "found": expected_there},
        "predicates": {name: {"right": right[name], "found": found[name]} for name in sorted(found)},
    }


def write() -> None:
    """Puts the figures into the package."""
    TARGET.write_text(json.dumps(figures(), indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    if "--write" in sys.argv:
        write()
    else:
        print(json.dumps(figures(), indent=2))
