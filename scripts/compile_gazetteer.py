"""Compile the gazetteer's tables from public reference data and the reviewed YAML beside them.

    python scripts/compile_gazetteer.py [../shared/data]

Reads Open Civic Data division ids (CC0), Census population estimates, the FBI's table of agencies and the NCES mapping
of school districts; writes ``src/comity/data/gazetteer/{governments,districts,agencies}.tsv.gz``. The same input gives
the same bytes. What the tables lack or print badly is set right in ``governments.yml``, ``bodies.yml`` and
``schools.yml``, each with its sources.
"""

from __future__ import annotations

import csv
import gzip
import io
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from comity.gazetteer import names
from comity.gazetteer.names import plain, squash

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "src" / "comity" / "data" / "gazetteer"
PREFIX = "ocd-division/country:us/"
POSTAL = {"NB": "NE", "GM": "GU"}  # the FBI's codes that differ from the Postal Service's

TYPES = (
    "charter township", "city and borough", "township", "city", "town", "village", "borough", "municipality",
    "plantation", "corporation", "unified government", "County", "Parish", "Borough", "Census Area", "Municipio",
    "Municipality",
)  # fmt: skip
CONSOLIDATED = "colosidated gov"  # as the notes of aliases.csv spell it
NOT_A_COUNTY = re.compile("not a county")


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def reviewed(name: str) -> dict[str, Any]:
    """One of the reviewed YAML files."""
    data = yaml.safe_load((OUT / f"{name}.yml").read_text(encoding="utf-8"))
    assert isinstance(data, dict)
    return data


def division(name: str) -> tuple[str, str]:
    """A Census name without its kind, and the kind: ``Roanoke city`` gives ``Roanoke``, ``city``."""
    for kind in TYPES:
        if name.endswith(" " + kind):
            return name[: -len(kind) - 1], kind.lower()
    return name, ""


def usual(base: str, short: str) -> tuple[str, list[str]]:
    """The name that people use, and further ones: of "San Buenaventura (Ventura)", of a city called "Agawam Town"."""
    match = re.fullmatch(r"(.+) \((.+)\)", base)
    if match:
        return match[2], [match[1]]
    if short.startswith("state:ma/") and base.endswith(" Town"):
        return base.removesuffix(" Town"), [base]
    return base, []


