"""Where the clauses of a sentence begin and end: light rules, right most of the time.

Use :func:`clauses` to keep slots, negation and time within the clause they belong to, and :func:`segments` where it
matters how a clause is tied to its sentence. The rules see words and punctuation only: subordinators, relative
pronouns, coordinated predicates, quotations, semicolons, dashes and parentheses. The word lists are
``data/language/clauses.yml``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from comity.model import Pair
from comity.reading.clause_words import Token, Words, finite, phrase_at, tokens, words

__all__ = ["Segment", "Tie", "analysed", "clause_at", "clauses", "governing", "pieces", "segments"]

Tie = Literal["main", "coordinate", "subordinate", "conditional", "interrogative", "relative", "complement", "aside"]

_BREAKS = frozenset(";—–:()[]")
_ASIDE = frozenset("([—–")
_QUOTES = frozenset('“"”')
_REPORT = "report"  # the opener of a clause that only says who said it
_FEW = 4  # words: a longer quotation may be a sentence
_EDGE = frozenset(',;:.!?()[]“”"‘’—–-')


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


def _verb_ahead(toks: tuple[Token, ...], at: int, w: Words, reach: int = 14) -> bool:
    """Whether a finite verb comes before the next mark or opener."""
    for i in range(at, min(len(toks), at + reach)):
        low = toks[i].low
        if not low[0].isalnum() and low not in w.contractions and low != "n't":
            return False
        if finite(toks, i, w):
            return True
        if i > at and (low in w.relative or low in w.complement or low in w.conditional or low in w.subordinate):
            return False
    return False


def _predicate_next(toks: tuple[Token, ...], at: int, w: Words) -> bool:
    """Whether a finite verb comes at once, adverbs aside: a coordinated predicate without a subject."""
    while at < len(toks) and w.is_adverb(toks[at].low):
        at += 1
    return at < len(toks) and finite(toks, at, w)


@dataclass(slots=True)
class _Walk:
    """Where a walk through a sentence stands."""

    verb_seen: bool = False  # in the clause that is open
    inside: Tie | None = None  # the tie of the open clause that a comma or a second verb may close
    quoted: bool = False


def _openings(toks: tuple[Token, ...], w: Words) -> Iterator[tuple[int, Tie, str]]:
    """Where clauses open, in order: the token, how the clause is tied, the word that opens it."""
    walk = _Walk()
    skip = 0
    for i, token in enumerate(toks):
        low = token.low
        if i < skip:
            continue
        if low in _BREAKS:
            yield i + 1, "aside" if low in _ASIDE else "main", low
            walk.verb_seen, walk.inside = False, None
            continue
        if low in _QUOTES:
            closing = low == "”" or (low == '"' and walk.quoted)
            walk.quoted = not closing
            yield (i if closing else i + 1), "main" if closing else "complement", "quote"
            walk.verb_seen, walk.inside = False, None
            continue
        tie = _tie(toks, i, w, walk)
        if tie is not None:
            skip = i + phrase_at(toks, i, w.conditional_phrases)
            walk.verb_seen = False
            walk.inside = tie if tie in ("conditional", "subordinate", "relative") else None
            opener = low
            if tie == "main":
                opener = _REPORT if _reports(toks, i, w) else ","
            if opener == _REPORT:
                walk.inside = tie  # the next comma closes it
            # "Neither of which": the clause begins at what the pronoun hangs on.
            back = 2 if tie == "relative" and i > 2 and toks[i - 1].low in w.of and toks[i - 3].low == "," else 0
            yield i - back, tie, opener
        if finite(toks, i, w):
            walk.verb_seen = True


def _tie(toks: tuple[Token, ...], i: int, w: Words, walk: _Walk) -> Tie | None:
    """How a clause that opens at a token is tied, or None where none opens."""
    low = toks[i].low
    after_comma = i > 0 and toks[i - 1].low == ","
    subordinate = _subordinated(toks, i, w, after_comma)
    if subordinate is not None:
        return subordinate
    if low in w.joining:
        return "coordinate" if walk.verb_seen and _coordinates(toks, i, w, after_comma) else None
    if low in w.negative_coordinators:
        return "coordinate" if after_comma or not i else None
    if after_comma and walk.verb_seen and _reports(toks, i, w):
        return "main"
    if walk.inside == "relative" and after_comma and finite(toks, i, w) and toks[i - 2].low not in w.relative:
        return "main"  # whatever its verb ("who cast the lone no vote, said …")
    if walk.inside is None or not walk.verb_seen:
        return None
    # A comma, or a second verb after a restrictive relative, closes the clause that was inserted.
    if after_comma or (walk.inside == "relative" and finite(toks, i, w) and not _joined(toks, i, w)):
        return "main"
    return None


def _subordinated(toks: tuple[Token, ...], i: int, w: Words, after_comma: bool) -> Tie | None:
    """The tie of a clause that a subordinator, a relative pronoun or "that" opens."""
    low = toks[i].low
    if low in w.conditional or phrase_at(toks, i, w.conditional_phrases):
        return "conditional"
    if low in w.inversions and _inverted(toks, i, w):
        return "conditional"
    if low in w.whether or (low in w.interrogative and _verb_ahead(toks, i + 1, w)):
        return "interrogative"
    if low in w.subordinate and _verb_ahead(toks, i + 1, w):
        return "subordinate"
    if low in w.opening_prepositions and _clause_ahead(toks, i + 1, w):
        return "subordinate"
    if low in w.relative and i and (after_comma or _verb_ahead(toks, i + 1, w)):
        return "relative"
    if low in w.complement and _opens_that(toks, i, w):
        return "complement" if _after_verb(toks, i, w) else "relative"
    return None


def _reports(toks: tuple[Token, ...], i: int, w: Words) -> bool:
    """Whether a comma is followed by who said it: ", the department said", ", said the chief"."""
    if toks[i].low in w.reporting:
        return True
    for k in range(i, min(len(toks), i + 7)):
        if toks[k].low in w.reporting:
            return k > i and not any(toks[n].low in w.auxiliaries or toks[n].low in w.coordinators for n in range(i, k))
        if not toks[k].low[0].isalnum() and toks[k].low not in w.contractions:
            return False
    return False


def _coordinates(toks: tuple[Token, ...], i: int, w: Words, after_comma: bool) -> bool:
    """Whether "and", "but" joins a clause or a predicate rather than nouns."""
    if _predicate_next(toks, i + 1, w) or _subject_next(toks, i + 1, w):
        return True
    return (after_comma or toks[i].low in w.contrast) and _verb_ahead(toks, i + 1, w)


def _inverted(toks: tuple[Token, ...], at: int, w: Words) -> bool:
    """Whether "had", "were" or "should" opens a condition: a subject follows, at the clause's start.

    "Should" does within a clause too, where a verb's object would stand: "will sue should the funds be cut".
    """
    if at + 2 >= len(toks) or any(t.low == "?" for t in toks[at:]):
        return False
    following = toks[at + 1]
    if at and toks[at - 1].low not in ',“"':
        late = toks[at].low in w.late_inversions and at > 2 and not toks[at - 1].capital
        return late and following.low in w.inverted_subjects
    return following.low in w.determiners or following.low in w.subject_pronouns or following.capital


def _opens_that(toks: tuple[Token, ...], at: int, w: Words) -> bool:
    """Whether "that" opens a clause rather than points at a noun."""
    if not at or at + 1 >= len(toks) or toks[at - 1].low in w.not_complement_before:
        return False
    return _verb_ahead(toks, at + 1, w, 22) or (at + 2 < len(toks) and _after_verb(toks, at, w))


def _after_verb(toks: tuple[Token, ...], at: int, w: Words) -> bool:
    """Whether "that" follows a verb ("said that"), or a person told ("told the members that")."""
    for i in range(max(0, at - 3), at):
        low = toks[i].low
        if low in w.present_verbs or low in w.be:
            return True
        if w.is_past(low) and not (i and toks[i - 1].low in w.determiners):
            return True
    return False


def _clause_ahead(toks: tuple[Token, ...], at: int, w: Words) -> bool:
    """Whether what follows "after", "before", "as" is a clause: a subject with a finite verb, or a gerund."""
    if at >= len(toks) or toks[at].low[0].isdigit() or (toks[at].capital and toks[at].low in w.dates):
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


def _tied(found: list[Segment], tie: Tie, opener: str) -> tuple[int | None, int | None]:
    """The parent of the next segment, and the one it resumes."""
    if not found:
        return None, None
    last = len(found) - 1
    if tie == "main" and opener == ",":
        # After an inserted clause the sentence goes on where it was left.
        inserted = found[last]
        if inserted.parent is not None and inserted.tie == "relative":
            return found[inserted.parent].parent, inserted.parent
        return None, None
    if tie == "main" and opener in (")", "]"):
        return None, found[last].parent
    if tie == "main" and opener == "quote" and found[last].opener == "quote" and _scare(found[last]):
        return None, found[last].parent
    if tie == "main":
        return None, None
    return last, None


def _scare(quotation: Segment) -> bool:
    """Whether a quotation is a few words within a clause: passed a "welcoming" resolution."""
    return quotation.last - quotation.first <= _FEW


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


def clause_at(text: str, sentence: Pair, at: int) -> Pair:
    """The span of the clause that holds the offset ``at``, else the sentence's."""
    return next((span for span in clauses(text, sentence) if span[0] <= at < span[1]), sentence)


