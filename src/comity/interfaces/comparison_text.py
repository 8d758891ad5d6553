"""A comparison as plain text: what a reporter reads first stands first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from pathlib import Path

from rich.console import Console
from rich.text import Text

from comity.interfaces.text import console, count, paragraph, timed
from comity.views.comparison import Account, Cell, Comparison, Copied, Fact, Profile
from comity.views.lines import apart
from comity.views.wording import chain, told

__all__ = ["GRID", "SIGNS", "counts", "glance", "repeats", "short", "show", "source", "stance", "tellers", "title"]

_ROWS = 40  # of a part; --json and --html have more
_COLUMNS = 30  # accounts named one by one
_WIDE = 110  # characters of the matrix
GRID = 12  # accounts that fit beside one another
_TELLING = 5  # accounts shown under a fact, where there are more than fit beside one another
SIGNS = {"states": "s", "attributes": "a", "denies": "d", "otherwise": "o", "silent": "·"}


def show(found: Comparison, about: str | None = None) -> None:
    """Prints a comparison: shared facts, differences, what one alone has, silences, copies, profiles, wordings."""
    out = console()
    names = {account.id: title(account, number) for number, account in enumerate(found.accounts, start=1)}
    paragraph(out, f"{count(len(found.accounts), 'account')} {f'of {about} ' if about else ''}compared", style="bold")
    for account in found.accounts[:_COLUMNS]:
        copy = f", a copy of {names[account.copy_of]}" if account.copy_of else ""
        paragraph(out, f"{names[account.id]}, {account.published or 'date unknown'}{copy}", 2)
    _more(out, len(found.accounts) - _COLUMNS, "account", 2)
    for note in found.notes:
        paragraph(out, note)
    _matrix(out, found)
    for verdict, part in (("shared", "What they share"), ("differs", "Where they differ")):
        rows = [fact for fact in found.facts if fact.verdict == verdict]
        _rows(out, f"{part}: {count(len(rows), 'fact')}", rows, names, found)
    _figures(out, found, names)
    roots = [account for account in found.accounts if not account.copy_of]
    for account in roots[:_COLUMNS]:
        rows = [fact for fact in found.facts if fact.verdict == "only" and _tells(fact, account, found)]
        alone = f"What {names[account.id]} alone has" if len(roots) > 1 else "What it tells"
        _rows(out, f"{alone}: {count(len(rows), 'fact')}", rows, names, found)
    _silences(out, found, names)
    _copies(out, found, names)
    _profiles(out, found, names)
    _terms(out, found, names)


def title(account: Account, number: int) -> str:
    """An account's number and name."""
    name = account.publisher or (Path(account.path).name if account.path else account.id[:19])
    return f"{number}. {name}{' (synthetic)' if account.synthetic else ''}"


def tellers(found: Comparison) -> Set[tuple[int, str]]:
    """Who speaks of which matter: an account without a cell in a row of such a matter tells it otherwise."""
    return {(fact.matter, cell.account) for fact in found.facts for cell in fact.cells if cell.statement is not None}


def stance(cell: Cell) -> str:
    """What an account does with a fact, in words: states it, denies it, attributes it to whom."""
    firm = f" as {cell.modality}" if cell.modality not in (None, "actual") else ""
    if cell.stance == "denies":
        return f"denies it{firm}"
    if cell.stance == "states":
        return f"states it{firm}"
    what = "the denial" if cell.polarity == "negated" else "it"
    return (
        f"attributes {what}{firm} to {chain(cell.attribution)}"
        if cell.attribution
        else f"has {what}{firm}, unclear whose words"
    )


