"""``comity changes`` and ``conflicts``: what became different on the register, and where accounts are at odds."""

from __future__ import annotations

import sys

from comity import vocabulary
from comity.errors import UsageError
from comity.interfaces import dates, output, python, text
from comity.model import Change
from comity.register import Register, rules_of
from comity.settings import Settings
from comity.views.changes import Window
from comity.views.conflicts import Conflict
from comity.views.feeds import atom, json_feed
from comity.views.wording import changed

__all__ = ["changes", "conflicts"]

_FEW = 2  # sentences of each side that a page shows; --json has them all
_FEEDS = ("json", "atom")


def changes(*, as_json: bool, asked: dict[str, str | None], feed: str | None, settings: Settings) -> int:
    """Prints what changed, in the order in which the register learned of it; as a feed newest first."""
    if feed is not None and feed not in _FEEDS:
        raise UsageError(f"{feed!r} is no feed", where="--feed", hint=f"one of {', '.join(_FEEDS)}")
    days = {name: dates.day(given, f"--{name.replace('_', '-')}") for name, given in asked.items()}
    window = Window(days["since"], days["learned_since"], days["as_of"], days["known"])
    with _open(settings) as register:
        found = python.changes(register, window, topic=settings.topic)
    if feed == "json":
        output.line(json_feed(found))
    elif feed == "atom":
        sys.stdout.write(atom(found))
    elif as_json:
        for change in found:
            output.line(change)
    else:
        _list(found)
    return 0


def conflicts(*, as_json: bool, name: str | None, as_of: str | None, known: str | None, settings: Settings) -> int:
    """Prints where accounts differ, with the sentences of each side."""
    as_of, known = dates.day(as_of, "--as-of"), dates.day(known, "--known")
    with _open(settings) as register:
        found = python.conflicts(register, name, as_of=as_of, known=known, topic=settings.topic)
    for conflict in found:
        if as_json:
            output.line(output.conflict_object(conflict))
        else:
            _show(conflict)
    if not as_json and not found:
        print("No accounts differ" + (f" on {name}." if name else "."))
    return 0


def _open(settings: Settings) -> Register:
    rules = rules_of(vocabulary.load(settings.topic).predicates)
    return Register.open(settings.register, rules=rules, create=False)


def _list(found: tuple[Change, ...]) -> None:
    out = text.console()
    day = None
    for change in found:
        learned = (change.learned or "")[:10]
        if learned != day:
            day = learned
            text.paragraph(out, f"Learned {day}", style="bold")
        text.paragraph(
            out, f"{change.date or 'day unknown':<11}  {change.kind:<12} {changed(change)}{_whom(change)}", 2
        )
    if not found:
        print("nothing changed")


def _whom(change: Change) -> str:
    return f"  [{change.entity}]" if change.entity and not change.list else ""


def _show(conflict: Conflict) -> None:
    out = text.console()
    text.paragraph(out, conflict.line, style="bold")
    for side in conflict.sides:
        text.paragraph(out, f"{side.words} ({text.count(side.accounts, 'account')})", 2)
        text.entries(out, side.entries[:_FEW], 4)
        if len(side.entries) > _FEW:
            text.paragraph(out, f"and {text.count(len(side.entries) - _FEW, 'more statement')}", 4, "dim")
    out.print()
