"""Measures who is withheld: private persons' names (recall), and names that stay (over-masking), in two halves.

    python -m tests.quality.persons [--misses]

``tests/golden/persons/*.txt`` are invented stories, parted by ``---``, in which ``[p|…]`` is a private person's name,
``[o|…]`` one in office or speaking for an organisation, ``[k|…]`` a place, body, law or facility. A
private name counts as withheld only where every letter of it is. ``--misses`` lists those of the open half.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from comity import documents, reading
from comity.model import Pair
from comity.reading.withholding import withheld

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "persons"
_MARKED = re.compile(r"\[([pok])\|([^\]]+)\]")


@dataclass(slots=True)
class Figures:
    """How many names of each kind there are, and how many of them are withheld; what is withheld besides."""

    count: dict[str, int] = field(default_factory=lambda: dict.fromkeys("pok", 0))
    withheld: dict[str, int] = field(default_factory=lambda: dict.fromkeys("pok", 0))
    besides: int = 0
    misses: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """Private names that are withheld, in per cent."""
        return 100 * self.withheld["p"] / max(1, self.count["p"])

    @property
    def over_masking(self) -> float:
        """Of the names that stay, those that are withheld in part or whole, and what else is, in per cent."""
        wrongly = self.withheld["o"] + self.withheld["k"] + self.besides
        return 100 * wrongly / max(1, self.count["o"] + self.count["k"])


def stories(half: str) -> Iterator[tuple[str, list[tuple[str, Pair]]]]:
    """The stories of a half: plain text, and the kinds and spans of the names marked in it."""
    for marked in (GOLDEN / f"{half}.txt").read_text(encoding="utf-8").split("\n---\n"):
        text, spans, at = "", [], 0
        for found in _MARKED.finditer(marked):
            text += marked[at : found.start()]
            spans.append((found[1], (len(text), len(text) + len(found[2]))))
            text += found[2]
            at = found.end()
        yield text + marked[at:], spans


def measure(half: str) -> Figures:
    """The figures of one half."""
    figures = Figures()
    for text, spans in stories(half):
        document = documents.parse(text.encode(), path="story.txt")
        found = reading.mentions(document)
        known = [(item.start, item.end) for item in found.places] + [(item.start, item.end) for item in found.bodies]
        names = [(item.start, item.end) for item in withheld(text, known) if item.kind == "name"]
        for kind, (start, end) in spans:
            figures.count[kind] += 1
            covered = sum(max(0, min(end, stop) - max(start, begin)) for begin, stop in names)
            hit = covered >= end - start if kind == "p" else covered > 0
            figures.withheld[kind] += hit
            if hit != (kind == "p"):
                figures.misses.append(f"{kind} {text[start:end]}: …{text[max(0, start - 50) : end + 50]!r}")
        for begin, stop in names:
            if not any(start < stop and begin < end for _, (start, end) in spans):
                figures.besides += 1
                figures.misses.append(f"- {text[begin:stop]}: …{text[max(0, begin - 50) : stop + 50]!r}")
    return figures


def figures() -> dict[str, float]:
    """All figures by name, in per cent: what the quality gate keeps."""
    result: dict[str, float] = {}
    for half in ("open", "held-out"):
        found = measure(half)
        name = half.replace("-", "_")
        result |= {f"persons.{name}.recall": found.recall, f"persons.{name}.over_masking": found.over_masking}
    return result


def main(arguments: list[str]) -> int:
    """Prints the figures, and with ``--misses`` what the open half misses."""
    for half in ("open", "held-out"):
        found = measure(half)
        print(
            f"{half:<9} {found.count['p']:>4} private names, {found.recall:5.1f} % withheld; "
            f"{found.count['o'] + found.count['k']:>4} that stay, {found.over_masking:4.1f} % withheld wrongly"
        )
        if "--misses" in arguments and half == "open":
            print(*found.misses, sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
