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

__all__ = ["Tagger", "Tokens", "features", "load_tagger", "shape", "tag", "tokens"]


_MARKS = dict.fromkeys(("“", "”", "''", "``", '"', "„"), '"')


_STARTERS = frozenset({'"', ".", ":", "?", "!", "-", "—", "(", "'"})
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
        (?:[^\W\d_]\.){{2,}}                      # U.S.  D.C.  a.m.
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


def features(
    word: str, lower: str, first: bool, previous: str, before: str, previous_word: str, next_word: str, next_two: str
) -> tuple[str, ...]:
    """What the tagger sees of one word: itself, its ending and shape, two tags before, two words after."""
    ending = lower[-3:]
    return (
        "w" + lower,
        "e" + ending,
        "f" + lower[-2:] + shape(word, first),
        "p" + previous,
        "q" + previous + before,
        "r" + previous + lower,
        "b" + previous_word,
        "n" + next_word,
        "m" + next_word[-3:] + previous,
        "o" + next_two,
        "s" + shape(word, first) + previous,
        "u" + ending + previous,
        "v" + ending + next_word[-2:],
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


def tag(words: list[str], lower: list[str], model: Tagger | None = None) -> list[str]:
    """The tags of one sentence."""
    tagger = load_tagger() if model is None else model
    known, names, votes, open_tags = tagger
    size = len(words)
    proper = names.index("NP")
    result: list[str] = []
    previous, before = "^", "^"
    for index in range(size):
        low = lower[index]
        can = known.get(low)
        if can is not None and len(can) == 1 and (low == words[index] or not index or names[can[0]] not in _OPEN):
            chosen = names[can[0]]
        elif can is None and not (low[0].isalnum()):
            chosen = low[0]
        else:
            scores = dict.fromkeys(open_tags if can is None else can, 0)
            if (
                can is not None
                and index
                and words[index][0].isupper()
                and (lower[index - 1] not in _STARTERS or names[can[0]] in _OPEN)
            ):
                scores.setdefault(proper, 0)
            for feature in features(
                words[index],
                low,
                index == 0,
                previous,
                before,
                lower[index - 1] if index else "^",
                lower[index + 1] if index + 1 < size else "$",
                lower[index + 2] if index + 2 < size else "$",
            ):
                for name, weight in votes.get(feature, ()):
                    if name in scores:
                        scores[name] += weight
            chosen = names[max(scores, key=lambda name: (scores[name], -name))]
        if low == "'" and index and lower[index - 1][-1:] == "s" and previous in ("N", "NP"):
            chosen = "POS"
        if low == "to" and previous == "VBG" and lower[index - 1] == "according":
            chosen = "IN"
        result.append(chosen)
        before, previous = previous, chosen
    return result
