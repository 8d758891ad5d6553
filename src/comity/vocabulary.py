"""Topics and language data: loads and validates the YAML under ``data/``.

Use :func:`load` for a topic's predicates, slots, rules and concepts, and :func:`language` for the lexicons of English
that all topics share. What doesn't hold raises :class:`~comity.errors.VocabularyError` naming file, line and key.
``Vocabulary.version`` is a hash over the topic and the language files: it changes when any wording does.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any, Literal, get_args

import yaml

from comity.errors import VocabularyError
from comity.model import Kind, Modality, Nature, Polarity, Scalar

__all__ = [
    "Concept",
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

SlotType = Literal["enum", "text", "texts", "integer", "number", "date"]
Lines = Mapping[tuple[str | int, ...], int]


@dataclass(frozen=True, slots=True)
class Slot:
    """One field of a predicate, and how its value is found in the evidence.

    ``choose`` maps values to patterns, first match wins, else ``default``. ``find`` are patterns whose group ``value``
    is the value. ``body`` takes the nearest mention of one of these kinds. ``within`` says how far to look.
    """

    name: str
    type: SlotType
    values: tuple[str, ...] = ()
    choose: tuple[tuple[str, str], ...] = ()
    find: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    default: str | None = None
    within: Literal["clause", "sentence"] = "sentence"


@dataclass(frozen=True, slots=True)
class Rule:
    """One way in which a predicate is worded. ``trigger`` is a pattern (see docs/reader.md); the rest narrows it."""

    id: str
    trigger: str
    subject: tuple[str, ...]
    kinds: tuple[str, ...]
    set: Mapping[str, Scalar]
    needs: str | None = None
    near: Literal["sentence", "paragraph", "document"] = "sentence"
    unless: str | None = None
    polarity: Polarity | None = None
    modality: Modality | None = None
    voice: Literal["speaker"] | None = None
    context: bool = False


@dataclass(frozen=True, slots=True)
class Predicate:
    """A type of statement: its nature, slots, facet and wordings."""

    name: str
    nature: Nature
    label: str
    kinds: tuple[str, ...]
    slots: Mapping[str, Slot]
    facet: tuple[str, ...]
    exclusive: tuple[str, ...]
    figures: tuple[str, ...]
    dated_by: tuple[str, ...]
    lines: tuple[tuple[str, str], ...]
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Concept:
    """One notion of the topic and the wordings of all sides for it."""

    name: str
    label: str
    wordings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A topic, validated. ``version`` is ``topic@`` and twelve hex digits."""

    topic: str
    title: str
    version: str
    gate: str
    near_misses: tuple[str, ...]
    groups: Mapping[str, str]
    normal: Mapping[str, tuple[tuple[str, str], ...]]
    concepts: Mapping[str, Concept]
    predicates: Mapping[str, Predicate]

    @property
    def facets(self) -> Mapping[str, tuple[str, ...]]:
        """Predicate name to the slots of its facet, as the register takes it."""
        return {name: predicate.facet for name, predicate in self.predicates.items()}


# --- files -----------------------------------------------------------------------------------------------------


def data_text(name: str) -> str:
    """The text of a data file, by its path under ``data/``."""
    try:
        return resources.files("comity").joinpath("data", *name.split("/")).read_text(encoding="utf-8")
    except OSError as error:
        raise VocabularyError("no such data file", where=name, hint="check the installation") from error


def topics() -> tuple[str, ...]:
    """The names of the bundled topics, sorted."""
    folder = resources.files("comity").joinpath("data", "topics")
    return tuple(sorted(item.name[:-4] for item in folder.iterdir() if item.name.endswith(".yml")))


def parse_yaml(text: str, where: str) -> tuple[Any, Lines]:
    """A YAML text as plain values, and the line of each key path; duplicate keys are refused."""
    try:
        node = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise VocabularyError(error.problem or "not YAML", where=f"{where}:{line}") from error
    except yaml.YAMLError as error:
        raise VocabularyError("not YAML", where=where) from error
    lines: dict[tuple[str | int, ...], int] = {}
    return (None if node is None else _value(node, (), lines, where)), lines


_SCALARS: Mapping[str, Callable[[str], Scalar]] = {
    "tag:yaml.org,2002:int": lambda text: int(text.replace("_", "")),
    "tag:yaml.org,2002:float": float,
    "tag:yaml.org,2002:bool": lambda text: text.lower() in ("true", "yes", "on"),
    "tag:yaml.org,2002:null": lambda _: None,
}


def _value(node: yaml.Node, path: tuple[str | int, ...], lines: dict[tuple[str | int, ...], int], where: str) -> Any:
    lines[path] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key in result:
                raise VocabularyError("key given twice", where=f"{where}:{key_node.start_mark.line + 1}: {key}")
            result[key] = _value(value_node, (*path, key), lines, where)
            lines[(*path, key)] = key_node.start_mark.line + 1
        return result
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, (*path, index), lines, where) for index, item in enumerate(node.value)]
    return _SCALARS.get(node.tag, str)(node.value)


