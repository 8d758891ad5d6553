"""What is said: where a content begins and ends, in words of the sentence."""

from __future__ import annotations

from comity.model import Pair
from comity.reading.attribution.clauses import (
    CLOSING,
    DASHES,
    STARTS,
    Clause,
    Group,
    clause_follows,
    group_at,
    noun_phrase_end,
)
from comity.reading.attribution.lexicon import Lexicon, grammar

__all__ = ["before", "end_of", "over_adjuncts", "resumed"]


def over_adjuncts(clause: Clause, at: int, listener: bool) -> int:
    """Where a content begins that time, place or a listener separate from its verb; ``at`` if none does.

    "said on Tuesday in an interview | that", "told reporters | the city".
    """
    tags, lower, words, last = clause.tags, clause.lower, clause.words, clause.last
    closed = grammar()
    place = at
    if listener and place < last and tags[place] in STARTS:
        place = max(place, noun_phrase_end(clause, place, last))
    while place < last:
        if clause.quoted[place] >= 0 or lower[place] == "that" or (lower[place] in closed.wh and place > at):
            return place
        if (words[place] in (",", ":") or words[place] in DASHES) and place + 1 < last and clause.quoted[place + 1] >= 0:
            return place + 1
        if words[place] == ":" and place + 1 < last:
            return place + 1
        if tags[place] == "RB" or lower[place] in closed.times or lower[place] in closed.time_openers:
            place += 1
            continue
        if tags[place] == "N" and lower[place - 1] in closed.time_openers:
            place += 1
            continue
        if tags[place] in ("IN", "TO") and lower[place] not in ("because", "if", "than", "whether"):
            further = noun_phrase_end(clause, place + 1, last)
            if further > place + 1:
                place = further
                continue
        break
    return at


def before(clause: Clause, source_start: int, words: Lexicon) -> tuple[int, int] | None:
    """The content that ends before ``source_start``: from the sentence's start, without the comma outside a quotation."""
    end = source_start
    while end > 0 and clause.quoted[end - 1] < 0 and (clause.words[end - 1] == "," or clause.words[end - 1] in DASHES):
        end -= 1
    start = 0
    while start < end and (clause.tags[start] == "CC" or clause.words[start] in (",", "(", "-", "—")) and clause.quoted[start] < 0:
        start += 1
    return (start, end) if end > start else None


def resumed(clause: Clause, after: int) -> Pair | None:
    """The rest of a content after "she said,": the quotation that resumes in the sentence, or the clause."""
    at, last = after, clause.last
    while at < last and clause.quoted[at] < 0:
        if (clause.words[at] in (",", ":") or clause.words[at] in DASHES) and at + 1 < last and clause.quoted[at + 1] >= 0:
            return at + 1, last
        at += 1
    return None


def end_of(clause: Clause, start: int, group_head: int, words: Lexicon) -> int:
    """Where a content that begins at ``start`` ends: the sentence's end, or where its speaker's words plainly stop."""
    marks, lower, tags, quoted, last = clause.words, clause.lower, clause.tags, clause.quoted, clause.last
    closed = grammar()
    quote = quoted[start]
    at = start
    if quote >= 0 and lower[start] == '"':
        while at < last and quoted[at] == quote:
            at += 1
        if at >= last or marks[at] in (",", ";", ")", ":") or marks[at] in DASHES or tags[at] in ("IN", "CC", "RB", "WRB"):
            return at
    while at < last:
        if quoted[at] >= 0:
            at += 1
            continue
        if marks[at] == ")" and "(" not in marks[start:at]:
            return at
        if (marks[at] in (",", ";") or marks[at] in ("—", "–")) and at + 1 < last:
            nxt = at + 1
            if marks[at] == ";":
                return at
            if lower[nxt] in closed.breaking:
                return at
            if tags[nxt] == "VBG":
                verb = words.verbs.get(lower[nxt])
                if verb is not None and verb.speech:
                    return at
            if lower[nxt] == "and" and (group_at(clause, nxt + 1) is not None or clause_follows(clause, nxt + 1, last)):
                return at
        at += 1
    while last > start and marks[last - 1] in CLOSING and quoted[last - 1] < 0:
        last -= 1
    return last
