"""Whose words: the subject of a verb group, before it, after it, or of the clause that it goes on with.

All functions give spans in words of the sentence. A source takes its apposition and relative clause with it, as
PolNeAR's guidelines do: "Ana Ruiz, the police chief,".
"""

from __future__ import annotations

from comity.model import Pair
from comity.reading.attribution.clauses import (
    DASHES,
    STARTS,
    Clause,
    Group,
    clause_follows,
    group_at,
    noun_phrase_end,
    noun_phrase_start,
)
from comity.reading.attribution.lexicon import grammar, lexicon
from comity.reading.attribution.mending import FINITE

__all__ = ["agent", "inverted", "subject", "with_participle"]

APPOSITION = 45  # words between the commas of an apposition at most


def subject(clause: Clause, group: Group) -> Pair | None:
    """The subject of ``group``, or of the clause that it goes on with; None where there is none."""
    tags, words = clause.tags, clause.words
    at = group.start - 1
    if group.kind == "inf":
        return _of_infinitive(clause, group)
    if group.kind in ("ing", "pp"):
        return _of_participle(clause, group)
    if at >= 2 and words[at] == "," and tags[at - 1] == "RB" and words[at - 2] == ",":
        at -= 3  # "Others, however, say"
    paper = _paper(clause, at)
    if paper is not None:
        return paper, at + 1
    at = _before_time(clause, at)
    kept = grammar().quantifiers | grammar().there
    while at >= 0 and tags[at] == "RB" and clause.lower[at] not in kept:
        at -= 1
    if at < 0:
        return None
    participle = group_at(clause, at)
    if participle is not None and participle.kind == "pp" and participle.end == at + 1 and participle.start > 0:
        named = ending_at(clause, participle.start - 1)
        if named is not None:
            return named[0], at + 1  # "the voters polled | said"
    direct = ending_at(clause, at)
    if direct is not None:
        return _with_relative(clause, _with_adjective(clause, direct))
    if words[at] == "," or words[at] in DASHES or words[at] == ")":
        found = with_apposition(clause, at)
        if found is not None:
            return found
    return continued(clause, group)


def _paper(clause: Clause, at: int) -> int | None:
    """Where the paper begins that was filed where the words up to ``at`` say: "the suit filed in Ada County"."""
    for place in range(at, 0, -1):
        if clause.tags[place] in FINITE or clause.quoted[place] >= 0:
            return None
        if clause.tags[place] == "VBN" and clause.lower[place] in grammar().paper_acts:
            noun = place - 2 if clause.words[place - 1] == "," and place > 1 else place - 1
            return noun_phrase_start(clause, noun) if clause.lower[noun] in grammar().papers else None
    return None


def with_apposition(clause: Clause, close: int) -> Pair | None:
    """The noun phrase before the comma at ``close``, with its apposition; not with a mere participle."""
    opening = apposition(clause, close)
    if opening is None:
        return None
    end = close + 1
    for at in range(opening, close):
        if clause.words[at] == "," and at > opening:
            first = at + 1
            while first < close and clause.tags[first] == "RB":
                first += 1
            if clause.tags[first] == "VBG" or (
                clause.tags[first] == "IN" and first == at + 1 and clause.lower[first] not in ("of", "from")
            ):
                end = at
            break
    return opening, end


def with_participle(clause: Clause, source: Pair) -> Pair:
    """The source with the noun that its participle hangs on: "emails obtained by the Herald | show"."""
    before = source[0] - 1
    group = group_at(clause, before - 1) if before > 1 and clause.tags[before] == "IN" else None
    hung = _with_adjective(clause, source)
    if hung != source:
        return hung
    if group is None or group.kind != "pp" or group.end != before or group.start == 0:
        return source
    named = ending_at(clause, group.start - 1)
    return (named[0], source[1]) if named is not None else source


def _with_adjective(clause: Clause, source: Pair) -> Pair:
    """The source with the noun that its adjective hangs on: "two people familiar with the talks | said"."""
    before = source[0] - 1
    if before > 1 and clause.tags[before - 2 : before + 1] == ["N", "JJ", "IN"]:
        return noun_phrase_start(clause, before - 2), source[1]
    return source


