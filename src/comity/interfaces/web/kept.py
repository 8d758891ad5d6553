"""Answers that take long, kept until the register changes: what is derived from a whole register is derived once."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import TypeVar

from comity.register import Register

__all__ = ["Kept"]

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
