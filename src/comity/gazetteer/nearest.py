"""The nearest real name to a misprinted one, within state and kind, with abstention.

Distance is optimal string alignment (one letter wrong, missing, too many, or two swapped, is 1), by rapidfuzz.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import OSA

from comity.gazetteer.names import squash
from comity.gazetteer.tables import GOVERNMENT, Row

if TYPE_CHECKING:
    from comity.gazetteer.gazetteer import Gazetteer

__all__ = ["Nearest", "allowed", "closest", "nearest"]

ID, KIND, KEYS = (GOVERNMENT[one] for one in ("id", "kind", "keys"))


@dataclass(frozen=True, slots=True)
class Nearest:
    """The row that a misprint is nearest to, or None with the near ones and why none was taken."""

    row: Row | None
    distance: int
    score: float
    near: tuple[tuple[Row, float], ...]
    why: str
    abstained: bool = False


def allowed(key: str) -> int:
    """How many letters may be wrong in a name of this length."""
    return 0 if len(key) < 4 else 1 if len(key) < 5 else 2


def closest(key: str, names: list[str], cutoff: int) -> list[tuple[str, int]]:
    """Names within ``cutoff`` letters, the nearest first, then by alphabet."""
    found = process.extract(key, names, scorer=OSA.distance, score_cutoff=cutoff, limit=6)
    return sorted(((name, int(distance)) for name, distance, _ in found), key=lambda one: (one[1], one[0]))


def nearest(gazetteer: Gazetteer, base: str, state: str, kinds: tuple[str, ...]) -> Nearest:
    """The one government within a letter or two of ``base``, if no other of its kind is as near."""
    key = squash(base)
    names = _names(gazetteer, state, tuple(sorted(kinds)))
    found = closest(key, list(names), allowed(key))
    rows = {name: names[name] for name, _ in found}
    near = tuple((row, 1 - distance / max(len(key), 1)) for name, distance in found for row in rows[name])
    if not found:
        return Nearest(None, 0, 0.0, (), "no name in the state is near it")
    best, distance = found[0]
    if len(found) > 1 and found[1][1] == distance:
        return Nearest(None, distance, 0.0, near, f"{best!r} and {found[1][0]!r} are equally near", True)
    if _real_elsewhere(gazetteer, key, rows[best][0][KIND]):
        return Nearest(None, distance, 0.0, near, "a real name of another state, so not taken for a misprint", True)
    if len(rows[best]) > 1:
        return Nearest(None, distance, 0.0, near, f"{len(rows[best])} governments are called {best!r}", True)
    return Nearest(rows[best][0], distance, 1 - distance / max(len(key), 1), near, "")


@lru_cache(maxsize=512)
def _names(gazetteer: Gazetteer, state: str, kinds: tuple[str, ...]) -> dict[str, list[Row]]:
    from comity.gazetteer.governments import fits

    found: dict[str, list[Row]] = {}
    for row in gazetteer.in_state(state):
        if not fits(row, kinds):
            continue
        for key in row[KEYS].replace(" ", "").split("~"):
            found.setdefault(key, []).append(row)
    for key, rows in found.items():
        places = [row for row in rows if row[KIND] in ("place", "county")]
        found[key] = places or rows
    return found


def _real_elsewhere(gazetteer: Gazetteer, key: str, kind: str) -> bool:
    return any(row[KIND] == kind for row in gazetteer.index.get(key, ()))