def _before_time(clause: Clause, at: int) -> int:
    """Steps back over a day between subject and verb: "the council on Tuesday | voted"."""
    closed = grammar()
    place = at
    while place > 0 and (clause.lower[place] in closed.times or clause.lower[place] in closed.time_openers):
        place -= 1
    if place == at:
        return at
    if clause.lower[place] == "on" and place > 0:
        place -= 1
    return place


def _with_relative(clause: Clause, source: Pair) -> Pair:
    """The source with the noun that its relative clause hangs on: "people who battled threats | say"."""
    start, end = source
    left = start
    while left > 1 and clause.tags[left - 1] in ("IN", "TO"):
        left -= 1  # an official who spoke on condition of anonymity
    group = group_at(clause, left - 1) if left > 0 else None
    if group is None or group.end != left or group.start == 0:
        return source
    if left < start and group.kind == "pp":
        named = None if group.passive else _hung(clause, group)
        return (named[0], end) if named is not None else source  # emails released to the Herald
    control = group_at(clause, group.start - 1) if group.kind == "inf" else None
    if control is not None and control.kind == "finite" and control.start > 1:
        group = control  # "members who voted to void the agreement | say"
    before = group.start - 1
    if group.kind == "finite" and clause.lower[before] in ("who", "that", "which") and before > 0:
        before -= 1
    elif group.kind == "finite":
        return source
    elif group.kind == "pp" and clause.tags[before] == "CC":
        named = _hung(clause, group)
        return (named[0], end) if named is not None else source
    if clause.tags[before] not in ("N", "NP"):
        return source
    if group.kind != "finite" and clause.lower[group.head] in lexicon().verbs:
        return source
    return noun_phrase_start(clause, before), end


def _hung(clause: Clause, group: Group) -> Pair | None:
    """The noun phrase that a participle hangs on, or the one that it is coordinated with: "a memo dated and signed"."""
    if clause.tags[group.start - 1] != "CC":
        return ending_at(clause, group.start - 1)
    for other in reversed(clause.groups):
        if other.start < group.start and other.kind == "pp" and other.start > 0:
            return ending_at(clause, other.start - 1)
        if other.start < group.start and other.kind == "finite":
            return None
    return None


def ending_at(clause: Clause, at: int) -> Pair | None:
    """The noun phrase that ends with the word ``at``, if one does."""
    tags, lower = clause.tags, clause.lower
    name = tags[at]
    if lower[at] in grammar().there and at > 0 and tags[at - 1] in ("N", "NP"):
        return noun_phrase_start(clause, at - 1), at + 1  # officials there
    if name == "POS" and at > 0 and tags[at - 1] in ("N", "NP"):
        return noun_phrase_start(clause, at - 1), at + 1  # Talbot's said that he had asked
    if name in ("N", "NP", "PRP", "CD", "EX") or (name == "WP" and lower[at] != "what"):
        if name == "EX":
            return None
        return noun_phrase_start(clause, at), at + 1
    if lower[at] in grammar().quantifiers and name in ("JJ", "RB", "DT", "N", "CD"):
        return at, at + 1
    if name == ")":
        start = noun_phrase_start(clause, at)
        return (start, at + 1) if start < at else None
    if name == "DT" and lower[at] not in ("no", "the", "a", "an", "every"):
        start = noun_phrase_start(clause, at) if at and tags[at - 1] in ("N", "NP") else at
        return start, at + 1
    if name == "JJ" and at > 0 and tags[at - 1] in ("DT", "JJ"):
        return noun_phrase_start(clause, at), at + 1
    if name == "WP":
        return None
    return None


