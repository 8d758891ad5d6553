"""Whose act a sentence tells that names nobody: not always that of whoever the text is about.

Many may act that it doesn't name ("several counties have passed …"), or another government ("the president signed an
order that …"). Use it before an act is laid on a subject from outside its sentence.
"""

from __future__ import annotations

import re
from functools import lru_cache

from comity.gazetteer import states
from comity.model import Pair
from comity.reading.patterns import Folded, compile_pattern
from comity.vocabulary import Predicate, Vocabulary, language

__all__ = ["of_others"]


@lru_cache(maxsize=1)
def _many() -> re.Pattern[str]:
    """Governments that are counted and not named, as the subject of the clause that goes on to the act."""
    data = language("definite")
    opens = (
        r"(?:^(?:[•*·▪–—-]\s?)?|[,;:—–]\s|\b(?:that|while|as|and|but|because|though|although|where|since)\s)(?:\w+,\s)?"
    )
    counted = rf"(?:{data['quantities']})\s+(?:[\w’'-]+\s){{0,4}}?(?:{data['governments']})\b(?!\s+of\b)"
    return re.compile(rf"{opens}{counted}[^,;:.—]*$", re.IGNORECASE)


_DEFINITE = re.compile(r"\b[Tt]he (?:\w+ )?$")  # "the Ohio city" is one that was named


@lru_cache(maxsize=1)
def _of_state() -> re.Pattern[str]:
    """One that only its state names, without an article, as headlines have it: "Michigan police department joins"."""
    names = "|".join(re.escape(state.name) for state in states.lexicon().values())
    one = " ".join(language("definite")["somebody"].split()).replace(" |", "|").replace(" ", r"\s+")
    return re.compile(rf"\b(?:{names})\s+(?i:{one})\s+(?:(?:[a-z]+(?:s|ed)|to|will|had|may)\b|$)")


def of_others(folded: Folded, head: Pair, predicate: Predicate, vocabulary: Vocabulary) -> bool:
    """Whether the sentence tells its act of others, as far as the words before the act's head say so."""
    before = folded.at(head[0])
    if _many().search(folded.text, 0, before):
        return True
    for one in _of_state().finditer(folded.text, 0, before):
        if not _DEFINITE.search(folded.text, 0, one.start()):
            return True
    found = (compile_pattern(pattern, vocabulary).search(folded.text) for pattern in predicate.others)
    return any(match is not None and match.start() <= before for match in found)
