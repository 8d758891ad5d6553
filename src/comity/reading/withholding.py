"""What of a document is not published, and how statements carry it: spans beside the evidence, outside of the id.

Use :func:`withheld` once for a document and :func:`carrying` for each statement read from it. ``views.published`` shows
marks in the place of these spans.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from comity.model import Pair, Statement, Withheld
from comity.reading import contacts, persons

__all__ = ["carrying", "withheld"]


def withheld(text: str, known: Sequence[Pair]) -> tuple[Withheld, ...]:
    """The spans of a text that aren't published, in order; ``known`` are those of places and bodies, which stay."""
    return joined(text, persons.find(text, known))


def joined(text: str, people: Sequence[persons.Person]) -> tuple[Withheld, ...]:
    """Contact details and the names of private persons as spans in order; where they overlap, the detail stands."""
    found = contacts.find(text)
    names = [Withheld("name", person.start, person.end) for person in persons.private(people)]
    free = [name for name in names if not any(name.start < other.end and other.start < name.end for other in found)]
    return tuple(sorted((*found, *free), key=lambda item: item.start))


def carrying(statement: Statement, spans: Sequence[Withheld]) -> Statement:
    """The statement with those of its document's spans that touch its evidence, context or support; the same id."""
    at = statement.evidence
    if at.start is None or at.end is None:
        return statement
    shown = [(at.start - len(at.prefix or ""), at.end + len(at.suffix or ""))]
    shown += [(item.start, item.end) for item in statement.support]
    touching = tuple(span for span in spans if _touches(span, shown))
    return replace(statement, evidence=replace(at, withheld=touching)) if touching else statement


def _touches(span: Withheld, shown: Iterable[tuple[int, int]]) -> bool:
    return any(start < span.end and span.start < end for start, end in shown)
