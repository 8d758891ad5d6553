"""Finds attributions: cues by lexicon and frame, their sources and contents by clause.

Use :func:`find` for a text's attributions, :func:`chain` for those whose content holds a span.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from comity.model import AttributionMention, Pair
from comity.reading import quotations
from comity.reading.attribution.clauses import (
    SUBORDINATORS,
    TIMES,
    Clause,
    Group,
    analyse,
    clause_follows,
    group_at,
    noun_phrase_end,
    noun_phrase_start,
)
from comity.reading.attribution.lexicon import Lexicon, Verb, lexicon
from comity.reading.attribution.words import Tokens, tag, tokens
from comity.reading.quotations import Quotation
from comity.reading.sentences import paragraphs, split

__all__ = ["chain", "find"]

WH = frozenset({"whether", "if", "what", "why", "how", "who", "where", "when", "which"})
CLOSING = frozenset({"”", '"', "''", "’", "'"})
FINAL = frozenset({".", "!", "?"})


@dataclass(slots=True)
class Found:
    """An attribution in words of one sentence, before it becomes spans of the text."""

    source: Pair | None
    cue: list[Pair]
    content: list[Pair]
    speech: bool
    cue_at: int
    quote: int = -1  # the quotation that the content holds or is
    more: list[Pair] = field(default_factory=list)  # further content, in code points


def find(text: str) -> tuple[AttributionMention, ...]:
    """The attributions of ``text``, in order of their cues."""
    words = lexicon()
    blocks = paragraphs(text)
    quotes = quotations.find(text, blocks)
    toks = tokens(text)
    quoted = _quoted(toks, quotes)
    mentions: list[AttributionMention] = []
    for start, end in split(text):
        lo, hi = bisect_left(toks.starts, start), bisect_left(toks.starts, end)
        if hi <= lo:
            continue
        lower = toks.lower[lo:hi]
        tags = tag(toks.words[lo:hi], lower)
        clause = analyse(toks.words[lo:hi], lower, tags, quoted[lo:hi])
        for found in _sentence(clause, words):
            mentions.append(_mention(found, toks, lo, quotes))
    mentions = _extended(text, mentions, quotes, blocks)
    return _nested(mentions)


def _quoted(toks: Tokens, quotes: Sequence[Quotation]) -> list[int]:
    """For each word the index of the quotation it stands in (its marks included), or -1."""
    result = [-1] * len(toks.starts)
    for index, quote in enumerate(quotes):
        for at in range(bisect_left(toks.starts, quote.start), bisect_left(toks.starts, quote.end)):
            result[at] = index
    return result


# --- one sentence ----------------------------------------------------------------------------------------------


def _sentence(clause: Clause, words: Lexicon) -> list[Found]:
    found: list[Found] = []
    for group in clause.groups:
        verb = words.verbs.get(clause.lower[group.head])
        if verb is None:
            continue
        made = _verb(clause, group, verb)
        if made is not None:
            found.append(made)
    found.extend(_according(clause))
    return found


def _last(clause: Clause) -> int:
    """The end of the sentence's words, without its final stop and marks outside a quotation."""
    end = len(clause.words)
    while end > 0 and (clause.words[end - 1] in FINAL and clause.quoted[end - 1] < 0):
        end -= 1
    return end


