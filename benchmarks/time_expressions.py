"""Time expressions against dateparser.search, on the same text in the same run.

    python -m benchmarks.time_expressions [STORY.txt…]

Accuracy on the table ``tests/golden/time`` (dateparser knows days only, so it is also scored on the expressions that
are single days; spans are not compared), what each takes for a date in the sentences without any, and speed on
running text: the golden stories, or the files named. dateparser is needed for development only.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from time import perf_counter

from dateparser.search import search_dates  # type: ignore[import-untyped]
from tests.quality.time import Expression, table

from comity.model import DateMention
from comity.reading.time import find
from comity.reading.time_words import scan

ROOT = Path(__file__).resolve().parents[1]
PUBLISHED = "2025-05-28"
Finder = Callable[[str, str | None], tuple[DateMention, ...]]


def by_dateparser(text: str, published: str | None) -> tuple[DateMention, ...]:
    """What dateparser.search finds, as single days."""
    settings: dict[str, object] = {"PREFER_DATES_FROM": "past"}
    if published:
        settings["RELATIVE_BASE"] = datetime.fromisoformat(published)
    found = []
    at = 0
    for words, moment in search_dates(text, languages=["en"], settings=settings) or []:
        start = text.find(words, at)
        if start < 0:
            continue
        at = start + len(words)
        day = moment.date().isoformat()
        found.append(DateMention(start, at, day, day, day, "dateparser"))
    return tuple(found)


def is_right(found: tuple[DateMention, ...], one: Expression) -> bool:
    """Whether an expression that overlaps says the same days."""
    return any(
        m.start < one.span[1] and one.span[0] < m.end and (m.earliest, m.latest) == (one.earliest, one.latest)
        for m in found
    )


def accuracy(finder: Finder) -> tuple[float, float, int]:
    """Right of all and of the single days, in per cent; found in sentences that hold no date."""
    marks: list[tuple[bool, bool]] = []
    wrongly = 0
    for sentence, published, expected in table():
        found = finder(sentence, published)
        marks += [(one.earliest is not None and one.earliest == one.latest, is_right(found, one)) for one in expected]
        wrongly += len(found) if not expected else 0
    days = [right for is_day, right in marks if is_day]
    return 100 * sum(right for _, right in marks) / len(marks), 100 * sum(days) / len(days), wrongly


def rate(work: Callable[[str], object], texts: list[str]) -> float:
    """MB of text a second, one core."""
    begin = perf_counter()
    for text in texts:
        work(text)
    return sum(len(text.encode()) for text in texts) / (perf_counter() - begin) / 1e6


def main(arguments: list[str]) -> None:
    """Prints one line for each."""
    paths = [Path(name) for name in arguments] or sorted((ROOT / "tests/golden/stories").glob("*.txt"))
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in paths]
    find("", PUBLISHED)
    print(f"{'':<18} {'all %':>6} {'days %':>7} {'wrongly':>8} {'MB/s':>7}")
    for name, finder, some in (("comity", find, texts), ("dateparser.search", by_dateparser, texts[:20])):
        whole, days, wrongly = accuracy(finder)
        speed = rate(lambda text, finder=finder: finder(text, PUBLISHED), some)  # type: ignore[misc]
        print(f"{name:<18} {whole:>6.1f} {days:>7.1f} {wrongly:>8} {speed:>7.2f}")
    print(f"without a publication day {rate(find, texts):.2f} MB/s, the scan alone {rate(scan, texts * 5):.0f} MB/s")


if __name__ == "__main__":
    main(sys.argv[1:])
