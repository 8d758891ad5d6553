"""Which rules can match a sentence at all: one scan of the text for the literals that their patterns require.

A pattern can only match where of each of several small sets of literals one stands; the sets are read off the parsed
pattern. All literals of a topic are looked for in one pass (Aho-Corasick), and only the rules that may match have their
pattern compiled and run. Word groups are read once, not wherever a pattern names them. The idea is that of trigram
indexes for regular expressions (Cox, 2012), with whole literals in place of trigrams.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from importlib import import_module
from typing import Any, NamedTuple

import ahocorasick_rs

from comity.errors import VocabularyError
from comity.model import Pair
from comity.reading.patterns import MARKS, compile_pattern, small, translate
from comity.vocabulary import Predicate, Rule, Vocabulary

# the parser of regular expressions: private in name, there in every Python that the project supports
codes: Any = import_module("re._constants")
parser: Any = import_module("re._parser")

__all__ = ["START", "Hits", "Triggered", "Triggers", "lowered", "masked", "possible", "required", "triggers"]

Literals = frozenset[str]  # of which at least one stands in every match; a mark of a mention is one too

START = "\b"  # before a literal that stands at the start of a word
_LONG_ENOUGH = 2  # a literal of fewer letters stands in nearly every sentence
_GROUPS = 0xF0000  # first of the private-use characters that stand for word groups while a pattern is parsed
_BLANK = re.compile(r"[^\S ]")


@dataclass(frozen=True, slots=True)
class Triggered:
    """A rule with its predicate, its place in the topic, and the numbers of the literals that it requires."""

    predicate: Predicate
    rule: Rule
    plain: tuple[frozenset[int], ...]  # sets of literals alone
    marked: tuple[frozenset[int], ...]  # sets that hold marks of mentions


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
    numbers: tuple[tuple[int, int], ...]  # of the automaton's words: at the start of a word, and anywhere; else -1
    owners: Mapping[int, tuple[int, ...]]  # a literal to the rules that are tried where it stands
    always: tuple[int, ...]
    marks: Mapping[str, int]

    def scan(self, text: str, sentences: Sequence[Pair]) -> list[Hits]:
        """For each sentence the rules that may match it, whatever its mentions are folded to. ``text`` is lowered."""
        literals: list[set[int]] = [set() for _ in sentences]
        at, last = 0, len(sentences) - 1
        here, stop = (literals[0], sentences[0][1]) if sentences else (set(), 0)
        for index, start, end in self.automaton.find_matches_as_indexes(text, overlapping=True):
            while at < last and stop < end:
                at += 1
                here, stop = literals[at], sentences[at][1]
            opening, anywhere = self.numbers[index]
            if opening >= 0 and not (start and text[start - 1].isalnum()):
                here.add(opening)
            if anywhere >= 0:
                here.add(anywhere)
        return [Hits(frozenset(found), tuple(self._fitting(found))) for found in literals]

    def _fitting(self, found: Set[int]) -> list[int]:
        wanted = set(self.always)
        for literal in found:
            wanted.update(self.owners.get(literal, ()))
        rules = self.rules
        return [number for number in sorted(wanted) if not any(map(found.isdisjoint, rules[number].plain))]

    def of(self, hits: Hits, folded: str) -> list[Triggered]:
        """The rules that may match a folded sentence, in the topic's order."""
        found = hits.literals.union([number for mark, number in self.marks.items() if mark in folded])
        rules = [self.rules[number] for number in hits.rules]
        return [rule for rule in rules if not any(map(found.isdisjoint, rule.marked))]


_KEPT: dict[str, Triggers] = {}
_REQUIRED: dict[tuple[str, str, bool], _Needed] = {}


def triggers(vocabulary: Vocabulary) -> Triggers:
    """The triggers of a topic, made once."""
    found = _KEPT.get(vocabulary.version)
    if found is None:
        found = _KEPT[vocabulary.version] = _made(vocabulary)
    return found


def lowered(text: str) -> str:
    """A text in lower case with plain blanks, each letter at its place: what literals are looked for in."""
    return _BLANK.sub(" ", small(text))


def masked(text: str, low: str, vocabulary: Vocabulary) -> str:
    """The text with the topic's near misses blanked, offsets unchanged; ``low`` is the text, lowered."""
    for pattern in vocabulary.near_misses:
        if possible(pattern, low, vocabulary):
            text = compile_pattern(pattern, vocabulary).sub(lambda found: "\u00b7" * len(found[0]), text)
    return text


def possible(pattern: str, low: str, vocabulary: Vocabulary) -> bool:
    """Whether a pattern of the topic that has no marks may match a text at all, given the text lowered."""
    return all(any(literal.lstrip(START) in low for literal in choice) for choice in required(pattern, vocabulary))


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
            plain = sorted((choice for choice in choices if choice.isdisjoint(MARKS)), key=_rarity)
            marked = [choice for choice in choices if not choice.isdisjoint(MARKS)]
            for literal in sorted({literal for choice in choices for literal in choice}):
                known.setdefault(literal, len(known))
            for literal in plain[0] if plain else ():
                owners.setdefault(known[literal], []).append(len(rules))
            if not plain:
                always.append(len(rules))
            numbered = [tuple(frozenset(known[one] for one in choice) for choice in part) for part in (plain, marked)]
            rules.append(Triggered(predicate, rule, numbered[0], numbered[1]))
    words = sorted({literal.lstrip(START) for literal in known if literal not in MARKS})
    automaton = ahocorasick_rs.AhoCorasick(words, matchkind=ahocorasick_rs.MatchKind.Standard)
    return Triggers(
        tuple(rules),
        automaton,
        tuple((known.get(START + word, -1), known.get(word, -1)) for word in words),
        {literal: tuple(numbers) for literal, numbers in owners.items()},
        tuple(always),
        {mark: known[mark] for mark in MARKS},
    )


