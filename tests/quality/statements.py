"""Measures the reader on golden stories: ``python -m tests.quality.statements [FOLDER] [--show] [--topic=NAME]``.

Two statements match when predicate, subject (id where both have one, else the printed name) and polarity agree and
their evidence overlaps; each is matched once, best fit first. Of the matched: the share with the right attribution
(voice and outermost source), modality, time and enumerated values. ``--show`` prints what was missed and made up; it
refuses the held-out folder.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from comity import documents, gazetteer, vocabulary
from comity.model import Publication, Statement
from comity.reading.rules import read

GOLDEN = Path(__file__).resolve().parents[1] / "golden"


@dataclass
class Figures:
    """Counts over a folder of stories; the shares are computed from them."""

    expected: int = 0
    found: int = 0
    matched: int = 0
    right: Counter[str] = field(default_factory=Counter)
    sourced: int = 0
    in_own_voice: int = 0
    uncertain: int = 0
    expected_by: Counter[str] = field(default_factory=Counter)
    found_by: Counter[str] = field(default_factory=Counter)
    matched_by: Counter[str] = field(default_factory=Counter)

    @property
    def precision(self) -> float:
        return self.matched / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.matched / self.expected if self.expected else 0.0

    @property
    def f1(self) -> float:
        return 2 * self.matched / (self.expected + self.found) if self.expected + self.found else 0.0

    def share(self, what: str) -> float:
        return self.right[what] / self.matched if self.matched else 0.0


_TELLING = ("kind", "action", "status", "model")  # the enumerated slots


@dataclass(frozen=True)
class Expected:
    """One statement of a story's annotation, with its evidence as a span."""

    predicate: str
    subject_name: str
    subject_id: str | None
    value: dict[str, Any]
    polarity: str
    modality: str
    voice: str
    source: str | None
    edtf: str | None
    start: int
    end: int


