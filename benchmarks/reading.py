"""How fast stories are read, as ratios within one run: ``python benchmarks/reading.py [ROUNDS]``.

Pages are the open golden stories and the off-topic ones, each set among the menus of a news site. The floor that
matters is what extracting the text costs (trafilatura, fast, without metadata, on the same pages); reading, from
bytes to statements, should at most double it. Prints its inputs, the versions, the medians and their spread.
"""

from __future__ import annotations

import html
import platform
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path

import trafilatura

from comity import documents, gazetteer, vocabulary
from comity.model import Document
from comity.reading import read

GOLDEN = Path(__file__).resolve().parents[1] / "tests" / "golden"


DATED = '<meta property="article:published_time" content="2025-06-12T09:00:00-04:00">'


def page(text: str) -> bytes:
    """A story as a news site shows it: head with its day, menus, article, footer."""
    title, *paragraphs = [part for part in text.split("\n") if part.strip()]
    menu = "".join(f"<li><a href='/section/{at}'>Section {at}</a></li>" for at in range(80))
    script = f"<script>var x = {list(range(2000))};</script>"
    body = "".join(f"<p>{html.escape(part)}</p>" for part in paragraphs)
    return (
        f"<!doctype html><html><head><title>{html.escape(title)}</title>{DATED}{script}</head><body>"
        f"<nav><ul>{menu}</ul></nav><article><h1>{html.escape(title)}</h1>{body}</article><footer>{menu}</footer></body></html>"
    ).encode()


def milliseconds(task: Callable[[], object], rounds: int) -> list[float]:
    """Processor time of each round, in milliseconds."""
    spent = []
    for _ in range(rounds):
        begun = time.process_time()
        task()
        spent.append((time.process_time() - begun) * 1000)
    return spent


def row(name: str, spent: Sequence[float], count: int, floor: float) -> None:
    """One line of the table."""
    middle, spread = statistics.median(spent) / count, (max(spent) - min(spent)) / count
    print(f"| {name} | {middle:.2f} ms | ±{spread / 2:.2f} | {middle / floor:.2f} |")


def measure(folder: str, rounds: int) -> None:
    """The table of one folder of stories."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((GOLDEN / folder).glob("*.txt"))]
    pages = [page(text) for text in texts]
    topic, places = vocabulary.load(), gazetteer.load()

    def extract() -> None:
        for data in pages:
            trafilatura.extract(data, fast=True, with_metadata=False)

    def parse() -> list[Document]:
        return [documents.parse(data, path="page.html") for data in pages]

    def whole() -> None:
        for data in pages:
            read(documents.parse(data, path="page.html"), topic, places)

    plain = [documents.parse(text.encode(), path="story.txt") for text in texts]

    def only_read() -> None:
        for document in plain:
            read(document, topic, places)

    whole()
    floor = milliseconds(extract, rounds)
    middle = statistics.median(floor) / len(texts)
    words = sum(len(text.split()) for text in texts) // len(texts)
    print(f"\n{len(texts)} pages of {folder}, {words} words each on average\n")
    print("| per page | median | spread | of extraction |\n|---|---|---|---|")
    row("trafilatura's extraction alone", floor, len(texts), middle)
    row("documents (text, blocks, offsets, dates)", milliseconds(parse, rounds), len(texts), middle)
    row("reading alone, from clean text", milliseconds(only_read, rounds), len(texts), middle)
    row("all of it, bytes to statements", milliseconds(whole, rounds), len(texts), middle)


def main() -> None:
    """Prints the tables."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    print(f"Python {platform.python_version()}, trafilatura {version('trafilatura')}, {rounds} rounds, one core")
    for folder in ("stories", "off-topic"):
        measure(folder, rounds)


if __name__ == "__main__":
    main()
