"""Finds the attributions of a text: sentences, their cues, and the quotations that go on from one to the next.

Use :func:`find` for a text's attributions, :func:`chain` for those whose content holds a span.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence, Set
from dataclasses import replace
from functools import lru_cache

from comity.model import AttributionMention, Pair
from comity.reading import quotations
from comity.reading.attribution import items
from comity.reading.attribution.clauses import analyse
from comity.reading.attribution.found import Found
from comity.reading.attribution.frames import attributions
from comity.reading.attribution.lexicon import lexicon
from comity.reading.attribution.speakers import with_speakers
from comity.reading.attribution.turns import turns
from comity.reading.attribution.words import Tokens, load_tagger, tag, tokens
from comity.reading.quotations import Quotation
from comity.reading.sentences import paragraphs, split

__all__ = ["chain", "find", "unclaimed"]

WHOLE = 40  # characters of a quotation that can be a paragraph of its own
HEADLINE = 5  # words: shorter lines in capitals are names
LONG_QUOTATION = 24  # words


def find(text: str, until: int | None = None) -> tuple[AttributionMention, ...]:
    """The attributions of ``text``, in order of their cues.

    With ``until`` only those up to the end of the paragraph that holds this position, and of the quotations that go on
    from it: use it where what stands later isn't asked for. What it gives is the same as without.
    """
    words = lexicon()
    blocks = paragraphs(text)
    quotes = _quotations(text)
    limit = len(text) if until is None else _limit(text, until, blocks, quotes)
    quotes = tuple(quote for quote in quotes if quote.start < limit)
    toks = tokens(text)
    quoted = _quoted(toks, quotes)
    mentions: list[AttributionMention] = []
    plain: list[bool] = []
    sentences = split(text)
    spoken = turns(text, blocks, words.labels)
    for start, end in sentences:
        if start >= limit:
            break
        lo, hi = bisect_left(toks.starts, start), bisect_left(toks.starts, end)
        if hi <= lo or (quoted[lo] >= 0 and quoted[lo] == quoted[hi - 1]):
            continue  # nothing, or all of it within one quotation
        lower = toks.lower[lo:hi]
        if words.triggers.isdisjoint(lower) and lower[0] not in words.held_by:
            continue
        clause = analyse(toks.words[lo:hi], lower, _tags(toks.words[lo:hi], lower, quoted[lo:hi]), quoted[lo:hi])
        listed = items.after(text, (start, end), blocks)
        block = () if listed else items.block_after(text, (start, end), blocks)
        before = len(mentions)
        for found in attributions(clause, words):
            announced = bool(found.content) or _announced(found, toks, hi, quotes, quoted)
            following = listed or (block if not announced else ())
            if not announced and not (following and found.speech):
                continue
            mentions.append(_mention(text, found, toks, lo, quotes, sentences, following))
            if found.how == "headline" and not mentions[-1].direct:
                mentions[-1] = _whole_turn(text, mentions[-1], start, blocks)
            plain.append(found.embeds)
        heading = items.headed(text, (start, end), listed) if listed and len(mentions) == before else None
        heading = heading or (spoken.get(start) if not any(_holds(m, end) for m in mentions[before:]) else None)
        if heading is not None:
            mentions.append(heading)
            plain.append(True)
    mentions = _extended(mentions, quotes, blocks, sentences)
    plain += [True] * (len(mentions) - len(plain))  # whole paragraphs of quotation that nobody is given for
    return _nested(text, _outer(mentions, plain), frozenset(toks.words))


def _limit(text: str, until: int, blocks: Sequence[Pair], quotes: Sequence[Quotation]) -> int:
    """The end of the paragraph that holds a position, or of the last one after it that its quotations may go on in."""
    at = max(0, bisect_right(blocks, (until, len(text))) - 1)
    while at + 1 < len(blocks):
        start, end = blocks[at]
        following = blocks[at + 1][0]
        within = [quote for quote in quotes if start <= quote.start < end]
        goes_on = any(quote.start == following for quote in quotes) or (within and within[-1].open)
        if not goes_on:
            return end
        at += 1
    return len(text)


def _headline(words: list[str]) -> bool:
    """Whether a sentence is printed with capitals throughout, as headlines are."""
    if len(words) < HEADLINE or words[-1] in (".", "?", "!"):
        return False
    letters = [word for word in words if word[0].isalpha()]
    return sum(word[0].isupper() for word in letters) >= 0.7 * len(letters) >= 3


def _tags(words: list[str], lower: list[str], quoted: list[int]) -> list[str]:
    """The tags of a sentence; the inside of a long quotation, where no cue is sought, is not worth tagging."""
    if _headline(words):
        known = load_tagger().tagger.known
        words = [low if low in known else word for word, low in zip(words, lower, strict=True)]
    spans: list[Pair] = []
    at = 0
    while at < len(quoted):
        end = at + 1
        if quoted[at] >= 0:
            while end < len(quoted) and quoted[end] == quoted[at]:
                end += 1
            if end - at > LONG_QUOTATION:
                spans.append((at + 1, end - 1))
        at = end
    if not spans:
        return tag(words, lower)
    kept = list(range(len(words)))
    for start, end in reversed(spans):
        del kept[start:end]
    tags = ["Q"] * len(words)
    for place, name in zip(kept, tag([words[at] for at in kept], [lower[at] for at in kept]), strict=True):
        tags[place] = name
    return tags


def _quoted(toks: Tokens, quotes: Sequence[Quotation]) -> list[int]:
    """For each word the index of the quotation it stands in (its marks included), or -1."""
    result = [-1] * len(toks.starts)
    for index, quote in enumerate(quotes):
        for at in range(bisect_left(toks.starts, quote.start), bisect_left(toks.starts, quote.end)):
            result[at] = index
    return result


def _whole_turn(text: str, mention: AttributionMention, start: int, blocks: Sequence[Pair]) -> AttributionMention:
    """A speaker's turn of a transcript, "NAME: …" at the start of a paragraph, lasts to the paragraph's end."""
    block = blocks[bisect_right(blocks, (start, 1 << 60)) - 1]
    content = mention.content
    if block[0] != start or len(content) != 1 or block[1] - content[0][1] < 3:
        return mention
    return replace(mention, content=((content[0][0], block[1] - (text[block[1] - 1] in ".!?")),))


def _holds(mention: AttributionMention, end: int) -> bool:
    """Whether a content reaches the end of a sentence that its speaker's colon begins."""
    return any(end - 1 <= last for _, last in mention.content) and mention.cue[0][1] - mention.cue[0][0] == 1