def _verb(clause: Clause, group: Group, verb: Verb) -> Found | None:
    """The attribution that a verb group makes, by the first of its frames that fits."""
    lower, tags, quoted = clause.lower, clause.tags, clause.quoted
    size = len(lower)
    last = _last(clause)
    at = group.end
    inside = quoted[group.head]
    if group.kind == "pp":
        return None
    frames = verb.frames
    cue = [(group.start, group.end)]

    def build(source: Pair | None, content: list[Pair], cues: list[Pair] | None = None, quote: int = -1) -> Found:
        return Found(source, cues or cue, content, verb.speech, group.head, quote)

    # inverted or final: the content stands before
    before = _before(clause, group)
    if "paren" in frames and before is not None:
        source, content_end = before
        if content_end > 0:
            begin, quote = _content_start(clause, content_end, group)
            pieces = [(begin, content_end)]
            after = max(group.end, source[1])
            # “A,” she said, “B.”
            rest = _resumed(clause, after, last)
            if rest is not None:
                pieces.append(rest)
            return build(source, pieces, None, quote)
    source_span = _source(clause, group)
    if group.passive:
        return None
    if at >= last:
        return None
    # step over what may stand between verb and content
    place = _over_adjuncts(clause, at, last, "to" in frames)
    if place < size and place < last:
        word = lower[place]
        if quoted[place] >= 0 and quoted[place] != inside and ("quote" in frames or "that" in frames):
            return build(source_span, [(place, _content_end(clause, place, last, group))], None, quoted[place])
        if word == "that" and tags[place] in ("IN", "WP") and "that" in frames | ({"that"} if "to" in frames else set()):
            return build(source_span, [(place, _content_end(clause, place, last, group))])
        if word in WH and ("wh" in frames or "that" in frames or "to" in frames):
            return build(source_span, [(place, _content_end(clause, place, last, group))])
    if at < last:
        word = lower[at]
        if "that" in frames and clause_follows(clause, at, last):
            return build(source_span, [(at, _content_end(clause, at, last, group))])
        if "inf" in frames and word == "to":
            return build(source_span, [(at, _content_end(clause, at, last, group))])
        if word in frames and tags[at] in ("IN", "TO", "RP") and at + 1 < last:
            return build(source_span, [(at + 1, _content_end(clause, at + 1, last, group))], [(group.start, at + 1)])
        if frames & {"np", "object-inf", "np-inf"} and tags[at] in ("DT", "N", "NP", "JJ", "PRP", "PRP$", "CD", "$", "WP", "RB", "VBN", "VBG"):
            if tags[at] == "RB" or (quoted[at] >= 0 and quoted[at] != inside):
                return None
            return build(source_span, [(at, _content_end(clause, at, last, group))])
        if "to" in frames and tags[at] in ("DT", "N", "NP", "JJ", "PRP", "PRP$", "CD"):
            end = noun_phrase_end(clause, at, last)
            if end < last and (clause_follows(clause, end, last) or lower[end] == "to"):
                return build(source_span, [(end, _content_end(clause, end, last, group))])
    return None


def _before(clause: Clause, group: Group) -> tuple[Pair, int] | None:
    """Source and end of the content where the cue follows its content: '..., she said' or '...,” said the mayor'."""
    tags, lower, words = clause.tags, clause.lower, clause.words
    last = _last(clause)
    start = group.start
    if start == 0 or group.kind != "finite":
        return None
    # said X
    if words[start - 1] in (",", *CLOSING) or (words[start - 1] in ("?", "!")):
        if words[start - 1] == "," and not _quote_before(clause, start) and tags[group.head] not in ("VBD", "VBZ", "VBP"):
            return None
        end = _inverted(clause, group.end, last)
        if end > group.end:
            return (group.end, end), start if words[start - 1] != "," else _trim(clause, start)
        return None
    source = _source(clause, group)
    if source is None or source[0] == 0 or source[1] != start:
        return None
    left = words[source[0] - 1]
    if left not in (",", *CLOSING, "?", "!", "—", "-", "–"):
        return None
    if left in CLOSING and clause.quoted[source[0] - 1] < 0:
        return None
    # a content after the verb wins, unless a quotation ends right before
    after = group.end
    if left == ",":
        nxt = lower[after] if after < last else ""
        if nxt == "that" or (after < last and clause.quoted[after] >= 0) or clause_follows(clause, after, last):
            return None
        if nxt and nxt not in (",", ".", ";", "in", "on", "at", "during", "after", "—", ":", "to", "of", "last", "this", "later") and tags[after] not in ("RB", "IN") and nxt not in TIMES:
            return None
    return source, _trim(clause, source[0])


def _quote_before(clause: Clause, at: int) -> bool:
    return any(clause.quoted[i] >= 0 for i in range(max(0, at - 2), at))


def _trim(clause: Clause, end: int) -> int:
    """The end of a content before ``end``: without a comma that stands outside of a quotation."""
    while end > 0 and clause.words[end - 1] in (",", "—", "–", "-") and clause.quoted[end - 1] < 0:
        end -= 1
    return end


def _content_start(clause: Clause, end: int, group: Group) -> tuple[int, int]:
    """Where a content that ends before the cue begins, and its quotation."""
    quote = clause.quoted[end - 1]
    start = 0
    for other in clause.groups:
        if other.end <= end and other.start < group.start:
            pass
    while start < end and (clause.tags[start] == "CC" or clause.words[start] == ","):
        start += 1
    return start, quote


def _resumed(clause: Clause, after: int, last: int) -> Pair | None:
    """The rest of a content after 'she said,': the quotation that resumes, or the clause."""
    at = after
    while at < last and clause.quoted[at] < 0:
        if clause.words[at] in (",", ":", "—") and at + 1 < last and clause.quoted[at + 1] >= 0:
            return at + 1, last
        at += 1
    return None


