"""Which format some bytes are: from what they are first, from their name only where they could be several."""

from __future__ import annotations

import re
from pathlib import PurePath

from comity.documents.content import Source

__all__ = ["CSV", "HTML", "PDF", "TEXT", "XLSX", "media_type_of"]

TEXT = "text/plain"
HTML = "text/html"
CSV = "text/csv"
PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

SUFFIXES = {
    ".csv": CSV,
    ".tsv": CSV,
    ".htm": HTML,
    ".html": HTML,
    ".xhtml": HTML,
    ".xlsx": XLSX,
    ".xlsm": XLSX,
    ".pdf": PDF,
    ".txt": TEXT,
    ".md": TEXT,
}
MARKUP = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|title|meta)\b",
    re.IGNORECASE | re.DOTALL,
)
CONTROL = bytes(code for code in range(1, 32) if code not in b"\t\n\v\f\r\x1b")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
FOREIGN = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\0", "a database"),
    (b"{\\rtf", "a rich text file"),
)


def media_type_of(source: Source, given: str | None = None) -> str:
    """The media type of a file's bytes, or a DocumentError that says what they are instead.

    ``given`` is what a server or a caller says: it decides between text, HTML and CSV, never against the bytes.
    """
    data = source.data
    if not data:
        raise source.refusal("the file is empty", "fetch it again")
    if len(data) > source.limits.size:
        raise source.refusal(f"more than {source.limits.size // (1024 * 1024)} MiB", "give a smaller file")
    named = _named(source.where, given)
    if data.startswith(b"%PDF-") or (named == PDF and b"%PDF-" in data[:1024]):
        return PDF
    if data.startswith(b"PK"):
        return XLSX
    if data.startswith(OLE):
        raise source.refusal(
            "an encrypted workbook or one in the old .xls format", "save it as .xlsx without a password"
        )
    for magic, what in FOREIGN:
        if data.startswith(magic):
            raise source.refusal(f"{what}, not a document", "give HTML, text, PDF, .xlsx or CSV")
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    _refuse_binary(source, marked)
    if MARKUP.match(data.removeprefix(b"\xef\xbb\xbf")[:4096]):
        if named == XLSX:
            raise source.refusal("an HTML page saved as a workbook", "fetch the workbook again")
        return named if named == TEXT else HTML
    if named == XLSX:
        raise source.refusal("not a workbook", "fetch it again")
    if named == PDF:
        raise source.refusal("not a PDF", "fetch it again")
    return named or TEXT


def _named(where: str | None, given: str | None) -> str | None:
    plain = (given or "").split(";")[0].strip().lower()
    if plain == "application/xhtml+xml":
        return HTML
    if plain in (TEXT, HTML, CSV, PDF, XLSX):
        return plain
    return SUFFIXES.get(PurePath(where).suffix.lower()) if where else None


def _refuse_binary(source: Source, marked: bool) -> None:
    """NUL bytes and control characters tell binary files from text; UTF-16 has a NUL for each English letter."""
    head = source.data[:65536]
    if marked:
        return
    nul = source.data.count(0)
    even, odd = head[::2].count(0), head[1::2].count(0)
    if nul and not (max(even, odd) > len(head) * 0.35 and min(even, odd) == 0):
        raise source.refusal("a binary file, or a text with NUL bytes", "give HTML, text, PDF, .xlsx or CSV")
    control = len(head) - len(head.translate(None, CONTROL))
    if control > 2 + len(head) // 200:
        raise source.refusal("a binary file, not a document", "give HTML, text, PDF, .xlsx or CSV")