class Governments:
    """The rows of governments, by their short id (without ``ocd-division/country:us/``)."""

    def __init__(self, source: Path) -> None:
        self.row: dict[str, dict[str, Any]] = {}
        self.same: dict[str, list[str]] = defaultdict(list)
        self.disputed: dict[str, str] = {}
        self.states = reviewed("states")["states"]
        self.absorbed = {other for others in reviewed("governments")["same"].values() for other in others}
        self._states(source)
        self._divisions(source)
        self._aliases(source)
        self._supplement()
        self._census(source)

    def _states(self, source: Path) -> None:
        population = {
            r["STATE"]: int(r["POPESTIMATE2021"]) for r in rows(source / "census/counties.csv") if r["SUMLEV"] == "040"
        }
        for code, state in self.states.items():
            territory = state.get("territory", False)
            kind = state.get("kind", "state")
            short = f"{'territory' if territory else kind}:{code}"
            self.row[short] = {
                "name": state["name"], "kind": kind, "type": "territory" if territory else "", "geoid": state["fips"],
                "population": state.get("population") or population[state["fips"]], "names": state.get("names", []),
            }  # fmt: skip
            if short != f"state:{code}":
                self.same[short].append(f"state:{code}")

    def _divisions(self, source: Path) -> None:
        for record in rows(source / "ocd/us_census_places.csv"):
            if not record["id"].startswith(PREFIX) or "place-" not in (record["census_geoid"] or ""):
                continue
            short = record["id"].removeprefix(PREFIX)
            base, kind_word = division(record["name"])
            last = short.rsplit("/", 1)[1].split(":")[0]
            depth = short.count("/")
            kind = "place" if last == "place" and depth == 1 else "county_subdivision" if last == "place" else "county"
            name, names = usual(base, short)
            if kind == "county":
                name = base if kind_word == "municipio" else record["name"]
            elif kind_word in ("township", "charter township", "plantation") and base:
                name = f"{base} {kind_word.title()}"
                names = [*names, f"{base} Township"] if kind_word == "charter township" else names
            self.row[short] = {
                "name": name, "kind": kind, "type": kind_word, "names": names,
                "geoid": record["census_geoid"].split("-")[1],
            }  # fmt: skip
            if depth == 2:
                self.row[short]["county"] = short.rsplit("/", 1)[0]

    def _aliases(self, source: Path) -> None:
        for record in rows(source / "ocd/aliases.csv"):
            one, other = (record[key].removeprefix(PREFIX) for key in ("id", "sameAs"))
            note = record["sameAsNote"]
            if NOT_A_COUNTY.search(note):
                self.disputed[one] = other
            elif CONSOLIDATED in note:
                self.same[one].append(other)
            elif re.search("Senate|unicameral|precinct|At-large", note) or "/sld" in one:
                continue
            elif other in self.row and one not in self.row and other not in self.absorbed | set(self.same[other]):
                self.same[other] += [one] if one not in self.same[other] else []

    def _supplement(self) -> None:
        data = reviewed("governments")
        for entry in data["add"]:
            self.row[entry["id"]] = {key: value for key, value in entry.items() if key != "id"}
        for one, others in data["same"].items():
            self.same[one] += [other for other in others if other not in self.same[one]]
        for short, change in data["names"].items():
            self.row[short].update(change)

    def _census(self, source: Path) -> None:
        fips = {state["fips"]: code for code, state in self.states.items()}
        by_geoid = {row["geoid"]: short for short, row in self.row.items() if row.get("geoid")}
        for record in rows(source / "census/counties.csv"):
            short = by_geoid.get(record["STATE"] + record["COUNTY"])
            if record["SUMLEV"] == "050" and short:
                self.row[short]["population"] = int(record["POPESTIMATE2021"])
        subdivisions: dict[tuple[str, str, str], str] = {}
        for short, row in self.row.items():
            if len(row.get("geoid") or "") == 10:
                subdivisions[row["geoid"][:2], row["geoid"][2:5], plain(row["name"])] = short
                row.setdefault("county", by_geoid.get(row["geoid"][:5]))
        for record in rows(source / "census/places.csv"):
            found = by_geoid.get(record["STATE"] + record["PLACE"])
            if record["SUMLEV"] == "061":
                base = division(record["NAME"])[0]
                names = (plain(base), plain(record["NAME"]))
                keys = [(record["STATE"], record["COUNTY"], name) for name in names]
                found = next((subdivisions[key] for key in keys if key in subdivisions), None)
            if not found or record["STATE"] not in fips:
                continue
            row = self.row[found]
            row.setdefault("population", int(record["population"]))
            if record["latitude"]:
                row.setdefault("latitude", round(float(record["latitude"]), 4))
                row.setdefault("longitude", round(float(record["longitude"]), 4))
            county = by_geoid.get(record["STATE"] + record["COUNTY"])
            if county and county != found:
                row.setdefault("county", county)
        for one, others in self.same.items():
            if one not in self.row:
                continue
            for other in others:
                gone = self.row.pop(other, None)
                if gone:
                    self.row[one].setdefault("population", gone.get("population"))
                    self.row[one]["names"] = [*self.row[one].get("names", []), gone["name"]]
                    self.row[one]["county"] = None

    def index(self) -> dict[tuple[str, str], list[str]]:
        """(state, plain name without kind word) -> short ids, largest first."""
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        for short, row in self.row.items():
            if row["kind"] != "state":
                for key in self.keys(row):
                    found[short.split("/")[0].split(":")[1], squash(key)].append(short)
        for shorts in found.values():
            shorts.sort(key=lambda short: (-(self.row[short].get("population") or 0), short))
        return found

    @staticmethod
    def keys(row: Mapping[str, Any]) -> list[str]:
        """The plain names under which a government is looked up: its own first."""
        found = []
        for name in [row["name"], *(row.get("names") or [])]:
            parts = names.government(name)
            if row["kind"] != "county" or not parts.word:
                found.append(parts.full)
            if parts.word and (row["kind"] != "place" or parts.kinds[:1] == ("county",)):
                found.append(parts.base)
        return list(dict.fromkeys(key for key in found if key))

    def write(self) -> list[list[Any]]:
        """The table's rows, sorted by id."""
        table = []
        for short, row in sorted(self.row.items()):
            table.append([
                short, row["name"], row["kind"], row.get("type"), row.get("geoid"), row.get("county"),
                row.get("population"), row.get("latitude"), row.get("longitude"),
                "~".join(sorted(set(self.same.get(short, [])))), "~".join(self.keys(row)),
                "~".join(dict.fromkeys(row.get("names") or [])),
            ])  # fmt: skip
        for phantom, city in sorted(self.disputed.items()):
            base = phantom.rsplit(":", 1)[1].removesuffix("_city").replace("_", " ")
            table.append([phantom, "", "none", "", "", "", "", "", "", city, plain(base), ""])
        return table


