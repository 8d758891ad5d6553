"""Which rules can match a sentence at all: one scan for the literals that their patterns require.

A pattern can only match where at least one of a small set of literals stands; the set is read off the parsed pattern.
All literals of a topic are looked for in one pass (Aho-Corasick), and only the rules that may match run their pattern.
The idea is that of trigram indexes for regular expressions (Cox, 2012), with whole literals in place of trigrams.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import ahocorasick_rs

from comity.reading.patterns import compile_pattern
from comity.vocabulary import Predicate, Rule, Vocabulary

__all__ = ["Triggered", "Triggers", "triggers"]

_LONG_ENOUGH = 3  # a literal of fewer letters stands in nearly every sentence
_MARKS = "\ue000"  # first of the private-use characters that stand for mentions


@dataclass(frozen=True, slots=True)
class Triggered:
    """A rule, compiled, with its predicate and its place in the topic."""

    predicate: Predicate
    rule: Rule
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Triggers:
    """The rules of a topic behind one scan."""

    rules: tuple[Triggered, ...]
    automaton: ahocorasick_rs.AhoCorasick
    owners: tuple[tuple[int, ...], ...]  # literal to the rules that it may start
    always: tuple[int, ...]

    def of(self, folded: str) -> list[Triggered]:
        """The rules that may match a folded sentence, in the topic's order."""
        wanted = set(self.always)
        for index, _, _ in self.automaton.find_matches_as_indexes(folded.lower(), overlapping=True):
            wanted.update(self.owners[index])
        return [self.rules[number] for number in sorted(wanted)]


_KEPT: dict[str, Triggers] = {}


def triggers(vocabulary: Vocabulary) -> Triggers:
    """The triggers of a topic, made once."""
    found = _KEPT.get(vocabulary.version)
    if found is None:
        found = _KEPT[vocabulary.version] = _made(vocabulary)
    return found


def _made(vocabulary: Vocabulary) -> Triggers:
    rules = tuple(
        Triggered(predicate, rule, compile_pattern(rule.trigger, vocabulary))
        for predicate in vocabulary.predicates.values()
        for rule in predicate.rules
    )
    owners: dict[str, list[int]] = {}
    always: list[int] = []
    for number, item in enumerate(rules):
        literals = required(item.pattern)
        if literals is None:
            always.append(number)
        for literal in literals or ():
            owners.setdefault(literal, []).append(number)
    words = sorted(owners)
    automaton = ahocorasick_rs.AhoCorasick(words, matchkind=ahocorasick_rs.MatchKind.Standard)
    return Triggers(rules, automaton, tuple(tuple(owners[word]) for word in words), tuple(always))


def required(pattern: re.Pattern[str]) -> frozenset[str] | None:
    """Literals in lower case, at least one of which stands in every match; None where there are none to rely on."""
    return _of_sequence(parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE | re.UNICODE))


def _of_sequence(items: Iterable[Any]) -> frozenset[str] | None:
    best: frozenset[str] | None = None
    run = ""
    for code, argument in (*items, (None, None)):
        if code is codes.LITERAL and chr(argument) < _MARKS:
            run += chr(argument).lower()
            continue
        if run:
            best = _better(best, frozenset([run]))
            run = ""
        if code is not None:
            best = _better(best, _of_item(code, argument))
    return best


def _of_item(code: Any, argument: Any) -> frozenset[str] | None:
    if code is codes.SUBPATTERN:
        return _of_sequence(argument[-1])
    if code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
        return _of_sequence(argument[2]) if argument[0] > 0 else None
    if code is codes.BRANCH:
        return _union([_of_sequence(branch) for branch in argument[1]])
    return None


def _union(parts: Sequence[frozenset[str] | None]) -> frozenset[str] | None:
    result: set[str] = set()
    for part in parts:
        if part is None:
            return None
        result |= part
    return frozenset(result)


def _better(one: frozenset[str] | None, other: frozenset[str] | None) -> frozenset[str] | None:
    """The set that is rarer in running text: longer literals first, then fewer."""
    usable = [part for part in (one, other) if part and min(map(len, part)) >= _LONG_ENOUGH]
    return min(usable, key=lambda part: (-min(map(len, part)), len(part), sorted(part))) if usable else None
