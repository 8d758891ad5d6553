"""What kind of government a row is, where it is, and how large: the questions that every other module asks of a row."""

from __future__ import annotations

from comity.gazetteer.names import plain, squash
from comity.gazetteer.tables import GOVERNMENT, Row

__all__ = ["ALIKE", "fits", "is_consolidated", "population", "state_of"]

ID, NAME, KIND, SAME, POPULATION = (GOVERNMENT[one] for one in ("id", "name", "kind", "same", "population"))
ALIKE: dict[str, tuple[str, ...]] = {
    "place": ("place", "county_subdivision", "district"),
    "county_subdivision": ("county_subdivision", "place"),
    "county": ("county",),
    "state": ("state", "district"),
    "district": ("district",),
}


def state_of(row: Row) -> str:
    """The two letters of the state of a government's row."""
    short = row[ID]
    return short[6:8] if short.startswith("state:") else short[short.index(":") + 1 :].split("/", 1)[0]


def population(row: Row) -> int:
    """Inhabitants, 0 where unknown."""
    return int(row[POPULATION] or 0)


def fits(row: Row, kinds: tuple[str, ...], key: str | None = None) -> bool:
    """Whether a government is of one of the kinds; a consolidated one is place and county at once.

    Under ``key`` it is a county only if that is the county's name: Columbus is Muscogee County, not "Columbus County";
    and a place only if it isn't: the town of Orleans is not New Orleans.
    """
    if not kinds or row[KIND] in kinds:
        return "county" in kinds or not key or row[KIND] != "place" or not _only_county_key(row, key)
    wide = {alike for kind in kinds for alike in ALIKE.get(kind, ())}
    return row[KIND] in wide or ("county" in kinds and is_consolidated(row) and (key is None or _county_key(row, key)))


def _county_key(row: Row, key: str) -> bool:
    return any(other.rsplit(":", 1)[1].replace("_", "") in key for other in row[SAME].split("~") if "/" in other)


def _only_county_key(row: Row, key: str) -> bool:
    counties = (other.rsplit(":", 1)[1].replace("_", "") for other in row[SAME].split("~") if "/" in other)
    return is_consolidated(row) and key in counties and squash(plain(row[NAME])) != key


def is_consolidated(row: Row) -> bool:
    """Whether a place is also its county."""
    return any(part in row[SAME] for part in ("/county:", "/borough:", "/parish:")) and row[KIND] == "place"
