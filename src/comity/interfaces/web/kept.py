"""Answers that take long, kept until the register changes: what is derived from a whole register is derived once."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import NamedTuple, TypeVar

from comity.register import Register

__all__ = ["Answers", "Kept", "Sent"]

_T = TypeVar("_T")


class Kept:
    """A few dozen values, each under what was asked and the register's last commit; several threads may use it."""

    def __init__(self, most: int = 64) -> None:
        self._most = most
        self._values: OrderedDict[Hashable, object] = OrderedDict()
        self._lock = threading.Lock()
        self._making: dict[Hashable, threading.Lock] = {}

    def get(self, register: Register, asked: Hashable, make: Callable[[], _T]) -> _T:
        """The value of ``make``, which is called once for each commit; others wait for it rather than make it too."""
        key = (register.head().hash, asked)
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]  # type: ignore[return-value]
            making = self._making.setdefault(key, threading.Lock())
        with making:
            with self._lock:
                if key in self._values:
                    return self._values[key]  # type: ignore[return-value]
            value = make()
            with self._lock:
                self._values[key] = value
                self._making.pop(key, None)
                while len(self._values) > self._most:
                    self._values.popitem(last=False)
        return value


class Sent(NamedTuple):
    """An answer as it was sent: its body and media type."""

    body: bytes
    media: str


class Answers:
    """The latest answers by their tag, up to so many bytes in all: what many ask for is made once a commit."""

    def __init__(self, most: int = 64_000_000, longest: int = 500_000) -> None:
        self._most, self._longest = most, longest
        self._size = 0
        self._sent: OrderedDict[str, Sent] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, tag: str) -> Sent | None:
        """The answer that was sent under a tag, if it is still kept."""
        with self._lock:
            found = self._sent.get(tag)
            if found is not None:
                self._sent.move_to_end(tag)
            return found

    def keep(self, tag: str, body: bytes, media: str) -> None:
        """Keep an answer, unless it is long; the one that was asked for longest ago goes."""
        if len(body) > self._longest:
            return
        with self._lock:
            old = self._sent.pop(tag, None)
            self._size += len(body) - (len(old.body) if old else 0)
            self._sent[tag] = Sent(body, media)
            while self._size > self._most:
                _, gone = self._sent.popitem(last=False)
                self._size -= len(gone.body)