def _matrix(out: Console, found: Comparison) -> None:
    """All facts at a glance, one row each, one column an account."""
    if not found.facts or not 1 < len(found.accounts) <= GRID:
        return
    out.print()
    signs = ", ".join(f"{letter} {word}" for word, letter in SIGNS.items())
    columns = "".join(f"{number:>4}" for number in range(1, len(found.accounts) + 1))
    wide = min(out.width, _WIDE) if out.is_terminal else _WIDE
    line = wide - 4 * len(found.accounts)
    out.print(Text(f"{f'At a glance ({signs})':<{line}}{columns}", style="bold"), soft_wrap=True)
    last = ""
    telling = tellers(found)
    for fact in found.facts[:_ROWS]:
        if fact.verdict != last:
            last = fact.verdict
            paragraph(out, {"shared": "shared", "differs": "differs", "only": "in one alone"}[last], 0, "dim")
        words = f"  {short(fact)}{f', {fact.when}' if fact.when else ''}"
        cut = words if len(words) < line else f"{words[: line - 3].rstrip()} …"
        signed = "".join(f"{SIGNS[glance(fact, cell, telling)]:>4}" for cell in fact.cells)
        out.print(Text(f"{cut:<{line}}{signed}"), soft_wrap=True)
    _more(out, len(found.facts) - _ROWS, "fact", 2)


def short(fact: Fact) -> str:
    """A fact's line without what stands in brackets, where something else tells it from others."""
    words = fact.line.split(" (")[0]
    return words if "," in words else fact.line


def glance(fact: Fact, cell: Cell, telling: Set[tuple[int, str]]) -> str:
    """An account's stance in a word; ``otherwise`` where it has no cell here, but in another row of the matter."""
    otherwise = cell.statement is None and (fact.matter, cell.account) in telling
    return "otherwise" if otherwise else cell.stance


def _tells(fact: Fact, account: Account, found: Comparison) -> bool:
    """Whether an account, or a copy of it, tells a fact."""
    family = {account.id, *(each.id for each in found.accounts if each.copy_of == account.id)}
    return any(cell.account in family and cell.statement is not None for cell in fact.cells)


def _rows(out: Console, words: str, rows: Sequence[Fact], names: Mapping[str, str], found: Comparison) -> None:
    if rows:
        _part(out, words)
    telling = tellers(found)
    for fact in rows[:_ROWS]:
        _fact(out, fact, names, telling)
    _more(out, len(rows) - _ROWS, "fact")


def _part(out: Console, words: str) -> None:
    out.print()
    paragraph(out, words, style="bold underline")


def _more(out: Console, number: int, what: str, indent: int = 0) -> None:
    if number > 0:
        paragraph(out, f"and {count(number, f'more {what}')}; --json has all", indent, "dim")


def _fact(out: Console, fact: Fact, names: Mapping[str, str], otherwise: Set[tuple[int, str]]) -> None:
    out.print()
    differing = f"  [differ in {apart(fact.differing)}]" if fact.differing else ""
    paragraph(out, f"{fact.line}{f', {fact.when}' if fact.when else ''}{differing}", style="bold")
    telling = [cell for cell in fact.cells if cell.statement is not None]
    if len(telling) > 1:
        paragraph(out, fact.why, 2, "dim")
    most = _COLUMNS if len(names) <= GRID else _TELLING
    for cell in telling[:most]:
        _cell(out, cell, names, fact)
    _more(out, len(telling) - most, "account", 2)
    if fact.verdict != "only":
        silent = [cell.account for cell in fact.cells if cell.statement is None]
        others = [names[account] for account in silent if (fact.matter, account) in otherwise]
        rest = [names[account] for account in silent if (fact.matter, account) not in otherwise]
        said = (f"otherwise: {', '.join(others)}" if others else "", f"silent: {', '.join(rest)}" if rest else "")
        if silent:
            paragraph(out, "; ".join(filter(None, said)), 2, "dim")


def _cell(out: Console, cell: Cell, names: Mapping[str, str], fact: Fact) -> None:
    own = {slot: given for slot, given in (cell.value or {}).items() if slot not in fact.value}
    slots = "; ".join(f"{slot.replace('_', ' ')} “{told(value)}”" for slot, value in own.items())
    when = f", {timed(cell.time)}" if cell.time else ""
    words = f": “{' '.join(cell.exact.split())}”" if cell.exact else ""
    paragraph(out, f"{names[cell.account]} {stance(cell)}{when}{f' ({slots})' if slots else ''}{words}", 2)


