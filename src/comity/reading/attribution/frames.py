"""Which words of a sentence attribute: cues by lexicon and frame, each with its source and content.

Use :func:`attributions` for one analysed sentence. Spans are in words of the sentence.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from comity.model import Pair
from comity.reading.attribution import contents, sources
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
from comity.reading.attribution.lexicon import Lexicon, Verb, grammar

__all__ = ["Found", "attributions"]


@dataclass(slots=True)
class Found:
    """An attribution in words of one sentence, before it becomes spans of the text."""

    source: Pair | None
    cue: Pair
    content: list[Pair]
    speech: bool
    at: int  # the word that attributes
    how: str  # the frame that fitted
    lemma: str
    kind: str = ""  # of the verb group: finite, inf, ing, pp
    quote: int = -1  # the quotation that the content is or begins with
    embeds: bool = False  # a plain act of saying by a named party, worth keeping inside another's content
    more: list[Pair] = field(default_factory=list)  # further content, in code points


def attributions(clause: Clause, words: Lexicon) -> list[Found]:
    """The attributions of a sentence, in no order; cues within quotations are left to the quotation's speaker."""
    found: list[Found] = []
    for group in clause.groups:
        if clause.quoted[group.head] >= 0:
            continue
        verb = words.verbs.get(clause.lower[group.head])
        if verb is not None:
            made = _verb(clause, group, verb, words)
            if made is not None:
                found.append(made)
    found.extend(_according(clause, words))
    for made in found:
        made.embeds = (
            made.speech
            and made.how in _PLAIN
            and made.kind in ("finite", "")
            and made.source is not None
            and clause.tags[made.source[1] - 1] in ("N", "NP", ",")
        )
    return found


_PLAIN = frozenset({"that", "clause", "quote", "paren", "to", "according", "wh"})


def _verb(clause: Clause, group: Group, verb: Verb, words: Lexicon) -> Found | None:
    """The attribution that a verb group makes, by the first of its frames that fits."""
    if group.kind == "pp":
        return None
    if group.passive:
        return _passive(clause, group, verb, words)
    if group.kind == "finite" and "paren" in verb.frames:
        made = _after_content(clause, group, verb, words)
        if made is not None:
            return made
    return _before_content(clause, group, verb, words)


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
            return _final(clause, group, verb, words, (opening, start))
        quoted = _quoted_before(clause, start)
        if not quoted and (clause_follows(clause, group.end, last) or not _holds_clause(clause, 0, start)):
            return None
        if not quoted and opening is not None:
            return None
        end = sources.inverted(clause, group.end)
        if end == group.end or clause.tags[group.end] == "PRP" and not quoted:
            return None
        if end < last and group_at(clause, end) is not None and not quoted:
            return None
        return _placed(clause, group, verb, words, (group.end, end), start, end)
    source = sources.ending_at(clause, start - 1)
    if source is None or source[0] == 0:
        return None
    return _final(clause, group, verb, words, source)


def _final(clause: Clause, group: Group, verb: Verb, words: Lexicon, source: Pair) -> Found | None:
    """A cue after its source, both after the content: '“…,” she said'."""
    left = source[0]
    if not (_quoted_before(clause, left) or clause.words[left - 1] == "," or clause.words[left - 1] in DASHES):
        return None
    return _placed(clause, group, verb, words, source, left, group.end)


def _placed(
    clause: Clause, group: Group, verb: Verb, words: Lexicon, source: Pair, left: int, after: int
) -> Found | None:
    """The attribution whose source and cue stand between ``left`` and ``after``, if a content stands before them."""
    marks, last = clause.words, clause.last
    quoted = _quoted_before(clause, left)
    content = contents.before(clause, left, words)
    if content is None:
        return None
    pieces = [content]
    quote = clause.quoted[content[1] - 1]
    rest = contents.resumed(clause, after, words)
    if not quoted:
        stands = _stands_alone(clause, after, "to" in verb.frames)
        if not stands or rest is not None:
            return None
        if after < last and marks[after] == "," and clause_or_verb(clause, after + 1):
            pieces.append((after + 1, contents.end_of(clause, after + 1, group, words)))
        elif not _holds_clause(clause, *content):
            return None
    elif rest is not None:
        pieces.append(rest)
    return Found(
        source, (group.start, group.end), pieces, verb.speech, group.head, "paren", verb.lemma, group.kind, quote
    )


def clause_or_verb(clause: Clause, at: int) -> bool:
    """Whether the sentence goes on at ``at`` with a finite verb or a clause."""
    group = group_at(clause, at)
    return (group is not None and group.kind == "finite") or clause_follows(clause, at, clause.last)


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
            return clause.tags[at] in ("WRB", "VBG")
    return True