def agency_name(record: Mapping[str, str], state: str, counties: Mapping[str, str]) -> str:
    """The name by which people call an agency that the FBI's table prints without its kind or its state."""
    raw = record["pub_agency_name"].strip().rstrip(":,").strip()
    kind = record["agency_type_name"]
    if kind in ("State Police", "Other State Agency"):
        raw = re.sub(r"(,? Headquarters\b.*| Statewide)$", "", raw)
        return raw if re.search(rf"\b{state}\b", raw) else f"{state} {raw}"
    city, _, county = raw.partition(", ")
    if kind == "City" and county.endswith(" County"):
        return f"{city} Police Department ({county})"
    if re.search(
        r"(Police|Sheriff|Department|Safety|Constable|Marshal|Troopers|Patrol|Prosecutor|Office|Authority)\b", raw
    ):
        return raw
    if kind == "County":
        base = re.sub(r" (County|Parish)$", "", raw)
        return f"{counties.get(squash(plain(base)), base + ' County')} Sheriff's Office"
    return f"{raw} Police Department" if kind in ("City", "University or College", "Tribal") else raw


def agencies(source: Path, governments: Governments) -> list[list[Any]]:
    """The table of agencies: the FBI's, then the reviewed bodies without an ORI."""
    index = governments.index()
    bodies = reviewed("bodies")
    table: dict[str, list[Any]] = {}
    counties: dict[str, dict[str, str]] = defaultdict(dict)
    for short, row in governments.row.items():
        state = short.split("/")[0].split(":")[1]
        if row["kind"] == "county":
            counties[state][squash(plain(division(row["name"])[0]))] = row["name"]
        for name in row.get("names") or []:
            base, kind_word = division(name)
            if kind_word in ("county", "parish", "borough"):
                counties[state].setdefault(squash(plain(base)), name)
    records = rows(source / "agencies/fbi_lee_latest.csv")
    offices = Counter((r["state_abbr"], r["pub_agency_name"].strip()) for r in records)
    for record in records:
        postal = POSTAL.get(record["state_abbr"], record["state_abbr"])
        if postal == "FS":
            continue  # federal bodies are in bodies.yml, under the names that people use
        state = postal.lower()
        raw = record["pub_agency_name"].strip().rstrip(":,").strip()
        name = agency_name(record, governments.states[state]["name"], counties[state])
        kind = record["agency_type_name"]
        ori = f"ori:{record['ori']}"
        county = plain(record["county_name"].split(",")[0])
        parent = parent_of(raw, kind, state, county, governments, index)
        where = record["county_name"].title()
        office = offices[record["state_abbr"], record["pub_agency_name"].strip()] > 1 and raw[-1:] != ":"
        office = office and kind not in ("City", "County", "University or College")
        if office:  # one of several offices: the agency itself has no row, or is named in bodies.yml
            name = f"{name} ({where})"
        others = [raw] if raw != name and not office and kind not in ("City", "County") else []
        table[ori] = [
            ori,
            name,
            "agency",
            kind.lower(),
            state,
            parent,
            county,
            agency_keys(name, others),
            "~".join(others),
        ]
    for entry in bodies["bodies"]:
        state = entry.get("state", "")
        old = table.get(entry["id"])
        tops = (f"state:{state}", f"district:{state}", f"territory:{state}")
        parent = entry.get("parent") or (old[5] if old else next((s for s in tops if s in governments.row), ""))
        kind = entry.get("kind", "agency" if state else "federal")
        table[entry["id"]] = [
            entry["id"], entry["name"], kind,
            entry.get("type", old[3] if old else "other state agency" if state else "federal"), state, parent, "",
            agency_keys(entry["name"], entry.get("names", [])), "~".join(entry.get("names", [])),
        ]  # fmt: skip
    return [table[key] for key in sorted(table)]


def agency_keys(name: str, others: Iterable[str]) -> str:
    """The keys of an agency: for each name ``plain name|base|class`` as the resolver takes it apart."""
    keys = []
    for printed in (name, *others):
        one = re.sub(r" \([^)]*County\)$", "", printed)
        parts = names.agency(one)
        keys.append("|".join((plain(one), squash(parts.base), parts.kind)) if parts else plain(one) + "||")
    return "~".join(dict.fromkeys(keys))


