"""Places in running text: which government each name means, by the words around it and the rest of the document.

Evidence, strongest first: the state printed with the name ("Springfield, Ohio"); the same name with a state elsewhere
in the document (one sense per discourse); kind words; the outlet's home state; states and counties named in the
document; population. Where the best reading leads by too little the mention is kept with its candidates and no id.
Method: weighted evidence, weights set on one half of LGL and looked at on the other (``tests/quality/places.py``).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from comity.gazetteer import detection, outlets
from comity.gazetteer.beside import CITY_STATE, STATES, as_states, beside, in_lists, large_place, rows_meant, unstated
from comity.gazetteer.context import Toponym, toponym
from comity.gazetteer.gazetteer import load
from comity.gazetteer.kinds import state_of
from comity.gazetteer.outcomes import OCD
from comity.gazetteer.states import standing_alone
from comity.gazetteer.tables import GOVERNMENT, Row
from comity.model import Candidate, Document, Kind, Pair, PlaceMention
from comity.vocabulary import language

if TYPE_CHECKING:
    from comity.gazetteer.gazetteer import Gazetteer

__all__ = ["resolve_places"]

ID, NAME, KIND, COUNTY, KEYS, POPULATION = (
    GOVERNMENT[one] for one in ("id", "name", "kind", "county", "keys", "population")
)
TYPE = GOVERNMENT["type"]
LATITUDE, LONGITUDE = GOVERNMENT["latitude"], GOVERNMENT["longitude"]


@dataclass(frozen=True, slots=True)
class _Scene:
    """What a document says of states, counties and places as a whole.

    ``near`` holds the coordinates of the places already read, by key; ``elsewhere`` the states of large cities named.
    """

    home: str | None
    named: Counter[str]
    told: dict[str, str]
    county_keys: frozenset[str]
    counties: frozenset[str] = frozenset()
    near: tuple[tuple[str, float, float], ...] = ()
    elsewhere: frozenset[str] = frozenset()
    main: str | None = None  # without an outlet's state: the state that the document names most


def resolve_places(
    document: Document | str, spans: Sequence[Pair] | None = None, home_state: str | None = None
) -> tuple[PlaceMention, ...]:
    """The places of a text, left to right, each with ranked candidates and an id, or none where it is left open.

    Without ``spans`` the names are found first (:mod:`comity.gazetteer.detection`). ``home_state`` (two letters) is the
    outlet's; of a document it is taken from the document, else from its url or publisher.
    """
    gazetteer = load()
    text = document if isinstance(document, str) else document.text
    home = home_state or (None if isinstance(document, str) else outlets.home_state(document))
    chosen = detection.spans(gazetteer, text, home.lower() if home else None) if spans is None else spans
    toponyms = [toponym(text, span) for span in chosen]
    toponyms = beside(text, as_states(text, unstated(gazetteer, toponyms)))
    scene = _scene(gazetteer, toponyms, home.lower() if home else None)
    first = _mentions(gazetteer, toponyms, scene)
    scene = _second(gazetteer, toponyms, first, scene)
    listed = in_lists(gazetteer, text, toponyms)
    settled = [one if old is new else None for old, new, one in zip(toponyms, listed, first, strict=True)]
    return tuple(_mentions(gazetteer, listed, scene, settled))


def _mentions(
    gazetteer: Gazetteer, toponyms: list[Toponym], scene: _Scene, first: Sequence[PlaceMention | None] = ()
) -> list[PlaceMention]:
    """Each name's reading; names that say the same are read once, and what ``first`` settled isn't read again."""
    read: dict[tuple[object, ...], PlaceMention] = {}
    found = []
    for number, one in enumerate(toponyms):
        before = first[number] if first else None
        if before is not None and before.id and before.candidates[0].score > SETTLED:
            found.append(before)
            continue
        said = (one.key, one.kinds, one.word, one.itself, one.explicit, one.listed, one.hinted, one.beside)
        same = read.get(said)
        if same is None:
            same = read[said] = _mention(gazetteer, one, scene)
        found.append(PlaceMention(one.start, one.end, same.id, same.candidates, same.kind, same.outcome))
    return found


def _second(gazetteer: Gazetteer, toponyms: list[Toponym], first: list[PlaceMention], scene: _Scene) -> _Scene:
    """The scene with what the first reading settled: counties, coordinates, states of cities that stand alone."""
    counties: set[str] = set()
    near: dict[str, tuple[str, float, float]] = {}
    elsewhere: set[str] = set()
    for one, mention in zip(toponyms, first, strict=True):
        if not mention.id or not mention.candidates or mention.candidates[0].score < SURE:
            continue
        short = mention.id.removeprefix(OCD)
        row = gazetteer.by_short[short]
        if row[KIND] in STATES:
            continue
        counties.add(_county(gazetteer, short))
        if row[LATITUDE] and one.key not in near:
            near[one.key] = (one.key, float(row[LATITUDE]), float(row[LONGITUDE]))
        if short in standing_alone():
            elsewhere.add(state_of(row))
    return replace(
        scene, counties=frozenset(counties - {""}), near=tuple(near.values()), elsewhere=frozenset(elsewhere)
    )


def _county(gazetteer: Gazetteer, short: str) -> str:
    row = gazetteer.by_short.get(short)
    if row is None or row[KIND] in STATES:
        return ""
    return row[ID] if row[KIND] == "county" else row[COUNTY]


def _scene(gazetteer: Gazetteer, toponyms: list[Toponym], home: str | None) -> _Scene:
    named: Counter[str] = Counter()
    told: dict[str, str] = {}
    for one in toponyms:
        if one.itself and not one.explicit and not large_place(gazetteer, one) and (one.key != CITY_STATE or one.kinds):
            named[one.itself] += 1
        if one.explicit and not one.listed:
            named[one.explicit] += 1
            told.setdefault(one.key, one.explicit)
            told.setdefault(one.base, one.explicit)
    county_keys = frozenset(one.base for one in toponyms if one.kinds == ("county",))
    first, second = [*named.most_common(2), ("", 0), ("", 0)][:2]
    main = first[0] if home is None and first[1] > 2 * second[1] else None
    return _Scene(home, named, told, county_keys, main=main)


def _near_rows(rows: list[Row], one: Toponym, scene: _Scene) -> list[Row]:
    """Of many rows, all but the townships of states that the document has nothing to do with."""
    if len(rows) < MANY:
        return rows
    states = {scene.home, one.explicit, scene.told.get(one.key), *scene.named}
    return [row for row in rows if row[KIND] != "county_subdivision" or state_of(row) in states] or rows


@lru_cache(maxsize=1)
def _foreign() -> frozenset[str]:
    return frozenset(language("places")["foreign"])


def _mention(gazetteer: Gazetteer, one: Toponym, scene: _Scene) -> PlaceMention:
    rows = _near_rows(rows_meant(gazetteer, one), one, scene)
    seats = _seats(rows)
    scored = sorted(((_score(one, row, scene, seats), row) for row in rows), key=lambda pair: (-pair[0], pair[1][ID]))
    if not scored:
        return PlaceMention(one.start, one.end, None, (), None, "unknown")
    top = scored[0][0]
    weights = [math.exp(score - top) for score, _ in scored]
    total = sum(weights)
    candidates = tuple(
        Candidate(OCD + row[ID], row[NAME], round(weight / total, 4))
        for weight, (_, row) in list(zip(weights, scored, strict=True))[:5]
    )
    best = scored[0][1]
    kind: Kind = best[KIND]  # type: ignore[assignment]
    lead = top - scored[1][0] if len(scored) > 1 else UNSUPPORTED
    if lead < (MARGIN if _supported(one, best, scene) else UNSUPPORTED) or _elsewhere(one, best, scene):
        return PlaceMention(one.start, one.end, None, candidates, kind, "ambiguous")
    return PlaceMention(one.start, one.end, candidates[0].id, candidates, kind, "resolved")


def _seats(rows: list[Row]) -> set[str]:
    """The counties in which a place of the same name lies; a city of several counties lies in the one of its name."""
    places = [row for row in rows if row[KIND] == "place"]
    spread = {state_of(row) for row in places if not row[COUNTY]}
    namesakes = {row[ID] for row in rows if row[KIND] == "county" and state_of(row) in spread}
    return {row[COUNTY] for row in places} | namesakes


def _supported(one: Toponym, row: Row, scene: _Scene) -> bool:
    """Whether anything but its size speaks for a reading."""
    state = state_of(row)
    told = scene.told.get(one.key)
    return (
        state in (one.explicit, told, scene.home) or bool(scene.named[state]) or state in scene.elsewhere
        or row[COUNTY] in scene.counties or row[ID] in scene.counties or row[KIND] in STATES
    )  # fmt: skip


def _elsewhere(one: Toponym, row: Row, scene: _Scene) -> bool:
    """Whether the text points to another place than the best of ours: another state's, or one abroad."""
    state = state_of(row)
    if one.explicit and not one.listed:
        return state != one.explicit and row[KIND] not in STATES
    return one.key in _foreign() and not one.kinds and one.key not in scene.told and state != scene.home


