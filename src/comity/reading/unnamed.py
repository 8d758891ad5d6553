"""Whom a sentence doesn't name: acts that are told of one, of some or of many that no name stands for, or of others.

Whoever the text is about acts in none of these, so an act that they tell isn't laid on a subject from outside its
words. Four questions ask of whom the act is told, by where the words stand that say so:

- :func:`of_one`: one without a name opens the clause and acts ("a Texas county ended its contract");
- :func:`of_any`: the clause is about whoever is such a one ("agencies that sign agreements");
- :func:`of_others`: before the act, who acts: many that are counted ("several counties have passed"), one that only its
  state names, another government by the topic's own words ("the president signed an order that");
- :func:`of_many`: anywhere in the clause, on whom one acts: a plural ("threatened 23 jurisdictions").

:func:`region` tells a state's name that only says where such many lie. Words are ``data/language/definite.yml``.
"""

from __future__ import annotations

import re
from functools import lru_cache

from comity.gazetteer import states
from comity.model import Pair
from comity.reading.mentions import Mention, spaced
from comity.reading.patterns import MARKS, Folded, compile_pattern
from comity.vocabulary import Predicate, Vocabulary, language

__all__ = ["of_any", "of_many", "of_one", "of_others", "region"]

_REACH = 40  # characters behind a clause in which "if cities refuse" says of whom it tells
_BREAK = re.compile(r"[.,;:—\n]")
_DEFINITE = re.compile(r"\b[Tt]he (?:\w+ )?$")  # "the Ohio city" is one that was named


def _one() -> str:
    """The nouns for one that may act, as a pattern."""
    return spaced(language("definite")["somebody"])


@lru_cache(maxsize=1)
def _somebody() -> re.Pattern[str]:
    goes_on = r"in|near|outside|that|which|where|(?:also\s+)?[a-z]+(?:s|ed)|will|would|could|may|might|can|had"
    return re.compile(
        rf"\W*(?:[^,;:]{{1,40}}\s(?:say|says|said)\s(?:that\s)?)?(?:an?|one|another)\s+(?:[\w'’.-]+\s+){{0,3}}?"
        rf"(?:{_one()})(?:\s+(?:{goes_on})\b|(?:\s+[a-z]+ly|\s+also|\s+already)*\s*$)",
        re.IGNORECASE,
    )


def of_one(text: str, clause: Pair, head: int) -> bool:
    """Whether the clause of an act tells it of one that isn't named: "a Texas county ended its contract"."""
    return _somebody().match(text, clause[0], head) is not None


@lru_cache(maxsize=1)
def _anybody() -> re.Pattern[str]:
    plurals = language("definite")["anybody"]
    return re.compile(rf"\b(?:{plurals})\s+(?:[\w'’-]+\s+){{0,4}}?(?:that|who|which)\b[^,;:.—]*$", re.IGNORECASE)


def of_any(text: str, sentence: Pair, head: int) -> bool:
    """Whether the words of a sentence before an act tell it of whoever does it: "agencies that sign agreements"."""
    return _anybody().search(text, sentence[0], head) is not None


@lru_cache(maxsize=1)
def _counted() -> re.Pattern[str]:
    """Governments that are counted or sorted and not named, as the subject of the clause that goes on to the act.

    "Several counties have", "So-called sanctuary cities are".
    """
    data = language("definite")
    opens = (
        r"(?:^(?:[•*·▪–—-]\s?)?|[,;:—–]\s|\b(?:that|while|as|and|but|because|though|although|where|since)\s)(?:\w+,\s)?"
    )
    counted = rf"(?:{data['quantities']})\s+(?:[\w’'-]+\s){{0,4}}?(?:{data['governments']})\b(?!\s+of\b)"
    groups = data["groups"]
    kinds = rf"(?:[“\"‘']?(?:{groups['kinds']})[”\"’']?\s+)+[“\"‘']?(?:{groups['plural']})"
    goes_on = r"(?:\s(?:or|and)\s\w+)?[”\"’']?\s+(?:have|had|could|may|might|will|would|can|risk|face|(?:are|were)\s\w)"
    sort = rf"{kinds}{goes_on}[^{''.join(MARKS)},;:.—]*$"
    return re.compile(rf"{opens}(?:{counted}[^,;:.—]*$|{sort})", re.IGNORECASE)


