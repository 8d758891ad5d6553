"""Cues whose content follows them: "said that", "told reporters", "vowed to", "rejected the", "wrote: “…”".

Use :func:`following` for one verb group of an analysed sentence. Spans are in words of the sentence.
"""

from __future__ import annotations

from comity.reading.attribution import contents, sources
from comity.reading.attribution.clauses import DASHES, STARTS, Clause, Group, clause_follows, group_at, noun_phrase_end
from comity.reading.attribution.found import Found
from comity.reading.attribution.lexicon import Lexicon, Verb, grammar
from comity.reading.attribution.mending import FINITE

__all__ = ["following", "with_medium"]


def following(clause: Clause, group: Group, verb: Verb, words: Lexicon) -> Found | None:
    """A cue whose content follows it, by the verb's frames."""
    at, last = group.end, clause.last
    if _announces(clause, group):
        return Found(
            sources.subject(clause, group),
            (group.start, last),
            [],
            verb.speech,
            group.head,
            "announces",
            verb.lemma,
            group.kind,
        )
    if at >= last:
        return None

    def made(how: str, start: int, cue_end: int = 0, quote: int = -1) -> Found | None:
        end = contents.end_of(clause, start, group, words, how in ("np", "inf", "prep", "to"))
        if how in ("that", "clause") and _within_subject(clause, group):
            end = contents.before_main_verb(clause, start, end, words)
        if end <= start or (how == "prep" and not words.terms.isdisjoint(clause.lower[start : start + 2])):
            return None  # "spoke on the condition of anonymity"
        if how in ("np", "prep", "to") and verb.lemma in words.showing:
            end = contents.with_relative(clause, end, group, words)
        source = sources.subject(clause, group)
        if not cue_end:
            cue_end = with_medium(clause, group.end, start, words)
        return Found(
            source,
            (group.start, cue_end),
            [(start, end)],
            verb.speech,
            group.head,
            how,
            verb.lemma,
            group.kind,
            quote,
        )

    if _as_parenthesis(clause, group, verb):
        return made("as", at + 1)
    how, place, colon, quote = _apart(clause, group, verb)
    if how:
        return made(how, place, colon, quote)
    how, place = _adjacent(clause, group, verb)
    return made(how, place, place if how == "prep" else 0) if how else None


def _within_subject(clause: Clause, group: Group) -> bool:
    """Whether the cue stands in a relative clause of the subject: "a sheriff who says …", "the deal that he said …"."""
    if any(other.kind == "finite" and other.start < group.start for other in clause.groups):
        return False
    source = sources.ending_at(clause, group.start - 1) if group.start else None
    at = (source[0] if source is not None else group.start) - 1
    return at > 0 and clause.tags[at] in ("WP", "IN") and clause.tags[at - 1] in ("N", "NP") and clause.words[at] != ","


def _gap(clause: Clause, group: Group, ahead: Group) -> bool:
    """Whether the clause's subject is the relative pronoun before the cue: "a bill that its sponsor says | lets"."""
    if ahead.kind != "finite" or group.kind != "finite" or not group.start:
        return False
    source = sources.ending_at(clause, group.start - 1)
    return source is not None and source[0] > 0 and clause.tags[source[0] - 1] == "WP"


def _as_parenthesis(clause: Clause, group: Group, verb: Verb) -> bool:
    """Whether the cue stands in "As the mayor said, …"."""
    if clause.words[group.end] != "," or "paren" not in verb.frames or group.kind != "finite" or not group.start:
        return False
    source = sources.ending_at(clause, group.start - 1)
    if source is None or source[0] == 0 or clause.lower[source[0] - 1] != "as":
        return False
    return source[0] == 1 or clause.words[source[0] - 2] not in (",", *DASHES)


