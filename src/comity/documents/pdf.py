"""PDF: text page by page."""

from __future__ import annotations

import pypdfium2  # type: ignore[import-untyped]

from comity.documents.content import Content, Source
from comity.documents.text import blocks_of

__all__ = ["read_pdf"]


def read_pdf(source: Source) -> Content:
    """The text of a PDF, its pages one after the other."""
    try:
        pdf = pypdfium2.PdfDocument(source.data)
    except pypdfium2.PdfiumError as error:
        raise source.refusal("not a PDF that can be opened", "fetch it again") from error
    pages = [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in pdf]
    text = "\n\n".join(pages)
    if not text.strip():
        raise source.refusal("a PDF without text", "run it through OCR first")
    return Content(text=text, blocks=blocks_of(text))
