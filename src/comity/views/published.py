"""What may be shown to the public: the words of a statement with neutral marks where names and contacts stand.

Whatever answers the public passes here once: :func:`statement` and :func:`belief` for what the register or a reader
gives, :func:`evidence` for a span or row alone, :func:`words` for any other words of a text. Offsets and hashes stay:
they say where the words stand, not what they are. Pure, and safe to repeat.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from comity.model import Attribution, Belief, Change, Evidence, Statement, Support, Value, Withheld
from comity.reading import contacts
from comity.reading.withholding import in_title
from comity.vocabulary import language

__all__ = ["belief", "change", "evidence", "mark", "statement", "title", "words"]

_BRIEF = 200  # characters of a cell that is kept
_Printed = Sequence[tuple[str, str]]  # words that are withheld, and what stands in their place


@lru_cache(maxsize=1)
def _marks() -> Mapping[str, str]:
    return dict(language("withheld")["marks"])


def mark(kind: str) -> str:
    """What stands in the place of withheld words of a kind."""
    return _marks()[kind]


def belief(one: Belief) -> Belief:
    """A belief as it may be shown: its statement masked, and its facet where that repeats withheld words."""
    shown = statement(one.statement)
    if shown is one.statement:
        return one
    printed = [(words.casefold(), mark) for words, mark in _printed(one.statement)]
    return replace(one, statement=shown, facet=_without(one.facet, printed))


def change(one: Change) -> Change:
    """A change as it may be shown: its evidence masked, and its facet and both sides where they repeat those words."""
    shown = tuple(map(evidence, one.evidence))
    if shown == one.evidence:
        return one
    printed = [pair for at in one.evidence for pair in _printed_in([(at.start or 0, at.exact or "")], at.withheld)]
    folded = [(words.casefold(), mark) for words, mark in printed]
    before, after = _value(one.before, printed), _value(one.after, printed)
    return replace(one, facet=_without(one.facet, folded), before=before, after=after, evidence=shown)


def statement(one: Statement) -> Statement:
    """A statement as it may be shown: evidence, context, support, values and sources masked; the same id and spans."""
    at = one.evidence
    if at.masked or (not at.withheld and not at.cells):
        return one
    if at.cells:
        return replace(one, evidence=evidence(at))
    printed = _printed(one)
    return replace(
        one,
        value={slot: _value(given, printed) for slot, given in one.value.items()},
        attribution=tuple(_source(link, printed) for link in one.attribution),
        evidence=evidence(at),
        support=tuple(_support(item, at.withheld) for item in one.support),
    )


def evidence(at: Evidence) -> Evidence:
    """A span with its context, or a row of a list, as it may be shown. Of a row contact details are masked."""
    if at.masked:
        return at
    if at.cells is not None:
        cells = {header: _cell(text) if len(text) <= _BRIEF else _reachless(text) for header, text in at.cells.items()}
        return replace(at, cells=cells, masked=True) if cells != at.cells else at
    if not at.withheld or at.start is None or at.end is None or at.exact is None:
        return at
    prefix, suffix = at.prefix or "", at.suffix or ""
    return replace(
        at,
        exact=words(at.exact, at.withheld, at.start),
        prefix=words(prefix, at.withheld, at.start - len(prefix)),
        suffix=words(suffix, at.withheld, at.end),
        masked=True,
    )


def _reachless(text: str) -> str:
    """Words without any way to reach somebody."""
    return words(text, contacts.find(text))


_cell = lru_cache(maxsize=16_384)(_reachless)  # of a list's cells, which say the same again and again


def title(text: str | None) -> str | None:
    """The title of a document, as it may be shown."""
    return words(text, in_title(text)) if text else text


def words(text: str, withheld: Iterable[Withheld], offset: int = 0) -> str:
    """Words that begin at ``offset`` of their document, with a mark for each withheld span, cut off or whole."""
    parts: list[str] = []
    at = 0
    for span in sorted(withheld, key=lambda item: item.start):
        start, end = max(span.start - offset, at), min(span.end - offset, len(text))
        if start < end:
            parts += (text[at:start], mark(span.kind))
            at = end
    return "".join((*parts, text[at:]))


def _support(item: Support, withheld: Iterable[Withheld]) -> Support:
    return replace(item, exact=words(item.exact, withheld, item.start))


def _source(link: Attribution, printed: _Printed) -> Attribution:
    return replace(link, source=_without(link.source, printed)) if link.source else link


def _value(given: Value, printed: _Printed) -> Value:
    if isinstance(given, tuple):
        return tuple(_without(text, printed) for text in given)
    return _without(given, printed) if isinstance(given, str) else given


def _printed(one: Statement) -> _Printed:
    """The withheld words of evidence and support as printed, the longest first."""
    at = one.evidence
    pieces = [(at.start or 0, at.exact or ""), *((item.start, item.exact) for item in one.support)]
    return _printed_in(pieces, at.withheld)


def _printed_in(pieces: Sequence[tuple[int, str]], withheld: Iterable[Withheld]) -> _Printed:
    found: dict[str, str] = {}
    for span in withheld:
        for start, text in pieces:
            inside = text[max(0, span.start - start) : max(0, span.end - start)].strip()
            if inside:
                found[inside] = mark(span.kind)
    return sorted(found.items(), key=lambda pair: (-len(pair[0]), pair[0]))


def _without(text: str, printed: _Printed) -> str:
    """A value's words without those that are withheld, and without any way to reach somebody."""
    for withheld, shown in printed:
        text = re.sub(rf"(?<!\w){re.escape(withheld)}(?!\w)", shown.replace("\\", r"\\"), text)
        if text in withheld.split():
            return shown
    return _reachless(text)
