"""Frames: where a rule of the topic matches a sentence, with its head, subject and slots.

Pure: a sentence's folded text, the document's mentions and dates, and the vocabulary go in; frames come out. Who says
it, how firmly and when are judged afterwards, on the head's span.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import get_args

from comity.gazetteer import Gazetteer
from comity.model import Candidate, DateMention, Entity, Kind, Pair
from comity.reading.captions import elsewhere
from comity.reading.clauses import clause_at
from comity.reading.groups import of_many, region
from comity.reading.listed import opener
from comity.reading.mentions import Mention, called
from comity.reading.others import of_others
from comity.reading.patterns import CLASSES, MARKS, Folded, compile_pattern, head, matches
from comity.reading.seats import byword, seat
from comity.reading.slots import Filled, Scene, fill
from comity.reading.triggers import Triggered
from comity.vocabulary import Predicate, Rule, Vocabulary, language

__all__ = ["Frame", "Page", "datelined", "frames", "inside", "scope", "settled", "unnamed"]


@dataclass(frozen=True, slots=True)
class Page:
    """What is known of the document when its sentences are read. ``masked`` is the text without near misses."""

    text: str
    masked: str
    opening: int  # where the document's opening ends: its headline and first sentences
    paragraphs: tuple[Pair, ...]
    sentences: tuple[Pair, ...]
    mentions: tuple[Mention, ...]
    dates: tuple[DateMention, ...]
    vocabulary: Vocabulary
    gazetteer: Gazetteer
    captions: tuple[Pair, ...] = ()
    topical: tuple[int, ...] = ()  # where words of the topic's gate stand
    answers: dict[tuple[str, Pair], bool] = field(default_factory=dict)  # what has been looked for, and where


@dataclass(frozen=True, slots=True)
class Frame:
    """A rule's match: spans are of the document."""

    predicate: Predicate
    rule: Rule
    sentence: Pair
    clause: Pair
    trigger: Pair
    head: Pair
    subject: Mention
    slots: Mapping[str, Filled]
    chosen: str  # how the subject was found
    passed_over: tuple[Mention, ...] = ()
    chance: float | None = None  # how likely it is right, where the topic has weights


_CARRIED_SENTENCES = 2
_ELSEWHERE = ("carried", "anaphor", "told")  # the ways to a subject that the sentence itself doesn't give
_COORDINATED = re.compile(r"(?:,?\s+(?:and|or|as\s+well\s+as)|,|\s+&)\s+(?:the\s+|both\s+)?", re.IGNORECASE)
_PREPOSITION = re.compile(
    r"\b(?:in|(?<!city )(?<!town )(?<!village )(?<!county )(?<!state )(?<!parish )(?<!borough )(?<!district )of"
    r"|near|from|with|for|against|by|to|at|around|across|outside)\s+(?:the\s+)?$",
    re.IGNORECASE,
)

_DATELINE = re.compile(r"(?:, (?:[A-Z][\w.]+ ?){1,2})?(?: \([A-Z][\w ]+\))?(?: [—–-]+|[—–-]+(?=\s)) ")


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
def _anybody() -> re.Pattern[str]:
    plurals = language("definite")["anybody"]
    return re.compile(rf"\b(?:{plurals})\s+(?:[\w'’-]+\s+){{0,4}}?(?:that|who|which)\b[^,;:.—]*$", re.IGNORECASE)


@lru_cache(maxsize=1)
def _somebody() -> re.Pattern[str]:
    one = " ".join(language("definite")["somebody"].split()).replace(" |", "|").replace(" ", r"\s+")
    goes_on = r"in|near|outside|that|which|where|(?:also\s+)?[a-z]+(?:s|ed)|will|would|could|may|might|can|had"
    return re.compile(
        rf"\W*(?:[^,;:]{{1,40}}\s(?:say|says|said)\s(?:that\s)?)?(?:an?|one|another)\s+(?:[\w'’.-]+\s+){{0,3}}?"
        rf"(?:{one})(?:\s+(?:{goes_on})\b|(?:\s+[a-z]+ly|\s+also|\s+already)*\s*$)",
        re.IGNORECASE,
    )


def unnamed(text: str, clause: Pair, head: int) -> bool:
    """Whether the clause of an act tells it of one that isn't named: "a Texas county ended its contract"."""
    return _somebody().match(text, clause[0], head) is not None


@lru_cache(maxsize=1)
def _of_it() -> re.Pattern[str]:
    return re.compile(rf"\s+(?:{language('definite')['of_it']})\b", re.IGNORECASE)


@lru_cache(maxsize=1)
def _of_whom() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{language('definite')['of_whom']})\s+(?:the\s+)?$".replace(" ", r"\s+"), re.IGNORECASE)


