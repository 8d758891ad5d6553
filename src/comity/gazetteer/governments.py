"""Names of governments, as lists and people print them, to ids: within the state and the kind that the name allows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.gazetteer import states
from comity.gazetteer.kinds import ALIKE, fits, is_consolidated, population, state_of
from comity.gazetteer.names import AgencyName, GovernmentName, clean, government, plain, squash, variants
from comity.gazetteer.nearest import closest, nearest
from comity.gazetteer.outcomes import Found, candidates, unknown
from comity.gazetteer.tables import GOVERNMENT, Row
from comity.model import Kind
from comity.vocabulary import language

if TYPE_CHECKING:
    from comity.gazetteer.gazetteer import Gazetteer
    from comity.gazetteer.states import StateName

__all__ = ["narrowed", "places_named", "resolve", "rows_named", "state_or_place"]

ID, NAME, KIND = (GOVERNMENT[one] for one in ("id", "name", "kind"))
STATES = ("state", "district")


def rows_named(gazetteer: Gazetteer, key: str, state: str | None) -> list[Row]:
    """Rows of governments called so (a key without blanks), in one state or in all, without the states themselves."""
    rows = gazetteer.index.get(key, [])
    return [row for row in rows if row[KIND] not in STATES and (state is None or state_of(row) == state)]


def places_named(gazetteer: Gazetteer, text: str) -> list[Row]:
    """Cities of that name that somebody may mean without saying the state, the largest first."""
    rows = [row for row in rows_named(gazetteer, squash(plain(text)), None) if row[KIND] == "place"]
    return sorted(rows, key=lambda row: (-population(row), row[ID]))


def state_or_place(gazetteer: Gazetteer, state: StateName, places: list[Row]) -> Found:
    """A bare name that a state and a city bear: resolved to the state unless the city is large too."""
    large = [row for row in places if population(row) >= 100_000]
    if not large:
        return Found.resolved(gazetteer, state.short, 0.95, "name of the state; places of that name are small")
    keys = [(state.short, 0.6), *((row[ID], 0.5) for row in large)]
    return Found("ambiguous", None, candidates(gazetteer, keys), "a state and a city bear this name: say which kind")


def _preferred(rows: list[Row], name: GovernmentName, asked: tuple[str, ...]) -> list[Row]:
    """Of several rows of one name in one state: a city before a township, one whose own kind word is printed first."""
    if len(rows) < 2:
        return rows
    if name.word:
        worded = [row for row in rows if row[GOVERNMENT["type"]] in (name.word, "charter " + name.word)]
        if len(worded) == 1:
            return worded
    for kind in (*asked, *name.kinds, "place", "county_subdivision"):
        some = [row for row in rows if row[KIND] == kind or (kind == "county" and is_consolidated(row))]
        if some:
            return some
    return rows


def narrowed(rows: list[Row], parts: AgencyName) -> list[Row]:
    """Of the governments that an agency's name may belong to: the printed kind first, a city before a township."""
    return _preferred(rows, GovernmentName(parts.full, parts.base, parts.kinds, parts.word), ())


def resolve(gazetteer: Gazetteer, text: str, state: str | None, kind: Kind | None) -> Found:
    """The government that a name means; exact and normalised names first, then the nearest within state and kind."""
    name = government(text)
    asked: tuple[str, ...] = (kind,) if kind in ALIKE else ()
    kinds = _kinds(name, asked)
    whole = rows_named(gazetteer, squash(name.full), state)
    base = rows_named(gazetteer, squash(name.base), state) if name.base != name.full else []
    full_key, base_key = squash(name.full), squash(name.base)
    right = [row for row in whole if fits(row, asked, full_key)] or [row for row in base if fits(row, kinds, base_key)]
    if right:
        return _chosen(gazetteer, text, name, right, asked, state)
    for key in variants(base_key):
        spelt = [row for row in rows_named(gazetteer, key, state) if fits(row, kinds, key)]
        if spelt and state and not whole and not base:
            return _chosen(gazetteer, text, name, spelt, asked, state)
    other = whole + [row for row in base if row not in whole]
    if state and (city := gazetteer.no_county.get((state, squash(name.base)))) and "county" in (kinds or ("county",)):
        where, label = states.lexicon()[state].name, gazetteer.label_short(city)
        why = f"{where} has no {_title(name.base)} County: {label} is an independent city"
        return Found("kind_disputed", None, candidates(gazetteer, [(city, 0.9)]), why)
    if other and (kinds or asked):
        why = f"there is no {_words(kinds)} of that name, but a {_words(tuple(sorted({r[KIND] for r in other})))}"
        keys = [(row[ID], 0.8) for row in _preferred(other, name, ())]
        return Found("kind_disputed", None, candidates(gazetteer, keys), why)
    return _nearest(gazetteer, name, state, kinds)