def pieces(text: str, sentence: Pair, at: int) -> tuple[Pair, ...]:
    """The spans of the clause that holds the offset ``at``: its own, those that it resumes, and those that resume it.

    Use it for what belongs to a clause wherever it stands: "Today, the department (DHS) issued a list".
    """
    start = sentence[0]
    parts = analysed(text[start : sentence[1]])[1]
    return _whole(parts, _holding(parts, at - start), start)


def governing(text: str, sentence: Pair, at: int) -> tuple[Pair, ...]:
    """The spans of the clause that a relative clause hangs on, where one holds the offset ``at``; else nothing.

    Use it for what a noun's clause says of what the relative tells: "has had a policy since 2016 that bars".
    """
    start = sentence[0]
    parts = analysed(text[start : sentence[1]])[1]
    here = _holding(parts, at - start)
    if here is None or parts[here].tie != "relative":
        return ()
    return _whole(parts, parts[here].parent, start)


def _holding(parts: tuple[Segment, ...], at: int) -> int | None:
    return next((k for k, part in enumerate(parts) if part.start <= at < part.end), None)


def _whole(parts: tuple[Segment, ...], here: int | None, start: int) -> tuple[Pair, ...]:
    """The spans of a segment, of those that it resumes and that resume it, moved by ``start``, in order."""
    if here is None:
        return ()
    held = {here}
    while (earlier := parts[min(held)].resumes) is not None:
        held.add(earlier)
    for k, part in enumerate(parts):
        if part.resumes in held:
            held.add(k)
    return tuple((parts[k].start + start, parts[k].end + start) for k in sorted(held))
