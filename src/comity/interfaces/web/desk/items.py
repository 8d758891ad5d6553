"""The queue, and one item of it: looked at, and decided by one of its choices or by naming what it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any

from fastapi import Query, Request
from starlette.responses import Response

from comity.errors import ComityError, DecisionRefused, EntityNotFound, UsageError
from comity.identity import name_of
from comity.interfaces import reviewing
from comity.interfaces.reviewing import Wanted
from comity.interfaces.web.access import EDITORS, form_of, session_of
from comity.interfaces.web.asked import Page
from comity.interfaces.web.desk import deciding, showing
from comity.interfaces.web.desk.queue import Waiting, digest, version_of
from comity.interfaces.web.errors import NotFound
from comity.interfaces.web.room import Room
from comity.interfaces.web.site import site_of
from comity.model import Decision
from comity.register import Register
from comity.views.points import outlines
from comity.views.worklist import KINDS, Choice, Item

__all__ = ["router"]

router = Room(dependencies=EDITORS)

_A_PAGE = 100
_PLACE = re.compile(r":(\d{1,9})-(\d{1,9})\Z")
_REASONS = 8  # of one's own that are offered again

Kind = Annotated[str, Query(max_length=40, description="Only items of this kind.")]
Done = Annotated[str, Query(max_length=80, description="The decision that was made last.")]


@router.get("/review")
def queue(request: Request, kind: Kind = "", page: Page = 1, done: Done = "") -> Response:
    """What waits, worst first."""
    if kind and kind not in KINDS:
        raise UsageError("no kind of item", where=kind, hint=", ".join(KINDS))
    site = site_of(request)
    with site.registers.borrowed() as register:
        found = site.queue.waiting(register)
        mine = [each for each in found.items if kind in ("", each.kind)]
        values = {
            "items": [showing.headed(site, each) for each in mine[_A_PAGE * (page - 1) : _A_PAGE * page]],
            "count": len(mine),
            "total": len(found.items),
            "kinds": [(each, found.kinds[each]) for each in KINDS if found.kinds.get(each)],
            "kind": kind,
            "page": page,
            "more": len(mine) > _A_PAGE * page,
            "made": made_of(register, done),
            "back": "/review",
        }
    return deciding.desk_page(request, "desk_queue.html", values)


@router.get("/review/item/{identity}")
def item(request: Request, identity: str, done: Done = "") -> Response:
    """One item: evidence, why it waits, what it could be, the decisions that would settle it."""
    site = site_of(request)
    with site.registers.borrowed() as register:
        found = site.queue.waiting(register)
        here = found.item(identity)
        if here is None:
            return _gone(request, register, identity)
        return _shown(request, register, found, here, {"made": made_of(register, done)})


@router.post("/review/item/{identity}")
def decided(request: Request, identity: str) -> Response:
    """Decide it: at once where it is of one statement, of several once they were shown."""
    site, form = site_of(request), form_of(request)
    with site.registers.borrowed() as register:
        before, after = site.queue.waiting(register).around(identity)
    following = after or before

    def plan(register: Register) -> Sequence[Decision] | Response:
        found = site.queue.waiting(register)
        here = found.item(identity)
        if here is None or version_of(here) != form.get("version"):
            return _moved(request, register, found, identity, here)
        try:
            planned = reviewing.planned(register, _wanted(request, here, form), site.serving.topic, found.items)
            shown, count = deciding.affected(register, planned)
        except (UsageError, EntityNotFound, DecisionRefused) as error:
            return _shown(request, register, found, here, {"wrong": error, "filled": form}, _status(error))
        if count > 1 and form.get("confirmed") != digest(planned):
            values = {"item": here, "shown": shown, "count": count, "planned": planned,
                      "form": form, "confirmed": digest(planned), "back": request.url.path}  # fmt: skip
            return deciding.desk_page(request, "desk_preview.html", values)
        return planned

    try:
        made = deciding.recorded(request, plan)
    except DecisionRefused as error:
        with site.registers.borrowed() as register:
            found = site.queue.waiting(register)
            here = found.item(identity)
            if here is None:
                raise
            return _shown(request, register, found, here, {"wrong": error, "filled": form}, 409)
    if isinstance(made, Response):
        return made
    where = f"/review/item/{following.id}" if following is not None else "/review"
    return deciding.to(where, done=made[0].id)


def made_of(register: Register, done: str) -> tuple[Decision, ...]:
    """The decision that was made last, with all that were made along with it."""
    if not done.startswith("d-"):
        return ()
    made = register.decisions()
    first = next((each for each in made if each.id == done), None)
    if first is None:
        return ()
    return tuple(each for each in made if (each.at, each.author, each.kind) == (first.at, first.author, first.kind))


def reasons_of(register: Register, author: str) -> tuple[str, ...]:
    """The latest reasons that somebody gave, to be given again."""
    mine = (each.reason for each in reversed(register.decisions()) if each.author == author and each.reason)
    return tuple(dict.fromkeys(mine))[:_REASONS]


def _status(error: ComityError) -> int:
    return 409 if isinstance(error, DecisionRefused) else 400


def _wanted(request: Request, here: Item, form: Mapping[str, str]) -> Wanted:
    """What the form asks for: a choice of the item by its number, or what it is by its name."""
    reason = deciding.reason_of(form)
    number = form.get("choice", "")
    if number == "named":
        return _named(request, here, form.get("named", "").strip(), reason)
    if not number.isascii() or not number.isdigit() or int(number) >= len(here.choices):
        raise UsageError("nothing was chosen", where="Decide", hint="choose one of them")
    choice: Choice = here.choices[int(number)]
    return deciding.wanted(
        request,
        choice.kind,
        choice.targets,
        reason,
        other=choice.other,
        field=choice.field,
        value=None if choice.value is None else str(choice.value),
        all_like=choice.all_like,
    )


def _named(request: Request, here: Item, name: str, reason: str) -> Wanted:
    if here.kind not in ("entity", "margin"):
        raise UsageError("has no name to settle", where=here.name, hint="choose one of the decisions")
    if not name:
        raise UsageError("which entity?", where="It is another", hint="give a name with its state, or an id")
    if here.kind == "entity" and here.about != name_of(here.name):
        return deciding.wanted(request, "same", (here.about,), reason, other=name)
    like = here.kind == "margin"
    targets = here.statements[:1] if like else here.statements
    return deciding.wanted(request, "correct", targets, reason, field="subject", value=name, all_like=like)


def _shown(
    request: Request, register: Register, found: Waiting, here: Item, more: Mapping[str, Any], status: int = 200
) -> Response:
    site = site_of(request)
    before, after = found.around(here.id)
    could = showing.candidates(site, here.candidates)
    site.queue.remember(here)
    values = {
        "item": here,
        "headed": showing.headed(site, here),
        "version": version_of(here),
        "seen": register.head().seq,
        "place": found.places[here.id] + 1,
        "total": len(found.items),
        "before": before,
        "after": after,
        "entries": [(each, showing.context(register, each.statement)) for each in showing.entries(register, here)],
        "passage": _passage(register, here),
        "could": could,
        "more_candidates": max(0, len(here.candidates) - len(could)),
        "map": showing.drawn(could),
        "outlines": outlines(),
        "reasons": reasons_of(register, session_of(request).user.author),
        "made": (),
        "wrong": None,
        "filled": {},
        "others": (),
        "back": f"/review/item/{here.id}",
        **more,
    }
    return deciding.desk_page(request, "desk_item.html", values, status)


def _passage(register: Register, here: Item) -> showing.Context | None:
    """Where in its text that was which the gate dropped."""
    at = _PLACE.search(here.name) if here.kind == "dropped" else None
    return showing.passage(register, here.about, int(at[1]), int(at[2])) if at else None


def _about(here: Item) -> Iterable[str]:
    return (here.id, here.about, *here.statements, *(each.id for each in here.candidates))


def _moved(request: Request, register: Register, found: Waiting, identity: str, here: Item | None) -> Response:
    """Somebody was quicker: what they decided, and what was to be decided here, which is not lost."""
    form = form_of(request)
    if here is not None:
        others = deciding.since(register, deciding.moved_on(form), _about(here))
        wrong = DecisionRefused("it is another one than you saw", where=here.name, hint="look again, then decide")
        return _shown(request, register, found, here, {"wrong": wrong, "filled": form, "others": others}, 409)
    return _gone(request, register, identity, 409)


def _gone(request: Request, register: Register, identity: str, status: int = 404) -> Response:
    """It waits no longer, if it ever did: what settled it is told to who had it open."""
    site = site_of(request)
    form = form_of(request) if request.method == "POST" else {}
    past = site.queue.remembered(identity)
    about = _about(past) if past is not None else (identity,)
    others = deciding.since(register, deciding.moved_on(form) if form else 0, about)
    if not others and past is None:
        raise NotFound("nothing that waits has this id", where=identity, hint="the queue has what does")
    values = {"item": past, "identity": identity, "others": others, "form": form,
              "chosen": _chosen(past, form), "back": "/review"}  # fmt: skip
    return deciding.desk_page(request, "desk_gone.html", values, status)


def _chosen(past: Item | None, form: Mapping[str, str]) -> str:
    """What was to be decided, in words."""
    number = form.get("choice", "")
    if number == "named":
        return f"it is {form.get('named', '')}"
    if past is None or not number.isdigit() or int(number) >= len(past.choices):
        return ""
    return past.choices[int(number)].says
