"""What of a document is not published, and how statements carry it: spans beside the evidence, outside of the id.

Use :func:`withheld` once for a document and :func:`carrying` for each statement read from it. ``views.published`` shows
marks in the place of these spans.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from comity.model import Pair, Statement, Withheld
from comity.reading import contacts, persons
from comity.reading.name_words import kind_of
from comity.reading.patterns import compile_pattern
from comity.reading.triggers import lowered, possible
from comity.vocabulary import Vocabulary

__all__ = ["carrying", "in_title", "joined", "under_way", "withheld"]


def withheld(text: str, known: Sequence[Pair]) -> tuple[Withheld, ...]:
    """The spans of a text that aren't published, in order; ``known`` are those of places and bodies, which stay."""
    return joined(text, persons.find(text, known))


def joined(text: str, people: Sequence[persons.Person], passages: Sequence[Pair] = ()) -> tuple[Withheld, ...]:
    """Passages, contact details and private names as spans in order; where two overlap, the first kind stands."""
    kept = [Withheld("operation", start, end) for start, end in passages]
    names = [Withheld("name", person.start, person.end) for person in persons.private(people)]
    for found in (contacts.find(text), names):
        kept += [one for one in found if not any(one.start < other.end and other.start < one.end for other in kept)]
    return tuple(sorted(kept, key=lambda item: item.start))


def in_title(title: str) -> tuple[Withheld, ...]:
    """Of a title by itself, without its text: contact details, and names after a given name or honorific."""
    found = persons.find(title, ())
    sure = [person for person in found if kind_of(title[person.start : person.end].split(maxsplit=1)[0]) in "GgH"]
    return joined(title, sure)


def under_way(text: str, sentences: Sequence[Pair], vocabulary: Vocabulary) -> tuple[Pair, ...]:
    """The sentences that say where an operation of enforcement is just now, by the topic's patterns."""
    low = lowered(text)
    wanted = [pattern for pattern in vocabulary.under_way if possible(pattern, low, vocabulary)]
    patterns = [compile_pattern(pattern, vocabulary) for pattern in wanted]
    return tuple(span for span in sentences if any(pattern.search(text, *span) for pattern in patterns))


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
