"""How fast lists are resolved, matched and recorded, and how well names are resolved, as ratios in one run.

    python benchmarks/lists.py [FOLDER] [--write docs/benchmarks-lists.md]

Needs the captures of ``FOLDER/data/287g`` (``../shared`` beside the project) and, for the second table, splink with its
DuckDB backend (a development dependency; without it that table is left out). The hand-checked names are those of
tests/gazetteer/names_of_lists.csv.
"""

from __future__ import annotations

import argparse
import csv
import importlib.util
import logging
import platform
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl

from comity import gazetteer, pipeline_editions, vocabulary
from comity.documents import load
from comity.gazetteer import Gazetteer
from comity.gazetteer.tables import AGENCY
from comity.lists import definition, edition
from comity.lists.columns import found_in
from comity.lists.history import history
from comity.lists.rows import forget
from comity.model import Document, Publication
from comity.pipeline import Input
from comity.register import Correction, Ending, ListChanges, Register, Succession, rules_of

ROOT = Path(__file__).resolve().parents[1]
NAME = "us-287g-participating"
ROUNDS = 3
EDITIONS = (5, 20, 40, 80)
Names = Sequence[tuple[str, str]]  # state as printed, name as printed


def timed(task: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The median of the rounds, in seconds."""
    taken = []
    for _ in range(rounds):
        start = time.perf_counter()
        task()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


# --- editions --------------------------------------------------------------------------------------------------


def by_openpyxl(files: Sequence[Path]) -> int:
    """All cells and links of the files, by openpyxl alone."""
    count = 0
    for file in files:
        book = openpyxl.load_workbook(file)
        for sheet in book.worksheets:
            for row in sheet.iter_rows():
                count += sum(1 for cell in row if cell.value or cell.hyperlink)
    return count


def stages(documents: Sequence[Document], known: Gazetteer) -> tuple[float, float, float]:
    """Seconds to resolve, match and record all editions, from documents in memory, nothing remembered."""
    about = definition(NAME)
    forget()
    start = time.perf_counter()
    editions = [edition(document, about, known) for document in documents]
    resolved = time.perf_counter()
    told = history(editions)
    matched = time.perf_counter()
    by_id = {document.capture.sha256: document for document in documents}
    with tempfile.TemporaryDirectory() as folder:
        rules = rules_of(vocabulary.load(about.topic).predicates)
        with Register.open(Path(folder) / "comity.db", rules=rules) as register:
            opened = time.perf_counter()
            for step in told.steps:
                changed = ListChanges(
                    corrected=[Correction(item.old, item.new, item.kind) for item in step.corrected],
                    updated=[Succession(item.old, item.new, item.at, item.kind) for item in step.updated],
                    ended=[Ending(item.statement, item.at, item.kind) for item in step.ended],
                )
                register.record_edition(step.edition, by_id[step.edition.id.removeprefix("sha256:")], changed)
            recorded = time.perf_counter()
    return resolved - start, matched - resolved, recorded - opened


def one_more(files: Sequence[Path], at: Sequence[int]) -> dict[int, float]:
    """Seconds of processor time to add an edition alone, by how many there are with it.

    Once the captures are used up, the last three come again as editions of later days.
    """
    taken = {}
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        rules = rules_of(vocabulary.load(definition(NAME).topic).predicates)
        with Register.open(folder / "comity.db", rules=rules) as register:
            for number in range(1, max(at) + 1):
                file = files[number - 1] if number <= len(files) else _later(files[-1 - number % 3], folder, number)
                start = time.process_time()
                list(pipeline_editions.add(register, NAME, [Input(str(file), Publication())]))
                taken[number] = time.process_time() - start
    return {number: statistics.median(taken[each] for each in (number - 1, number)) for number in at}


def _later(file: Path, folder: Path, number: int) -> Path:
    """A copy of a capture under the name and in the folder of a later day."""
    day = date(2025, 8, 1) + timedelta(days=number)
    copy = folder / f"{day:%Y%m%d}_150000" / f"participatingAgencies{day:%m%d%Y}pm.xlsx"
    copy.parent.mkdir()
    return Path(shutil.copy(file, copy))


# --- names -----------------------------------------------------------------------------------------------------


def by_comity(names: Names, known: Gazetteer) -> dict[tuple[str, str], str | None]:
    """Every name resolved, abstentions as None."""
    return {(state, name): known.resolve(name, state=state, kind="agency").id for state, name in names}


def _plain(text: str) -> str:
    return text.lower().replace("'", "").replace("’", "").replace(".", "")


def by_splink(
    names: Names, known: Gazetteer, reference: Sequence[tuple[str, str, str]]
) -> dict[tuple[str, str], str | None]:
    """Every name linked to its most probable agency of its state, by Splink's model on DuckDB; None below one half."""
    import pyarrow as pa  # type: ignore[import-untyped,import-not-found,unused-ignore]  # noqa: PLC0415
    import splink.comparison_library as cl  # type: ignore[import-not-found,unused-ignore]  # noqa: PLC0415
    from splink import Linker, SettingsCreator, block_on  # type: ignore[import-not-found,unused-ignore]  # noqa: PLC0415
    from splink.backends.duckdb import DuckDBAPI  # type: ignore[import-not-found,unused-ignore]  # noqa: PLC0415

    states = {state: _state(state, known) for state, _ in names}
    left = [(f"{state}|{name}", states[state], name) for state, name in names]
    api: Any = DuckDBAPI()

    def registered(rows: Sequence[tuple[str, str, str]], name: str) -> Any:
        table = {
            "unique_id": [row[0] for row in rows],
            "state": [row[1] for row in rows],
            "name": [_plain(row[2]) for row in rows],
            "first_word": [_plain(row[2]).split(" ")[0] for row in rows],
        }
        return api.register(pa.table(table), dataset_display_name=name)

    settings = SettingsCreator(
        link_type="link_only",
        comparisons=[cl.JaroWinklerAtThresholds("name", [0.97, 0.92, 0.88]), cl.ExactMatch("first_word")],
        blocking_rules_to_generate_predictions=[block_on("state")],
        probability_two_random_records_match=1 / 18000,
    )
    linker: Any = Linker([registered(left, "printed"), registered(reference, "reference")], settings, log_level=None)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("state", "first_word"))
    found = linker.inference.predict(threshold_match_probability=0.5).as_record_list()
    best: dict[str, tuple[float, str]] = {}
    for row in found:
        ids = {row["source_dataset_l"]: row["unique_id_l"], row["source_dataset_r"]: row["unique_id_r"]}
        rival = (row["match_probability"], ids["reference"])
        best[ids["printed"]] = max(best.get(ids["printed"], (0.0, "")), rival)
    return {(state, name): best[f"{state}|{name}"][1] if f"{state}|{name}" in best else None for state, name in names}


