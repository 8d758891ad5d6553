"""The ways to a subject: whom a match is about, by its sentence or carried from those before.

A rule lists its ways, and the first that finds anybody is taken: a group of its pattern, what stands before, after or
inside the match (with what is coordinated with it), whom the acts before were about, whom the text is about. Words are
``data/language/definite.yml``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import get_args

from comity.model import Kind, Pair
from comity.reading.captions import elsewhere
from comity.reading.mentions import DATELINE, Mention
from comity.reading.page import Page, inside
from comity.reading.patterns import CLASSES, MARKS, Folded, coordinated
from comity.reading.seats import byword, seat
from comity.reading.together import together
from comity.vocabulary import Rule, language

__all__ = ["datelined", "subjects"]

_CARRIED_SENTENCES = 2
_APPOSITION = re.compile(r",\s+(?:an?|the)\s+[^,;:.]{1,50}?\s(?:in|of|near|outside)\s+$", re.IGNORECASE)
_PREPOSITION = re.compile(
    r"\b(?:in|(?<!city )(?<!town )(?<!village )(?<!county )(?<!state )(?<!parish )(?<!borough )(?<!district )of"
    r"|near|from|with|for|against|by|to|at|around|across|outside)\s+(?:the\s+)?$",
    re.IGNORECASE,
)


@lru_cache(maxsize=1)
def _anaphors() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """What can stand for a subject named before, by the class of what it can mean; the narrower classes first."""
    return tuple(
        (kind, re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE))
        for kind, words in language("definite")["anaphors"].items()
    )


@lru_cache(maxsize=1)
def _opening_place() -> re.Pattern[str]:
    openers = language("definite")["openers"]
    return re.compile(rf"(?:(?:{openers})\s+)?(?:in|at)\s+(?:\w+\s+)?[{''.join(MARKS[:-1])}]", re.IGNORECASE)


@lru_cache(maxsize=1)
def _relative() -> re.Pattern[str]:
    return re.compile(rf",?\s+(?:{language('definite')['relatives']})\b", re.IGNORECASE)


@lru_cache(maxsize=1)
def _of_it() -> re.Pattern[str]:
    return re.compile(rf"\s+(?:{language('definite')['of_it']})\b", re.IGNORECASE)


@lru_cache(maxsize=1)
def _local_list() -> re.Pattern[str]:
    opens = rf"\b(?P<of>{language('definite')['local_kinds']}){language('places')['list_opens']}"
    return re.compile(rf"{opens}\s+(?:[{''.join(MARKS[:-1])}](?:,|,?\s+and|,?\s+or)\s+)*$", re.IGNORECASE)


@lru_cache(maxsize=1)
def _of_whom() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{language('definite')['of_whom']})\s+(?:the\s+)?$".replace(" ", r"\s+"), re.IGNORECASE)


def subjects(
    page: Page,
    folded: Folded,
    index: int,
    rule: Rule,
    match: re.Match[str],
    clause: Pair,
    told: Sequence[Mention],
) -> tuple[list[Mention], str]:
    """The mentions that the match is about, by the first of the rule's ways that finds any.

    ``told`` are those of the last frames of the same predicate: whom "the suit" or "the letter" is about.
    """
    if "subject" in match.re.groupindex and match.group("subject"):
        start, end = match.span("subject")
        marks = [
            at
            for at, mention in folded.marks.items()
            if start <= at < end
            and mention.kind in rule.kinds
            and not (_of_many(folded, at) or _in_apposition(folded, at, rule.kinds))
        ]
        if len(marks) > 1:
            opened = _opened(folded)
            marks = [at for at in marks if at != opened]
        if marks:
            return [folded.marks[at] for at in marks], "pattern"
    for way in rule.subject:
        where, _, wanted = way.partition(":")
        if where == "told":
            found = list({item.id or item.name: item for item in told if item.kind in rule.kinds}.values())
        elif where in ("carried", "anaphor"):
            several = together(page, folded, index, (clause[0], match.end()), rule.kinds)
            if several:
                return several, "together"
            classes: list[Sequence[str]] = [CLASSES[wanted]] if wanted else [get_args(Kind)]
            if where == "anaphor":
                classes += _meant(folded, clause[0], match.end()) or _meant(folded, 0, match.end())
            kinds = [kind for kind in rule.kinds if all(kind in allowed for allowed in classes)]
            mention = None
            if where == "carried" or len(classes) > 1:
                fronted = None if wanted else _fronted(folded, match.start(), rule.kinds)
                mention = fronted or _carried(page, index, kinds)
                mention = mention or (None if wanted else _carried(page, index, rule.kinds))
            found = [mention] if mention else []
        else:
            found = _beside(folded, match, rule.kinds, way, clause)
        if found:
            return found, way
    return [], ""


def _of_many(folded: Folded, at: int) -> bool:
    """Whether a state's name says where many lie, "Colorado counties that landed on the list", or is no state's:

    "The counties are Stark, Washington and Summit". Of cities Washington is one.
    """
    kind = folded.marks[at].kind
    opened = _local_list().search(folded.text, 0, at) if kind in ("state", "district") else None
    if opened is not None and (kind == "state" or opened["of"].lower() != "cities"):
        return True
    return kind == "state" and _of_it().match(folded.text, at + 1) is not None


def _in_apposition(folded: Folded, at: int, kinds: Sequence[str]) -> bool:
    """Whether a name only says where the one before it lies: "Orleans, a town in Barnstable County, was listed"."""
    if not folded.text.startswith(",", at + 1) or not _APPOSITION.search(folded.text, max(0, at - 64), at):
        return False
    return any(other < at and mention.kind in kinds for other, mention in folded.marks.items())


def _opened(folded: Folded) -> int | None:
    """Where the place stands that a sentence opens with: "In Tulsa, …". It is in no list with what follows."""
    opened = _opening_place().match(folded.text)
    return opened.end() - 1 if opened is not None else None


def _fronted(folded: Folded, before: int, kinds: Sequence[str]) -> Mention | None:
    """The place that a sentence opens with, for what stands behind: "In Tulsa, meanwhile, the sheriff …"."""
    at = _opened(folded)
    mention = folded.marks.get(at) if at is not None and at < before else None
    return mention if mention is not None and mention.kind in kinds else None


def _meant(folded: Folded, start: int, end: int) -> list[Sequence[str]]:
    """The kinds that the pronoun or bare office of a clause can mean, as a list of one; empty where there is none."""
    for kind, pattern in _anaphors():
        if pattern.search(folded.text, start, end):
            return [CLASSES[kind]]
    return []


def _beside(folded: Folded, match: re.Match[str], kinds: Sequence[str], way: str, clause: Pair) -> list[Mention]:
    """The mention before or after the match, of its clause if there is one, with what it is coordinated with.

    ``way`` is before, after, inside or within (the clause); ``before:agency`` looks for that class alone.
    """
    where, _, wanted = way.partition(":")
    allowed = [kind for kind in CLASSES[wanted] if kind in kinds] if wanted else kinds
    marks = [
        at for at, mention in sorted(folded.marks.items()) if mention.kind in allowed and not seat(folded.text, at)
    ]
    if where == "before":
        marks = [at for at in reversed(marks) if at < match.start() and not _of_it().match(folded.text, at + 1)]
    elif where == "after":
        marks = [at for at in marks if at >= match.end()]
    elif where == "inside":
        marks = [at for at in marks if match.start() <= at < match.end()]
    else:
        marks = [at for at in marks if clause[0] <= at < clause[1]]
    pool = [at for at in marks if clause[0] <= at < clause[1]]
    if where == "before":
        pool = _grammatical(folded, marks, pool, _meant(folded, clause[0], match.start()), clause[0])
    else:
        pool = pool or marks
    return _coordinated(folded, pool[0], kinds) if pool else []


def _grammatical(
    folded: Folded, marks: Sequence[int], inside: Sequence[int], meant: Sequence[Sequence[str]], clause_start: int
) -> list[int]:
    """Of the marks before a match the grammatical subject rather than what hangs on a preposition, nearest first.

    ``inside`` are those of its clause, which begins at ``clause_start``. A relative pronoun takes the mark before it,
    however that one stands; what hangs on a preposition must be of the kinds that a bare office in the clause can mean
    ("In Tulsa, the sheriff …").
    """
    if inside and _relative().match(folded.text, inside[0] + 1):
        return list(inside)
    if marks and not inside and _relative().match(folded.text, marks[0] + 1, clause_start + 8):
        return [marks[0]]
    if not meant:  # whoever acts here is none of those that a dateline can stand for
        marks = [at for at in marks if at or not DATELINE.match(folded.text, 1)]
    free = [at for at in marks if not _hangs(folded.text, at)]
    fitting = [at for at in (*free, *inside) if all(folded.marks[at].kind in kinds for kinds in meant)]
    return [at for at in free if at in inside] or fitting


def _hangs(text: str, at: int) -> bool:
    """Whether a mark hangs on a preposition, but for "police in Toledo", which is Toledo's police."""
    if not _PREPOSITION.search(text, max(0, at - 16), at):
        return False
    return _of_whom().search(text, max(0, at - 60), at) is None


