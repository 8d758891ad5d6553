"""What reads uploads: a thread that takes one after the other and gives each to a process of its own.

The process is bounded (:class:`comity.uploads.values.Limits`) and killed when its time is over, with all that it
started. What becomes of it is one line on the upload, never a fault of the site.
"""

from __future__ import annotations

import json
import logging
import os
import secrets
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from comity.errors import ComityError, RegisterBusy
from comity.uploads.store import Uploads
from comity.uploads.values import Upload

__all__ = ["Worker"]

_LOOK = 0.1  # seconds between two looks at the process
_IDLE = 2.0  # seconds between two looks at the queue, where nobody says that there is something
_BEAT = 5.0  # seconds between two signs of life
_GRACE = 20.0  # seconds beyond the limit: for the start of the process, and for a register that others write
_LINES = 16 * 1024 * 1024  # bytes that are read of what a process says
_TOLD = 4000  # bytes of what a process that breaks says last, for the server's log
_log = logging.getLogger("comity.uploads")


class Worker:
    """Reads the uploads of one register, one at a time, until it is closed."""

    def __init__(self, uploads: Uploads, register: str, topic: str = "", *, program: Sequence[str] = ()) -> None:
        """``program`` is what is started for each upload (a seam for tests), else :mod:`comity.uploads.work`."""
        self._uploads, self._register, self._topic = uploads, register, topic
        self._program = tuple(program) or (sys.executable, "-m", "comity.uploads.work")
        self._name = f"{os.getpid()}-{secrets.token_hex(4)}"
        self._wake, self._stop = threading.Event(), threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin, or begin again after :meth:`close`: what a stopped server left is taken up again."""
        if self._thread is None or not self._thread.is_alive():
            self._stop.clear()
            self._thread = threading.Thread(target=self._run, name="comity-uploads", daemon=True)
            self._thread.start()

    def wake(self) -> None:
        """There is something to do."""
        self._wake.set()

    def close(self) -> None:
        """Stop; an upload that is being read is given back to the queue, and its process killed."""
        self._stop.set()
        self._wake.set()
        if self._thread is not None:
            self._thread.join(30)

    def _run(self) -> None:
        with suppress(ComityError):
            self._uploads.tidy()
        while not self._stop.is_set():
            try:
                upload = self._uploads.claim(self._name)
                if upload is not None:
                    self.work(upload)
                    continue
            except Exception:
                _log.exception("the queue of uploads can't be read")
            self._wake.wait(_IDLE)
            self._wake.clear()

    def work(self, upload: Upload) -> None:
        """Read or record one upload that was claimed, and note what became of it."""
        with tempfile.TemporaryFile() as lines, tempfile.TemporaryFile() as errors:
            ended = self._process(upload, lines, errors)
            if self._stop.is_set() and ended is None:
                self._uploads.release(upload.id)
                return
            end, wrong = _last(lines), os.pread(errors.fileno(), _LINES, 0)[-_TOLD:].decode("utf-8", "replace")
        if ended is None:
            seconds = f"{self._uploads.limits.seconds:g} seconds"
            self._uploads.refuse(upload.id, f"takes more than {seconds} to read", "give a smaller file")
        elif end is None or "end" not in end:
            _log.warning("upload %s: its process ended with %d: %s", upload.id, ended, wrong)
            self._uploads.refuse(
                upload.id, "can't be read: it takes too much, or breaks the reader", "look at the file"
            )
        else:
            self._note(upload, end)

    def _note(self, upload: Upload, end: dict[str, Any]) -> None:
        if end["end"] == "refused":
            self._uploads.refuse(upload.id, end["message"], end.get("hint"), checks=end.get("checks", []))
        elif end["end"] == "previewed":
            again = upload.decided is not None
            note = "the register has changed since it was previewed: look again" if again else ""
            self._uploads.previewed(upload.id, end["preview"], note)
        else:
            self._uploads.done(upload.id, end["told"])

    def _process(self, upload: Upload, lines: IO[bytes], errors: IO[bytes]) -> int | None:
        """Runs the process to its end; how it ended, None where it was killed: its time was over, or the site stops."""
        limits = self._uploads.limits
        deadline = time.monotonic() + limits.seconds + _GRACE
        process = subprocess.Popen(
            self._program,
            stdin=subprocess.PIPE,
            stdout=lines,
            stderr=errors,
            cwd=self._uploads.path(upload).parent,
            start_new_session=True,
        )
        try:
            assert process.stdin is not None
            with suppress(BrokenPipeError), process.stdin as given:
                given.write(json.dumps(self._task(upload)).encode())
            beaten = time.monotonic()
            while process.poll() is None:
                if self._stop.wait(_LOOK) or time.monotonic() > deadline:
                    return None
                if time.monotonic() - beaten > _BEAT:
                    beaten = time.monotonic()
                    with suppress(RegisterBusy):  # the process itself may be writing the register
                        self._uploads.beat(upload.id, _stage(lines) or upload.progress)
            return process.returncode
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def _task(self, upload: Upload) -> dict[str, Any]:
        preview = upload.preview or {}
        register = self._register if "://" in self._register else str(Path(self._register).expanduser().absolute())
        return {
            "register": register,
            "captures": str(self._uploads.captures),  # on PostgreSQL the folder is this process's, not the reader's
            "topic": self._topic,
            "id": upload.id,
            "name": upload.name,
            "list": upload.list,
            "given": upload.given,
            "seconds": self._uploads.limits.seconds,
            "memory": self._uploads.limits.memory,
            "decided": upload.decided,
            "digest": preview.get("digest") if upload.state == "recording" else None,
            "seq": preview.get("seq"),
        }


def _lines(lines: IO[bytes]) -> list[dict[str, Any]]:
    # The file's place is shared with the process that writes it, so it is read by a descriptor without one.
    data = os.pread(lines.fileno(), _LINES, 0)
    found = []
    for line in data.splitlines():
        with suppress(ValueError):
            parsed = json.loads(line)
            if isinstance(parsed, dict):
                found.append(parsed)
    return found


def _last(lines: IO[bytes]) -> dict[str, Any] | None:
    found = _lines(lines)
    return found[-1] if found else None


def _stage(lines: IO[bytes]) -> str:
    found = [str(each["stage"]) for each in _lines(lines) if "stage" in each]
    return found[-1] if found else ""
