"""What is said: where a content begins and ends, in words of the sentence."""

from __future__ import annotations

import itertools

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

__all__ = [
    "before",
    "before_main_verb",
    "clause_or_verb",
    "end_of",
    "over_adjuncts",
    "over_time",
    "resumed",
    "resumes",
    "with_relative",
]

_LISTED = frozenset({"NP", "N", ",", "CC", "DT", "JJ", "POS", "CD"})
REACH = 16  # words between a verb and its content at most


def over_adjuncts(clause: Clause, at: int, listener: bool) -> int:
    """Where a content begins that time, place or a listener separate from its verb; ``at`` if none does.

    "said on Tuesday in an interview | that", "told reporters at the rally: | “…”".
    """
    tags, lower, words, last = clause.tags, clause.lower, clause.words, clause.last
    closed = grammar()
    if at >= last or clause.quoted[at] >= 0:
        return at
    place = at
    if listener and tags[place] in STARTS:
        place = max(place, noun_phrase_end(clause, place, last))
    while place < last:
        if clause.quoted[place] >= 0 or lower[place] == "that" or (lower[place] in closed.wh and place > at):
            return place
        marked = words[place] in (",", ":") or words[place] in DASHES
        if marked and place + 1 < last and (clause.quoted[place + 1] >= 0 or words[place] == ":"):
            return place + 1
        timed = lower[place] in closed.times or lower[place] in closed.time_openers
        counted = tags[place] == "CD" and lower[place + 1 : place + 2] and lower[place + 2 : place + 3] == ["ago"]
        if counted:
            place += 3  # "two weeks ago"
        elif tags[place] == "RB" or timed or (tags[place] == "N" and lower[place - 1] in closed.time_openers):
            place += 1
        elif tags[place] in ("IN", "TO") and lower[place] not in ("because", "if", "than", "whether"):
            further = noun_phrase_end(clause, place + 1, last)
            if further == place + 1:
                break
            place = further
        else:
            break
    return _that_ahead(clause, at) if place > at or tags[at] in ("IN", "TO", ",") else at


def over_time(clause: Clause, at: int) -> int:
    """Where the clause begins after a listener and the time: "told us | this afternoon | she already does"."""
    closed, place = grammar(), at
    while place < clause.last and (clause.lower[place] in closed.times or clause.lower[place] in closed.time_openers):
        place += 1
    if place > at and clause.lower[place - 1] in closed.time_openers and clause.tags[place : place + 1] == ["N"]:
        place += 1
    return place if place > at and clause_follows(clause, place, clause.last) else at


def _that_ahead(clause: Clause, at: int) -> int:
    """The next "that" before any other verb: "insisted at Monday’s meeting, to applause, | that"; ``at`` if none.

    Those who are told may be a list: "has told Adams, Carroll and Cecil counties | that".
    """
    commas = 0
    for place in range(at, min(clause.last, at + REACH)):
        group = group_at(clause, place)
        if clause.words[place] == ";" or clause.quoted[place] >= 0:
            return at
        if group is not None and group.kind == "finite" and commas != 1:
            return at  # but not in "maintains, and the lawyers agree, | that"
        if clause.lower[place] == "that" and (
            clause.tags[place] == "IN" or clause_follows(clause, place + 1, clause.last)
        ):
            listed = clause.tags[at] != "," and _LISTED.issuperset(clause.tags[at:place])
            return place if listed or commas in (0, 2) else at
        commas += clause.words[place] == ","
    return at


def before(clause: Clause, source_start: int) -> tuple[int, int] | None:
    """The content that ends before ``source_start``: from the sentence's start, without a comma outside quotations."""
    end = source_start
    while end > 0 and clause.quoted[end - 1] < 0 and (clause.words[end - 1] == "," or clause.words[end - 1] in DASHES):
        end -= 1
    start = 0
    while start < end and clause.words[start] in (",", "(", "-", "—") and clause.quoted[start] < 0:
        start += 1
    return (start, end) if end > start else None


