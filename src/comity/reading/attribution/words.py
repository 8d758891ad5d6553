"""The words of a text, with their parts of speech: what the rules of attribution look at.

Use :func:`tokens` for the words, and :func:`tag` for the tags of one sentence. The tagger is an averaged perceptron
(Collins 2002; greedy, left to right) that decides only among the tags a word can have; its weights are
``data/models/tagger.json.gz``, trained by ``scripts/train_tagger.py`` on GUM (see ``docs/attribution.md``). Tags are
Penn Treebank's, with ``N`` for common nouns and ``NP`` for names, singular or plural; a mark is its own tag.
"""

from __future__ import annotations

import gzip
import json
import re
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

from comity.errors import VocabularyError
from comity.vocabulary import language

__all__ = [
    "Ready",
    "Tagger",
    "Tokens",
    "contextual",
    "lexical",
    "load_tagger",
    "ready",
    "shape",
    "start",
    "tag",
    "tokens",
]


_PLAIN = str.maketrans({"’": "'", "“": '"', "”": '"', "„": '"'})


STARTERS = frozenset({'"', ".", ":", "?", "!", "-", "—", "(", "'"})
_OPEN = frozenset({"N", "JJ", "VB", "VBP", "VBZ", "VBD", "VBN", "VBG"})  # what a capital can turn into a name


class Tokens(NamedTuple):
    """Parallel lists: where each word starts and ends, as printed, and in lower case with straight apostrophes."""

    starts: list[int]
    ends: list[int]
    words: list[str]
    lower: list[str]


class Tagger(NamedTuple):
    """Weights of the tagger: tags a word can have, and for each feature the votes for tags."""

    known: dict[str, list[int]]  # a word's tags, the commonest first
    tags: list[str]
    votes: dict[str, list[tuple[int, int]]]
    open_tags: list[int]  # what an unknown word may be


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    data = language("sentences")
    titles = "|".join(re.escape(str(word)) for word in data["titles"])
    short = "|".join(re.escape(str(word)) for word in data["abbreviations"])
    return re.compile(
        rf"""
        [^\W\d_]++(?![\w.'\-&/@])                  # a plain word
      | [,"();:]                                   # the common marks
      | [^\W\d_]{{7,}}+(?=\.)                       # too long to be an abbreviation
      | (?:[^\W\d_]\.){{2,}}                        # U.S.  D.C.  a.m.
      | \b(?i:{titles}|jr|inc|corp|co|no|vs)\.      # Mr.  Sen.
      | \b(?i:{short})\.(?=\s*[,;)'"]|\s+[a-z(])   # Calif.,  La. on
      | \b[A-Z]-[A-Z][a-z]*\.(?:[A-Z][a-z]*\.)*(?=\s*[,;)])   # R-Mo.,  D-N.Y.)
      | \b[A-Z]\.(?=\s+[A-Z][\w'-]+)               # J. Doe
      | \b[ODL]'[A-Z][\w-]+                         # O'Brien
      | [^\W\d_]+?(?=[nN]'[tT]\b) | [nN]'[tT]\b     # did n't
      | '(?i:s|re|ve|ll|d|m)\b                      # 's
      | \$?\d+(?:[.,:]\d+)*%?(?:-(?:\d+|[^\W\d_]+))*  # $1,200  27-page  5-2
      | [^\W_]+(?:[-&./@]+[^\W_]+)*                 # city  287-g  anti-immigrant
      | \'\' | `` | \.\.+ | --+ | [^\w\s] | _+
        """,
        re.VERBOSE,
    )


def tokens(text: str) -> Tokens:
    """The words and marks of ``text``; clitics ("'s", "n't") stand apart."""
    plain = text.translate(_PLAIN)
    found = _pattern().findall(plain)
    starts: list[int] = []
    ends: list[int] = []
    find, at = plain.find, 0
    for word in found:  # only white space stands between words
        at = find(word, at)
        starts.append(at)
        at += len(word)
        ends.append(at)
    lower = [_LOWER.get(word) or word.lower() for word in found]
    words = [text[start:end] for start, end in zip(starts, ends, strict=True)] if plain != text else found
    return Tokens(starts, ends, words, lower)


_LOWER = {"''": '"', "``": '"'}


def shape(word: str, first: bool) -> str:
    """A coarse shape: digits, initial capital (by place in the sentence), all capitals, a hyphen, or lower case."""
    head = word[0]
    if head.isdigit() or head == "$":
        return "9"
    if "-" in word:
        return "X-" if head.isupper() else "x-"
    if head.isupper():
        if len(word) > 1 and word.isupper():
            return "XX"
        return "Xx0" if first else "Xx"
    return "x"


def lexical(word: str, lower: str, first: bool) -> tuple[str, str, str]:
    """The features of a word by itself: the word, its ending, its ending with its shape."""
    return "w" + lower, "e" + lower[-3:], "f" + lower[-2:] + shape(word, first)


def contextual(lower: str, previous: str, before: str, previous_word: str, next_word: str) -> tuple[str, ...]:
    """The features of its place: the two tags before, the words beside it."""
    return (
        f"q{previous} {before}",
        f"r{previous} {lower}",
        f"b{previous_word}",
        f"n{next_word}",
        f"m{previous} {next_word[-3:]}",
    )


