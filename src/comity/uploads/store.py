"""The queue of uploads: rows beside the register, and the files in a folder of their own, ``<register>.uploads``.

A file lies there under its upload's id, for nobody else to read, until it is recorded, refused or discarded. What a
worker took and didn't finish (the server was stopped) is taken again by the next one.
"""

from __future__ import annotations

import json
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, Self

from sqlalchemy import Engine, and_, delete, func, insert, or_, select, update

from comity.errors import DecisionRefused, InputError, UsageError
from comity.register.beside import Beside
from comity.register.failures import translated
from comity.register.instants import DAY, Clock, iso, system_clock
from comity.uploads.tables import uploads
from comity.uploads.values import OPEN_STATES, Limits, State, Upload

__all__ = ["STALE", "Uploads"]

_SECOND = 1_000_000
STALE = 30 * _SECOND
"""A worker that hasn't said for so long (microseconds) that it is at work on an upload is taken for gone."""

_TRIES = 3  # how often a file may be begun: what ends the server each time it is read is refused
_KEPT = 90 * DAY  # how long it is shown what became of an upload
_HOUR = 3600


class Uploads(Beside):
    """The uploads of a register. Make one with :meth:`open`; several threads may use it."""

    def __init__(self, engine: Engine, path: Path | None, clock: Clock, limits: Limits = Limits()) -> None:  # noqa: B008
        super().__init__(engine, path, clock)
        beside = Path(path or engine.url.database or "").absolute()
        self.folder, self.limits = beside.with_name(f"{beside.name}.uploads"), limits
        self.captures = beside.with_name(f"{beside.name}.captures")  # of the register, whoever records from elsewhere

    @classmethod
    def open(cls, where: str | Path, *, clock: Clock = system_clock, limits: Limits = Limits()) -> Self:  # noqa: B008
        """The uploads of the register at a path or database URL. Raises RegisterError."""
        found = super().open(where, clock=clock)
        found.limits = limits
        return found

    # --- what editors do -------------------------------------------------------------------------------------------

    def add(
        self,
        file: Path,
        name: str,
        *,
        kind: Literal["story", "edition"],
        list_name: str | None = None,
        given: Mapping[str, str | None],
        account: str,
        author: str,
        sha256: str,
    ) -> Upload:
        """Queue a file, which is moved into the folder of uploads under a clean ``name``.

        Raises InputError where too many wait.
        """
        identity = f"u-{secrets.token_hex(8)}"
        size, now = file.stat().st_size, self._clock()
        with translated(self.folder):
            place = self.folder / identity
            self.folder.mkdir(mode=0o700, exist_ok=True)
            place.mkdir(mode=0o700)
            shutil.move(file, place / name)
        row = {
            "id": identity, "kind": kind, "list": list_name, "name": name, "size": size, "sha256": sha256,
            "given": json.dumps(dict(given)), "account": account, "author": author, "state": "queued",
            "progress": "waits for its turn", "since": now, "changed": now, "tries": 0,
        }  # fmt: skip
        try:
            with self._writing() as connection:
                count = select(func.count()).where(uploads.c.state.in_(OPEN_STATES))
                if (connection.execute(count).scalar() or 0) >= self.limits.open:
                    hint = "record or discard some of those first"
                    raise InputError(f"{self.limits.open} uploads wait already", where=name, hint=hint)
                connection.execute(insert(uploads).values(**row))
        except BaseException:
            shutil.rmtree(place, ignore_errors=True)
            raise
        return self.get(identity)

    def get(self, identity: str) -> Upload:
        """The upload with this id. Raises UsageError."""
        with self._asking() as connection:
            row = connection.execute(select(uploads).where(uploads.c.id == identity)).first()
        if row is None:
            raise UsageError("no upload has this id", where=identity[:40], hint="look at the uploads")
        return _upload(row)

    def latest(self, most: int = 50) -> tuple[Upload, ...]:
        """The latest uploads, the open ones first."""
        closed = uploads.c.state.not_in(OPEN_STATES)
        query = select(uploads).order_by(closed, uploads.c.since.desc(), uploads.c.id).limit(most)
        with self._asking() as connection:
            return tuple(map(_upload, connection.execute(query)))

    def path(self, upload: Upload) -> Path:
        """Where the file lies while the upload is open."""
        return self.folder / upload.id / upload.name

    def record(self, identity: str, *, author: str, reason: str) -> Upload:
        """An editor's decision to record what was previewed. Raises UsageError, DecisionRefused."""
        decided = self._decision(author, reason)
        return self._decided(identity, "recording", decided, "waits to be recorded")

    def discard(self, identity: str, *, author: str, reason: str) -> Upload:
        """An editor's decision to record nothing of it; the file is removed. Raises UsageError, DecisionRefused."""
        done = self._decided(identity, "discarded", self._decision(author, reason), "discarded")
        self._remove(identity)
        return done

    def _decision(self, author: str, reason: str) -> dict[str, str]:
        if not reason.strip():
            raise UsageError("a decision needs it", where="reason", hint="say why")
        return {"author": author, "reason": reason.strip()[:2000], "at": iso(self._clock()) or ""}

    def _decided(self, identity: str, state: State, decided: Mapping[str, str], progress: str) -> Upload:
        values = {
            "state": state,
            "decided": json.dumps(dict(decided)),
            "progress": progress,
            "worker": None,
            "tries": 0,
        }
        with self._writing() as connection:
            of = and_(uploads.c.id == identity, uploads.c.state == "previewed")
            done = connection.execute(update(uploads).where(of).values(**values, changed=self._clock())).rowcount
        found = self.get(identity)
        if not done:
            raise DecisionRefused(f"is {found.state}, and can't be decided on now", where=found.name)
        return found

    # --- what a worker does ----------------------------------------------------------------------------------------

    def claim(self, worker: str) -> Upload | None:
        """The next file to read or to record, taken for this worker; None where there is none.

        What another worker left is taken again; one that was begun too often is refused.
        """
        now = self._clock()
        free = or_(uploads.c.worker.is_(None), uploads.c.beat < now - STALE)
        wanted = and_(uploads.c.state.in_(("queued", "reading", "recording")), free)
        query = select(uploads.c.id, uploads.c.state, uploads.c.tries).where(wanted).order_by(uploads.c.since)
        with self._asking() as connection:  # most often there is none, and no writer is waited for
            if connection.execute(query.limit(1)).first() is None:
                return None
        with self._writing() as connection:
            row = connection.execute(query.limit(1)).first()
            if row is None:
                return None
            at = uploads.c.id == row.id
            if row.tries < _TRIES:
                state = "recording" if row.state == "recording" else "reading"
                taken = {"state": state, "worker": worker, "beat": now, "tries": row.tries + 1, "changed": now}
                connection.execute(update(uploads).where(at).values(**taken))
        if row.tries >= _TRIES:
            self.refuse(row.id, "ended the process that read it, several times", "look at the file")
            return self.claim(worker)
        return self.get(row.id)

    def beat(self, identity: str, progress: str) -> None:
        """Say that the worker is at it, and how far."""
        self._set(identity, beat=self._clock(), progress=progress)

    def release(self, identity: str) -> None:
        """Give an upload back undone: the server stops. It isn't counted as a try."""
        self._set(identity, worker=None, beat=None, tries=uploads.c.tries - 1)

    def previewed(self, identity: str, preview: Mapping[str, Any], note: str = "") -> None:
        """What recording it would do; ``note`` where it was asked to be recorded and the register had changed."""
        self._set(identity, state="previewed", preview=json.dumps(preview), progress=note or "read", decided=None,
                  worker=None)  # fmt: skip

    def done(self, identity: str, told: str) -> None:
        """It is recorded; the file is removed (the register keeps the bytes)."""
        self._set(identity, state="done", progress=told, worker=None)
        self._remove(identity)

    def refuse(self, identity: str, message: str, hint: str | None = None, **more: Any) -> None:
        """It can't be taken, for one reason in one line; the file is removed."""
        refused = {"message": message, "hint": hint, **more}
        self._set(identity, state="refused", refused=json.dumps(refused), progress="refused", worker=None)
        self._remove(identity)

    def tidy(self) -> None:
        """Forget what became of uploads of long ago, and remove files that no open upload has."""
        with self._writing() as connection:
            old = and_(uploads.c.state.not_in(OPEN_STATES), uploads.c.changed < self._clock() - _KEPT)
            connection.execute(delete(uploads).where(old))
            kept = set(connection.execute(select(uploads.c.id).where(uploads.c.state.in_(OPEN_STATES))).scalars())
        for place in self.folder.glob("u-*") if self.folder.is_dir() else ():
            # One that is new may be waiting for its row.
            if place.name not in kept and place.stat().st_mtime < self._clock() / _SECOND - _HOUR:
                shutil.rmtree(place, ignore_errors=True)

    def _set(self, identity: str, **values: Any) -> None:
        with self._writing() as connection:
            changed = {**values, "changed": self._clock()}
            connection.execute(update(uploads).where(uploads.c.id == identity).values(**changed))

    def _remove(self, identity: str) -> None:
        shutil.rmtree(self.folder / identity, ignore_errors=True)


def _upload(row: Any) -> Upload:
    parsed = {name: json.loads(text) if (text := getattr(row, name)) else None
              for name in ("preview", "refused", "decided")}  # fmt: skip
    return Upload(
        row.id, row.kind, row.list, row.name, row.size, row.sha256, row.state, row.progress, row.account, row.author,
        iso(row.since) or "", iso(row.changed) or "", json.loads(row.given), **parsed,
    )  # fmt: skip
