"""Names of agencies, federal bodies and school districts to ids."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from comity.gazetteer import derived, governments, states
from comity.gazetteer.kinds import fits
from comity.gazetteer.names import AgencyName, agency, distinguished, plain, squash, variants
from comity.gazetteer.nearest import allowed, closest, named_nearer
from comity.gazetteer.outcomes import Found, candidates, unknown
from comity.gazetteer.tables import AGENCY, GOVERNMENT, Row
from comity.vocabulary import language

if TYPE_CHECKING:
    from comity.gazetteer.gazetteer import Gazetteer

__all__ = ["StateBodies", "bodies_of", "exact", "federal", "resolve"]

ID, NAME, STATE, PARENT, KEYS = (AGENCY[one] for one in ("id", "name", "state", "parent", "keys"))


@dataclass(frozen=True, slots=True)
class StateBodies:
    """The agencies of one state by plain name and by (owner, class)."""

    full: dict[str, list[Row]] = field(default_factory=dict)
    parts: dict[tuple[str, str], list[Row]] = field(default_factory=dict)
    owners: dict[str, list[str]] = field(default_factory=dict)


@lru_cache(maxsize=64)
def bodies_of(gazetteer: Gazetteer, state: str) -> StateBodies:
    """The agencies of one state, indexed on first use."""
    full: dict[str, list[Row]] = defaultdict(list)
    parts: dict[tuple[str, str], list[Row]] = defaultdict(list)
    name = plain(states.lexicon()[state].name)
    for row in gazetteer.agencies_in(state):
        for key in row[KEYS].split("~"):
            whole, owner, kind = key.split("|")
            for one in {whole, whole.removeprefix(name + " ")}:
                if row not in full[one]:
                    full[one].append(row)
            if kind:
                owner = "" if owner == squash(name) else owner
                if row not in parts[owner, kind]:
                    parts[owner, kind].append(row)
    owners: dict[str, list[str]] = defaultdict(list)
    for owner, kind in sorted(parts):
        owners[kind].append(owner)
    return StateBodies(dict(full), dict(parts), dict(owners))


@lru_cache(maxsize=1)
def federal(gazetteer: Gazetteer) -> dict[str, Row]:
    """Federal bodies by plain name."""
    return {key.split("|")[0]: row for row in gazetteer.agencies_in("") for key in row[KEYS].split("~")}


def exact(gazetteer: Gazetteer, text: str, state: str | None) -> Found | None:
    """A federal body by one of its names; an abbreviation only in capitals."""
    key = plain(text).removeprefix("the ")
    if text.isupper() and text.isalpha() and (short := _short_names(gazetteer).get(text)):
        return Found.resolved(gazetteer, short, 1.0, "the agency's abbreviation")
    row = federal(gazetteer).get(key) or federal(gazetteer).get(re.sub("^(united states|u s|us) ", "us ", key))
    if row is None or (" " not in key and len(key) < 6 and text != text.upper()):
        return None
    if state and state != states.capital().code and " " in key and key in bodies_of(gazetteer, state).full:
        return None
    return Found.resolved(gazetteer, row[ID], 1.0, "a name of the federal body")


@lru_cache(maxsize=1)
def _short_names(gazetteer: Gazetteer) -> dict[str, str]:
    """Abbreviations in capitals that one agency alone bears, by the reviewed table."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in gazetteer.agencies.values():
        for name in row[AGENCY["names"]].split("~"):
            if row[STATE] and name.isupper() and name.isalpha():
                found[name].add(row[ID])
    return {name: min(ids) for name, ids in found.items() if len(ids) == 1}


def resolve(gazetteer: Gazetteer, text: str, state: str | None) -> Found:
    """The agency that a name means, by ORI or as a body; its government is never taken for it."""
    parts = agency(text)
    if parts is None and (respelled := derived.spelled(text)) != plain(text):
        parts = agency(respelled)
    if state is None:
        anywhere = _anywhere(gazetteer, text, parts)
        return _of_its_own_state(gazetteer, text) or anywhere if anywhere.outcome == "unknown" else anywhere
    bodies = bodies_of(gazetteer, state)
    whole = _whole(gazetteer, text, state)
    if whole is not None:
        return whole
    if parts is not None:
        found = _by_parts(gazetteer, state, parts, bodies)
        if found is not None:
            return found
    return derived.resolve(gazetteer, text, state, parts)


def _whole(gazetteer: Gazetteer, text: str, state: str) -> Found | None:
    """The agency of the state that bears the whole name, with or without the state's own before it."""
    full, own = plain(text).removeprefix("the "), plain(states.lexicon()[state].name)
    bodies = bodies_of(gazetteer, state)
    for rows in (bodies.full.get(full, ()), bodies.full.get(full.removeprefix(own + " "), ())):
        if len(rows) == 1:
            return Found.resolved(gazetteer, rows[0][ID], 1.0, "the agency's name as the table has it")
        if len(rows) > 1:
            return _several(gazetteer, rows, "agencies of that name")
    return None


def _of_its_own_state(gazetteer: Gazetteer, text: str) -> Found | None:
    """The agency of a name that begins with its state's: "Alaska Department of Corrections"."""
    full = plain(text).removeprefix("the ")
    for state, name in states.lexicon().items():
        if full.startswith(plain(name.name) + " "):
            found = resolve(gazetteer, text, state)
            if found.outcome == "resolved":
                return found
    return None


def _several(gazetteer: Gazetteer, rows: Sequence[Row], what: str) -> Found:
    keys = [(row[ID], 0.5) for row in rows]
    return Found("ambiguous", None, candidates(gazetteer, keys), f"{len(rows)} {what} in the state")


