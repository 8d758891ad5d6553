"""Reading order of pages whose content is not in it: forms that were filled in or signed after they were written.

What is typed into a form stands at the end or the start of a page's content, far from the label that it belongs to.
Such pages are laid out anew by the boxes of their words: line by line, with wide gaps kept as several spaces, so that
what stands in columns stays in columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

__all__ = ["Box", "Word", "is_disordered", "laid_out"]

Box = tuple[float, float, float, float]  # left, bottom, right, top, in points
GAP = 2.2  # average character widths between words of one column
COLUMN_LINES = 12  # fewer lines side by side are a form or a pair of signatures
COLUMN_GAP = 72  # points, an inch
LOW = frozenset(",.;_")
INDENT = 12  # letters; a smaller indent is a paragraph's, or a crooked scan's
SAME_LINE = 0.55  # of the larger height, between the middles of two words


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a page with its box."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    @classmethod
    def of(cls, text: str, boxes: Sequence[Box]) -> Word:
        """The word of some characters and their boxes."""
        return cls(
            text,
            min(box[0] for box in boxes),
            min(box[1] for box in boxes),
            max(box[2] for box in boxes),
            max(box[3] for box in boxes),
        )

    @property
    def middle(self) -> float:
        """The height of the word's middle on the page; a lone comma or stop hangs at the foot of its line."""
        return self.top + 2.5 if self.text in LOW else (self.bottom + self.top) / 2

    @property
    def height(self) -> float:
        """The word's height, at least that of small print."""
        return max(self.top - self.bottom, 4.0)


def is_disordered(boxes: Sequence[Box]) -> bool:
    """Whether a page's content jumps up, is written over or stands side by side, and isn't set in columns of prose.

    ``boxes`` are the stretches of text in the order of the content.
    """
    jumps = [
        index
        for index, (before, box) in enumerate(pairwise(boxes), start=1)
        if box[1] > before[3] + 1 and box[3] - box[1] > 0.5
    ]
    if not jumps and not any(_covers(before, box) or _stands_apart(before, box) for before, box in pairwise(boxes)):
        return False
    runs = [boxes[start:end] for start, end in pairwise((0, *jumps, len(boxes)))]
    tall = [run for run in runs if len({round(box[1] / 4) for box in run}) >= COLUMN_LINES]
    side_by_side = all(max(box[2] for box in first) <= second[0][0] + 20 for first, second in pairwise(tall))
    return len(tall) < 2 or not side_by_side


def _covers(under: Box, over: Box) -> bool:
    width = min(under[2], over[2]) - max(under[0], over[0])
    height = min(under[3], over[3]) - max(under[1], over[1])
    area = (over[2] - over[0]) * (over[3] - over[1])
    return area > 1 and width > 10 and height > 0 and width * height > 0.6 * area


def _stands_apart(before: Box, box: Box) -> bool:
    """Whether a stretch goes on in the same line after a gap that only a second column has."""
    return box[0] - before[2] > COLUMN_GAP and min(before[3], box[3]) - max(before[1], box[1]) > 2


def laid_out(words: Sequence[Word]) -> str:
    """The words of a page, line by line from its top; a wide gap is as many spaces as letters would fill it."""
    if not words:
        return ""
    widths = [(word.right - word.left) / len(word.text) for word in words if len(word.text) > 2]
    width = max(median(widths) if widths else 5.0, 1.0)
    left = min(word.left for word in words)
    lines: list[list[Word]] = []
    for word in sorted(_with_rules_filled(words), key=lambda word: (not word.text, -word.middle, word.left)):
        line = next((line for line in (lines[-4:] if word.text else lines) if _fits(line, word)), None)
        if line is not None:
            line.append(word)
        elif word.text:
            lines.append([word])
    lines.sort(key=lambda line: -max(line, key=lambda word: word.right - word.left).middle)
    return "\n".join(_line(sorted(line, key=lambda word: word.left), left, width) for line in lines)


def _fits(line: Sequence[Word], word: Word) -> bool:
    first = line[0]
    near = min(line, key=lambda other: max(word.left - other.right, other.left - word.right))
    clear = all(min(word.right, other.right) - max(word.left, other.left) < 2 for other in line)
    reach = SAME_LINE * max(word.height, *(other.height for other in line))
    return clear and abs(first.middle - word.middle) <= reach and abs(near.middle - word.middle) <= reach


def _with_rules_filled(words: Sequence[Word]) -> list[Word]:
    """The words, with the rules that something is written on as blanks of their width."""
    rules = [word for word in words if set(word.text) == {"_"}]
    if not rules:
        return list(words)
    written = [word for word in words if set(word.text) != {"_"}]
    return written + [_blank(rule, written) for rule in rules]


def _blank(rule: Word, written: Sequence[Word]) -> Word:
    over = [
        word
        for word in written
        if min(rule.right, word.right) - max(rule.left, word.left) > 2 and -3 < word.bottom - rule.bottom < 14
    ]
    if not over:
        return rule
    left = max(word.right for word in over)
    return Word("", min(left, rule.right), over[0].bottom, rule.right, over[0].top)


def _line(words: Sequence[Word], left: float, width: float) -> str:
    text = ""
    right = left
    for word in words:
        gap = word.left - right
        column = round((word.left - left) / width)
        if not text:
            text = " " * column if column >= INDENT else ""
        elif gap > GAP * width:
            text += " " * max(3, column - len(text))
        elif word.text and (gap > 0.1 * width or word.text[0] not in ",.;:)"):
            text += " "
        text += word.text
        right = max(right, word.right)
    return text.rstrip()
