"""Where clean text stands in a page's source: depth of its markup, and alignment.

The extractor gives text without positions. :func:`align` finds each of its lines in the source again: whole where
no tag or entity interrupts it, else word by word between the neighbours that were found.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from comity.model import OffsetRun, Pair

__all__ = ["align", "depth", "elements", "visible"]

TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>\x00]*)")
HIDDEN = re.compile(r"<!--.*?-->|<(script|style|noscript|template)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
TAG_OR_ENTITY = r"</?[a-zA-Z!?][^>]*>|&(?:#\d+|#[xX][\da-fA-F]+|[a-zA-Z]\w*);?"
STRETCH_PART = re.compile(TAG_OR_ENTITY + r"|[^<&]+|[<&]")
WORD_PART = re.compile(TAG_OR_ENTITY + r"|[^<&\s]+|[<&]")
BLANKS = "\n\r\t\f\v\xa0"
WORD = re.compile(r"\S+")
VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
CLOSED_BY_NEXT = frozenset(
    [
        "p",
        "li",
        "dt",
        "dd",
        "td",
        "th",
        "tr",
        "thead",
        "tbody",
        "tfoot",
        "option",
        "optgroup",
        "colgroup",
        "rt",
        "rp",
        "html",
        "head",
        "body",
    ]
)
SHALLOW = 2_000  # elements; fewer can be nested in one another without harm to a parser
ANCHOR = 40  # a line this long stands once on a page, or its repeats are the same words
SMALLEST = 3  # words; fewer are found in wrong places


def elements(markup: str) -> int:
    """How many elements visible markup holds, roughly."""
    return markup.count("<") - markup.count("</")


def depth(markup: str, limit: int) -> int:
    """How deep the tags of visible markup nest, counted up to ``limit`` + 1.

    Use it before a parser that recurses. Follows HTML's own rules where they matter: an end tag closes what was
    left open within it, and paragraphs, items and cells end where the next begins.
    """
    if elements(markup) <= SHALLOW:
        return 0
    stack: list[str] = []
    open_tags: dict[str, int] = {}
    deepest = 0
    for match in TAG.finditer(markup):
        name = match.group(2).lower()
        if name in VOID or name in CLOSED_BY_NEXT:
            continue
        if not match.group(1):
            stack.append(name)
            open_tags[name] = open_tags.get(name, 0) + 1
            deepest = max(deepest, len(stack))
            if deepest > limit:
                break
        elif open_tags.get(name):
            while stack:
                last = stack.pop()
                open_tags[last] -= 1
                if last == name:
                    break
    return deepest


def visible(page: str) -> str:
    """The page with comments and scripts blanked, every position kept: what the other functions here take."""
    if page.count("<!--") + page.lower().count("<script") > 20 * (1 + page.count("-->") + page.count("</")):
        return page  # openings that never close would make the search quadratic
    return HIDDEN.sub(lambda match: " " * len(match.group()), page)


def align(text: str, lines: Sequence[Pair], source: str) -> tuple[tuple[OffsetRun, ...], tuple[Pair, ...]]:
    """Where the lines of a clean text stand in the visible markup of its page, and the spans that couldn't be found.

    ``lines`` are spans of ``text`` in order. The runs are ascending and don't overlap in the clean text; an entity
    is a run of one code point that points at its ampersand.
    """
    body = re.search(r"<body\b", source, re.IGNORECASE)
    cursor = body.start() if body else 0
    found: list[tuple[int, int] | None] = []
    for start, end in lines:
        at = source.find(text[start:end], cursor) if end - start >= ANCHOR else -1
        found.append((at, at + end - start) if at >= 0 else None)
        cursor = at + end - start if at >= 0 else cursor
    runs: list[OffsetRun] = []
    lost: list[Pair] = []
    index = 0
    low = body.start() if body else 0
    while index < len(lines):
        place = found[index]
        if place:
            runs.append(OffsetRun(lines[index][0], place[0], place[1] - place[0]))
            low = place[1]
            index += 1
            continue
        stop = next((after for after in range(index, len(lines)) if found[after]), len(lines))
        following = found[stop] if stop < len(lines) else None
        region = _Region(source, low, following[0] if following else len(source))
        for start, end in lines[index:stop]:
            for piece in region.runs(text, start, end):
                (runs if isinstance(piece, OffsetRun) else lost).append(piece)  # type: ignore[arg-type]
        index = stop
    return _merged(runs, text, source), tuple(lost)


def _merged(runs: Sequence[OffsetRun], text: str, page: str) -> tuple[OffsetRun, ...]:
    """Runs joined where both sides go on together, over one equal blank too."""
    merged: list[OffsetRun] = []
    for run in runs:
        last = merged[-1] if merged else None
        literal = text[run.clean] == page[run.raw] and (not last or text[last.clean] == page[last.raw])
        if last and literal and last.raw - last.clean == run.raw - run.clean:
            gap = run.clean - last.clean - last.length
            between = last.clean + last.length
            if gap == 0 or (gap == 1 and text[between] == page[last.raw + last.length]):
                merged[-1] = OffsetRun(last.clean, last.raw, run.clean + run.length - last.clean)
                continue
        merged.append(run)
    return tuple(merged)


class _Visible:
    """What a reader sees of a stretch of the page, part by part, and where each part stands.

    Parts are the stretches between tags and entities; ``squeezed`` ones are words, so that blanks don't count.
    """

    def __init__(self, page: str, low: int, high: int, *, squeezed: bool) -> None:
        self.squeezed = squeezed
        self.starts: list[int] = []  # in the joined text
        self.places: list[int] = []  # in the page
        self.entities: list[bool] = []
        parts: list[str] = []
        length = 0
        for place, part, entity in _parts(page, low, high, WORD_PART if squeezed else STRETCH_PART):
            if squeezed and part.isspace():
                continue
            self.starts.append(length)
            self.places.append(place)
            self.entities.append(entity)
            parts.append(part)
            length += len(part)
        self.joined = "".join(parts) if squeezed else _spaced("".join(parts))
        self.cursor = 0

    def find(self, words: str) -> int:
        """Where words begin in the joined text, at the cursor or after it; -1 where they don't."""
        at = self.joined.find(words, self.cursor)
        if at >= 0:
            self.cursor = at + len(words)
        return at

    def advance(self, place: int) -> None:
        """Moves the cursor to a place in the page, never back."""
        index = bisect_left(self.places, place)
        self.cursor = max(self.cursor, self.starts[index] if index < len(self.starts) else len(self.joined))

    def placed(self, spans: Iterable[Pair], at: int) -> Iterator[OffsetRun]:
        """The runs of spans of clean text that stand one after the other in the joined text from ``at`` on."""
        index = bisect_right(self.starts, at) - 1
        for start, end in spans:
            clean = start
            while clean < end:
                stop = self.starts[index + 1] if index + 1 < len(self.starts) else len(self.joined)
                length = min(end - clean, stop - at)
                if self.entities[index]:
                    yield OffsetRun(clean, self.places[index], 1)
                else:
                    yield OffsetRun(clean, self.places[index] + at - self.starts[index], length)
                clean += length
                at += length
                if at == stop:
                    index += 1


