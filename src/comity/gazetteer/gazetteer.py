"""The gazetteer: entities of the US by id, by name and by the text they stand in.

:func:`load` gives the one gazetteer of the process; reading its tables takes about a tenth of a second, once.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property, lru_cache

from comity.gazetteer import derived, finding, resolution, tables
from comity.gazetteer.finding import Hit
from comity.gazetteer.names import plain, squash
from comity.gazetteer.states import lexicon
from comity.gazetteer.tables import AGENCY, DISTRICT, GOVERNMENT, Row
from comity.model import Entity, Kind, Resolution

__all__ = ["Gazetteer", "load"]

PREFIX = "ocd-division/country:us/"
ID, NAME, KIND, SAME, KEYS = (GOVERNMENT[column] for column in ("id", "name", "kind", "same", "keys"))
STATE_KINDS = ("state", "district", "territory")


def state_of(short: str) -> str:
    """The two letters, lower case, of a short id such as ``state:ak/place:anchorage``."""
    return short[short.index(":") + 1 :].split("/", 1)[0]


class Gazetteer:
    """States, counties, places, school districts, agencies and federal bodies, and what they are called.

    Use :meth:`entity` for an id, :meth:`resolve` for a name of a list or a person, :meth:`search` while somebody is
    typing, and :mod:`comity.gazetteer.places` and :mod:`comity.gazetteer.bodies` for running text.
    """

    @cached_property
    def governments(self) -> list[Row]:
        """Rows of governments; a row of kind ``none`` says that no such county exists."""
        return tables.rows("governments")

    @cached_property
    def districts(self) -> dict[str, Row]:
        """Rows of school districts by id."""
        return {row[0]: row for row in tables.rows("districts")}

    @cached_property
    def agencies(self) -> dict[str, Row]:
        """Rows of agencies and federal bodies by id."""
        return {row[0]: row for row in tables.rows("agencies")}

    @cached_property
    def by_short(self) -> dict[str, Row]:
        """Rows of governments by short id, canonical ids only."""
        return {row[ID]: row for row in self.governments if row[KIND] != "none"}

    @cached_property
    def same(self) -> dict[str, str]:
        """Short id of a name that another government absorbed -> its canonical short id."""
        return {
            other: row[ID]
            for row in self.governments
            if row[SAME] and row[KIND] != "none"
            for other in row[SAME].split("~")
        }

    @cached_property
    def no_county(self) -> dict[tuple[str, str], str]:
        """(state, key) of a county that doesn't exist -> short id of the independent city of that name."""
        return {(state_of(row[ID]), squash(row[KEYS])): row[SAME] for row in self.governments if row[KIND] == "none"}

    @cached_property
    def index(self) -> dict[str, list[Row]]:
        """Key without blanks -> rows of the governments called so."""
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.governments:
            if row[KIND] != "none":
                for key in row[KEYS].replace(" ", "").split("~"):
                    found[key].append(row)
        return dict(found)

    @cached_property
    def _children(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for row in self.governments:
            if row[KIND] != "none" and "/" in row[ID]:
                found[self.same.get(above := row[ID].rsplit("/", 1)[0], above)].append(PREFIX + row[ID])
        for row in self.districts.values():
            found[row[DISTRICT["parent"]]].append(row[0])
        for row in self.agencies.values():
            found[row[AGENCY["parent"]]].append(row[0])
        return dict(found)

    @cached_property
    def district_index(self) -> dict[str, list[Row]]:
        """Plain name -> rows of the school districts called so."""
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.districts.values():
            for key in row[DISTRICT["keys"]].split("~"):
                found[key].append(row)
        return dict(found)

    @cached_property
    def _by_state(self) -> tuple[dict[str, list[Row]], dict[str, list[Row]]]:
        governments: dict[str, list[Row]] = defaultdict(list)
        for row in self.governments:
            if row[KIND] not in ("none", "state", "district"):
                governments[state_of(row[ID])].append(row)
        agencies: dict[str, list[Row]] = defaultdict(list)
        for row in self.agencies.values():
            agencies[row[AGENCY["state"]]].append(row)
        return dict(governments), dict(agencies)

    def in_state(self, state: str) -> list[Row]:
        """Rows of the governments of a state (two letters, lower case), without the state itself."""
        return self._by_state[0].get(state, [])

    def agencies_in(self, state: str) -> list[Row]:
        """Rows of the agencies of a state (two letters, lower case); '' gives the federal bodies."""
        return self._by_state[1].get(state, [])

    def label(self, id: str) -> str:
        """The name of an entity, or the id where there is none."""
        entity = self.entity(id)
        return entity.name if entity else id

    def label_short(self, short: str) -> str:
        """The name of a government by its short id."""
        return self.by_short[short][NAME]

    def canonical(self, id: str) -> str:
        """The id under which an entity is kept: an alias of a consolidated government gives the place's id."""
        short = id.removeprefix(PREFIX)
        return PREFIX + self.same[short] if short in self.same else id

    def entity(self, id: str) -> Entity | None:
        """The entity of an id (aliases are followed), or None where there is none."""
        return self._entity(self.canonical(id))

    def state(self, letters: str | None) -> Entity | None:
        """The state, district or territory of two letters, in capitals or not; None where there is none."""
        known = lexicon().get(letters.lower()) if letters else None
        return self.entity(PREFIX + known.short) if known else None

    @lru_cache(maxsize=4096)  # noqa: B019 - there is one gazetteer in a process
    def _entity(self, id: str) -> Entity | None:
        if id.startswith(PREFIX):
            row = self.by_short.get(id.removeprefix(PREFIX))
            return self._government(row) if row else self._district(id)
        if id.startswith("nces:"):
            return self._district(id)
        row = self.agencies.get(id)
        return _agency(row) if row else derived.entity(self, id)

    def _government(self, row: Row) -> Entity:
        short = row[ID]
        field = GOVERNMENT
        above = short.rsplit("/", 1)[0] if "/" in short else None
        return Entity(
            id=PREFIX + short,
            name=row[NAME],
            kind=_kind(row[KIND]),
            state=state_of(short).upper(),
            geoid=row[field["geoid"]] or None,
            parent=self.canonical(PREFIX + above) if above else None,
            type=row[field["type"]] or None,
            population=int(row[field["population"]]) if row[field["population"]] else None,
            latitude=float(row[field["latitude"]]) if row[field["latitude"]] else None,
            longitude=float(row[field["longitude"]]) if row[field["longitude"]] else None,
            aliases=tuple(PREFIX + other for other in row[SAME].split("~") if other),
        )

    def _district(self, id: str) -> Entity | None:
        row = self.districts.get(id)
        if row is None:
            return None
        return Entity(
            id=id,
            name=row[DISTRICT["name"]],
            kind="school_district",
            state=row[DISTRICT["state"]].upper(),
            nces=id.removeprefix("nces:") if id.startswith("nces:") else None,
            geoid=id.removeprefix("nces:") if id.startswith("nces:") else None,
            parent=PREFIX + row[DISTRICT["parent"]] if row[DISTRICT["parent"]] else None,
        )

    def children(self, id: str) -> tuple[Entity, ...]:
        """Everything whose parent is this government or body, by id."""
        canonical = self.canonical(id)
        ids = sorted(self._children.get(canonical.removeprefix(PREFIX), ()))
        return tuple(entity for one in ids if (entity := self.entity(one)))

    def search(self, prefix: str, limit: int = 20) -> tuple[Entity, ...]:
        """Entities whose name begins so, the most populous first: for completion while somebody is typing."""
        wanted = squash(plain(prefix))
        rows = {row[ID]: row for key, found in self.index.items() if key.startswith(wanted) for row in found}
        size = GOVERNMENT["population"]
        best = sorted(rows.values(), key=lambda row: (row[KIND] != "state", -int(row[size] or 0), row[ID]))[:limit]
        return tuple(self._government(row) for row in best)

    def find(self, text: str) -> list[Hit]:
        """Words of a text that are a name of some government, with offsets; which are places, only the context says."""
        return finding.find(self, text)

    def resolve(self, name: str, state: str | None = None, kind: Kind | None = None) -> Resolution:
        """What a name means, as a list or a person prints it; see :mod:`comity.gazetteer.resolution`."""
        return resolution.resolve(self, name, state, kind)


def _kind(text: str) -> Kind:
    kinds: dict[str, Kind] = {
        "state": "state",
        "district": "district",
        "county": "county",
        "place": "place",
        "county_subdivision": "county_subdivision",
    }
    return kinds[text]


def _agency(row: Row) -> Entity:
    id, parent = row[0], row[AGENCY["parent"]]
    return Entity(
        id=id,
        name=row[AGENCY["name"]],
        kind="federal" if row[AGENCY["kind"]] == "federal" else "other" if row[AGENCY["kind"]] == "other" else "agency",
        state=row[AGENCY["state"]].upper() or None,
        ori=id.removeprefix("ori:") if id.startswith("ori:") else None,
        parent=(parent if parent.startswith("body:") else PREFIX + parent) if parent else None,
        type=row[AGENCY["type"]] or None,
    )


@lru_cache(maxsize=1)
def load() -> Gazetteer:
    """The gazetteer of this process, read on first use."""
    return Gazetteer()
