"""Clauses by tags: verb groups, noun phrases and subjects of a sentence.

Use :func:`analyse` once a sentence; the other functions read its result. Positions are indexes of the sentence's words.
"""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["Clause", "Group", "analyse", "clause_follows", "group_at", "noun_phrase_end", "noun_phrase_start"]

VERBS = frozenset({"VB", "VBP", "VBZ", "VBD", "VBN", "VBG", "MD"})
FINITE = frozenset({"VBP", "VBZ", "VBD", "MD"})
NOMINAL = frozenset({"N", "NP", "PRP", "CD", "EX"})
INSIDE = frozenset({"N", "NP", "JJ", "DT", "PRP$", "CD", "POS", "VBN", "VBG", "PRP", "RB", "$", "SYM", "&"})
BE = frozenset({"be", "is", "are", "was", "were", "been", "being", "am", "'s", "'re", "'m", "get", "gets", "got", "getting"})
HAVE = frozenset({"have", "has", "had", "having", "'ve", "'d", "'s"})
DO = frozenset({"do", "does", "did"})


@dataclass(frozen=True, slots=True)
class Group:
    """A verb with its auxiliaries and adverbs: ``start`` and ``end`` (half-open), ``head`` the main verb."""

    start: int
    head: int
    end: int
    kind: str  # finite, inf, ing, pp
    passive: bool = False
    verb_start: int = 0  # the first verb or auxiliary, after any adverbs


@dataclass(slots=True)
class Clause:
    """A sentence in words, tags and verb groups; ``quoted`` gives each word's quotation, -1 outside of any."""

    words: list[str]
    lower: list[str]
    tags: list[str]
    quoted: list[int]
    groups: list[Group] = field(default_factory=list)
    at: dict[int, int] = field(default_factory=dict)  # word -> its group's index


def analyse(words: list[str], lower: list[str], tags: list[str], quoted: list[int]) -> Clause:
    """The sentence with its verb groups found."""
    clause = Clause(words, lower, tags, quoted)
    size = len(tags)
    index = 0
    while index < size:
        group = _group(clause, index)
        if group is None:
            index += 1
            continue
        for place in range(group.start, group.end):
            clause.at[place] = len(clause.groups)
        clause.groups.append(group)
        index = group.end
    return clause


def group_at(clause: Clause, index: int) -> Group | None:
    """The verb group that covers a word, or None."""
    found = clause.at.get(index)
    return None if found is None else clause.groups[found]


def _group(clause: Clause, index: int) -> Group | None:
    """The verb group that begins at ``index``."""
    tags, lower = clause.tags, clause.lower
    size = len(tags)
    first = index
    while first < size and tags[first] == "RB" and lower[first] not in ("so", "then", "too", "even", "as"):
        first += 1
    if first >= size:
        return None
    name = tags[first]
    if name == "TO":
        after = first + 1
        while after < size and tags[after] == "RB":
            after += 1
        if after >= size or tags[after] != "VB":
            return None
        kind = "inf"
    elif name in FINITE:
        kind = "finite"
    elif name == "VB":
        kind = "inf"
    elif name in ("VBG", "VBN"):
        if _prenominal(tags, first):
            return None
        kind = "ing" if name == "VBG" else "pp"
    else:
        return None
    head = at = first
    passive = False
    while at < size:
        name = tags[at]
        if name == "TO" and (at == first or lower[head] in ("have", "has", "had", "going", "used", "ought", "need", "needs")):
            at += 1
            continue
        if name in VERBS or (lower[at] in BE and name == "POS"):
            if at != first and not _continues(lower[head], tags[head], tags[at]):
                break
            if name == "VBN" and at != first and lower[head] in BE and not (lower[head] == "'s" and lower[at] == "been"):
                passive = True
            elif at != first:
                passive = False
            head = at
            at += 1
            continue
        if lower[at] == "n't" or name == "RB":
            ahead = at
            while ahead < size and (tags[ahead] == "RB" or lower[ahead] == "n't"):
                ahead += 1
            if ahead < size and (tags[ahead] in VERBS) and _continues(lower[head], tags[head], tags[ahead]):
                at = ahead
                continue
        break
    end = head + 1
    if end < size and lower[end] == "n't":
        end += 1
    return Group(index, head, end, kind, passive, first)


def _continues(head: str, head_tag: str, name: str) -> bool:
    """Whether a verb of tag ``name`` goes on with the group whose last verb is ``head``."""
    if head_tag == "MD" or head in DO or head_tag == "TO" or head == "to":
        return name in ("VB", "VBP", "VBN", "VBD")
    if head in BE:
        return name in ("VBN", "VBG", "VBD") or head in ("'s", "'d")
    if head in HAVE:
        return name in ("VBN", "VBD", "VB")
    return False


def _prenominal(tags: list[str], index: int) -> bool:
    """Whether a participle stands before a noun: "the growing gap"."""
    before = tags[index - 1] if index else "^"
    after = tags[index + 1] if index + 1 < len(tags) else "$"
    return before in ("DT", "JJ", "PRP$", "POS", "CD", "IN") and after in ("N", "NP", "JJ") and not (
        before == "IN" and after in ("NP", "DT")
    )