class Ready(NamedTuple):
    """A tagger laid out for speed: what words are by themselves, and the votes of their place by kind of feature."""

    tagger: Tagger
    opening: dict[str, str | dict[int, int]]  # by word, where a capital says nothing
    middle: dict[str, str | dict[int, int]]  # by word, where a capital may make a name
    tags_before: dict[str, dict[str, dict[int, int]]]  # by the tag before and the one before that
    word_and_tag: dict[str, dict[str, dict[int, int]]]  # by the tag before and the word
    word_before: dict[str, dict[int, int]]
    next_word: dict[str, dict[int, int]]
    next_ending: dict[str, dict[str, dict[int, int]]]  # by the tag before and the next word's ending


_FEW = 60_000  # words remembered at most


@lru_cache(maxsize=1)
def load_tagger() -> Ready:
    """The tagger's weights, read once. Raises VocabularyError where the file is missing or damaged."""
    try:
        packed = resources.files("comity").joinpath("data", "models", "tagger.json.gz").read_bytes()
        data = json.loads(gzip.decompress(packed))
    except (OSError, ValueError, EOFError) as error:
        raise VocabularyError(
            "no tagger weights", where="models/tagger.json.gz", hint="check the installation"
        ) from error
    votes = {feature: list(zip(pairs[::2], pairs[1::2], strict=True)) for feature, pairs in data["votes"].items()}
    return ready(Tagger(data["known"], data["tags"], votes, data["open"]))


def ready(tagger: Tagger) -> Ready:
    """The tagger laid out for :func:`tag`."""
    made = Ready(tagger, {}, {}, {}, {}, {}, {}, {})
    tables = {"q": made.tags_before, "r": made.word_and_tag, "m": made.next_ending}
    for feature, pairs in tagger.votes.items():
        kind, key = feature[0], feature[1:]
        if kind in "bn":
            (made.word_before if kind == "b" else made.next_word)[key] = dict(pairs)
        elif kind in tables:
            name, _, rest = key.partition(" ")
            tables[kind].setdefault(name, {})[rest] = dict(pairs)
    return made


def start(tagger: Tagger, word: str, lower: str, first: bool, named: bool) -> str | dict[int, int]:
    """As the tagger sees a word by itself; ``named`` says that a capital may make it a name here."""
    known, names, votes, open_tags = tagger
    can = known.get(lower)
    if can is None and not lower[0].isalnum() and not (lower[0] == "$" and len(lower) > 1):
        return lower[0]
    if named and len(word) > 1 and word.isupper() and word.isalpha() and (can is None or names[can[0]] in _OPEN):
        return "NP"  # ICE, DHS
    if can is not None and len(can) == 1 and (lower == word or first or names[can[0]] not in _OPEN):
        return names[can[0]]
    if can is None:
        if named and word[0].isupper() and word.isalpha():
            return "NP"
        can = _guesses(names, open_tags, lower, word)
    scores = dict.fromkeys(can, 0)
    if named and word[0].isupper():
        scores.setdefault(names.index("NP"), 0)
    for feature in lexical(word, lower, first):
        for name, weight in votes.get(feature, ()):
            if name in scores:
                scores[name] += weight
    return scores


def _guesses(names: list[str], open_tags: list[int], lower: str, word: str) -> list[int]:
    """What an unknown word may be, by its ending."""
    for ending, can in _ENDINGS:
        if lower.endswith(ending):
            found = [names.index(name) for name in can]
            return [*found, names.index("NP")] if word[0].isupper() else found
    return open_tags


_ENDINGS = (
    ("ly", ("RB", "JJ", "N")),
    ("ing", ("VBG", "N", "JJ")),
    ("ed", ("VBD", "VBN", "JJ")),
    ("ness", ("N",)),
    ("tion", ("N",)),
    ("ment", ("N",)),
    ("s", ("N", "VBZ", "JJ", "VBP", "RB")),
)


def tag(words: list[str], lower: list[str], model: Ready | None = None) -> list[str]:
    """The tags of one sentence."""
    made = load_tagger() if model is None else model
    names = made.tagger.tags
    word_before, next_word = made.word_before.get, made.next_word.get
    tags_before, word_and_tag, next_ending = made.tags_before.get, made.word_and_tag.get, made.next_ending.get
    nothing: dict[str, dict[int, int]] = {}
    last = len(words) - 1
    result: list[str] = []
    previous, before, beside = "^", "^", "^"
    for index, low in enumerate(lower):
        named = index > 0 and beside not in STARTERS
        cache = made.middle if named else made.opening
        word = words[index]
        begun = cache.get(word) if index else None
        if begun is None:
            begun = start(made.tagger, word, low, index == 0, named)
            if index and len(cache) < _FEW:
                cache[word] = begun
        if isinstance(begun, str):
            chosen = begun
            if low == "'" and previous in ("N", "NP") and beside[-1:] == "s":
                chosen = "POS"
            elif low == "to" and previous == "VBG" and beside == "according":
                chosen = "IN"
        else:
            following = lower[index + 1] if index < last else "$"
            scores = begun.copy()
            for row in (
                tags_before(previous, nothing).get(before),
                word_and_tag(previous, nothing).get(low),
                next_ending(previous, nothing).get(following[-3:]),
                word_before(beside),
                next_word(following),
            ):
                if row is not None:
                    for name in scores:
                        if name in row:
                            scores[name] += row[name]
            top = max(scores, key=scores.__getitem__)
            chosen = names[top]
            if low == "to" and previous == "VBG" and beside == "according":
                chosen = "IN"
        result.append(chosen)
        before, previous, beside = previous, chosen, low
    return result
