"""Patterns of a topic, compiled: regular expressions over sentences in which mentions are folded to marks.

A sentence is folded so that each mention of a government, agency, school district or federal body is one private-use
character of its kind: "«Dayton» adopted …". A topic's pattern is then an ordinary regular expression with a few
shorthands, all documented in docs/reader.md:

    {gov} {school} {agency} {federal} {body} {any}    a mention of that class; ``{subject:gov}`` names it,
                                                       ``{subject:gov+}`` takes a list ("A, B and C")
    %group                                             a word group of the topic
    space ~ space                                      a gap of up to 60 characters within the clause
    space ~~ space                                     a gap of up to 160 characters
    {date}                                             a time expression
    «words»                                            the head: the words that name the act
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from typing import get_args

from comity.errors import VocabularyError
from comity.model import DateMention, Kind, Pair
from comity.reading.mentions import Mention, spaced
from comity.vocabulary import Vocabulary, language

__all__ = [
    "CLASSES", "MARKS", "Folded", "compile_pattern", "coordinated", "fold", "head", "matches", "small", "translate",
]  # fmt: skip

_MARK: Mapping[str, str] = {kind: chr(0xE000 + index) for index, kind in enumerate(get_args(Kind))}
_DATE = chr(0xE000 + len(_MARK))
MARKS = (*_MARK.values(), _DATE)  # the characters that stand for mentions and dates in a folded sentence

_GOVERNMENTS = ("state", "district", "county", "place", "county_subdivision")
CLASSES: Mapping[str, tuple[str, ...]] = {
    "gov": _GOVERNMENTS,
    "state": ("state", "district"),
    "local": ("county", "place", "county_subdivision"),
    "county": ("county",),
    "school": ("school_district",),
    "agency": ("agency",),
    "federal": ("federal",),
    "police": ("place", "county_subdivision", "district", "agency"),
    "sheriff": ("county", "agency"),
    "lower": ("district", "county", "place", "county_subdivision", "school_district", "agency"),
    "body": ("federal", "agency", "other"),
    "party": (*_GOVERNMENTS, "school_district", "agency"),
    "any": get_args(Kind),
}

_MENTION = re.compile(r"\{(?:([a-z_]+):)?([a-z]+)(\+?)\}")
_NOT_COMPOUND = r"(?!-\w)"  # "a Dayton-based group" names no subject
_GAP = r"[^;:()“”\"]{1,60}?"
_WIDE = r"[^;]{1,160}?"


@lru_cache(maxsize=1)
def coordinated() -> re.Pattern[str]:
    """What stands between two names of one list."""
    kinds, joints = _joined()
    return re.compile(rf"{kinds}(?:,?\s+{joints}|,|\s+&)\s+(?:the\s+|both\s+)?", re.IGNORECASE)


@lru_cache(maxsize=1)
def _listed() -> str:
    """The same in a topic's pattern, where semicolons part names too and the kind may stand before one."""
    kinds, joints = _joined()
    of = r"(?:(?:the|both)\s+)?(?:(?:cit|count|stat|town|village)\w+\s+of\s+)?"
    return rf"{kinds}(?:[,;]?\s+{joints}|[,;])\s+{of}"


def _joined() -> tuple[str, str]:
    words = language("definite")["listed"]
    return rf"(?:\s+(?:{words['kinds']}))?", f"(?:{spaced(words['joints'])})"


@dataclass(frozen=True, slots=True)
class Folded:
    """A sentence with its mentions folded; ``starts[i]`` and ``ends[i]`` say where ``text[i]`` stands.

    ``low`` is the text in lower case, each letter at its place.
    """

    text: str
    low: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    marks: Mapping[int, Mention]

    def span(self, start: int, end: int) -> Pair:
        """The span in the document that a span of the folded text stands for."""
        return self.starts[start], self.ends[end - 1]

    def at(self, offset: int) -> int:
        """The folded index at which a document offset stands."""
        return max(0, bisect_right(self.starts, offset) - 1)


