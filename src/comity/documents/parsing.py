"""Files and bytes to documents: media type, format, hash.

Use :func:`load` for a file and :func:`parse` for bytes in hand.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from pathlib import Path

from comity.documents.content import Content, Format, Limits, Source
from comity.documents.html import read_html
from comity.documents.pdf import read_pdf
from comity.documents.sniff import CSV, HTML, PDF, TEXT, XLSX, media_type_of
from comity.documents.tables import read_csv
from comity.documents.text import read_text
from comity.documents.xlsx import read_xlsx
from comity.errors import DocumentError, InputError
from comity.model import Capture, Document, Publication

__all__ = ["FORMATS", "load", "parse", "raw_offset"]

FORMATS: dict[str, Format] = {TEXT: read_text, HTML: read_html, CSV: read_csv, PDF: read_pdf, XLSX: read_xlsx}


def load(path: str | Path, publication: Publication = Publication(), *, limits: Limits = Limits()) -> Document:  # noqa: B008
    """The document of a file.

    Use it for whatever a person names on the command line. Raises DocumentError where the file can't be read or
    yields no document; the rest of a batch can go on.
    """
    where = str(path)
    file = Path(path)
    try:
        if file.is_dir():
            raise DocumentError("a directory", where=where, hint="name the files in it")
        size = file.stat().st_size
        if size > limits.size:
            raise DocumentError(
                f"more than {limits.size // (1024 * 1024)} MiB", where=where, hint="give a smaller file"
            )
        data = file.read_bytes()
    except FileNotFoundError as error:
        raise DocumentError("no such file", where=where, hint="check the path") from error
    except PermissionError as error:
        raise DocumentError("no permission to read the file", where=where, hint="change its permissions") from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "not a path"
        raise DocumentError(f"the file can't be read: {reason}", where=where, hint="check the path") from error
    return parse(data, path=where, publication=publication, limits=limits)


def parse(
    data: bytes,
    *,
    path: str | None = None,
    publication: Publication = Publication(),  # noqa: B008
    media_type: str | None = None,
    limits: Limits = Limits(),  # noqa: B008
) -> Document:
    """The document of some bytes, read in the format that they are.

    Use it for bytes that were fetched or taken from an archive; ``path`` names them in errors and helps to tell
    formats apart. What ``publication`` gives goes before what the bytes say. Raises DocumentError.
    """
    source = Source(data=data, where=path or publication.url, publication=publication, limits=limits)
    kind = media_type_of(source, media_type)
    try:
        content = FORMATS[kind](source)
    except (DocumentError, InputError):
        raise
    except (MemoryError, RecursionError) as error:
        raise source.refusal("too large or too deeply nested to read", "give a smaller file") from error
    if len(content.text) > limits.characters:
        raise source.refusal(f"more than {limits.characters:,} characters of text", "split it")
    return _document(source, kind, content)


def _document(source: Source, kind: str, content: Content) -> Document:
    publication = source.publication
    try:
        encoded = content.text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise source.refusal("half a surrogate pair in its text", "save it as UTF-8 again") from error
    return Document(
        id=f"sha256:{hashlib.sha256(encoded).hexdigest()}",
        text=content.text,
        capture=Capture(
            sha256=hashlib.sha256(source.data).hexdigest(),
            media_type=kind,
            size=len(source.data),
            path=source.where,
            url=publication.url,
            retrieved=publication.captured,
        ),
        title=content.title,
        publisher=publication.publisher or content.publisher,
        byline=content.byline,
        published=publication.published or content.published,
        published_basis="given" if publication.published else content.published_basis,
        home_state=publication.home_state,
        path=source.where,
        url=publication.url or content.url,
        blocks=content.blocks,
        offsets=content.offsets,
        tables=content.tables,
        synthetic=publication.synthetic,
        notes=content.notes,
    )


def raw_offset(document: Document, clean_offset: int) -> int:
    """Where a code point of the document's text stands in the decoded text of the file.

    Use it to mark a span in the page as it was captured. The end of the text has a place too; a blank that the
    file doesn't have (between two paragraphs) takes the place just after what stands before it. Raises InputError
    where the text at that offset has no place of its own in the file (tables, PDF, text that couldn't be aligned).
    """
    index = bisect_right(document.offsets, clean_offset, key=lambda run: run.clean) - 1
    if index >= 0 and 0 <= clean_offset <= len(document.text):
        run = document.offsets[index]
        beyond = clean_offset - run.clean - run.length
        if beyond < 0:
            return run.raw + clean_offset - run.clean
        if not document.text[run.clean + run.length : clean_offset + 1].strip():
            return run.raw + run.length
    raise InputError(
        f"offset {clean_offset} has no place in the decoded file",
        where=document.path or document.id,
        hint="only text and HTML are mapped",
    )
