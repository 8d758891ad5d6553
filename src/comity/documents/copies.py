"""Which texts repeat one another: syndicated, cut, or reworded with the facts in their order. Pure functions of texts.

Use :func:`copies` to find the pairs, with the passages that show it, and :func:`originals` to count each text once;
:func:`copy_of` for two texts that may be a pair (see :mod:`comity.documents.fingerprints`).
Two ways lead to a pair, and neither compares all texts with all:

- *word for word*: shingles of five words (Broder 1997), of which one in four is kept as a fingerprint (modulo p, Manber
  1994), give the candidates; of these the runs of equal words are laid side by side, and their share counts.
- *reworded*: a spun or back-translated text keeps names, figures and their order. Pairs of neighbouring names and
  figures give the candidates, the longest common subsequence decides. Two reporters at one event give the same names
  in another order, each with figures of his own.

A fingerprint that many texts share pairs each with the first and the next only, so that the work grows with the texts
and not with their square.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, pairwise
from typing import Literal

from rapidfuzz.distance import LCSseq

from comity.model import Pair
from comity.vocabulary import language

__all__ = ["WORD", "Compared", "Copy", "Passage", "compared", "copies", "copy_of", "originals"]

_SHINGLE = 5  # words
_KEPT = 4  # one shingle of so many is a fingerprint
_PRIME = (1 << 61) - 1
_BASE = 1_000_003
_MANY = 20  # texts that share a fingerprint before it pairs them in a row
_TWO_HITS = 2  # fingerprints in common that make a candidate
_FOUR_HITS = 4  # pairs of names and figures in common that make a candidate
# On the golden stories rewordings share 0.57 to 0.79 of their names and figures in order, two reporters' accounts of
# one event at most 0.44 (docs/comparison.md).
_REPEATED = 0.5  # share of a text's words that stand in the other, from which on it repeats it
_LEAST_REPEATED = 40  # words; fewer may be what anybody would write of the same thing
_IN_ORDER = 0.55  # share of a text's names and figures that stand in the other in the same order
_LEAST_IN_ORDER = 0.4  # the same for the longer of the two: what is reworded keeps its length, more or less
_LEAST_MARKS = 12  # names and figures below which nothing is said of a rewording

WORD = re.compile(r"[a-z]+(?![\w'’])|\d[\d,.]*\d|\w+(?:['’]\w+)*")
"""What counts as a word: the first form takes most of them in half the time, the others all that it leaves."""
_SENTENCE = re.compile(r"[^\s][^\n]*?(?:[.!?]+[\"'”’)]*(?=\s|$)|(?=\n|$))")


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of one text and the words of the other that repeat them: spans of code points."""

    one: Pair
    other: Pair


@dataclass(frozen=True, slots=True)
class Copy:
    """Two texts of which one repeats the other. ``one`` is the lesser id.

    ``kind``: ``same`` (every word), ``verbatim`` (much of it word for word), ``reworded`` (names and figures in their
    order). ``one_share`` and ``other_share`` are how much of each stands in the other, between 0 and 1: of its words,
    or, reworded, of its names and figures.
    """

    one: str
    other: str
    kind: Literal["same", "verbatim", "reworded"]
    one_share: float
    other_share: float
    passages: tuple[Passage, ...]

    def share(self, text: str) -> float:
        """How much of ``text``, one of the two, stands in the other."""
        return self.one_share if text == self.one else self.other_share


@dataclass(frozen=True, slots=True)
class Compared:
    """A text as it is compared: its words with their spans, and its names and figures with their sentences."""

    id: str
    words: tuple[str, ...]
    spans: tuple[Pair, ...]
    shingles: tuple[int, ...]
    marks: tuple[str, ...]
    sentences: tuple[Pair, ...]  # of each mark


