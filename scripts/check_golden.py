"""Checks the golden stories against docs/annotation.md, and counts what they hold.

Run ``python scripts/check_golden.py [FOLDER] [--texts TEXTS]`` after writing or changing stories (default
``tests/golden/stories``). With ``--texts`` the annotations of FOLDER are of the texts in the folder TEXTS: a second
annotation needs no copies, nor must it cover every text.
Prints one line a fault (file, field, what is wrong) and exits 1 if there are any. ``resolve`` and ``span`` are the
rules by which the exact words of an annotation become offsets; what measures a reader against the stories uses them.
"""

from __future__ import annotations

import argparse
import csv
import datetime
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any

import yaml

from comity.errors import ComityError

Pair = tuple[int, int]
Knows = Callable[[str], bool]

STYLES = frozenset(
    [
        "wire",
        "metro",
        "weekly",
        "radio",
        "partisan-left",
        "partisan-right",
        "release",
        "minutes",
        "school-notice",
        "opinion",
        "live-blog",
        "content-farm",
        "copy",
        "correction",
        "story-of-story",
        "tv",
        "statehouse",
        "city-notice",
    ]
)
STATES = frozenset(
    [
        "AL",
        "AK",
        "AZ",
        "AR",
        "CA",
        "CO",
        "CT",
        "DE",
        "DC",
        "FL",
        "GA",
        "HI",
        "ID",
        "IL",
        "IN",
        "IA",
        "KS",
        "KY",
        "LA",
        "ME",
        "MD",
        "MA",
        "MI",
        "MN",
        "MS",
        "MO",
        "MT",
        "NE",
        "NV",
        "NH",
        "NJ",
        "NM",
        "NY",
        "NC",
        "ND",
        "OH",
        "OK",
        "OR",
        "PA",
        "RI",
        "SC",
        "SD",
        "TN",
        "TX",
        "UT",
        "VT",
        "VA",
        "WA",
        "WV",
        "WI",
        "WY",
        "PR",
        "GU",
        "VI",
        "AS",
        "MP",
    ]
)


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


POLARITIES = _set("affirmed negated")
MODALITIES = _set("actual planned possible required hypothetical")
VOICES = _set("own attributed uncertain")
POLICY_KINDS = _set(
    "status_inquiry_limit detainer_limit information_sharing_limit facility_access_limit jail_access_limit "
    "resource_limit detainer_mandate information_sharing_mandate agreement_mandate cooperation_mandate "
    "local_limit_ban other"
)
# Slot -> its fixed set; () for a number; None for exact words of the text (a string, or a list where LISTS says so).
SLOTS: dict[str, dict[str, frozenset[str] | tuple[()] | None]] = {
    "designation": {"authority": None, "list": None, "status": _set("listed not_listed removed"), "legal_basis": None},
    "policy": {
        "kind": POLICY_KINDS,
        "action": _set("adopted in_force proposed rejected rescinded"),
        "instrument": None,
        "citation": None,
        "adopted_by": None,
    },
    "agreement": {
        "program": None,
        "model": _set("jail_enforcement task_force warrant_service"),
        "action": _set("signed in_force pending ended rejected"),
        "signed": None,
    },
    "funding": {
        "action": _set("threatened withheld conditioned restored blocked_by_court"),
        "program": None,
        "amount_usd": (),
        "authority": None,
        "deadline": None,
    },
    "detention": {"facility": None, "count": (), "per_diem_usd": (), "action": _set("holds transferred ended")},
    "notice": {
        "sender": None,
        "kind": _set("noncompliance_notice demand_letter records_request subpoena"),
        "demands": None,
        "deadline": None,
        "removal_path": None,
    },
    "legal_action": {
        "action": _set("filed ruled enjoined dismissed appealed settled"),
        "court": None,
        "case": None,
        "docket": None,
        "plaintiff": None,
        "defendant": None,
    },
    "protest": {
        "action": _set("held planned"),
        "size_low": (),
        "size_high": (),
        "target": None,
        "demand": None,
        "organizer": None,
    },
    "list_event": {"list": None, "action": _set("published updated withdrawn will_update"), "count": ()},
    "demand": {"by": None, "what": None},
    "response": {"kind": _set("disputes accepts complies no_comment not_yet_responded other")},
    "characterization": {"label": None, "by": None},
}
NEEDED = {
    "designation": ("status",),
    "policy": ("kind", "action"),
    "agreement": ("program", "action"),
    "funding": ("action",),
    "detention": ("action",),
    "notice": ("kind",),
    "legal_action": ("action",),
    "protest": ("action",),
    "list_event": ("list", "action"),
    "demand": ("what",),
    "response": ("kind",),
    "characterization": ("label",),
}
LISTS = {("protest", "demand"), ("notice", "demands")}
# Values that the guide lets an annotator normalise: these words need not stand in the text.
NORMALISED = {
    ("designation", "list"): {"sanctuary jurisdictions"},
    ("list_event", "list"): {"sanctuary jurisdictions"},
    ("agreement", "program"): {"287(g)"},
    ("characterization", "by"): {"self"},
}
EDTF = re.compile(
    r"(\.\./)?\d{4}(-\d{2}(-\d{2})?)?|\d{3}[\dX]|\d{2}XX|\d{4}(-\d{2}(-\d{2})?)?(/(\d{4}(-\d{2}(-\d{2})?)?|\.\.)?)?|\d{4}-2[1-4]"
)
FORM = "paragraphs on lines of their own, one empty line between them, one line end at the end"
CLOSING = "\"”’')]"


