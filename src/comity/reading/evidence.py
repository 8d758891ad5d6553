"""The evidence of a statement: a span of its document, with the little context that is published beside it."""

from __future__ import annotations

from comity.model import Document, Evidence

__all__ = ["evidence"]

_CONTEXT = 32  # characters of context on each side


def evidence(document: Document, start: int, end: int) -> Evidence:
    """The span of a document's text as evidence, with the words right before and after it."""
    return Evidence(
        document=document.id,
        path=document.path,
        url=document.url,
        start=start,
        end=end,
        exact=document.text[start:end],
        prefix=document.text[max(0, start - _CONTEXT) : start],
        suffix=document.text[end : end + _CONTEXT],
    )
