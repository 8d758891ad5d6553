"""What the statements of one document lend one another: a time, a slot, the demands of a protest.

Each loan is declared by the topic and carried by a support span, so that nothing is taken on trust.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache, reduce

from comity.identity import statement_id
from comity.model import Pair, Statement, Support
from comity.reading.page import Page
from comity.reading.patterns import compile_pattern
from comity.vocabulary import language

__all__ = ["joined", "stands_apart"]

_DATED_WITHIN = 0  # sentences between a statement and the one that dates it
_OPENING_WITHIN = 2  # the same of a statement in the document's opening: a lead is often dated below


def joined(page: Page, statements: Sequence[Statement]) -> list[Statement]:
    """The statements, in their order, with what others of the document lend them."""
    dated = [_dated(page, _likewise(page, statement, statements), statements) for statement in statements]
    whole = [reduce(lambda told, loan: _heir(page, told, loan, dated), _inherits(page, one), one) for one in dated]
    return list(_gathered(page, whole))


def _inherits(page: Page, statement: Statement) -> tuple[tuple[str, str], ...]:
    return () if _stands_apart(page, statement) else page.vocabulary.predicates[statement.predicate].inherits


def stands_apart(page: Page, predicate: str, span: Pair) -> bool:
    """Whether the words show that they are of another thing than their neighbours: "an earlier list", "a similar suit".

    Use it before a statement takes anything from another of its predicate.
    """
    apart = page.vocabulary.predicates[predicate].apart
    return apart is not None and compile_pattern(apart, page.vocabulary).search(page.text, *span) is not None


def _stands_apart(page: Page, statement: Statement) -> bool:
    return stands_apart(page, statement.predicate, (statement.evidence.start or 0, statement.evidence.end or 0))


def _renewed(statement: Statement) -> Statement:
    return replace(statement, id=statement_id(statement, statement.evidence.document))


def _apart(page: Page, one: Statement, other: Statement) -> int:
    """How many sentences lie between two statements."""
    starts = sorted((one.evidence.start or 0, other.evidence.start or 0))
    return sum(starts[0] < start <= starts[1] for start, _ in page.sentences)


def _is(statement: Statement, wanted: str) -> bool:
    """Whether a statement is of a predicate, or of one with a value: ``list_event.published``."""
    predicate, _, value = wanted.partition(".")
    return statement.predicate == predicate and (not value or value in statement.value.values())


def _dated(page: Page, statement: Statement, statements: Sequence[Statement]) -> Statement:
    """The statement with the time of a neighbour by which the topic dates it ("the list, out Wednesday")."""
    sources = page.vocabulary.predicates[statement.predicate].dated_by
    if statement.time is not None or statement.modality != "actual" or not sources or _stands_apart(page, statement):
        return statement
    lenders = [
        (_apart(page, statement, other), other.evidence.start or 0, other)
        for other in statements
        if other.time is not None and other.modality == "actual" and any(_is(other, wanted) for wanted in sources)
    ]
    reach = _OPENING_WITHIN if (statement.evidence.end or 0) <= page.opening else _DATED_WITHIN
    near = [item for item in lenders if item[0] <= reach]
    if not near:
        return statement
    lender = min(near, key=lambda item: item[:2])[2]
    support = _span(page, "time", lender.time.text if lender.time else "", lender)
    return _renewed(replace(statement, time=lender.time, support=(*statement.support, support)))


@lru_cache(maxsize=1)
def _echo() -> re.Pattern[str]:
    return re.compile(language("dating")["likewise"], re.IGNORECASE)


def _likewise(page: Page, statement: Statement, statements: Sequence[Statement]) -> Statement:
    """The statement with the time of the one that it echoes: "Bell County signed in March. So did Coryell County."."""
    start = statement.evidence.start or 0
    if statement.time is not None or not _echo().match(page.text, start):
        return statement
    echoed = [
        other
        for other in statements
        if other.predicate == statement.predicate
        and other.time is not None
        and (other.evidence.start or 0) < start
        and _apart(page, statement, other) == 1
    ]
    if not echoed:
        return statement
    lender = echoed[-1]
    support = _span(page, "time", lender.time.text if lender.time else "", lender)
    return _renewed(replace(statement, time=lender.time, support=(*statement.support, support)))


def _span(page: Page, slot: str, words: str, lender: Statement) -> Support:
    """Where the lender's words stand: in its evidence, or where its own support has them."""
    start, end = lender.evidence.start or 0, lender.evidence.end or 0
    at = page.text.find(words, start, end)
    if at >= 0:
        return Support(slot, at, at + len(words), words)
    kept = next(item for item in lender.support if item.exact == words)
    return replace(kept, slot=slot)


def _heir(page: Page, statement: Statement, loan: tuple[str, str], statements: Sequence[Statement]) -> Statement:
    """The statement with a slot that it leaves open taken from the nearest statement that fills it."""
    slot, (predicate, _, source) = loan[0], loan[1].partition(".")
    if statement.value.get(slot) is not None:
        return statement
    lenders = [
        (_apart(page, statement, other), other.evidence.start or 0, other)
        for other in statements
        if other.predicate == predicate and (source == "subject" or other.value.get(source) is not None)
    ]
    if not lenders:
        return statement
    lender = min(lenders, key=lambda item: item[:2])[2]
    entity = page.gazetteer.entity(lender.subject.id) if lender.subject.id else None
    value = (entity.name if entity else lender.subject.name) if source == "subject" else lender.value[source]
    support = _carrier(page, slot, source, lender)
    if support is None:
        return statement
    return _renewed(replace(statement, value={**statement.value, slot: value}, support=(*statement.support, support)))


def _carrier(page: Page, slot: str, source: str, lender: Statement) -> Support | None:
    """The span that carries the lender's value: its subject's name, or its whole evidence for what it normalises."""
    kept = next((item for item in lender.support if item.slot == source), None)
    if kept is not None:
        return replace(kept, slot=slot)
    start, end = lender.evidence.start, lender.evidence.end
    if start is None or end is None:
        return None
    words = lender.subject.name if source == "subject" else str(lender.value.get(source))
    at = page.text.find(words, start, end)
    span = (at, at + len(words)) if at >= 0 else (start, end)
    return Support(slot, *span, page.text[slice(*span)])


def _gathered(page: Page, statements: Sequence[Statement]) -> Iterator[Statement]:
    """A document's first telling of an event takes in what others tell of it, where the topic says so."""
    seen: set[tuple[str, str]] = set()
    for statement in statements:
        key = (statement.predicate, statement.subject.id or statement.subject.name)
        gathers = page.vocabulary.predicates[statement.predicate].gathers
        if key not in seen and statement.modality == "actual" and statement.voice == "own":
            seen.add(key)
            yield reduce(lambda told, loan: _with_gathered(page, told, loan, statements), gathers, statement)
        else:
            yield statement


def _with_gathered(
    page: Page, statement: Statement, loan: tuple[str, str], statements: Sequence[Statement]
) -> Statement:
    slot, (predicate, _, source) = loan[0], loan[1].partition(".")
    told = statement.value.get(slot)
    words = list(told) if isinstance(told, tuple) else []
    support = list(statement.support)
    for other in statements:
        value = other.value.get(source)
        if other.predicate != predicate or not isinstance(value, str) or value in words:
            continue
        if (other.subject.id or other.subject.name) != (statement.subject.id or statement.subject.name):
            continue
        words.append(value)
        support.append(_span(page, slot, value, other))
    if len(support) == len(statement.support):
        return statement
    return _renewed(replace(statement, value={**statement.value, slot: tuple(words)}, support=tuple(support)))
