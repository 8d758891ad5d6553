"""The log: who decided what, when and why, for all to see; and taking a decision back, for editors."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query, Request
from starlette.responses import Response

from comity.interfaces import reviewing
from comity.interfaces.web.access import EDITORS, READERS, form_of
from comity.interfaces.web.desk import deciding
from comity.interfaces.web.desk.items import Done, made_of
from comity.interfaces.web.errors import NotFound
from comity.interfaces.web.rendering import shown
from comity.interfaces.web.room import Room
from comity.interfaces.web.site import Site, site_of
from comity.interfaces.web.words import own_address
from comity.model import Decision
from comity.register import Register
from comity.register.acts import Act

__all__ = ["router"]

router = Room()

_A_PAGE = 50
_EACH = 20  # decisions of one entry that are shown

Before = Annotated[int | None, Query(ge=1, description="Only what was written before this entry of the log.")]
Back = Annotated[str, Query(max_length=2000, description="Where to go on.")]
All = Annotated[str, Query(pattern="^(yes)?$", description="yes: what only recorded a reading, too.")]


@router.get("/log", dependencies=READERS)
def log(request: Request, before: Before = None, all: All = "") -> Response:
    """Who decided what, newest first."""
    return shown(request, "log.html", lambda register, _: _acts(register, before, bool(all)))


def _acts(register: Register, before: int | None, all: bool) -> dict[str, object]:
    found = register.acts(before, _A_PAGE + 1, all=all, each=_EACH)
    return {"acts": [_told(act) for act in found[:_A_PAGE]], "all": all, "before": before,
            "next": found[_A_PAGE - 1].entry.seq if len(found) > _A_PAGE else None}  # fmt: skip


def _told(act: Act) -> dict[str, object]:
    """An entry of the log with who made it and why; of one without decisions also what its detail counts."""
    first = act.decisions[0].decision if act.decisions else None
    detail = act.entry.detail
    author = first.author if first else detail.get("author")
    reason = first.reason if first else detail.get("reason")
    rest = {} if first else {name: value for name, value in detail.items() if isinstance(value, str | int)}
    counts = [(name, value) for name, value in rest.items() if name not in ("author", "reason")]
    return {"entry": act.entry, "author": author, "reason": reason, "decisions": act.decisions, "more": act.more,
            "counts": counts}  # fmt: skip


@router.get("/review/undo", dependencies=EDITORS)
def undoing(request: Request, decision: Done = "", back: Back = "") -> Response:
    """A decision, and the form that takes it back."""
    with site_of(request).registers.borrowed() as register:
        made = made_of(register, decision)
    if not made or made[0].kind == "undo":
        raise NotFound("no decision in force has this id", where=decision, hint="the log has all of them")
    return deciding.desk_page(request, "desk_undo.html", {"made": made, "back": own_address(back) or "/log"})


@router.post("/review/undo", dependencies=EDITORS)
def undone(request: Request) -> Response:
    """Take a decision back, or all that were made along with it; both stay on record."""
    form, site = form_of(request), site_of(request)
    back = own_address(form.get("back", "")) or "/log"
    wanted = deciding.wanted(request, "undo", (form.get("decision", "")[:80],), deciding.reason_of(form),
                             all_like=bool(form.get("all_like")))  # fmt: skip
    made = deciding.recorded(request, lambda register: _planned(register, site, wanted))
    return made if isinstance(made, Response) else deciding.to(back.partition("?")[0], done=made[0].id)


def _planned(register: Register, site: Site, wanted: reviewing.Wanted) -> tuple[Decision, ...]:
    return tuple(reviewing.planned(register, wanted, site.serving.topic))