def _by_parts(gazetteer: Gazetteer, state: str, parts: AgencyName, bodies: StateBodies) -> Found | None:
    own = squash(plain(states.lexicon()[state].name))
    owner = squash(parts.base)
    owner = "" if owner == own else owner
    alike = language("governments")["alike"].get(parts.kind, [parts.kind])
    for kind in alike if owner else [parts.kind]:
        for name in _owners(owner):
            rows = _narrowed(gazetteer, bodies.parts.get((name, kind), []), parts)
            if len(rows) == 1:
                return Found.resolved(
                    gazetteer, rows[0][ID], 0.98, f"the {kind} agency of {parts.base or state.upper()}"
                )
            if len(rows) > 1:
                return _several(gazetteer, rows, f"{kind} agencies of {parts.base or 'the state'}")
    disputed = gazetteer.no_county.get((state, owner))
    if disputed and "county" in parts.kinds:
        where, label = states.lexicon()[state].name, gazetteer.label_short(disputed)
        why = f"{where} has no such county: {label} is an independent city"
        return Found("kind_disputed", None, candidates(gazetteer, [(disputed, 0.7)]), why)
    if not owner or governments.rows_named(gazetteer, owner, state):
        return None
    return _longer(gazetteer, owner, parts, bodies) or _near(gazetteer, state, owner, parts, bodies)


@lru_cache(maxsize=4096)
def _owners(owner: str) -> tuple[str, ...]:
    """The keys under which an owner may be listed: as printed, with or without "city", other spellings."""
    if not owner:
        return ("",)
    kept = language("governments")["kept_words"]
    more = [owner + word for word in kept]
    less = [owner.removesuffix(word) for word in kept if owner.endswith(word) and len(owner) > len(word) + 2]
    return (owner, *variants(owner), *more, *less)


def _narrowed(gazetteer: Gazetteer, rows: list[Row], parts: AgencyName) -> list[Row]:
    """Of the agencies of one owner's name: those whose government is of the printed kind, its own word first."""
    fitting = []
    for row in rows:
        parent = gazetteer.by_short.get(row[PARENT])
        if parent is None or not parts.kinds or fits(parent, parts.kinds):
            fitting.append(row)
    if len(fitting) < 2:
        return fitting
    typed = [
        row
        for row in fitting
        if (parent := gazetteer.by_short.get(row[PARENT]))
        and parent[GOVERNMENT["type"]] in (parts.word, "charter " + parts.word)
    ]
    if parts.word and typed:
        return typed
    bare = [row for row in fitting if (own := agency(row[NAME])) and own.word == parts.word]
    return bare or fitting


def _longer(gazetteer: Gazetteer, owner: str, parts: AgencyName, bodies: StateBodies) -> Found | None:
    """A name of two words or more that one agency's owner begins with: "Sunny Isles" of Sunny Isles Beach."""
    if " " not in parts.base or gazetteer.index.get(owner):
        return None
    longer = [one for one in bodies.owners.get(parts.kind, []) if one.startswith(owner) and one != owner]
    rows = [row for one in longer for row in bodies.parts[one, parts.kind]]
    if len(rows) != 1:
        return None
    return Found.resolved(
        gazetteer, rows[0][ID], 0.85, f"the only {parts.kind} agency whose name begins so: {rows[0][NAME]!r}"
    )


def _near(gazetteer: Gazetteer, state: str, owner: str, parts: AgencyName, bodies: StateBodies) -> Found | None:
    found = closest(owner, [one for one in bodies.owners.get(parts.kind, []) if one], min(2, allowed(owner)))
    found = [(one, distance) for one, distance in found if _narrowed(gazetteer, bodies.parts[one, parts.kind], parts)]
    if not found:
        return None
    best, distance = found[0]
    rows = _narrowed(gazetteer, bodies.parts[best, parts.kind], parts)
    near = candidates(
        gazetteer, [(row[ID], 1 - d / (len(owner) + 1)) for n, d in found for row in bodies.parts[n, parts.kind]]
    )
    other = named_nearer(gazetteer, state, owner, parts.kinds, best, distance)
    if other is not None:  # a government whose own agency the table lacks: this one isn't what was meant
        return Found("ambiguous", None, near, f"{other!r} is a government's name as near, and has no such agency here")
    if len(found) > 1 and found[1][1] == distance:
        return Found("ambiguous", None, near, f"{best!r} and {found[1][0]!r} are equally near")
    if gazetteer.index.get(owner):
        return Found("ambiguous", None, near, "the name is real in another state, so it isn't taken for a misprint")
    own = agency(rows[0][NAME])
    if len(rows) != 1 or (own and distinguished(parts.base, own.base)):
        return None
    why = f"{distance} letter(s) away from {rows[0][NAME]!r}, the only near name of its kind in the state"
    return Found.resolved(gazetteer, rows[0][ID], 1 - distance / (len(owner) + 1), why)


def _anywhere(gazetteer: Gazetteer, text: str, parts: AgencyName | None) -> Found:
    """Without a state: the one agency of that name in the country, or the candidates."""
    keys = []
    for state in states.lexicon():
        rows = bodies_of(gazetteer, state).full.get(plain(text).removeprefix("the "), [])
        if not rows and parts:
            rows = bodies_of(gazetteer, state).parts.get((squash(parts.base), parts.kind), [])
            rows = _narrowed(gazetteer, rows, parts)
        keys += [row[ID] for row in rows]
    if len(keys) == 1:
        return Found.resolved(gazetteer, keys[0], 0.95, "the only agency of that name in the country")
    if not keys:
        return unknown("no agency of that name, and no state is given")
    found = candidates(gazetteer, [(key, 0.5) for key in keys])
    return Found("ambiguous", None, found, f"{len(keys)} agencies are called so: say the state")
