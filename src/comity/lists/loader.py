"""Lists from their YAML files, checked.

Use :func:`definition` to get one by its name, or from a YAML file of your own. What doesn't hold raises
:class:`~comity.errors.VocabularyError` naming file, line and key.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any, cast, get_args

from comity.errors import UsageError, VocabularyError
from comity.lists.cells import day, folded
from comity.lists.definitions import Column, Definition, Departure, Limits, Meaning, Pair, Reads, Scope, Slot
from comity.model import Kind
from comity.vocabulary import load
from comity.yamlfile import Node, data_text, parse_yaml

__all__ = ["definition", "definitions", "loads"]

_PATH = re.compile(r"[\\/]|\.ya?ml$")


class _Node(Node):
    """A node with the shapes that lists use besides."""

    __slots__ = ()

    def get(self, key: str, kind: type | tuple[type, ...], default: Any, what: str) -> Any:
        value = self.data.get(key, default)
        if value is not default and (not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool)):
            raise self.error(f"must be {what}", key)
        return value

    def day(self, key: str) -> str | None:
        text = self.optional(key)
        if text is not None and day(text) != text:
            raise self.error("must be a day, YYYY-MM-DD", key)
        return text

    def patterns(self, key: str, needed: tuple[str, ...] = ()) -> tuple[str, ...]:
        for text in (found := self.texts(key)):
            try:
                groups = re.compile(text, re.IGNORECASE).groupindex
            except re.error as error:
                raise self.error(f"{text!r} is no pattern ({error})", key) from error
            if missing := [name for name in needed if name not in groups]:
                raise self.error(f"{text!r} lacks the group {', '.join(missing)}", key)
        return found

    def one_of(self, key: str, allowed: tuple[str, ...], default: str | None = None) -> Any:
        if key not in self.data and default is None:
            raise self.error(f"must be one of {', '.join(allowed)}", key)
        return self.choice(key, allowed, default)

    def child(self, key: str, default: Any = None) -> _Node:
        if key not in self.data and default is None:
            raise self.error("is missing", key)
        return _Node(self.data.get(key, default), (*self.path, key), self.lines, self.where)


def _column(key: str, node: _Node) -> Column:
    node.allow("headers", "reads", "required", "changes", "values", "own", "earliest", "readable")
    reads = cast(Reads, node.one_of("reads", get_args(Reads), "text"))
    headers = node.texts("headers")
    if not headers:
        raise node.error("a column needs the headers under which it is printed", "headers")
    values: list[tuple[str, tuple[str, ...]]] = []
    if (reads == "choice") != ("values" in node.data):
        raise node.error("a choice, and only a choice, lists its values", "values")
    if reads == "choice":
        child = node.child("values")
        values = [(value, child.texts(value)) for value in child.data]
    return Column(
        key=key,
        headers=headers,
        reads=reads,
        required=node.get("required", bool, False, "true or false"),
        changes=cast(Meaning, node.one_of("changes", get_args(Meaning), "correction")),
        values=tuple(values),
        own=node.texts("own"),
        earliest=node.day("earliest"),
        readable=_share(node, "readable", 0.0) if "readable" in node.data else None,
    )


def _known(node: _Node, key: str, columns: Mapping[str, Column], value: str | None) -> str | None:
    if value is not None and value not in columns:
        raise node.error(f"there is no column {value!r}", key)
    return value


def _subject(
    node: _Node, columns: Mapping[str, Column]
) -> tuple[str, str | None, str | None, str | None, tuple[tuple[str, tuple[Kind, ...]], ...]]:
    node.allow("name", "state", "area", "kind")
    name = cast(str, _known(node, "name", columns, node.text("name")))
    state = _known(node, "state", columns, node.optional("state"))
    area = _known(node, "area", columns, node.optional("area"))
    kinds: list[tuple[str, tuple[Kind, ...]]] = []
    column = None
    given = node.data.get("kind", [])
    if isinstance(given, dict):
        child = node.child("kind")
        child.allow("column", "values")
        column = cast(str, _known(child, "column", columns, child.text("column")))
        table = child.child("values")
        kinds = [(value, cast(tuple[Kind, ...], table.texts(value))) for value in table.data]
    else:
        kinds = [("", cast(tuple[Kind, ...], node.texts("kind")))]
    for _, names in kinds:
        for kind in names:
            if kind not in get_args(Kind):
                raise node.error(f"{kind!r} is no kind; kinds are {', '.join(get_args(Kind))}", "kind")
    return name, state, area, column, tuple(kinds)


def _slots(node: _Node, columns: Mapping[str, Column]) -> tuple[Slot, ...]:
    found = []
    for name, value in node.data.items():
        if isinstance(value, dict):
            child = node.child(name)
            child.allow("column")
            found.append(Slot(name, column=_known(child, "column", columns, child.text("column"))))
        else:
            found.append(Slot(name, constant=value))
    return tuple(found)


def _share(node: _Node, key: str, default: float) -> float:
    value = float(node.get(key, (int, float), default, "a share between 0 and 1"))
    if not 0 <= value <= 1:
        raise node.error("must be a share between 0 and 1", key)
    return value


def _limits(node: _Node) -> Limits:
    node.allow("least_rows", "most_rows", "drop", "kept", "altered", "readable", "resolved")
    plain = Limits()
    return Limits(
        least_rows=node.get("least_rows", int, plain.least_rows, "a number"),
        most_rows=node.get("most_rows", int, plain.most_rows, "a number"),
        drop=_share(node, "drop", plain.drop),
        kept=_share(node, "kept", plain.kept),
        altered=_share(node, "altered", plain.altered),
        readable=_share(node, "readable", plain.readable),
        resolved=_share(node, "resolved", plain.resolved),
    )


def _scopes(root: _Node) -> tuple[Scope, ...]:
    given = root.data.get("scopes", [{"complete_for": ["*"]}])
    if not isinstance(given, list) or not given:
        raise root.error("must be a list", "scopes")
    found = []
    for index, item in enumerate(given):
        node = _Node(item, (*root.path, "scopes", index), root.lines, root.where)
        node.allow("file", "complete_for")
        file = (node.patterns("file") or (None,))[0]
        complete = node.texts("complete_for")
        for text in complete:
            if not re.fullmatch(r"\*|(?:state|kind)=\w+(?:\|(?:state|kind)=\w+)*", text):
                raise node.error(f"{text!r} is no scope; write *, state=WA or state=CA|kind=county", "complete_for")
        found.append(Scope(complete, file))
    return tuple(found)


def _of_topic(
    statement: _Node, topic: str, predicate: str, slots: tuple[Slot, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """All slots and those of the facet, as the topic has them; predicate, slots and constants must be the topic's."""
    predicates = load(topic).predicates
    if predicate not in predicates:
        raise statement.error(f"the topic {topic} has no predicate {predicate!r}", "predicate")
    known = predicates[predicate]
    for slot in slots:
        if slot.name not in known.slots:
            raise statement.error(f"{predicate} has no slot {slot.name!r}", "value", slot.name)
        values = known.slots[slot.name].values
        if values and slot.column is None and slot.constant not in values:
            raise statement.error(f"{slot.constant!r} is not among the values of {slot.name}", "value", slot.name)
    return tuple(known.slots), known.facet


