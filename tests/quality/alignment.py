"""Measures which statements are taken for one fact: ``python -m tests.quality.alignment [--show]``.

On the groups of tests/golden/groups, twice: on the annotated statements of their stories (what alignment does), and end
to end on what the reader finds (what a user gets). Pair precision, recall and F1 over the pairs of statements of one
group that tell one fact; how many groups keep figures apart that contradict one another; how many pairs of two
different events were merged. A group's file names the statements of each fact by story and number, from 1; what it
doesn't name is a fact on its own. Events are facts too, save those that ``events`` joins.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from pathlib import Path
from typing import Any

import yaml

from comity import documents, gazetteer, vocabulary
from comity.identity import statement_id
from comity.model import Attribution, Document, Evidence, Publication, Statement, Subject, Time
from comity.reading import read
from comity.views.alignment import Telling, matters
from tests.quality import statements as reader

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
GROUPS = GOLDEN / "groups"
MADE_UP = 1000  # from this number on, statements that the reader finds and no annotation has
Name = tuple[str, int]  # a statement: its story, its number there


@dataclass(frozen=True)
class Group:
    """Stories of one matter, and which of their statements tell one fact."""

    name: str
    facts: Mapping[str, tuple[Name, ...]]
    events: tuple[tuple[str, ...], ...]
    figures: tuple[tuple[str, ...], ...]
    either: frozenset[frozenset[str]]  # facts that may be taken for one or for two
    stories: tuple[str, ...]


@dataclass
class Figures:
    """Counts over groups; the shares are computed from them."""

    right: int = 0
    found: int = 0
    wanted: int = 0
    annotated: int = 0  # the wanted pairs, those too whose statements weren't found
    merged_events: list[str] = field(default_factory=list)
    figures_merged: list[str] = field(default_factory=list)
    groups: int = 0

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1, self.found + self.wanted)


def groups() -> Iterator[Group]:
    """The groups, in the order of their names."""
    for path in sorted(GROUPS.glob("*.yml")):
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        facts = {
            label: tuple((story, number) for story, numbers in named.items() for number in numbers)
            for label, named in data["facts"].items()
        }
        yield Group(
            path.stem,
            facts,
            tuple(tuple(labels) for labels in (data.get("events") or {}).values()),
            tuple(tuple(labels) for labels in data.get("figures") or ()),
            frozenset(frozenset(pair) for pair in data.get("same_or_apart") or ()),
            tuple(sorted({story for told in facts.values() for story, _ in told})),
        )


def story(name: str) -> tuple[Document, dict[str, Any]]:
    """A story's document and annotation."""
    folder = GROUPS / "stories" if (GROUPS / "stories" / f"{name}.txt").exists() else GOLDEN / "stories"
    data = yaml.load((folder / f"{name}.yml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    published = str(data["published"]) if data.get("published") else None
    given = Publication(publisher=data["publisher"], published=published, home_state=data.get("home_state"))
    return documents.load(folder / f"{name}.txt", given), data


def annotated(document: Document, data: dict[str, Any]) -> list[Statement]:
    """The statements of a story's annotation, as the reader would give them."""
    topic = vocabulary.load()
    found = []
    for item, given in zip(reader.expected_statements(document.text, data), data["statements"], strict=True):
        slots = topic.predicates[item.predicate].slots
        value = {slot: tuple(v) if isinstance(v := item.value.get(slot), list) else v for slot in slots}
        kind = gazetteer.load().entity(item.subject_id) if item.subject_id else None
        subject = Subject(item.subject_name, item.subject_id, kind.kind if kind else None, "resolved")
        links = tuple(
            Attribution(link.get("source"), bool(link.get("named")), link.get("cue"), bool(link.get("direct")))
            for link in given.get("attribution") or ()
        )
        exact = document.text[item.start : item.end]
        evidence = Evidence(document.id, document.path, start=item.start, end=item.end, exact=exact)
        found.append(
            Statement(
                id="",
                topic=topic.topic,
                predicate=item.predicate,
                subject=subject,
                value=value,
                polarity=given["polarity"],
                modality=given["modality"],
                voice=given["voice"],
                attribution=links,
                time=_time(item.edtf),
                evidence=evidence,
                support=(),
                review="machine",
                reader="golden",
                vocabulary=topic.version,
            )
        )
    # Two annotations may be alike in all that an id is made of: the number parts them.
    return [replace(each, id=f"{statement_id(each, document.id)}-{number}") for number, each in enumerate(found)]


def _time(edtf: str | None) -> Time | None:
    if edtf is None:
        return None
    earliest, latest = _bounds(edtf)
    return Time(edtf, edtf, earliest, latest, "printed")


def _bounds(edtf: str) -> tuple[str | None, str | None]:
    """The first and last day of the EDTF forms that annotations use."""
    if "/" in edtf:
        start, end = edtf.split("/")
        first = None if start in ("..", "") else _bounds(start)[0]
        return first, None if end in ("..", "") else _bounds(end)[1]
    parts = edtf.split("-")
    if len(parts) == 3:
        return edtf, edtf
    if len(parts) == 2 and int(parts[1]) <= 12:
        last = {"02": "28", "04": "30", "06": "30", "09": "30", "11": "30"}.get(parts[1], "31")
        return f"{edtf}-01", f"{edtf}-{last}"
    return f"{parts[0]}-01-01", f"{parts[0]}-12-31"


def measure(group: Group, end_to_end: bool, into: Figures, show: bool = False) -> None:
    """Adds what alignment makes of one group to the figures."""
    tellings: list[Telling] = []
    names: dict[str, Name] = {}
    words: dict[Name, str] = {}
    for name in group.stories:
        document, data = story(name)
        gold = annotated(document, data)
        words |= {(name, number): _told(each) for number, each in enumerate(gold, start=1)}
        taken = _read(document, data) if end_to_end else dict(enumerate(gold, start=1))
        for number, statement in taken.items():
            names[statement.id] = (name, number)
            tellings.append(Telling(name, document.published, statement))
    fact_of: dict[Name, Any] = {told: label for label, named in group.facts.items() for told in named}
    event_of = {label: index for index, labels in enumerate(group.events) for label in labels}
    found = matters(tellings, vocabulary.load())
    ours = [[names[each.statement.id] for each in fact] for matter in found for fact in matter.facts]
    into.groups += 1
    wanted = _pairs([[told for told in named if told in names.values()] for named in group.facts.values()])
    made = {pair for pair in _pairs(ours) if not _either(pair, fact_of, group.either)}
    into.wanted += len(wanted)
    into.annotated += len(_pairs(list(group.facts.values())))
    into.found += len(made)
    into.right += len(made & wanted)
    for matter in found:
        if vocabulary.load().predicates[matter.predicate].nature == "event":
            told = [names[each.statement.id] for fact in matter.facts for each in fact]
            told = [each for each in told if each[1] < MADE_UP]
            labels = {event_of.get(fact_of.get(each, each), fact_of.get(each, each)) for each in told}
            if len(labels) > 1:
                into.merged_events.append(f"{group.name}: {sorted(map(str, labels))}")
    if any(_both(fact, fact_of, labels) for fact in ours for labels in group.figures):
        into.figures_merged.append(group.name)
    if show:
        for sign, pairs in (("missed", wanted - made), ("made up", made - wanted)):
            for one, other in sorted(pairs):
                print(f"{group.name} {sign}: {one[0]} {one[1]} | {other[0]} {other[1]}")
                print(f"   {words[one]}\n   {words[other]}")


def _read(document: Document, data: dict[str, Any]) -> dict[int, Statement]:
    """What the reader finds, under the numbers of the annotated statements that it matches; the rest from MADE_UP."""
    found = list(read(document, vocabulary.load(), gazetteer.load()).statements)
    wanted = reader.expected_statements(document.text, data)
    numbers = {one.id: wanted.index(other) + 1 for one, other in reader.pair(found, wanted)}
    return {numbers.get(each.id, MADE_UP + place): each for place, each in enumerate(found)}


def _pairs(facts: Sequence[Sequence[Name]]) -> set[tuple[Name, Name]]:
    """Pairs of annotated statements; what the reader made up is none of alignment's business."""
    known = [sorted(told for told in fact if told[1] < MADE_UP) for fact in facts]
    return {pair for fact in known for pair in combinations(fact, 2)}


def _either(pair: tuple[Name, Name], fact_of: Mapping[Name, Any], either: frozenset[frozenset[str]]) -> bool:
    return frozenset(fact_of.get(told, "") for told in pair) in either


def _both(fact: Sequence[Name], fact_of: Mapping[Name, Any], labels: Sequence[str]) -> bool:
    return len({fact_of.get(told) for told in fact} & set(labels)) > 1


def _told(statement: Statement) -> str:
    value = " ".join(f"{slot}={given}" for slot, given in statement.value.items() if given is not None)
    when = statement.time.edtf if statement.time else None
    firm = f"{statement.polarity[:3]} {statement.modality} {statement.voice}"
    exact = (statement.evidence.exact or "")[:90]
    return f"{statement.predicate} {statement.subject.name}: {value} | {firm} | {when} | {exact}"


def figures() -> dict[str, float]:
    """What the gate holds, in per cent and counts."""
    result = {}
    for name, end_to_end in (("annotated", False), ("read", True)):
        counted = Figures()
        for group in groups():
            measure(group, end_to_end, counted)
        result[f"alignment.{name}.f1"] = 100 * counted.f1
        result[f"alignment.{name}.merged_events"] = float(len(counted.merged_events))
        result[f"alignment.{name}.figures_apart"] = 100 * (1 - len(counted.figures_merged) / counted.groups)
    return result


def main(arguments: list[str]) -> None:
    for name, end_to_end in (("annotated statements", False), ("end to end", True)):
        counted = Figures()
        for group in groups():
            measure(group, end_to_end, counted, "--show" in arguments)
        pairs = f"pairs wanted {counted.wanted}, found {counted.found}, right {counted.right}"
        print(f"{name}: {counted.groups} groups; {pairs}")
        if end_to_end:
            print(f"  of all {counted.annotated} annotated pairs {counted.right / counted.annotated:.3f} are found")
        print(f"  precision {counted.precision:.3f}  recall {counted.recall:.3f}  F1 {counted.f1:.3f}")
        print(f"  groups with contradicting figures merged: {len(counted.figures_merged)} {counted.figures_merged}")
        print(f"  different events merged: {len(counted.merged_events)}")
        for each in counted.merged_events:
            print(f"    {each}")


if __name__ == "__main__":
    main(sys.argv[1:])
