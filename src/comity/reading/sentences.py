"""Sentences of a text as spans: where the reader's clauses, evidence and cues live.

Use :func:`split` for sentences and :func:`paragraphs` for the lines or blocks that hold them. Both give half-open code
point spans into the text, without surrounding white space, in order. A sentence never crosses a paragraph. A quotation
that ends in ``?``, ``!`` or a stop goes on with its ``said`` clause. Own rules instead of nupunkt: they know
newspapers' abbreviations and quotations, and take a fifth of a millisecond an article (``benchmarks/attribution.py``).
"""

from __future__ import annotations

import itertools
import re
from functools import lru_cache
from typing import NamedTuple

from comity.model import Pair
from comity.vocabulary import language

__all__ = ["paragraphs", "split"]

_CLOSERS = "\"'”’)]}»"
_OPENERS = "\"'“‘([{«"
_GOES_ON = frozenset("—–-$")  # after an abbreviation: “DOVER, Del. — The”, “approx. $2”
# Two sentences may be set without a blank between them: "the program.The decision", "“It works.”The council".
_GLUED = r"(?<=[a-z]{2}[.!?])(?=[“\"]?[A-Z][a-z’']*\s)|(?<=[a-z][.!?][”\"])(?=[A-Z][a-z’']*\s)"
_BREAK = re.compile(rf"[.!?…]+[\"'”’)\]}}»]*(?:(?=\s)|{_GLUED})")
_LAST_WORD = re.compile(r"[^\s\"'“”‘’()\[\]{}—–]+$")
_INITIAL = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
_NAMED = re.compile(r"(?:[A-Z][\w’'-]+\.? ){1,4}([a-z]+)[.,]")
_STAMP = re.compile(r"\d{1,2}(?::\d\d)?\s[ap]\.m\.", re.IGNORECASE)
_LINE = re.compile(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_BLANK = re.compile(r"\n[ \t]*\r?\n")
_WRAPPED = 3  # full lines that run on in lower case before a text counts as hard-wrapped


class _Words(NamedTuple):
    titles: frozenset[str]
    abbreviations: frozenset[str]
    numbered: frozenset[str]
    latin: frozenset[str]
    openers: frozenset[str]
    said: frozenset[str]


@lru_cache(maxsize=1)
def _words() -> _Words:
    data = language("sentences")
    return _Words(*(frozenset(str(word) for word in data[name]) for name in _Words._fields))


@lru_cache(maxsize=16)
def split(text: str) -> tuple[Pair, ...]:
    """The sentences of ``text``, in order, none crossing a paragraph.

    Headlines and list items without a stop are sentences too.
    """
    words = _words()
    spans: list[Pair] = []
    for start, end in paragraphs(text):
        begin = start
        for match in _BREAK.finditer(text, start, end):
            if match.end() >= end or not _ends(text, match, begin, end, words):
                continue
            spans.append((begin, match.end()))
            begin = match.end()
            while begin < end and text[begin].isspace():
                begin += 1
        if begin < end:
            spans.append((begin, end))
    return tuple(spans)


@lru_cache(maxsize=16)
def paragraphs(text: str) -> tuple[Pair, ...]:
    """The paragraphs of ``text``: its lines, or, where it is hard-wrapped, its blocks between empty lines."""
    if _hard_wrapped(text):
        pieces, begin = [], 0
        for match in _BLANK.finditer(text):
            pieces.append((begin, match.start()))
            begin = match.end()
        pieces.append((begin, len(text)))
    else:
        pieces = [match.span() for match in _LINE.finditer(text)]
    spans = []
    for start, end in pieces:
        piece = text[start:end]
        body = piece.strip()
        if body:
            begin = start + len(piece) - len(piece.lstrip())
            spans.append((begin, begin + len(body)))
    return tuple(spans)


def _hard_wrapped(text: str) -> bool:
    """Whether lines are broken at a width: several long lines go on in lower case on the next line."""
    if not _BLANK.search(text):
        return False
    lines = text.split("\n")
    running = sum(
        1
        for line, following in itertools.pairwise(lines)
        if 40 <= len(line.rstrip()) <= 120 and line.rstrip()[-1:] not in '.!?:”"' and following[:1].islower()
    )
    return running >= _WRAPPED


def _ends(text: str, match: re.Match[str], begin: int, end: int, words: _Words) -> bool:
    """Whether the stop at ``match`` ends the sentence that began at ``begin``."""
    mark = match.group()
    after = match.end()
    while after < end and text[after].isspace():
        after += 1
    first = after
    while first < end and text[first] in _OPENERS:
        first += 1
    following = text[first] if first < end else ""
    quoted = mark[-1] in _CLOSERS
    if following.islower():
        # “Are you sure?” she asked; e-mail names such as “iPhone” lose a break, which costs less than a wrong one
        return False
    if quoted and mark[-1] in "\"'" and first > after and text[match.end()] != " ":
        return False
    stop = mark.rstrip(_CLOSERS)
    if stop.startswith(("..", "…")) or stop in (". . .",):
        return following.isupper() or following == "" or first > after
    if "!" in stop or "?" in stop or len(stop) > 1:
        return not (quoted and first == after and _speaker_follows(text, after, end, words))
    if quoted and first == after and _NAMED.match(text, after, min(end, after + 60)):
        # “The mails are missing.” Ruiz said.
        return _NAMED.match(text, after, min(end, after + 60)).group(1) not in words.said  # type: ignore[union-attr]
    return not _abbreviated(text, match, begin, after, words)


def _speaker_follows(text: str, after: int, end: int, words: _Words) -> bool:
    """Whether a short subject and "said" come next: “Is it final?” Mayor Ortiz asked."""
    following = re.split(r"[.?!:;\"“”\n]", text[after : min(end, after + 90)].replace(". ", " "))[0].split()
    return any(word.strip(",").lower() in words.said for word in following[1:12])


def _abbreviated(text: str, match: re.Match[str], begin: int, after: int, words: _Words) -> bool:
    """Whether the stop at ``match`` belongs to an abbreviation and the sentence goes on after it."""
    last = _LAST_WORD.search(text, max(begin, match.start() - 24), match.start())
    if last is None:
        return False
    word = last.group()
    low = word.lower()
    closed = match.group()[-1] in _CLOSERS
    follower = re.match(r"[^\W_]+(?:['’][^\W_]+)?", text[after : after + 24].lstrip(_OPENERS))
    nextword = follower.group() if follower else ""
    if low in words.titles and word[:1].isupper() and not closed:
        # “Main St. The” ends, “St. Louis” does not
        return not (
            low in ("st", "ft", "mt", "rev", "gen", "sr") and nextword.lower() in words.openers and begin < last.start()
        )
    if low in words.latin and not closed:
        return True
    if low in words.numbered and not closed and (nextword[:1].isdigit() or (len(nextword) == 1 and nextword != "A")):
        return True
    opener = nextword.lower() in words.openers
    if _INITIAL.fullmatch(word) and word[:1].isupper() and "." not in word:
        # an initial: “J. Doe”; “Plan B. The …” and “vitamin C. It …” end
        return not opener and not closed
    if low in words.abbreviations or (_INITIAL.fullmatch(word) and "." in word):
        if _STAMP.fullmatch(text, begin, match.end()) and nextword[:1].isupper():
            return False  # “1:10 p.m. Hobart says …” on a live blog
        return not closed and not opener and (nextword != "" or text[after : after + 1] in _GOES_ON)
    return False