def frames(
    page: Page, folded: Folded, index: int, rules: Sequence[Triggered], told: Mapping[str, Sequence[Mention]]
) -> Iterator[Frame]:
    """The frames of the sentence ``page.sentences[index]``, in the order of the topic's rules.

    ``rules`` are those that may match the sentence (:mod:`comity.reading.triggers`); ``told`` holds by predicate
    whom the last sentence with such a frame was about.
    """
    here: dict[str, list[Mention]] = {}
    known: dict[str, bool] = {}
    for item in rules:
        if item.rule.first and not all(_holds(page, pattern, folded, known) for pattern in item.rule.first):
            continue
        found = list(matches(item.rule.trigger, folded, page.vocabulary))
        if not found or any(_holds(page, pattern, folded, known) for pattern in item.rule.unless):
            continue
        if not _wanted(page, item.rule, folded, page.sentences[index]):
            continue
        for match in found:
            name = item.predicate.name
            for frame in _framed(page, folded, index, item, match, here.get(name) or told.get(name, ())):
                here.setdefault(name, []).append(frame.subject)
                yield frame


def inside(page: Page, sentence: Pair) -> tuple[Mention, ...]:
    """The mentions that stand in a sentence."""
    return tuple(item for item in page.mentions if _within(item, sentence))


def _holds(page: Page, pattern: str, folded: Folded, known: dict[str, bool]) -> bool:
    """Whether a pattern is found in the folded sentence; ``known`` keeps the answers that rules share."""
    if pattern not in known:
        known[pattern] = next(matches(pattern, folded, page.vocabulary), None) is not None
    return known[pattern]


def _wanted(page: Page, rule: Rule, folded: Folded, sentence: Pair) -> bool:
    """Whether what the rule needs is there; of an item of a list, whether its opening says so and nothing else."""
    if rule.near == "list":
        opened = opener(page.text, page.paragraphs, page.sentences, sentence[0])
        if opened is None:
            return False
        patterns = {text: compile_pattern(text, page.vocabulary) for text in (*rule.needs, *rule.unless)}
        return all(_printed(patterns[text], page, opened) for text in rule.needs) and not any(
            _printed(patterns[text], page, opened) for text in rule.unless
        )
    return all(_stands(compile_pattern(needed, page.vocabulary), page, rule, folded, sentence) for needed in rule.needs)


def _stands(needed: re.Pattern[str], page: Page, rule: Rule, folded: Folded, sentence: Pair) -> bool:
    """Whether a needed pattern is found: in the sentence (folded, or as printed), else as far around as the rule says.

    A document is about what stands in its opening; elsewhere the paragraph and its neighbours must speak of it.
    """
    if needed.search(folded.text) or _printed(needed, page, sentence):
        return True
    if rule.near == "sentence":
        return False
    if _printed(needed, page, _around(page, sentence, 0 if rule.near == "paragraph" else 1)):
        return True
    return rule.near == "document" and _printed(needed, page, (0, page.opening))


def _printed(needed: re.Pattern[str], page: Page, span: Pair) -> bool:
    """Whether a pattern is found in a span of the printed text; the page keeps the answer for rules that share it."""
    key = (needed.pattern, span)
    if key not in page.answers:
        page.answers[key] = needed.search(page.masked, *span) is not None
    return page.answers[key]


def _around(page: Page, sentence: Pair, reach: int) -> Pair:
    """The span of the sentence's paragraph and of so many before and after it."""
    here = max(0, bisect_right(page.paragraphs, sentence[0], key=lambda span: span[0]) - 1)
    return page.paragraphs[max(0, here - reach)][0], page.paragraphs[min(len(page.paragraphs) - 1, here + reach)][1]


def _framed(
    page: Page,
    folded: Folded,
    index: int,
    item: Triggered,
    match: re.Match[str],
    told: Sequence[Mention],
) -> Iterator[Frame]:
    predicate, rule = item.predicate, item.rule
    act = _bare(page.text, folded.span(*head(match)))
    clause = clause_at(page.text, page.sentences[index], act[0])
    around = scope(folded, clause)
    found, chosen = _subjects(page, folded, index, rule, match, around["clause"], told)
    if chosen not in ("pattern", "inside") and (
        _anybody().search(page.text, page.sentences[index][0], act[0]) or unnamed(page.text, clause, act[0])
    ):
        return
    outside = not any(_within(mention, (page.sentences[index][0], act[0])) for mention in found)
    if outside and of_others(folded, act, predicate, page.vocabulary):
        return
    if chosen.partition(":")[0] in _ELSEWHERE and of_many(page.text, clause, act):
        return
    if predicate.nature != "state":
        found = [mention for mention in found if not region(page.text, mention)]
    subjects = [settled(page, rule.kinds, mention) for mention in found]
    for subject in subjects:
        scene = Scene(page.text, folded, match, around, page.dates, subject, page.vocabulary, page.gazetteer)
        yield Frame(
            predicate,
            rule,
            page.sentences[index],
            clause,
            folded.span(*match.span()),
            act,
            subject,
            fill(predicate, rule, scene),
            chosen,
            tuple(mention for mention in folded.marks.values() if mention not in found),
        )


def _within(mention: Mention, sentence: Pair) -> bool:
    return sentence[0] <= mention.start and mention.end <= sentence[1]