def noun_phrase_start(clause: Clause, last: int, floor: int = 0) -> int:
    """Where the noun phrase that ends with the word ``last`` begins; its ``of``, ``for`` and ``in`` parts are in it."""
    tags, lower, quoted = clause.tags, clause.lower, clause.quoted
    if tags[last] in ("PRP", "WP", "EX") or (tags[last] == "DT" and (last == floor or tags[last - 1] not in ("DT", "JJ"))):
        return last
    at = last
    while at > floor:
        before = at - 1
        name = tags[before]
        if quoted[before] != quoted[last] and quoted[before] >= 0 and lower[before] in ("”", '"', "''"):
            break
        if name in INSIDE and not (name in ("VBN", "VBG", "RB", "PRP") and not _inside(clause, before)):
            at = before
            continue
        if name == "IN" and lower[before] not in SUBORDINATORS and before > floor and tags[before - 1] in ("N", "NP", "CD", "DT", ")"):
            at = before
            continue
        if name == "CC" and lower[before] in ("and", "or", "&") and before > floor and tags[before - 1] in ("N", "NP", "CD", "PRP"):
            left = noun_phrase_start(clause, before - 1, floor)
            if left == floor or tags[left - 1] in (",", "CC", "IN", ":", ";", "—", "-") or lower[left - 1] in ("that", "“", '"'):
                at = left
                continue
            break
        if name == ")":
            opening = before
            while opening > floor and tags[opening] != "(":
                opening -= 1
            if tags[opening] == "(" and before - opening < 8:
                at = opening
                continue
        break
    while at < last and (tags[at] in ("RB", "POS") or lower[at] in ("only",)) and tags[at + 1] not in ("JJ", "CD"):
        at += 1
    return at


SUBORDINATORS = frozenset(
    {"that", "because", "if", "while", "as", "after", "before", "when", "although", "though", "since", "whether", "until", "unless", "than", "so", "like", "but"}
)


def _inside(clause: Clause, index: int) -> bool:
    """Whether a participle, adverb or pronoun is a part of the noun phrase that follows it."""
    tags = clause.tags
    if tags[index] == "PRP":
        return False
    if tags[index] == "RB":
        return tags[index + 1] in ("JJ", "CD", "DT", "VBN") and group_at(clause, index) is None
    return group_at(clause, index) is None


def noun_phrase_end(clause: Clause, first: int, limit: int) -> int:
    """Where the noun phrase that begins at ``first`` ends (half-open), with ``of`` and ``for`` parts."""
    tags, lower = clause.tags, clause.lower
    at = first
    noun = False
    while at < limit:
        name = tags[at]
        if name in NOMINAL:
            if name == "PRP" and at > first:
                break
            noun = True
            at += 1
            if name == "PRP":
                break
            continue
        if name in ("DT", "JJ", "PRP$", "CD", "POS", "$", "&"):
            if noun and name in ("DT", "PRP$"):
                break
            noun = noun or name == "DT"
            at += 1
            continue
        if name in ("VBN", "VBG", "RB") and not noun and group_at(clause, at) is None:
            at += 1
            continue
        if name == "IN" and noun and lower[at] in ("of", "for", "at", "in", "from", "with") and at + 1 < limit and tags[at + 1] in INSIDE:
            if lower[at] != "of" and tags[at + 1] == "NP" and lower[at + 1] in TIMES:
                break
            at += 1
            noun = False
            continue
        if name == "CC" and noun and lower[at] in ("and", "&", "or") and at + 1 < limit and tags[at + 1] in INSIDE and group_at(clause, at + 1) is None:
            at += 1
            noun = False
            continue
        if name == "(" :
            closing = at
            while closing < limit and tags[closing] != ")":
                closing += 1
            if closing < limit and closing - at < 8:
                at = closing + 1
                continue
        break
    while at > first and tags[at - 1] in ("IN", "CC", "DT", "RB") and at - first > 1:
        at -= 1
    return at


TIMES = frozenset(
    {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march", "april", "may", "june",
     "july", "august", "september", "october", "november", "december"}
)


def clause_follows(clause: Clause, at: int, limit: int) -> bool:
    """Whether a clause with its own subject begins at ``at``: a noun phrase and then a finite verb."""
    tags = clause.tags
    if at >= limit:
        return False
    if tags[at] in ("RB", "IN", ",", "JJ") and tags[at] != ",":
        pass
    first = at
    end = noun_phrase_end(clause, first, limit)
    if end == first:
        return False
    for _ in range(3):
        if end >= limit:
            return False
        if tags[end] in ("RB",):
            end += 1
            continue
        group = group_at(clause, end)
        if group is not None and group.kind == "finite":
            return True
        if tags[end] == "IN" and clause.lower[end] not in SUBORDINATORS:
            further = noun_phrase_end(clause, end + 1, limit)
            if further > end + 1:
                end = further
                continue
        return False
    return False
