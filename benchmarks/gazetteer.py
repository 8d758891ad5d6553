"""What the gazetteer costs: loading, one pass over a text, places, bodies, names of a list.

    python -m benchmarks.gazetteer [STORY.txt…]

Texts are the golden stories, or the files named; the floor is Aho-Corasick alone over the same texts. Figures are
medians of five runs in milliseconds for 4,500 letters (about 700 words), and for 700 names.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

from comity.gazetteer import load
from comity.gazetteer.bodies import find_bodies
from comity.gazetteer.places import resolve_places

ROOT = Path(__file__).resolve().parents[1]
NAMES = ROOT / "tests" / "gazetteer" / "names_of_lists.csv"


def timed(work: Callable[[], object]) -> float:
    """Median milliseconds of five runs."""
    taken = []
    for _ in range(5):
        began = perf_counter()
        work()
        taken.append(1000 * (perf_counter() - began))
    return median(taken)


def main(paths: list[str]) -> None:
    """Measure and print one line each."""
    files = [Path(path) for path in paths] or sorted((ROOT / "tests" / "golden" / "stories").glob("*.txt"))
    texts = [path.read_text(encoding="utf-8") for path in files]
    share = 4500 / max(1, sum(map(len, texts)))
    began = perf_counter()
    gazetteer = load()
    gazetteer.entity("ocd-division/country:us/state:ak")
    print(f"load: {1000 * (perf_counter() - began):.0f} ms")
    began = perf_counter()
    find_bodies("Ohio", None, resolve_places("Ohio"))
    print(f"automata and lexicons, once: {1000 * (perf_counter() - began):.0f} ms")
    floor = timed(lambda: [gazetteer.find(text) for text in texts]) * share
    found = timed(lambda: [resolve_places(text) for text in texts]) * share
    places = [resolve_places(text) for text in texts]
    pairs = list(zip(texts, places, strict=True))
    bodies = timed(lambda: [find_bodies(text, None, some) for text, some in pairs]) * share
    print(f"find {floor:.2f} ms, places {found:.2f} ms ({found / floor:.1f} times), bodies {bodies:.2f} ms")
    with NAMES.open(encoding="utf-8") as file:
        rows = [(row["name"], row["state"]) for row in csv.DictReader(file)]
    names = timed(lambda: [gazetteer.resolve(name, state) for name, state in rows]) * 700 / len(rows)
    print(f"700 names of lists, warm: {names:.1f} ms")


if __name__ == "__main__":
    main(sys.argv[1:])
