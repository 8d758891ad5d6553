"""The compiled tables of the gazetteer, read once and only when asked for.

Three gzipped TSV files under ``data/gazetteer/``, written by ``scripts/compile_gazetteer.py``. A row stays a list of
strings until somebody asks for its entity: that keeps loading within a tenth of a second.
"""

from __future__ import annotations

import gzip
from functools import lru_cache
from importlib import resources

from comity.errors import GazetteerError

__all__ = ["AGENCY", "DISTRICT", "GOVERNMENT", "Row", "rows"]

Row = list[str]

# Columns, in the order in which the compiler writes them.
GOVERNMENT = {
    "id": 0,
    "name": 1,
    "kind": 2,
    "type": 3,
    "geoid": 4,
    "county": 5,
    "population": 6,
    "latitude": 7,
    "longitude": 8,
    "same": 9,
    "keys": 10,
    "names": 11,
}
DISTRICT = {"id": 0, "name": 1, "parent": 2, "state": 3, "keys": 4, "names": 5}
AGENCY = {"id": 0, "name": 1, "kind": 2, "type": 3, "state": 4, "parent": 5, "county": 6, "keys": 7, "names": 8}
COLUMNS = {"governments": len(GOVERNMENT), "districts": len(DISTRICT), "agencies": len(AGENCY)}


@lru_cache(maxsize=8)
def rows(name: str) -> list[Row]:
    """The rows of one table. Raises GazetteerError where the file is missing or isn't such a table."""
    where = f"data/gazetteer/{name}.tsv.gz"
    try:
        data = resources.files("comity").joinpath("data", "gazetteer", f"{name}.tsv.gz").read_bytes()
        text = gzip.decompress(data).decode("utf-8")
    except (OSError, EOFError, UnicodeDecodeError) as error:
        hint = "reinstall Comity, or run scripts/compile_gazetteer.py"
        raise GazetteerError("the table is missing or damaged", where=where, hint=hint) from error
    table = [line.split("\t") for line in text.split("\n")]
    if any(len(row) != COLUMNS[name] for row in (table[0], table[-1])):
        raise GazetteerError("the table has other columns than this version reads", where=where)
    return table
