"""``make quality``: the table of figures, with bars and floors.

``--write`` puts it into docs/quality.md, and the precision of each predicate into the package.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.conftest import SHARED
from tests.quality import gate, precision

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "quality.md"
MARK = "<!-- the table below is written by `python -m tests.quality --write` -->"


def main(arguments: list[str]) -> int:
    """Prints the table; returns 1 where a figure has fallen below its floor."""
    measured = gate.own_figures()
    if SHARED.is_dir():
        measured |= gate.shared_figures(SHARED)
    kept = gate.floors()["figures"]
    lines = ["| figure, per cent | measured | floor | bar |", "|---|---|---|---|"]
    for name in sorted(measured):
        row = kept.get(name, {})
        sign = "≤ " if row.get("best") == "low" else "≥ "
        floor, bar = (f"{sign}{row[key]}" if key in row else "" for key in ("floor", "bar"))
        lines.append(f"| {name} | {measured[name]:.1f} | {floor} | {bar} |")
    table = "\n".join(lines)
    print(table)
    if "--write" in arguments:
        text = DOCUMENT.read_text(encoding="utf-8")
        DOCUMENT.write_text(f"{text[: text.index(MARK)]}{MARK}\n{table}\n", encoding="utf-8")
        precision.write()
    fallen = gate.fallen(measured)
    for name, (value, least) in sorted(fallen.items()):
        print(f"{name} has fallen to {value}, below its floor {least}")
    return 1 if fallen else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