def _inverted(clause: Clause, first: int, last: int) -> int:
    """Where a source after the verb ends: its apposition and relative clause are in it."""
    end = noun_phrase_end(clause, first, last)
    if end == first:
        return first
    while end < last and clause.words[end] == ",":
        nxt = end + 1
        if nxt >= last or clause.quoted[nxt] >= 0:
            break
        if clause.tags[nxt] in ("VBG", "CC", "RB", "PRP") or clause.lower[nxt] in SUBORDINATORS or clause.tags[nxt] == "IN":
            break
        if clause.tags[nxt] == "WP":
            stop = nxt + 1
            while stop < last and clause.words[stop] != ",":
                stop += 1
            end = stop
            continue
        further = noun_phrase_end(clause, nxt, last)
        if further == nxt:
            break
        end = further
    return end


def _source(clause: Clause, group: Group) -> Pair | None:
    """The subject of a verb group: to its left, or that of the clause it goes on with."""
    tags, lower, words = clause.tags, clause.lower, clause.words
    at = group.start - 1
    if group.kind in ("ing", "inf"):
        return _inherited(clause, group)
    if at < 0:
        return None
    if tags[at] in ("N", "NP", "PRP", "WP", "CD", "DT", "POS") and not (tags[at] == "WP" and lower[at] in ("what",)):
        return noun_phrase_start(clause, at), at + 1
    if tags[at] == "JJ" and at > 0 and tags[at - 1] == "DT":
        return at - 1, at + 1
    if words[at] in (",", "—", "–", ")"):
        opening = _apposition(clause, at)
        if opening is not None:
            return opening, at + 1
    return _inherited(clause, group)


def _apposition(clause: Clause, close: int) -> int | None:
    """Where the noun phrase begins whose apposition or relative clause ends with the comma at ``close``."""
    mark = clause.words[close]
    if mark == ")":
        opening = close
        while opening > 0 and clause.words[opening] != "(":
            opening -= 1
        if opening > 0 and clause.tags[opening - 1] in ("N", "NP"):
            return noun_phrase_start(clause, opening - 1)
        return None
    at = close - 1
    while at > 0:
        if clause.words[at] == mark and clause.quoted[at] == clause.quoted[close]:
            if clause.tags[at - 1] in ("N", "NP", "PRP", ")") and at + 1 < close:
                inner = [g for g in clause.groups if at < g.start < close and g.kind == "finite"]
                relative = clause.tags[at + 1] in ("WP", "WRB") or clause.tags[at + 1] == "VBN" or clause.tags[at + 1] == "IN"
                if not inner or relative:
                    start = noun_phrase_start(clause, at - 1)
                    return start
            return None
        at -= 1
    return None


def _inherited(clause: Clause, group: Group) -> Pair | None:
    """The subject of the nearest finite group to the left that has one: 'She left, saying …'."""
    for other in reversed(clause.groups):
        if other.start >= group.start or other.kind != "finite":
            continue
        if clause.quoted[other.head] != clause.quoted[group.head]:
            continue
        source = _source(clause, other)
        if source is not None:
            return source
    return None


def _over_adjuncts(clause: Clause, at: int, last: int, listener: bool) -> int:
    """The place of the content after time, place and listener: 'said on Tuesday in an interview that'."""
    tags, lower, words = clause.tags, clause.lower, clause.words
    place = at
    if listener and place < last and tags[place] in ("DT", "N", "NP", "JJ", "PRP", "PRP$", "CD"):
        place = max(place, noun_phrase_end(clause, place, last))
    while place < last:
        if clause.quoted[place] >= 0 or lower[place] == "that" or lower[place] in WH:
            return place
        if words[place] in (",", ":") and place + 1 < last and clause.quoted[place + 1] >= 0:
            return place + 1
        if words[place] == ":" and place + 1 < last:
            return place + 1
        if tags[place] == "RB" or lower[place] in TIMES:
            place += 1
            continue
        if tags[place] in ("IN", "TO") and lower[place] not in SUBORDINATORS:
            further = noun_phrase_end(clause, place + 1, last)
            if further > place + 1:
                place = further
                continue
        if lower[place] in ("last", "this", "earlier", "later"):
            place += 1
            continue
        break
    return at


