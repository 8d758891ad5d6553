"""What names that stand beside one another say of each other: a list's state, a sentence's states, a city's state.

Use it before the names are read: each function gives the names anew, with what their neighbours say of them.
"""

from __future__ import annotations

import re
from bisect import bisect
from dataclasses import replace
from typing import TYPE_CHECKING

from comity.gazetteer.context import Toponym
from comity.gazetteer.kinds import fits, population, state_of
from comity.gazetteer.names import plain, squash
from comity.gazetteer.states import capital, short_id
from comity.gazetteer.tables import GOVERNMENT, Row
from comity.vocabulary import language

if TYPE_CHECKING:
    from comity.gazetteer.gazetteer import Gazetteer

__all__ = ["CITY_STATE", "STATES", "as_states", "beside", "in_lists", "large_place", "rows_meant", "unstated"]

KIND = GOVERNMENT["kind"]
STATES = ("state", "district")
SENTENCE = re.compile(r"[.!?][\"”’)]*\s+(?=[A-Z“\"])|\n")
LIST = re.compile(r"(?:,|,? and|,? or)\s+(?:the\s+)?")
ITEMS = re.compile(r"(?:[,;]?\s*\n\s*(?:[•*·▪●–—-]\s*)?|[,;]|[,;]? and|,? or)\s*(?:the\s+)?")
CITY_STATE = squash(plain(capital().city or ""))


def unstated(gazetteer: Gazetteer, toponyms: list[Toponym]) -> list[Toponym]:
    """The names without a state that is the next city or county of a list: "New Orleans, New York, Chicago"."""

    def listed(one: Toponym, other: Toponym) -> bool:
        return (
            one.explicit is not None
            and one.explicit == other.itself
            and other.start - one.end == len(", ")
            and (large_place(gazetteer, other) or (one.kinds == other.kinds == ("county",) and one.key == one.base))
            and all(
                state_of(row) != one.explicit
                for row in gazetteer.index.get(one.key, ())
                if fits(row, one.kinds, one.key)
            )
        )

    pairs = zip(toponyms, [*toponyms[1:], None], strict=False)
    return [replace(one, explicit=None) if other and listed(one, other) else one for one, other in pairs]


def beside(text: str, toponyms: list[Toponym]) -> list[Toponym]:
    """The names with the states that their sentence names, by a state's name or behind a city."""
    ends = [match.end() for match in SENTENCE.finditer(text)]
    sentence = [bisect(ends, one.start) for one in toponyms]
    named: dict[int, set[str]] = {}
    for number, one in zip(sentence, toponyms, strict=True):
        state = one.explicit or (one.itself if one.key != CITY_STATE else None)
        if state:
            named.setdefault(number, set()).add(state)
    return [
        replace(one, beside=frozenset(named[number])) if number in named and not one.explicit else one
        for number, one in zip(sentence, toponyms, strict=True)
    ]


def as_states(text: str, toponyms: list[Toponym]) -> list[Toponym]:
    """The names with the state meant where it is a city's name too: "Rochester (New York)", or in a list of states.

    "Scott County, Iowa, and Rock Island counties" has one too.
    """
    told = list(toponyms)
    for number, one in enumerate(toponyms):
        before = toponyms[number - 1] if number else None
        bracketed = before is not None and text[before.end : one.start] == " (" and text[one.end : one.end + 1] == ")"
        behind = before is not None and before.explicit == one.itself and text[before.end : one.start] == ", "
        alone = not one.kinds and (bracketed or _among_states(text, toponyms, number))
        if one.itself and (alone or (behind and one.kinds == ("county",))):
            told[number] = replace(one, kinds=("state",))
    return told


def _among_states(text: str, toponyms: list[Toponym], number: int) -> bool:
    """Whether what is beside the name of the capital and of a state in their list are states, and not the capital's."""
    one = toponyms[number]
    if one.key != CITY_STATE or one.explicit:
        return False
    states = {
        other.itself
        for other in (*toponyms[max(0, number - 1) : number], *toponyms[number + 1 : number + 2])
        if ITEMS.fullmatch(text, min(other.end, one.end), max(other.start, one.start)) is not None
    }
    return None not in states and bool(states - set(language("places")["about_the_capital"]))


def in_lists(gazetteer: Gazetteer, text: str, toponyms: list[Toponym]) -> list[Toponym]:
    """The names with what the others of their list say.

    Among cities and counties alone "New York" is the city; counties of one list lie in the one state that has them all.
    """
    told = list(toponyms)
    start = 0
    for stop in range(1, len(toponyms) + 1):
        if stop < len(toponyms) and LIST.fullmatch(text, toponyms[stop - 1].end, toponyms[stop].start):
            continue
        group, start = range(start, stop), stop
        if len(group) < 2:
            continue
        own = [number for number in group if toponyms[number].itself]
        if len(own) == 1 and len(group) > 2:
            one = toponyms[own[0]]
            if not one.explicit and not one.kinds and one.key != CITY_STATE and large_place(gazetteer, one):
                told[own[0]] = replace(one, itself=None, kinds=("place",))
        counties = [n for n in group if toponyms[n].kinds == ("county",) and not toponyms[n].explicit]
        if len(counties) > 1:  # "Carroll, Washington and Garrett counties"
            for number in counties:
                if toponyms[number].itself and toponyms[number].itself != toponyms[number - 1].explicit:
                    told[number] = replace(told[number], itself=None)
        states = [{state_of(row) for row in rows_meant(gazetteer, told[number])} for number in counties]
        common = set.intersection(*states) if len(states) > 1 else set()
        if len(common) == 1:
            for number in counties:
                told[number] = replace(told[number], explicit=min(common), listed=True)
    return told


def large_place(gazetteer: Gazetteer, one: Toponym) -> bool:
    """Whether a name of a state is better read as a large city (New York, Washington are left to the scoring)."""
    return any(row[KIND] == "place" and population(row) > 500_000 for row in gazetteer.index.get(one.key, ()))


def rows_meant(gazetteer: Gazetteer, one: Toponym) -> list[Row]:
    """All governments that the name may mean."""
    whole = gazetteer.index.get(one.key, [])
    rows = [row for row in whole if row[KIND] not in STATES]
    if one.kinds:
        rows = [row for row in rows if fits(row, one.kinds, one.key)]
        if one.base != one.key:
            more = [row for row in gazetteer.index.get(one.base, []) if row[KIND] not in STATES]
            rows += [row for row in more if row not in rows and fits(row, one.kinds, one.base)]
    city = one.kinds == ("place",)
    if one.key == CITY_STATE and (city or not one.kinds):
        rows = [*rows, gazetteer.by_short[capital().short]]
    if one.itself and not (city and rows):
        other = [] if one.people else [row for row in rows if one.kinds or row[KIND] != "county"]
        rows = [gazetteer.by_short[short_id(one.itself)], *other]
    return rows
