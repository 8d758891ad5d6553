"""Which rules can match a sentence at all: one scan of the text for the literals that their patterns require.

A pattern can only match where of each of several small sets of literals one stands; the sets are read off the parsed
pattern. All literals of a topic are looked for in one pass (Aho-Corasick), and only the rules that may match have their
pattern compiled and run. Word groups are read once, not wherever a pattern names them. The idea is that of trigram
indexes for regular expressions (Cox, 2012), with whole literals in place of trigrams.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import ahocorasick_rs

from comity.errors import VocabularyError
from comity.model import Pair
from comity.reading.patterns import MARKS, compile_pattern, translate
from comity.vocabulary import Predicate, Rule, Vocabulary

__all__ = ["Hits", "Triggered", "Triggers", "lowered", "masked", "required", "triggers"]

Literals = frozenset[str]  # of which at least one stands in every match; a mark of a mention is one too

_LONG_ENOUGH = 3  # a literal of fewer letters stands in nearly every sentence
_GROUPS = 0xF0000  # first of the private-use characters that stand for word groups while a pattern is parsed
_BLANK = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class Triggered:
    """A rule with its predicate, its place in the topic, and the numbers of the literals that it requires."""

    predicate: Predicate
    rule: Rule
    requires: tuple[frozenset[int], ...]

    def pattern(self, vocabulary: Vocabulary) -> re.Pattern[str]:
        """The rule's trigger, compiled when it is first wanted."""
        return compile_pattern(self.rule.trigger, vocabulary)


@dataclass(frozen=True, slots=True)
class Hits:
    """What one sentence holds of the topic: the literals found, and the rules that may match it."""

    literals: frozenset[int]
    rules: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Triggers:
    """The rules of a topic behind one scan."""

    rules: tuple[Triggered, ...]
    automaton: ahocorasick_rs.AhoCorasick
    numbers: tuple[int, ...]  # of the automaton's patterns
    owners: Mapping[int, tuple[int, ...]]  # a literal to the rules that are tried where it stands
    always: tuple[int, ...]
    marks: Mapping[str, int]

    def scan(self, text: str, sentences: Sequence[Pair]) -> list[Hits]:
        """For each sentence the rules that may match it, whatever its mentions are folded to. ``text`` is lowered."""
        literals: list[set[int]] = [set() for _ in sentences]
        at, last = 0, len(sentences) - 1
        for index, _, end in self.automaton.find_matches_as_indexes(text, overlapping=True):
            while at < last and sentences[at][1] < end:
                at += 1
            literals[at].add(self.numbers[index])
        every = frozenset(self.marks.values())
        return [Hits(found := frozenset(one), self._fitting(found | every)) for one in literals]

    def _fitting(self, found: frozenset[int]) -> tuple[int, ...]:
        wanted = {rule for literal in found for rule in self.owners.get(literal, ())}.union(self.always)
        return tuple(number for number in sorted(wanted) if self._fits(number, found))

    def _fits(self, number: int, found: frozenset[int]) -> bool:
        return not any(choice.isdisjoint(found) for choice in self.rules[number].requires)

    def of(self, hits: Hits, folded: str) -> list[Triggered]:
        """The rules that may match a folded sentence, in the topic's order."""
        found = hits.literals.union(number for mark, number in self.marks.items() if mark in folded)
        return [self.rules[number] for number in hits.rules if self._fits(number, found)]


_KEPT: dict[str, Triggers] = {}
_REQUIRED: dict[tuple[str, str], tuple[Literals, ...]] = {}


def triggers(vocabulary: Vocabulary) -> Triggers:
    """The triggers of a topic, made once."""
    found = _KEPT.get(vocabulary.version)
    if found is None:
        found = _KEPT[vocabulary.version] = _made(vocabulary)
    return found


def lowered(text: str) -> str:
    """A text in lower case with plain blanks, each letter at its place: what literals are looked for in."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)
    return _BLANK.sub(" ", low)


def masked(text: str, low: str, vocabulary: Vocabulary) -> str:
    """The text with the topic's near misses blanked, offsets unchanged; ``low`` is the text, lowered."""
    for pattern in vocabulary.near_misses:
        if all(any(literal in low for literal in choice) for choice in required(pattern, vocabulary)):
            text = compile_pattern(pattern, vocabulary).sub(lambda found: "\u00b7" * len(found[0]), text)
    return text