def _announced(found: Found, toks: Tokens, after: int, quotes: Sequence[Quotation], quoted: Sequence[int]) -> bool:
    """Whether a quotation follows the colon of an announcing sentence; it becomes the content."""
    if after >= len(quoted) or quoted[after] < 0 or toks.starts[after] != quotes[quoted[after]].start:
        return False
    found.quote = quoted[after]
    return True


def _mention(
    text: str,
    found: Found,
    toks: Tokens,
    lo: int,
    quotes: Sequence[Quotation],
    sentences: Sequence[Pair],
    listed: Sequence[Pair],
) -> AttributionMention:
    """Spans of the text; a content that begins within a quotation begins with it. What it announces are the items."""

    def span(pair: Pair) -> Pair:
        return toks.starts[lo + pair[0]], toks.ends[lo + pair[1] - 1]

    content = [span(pair) for pair in found.content if pair[1] > pair[0]]
    if not content and found.quote >= 0:
        content = [(quotes[found.quote].start, quotes[found.quote].end)]
    if content:
        last = content[-1][1]
        for quote in quotes:
            if (
                quote.start < last < quote.end
                and quote.end > sentences[bisect_right(sentences, (last - 1, 1 << 60)) - 1][1]
            ):
                content[-1] = (content[-1][0], quote.end)
        for quote in quotes:
            if quote.start < content[0][0] < quote.end:
                begun = sentences[bisect_right(sentences, (quote.start, 1 << 60)) - 1][0]
                content[0] = (
                    begun if found.how == "paren" and text[: quote.start].rstrip()[-1:] not in ",:" else quote.start,
                    content[0][1],
                )
    return AttributionMention(
        source=(span(found.source),) if found.source else (),
        cue=(span(found.cue),),
        content=(*content, *listed) if found.speech else tuple(content),
        direct=found.quote >= 0,
        speech=found.speech,
    )


