"""Names of school districts to NCES ids: the whole name first, then what remains without the words that all share."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from comity.gazetteer.names import plain, squash
from comity.gazetteer.outcomes import Found, candidates, unknown
from comity.gazetteer.tables import DISTRICT, Row
from comity.vocabulary import language

if TYPE_CHECKING:
    from comity.gazetteer.gazetteer import Gazetteer

__all__ = ["district"]

ID, NAME, STATE, KEYS = (DISTRICT[one] for one in ("id", "name", "state", "keys"))


def district(gazetteer: Gazetteer, text: str, state: str | None) -> Found:
    """The school district that a name means; ambiguous where several of a state share what is its own in the name."""
    name = plain(text).removeprefix("the ")
    rows = _in(gazetteer.district_index.get(name, []), state)
    if len(rows) == 1:
        return Found.resolved(gazetteer, rows[0][ID], 1.0, "the district's name")
    if not rows:
        for base in dict.fromkeys((_base(name), _base(name, True))):
            rows = _in(_bases(gazetteer).get(base, []), state) if base else []
            if len(rows) == 1:
                return Found.resolved(gazetteer, rows[0][ID], 0.95, f"the district is called {rows[0][NAME]!r}")
            if rows:
                break
    if not rows:
        return unknown("no school district of that name")
    found = candidates(gazetteer, [(row[ID], 0.5) for row in rows])
    where = "in the state" if state else "in the country"
    return Found("ambiguous", None, found, f"{len(rows)} school districts {where} are called so")


_NUMBER = re.compile(r"#?[a-z]{0,3}-?\d+[a-z]{0,2}|r-?[ivx]+")  # what tells districts of a county apart: 48j, r-ii


def _in(rows: list[Row], state: str | None) -> list[Row]:
    return [row for row in rows if state is None or row[STATE] == state]


def _base(name: str, bare: bool = False) -> str:
    generic = _generic()
    words = [word for word in name.split() if word not in generic and not _NUMBER.fullmatch(word)]
    if bare:
        words = [word for word in words if word not in ("city", "county", "parish", "borough", "town", "township")]
    return squash(" ".join(words))


@lru_cache(maxsize=1)
def _generic() -> frozenset[str]:
    return frozenset(language("bodies")["generic_school_words"])


@lru_cache(maxsize=1)
def _bases(gazetteer: Gazetteer) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in gazetteer.districts.values():
        for key in row[KEYS].split("~"):
            for base in {_base(key), _base(key, True)}:
                if base and row not in found[base]:
                    found[base].append(row)
    return dict(found)
