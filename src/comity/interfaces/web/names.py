"""Names that complete while they are typed: all of the gazetteer's, and those that stand on the register unresolved.

What is on the register comes first, then states, then by population. The index grows with the register: only names
that came since the last look are read.
"""

from __future__ import annotations

import heapq
import threading
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from comity import gazetteer
from comity.gazetteer.names import plain
from comity.gazetteer.tables import AGENCY, DISTRICT, GOVERNMENT
from comity.register import Register

__all__ = ["Found", "Names"]

_PREFIX = "ocd-division/country:us/"
_KIND_ORDER = {"state": 0, "district": 0}


@dataclass(frozen=True, slots=True)
class Found:
    """One entity whose name fits what was typed."""

    id: str
    name: str
    kind: str
    state: str | None
    on_register: bool


@dataclass(slots=True)
class _Named:
    id: str
    name: str
    kind: str
    state: str | None
    size: int
    plain: str  # the name as it is compared
    on_register: bool = False


class Names:
    """The index of names of a site; safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._entries: list[_Named] = []
        self._by_id: dict[str, int] = {}
        self._by_word: dict[str, list[int]] = defaultdict(list)
        self._words: list[str] = []
        self._present: dict[str, list[str]] = defaultdict(list)
        self._read = 0
        self._found = lru_cache(maxsize=4096)(self._search)

    def search(self, register: Register, typed: str, limit: int) -> tuple[Found, ...]:
        """At most ``limit`` entities each of whose words begins as the typed ones do, whatever their order."""
        words = tuple(dict.fromkeys(plain(typed).split()))[:8]
        if not words:
            return ()
        with self._lock:
            self._grow(register)
            return self._found(words, limit)

    def of_state(self, register: Register, state: str) -> tuple[str, ...]:
        """The ids of a state's entities that are on the register."""
        with self._lock:
            self._grow(register)
            return tuple(self._present.get(state.upper(), ()))

    def _grow(self, register: Register) -> None:
        if not self._entries:
            for each in _of_gazetteer():
                self._add(each)
            self._words = sorted(self._by_word)
        fresh = register.names(self._read)
        if not fresh:
            return
        for number, identity in fresh:
            self._read = number
            place = self._by_id.get(identity)
            if place is None:
                place = self._add(_unlisted(identity))
            entry = self._entries[place]
            if not entry.on_register and entry.state:
                self._present[entry.state].append(identity)
            entry.on_register = True
        self._words = sorted(self._by_word)
        self._found.cache_clear()

    def _add(self, entry: _Named) -> int:
        place = len(self._entries)
        self._entries.append(entry)
        self._by_id[entry.id] = place
        state = f" {entry.state} {_state_name(entry.state)}" if entry.state else ""
        for word in dict.fromkeys(f"{entry.plain} {plain(state)}".split()):
            self._by_word[word].append(place)
        return place

    def _search(self, words: tuple[str, ...], limit: int) -> tuple[Found, ...]:
        sets = sorted((self._beginning(word) for word in words), key=len)
        places = set.intersection(*sets) if sets else set()
        best = heapq.nsmallest(limit, places, key=lambda place: self._rank(place, words))
        return tuple(
            Found(each.id, each.name, each.kind, each.state, each.on_register)
            for each in (self._entries[place] for place in best)
        )

    def _beginning(self, word: str) -> set[int]:
        found: set[int] = set()
        at = bisect_left(self._words, word)
        while at < len(self._words) and self._words[at].startswith(word):
            found.update(self._by_word[self._words[at]])
            at += 1
        return found

    def _rank(self, place: int, words: tuple[str, ...]) -> tuple[object, ...]:
        entry = self._entries[place]
        name = entry.plain
        exact, of_state = name == " ".join(words), _KIND_ORDER.get(entry.kind, 1)
        return (
            not exact or of_state > 0,
            not entry.on_register,
            not exact,
            of_state,
            not name.startswith(words[0]),
            -entry.size,
            entry.name,
            entry.id,
        )


@lru_cache(maxsize=128)
def _state_name(state: str) -> str:
    entity = gazetteer.load().entity(f"{_PREFIX}state:{state.lower()}")
    return entity.name if entity else ""


def _named(identity: str, name: str, kind: str, state: str | None, size: int) -> _Named:
    return _Named(identity, name, kind, state, size, plain(name))


def _of_gazetteer() -> Iterable[_Named]:
    known = gazetteer.load()
    field = GOVERNMENT
    for row in known.governments:
        if row[field["kind"]] != "none":
            short = row[field["id"]]
            state = short[short.index(":") + 1 :].split("/", 1)[0].upper()
            size = int(row[field["population"]] or 0)
            yield _named(_PREFIX + short, row[field["name"]], row[field["kind"]], state, size)
    for row in known.districts.values():
        yield _named(row[0], row[DISTRICT["name"]], "school_district", row[DISTRICT["state"]].upper() or None, 0)
    for row in known.agencies.values():
        kind = row[AGENCY["kind"]] if row[AGENCY["kind"]] in ("federal", "other") else "agency"
        yield _named(row[0], row[AGENCY["name"]], kind, row[AGENCY["state"]].upper() or None, 0)


def _unlisted(identity: str) -> _Named:
    entity = gazetteer.load().entity(identity)
    if entity is not None:
        return _named(identity, entity.name, entity.kind, entity.state, entity.population or 0)
    return _named(identity, identity.removeprefix("name:"), "unresolved name", None, 0)
