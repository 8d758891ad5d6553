"""Bodies without an ORI: an id of their own, made from the printed name alone.

``body:us/<state>/<slug>``: the slug is the plain name without the state's, with the usual phrase of its class, so that
"City of Level Plains Police Department" and "Level Plains PD" are one body. The same name gives the same id anywhere.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from comity.gazetteer import governments, states
from comity.gazetteer.kinds import fits, is_consolidated
from comity.gazetteer.names import AgencyName, agency, agency_phrase, plain, squash, variants
from comity.gazetteer.nearest import closest
from comity.gazetteer.outcomes import OCD, Found, candidates, unknown
from comity.gazetteer.tables import AGENCY, GOVERNMENT, Row
from comity.model import Entity
from comity.vocabulary import language

if TYPE_CHECKING:
    from comity.gazetteer.gazetteer import Gazetteer

NEAR_ENOUGH = 0.78  # of a government that only its misprinted name gives

_STATES = re.compile(r"^state (?=\w+ of )")  # "Washington State Department of Corrections" says it once more

__all__ = ["entity", "resolve", "spelled"]


@lru_cache(maxsize=4096)
def spelled(text: str) -> str:
    """A plain name whose agency words ("Departent", "Offic") are spelled right."""
    words = plain(text).split()
    known = language("governments")["agency_words"]
    for number, word in enumerate(words):
        if number and len(word) > 4 and word not in known:
            near = closest(word, known, 1)
            if len(near) == 1 and len(near[0][0]) > 5:
                words[number] = near[0][0]
    return " ".join(words)


def resolve(gazetteer: Gazetteer, text: str, state: str, parts: AgencyName | None) -> Found:
    """A body of its own for an agency that no table has, if its name is plainly one."""
    own = plain(states.lexicon()[state].name)
    full = spelled(text).removeprefix("the ").removeprefix("state of ")
    rest = full.removeprefix(own + " ")
    rest = _STATES.sub("", rest) if rest != full else rest
    words = language("governments")
    if parts is not None and parts.base and parts.base != own:
        found = _of_government(gazetteer, state, parts)
        if found is not None:
            return found
        named = set(parts.base.split())
        if named & {*words["regional_words"], *words["agency_words"]} or (
            parts.kind == "jail" and set(parts.phrase.split()) & set(words["regional_words"])
        ):
            return _body(gazetteer, state, full, "no ORI, and no one government: a body of its own, in the state")
    if rest != full and " " in rest and set(rest.split()) & set(words["agency_words"]):
        return _body(gazetteer, state, rest, "no ORI: a body of its own, under the state")
    return unknown("no agency of that name in the state, and no government that it could be of")


def _body(gazetteer: Gazetteer, state: str, text: str, reason: str) -> Found:
    id = f"body:us/{state}/{plain(text).replace(' ', '-')}"
    return Found("resolved", id, candidates(gazetteer, [(id, 0.9)]), reason)


def _of_government(gazetteer: Gazetteer, state: str, parts: AgencyName) -> Found | None:
    """A body under the one government that the name begins with, or the candidates where several bear it."""
    rows, rest = _owner(gazetteer, state, parts), ""
    words = parts.base.split()
    places = set(language("governments")["parts_of_places"])
    for length in range(len(words) - 1, 0, -1):
        if not rows and places.issuperset(words[length:]):
            rest = " ".join(words[length:]) + " "
            rows = _rows(gazetteer, state, " ".join(words[:length]), parts)
    reason = "no ORI: a body of its own, under its government"
    if not rows:
        near = governments.resolve(gazetteer, f"{parts.base} {parts.word}".strip(), state, None)
        if near.candidates and near.candidates[0].score < NEAR_ENOUGH:
            return None
        row = gazetteer.by_short.get((near.id or "").removeprefix(OCD))
        if row is None or (parts.kinds and not fits(row, parts.kinds)):
            return None
        rows, reason = [row], f"{reason}; {near.reason}"
    if len(rows) > 1:
        keys = candidates(gazetteer, [(row[GOVERNMENT["id"]], 0.5) for row in rows])
        return Found("ambiguous", None, keys, f"{len(rows)} governments in the state are called {parts.base!r}")
    listed = _listed(gazetteer, state, rows[0][GOVERNMENT["id"]], parts) if not rest else []
    if len(listed) == 1:
        why = f"the {parts.kind} agency of {rows[0][GOVERNMENT['name']]}"
        return Found.resolved(gazetteer, listed[0], 0.95, why)
    phrase = agency_phrase(parts.kind) if parts.kind in language("governments")["one_phrase"] else parts.phrase
    owner = rows[0][GOVERNMENT["name"]]
    if parts.word and is_consolidated(rows[0]):
        owner = f"{parts.base} {parts.word}"  # the sheriff of Orleans Parish, not of New Orleans
    return _body(gazetteer, state, f"{owner} {rest}{phrase}", reason)


def _listed(gazetteer: Gazetteer, state: str, owner: str, parts: AgencyName) -> list[str]:
    """The agencies of the tables that are of this class and of this very government."""
    return [
        row[AGENCY["id"]]
        for row in gazetteer.agencies_in(state)
        if row[AGENCY["parent"]] == owner
        and any(key.endswith("|" + parts.kind) for key in row[AGENCY["keys"]].split("~"))
    ]


def _owner(gazetteer: Gazetteer, state: str, parts: AgencyName) -> list[Row]:
    if parts.kind == "jail" and set(parts.phrase.split()) & set(language("governments")["regional_words"]):
        return []  # a regional jail is of several counties
    return _rows(gazetteer, state, parts.base, parts)


def _rows(gazetteer: Gazetteer, state: str, base: str, parts: AgencyName) -> list[Row]:
    for key in (squash(base), *variants(squash(base))):
        rows = governments.rows_named(gazetteer, key, state)
        rows = [row for row in rows if fits(row, parts.kinds, key)]
        if rows:
            return governments.narrowed(rows, parts)
    return []


def entity(gazetteer: Gazetteer, id: str) -> Entity | None:
    """The entity of a derived id: its name and government are read from the id itself."""
    steps = id.removeprefix("body:us/").split("/")
    if not id.startswith("body:us/") or len(steps) != 2 or steps[0] not in states.lexicon() or not steps[1]:
        return None
    state, text = steps[0], steps[1].replace("-", " ")
    parts = agency(text)
    top = states.short_id(state)
    rows = [] if parts is None or not parts.base else _owner(gazetteer, state, parts)
    if parts is not None and not rows:
        places = set(language("governments")["parts_of_places"])
        words = parts.base.split()
        heads = [" ".join(words[:n]) for n in range(len(words) - 1, 0, -1) if places.issuperset(words[n:])]
        rows = next((found for head in heads if (found := _rows(gazetteer, state, head, parts))), [])
    if len(rows) == 1:
        owner = plain(rows[0][GOVERNMENT["name"]])
        name = (
            rows[0][GOVERNMENT["name"]] + _title(text.removeprefix(owner)) if text.startswith(owner) else _title(text)
        )
        return Entity(id, name, "agency", state.upper(), parent=OCD + rows[0][GOVERNMENT["id"]])
    own = states.lexicon()[state].name
    local = set(text.split()) & {*language("governments")["regional_words"], *language("governments")["learning_words"]}
    name = _title(text) if local or plain(own) in text else f"{own} {_title(text)}"
    return Entity(id, name.strip(), "agency", state.upper(), parent=OCD + top)


def _title(text: str) -> str:
    words = language("governments")
    small = ("of", "and", "the", "for")
    done = [
        word
        if word in small
        else word.upper()
        if word in words["capitals"]
        else words["possessives"].get(word, word.capitalize())
        for word in text.split()
    ]
    return (" " if text.startswith(" ") else "") + " ".join(done)