def _content_end(clause: Clause, start: int, last: int, group: Group) -> int:
    """Where a content that begins at ``start`` ends."""
    words, lower, tags, quoted = clause.words, clause.lower, clause.tags, clause.quoted
    inside = quoted[group.head]
    if inside >= 0:
        stop = start
        while stop < last and quoted[stop] == inside:
            stop += 1
        last = stop
        while last > start and words[last - 1] in (*CLOSING, ",", ".", "?", "!"):
            last -= 1
    at = start
    while at < last:
        if words[at] in (",", ";", "—") and quoted[at] == inside and at + 1 < last:
            nxt = at + 1
            if tags[nxt] == "VBG" or words[at] == ";":
                return at
            if lower[nxt] in ("according", "but", "while", "though", "although"):
                return at
            if lower[nxt] == "and" and (group_at(clause, nxt + 1) is not None or clause_follows(clause, nxt + 1, last)):
                return at
        at += 1
    return last


def _according(clause: Clause) -> list[Found]:
    """'according to X', before or after its content."""
    found = []
    lower, words = clause.lower, clause.words
    last = _last(clause)
    for at in range(len(lower) - 1):
        if lower[at] == "according" and lower[at + 1] == "to":
            end = _inverted(clause, at + 2, last)
            if end == at + 2:
                continue
            content = []
            if at > 0 and _trim(clause, at) > 0:
                content.append((0, _trim(clause, at)))
            elif end < last:
                content.append((end + 1 if words[end] == "," else end, last))
            found.append(Found((at + 2, end), [(at, at + 2)], content, True, at))
    return found


# --- the text --------------------------------------------------------------------------------------------------


def _mention(found: Found, toks: Tokens, lo: int, quotes: Sequence[Quotation]) -> AttributionMention:
    def span(pair: Pair) -> Pair:
        return toks.starts[lo + pair[0]], toks.ends[lo + pair[1] - 1]

    content = [span(pair) for pair in found.content if pair[1] > pair[0]]
    if found.quote >= 0 and content:
        start = quotes[found.quote].start
        content = [(start, e) if quotes[found.quote].start < s < quotes[found.quote].end else (s, e) for s, e in content]
    return AttributionMention(
        source=(span(found.source),) if found.source else (),
        cue=tuple(span(pair) for pair in found.cue),
        content=tuple(content),
        direct=found.quote >= 0,
        speech=found.speech,
    )


def _extended(
    text: str, mentions: list[AttributionMention], quotes: Sequence[Quotation], blocks: Sequence[Pair]
) -> list[AttributionMention]:
    """Quotations without a cue of their own join the attribution before them: '“A,” she said. “B.”'."""
    taken = [any(a < q.end and q.start < b for m in mentions for a, b in m.content) for q in quotes]
    result = list(mentions)
    block_of = [bisect_right([b[0] for b in blocks], q.start) for q in quotes]
    for index, quote in enumerate(quotes):
        if taken[index] or quote.single:
            continue
        best = None
        for number, mention in enumerate(result):
            if not mention.direct or not mention.content:
                continue
            reach = max(mention.content[-1][1], mention.cue[-1][1], mention.source[-1][1] if mention.source else 0)
            if reach <= quote.start:
                best = number if best is None or reach >= best_reach else best
                best_reach = reach if best == number else best_reach
        if best is None:
            continue
        between = text[best_reach : quote.start]
        before = index > 0 and quotes[index - 1].open and block_of[index - 1] == block_of[index] - 1
        if (len(between.strip(" .,\n")) == 0 and "\n" not in between.strip(" ")) or before:
            mention = result[best]
            result[best] = replace(mention, content=(*mention.content, (quote.start, quote.end)))
            taken[index] = True
    return result


def _nested(mentions: Sequence[AttributionMention]) -> tuple[AttributionMention, ...]:
    """The mentions in order of their cues, each with the nearest attribution whose content holds its cue."""
    ordered = sorted(mentions, key=lambda m: (m.cue[0] if m.cue else (0, 0)))
    result = []
    for index, mention in enumerate(ordered):
        around = [i for i in chain(ordered, *mention.cue[0]) if i != index] if mention.cue else []
        result.append(replace(mention, parent=around[-1] if around else None))
    return tuple(result)


def chain(mentions: Sequence[AttributionMention], start: int, end: int) -> tuple[int, ...]:
    """Indexes of the attributions whose content holds the span, outermost first."""
    holding = [
        (sum(b - a for a, b in mention.content), -index, index)
        for index, mention in enumerate(mentions)
        if any(a <= start and end <= b for a, b in mention.content)
    ]
    return tuple(index for _, _, index in sorted(holding, reverse=True))
