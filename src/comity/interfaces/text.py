"""Answers as plain text: what a person reads. On a terminal lines are wrapped; in a pipe each item is one line."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from comity.model import Time, Value
from comity.views.comparison import Account, Cell, Comparison, Fact
from comity.views.dossier import Dossier, Entry, Facet, carrying
from comity.views.wording import chain, decided, firmness, told, voice

__all__ = ["console", "count", "entries", "paragraph", "show_comparison", "show_dossier", "timed"]

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
    facts = [source, voice(statement), *firmness(statement), timed(statement.time), seen, f"review: {statement.review}"]
    paragraph(out, words, indent)
    paragraph(out, " · ".join(filter(None, facts)), indent + 2, "dim")
    for decision in entry.decisions:
        paragraph(out, f"decided: {decided(decision)}", indent + 2, "dim")


def show_comparison(found: Comparison) -> None:
    """Prints a comparison: the accounts, the facts with each account's words, the profiles, the wordings."""
    out = console()
    names = {account.id: _account_name(account, number) for number, account in enumerate(found.accounts, start=1)}
    paragraph(out, f"{count(len(found.accounts), 'account')} compared", style="bold")
    for account in found.accounts:
        paragraph(out, f"{names[account.id]}, {account.published or 'date unknown'}", 2)
    if len(found.accounts) < 2:
        paragraph(out, "There is nothing to compare it with; give two or more accounts.")
    if not found.facts:
        paragraph(out, "The accounts state nothing on the topic.")
    titles = {"shared": "What they share", "differs": "Where they differ", "only": "What one account alone has"}
    last = ""
    for fact in found.facts:
        if fact.verdict != last:
            last = fact.verdict
            out.print()
            paragraph(out, titles[last], style="bold underline")
        _fact(out, fact, names)
    _profiles(out, found, names)
    _terms(out, found, names)


def _account_name(account: Account, number: int) -> str:
    name = account.publisher or account.path or account.id[:19]
    return f"{number}. {name}{' (synthetic)' if account.synthetic else ''}"


def _fact(out: Console, fact: Fact, names: dict[str, str]) -> None:
    telling = [cell for cell in fact.cells if cell.value is not None]
    every = [dict(cell.value or {}) for cell in telling]
    common = {slot: value for slot, value in every[0].items() if all(other.get(slot) == value for other in every)}
    values = ", ".join(f"{slot.replace('_', ' ')} {told(value)}" for slot, value in common.items())
    head = f"{fact.predicate.replace('_', ' ')}: {fact.subject}{f' ({values})' if values else ''}"
    differing = f"  [differ in {', '.join(fact.differing).replace('_', ' ')}]" if fact.differing else ""
    out.print()
    paragraph(out, head + differing, style="bold")
    for cell in telling:
        _cell(out, cell, names, {slot: value for slot, value in (cell.value or {}).items() if slot not in common})
    silent = [names[cell.account] for cell in fact.cells if cell.value is None]
    if silent and fact.verdict != "only":
        paragraph(out, f"silent: {', '.join(silent)}", 2, "dim")


def _cell(out: Console, cell: Cell, names: dict[str, str], given: dict[str, Value]) -> None:
    stance = f"attributes it to {chain(cell.attribution)}" if cell.attribution else cell.stance
    if cell.stance == "attributes" and not cell.attribution:
        stance = "has it, whose words is uncertain"
    slots = ", ".join(f"{slot.replace('_', ' ')} {told(value)}" for slot, value in given.items())
    own = f" ({slots})" if slots else ""
    words = f": “{' '.join(cell.exact.split())}”" if cell.exact else ""
    paragraph(out, f"{names[cell.account]} {stance}{own}{words}", 2)


def _profiles(out: Console, found: Comparison, names: dict[str, str]) -> None:
    if not found.accounts:
        return
    out.print()
    paragraph(out, "The accounts in counts", style="bold underline")
    for account in found.accounts:
        each = account.profile
        paragraph(
            out,
            f"{names[account.id]}: {count(each.facts, 'fact')} ({each.alone} found in no other); statements: "
            f"{each.own_voice} in its own voice, {each.attributed} attributed, {each.uncertain} uncertain; "
            f"{count(each.sources_named, 'named source')}, {count(each.sources_unnamed, 'attribution')} to "
            f"unnamed ones; {each.share_in_others_words:.0%} of the text in others' words",
            2,
        )


def _terms(out: Console, found: Comparison, names: dict[str, str]) -> None:
    for term in found.terms:
        out.print()
        paragraph(out, f"Wordings for {term.concept}", style="bold")
        for cell in term.cells:
            parts = [("in its own voice", cell.own_voice), ("in others' words", cell.quoted)]
            used = "; ".join(f"{where} {', '.join(f'“{word}”' for word in words)}" for where, words in parts if words)
            paragraph(out, f"{names[cell.account]}: {used or 'none'}", 2)


def count(number: int, what: str) -> str:
    """A number with its noun: 1 statement, 2 statements."""
    return f"{number} {what}{'' if number == 1 else 's'}"
