"""The words of a text, with their parts of speech: what the rules of attribution look at.

Use :func:`tokens` for the words, and :func:`tagged` for the tags of one sentence. The tagger is an averaged perceptron (Collins
2002; greedy, left to right) that decides only among the tags a word can have; its weights are ``data/models/tagger.json.gz``,
trained by ``scripts/train_tagger.py`` on GUM (see ``docs/attribution.md``). Tags are Penn Treebank's, with ``N`` for
common nouns and ``NP`` for names, singular or plural; a mark of punctuation is its own tag.
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

__all__ = ["Tagger", "Tokens", "contextual", "lexical", "load_tagger", "shape", "start", "tag", "tokens"]


_MARKS = dict.fromkeys(("“", "”", "''", "``", '"', "„"), '"')


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
        [^\W\d_]+(?![\w.'’\-&/@])                 # a plain word
      | (?:[^\W\d_]\.){{2,}}                      # U.S.  D.C.  a.m.
      | \b(?:{titles}|jr|inc|corp|co|no|vs)\.    # Mr.  Sen.
      | \b(?:{short})\.(?=\s*[,;)’”"]|\s+(?-i:[a-z(])) # Calif.,  La. on
      | (?-i:\b[A-Z]-[A-Z][a-z]*\.(?:[A-Z][a-z]*\.)*(?=\s*[,;)]))  # R-Mo.,  D-N.Y.)
      | (?-i:\b[A-Z]\.(?=\s+[A-Z][\w’'-]+))       # J. Doe
      | (?-i:\b[ODL]['’][A-Z][\w-]+)             # O'Brien
      | [^\W\d_]+?(?=n['’]t\b) | n['’]t\b         # did n't
      | ['’](?:s|re|ve|ll|d|m)\b                  # 's
      | \$?\d+(?:[.,:]\d+)*%?                     # $1,200
      | [^\W_]+(?:[-&./@]+[^\W_]+)*               # city  287-g  anti-immigrant
      | '' | `` | \.\.+ | --+ | [^\w\s] | _+
        """,
        re.VERBOSE | re.IGNORECASE,
    )


def tokens(text: str) -> Tokens:
    """The words and marks of ``text``; clitics ("'s", "n't") stand apart."""
    starts: list[int] = []
    ends: list[int] = []
    words: list[str] = []
    for match in _pattern().finditer(text):
        start, end = match.span()
        starts.append(start)
        ends.append(end)
        words.append(match.group())
    return Tokens(starts, ends, words, [_MARKS.get(word) or word.lower().replace("’", "'") for word in words])


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
        "q" + previous + before,
        "p" + previous,
        "r" + previous + lower,
        "b" + previous_word,
        "n" + next_word,
        "m" + next_word[-3:] + previous,
    )


@lru_cache(maxsize=1)
def load_tagger() -> Tagger:
    """The tagger's weights, read once. Raises VocabularyError where the file is missing or damaged."""
    try:
        packed = resources.files("comity").joinpath("data", "models", "tagger.json.gz").read_bytes()
        data = json.loads(gzip.decompress(packed))
    except (OSError, ValueError, EOFError) as error:
        raise VocabularyError(
            "no tagger weights", where="models/tagger.json.gz", hint="check the installation"
        ) from error
    votes = {feature: list(zip(pairs[::2], pairs[1::2], strict=True)) for feature, pairs in data["votes"].items()}
    return Tagger(data["known"], data["tags"], votes, data["open"])


@lru_cache(maxsize=40_000)
def _start(word: str, lower: str, first: bool, named: bool) -> str | dict[int, int]:
    """What a word is by itself: its one tag, or the tags it can have with their scores before its place is seen."""
    known, names, votes, open_tags = load_tagger()
    return start(Tagger(known, names, votes, open_tags), word, lower, first, named)


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
    scores = dict.fromkeys(open_tags if can is None else can, 0)
    if can is not None and named and word[0].isupper():
        scores.setdefault(names.index("NP"), 0)
    for feature in lexical(word, lower, first):
        for name, weight in votes.get(feature, ()):
            if name in scores:
                scores[name] += weight
    return scores


def tag(words: list[str], lower: list[str], model: Tagger | None = None) -> list[str]:
    """The tags of one sentence."""
    tagger = load_tagger() if model is None else model
    names, votes = tagger.tags, tagger.votes
    found = votes.get
    last = len(words) - 1
    result: list[str] = []
    previous, before = "^", "^"
    for index, low in enumerate(lower):
        named = index > 0 and lower[index - 1] not in STARTERS
        begun = (
            _start(words[index], low, index == 0, named)
            if model is None
            else start(model, words[index], low, index == 0, named)
        )
        if isinstance(begun, str):
            chosen = begun
        else:
            scores = begun.copy()
            for feature in contextual(
                low, previous, before, lower[index - 1] if index else "^", lower[index + 1] if index < last else "$"
            ):
                pairs = found(feature)
                if pairs is not None:
                    for name, weight in pairs:
                        if name in scores:
                            scores[name] += weight
            best = -1_000_000
            for name, score in scores.items():
                if score > best:
                    best, top = score, name
            chosen = names[top]
        if low == "'" and previous in ("N", "NP") and lower[index - 1][-1:] == "s":
            chosen = "POS"
        elif low == "to" and previous == "VBG" and lower[index - 1] == "according":
            chosen = "IN"
        result.append(chosen)
        before, previous = previous, chosen
    return result
