"""``comity review …``: names, flags and help; the work is in ``interfaces/commands/review.py``."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from comity.interfaces.running import Json, Known, Register, run
from comity.settings import build

__all__ = ["review"]

review = typer.Typer(help="What waits for a person, worst first, and the decisions on it. Alone: the list.")

Author = Annotated[str | None, typer.Option("--author", help="Who decides. Else COMITY_AUTHOR.")]
Reason = Annotated[str | None, typer.Option("--reason", help="Why; it is kept with the decision, and asked for.")]
AllLike = Annotated[bool, typer.Option("--all-like", help="Of all that are alike: as one entry, all or none.")]
Targets = Annotated[
    list[str], typer.Argument(help="Statements (st-…) or items of the list (q-…); the beginning of an id will do.")
]
One = Annotated[str, typer.Argument(help="A printed name (name:…), an entity's id or name, or a statement.")]
Other = Annotated[str, typer.Argument(help="Likewise.")]


@review.callback(invoke_without_command=True)
def alone(context: typer.Context, known: Known = None, register: Register = None, json: Json = False) -> None:
    """What waits for a person, worst first, and the decisions on it. Alone: the list."""
    if context.invoked_subcommand is None:
        _listed(known, register, json)


@review.command("list", epilog="Example: `comity review list --kind entity`")
def listed(
    kind: Annotated[
        str | None, typer.Option("--kind", help="Only edition, entity, conflict, question, margin or dropped.")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", help="How many are printed; 0: all.", min=0)] = 20,
    decided: Annotated[bool, typer.Option("--decided", help="The decisions in force instead.")] = False,
    known: Known = None,
    register: Register = None,
    json: Json = False,
) -> None:
    """List what waits: one line each, worst first; with `--decided` who decided what and why."""
    _listed(known, register, json, kind=kind, limit=limit, decided=decided)


@review.command("next", epilog="Example: `comity review next`")
def following(register: Register = None, json: Json = False) -> None:
    """Show what waits first, with its evidence, what it could mean, and the commands that decide it."""
    run("review:show", json, name=None, settings=build(register))


@review.command("show", epilog="Example: `comity review show q-3f2a9c41d07e11aa`")
def show(
    name: Annotated[str, typer.Argument(help="An item (q-…), a statement (st-…) or a decision (d-…).")],
    register: Register = None,
    json: Json = False,
) -> None:
    """Show one item of the list, or a statement with what was decided on it."""
    run("review:show", json, name=name, settings=build(register))


@review.command("accept", epilog="Example: `comity review accept st-1f60a1 --author 'R. Clerk' --reason 'read it'`")
def accept(
    targets: Targets,
    author: Author = None,
    reason: Reason = None,
    all_like: AllLike = False,
    register: Register = None,
    json: Json = False,
) -> None:
    """It is right: a statement as it was read; an item of the list as it stands."""
    _decide(register, json, kind="accept", targets=tuple(targets), author=author, reason=reason, all_like=all_like)


@review.command("reject", epilog="Example: `comity review reject st-1f60a1 --author 'R. Clerk' --reason misread`")
def reject(
    targets: Targets,
    author: Author = None,
    reason: Reason = None,
    all_like: AllLike = False,
    register: Register = None,
    json: Json = False,
) -> None:
    """It is misread: a statement that no answer shows from now on, until it is undone."""
    _decide(register, json, kind="reject", targets=tuple(targets), author=author, reason=reason, all_like=all_like)


@review.command(
    "correct",
    epilog="Example: `comity review correct st-1f60a1 --slot action --value adopted --author 'R. Clerk' "
    "--reason 'the minutes say so'`",
)
def correct(
    targets: Targets,
    slot: Annotated[
        str, typer.Option("--slot", help="Its slot, or subject, time, polarity, modality, voice.", metavar="SLOT")
    ],
    value: Annotated[str, typer.Option("--value", help="What is right; of a subject a name or id; '' is unknown.")],
    author: Author = None,
    reason: Reason = None,
    all_like: AllLike = False,
    register: Register = None,
    json: Json = False,
) -> None:
    """One slot is wrong: the right value is laid over what was read, which stays and can be brought back."""
    more = {"field": slot, "value": value, "all_like": all_like}
    _decide(register, json, kind="correct", targets=tuple(targets), author=author, reason=reason, **more)


@review.command(
    "same",
    epilog="Example: `comity review same 'name:cincinnatti, oh' 'Cincinnati, OH' --author 'R. Clerk' "
    "--reason 'a misprint'`",
)
def same(
    one: One,
    other: Other,
    author: Author = None,
    reason: Reason = None,
    register: Register = None,
    json: Json = False,
) -> None:
    """Two are one: an entity, and a name as printed in a state; for what is read later, too."""
    _decide(register, json, kind="same", targets=(one,), other=other, author=author, reason=reason)


@review.command(
    "distinct",
    epilog="Example: `comity review distinct 'name:martinsville county, va' 'Martinsville, VA' --author 'R. Clerk' "
    "--reason 'a county is meant'`",
)
def distinct(
    one: One,
    other: Other,
    author: Author = None,
    reason: Reason = None,
    register: Register = None,
    json: Json = False,
) -> None:
    """Two are not one; a merge that contradicts it is refused."""
    _decide(register, json, kind="distinct", targets=(one,), other=other, author=author, reason=reason)


@review.command("undo", epilog="Example: `comity review undo d-88ab02 --author 'R. Clerk' --reason 'misclicked'`")
def undo(
    decision: Annotated[str, typer.Argument(help="A decision (d-…); `comity review list --decided` prints them.")],
    author: Author = None,
    reason: Reason = None,
    all_like: Annotated[
        bool, typer.Option("--all-like", help="And all that was decided in one entry with it.")
    ] = False,
    register: Register = None,
    json: Json = False,
) -> None:
    """Take a decision back; both stay on record."""
    _decide(register, json, kind="undo", targets=(decision,), author=author, reason=reason, all_like=all_like)


def _listed(known: str | None, register: str | None, json: bool, **asked: Any) -> None:
    run("review:waiting", json, asked={"known": known, **asked}, settings=build(register))


def _decide(register: str | None, json: bool, **wanted: Any) -> None:
    run("review:decide", json, wanted=wanted, settings=build(register))
