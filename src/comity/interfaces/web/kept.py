"""Answers that take long, kept until the register changes: what is derived from a whole register is derived once."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from comity.register import Register

__all__ = ["Answers", "Kept"]

_T = TypeVar("_T")
_A = TypeVar("_A")


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


class Answers(Generic[_A]):
    """The latest answers by what names them, up to so many bytes in all: what many ask for is made once a commit."""

    def __init__(self, most: int = 64_000_000, longest: int = 500_000) -> None:
        self._most, self._longest = most, longest
        self._size = 0
        self._kept: OrderedDict[Hashable, tuple[_A, int]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, name: Hashable) -> _A | None:
        """The answer of a name, if it is still kept."""
        with self._lock:
            found = self._kept.get(name)
            if found is None:
                return None
            self._kept.move_to_end(name)
            return found[0]

    def keep(self, name: Hashable, answer: _A, size: int) -> None:
        """Keep an answer of so many bytes, unless it is long; the one that was asked for longest ago goes."""
        if size > self._longest:
            return
        with self._lock:
            self._size += size - self._kept.pop(name, (None, 0))[1]
            self._kept[name] = answer, size
            while self._size > self._most:
                self._size -= self._kept.popitem(last=False)[1][1]