def copies(texts: Mapping[str, str]) -> tuple[Copy, ...]:
    """The pairs of texts of which one repeats the other, by ids; the order of ``texts`` makes no difference.

    ``texts`` maps ids to clean texts. Of many texts that repeat one another not every pair is named, but enough of them
    to join all.
    """
    known = [compared(id, texts[id]) for id in sorted(texts)]
    found: dict[tuple[str, str], Copy] = {}
    firsts: dict[tuple[str, ...], Compared] = {}
    for text in known:
        first = firsts.setdefault(text.words, text)
        if first is not text and text.words:
            found[first.id, text.id] = _same(first, text)
    different = list(firsts.values())
    for one, other in _candidates(different, [_fingerprints(text) for text in different], _TWO_HITS):
        pair = _verbatim(one, other)
        if pair:
            found[one.id, other.id] = pair
    for one, other in _candidates(different, [set(pairwise(text.marks)) for text in different], _FOUR_HITS):
        pair = None if (one.id, other.id) in found else _reworded(one, other)
        if pair:
            found[one.id, other.id] = pair
    return tuple(found[key] for key in sorted(found))


def copy_of(one: Compared, other: Compared) -> Copy | None:
    """The pair that two texts are, the one with the lesser id first; None where neither repeats the other."""
    one, other = sorted((one, other), key=lambda text: text.id)
    if one.words == other.words:
        return _same(one, other) if one.words else None
    return _verbatim(one, other) or _reworded(one, other)


def originals(found: Iterable[Copy], order: Sequence[str]) -> dict[str, str]:
    """Each text that repeats an earlier one, mapped to the text that it goes back to.

    ``order`` names the texts, the likeliest original first: by publication, then the longer one. A text that holds an
    earlier one whole but is mostly its own words is no copy.
    """
    place = {text: number for number, text in enumerate(order)}
    earlier: dict[str, list[str]] = {}
    for pair in found:
        if pair.one in place and pair.other in place:
            first, later = sorted((pair.one, pair.other), key=place.__getitem__)
            if pair.share(later) >= (_IN_ORDER if pair.kind == "reworded" else _REPEATED):
                earlier.setdefault(later, []).append(first)
    result: dict[str, str] = {}
    for text in order:
        if text in earlier:
            nearest = min(earlier[text], key=place.__getitem__)
            result[text] = result.get(nearest, nearest)
    return result


# --- a text as it is compared ----------------------------------------------------------------------------------


def compared(id: str, text: str) -> Compared:
    """A text as it is compared; make it once where it is held against several."""
    found = list(WORD.finditer(text))
    words = tuple(match[0].casefold().replace("’", "'") for match in found)
    marks, sentences = _marks(text, found, words)
    return Compared(id, words, tuple(match.span() for match in found), _shingles(words), marks, sentences)


def _shingles(words: Sequence[str]) -> tuple[int, ...]:
    """A number for every five words in a row, the same on every machine (a rolling hash, Karp and Rabin 1987)."""
    numbers = [_number(word) for word in words]
    if len(numbers) < _SHINGLE:
        return ()
    top = pow(_BASE, _SHINGLE, _PRIME)
    rolled = 0
    result = []
    for place, number in enumerate(numbers):
        rolled = (rolled * _BASE + number) % _PRIME
        if place >= _SHINGLE:
            rolled = (rolled - numbers[place - _SHINGLE] * top) % _PRIME
        if place >= _SHINGLE - 1:
            result.append(rolled)
    return tuple(result)


@lru_cache(maxsize=100_000)
def _number(word: str) -> int:
    return zlib.crc32(word.encode())


def _fingerprints(text: Compared) -> set[int]:
    return {shingle for shingle in text.shingles if shingle % _KEPT == 0}


def _marks(text: str, found: Sequence[re.Match[str]], words: Sequence[str]) -> tuple[tuple[str, ...], tuple[Pair, ...]]:
    """The names and figures of a text in their order, and the sentence of each.

    A name is a capitalised word that doesn't open its sentence, or does so elsewhere too; a figure may be spelled.
    """
    figures = _figures()
    sentences = [match.span() for match in _SENTENCE.finditer(text)]
    opening = _openings(sentences, found)
    names = {words[at] for at, match in enumerate(found) if match[0][0].isupper() and at not in opening}
    marks, places = [], []
    sentence = 0
    for at, match in enumerate(found):
        while sentence < len(sentences) - 1 and sentences[sentence][1] <= match.start():
            sentence += 1
        word = words[at]
        mark = figures.get(word)
        if mark is None and word[0].isdigit():
            mark = word.replace(",", "")
        elif mark is None and match[0][0].isupper() and word in names:
            mark = word.removesuffix("'s")
        if mark is not None:
            marks.append(mark)
            places.append(sentences[sentence])
    return tuple(marks), tuple(places)


