"""Bodies without an ORI: an id of their own, made from the printed name alone.

``body:us/<state>/<slug>``: the slug is the plain name without the state's, with the usual phrase of its class, so that
"City of Level Plains Police Department" and "Level Plains PD" are one body. The same name gives the same id anywhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.gazetteer import governments, states
from comity.gazetteer.names import AgencyName, agency, agency_phrase, plain, squash
from comity.gazetteer.nearest import closest
from comity.gazetteer.outcomes import OCD, Found, candidates, unknown
from comity.gazetteer.tables import GOVERNMENT
from comity.model import Entity
from comity.vocabulary import language

if TYPE_CHECKING:
    from comity.gazetteer.gazetteer import Gazetteer

__all__ = ["entity", "resolve", "spelled"]


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
    level = full == own or full.startswith(own + " ")
    rest = full.removeprefix(own + " ")
    if parts is not None and not level and parts.base:
        rows = governments.rows_named(gazetteer, squash(parts.base), state)
        rows = [row for row in rows if governments.fits(row, parts.kinds)]
        rows = governments.narrowed(rows, parts)
        if len(rows) > 1:
            keys = candidates(gazetteer, [(row[GOVERNMENT["id"]], 0.5) for row in rows])
            return Found("ambiguous", None, keys, f"{len(rows)} governments in the state are called {parts.base!r}")
        if rows:
            word = f" {parts.word}" if rows[0][GOVERNMENT["kind"]] != "place" and parts.word else ""
            id = _id(state, f"{parts.base}{word} {agency_phrase(parts.kind)}")
            return Found(
                "resolved", id, candidates(gazetteer, [(id, 0.9)]), "no ORI: a body of its own, under its government"
            )
    if (level or rest != full) and set(rest.split()) & set(language("governments")["agency_words"]):
        id = _id(state, rest)
        return Found("resolved", id, candidates(gazetteer, [(id, 0.9)]), "no ORI: a body of its own, under the state")
    return unknown("no agency of that name in the state, and no government that it could be of")


def _id(state: str, text: str) -> str:
    return f"body:us/{state}/{plain(text).replace(' ', '-')}"


def entity(gazetteer: Gazetteer, id: str) -> Entity | None:
    """The entity of a derived id: its name and government are read from the id itself."""
    steps = id.removeprefix("body:us/").split("/")
    if not id.startswith("body:us/") or len(steps) != 2 or steps[0] not in states.lexicon() or not steps[1]:
        return None
    state, text = steps[0], steps[1].replace("-", " ")
    parts = agency(text)
    parent = OCD + states.short_id(state)
    name = text
    if parts is not None and parts.base:
        rows = governments.rows_named(gazetteer, squash(parts.base), state)
        rows = governments.narrowed([row for row in rows if governments.fits(row, parts.kinds)], parts)
        if len(rows) == 1:
            parent = OCD + rows[0][GOVERNMENT["id"]]
    if parent == OCD + states.short_id(state):
        name = f"{plain(states.lexicon()[state].name)} {text}"
    small = ("of", "and", "the", "for")
    title = " ".join(word if word in small else word.capitalize() for word in name.split()).replace(
        "Sheriffs", "Sheriff's"
    )
    return Entity(id=id, name=title, kind="agency", state=state.upper(), parent=parent)
