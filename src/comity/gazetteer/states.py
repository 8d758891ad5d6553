"""The states, D.C. and the territories by the ways in which they are printed.

Use :func:`code` for a cell or an option that names a state, :func:`lexicon` for running text.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import yaml
from rapidfuzz.distance import OSA

from comity.gazetteer.names import bare, squash
from comity.vocabulary import data_text

__all__ = ["StateName", "capital", "code", "lexicon", "short_id", "standing_alone"]


@dataclass(frozen=True, slots=True)
class StateName:
    """One state as printed: its two letters (lower case), short id and names."""

    code: str
    short: str
    name: str
    abbreviations: tuple[str, ...]
    names: tuple[str, ...]
    people: tuple[str, ...]
    city: str | None = None  # the city that it is, where it is one


def _table(name: str) -> Any:
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(data_text(f"gazetteer/{name}.yml"), Loader=loader)


@lru_cache(maxsize=1)
def standing_alone() -> frozenset[str]:
    """Short ids of the cities that news style prints without their state."""
    return frozenset(_table("standing_alone")["cities"])


@lru_cache(maxsize=1)
def lexicon() -> dict[str, StateName]:
    """All states by two letters, in the order of the table."""
    table = _table("states")["states"]
    found = {}
    for letters, state in table.items():
        kind = "territory" if state.get("territory") else state.get("kind", "state")
        found[letters] = StateName(
            letters,
            f"{kind}:{letters}",
            state["name"],
            tuple(state["abbreviations"]),
            tuple(state.get("names", ())),
            tuple(state["people"]),
            state.get("city"),
        )
    return found


@lru_cache(maxsize=1)
def capital() -> StateName:
    """The one of them that is a city."""
    return next(one for one in lexicon().values() if one.city)


def short_id(letters: str) -> str:
    """The short id of a state by its two letters: ``state:ak``, ``district:dc``, ``territory:pr``."""
    return lexicon()[letters].short


@lru_cache(maxsize=1)
def _keys() -> dict[str, str]:
    keys: dict[str, str] = {}
    for state in lexicon().values():
        for name in (state.name, *state.abbreviations, *state.names, state.code):
            keys[squash(bare(name))] = state.code
    return keys


@lru_cache(maxsize=4096)
def code(text: str) -> str | None:
    """The two letters (lower case) of a state as printed, or None: "Alaska", "AK", "Alas", "UTAHJ", "State of Utah".

    One letter too many, too few or wrong is forgiven in names of four letters or more where only one state is near.
    """
    keys = _keys()
    words = bare(text).removeprefix("state of ").removeprefix("commonwealth of ")
    key = squash(words)
    if key in keys:
        return keys[key]
    if key.endswith("state") and key.removesuffix("state") in keys:
        return keys[key.removesuffix("state")]
    if len(key) < 4:
        return None
    near = {letters for name, letters in keys.items() if len(name) > 3 and OSA.distance(key, name, score_cutoff=1) <= 1}
    if not near and len(key) > 6:
        near = {
            letters for name, letters in keys.items() if len(name) > 6 and OSA.distance(key, name, score_cutoff=2) <= 2
        }
    return near.pop() if len(near) == 1 else None