def _apart(clause: Clause, group: Group, verb: Verb) -> tuple[str, int, int, int]:
    """The frame of a content with a mark of its own (quotation, colon, "that", question word); it may stand apart."""
    lower, tags, quoted, last, frames = clause.lower, clause.tags, clause.quoted, clause.last, verb.frames
    at = group.end
    place = contents.over_adjuncts(clause, at, "to" in frames)
    if place >= last:
        return "", 0, 0, -1
    colon = place if place > at and clause.words[place - 1] == ":" else 0
    if quoted[place] >= 0 and "that" in frames and place > at and _verb_quoted(clause, at, place):
        return "clause", at, 0, -1
    if quoted[place] >= 0 and (frames & {"quote", "that"} or colon):
        return "quote", place, colon, quoted[place]
    if colon and frames & {"quote", "that"}:
        return "colon", place, colon, -1
    that = lower[place] == "that" and tags[place] in ("IN", "WP", "DT") and frames & {"that", "to"}
    goes_on = place + 1 < last and (lower[place + 1] == "," or clause_follows(clause, place + 1, last))
    if that and (tags[place] != "DT" or goes_on):
        return "that", place, 0, -1
    if lower[place] in grammar().wh and frames & {"wh", "that", "to"}:
        return "wh", place, 0, -1
    return "", 0, 0, -1


def _verb_quoted(clause: Clause, at: int, quote: int) -> bool:
    """Whether the noun phrase before a quotation is the subject of its verb: "says | the city “will not alter” it"."""
    first = quote + 1
    while first < clause.last and clause.tags[first] == "RB":
        first += 1
    verb = first < clause.last and clause.tags[first] in FINITE
    return verb and clause.tags[at] in STARTS and noun_phrase_end(clause, at, clause.last) == quote


def _adjacent(clause: Clause, group: Group, verb: Verb) -> tuple[str, int]:
    """The frame of a content right after the verb or its listener: a bare clause, an infinitive, a noun phrase."""
    lower, tags, last, frames = clause.lower, clause.tags, clause.last, verb.frames
    at = group.end
    ahead = group_at(clause, at)
    if "that" in frames and (clause_follows(clause, at, last) or (ahead is not None and _gap(clause, group, ahead))):
        return "clause", at
    opens = tags[at] in STARTS or tags[at] in ("RB", "IN")
    if "that" in frames and group.kind != "inf" and tags[at] in STARTS and _verb_behind(clause, at):
        return "clause", at
    if {"that", "bare"} <= frames and group.kind != "inf" and opens and _verb_ahead(clause, at):
        return "clause", at
    if "inf" in frames and lower[at] == "to":
        return "inf", at
    if lower[at] in frames and tags[at] in ("IN", "TO", "RP") and at + 1 < last:
        return "prep", at + 1
    if "to" in frames and tags[at] in STARTS:
        end = contents.over_time(clause, noun_phrase_end(clause, at, last))
        if end < last and (clause_follows(clause, end, last) or lower[end] == "to"):
            return "to", end
    nominal = tags[at] in STARTS or tags[at] in ("WP", "VBG") or tags[at : at + 2] == ["RB", "CD"]
    if nominal and frames & {"np", "object-inf", "np-inf"}:
        return "np", at
    return "", 0


def _verb_behind(clause: Clause, at: int) -> bool:
    """Whether the verb of a noun phrase stands behind what is set between commas: "the rule, passed in May, breaks"."""
    end = noun_phrase_end(clause, at, clause.last)
    if end + 1 >= clause.last or clause.words[end] != "," or clause.tags[end + 1] not in ("VBN", "VBD", "IN"):
        return False
    behind = next((one for one in clause.groups if one.kind == "finite" and one.start > end + 2), None)
    return behind is not None and clause.words[behind.start - 1] == ","


def with_medium(clause: Clause, end: int, limit: int, words: Lexicon) -> int:
    """The end of the cue with "in a statement" right after its verb."""
    for medium in words.media:
        if tuple(clause.lower[end : end + len(medium)]) == medium and end + len(medium) <= limit:
            return end + len(medium)
    return end


def _announces(clause: Clause, group: Group) -> bool:
    """Whether the sentence ends in a colon after this group, so that the next quotation is its content."""
    if clause.words[-1] != ":" or clause.quoted[-1] >= 0 or group.kind in ("pp", "inf"):
        return False
    return clause.groups[-1] is group or all(
        other.kind in ("pp", "inf") for other in clause.groups if other.start > group.start
    )


def _verb_ahead(clause: Clause, at: int) -> bool:
    """Whether a finite verb comes before the next comma, so that what follows a cue is a clause."""
    while at < clause.last and clause.words[at] not in (",", ";", ":"):
        group = group_at(clause, at)
        if group is not None and group.kind == "finite":
            return True
        at += 1
    return False