def stories(folder: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """The stories of a folder: the text's path and its annotation."""
    for path in sorted(folder.glob("*.yml")):
        yield path.with_suffix(".txt"), yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def expected_statements(text: str, story: dict[str, Any]) -> list[Expected]:
    result = []
    for item in story.get("statements") or ():
        evidence = item["evidence"]
        words = evidence["text"] if isinstance(evidence, dict) else evidence
        start = -1
        for _ in range(evidence.get("at", 1) if isinstance(evidence, dict) else 1):
            start = text.find(words, start + 1)
        chain = item.get("attribution") or [{}]
        result.append(
            Expected(
                item["predicate"],
                _words(item["subject"]["name"]),
                item["subject"].get("id"),
                item.get("value") or {},
                item["polarity"],
                item["modality"],
                item["voice"],
                chain[0].get("source") if chain else None,
                str(item["time"]["edtf"]) if item.get("time") and item["time"].get("edtf") else None,
                start,
                start + len(words),
            )
        )
    return result


def _words(given: Any) -> str:
    return str(given["text"]) if isinstance(given, dict) else str(given)


def _same_subject(found: Statement, wanted: Expected) -> bool:
    if found.subject.id and wanted.subject_id:
        return found.subject.id == wanted.subject_id
    return found.subject.name.casefold() == wanted.subject_name.casefold()


def _fit(found: Statement, wanted: Expected) -> int:
    """How well a found statement fits; 0 is not at all."""
    evidence = found.evidence
    if (found.predicate, found.polarity) != (wanted.predicate, wanted.polarity) or not _same_subject(found, wanted):
        return 0
    if (evidence.start or 0) >= wanted.end or wanted.start >= (evidence.end or 0):
        return 0
    same_values = sum(1 for slot, value in wanted.value.items() if found.value.get(slot) == value)
    return 1 + 4 * same_values + int(found.modality == wanted.modality) + int(found.voice == wanted.voice)


def _bare(source: str | None) -> str:
    return " ".join((source or "").casefold().removeprefix("the ").split())


def _same_source(found: Statement, wanted: Expected) -> bool:
    if found.voice != wanted.voice:
        return False
    if wanted.voice != "attributed":
        return True
    ours, theirs = _bare(found.attribution[0].source), _bare(wanted.source)
    return bool(ours) and (ours in theirs or theirs in ours)


def pair(found: list[Statement], wanted: list[Expected]) -> list[tuple[Statement, Expected]]:
    """Found and expected statements, each used once, best fit first."""
    fits = sorted(
        ((_fit(one, other), i, j) for i, one in enumerate(found) for j, other in enumerate(wanted)),
        key=lambda item: (-item[0], item[1], item[2]),
    )
    used: tuple[set[int], set[int]] = (set(), set())
    pairs = []
    for fit, i, j in fits:
        if fit and i not in used[0] and j not in used[1]:
            used[0].add(i)
            used[1].add(j)
            pairs.append((found[i], wanted[j]))
    return pairs


def measure(folder: Path, show: bool = False, topic_name: str | None = None) -> Figures:
    """The figures over all stories of a folder, read by a topic (default: the first)."""
    topic, places = vocabulary.load(topic_name) if topic_name else vocabulary.load(), gazetteer.load()
    figures = Figures()
    for path, story in stories(folder):
        given = Publication(
            publisher=story.get("publisher"),
            published=str(story["published"]) if story.get("published") else None,
            home_state=story.get("home_state"),
        )
        document = documents.load(path, given)
        found = list(read(document, topic, places).statements)
        wanted = expected_statements(document.text, story)
        pairs = pair(found, wanted)
        _count(figures, found, wanted, pairs)
        if show:
            _show(path, found, wanted, pairs)
    return figures


def _count(
    figures: Figures, found: list[Statement], wanted: list[Expected], pairs: list[tuple[Statement, Expected]]
) -> None:
    figures.expected += len(wanted)
    figures.found += len(found)
    figures.matched += len(pairs)
    figures.expected_by.update(item.predicate for item in wanted)
    figures.found_by.update(item.predicate for item in found)
    figures.matched_by.update(one.predicate for one, _ in pairs)
    figures.uncertain += sum(item.voice == "uncertain" for item in found)
    for one, other in pairs:
        if other.voice == "attributed":
            figures.sourced += 1
            figures.in_own_voice += one.voice == "own"
        edtf = one.time.edtf if one.time else None
        figures.right["attribution"] += _same_source(one, other)
        figures.right["modality"] += one.modality == other.modality
        figures.right["time"] += edtf == other.edtf
        figures.right["values"] += all(
            one.value.get(slot) == value for slot, value in other.value.items() if slot in _TELLING
        )


def _show(path: Path, found: list[Statement], wanted: list[Expected], pairs: list[tuple[Statement, Expected]]) -> None:
    text = path.read_text(encoding="utf-8")
    print(f"\n=== {path.stem}")
    matched = {id(item) for both in pairs for item in both}
    for other in wanted:
        if id(other) not in matched:
            values = {slot: value for slot, value in other.value.items() if slot in (*_TELLING, "label")}
            how = f"{other.polarity} {other.modality} {other.voice}"
            print(f"- MISSED {other.predicate} {other.subject_name} {values} {how}")
            print(f"    {' '.join(text[other.start : other.end].split())}")
    for one in found:
        if id(one) not in matched:
            values = {slot: value for slot, value in one.value.items() if value}
            print(f"+ MADE UP {one.predicate} {one.subject.name} {one.subject.id} {values} {one.polarity}")
            print(f"    {' '.join((one.evidence.exact or '').split())}")
    for one, other in pairs:
        edtf = one.time.edtf if one.time else None
        faults = []
        if not _same_source(one, other):
            source = one.attribution[0].source if one.attribution else None
            faults.append(f"voice {one.voice}:{source} for {other.voice}:{other.source}")
        if one.modality != other.modality:
            faults.append(f"modality {one.modality} for {other.modality}")
        if edtf != other.edtf:
            faults.append(f"time {edtf} for {other.edtf}")
        for slot in _TELLING:
            if slot in other.value and one.value.get(slot) != other.value[slot]:
                faults.append(f"{slot} {one.value.get(slot)} for {other.value[slot]}")
        if faults:
            print(f"~ {one.predicate} {one.subject.name}: {'; '.join(faults)}")
            print(f"    {' '.join((one.evidence.exact or '').split())}")


def main(arguments: list[str]) -> None:
    folders = [item for item in arguments if not item.startswith("--")]
    folder = Path(folders[0]) if folders else GOLDEN / "stories"
    show = "--show" in arguments and folder.name != "held-out"
    topics = [item.removeprefix("--topic=") for item in arguments if item.startswith("--topic=")]
    figures = measure(folder, show, topics[0] if topics else None)
    print(f"\n{folder.name}: expected {figures.expected}, found {figures.found}, matched {figures.matched}")
    print(f"precision {figures.precision:.3f}  recall {figures.recall:.3f}  F1 {figures.f1:.3f}")
    print("  ".join(f"{what} {figures.share(what):.3f}" for what in ("attribution", "modality", "time", "values")))
    own = figures.in_own_voice / figures.sourced if figures.sourced else 0.0
    print(f"sourced {figures.sourced}, of these in the outlet's own voice {own:.4f}; uncertain {figures.uncertain}")
    for name in sorted(figures.expected_by | figures.found_by):
        expected, found, matched = figures.expected_by[name], figures.found_by[name], figures.matched_by[name]
        print(f"  {name:<18} expected {expected:>4} found {found:>4} matched {matched:>4}")


if __name__ == "__main__":
    main(sys.argv[1:])
