"""PDF: the text page by page, in reading order, one paragraph a line.

Pages stand apart by a form feed on a line of its own, so that the page of an offset is one more than the form feeds
before it. Pages without text (scans without OCR) are named in the notes.
"""

from __future__ import annotations

import re
import threading
import zlib
from collections.abc import Iterator, Sequence

import pypdfium2  # type: ignore[import-untyped]

from comity.documents.content import Content, Source
from comity.documents.layout import Word, is_disordered, laid_out
from comity.documents.text import ITEM, SENTENCE_END, blocks_of
from comity.model import Block

__all__ = ["PAGE_BREAK", "read_pdf"]

PAGE_BREAK = "\n\f\n"
AGAIN = "fetch it again"
STREAM = re.compile(rb"stream\r?\n")
HEADER = 400  # bytes before a stream that hold its dictionary
CHUNK = 1 << 20
PDFIUM = threading.Lock()  # pdfium is not thread-safe
HYPHEN_BREAK = re.compile("[\x02\ufffe]\\s*\n?|\u00ad\n")
FULL = 0.8  # of the longest lines' length: a shorter line ends its paragraph


def read_pdf(source: Source) -> Content:
    """The text of a PDF by PDFium; its blocks are paragraphs and never cross a page.

    Raises DocumentError for a PDF that is damaged, encrypted, a bomb, or holds no text at all.
    """
    _check_size(source)
    with PDFIUM:
        try:
            pages = list(_pages(source))
        except pypdfium2.PdfiumError as error:
            if "password" in str(error).lower():
                raise source.refusal("an encrypted PDF", "save it without a password") from error
            raise source.refusal("not a PDF that can be opened", AGAIN) from error
        except (ValueError, UnicodeError, OverflowError) as error:
            raise source.refusal("a damaged PDF", AGAIN) from error
    blank = [number for number, page in enumerate(pages, start=1) if not page.strip()]
    if len(blank) == len(pages):
        raise source.refusal("a PDF without text: its pages are images", "run it through OCR (ocrmypdf) first")
    text = PAGE_BREAK.join(pages)
    return Content(text=text, blocks=tuple(_blocks(pages)), notes=_blank_note(blank))


def _check_size(source: Source) -> None:
    """Inflates the streams that hold text, a piece at a time, and stops where they pass the limit."""
    total = 0
    for match in STREAM.finditer(source.data):
        header = source.data[max(0, match.start() - HEADER) : match.start()]
        header = header[header.rfind(b"obj") + 1 :]
        layers = header.count(b"FlateDecode") + header.count(b"/Fl ") + header.count(b"/Fl]")
        if not layers or b"/Image" in header:
            continue
        total += _inflated(source.data, match.end(), layers, source.limits.inflated - total)
        if total > source.limits.inflated:
            size = source.limits.inflated // CHUNK
            raise source.refusal(f"a PDF that inflates to more than {size} MiB", "check where it comes from")


def _inflated(data: bytes, start: int, layers: int, room: int) -> int:
    """The size of an inflated stream, counted up to a little more than ``room``."""
    chain = [zlib.decompressobj() for _ in range(min(layers, 4))]
    total = 0
    pending = memoryview(data)[start:]
    rest: bytes | memoryview = pending
    try:
        while rest and total <= room and not chain[0].eof:
            piece = chain[0].decompress(rest, CHUNK)
            rest = chain[0].unconsumed_tail
            total += len(piece)
            for inner in chain[1:]:
                while piece and total <= room:
                    out = inner.decompress(piece, CHUNK)
                    total += len(out)
                    piece = inner.unconsumed_tail
            if not piece and not rest:
                break
    except zlib.error:
        pass  # a damaged stream ends where it is damaged
    return total


