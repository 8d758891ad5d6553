"""What the first visitors would wait for a second or two each: made before they come."""

from __future__ import annotations

from comity import documents, reading
from comity.interfaces.web.site import Site
from comity.vocabulary import data_text

__all__ = ["ready"]

_ANY = "sample/ledger.txt"  # a text that names places and bodies


def ready(site: Site) -> None:
    """Make the index of names that searches need, and the reader's tables, with which accounts are compared."""
    with site.registers.borrowed() as register:
        site.names.search(register, "a", 1)
    reading.mentions(documents.parse(data_text(_ANY).encode()))
