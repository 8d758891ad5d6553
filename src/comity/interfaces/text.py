"""Answers as plain text for a terminal: what a person reads."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.text import Text

from comity.model import Statement, Value
from comity.views.comparison import Account, Cell, Comparison, Fact
from comity.views.dossier import Dossier, Entry, Facet

__all__ = ["console", "show_comparison", "show_dossier", "voice"]


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


def show_comparison(found: Comparison) -> None:
    """Prints a comparison: the accounts, the facts with each account's words, the profiles, the wordings."""
    out = console()
    names = {account.id: _account_name(account, number) for number, account in enumerate(found.accounts, start=1)}
    out.print(f"[bold]{len(found.accounts)} account{'s' if len(found.accounts) != 1 else ''} compared[/bold]")
    for account in found.accounts:
        out.print(f"  {escape(names[account.id])}, {account.published or 'date unknown'}", soft_wrap=True)
    if len(found.accounts) < 2:
        out.print("There is nothing to compare it with; give two or more accounts.")
    if not found.facts:
        out.print("The accounts state nothing on the topic.")
    titles = {"shared": "What they share", "differs": "Where they differ", "only": "What one account alone has"}
    last = ""
    for fact in found.facts:
        if fact.verdict != last:
            last = fact.verdict
            out.print(f"\n[bold underline]{titles[last]}[/bold underline]")
        _fact(out, fact, names)
    _profiles(out, found, names)


def _account_name(account: Account, number: int) -> str:
    name = account.publisher or account.path or account.id[:19]
    return f"{number}. {name}{' (synthetic)' if account.synthetic else ''}"


def _fact(out: Console, fact: Fact, names: dict[str, str]) -> None:
    first = next(cell for cell in fact.cells if cell.value is not None)
    values = ", ".join(f"{slot} {value_text(value)}" for slot, value in (first.value or {}).items())
    differing = f" [yellow](differ in {', '.join(fact.differing)})[/yellow]" if fact.differing else ""
    out.print(f"\n[bold]{fact.predicate}: {escape(fact.subject)}[/bold] {escape(values)}{differing}", soft_wrap=True)
    for cell in fact.cells:
        _cell(out, cell, names, fact.differing)


def _cell(out: Console, cell: Cell, names: dict[str, str], differing: tuple[str, ...]) -> None:
    sources = ", citing ".join(f"“{link.source}”" if link.source else "a source not given" for link in cell.attribution)
    stance = f"{cell.stance} to {sources}" if cell.stance == "attributes" and sources else cell.stance
    given = {slot: cell.value[slot] for slot in differing if cell.value and cell.value.get(slot) is not None}
    own = "; ".join(f"{slot} {value_text(value)}" for slot, value in given.items())
    words = f": “{' '.join(cell.exact.split())}”" if cell.exact else ""
    line = Text(f"{names[cell.account]} {stance}{f' ({own})' if own else ''}{words}")
    out.print(Padding(line, (0, 0, 0, 2)), style="dim" if cell.stance == "silent" else "")


def _profiles(out: Console, found: Comparison, names: dict[str, str]) -> None:
    out.print("\n[bold underline]The accounts in counts[/bold underline]")
    for account in found.accounts:
        profile = account.profile
        out.print(
            f"  {escape(names[account.id])}: {profile.facts} facts ({profile.alone} found in no other), "
            f"{profile.own_voice} statements in its own voice, {profile.attributed} attributed, "
            f"{profile.uncertain} uncertain; {profile.sources_named} named sources, {profile.sources_unnamed} "
            f"attributions to unnamed ones; {profile.share_in_others_words:.0%} of the text in others' words",
            soft_wrap=True,
        )
    for term in found.terms:
        out.print(f"\n  Wordings for {escape(term.concept)}")
        for cell in term.cells:
            own, quoted = ", ".join(cell.own_voice) or "none", ", ".join(cell.quoted) or "none"
            out.print(
                f"    {escape(names[cell.account])}: own voice {escape(own)}; quoted {escape(quoted)}", soft_wrap=True
            )