def fold(text: str, sentence: Pair, mentions: Iterable[Mention], dates: Iterable[DateMention] = ()) -> Folded:
    """A sentence of the text with each mention and date inside it as one mark. Mentions go before dates."""
    begin, finish = sentence
    parts: list[tuple[int, int, str, Mention | None]] = [
        (mention.start, mention.end, _MARK[mention.kind], mention) for mention in mentions
    ]
    parts += [(date.start, date.end, _DATE, None) for date in dates]
    parts.sort(key=lambda part: (part[0], part[3] is None, -part[1]))
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    marks: dict[int, Mention] = {}
    position = begin
    for start, end, mark, mention in (*parts, (finish, finish, "", None)):
        if start < position or end > finish:
            continue
        pieces += (text[position:start], mark)
        starts.extend(range(position, start))
        ends.extend(range(position + 1, start + 1))
        if mark:
            if mention is not None:
                marks[len(starts)] = mention
            starts.append(start)
            ends.append(end)
        position = end
    folded = "".join(pieces)
    return Folded(folded, small(folded), tuple(starts), tuple(ends), marks)


def small(text: str) -> str:
    """A text in lower case, each letter at its place."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)
    return low


def _expand(pattern: str, groups: Mapping[str, str], depth: int = 0) -> str:
    if depth > 8:
        raise VocabularyError("word groups that contain one another", where=pattern)
    return re.sub(r"%(\w+)", lambda found: f"(?:{_expand(groups[found[1]], groups, depth + 1)})", pattern)


def _mention(found: re.Match[str]) -> str:
    name, kind_class, many = found[1], found[2], found[3]
    if kind_class == "date":
        return _DATE
    if kind_class not in CLASSES:
        raise VocabularyError(f"no class of mentions is called {kind_class!r}", where=found[0])
    one = "[" + "".join(_MARK[kind] for kind in CLASSES[kind_class]) + "]"
    body = rf"{one}(?:{_listed()}{one})*" if many else one
    return f"(?P<{name}>{body}){_NOT_COMPOUND},?" if name else f"(?:{body}),?"


_CHARACTER_CLASS = re.compile(r"(\[(?:\\.|[^\]\\])*\])")


def _shorthands(text: str) -> str:
    """Gaps, blanks and apostrophes of the parts that aren't character classes."""
    for mark, gap in (("~~", _WIDE), ("~", _GAP)):
        text = text.replace(f" {mark} ", rf"\s+(?:{gap}\s+)??").replace(mark, gap)
    parts = _CHARACTER_CLASS.split(text)
    parts[::2] = [part.replace(" ?", r"(?:\s+)?").replace(" ", r"\s+").replace("'", "['’]") for part in parts[::2]]
    return "".join(parts)


def translate(pattern: str, groups: Mapping[str, str]) -> str:
    """The regular expression that a pattern of a topic stands for."""
    text = _MENTION.sub(_mention, _shorthands(_expand(" ".join(pattern.split()), groups)))
    heads = count()
    text = re.sub("«", lambda _: f"(?P<head{next(heads)}>", text).replace("»", ")")
    return rf"(?<!\w)(?:{text})(?!\w)"


def head(match: re.Match[str]) -> Pair:
    """The folded span of the match's head, the whole match where the pattern marks none."""
    named = (match.span(name) for name in match.re.groupindex if name.startswith("head"))
    return next((span for span in named if span != (-1, -1)), match.span())


_COMPILED: dict[tuple[str, str], re.Pattern[str]] = {}


def compile_pattern(pattern: str, vocabulary: Vocabulary) -> re.Pattern[str]:
    """The compiled form of a topic's pattern, kept; raises VocabularyError where it is none."""
    key = (vocabulary.version, pattern)
    found = _COMPILED.get(key)
    if found is None:
        try:
            found = re.compile(translate(pattern, vocabulary.groups), re.IGNORECASE | re.DOTALL)
        except (re.error, KeyError) as error:
            raise VocabularyError(f"not a pattern: {error}", where=pattern) from error
        _COMPILED[key] = found
    return found


_CAPITALS = re.compile(r"(\\.|\(\?P)|([^\W\d_])")
_SMALL: dict[tuple[str, str], re.Pattern[str] | None] = {}


def matches(pattern: str, folded: Folded, vocabulary: Vocabulary) -> Iterator[re.Match[str]]:
    """The matches of a topic's pattern in a folded sentence.

    A pattern that is blind to capitals runs on the lower case without that flag, which halves its time.
    """
    key = (vocabulary.version, pattern)
    if key not in _SMALL:
        plain = compile_pattern(pattern, vocabulary).pattern
        small_letters = _CAPITALS.sub(lambda found: found[1] or found[2].lower(), plain)
        _SMALL[key] = None if "(?-i:" in plain else re.compile(small_letters, re.DOTALL)
    blind = _SMALL[key]
    if blind is None:
        return compile_pattern(pattern, vocabulary).finditer(folded.text)
    return blind.finditer(folded.low)