def apposition(clause: Clause, close: int) -> int | None:
    """Where the noun phrase begins whose apposition or relative clause ends with the mark at ``close``."""
    mark, words, tags = clause.words[close], clause.words, clause.tags
    if mark == ")":
        opening = close
        while opening > 0 and words[opening] != "(":
            opening -= 1
        return noun_phrase_start(clause, opening - 1) if opening > 0 and tags[opening - 1] in ("N", "NP") else None
    best: int | None = None
    at = close - 1
    while at > 0 and close - at < APPOSITION:
        if words[at] == mark and clause.quoted[at] == clause.quoted[close] and at + 1 < close:
            if tags[at - 1] not in ("N", "NP", "PRP", ")", "CD", ".") or (
                tags[at - 1] == "." and len(words[at - 1]) == 1
            ):
                break
            inner = [g for g in clause.groups if at < g.start < close and g.kind == "finite"]
            relative = tags[at + 1] in ("WP", "WRB", "VBN", "VBG") or (
                tags[at + 1] == "IN" and at + 2 < close and tags[at + 2] == "WP"
            )
            relatives = sum(1 for place in range(at + 1, close) if tags[place] in ("WP", "WRB"))
            if tags[at + 1] == "CC" or (inner and not relative and relatives < len(inner)):
                break
            start = noun_phrase_start(clause, at - 1)
            if best is not None and (_dated(clause, start, at) or tags[start] == "IN"):
                break
            best = start
            if start == 0 or words[start - 1] != "," or tags[at - 1] == "PRP":
                break
            at = start - 1
            continue
        at -= 1
    return best


def _dated(clause: Clause, start: int, end: int) -> bool:
    """Whether the words before a comma are no party but a time or a place: "In October, Mr. Ruiz, who …"."""
    if any(clause.lower[place] in grammar().times for place in range(start, end)):
        return True
    return start > 0 and clause.tags[start - 1] in ("IN", "TO")


def continued(clause: Clause, group: Group) -> Pair | None:
    """The subject of the finite clause to the left that ``group`` goes on with: "He praised the city and said …"."""
    tense = clause.tags[group.first]
    candidates = []
    for other in clause.groups:
        if other.start >= group.start:
            break
        if other.kind != "finite" or clause.quoted[other.head] >= 0:
            continue
        if other.start == 0:
            continue
        source = ending_at(clause, _before_time(clause, other.start - 1))
        if source is None and clause.words[other.start - 1] in (",", ")"):
            source = with_apposition(clause, other.start - 1)
        if source is not None:
            source = _with_relative(clause, source)
            candidates.append((other, source))
    if not candidates:
        return None
    main = [pair for pair in candidates if not _subordinate(clause, pair[1])]
    if group.kind == "finite":
        same = [pair for pair in (main or candidates) if clause.tags[pair[0].first] == tense]
        return (same or main or candidates)[-1][1]
    return (main or candidates)[-1][1]


def _subordinate(clause: Clause, source: Pair) -> bool:
    """Whether the clause of a subject is relative or follows a subordinator ("when he", "that the city")."""
    start = source[0]
    if clause.tags[start] == "WP":
        return True
    before = start - 1
    return before >= 0 and (
        clause.tags[before] in ("WRB", "WP")
        or (clause.tags[before] == "IN" and clause.lower[before] in grammar().subordinators)
        or group_at(clause, before) is not None
        or clause.tags[before] in ("N", "NP")
    )


def _of_participle(clause: Clause, group: Group) -> Pair | None:
    """Of "saying …": the noun it stands behind, else the subject of the sentence."""
    at = group.start - 1
    if at >= 0 and clause.tags[at] in ("N", "NP", "PRP") and clause.quoted[at] < 0:
        start = noun_phrase_start(clause, at)
        issued = group_at(clause, start - 1) if start > 0 and clause.lower[at] in lexicon().nouns else None
        if issued is not None and clause.lower[issued.head] in lexicon().lemmas:
            return subject(clause, issued)  # "the agency issued a statement saying"
        return start, at + 1
    if at >= 0 and clause.lower[at] == "with":
        return None
    found = continued(clause, group)
    return found if found is not None else _ahead(clause, group)


