"""Registers open for reading, one for each request that is being worked on: a register serves one thread at a time."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from comity.errors import InputError, UsageError
from comity.interfaces.web.errors import NotFound, TooMuch
from comity.register import Register, Rules

__all__ = ["Registers"]


class Registers:
    """A stock of open registers: one is borrowed for a request and given back after it."""

    def __init__(self, where: str, rules: Rules) -> None:
        self._where = where
        self._rules = rules
        self._free: list[Register] = []
        self._lock = threading.Lock()

    @contextmanager
    def borrowed(self) -> Iterator[Register]:
        """A register that nobody else uses meanwhile. One on which something failed is closed, not given back."""
        with self._lock:
            register = self._free.pop() if self._free else None
        if register is None:
            register = Register.open(self._where, rules=self._rules, read_only=True)
        try:
            yield register
        except (NotFound, TooMuch, InputError, UsageError):
            self._keep(register)
            raise
        except BaseException:
            register.close()
            raise
        self._keep(register)

    def _keep(self, register: Register) -> None:
        with self._lock:
            self._free.append(register)

    def close(self) -> None:
        """Close those that are free."""
        with self._lock:
            free, self._free = self._free, []
        for register in free:
            register.close()
