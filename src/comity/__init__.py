"""Comity: a public register of how US local governments and federal immigration enforcement deal with each other.

Use the verbs below from Python; ``docs/python.md`` has an example. Nothing heavy is imported before it is used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from comity.documents import load, parse
    from comity.errors import ComityError
    from comity.interfaces.python import (
        add,
        changes,
        compare,
        conflicts,
        dossier,
        mentions,
        open_register,
        read,
        resolve,
    )
    from comity.model import Document, Publication, Reading, Statement
    from comity.register import Register

__all__ = [
    "ComityError",
    "Document",
    "Publication",
    "Reading",
    "Register",
    "Statement",
    "__version__",
    "add",
    "changes",
    "compare",
    "conflicts",
    "dossier",
    "load",
    "mentions",
    "open_register",
    "parse",
    "read",
    "resolve",
]

__version__ = "0.1.0"

_AT = {
    "comity.documents": ("load", "parse"),
    "comity.errors": ("ComityError",),
    "comity.interfaces.python": (
        "add",
        "changes",
        "compare",
        "conflicts",
        "dossier",
        "mentions",
        "open_register",
        "read",
        "resolve",
    ),
    "comity.model": ("Document", "Publication", "Reading", "Statement"),
    "comity.register": ("Register",),
}
_MODULES = {name: module for module, names in _AT.items() for name in names}


def __getattr__(name: str) -> object:
    """A public name, imported when it is first asked for."""
    if name not in _MODULES:
        raise AttributeError(f"module 'comity' has no attribute {name!r}")
    return getattr(import_module(_MODULES[name]), name)


def __dir__() -> list[str]:
    """The public names."""
    return sorted(__all__)
