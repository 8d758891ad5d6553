"""The log: one entry for each commit, whose hash covers the entry before and every row that the commit wrote or closed.

Rows are leaves of a Merkle tree as in RFC 6962 (Certificate Transparency), so that one row can later be proved by its
path alone. A leaf is the JSON of ``[table, value of each covered column…]``, for a closed row ``["close", table, n]``,
for the entries of an edition one leaf together.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

import msgspec

from comity.identity import canonical

__all__ = [
    "FORMAT",
    "GENESIS",
    "closing_leaf",
    "entries_leaf",
    "entry_hash",
    "leaf",
    "merkle_path",
    "merkle_root",
    "root_of",
]

FORMAT = 1
GENESIS = "0" * 64

_encode = msgspec.json.Encoder().encode
_sha256 = hashlib.sha256


def leaf(table: str, row: Sequence[Any]) -> bytes:
    """The hash of one written row; ``row`` holds the covered columns in their order."""
    return _sha256(b"\x00" + _encode((table, *row))).digest()


def closing_leaf(table: str, number: int) -> bytes:
    """The hash of the closing of one row's known time."""
    return _sha256(b"\x00" + _encode(("close", table, number))).digest()


def entries_leaf(edition: int, rows: Sequence[tuple[int, int, int]]) -> bytes:
    """The hash of all entries of an edition: (position, row, printed) in order of position."""
    return _sha256(b"\x00" + _encode(("entries", edition, rows))).digest()


def merkle_root(leaves: Sequence[bytes]) -> str:
    """The root over ``leaves`` as hex (RFC 6962 section 2.1: an odd node moves up unpaired)."""
    if not leaves:
        return _sha256(b"").hexdigest()
    level = list(leaves)
    while len(level) > 1:
        paired = [_sha256(b"\x01" + level[i] + level[i + 1]).digest() for i in range(0, len(level) - 1, 2)]
        if len(level) % 2:
            paired.append(level[-1])
        level = paired
    return level[0].hex()


def merkle_path(leaves: Sequence[bytes], index: int) -> tuple[str, ...]:
    """What has to be known beside the leaf at ``index`` to reach the root: hashes from below, each with its side.

    ``L`` and hex where it stands to the left, ``R`` where to the right.
    """
    path: list[str] = []
    level = list(leaves)
    while len(level) > 1:
        beside = index ^ 1
        if beside < len(level):
            path.append(("L" if beside < index else "R") + level[beside].hex())
        paired = [_sha256(b"\x01" + level[i] + level[i + 1]).digest() for i in range(0, len(level) - 1, 2)]
        if len(level) % 2:
            paired.append(level[-1])
        level, index = paired, index // 2
    return tuple(path)


def root_of(leaf: bytes, path: Sequence[str]) -> str:
    """The root that a leaf and its path lead to, as hex. Raises ValueError where the path is none."""
    at = leaf
    for step in path:
        beside = bytes.fromhex(step[1:])
        if step[0] not in "LR" or len(step) != 65 or step[1:] != beside.hex():
            raise ValueError(step)
        at = _sha256(b"\x01" + (beside + at if step[0] == "L" else at + beside)).digest()
    return at.hex()


def entry_hash(
    *, seq: int, at: int, operation: str, detail: str, heads: str, closures: str, root: str, previous: str, format: int
) -> str:
    """The hash of a log entry, over all its fields and so over the entry before it."""
    fields = {
        "seq": seq,
        "at": str(at),
        "operation": operation,
        "detail": detail,
        "format": format,
        "heads": heads,
        "closures": closures,
        "root": root,
        "previous": previous,
    }
    return _sha256(canonical(fields)).hexdigest()
