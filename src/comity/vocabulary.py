"""Topics and language data: loads and validates the YAML under ``data/``.

Use :func:`load` for a topic's predicates, slots, rules and concepts, and :func:`language` for the lexicons of English
that all topics share. What doesn't hold raises :class:`~comity.errors.VocabularyError` naming file, line and key.
``Vocabulary.version`` is a hash over the topic and the language files: it changes when any wording does.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

from comity.declarations import Predicate, Rule, Slot, declared
from comity.errors import VocabularyError
from comity.one_fact import OneFact
from comity.yamlfile import Node, data_text, parse_yaml

__all__ = [
    "Concept",
    "OneFact",
    "Predicate",
    "Rule",
    "Slot",
    "Vocabulary",
    "data_text",
    "language",
    "load",
    "loads",
    "parse_yaml",
    "topics",
]


@dataclass(frozen=True, slots=True)
class Concept:
    """One notion of the topic and the wordings of all sides for it."""

    name: str
    label: str
    wordings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A topic, validated. ``version`` is ``topic@`` and twelve hex digits.

    ``weights`` is the file of what is learned for it (see :mod:`comity.reading.learned`); None where rules read alone.
    """

    topic: str
    title: str
    version: str
    gate: str
    near_misses: tuple[str, ...]
    papers: re.Pattern[str] | None  # official documents as texts name them; None where the topic has none
    groups: Mapping[str, str]
    normal: Mapping[str, tuple[tuple[str, str], ...]]
    concepts: Mapping[str, Concept]
    predicates: Mapping[str, Predicate]
    under_way: tuple[str, ...] = ()  # patterns of sentences that say where enforcement is just now: never published
    weights: Path | None = None

    @property
    def facets(self) -> Mapping[str, tuple[str, ...]]:
        """Predicate name to the slots of its facet, as the register takes it."""
        return {name: predicate.facet for name, predicate in self.predicates.items()}


# --- files -----------------------------------------------------------------------------------------------------


def topics() -> tuple[str, ...]:
    """The names of the bundled topics, sorted."""
    folder = resources.files("comity").joinpath("data", "topics")
    return tuple(sorted(item.name[:-4] for item in folder.iterdir() if item.name.endswith(".yml")))


@lru_cache(maxsize=32)
def language(name: str) -> Mapping[str, Any]:
    """The lexicon ``data/language/NAME.yml``: cue words and patterns of English, shared by all topics.

    Raises VocabularyError where the file is missing or isn't a mapping.
    """
    where = f"language/{name}.yml"
    data, lines = parse_yaml(data_text(where), where)
    return Node(data, (), lines, where).data


def _language_hash() -> str:
    folder = resources.files("comity").joinpath("data", "language")
    digest = hashlib.sha256()
    for item in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if item.name.endswith(".yml"):
            digest.update(item.name.encode() + b"\0" + item.read_bytes())
    return digest.hexdigest()


# --- topics ----------------------------------------------------------------------------------------------------

_GROUP = re.compile(r"%(\w+)")


def _check_groups(root: Node, vocabulary: Vocabulary) -> None:
    """Every ``%group`` that a pattern names must exist."""
    for predicate in vocabulary.predicates.values():
        patterns = [
            (rule.id, text)
            for rule in predicate.rules
            for text in (rule.trigger, *rule.first, *rule.needs, *rule.unless)
        ]
        patterns += [("unlearned", text) for text in predicate.unlearned]
        patterns += [(slot.name, text) for slot in predicate.slots.values() for _, text in slot.choose]
        patterns += [(slot.name, text) for slot in predicate.slots.values() for text in slot.find]
        patterns += [("others", text) for text in predicate.others]
        for owner, text in patterns:
            for group in _GROUP.findall(text):
                if group not in vocabulary.groups:
                    raise root.error(f"{owner} names the unknown group %{group}", "predicates", predicate.name)


def _papers(root: Node) -> re.Pattern[str] | None:
    try:
        return re.compile(root.text("papers")) if "papers" in root.data else None
    except re.error as error:
        raise root.error(f"no pattern: {error}", "papers") from error


def loads(text: str, where: str, parts: Sequence[tuple[str, str]] = (), weights: Path | None = None) -> Vocabulary:
    """A vocabulary from the text of a topic file; ``where`` names the file in errors.

    ``parts`` are further files of the topic, as (where, text): each maps names of predicates to their declarations.
    ``weights`` is the file of what is learned for the topic; it counts in the version.
    """
    data, lines = parse_yaml(text, where)
    root = Node(data, (), lines, where)
    root.allow(
        "topic", "title", "gate", "near_misses", "under_way", "papers", "groups", "normal", "concepts", "predicates"
    )
    concepts = {}
    for name, node in root.children("concepts"):
        node.allow("label", "wordings")
        concepts[name] = Concept(name, node.text("label"), node.texts("wordings"))
    normal = {name: node.pairs(None) for name, node in root.children("normal")}
    predicates = {name: declared(name, node) for name, node in root.children("predicates")}
    for part_where, part_text in parts:
        part_data, part_lines = parse_yaml(part_text, part_where)
        for name, node in Node(part_data, (), part_lines, part_where).children(None):
            if name in predicates:
                raise node.error("predicate declared twice")
            predicates[name] = declared(name, node)
    if not predicates:
        raise root.error("a topic needs predicates", "predicates")
    topic = root.text("topic")
    told = hashlib.sha256("\0".join((text, *(part for _, part in parts), _language_hash())).encode())
    told.update(weights.read_bytes() if weights else b"")
    vocabulary = Vocabulary(
        topic=topic,
        title=root.text("title"),
        version=f"{topic}@{told.hexdigest()[:12]}",
        gate=root.text("gate"),
        near_misses=root.texts("near_misses"),
        papers=_papers(root),
        groups=dict(root.pairs("groups")),
        normal=normal,
        concepts=concepts,
        predicates=predicates,
        under_way=root.texts("under_way"),
        weights=weights,
    )
    _check_groups(root, vocabulary)
    return vocabulary


@lru_cache(maxsize=8)
def load(topic: str = "") -> Vocabulary:
    """The vocabulary of a bundled topic, or of a topic file given by its path ending in ``.yml``.

    A folder of the topic's name beside the file holds further predicates, one file each, and the topic's weights, if it
    has any (``weights.json.gz``). Without a name, the topic
    that ``data/settings.yml`` names. Raises VocabularyError naming file, line and key where a file doesn't hold.
    """
    if not topic:
        return load(str(parse_yaml(data_text("settings.yml"), "settings.yml")[0]["topic"]))
    if topic.endswith((".yml", ".yaml")):
        file = Path(topic)
    elif topic in topics():
        file = Path(str(resources.files("comity").joinpath("data", "topics", f"{topic}.yml")))
    else:
        raise VocabularyError("no such topic", where=topic, hint=f"topics are {', '.join(topics())}")
    try:
        parts = sorted(file.with_suffix("").glob("*.yml"))
        texts = [(f"{part.parent.name}/{part.name}", part.read_text(encoding="utf-8")) for part in parts]
        weights = file.with_suffix("") / "weights.json.gz"
        return loads(file.read_text(encoding="utf-8"), file.name, texts, weights if weights.is_file() else None)
    except (OSError, UnicodeDecodeError) as error:
        raise VocabularyError("can't be read", where=topic, hint="give a YAML file or a topic's name") from error
