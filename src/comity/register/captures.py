"""Captured bytes, kept beside the register under the name of their hash: ``<register>.captures/ab/<sha256>``.

The log holds the hash, this folder the bytes. A file lands whole or not at all, and before the commit that names it: a
crash between the two leaves bytes that nothing names, which do no harm.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from comity.register.failures import translated

__all__ = ["Captures"]


_AT_ONCE = 10_000  # copies that are synced together
_FEW = 8  # files that are synced one by one; more of them cost less at once


class Captures:
    """The folder of captured bytes of one register."""

    __slots__ = ("_unsettled", "folder")

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._unsettled: list[Path] = []

    def path(self, sha256: str) -> Path:
        """Where the bytes with this hash are, or would be."""
        return self.folder / sha256[:2] / sha256

    def keep(self, data: bytes) -> str:
        """Store ``data`` unless it is here already; its SHA-256 as hex. Raises StorageFull, RegisterReadOnly."""
        sha256 = hashlib.sha256(data).hexdigest()
        target = self.path(sha256)
        with translated(target):
            if not target.exists():
                if not target.parent.exists():
                    target.parent.mkdir(parents=True, exist_ok=True)
                handle, name = tempfile.mkstemp(dir=target.parent, prefix=".")
                try:
                    with os.fdopen(handle, "wb") as file:
                        file.write(data)
                    Path(name).replace(target)
                except BaseException:
                    Path(name).unlink(missing_ok=True)
                    raise
            self._unsettled.append(target)
        return sha256

    def settle(self) -> None:
        """See to it that what was kept is on the disk: before the commit that names it."""
        with translated(self.folder):
            if len(self._unsettled) > _FEW:
                os.sync()
            else:
                for path in self._unsettled:
                    with path.open("rb") as file:
                        os.fsync(file.fileno())
        self._unsettled.clear()

    def read(self, sha256: str) -> bytes | None:
        """The bytes with this hash; None where they are not here."""
        with translated(self.path(sha256)):
            try:
                return self.path(sha256).read_bytes()
            except FileNotFoundError:
                return None

    def copied(self, hashes: Iterable[str], to: Path) -> int:
        """Copy the bytes with these hashes into a folder of their own; how many of them are here."""
        other = Captures(to)
        count = 0
        for sha256 in hashes:
            data = self.read(sha256)
            if data is not None:
                other.keep(data)
                count += 1
                if count % _AT_ONCE == 0:
                    other.settle()
        other.settle()
        return count

    def discard(self, sha256: str) -> None:
        """Take the bytes with this hash away, if they are here: of what is sealed."""
        with translated(self.path(sha256)):
            self.path(sha256).unlink(missing_ok=True)
