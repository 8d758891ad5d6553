"""The registers that the site's tests use, for the tools."""

from __future__ import annotations

from tests.interfaces.web.conftest import listed, sample

__all__ = ["listed", "sample"]
