"""What programs may write: uploads, and decisions on them and on what was read. With a token, or a session's own.

These routes stand in ``docs/api.md`` and not in the description for machines, which is of the reading API.
"""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path
from typing import Any, Literal

import msgspec
from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect
from starlette.responses import Response

from comity.errors import UsageError
from comity.interfaces import reviewing
from comity.interfaces.reviewing import Wanted
from comity.interfaces.web.access import Rule, session_of
from comity.interfaces.web.errors import NotFound
from comity.interfaces.web.rendering import encoded
from comity.interfaces.web.room import Room
from comity.interfaces.web.sent.uploads import given_of, what_of
from comity.interfaces.web.site import site_of
from comity.uploads import Limits, Upload, clean_name

__all__ = ["router"]

router = Room()

_NOT_KEPT = {"Cache-Control": "no-store"}
_SENDING = [Depends(Rule("editor", scope="upload", form=False, body=Limits().size))]
_SENT = [Depends(Rule("editor", scope="upload"))]
_DECIDING = [Depends(Rule("editor", scope="decide", form=False, body=16_384))]


class _Decision(msgspec.Struct, forbid_unknown_fields=True):
    """A decision as a program asks for it: the words of :class:`comity.interfaces.reviewing.Wanted`."""

    kind: Literal["accept", "reject", "correct", "same", "distinct", "undo"]
    targets: tuple[str, ...]
    reason: str
    other: str | None = None
    field: str | None = None
    value: str | None = None
    all_like: bool = False


class _Act(msgspec.Struct, forbid_unknown_fields=True):
    """What becomes of an upload that was previewed."""

    act: Literal["record", "discard"]
    reason: str


@router.post("/uploads", dependencies=_SENDING)
async def send(request: Request) -> Response:
    """Queue one file: the body is its bytes; ``what``, ``name`` and what is known of its publication are parameters."""
    kind, list_name = what_of(request.query_params.get("what", "story"))
    given = given_of(request.query_params)
    name = clean_name(request.query_params.get("name", ""))
    site, by = site_of(request), session_of(request).user
    with tempfile.TemporaryDirectory(prefix="comity-") as folder:
        path, digest = Path(folder) / "file", hashlib.sha256()
        try:
            with path.open("xb") as target:
                async for piece in request.stream():
                    digest.update(piece)
                    target.write(piece)
        except ClientDisconnect:
            return Response(status_code=400)  # nobody is there to read it, and nothing of it is kept

        def queued() -> Upload:
            return site.uploads.add(
                path, name, kind=kind, list_name=list_name, given=given, account=by.name, author=by.author,
                sha256=digest.hexdigest(),
            )  # fmt: skip

        found = await run_in_threadpool(queued)
    site.worker.wake()
    return _told(found, 202)


@router.get("/uploads/{identity}", dependencies=_SENT)
def upload(request: Request, identity: str) -> Response:
    """One upload: its state, and once it was read what recording it would do."""
    return _told(_found(request, identity))


@router.post("/uploads/{identity}", dependencies=_DECIDING)
async def decide_upload(request: Request, identity: str) -> Response:
    """Record or discard an upload that was previewed."""
    wanted = _read(await request.body(), _Act)
    site, by = site_of(request), session_of(request).user
    _found(request, identity)
    decide = site.uploads.record if wanted.act == "record" else site.uploads.discard
    found = await run_in_threadpool(lambda: decide(identity, author=by.author, reason=wanted.reason))
    site.worker.wake()
    return _told(found)


@router.post("/decisions", dependencies=_DECIDING)
async def decide(request: Request) -> Response:
    """Decide on statements, names or items of the queue, as ``comity review`` does; the decisions that were made."""
    wanted = _read(await request.body(), _Decision)
    alone = wanted.kind in ("same", "distinct", "undo")
    if not wanted.targets or (alone and len(wanted.targets) != 1):
        raise UsageError("doesn't name what is decided on", where="targets", hint="one, of a same, distinct or undo")
    site, by = site_of(request), session_of(request).user
    asked = Wanted(author=by.author, **msgspec.structs.asdict(wanted))

    def made() -> Any:
        with site.writing() as register:
            return reviewing.decide(register, asked, site.serving.topic)

    return _answer(await run_in_threadpool(made))


def _read(body: bytes, shape: type[Any]) -> Any:
    try:
        return msgspec.json.decode(body, type=shape)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise UsageError("is not what is taken here", where="body", hint=str(error)[:200]) from error


def _found(request: Request, identity: str) -> Upload:
    try:
        return site_of(request).uploads.get(identity)
    except UsageError as error:
        raise NotFound(error.message, where=identity[:40], hint=error.hint) from error


def _told(found: Upload, status: int = 200) -> Response:
    return _answer({**msgspec.to_builtins(found), "account": None}, status)


def _answer(value: Any, status: int = 200) -> Response:
    response = encoded(value)
    response.status_code = status
    response.headers.update(_NOT_KEPT)
    return response
