"""Settings: what an interface decides once, before any room works."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["Settings", "build"]


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the register is, which topic is read, and how many processes read."""

    register: str = "comity.db"
    topic: str = ""  # empty: the topic that the package names as its first
    workers: int = 1


def build(
    register: str | None = None, topic: str | None = None, environment: Mapping[str, str] = os.environ
) -> Settings:
    """The settings of one call: what was given, else the COMITY_ variables, else defaults."""
    given = environment.get("COMITY_WORKERS", "")
    return Settings(
        register=register or environment.get("COMITY_REGISTER") or "comity.db",
        topic=topic or environment.get("COMITY_TOPIC") or "",
        workers=int(given) if given.isdigit() and int(given) > 0 else os.cpu_count() or 1,
    )