def occurrences(text: str, words: str) -> list[Pair]:
    """Where ``words`` stand in ``text``, not inside longer words."""
    pattern = (r"\b" if words[:1].isalnum() else "") + re.escape(words) + (r"\b" if words[-1:].isalnum() else "")
    return [(m.start(), m.end()) for m in re.finditer(pattern, text)]


def span(text: str, given: str | dict[str, Any], near: Pair | None = None) -> Pair:
    """The offsets of a span given by its exact words, or by ``{text, at}``.

    Without ``at``, words that stand more than once mean the occurrence nearest to ``near`` (the content of the
    attribution), and are an error where there is nothing to be near to. Raises ValueError.
    """
    words: str = given if isinstance(given, str) else given["text"]
    at: int | None = None if isinstance(given, str) else given.get("at")
    found = occurrences(text, words)
    if not found:
        raise ValueError(f"not in the text: {words!r}")
    if at is not None:
        if not 1 <= at <= len(found):
            raise ValueError(f"at: {at}, but it stands {len(found)} times: {words!r}")
        return found[at - 1]
    if len(found) == 1:
        return found[0]
    if near is None:
        raise ValueError(f"stands {len(found)} times, say at: {words!r}")
    left, right = near
    return min(found, key=lambda pair: (max(left - pair[1], pair[0] - right, 0), pair[0]))


def resolve(text: str, attribution: dict[str, Any]) -> dict[str, list[Pair]]:
    """The spans of one attribution: ``source``, ``cue`` and ``content``, each a list of offsets. Raises ValueError."""
    content = [span(text, given) for given in _as_list(attribution.get("content"))]
    near = (min(s for s, _ in content), max(e for _, e in content)) if content else None
    cue = [span(text, given, near) for given in _as_list(attribution.get("cue"))]
    source = [span(text, given, cue[0] if cue else near) for given in _as_list(attribution.get("source"))]
    return {"source": source, "cue": cue, "content": content}


def _as_list(given: Any) -> list[Any]:
    return [] if given is None else list(given) if isinstance(given, list) else [given]


def whole_sentence(text: str, start: int, end: int) -> bool:
    """Whether a span begins where a sentence may begin and ends where one may end."""
    before = text[:start].rstrip(" ")
    begins = (
        not before or before[-1] == "\n" or (before.rstrip(CLOSING)[-1:] in set(".?!:;…") and before != text[:start])
    )
    after = text[end:]
    ends = not after.strip() or after.lstrip(" ").startswith("\n")
    body = text[start:end].rstrip(CLOSING)
    return begins and (ends or (body[-1:] in set(".?!:;…") and after[0] == " "))


def statement_faults(text: str, statement: dict[str, Any]) -> Iterator[str]:
    """What is wrong with one statement."""
    predicate = statement.get("predicate")
    if predicate not in SLOTS:
        yield f"predicate {predicate!r}"
        return
    unknown = set(statement) - {
        "predicate", "subject", "value", "polarity", "modality", "voice", "attribution", "time", "evidence",
    }  # fmt: skip
    if unknown:
        yield f"unknown fields {sorted(unknown)}"
    subject = statement.get("subject") or {}
    if not subject.get("name") or subject["name"] not in text:
        yield f"subject not in the text: {subject.get('name')!r}"
    if "id" not in subject:
        yield "subject without id (null where the text doesn't settle it)"
    yield from _value_faults(text, predicate, statement.get("value") or {})
    for name, known in (("polarity", POLARITIES), ("modality", MODALITIES), ("voice", VOICES)):
        if statement.get(name) not in known:
            yield f"{name} {statement.get(name)!r}"
    yield from _chain_faults(text, statement)
    yield from _time_faults(text, statement.get("time"))
    try:
        start, end = span(text, statement.get("evidence") or "")
        if not whole_sentence(text, start, end):
            yield f"evidence is no whole sentence: {text[start:end]!r}"
    except ValueError as error:
        yield f"evidence {error}"