@lru_cache(maxsize=32)
def language(name: str) -> Mapping[str, Any]:
    """The lexicon ``data/language/NAME.yml``: cue words and patterns of English, shared by all topics.

    Raises VocabularyError where the file is missing or isn't a mapping.
    """
    where = f"language/{name}.yml"
    try:
        data = yaml.load(data_text(where), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise VocabularyError(error.problem or "not YAML", where=f"{where}:{line}") from error
    if not isinstance(data, dict):
        raise VocabularyError("must be a mapping", where=f"{where}:1")
    return data


def _language_hash() -> str:
    folder = resources.files("comity").joinpath("data", "language")
    digest = hashlib.sha256()
    for item in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if item.name.endswith(".yml"):
            digest.update(item.name.encode() + b"\0" + item.read_bytes())
    return digest.hexdigest()


# --- checking --------------------------------------------------------------------------------------------------


class _Node:
    """A mapping of the file under its path, so that an error can name the line."""

    __slots__ = ("data", "lines", "path", "where")

    def __init__(self, data: Any, path: tuple[str | int, ...], lines: Lines, where: str) -> None:
        self.path, self.lines, self.where = path, lines, where
        if not isinstance(data, dict):
            raise self.error("must be a mapping")
        self.data: dict[str, Any] = data

    def error(self, message: str, *keys: str) -> VocabularyError:
        path = (*self.path, *keys)
        known = next((path[:size] for size in range(len(path), -1, -1) if path[:size] in self.lines), ())
        dotted = ".".join(str(part) for part in path)
        return VocabularyError(message, where=f"{self.where}:{self.lines.get(known, 1)}: {dotted}")

    def allow(self, *keys: str) -> None:
        for key in self.data:
            if key not in keys:
                raise self.error(f"unknown key; allowed are {', '.join(sorted(keys))}", key)

    def text(self, key: str, default: str | None = None) -> str:
        value = self.data.get(key, default)
        if not isinstance(value, str) or not value:
            raise self.error("must be a text", key)
        return value

    def optional(self, key: str) -> str | None:
        return self.text(key) if key in self.data else None

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.data.get(key, [])
        value = [value] if isinstance(value, str) else value
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.error("must be a text or a list of texts", key)
        return tuple(value)

    def choice(self, key: str, allowed: tuple[str, ...], default: str | None = None) -> Any:
        value = self.data.get(key, default)
        if value is not None and value not in allowed:
            raise self.error(f"must be one of {', '.join(allowed)}", key)
        return value

    def pairs(self, key: str) -> tuple[tuple[str, str], ...]:
        data = self.data.get(key, {})
        if not isinstance(data, dict) or not all(isinstance(value, str) for value in data.values()):
            raise self.error("must map names to texts", key)
        return tuple(data.items())

    def children(self, key: str) -> Iterator[tuple[str, _Node]]:
        data = self.data.get(key, {})
        if not isinstance(data, dict):
            raise self.error("must be a mapping", key)
        for name, value in data.items():
            yield name, _Node(value, (*self.path, key, name), self.lines, self.where)

    def items(self, key: str) -> Iterator[_Node]:
        data = self.data.get(key, [])
        if not isinstance(data, list):
            raise self.error("must be a list", key)
        for index, value in enumerate(data):
            yield _Node(value, (*self.path, key, index), self.lines, self.where)


# --- topics ----------------------------------------------------------------------------------------------------

_GROUPED_KINDS: Mapping[str, tuple[str, ...]] = {
    "government": ("state", "district", "county", "place", "county_subdivision"),
    "school": ("school_district",),
}


def _kinds(node: _Node, key: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
    known = get_args(Kind)
    found: list[str] = []
    for name in node.texts(key):
        group = _GROUPED_KINDS.get(name, (name,))
        if any(kind not in known for kind in group):
            raise node.error(f"{name!r} is no kind; kinds are government, school, {', '.join(known)}", key)
        found.extend(group)
    return tuple(found) or default


def _slot(name: str, node: _Node) -> Slot:
    node.allow("type", "values", "choose", "find", "body", "default", "within")
    slot_type = node.choice("type", get_args(SlotType), "text")
    values = node.texts("values")
    if (slot_type == "enum") != bool(values):
        raise node.error("an enum, and only an enum, lists its values", "values")
    choose = node.pairs("choose")
    default = node.optional("default")
    for value in (*(value for value, _ in choose), *([default] if default else [])):
        if values and value not in values:
            raise node.error(f"{value!r} is not among the values", "choose")
    within = node.choice("within", ("clause", "sentence"), "sentence")
    return Slot(name, slot_type, values, choose, node.texts("find"), node.texts("body"), default, within)


def _rule(predicate: str, slots: Mapping[str, Slot], kinds: tuple[str, ...], node: _Node) -> Rule:
    node.allow(
        "id",
        "trigger",
        "subject",
        "kinds",
        "set",
        "needs",
        "near",
        "unless",
        "polarity",
        "modality",
        "voice",
        "context",
    )
    settings = node.data.get("set", {})
    if not isinstance(settings, dict):
        raise node.error("must be a mapping", "set")
    for slot, value in settings.items():
        if slot not in slots:
            raise node.error(f"{predicate} has no slot {slot!r}", "set", slot)
        if slots[slot].values and value not in slots[slot].values:
            raise node.error(f"{value!r} is not among the values of {slot}", "set", slot)
    return Rule(
        id=f"{predicate}.{node.text('id')}",
        trigger=node.text("trigger"),
        subject=node.texts("subject") or ("before", "after", "carried"),
        kinds=_kinds(node, "kinds", kinds),
        set=settings,
        needs=node.optional("needs"),
        near=node.choice("near", ("sentence", "paragraph", "document"), "sentence"),
        unless=node.optional("unless"),
        polarity=node.choice("polarity", get_args(Polarity)),
        modality=node.choice("modality", get_args(Modality)),
        voice=node.choice("voice", ("speaker",)),
        context=bool(node.data.get("context", False)),
    )


def _predicate(name: str, node: _Node) -> Predicate:
    node.allow("nature", "label", "subject", "slots", "facet", "exclusive", "figures", "dated_by", "lines", "rules")
    slots = {slot: _slot(slot, child) for slot, child in node.children("slots")}
    for key in ("facet", "exclusive", "figures"):
        for slot in node.texts(key):
            if slot not in slots:
                raise node.error(f"{name} has no slot {slot!r}", key)
    kinds = _kinds(node, "subject")
    rules = tuple(_rule(name, slots, kinds, child) for child in node.items("rules"))
    seen: set[str] = set()
    for rule in rules:
        if rule.id in seen:
            raise node.error(f"two rules are called {rule.id}", "rules")
        seen.add(rule.id)
    nature = node.choice("nature", get_args(Nature))
    if nature is None:
        raise node.error("must be state, event or utterance", "nature")
    return Predicate(
        name=name,
        nature=nature,
        label=node.text("label"),
        kinds=kinds,
        slots=slots,
        facet=node.texts("facet"),
        exclusive=node.texts("exclusive"),
        figures=node.texts("figures"),
        dated_by=node.texts("dated_by"),
        lines=node.pairs("lines"),
        rules=rules,
    )


_GROUP = re.compile(r"%(\w+)")


def _check_groups(root: _Node, vocabulary: Vocabulary) -> None:
    """Every ``%group`` that a pattern names must exist."""
    for predicate in vocabulary.predicates.values():
        patterns = [(rule.id, text) for rule in predicate.rules for text in (rule.trigger, rule.needs, rule.unless)]
        patterns += [(slot.name, text) for slot in predicate.slots.values() for _, text in slot.choose]
        patterns += [(slot.name, text) for slot in predicate.slots.values() for text in slot.find]
        for owner, text in patterns:
            for group in _GROUP.findall(text or ""):
                if group not in vocabulary.groups:
                    raise root.error(f"{owner} names the unknown group %{group}", "predicates", predicate.name)


def loads(text: str, where: str) -> Vocabulary:
    """A vocabulary from the text of a topic file; ``where`` names the file in errors."""
    data, lines = parse_yaml(text, where)
    root = _Node(data, (), lines, where)
    root.allow("topic", "title", "gate", "near_misses", "groups", "normal", "concepts", "predicates")
    concepts = {}
    for name, node in root.children("concepts"):
        node.allow("label", "wordings")
        concepts[name] = Concept(name, node.text("label"), node.texts("wordings"))
    normal = {}
    for name, node in root.children("normal"):
        normal[name] = tuple((value, str(pattern)) for value, pattern in node.data.items())
    predicates = {name: _predicate(name, node) for name, node in root.children("predicates")}
    if not predicates:
        raise root.error("a topic needs predicates", "predicates")
    topic = root.text("topic")
    digest = hashlib.sha256(text.encode() + b"\0" + _language_hash().encode()).hexdigest()[:12]
    vocabulary = Vocabulary(
        topic=topic,
        title=root.text("title"),
        version=f"{topic}@{digest}",
        gate=root.text("gate"),
        near_misses=root.texts("near_misses"),
        groups=dict(root.pairs("groups")),
        normal=normal,
        concepts=concepts,
        predicates=predicates,
    )
    _check_groups(root, vocabulary)
    return vocabulary


@lru_cache(maxsize=8)
def load(topic: str = "") -> Vocabulary:
    """The vocabulary of a bundled topic, or of a topic file given by its path ending in ``.yml``.

    Without a name, the topic that ``data/settings.yml`` names.

    Raises VocabularyError naming file, line and key where the file doesn't hold.
    """
    if not topic:
        return load(str(parse_yaml(data_text("settings.yml"), "settings.yml")[0]["topic"]))
    if topic.endswith((".yml", ".yaml")):
        try:
            return loads(Path(topic).read_text(encoding="utf-8"), topic)
        except (OSError, UnicodeDecodeError) as error:
            raise VocabularyError("can't be read", where=topic, hint="give a YAML file or a topic's name") from error
    if topic not in topics():
        raise VocabularyError("no such topic", where=topic, hint=f"topics are {', '.join(topics())}")
    return loads(data_text(f"topics/{topic}.yml"), f"topics/{topic}.yml")
