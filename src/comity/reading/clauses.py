"""Where the clauses of a sentence begin and end: light rules, right most of the time.

Use :func:`clauses` to keep slots, negation and time within the clause they belong to, and :func:`segments` where it
matters how a clause is tied to its sentence. The rules see words and punctuation only: subordinators, relative
pronouns, coordinated predicates, quotations, semicolons, dashes and parentheses. The word lists are
``data/language/clauses.yml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from comity.model import Pair
from comity.vocabulary import language

__all__ = ["Segment", "Token", "Words", "analysed", "clauses", "finite", "segments", "tokens", "words"]

Tie = Literal["main", "coordinate", "subordinate", "conditional", "interrogative", "relative", "complement", "aside"]

_TOKEN = re.compile(r"n['’]t\b|[A-Za-z0-9]+?(?=n['’]t\b)|['’](?:s|re|ll|d|ve|m)\b|[^\W_]+(?:[-.&][^\W_]+)*|[^\w\s]")
_BREAK = {";": True, "—": True, "–": True, ":": True, "(": True, ")": True, "[": True, "]": True}


class Token(NamedTuple):
    """One word or mark of a sentence; ``low`` is its lower-case form with straight apostrophes.

    A tuple, because they are made by the million.
    """

    start: int
    end: int
    low: str
    capital: bool


@dataclass(frozen=True, slots=True)
class Segment:
    """One clause: its span, its tokens ``[first, last)``, how it is tied, and to which earlier segment.

    ``resumes`` is the index of the segment that this one continues after an inserted clause.
    """

    start: int
    end: int
    first: int
    last: int
    tie: Tie
    opener: str
    parent: int | None
    resumes: int | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """The word classes of ``clauses.yml`` as sets."""

    conditional: frozenset[str]
    conditional_phrases: frozenset[tuple[str, ...]]
    interrogative: frozenset[str]
    subordinate: frozenset[str]
    subordinate_or_preposition: frozenset[str]
    relative: frozenset[str]
    complement: frozenset[str]
    coordinators: frozenset[str]
    contrast: frozenset[str]
    auxiliaries: frozenset[str]
    finite_auxiliaries: frozenset[str]
    be: frozenset[str]
    have: frozenset[str]
    modals: frozenset[str]
    contractions: frozenset[str]
    determiners: frozenset[str]
    subject_pronouns: frozenset[str]
    prepositions: frozenset[str]
    adverbs: frozenset[str]
    past: frozenset[str]
    participles: frozenset[str]
    not_past: frozenset[str]
    present_verbs: frozenset[str]
    not_complement_before: frozenset[str]

    def is_past(self, low: str) -> bool:
        """Whether the word looks like a past tense or a participle."""
        if low in self.past or low in self.participles:
            return True
        return len(low) > 3 and low.endswith("ed") and low not in self.not_past

    def is_adverb(self, low: str) -> bool:
        """Whether the word may stand between an auxiliary and its verb."""
        return low in self.adverbs or (len(low) > 4 and low.endswith("ly"))


@lru_cache(maxsize=1)
def words() -> Words:
    """The word classes, loaded once."""
    data = language("clauses")

    def of(key: str) -> frozenset[str]:
        return frozenset(str(word) for word in data[key])

    return Words(
        conditional=of("conditional"),
        conditional_phrases=frozenset(tuple(phrase.split()) for phrase in of("conditional_phrases")),
        interrogative=of("interrogative"),
        subordinate=of("subordinate"),
        subordinate_or_preposition=of("subordinate_or_preposition"),
        relative=of("relative"),
        complement=of("complement"),
        coordinators=of("coordinators"),
        contrast=of("contrast"),
        auxiliaries=of("auxiliaries"),
        finite_auxiliaries=of("finite_auxiliaries"),
        be=of("be"),
        have=of("have"),
        modals=of("modals"),
        contractions=of("contractions"),
        determiners=of("determiners"),
        subject_pronouns=of("subject_pronouns"),
        prepositions=of("prepositions"),
        adverbs=of("adverbs"),
        past=of("irregular_past"),
        participles=of("participles"),
        not_past=of("not_past"),
        present_verbs=of("present_verbs"),
        not_complement_before=of("not_complement_before"),
    )


def tokens(text: str, span: Pair) -> tuple[Token, ...]:
    """The words and marks of a span; "didn't" gives "did" and "n't"."""
    found = []
    for match in _TOKEN.finditer(text, span[0], span[1]):
        form = match.group()
        low = form.lower()
        if "’" in low and len(low) > 1:
            low = low.replace("’", "'")
        found.append(Token(match.start(), match.end(), low, form[0].isupper()))
    return tuple(found)


def finite(toks: tuple[Token, ...], at: int, w: Words) -> bool:
    """Whether a finite verb stands at token ``at``, as far as its form and its neighbours tell."""
    low = toks[at].low
    before = toks[at - 1].low if at else ""
    if low in w.finite_auxiliaries:
        # "May" and "Will" inside a sentence are a month and a man.
        named = toks[at].capital and low in w.modals and at > 0 and before[0].isalnum()
        return before != "to" and not named
    if low in w.contractions and low != "'s":
        return True
    if low in w.present_verbs:
        return before not in w.determiners and before not in w.prepositions and before not in w.modals
    if not w.is_past(low) or (low in w.participles and low not in w.past):
        return False
    back = at - 1
    while back >= 0 and w.is_adverb(toks[back].low):
        back -= 1
    before = toks[back].low if back >= 0 else ""
    if before in w.auxiliaries or before in w.contractions or before in w.determiners or before in w.prepositions:
        return False
    return True


def _verb_ahead(toks: tuple[Token, ...], at: int, w: Words, reach: int = 14) -> bool:
    """Whether a finite verb comes before the next mark or opener."""
    for i in range(at, min(len(toks), at + reach)):
        low = toks[i].low
        if not low[0].isalnum() and low not in w.contractions and low != "n't":
            return False
        if finite(toks, i, w):
            return True
        if i > at and (low in w.relative or low in w.conditional or low in w.subordinate):
            return False
    return False


def _predicate_next(toks: tuple[Token, ...], at: int, w: Words) -> bool:
    """Whether a finite verb comes at once, adverbs aside: a coordinated predicate without a subject."""
    while at < len(toks) and w.is_adverb(toks[at].low):
        at += 1
    return at < len(toks) and finite(toks, at, w)


def _phrase(toks: tuple[Token, ...], at: int, phrases: frozenset[tuple[str, ...]]) -> int:
    """The length of the longest phrase that begins at a token, or 0."""
    if toks[at].low not in _phrase_heads(phrases):
        return 0
    for size in (4, 3, 2):
        if at + size <= len(toks) and tuple(t.low for t in toks[at : at + size]) in phrases:
            return size
    return 0


@lru_cache(maxsize=4)
def _phrase_heads(phrases: frozenset[tuple[str, ...]]) -> frozenset[str]:
    return frozenset(phrase[0] for phrase in phrases)


def _openings(toks: tuple[Token, ...], w: Words) -> Iterator[tuple[int, Tie, str]]:
    """Where clauses open, in order: the token, how the clause is tied, the word that opens it."""
    verb_seen = False
    inside: str | None = None  # the opener of the subordinate clause that is not yet closed
    quoted = False
    skip = 0
    for i, token in enumerate(toks):
        low = token.low
        after_comma = i > 0 and toks[i - 1].low == ","
        opened: tuple[Tie, str] | None = None
        if i < skip:
            continue
        if low in _BREAK:
            yield i + 1, "aside" if low in "([—–" else "main", low
            verb_seen, inside = False, None
            continue
        if low in '“"”':
            closing = low == "”" or (low == '"' and quoted)
            quoted = not closing
            yield (i + 1 if not closing else i), "main" if closing else "complement", "quote"
            verb_seen, inside = False, None
            continue
        size = _phrase(toks, i, w.conditional_phrases)
        if size:
            opened, skip = ("conditional", low), i + size
        elif low in w.conditional or (low in ("had", "were", "should") and _inverted(toks, i, w)):
            opened = ("conditional", low)
        elif low in w.interrogative and _verb_ahead(toks, i + 1, w) or low == "whether":
            opened = ("interrogative", low)
        elif low in w.subordinate and _verb_ahead(toks, i + 1, w):
            opened = ("subordinate", low)
        elif (
            low in w.subordinate_or_preposition
            and low not in ("without", "despite", "by")
            and _clause_ahead(toks, i + 1, w)
        ):
            opened = ("subordinate", low)
        elif low in w.relative and i and (after_comma or _verb_ahead(toks, i + 1, w)):
            opened = ("relative", low)
        elif low in w.complement and _opens_that(toks, i, w):
            tie: Tie = "complement" if _after_verb(toks, i, w) else "relative"
            opened = (tie, low)
        elif low in w.coordinators and low not in ("or", "nor"):
            if _predicate_next(toks, i + 1, w) and verb_seen:
                opened = ("coordinate", low)
            elif (after_comma or low in w.contrast) and _verb_ahead(toks, i + 1, w) and verb_seen:
                opened = ("coordinate", low)
            elif _subject_next(toks, i + 1, w) and verb_seen:
                opened = ("coordinate", low)
        elif low == "nor" and (after_comma or not i):
            opened = ("coordinate", low)
        elif after_comma and inside is not None and verb_seen:
            # The comma that closes a subordinate or relative clause, and what goes on after it.
            opened = ("main", ",")
        elif inside in ("relative",) and verb_seen and finite(toks, i, w) and not _joined(toks, i, w):
            opened = ("main", "")
        if opened is not None:
            verb_seen = False
            inside = opened[0] if opened[0] in ("conditional", "subordinate", "relative") else None
            if i:
                yield i, opened[0], opened[1]
            else:
                yield 0, opened[0], opened[1]
        if finite(toks, i, w):
            verb_seen = True


def _inverted(toks: tuple[Token, ...], at: int, w: Words) -> bool:
    """Whether "had", "were" or "should" opens a condition: at the clause's start, a subject and a verb after it."""
    if (
        at
        and toks[at - 1].low not in (",", "“", '"')
        and not (toks[at].low == "should" and at > 2 and not toks[at - 1].capital and _plural_object(toks, at))
    ):
        return False
    if at + 2 >= len(toks):
        return False
    following = toks[at + 1]
    if not (following.low in w.determiners or following.low in w.subject_pronouns or following.capital):
        return False
    return not any(t.low == "?" for t in toks[at:])


