"""Who stands with what on a matter at present, put on from commit to commit: only what one wrote is asked anew."""

from __future__ import annotations

import threading

from comity.register import Register
from comity.register.draft import Head
from comity.register.rules import Rules
from comity.views.atlas import Standing, standing

__all__ = ["Stood"]

_MOST = 5000  # entities that are asked for by name; of more all are


class Stood:
    """By predicate, as of the last commit that was asked about; several threads may use it."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[Head, Standing]] = {}
        self._lock = threading.Lock()

    def at_present(self, register: Register, predicate: str, rules: Rules) -> Standing:
        """Who stands with what, as the register has it."""
        head = register.head()
        with self._lock:
            before, found = self._kept.get(predicate, (None, {}))
            if before is not None and before.hash == head.hash:
                return found
            anew = register.written(before) if before is not None and before.seq < head.seq else None
            if anew is None or len(anew) > _MOST:
                found = standing(register.held(predicate), predicate, rules)
            else:
                asked = sorted({*anew.values()})
                fresh = standing(register.held(predicate, entities=asked), predicate, rules)
                gone = {*anew, *asked}
                found = {**{key: each for key, each in found.items() if key[0] not in gone}, **fresh}
            if before is None or before.seq < head.seq:
                self._kept[predicate] = head, found
        return found