def required(pattern: str, vocabulary: Vocabulary) -> tuple[Literals, ...]:
    """Sets of literals in lower case, of each of which one stands in every match of a topic's pattern.

    ``START`` before a literal: it stands at the start of a word. Raises VocabularyError where it is no pattern.
    """
    return _required(pattern, vocabulary, opens=True).choices


class _Needed(NamedTuple):
    """What every match of a part needs, and whether what follows the part stands at the start of a word."""

    choices: tuple[Literals, ...]
    opens: bool


def _required(pattern: str, vocabulary: Vocabulary, *, opens: bool) -> _Needed:
    key = (vocabulary.version, pattern, opens)
    found = _REQUIRED.get(key)
    if found is None:
        groups = {name: chr(_GROUPS + number) for number, name in enumerate(vocabulary.groups)}
        try:
            tree = parser.parse(translate(pattern, groups), re.IGNORECASE | re.DOTALL)
        except (re.error, KeyError) as error:
            raise VocabularyError(f"not a pattern: {error}", where=pattern) from error
        found = _REQUIRED[key] = _of_sequence(tree, vocabulary, opens)
    return found


def _of_sequence(items: Iterable[Any], vocabulary: Vocabulary, opens: bool) -> _Needed:
    """Of items one after the other; ``opens`` says whether the first stands at the start of a word."""
    found: list[Literals] = []
    run, begun = "", opens
    for code, argument in (*items, (None, None)):
        if code is codes.LITERAL and argument < ord(MARKS[0]):
            begun = begun if run else opens
            run += chr(argument).lower()
            opens = not run[-1].isalnum()
            continue
        blank = _is_blank(code, argument)
        run += " " * blank
        if len(run.strip()) >= _LONG_ENOUGH:
            found.append(frozenset([START + run if begun and run[0].isalnum() else run]))
        run, begun = " " * blank, False
        if blank:
            opens = True
        elif code is not None:
            needed = _of_item(code, argument, vocabulary, opens)
            found += needed.choices
            opens = needed.opens
    return _Needed(tuple(found), opens)


def _is_blank(code: Any, argument: Any) -> bool:
    """Whether an item is white space, once or more."""
    if code is not codes.MAX_REPEAT or argument[0] != 1 or len(argument[2]) != 1:
        return False
    inner, choices = argument[2][0]
    return inner is codes.IN and list(choices) == [(codes.CATEGORY, codes.CATEGORY_SPACE)]


def _of_item(code: Any, argument: Any, vocabulary: Vocabulary, opens: bool) -> _Needed:
    if code in (codes.AT, codes.ASSERT, codes.ASSERT_NOT):
        return _Needed((), opens)
    if code is codes.LITERAL:
        return _of_character(argument, vocabulary, opens)
    if code is codes.IN:  # alternatives of one character each: marks, word groups
        one = (_of_character(value, vocabulary, opens) for kind, value in argument if kind is codes.LITERAL)
        return _of_branches(list(one)) if all(kind is codes.LITERAL for kind, _ in argument) else _Needed((), False)
    if code in (codes.SUBPATTERN, codes.ATOMIC_GROUP):
        return _of_sequence(argument[-1] if code is codes.SUBPATTERN else argument, vocabulary, opens)
    if code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
        inner = _of_sequence(argument[2], vocabulary, opens and argument[1] == 1)
        return inner if argument[0] > 0 else _Needed((), opens and inner.opens)
    if code is codes.BRANCH:
        return _of_branches([_of_sequence(branch, vocabulary, opens) for branch in argument[1]])
    return _Needed((), False)


def _of_branches(branches: Sequence[_Needed]) -> _Needed:
    """Of alternatives one stands in a match, so one of the rarest literals of each."""
    opens = all(branch.opens for branch in branches)
    if not all(branch.choices for branch in branches):
        return _Needed((), opens)
    return _Needed((frozenset().union(*(min(branch.choices, key=_rarity) for branch in branches)),), opens)


def _of_character(value: int, vocabulary: Vocabulary, opens: bool) -> _Needed:
    """What a character stands for: a mark of a mention, a word group, or itself."""
    if chr(value) in MARKS:
        return _Needed((frozenset(chr(value)),), False)
    names = list(vocabulary.groups)
    if 0 <= value - _GROUPS < len(names):
        return _required(vocabulary.groups[names[value - _GROUPS]], vocabulary, opens=opens)
    return _Needed((), False)


def _rarity(choice: Literals) -> tuple[int, int, list[str]]:
    """Rarer in running text first: marks last, longer literals, then fewer of them."""
    return -min(map(len, choice)), len(choice), sorted(choice)
