"""The gate: a statement passes only if its words stand where it says and carry what it says.

Every ``exact`` equals the text at its span, code point by code point; every slot is found in the evidence or in its
support, or is a value that the topic declares. What fails is dropped and counted, never repaired.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from comity.model import Pair, Statement, Value
from comity.vocabulary import Predicate

__all__ = ["fault"]


def fault(
    text: str, statement: Statement, predicate: Predicate, carried: Mapping[str, Pair], unnamed: Sequence[Pair] = ()
) -> str | None:
    """Why the statement fails, or None. ``carried`` maps a slot to the span that its value was taken from.

    ``unnamed`` are the spans of private persons' names: one of them may be a source, which then stands without a name.
    """
    evidence = statement.evidence
    if evidence.start is None or evidence.end is None or not 0 <= evidence.start < evidence.end <= len(text):
        return "the evidence has no span in the text"
    if evidence.exact != text[evidence.start : evidence.end]:
        return "the evidence's words don't stand at its span"
    for item in statement.support:
        if not 0 <= item.start < item.end <= len(text) or item.exact != text[item.start : item.end]:
            return f"the support of {item.slot} doesn't stand at its span"
    spans = [(evidence.start, evidence.end), *((item.start, item.end) for item in statement.support)]
    if not _within(_find(text, statement.subject.name, spans), spans):
        return "the subject's name stands in neither evidence nor support"
    nobody = statement.voice == "attributed" and not any(link.source for link in statement.attribution)
    if nobody and not any(_within(name, spans) for name in unnamed):
        return "attributed, but to nobody"
    for name, value in statement.value.items():
        why = _slot_fault(predicate, name, value, carried.get(name), spans)
        if why:
            return why
    return None


def _find(text: str, words: str, spans: list[Pair]) -> Pair | None:
    for start, end in spans:
        found = text.find(words, start, end)
        if found >= 0:
            return found, found + len(words)
    return None


def _within(span: Pair | None, spans: list[Pair]) -> bool:
    return span is not None and any(start <= span[0] and span[1] <= end for start, end in spans)


def _slot_fault(predicate: Predicate, name: str, value: Value, span: Pair | None, spans: list[Pair]) -> str | None:
    slot = predicate.slots.get(name)
    if slot is None:
        return f"{predicate.name} has no slot {name}"
    if value is None:
        return None
    if slot.values and value not in slot.values:
        return f"{value!r} is no value of {name}"
    if span is not None and not _within(span, spans):
        return f"the words of {name} stand in neither evidence nor support"
    return None