def _made(vocabulary: Vocabulary) -> Triggers:
    known: dict[str, int] = {mark: number for number, mark in enumerate(MARKS)}
    rules: list[Triggered] = []
    owners: dict[int, list[int]] = {}
    always: list[int] = []
    for predicate in vocabulary.predicates.values():
        for rule in predicate.rules:
            choices = [*required(rule.trigger, vocabulary)]
            if rule.near == "sentence":
                choices += [choice for needed in rule.needs for choice in required(needed, vocabulary)]
            numbered = tuple(
                frozenset(known.setdefault(literal, len(known)) for literal in sorted(choice)) for choice in choices
            )
            scanned = [choice for choice in choices if choice.isdisjoint(MARKS)]
            for literal in min(scanned, key=_rarity, default=()):
                owners.setdefault(known[literal], []).append(len(rules))
            if not scanned:
                always.append(len(rules))
            rules.append(Triggered(predicate, rule, numbered))
    words = sorted(literal for literal in known if literal not in MARKS)
    automaton = ahocorasick_rs.AhoCorasick(words, matchkind=ahocorasick_rs.MatchKind.Standard)
    return Triggers(
        tuple(rules),
        automaton,
        tuple(known[word] for word in words),
        {literal: tuple(numbers) for literal, numbers in owners.items()},
        tuple(always),
        {mark: known[mark] for mark in MARKS},
    )


def required(pattern: str, vocabulary: Vocabulary) -> tuple[Literals, ...]:
    """Sets of literals in lower case, of each of which one stands in every match of a topic's pattern.

    Raises VocabularyError where it is no pattern.
    """
    key = (vocabulary.version, pattern)
    found = _REQUIRED.get(key)
    if found is None:
        groups = {name: chr(_GROUPS + number) for number, name in enumerate(vocabulary.groups)}
        try:
            tree = parser.parse(translate(pattern, groups), re.IGNORECASE | re.DOTALL)
        except (re.error, KeyError) as error:
            raise VocabularyError(f"not a pattern: {error}", where=pattern) from error
        found = _REQUIRED[key] = tuple(_of_sequence(tree, vocabulary))
    return found


def _of_sequence(items: Iterable[Any], vocabulary: Vocabulary) -> list[Literals]:
    found: list[Literals] = []
    run = ""
    for code, argument in (*items, (None, None)):
        if code is codes.LITERAL and argument < ord(MARKS[0]):
            run += chr(argument).lower()
            continue
        blank = _is_blank(code, argument)
        run += " " * blank
        if len(run.strip()) >= _LONG_ENOUGH:
            found.append(frozenset([run]))
        run = " " * blank
        if code is not None and not blank:
            found += _of_item(code, argument, vocabulary)
    return found


def _is_blank(code: Any, argument: Any) -> bool:
    """Whether an item is white space, once or more."""
    if code is not codes.MAX_REPEAT or argument[0] != 1 or len(argument[2]) != 1:
        return False
    inner, choices = argument[2][0]
    return inner is codes.IN and list(choices) == [(codes.CATEGORY, codes.CATEGORY_SPACE)]


def _of_item(code: Any, argument: Any, vocabulary: Vocabulary) -> list[Literals]:
    if code is codes.LITERAL:
        return _of_literal(argument, vocabulary)
    if code is codes.IN:  # alternatives of one character each: marks, word groups
        known = [_of_literal(value, vocabulary) if kind is codes.LITERAL else [] for kind, value in argument]
        return _of_branches(known)
    if code is codes.SUBPATTERN:
        return _of_sequence(argument[-1], vocabulary)
    if code is codes.ATOMIC_GROUP:
        return _of_sequence(argument, vocabulary)
    if code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
        return _of_sequence(argument[2], vocabulary) if argument[0] > 0 else []
    if code is codes.BRANCH:
        return _of_branches([_of_sequence(branch, vocabulary) for branch in argument[1]])
    return []


def _of_branches(branches: Sequence[list[Literals]]) -> list[Literals]:
    """Of alternatives one stands in a match, so one of the rarest literals of each."""
    return [frozenset().union(*(min(branch, key=_rarity) for branch in branches))] if all(branches) else []


def _of_literal(value: int, vocabulary: Vocabulary) -> list[Literals]:
    """What a character stands for: a mark of a mention, or a word group."""
    if chr(value) in MARKS:
        return [frozenset(chr(value))]
    names = list(vocabulary.groups)
    number = value - _GROUPS
    return list(required(vocabulary.groups[names[number]], vocabulary)) if 0 <= number < len(names) else []


def _rarity(choice: Literals) -> tuple[int, int, list[str]]:
    """Rarer in running text first: marks last, longer literals, then fewer of them."""
    return -min(map(len, choice)), len(choice), sorted(choice)
