"""Replies of offices: the public form at a statement, and the editors' pages that check what was sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import Depends, Request
from starlette.responses import RedirectResponse, Response

from comity.errors import EntityNotFound, InputError, RegisterError, UsageError
from comity.interfaces import python
from comity.interfaces.web import cookies, publishing
from comity.interfaces.web.access import EDITORS, Rule, form_of, form_token, session_of, stranger, who
from comity.interfaces.web.asked import StatementId
from comity.interfaces.web.errors import NotFound, TooMuch
from comity.interfaces.web.rendering import page
from comity.interfaces.web.room import Room
from comity.interfaces.web.site import Site, site_of
from comity.interfaces.web.throttle import network
from comity.model import Belief
from comity.replies import BODY, CHECK, CONTACT, OFFICE, Reply, kinds, written

__all__ = ["router"]

router = Room()

_NOT_KEPT = {"Cache-Control": "no-store"}
_MOST = {"office": OFFICE, "body": BODY, "contact": CONTACT, "check": CHECK}
_PUBLIC = [Depends(Rule("reader", body=16_384))]
_HOUR = 3600


@router.get("/statement/{name}/reply", dependencies=_PUBLIC)
def reply(request: Request, name: StatementId) -> Response:
    """The form with which an office replies to a statement."""
    return _form(request, _answered(request, name))


@router.post("/statement/{name}/reply", dependencies=_PUBLIC)
def send(request: Request, name: StatementId) -> Response:
    """Take a reply; nothing of it is shown before an editor has checked that it is the office's."""
    site, form, belief = site_of(request), form_of(request), _answered(request, name)
    typed = {field: form.get(field, "") for field in _MOST}
    statement = belief.statement
    try:
        if not site.replying.allows(network(request.client.host if request.client else "")):
            raise TooMuch(429, "too many replies from there", hint="try again in an hour", wait=_HOUR)
        site.replies.add(statement.id, statement.evidence.document, **typed)
    except UsageError as error:
        return _form(request, belief, wrong=error, typed=typed, status=400)
    except InputError as error:
        return _form(request, belief, wrong=error, typed=typed, status=503)
    return RedirectResponse(f"/statement/{statement.id}/reply?sent=yes", 303, _NOT_KEPT)


@router.get("/replies", dependencies=EDITORS)
def replies(request: Request) -> Response:
    """What offices replied: first those that wait for an editor."""
    return _kept_by_nobody(page(request, "replies.html", {"replies": site_of(request).replies.latest()}))


@router.get("/reply/{identity}", dependencies=EDITORS)
def one(request: Request, identity: str) -> Response:
    """One reply, whom to ask whether it is the office's, and the decision."""
    return _one(request, _found(request, identity))


@router.post("/reply/{identity}", dependencies=EDITORS)
def decide(request: Request, identity: str) -> Response:
    """Accept a reply, with how it was verified, or decline it, with the reason."""
    site, form, found = site_of(request), form_of(request), _found(request, identity)
    by, reason = session_of(request).user.author, form.get("reason", "")
    try:
        if not reason.strip():
            raise UsageError("say how it was verified, or why it is declined", where="reason", hint="it is published")
        if form.get("act") == "accept":
            recorded: str | None = _recorded(site, found, form, by)
        elif form.get("act") == "decline":
            recorded = None
        else:
            raise UsageError("is neither accept nor decline", where="act", hint="send the form of the page")
    except (UsageError, EntityNotFound) as error:
        return _one(request, found, wrong=error, typed=form, status=400)
    site.replies.decide(identity, author=by, reason=reason, recorded=recorded)
    return RedirectResponse(f"/reply/{identity}", 303, _NOT_KEPT)


def _recorded(site: Site, reply: Reply, form: Mapping[str, str], author: str) -> str:
    """Put an accepted reply on the register; the id of its statement. Done twice it is there once."""
    kind = form.get("kind", "")
    if kind not in kinds(site.topic):
        raise UsageError("say what the reply does", where="kind", hint=", ".join(kinds(site.topic)))
    if reply.state == "waiting":
        document, read, data = written(reply, python.entity(form.get("entity", "")), kind, site.topic)
        with site.writing() as register:
            register.by = {"author": author, "reason": form["reason"].strip()[:1000], "reply": reply.id,
                           "statement": reply.statement}  # fmt: skip
            done = register.record_reply(document, read, data)
        if done.refused or done.outcome == "sealed":
            raise UsageError("can't be recorded", where="reply", hint=done.refused[0].why if done.refused else "sealed")
        return read.statements[0].id
    return reply.recorded or ""


def _answered(request: Request, name: str) -> Belief:
    with site_of(request).registers.borrowed() as register:
        try:
            return publishing.belief(register.statement(name))
        except RegisterError as error:
            raise NotFound(error.message, where=name, hint="look for the statement again") from error


def _found(request: Request, identity: str) -> Reply:
    try:
        return site_of(request).replies.get(identity)
    except UsageError as error:
        raise NotFound(error.message, where=identity[:40], hint=error.hint) from error


# --- showing ---------------------------------------------------------------------------------------------------


def _form(
    request: Request,
    belief: Belief,
    *,
    wrong: Exception | None = None,
    typed: Mapping[str, str] | None = None,
    status: int = 200,
) -> Response:
    found, secret = who(request), stranger(request)
    values: dict[str, Any] = {
        "belief": belief,
        "statement": belief.statement,
        "wrong": str(wrong) if wrong else "",
        "typed": typed or dict.fromkeys(_MOST, ""),
        "most": _MOST,
        "sent": request.query_params.get("sent") == "yes" and not wrong,
        "form_token": form_token(found.secret if found else secret),
    }
    response = _kept_by_nobody(page(request, "reply_form.html", values, status))
    if found is None:
        cookies.put(request, response, cookies.STRANGER, secret)
    return response


def _one(
    request: Request,
    found: Reply,
    *,
    wrong: Exception | None = None,
    typed: Mapping[str, str] | None = None,
    status: int = 200,
) -> Response:
    site = site_of(request)
    with site.registers.borrowed() as register:
        try:
            belief: Belief | None = publishing.belief(register.statement(found.statement))
        except RegisterError:
            belief = None
    subject = belief.statement.subject.id if belief else None
    values: dict[str, Any] = {
        "reply": found,
        "contact": site.replies.contact(found.id),
        "belief": belief,
        "kinds": kinds(site.topic),
        "typed": typed or {"entity": subject or "", "kind": "", "reason": ""},
        "wrong": str(wrong) if wrong else "",
        "form_token": form_token(session_of(request).secret),
    }
    return _kept_by_nobody(page(request, "reply.html", values, status))


def _kept_by_nobody(response: Response) -> Response:
    response.headers.update(_NOT_KEPT)
    return response
