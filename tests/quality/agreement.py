"""How far two people agree on the same golden stories: ``python -m tests.quality.agreement [--show]``.

Compares the first annotation (``tests/golden/NAME``) with a second one made from the texts alone by the same guide
(``tests/golden/second/NAME``), as the reader is compared with the first. It says how well the guide settles a story,
and so how much of a reader's figure is the reader's.

* Statements match as in :mod:`tests.quality.statements`: predicate, subject, polarity, overlapping evidence, best fit
  first. Of the matched: the share with one attribution (voice and outermost source), modality, time, enumerated values.
* Attribution spans are counted as in :mod:`tests.quality.attribution`: token F1 over (token, role), exact F1 over
  distinct (role, set of tokens).
* What has no match is sorted by how it differs from the nearest free statement of the other side that overlaps it.

``--show`` prints the differences of the open half. The held-out half is only ever counted.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml
from scripts.check_golden import resolve

from comity import gazetteer
from comity.model import Attribution, Evidence, Statement, Subject, Time
from tests.quality import attribution, statements
from tests.quality.statements import GOLDEN, Expected, Figures

SECOND = GOLDEN / "second"
FOLDERS = ("stories", "held-out")
ASPECTS = ("attribution", "modality", "time", "values")


@dataclass
class Spans:
    """Counts of tokens and of exact spans: of both annotations, of the first, of the second."""

    token: Counter[tuple[str, str]] = field(default_factory=Counter)
    exact: Counter[tuple[str, str]] = field(default_factory=Counter)

    def f1(self, exact: bool, roles: Iterable[str] = attribution.ROLES) -> float:
        """F1 in per cent; whose annotation counts as right doesn't matter to it."""
        counter = self.exact if exact else self.token
        both, one, other = (sum(counter[role, side] for role in roles) for side in ("both", "first", "second"))
        return 200 * both / max(1, one + other)


@dataclass
class Agreement:
    """What was counted over some stories."""

    stories: int = 0
    statements: Figures = field(default_factory=Figures)
    spans: Spans = field(default_factory=Spans)
    apart: Counter[str] = field(default_factory=Counter)
    of_governments: int = 0  # matches where an agency and its government are taken as one

    def add(self, other: Agreement) -> None:
        self.stories += other.stories
        ours, theirs = self.statements, other.statements
        for name in ("expected", "found", "matched", "sourced", "in_own_voice", "uncertain"):
            setattr(ours, name, getattr(ours, name) + getattr(theirs, name))
        for name in ("right", "expected_by", "found_by", "matched_by"):
            getattr(ours, name).update(getattr(theirs, name))
        self.spans.token.update(other.spans.token)
        self.spans.exact.update(other.spans.exact)
        self.apart.update(other.apart)
        self.of_governments += other.of_governments

    def f1_of_governments(self) -> float:
        """F1 of the statements in per cent where an agency and its government are taken as one subject."""
        return 200 * self.of_governments / max(1, self.statements.expected + self.statements.found)


