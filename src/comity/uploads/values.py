"""What an upload is, through which states it goes, and within which limits it is read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

__all__ = ["OPEN_STATES", "Limits", "State", "Upload", "clean_name"]

State = Literal["queued", "reading", "previewed", "recording", "done", "refused", "discarded"]
OPEN_STATES: tuple[State, ...] = ("queued", "reading", "previewed", "recording")
"""Those in which the file is still kept."""

_SEPARATORS = re.compile(r"[\\/]")
_UNFIT = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"|?*\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]')
_LONGEST = 120  # bytes of a file's name, in UTF-8


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one upload may take. A file that passes one of them is refused; the site goes on.

    ``size`` counts bytes of the file, ``seconds`` the wall clock and the processor's, ``memory`` bytes of address space
    (a story takes 200 MB of it, the largest file that a format lets pass some 500 MB more), ``open`` how many may wait.
    """

    size: int = 20 * 1024 * 1024
    seconds: float = 120.0
    memory: int = 1536 * 1024 * 1024
    open: int = 50


@dataclass(frozen=True, slots=True)
class Upload:
    """One file. ``given`` is what the editor says of its publication, ``preview`` what recording it would do.

    ``refused`` is the one line on what is wrong, ``decided`` who recorded or discarded it, when and why.
    """

    id: str
    kind: Literal["story", "edition"]
    list: str | None
    name: str
    size: int
    sha256: str
    state: State
    progress: str
    account: str
    author: str
    since: str
    changed: str
    given: Mapping[str, str | None] = field(default_factory=dict)
    preview: Mapping[str, Any] | None = None
    refused: Mapping[str, Any] | None = None
    decided: Mapping[str, str] | None = None


def clean_name(given: str) -> str:
    """A file's name as it may stand on a disk and on a page: no folder, nothing unseen, not too long.

    The ending stays, as it helps to tell text from HTML and CSV; what it says is never believed against the bytes.
    """
    name = _SEPARATORS.split(unicodedata.normalize("NFC", given.encode("utf-8", "replace").decode()))[-1]
    name = _UNFIT.sub("", name).strip(" .")
    stem, dot, ending = name.rpartition(".")
    if not stem:
        stem, dot, ending = ending, "", ""
    ending = ending[:10]
    room = _LONGEST - len(f"{dot}{ending}".encode())
    stem = stem.encode()[:room].decode("utf-8", "ignore").strip(" .")
    return f"{stem or 'unnamed'}{dot}{ending}"
