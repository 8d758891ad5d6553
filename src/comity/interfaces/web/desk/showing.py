"""What the desk shows beside an item: the words in the text they stand in, and where the candidates lie."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import hypot

from comity import lists
from comity.interfaces.web.outlines import middle
from comity.interfaces.web.site import Site
from comity.interfaces.web.words import list_title
from comity.model import Candidate, Entity, Statement
from comity.register import Register
from comity.views import published
from comity.views.atlas import place_of
from comity.views.dossier import Entry, entry_of
from comity.views.points import outlines
from comity.views.worklist import Item

__all__ = [
    "Choosable",
    "Context",
    "Drawn",
    "Headed",
    "Spotted",
    "candidates",
    "context",
    "drawn",
    "entries",
    "headed",
    "passage",
]

_AROUND = 400  # characters each side that an item shows; the page of the text has all
_MARGIN = 60.0  # of the map around what is drawn, in its units
_LEAST = (240.0, 150.0)  # width and height of what is drawn at least: a place is known by what lies around it
_DOTS = 32  # so many radii of a dot is the map wide
_LETTERS = "ABCDEFGH"  # of the candidates that are told and drawn
_FEW = 3  # statements of what a question is about


@dataclass(frozen=True, slots=True)
class Context:
    """The words of a statement in their text: for editors alone, unmasked. ``before`` and ``after`` may be cut."""

    before: str
    exact: str
    after: str
    cut: tuple[bool, bool]
    document: str
    place: str


@dataclass(frozen=True, slots=True)
class Headed:
    """An item as a page names it: lists by their titles, a question about one entity by that one."""

    item: Item
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Choosable:
    """A candidate as it is told: with what kind of body it is, how large, and where."""

    letter: str
    entity: Entity | None
    candidate: Candidate
    at: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Spotted:
    """A dot of the small map, with the letters of the candidates that stand there."""

    x: float
    y: float
    letters: str
    label: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """The small map: its box in the units of the outlines (ten to one of the projection), and how large marks are."""

    box: tuple[int, int, int, int]
    radius: int
    spots: tuple[Spotted, ...]


def headed(site: Site, item: Item) -> Headed:
    """What an item is called where people read it."""
    why = item.why
    if item.kind not in ("edition", "question"):
        return Headed(item, item.name, why)
    for name in lists.definitions():
        why = re.sub(rf"(?<![\w-]){re.escape(name)}(?![\w-])", f"“{list_title(name)}”", why)
    identity = item.about.split("|")[1] if "|" in item.about else ""
    known = identity and not identity.startswith("name:")
    return Headed(item, site.label(identity) if known else list_title(item.name), why)


def entries(register: Register, item: Item) -> tuple[Entry, ...]:
    """The statements that an item hangs on; of a question about a facet those of the facet."""
    if item.kind != "question" or "|" not in item.about:
        return item.entries
    found, _ = register.page(facet=item.about, limit=_FEW)
    return tuple(entry_of(published.belief(each)) for each in found)


def context(register: Register, statement: Statement) -> Context | None:
    """The words of a statement with what stands around them; None for a row of a list, and for a sealed text."""
    at = statement.evidence
    return passage(register, at.document, at.start, at.end)


def passage(register: Register, document: str, start: int | None, end: int | None) -> Context | None:
    """A place of a text with what stands around it; None where there is no text, or no such place."""
    found = register.document(document)
    if found is None or start is None or end is None or not 0 <= start < end <= len(found.text):
        return None
    first, last, text = max(0, start - _AROUND), end + _AROUND, found.text
    cut = (first > 0, last < len(text))
    return Context(text[first:start], text[start:end], text[end:last], cut, found.id, f"{start}-{end}")


def candidates(site: Site, found: Iterable[Candidate]) -> tuple[Choosable, ...]:
    """The first candidates, lettered, with where they are drawn."""
    told = []
    for letter, each in zip(_LETTERS, found, strict=False):
        entity = site.entity(each.id)
        told.append(Choosable(letter, entity, each, place_of(entity, site.entity, middle) if entity else None))
    return tuple(told)


def drawn(found: Sequence[Choosable]) -> Drawn | None:
    """The map of the candidates that can be drawn, as near as shows all; None where there are none."""
    places = [(each.at, each) for each in found if each.at is not None]
    if not places:
        return None
    left, width = _stretch([x for (x, _), _ in places], _LEAST[0], outlines().width / 10)
    top, height = _stretch([y for (_, y), _ in places], _LEAST[1], outlines().height / 10)
    radius = max(width, height) / _DOTS
    spots: list[list[tuple[tuple[float, float], Choosable]]] = []
    for at, each in places:
        near = next((spot for spot in spots if hypot(spot[0][0][0] - at[0], spot[0][0][1] - at[1]) < radius), None)
        if near is None:
            spots.append([(at, each)])
        else:
            near.append((at, each))
    box = (round(left * 10), round(top * 10), round(width * 10), round(height * 10))
    return Drawn(box, round(radius * 10), tuple(map(_spotted, spots)))


def _spotted(here: Sequence[tuple[tuple[float, float], Choosable]]) -> Spotted:
    """One dot for candidates that would hide one another."""
    (x, y), _ = here[0]
    names = "; ".join(each.candidate.name for _, each in here)
    return Spotted(x * 10, y * 10, "".join(each.letter for _, each in here), names)


def _stretch(values: Sequence[float], least: float, most: float) -> tuple[float, float]:
    """Where a side of the box begins and how long it is: around all values, within the map."""
    length = min(most, max(least, max(values) - min(values) + 2 * _MARGIN))
    middle_of = (max(values) + min(values)) / 2
    return min(max(0.0, middle_of - length / 2), most - length), length
