"""How long a comparison takes beyond reading, and how it grows with the accounts.

    python benchmarks/comparison.py [--sizes 50,250,500,1000,2000]

Accounts of 700 words, invented: each tells facts of a few places, as statements that were read before (from the golden
groups) under other documents; one in ten is a copy of another, a third of these with words changed. What is timed is
all that a comparison does with them: copies, alignment, rows, profiles, wordings. Processor time of one core; the last
column is how much longer it takes than the same number of accounts at the first size's pace would.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from comity import documents, gazetteer, vocabulary
from comity.model import Capture, Document, Publication, Statement
from comity.reading import read
from comity.views.comparison import Source, compare

STORIES = Path(__file__).resolve().parents[1] / "tests" / "golden" / "groups" / "stories"
WORDS = 700
FACTS = 8  # statements of an account
COPIED = 0.1  # of the accounts
PLACES = 40  # accounts to one set of places: more accounts tell of more places


def pool() -> list[Statement]:
    """Statements of the invented stories, to be told again."""
    topic, places = vocabulary.load(), gazetteer.load()
    found: list[Statement] = []
    for path in sorted(STORIES.glob("*.txt")):
        document = documents.load(path, Publication(published="2025-03-10", home_state="OH"))
        found += read(document, topic, places).statements
    return found


def accounts(count: int, statements: list[Statement], seed: int = 7) -> Iterator[Source]:
    """``count`` accounts in the order of their numbers."""
    rng = random.Random(seed)
    words = [f"word{number}" for number in range(4000)] + ["Toledo", "Spokane", "ICE", "detainers", "35", "412"]
    written: list[list[str]] = []
    for number in range(count):
        if written and rng.random() < COPIED:
            text = list(rng.choice(written))
            if rng.random() < 1 / 3:
                text = [word if rng.random() > 0.05 else rng.choice(words) for word in text]
            text.append(str(number))
        else:
            text = [rng.choice(words) for _ in range(WORDS)]
        written.append(text)
        yield source(number, " ".join(text), rng.choices(statements, k=FACTS), rng.randrange(1 + count // PLACES))


def source(number: int, text: str, statements: list[Statement], place: int) -> Source:
    digest = hashlib.sha256(text.encode()).hexdigest()
    document = Document(
        id=f"sha256:{digest}", text=text, capture=Capture(digest, "text/plain", len(text)), path=f"{number}.txt",
        publisher=f"Sample Paper {number}", published=f"2025-03-{1 + number % 28:02}",
    )  # fmt: skip
    told = []
    for at, each in enumerate(statements):
        subject = replace(each.subject, id=f"{each.subject.id}-{place}")
        evidence = replace(each.evidence, document=document.id)
        told.append(replace(each, id=f"st-{number}-{at}", subject=subject, evidence=evidence))
    return Source(document, tuple(told))


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="50,250,500,1000,2000")
    sizes = [int(size) for size in parser.parse_args().sizes.split(",")]
    topic, statements = vocabulary.load(), pool()
    compare(list(accounts(10, statements)), topic)  # loads what is loaded once
    print("| accounts | facts | copies | seconds | ms an account | against the first pace |\n|---|---|---|---|---|---|")
    pace = None
    for size in sizes:
        told = list(accounts(size, statements))
        start = time.process_time()
        found = compare(told, topic)
        spent = time.process_time() - start
        pace = pace or spent / size
        print(
            f"| {size} | {len(found.facts)} | {len(found.copies)} | {spent:.2f} | {1000 * spent / size:.1f} | "
            f"{spent / size / pace:.2f} |"
        )


if __name__ == "__main__":
    main()
