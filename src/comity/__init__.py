"""Comity: a public register of how US local governments and federal immigration enforcement deal with each other."""

from __future__ import annotations

__all__ = ["__version__"]

__version__ = "0.1.0"
