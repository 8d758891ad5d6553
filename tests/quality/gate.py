"""All figures of the reader and the gazetteer in one table, and the floors that they may not fall below.

``floors.yml`` holds for each figure its bar (what we aim at), its floor (what CI holds) and the hash of each corpus. A
floor is raised by hand when a figure has risen; it is never lowered: the gate compares it with every earlier version.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from comity import documents, gazetteer, vocabulary
from comity.reading import read
from tests.quality import alignment, attribution, modality, persons, places, resolution, statements, time, voices

HERE = Path(__file__).resolve().parent
GOLDEN = HERE.parent / "golden"
FLOORS = HERE / "floors.yml"
SECOND_TOPIC = "second-amendment-sanctuary"
_CORPUS_OF = {
    "statements.open": "stories",
    "statements.held_out": "held-out",
    "statements.everyday": "everyday",
    "statements.second_topic": "second-amendment",
    "off_topic.clean": "off-topic",
    "alignment.annotated": "groups",
    "alignment.read": "groups",
    "voices.right": "voices",
    "voices.own_voice_wrongly": "voices",
    "voices.uncertain": "voices",
    "voices.held_out": "voices",
}
CORPORA = (
    "stories",
    "held-out",
    "everyday",
    "off-topic",
    "second-amendment",
    "time",
    "modality",
    "groups",
    "persons",
    "voices",
)
_STORIES = {
    "stories": "open",
    "held-out": "held_out",
    "everyday/stories": "everyday",
    "everyday/held-out": "everyday.held_out",
}


def floors() -> dict[str, Any]:
    """The gate's file: ``figures`` (name to bar, floor, best) and ``corpora`` (name to hash)."""
    data: dict[str, Any] = yaml.safe_load(FLOORS.read_text(encoding="utf-8"))
    return data


def corpus_hash(name: str) -> str:
    """SHA-256 over names and bytes of a golden corpus, in the order of the names."""
    digest = hashlib.sha256()
    folder = GOLDEN / name
    for path in sorted(each for each in folder.rglob("*") if each.is_file()):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def own_figures() -> dict[str, float]:
    """What is measured on the project's own corpora, in per cent."""
    found = {**time.figures(Path("nowhere")), **modality.figures(), **alignment.figures(), **persons.figures()}
    found |= voices.figures()
    for folder, name in _STORIES.items():
        counted = statements.measure(GOLDEN / folder)
        found |= {
            f"statements.{name}.f1": 100 * counted.f1,
            f"statements.{name}.precision": 100 * counted.precision,
            f"statements.{name}.recall": 100 * counted.recall,
            f"statements.{name}.attribution": 100 * counted.share("attribution"),
            f"statements.{name}.modality": 100 * counted.share("modality"),
            f"statements.{name}.time": 100 * counted.share("time"),
            f"statements.{name}.own_voice_wrongly": 100 * counted.in_own_voice / max(1, counted.sourced),
            f"statements.{name}.uncertain": 100 * counted.uncertain / max(1, counted.found),
        }
    second = statements.measure(GOLDEN / "second-amendment", topic_name=SECOND_TOPIC)
    found["statements.second_topic.f1"] = 100 * second.f1
    found["off_topic.clean"] = clean_share(sorted((GOLDEN / "off-topic").glob("*.txt")))
    return found


def shared_figures(shared: Path) -> dict[str, float]:
    """What is measured on the corpora beside the project, in per cent."""
    scores = attribution.measure(shared / "data/polnear/dev")
    found = {
        "attribution.token_f1": scores.token[2],
        "attribution.exact_f1": scores.exact[2],
        "attribution.right_source": scores.right_source,
    }
    counts = places.given_spans(places.stories(shared / "data"), show=False)
    found |= {f"places.{kind}": 100 * counts[f"{kind}:right"] / counts[f"{kind}:n"] for kind in ("all", "county")}
    found |= {name: value for name, value in time.figures().items() if name.startswith("time.gum")}
    known = gazetteer.load()
    rows = resolution.listed(shared / "data")
    outcomes = [known.resolve(name, state, kind).outcome for state, name, _, _, kind in rows]
    found["resolution.lists"] = 100 * outcomes.count("resolved") / len(outcomes)
    topical = re.compile(r"sanctuary|287\(g\)|detainer|Immigration and Customs|deport", re.IGNORECASE)
    dev = sorted((shared / "data/polnear/dev/text").glob("*.txt"))
    found["off_topic.polnear"] = clean_share(
        [path for path in dev if not topical.search(path.read_text(encoding="utf-8", errors="replace"))]
    )
    return found


def clean_share(paths: list[Path]) -> float:
    """The share of files from which no statement is read, in per cent."""
    topic, known = vocabulary.load(), gazetteer.load()
    clean = sum(not read(documents.load(path), topic, known).statements for path in paths)
    return 100 * clean / max(1, len(paths))


def fallen(measured: Mapping[str, float]) -> dict[str, tuple[float, float]]:
    """The measured figures that are worse than their floor: name to (figure, floor)."""
    kept = floors()["figures"]
    result = {}
    for name, value in measured.items():
        if name not in kept:
            continue
        floor = float(kept[name]["floor"])
        low_is_good = kept[name].get("best") == "low"
        if (value > floor) if low_is_good else (value < floor):
            result[name] = (round(value, 2), floor)
    return result


def lowered() -> list[str]:
    """The floors that are weaker than in an earlier version of the file, by the project's history.

    Figures of a golden corpus are compared only while the corpus is the same: a new corpus sets new floors, and its
    new hash shows in the same change.
    """
    path = FLOORS.relative_to(HERE.parents[1]).as_posix()
    now = floors()
    weaker = set()
    for commit in _git("log", "--format=%H", "--", FLOORS.name).split():
        try:
            earlier = yaml.safe_load(_git("show", f"{commit}:{path}")) or {}
        except yaml.YAMLError:
            continue  # a version that is no YAML held no floors; those before it still count
        for name, kept in (earlier.get("figures") or {}).items():
            corpus = _CORPUS_OF.get(".".join(name.split(".")[:2]))
            if corpus and earlier["corpora"][corpus] != now["corpora"][corpus]:
                continue
            if name not in now["figures"]:
                weaker.add(f"{name} is gone")
            elif _weaker(float(now["figures"][name]["floor"]), float(kept["floor"]), kept.get("best") == "low"):
                weaker.add(f"{name}: {kept['floor']} lowered to {now['figures'][name]['floor']}")
    return sorted(weaker)


def _git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=HERE, capture_output=True, text=True, check=False).stdout


def _weaker(now: float, earlier: float, low_is_good: bool) -> bool:
    return now > earlier if low_is_good else now < earlier
