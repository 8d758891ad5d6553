"""Clauses by tags: verb groups and noun phrases of a sentence.

Use :func:`analyse` once a sentence; the other functions read its result. Positions are indexes of the sentence's words,
spans are half-open.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from comity.reading.attribution.lexicon import Grammar, grammar
from comity.reading.attribution.mending import FINITE, VERBS, repair, retag

__all__ = [
    "CLOSING",
    "DASHES",
    "NOUNS",
    "STARTS",
    "Clause",
    "Group",
    "analyse",
    "clause_follows",
    "group_at",
    "noun_phrase_end",
    "noun_phrase_start",
]

_GROUP_STARTS = VERBS | {"RB", "TO"}
NOUNS = frozenset({"N", "NP", "PRP", "CD", "EX"})
INSIDE = frozenset({"N", "NP", "JJ", "DT", "PRP$", "CD", "POS", "VBN", "VBG", "PRP", "RB", "$", "SYM", "&"})
STARTS = frozenset({"N", "NP", "JJ", "DT", "PRP$", "CD", "PRP", "$", "EX"})  # tags that can begin a noun phrase
CLOSING = frozenset({"”", '"', "''", "``", "’", "'", "´´"})
DASHES = frozenset({"—", "–", "-", "--", "---"})
SCARE = 5  # words and marks: a quotation inside a noun phrase, the "sanctuary" list
PARENTHESIS = 10  # words: longer ones are not a part of a name


@dataclass(frozen=True, slots=True)
class Group:
    """A verb with its auxiliaries and adverbs: ``start`` and ``end`` (half-open), ``head`` the main verb."""

    start: int
    head: int
    end: int
    kind: str  # finite, inf, ing, pp
    passive: bool
    first: int  # the first verb or auxiliary, after any adverbs


@dataclass(slots=True)
class Clause:
    """A sentence in words, tags and verb groups; ``quoted`` gives each word's quotation, -1 outside of any."""

    words: list[str]
    lower: list[str]
    tags: list[str]
    quoted: list[int]
    last: int  # the end of the words, without the final stop outside of a quotation
    groups: list[Group] = field(default_factory=list)
    at: dict[int, int] = field(default_factory=dict)  # word -> its group's index


def analyse(words: list[str], lower: list[str], tags: list[str], quoted: list[int]) -> Clause:
    """The sentence with its verb groups found."""
    last = len(words)
    while last > 0 and words[last - 1] in ".!?)" and quoted[last - 1] < 0 and words[last - 1] != ")":
        last -= 1
    clause = Clause(words, lower, tags, quoted, last)
    words_of = grammar()
    retag(words, tags, lower, words_of)
    index = 0
    while index < len(tags):
        group = _group(clause, index, words_of) if tags[index] in _GROUP_STARTS else None
        if group is None:
            index += 1
            continue
        for place in range(group.start, group.end):
            clause.at[place] = len(clause.groups)
        clause.groups.append(group)
        index = group.end
    repair(clause)
    return clause


def group_at(clause: Clause, index: int) -> Group | None:
    """The verb group that covers a word, or None."""
    found = clause.at.get(index)
    return None if found is None else clause.groups[found]


def _group(clause: Clause, index: int, words: Grammar) -> Group | None:
    """The verb group that begins at ``index``."""
    tags, lower = clause.tags, clause.lower
    size = len(tags)
    first = index
    while first < size and tags[first] == "RB" and lower[first] not in words.clause_adverbs:
        first += 1
    if first >= size:
        return None
    kind = _kind(tags, first)
    if kind is None:
        return None
    head = at = first
    passive = False
    while at < size:
        name = tags[at]
        if name == "TO" and (
            at == first or (lower[head] in words.semi_modal and at + 1 < size and tags[at + 1] == "VB")
        ):
            at += 1
            continue
        if name in VERBS:
            if at != first and not _continues(lower[head], tags[head], name, words) and tags[at - 1] != "TO":
                break
            if at != first:
                passive = (
                    name == "VBN" and lower[head] in words.be and not (lower[head] == "'s" and lower[at] == "been")
                )
            head = at
            at += 1
            continue
        if lower[at] == "n't" or name == "RB":
            ahead = at
            while ahead < size and (tags[ahead] == "RB" or lower[ahead] == "n't"):
                ahead += 1
            if ahead < size and tags[ahead] in VERBS and _continues(lower[head], tags[head], tags[ahead], words):
                at = ahead
                continue
        break
    end = head + 1
    if end < size and lower[end] == "n't":
        end += 1
    return Group(index, head, end, kind, passive, first)