def _openings(sentences: Sequence[Pair], found: Sequence[re.Match[str]]) -> set[int]:
    """The places, among the words, of those that open a sentence."""
    result = set()
    at = 0
    for start, _ in sentences:
        while at < len(found) and found[at].start() < start:
            at += 1
        result.add(at)
    return result


@lru_cache(maxsize=1)
def _figures() -> dict[str, str]:
    words: dict[str, int] = language("numbers")["words"]
    return {word: str(number) for word, number in words.items() if number > 1}


# --- pairs -----------------------------------------------------------------------------------------------------


def _candidates(
    texts: Sequence[Compared], kept: Sequence[Iterable[object]], least: int
) -> Iterable[tuple[Compared, Compared]]:
    """Pairs that share at least ``least`` of what was kept of each."""
    holding: dict[object, list[int]] = {}
    for at, fingerprints in enumerate(kept):
        for fingerprint in fingerprints:
            holding.setdefault(fingerprint, []).append(at)
    shared: Counter[tuple[int, int]] = Counter()
    for holders in holding.values():
        if len(holders) <= _MANY:
            shared.update(combinations(holders, 2))
        else:
            shared.update({*((holders[0], at) for at in holders[1:]), *pairwise(holders)})
    return [(texts[one], texts[other]) for (one, other), count in sorted(shared.items()) if count >= least]


def _same(one: Compared, other: Compared) -> Copy:
    whole = [(text.spans[0][0], text.spans[-1][1]) for text in (one, other)]
    return Copy(one.id, other.id, "same", 1.0, 1.0, (Passage(whole[0], whole[1]),))


def _verbatim(one: Compared, other: Compared) -> Copy | None:
    runs = _runs(one, other)
    total = sum(length for _, _, length in runs)
    shares = [round(min(1.0, total / len(text.words)), 3) for text in (one, other)]
    if max(shares) < _REPEATED or total < _LEAST_REPEATED:
        return None
    passages = [
        Passage(
            (one.spans[at][0], one.spans[at + length - 1][1]),
            (other.spans[there][0], other.spans[there + length - 1][1]),
        )
        for at, there, length in runs
    ]
    return Copy(one.id, other.id, "verbatim", shares[0], shares[1], tuple(passages))


def _runs(one: Compared, other: Compared) -> list[tuple[int, int, int]]:
    """Equal words in a row, at least five: where in one, where in the other, how many. No word counts twice."""
    where: dict[int, int] = {}
    for at, shingle in enumerate(other.shingles):
        where.setdefault(shingle, at)
    runs = []
    at, used = 0, [False] * len(other.words)
    while at < len(one.shingles):
        there = where.get(one.shingles[at])
        if there is None or used[there]:
            at += 1
            continue
        length = 0
        while (
            at + length < len(one.words)
            and there + length < len(other.words)
            and one.words[at + length] == other.words[there + length]
            and not used[there + length]
        ):
            used[there + length] = True
            length += 1
        if length >= _SHINGLE:
            runs.append((at, there, length))
        at += max(1, length)
    return runs


def _reworded(one: Compared, other: Compared) -> Copy | None:
    if min(len(one.marks), len(other.marks)) < _LEAST_MARKS:
        return None
    common = LCSseq.similarity(one.marks, other.marks)
    shares = [round(common / len(text.marks), 3) for text in (one, other)]
    if max(shares) < _IN_ORDER or min(shares) < _LEAST_IN_ORDER:
        return None
    passages: dict[tuple[Pair, Pair], int] = {}
    for step in LCSseq.opcodes(one.marks, other.marks):
        if step.tag == "equal":
            here, there = (
                one.sentences[step.src_start : step.src_end],
                other.sentences[step.dest_start : step.dest_end],
            )
            for pair in zip(here, there, strict=True):
                passages[pair] = passages.get(pair, 0) + 1
    shown = tuple(Passage(*pair) for pair, count in passages.items() if count > 1)
    return Copy(one.id, other.id, "reworded", shares[0], shares[1], shown)
