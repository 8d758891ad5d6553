"""Plain text: bytes to the decoded text unchanged, and its blocks.

Line ends stay as they are in the file (CRLF included), so that offsets hold in the file itself. A byte order mark
is no part of the text: then everything stands one code point later in the decoded file, and ``offsets`` says so.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Literal

from comity.documents.content import Content, Source
from comity.model import Block, OffsetRun

__all__ = ["Decoded", "blocks_of", "decode", "read_text"]

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
LINE = re.compile(r"[^\r\n\f\v\x85\u2028\u2029]+")
GAP = re.compile(r"(?:\r\n|[\r\n\x85\u2028])[^\S\r\n\x85\u2028]*(?:\r\n|[\r\n\x85\u2028])|[\f\v\u2029]")
ITEM = re.compile(r"[-*•‣▪–—]\s+\S|\(?\d{1,3}[.)]\s+\S|\(?[a-z][.)]\s+\S")
SENTENCE_END = re.compile(r"[.!?:;,…][\"'”’)\]]*$")
UTF8_HINT = "save it as UTF-8"


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text without its byte order mark; ``mark`` is that mark's length in code points (0 or 1)."""

    text: str
    encoding: str
    mark: int = 0
    notes: tuple[str, ...] = ()


def decode(source: Source, declared: str | None = None) -> Decoded:
    """The text of a file's bytes: by its byte order mark, as UTF-8, as declared, else as Windows-1252 with a note.

    Use ``declared`` for the charset that a page names. Only Windows-1252 is ever guessed, the one legacy encoding
    of English text, and only where the result reads like text. Raises DocumentError else.
    """
    for mark, encoding in BOMS:
        if source.data.startswith(mark):
            return _decode_marked(source, mark, encoding)
    try:
        if b"\0" not in source.data:  # UTF-16 without its mark is UTF-8 too, with a NUL at each second place
            return Decoded(source.data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    if declared and (decoded := _decode_declared(source.data, declared)):
        return decoded
    return _guess(source)


def _decode_marked(source: Source, mark: bytes, encoding: str) -> Decoded:
    body = source.data[len(mark) :]
    try:
        return Decoded(body.decode(encoding), encoding, mark=1)
    except UnicodeDecodeError as error:
        text = body.decode(encoding, errors="replace")
        if text.count("\ufffd") > 1 + len(text) // 1000:
            raise source.refusal(f"marked as {encoding} but isn't", UTF8_HINT) from error
        return Decoded(text, encoding, mark=1, notes=(f"damaged {encoding}: unreadable bytes shown as \ufffd",))


def _decode_declared(data: bytes, declared: str) -> Decoded | None:
    try:
        codec = codecs.lookup("cp1252" if declared.lower() in ("iso-8859-1", "latin-1", "us-ascii") else declared)
        if codec.name in ("utf-8", "utf-16", "utf-32"):
            return None
        return Decoded(data.decode(codec.name), codec.name)
    except (LookupError, UnicodeError, ValueError):
        return None


def _guess(source: Source) -> Decoded:
    data = source.data
    for encoding, zeros, letters in (("utf-16-le", data[1::2], data[::2]), ("utf-16-be", data[::2], data[1::2])):
        if len(data) % 2 == 0 and zeros.count(0) > len(zeros) * 0.7 and letters.count(0) == 0:
            try:
                return Decoded(data.decode(encoding), encoding, notes=(f"encoding guessed: {encoding}",))
            except UnicodeDecodeError:
                break
    if b"\0" in data:
        raise source.refusal("a text with NUL bytes", UTF8_HINT)
    damaged = data.decode("utf-8", errors="replace")
    broken = damaged.count("\ufffd")
    sound = sum(1 for character in damaged if character > "\x7f") - broken
    if sound > 4 * broken:
        return Decoded(damaged, "utf-8", notes=(f"damaged UTF-8: {broken} unreadable places shown as \ufffd",))
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise source.refusal("the encoding isn't known", UTF8_HINT) from error
    high = sum(1 for character in text if character > "\x7f")
    if high > 3 + len(text) // 10:  # Spanish has one accent in thirty letters; other scripts in two bytes far more
        raise source.refusal("the encoding isn't known", UTF8_HINT)
    return Decoded(text, "cp1252", notes=("encoding guessed: Windows-1252",))


def read_text(source: Source) -> Content:
    """A plain text file as content: its decoded text unchanged, with paragraphs, headings and items as blocks."""
    if len(source.data) > source.limits.text_size:
        size = source.limits.text_size // (1024 * 1024)
        raise source.refusal(f"a text of more than {size} MiB", "split it")
    decoded = decode(source)
    if not decoded.text.strip():
        raise source.refusal("the file holds no text", "give a file with a story or a list in it")
    run = OffsetRun(clean=0, raw=decoded.mark, length=len(decoded.text))
    return Content(text=decoded.text, blocks=blocks_of(decoded.text), offsets=(run,), notes=decoded.notes)


def blocks_of(text: str) -> tuple[Block, ...]:
    """The paragraphs, headings and items of a plain text, as spans without the blanks around them.

    A line is a paragraph; where lines are wrapped by hand, the lines up to an empty one are.
    """
    spans = _groups(text) if _wrapped(text) else [match.span() for match in LINE.finditer(text)]
    trimmed = [span for span in (_trim(text, *span) for span in spans) if span[0] < span[1]]
    blocks = []
    for index, (start, end) in enumerate(trimmed):
        follows = index + 1 < len(trimmed)
        blocks.append(Block(_kind(text[start:end], follows), start, end))
    return tuple(blocks)


def _groups(text: str) -> list[tuple[int, int]]:
    starts = [0, *(match.end() for match in GAP.finditer(text))]
    ends = [*(match.start() for match in GAP.finditer(text)), len(text)]
    return list(zip(starts, ends, strict=True))


def _wrapped(text: str) -> bool:
    """Whether lines were broken by hand: in groups of several lines, most lines but the last end in mid-sentence."""
    inner = [
        line
        for start, end in _groups(text)
        for line in [part.strip() for part in LINE.findall(text[start:end])][:-1]
        if line
    ]
    if not inner or max(map(len, inner)) > 100:
        return False
    running = sum(1 for line in inner if len(line) >= 40 and not SENTENCE_END.search(line))
    return running > len(inner) / 2


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _kind(block: str, follows: bool) -> Literal["heading", "paragraph", "item"]:
    if ITEM.match(block):
        return "item"
    short = len(block) <= 120 and len(block.split()) <= 18
    return "heading" if follows and short and not SENTENCE_END.search(block) else "paragraph"
