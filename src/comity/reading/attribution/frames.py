"""Which words of a sentence attribute: cues by lexicon and frame, each with its source and content.

Use :func:`attributions` for one analysed sentence. Spans are in words of the sentence.
"""

from __future__ import annotations

from dataclasses import replace

from comity.model import Pair
from comity.reading.attribution import contents, sources
from comity.reading.attribution.clauses import (
    CLOSING,
    DASHES,
    Clause,
    Group,
    clause_follows,
    group_at,
    noun_phrase_end,
)
from comity.reading.attribution.following import following, with_medium
from comity.reading.attribution.found import Found
from comity.reading.attribution.lexicon import Lexicon, Verb, grammar
from comity.reading.attribution.phrases import phrases
from comity.reading.attribution.quoted import before_colon, unclaimed

__all__ = ["attributions"]

LONG = 7  # words: what comes before ", she said" and is longer is a clause, even if its verb was not seen


def attributions(clause: Clause, words: Lexicon) -> list[Found]:
    """The attributions of a sentence, in no order; cues within quotations are left to the quotation's speaker."""
    found: list[Found] = []
    for bare in clause.groups:
        if clause.quoted[bare.head] >= 0 or not words.unsourced.isdisjoint(clause.lower[bare.start : bare.end]):
            continue
        if bare.kind == "ing" and bare.start and clause.lower[bare.start - 1] in words.prevented:
            continue
        low = clause.lower[bare.head]
        group, verb = _phrasal(clause, bare, words)
        if _after_quotation(clause, group) and low not in words.silent and (verb is None or "paren" not in verb.frames):
            verb = _ANY_SAID
        if verb is None and low not in words.silent and not group.passive:
            verb = _UNKNOWN if _opens_that(clause, group) else None
        if verb is not None:
            made = _verb(clause, group, verb, words)
            if made is not None:
                found.append(made)
    if not any(made.how in ("announces", "quote", "colon") for made in found):
        found.extend(before_colon(clause))
    found.extend(unclaimed(clause, found))
    found.extend(made for made in phrases(clause, words) if not any(a.cue[0] <= made.at < a.cue[1] for a in found))
    _part(clause, found)
    for made in found:
        if made.source is None and made.kind == "ing":
            # “…,” said the mayor, adding that: the speaker stands after the first cue
            earlier = [other for other in found if other.how == "paren" and other.cue[1] <= made.cue[0]]
            made.source = max(earlier, key=lambda other: other.cue).source if earlier else None
        if made.source is not None and not words.signs.isdisjoint(clause.lower[slice(*made.source)]):
            made.source = None  # a sign or a title speaks for nobody that the words give
        made.embeds = (
            made.speech
            and made.how in _PLAIN
            and made.kind in ("finite", "")
            and made.source is not None
            and clause.tags[made.source[1] - 1] in ("N", "NP", ",", "POS")
        )
    return found


def _part(clause: Clause, found: list[Found]) -> None:
    """Ends a content where a speaker who reports all of it comes in: "the claim that X is false, | she said".

    And where it ran from a relative clause into the main one: "One person who knows the place | said".
    """
    for later in found:
        for other in found:
            if later.source is not None and later.source[0] <= other.cue[0] < later.source[1] <= later.cue[0]:
                other.content = [(a, min(b, later.source[1])) for a, b in other.content if a < later.source[1]]
        if later.how not in ("paren", "according") or later.source is None:
            continue
        begin = min(later.source[0], later.cue[0])
        for other in found:
            if other is later or not any(a <= other.cue[0] < b for a, b in later.content):
                continue
            for number, (start, end) in enumerate(other.content):
                if start < begin < end:
                    while begin > start and clause.words[begin - 1] in (",", *DASHES):
                        begin -= 1
                    other.content[number] = (start, begin)


_PLAIN = frozenset({"that", "clause", "quote", "paren", "to", "according", "wh", "noun-that"})


def _phrasal(clause: Clause, group: Group, words: Lexicon) -> tuple[Group, Verb | None]:
    """The group with the particle that makes another verb of it ("pointed out"), and the verb."""
    low = clause.lower[group.head]
    if low in words.phrasal and not group.passive:
        for after, meaning in words.phrasal[low]:
            if tuple(clause.lower[group.end : group.end + len(after)]) == after:
                return replace(group, end=group.end + len(after)), meaning
    return group, words.verbs.get(low)


_UNKNOWN = Verb("?", frozenset({"that", "quote"}), False, frozenset())


_ANY_SAID = Verb("?", frozenset({"paren"}), True, frozenset())


