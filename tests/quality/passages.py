"""Measures the reader on short passages: ``python -m tests.quality.passages [--show] [--held-out|--lessons] [NAME]``.

The passages of ``tests/golden/passages`` say in many wordings what stories say once: the place to look for what no rule
names yet. Each is read under a headline that says what it is about. A statement is right when predicate, subject and
polarity agree with one of its sentence; of those, modality and enumerated values are counted. Voice and time aren't
annotated. ``NAME`` measures the files whose names begin so. ``--held-out`` measures the passages set aside, of which
nothing is shown. ``--lessons`` measures that tenth of ``tests/golden/lessons`` on which no weights are trained.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from comity import documents, gazetteer, vocabulary
from comity.model import Document, Modality, Publication, Statement
from comity.reading import read
from comity.vocabulary import Vocabulary

FOLDER = Path(__file__).resolve().parents[1] / "golden" / "passages"
HELD_OUT = FOLDER / "held-out"
LESSONS = FOLDER.parent / "lessons"
HEADLINE = "Local governments and federal immigration enforcement\n\n"
PUBLISHED = "2025-08-14"


@dataclass(frozen=True)
class Told:
    """What a line of a passage says that its sentence states."""

    line: str  # as written
    predicate: str
    subject: str
    values: tuple[str, ...]
    polarity: str
    modality: str
    start: int
    end: int
    head: tuple[int, int] | None = None  # the words that name the act
    source: str | None = None  # who says it, outermost first; "?" where the text doesn't say who; None: the outlet


@dataclass(frozen=True)
class Passage:
    """A passage: where it is written, its state (None where it is of none), its text, what its sentences state.

    ``lead`` is what stands before it when it is read: a headline that says what it is about, but for a whole story.
    """

    where: str
    state: str | None
    text: str
    told: tuple[Told, ...]
    lead: str = HEADLINE

    @property
    def set_aside(self) -> bool:
        """Whether it is of the tenth that is only measured."""
        return int(hashlib.sha256(self.text.encode()).hexdigest(), 16) % 10 == 0


def passages(folder: Path = FOLDER, name: str = "") -> Iterator[Passage]:
    """The passages of a folder, in the order of files and lines."""
    for path in sorted(folder.glob(f"{name}*.txt")):
        for block in path.read_text(encoding="utf-8").strip().split("\n\n"):
            first, *lines = block.split("\n")
            state = first.removeprefix("@ ")
            yield _passage(path.name, None if state == _NO_STATE else state, lines)


def _passage(where: str, state: str | None, lines: list[str]) -> Passage:
    text, start, told = "", 0, []
    for line in lines:
        if line.startswith("> "):
            told.append(_told(line[2:], text, start))
            continue
        headline = line.startswith("# ")
        text += " " if text and not text.endswith("\n") else ""
        start = len(text)
        text += line.removeprefix("# ") + "\n\n" * headline
    story = lines[0].startswith("# ") and sum(not line.startswith("> ") for line in lines) >= _STORY
    return Passage(where, state, text.strip(), tuple(told), "" if story else HEADLINE)


_NO_STATE = "--"
_STORY = 9  # lines: a headline and eight sentences
_LINE = re.compile(r"(\w+) ([^\[:|]+?)(?: \[([^\]]+)\])?(?::([^|]*))? ?(?:\| ?(.+))?")


def _told(line: str, text: str, start: int) -> Told:
    """What ``predicate Subject [head]: value ... [negated] [modality] | source`` says of the text's last sentence."""
    match = _LINE.fullmatch(line)
    if match is None:
        raise ValueError(f"not of the form 'predicate Subject [head]: values | source': {line}")
    predicate, subject, words_of_head, given, source = match.groups()
    at = text.find(words_of_head, start) if words_of_head else -1
    head = (at, at + len(words_of_head)) if at >= 0 else None
    words = (given or "").split()
    modality = next((word for word in words if word in get_args(Modality)), "actual")
    values = tuple(word for word in words if word != "negated" and word not in get_args(Modality))
    polarity = "negated" if "negated" in words else "affirmed"
    return Told(line, predicate, subject.strip(), values, polarity, modality, start, len(text), head, source)


def document(passage: Passage) -> Document:
    """A passage as the reader gets it, its lead before it."""
    return documents.parse(
        (passage.lead + passage.text).encode(),
        path="passage.txt",
        publication=Publication(published=PUBLISHED, home_state=passage.state),
    )


def statements(passage: Passage, topic: Vocabulary) -> list[Statement]:
    """What the reader finds in a passage; spans count from its lead."""
    return list(read(document(passage), topic, gazetteer.load()).statements)


def same(found: Statement, told: Told, passage: Passage) -> bool:
    """Whether a statement is what the line says."""
    start, end = (found.evidence.start or 0) - len(passage.lead), (found.evidence.end or 0) - len(passage.lead)
    if (found.predicate, found.polarity) != (told.predicate, told.polarity) or start >= told.end or told.start >= end:
        return False
    if found.subject.name.casefold() == told.subject.casefold():
        return True
    return (
        found.subject.id is not None
        and found.subject.id == gazetteer.load().resolve(told.subject, state=passage.state).id
    )


def measure(texts: Iterable[Passage], show: bool = False) -> dict[str, Counter[str]]:
    """For each predicate, and for "all", how many statements were told, found and right, and how well told."""
    topic, counts = vocabulary.load(), {"all": Counter[str]()}
    for passage in texts:
        waiting = list(passage.told)
        extra = []
        for found in statements(passage, topic):
            told = next((item for item in waiting if same(found, item, passage)), None)
            tally = Counter(found=1, right=int(told is not None))
            if told is None:
                extra.append(found)
            else:
                waiting.remove(told)
                tally["modality"] += found.modality == told.modality
                tally["values"] += set(told.values) <= set(found.value.values())
            _add(counts, found.predicate, tally)
        for told in passage.told:
            _add(counts, told.predicate, Counter(told=1))
        if show and (waiting or extra):
            print(f"\n{passage.where} @ {passage.state}: {passage.text}")
            print(*(f"  - missed   {item.line}" for item in waiting), sep="\n", end="\n" if waiting else "")
            for found in extra:
                print(f"  + made up  {found.predicate} {found.subject.name} {found.polarity}")
    return counts


def _add(counts: dict[str, Counter[str]], predicate: str, tally: Counter[str]) -> None:
    for name in ("all", predicate):
        counts.setdefault(name, Counter()).update(tally)


def main(arguments: list[str]) -> None:
    """Prints the figures."""
    names = [item for item in arguments if not item.startswith("--")]
    held_out = "--held-out" in arguments
    folder = LESSONS if "--lessons" in arguments else HELD_OUT if held_out else FOLDER
    texts = passages(folder, names[0] if names else "")
    if folder == LESSONS:
        texts = (passage for passage in texts if passage.set_aside)
    counts = measure(texts, show="--show" in arguments and folder == FOLDER)
    for name, count in sorted(counts.items(), key=lambda item: (item[0] != "all", item[0])):
        told, found, right = count["told"], count["found"], count["right"]
        f1 = 2 * right / max(1, told + found)
        print(
            f"{name:<17} told {told:>4} found {found:>4} right {right:>4}"
            f"  precision {right / max(1, found):.3f} recall {right / max(1, told):.3f} F1 {f1:.3f}"
            f"  of the right: modality {count['modality'] / max(1, right):.3f}"
            f" values {count['values'] / max(1, right):.3f}"
        )


if __name__ == "__main__":
    main(sys.argv[1:])