def resumed(clause: Clause, after: int, words: Lexicon) -> Pair | None:
    """The rest of a content after "she said,": the quotation that resumes in the sentence, or the clause."""
    at, last = after, clause.last
    while at < last and clause.quoted[at] < 0:
        verb = words.verbs.get(clause.lower[at])
        if verb is not None and verb.speech and clause.tags[at] in ("VBG", "VBD", "VBZ"):
            return None
        if (
            (clause.words[at] in (",", ":") or clause.words[at] in DASHES)
            and at + 1 < last
            and clause.quoted[at + 1] >= 0
        ):
            return at + 1, last
        at += 1
    return None


def clause_or_verb(clause: Clause, at: int) -> bool:
    """Whether the sentence goes on at ``at`` with a finite verb or a clause."""
    group = group_at(clause, at)
    return (group is not None and group.kind == "finite") or clause_follows(clause, at, clause.last)


def resumes(clause: Clause, content: Pair, at: int) -> bool:
    """Whether a content goes on at ``at``, after its speaker: with a clause, or the verb that its subject waits for.

    "The program, critics say, | costs more than it brings in": a verb taken for a noun or a participle is one where the
    content so far is a noun phrase.
    """
    if clause_or_verb(clause, at):
        return True
    if set(clause.tags[slice(*content)]) <= {"RB", "CC"}:  # "Instead, Park said, suits against A, B and C moved him"
        return any(group.kind == "finite" and group.start > at for group in clause.groups)
    begun = any(group.kind == "finite" and content[0] <= group.start < content[1] for group in clause.groups)
    if begun or noun_phrase_end(clause, content[0], content[1]) != content[1]:
        return False
    return clause.tags[at] in ("VBN", "VB") or (clause.tags[at] in ("N", "NP") and clause.lower[at][-1:] == "s")


def end_of(clause: Clause, start: int, group: Group | None, words: Lexicon, phrase: bool = False) -> int:  # noqa: C901  (one case a boundary)
    """Where a content that begins at ``start`` ends: with the sentence, or where its speaker's words plainly stop.

    ``phrase`` says that the content is a noun phrase or an infinitive, which stops sooner than a clause.
    """
    marks, lower, tags, quoted, last = clause.words, clause.lower, clause.tags, clause.quoted, clause.last
    at = start
    if quoted[start] >= 0 and lower[start] == '"':
        while at < last and quoted[at] == quoted[start]:
            at += 1
        if (
            at >= last
            or marks[at] in (",", ";", ")", ":")
            or marks[at] in DASHES
            or tags[at] in ("IN", "CC", "RB", "WRB")
        ):
            return at
    stops = words.phrase_stops if phrase else words.clause_stops
    within = group is not None and _opened(clause, group)
    relative = group is not None and _relative(clause, group)
    depth = 0
    at = max(at, start + 1)
    while at < last:
        if quoted[at] >= 0 and quoted[at] == quoted[at - 1]:
            at += 1
            continue
        if relative and quoted[at - 1] >= 0 and marks[at - 2] == "," and group_at(clause, at) is not None:
            return at  # whose chief says it “has enough to do,” | has signed nothing
        if marks[at] == "(":
            depth += 1
        elif marks[at] == ")":
            depth -= 1
            if depth < 0:
                return at
        elif depth == 0:
            if marks[at] in (",", ";") and _next_that(clause, at):
                at += 1
                continue
            if marks[at] == ";":
                return at
            begun = phrase or any(start <= other.start < at for other in clause.groups if other.kind == "finite")
            key = _boundary(clause, at, words) if begun else None
            if key is not None:
                comma = key.startswith("comma")
                if key in stops or (within and comma and key.endswith(" clause")):
                    return at
                if relative and comma and key.endswith(" verb"):
                    return at
                if group is not None and key.endswith(" verb") and _next_cue(clause, at, group, words):
                    return at
        at += 1
    while last > start and quoted[last - 1] < 0 and (marks[last - 1] in CLOSING or marks[last - 1] in ".,;:"):
        last -= 1
    return last


def with_relative(clause: Clause, end: int, group: Group, words: Lexicon) -> int:
    """The end of a content with the relative clause that tells of its last noun: "pointed to Lawrence, which | …"."""
    if end + 1 >= clause.last or clause.words[end] != "," or clause.tags[end + 1] not in ("WP", "WRB"):
        return end
    if clause.lower[end + 1] not in _RELATIVE:
        return end
    return end_of(clause, end + 1, group, words)