def scope(folded: Folded, clause: Pair) -> dict[str, Pair]:
    """How far a slot may look, as spans of the folded text: the sentence, and the act's clause."""
    return {"sentence": (0, len(folded.text)), "clause": (folded.at(clause[0]), folded.at(clause[1] - 1) + 1)}


def _bare(text: str, span: Pair) -> Pair:
    """The span without punctuation at its ends, which a content that ends there leaves out."""
    start, end = span
    while end - 1 > start and not (text[end - 1].isalnum() or text[end - 1] in "%$)"):
        end -= 1
    while start < end - 1 and not (text[start].isalnum() or text[start] in "$("):
        start += 1
    return start, end


@lru_cache(maxsize=1)
def _titles() -> Mapping[str, re.Pattern[str]]:
    """What makes a government's name an officer's, a jail's or its police, and what names an office itself."""
    return {
        name: re.compile(rf"(?:['’]s)?\s+(?:{words})$", re.IGNORECASE)
        for name, words in language("definite")["titles"].items()
    }


def settled(page: Page, kinds: Sequence[str], mention: Mention) -> Mention:
    """Whose act it is: an officer acts for the office where the text names it, else for the government that it serves.

    "Lucas County Sheriff Dana Ruiz" and "the Lucas County jail" stand for Lucas County in a text that doesn't print
    "Lucas County Sheriff's Office"; "Dayton police" for Dayton where the predicate has governments before agencies.
    """
    titles = _titles()
    if mention.kind != "agency":
        return _office_named(page, mention) if mention.definite or mention.person else mention
    if titles["counsel"].search(mention.name):  # it sues and is sued in its state's name
        state = _behind(page, mention)
        return _as(mention, state) if state and state.kind == "state" and state.kind in kinds else mention
    title = titles["officer"].search(mention.name)
    police = titles["police"].search(mention.name)
    if title is None and police is None:
        return mention
    for other in page.mentions:
        if other.id == mention.id and other.id is not None and titles["office"].search(other.name):
            return other
    parent = _behind(page, mention)
    if parent is None or parent.kind not in kinds:
        return mention
    if title is None and kinds.index(parent.kind) > kinds.index("agency"):
        return mention
    bare = len(mention.name) - len((title or police or [""])[0])
    named = (mention.named[0], mention.named[0] + bare)
    name = page.text[slice(*named)]
    known = page.gazetteer.resolve(name, state=parent.state)
    owner = page.gazetteer.entity(known.id) if known.id else None
    if owner is None or owner.kind not in kinds:
        owner = parent
    return replace(_as(mention, owner), name=name, named=named)


def _as(mention: Mention, owner: Entity) -> Mention:
    """The mention as one of the government for which it acts."""
    candidates = (Candidate(owner.id, owner.name, 1.0),)
    return replace(mention, kind=owner.kind, id=owner.id, outcome="resolved", candidates=candidates)


def _behind(page: Page, agency: Mention) -> Entity | None:
    """The government whose agency it is."""
    entity = page.gazetteer.entity(agency.id) if agency.id else None
    return page.gazetteer.entity(entity.parent) if entity is not None and entity.parent else None


def _office_named(page: Page, mention: Mention) -> Mention:
    """The sheriff's office or police department that the text names, where "the sheriff" stands for the government."""
    printed = page.text[mention.start : mention.end]
    words = next((words for words in called().values() if words.search(printed)), None)
    if words is None or mention.id is None:
        return mention
    for other in page.mentions:
        if other.kind == "agency" and other.id is not None and words.search(other.name):
            entity = page.gazetteer.entity(other.id)
            if entity is not None and entity.parent == mention.id and _titles()["office"].search(other.name):
                return other
    return mention


def _subjects(
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
            if start <= at < end and mention.kind in rule.kinds and not _of_many(folded, at)
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
    """Whether a state's name only says where many lie: "Colorado counties that landed on the list"."""
    return folded.marks[at].kind == "state" and _of_it().match(folded.text, at + 1) is not None


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
        marks = [at for at in marks if at or not _DATELINE.match(folded.text, 1)]
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
    while first > 0 and _COORDINATED.fullmatch(folded.text, order[first - 1] + 1, order[first]):
        first -= 1
    while last + 1 < len(order) and _COORDINATED.fullmatch(folded.text, order[last] + 1, order[last + 1]):
        last += 1
    return [folded.marks[place] for place in order[first : last + 1]]


def _aside(text: str, start: int, item: Mention) -> bool:
    """Whether a mention of the sentence at ``start`` hangs on a preposition, or is its dateline."""
    return _PREPOSITION.search(text, max(0, item.start - 16), item.start) is not None or datelined(text, start, item)


def datelined(text: str, start: int, item: Mention) -> bool:
    """Whether a mention is the dateline of the sentence at ``start``: "DAYTON (CNA) — "."""
    return item.start == start and _DATELINE.match(text, item.end) is not None


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
