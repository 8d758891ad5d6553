"""Measures polarity and modality: a table of our own, in two halves.

    python -m tests.quality.modality [--misses]

Each row of ``tests/golden/modality/events.tsv`` is a sentence, the words that name an event, and how firmly the
sentence states it (conventions in docs/time.md). A row is right where polarity and modality both are. The halves are
by the sentence's hash; ``more.tsv`` came later and counts as tuning. ``--misses`` lists those of the tuning half.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from comity.model import Pair
from comity.reading.clauses import clauses
from comity.reading.modality import Firmness, judge
from tests.quality.time import is_held_out, occurrence

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "modality"


@dataclass(frozen=True, slots=True)
class Event:
    """One row of the table."""

    sentence: str
    trigger: Pair
    polarity: str
    modality: str
    held_out: bool


@dataclass(slots=True)
class Figures:
    """Rows, and how many are right in both, in polarity, in modality."""

    rows: int = 0
    right: int = 0
    polarity: int = 0
    modality: int = 0
    misses: list[str] = field(default_factory=list)

    def share(self, count: int) -> float:
        """A count of the rows, in per cent."""
        return 100 * count / self.rows if self.rows else 0.0


def table() -> Iterator[Event]:
    """The rows of the table, then those of ``more.tsv``, which were all used for tuning."""
    for name in ("events.tsv", "more.tsv"):
        with (GOLDEN / name).open(encoding="utf-8") as lines:
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
                span = occurrence(row["sentence"], row["trigger"], int(row["at"]))
                held_out = name == "events.tsv" and is_held_out(row["sentence"])
                yield Event(row["sentence"], span, row["polarity"], row["modality"], held_out)


def judged(event: Event) -> Firmness:
    """What the reader says of a row, within the clause that holds the trigger."""
    whole = (0, len(event.sentence))
    clause = next((c for c in clauses(event.sentence, whole) if c[0] <= event.trigger[0] < c[1]), whole)
    return judge(event.sentence, clause, event.trigger)


def measure(held_out: bool) -> Figures:
    """The figures of one half."""
    figures = Figures()
    for event in table():
        if event.held_out != held_out:
            continue
        got = judged(event)
        figures.rows += 1
        figures.polarity += got.polarity == event.polarity
        figures.modality += got.modality == event.modality
        if (got.polarity, got.modality) == (event.polarity, event.modality):
            figures.right += 1
        else:
            words = event.sentence[slice(*event.trigger)]
            cues = [event.sentence[a:b] for a, b in got.cues]
            figures.misses.append(
                f"{event.sentence} | {words} | {event.polarity} {event.modality} | {got.polarity} {got.modality} {cues}"
            )
    return figures


def figures() -> dict[str, float]:
    """All figures by name, in per cent: what the quality gate keeps."""
    tune, held = measure(False), measure(True)
    return {
        "modality.table.tune": tune.share(tune.right),
        "modality.table.held_out": held.share(held.right),
        "modality.table": 100 * (tune.right + held.right) / max(1, tune.rows + held.rows),
        "modality.table.polarity": 100 * (tune.polarity + held.polarity) / max(1, tune.rows + held.rows),
    }


def main(arguments: list[str]) -> int:
    """Prints the table of figures, and with ``--misses`` what the tuning half misses."""
    print(f"{'polarity and modality':<22} {'rows':>5} {'right':>6} {'%':>6} {'polarity %':>11} {'modality %':>11}")
    for name, one in (("tuning half", measure(False)), ("held out", measure(True))):
        print(
            f"{name:<22} {one.rows:>5} {one.right:>6} {one.share(one.right):>6.1f}"
            f" {one.share(one.polarity):>11.1f} {one.share(one.modality):>11.1f}"
        )
        if "--misses" in arguments and name == "tuning half":
            print(*one.misses, sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
