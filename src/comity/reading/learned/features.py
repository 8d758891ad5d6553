"""What the weights look at: features of a sentence, of a word as an act's head, of a mention as its subject.

Pure, and the same when weights are trained and when they are used. A feature is a string: its kind, a colon, what is
there. The ideas are those of event extraction with linear models (Ji and Grishman 2008; Li, Ji and Huang 2013).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from comity.reading.learned.words import MENTION, VERBS, Item
from comity.reading.mentions import Mention

__all__ = [
    "Candidate",
    "Named",
    "firm_features",
    "head_features",
    "item_features",
    "matter_features",
    "sentence_features",
    "subject_features",
    "voice_features",
]

_EDGES = frozenset(',."()“”;:—–-')
_PRONOUNS = frozenset({"PRP", "PRP$", "WP"})
_RELATIVES = frozenset({"WP", "WRB", "WDT", "WP$"})
_QUOTE = '"'
_NEAR = 6  # words to either side that tell how firm an act is
_TAIL = 3  # letters that a stem ends on
_AROUND = 14  # words to either side that tell whether one is an act's head


def _general(item: Item) -> str:
    """A mention as any government, federal body or other; any other item by its stem."""
    if item.tag != MENTION or item.stem in ("<federal>", "<other>"):
        return item.stem
    return "<gov>"


def sentence_features(
    items: Sequence[Item], before: Sequence[Item], proposed: Sequence[str], topical: Sequence[str]
) -> list[str]:
    """Of a sentence as a whole: its words, neighbours in it, the words of the sentence before, the rules that speak.

    ``proposed`` are the ids of the rules that found a frame in it, ``topical`` says how near the topic's words stand.
    """
    words = [_general(item) for item in items if item.tag not in _EDGES]
    telling = [_general(item) for item in items if item.told]
    return list(
        dict.fromkeys(
            [
                *(f"w:{word}" for word in words),
                *(f"k:{item.stem}" for item in items if item.mention),
                *(f"f:{family}" for item in items for family in item.families),
                *(f"2:{one} {two}" for one, two in pairwise(words)),
                *(f"3:{one} {two} {three}" for one, two, three in zip(words, words[1:], words[2:], strict=False)),
                *(f"t:{one} {two}" for one, two in pairwise(telling)),
                *(f"s:{one} {two}" for one, two in zip(telling, telling[2:], strict=False)),
                *(f"b:{_general(item)}" for item in before if item.told),
                *(f"r:{rule}" for rule in proposed),
                *(f"p:{rule.partition('.')[0]}" for rule in proposed),
                *(f"a:{part}" for part in sorted({item.said for item in items})),
                *(f"n:{how}" for how in topical),
                *(() if before else ("opens",)),
            ]
        )
    )


def item_features(item: Item) -> list[str]:
    """Of an item by itself: its word, tag and families, its part in what is said; of a mention its kind."""
    general = _general(item)
    folded = item.stem.startswith("<")
    return [
        f"w:{general}",
        f"k:{item.stem}" if folded else f"l:{item.low}",
        f"g:{item.tag}",
        f"a:{item.said}",
        *(f"f:{family}" for family in item.families),
        *(() if folded else (f"x:{item.stem[-_TAIL:]}",)),
    ]


def _beside(items: Sequence[Item], at: int) -> tuple[int | None, int | None, int | None]:
    """By a light look, the noun before a word and the one after it, and the verb that governs it, as indexes."""
    clause = items[at].clause
    subject = next((k for k in range(at - 1, -1, -1) if _noun(items[k]) and items[k].clause == clause), None)
    if subject is None:
        subject = next((k for k in range(at - 1, -1, -1) if _noun(items[k])), None)
    governing = next((k for k in range(at - 1, -1, -1) if items[k].acts and items[k].clause == clause), None)
    following = None
    for k in range(at + 1, min(len(items), at + 10)):
        if _noun(items[k]):
            following = k
            while following + 1 < len(items) and items[following + 1].tag in ("N", "NP"):
                following += 1
            break
        if items[k].acts and k > at + 1:
            break
    return subject, following, governing


def _noun(item: Item) -> bool:
    return item.tag in ("N", "NP", MENTION)


def head_features(items: Sequence[Item], at: int) -> list[str]:
    """Of a word as the head of an act: itself, its neighbours, what stands in its clause."""
    item = items[at]
    last = len(items)

    def stem(k: int) -> str:
        return _general(items[k]) if 0 <= k < last else "|"

    beside = _beside(items, at)
    subject, following, governing = (_general(items[k]) if k is not None else "-" for k in beside)
    word = item.stem
    found = [
        f"w:{word}",
        f"W:{item.low}",
        f"g:{item.tag}",
        f"-1:{stem(at - 1)}",
        f"+1:{stem(at + 1)}",
        f"-2:{stem(at - 2)}",
        f"+2:{stem(at + 2)}",
        f"-:{stem(at - 1)} {word}",
        f"+:{word} {stem(at + 1)}",
        f"n:{subject}",
        f"o:{following}",
        f"v:{governing}",
        f"wn:{word} {subject}",
        f"wo:{word} {following}",
        f"wv:{word} {governing}",
        f"verb:{item.acts}",
        f"a:{item.said}",
        f"aw:{item.said} {word}",
        f"as:{item.said} {any(other.said == 'content' for other in items)}",
        *(f"wf:{family}" for family in item.families),
        *(f"{side}f:{family}" for side, k in zip("nov", beside, strict=True) if k for family in items[k].families),
    ]
    seen: set[str] = set()
    families: dict[str, None] = {}
    for k in range(max(0, at - _AROUND), min(last, at + _AROUND + 1)):
        other = items[k]
        name = _general(other)
        if k == at or name in seen or not other.told:
            continue
        seen.add(name)
        if other.clause == item.clause:
            found += (f"c:{name}", f"c{'<' if k < at else '>'}:{name}", f"wc:{word} {name}")
            families.update(dict.fromkeys(other.families))
        else:
            found.append(f"d:{name}")
    return [*found, *(f"cf:{family}" for family in families)]


def matter_features(items: Sequence[Item], where: str) -> list[str]:
    """Of a sentence, what it is about: its telling words and their families; ``where`` says which sentence it is."""
    told = [item for item in items if item.told]
    return list(
        dict.fromkeys(
            [
                *(f"{where}:{_general(item)}" for item in told),
                *(f"{where}f:{family}" for item in told for family in item.families),
            ]
        )
    )


def firm_features(items: Sequence[Item], at: int, label: str, judged: Sequence[str]) -> list[str]:
    """Of an act's head, for whether it is denied and how firmly it is told; ``judged`` is what the words alone say."""
    head = items[at]
    chain: list[str] = []
    for k in range(at - 1, max(-1, at - 5), -1):
        if not _aside(items[k]):
            break
        chain.append(items[k].low)
    told = [*(f"j:{word}" for word in judged), f"x:{' '.join(chain)}", *(f"y:{word}" for word in chain)]
    told += [f"w:{head.stem}", f"W:{head.low}", f"g:{head.tag}", f"a:{label}"]
    for k in range(max(0, at - _NEAR), min(len(items), at + _NEAR + 1)):
        if k != at:
            told.append(f"{'<' if k < at else '>'}:{items[k].low}")
    for item in items:
        if not item.told and item.tag not in _EDGES and item.mention is None:
            told.append(f"{'c' if item.clause == head.clause else 'd'}:{item.low}")
    return told