def _extended(
    mentions: list[AttributionMention],
    quotes: Sequence[Quotation],
    blocks: Sequence[Pair],
    sentences: Sequence[Pair],
) -> list[AttributionMention]:
    """Quotations without a cue of their own join the attribution before them: '“A,” she said. “B.”'."""
    result = list(mentions)
    starts = [start for start, _ in sentences]
    block_starts = [start for start, _ in blocks]
    aside = _in_sources(result)
    taken = [any(a < q.end and q.start < b for m in mentions for a, b in m.content) for q in quotes]
    for index, quote in enumerate(quotes):
        if taken[index]:
            continue
        at = bisect_right(starts, quote.start) - 1
        if starts[at] != quote.start:
            continue
        best = None
        for number, mention in enumerate(result):
            if mention.speech and mention.content and mention.content[0][0] < quote.start and number not in aside:
                reach = max(b for role in (mention.content, mention.cue, mention.source) for _, b in role)
                if reach <= quote.start and (best is None or reach >= best[0]):
                    best = (reach, number)
        here = bisect_right(block_starts, quote.start) - 1
        whole = blocks[here][0] == quote.start and blocks[here][1] - quote.end < 2 and quote.end - quote.start > WHOLE
        if best is None:
            if whole:
                result.append(AttributionMention((), (), ((quote.start, quote.end),), direct=True))
            continue
        same_block = bisect_right(block_starts, best[0]) == bisect_right(block_starts, quote.start)
        follows = bisect_right(starts, best[0] - 1) == at
        carried = (
            index > 0
            and quotes[index - 1].open
            and bisect_right(block_starts, quotes[index - 1].start) == bisect_right(block_starts, quote.start) - 1
        )
        # a paragraph that is all quotation, right after one that quotes somebody, goes on with the same speaker
        turn = whole and bisect_right(block_starts, best[0] - 1) - 1 == here - 1 and result[best[1]].direct
        if (same_block and follows) or (carried and taken[index - 1]) or turn:
            mention = result[best[1]]
            result[best[1]] = replace(mention, content=(*mention.content, (quote.start, quote.end)))
            taken[index] = True
        elif whole:
            result.append(AttributionMention((), (), ((quote.start, quote.end),), direct=True))
    return result


def _in_sources(mentions: Sequence[AttributionMention]) -> frozenset[int]:
    """The mentions whose cue stands within another's source: “…,” said the chief, who | wanted | no part of it."""
    sources = [span for mention in mentions for span in mention.source]
    cues = ((index, mention.cue[0]) for index, mention in enumerate(mentions) if mention.cue)
    return frozenset(index for index, (start, end) in cues if any(a <= start and end <= b for a, b in sources))


def _outer(mentions: Sequence[AttributionMention], plain: Sequence[bool]) -> list[AttributionMention]:
    """Without the cues inside another's content, but for a named party's plain saying: "she said ICE told her"."""
    kept: list[int] = []
    held: list[Pair] = []
    sizes = [sum(b - a for a, b in mention.content) for mention in mentions]
    for index in sorted(range(len(mentions)), key=lambda i: (-mentions[i].direct, -sizes[i], i)):
        mention = mentions[index]
        start, end = (mention.cue or mention.content)[0]
        if plain[index] or not any(a <= start and end <= b for a, b in held):
            kept.append(index)
            held += mention.content
    return [mentions[index] for index in sorted(kept)]


def _nested(text: str, mentions: Sequence[AttributionMention], vocabulary: Set[str]) -> tuple[AttributionMention, ...]:
    """The mentions in order of their cues, each with the nearest attribution whose content holds its cue."""
    ordered = with_speakers(text, sorted(mentions, key=lambda m: (m.cue or m.content)[0]), vocabulary)
    sizes = [sum(b - a for a, b in mention.content) for mention in ordered]
    pieces = [(a, b, index) for index, mention in enumerate(ordered) for a, b in mention.content]
    result = []
    for index, mention in enumerate(ordered):
        start, end = (mention.cue or mention.content)[0]
        around = [
            (sizes[other], other)
            for a, b, other in pieces
            if a <= start and end <= b and other != index and (sizes[other], other) > (sizes[index], index)
        ]
        result.append(replace(mention, parent=min(around)[1]) if around else mention)
    return tuple(result)


def chain(mentions: Sequence[AttributionMention], start: int, end: int) -> tuple[int, ...]:
    """Indexes of the attributions whose content holds the span, outermost first."""
    holding = [
        (sum(b - a for a, b in mention.content), -index, index)
        for index, mention in enumerate(mentions)
        if any(a <= start and end <= b for a, b in mention.content)
    ]
    return tuple(index for _, _, index in sorted(holding, reverse=True))


def unclaimed(text: str, mentions: Sequence[AttributionMention], start: int, end: int) -> bool:
    """Whether the span stands in quotation marks that no attribution claims.

    Use it where :func:`chain` is empty, so that such words are not taken for the text's own voice. Quotation marks
    around a few words (scare quotes, titles) count as well.
    """
    if chain(mentions, start, end):
        return False
    return any(quote.start <= start and end <= quote.end for quote in _quotations(text))


@lru_cache(maxsize=8)
def _quotations(text: str) -> tuple[Quotation, ...]:
    return quotations.find(text)
