"""Measure name resolution on official lists and on synthetic typing errors.

    python -m tests.quality.resolution [../shared/data] [--errors]

First the distinct (state, agency, county, type) names of the 287(g) workbooks and the rows of ``lists/*.csv``: how many
are resolved, how fast. Then one and two typing errors in county and place names with state and kind known: right,
abstained, wrong, and how often one real name was taken for another (that must be 0).
"""

from __future__ import annotations

import argparse
import csv
import random
import string
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from python_calamine import CalamineWorkbook

from comity.gazetteer import Gazetteer, load
from comity.gazetteer.names import government, squash
from comity.gazetteer.tables import GOVERNMENT
from comity.model import Kind, Resolution

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "data"
KINDS: dict[str, Kind] = {
    "State": "state",
    "Counties": "county",
    "County": "county",
    "Cities": "place",
    "City": "place",
}


def listed(source: Path) -> list[tuple[str, str, str, str, Kind]]:
    """Distinct (state, name, county, type) of the lists in our hands, with the kind that they are printed under."""
    found: set[tuple[str, str, str, str, Kind]] = set()
    for path in sorted((source / "287g").glob("*/*.xlsx")):
        for sheet in CalamineWorkbook.from_path(str(path)).sheet_names:
            rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_name(sheet).to_python()
            header = [str(cell).strip().upper() for cell in rows[0]]
            columns = [header.index(name) for name in ("STATE", "LAW ENFORCEMENT AGENCY", "COUNTY", "TYPE")]
            for row in rows[1:]:
                state, name, county, kind = (str(row[column]) for column in columns)
                if name.strip():
                    found.add((state, name, county, kind, "agency"))
    for path in sorted((source / "lists").glob("*.csv")):
        with path.open(encoding="utf-8-sig") as file:
            for record in csv.DictReader(file):
                found.add((record["state"], record["name_as_printed"], "", record["section"], KINDS[record["section"]]))
    return sorted(found)


def misprints(word: str, chance: random.Random) -> str:
    """The word with one random typing error: a letter wrong, missing, doubled or added, or two swapped."""
    place = chance.randrange(len(word))
    letter = chance.choice(string.ascii_lowercase)
    made = chance.choice(("wrong", "missing", "added", "swapped"))
    if made == "wrong":
        return word[:place] + letter + word[place + 1 :]
    if made == "missing":
        return word[:place] + word[place + 1 :]
    if made == "added":
        return word[:place] + letter + word[place:]
    place = min(place, len(word) - 2)
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def names(gazetteer: Gazetteer, kind: str) -> Iterator[tuple[str, str, str]]:
    """(state, name, id) of the counties or places whose name is theirs alone in the state."""
    seen: Counter[tuple[str, str]] = Counter()
    rows = []
    for row in gazetteer.governments:
        if row[GOVERNMENT["kind"]] in (kind, "county_subdivision" if kind == "place" else kind):
            state = row[0].split("/")[0].split(":")[1]
            seen[state, squash(government(row[1]).base)] += 1
            if row[GOVERNMENT["kind"]] == kind:
                rows.append((state, row))
    for state, row in rows:
        if seen[state, squash(government(row[1]).base)] == 1:
            yield state, row[1], "ocd-division/country:us/" + row[0]


def typed(gazetteer: Gazetteer, kind: Kind, errors: int, count: int, seed: int) -> Counter[str]:
    """Outcomes of names with so many typing errors. ``real``: the error made another real name of the state."""
    chance = random.Random(seed)
    pool = list(names(gazetteer, kind))
    real = {(state, squash(government(name).base)) for state, name, _ in pool}
    counts: Counter[str] = Counter()
    for state, name, id in chance.sample(pool, min(count, len(pool))):
        base = government(name).base if kind == "county" else name.lower()
        tail = name[len(base) :] if kind == "county" else ""
        wrong = base
        for _ in range(errors):
            wrong = misprints(wrong, chance)
        if squash(government(wrong + tail).base) == squash(government(name).base):
            continue
        found = gazetteer.resolve(wrong + tail, state, kind)
        if (state, squash(government(wrong + tail).base)) in real:
            counts["made a real name"] += 1
            continue
        counts["n"] += 1
        counts["right" if found.id == id else found.outcome if found.id is None else "wrong"] += 1
    return counts


def swaps(gazetteer: Gazetteer, kind: Kind) -> int:
    """How many real names, printed as they are, resolve to another entity. Must be 0."""
    return sum(gazetteer.resolve(name, state, kind).id not in (id, None) for state, name, id in names(gazetteer, kind))


def main() -> None:
    """Read the options, measure, print."""
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    options.add_argument("source", nargs="?", type=Path, default=SHARED)
    options.add_argument("--errors", action="store_true", help="print each name that isn't resolved")
    asked = options.parse_args()
    gazetteer = load()
    rows = listed(asked.source)
    results: list[Resolution] = []
    for _ in range(2):
        began = time.perf_counter()
        results = [gazetteer.resolve(name, state, kind) for state, name, _, _, kind in rows]
        taken = time.perf_counter() - began
    outcomes = Counter(result.outcome for result in results)
    share = 100 * outcomes["resolved"] / len(results)
    sys.stdout.write(f"lists: {len(results)} names, {share:.2f} % resolved, {dict(outcomes)}, {1000 * taken:.1f} ms\n")
    if asked.errors:
        for row, result in zip(rows, results, strict=True):
            if result.outcome != "resolved":
                sys.stdout.write(
                    f"  {row[:4]} {result.outcome}: {result.reason} {[c.id for c in result.candidates[:3]]}\n"
                )
    for kind in ("county", "place"):
        for errors in (1, 2):
            counts = typed(gazetteer, kind, errors, 4000, errors)
            shares = {key: f"{100 * value / counts['n']:.2f}" for key, value in sorted(counts.items()) if key != "n"}
            sys.stdout.write(f"{kind}, {errors} typing error(s), {counts['n']} names, per cent: {shares}\n")
        sys.stdout.write(f"{kind}: real names taken for another: {swaps(gazetteer, kind)}\n")


if __name__ == "__main__":
    main()