@lru_cache(maxsize=1)
def _of_state() -> re.Pattern[str]:
    """One that only its state names, without an article, as headlines have it: "Michigan police department joins"."""
    names = "|".join(re.escape(state.name) for state in states.lexicon().values())
    return re.compile(rf"\b(?:{names})\s+(?i:{_one()})\s+(?:(?:[a-z]+(?:s|ed)|to|will|had|may)\b|$)")


def of_others(folded: Folded, head: Pair, predicate: Predicate, vocabulary: Vocabulary) -> bool:
    """Whether a sentence tells its act as that of others, as far as the words before the act's head say so.

    Many that are counted, one that only its state names, or whoever the predicate's ``others`` name.
    """
    before = folded.at(head[0])
    if _counted().search(folded.text, 0, before):
        return True
    for one in _of_state().finditer(folded.text, 0, before):
        if not _DEFINITE.search(folded.text, 0, one.start()):
            return True
    found = (compile_pattern(pattern, vocabulary).search(folded.text) for pattern in predicate.others)
    return any(match is not None and match.start() <= before for match in found)


@lru_cache(maxsize=1)
def _groups() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A plural that names nobody, and the pronouns beside which somebody is meant all the same."""
    data = {name: words.replace(" ", r"\s+") for name, words in language("definite")["groups"].items()}
    mark = "[“”\"‘’']?"
    kind = rf"(?:{mark}(?:{data['kinds']}){mark}\s+)"
    plural = rf"{kind}{{0,2}}{mark}(?:{data['plural']})"
    many = rf"(?<![\w$])(?:(?P<defined>{data['defined']})\s+)?{data['many']}\s+(?:[\w-]+,?\s+){{0,7}}?{plural}"
    bare = rf"\b(?:(?:{data['before']})\s+{plural}|of\s+(?={kind}){plural})"
    return (
        re.compile(rf"(?:{many}|{bare})\b", re.IGNORECASE),
        re.compile(rf"\b(?:{data['pronouns']})\b", re.IGNORECASE),
    )


def of_many(text: str, clause: Pair, head: Pair) -> bool:
    """Whether the clause of an act tells it of many whom it doesn't name, so that whom the text is about isn't meant.

    They are those on whom one acts, before or behind it: "The department threatened 23 jurisdictions with subpoenas",
    "It may cut off money for cities that refuse". A pronoun before the act says that somebody is meant after all.
    """
    group, pronoun = _groups()
    end = _BREAK.search(text, max(clause[1], head[1]))
    reach = (clause[0], min(end.start() if end else len(text), clause[1] + _REACH))
    many = any(found["defined"] is None for found in group.finditer(text, *reach))
    return many and pronoun.search(text, clause[0], head[1]) is None


@lru_cache(maxsize=1)
def _regions() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What before and behind a state's name says that it is only where many lie."""
    plural = language("definite")["groups"]["plural"]
    within = (
        rf"(?:{plural})\s+(?:in|across|throughout)\s+(?:(?:[A-Z][\w.]*\s?){{1,3}},\s+|and\s+|the\s+state\s+of\s+)*$"
    )
    return re.compile(rf"\b{within}", re.IGNORECASE), re.compile(rf"\s+(?:{plural})\b", re.IGNORECASE)


def region(text: str, mention: Mention) -> bool:
    """Whether a state's name only says where many lie who aren't named: "four cities in Ohio", "Ohio mayors"."""
    if mention.kind != "state" or mention.definite:
        return False
    before, behind = _regions()
    start = mention.start
    return behind.match(text, mention.end) is not None or before.search(text, max(0, start - 80), start) is not None