def _after_quotation(clause: Clause, group: Group) -> bool:
    """Whether any verb here must be one of saying: '“…,” he mocks.'"""
    start = group.start
    if group.kind != "finite" or group.passive or start < 2 or clause.tags[start - 1] not in ("PRP", "NP", "N", '"'):
        return False
    if clause.quoted[start - 1] >= 0 and clause.words[start - 2] in (",", "?", "!"):
        return sources.inverted(clause, group.end) > group.end and clause.tags[group.end] in ("NP", "PRP", "DT")
    source = sources.ending_at(clause, start - 1)
    if source is None or source[0] == 0 or clause.quoted[source[0] - 1] < 0 or clause.lower[source[0] - 1] != '"':
        return False
    comma = clause.words[source[0] - 2] in (",", "?", "!")
    return comma and (group.end >= clause.last or clause.words[group.end] == ",")


def _opens_that(clause: Clause, group: Group) -> bool:
    """Whether a verb outside the lexicon takes a that-clause, as verbs of saying and thinking do."""
    at = group.end
    if group.kind not in ("finite", "ing") or at + 1 >= clause.last or clause.lower[at + 1] in grammar().time_nouns:
        return False  # the rule it passed that night
    return clause.lower[at] == "that" and clause.tags[at] == "IN" and clause_follows(clause, at + 1, clause.last)


def _verb(clause: Clause, group: Group, verb: Verb, words: Lexicon) -> Found | None:
    """The attribution that a verb group makes, by the first of its frames that fits."""
    if group.kind == "pp":
        return None
    if group.passive:
        return _passive(clause, group, verb, words)
    if "seem" in verb.frames:
        return _seeming(clause, group, verb, words)
    if group.kind == "finite" and "paren" in verb.frames:
        made = _after_content(clause, group, verb, words)
        if made is not None:
            return made
    return following(clause, group, verb, words)


def _after_content(clause: Clause, group: Group, verb: Verb, words: Lexicon) -> Found | None:
    """A cue that follows its content, or stands in the middle of it: '“…,” she said', '…, said the mayor'."""
    marks, start, last = clause.words, group.start, clause.last
    if start == 0:
        return None
    if marks[start - 1] == "," or marks[start - 1] in CLOSING or marks[start - 1] in "?!" or marks[start - 1] in DASHES:
        opening = (
            sources.apposition(clause, start - 1) if marks[start - 1] == "," or marks[start - 1] in DASHES else None
        )
        if opening is not None and opening > 0 and _quoted_before(clause, opening):
            return _final(clause, group, verb, words, sources.with_apposition(clause, start - 1) or (opening, start))
        quoted = _quoted_before(clause, start)
        if not quoted and marks[start - 1] == ",":
            between = _between(clause, group, verb, words)
            if between is not None:
                return between
        if not quoted and not _holds_clause(clause, 0, start):
            return None
        if not quoted and opening is not None:
            return _inverted(clause, group, verb, words) if _named_last(clause, group, opening) else None
        if not quoted and clause_follows(clause, group.end, last):
            return _inverted(clause, group, verb, words)
        end = sources.inverted(clause, group.end)
        if end == group.end or (clause.tags[group.end] == "PRP" and not quoted):
            return None
        if end < last and group_at(clause, end) is not None and not quoted:
            return None
        placed = _placed(clause, group, verb, words, (group.end, end), start, end)
        return placed or (None if quoted else _inverted(clause, group, verb, words))
    source = sources.ending_at(clause, start - 1)
    if source is None or source[0] == 0:
        return None
    return _final(clause, group, verb, words, sources.with_participle(clause, source))


def _named_last(clause: Clause, group: Group, opening: int) -> bool:
    """Whether only a name follows the cue, behind a clause: "It sent two, one of them late, | said Mayor Ann Roe"."""
    end = noun_phrase_end(clause, group.end, clause.last)
    named = end > group.end and clause.tags[end - 1] == "NP" and clause.tags[group.end] != "PRP"
    return named and end == clause.last and _holds_clause(clause, 0, opening)


def _inverted(clause: Clause, group: Group, verb: Verb, words: Lexicon) -> Found | None:
    """A cue before its source, behind a clause that nobody quotes: "The county was listed, | said Radaker, who …"."""
    first = group.end
    end = noun_phrase_end(clause, first, clause.last)
    if end == first or clause.tags[first] == "PRP" or clause.tags[group.first] not in ("VBD", "VBZ", "VBP"):
        return None
    told = [one for one in clause.groups if one.kind == "finite" and 0 < one.start < group.start]
    if not any(clause.tags[one.start - 1] != "WP" for one in told):
        return None  # what stands before it is its subject
    while end < clause.last and clause.words[end] != ",":
        if group_at(clause, end) is not None:
            return None
        end += 1
    relative = end + 1 < clause.last and clause.tags[end + 1] == "WP"
    if not relative and end < clause.last and clause_follows(clause, end + 1, clause.last):
        return None
    made = _placed(clause, group, verb, words, (first, end), group.start, end)
    if made is not None and relative:
        after = next((at for at in range(end + 2, clause.last - 2) if clause.words[at] == ","), clause.last)
        if clause.lower[after + 1 : after + 2] == ["and"] and clause_follows(clause, after + 2, clause.last):
            made.content.append((after + 2, contents.end_of(clause, after + 2, group, words)))
    return made