def loads(text: str, where: str) -> Definition:
    """A definition from the text of a list's file; ``where`` names the file in errors."""
    data, lines = parse_yaml(text, where)
    root = _Node(data, (), lines, where)
    root.allow(
        "list", "title", "publisher", "topic", "url", "formats", "dated", "scopes", "blank", "columns", "subject",
        "statement", "since", "limits", "departure", "pair", "extra_sheets", "begun",
    )  # fmt: skip
    name = root.text("list")
    table = root.child("columns")
    columns = {key: _column(key, table.child(key)) for key in table.data}
    subject, state, area, kind_column, kinds = _subject(root.child("subject"), columns)
    statement = root.child("statement")
    statement.allow("predicate", "value")
    predicate = statement.text("predicate")
    slots = _slots(statement.child("value"), columns)
    topic = root.text("topic")
    every_slot, facet = _of_topic(statement, topic, predicate, slots)
    departure = root.child("departure", {})
    departure.allow("editions", "days", "mass", "mass_days")
    pair = None
    if "pair" in root.data:
        node = root.child("pair")
        node.allow("list", "role")
        pair = Pair(node.text("list"), node.one_of("role", ("earlier", "later")))
    return Definition(
        name=name,
        title=root.text("title"),
        publisher=root.text("publisher"),
        topic=topic,
        url=root.optional("url"),
        formats=root.texts("formats") or ("xlsx", "csv"),
        dated=root.patterns("dated", ("year", "month", "day")),
        scopes=_scopes(root),
        blank=root.texts("blank"),
        columns=tuple(columns.values()),
        subject=subject,
        state=state,
        kinds=kinds,
        kind_column=kind_column,
        area=area,
        predicate=predicate,
        slots=slots,
        every_slot=every_slot,
        facet=facet,
        since=_known(root, "since", columns, root.optional("since")),
        limits=_limits(root.child("limits", {})),
        departure=Departure(
            departure.get("editions", int, Departure().editions, "a number"),
            departure.get("days", int, Departure().days, "a number"),
            _share(departure, "mass", Departure().mass),
            departure.get("mass_days", int, Departure().mass_days, "a number"),
        ),
        pair=pair,
        begun=root.day("begun"),
        extra_sheets=root.get("extra_sheets", bool, False, "true or false"),
        version=f"{name}@{hashlib.sha256(text.encode()).hexdigest()[:12]}",
        blanks=frozenset(folded(blank) for blank in root.texts("blank")),
        own_names=frozenset(folded(wording) for wording in columns[subject].own),
    )


def definitions() -> tuple[str, ...]:
    """The names of the bundled lists, sorted."""
    folder = resources.files("comity").joinpath("data", "lists")
    return tuple(sorted(item.name[:-4] for item in folder.iterdir() if item.name.endswith(".yml")))


@lru_cache(maxsize=64)
def definition(name: str) -> Definition:
    """The definition of a bundled list by its name, or of a list of your own by the path of its YAML file.

    Raises UsageError where there is no such list, VocabularyError where the file doesn't hold.
    """
    if _PATH.search(name):
        try:
            return loads(Path(name).read_text(encoding="utf-8"), name)
        except (OSError, UnicodeDecodeError) as error:
            raise VocabularyError("can't be read", where=name, hint="give a YAML file or a list's name") from error
    if name not in definitions():
        raise UsageError("no such list", where=name, hint=f"lists are {', '.join(definitions())}")
    return loads(data_text(f"lists/{name}.yml"), f"lists/{name}.yml")
