"""What tells webhooks: a thread of the server that notes what changed and sends what is due."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from comity.errors import ComityError
from comity.model import Change
from comity.register import Register
from comity.webhooks.addresses import place
from comity.webhooks.sending import Answer, Line, send
from comity.webhooks.store import Due, Webhooks

__all__ = ["Courier"]

_LOOK = 2.0  # seconds between two looks at the register
_AT_ONCE = 4  # messages on their way, at most one to each webhook
_TIDIED = 3600.0
_log = logging.getLogger("comity.webhooks")


class Courier:
    """Tells the webhooks of one register what changed, until it is closed."""

    def __init__(
        self,
        webhooks: Webhooks,
        opened: Callable[[], Register],
        shown: Callable[[Change], Change],
        line: Line = Line(),  # noqa: B008 - a frozen value
    ) -> None:
        """``opened`` opens the register for reading; ``shown`` makes of a change what is published of it."""
        self._webhooks, self._opened, self._shown, self._line = webhooks, opened, shown, line
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin, or begin again after :meth:`close`: what waits from before is sent."""
        if self._thread is None or not self._thread.is_alive():
            self._stop.clear()
            self._thread = threading.Thread(target=self._run, name="comity-webhooks", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Stop; what is on its way is waited for, the rest stays in the queue."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(30)

    def _run(self) -> None:
        tidied = 0.0
        while not self._stop.is_set():
            try:
                if self._webhooks.all():
                    with self._opened() as register:
                        self._webhooks.note(register, self._shown)
                    while not self._stop.is_set() and self.round():
                        pass
                    if time.monotonic() - tidied > _TIDIED:
                        tidied = time.monotonic()
                        self._webhooks.tidy()
            except ComityError as error:
                _log.warning("webhooks: %s", error.message)
            except Exception:
                _log.exception("webhooks failed")
            self._stop.wait(_LOOK)

    def round(self) -> int:
        """Send one message to each webhook that one is due for; how many."""
        first: dict[str, Due] = {}
        for due in self._webhooks.due():
            first.setdefault(due.webhook, due)
        if not first:
            return 0
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            for due, answer in zip(first.values(), pool.map(self._sent, first.values()), strict=True):
                self._webhooks.settle(due, answer)
                if not answer.taken:
                    _log.warning("webhook %s: %s", due.webhook, answer.told)
        return len(first)

    def _sent(self, due: Due) -> Answer:
        return send(place(due.url), due.secret, due.id, int(time.time()), due.body, self._line)