def _pages(source: Source) -> Iterator[str]:
    document = pypdfium2.PdfDocument(source.data)
    try:
        count = len(document)
        if count > source.limits.pages:
            raise source.refusal(f"more than {source.limits.pages:,} pages", "split it")
        total = 0
        for index in range(count):
            page = document[index]
            try:
                text = _page_text(source, page)
            finally:
                page.close()
            total += len(text)
            if total > source.limits.characters:
                raise source.refusal(f"more than {source.limits.characters:,} characters of text", "split it")
            yield text
    finally:
        document.close()


def _page_text(source: Source, page: pypdfium2.PdfPage) -> str:
    content = page.get_textpage()
    try:
        count = content.count_chars()
        if count > source.limits.page_characters:
            raise source.refusal(f"a page of more than {source.limits.page_characters:,} characters", "split it")
        text = str(content.get_text_range()) if count > 0 else ""
        text = text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
        boxes = [content.get_rect(index) for index in range(content.count_rects())] if text.strip() else []
        if is_disordered(boxes):
            text = laid_out(list(_words(content, count)))
    finally:
        content.close()
    return _unwrapped(HYPHEN_BREAK.sub("", text)).encode("utf-8", "replace").decode("utf-8")


def _words(content: pypdfium2.PdfTextPage, count: int) -> Iterator[Word]:
    """The words of a page in the order of its content, with their boxes; rules of underscores are words too."""
    part: list[str] = []
    boxes: list[tuple[float, float, float, float]] = []
    characters = str(content.get_text_range())
    if len(characters) != count:
        characters = "".join(str(content.get_text_range(index, 1)) or " " for index in range(count))
    for index, character in enumerate(characters):
        blank = character.isspace() or character in "\0\ufffe\x02"
        box = None if blank else content.get_charbox(index)
        ruled = bool(part) and (character == "_") != (part[-1] == "_")
        if part and (blank or ruled or (box and _apart(boxes[-1], box))):
            yield Word.of("".join(part), boxes)
            part, boxes = [], []
        if box is not None:
            part.append(character)
            boxes.append(box)
    if part:
        yield Word.of("".join(part), boxes)


def _apart(before: tuple[float, float, float, float], box: tuple[float, float, float, float]) -> bool:
    height = max(before[3] - before[1], box[3] - box[1], 4.0)
    return box[0] - before[2] > height or before[0] - box[0] > height or abs(box[1] - before[1]) > 1.5 * height


def _unwrapped(page: str) -> str:
    """A page with each paragraph on one line: a line that fills the page's width goes on in the next."""
    lines = [line.rstrip() for line in page.split("\n")]
    lengths = sorted(len(line) for line in lines if line)
    if len(lengths) < 4:
        return "\n".join(lines).strip("\n")
    full = FULL * lengths[int(len(lengths) * 0.9)]
    joined: list[str] = []
    previous = ""
    for line in lines:
        if joined and _goes_on(previous, line, full):
            joined[-1] = f"{joined[-1]} {line}"
        else:
            joined.append(line)
        previous = line
    return "\n".join(joined).strip("\n")


def _goes_on(line: str, following: str, full: float) -> bool:
    if not line or not following or ITEM.match(following) or "   " in line or "   " in following:
        return False  # wide gaps are columns or centred lines
    if SENTENCE_END.search(line) and not line.endswith((",", ";")):
        return len(line) >= full / FULL * 0.93 and not following.isupper()
    return (len(line) >= full and not following.isupper()) or (following[0].islower() and len(line) >= full / 2)


def _blocks(pages: Sequence[str]) -> Iterator[Block]:
    at = 0
    for page in pages:
        for block in blocks_of(page):
            yield Block(block.kind, at + block.start, at + block.end)
        at += len(page) + len(PAGE_BREAK)


def _blank_note(blank: Sequence[int]) -> tuple[str, ...]:
    if not blank:
        return ()
    if len(blank) == 1:
        return (f"page {blank[0]} is an image without text",)
    return (f"pages {', '.join(map(str, blank[:-1]))} and {blank[-1]} are images without text",)