def parent_of(
    raw: str, kind: str, state: str, county: str, governments: Governments, index: Mapping[tuple[str, str], list[str]]
) -> str:
    """The government of an agency: its city, county or state."""
    row = governments.row
    top = next(s for s in (f"state:{state}", f"district:{state}", f"territory:{state}") if s in row)
    name, _, where = raw.partition(", ")
    if where.endswith(" County"):
        county = plain(where.removesuffix(" County"))
    name = re.sub(
        r" ((Metropolitan )?Police Department|Sheriff's Office|Police|(Department of )?Public Safety)$",
        "",
        name,
    )
    in_county = [
        s for s in index.get((state, squash(county)), []) if row[s]["kind"] == "county" or governments.same.get(s)
    ]
    if kind == "County":
        base = plain(re.sub(r" (County|Parish)$", "", name))
        found = [
            s for s in index.get((state, squash(base)), []) if row[s]["kind"] == "county" or governments.same.get(s)
        ]
        return (found or in_county or [top])[0]
    if kind == "City":
        base = plain(name)
        found = [s for s in index.get((state, squash(base)), []) if row[s]["kind"] != "county"]
        if not found:
            bare = re.sub(r" (township|town|village|borough|city)$", "", base)
            found = [s for s in index.get((state, squash(bare)), []) if row[s]["kind"] != "county"]
        here = [s for s in found if in_county and row[s].get("county") in in_county]
        return ((here or found or in_county) or [top])[0]
    return (in_county or [top])[0] if kind in ("Other", "University or College") else top


def schools(source: Path, governments: Governments) -> list[list[Any]]:
    """The table of school districts, by NCES id where there is one."""
    nces = {r["id"]: r["census_geoid"] for r in rows(source / "ocd/us_school_district_nces_mapping.csv")}
    extra = reviewed("schools")
    table: dict[str, list[Any]] = {}
    canonical = {other: one for one, others in governments.same.items() for other in others}
    with (source / "ocd/us_school_districts.csv").open(encoding="utf-8", newline="") as file:
        for ocd, name in csv.reader(file):
            if "/region:" in ocd:
                continue
            key = f"nces:{nces[ocd]}" if ocd in nces else ocd
            short = ocd.removeprefix(PREFIX)
            where = short.rsplit("/school_district:", 1)[0]
            table[key] = [key, title(name), canonical.get(where, where), short.split("/")[0].split(":")[1], [], ""]
    for key, entry in extra["districts"].items():
        row = table.setdefault(key, [key, entry["name"], entry.get("parent", ""), entry.get("state", ""), [], ""])
        row[4] = [row[1]] if row[1] != entry["name"] else []
        row[1] = entry["name"]
        row[2] = entry.get("parent", row[2])
        row[5] = "~".join(entry.get("names", []))
    for row in table.values():
        row[4] = "~".join(dict.fromkeys(plain(one) for one in [row[1], *row[4], *row[5].split("~")] if one))
    return [table[key] for key in sorted(table)]


SMALL = {"of", "the", "and", "for", "at", "in", "on", "de", "du", "la", "las", "los", "del"}
SHORT = {"isd", "cisd", "sd", "usd", "cusd", "pcs", "roe", "boces", "rop", "ctc", "cs", "jshs", "r-i", "r-ii", "r-iii"}


def title(name: str) -> str:
    """A district's lower-case name in title case."""
    name = re.sub(r"\bpblc schs$", "public schools", re.sub(r"\bco pblc schs$", "county public schools", name))
    if name != name.lower():
        return name
    words = []
    for number, word in enumerate(name.split()):
        if word in SHORT or re.fullmatch(r"r-[ivx]+", word):
            words.append(word.upper())
        elif word in SMALL and number:
            words.append(word)
        else:
            words.append("-".join(part[:1].upper() + part[1:] for part in word.split("-")))
    return re.sub(r"\bMc([a-z])", lambda m: "Mc" + m.group(1).upper(), " ".join(words))


def save(name: str, table: Iterable[Iterable[Any]]) -> None:
    """Write one table: TSV, gzipped without name or time, so that the same rows give the same bytes."""
    text = "\n".join("\t".join("" if cell is None else str(cell) for cell in row) for row in table)
    buffer = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=buffer, mtime=0) as file:
        file.write(text.encode("utf-8"))
    (OUT / f"{name}.tsv.gz").write_bytes(buffer.getvalue())
    sys.stdout.write(f"{name}: {text.count(chr(10)) + 1} rows, {len(buffer.getvalue()):,} bytes\n")


def main(source: Path) -> None:
    """Compile all three tables."""
    governments = Governments(source)
    save("agencies", agencies(source, governments))
    save("districts", schools(source, governments))
    save("governments", governments.write())


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "data")
