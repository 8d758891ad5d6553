"""Quotations whose cue is no verb of saying: after a colon, or beside any verb at all.

Use both functions for one analysed sentence, after the cues of the lexicon. Spans are in words of the sentence.
"""

from __future__ import annotations

from dataclasses import replace

from comity.model import Pair
from comity.reading.attribution import contents, sources
from comity.reading.attribution.clauses import DASHES, Clause, Group, group_at, noun_phrase_end
from comity.reading.attribution.found import Found
from comity.reading.attribution.lexicon import lexicon
from comity.vocabulary import language

__all__ = ["before_colon", "unclaimed"]

ORPHAN = 8  # words and marks: shorter quotations without a cue may be titles or scare quotes


def before_colon(clause: Clause) -> list[Found]:
    """Any verb before a colon and a quotation: 'The mayor went further: “…”'."""
    for at in range(1, len(clause.words)):
        if clause.words[at] != ":" or clause.quoted[at] >= 0:
            continue
        last = at + 1 >= len(clause.words)
        if not last and (clause.quoted[at + 1] < 0 or clause.quoted[at + 1] == clause.quoted[at - 1]):
            continue
        groups = _issuing(clause, at) or [
            group for group in clause.groups if group.end <= at and group.kind == "finite" and not group.passive
        ]
        if not groups or clause.quoted[groups[-1].head] >= 0:
            continue
        source = sources.subject(clause, groups[-1])
        if source is None or clause.lower[source[0]] in ("it", "this", "that", "there"):
            continue
        group = groups[-1]
        byline = None if last else _byline(clause, at)
        if byline is not None:
            end = contents.end_of(clause, at + 1, None, lexicon())
            pair = (at, at + 1)
            return [Found(byline, pair, [(at + 1, end)], True, at, "colon-any", ":", "", clause.quoted[at + 1])]
        if last:
            verb = next((word for word in reversed(clause.lower[group.start : group.head + 1]) if word.isalpha()), "")
            said = verb not in language("attribution")["names-items"]
            return [Found(source, (group.start, at + 1), [], said, group.head, "colon-any", ":", group.kind)]
        end = contents.end_of(clause, at + 1, group, lexicon())
        quote = clause.quoted[at + 1]
        return [
            Found(source, (group.start, at + 1), [(at + 1, end)], True, group.head, "colon-any", ":", group.kind, quote)
        ]
    return []


def _issuing(clause: Clause, at: int) -> list[Group]:
    """The verb of "released the following statement …:", however long what follows it is."""
    if "following" not in clause.lower[:at]:
        return []
    place = clause.lower.index("following", 0, at) - 1
    group = group_at(clause, place - 1) if place > 0 else None
    return [replace(group, kind="finite")] if group is not None and not group.passive else []


def _byline(clause: Clause, at: int) -> Pair | None:
    """Who stands between a dash and the colon before a quotation: 'Polls did predict it - Ana Ruiz: “…”'."""
    first = at
    while first > 0 and clause.words[first - 1] not in DASHES:
        first -= 1
    named = first > 1 and clause.tags[first] == "NP" and noun_phrase_end(clause, first, at) == at
    return (first, at) if named else None


def unclaimed(clause: Clause, found: list[Found]) -> list[Found]:
    """A long quotation that no cue claims: words of whoever the nearest verb's subject is, if that is a party."""
    made = []
    at = 0
    while at < clause.last:
        quote, end = clause.quoted[at], at + 1
        while end < len(clause.quoted) and quote >= 0 and clause.quoted[end] == quote:
            end += 1
        if quote >= 0 and at > 0 and end - at > ORPHAN and clause.lower[at] == '"':
            claimed = any(a < end and at < b for other in found for a, b in other.content)
            groups = [group for group in clause.groups if group.end <= at and clause.quoted[group.head] < 0]
            group = next((group for group in reversed(groups) if group.kind == "finite"), None)
            if not claimed and group is not None:
                source = sources.subject(clause, group)
                if (source is not None and clause.tags[source[1] - 1] not in ("NP", "PRP", ",")) or group.passive:
                    source = None
                if source is not None and clause.lower[source[0]] in ("it", "this", "that"):
                    source = None
                cue = (group.start, group.end)
                made.append(Found(source, cue, [(at, end)], True, group.head, "orphan", "?", group.kind, quote))
        at = end
    return made