def _spaced(text: str) -> str:
    for blank in BLANKS:
        text = text.replace(blank, " ")
    return text


def _parts(page: str, low: int, high: int, pattern: re.Pattern[str]) -> Iterator[tuple[int, str, bool]]:
    for match in pattern.finditer(page, low, high):
        token = match.group()
        if token[0] == "&" and len(token) > 1:
            part = html.unescape(token)
            yield match.start(), part, part != token
        elif token[0] != "<" or len(token) == 1:
            yield match.start(), token, False


class _Region:
    """A stretch of the page in which lines are looked for in order: as they stand, else without their blanks."""

    def __init__(self, page: str, low: int, high: int) -> None:
        self.page = page
        self.low = low
        self.high = high
        self.whole = _Visible(page, low, high, squeezed=False)
        self.words: _Visible | None = None

    def runs(self, text: str, start: int, end: int) -> Iterator[OffsetRun | Pair]:
        """The runs of a line of clean text; of what isn't found, those of its halves, down to a few words."""
        at = self.whole.find(text[start:end])
        if at >= 0:
            for run in self.whole.placed([(start, end)], at):
                self.low = run.raw + run.length
                yield run
            return
        if self.words is None:
            self.words = _Visible(self.page, self.low, self.high, squeezed=True)
        self.words.advance(self.low)
        for piece in self._halves(self.words, text, [match.span() for match in WORD.finditer(text, start, end)]):
            if isinstance(piece, OffsetRun):
                self.low = piece.raw + piece.length
            yield piece
        self.whole.advance(self.low)

    def _halves(self, visible: _Visible, text: str, words: list[Pair]) -> Iterator[OffsetRun | Pair]:
        if not words:
            return
        at = visible.find("".join(text[start:end] for start, end in words))
        if at >= 0:
            yield from visible.placed(words, at)
        elif len(words) >= 2 * SMALLEST:
            middle = len(words) // 2
            yield from self._halves(visible, text, words[:middle])
            yield from self._halves(visible, text, words[middle:])
        else:
            yield words[0][0], words[-1][1]
