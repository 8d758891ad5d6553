"""Answers as plain text for a terminal: what a person reads."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.text import Text

from comity.model import Statement, Value
from comity.views.dossier import Dossier, Entry, Facet

__all__ = ["console", "show_dossier", "voice"]


def console() -> Console:
    """The console on standard output: colours on a terminal, plain text of the same words in a pipe."""
    return Console(highlight=False, soft_wrap=False)


def voice(statement: Statement) -> str:
    """Whose words a statement stands in, in one plain phrase."""
    if statement.voice == "own":
        return "in the outlet's own words"
    if statement.voice == "uncertain":
        return "it is uncertain whose words these are"
    names = [f"“{link.source}”" if link.source else "a source not given" for link in statement.attribution]
    return "according to " + ", citing ".join(names)


def value_text(value: Value) -> str:
    """A slot's value as words."""
    return "; ".join(value) if isinstance(value, tuple) else str(value).replace("_", " ")


def show_dossier(found: Dossier) -> None:
    """Prints a dossier: the entity, then each facet with its line and its evidence."""
    out = console()
    entity = found.entity
    state = f", {entity.state}" if entity.state and entity.kind != "state" else ""
    out.print(f"[bold]{escape(entity.name + state)}[/bold]  {escape(entity.kind)}  {escape(entity.id)}")
    asked = [f"as of {found.as_of}" if found.as_of else "", f"as known on {found.known}" if found.known else ""]
    if any(asked):
        out.print(", ".join(filter(None, asked)))
    if not found.facets:
        out.print("Nothing stands on the register for it. Add stories with comity add, lists with comity list add.")
    for facet in found.facets:
        _facet(out, facet)


def _facet(out: Console, facet: Facet) -> None:
    mark = "  [yellow](accounts differ)[/yellow]" if facet.disputed else ""
    out.print()
    out.print(f"[bold]{escape(facet.line)}[/bold]{mark}")
    count = len(facet.statements)
    out.print(f"  {facet.predicate}, {count} statement{'s' if count != 1 else ''}", style="dim")
    for entry in facet.statements:
        _entry(out, entry)


def _entry(out: Console, entry: Entry) -> None:
    statement = entry.statement
    evidence = statement.evidence
    if evidence.exact is not None:
        words = "“" + " ".join(evidence.exact.split()) + "”"
    else:
        words = f"row {evidence.row}: " + " | ".join(text for text in (evidence.cells or {}).values() if text)
    firm = [word for word in (statement.polarity, statement.modality) if word not in ("affirmed", "actual")]
    time = f"time: {statement.time.text}" if statement.time else "time: unknown"
    seen = f"seen {entry.sightings} times" if entry.sightings > 1 else ""
    source = (entry.publisher or "publisher unknown") + (" (synthetic)" if entry.synthetic else "")
    facts = [source, voice(statement), *firm, time, seen, f"review: {statement.review}"]
    out.print(Padding(Text(words), (0, 0, 0, 2)))
    out.print(Padding(Text(" · ".join(filter(None, facts)), style="dim"), (0, 0, 0, 4)))
