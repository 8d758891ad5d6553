"""What a printed name means: exact, then normalised, then by edit distance within state and kind, or not at all.

The order and the abstentions follow MEASURED figures: a table lookup before rapidfuzz within the state is both faster
and more often right than a probabilistic linker, and methods without a cutoff link state agencies to counties.
No real name is ever swapped for another real name: what is somewhere a real name is never "corrected".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from comity.gazetteer import derived, governments, organisations, schools, states
from comity.gazetteer.names import agency, bare, clean, plain
from comity.gazetteer.outcomes import Found, unknown
from comity.model import Kind, Resolution
from comity.vocabulary import language

if TYPE_CHECKING:
    from comity.gazetteer.gazetteer import Gazetteer

__all__ = ["resolve"]

TAIL = re.compile(r"^(?P<name>.+?)\s*(?:,\s*(?P<comma>[^,()]{2,30})|\(\s*(?P<paren>[^()]{2,30})\s*\))$")


@dataclass(frozen=True, slots=True)
class _Printed:
    text: str
    state: str | None
    note: str


def resolve(gazetteer: Gazetteer, name: str, state: str | None = None, kind: Kind | None = None) -> Resolution:
    """What ``name`` means, in ``state`` (name, abbreviation or misprint) and of ``kind``, where these are known.

    An agency resolves to itself (its ORI, else a ``body:`` id), never to its government. ``reason`` says how the
    outcome came about, in words for a person.
    """
    printed = _printed(name, state)
    found = _find(gazetteer, printed, kind)
    reason = f"{found.reason}; {printed.note}" if printed.note else found.reason
    letters = printed.state.upper() if printed.state else None
    return Resolution(name, letters, kind, found.outcome, found.id, found.candidates, reason)


def _printed(name: str, state: str | None) -> _Printed:
    text = clean(name)
    letters = states.code(state) if state and state.strip() else None
    note = ""
    if state and state.strip() and letters is None:
        note = f"the state {clean(state)!r} is none that is known"
    elif state and letters and bare(state) not in (letters, bare(states.lexicon()[letters].name)):
        note = f"the state {clean(state)!r} was read as {states.lexicon()[letters].name}"
    match = TAIL.match(text)
    if match:
        tail = match["comma"] or match["paren"]
        said = states.code(tail) if len(tail) == 2 or plain(tail) != tail.lower() or len(tail) > 3 else None
        if said and (letters is None or said == letters):
            return _Printed(match["name"], said, note)
        if said and letters and said != letters:
            note = f"the name says {states.lexicon()[said].name}, the list {states.lexicon()[letters].name}"
            return _Printed(text, letters, note)
    return _Printed(text, letters, note)


def _find(gazetteer: Gazetteer, printed: _Printed, kind: Kind | None) -> Found:
    if not printed.text:
        return unknown("the name is empty")
    text, state = printed.text, printed.state
    itself = _state(gazetteer, text, state, kind)
    if itself:
        return itself
    if kind in (None, "federal", "agency", "other"):
        body = organisations.exact(gazetteer, text, state)
        if body:
            return body
    if kind == "school_district" or (kind is None and _is_school(text)):
        return schools.district(gazetteer, text, state)
    if kind in ("agency", "federal", "other") or (kind is None and _is_agency(text)):
        found = organisations.resolve(gazetteer, text, state)
        if found.outcome != "unknown" or kind is not None:
            return found
        second = governments.resolve(gazetteer, text, state, kind)
        return second if second.outcome == "resolved" else found
    return governments.resolve(gazetteer, text, state, kind)


def _is_school(text: str) -> bool:
    parts = agency(text)
    return parts is not None and parts.kind == "school"


def _is_agency(text: str) -> bool:
    """Whether a name is an agency's by its words, misprinted ones included."""
    words = language("governments")
    said = set(derived.spelled(text).split())
    return agency(text) is not None or bool(said & set(words["agency_words"]) - set(words["suffixes"]) - {"district"})


def _state(gazetteer: Gazetteer, text: str, state: str | None, kind: Kind | None) -> Found | None:
    """The name of a state itself, or the phrase by which a list enters the state as a whole."""
    entry = plain(text) in language("governments")["entries"]["state_entry"]
    if entry and state and kind in (None, "state", "district"):
        return Found.resolved(
            gazetteer, states.short_id(state), 1.0, f"the list's entry for {state.upper()} as a whole"
        )
    own = states.lexicon()[state] if state else None
    if own and own.city and plain(text) in {plain(own.city), plain(f"City of {own.city}")}:
        return Found.resolved(gazetteer, own.short, 1.0, f"{own.city} is {own.name}")
    if kind not in (None, "state", "district"):
        return None
    letters = states.code(text)
    if letters is None or (kind is None and len(text) < 4 and text != text.upper()):
        return None
    name = states.lexicon()[letters]
    said = bare(text).removeprefix("state of ").removeprefix("commonwealth of ")
    exact = said in {bare(one) for one in (name.name, *name.names, *name.abbreviations, name.code)}
    if kind is None and state is not None and (state != letters or not exact):
        return None  # "Delaware, Ohio" is a city
    if kind is None and state is None:
        if not exact:
            return None
        places = governments.places_named(gazetteer, text)
        if places and plain(text) == plain(name.name):
            return governments.state_or_place(gazetteer, name, places)
    how = "name of the state" if exact else "one misprint away from the name of the state"
    return Found.resolved(gazetteer, name.short, 1.0 if exact else 0.9, how)