def _plural_object(toks: tuple[Token, ...], at: int) -> bool:
    """A verb right before "should" and a determiner after it: "will sue should the funds be cut"."""
    return toks[at + 1].low in ("the", "it", "they", "he", "she") if at + 1 < len(toks) else False


def _opens_that(toks: tuple[Token, ...], at: int, w: Words) -> bool:
    """Whether "that" opens a clause rather than points at a noun."""
    if at and toks[at - 1].low in w.not_complement_before:
        return False
    return (
        at > 0
        and at + 1 < len(toks)
        and _verb_ahead(toks, at + 1, w, 22)
        or (at > 0 and at + 2 < len(toks) and not _verb_ahead(toks, at + 1, w, 22) and _after_verb(toks, at, w))
    )


def _after_verb(toks: tuple[Token, ...], at: int, w: Words) -> bool:
    """Whether "that" follows a verb ("said that"), or a person told ("told members that")."""
    for back in (1, 2, 3):
        if at - back < 0:
            return False
        low = toks[at - back].low
        if w.is_past(low) or low in w.present_verbs or low in w.be or low in _SPEECH_BASE:
            return True
        if low in w.determiners and back > 1:
            continue
    return False


_SPEECH_BASE: frozenset[str] = frozenset()


def _clause_ahead(toks: tuple[Token, ...], at: int, w: Words) -> bool:
    """Whether what follows "after", "before", "as" is a clause: a subject with a finite verb, or a gerund."""
    if at >= len(toks):
        return False
    if toks[at].low.endswith("ing") and len(toks[at].low) > 5:
        return True
    return _verb_ahead(toks, at, w, 7) and not finite(toks, at, w)