def _coordinated(folded: Folded, at: int, kinds: Sequence[str]) -> list[Mention]:
    """The mentions that stand in one list with the mark at ``at``, itself included, in their order."""
    fronted = _opened(folded)
    order = [
        place
        for place in sorted(folded.marks)
        if folded.marks[place].kind in kinds and (place != fronted or place == at)
    ]
    here = order.index(at)
    first = last = here
    while first > 0 and coordinated().fullmatch(folded.text, order[first - 1] + 1, order[first]):
        first -= 1
    while last + 1 < len(order) and coordinated().fullmatch(folded.text, order[last] + 1, order[last + 1]):
        last += 1
    return [folded.marks[place] for place in order[first : last + 1]]


def _aside(text: str, start: int, item: Mention) -> bool:
    """Whether a mention of the sentence at ``start`` hangs on a preposition, or is its dateline."""
    return _PREPOSITION.search(text, max(0, item.start - 16), item.start) is not None or datelined(text, start, item)


def datelined(text: str, start: int, item: Mention) -> bool:
    """Whether a mention is the dateline of the sentence at ``start``: "DAYTON (CNA) — "."""
    return item.start == start and DATELINE.match(text, item.end) is not None


def _carried(page: Page, index: int, kinds: Sequence[str]) -> Mention | None:
    """Whom the text is about when the sentence names nobody: the subject of one just before, else the most named.

    Of the two sentences before, the nearest that names a fitting entity; in it the first that hangs on no preposition
    and is not the dateline.
    """
    here = page.sentences[index][0]
    for back in range(1, _CARRIED_SENTENCES + 1):
        if index - back < 0:
            break
        start, end = page.sentences[index - back]
        if elsewhere(page.captions, start, here):
            continue
        named = [item for item in inside(page, (start, end)) if item.kind in kinds and not _stands_by(page, item)]
        bare = [item for item in named if not _aside(page.text, start, item)]
        if named:
            return (bare or named)[0]
    fitting = [
        item
        for item in page.mentions
        if item.kind in kinds and not _stands_by(page, item) and not elsewhere(page.captions, item.start, here)
    ]
    if not fitting:
        return None
    counts = Counter(item.id or item.name for item in fitting)
    return max(fitting, key=lambda item: (counts[item.id or item.name], -item.start))


def _stands_by(page: Page, item: Mention) -> bool:
    return byword(item) or seat(page.text, item.start)