def _state(printed: str, known: Gazetteer) -> str:
    entity = known.resolve(printed, kind="state")
    found = known.entity(entity.id) if entity.id else None
    return (found.state if found else None) or printed


def accuracy(found: dict[tuple[str, str], str | None], truth: dict[tuple[str, str], str]) -> tuple[float, float]:
    """Shares of the hand-checked names that were given the right id, and a wrong one."""
    right = sum(found[key] == (identity or None) for key, identity in truth.items())
    wrong = sum(found[key] is not None and found[key] != identity for key, identity in truth.items())
    return right / len(truth), wrong / len(truth)


# --- tables ----------------------------------------------------------------------------------------------------


def editions_table(files: Sequence[Path], known: Gazetteer) -> list[str]:
    documents = [load(file) for file in files]
    rows = sum(len(table.rows) for document in documents for table in document.tables)
    floor = timed(lambda: by_openpyxl(files), 3)
    parts = [stages(documents, known) for _ in range(ROUNDS)]
    resolve, matched, record = (statistics.median(part[index] for part in parts) for index in range(3))
    total = resolve + matched + record
    return [
        f"{len(files)} editions of `{NAME}`, {rows:,} rows; medians of {ROUNDS} rounds, one process.",
        "",
        "| step | seconds | of openpyxl's reading |",
        "|---|---|---|",
        f"| openpyxl reads the files | {floor:.2f} | 1.00 |",
        f"| cells read, names resolved | {resolve:.2f} | {resolve / floor:.2f} |",
        f"| editions matched, changes told | {matched:.2f} | {matched / floor:.2f} |",
        f"| recorded on SQLite | {record:.2f} | {record / floor:.2f} |",
        f"| **resolved, matched and recorded** | {total:.2f} | **{total / floor:.2f}** |",
    ]


