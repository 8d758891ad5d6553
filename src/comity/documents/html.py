"""Web pages: the main text with its title, byline, publisher and publication date."""

from __future__ import annotations

import trafilatura

from comity.documents.content import Content, Source
from comity.documents.text import blocks_of, decode

__all__ = ["read_html"]


def read_html(source: Source) -> Content:
    """The article of a page."""
    if len(source.data) > source.limits.page_size:
        raise source.refusal("a page larger than any article", "give the article's own page")
    decoded = decode(source)
    text = trafilatura.extract(decoded.text, fast=True, include_comments=False)
    if not text:
        raise source.refusal("no article on the page", "give the article's own page")
    return Content(text=text, blocks=blocks_of(text), notes=decoded.notes)
