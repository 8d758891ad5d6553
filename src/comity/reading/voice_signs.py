"""The signs by which voice is judged, as patterns; their words are ``data/language/voice.yml``."""

from __future__ import annotations

import re
from functools import lru_cache

from comity.vocabulary import language

__all__ = ["sign"]

_WORDS = r"\b(?:{})\b"
# the noun that heads a source is the rule: "a 2014 policy", "the text of the law", not "supporters of the bill"
_OF = "|".join(
    f"(?<={noun})" for noun in ("text", "copy", "draft", "adoption", "passage", "repeal", "terms", "language")
)
_HEADING = rf"^(?:(?!\s(?:of|for|against|behind|on|under|by|with|to)\s)[^,]|(?:{_OF})\sof)*?"
_AFTER = "that|which|adopted|passed|signed|issued|approved|enacted|on"
_SHAPES = {  # how the words of an entry become a pattern; without an entry here they are one
    "hearsay": _WORDS,
    "acts": _WORDS,
    "orders": _WORDS,
    "claims": _WORDS,
    "weighs": _WORDS,
    "asking": _WORDS,
    "further": _WORDS,
    "stands": r"\b(?:{})[.?!][”\"’]?$",
    "moved-back": r"\b(?:{})",
    "rules": _HEADING + r"\b(?:{})(?: (?:No\.? )?[\d.-]+)?(?:$|,| (?:" + _AFTER + r")\b)",
    "nobody": r"(?:{})\b",
    "open": r"(?:{})\b",
    "opener": r"(?:{})\b",
}
_CASED = frozenset({"headline", "cut-short"})


@lru_cache(maxsize=64)
def sign(name: str) -> re.Pattern[str]:
    """The pattern of an entry of ``voice.yml``. A list over several lines may break before its bars."""
    data = language("voice")
    if name == "speech":
        shape, words = rf"\b(?:(?:{{}})\b[^;.“”\"]{{{{0,60}}}}?\bthat|(?:{data['says']}))\b", data["speech"]
    elif name in ("unasked", "unsaid"):
        shape, words = rf"(?:{{}}).*\b(?:{data['asking' if name == 'unasked' else 'saying']})\b", data["not"]
    else:
        shape, words = _SHAPES.get(name, "{}"), data[name]
    if name in _SHAPES or name == "speech":
        words = " ".join(words.split()).replace(" |", "|").replace(" ", r"\s+")
    return re.compile(shape.format(words), re.NOFLAG if name in _CASED else re.IGNORECASE)
