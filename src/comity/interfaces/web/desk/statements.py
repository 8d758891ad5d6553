"""One statement at the desk: accept it, reject it, correct a slot; of it alone or of all that are alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import Request
from starlette.responses import Response

from comity.errors import DecisionRefused, EntityNotFound, RegisterError, UsageError
from comity.interfaces import reviewing
from comity.interfaces.reviewing import Wanted
from comity.interfaces.web.access import EDITORS, form_of, session_of
from comity.interfaces.web.asked import StatementId
from comity.interfaces.web.desk import deciding, showing
from comity.interfaces.web.desk.items import Done, made_of, reasons_of
from comity.interfaces.web.desk.queue import digest
from comity.interfaces.web.errors import NotFound
from comity.interfaces.web.quality import precision
from comity.interfaces.web.room import Room
from comity.interfaces.web.site import Site, site_of
from comity.model import Belief, Decision
from comity.register import Register
from comity.register.deciding import CHOICES
from comity.views.decided import Decided
from comity.views.wording import told

__all__ = ["router"]

router = Room(dependencies=EDITORS)

_EVERY = ("subject", "time", "polarity", "modality", "voice")


@router.get("/review/statement/{identity}")
def statement(request: Request, identity: StatementId, done: Done = "") -> Response:
    """A statement with the whole of what was decided on it, and what can be."""
    with site_of(request).registers.borrowed() as register:
        return _shown(request, register, _believed(register, identity), {"made": made_of(register, done)})


@router.post("/review/statement/{identity}")
def decided(request: Request, identity: StatementId) -> Response:
    """Decide on it: at once where it is alone, of several once they were shown."""
    site, form = site_of(request), form_of(request)

    def plan(register: Register) -> Sequence[Decision] | Response:
        here = _believed(register, identity)
        if _version(register, here) != form.get("version"):
            others = deciding.since(register, deciding.moved_on(form), (here.statement.id, here.facet.split("|")[1]))
            wrong = DecisionRefused("it is another one than you saw", hint="look again, then decide")
            return _shown(request, register, here, {"wrong": wrong, "filled": form, "others": others}, 409)
        try:
            planned = reviewing.planned(register, _wanted(request, here, form), site.serving.topic)
            shown, count = deciding.affected(register, planned)
        except (UsageError, EntityNotFound) as error:
            return _shown(request, register, here, {"wrong": error, "filled": form}, 400)
        except DecisionRefused as error:
            return _shown(request, register, here, {"wrong": error, "filled": form}, 409)
        if count > 1 and form.get("confirmed") != digest(planned):
            values = {"item": None, "shown": shown, "count": count, "planned": planned,
                      "form": form, "confirmed": digest(planned), "back": request.url.path}  # fmt: skip
            return deciding.desk_page(request, "desk_preview.html", values)
        return planned

    made = deciding.recorded(request, plan)
    return made if isinstance(made, Response) else deciding.to(request.url.path, done=made[0].id)


def _believed(register: Register, identity: str) -> Belief:
    try:
        return register.statement(identity, rejected=True)
    except RegisterError as error:
        raise NotFound(error.message, where=identity, hint="the queue links to those that wait") from error


def _version(register: Register, here: Belief) -> str:
    mine = Decided(register.decisions()).on(here.statement)
    return digest(here.statement, here.facet, here.known_from, mine)


def _wanted(request: Request, here: Belief, form: Mapping[str, str]) -> Wanted:
    reason = deciding.reason_of(form)
    kind = form.get("kind", "")
    like = bool(form.get("all_like"))
    if kind in ("accept", "reject"):
        return deciding.wanted(request, kind, (here.statement.id,), reason, all_like=like)
    if kind != "correct":
        raise UsageError("nothing was chosen", where="Decide", hint="choose one of them")
    more = {"field": form.get("slot", ""), "value": form.get("value", "").strip()}
    return deciding.wanted(request, "correct", (here.statement.id,), reason, all_like=like, **more)


def _shown(request: Request, register: Register, here: Belief, more: Mapping[str, Any], status: int = 200) -> Response:
    site = site_of(request)
    said = here.statement
    decisions = Decided(register.decisions()).on(said)
    values = {
        "belief": here,
        "statement": said,
        "precision": precision(said),
        "context": showing.context(register, said),
        "could": showing.candidates(site, said.subject.candidates),
        "decisions": decisions,
        "rejected": any(each.kind == "reject" and each.target == said.id for each in decisions),
        "slots": _slots(site, here),
        "values": _values(site, here),
        "version": _version(register, here),
        "seen": register.head().seq,
        "reasons": reasons_of(register, session_of(request).user.author),
        "made": (),
        "wrong": None,
        "filled": {},
        "others": (),
        "back": f"/review/statement/{said.id}",
        **more,
    }
    return deciding.desk_page(request, "desk_statement.html", values, status)


def _slots(site: Site, here: Belief) -> list[tuple[str, str]]:
    """What can be corrected, each with what it is now."""
    said = here.statement
    now = {
        "subject": site.label(said.subject.id) if said.subject.id else f"“{said.subject.name}”, {said.subject.outcome}",
        "time": (said.time.edtf or said.time.text) if said.time else "",
        **{name: str(getattr(said, name)) for name in CHOICES},
    }
    predicate = site.topic.predicates.get(said.predicate)
    names = [*_EVERY, *(predicate.slots if predicate else said.value)]
    values = {name: told(said.value.get(name)) if said.value.get(name) is not None else "" for name in names}
    return [(name, now.get(name, values[name]) or "unknown") for name in names]


def _values(site: Site, here: Belief) -> list[str]:
    """Words that a slot may hold, to choose from."""
    predicate = site.topic.predicates.get(here.statement.predicate)
    slots = predicate.slots.values() if predicate else ()
    found = [value for slot in slots for value in slot.values or ()]
    return list(dict.fromkeys([*found, *(value for values in CHOICES.values() for value in values)]))
