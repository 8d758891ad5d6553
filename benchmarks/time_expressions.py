"""Time expressions against dateparser.search, on the same sentences in the same run.

    python benchmarks/time.py

Accuracy on the table ``tests/golden/time`` (a day's interval is a day; dateparser knows days only, so it is also scored
on the expressions that are single days), what each takes for a date in the sentences without any, and speed on the
table's text repeated. dateparser is needed for development only.
"""

from __future__ import annotations

import sys
import time
from datetime import datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.quality.time import Expression, table

from comity.model import DateMention
from comity.reading.time import find
from comity.reading.time_words import scan


def by_dateparser(text: str, published: str | None) -> tuple[DateMention, ...]:
    """What dateparser.search finds, as single days."""
    from dateparser.search import search_dates

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


def right(found: tuple[DateMention, ...], one: Expression) -> bool:
    """Whether an expression that overlaps says the same days; spans are not compared."""
    return any(
        m.start < one.span[1] and one.span[0] < m.end and (m.earliest, m.latest) == (one.earliest, one.latest)
        for m in found
    )


def main() -> None:
    rows = list(table())
    text = " ".join(sentence for sentence, _, _ in rows)
    size = len(text.encode())
    print(f"{'':<12} {'all %':>7} {'days %':>7} {'in sentences without dates':>27} {'MB/s':>7}")
    for name, finder, repeat in (("comity", find, 20), ("dateparser", by_dateparser, 1)):
        counts = [0, 0, 0, 0, 0]
        for sentence, published, expected in rows:
            found = finder(sentence, published)
            for one in expected:
                is_day = one.earliest is not None and one.earliest == one.latest
                counts[0] += 1
                counts[1] += right(found, one)
                counts[2] += is_day
                counts[3] += is_day and right(found, one)
            if not expected:
                counts[4] += len(found)
        begin = time.perf_counter()
        for _ in range(repeat):
            for sentence, _, _ in rows:
                finder(sentence, "2025-05-28")
        rate = size * repeat / (time.perf_counter() - begin) / 1e6
        print(
            f"{name:<12} {100 * counts[1] / counts[0]:>7.1f} {100 * counts[3] / counts[2]:>7.1f} {counts[4]:>27} {rate:>7.2f}"
        )
    begin = time.perf_counter()
    for _ in range(20):
        scan(text)
    print(f"scan alone {size * 20 / (time.perf_counter() - begin) / 1e6:.0f} MB/s; the table is all dates, stories are not")


if __name__ == "__main__":
    main()
