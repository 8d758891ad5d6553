"""Uploads of editors: files sent, read by the worker, looked at as a preview, recorded or discarded with a reason."""

from __future__ import annotations

import hashlib
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import msgspec
from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import RedirectResponse, Response

from comity import lists
from comity.documents import valid_date
from comity.errors import UsageError
from comity.interfaces.web import publishing
from comity.interfaces.web.access import EDITORS, Rule, form_of, form_token, sent_from_here, session_of
from comity.interfaces.web.errors import NotFound
from comity.interfaces.web.rendering import encoded, page
from comity.interfaces.web.room import Room
from comity.interfaces.web.site import site_of
from comity.model import Change, Statement
from comity.uploads import Limits, Upload, clean_name

__all__ = ["given_of", "router", "what_of"]

router = Room()

_FIELDS = {"published": 40, "publisher": 200, "url": 2000, "home_state": 2, "what": 200, "token": 200}
_AT_ONCE = 10  # files of one form
_ROOM = 65_536  # bytes of a form beside its files
_NOT_KEPT = {"Cache-Control": "no-store"}
# The body is no form of fields alone: it is read piece by piece, once it is known that an editor sends it.
_SENDERS = [Depends(Rule("editor", body=Limits().size + _ROOM, form=False, checked=False))]


@router.get("/uploads", dependencies=EDITORS)
def uploads(request: Request) -> Response:
    """The form that sends files, and what became of those that were sent."""
    return _uploads(request)


@router.post("/uploads", dependencies=_SENDERS)
async def send(request: Request) -> Response:
    """Queue files; each is an upload of its own."""
    try:
        async with request.form(max_files=_AT_ONCE, max_fields=len(_FIELDS), max_part_size=_ROOM) as form:
            sent_from_here(request, _text(form, "token"))
            return await run_in_threadpool(_queued, request, form)
    except HTTPException as error:  # of the parser: too many files or fields, or no form at all
        raise UsageError("the form can't be read", where="body", hint=str(error.detail)) from error
    except ClientDisconnect:
        return Response(status_code=400)  # nobody is there to read it, and nothing of it is kept


@router.get("/upload/{identity}", dependencies=EDITORS)
def upload(request: Request, identity: str) -> Response:
    """One upload: how far it is, what recording it would do, and the decision."""
    return _upload(request, _found(request, identity))


@router.get("/upload/{identity}/state", dependencies=EDITORS)
def state(request: Request, identity: str) -> Response:
    """How far an upload is, for the page that shows it."""
    found = _found(request, identity)
    response = encoded({"state": found.state, "progress": found.progress})
    response.headers.update(_NOT_KEPT)
    return response


@router.post("/upload/{identity}", dependencies=EDITORS)
def decide(request: Request, identity: str) -> Response:
    """Record what was previewed, or discard it: a decision with its author and reason."""
    site, form, by = site_of(request), form_of(request), session_of(request).user
    found = _found(request, identity)
    decision = {"author": by.author, "reason": form.get("reason", "")}
    act = form.get("act")
    if act not in ("record", "discard"):
        raise UsageError("is neither record nor discard", where="act", hint="send the form of the page")
    if not decision["reason"].strip():
        return _upload(request, found, wrong="Say why: a decision needs its reason.", status=400)
    if act == "record":
        site.uploads.record(identity, **decision)
        site.worker.wake()
    else:
        site.uploads.discard(identity, **decision)
    return RedirectResponse(f"/upload/{identity}", 303, _NOT_KEPT)


def _found(request: Request, identity: str) -> Upload:
    try:
        return site_of(request).uploads.get(identity)
    except UsageError as error:
        raise NotFound(error.message, where=identity[:40], hint=error.hint) from error


# --- sending ---------------------------------------------------------------------------------------------------