def _between(clause: Clause, group: Group, verb: Verb, words: Lexicon) -> Found | None:
    """A cue and its source between a subject and its verb: "ICE, | says the county, | never asked"."""
    first = group.end
    end = noun_phrase_end(clause, first, clause.last)
    if end == first or clause.tags[first] == "PRP" or end + 1 >= clause.last or clause.words[end] != ",":
        return None
    content = contents.before(clause, group.start)
    if content is None or any(g.kind == "finite" and content[0] <= g.start < content[1] for g in clause.groups):
        return None
    ahead = group_at(clause, end + 1)
    subject = sources.ending_at(clause, content[1] - 1)
    if ahead is None or ahead.kind != "finite" or subject is None:
        return None
    pieces = [(subject[0], content[1]), (end + 1, contents.end_of(clause, end + 1, group, words))]
    cue = (group.start, group.end)
    return Found((first, end), cue, pieces, verb.speech, group.head, "paren", verb.lemma, group.kind)


def _final(clause: Clause, group: Group, verb: Verb, words: Lexicon, source: Pair) -> Found | None:
    """A cue after its source, both after the content: '“…,” she said'."""
    left = source[0]
    if left > 2 and clause.lower[left - 1] == "as" and clause.words[left - 2] == "," and clause.quoted[left - 1] < 0:
        left -= 1  # “the list is final, as the mayor said”
    elif left > 3 and clause.lower[left - 2 : left] == ["or", "so"] and clause.words[left - 3] == ",":
        left -= 2  # the city refused, or so the agency says
    if not (_quoted_before(clause, left) or clause.words[left - 1] == "," or clause.words[left - 1] in DASHES):
        return None
    return _placed(clause, group, verb, words, source, left, group.end)


def _placed(
    clause: Clause, group: Group, verb: Verb, words: Lexicon, source: Pair, left: int, after: int
) -> Found | None:
    """The attribution whose source and cue stand between ``left`` and ``after``, if a content stands before them."""
    marks, last = clause.words, clause.last
    quoted = _quoted_before(clause, left)
    content = contents.before(clause, left)
    if content is None:
        return None
    pieces = [content]
    quote = clause.quoted[content[1] - 1]
    rest = contents.resumed(clause, after, words)
    if not quoted:
        stands = _stands_alone(clause, after, "to" in verb.frames)
        if not stands or rest is not None:
            return None
        stop = _past_adjuncts(clause, after, "to" in verb.frames)
        if stop < last and marks[stop] == "," and contents.resumes(clause, content, stop + 1):
            pieces = [_opener(clause, content), (stop + 1, contents.end_of(clause, stop + 1, group, words))]
        elif not _holds_clause(clause, *content):
            return None
        elif _goes_on(clause, group, stop):
            pieces.append((stop + 2, contents.end_of(clause, stop + 2, group, words)))
    elif rest is not None:
        pieces.append(rest)
    cue_end = with_medium(clause, group.end, last, words)
    return Found(
        source, (group.start, cue_end), pieces, verb.speech, group.head, "paren", verb.lemma, group.kind, quote
    )


def _goes_on(clause: Clause, group: Group, stop: int) -> bool:
    """Whether what is said goes on after its speaker with another tense: "…, she wrote, and | will continue to"."""
    ahead = group_at(clause, stop + 2) if clause.lower[stop : stop + 2] == [",", "and"] else None
    return ahead is not None and ahead.kind == "finite" and clause.tags[ahead.first] != clause.tags[group.first]


def _opener(clause: Clause, content: Pair) -> Pair:
    """Of a content that is broken right after "because" or "which" only that word: "because, he said, it cost"."""
    last = content[1] - 1
    joins = clause.lower[last] in grammar().subordinators or clause.tags[last] in ("WP", "WRB")
    return (last, last + 1) if joins and last > content[0] else content


def _past_adjuncts(clause: Clause, after: int, listener: bool) -> int:
    """Where the time, place and listener after a cue in the middle of its content end: "…, he said on Monday, …"."""
    at, closed = noun_phrase_end(clause, after, clause.last) if listener else after, grammar()
    while at < clause.last and clause.words[at] != ",":
        if clause.lower[at] in closed.times or clause.lower[at] in closed.time_openers or clause.tags[at] == "RB":
            at += 1
        elif clause.tags[at] in ("IN", "TO") and clause.lower[at] not in closed.subordinators:
            further = noun_phrase_end(clause, at + 1, clause.last)
            timed = at + 1 < clause.last and clause.lower[at + 1] in closed.times
            at = max(further, at + 2) if timed or further > at + 1 else clause.last
        else:
            return after
    return at if at < clause.last else after