def _value_faults(text: str, predicate: str, value: dict[str, Any]) -> Iterator[str]:
    slots = SLOTS[predicate]
    for name in NEEDED[predicate]:
        if value.get(name) is None:
            yield f"{predicate} without {name}"
    for name, given in value.items():
        if name not in slots:
            yield f"{predicate} has no slot {name}"
            continue
        known = slots[name]
        if known is None:
            if isinstance(given, list) != ((predicate, name) in LISTS):
                yield f"{predicate}.{name} is {'a list' if (predicate, name) in LISTS else 'one string'}: {given!r}"
            for words in _as_list(given):
                free = name in {"signed", "deadline"} and EDTF.fullmatch(str(words))
                if not free and words not in NORMALISED.get((predicate, name), ()) and str(words) not in text:
                    yield f"{predicate}.{name} not in the text: {words!r}"
        elif known == ():
            if isinstance(given, bool) or not isinstance(given, int | float):
                yield f"{predicate}.{name} is a number: {given!r}"
        elif given not in known:
            yield f"{predicate}.{name} {given!r} is none of {sorted(known)}"


def _chain_faults(text: str, statement: dict[str, Any]) -> Iterator[str]:
    chain = statement.get("attribution") or []
    if statement.get("voice") == "attributed" and not chain:
        yield "attributed, but no chain"
    if statement.get("voice") == "own" and chain:
        yield "own voice, but a chain"
    for link in chain:
        if set(link) != {"source", "named", "cue", "direct"}:
            yield f"a link has source, named, cue, direct: {link}"
            continue
        for name in ("source", "cue"):
            if link[name] is not None and link[name] not in text:
                yield f"{name} of a link not in the text: {link[name]!r}"


def _time_faults(text: str, time: dict[str, Any] | None) -> Iterator[str]:
    if time is None:
        return
    if time.get("text") not in (None, "") and time["text"] not in text:
        yield f"time not in the text: {time['text']!r}"
    if not time.get("text"):
        yield "time without its words"
    edtf = time.get("edtf")
    if edtf is not None and not EDTF.fullmatch(str(edtf)):
        yield f"edtf {edtf!r}"


def story_faults(text: str, story: dict[str, Any], known: Knows | None = None) -> Iterator[str]:
    """What is wrong with one story; ``known(id)`` says whether the gazetteer holds an id."""
    yield from _header_faults(story)
    if malformed(text):
        yield FORM
    words = len(text.split())
    if not 120 <= words <= 750:
        yield f"{words} words"
    for number, attribution in enumerate(story.get("attributions") or [], 1):
        if set(attribution) != {"source", "cue", "content"} or not attribution["cue"] or not attribution["content"]:
            yield f"attribution {number}: fields are source, cue, content; cue and content are needed"
            continue
        try:
            resolve(text, attribution)
        except (ValueError, KeyError, IndexError) as error:
            yield f"attribution {number}: {error}"
    seen = set()
    for number, statement in enumerate(story.get("statements") or [], 1):
        for fault in statement_faults(text, statement):
            yield f"statement {number}: {fault}"
        entity = (statement.get("subject") or {}).get("id")
        if known is not None and entity is not None and not known(entity):
            yield f"statement {number}: no such entity: {entity}"
        key = repr({k: v for k, v in statement.items() if k != "time"})
        if key in seen:
            yield f"statement {number}: given twice"
        seen.add(key)


def _header_faults(story: dict[str, Any]) -> Iterator[str]:
    if story.get("synthetic") is not True:
        yield "synthetic must be true"
    if story.get("style") not in STYLES:
        yield f"style {story.get('style')!r}"
    if not story.get("publisher"):
        yield "publisher missing"
    elif story["publisher"] in real_outlets():
        yield f"a real outlet: {story['publisher']}"
    for name in ("published", "home_state", "group"):
        if name not in story:
            yield f"{name} missing (null where there is none)"
    if story.get("published") is not None and not isinstance(story["published"], datetime.date):
        yield f"published {story['published']!r} is no day"
    if story.get("home_state") is not None and story["home_state"] not in STATES:
        yield f"home_state {story['home_state']!r}"


