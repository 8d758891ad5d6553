"""What the site publishes of what the register holds. Every page, feed, export and answer of the API passes here.

Names and contacts are masked by :mod:`comity.views.published`. Beyond that, where a file lay on the machine that read
it is nobody's affair, so paths are cut to the file's name; context is cut to :data:`CONTEXT`, and what is too long to
be a sentence to :data:`LONGEST`, which it says.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from comity.model import Belief, Change, Document, Entry, Evidence, Statement
from comity.views import published

__all__ = [
    "CONTEXT",
    "LONGEST",
    "belief",
    "beliefs",
    "change",
    "document",
    "entry",
    "evidence",
    "file_name",
    "statement",
]

CONTEXT = 32
"""Characters each side of an evidence sentence."""

LONGEST = 2000
"""Characters of one evidence sentence: what is longer is no sentence, and would be the article."""

CUT = " […]"


def file_name(path: str | None) -> str | None:
    """The name of a file, without the folders of the machine that it was read on."""
    return PurePosixPath(path.replace("\\", "/")).name or None if path else None


def evidence(of: Evidence) -> Evidence:
    """The evidence of a statement or a change; the same value where nothing of it has to change."""
    of = published.evidence(of)
    changed: dict[str, Any] = {}
    if of.path is not None and ("/" in of.path or "\\" in of.path):
        changed["path"] = file_name(of.path)
    if of.exact is not None and len(of.exact) > LONGEST:
        changed["exact"] = _short(of.exact)
    if of.prefix is not None and len(of.prefix) > CONTEXT:
        changed["prefix"] = of.prefix[-CONTEXT:]
    if of.suffix is not None and len(of.suffix) > CONTEXT:
        changed["suffix"] = of.suffix[:CONTEXT]
    if of.cells is not None and any(len(text) > LONGEST for text in of.cells.values()):
        changed["cells"] = {name: _short(text) for name, text in of.cells.items()}
    return replace(of, **changed) if changed else of


def statement(of: Statement) -> Statement:
    """A statement with its evidence and support; likewise."""
    of = published.statement(of)
    shown = evidence(of.evidence)
    if any(len(each.exact) > LONGEST for each in of.support):
        support = tuple(replace(each, exact=_short(each.exact)) for each in of.support)
        return replace(of, evidence=shown, support=support)
    return of if shown is of.evidence else replace(of, evidence=shown)


def belief(of: Belief) -> Belief:
    """A belief with its statement; likewise."""
    of = published.belief(of)
    shown = statement(of.statement)
    return of if shown is of.statement else replace(of, statement=shown)


def beliefs(of: Iterable[Belief]) -> tuple[Belief, ...]:
    """Beliefs, in their order."""
    return tuple(belief(each) for each in of)


def change(of: Change) -> Change:
    """A change with its evidence."""
    of = published.change(of)
    return replace(of, evidence=tuple(evidence(each) for each in of.evidence))


def entry(of: Entry) -> Entry:
    """An entry of a list, as printed."""
    row = evidence(Evidence(of.edition, cells=of.printed))
    return replace(of, printed=row.cells or {}, statement=statement(of.statement) if of.statement else None, normal={})


def document(of: Document) -> Document:
    """A document without its text, byline and folders: whole texts are not published."""
    capture = replace(of.capture, path=file_name(of.capture.path))
    return replace(
        of,
        text="",
        title=published.title(of.title),
        byline=None,
        path=file_name(of.path),
        capture=capture,
        blocks=(),
        offsets=(),
        tables=(),
    )


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[:LONGEST] + CUT
