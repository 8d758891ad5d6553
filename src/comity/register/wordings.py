"""A status in the topic's own words: its line for a value, filled with what a statement says. Pure."""

from __future__ import annotations

import re

from comity.model import Statement, Value
from comity.register.rules import Rules

__all__ = ["lowered", "plainly", "told", "worded"]

_PART = re.compile(r"\[([^\[\]]*)\]")
_SLOT = re.compile(r"\{(\w+)\}")


def worded(statement: Statement, slot: str | None, rules: Rules) -> str:
    """The topic's line for the statement's value of ``slot``, else the value with the slots of its facet.

    ``{name}`` in a line is a slot's value; a part in brackets is left out where one of its slots is open, and the whole
    line where one outside them is.
    """
    value = statement.value.get(slot) if slot else None
    for key, template in rules.lines.get(statement.predicate, ()):
        line = _filled(template, statement, rules) if key == value else None
        if line is not None:
            return line
    head = plainly(value if value is not None else statement.predicate).replace("_", " ")
    shown = [statement.value.get(name) for name in rules.facets.get(statement.predicate, ())]
    rest = ", ".join(plainly(each).replace("_", " ") for each in shown if each is not None)
    return f"{head[:1].upper()}{head[1:]}" + (f" ({rest})" if rest else "")


def lowered(words: str) -> str:
    """Words as they go on after a colon; a name in capitals stays as it is."""
    return words if words[1:2].isupper() else f"{words[:1].lower()}{words[1:]}"


def plainly(value: Value) -> str:
    """A value as text; several are parted by semicolons."""
    return "; ".join(value) if isinstance(value, tuple) else str(value)


def told(statement: Statement, slot: str, rules: Rules) -> str | None:
    """A slot's value in the topic's words for it, else as it is; None where it is open."""
    value = statement.value.get(slot)
    if value is None:
        return None
    return rules.words.get(statement.predicate, {}).get(slot, {}).get(str(value)) or plainly(value).replace("_", " ")


def _filled(template: str, statement: Statement, rules: Rules) -> str | None:
    """A template with its slots' values; None where one that it can't do without is open."""

    def part(found: re.Match[str]) -> str:
        inside = [told(statement, name, rules) for name in _SLOT.findall(found[1])]
        return found[1] if all(each is not None for each in inside) else ""

    kept = _PART.sub(part, template)
    if any(told(statement, name, rules) is None for name in _SLOT.findall(kept)):
        return None
    return _SLOT.sub(lambda found: str(told(statement, found[1], rules)), kept)