def _queued(request: Request, form: FormData) -> Response:
    site, by = site_of(request), session_of(request).user
    files = [each for each in form.getlist("file") if isinstance(each, UploadFile) and each.filename]
    try:
        kind, list_name = what_of(_text(form, "what"))
        given = given_of(form)
        if not files:
            raise UsageError("no file was chosen", where="file", hint="choose one or several")
        if large := [each for each in files if (each.size or 0) > site.uploads.limits.size]:
            most = f"at most {site.uploads.limits.size // (1024 * 1024)} MiB"
            raise UsageError("is too large", where=clean_name(large[0].filename or ""), hint=most)
    except UsageError as error:
        return _uploads(request, wrong=str(error), typed={name: _text(form, name) for name in _FIELDS}, status=400)
    sent = []
    for file in files:
        with tempfile.TemporaryDirectory(prefix="comity-") as folder:
            spooled, sha256 = _spooled(file, Path(folder))
            sent.append(
                site.uploads.add(
                    spooled, clean_name(file.filename or ""), kind=kind, list_name=list_name, given=given,
                    account=by.name, author=by.author, sha256=sha256,
                )
            )  # fmt: skip
    site.worker.wake()
    return RedirectResponse(f"/upload/{sent[0].id}" if len(sent) == 1 else "/uploads", 303, _NOT_KEPT)


def _spooled(file: UploadFile, folder: Path) -> tuple[Path, str]:
    digest, path = hashlib.sha256(), folder / "file"
    with path.open("xb") as target:
        while piece := file.file.read(1024 * 1024):
            digest.update(piece)
            target.write(piece)
    return path, digest.hexdigest()


def what_of(given: str) -> tuple[Literal["story", "edition"], str | None]:
    """What a file is said to be: ``story``, or ``list:`` and the name of a list. Raises UsageError."""
    if given == "story":
        return "story", None
    name = given.removeprefix("list:")
    if given.startswith("list:") and name in lists.definitions():
        return "edition", name
    raise UsageError("say what it is", where="what", hint="a story, or an edition of one of the lists")


def given_of(form: Mapping[str, Any]) -> dict[str, str | None]:
    """What is said of a file's publication. Raises UsageError, which names what can't be so."""
    given = {name: _text(form, name) or None for name in ("published", "publisher", "url", "home_state")}
    published, url, state = given["published"], given["url"], given["home_state"]
    if published and not valid_date(published):
        raise UsageError(f"impossible date {published!r}", where="date", hint="write YYYY-MM-DD")
    if url and not url.startswith(("http://", "https://")):
        raise UsageError("is no address", where="address", hint="write https://…")
    if state:
        if not re.fullmatch(r"[A-Za-z]{2}", state):
            raise UsageError(f"{state!r} isn't two letters", where="home state", hint="write AK, not Alaska")
        given["home_state"] = state.upper()
    return given


def _text(form: Mapping[str, Any], name: str) -> str:
    value = form.get(name)
    return re.sub(r"[\x00-\x1f\x7f]", "", value).strip()[: _FIELDS[name]] if isinstance(value, str) else ""


# --- showing ---------------------------------------------------------------------------------------------------


def _uploads(
    request: Request, *, wrong: str = "", typed: Mapping[str, str] | None = None, status: int = 200
) -> Response:
    values = {
        "uploads": site_of(request).uploads.latest(),
        "kinds": [(name, lists.definition(name).title) for name in lists.definitions()],
        "most": site_of(request).uploads.limits.size // (1024 * 1024),
        "at_once": _AT_ONCE,
        "wrong": wrong,
        "typed": typed or dict.fromkeys(_FIELDS, ""),
        "form_token": form_token(session_of(request).secret),
    }
    return _kept_by_nobody(page(request, "uploads.html", values, status))


def _upload(request: Request, found: Upload, *, wrong: str = "", status: int = 200) -> Response:
    values: dict[str, Any] = {
        "upload": found,
        "title": lists.definition(found.list).title if found.list in lists.definitions() else found.list,
        "busy": found.state in ("queued", "reading", "recording"),
        "wrong": wrong,
        "form_token": form_token(session_of(request).secret),
        **_shown(found),
    }
    return _kept_by_nobody(page(request, "upload.html", values, status))


def _shown(found: Upload) -> dict[str, Any]:
    """The statements and changes of a preview as values, so that the pages' own parts show them."""
    preview = found.preview or {}
    return {
        "preview": found.preview,
        "statements": [
            publishing.statement(msgspec.convert(each, Statement)) for each in preview.get("statements", ())
        ],
        "changes": [publishing.change(msgspec.convert(each, Change)) for each in preview.get("changes", ())],
    }


def _kept_by_nobody(response: Response) -> Response:
    response.headers.update(_NOT_KEPT)
    return response