def _subject_next(toks: tuple[Token, ...], at: int, w: Words) -> bool:
    """A pronoun subject and its verb: "and he signed"."""
    return at + 1 < len(toks) and toks[at].low in w.subject_pronouns and _predicate_next(toks, at + 1, w)


def _joined(toks: tuple[Token, ...], at: int, w: Words) -> bool:
    """Whether the verb at a token belongs with the verb before it (same group, or coordinated)."""
    back = at - 1
    while back >= 0 and w.is_adverb(toks[back].low):
        back -= 1
    if back < 0:
        return True
    low = toks[back].low
    return (
        low in w.auxiliaries
        or low in w.contractions
        or low in w.coordinators
        or low == ","
        or low in w.relative
        or low in w.complement
        or low in w.subject_pronouns
    )


def segments(text: str, sentence: Pair) -> tuple[Segment, ...]:
    """The clauses of a sentence in order, each with its tie, its opener and its parent.

    Use it where inheritance matters ("denied that it had signed"); :func:`clauses` gives the spans alone.
    """
    return _segments(tokens(text, sentence))


def _segments(toks: tuple[Token, ...]) -> tuple[Segment, ...]:
    w = words()
    cuts: list[tuple[int, Tie, str]] = []
    for at, tie, opener in _openings(toks, w):
        if cuts and cuts[-1][0] == at:
            cuts[-1] = (at, tie, opener)
        else:
            cuts.append((at, tie, opener))
    if not cuts or cuts[0][0] != 0:
        cuts.insert(0, (0, "main", ""))
    found: list[Segment] = []
    for k, (first, tie, opener) in enumerate(cuts):
        last = cuts[k + 1][0] if k + 1 < len(cuts) else len(toks)
        while last > first and not toks[last - 1].low[0].isalnum() and toks[last - 1].low != "n't":
            last -= 1
        begin = first
        while begin < last and toks[begin].low in _EDGE:
            begin += 1
        if begin >= last:
            continue
        parent, resumes = _tied(found, tie, opener)
        found.append(Segment(toks[begin].start, toks[last - 1].end, begin, last, tie, opener, parent, resumes))
    return tuple(found)


