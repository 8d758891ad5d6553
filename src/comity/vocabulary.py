"""Topics and language data: loads and validates the YAML under ``data/``.

Use :func:`language` for the lexicons of English that all topics share. A file that doesn't hold raises
:class:`~comity.errors.VocabularyError` naming file, line and key.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from typing import Any

import yaml

from comity.errors import VocabularyError

__all__ = ["data_text", "language"]


def data_text(name: str) -> str:
    """The text of a data file, by its path under ``data/``."""
    try:
        return resources.files("comity").joinpath("data", *name.split("/")).read_text(encoding="utf-8")
    except OSError as error:
        raise VocabularyError("no such data file", where=name, hint="check the installation") from error


@lru_cache(maxsize=32)
def language(name: str) -> Mapping[str, Any]:
    """The lexicon ``data/language/NAME.yml``: cue words and patterns of English, shared by all topics.

    Raises VocabularyError where the file is missing or isn't a mapping.
    """
    where = f"language/{name}.yml"
    try:
        data = yaml.load(data_text(where), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise VocabularyError(error.problem or "not YAML", where=f"{where}:{line}") from error
    if not isinstance(data, dict):
        raise VocabularyError("must be a mapping", where=f"{where}:1")
    return data
