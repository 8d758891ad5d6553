"""Who a source is: whether it is named, and whom "he", "who", "Ruiz" or "the sheriff" refers back to.

Use :func:`with_speakers` on the mentions of a text in order. An antecedent is given only where it is clear: the nearest
earlier source that fits the pronoun, the fuller form of a surname, the name that carries the title. Nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from functools import lru_cache
from typing import Any, NamedTuple

from comity.model import AttributionMention, Pair
from comity.reading.attribution.topics import topic
from comity.vocabulary import language

__all__ = ["is_named", "with_speakers"]

REACH = 700  # characters back to which a pronoun looks: about three paragraphs
_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
_APPOSED = re.compile(r"(?<!\w)(?P<name>[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){1,3}), $")
_PERSONS = frozenset({"he", "she"})
_HEAD = re.compile(r",| (?:of|for|with|at|in|from|on|who|which|that|to|and) ")


class _Known(NamedTuple):
    pronouns: Mapping[str, tuple[frozenset[str], bool]]
    plural: frozenset[str]
    bodies: frozenset[str]
    determiners: frozenset[str]
    honorifics: frozenset[str]
    articles: frozenset[str]


@lru_cache(maxsize=1)
def _known() -> _Known:
    data: Mapping[str, Any] = language("attribution")
    return _Known(
        {name: (frozenset(entry["not"]), bool(entry["plural"])) for name, entry in data["speakers"].items()},
        frozenset(data["plural-sources"]),
        frozenset(data["bodies"]),
        frozenset(data["determiners"]),
        frozenset(data["honorifics"]),
        frozenset(data["articles"]),
    )


def is_named(source: str) -> bool:
    """Whether a source is named: "Sheriff Dana Holt", "ICE", "Ruiz’s office"; not "a teacher", "officials in Ohio"."""
    head = _HEAD.split(source.strip(), maxsplit=1)[0]
    words = _WORD.findall(head)
    if not words or words[0].lower() in ("a", "an"):
        return False
    last = words[-1]
    if last[0].isupper() and not (
        len(words) == 1 and (last.lower() in _known().pronouns or last.lower() in _known().plural)
    ):
        return not (last.lower() in _known().plural or last.lower() in _known().determiners or last == "I")
    return bool(re.search(r"[A-Z][\w.-]*(?:['’]s|s['’]) ", head))


def with_speakers(text: str, mentions: Sequence[AttributionMention], vocabulary: Set[str]) -> list[AttributionMention]:
    """The mentions with ``named`` set, and ``speaker`` where a pronoun or bare source has a clear antecedent."""
    result: list[AttributionMention] = []
    names: dict[str, list[tuple[str, Pair]]] = {}
    for mention in mentions:
        if not mention.source:
            result.append(mention)
            continue
        source = text[mention.source[0][0] : mention.source[-1][1]]
        speaker = _speaker(text, mention, source, result, names)
        full = text[speaker[0] : speaker[1]] if speaker is not None else source
        # a lone capitalised word is a common noun where the text has it in lower case: "Mayor: city will not comply"
        named = is_named(full) and not (" " not in full and full[:1].isupper() and full.lower() in vocabulary)
        head = _HEAD.split(full, maxsplit=1)[0]
        words = _WORD.findall(head)
        if len(words) > 1:
            begun = speaker[0] if speaker is not None else mention.source[0][0]
            names.setdefault(words[-1], []).append((head, (begun, begun + len(head))))
        result.append(replace(mention, named=named, speaker=speaker))
    return result


def _head_word(source: str) -> str:
    words = _WORD.findall(_HEAD.split(source.strip(), maxsplit=1)[0])
    return words[-1].lower() if words else ""


def _speaker(
    text: str,
    mention: AttributionMention,
    source: str,
    earlier: Sequence[AttributionMention],
    names: Mapping[str, list[tuple[str, Pair]]],
) -> Pair | None:
    low = source.lower().strip(" ,")
    if low in ("who", "which"):
        return _antecedent_of_who(text, mention.source[0][0])
    if low in _known().pronouns:
        return _meant(text, mention, low, earlier)
    words = _WORD.findall(source)
    if not words or len(words) > 3:
        return None
    if words[-1][0].isupper():
        return _fuller_name(names.get(words[-1], ()), words, len(source.strip(" ,")))
    if words[0].lower() == "the" and len(words) == 2:
        return _titled(text, words[1], earlier)
    return None


def _antecedent_of_who(text: str, at: int) -> Pair | None:
    """The name or short noun phrase right before "who": "Dana Holt, who", "the county sheriff, who"."""
    before = text[max(0, at - 120) : at].rstrip(" ,—–-")
    words = before.split(" ")
    count = 0
    while count < len(words) and words[-1 - count][:1].isupper() and not (count and words[-1 - count].endswith(",")):
        count += 1
    if count == 0:
        articles = [back for back in range(2, 5) if back <= len(words) and words[-back].lower() in _known().articles]
        if not articles or not all(word.replace("-", "").isalpha() for word in words[-articles[0] :]):
            return None
        count = articles[0]
        named = _APPOSED.search(before[: len(before) - len(" ".join(words[-count:]))])
        if named is not None:
            return max(0, at - 120) + named.start("name"), max(0, at - 120) + named.end("name")
    end = max(0, at - 120) + len(before)
    return end - len(" ".join(words[-count:])), end


def _meant(text: str, mention: AttributionMention, pronoun: str, earlier: Sequence[AttributionMention]) -> Pair | None:
    """The nearest earlier source that the pronoun can mean, or what a sentence since then is about."""
    here = mention.source[0][0]
    source = _antecedent(text, mention, pronoun, earlier)
    since = topic(text, pronoun, max(0, here - REACH) if source is None else source[1], here)
    if since is None:
        return source
    words = _WORD.findall(text[slice(*since)])
    if _known().pronouns[pronoun][0] & {word.lower() for word in words}:
        return source
    named = _titled(text, words[1], earlier) if len(words) == 2 and words[0].lower() == "the" else None
    return named or since


def _antecedent(
    text: str, mention: AttributionMention, pronoun: str, earlier: Sequence[AttributionMention]
) -> Pair | None:
    """The nearest earlier source that the pronoun can mean."""
    unfit, plural = _known().pronouns[pronoun]
    here = mention.source[0][0]
    for other in reversed(earlier):
        if not other.source or not other.cue or here - other.cue[-1][1] > REACH:
            if other.source:
                return None
            continue
        if other.source[0][0] >= here:
            continue
        span = other.speaker or (other.source[0][0], other.source[-1][1])
        own = text[other.source[0][0] : other.source[-1][1]].lower().strip(" ,")
        if own in _known().pronouns and own != pronoun:
            continue
        if own in _known().pronouns and other.speaker is None:
            return None
        words = {word.lower().strip(".") for word in _WORD.findall(text[slice(*span)])}
        if words & unfit:
            continue
        many = _head_word(text[slice(*span)]) in _known().plural
        body = bool(words & _known().bodies) or text[slice(*span)].isupper()
        if plural != (many or (plural and body)):
            continue
        if pronoun in _PERSONS and (text[slice(*span)].isupper() or _head_word(text[slice(*span)]) in _known().bodies):
            continue
        if pronoun == "it" and other.content and other.content[0][0] < other.source[0][0]:
            continue  # "…, the Herald reported. It …": whoever is named after the words isn't what they are about
        return span
    return None


def _fuller_name(earlier: Sequence[tuple[str, Pair]], words: Sequence[str], length: int) -> Pair | None:
    """The earlier source that gives the whole name, "Police Chief Ana Ruiz" for "Ruiz"; None if two people share it.

    All its words must be there: "Denton County" is not what "Grayson County" is short of.
    """
    short = [word for word in words if word.lower().rstrip(".") not in _known().honorifics]
    fuller = [(head, span) for head, span in earlier if len(head) > length and set(short) <= set(_WORD.findall(head))]
    return fuller[0][1] if fuller and all(head == fuller[0][0] for head, _ in fuller) else None


def _titled(text: str, role: str, earlier: Sequence[AttributionMention]) -> Pair | None:
    """The earlier source whose name carries the title: "Mayor Ana Ruiz" for "the mayor"."""
    found: set[Pair] = set()
    for other in earlier:
        span = other.speaker or ((other.source[0][0], other.source[-1][1]) if other.source else None)
        if span is None:
            continue
        words = _WORD.findall(text[slice(*span)])
        if len(words) > 2 and is_named(text[slice(*span)]) and any(word.lower() == role for word in words):
            found.add(span)
    names = {text[slice(*span)] for span in found}
    return min(found) if len(names) == 1 else None