_EDGE = frozenset(',;:.!?()[]“”"‘’—–-')


def _tied(found: list[Segment], tie: Tie, opener: str) -> tuple[int | None, int | None]:
    """The parent of the next segment, and the one it resumes."""
    if not found:
        return None, None
    last = len(found) - 1
    if tie == "main" and opener in (",", ""):
        # After an inserted clause the sentence goes on where it was left.
        inserted = found[last]
        if inserted.parent is not None and inserted.tie == "relative":
            return found[inserted.parent].parent, inserted.parent
        return None, None
    if tie == "main" and opener in (")", "]"):
        return None, found[last].parent
    if tie == "main":
        return None, None
    return last, None


@lru_cache(maxsize=64)
def analysed(sentence: str) -> tuple[tuple[Token, ...], tuple[Segment, ...]]:
    """The tokens and clauses of a sentence given by itself, kept for the next question about it."""
    toks = tokens(sentence, (0, len(sentence)))
    return toks, _segments(toks)


def clauses(text: str, sentence: Pair) -> tuple[Pair, ...]:
    """The clauses of a sentence as spans, in order, without the marks at their edges.

    Use it to limit a slot, a negation or a date to its clause. Together the spans cover every word of the sentence;
    a clause that is interrupted by another ("The board, which met late, voted") gives two spans.
    """
    start = sentence[0]
    return tuple((part.start + start, part.end + start) for part in analysed(text[start : sentence[1]])[1])