_RELATIVE = frozenset({"which", "where", "who", "whose"})


def _opened(clause: Clause, group: Group) -> bool:
    """Whether the cue stands in a clause that "when", "after" or "if" opens: a main clause follows its comma."""
    at = group.start - 1
    while at >= 0 and clause.words[at] not in (",", ";") and clause.quoted[at] < 0:
        at -= 1
    first = at + 1
    opener = clause.tags[first] == "WRB" or (
        clause.tags[first] == "IN" and clause.lower[first] in grammar().subordinators
    )
    return (
        opener or (clause.tags[first] in ("VBG", "IN") and clause.tags[first + 1 : first + 2] == ["VBG"])
    ) and first < group.start


def _relative(clause: Clause, group: Group) -> bool:
    """Whether the cue stands in a relative clause after a comma: "the list, which ICE says it will update, shows"."""
    at = group.start - 1
    while at >= 0 and clause.words[at] not in (",", ";"):
        at -= 1
    return at > 0 and (clause.tags[at + 1] == "WP" or clause.lower[at + 1] == "whose")


def _next_cue(clause: Clause, at: int, group: Group, words: Lexicon) -> bool:
    """Whether a second cue of the same speaker and tense begins at "and": "says it pays and | warns it will stop"."""
    first = at + (clause.words[at] == ",")
    if clause.tags[first] != "CC":
        return False
    other = group_at(clause, first + 1)
    if other is None or other.kind != "finite" or other.passive:
        return False
    verb = words.verbs.get(clause.lower[other.head])
    return (
        verb is not None
        and verb.speech
        and "that" in verb.frames
        and clause.tags[other.first] == clause.tags[group.first]
        and (other.first == other.head) == (group.first == group.head)  # said X and | had answered Y
    )


def _next_that(clause: Clause, at: int) -> bool:
    """Whether the next of several that-clauses begins behind a mark: "said it pays; and | that it will stop"."""
    first = at + 1 + (clause.tags[at + 1 : at + 2] == ["CC"])
    if clause.lower[first : first + 1] != ["that"] or (first == at + 1 and clause.words[at] == ","):
        return False
    return clause.tags[first] == "IN" or clause_follows(clause, first + 1, clause.last)


def _boundary(clause: Clause, at: int, words: Lexicon) -> str | None:
    """The name of the boundary at ``at``, as the lexicon's ``stops`` spell it, or None if there is none."""
    tags, lower, marks = clause.tags, clause.lower, clause.words
    if marks[at] == ",":
        mark, first = "comma", at + 1
    elif marks[at] in DASHES:
        mark, first = "dash", at + 1
    elif tags[at] in ("CC", "IN", "WRB", "WP"):
        mark, first = "none", at
    else:
        return None
    if first >= clause.last:
        return None
    name = tags[first]
    linked = name in ("CC", "IN", "WRB", "WP")
    if linked or name in ("TO", "RB"):
        word = lower[first]
    elif lower[first] == "according":
        return f"{mark} according"
    elif name == "VBG":
        verb = words.verbs.get(lower[first])
        word = "VBG-speech" if verb is not None and verb.speech else "VBG"
    elif name == "VBN":
        word = lower[first]
    else:
        word = name
    if clause_follows(clause, first + linked, clause.last):
        return f"{mark} {word} clause"
    if group_at(clause, first + (name == "CC")) is not None:
        return f"{mark} {word} verb"
    return f"{mark} {word}"


def before_main_verb(clause: Clause, start: int, end: int, words: Lexicon) -> int:
    """Where a clause within the subject ends: "the claim that the jail refused | is old"."""
    verbs = [group for group in clause.groups if group.kind in ("finite", "pp") and start < group.start < end]
    for earlier, group in itertools.pairwise(verbs):
        if group.kind != "finite":
            continue
        hangs = clause.tags[earlier.end] == "IN"  # "that he speaks for his voters | signed"
        object_between = (hangs or clause.lower[earlier.head] not in words.verbs) and (
            noun_phrase_end(clause, earlier.end + hangs, group.start) == group.start
        )
        subject_before = clause.tags[group.start - 1] in ("N", "NP", "PRP", "WP", "EX", "CC", ",", "DT")
        if object_between or not subject_before:
            return group.start
    return end