def _kind(tags: list[str], first: int) -> str | None:
    """Whether a verb group can begin at ``first``, and of which kind."""
    name = tags[first]
    if name == "TO":
        after = first + 1
        while after < len(tags) and tags[after] == "RB":
            after += 1
        return "inf" if after < len(tags) and tags[after] == "VB" else None
    if name in FINITE:
        return "finite"
    if name == "VB":
        return "inf"
    if name in ("VBG", "VBN") and not _prenominal(tags, first):
        return "ing" if name == "VBG" else "pp"
    return None


def _continues(head: str, head_tag: str, name: str, words: Grammar) -> bool:
    """Whether a verb of tag ``name`` goes on with the group whose last verb is ``head``."""
    if head_tag == "MD" or head in words.do or head_tag == "TO":
        return name in ("VB", "VBP", "VBN", "VBD")
    if head in words.be and head in words.have:
        return name in ("VBN", "VBG", "VBD", "VB")
    if head in words.be:
        return name in ("VBN", "VBG", "VBD")
    return head in words.have and name in ("VBN", "VBD", "VB")


def _prenominal(tags: list[str], index: int) -> bool:
    """Whether a participle stands before a noun: "the growing gap"."""
    before = tags[index - 1] if index else "^"
    after = tags[index + 1] if index + 1 < len(tags) else "$"
    if before in ("^", "CC", '"') and tags[index] == "VBN":
        return after in ("N", "NP")
    return before in ("DT", "JJ", "PRP$", "POS", "CD") and after in ("N", "NP", "JJ")


def noun_phrase_start(clause: Clause, last: int, floor: int = 0) -> int:  # noqa: C901  (one case a tag)
    """Where the noun phrase that ends with the word ``last`` begins; ``of``, ``for`` and ``in`` parts are in it."""
    tags, lower, quoted = clause.tags, clause.lower, clause.quoted
    subordinators = grammar().subordinators
    if lower[last] in grammar().reflexives and last > floor and tags[last - 1] in ("N", "NP"):
        return noun_phrase_start(clause, last - 1, floor)  # "the reply itself"
    if tags[last] in ("PRP", "WP", "EX"):
        return last
    at = last
    if tags[last] == ")":
        while at > floor and tags[at] != "(":
            at -= 1
        if tags[at] != "(" or last - at > PARENTHESIS:
            return last
    while at > floor:
        before = at - 1
        name = tags[before]
        if quoted[before] != quoted[last] and quoted[before] >= 0:
            opening = before
            while opening > floor and quoted[opening - 1] == quoted[before]:
                opening -= 1
            if (
                before - opening > SCARE
                or opening == floor
                or tags[opening - 1] not in ("DT", "JJ", "N", "PRP$", "POS")
            ):
                break
            at = opening
            continue
        if (
            name in INSIDE
            and lower[before] != "including"
            and not (name in ("VBN", "VBG", "RB", "PRP") and not _inside(clause, before))
        ):
            if name == "NP" and lower[before] in grammar().times:
                break
            if name == "N" and tags[at] == "NP" and before > floor and lower[before - 1] in grammar().time_openers:
                break  # "Last month | Ruiz said"
            at = before
        elif (
            name == "IN"
            and lower[before] not in subordinators
            and before > floor
            and (tags[before - 1] in ("N", "NP", "CD", "DT", ")") or lower[before - 1] in grammar().quantifiers)
        ):
            at = before
        elif (
            name == "CC"
            and lower[before] in ("and", "or", "&")
            and before > floor
            and tags[before - 1] in ("N", "NP", "CD", "PRP")
        ):
            left = _coordinated(clause, before - 1, floor)
            if left is None:
                break
            at = left
        elif name == "VBG" and lower[before] == "including" and before > floor and tags[before - 1] in ("N", "NP"):
            at = before
        elif name == ")":
            opening = before
            while opening > floor and tags[opening] != "(":
                opening -= 1
            if tags[opening] != "(" or before - opening > PARENTHESIS:
                break
            at = opening
        else:
            break
    while (
        at < last
        and (tags[at] in ("RB", "POS", "IN", "(") or lower[at] in ("only",))
        and tags[at + 1] not in ("JJ", "CD")
    ):
        at += 1
    return at


