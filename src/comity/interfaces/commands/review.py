"""``comity review …``: what waits, one item in full, and the decisions that persons make."""

from __future__ import annotations

import os
import shlex
from typing import Any

import msgspec
from rich.console import Console

from comity import vocabulary
from comity.errors import UsageError
from comity.interfaces import dates, output, reviewing, text
from comity.interfaces.reviewing import Wanted
from comity.model import Belief, Decision
from comity.register import Register, rules_of
from comity.settings import Settings
from comity.views import published
from comity.views.decided import Decided
from comity.views.dossier import entry_of
from comity.views.wording import decided
from comity.views.worklist import KINDS, Choice, Item

__all__ = ["decide", "show", "waiting"]

_FEW = 20
_SHORT = 15  # characters of an id that a page prints: enough to name one among millions


def waiting(*, as_json: bool, asked: dict[str, Any], settings: Settings) -> int:
    """Prints what waits, one line each; or the decisions in force."""
    known, kind = dates.day(asked["known"], "--known"), asked.get("kind")
    if kind is not None and kind not in KINDS:
        raise UsageError("no kind of item", where=kind, hint=", ".join(KINDS))
    with _open(settings) as register:
        if asked.get("decided"):
            _decisions(register.decisions(known), as_json)
            return 0
        items = [each for each in reviewing.queue(register, settings.topic, known) if kind in (None, each.kind)]
    limit = 0 if as_json else asked.get("limit", _FEW)
    for each in items[: limit or None]:
        if as_json:
            output.line(_object(each))
        else:
            print(f"{each.id}  {each.kind:<8}  {each.name}: {each.why}")
    if not as_json:
        print(_total(items, limit))
    return 0


def show(*, as_json: bool, name: str | None, settings: Settings) -> int:
    """Prints one item in full, the first where none is named; or a statement with what was decided on it."""
    with _open(settings) as register:
        if name is not None and name.startswith(("st-", "d-")):
            _statement(register, name, as_json)
            return 0
        items = reviewing.queue(register, settings.topic)
    if not items and name is None:
        if not as_json:
            print(_total([], 0))
        return 0
    found = items[0] if name is None else reviewing.item(items, name)
    if as_json:
        output.line(_object(found))
    else:
        _show(found)
        if name is None and len(items) > 1:
            print(f"{len(items) - 1} more after it; comity review lists them")
    return 0


def decide(*, as_json: bool, wanted: dict[str, Any], settings: Settings) -> int:
    """Writes what a person decided, and prints it with the command that undoes it."""
    author = wanted.pop("author") or os.environ.get("COMITY_AUTHOR") or ""
    reason = wanted.pop("reason") or ""
    with _open(settings) as register:
        given = Wanted(author=author, reason=reason, **wanted)
        left = reviewing.others_named(register, given)
        made = reviewing.decide(register, given, settings.topic)
    _decisions(made, as_json)
    if as_json:
        return 0
    if made[0].kind != "undo":
        every = " --all-like" if len(made) > 1 else ""
        print(f"to take {'them' if every else 'it'} back: comity review undo {made[0].id}{every}")
    if left:
        more, them = ("statement prints", "it") if left == 1 else ("statements print", "them")
        print(f"{left} more {more} this name so; --all-like decides {them}, and what is read later")
    return 0


def _open(settings: Settings) -> Register:
    return Register.open(settings.register, rules=rules_of(vocabulary.load(settings.topic).predicates), create=False)


# --- text ------------------------------------------------------------------------------------------------------


def _object(item: Item) -> dict[str, Any]:
    """An item as JSON: each sentence flat, as in a dossier, and each choice with the command that makes it."""
    answer: dict[str, Any] = msgspec.to_builtins(item)
    answer["entries"] = output.beside(answer["entries"])
    answer["choices"] = [
        {**made, "command": command(choice)} for made, choice in zip(answer["choices"], item.choices, strict=True)
    ]
    return answer


def command(choice: Choice) -> str:
    """The exact command that makes a choice; who and why are left to fill in."""
    words = ["comity", "review", choice.kind, *(_short(each) for each in choice.targets)]
    words += [choice.other] if choice.other else []
    words += ["--slot", choice.field, "--value", str(choice.value or "")] if choice.field else []
    words += ["--all-like"] if choice.all_like else []
    return f"{shlex.join(words)} --author NAME --reason WHY"


def _short(identity: str) -> str:
    return identity[:_SHORT] if identity.startswith("st-") else identity


def _total(items: list[Item], limit: int) -> str:
    if not items:
        return "nothing waits"
    kinds = [(kind, sum(each.kind == kind for each in items)) for kind in KINDS]
    told = ", ".join(f"{count} {kind}" for kind, count in kinds if count)
    more = len(items) - limit if limit else 0
    return f"{text.count(len(items), 'item')} ({told}){f'; {more} not shown, --limit 0 shows all' if more > 0 else ''}"


def _show(item: Item) -> None:
    out = text.console()
    text.paragraph(out, f"{item.kind}: {item.name}", style="bold")
    text.paragraph(out, f"why it waits: {item.why}", 2)
    if item.about != item.name:
        text.paragraph(out, f"about {item.about} · {item.id}", 2, "dim")
    text.entries(out, item.entries, 2)
    if item.waits > len(item.entries) and item.entries:
        text.paragraph(out, f"and {text.count(item.waits - len(item.entries), 'more statement')}", 2, "dim")
    if item.candidates:
        text.paragraph(out, "could be", 2)
    for each in item.candidates[:_FEW]:
        text.paragraph(out, f"{each.score:.2f}  {each.name}, {each.id}", 4)
    text.paragraph(out, "decide", 2)
    for choice in item.choices:
        text.paragraph(out, f"{choice.says}:", 4)
        text.paragraph(out, command(choice), 6)


def _statement(register: Register, name: str, as_json: bool) -> None:
    made = register.decisions()
    if name.startswith("d-"):
        found = [each for each in made if each.id.startswith(name)]
        _decisions(found, as_json)
        if not found:
            raise UsageError("no decision in force has this id", where=name, hint="comity review list --decided")
        return
    belief = register.statement(name, rejected=True)
    entry = entry_of(published.belief(belief), Decided(made).on(belief.statement))
    if as_json:
        (flat,) = output.beside([msgspec.to_builtins(entry)])
        output.line({**flat, "facet": belief.facet})
        return
    out = text.console()
    _head(out, belief)
    text.entries(out, (entry,), 2)
    if not entry.decisions:
        text.paragraph(out, "nobody has decided on it", 2)


def _head(out: Console, belief: Belief) -> None:
    said = belief.statement
    text.paragraph(
        out, f"{said.predicate}: {said.subject.name} [{said.subject.id or said.subject.outcome}]", style="bold"
    )
    text.paragraph(out, said.id, 2, "dim")


def _decisions(made: list[Decision] | tuple[Decision, ...], as_json: bool) -> None:
    out = text.console()
    for each in made:
        if as_json:
            output.line(each)
        else:
            text.paragraph(out, f"{each.id}  {decided(each)}")
    if not made and not as_json:
        print("no decisions")
