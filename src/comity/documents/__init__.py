"""Bytes to documents: HTML, plain text, PDF, workbooks and CSV files behind one door.

Use :func:`load` for a file, :func:`parse` for bytes, :func:`manifest` for what is known of many files at once, and
:func:`raw_offset` to find a span in the page as it was captured.
"""

from comity.documents.content import Limits
from comity.documents.manifests import manifest, valid_date
from comity.documents.parsing import load, parse, raw_offset

__all__ = ["Limits", "load", "manifest", "parse", "raw_offset", "valid_date"]
