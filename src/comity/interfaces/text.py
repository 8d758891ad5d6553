"""Answers as plain text: what a person reads. On a terminal lines are wrapped; in a pipe each item is one line."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from comity.model import Time
from comity.views.dossier import Dossier, Entry, Facet, carrying
from comity.views.wording import decided, firmness, voice

__all__ = ["console", "count", "entries", "paragraph", "show_dossier", "timed"]

_FEW = 3  # sentences that a page shows of one matter; --json has them all
_WIDEST = 110  # characters: longer lines are hard to read
_PARTS = {"state": "Where things stand", "event": "What happened", "utterance": "What was said"}


def console() -> Console:
    """The console on standard output: colours on a terminal, plain text of the same words in a pipe."""
    return Console(highlight=False, soft_wrap=False)


def paragraph(out: Console, text: str, indent: int = 0, style: str = "") -> None:
    """One paragraph: wrapped to the terminal with its indent, or one line in a pipe. Never ends in blanks."""
    space = " " * indent
    if out.is_terminal:
        text = textwrap.fill(
            text,
            min(out.width, _WIDEST),
            initial_indent=space,
            subsequent_indent=space,
            break_long_words=False,
            break_on_hyphens=False,
        )
    else:
        text = space + text
    out.print(Text(text, style=style), soft_wrap=True)


def timed(time: Time | None) -> str:
    """When a statement held: as printed, and as what it was understood; unknown is said."""
    if time is None:
        return "date unknown"
    if time.edtf is None:
        return f"date unresolved: {time.text}"
    return time.edtf if time.text == time.edtf else f"{time.edtf} ({time.text})"


def show_dossier(found: Dossier) -> None:
    """Prints a dossier: the entity, then each matter with its line and the sentences that carry most of it."""
    out = console()
    entity = found.entity
    state = f", {entity.state}" if entity.state and entity.kind != "state" else ""
    paragraph(out, f"{entity.name}{state}", style="bold")
    paragraph(out, f"{entity.kind.replace('_', ' ')}, {entity.id}", style="dim")
    asked = [f"as of {found.as_of}" if found.as_of else "", f"as known on {found.known}" if found.known else ""]
    if any(asked):
        paragraph(out, ", ".join(filter(None, asked)))
    if not found.facets:
        paragraph(out, "The register holds nothing about it. Add stories with comity add, lists with comity list add.")
    last = ""
    for facet in found.facets:
        if facet.nature != last:
            last = facet.nature
            out.print()
            paragraph(out, _PARTS[last], style="bold underline")
        _facet(out, facet)


def _facet(out: Console, facet: Facet) -> None:
    out.print()
    paragraph(out, f"{facet.line}{'  [accounts differ]' if facet.disputed else ''}", style="bold")
    shown = carrying(facet, _FEW)
    entries(out, shown, 2)
    more = len(facet.statements) - len(shown)
    if more:
        paragraph(out, f"and {count(more, 'more statement')}; --json shows all", 2, "dim")


def entries(out: Console, shown: Iterable[Entry], indent: int) -> None:
    """Sentences or rows, each with where it stands, in whose voice, how firmly and when."""
    for entry in shown:
        _entry(out, entry, indent)


def _entry(out: Console, entry: Entry, indent: int) -> None:
    statement = entry.statement
    evidence = statement.evidence
    if evidence.exact is not None:
        words = "“" + " ".join(evidence.exact.split()) + "”"
    elif evidence.cells is None:
        words = "(its text was sealed)"
    else:
        words = f"row {evidence.row}: " + " | ".join(text for text in (evidence.cells or {}).values() if text)
    seen = f"{entry.sightings} sightings" if entry.sightings > 1 else ""
    source = (entry.publisher or "publisher unknown") + (" (synthetic)" if entry.synthetic else "")
    if entry.belief.observed:
        source += f", seen {entry.belief.observed[:10]}"
    when = timed(statement.time) if statement.time or evidence.cells is None else "the row gives no date"
    facts = [source, voice(statement), *firmness(statement), when, seen, f"review: {statement.review}"]
    paragraph(out, words, indent)
    paragraph(out, " · ".join(filter(None, facts)), indent + 2, "dim")
    for decision in entry.decisions:
        paragraph(out, f"decided: {decided(decision)}", indent + 2, "dim")


def count(number: int, what: str) -> str:
    """A number with its noun: 1 statement, 2 statements."""
    return f"{number} {what}{'' if number == 1 else 's'}"
