"""YAML under ``data/``, read with the line of each key, so that an error can name file, line and key.

Use :func:`parse_yaml` for plain values and :class:`Node` to take them one by one, checked. Raises
:class:`~comity.errors.VocabularyError`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib import resources
from typing import Any

import yaml

from comity.errors import VocabularyError
from comity.model import Scalar

__all__ = ["Lines", "Node", "data_text", "parse_yaml"]

Lines = Mapping[tuple[str | int, ...], int]


def data_text(name: str) -> str:
    """The text of a data file, by its path under ``data/``."""
    try:
        return resources.files("comity").joinpath("data", *name.split("/")).read_text(encoding="utf-8")
    except OSError as error:
        raise VocabularyError("no such data file", where=name, hint="check the installation") from error


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


class Node:
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

    def _mapping(self, key: str | None) -> dict[str, Any]:
        """The mapping under ``key``, or the node's own."""
        data = self.data if key is None else self.data.get(key, {})
        if not isinstance(data, dict):
            raise self.error("must be a mapping", key or "")
        return data

    def pairs(self, key: str | None) -> tuple[tuple[str, str], ...]:
        data = self._mapping(key)
        if not all(isinstance(value, str) for value in data.values()):
            raise self.error("must map names to texts", key or "")
        return tuple(data.items())

    def children(self, key: str | None) -> Iterator[tuple[str, Node]]:
        for name, value in self._mapping(key).items():
            path = (*self.path, name) if key is None else (*self.path, key, name)
            yield name, Node(value, path, self.lines, self.where)

    def child(self, key: str) -> Node | None:
        """The mapping under ``key``, where there is one."""
        return Node(self.data[key], (*self.path, key), self.lines, self.where) if key in self.data else None

    def items(self, key: str) -> Iterator[Node]:
        data = self.data.get(key, [])
        if not isinstance(data, list):
            raise self.error("must be a list", key)
        for index, value in enumerate(data):
            yield Node(value, (*self.path, key, index), self.lines, self.where)
