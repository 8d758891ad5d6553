"""What may be published of what the register holds. Every page, feed, export and answer of the API passes here.

The context of an evidence sentence is cut to what :data:`CONTEXT` allows; where a file lay on the machine that read it
is nobody's affair, so paths are cut to the file's name; a sentence too long to be one is cut, and says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import PurePosixPath

from comity.model import Belief, Change, Document, Evidence, Statement

__all__ = ["CONTEXT", "LONGEST", "belief", "beliefs", "change", "document", "evidence", "file_name", "statement"]

CONTEXT = 32
"""Characters each side of an evidence sentence."""

LONGEST = 2000
"""Characters of one evidence sentence: what is longer is no sentence, and would be the article."""

CUT = " […]"


def file_name(path: str | None) -> str | None:
    """The name of a file, without the folders of the machine that it was read on."""
    return PurePosixPath(path.replace("\\", "/")).name or None if path else None


def evidence(of: Evidence) -> Evidence:
    """The evidence of a statement or a change."""
    exact = of.exact
    if exact is not None and len(exact) > LONGEST:
        exact = exact[:LONGEST] + CUT
    return replace(
        of,
        path=file_name(of.path),
        exact=exact,
        prefix=(of.prefix or "")[-CONTEXT:] if of.prefix is not None else None,
        suffix=(of.suffix or "")[:CONTEXT] if of.suffix is not None else None,
        cells={name: _short(text) for name, text in of.cells.items()} if of.cells is not None else None,
    )


def statement(of: Statement) -> Statement:
    """A statement with its evidence and support."""
    support = tuple(replace(each, exact=_short(each.exact)) for each in of.support)
    return replace(of, evidence=evidence(of.evidence), support=support)


def belief(of: Belief) -> Belief:
    """A belief with its statement."""
    return replace(of, statement=statement(of.statement))


def beliefs(of: Iterable[Belief]) -> tuple[Belief, ...]:
    """Beliefs, in their order."""
    return tuple(belief(each) for each in of)


def change(of: Change) -> Change:
    """A change with its evidence."""
    return replace(of, evidence=tuple(evidence(each) for each in of.evidence))


def document(of: Document) -> Document:
    """A document without its text, byline and folders: whole texts are not published."""
    capture = replace(of.capture, path=file_name(of.capture.path))
    return replace(of, text="", byline=None, path=file_name(of.path), capture=capture, blocks=(), offsets=(), tables=())


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[:LONGEST] + CUT
