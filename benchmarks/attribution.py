"""How fast attributions and sentences are found, against the 16 ms an article that langextract spends on its own work.

    python benchmarks/attribution.py [FOLDER]

Documents are the stories of ``FOLDER/data/polnear/dev`` (``../shared`` beside the project) where they are there, else
made up. CPU time of one core; the median of five rounds.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from comity.reading.attribution import find
from comity.reading.sentences import split

ROUNDS = 5
PEER_MS = 16.0  # langextract 1.7 with a model that answers in no time, an article
MADE_UP = (
    "“We will not sign,” Police Chief Ana Ruiz said on Tuesday. “Not this year.” The county, according to the sheriff, "
    "holds 40 people. Officials told reporters that the list was wrong, and the mayor said the city would appeal.\n\n"
)


def stories(folder: Path) -> list[str]:
    """The texts to read."""
    paths = sorted((folder / "data/polnear/dev/text").glob("*.txt"))
    return [path.read_text(encoding="utf-8") for path in paths] or [MADE_UP * 18] * 80


def milliseconds(work: Callable[[str], object], texts: Sequence[str]) -> float:
    """Median CPU time a text."""
    rounds = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        for text in texts:
            work(text)
        rounds.append((time.process_time() - begun) * 1000 / len(texts))
    return statistics.median(rounds)


def main() -> None:
    """Prints the table."""
    texts = stories(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parents[2] / "shared")
    words = sum(len(text.split()) for text in texts) / len(texts)
    begun = time.process_time()
    find(MADE_UP)
    loaded = time.process_time() - begun
    print(f"{len(texts)} documents of {words:.0f} words; lexicon and weights loaded in {loaded:.2f} s")
    for name, work in (("sentences", split), ("attributions", find)):
        spent = milliseconds(work, texts)
        rate = f"{1000 / spent:7.0f} documents/s"
        print(f"{name:13} {spent:6.2f} ms a document  {rate}  {PEER_MS / spent:5.1f} times the peer")


if __name__ == "__main__":
    main()
