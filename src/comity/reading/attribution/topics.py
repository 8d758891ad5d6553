"""What sentences are about, for pronouns that say something: "The complaint runs to 40 pages. It alleges that …".

Use :func:`topic` for the last sentence before a pronoun that begins with what the pronoun can mean. It looks no further
than the pronoun's paragraph, or where nothing stands before it there, the last sentence of the paragraph before.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from comity.model import Pair
from comity.vocabulary import language

__all__ = ["topic"]

_START = r"(?:^|[.!?][”\"’]?\s+|[—–]\s+)"
_NAME = r"[A-Z][\w'’-]+(?: [A-Z]\.)?(?: [A-Z][\w'’-]+){1,2}"


def topic(text: str, pronoun: str, start: int, here: int) -> Pair | None:
    """The noun phrase that the last fitting sentence between ``start`` and ``here`` begins with."""
    pattern = _patterns().get(pronoun)
    if pattern is None:
        return None
    own = _own_subject(text, pronoun, here)
    if own is not None:
        return own
    paragraph = text.rfind("\n", 0, here) + 1
    sentence = _last_start(text, paragraph, here)
    begin, end = max(start, paragraph), sentence
    if sentence == paragraph:
        end = max(0, paragraph - 1)
        while end and text[end - 1].isspace():
            end -= 1
        begin = max(start, _last_start(text, text.rfind("\n", 0, end) + 1, end))
    found = list(pattern.finditer(text, begin, end))
    if found:
        return found[-1].span(found[-1].lastgroup or 0)
    named = list(_officer().finditer(text, max(begin, _last_start(text, begin, end - 1)), end))
    return named[0].span("name") if len(named) == 1 and pronoun in ("he", "she") else None


def _own_subject(text: str, pronoun: str, here: int) -> Pair | None:
    """The person that the pronoun's own sentence begins with: "Gov. Ann Roe posted a letter in which she wrote"."""
    if pronoun not in ("he", "she"):
        return None
    start = _last_start(text, text.rfind("\n", 0, here) + 1, here)
    owner = _OWNER.match(text, start, here)
    if owner is not None and owner.end() == here:
        return owner.span("name")
    if not _IN_WHICH.search(text, max(0, here - 12), here):
        return None
    found = _SUBJECT.match(text, start, here)
    if found is None or found["name"].split()[0].lower() in language("attribution")["not-persons"]:
        return None
    return found.span("name")


_IN_WHICH = re.compile(r"\b(?:in|on|during) which\s+$")
_OWNER = re.compile(  # "In Mayor Lee Park's letter to the department, she wrote"
    r"(?:In|With|Through) (?P<name>[A-Z][\w.'’-]*?(?: [A-Z][\w.'’-]*?){0,5})(?:['’]s|['’]) [^,;“”\"\n]{3,90}, "
)
_SUBJECT = re.compile(
    r"(?P<name>[A-Z][\w.'’-]*(?: (?:de |la |of )?[A-Z][\w.'’-]*){0,6})(?:, [^,;“”\"\n]{2,60},)?\s+[a-z]+"
)


@lru_cache(maxsize=1)
def _officer() -> re.Pattern[str]:
    """An officer by title and name, wherever it stands: "The lone no came from Commissioner Fay Stitt"."""
    return re.compile(rf"(?<!\w)(?P<name>(?i:{_listed(language('persons')['offices'])})(?:\s+[A-Z][\w'’-]+){{1,3}})")


def _last_start(text: str, start: int, end: int) -> int:
    """Where the last sentence begins that begins between two places."""
    starts = [found.end() for found in _sentence().finditer(text, start, min(end + 2, len(text)))]
    return starts[-1] if starts else start


@lru_cache(maxsize=1)
def _sentence() -> re.Pattern[str]:
    return re.compile(r"(?<!\b(?:Mr|Ms|Dr|Lt|St))(?<!\b(?:Mrs|Gov|Sen|Rep|Col|Sgt))[.!?][”\"’]?\s+(?=[“\"]?[A-Z])")


@lru_cache(maxsize=1)
def _patterns() -> Mapping[str, re.Pattern[str]]:
    """By pronoun what the noun phrase looks like; the group that matched is what the pronoun means."""
    data, persons = language("attribution"), language("persons")
    offices = _listed(persons["offices"])
    roles = f"(?:{_listed(persons['roles'])}|{'|'.join(data['topics']['persons'])})"
    things = "|".join((*data["bodies"], *data["topics"]["papers"]))
    many = "|".join(data["plural-sources"])
    honorifics = "|".join(word.capitalize() for word in data["honorifics"])
    verb = rf"(?:\w+(?:ed|es|[a-z]s)|{'|'.join(data['topics']['goes-on'])})"
    owner = (
        r"(?:The|A|An|One|Its|His|Her|Their|Our|This|That|(?:The )?[A-Z][\w.]*(?: [A-Z][\w.]*){0,2}['’]s?"
        r"|The (?:[\w-]+ ){0,2}[\w-]+['’]s?)"
    )
    person = (
        rf"(?P<name>(?i:{offices})(?:\s+[A-Z][\w.'’-]*){{1,3}})(?!\w)"
        rf"|(?P<titled>(?:{honorifics})\. [A-Z][\w'’-]+)"
        rf"|(?P<named>{_NAME})(?=, (?:the|a|an|one|who|whose|\d\d)\b)"
        rf"|{owner} (?:[\w-]+ ){{0,3}}?{roles}(?: (?:of|for|at|with|in) [\w'’ ]{{2,40}})?, (?P<after>{_NAME}),"
        rf"|(?P<alone>[A-Z][\w'’-]+)(?=, (?:who|whose|\d\d)\b)"
        rf"|(?P<bare>{owner} (?:[\w-]+ ){{0,2}}?{roles})(?= {verb}\b|,)"
    )
    thing = (
        rf"(?P<name>{owner} (?:[\w-]+ ){{0,3}}?(?:{things})(?: (?:{things}))*)(?= {verb}\b|,|\.)"
        rf"|(?P<named>(?:The )?[A-Z]{{2,}}(?: of (?:the )?[A-Z]\w+(?: [A-Z]\w+)*)?)(?= {verb}\b|,)"
    )
    plural = (
        rf"(?P<name>(?:(?:The|Both|Several|Some|Most|Many|Two|Three|Four|Five) )?(?:[A-Z][\w-]+ )?(?:[\w-]+ ){{0,2}}?"
        rf"(?i:{many})(?: (?:in|at|of|from|with|for) [\w'’ ]{{2,30}}?)?)(?= {verb}\b|,)"
    )
    he = re.compile(rf"{_START}(?:{person})", re.MULTILINE)
    return {
        "he": he,
        "she": he,
        "it": re.compile(rf"{_START}(?:{thing})", re.MULTILINE),
        "they": re.compile(rf"{_START}(?:{plural})", re.MULTILINE),
    }


def _listed(words: str) -> str:
    return " ".join(words.split()).replace(" |", "|").replace("| ", "|")
