"""From a form that was sent to decisions on the register: looked at again, shown before many are made, made upon what
was seen.

What a form was made from has a version. If that is another one now, somebody else decided meanwhile: nothing is
written, and the form comes back with what they decided. Between looking and writing nobody else can write, either.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from comity.errors import RegisterBusy, RegisterMoved, UsageError
from comity.interfaces.reviewing import Wanted
from comity.interfaces.web import publishing
from comity.interfaces.web.access import form_token, session_of
from comity.interfaces.web.rendering import page
from comity.interfaces.web.site import site_of
from comity.interfaces.web.words import address
from comity.model import Belief, Decision
from comity.register import Register
from comity.register.acts import Made

__all__ = ["LONGEST", "affected", "desk_page", "moved_on", "reason_of", "recorded", "since", "to", "wanted"]

LONGEST = 1000
"""Characters of a reason."""

_TRIES = 5
_LISTED = 200  # statements that a preview shows
_BACK = 500  # entries of the log that are looked through for what somebody else decided
_EACH = 2000  # decisions of one entry that are looked at
Plan = Callable[[Register], Sequence[Decision] | Response]


def desk_page(request: Request, template: str, values: Mapping[str, Any], status: int = 200) -> Response:
    """A page of the desk: with a token for its forms, and kept by nobody."""
    response = page(request, template, {**values, "form_token": form_token(session_of(request).secret)}, status)
    response.headers["Cache-Control"] = "no-store"
    return response


def to(path: str, **query: Any) -> Response:
    """On to another page, after something was done."""
    return RedirectResponse(address(path, query), 303, {"Cache-Control": "no-store"})


def recorded(request: Request, plan: Plan) -> tuple[Decision, ...] | Response:
    """Write what ``plan`` decides of the register as it is; where it answers with a page, nothing is written.

    It is asked again when something was written between its looking and the writing.
    """
    with site_of(request).writing() as register:
        for _ in range(_TRIES):
            head = register.head()
            planned = plan(register)
            if isinstance(planned, Response):
                return planned
            try:
                return register.decide_all(planned, upon=head.hash)
            except RegisterMoved:
                continue
    raise RegisterBusy("is being written without a break", where="decide", hint="try again")


def reason_of(form: Mapping[str, str]) -> str:
    """The reason that was given, on one line. Raises UsageError where there is none."""
    reason = " ".join(form.get("reason", "").split())
    if not reason:
        raise UsageError("a decision needs a reason", where="Reason", hint="say why; it is kept with the decision")
    if len(reason) > LONGEST:
        raise UsageError(f"is longer than {LONGEST:,} characters", where="Reason", hint="say it shorter")
    return reason


def affected(register: Register, planned: Iterable[Decision]) -> tuple[tuple[Belief, ...], int]:
    """The statements that decisions bear on, on themselves or on the name under which they stand: the first, and how
    many in all.
    """
    ids: dict[str, None] = {}
    named: dict[str, Belief] = {}
    for each in planned:
        if each.target.startswith("st-"):
            ids[each.target] = None
        elif each.kind in ("same", "distinct"):
            names = [side for side in (each.target, each.other or "") if side.startswith("name:")]
            for name in names or [each.target]:
                named.update((belief.statement.id, belief) for belief in register.beliefs(entity=name))
    alone = [each for each in ids if each not in named]
    found = [*named.values(), *(register.statement(each, rejected=True) for each in alone[:_LISTED])][:_LISTED]
    return tuple(map(publishing.belief, found)), len(named) + len(alone)


def since(register: Register, seen: int, about: Iterable[str]) -> tuple[Made, ...]:
    """What was decided after the log entry ``seen`` on any of these items, statements, names; newest first."""
    wanted = set(about)
    acts = register.acts(most=_BACK, each=_EACH)
    made = [each for act in acts for each in act.decisions]
    mine = {each.decision.id for each in made if {each.decision.target, each.decision.other} & wanted}
    mine |= {each.decision.id for each in made if each.decision.kind == "undo" and each.decision.target in mine}
    return tuple(each for act in acts if act.entry.seq > seen for each in act.decisions if each.decision.id in mine)


def moved_on(form: Mapping[str, str]) -> int:
    """The number of the log entry that a form was made upon."""
    given = form.get("seen", "")
    return int(given) if given.isdigit() and len(given) < 16 else 0


def wanted(request: Request, kind: str, targets: Iterable[str], reason: str, **more: Any) -> Wanted:
    """A decision as it was asked for, by who is signed in."""
    return Wanted(kind, tuple(targets), session_of(request).user.author, reason, **more)