def _coordinated(clause: Clause, last: int, floor: int) -> int | None:
    """Where "A, B and C" begins, if what stands before "and" is a subject too and not the end of another clause."""
    left = noun_phrase_start(clause, last, floor)
    while (
        left - 2 >= floor
        and clause.words[left - 1] == ","
        and clause.tags[left - 2] in ("NP",)
        and clause.tags[last] == "NP"
    ):
        further = noun_phrase_start(clause, left - 2, floor)
        if further >= left - 1:
            break
        left = further
    if (
        left == floor
        or clause.tags[left - 1] in (",", "CC", "IN", ":", ";", "WRB", "—", "-")
        or clause.lower[left - 1] in ("that", '"')
    ):
        return left
    return None


def _inside(clause: Clause, index: int) -> bool:
    """Whether a participle, adverb or pronoun is a part of the noun phrase that follows it."""
    name = clause.tags[index]
    if name == "PRP":
        return False
    if name == "RB":
        return clause.tags[index + 1] in ("JJ", "CD", "DT", "VBN") and group_at(clause, index) is None
    return group_at(clause, index) is None


def noun_phrase_end(clause: Clause, first: int, limit: int) -> int:  # noqa: C901  (one case a tag)
    """Where the noun phrase that begins at ``first`` ends, with its prepositional parts; ``first`` if there is none."""
    tags, lower, words = clause.tags, clause.lower, grammar()
    at = first
    noun = False  # the words since the last preposition or "and" hold a noun
    good = first  # the end of the last whole phrase
    while at < limit:
        name = tags[at]
        if name == "PRP" and noun:
            break
        if name in NOUNS:
            if lower[at] in words.times and at > first and noun:
                break
            noun = True
            at += 1
            good = at
            if name == "PRP" and not (at < limit and tags[at] == "CC"):
                break
        elif name in ("DT", "JJ", "PRP$", "POS", "$", "&", "RB", "VBN", "VBG"):
            if (noun and name in ("DT", "PRP$", "VBN", "VBG", "RB")) or (
                name in ("VBN", "VBG", "RB") and group_at(clause, at) is not None
            ):
                break
            at += 1
            if name == "DT":
                good = at
        elif (
            name in ("IN", "TO")
            and noun
            and lower[at] in words.noun_prepositions
            and at + 1 < limit
            and tags[at + 1] in INSIDE
        ):
            if lower[at + 1] in words.times or lower[at + 1] in words.time_openers:
                break
            at += 1
            noun = False
        elif name == "CC" and noun and lower[at] in ("and", "&", "or") and at + 1 < limit and tags[at + 1] in INSIDE:
            if group_at(clause, at + 1) is not None or clause_follows(clause, at + 1, limit):
                break
            at += 1
            noun = False
        elif name == "(":
            closing = at
            while closing < limit and tags[closing] != ")":
                closing += 1
            if closing >= limit or closing - at > PARENTHESIS:
                break
            at = good = closing + 1
        else:
            break
    return good


def clause_follows(clause: Clause, at: int, limit: int) -> bool:  # noqa: C901  (one case a tag)
    """Whether a clause with its own subject begins at ``at``: a noun phrase and then a finite verb."""
    tags = clause.tags
    if at >= limit or (tags[at] not in STARTS and tags[at] not in ("VBG", "RB", "IN")):
        return False
    while at < limit and tags[at] in ("RB",):
        at += 1
    if at < limit and tags[at] == "VBG":
        at += 1
    if at >= limit:
        return False
    end = noun_phrase_end(clause, at, limit)
    relative = False
    while end < limit and end > at:
        group = group_at(clause, end)
        if group is not None:
            if group.kind == "finite":
                if not relative:
                    return True
                relative = False
                end = group.end
                further = noun_phrase_end(clause, end, limit)
                end = max(end, further)
                continue
            if group.kind in ("inf", "ing", "pp") and group.end > end:
                end = max(group.end, noun_phrase_end(clause, group.end, limit))
                continue
            return False
        if tags[end] == "WP":
            relative = True
            end += 1
            if end < limit and group_at(clause, end) is None:
                end = max(end, noun_phrase_end(clause, end, limit))
            continue
        if tags[end] == "RB":
            end += 1
            continue
        if tags[end] == "IN" and clause.lower[end] not in grammar().subordinators:
            further = noun_phrase_end(clause, end + 1, limit)
            if further == end + 1:
                return False
            end = further
            continue
        if tags[end] == "," and end + 1 < limit and tags[end + 1] in ("DT", "WP", "NP", "N"):
            # an apposition: the city, its mayor said, …; only as far as the next comma
            close = end + 1
            while close < limit and tags[close] != ",":
                close += 1
            if close < limit and close - end < 12 and group_at(clause, close + 1) is not None:
                end = close + 1
                relative = False
                continue
        return False
    return False