def pairs_of_sheets(name: str) -> Iterator[tuple[str, str, dict[str, Any], dict[str, Any]]]:
    """Name, text, first and second annotation of each story of a folder that has both."""
    for path in sorted((SECOND / name).glob("*.yml")):
        text = (GOLDEN / name / f"{path.stem}.txt").read_text(encoding="utf-8")
        first, second = (
            yaml.load(sheet.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
            for sheet in (GOLDEN / name / path.name, path)
        )
        yield path.stem, text, first, second


def as_statement(text: str, item: Expected) -> Statement:
    """An annotated statement in the shape of a read one, so that it is matched and counted by the same functions."""
    source = Attribution(item.source, named=False, cue=None, direct=False)
    return Statement(
        id="",
        topic="",
        predicate=item.predicate,
        subject=Subject(item.subject_name, item.subject_id, None, "resolved" if item.subject_id else "unknown"),
        value=item.value,
        polarity="negated" if item.polarity == "negated" else "affirmed",
        modality=item.modality,  # type: ignore[arg-type]  # the checker holds the sheets to the five words
        voice=item.voice,  # type: ignore[arg-type]  # likewise
        attribution=(source,) if item.source or item.voice == "attributed" else (),
        time=Time("", item.edtf, None, None, None) if item.edtf else None,
        evidence=Evidence("", start=item.start, end=item.end, exact=text[item.start : item.end]),
        support=(),
        review="machine",
        reader="",
        vocabulary="",
    )


def compare(text: str, first: dict[str, Any], second: dict[str, Any]) -> Agreement:
    """The agreement on one story."""
    result = Agreement(stories=1)
    wanted = statements.expected_statements(text, first)
    found = [as_statement(text, item) for item in statements.expected_statements(text, second)]
    pairs = statements.pair(found, wanted)
    statements._count(result.statements, found, wanted, pairs)
    _sort_apart(result.apart, found, wanted, pairs)
    result.of_governments = len(
        statements.pair(
            [as_statement(text, _of_governments(item)) for item in statements.expected_statements(text, second)],
            [_of_governments(item) for item in wanted],
        )
    )
    _count_spans(result.spans, text, first, second)
    return result


def _sort_apart(
    apart: Counter[str], found: list[Statement], wanted: list[Expected], pairs: list[tuple[Statement, Expected]]
) -> None:
    """Counts the statements without a partner: what the nearest free one of the other side differs in, else whose."""
    matched = {id(item) for both in pairs for item in both}
    free = [one for one in found if id(one) not in matched]
    for other in wanted:
        if id(other) in matched:
            continue
        near = sorted(
            (one for one in free if _overlap(one, other)),
            key=lambda one: (one.predicate != other.predicate, one.polarity),
        )
        if near:
            free.remove(near[0])
        apart[_difference(near[0], other) if near else "only in the first"] += 1
    apart["only in the second"] += len(free)


def _overlap(one: Statement, other: Expected) -> bool:
    return (one.evidence.start or 0) < other.end and other.start < (one.evidence.end or 0)


def _difference(one: Statement, other: Expected) -> str:
    if one.predicate != other.predicate:
        return "another predicate"
    if one.polarity != other.polarity:
        return "another polarity"
    if _government(one.subject.id) == _government(other.subject_id) is not None:
        return "an agency for its government, or the reverse"
    return "another subject"


def _government(entity: str | None) -> str | None:
    """The government of an agency; any other entity itself."""
    known = gazetteer.load().entity(entity) if entity else None
    return entity if known is None or known.kind != "agency" or known.parent is None else known.parent


def _of_governments(item: Expected) -> Expected:
    return replace(item, subject_id=_government(item.subject_id))


def _count_spans(spans: Spans, text: str, first: dict[str, Any], second: dict[str, Any]) -> None:
    tokens = attribution.Tokens(text)
    sides = [
        [
            {role: tokens.of(tuple(found[role])) for role in attribution.ROLES}
            for found in (resolve(text, item) for item in sheet.get("attributions") or ())
        ]
        for sheet in (first, second)
    ]
    for role in attribution.ROLES:
        touched = [{token for item in side for token in item[role]} for side in sides]
        whole = [{item[role] for item in side if item[role]} for side in sides]
        spans.token[role, "both"] += len(touched[0] & touched[1])
        spans.exact[role, "both"] += len(whole[0] & whole[1])
        for place, side in enumerate(("first", "second")):
            spans.token[role, side] += len(touched[place])
            spans.exact[role, side] += len(whole[place])


def measure(name: str) -> Agreement:
    """The agreement over a folder."""
    total = Agreement()
    for _, text, first, second in pairs_of_sheets(name):
        total.add(compare(text, first, second))
    return total


def table(columns: dict[str, Agreement]) -> str:
    """The figures as a table of the documentation."""
    rows: list[tuple[str, list[str]]] = [
        ("stories", [str(one.stories) for one in columns.values()]),
        (
            "statements, first / second / both",
            [
                f"{one.statements.expected} / {one.statements.found} / {one.statements.matched}"
                for one in columns.values()
            ],
        ),
        ("statements F1", [f"{100 * one.statements.f1:.1f}" for one in columns.values()]),
    ]
    rows.append(
        ("… an agency and its government taken as one", [f"{one.f1_of_governments():.1f}" for one in columns.values()])
    )
    rows += [
        (f"of the matched, {what} agrees", [f"{100 * one.statements.share(what):.1f}" for one in columns.values()])
        for what in ASPECTS
    ]
    for exact, kind in ((False, "token"), (True, "exact")):
        rows.append((f"attribution spans, {kind} F1", [f"{one.spans.f1(exact):.1f}" for one in columns.values()]))
        rows += [
            (f"… {role}", [f"{one.spans.f1(exact, (role,)):.1f}" for one in columns.values()])
            for role in attribution.ROLES
        ]
    together = columns["together"].statements
    for name in sorted(together.expected_by | together.found_by, key=lambda name: (-together.expected_by[name], name)):
        cells = []
        for one in columns.values():
            counted = one.statements
            sides = counted.expected_by[name] + counted.found_by[name]
            cells.append(f"{200 * counted.matched_by[name] / sides:.0f} ({sides})" if sides else "")
        rows.append((f"F1 of {name} (both sides' number)", cells))
    kinds = sorted(columns["together"].apart.items(), key=lambda item: (-item[1], item[0]))
    rows += [(f"no match: {name}", [str(one.apart[name]) for one in columns.values()]) for name, _ in kinds]
    lines = [f"| per cent | {' | '.join(columns)} |", "|---" * (len(columns) + 1) + "|"]
    return "\n".join(lines + [f"| {name} | {' | '.join(cells)} |" for name, cells in rows])


def show(name: str) -> None:
    """Prints where the annotations of a folder differ, the second as what was found. Refuses the held-out half."""
    if name == "held-out":
        raise ValueError("the held-out half is only counted")
    for story, text, first, second in pairs_of_sheets(name):
        wanted = statements.expected_statements(text, first)
        found = [as_statement(text, item) for item in statements.expected_statements(text, second)]
        path: Path = GOLDEN / name / f"{story}.txt"
        statements._show(path, found, wanted, statements.pair(found, wanted))


def main(arguments: list[str]) -> None:
    if "--show" in arguments:
        show("stories")
    columns = {name: measure(name) for name in FOLDERS}
    together = Agreement()
    for one in columns.values():
        together.add(one)
    print(table(columns | {"together": together}))


if __name__ == "__main__":
    main(sys.argv[1:])
