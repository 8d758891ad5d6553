"""Measure places in running text on the LGL corpus: ids with spans given, and detection.

    python -m tests.quality.places [../shared/data] [--errors] [--half a|b]

Prints, for both halves of the documents (split by the hash of their id; tune on a, look at b) and together: the share
of gold spans whose id is right, overall and by kind, an abstention counting as wrong; then detection's precision and
recall (as an indication: the corpus marks only what it could map).
The corpus is for evaluation only; nothing of it is in the project.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import sys
import xml.etree.ElementTree as ET
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

from comity.gazetteer import load
from comity.gazetteer.places import resolve_places
from comity.model import Pair

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "data"


@dataclass(frozen=True, slots=True)
class Gold:
    """One annotated span: its ids (any of them is right) and kind."""

    span: Pair
    phrase: str
    kind: str
    ids: frozenset[str]


@dataclass(frozen=True, slots=True)
class Story:
    """One story of the corpus with its outlet's home state and gold spans; ``others`` are further toponyms' spans."""

    id: str
    text: str
    domain: str
    home_state: str | None
    gold: tuple[Gold, ...]
    others: tuple[Pair, ...]


def stories(source: Path) -> list[Story]:
    """All stories of the corpus that have gold spans."""
    gazetteer = load()
    with (source / "geoparsing/lgl_outlets.csv").open(encoding="utf-8") as file:
        homes = {row["domain"]: row["home_state"] for row in csv.DictReader(file)}
    gold: dict[str, list[Gold]] = defaultdict(list)
    with (source / "geoparsing/lgl_gold.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            ids = frozenset(gazetteer.canonical(one) for one in row["ids"].split())
            gold[row["docid"]].append(Gold((int(row["start"]), int(row["end"])), row["phrase"], row["kind"], ids))
    found = []
    for article in ET.parse(source / "geoparsing/lgl.xml").getroot():
        id = article.get("docid") or ""
        spans = {one.span for one in gold[id]}
        tagged = [(int(one.findtext("start") or 0), int(one.findtext("end") or 0)) for one in article.iter("toponym")]
        domain = article.findtext("domain") or ""
        found.append(
            Story(
                id,
                article.findtext("text") or "",
                domain,
                homes.get(domain),
                tuple(gold[id]),
                tuple(span for span in tagged if span not in spans),
            )
        )
    return found


def half(id: str) -> str:
    """Which half a story belongs to, by the hash of its id."""
    return "a" if hashlib.sha256(id.encode()).digest()[0] % 2 == 0 else "b"


def given_spans(chosen: list[Story], show: bool) -> Counter[str]:
    """Counts of gold spans and of right ids, by kind."""
    counts: Counter[str] = Counter()
    for story in chosen:
        spans = [gold.span for gold in story.gold]
        found = {(m.start, m.end): m for m in resolve_places(story.text, spans, story.home_state)}
        for gold in story.gold:
            mention = found.get(gold.span)
            right = mention is not None and mention.id in gold.ids
            for key in ("all", gold.kind):
                counts[f"{key}:n"] += 1
                counts[f"{key}:right"] += right
                counts[f"{key}:none"] += mention is None or mention.id is None
            if show and not right:
                start, end = gold.span
                got = mention.id[23:] if mention and mention.id else None
                context = story.text[max(0, start - 60) : start] + "[" + gold.phrase + "]" + story.text[end : end + 50]
                want = " ".join(sorted(one[23:] for one in gold.ids))
                sys.stdout.write(f"{story.id} {story.home_state} {gold.kind}: {got} for {want}: {context!r}\n")
    return counts


def detection(chosen: list[Story], show: bool) -> Counter[str]:
    """Counts of gold and found spans; a found span that overlaps a foreign toponym of the corpus isn't counted."""
    counts: Counter[str] = Counter()
    for story in chosen:
        found = resolve_places(story.text, None, story.home_state)
        spans = {gold.span: gold for gold in story.gold}
        for mention in found:
            if any(mention.start < end and start < mention.end for start, end in story.others):
                continue
            hit = any(mention.start < end and start < mention.end for start, end in spans)
            counts["found"] += 1
            counts["right"] += hit
            if show and not hit:
                around = story.text[max(0, mention.start - 50) : mention.start] + "["
                around += story.text[mention.start : mention.end] + "]" + story.text[mention.end : mention.end + 40]
                sys.stdout.write(f"{story.id} extra {around!r}\n")
        for gold in story.gold:
            overlap = [m for m in found if m.start < gold.span[1] and gold.span[0] < m.end]
            counts["gold"] += 1
            counts["recalled"] += bool(overlap)
            counts["right id"] += any(m.id in gold.ids for m in overlap)
            if show and not overlap:
                around = story.text[max(0, gold.span[0] - 50) : gold.span[0]] + "[" + gold.phrase + "]"
                sys.stdout.write(f"{story.id} missed {around + story.text[gold.span[1] : gold.span[1] + 40]!r}\n")
    return counts


def report(name: str, chosen: list[Story], show: bool, detect: bool) -> None:
    """Print the figures of some stories."""
    counts = given_spans(chosen, show)
    line = [f"{name:5} spans given:"]
    for kind in ("all", "place", "county", "state"):
        line.append(
            f"{kind} {100 * counts[kind + ':right'] / max(1, counts[kind + ':n']):.1f} of {counts[kind + ':n']}"
        )
    line.append(f"abstained {counts['all:none']}")
    found = detection(chosen, show and detect)
    line.append(f"| detection precision {100 * found['right'] / max(1, found['found']):.1f}")
    line.append(f"recall {100 * found['recalled'] / max(1, found['gold']):.1f}")
    line.append(f"right id {100 * found['right id'] / max(1, found['gold']):.1f}")
    sys.stdout.write(" ".join(line) + "\n")


def main() -> None:
    """Read the options, measure, print."""
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    options.add_argument("source", nargs="?", type=Path, default=SHARED)
    options.add_argument("--errors", action="store_true", help="print each wrong id")
    options.add_argument("--detect", action="store_true", help="with --errors: print wrong and missed spans too")
    options.add_argument("--half", choices=("a", "b"), help="only this half")
    asked = options.parse_args()
    everything = stories(asked.source)
    for name in [asked.half] if asked.half else ["a", "b", "both"]:
        chosen = [story for story in everything if name in (half(story.id), "both")]
        report(name, chosen, asked.errors, asked.detect)


if __name__ == "__main__":
    main()