def _aside(item: Item) -> bool:
    """Whether an item is an auxiliary, or can stand between one and its verb: "not", "to", "already"."""
    return item.tag in ("MD", "TO", "RB") or (item.tag in VERBS and not item.acts)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mention as the subject of an act: where it stands among the items, else how far before them.

    ``rank`` counts those outside the sentence, the nearest first; ``back`` is how many sentences before it stands, 0
    inside or far away.
    """

    mention: Mention
    at: int | None = None
    rank: int = 0
    back: int = 0


class Named(NamedTuple):
    """How a text names a candidate: how often, whether as often as any other, whether first of all.

    ``leads`` says whether it is the first that its sentence names, where it stands before the one asked about.
    """

    often: int
    most: bool
    opening: bool
    leads: bool


def subject_features(
    items: Sequence[Item], at: int, one: Candidate, inside: int, named: Named
) -> tuple[list[str], list[str]]:
    """Of a mention as the subject of the act whose head is ``items[at]``; those that tell most of single acts last.

    ``inside`` is how many candidates its sentence has.
    """
    head = items[at]
    subject, following, _ = _beside(items, at)
    pronoun = next((item.low for item in items if item.clause == head.clause and item.tag in _PRONOUNS), "-")
    passive = head.tag == "VBN"
    plain = [f"kind:{one.mention.kind}", f"definite:{one.mention.definite}"]
    lexical: list[str] = []
    if one.at is None:
        near = _general(items[subject]) if subject is not None and items[subject].clause == head.clause else "-"
        plain += [
            f"back:{one.back}",
            f"rank:{one.rank}",
            f"rank in:{one.rank} {min(inside, 3)}",
            f"pronoun:{pronoun}",
            f"noun:{near}",
            f"kind noun:{one.mention.kind} {near}",
            f"kind pronoun:{one.mention.kind} {pronoun}",
            f"named:{min(named.often, 4)}",
            f"most:{named.most}",
            f"opening:{named.opening}",
            f"leads:{named.leads} {one.back}",
            f"leads pronoun:{named.leads} {pronoun}",
            f"most opening:{named.most} {named.opening} {min(inside, 1)}",
        ]
        lexical = ["out", f"out {min(inside, 2)}"]
    else:
        side = "<" if one.at < at else ">"
        same = items[one.at].clause == head.clause
        between = items[min(one.at, at) + 1 : max(one.at, at)]
        others = sum(item.mention is not None and item.mention.kind != "federal" for item in between)
        before = items[one.at - 1].low if one.at else "|"
        after = items[one.at + 1].low if one.at + 1 < len(items) else "|"
        plain += [
            f"side:{side}{same}",
            f"others:{side}{min(others, 4)}",
            f"far:{side}{min(len(between) // 2, 8)}",
            f"before:{side}{before}",
            f"after:{side}{after}",
            f"both:{side}{before} {after}",
            f"passive:{side}{passive}",
            f"acts between:{side}{min(3, sum(item.acts for item in between))}",
            f"kind side:{one.mention.kind}{side}{same}",
            f"pronoun side:{pronoun}{side}",
            f"inside:{side}{min(inside, 4)}",
            f"governed:{side}{next((item.stem for item in reversed(items[: one.at]) if item.acts), '|')}",
            f"first:{one.at == next(k for k, item in enumerate(items) if item.mention is not None)}",
            f"said:{items[one.at].said} {head.said}",
        ]
        plain += [f"between:{side}{item.stem}" for item in (*between[:1], *between[-1:])]
        if len(between) <= 3:
            plain.append(f"path:{side}{' '.join(item.stem for item in between)}")
        lexical = [f"side:{side}{same}", f"others:{side}{min(others, 2)}", f"after:{side}{after}"]
        if one.at == subject:
            plain.append(f"noun before:{passive}")
            lexical.append("noun before")
        if one.at == following:
            plain.append(f"noun after:{passive}")
            lexical.append("noun after")
    return plain, lexical


def _way_to(items: Sequence[Item], at: int) -> list[str]:
    """How an act's head hangs in what is said: the cues beside it, what opens its clause, the relative between them."""
    head = items[at]
    cue = next((k for k in range(at - 1, -1, -1) if items[k].said == "cue"), None)
    after = next((item.stem for item in items[at + 1 :] if item.said == "cue"), "-")
    opens = next(k for k in range(at + 1) if items[k].clause == head.clause)
    inside = [k for k in range((cue if cue is not None else -1) + 2, at) if items[k].tag in _RELATIVES]
    hung = items[inside[-1] - 1].stem if inside and inside[-1] else "-"
    before = items[cue].stem if cue is not None else "-"
    chain = [item.low for item in items[max(0, at - 3) : at]]
    return [
        f"cue:{before}",
        f"cue after:{after}",
        f"cues:{before} {after}",
        f"opens:{items[opens].low}",
        f"opens 2:{' '.join(item.low for item in items[opens : opens + 2])}",
        f"hung:{hung}",
        f"hung cue:{bool(inside)} {before}",
        f"hung said:{bool(inside)} {head.said} {head.tag}",
        *(f"near:{' '.join(chain[-k:])}" for k in range(1, len(chain) + 1)),
        f"clauses:{min(4, head.clause - items[cue].clause) if cue is not None else '-'} {head.said}",
    ]