def _stands_alone(clause: Clause, after: int, listener: bool) -> bool:
    """Whether nothing that could be a content follows the cue: the end, a comma, or only time and place."""
    if after >= clause.last or clause.words[after] in (",", ";", ")") or clause.words[after] in DASHES:
        return True
    closed = grammar()
    at = noun_phrase_end(clause, after, clause.last) if listener else after
    while at < clause.last:
        if clause.words[at] in (",", ")", ";"):
            return True
        if clause.lower[at] in closed.times or clause.lower[at] in closed.time_openers or clause.tags[at] == "RB":
            at += 1
        elif clause.tags[at] == "N" and clause.lower[at - 1] in closed.time_openers:
            at += 1
        elif clause.tags[at] in ("IN", "TO") and clause.lower[at] not in ("that", "if", "whether"):
            further = noun_phrase_end(clause, at + 1, clause.last)
            if further == at + 1:
                return clause.tags[at] == "IN" and clause.lower[at] in closed.subordinators
            at = further
        else:
            return clause.tags[at] in ("WRB", "VBG", "VBN")
    return True


def _quoted_before(clause: Clause, at: int) -> bool:
    """Whether a quotation ends right before ``at`` (a comma may stand between)."""
    return any(place >= 0 and clause.quoted[place] >= 0 for place in (at - 1, at - 2))


def _holds_clause(clause: Clause, start: int, end: int) -> bool:
    """Whether a finite verb stands between ``start`` and ``end``."""
    return end - start > LONG or any(start <= g.start and g.end <= end and g.kind == "finite" for g in clause.groups)


def _seeming(clause: Clause, group: Group, verb: Verb, words: Lexicon) -> Found | None:
    """Seeming, of which nobody is the source: "seems to agree", "it appeared that"."""
    at, last = group.end, clause.last
    if at >= last:
        return None
    topic = sources.subject(clause, group)
    pieces: list[Pair]
    if clause.lower[at] in ("that", "as") and topic is not None and clause.lower[topic[0]] == "it":
        pieces = [(at, contents.end_of(clause, at, group, words))]
    elif clause.lower[at] == "to" and topic is not None:
        pieces = [topic, (at, contents.end_of(clause, at, group, words))]
    else:
        return None
    return Found(None, (group.start, group.end), pieces, False, group.head, "seem", verb.lemma, group.kind)


def _passive(clause: Clause, group: Group, verb: Verb, words: Lexicon) -> Found | None:
    """A passive cue: "is expected to …", "was told that …", "was denounced by X"."""
    lower, last, frames = clause.lower, clause.last, verb.frames
    at = group.end
    if at > last:
        return None
    topic = sources.subject(clause, group)
    source = sources.agent(clause, at)
    cue = (group.start, group.end)

    def made(how: str, pieces: list[Pair], source: Pair | None = None, cue: Pair = cue) -> Found:
        return Found(source, cue, pieces, verb.speech, group.head, how, verb.lemma, group.kind)

    impersonal = topic is not None and lower[topic[0]] == "it"
    place = contents.over_adjuncts(clause, at, False) if frames & {"that", "to"} else at
    if place < last and lower[place] == "that" and frames & {"that", "to"}:
        by = source if "to" in frames else None  # was told by the county's lawyer that
        return made("passive-that", [(place, contents.end_of(clause, place, group, words))], by)
    if (
        "to" in frames
        and "paren" in frames
        and topic is not None
        and topic[0] > 1
        and clause.words[topic[0] - 1] == ","
    ):
        content = contents.before(clause, topic[0])
        if content is not None and _stands_alone(clause, at, False) and _holds_clause(clause, *content):
            return made("passive-paren", [content])
    if at + 1 < last and lower[at] in frames and lower[at] in ("of", "for", "with") and clause.tags[at] == "IN":
        pieces = [(at + 1, contents.end_of(clause, at + 1, group, words, True))]
        return made("passive-prep", pieces, source, (group.start, at + 1))
    if at < last and "to" in frames and clause_follows(clause, at, last):
        return made("passive-clause", [(at, contents.end_of(clause, at, group, words))])
    if at < last and lower[at] == "to" and "raise" in frames and topic is not None:
        return made("passive-raise", [topic, (at, contents.end_of(clause, at, group, words, True))])
    if source is not None and topic is not None and "np" in frames and not impersonal:
        return made("passive-agent", [topic], source)
    if at < last and (lower[at] in ("about", "if", "whether") or lower[at] in grammar().wh) and frames & {"to", "wh"}:
        return made("passive-about", [(at, contents.end_of(clause, at, group, words))])
    return None