def _of_infinitive(clause: Clause, group: Group) -> Pair | None:
    """Of "to say": the object of an asking verb, else the subject of the verb it hangs on."""
    at = group.start - 1
    if at >= 0 and clause.tags[at] in ("NP", "PRP", "N"):
        start = noun_phrase_start(clause, at)
        before = group_at(clause, start - 1) if start > 0 else None
        if before is not None and clause.tags[at] != "N":
            return start, at + 1
    if at >= 0:
        control = group_at(clause, at)
        if control is not None and control.end == group.start:
            return subject(clause, control)
    found = continued(clause, group)
    return found if found is not None else _ahead(clause, group)


def _ahead(clause: Clause, group: Group) -> Pair | None:
    """The subject of the first finite clause after the group: "In saying so, the mayor …"."""
    for other in clause.groups:
        if other.start > group.end and other.kind == "finite" and clause.words[other.start - 1] not in (",",):
            source = ending_at(clause, other.start - 1)
            if source is not None and source[0] > 0 and clause.words[source[0] - 1] == ",":
                return source
    return None


def agent(clause: Clause, at: int) -> Pair | None:
    """The noun phrase after "by", if ``at`` is a "by"."""
    if at < clause.last and clause.lower[at] == "by":
        end = noun_phrase_end(clause, at + 1, clause.last)
        if end > at + 1:
            return at + 1, end
    return None


def inverted(clause: Clause, first: int) -> int:
    """Where a source that follows its cue ends: its appositions and relative clauses are in it; ``first`` if none."""
    last, words, tags, lower = clause.last, clause.words, clause.tags, clause.lower
    if first >= last or tags[first] not in STARTS or lower[first] in grammar().opens_no_source:
        return first
    end = noun_phrase_end(clause, first, last)
    if end == first or tags[first] == "PRP":
        return end
    end = _trim_adjunct(clause, first, end)
    if tags[end : end + 1] and tags[end] in STARTS and clause_follows(clause, end, last):
        end = _clause_end(clause, end, last)  # records the organization obtained
    commas = False
    while end < last and clause.quoted[end] < 0:
        if tags[end] in ("WP", "VBG", "VBN") and not commas:
            end = _clause_end(clause, end, last)
            continue
        if words[end] != "," or end + 1 >= last or clause.quoted[end + 1] >= 0:
            break
        nxt = end + 1
        if tags[nxt] == "WP" or lower[nxt] == "whose":
            end = _clause_end(clause, nxt + 1, last)
        elif (
            tags[nxt] in STARTS
            and tags[nxt] != "PRP"
            and lower[nxt] not in grammar().times
            and lower[nxt] not in grammar().time_openers
        ):
            further = noun_phrase_end(clause, nxt, last)
            if further == nxt or (group_at(clause, further) is not None and group_at(clause, further).kind == "finite"):  # type: ignore[union-attr]
                break
            further = _trim_adjunct(clause, nxt, further)
            end = further
            if end < last and (tags[end] in ("WP", "VBG", "VBN")):
                end = _clause_end(clause, end, last)
        elif lower[nxt] == "and" and nxt + 1 < last and tags[nxt + 1] == "DT":
            further = noun_phrase_end(clause, nxt + 1, last)
            end = _clause_end(clause, further, last) if further < last and tags[further] == "WP" else further
        elif lower[nxt] == "of" and nxt + 1 < last:
            end = max(nxt, noun_phrase_end(clause, nxt + 1, last))
        else:
            break
        commas = True
    if commas and end < last and words[end] == "," and clause.quoted[end] < 0:
        end += 1
    return end


def _clause_end(clause: Clause, at: int, last: int) -> int:
    """The end of a relative clause: the next comma, dash or quotation."""
    while at < last and clause.words[at] != "," and clause.words[at] not in ("—", "–") and clause.quoted[at] < 0:
        at += 1
    return at


def _trim_adjunct(clause: Clause, first: int, end: int) -> int:
    """Cuts "in an interview", "on the floor" from a name: a name goes on only with its own body or place."""
    tags, lower = clause.tags, clause.lower
    for at in range(first + 1, end):
        if tags[at] not in ("IN", "TO") or lower[at] in ("of", "for"):
            continue
        if lower[at] in ("about", "during") or (
            tags[at - 1] == "NP" and tags[at + 1] in ("DT", "PRP$", "JJ", "CD", "N")
        ):
            return at
    return end