def voice_features(
    items: Sequence[Item], at: int, predicate: str, before: Sequence[Item], heard: str
) -> tuple[list[str], list[str]]:
    """Of an act's head, for whether it is somebody's claim or the outlet's own; those of the sentence before last.

    ``before`` is the sentence before; ``heard`` is the voice that the rules hear (see :mod:`comity.reading.voice`).
    """
    head = items[at]
    quoted = sum(item.low == _QUOTE for item in items[:at]) % 2 == 1
    own = [
        f"a:{head.said}",
        f"as:{head.said} {sorted({item.said for item in items})}",
        f"q:{quoted}",
        f"p:{predicate}",
        f"w:{head.stem}",
        f"g:{head.tag}",
        f"W:{head.low}",
        f"h:{heard}",
        f"ha:{heard} {head.said} {quoted}",
        f"first:{items[0].low}",
        f"tags:{' '.join(item.tag for item in items[:3])}",
    ]
    for k, item in enumerate(items):
        side = "<" if k < at else ">"
        own.append(f"m{side}:{_general(item)}" if item.mention is not None else f"{side}:{item.low}")
    own += [f"2:{one.low} {two.low}" for one, two in pairwise(items)]
    own += [f"v:{item.stem}" for item in items if item.acts and item.clause != head.clause]
    own += _way_to(items, at)
    earlier = [f"b:{item.low}" for item in before]
    earlier += [f"b2:{one.low} {two.low}" for one, two in pairwise(before)]
    earlier.append(f"bq:{any(item.low == _QUOTE for item in before)}" if before else "opens")
    return list(dict.fromkeys(own)), list(dict.fromkeys(earlier))