def _figures(out: Console, found: Comparison, names: Mapping[str, str]) -> None:
    if found.figures:
        _part(out, "Figures side by side")
    for each in found.figures[:_ROWS]:
        out.print()
        paragraph(out, each.line, style="bold")
        for figure in each.figures:
            who = [f"{names[cell.account]} {source(cell)}" for cell in figure.told[:_COLUMNS]]
            rest = f" and {len(figure.told) - _COLUMNS} more" if len(figure.told) > _COLUMNS else ""
            paragraph(out, f"{figure.words}: {'; '.join(who)}{rest}", 2)


def source(cell: Cell) -> str:
    """Whose words a figure stands in, in brackets."""
    if cell.attribution:
        return f"(citing {chain(cell.attribution)})"
    return "(in its own words)" if cell.voice == "own" else "(unclear whose words)"


def _silences(out: Console, found: Comparison, names: Mapping[str, str]) -> None:
    if found.silences:
        _part(out, "Silences worth seeing: carried by most, not found in")
    for silence in found.silences[:_ROWS]:
        fact = found.facts[silence.fact]
        silent = ", ".join(names[account] for account in silence.accounts[:_COLUMNS])
        paragraph(out, f"{silent}: {fact.line} (carried by {fact.carried})", 2)


def _copies(out: Console, found: Comparison, names: Mapping[str, str]) -> None:
    if found.copies:
        _part(out, "Copies, which count once")
    for copied in found.copies[:_ROWS]:
        out.print()
        paragraph(out, f"{names[copied.account]} {repeats(copied, names[copied.of])}", style="bold")
        for ours, theirs in copied.passages:
            paragraph(out, f"“{ours}”" if ours == theirs else f"“{ours}” / “{theirs}”", 2)
    _more(out, len(found.copies) - _ROWS, "copy")


def repeats(copied: Copied, of: str) -> str:
    """In what way a copy repeats another account, which is named ``of``."""
    if copied.kind == "same":
        return f"is word for word the text of {of}"
    if copied.kind == "verbatim":
        return f"has {copied.share:.0%} of its words from {of}"
    return f"rewords {of}: {copied.share:.0%} of its names and figures stand there in the same order"


def _profiles(out: Console, found: Comparison, names: Mapping[str, str]) -> None:
    if not found.accounts:
        return
    _part(out, "The accounts in counts")
    shown = found.accounts[:_COLUMNS]
    for first in range(0, len(shown), GRID // 2):
        columns = shown[first : first + GRID // 2]
        table = [counts(account.profile) for account in columns]
        out.print()
        head = "".join(f"{f'{first + place + 1}.':>10}" for place in range(len(columns)))
        out.print(Text(f"  {'':<34}{head}"), soft_wrap=True)
        for row in zip(*table, strict=True):
            numbers = "".join(f"{number:>10}" for _, number in row)
            out.print(Text(f"  {row[0][0]:<34}{numbers}"), soft_wrap=True)
        for account in columns:
            if account.profile.papers:
                paragraph(out, f"{names[account.id]} names {', '.join(account.profile.papers)}", 2)


def counts(profile: Profile) -> Sequence[tuple[str, str]]:
    """A profile as pairs of words and numbers."""
    return (
        ("words", f"{profile.words:,}"),
        ("facts", str(profile.facts)),
        ("found in no other account", str(profile.alone)),
        ("with a date", f"{profile.dated} of {profile.facts}"),
        ("with a known place", f"{profile.located} of {profile.facts}"),
        ("statements in its own voice", str(profile.own_voice)),
        ("attributed", str(profile.attributed)),
        ("unclear whose", str(profile.uncertain)),
        ("named sources", str(profile.sources_named)),
        ("attributions to unnamed sources", str(profile.sources_unnamed)),
        ("text in others' words", f"{profile.share_in_others_words:.0%}"),
        ("official documents named", str(len(profile.papers))),
    )


def _terms(out: Console, found: Comparison, names: Mapping[str, str]) -> None:
    if found.terms:
        _part(out, "How they word it")
    for term in found.terms:
        out.print()
        paragraph(out, term.concept, style="bold")
        for cell in term.cells[:_COLUMNS]:
            parts = [("in its own voice", cell.own_voice), ("in others' words", cell.quoted)]
            used = "; ".join(f"{where} {', '.join(f'“{word}”' for word in words)}" for where, words in parts if words)
            if used:
                paragraph(out, f"{names[cell.account]}: {used}", 2)