# Weights in log odds, set on half a of LGL (tests/quality/places.py).
MANY = 12
MARGIN = 0.05
UNSUPPORTED = 1.2
SURE = 0.6
SETTLED = 0.98
EXPLICIT = 12.0
LISTED = 5.0
TOLD = 6.0
HOME = 5.0
MAIN = 3.0
BESIDE = 2.5
HINTED = 2.5
NAMED = 1.0
COUNTY_HERE = 1.5
BARE_COUNTY = -2.0
COUNTY_SAID = 3.0
ALONE = 3.0
ELSEWHERE = 1.0
NEAR = 1.5
SIZE = 0.55
TOWNSHIP = 10.0
WORD = 10.0
CAPITAL = 8.0
KINDS = {"state": 6.0, "district": 4.0, "place": 2.0, "county": 2.0, "county_subdivision": 0.0}


@lru_cache(maxsize=8192)
def _size(printed: str) -> float:
    """The logarithm of a population, with a floor for hamlets and unknown figures."""
    return math.log(int(printed or 0) + 200)


def _score(one: Toponym, row: Row, scene: _Scene, seats: set[str]) -> float:
    state = state_of(row)
    kind = row[KIND]
    score = KINDS[kind] + SIZE * _size(row[POPULATION])
    if one.explicit:
        score += (LISTED if one.listed else EXPLICIT) * (state == one.explicit)
    elif (told := scene.told.get(one.key) or scene.told.get(one.base)) is not None:
        score += TOLD * (state == told)
    if kind in STATES:
        return score + _capital(one, kind, scene)
    if kind == "county" and not one.kinds and row[KEYS].replace(" ", "").split("~", 1)[0] == one.key:
        score += HINTED if one.hinted else BARE_COUNTY
        if one.key in scene.county_keys and row[ID] not in seats:
            score += COUNTY_SAID
    score += _named_so(one, row)
    if state == scene.home:
        score += HOME
    if state in one.beside:
        score += BESIDE
    if state == scene.main:
        score += MAIN
    if scene.named[state]:
        score += NAMED * min(3.0, 1 + math.log(scene.named[state]))
    if state in scene.elsewhere:
        score += ELSEWHERE
    if row[ID] in standing_alone() and not one.itself:
        score += ALONE
    if row[COUNTY] in scene.counties or row[ID] in scene.counties:
        score += COUNTY_HERE
    return score + NEAR * _nearness(one.key, row, scene)


def _named_so(one: Toponym, row: Row) -> float:
    """What the kind that is printed with a name says for a government: "Stickney Township", "the town of Lyons"."""
    if one.kinds and row[KIND] == one.kinds[0] == "county_subdivision" and not one.itself:
        return TOWNSHIP
    return WORD if one.word and row[TYPE] == one.word else 0.0


def _capital(one: Toponym, kind: str, scene: _Scene) -> float:
    """Washington: the capital and what it stands for, unless the outlet or the text is at home in the state."""
    if one.key != CITY_STATE or one.explicit:
        return 0.0
    at_home = one.itself == scene.home or bool(scene.named[one.itself or ""])
    return CAPITAL if (kind == "district") != at_home else 0.0


def _nearness(key: str, row: Row, scene: _Scene) -> float:
    """1 beside another place of the document, falling to 0 at 1.5 degrees."""
    if not row[LATITUDE] or not scene.near:
        return 0.0
    latitude, longitude = float(row[LATITUDE]), float(row[LONGITUDE])
    best = 9.0
    for other, north, east in scene.near:
        if other != key:
            best = min(best, abs(latitude - north) + 0.8 * abs(longitude - east))
    return max(0.0, 1.0 - best / 1.5)
