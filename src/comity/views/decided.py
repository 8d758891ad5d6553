"""What persons decided, found by the statement that it bears on: on itself, or on the name that it prints."""

from __future__ import annotations

from collections.abc import Iterable

from comity.identity import name_of
from comity.model import Decision, Statement

__all__ = ["Decided"]


class Decided:
    """The decisions in force, by what they are about. Make it once, then ask it of each statement."""

    __slots__ = ("apart", "items", "names", "on_statements")

    def __init__(self, decisions: Iterable[Decision] = ()) -> None:
        self.on_statements: dict[str, list[Decision]] = {}
        self.names: dict[str, list[Decision]] = {}
        self.items: set[str] = set()  # of the worklist, taken off it
        self.apart: set[frozenset[str]] = set()
        for each in decisions:
            if each.kind in ("accept", "reject", "correct"):
                if each.target.startswith("q-"):
                    self.items.add(each.target)
                else:
                    self.on_statements.setdefault(each.target, []).append(each)
            elif each.kind == "distinct":
                self.apart.add(frozenset((each.target, each.other or "")))
            elif each.kind == "same":
                for side in (each.target, each.other or ""):
                    if side.startswith("name:"):
                        self.names.setdefault(side, []).append(each)

    def of_name(self, name: str) -> tuple[Decision, ...]:
        """The decisions that say what a printed name means, in some state or everywhere."""
        key = name_of(name)
        return tuple(
            decision
            for named, made in self.names.items()
            if named == key or (named.startswith(f"{key}, ") and len(named) == len(key) + 4)
            for decision in made
        )

    def on(self, statement: Statement) -> tuple[Decision, ...]:
        """The decisions that bear on a statement, oldest first."""
        if not self.on_statements and not self.names:
            return ()
        made = [*self.on_statements.get(statement.id, ()), *self.of_name(statement.subject.name)]
        return tuple(sorted(made, key=lambda each: (each.at, each.id)))