def _kinds(name: GovernmentName, asked: tuple[str, ...]) -> tuple[str, ...]:
    if not asked:
        return name.kinds
    if not name.kinds:
        return asked
    both = tuple(kind for kind in name.kinds if any(kind in ALIKE[one] for one in asked))
    return both or name.kinds


def _chosen(
    gazetteer: Gazetteer, text: str, name: GovernmentName, rows: list[Row], asked: tuple[str, ...], state: str | None
) -> Found:
    by_state: dict[str, list[Row]] = {}
    for row in rows:
        by_state.setdefault(state_of(row), []).append(row)
    best = [row for found in by_state.values() for row in _preferred(found, name, asked)]
    if len(best) == 1:
        row = best[0]
        exact = plain(row[NAME]) == name.full
        how = "the name as the table has it" if exact else f"the usual form of the name is {row[NAME]!r}"
        if len(rows) > 1:
            how += f"; the {row[KIND].replace('_', ' ')} comes before {len(rows) - 1} other(s) of that name"
        return Found.resolved(gazetteer, row[ID], 1.0 if exact else 0.97, how)
    alone = [row for row in best if row[ID] in states.standing_alone()]
    if state is None and len(alone) == 1 and not name.word:
        return Found.resolved(gazetteer, alone[0][ID], 0.9, "the city that is named without its state")
    best.sort(key=lambda row: (-population(row), row[ID]))
    total = sum(population(row) for row in best) or 1
    keys = [(row[ID], 0.3 + 0.6 * population(row) / total) for row in best]
    where = f"in {states.lexicon()[state].name}" if state else f"in {len(by_state)} states"
    return Found(
        "ambiguous", None, candidates(gazetteer, keys), f"{len(best)} governments {where} are called {clean(text)!r}"
    )


def _nearest(gazetteer: Gazetteer, name: GovernmentName, state: str | None, kinds: tuple[str, ...]) -> Found:
    if (respelled := _respelled(name.full)) is not None:
        again = resolve(gazetteer, respelled, state, None)
        if again.outcome in ("resolved", "kind_disputed"):
            return again
    if state is None:
        return unknown("no government of that name, and without a state no near name is taken for it")
    found = nearest(gazetteer, name.full, name.base, state, kinds)
    if found.row is not None:
        label = found.row[NAME]
        why = f"{found.distance} letter(s) away from {label!r}, the only near name of its kind in the state"
        return Found.resolved(gazetteer, found.row[ID], found.score, why)
    near = candidates(gazetteer, [(row[ID], score) for row, score in found.near])
    return Found("ambiguous" if near and found.abstained else "unknown", None, near, found.why)


def _respelled(full: str) -> str | None:
    """The name with its last word, a misprinted kind word ("Couny"), spelled right, or None."""
    head, _, last = full.rpartition(" ")
    if not head or len(last) < 5 or last in language("governments")["suffixes"]:
        return None
    near = closest(last, [word for word in language("governments")["suffixes"] if len(word) > 4], 1)
    return f"{head} {near[0][0]}" if len(near) == 1 else None


def _words(kinds: tuple[str, ...]) -> str:
    return " or ".join(kind.replace("_", " ") for kind in kinds) or "government"


def _title(text: str) -> str:
    return " ".join(word.capitalize() for word in text.split())
