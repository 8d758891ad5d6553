"""Entities by id: canonical ids, aliases, children, and what the tables must hold."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
import yaml

from comity.errors import GazetteerError
from comity.gazetteer import load, tables

OCD = "ocd-division/country:us/"
DATA = Path(tables.__file__).resolve().parents[1] / "data" / "gazetteer"


@pytest.mark.parametrize(
    ("id", "canonical", "name", "kind"),
    [
        ("state:ak/place:anchorage", "state:ak/place:anchorage", "Anchorage", "place"),
        ("state:ak/borough:anchorage", "state:ak/place:anchorage", "Anchorage", "place"),
        ("state:ca/county:san_francisco", "state:ca/place:san_francisco", "San Francisco", "place"),
        ("state:hi/county:honolulu", "state:hi/place:honolulu", "Honolulu", "place"),
        ("state:tn/county:davidson", "state:tn/place:nashville", "Nashville", "place"),
        ("state:ky/county:jefferson", "state:ky/place:louisville", "Louisville", "place"),
        ("state:ga/county:richmond", "state:ga/place:augusta", "Augusta", "place"),
        ("state:ga/county:clarke", "state:ga/place:athens", "Athens", "place"),
        ("state:dc", "district:dc", "District of Columbia", "district"),
        ("state:pr", "territory:pr", "Puerto Rico", "state"),
        ("state:md/place:baltimore", "state:md/place:baltimore", "Baltimore", "place"),
        ("state:md/county:baltimore", "state:md/county:baltimore", "Baltimore County", "county"),
        ("state:la/parish:lafourche", "state:la/parish:lafourche", "Lafourche Parish", "county"),
        ("state:mo/county:st_louis_county", "state:mo/county:st_louis", "St. Louis County", "county"),
        (
            "state:oh/county:athens/place:athens",
            "state:oh/county:athens/place:athens",
            "Athens Township",
            "county_subdivision",
        ),
    ],
)
def test_an_id_gives_its_entity_under_the_canonical_id(id: str, canonical: str, name: str, kind: str) -> None:
    entity = load().entity(OCD + id)
    assert entity is not None
    assert (entity.id, entity.name, entity.kind) == (OCD + canonical, name, kind)
    assert load().canonical(OCD + id) == OCD + canonical


def test_an_independent_city_is_no_county() -> None:
    assert load().entity(OCD + "state:va/county:martinsville") is None
    assert load().entity(OCD + "state:va/place:martinsville") is not None


@pytest.mark.parametrize(
    ("id", "name", "kind", "parent"),
    [
        ("ori:AK0010100", "Anchorage Police Department", "agency", OCD + "state:ak/place:anchorage"),
        ("ori:MD0030000", "Baltimore County Sheriff's Office", "agency", OCD + "state:md/county:baltimore"),
        ("ori:MDBPD0000", "Baltimore Police Department", "agency", OCD + "state:md/place:baltimore"),
        ("ori:TX0000000", "Texas Department of Public Safety", "agency", OCD + "state:tx"),
        ("nces:0200180", "Anchorage School District", "school_district", OCD + "state:ak/place:anchorage"),
        ("body:us/ice", "US Immigration and Customs Enforcement", "federal", "body:us/dhs"),
        ("body:us/dhs", "US Department of Homeland Security", "federal", None),
        ("body:us/fl/lottery", "Florida Lottery", "agency", OCD + "state:fl"),
        ("body:us/fl/jackson-county-jail", "Jackson County Jail", "agency", OCD + "state:fl/county:jackson"),
    ],
)
def test_bodies_have_a_name_and_a_parent(id: str, name: str, kind: str, parent: str | None) -> None:
    entity = load().entity(id)
    assert entity is not None
    assert (entity.name, entity.kind, entity.parent) == (name, kind, parent)


@pytest.mark.parametrize(
    "id", ["ori:XX9999999", "body:us/zz/police-department", "body:us/", "nonsense", OCD + "state:zz"]
)
def test_an_unknown_id_gives_nothing(id: str) -> None:
    assert load().entity(id) is None


def test_children_of_a_consolidated_city_are_those_of_all_its_ids() -> None:
    ids = {entity.id for entity in load().children(OCD + "state:ak/borough:anchorage")}
    assert {"ori:AK0010100", "nces:0200180"} <= ids


def test_parents_exist_and_are_governments_or_bodies() -> None:
    gazetteer = load()
    for row in gazetteer.agencies.values():
        parent = row[tables.AGENCY["parent"]]
        assert not parent or parent in gazetteer.by_short or parent in gazetteer.agencies, row


def test_search_completes_names_the_largest_first() -> None:
    assert load().search("Anchora")[0].id == OCD + "state:ak/place:anchorage"
    assert [entity.name for entity in load().search("Los Ang", limit=2)] == ["Los Angeles County", "Los Angeles"]


def test_every_reviewed_entry_is_in_the_tables() -> None:
    gazetteer = load()
    for name, key in (("bodies", "bodies"), ("governments", "add")):
        entries = yaml.safe_load((DATA / f"{name}.yml").read_text(encoding="utf-8"))[key]
        for entry in entries:
            id = entry["id"] if name == "bodies" else OCD + entry["id"]
            entity = gazetteer.entity(id)
            assert entity is not None and entity.name == entry["name"], entry["id"]
    for id in yaml.safe_load((DATA / "schools.yml").read_text(encoding="utf-8"))["districts"]:
        assert gazetteer.entity(id) is not None, id


def test_tables_are_small_and_carry_no_time() -> None:
    assert sum(path.stat().st_size for path in DATA.glob("*.gz")) < 4_000_000
    for path in DATA.glob("*.gz"):
        assert path.read_bytes()[4:8] == b"\0\0\0\0", "gzip header must hold no time"


def test_a_damaged_table_is_one_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(data: bytes) -> bytes:
        raise OSError("not gzip")

    monkeypatch.setattr(gzip, "decompress", broken)
    tables.rows.cache_clear()
    with pytest.raises(GazetteerError, match="missing or damaged"):
        tables.rows("governments")
    tables.rows.cache_clear()