def _quoted_before(clause: Clause, at: int) -> bool:
    """Whether a quotation ends right before ``at`` (a comma may stand between)."""
    return any(0 <= place and clause.quoted[place] >= 0 for place in (at - 1, at - 2))


def _holds_clause(clause: Clause, start: int, end: int) -> bool:
    """Whether a finite verb stands between ``start`` and ``end``."""
    return any(start <= g.start and g.end <= end and g.kind == "finite" for g in clause.groups)


def _before_content(clause: Clause, group: Group, verb: Verb, words: Lexicon) -> Found | None:
    """A cue whose content follows it, by the verb's frames."""
    lower, tags, quoted, last = clause.lower, clause.tags, clause.quoted, clause.last
    at = group.end
    if at >= last:
        return None
    frames = verb.frames
    closed = grammar()

    def made(how: str, start: int, cue_end: int = 0, quote: int = -1) -> Found | None:
        end = contents.end_of(clause, start, group, words, how in ("np", "inf", "prep", "to"))
        if end <= start:
            return None
        source = sources.subject(clause, group)
        return Found(
            source,
            (group.start, cue_end or group.end),
            [(start, end)],
            verb.speech,
            group.head,
            how,
            verb.lemma,
            group.kind,
            quote,
        )

    place = contents.over_adjuncts(clause, at, "to" in frames)
    if place < last:
        if quoted[place] >= 0 and frames & {"quote", "that"}:
            return made("quote", place, 0, quoted[place])
        if lower[place] == "that" and tags[place] in ("IN", "WP", "DT") and frames & {"that", "to"}:
            if tags[place] != "DT" or clause_follows(clause, place + 1, last):
                return made("that", place)
        if lower[place] in closed.wh and frames & {"wh", "that", "to"}:
            return made("wh", place)
        if clause.words[place - 1] == ":" and place > at and frames & {"quote", "that"}:
            return made("colon", place)
    if "that" in frames and clause_follows(clause, at, last):
        return made("clause", at)
    if (
        "that" in frames
        and "bare" in frames
        and group.kind != "inf"
        and tags[at] in (*STARTS, "RB", "IN")
        and _verb_ahead(clause, at)
    ):
        return made("clause", at)
    if "inf" in frames and lower[at] == "to":
        return made("inf", at)
    if lower[at] in frames and tags[at] in ("IN", "TO", "RP") and at + 1 < last:
        return made("prep", at + 1, at + 1)
    if "to" in frames and tags[at] in STARTS:
        end = noun_phrase_end(clause, at, last)
        if end < last and (clause_follows(clause, end, last) or lower[end] == "to"):
            return made("to", end)
    if frames & {"np", "object-inf", "np-inf"} and (tags[at] in STARTS or tags[at] in ("WP", "VBG")):
        return made("np", at)
    return None


def _verb_ahead(clause: Clause, at: int) -> bool:
    """Whether a finite verb comes before the next comma, so that what follows a cue is a clause."""
    while at < clause.last and clause.words[at] not in (",", ";", ":"):
        group = group_at(clause, at)
        if group is not None and group.kind == "finite":
            return True
        at += 1
    return False


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
    if at < last and lower[at] == "that" and frames & {"that", "to"}:
        return made("passive-that", [(at, contents.end_of(clause, at, group, words))])
    if at < last and lower[at] == "to" and "raise" in frames and topic is not None:
        return made("passive-raise", [topic, (at, contents.end_of(clause, at, group, words, True))])
    if source is not None and topic is not None and "np" in frames and not impersonal:
        return made("passive-agent", [topic], source)
    if at < last and (lower[at] in ("about", "if", "whether") or lower[at] in grammar().wh) and frames & {"to", "wh"}:
        return made("passive-about", [(at, contents.end_of(clause, at, group, words))])
    return None


def _according(clause: Clause, words: Lexicon) -> list[Found]:
    """Attributions by "according to", before or after their content."""
    found = []
    lower, last = clause.lower, clause.last
    for at in range(len(lower) - 2):
        if lower[at] != "according" or lower[at + 1] != "to" or clause.quoted[at] >= 0:
            continue
        end = sources.inverted(clause, at + 2)
        if end == at + 2:
            continue
        pieces = []
        content = contents.before(clause, at, words) if at else None
        if content is not None:
            pieces.append(content)
            after = end if clause.words[end - 1] == "," else end + 1
            if after < last and clause.words[after - 1] == "," and clause_or_verb(clause, after):
                pieces.append((after, last))
        elif end < last:
            start = end + 1 if clause.words[end] == "," else end
            pieces.append((start, contents.end_of(clause, start, None, words)))
        if pieces:
            quote = clause.quoted[pieces[0][1] - 1] if content is not None else -1
            found.append(Found((at + 2, end), (at, at + 2), pieces, True, at, "according", "according", "", quote))
    return found
