"""The nearest real name to a misprinted one, within state and kind, with abstention.

Distance is Damerau-Levenshtein (one letter wrong, missing, too many, or two swapped, is 1), by rapidfuzz.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein, Indel

from comity.gazetteer.kinds import fits
from comity.gazetteer.names import distinguished, squash
from comity.gazetteer.tables import GOVERNMENT, Row

if TYPE_CHECKING:
    from comity.gazetteer.gazetteer import Gazetteer

__all__ = ["Nearest", "allowed", "closest", "named_nearer", "nearest", "real_elsewhere"]

DOUBLED = re.compile(r"(.)\1")
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
    return 0 if len(key) < 2 else 1 if len(key) < 3 else 2 if len(key) < 10 else 3


def closest(key: str, names: list[str], cutoff: int) -> list[tuple[str, int]]:
    """Names within ``cutoff`` letters, the nearest first; of equally near ones those with more letters in common.

    A letter doubled or not doubled is the commonest misprint; a letter too few or too many keeps all others in their
    order, which a wrong letter doesn't: that breaks ties. Names that are still equal stay equal.
    """
    found = _extract(key, names, cutoff)
    once = _single(key)
    ranked = sorted(
        (int(distance), once != _single(name), Indel.distance(key, name), name[:1] != key[:1], name)
        for name, distance, _ in found
    )
    result = []
    for number, one in enumerate(ranked):
        distance, name = one[0], one[4]
        ahead = number > 0 and one[:4] > ranked[0][:4]
        result.append((name, max(distance, ranked[0][0] + 1) if ahead else distance))
    return result


def _single(key: str) -> str:
    return DOUBLED.sub(r"\1", key)


def _extract(key: str, names: list[str], cutoff: int) -> list[tuple[str, float, int]]:
    found: list[tuple[str, float, int]] = process.extract(  # type: ignore[call-overload]
        key, names, scorer=DamerauLevenshtein.distance, score_cutoff=cutoff, limit=12
    )
    return found


def named_nearer(
    gazetteer: Gazetteer, state: str, key: str, kinds: Sequence[str], best: str, distance: int
) -> str | None:
    """A government's name of the state that is as near to a misprint as ``best``, or nearer; None where there is none.

    Use it where only some governments are in the running, as when an agency is sought: the misprint may mean one of
    those that are not.
    """
    found = closest(key, list(_names(gazetteer, state, tuple(sorted(kinds)))), distance)
    return next((name for name, apart in found if apart <= distance and name != best), None)


def nearest(gazetteer: Gazetteer, full: str, base: str, state: str, kinds: tuple[str, ...]) -> Nearest:
    """The one government within a letter or two of a name (whole, or without its kind word), if no other is as near."""
    names = _names(gazetteer, state, tuple(sorted(kinds)))
    listed = list(names)
    key, found = squash(full), closest(squash(full), listed, min(2, allowed(squash(full))))
    if base != full:
        key = squash(base)
        found = _either(found, closest(key, listed, allowed(key)))
    found = _places_first(found, names)
    near = tuple((row, 1 - distance / max(len(key), distance + 1)) for name, distance in found for row in names[name])
    if not found:
        return Nearest(None, 0, 0.0, (), "no name in the state is near it")
    best, distance = found[0]
    if len(found) > 1 and found[1][1] == distance and names[found[1][0]][0][ID] != names[best][0][ID]:
        return Nearest(None, distance, 0.0, near, f"{best!r} and {found[1][0]!r} are equally near", True)
    if distinguished(base, _plain_key(names[best][0], best)):
        return Nearest(None, distance, 0.0, near, f"a word parts it from {best!r}, the nearest name", True)
    if real_elsewhere(gazetteer, key, names[best][0][KIND]):
        return Nearest(None, distance, 0.0, near, "a real name of another state, so not taken for a misprint", True)
    if len(names[best]) > 1:
        return Nearest(None, distance, 0.0, near, f"{len(names[best])} governments are called {best!r}", True)
    return Nearest(names[best][0], distance, 1 - distance / max(len(key), distance + 1), near, "")


def _places_first(found: list[tuple[str, int]], names: dict[str, list[Row]]) -> list[tuple[str, int]]:
    """Where a city and a township are equally near, the city."""
    tied = [name for name, distance in found if distance == found[0][1]]
    cities = [name for name in tied if names[name][0][KIND] in ("place", "county")]
    if len(tied) == len(cities) or len(cities) != 1:
        return found
    return [(cities[0], found[0][1]), *((name, distance + 1) for name, distance in found if name != cities[0])]


def _plain_key(row: Row, key: str) -> str:
    return next(one for one in row[KEYS].split("~") if squash(one) == key)


def _either(whole: list[tuple[str, int]], base: list[tuple[str, int]]) -> list[tuple[str, int]]:
    if whole and base:
        return whole if whole[0][1] <= base[0][1] else base
    return whole or base


@lru_cache(maxsize=512)
def _names(gazetteer: Gazetteer, state: str, kinds: tuple[str, ...]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in gazetteer.in_state(state):
        for key in row[KEYS].replace(" ", "").split("~"):
            if fits(row, kinds, key):
                found.setdefault(key, []).append(row)
    if kinds:
        found = {key: rows for key, rows in found.items() if key}
    for key, rows in found.items():
        places = [row for row in rows if row[KIND] in ("place", "county")]
        found[key] = places or rows
    return found


def real_elsewhere(gazetteer: Gazetteer, key: str, kind: str) -> bool:
    """Whether the name is a real one of this kind in some state, so that it may be no misprint at all."""
    return any(row[KIND] == kind for row in gazetteer.index.get(key, ()))