def more_table(files: Sequence[Path]) -> list[str]:
    taken = one_more(files, EDITIONS)
    return [
        "`comity list add` with one file, which reads, matches and records it; processor time.",
        "",
        "| editions | seconds | of the fifth |",
        "|---|---|---|",
        *(f"| {number} | {taken[number]:.2f} | {taken[number] / taken[EDITIONS[0]]:.1f} |" for number in EDITIONS),
    ]


def names_table(newest: Path, known: Gazetteer) -> list[str]:
    head, *rows = load(newest).tables[0].rows
    at = found_in(tuple(cell.text for cell in head.cells), definition(NAME))
    names = sorted({(row.cells[at["state"]].text, row.cells[at["agency"]].text) for row in rows})
    with (ROOT / "tests" / "gazetteer" / "names_of_lists.csv").open(encoding="utf-8", newline="") as file:
        truth = {(row["state"], row["name"]): row["id"] for row in csv.DictReader(file) if row["kind"] == "agency"}
    checked = sorted(truth)
    for state in sorted({state for state, _ in names}):  # a state's tables are indexed at its first unknown name
        known.resolve("Nobody Anywhere Police Department", state=state, kind="agency")
    ours = timed(lambda: by_comity(names, known), 1)  # each name is seen for the first time: later rounds remember it
    right, wrong = accuracy(by_comity(checked, known), truth)
    lines = [
        f"The newest edition's {len(names)} distinct names; right and wrong among {len(truth)} hand-checked names.",
        "",
        "| method | names/s | ratio | right | wrong id |",
        "|---|---|---|---|---|",
        f"| `resolve`, each name for the first time | {len(names) / ours:,.0f} | 1 | {right:.1%} | {wrong:.1%} |",
    ]
    if importlib.util.find_spec("splink") is None:
        return [*lines, "", "Splink isn't installed here: not compared."]
    # Splink gets what the gazetteer has: every agency, and every body that the hand-checked names mean.
    reference = [
        (identity, row[AGENCY["state"]].upper(), row[AGENCY["name"]])
        for identity, row in known.agencies.items()
        if row[AGENCY["kind"]] == "agency" and row[AGENCY["name"]]
    ]
    there = {identity for identity, _, _ in reference}
    for identity in sorted({*truth.values()} - there - {""}):
        if (entity := known.entity(identity)) is not None:
            reference.append((identity, entity.state or "", entity.name))
    theirs = timed(lambda: by_splink(names, known, reference), 3)
    right, wrong = accuracy(by_splink(checked, known, reference), truth)
    version = importlib.import_module("splink").__version__
    return [
        *lines,
        f"| Splink {version}, DuckDB (blocking on state, Jaro-Winkler on name, first word; trained in the run) | "
        f"{len(names) / theirs:,.0f} | 1/{theirs / ours:,.0f} | {right:.1%} | {wrong:.1%} |",
    ]


def main() -> None:
    """Prints the tables, and writes them where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--write", type=Path, help="write the tables to this Markdown file")
    given = parser.parse_args()
    logging.disable(logging.CRITICAL)
    files = sorted((given.folder / "data" / "287g").glob("*/participating*.xlsx"))
    if not files:
        sys.exit(f"no captures under {given.folder / 'data' / '287g'}")
    known = gazetteer.load()
    known.resolve("Bay County Sheriff's Office", state="FL", kind="agency")  # the tables are read once a process
    names = names_table(files[-1], known)  # first, while no name is remembered
    text = "\n".join(
        [
            "# Benchmarks: official lists",
            "",
            "Printed by `python benchmarks/lists.py --write docs/benchmarks-lists.md`. Read the ratios: machines "
            f"differ. (Python {platform.python_version()}, openpyxl {openpyxl.__version__}.)",
            "",
            "## Editions",
            *editions_table(files, known),
            "",
            "## One more edition",
            *more_table(files),
            "",
            "## Names",
            *names,
            "",
        ]
    )
    print(text)
    if given.write:
        given.write.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