def malformed(text: str) -> bool:
    """Whether a text breaks the form of stories: paragraphs on lines of their own, an empty line between them."""
    broken = re.search(r"[\r\t]| \n|\n |[^\n]\n[^\n]|\n\n\n", text.strip())
    return broken is not None or text != text.strip() + "\n"


@lru_cache(maxsize=1)
def real_outlets() -> frozenset[str]:
    """The publishers that the project knows as real: no invented story may be set there."""
    table = Path(__file__).parents[1] / "src/comity/data/outlets/outlets.csv"
    if not table.exists():
        return frozenset()
    with table.open(encoding="utf-8", newline="") as lines:
        return frozenset(row["publisher"] for row in csv.DictReader(lines) if row.get("publisher"))


def gazetteer_knows() -> Knows | None:
    """A test whether an id is in the gazetteer, or None while there is no gazetteer."""
    try:
        gazetteer = import_module("comity.gazetteer").load()
    except (ImportError, AttributeError, OSError, ComityError):
        return None
    return lambda entity: gazetteer.entity(entity) is not None


def off_topic(folder: Path) -> int:
    """Check a folder of near misses, which have no annotation: form, length, no text given twice."""
    faults, words = 0, 0
    seen: set[str] = set()
    for path in sorted(folder.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        count = len(text.split())
        words += count
        for wrong, why in (
            (malformed(text), FORM),
            (not 80 <= count <= 250, f"{count} words"),
            (text in seen, "given twice"),
        ):
            if wrong:
                print(f"{path}: {why}")
                faults += 1
        seen.add(text)
    print(f"{len(seen)} stories off the topic, {words} words\n{faults} faults")
    return 1 if faults else 0


def main(arguments: list[str]) -> int:
    """Check a folder, print the faults and the counts; 1 where there are faults."""
    parser = argparse.ArgumentParser(description="Checks golden stories against docs/annotation.md.")
    parser.add_argument("folder", nargs="?", type=Path, default=Path("tests/golden/stories"))
    parser.add_argument("--texts", type=Path, help="where the texts are, if not beside the annotations")
    given = parser.parse_args(arguments)
    return check(given.folder, given.texts)


def check(folder: Path, beside: Path | None = None) -> int:
    """Check the annotations of a folder and their texts (in ``beside``, else in the same folder)."""
    known = gazetteer_knows()
    faults = 0
    counts: dict[str, Counter[str]] = {
        name: Counter() for name in ("style", "home_state", "predicate", "voice", "modality", "polarity", "group")
    }
    totals: Counter[str] = Counter()
    source = beside or folder
    sheets = {path.stem for path in folder.glob("*.yml")}
    texts = {path.stem for path in source.glob("*.txt") if beside is None or path.stem in sheets}
    if texts and not sheets:
        return off_topic(folder)
    for name in sorted(texts ^ sheets):
        print(f"{folder / name}: {'.txt' if name in sheets else '.yml'} missing")
        faults += 1
    for name in sorted(texts & sheets):
        text = (source / f"{name}.txt").read_text(encoding="utf-8")
        try:
            story = yaml.safe_load((folder / f"{name}.yml").read_text(encoding="utf-8"))
        except yaml.YAMLError as error:
            print(f"{folder / name}.yml: {error}")
            faults += 1
            continue
        for fault in story_faults(text, story, known):
            print(f"{folder / name}: {fault}")
            faults += 1
        for field in ("style", "home_state", "group"):
            counts[field][str(story.get(field))] += 1
        totals["stories"] += 1
        totals["words"] += len(text.split())
        totals["attributions"] += len(story.get("attributions") or [])
        for statement in story.get("statements") or []:
            totals["statements"] += 1
            for field in ("predicate", "voice", "modality", "polarity"):
                counts[field][str(statement.get(field))] += 1
    print(", ".join(f"{value} {key}" for key, value in totals.items()) or "no stories")
    for field, counter in counts.items():
        print(f"{field} ({len(counter)}): " + ", ".join(f"{key} {value}" for key, value in counter.most_common()))
    print("gazetteer: " + ("ids checked" if known else "not there, ids not checked"))
    print(f"{faults} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
