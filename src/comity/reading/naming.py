"""What stands around a name: a title, an office or role in apposition, words that only a person takes.

:class:`Context` judges one name in its paragraph for ``persons``. All words are data, ``language/persons.yml``.
"""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import Literal, NamedTuple

from comity.model import Pair
from comity.vocabulary import language

__all__ = ["Context", "bare", "is_public", "listed"]

_REACH = 110  # characters that are looked at on each side
_ROLE = 80  # characters of a role at most


class Context:
    """What the words beside a name show; each sign is looked for when it is first asked for.

    ``listed`` says that the name goes on a list that a title in the plural opens.
    """

    def __init__(self, text: str, start: int, end: int, block: Pair, *, listed: bool = False) -> None:
        self._start, self._end, self._listed = start, end, listed
        self._before = text[max(block[0], start - _REACH) : start]
        self._after = text[end : min(block[1], end + 2 * _REACH)]

    @cached_property
    def _office(self) -> re.Match[str] | None:
        return _signs().office.search(self._before)

    @cached_property
    def _roll(self) -> bool:
        return bool(_signs().roll.search(self._before))

    @cached_property
    def standing(self) -> Literal["office", "organisation", "private"]:
        """What the person is by these words alone."""
        if self._listed or self._office is not None:
            return "office"
        return _standing(_signs(), self._before, self._after, self._roll)

    @cached_property
    def titled(self) -> bool:
        """Whether a title stands right before it."""
        return self._office is not None or self._roll

    @cached_property
    def plural(self) -> bool:
        """Whether a title before it is in the plural, so that it counts for the names listed after it."""
        title = self._office["title"].rstrip(".") if self._office is not None else ""
        return self._listed or title.endswith(("s", "men")) or self._roll

    @cached_property
    def shown(self) -> bool:
        """Whether only a person's name stands so: an age, a relation, "who"."""
        signs = _signs()
        after = _AGE.match(self._after) or signs.shown_after.match(self._after)
        return bool(after or signs.shown_before.search(self._before))

    @cached_property
    def acts(self) -> bool:
        """Whether it does something that persons do, bodies too: said, lived."""
        return bool(_signs().acts_after.match(self._after) or _signs().acts_before.search(self._before))

    @cached_property
    def placed(self) -> bool:
        """Whether it stands where a place would."""
        return bool(_PLACED.search(self._before))

    @cached_property
    def law(self) -> bool:
        """Whether it names a law, a case, an administration."""
        signs = _signs()
        return bool(signs.law.match(self._after) or signs.case.match(self._after) or _VERSUS.search(self._before))

    @cached_property
    def of_the(self) -> bool:
        """Whether "the" stands before it."""
        return bool(_THE.search(self._before))

    @cached_property
    def role(self) -> Pair | None:
        """Where the words say who a private person is."""
        if self.standing != "private":
            return None
        return _role(_signs(), self._before, self._after, self._start, self._end)


class _Signs(NamedTuple):
    office: re.Pattern[str]
    apposed: re.Pattern[str]
    roll: re.Pattern[str]
    moves: re.Pattern[str]
    owned: re.Pattern[str]
    rank: re.Pattern[str]
    head: re.Pattern[str]
    for_body: re.Pattern[str]
    member: re.Pattern[str]
    leads: re.Pattern[str]
    party: re.Pattern[str]
    shown_before: re.Pattern[str]
    shown_after: re.Pattern[str]
    acts_before: re.Pattern[str]
    acts_after: re.Pattern[str]
    speech_after: re.Pattern[str]
    speech_before: re.Pattern[str]
    role_before: re.Pattern[str]
    role_after: re.Pattern[str]
    law: re.Pattern[str]
    case: re.Pattern[str]
    public: re.Pattern[str]
    honorific: re.Pattern[str]


_AGE = re.compile(r"^(?:,\s\d{1,3}|,?\s\(\d{1,3}\))(?=[,.;)\s]|$)")
_PIECE = re.compile(r"^(?:,\s|\s\(|\s[–—-]+\s|[–—])(?P<words>[^,;()–—]{2,140})")
_COPULA = re.compile(r"^\s(?:is|was|became|serves as|served as|has been)\s(?P<words>[^,;.()]{2,140})")
_STOPS = re.compile(r"\s(?:of|for|with|at|in|from|on|to|who|that|which|and|whose|said|says|told)\b|[.]\s|[.]$")
_PLACED = re.compile(r"\b(?:in|near|outside|around|across|through|toward|towards)\s$", re.IGNORECASE)
_VERSUS = re.compile(r"\bv(?:s)?\.?\s$")
_THE = re.compile(r"\b(?:the|an?)\s$", re.IGNORECASE)
_LISTED = re.compile(r"(?:\s\([^)]{1,12}\))?(?:,?\s(?:and|&)\s|,\s)")
_JOINS = re.compile(r"(?:[\s,:“\"‘(–—-]|\b(?:for|of|with|to|by|from|and|named|called|like|at|in)\s*)*$")
_NOTHING = re.compile(r"(?:an?|the|one|so|then|but|as)?", re.IGNORECASE)
_NEXT = re.compile(r",\s(?:[A-Z][a-z]{1,3}\.\s)?[A-Z][\w’'-]+\s[A-Z][\w’'-]+")


def _one(text: str) -> str:
    return " ".join(text.split()).replace(" |", "|").replace("| ", "|").replace(" ", r"\s")


@lru_cache(maxsize=1)
def _signs() -> _Signs:
    data = {name: _one(text) for name, text in language("persons").items()}
    offices, roles, honorific = (
        data["offices"],
        data["roles"],
        rf"(?:(?:{data['honorifics'].replace(chr(92) + 's', '|')})\.?\s)?",
    )
    capital, people = data["capital_offices"], rf"{data['people']}|{data['relations']}"
    bodies = data["bodies"].replace(r"\s", "|")
    no = "".join(rf"(?<!\b{word}\s)" for word in data["not_offices"].replace(r"cheer\w*", "cheerleading").split("|"))
    outer = r"(?<![\w'’-])"
    speech = data["speech"].replace("||", "|")
    quoted = r"[”\"’']?"
    return _Signs(
        office=re.compile(
            rf"{outer}{no}(?P<title>(?i:{offices})|(?:{capital})|(?i:{data['candidates']})(?:\s(?i:for)\s[^,.;]{{2,40}})?)"
            rf"(?:\s\((?:[RDI](?:-[^)]*)?)\))?,?\s{honorific}{quoted}$"
        ),
        apposed=re.compile(
            rf"(?:\b(?i:the|its|our|an?|his|her|their|my)|['’]s?)\s[^,.;“”\"]{{0,60}}?{outer}(?i:{roles})"
            rf"(?:\s(?:of|for|at|with)\s[^,.;“”\"]{{1,60}})?,\s{honorific}$"
        ),
        roll=re.compile(rf"{outer}(?i:{data['rolls']})[:.]\s{honorific}$|{outer}(?i:{data['motions']})\s{honorific}$"),
        moves=re.compile(rf"^\s(?:{data['moves']})"),
        owned=re.compile(
            rf"(?:{data['possessors']})['’]s?\s(?:\w+\s){{0,2}}?(?:{data['for_organisations']}),?\s{honorific}$"
        ),
        rank=re.compile(rf"{outer}(?i:{data['ranks']})\s{honorific}$"),
        head=re.compile(rf"(?:^|[\s'’-]){no}(?:{roles})$", re.IGNORECASE),
        for_body=re.compile(
            rf"(?:^|\s)(?:{data['for_organisations']})\s(?:{data['linking']})\s(?:the\s|an?\s)?"
            rf"(?=[A-Z])(?:[A-Z]{{2,}}\b|[^,;.()]{{0,60}}?\b(?:{bodies})\b)"
        ),
        member=re.compile(rf"(?:^|\s)(?:{data['official_heads']})\b", re.IGNORECASE),
        leads=re.compile(
            rf"^,?\s(?:{data['leads']})\s(?:the\s|an?\s)?(?=[A-Z])(?:[A-Z]{{2,}}\b|[^,;.()]{{0,60}}?\b(?:{bodies})\b)"
        ),
        party=re.compile(r"^,?\s\(?(?:[RDI]|DFL|NPP)-[A-Z]"),
        shown_before=re.compile(
            rf"{outer}(?i:{people})(?:,|:)?\s{quoted}[“\"‘]?$|{outer}(?i:{data['naming']}),?\s[“\"‘]?$|^(?i:{data['byline'].lstrip('^')})$"
        ),
        shown_after=re.compile(
            rf"^,?\s(?:who|whose|whom)\b|^['’]s?\s(?:\w+\s)?(?:{people}|asylum|case|bond|visa|release|arrest|detention|deportation|hearing|death|lawyer|attorney)\b"
            rf"|^,\s(?:an?|the|his|her|their|my|our|one\sof|[\w'’-]+['’]s)\s[^,.;]{{0,60}}?\b(?:{people})\b|^\s\((?:resident|parent|student|he|she|they)\b|^,\s(?:of|a|an)\s"
            rf"|^\s(?:was|is|were)\s(?:\w+\s)?(?:{data['taken'].split('|by|')[0]}|born|\d)",
            re.IGNORECASE,
        ),
        acts_before=re.compile(rf"{outer}(?i:{data['taken']}|{speech})\s$"),
        acts_after=re.compile(rf"^\s(?:{data['verbs']}|{speech})\b|^['’]s\s|^,\s|^\sand\s|^[.!?]"),
        speech_after=re.compile(rf"^,?\s(?:{speech})\b"),
        speech_before=re.compile(rf"\b(?:{speech})\s(?:[\w.'’]+\s){{0,3}}$"),
        role_before=re.compile(
            rf"{outer}(?P<role>(?:(?:an?|the|his|her|their|my|our|one|another)\s)?(?:(?:former|retired|longtime|local|fellow|young|older|younger|[\w’'-]+-old)\s){{0,2}}"
            rf"(?:\w+\s)?(?:{people}))(?:,|:)?\s{honorific}$",
            re.IGNORECASE,
        ),
        role_after=re.compile(
            r"^(?:,\s\d{1,3}|\s\(\d{1,3}\))?,\s(?:who\s(?:is|was)\s)?(?P<role>(?:an?|the|one\sof|his|her|their)\s[^,.;:()“”\"]{2,80}?)"
            r"(?=\s(?:who|whose|whom|that|which)\b|[,.;:()]|\s(?:said|says|told)\b|$)"
        ),
        law=re.compile(
            rf"^(?:['’]s)?\s(?:Act|Law|Amendment|Rule|Doctrine|Bill|Order|(?:{data['after_public']})|(?:{data['things']})|\d{{1,4}}(?!\w))\b"
        ),
        case=re.compile(r"^\sv(?:s)?\.?\s"),
        public=re.compile(rf"(?:{data['public']})"),
        honorific=re.compile(honorific.replace(r"\s)?", ")?")),
    )


def _standing(signs: _Signs, before: str, after: str, roll: bool) -> Literal["office", "organisation", "private"]:
    """The standing of a name without a title before it."""
    if roll or signs.party.match(after) or signs.apposed.search(before):
        return "office"
    if signs.moves.match(after) or signs.owned.search(before):
        return "office"
    if signs.rank.search(before) and (signs.speech_after.match(after) or signs.speech_before.search(before)):
        return "office"
    if signs.leads.match(after):
        return "organisation"
    rest = after[_AGE.match(after).end() :] if _AGE.match(after) else after  # type: ignore[union-attr]
    said = _COPULA.match(rest)
    if said is not None and _holds(signs, said["words"]):
        return "office"
    for _ in range(2):  # "…, of Toledo, president of the union,"
        piece = _PIECE.match(rest)
        if piece is None or _NEXT.match(rest, piece.end()):
            break  # "…, the medical examiner, Dr. Jane Roe, said": the apposition is hers
        if _holds(signs, piece["words"]):
            return "office"
        if signs.for_body.search(piece["words"]):
            return "organisation"
        if not re.match(r"(?:of|a|an|the|who)\b|\d|[RDI]-", piece["words"]):
            break
        rest = rest[piece.end() :]
    return "private"


def _holds(signs: _Signs, words: str) -> bool:
    """Whether the head of an apposition is an office or a part that speaks for a body."""
    stop = _STOPS.search(words)
    head = words[: stop.start()] if stop else words
    return bool(signs.head.search(head.strip()) or signs.member.match(words.strip()))


def _role(signs: _Signs, before: str, after: str, start: int, end: int) -> Pair | None:
    """Where the text says who a private person is: after the name, else right before it."""
    found = signs.role_after.match(after)
    if found is not None and len(found["role"]) <= _ROLE and not re.search(r"\s[A-Z][\w’'-]+\s[A-Z]", found["role"]):
        return end + found.start("role"), end + found.end("role")
    found = signs.role_before.search(before)
    if found is not None:
        offset = start - len(before)
        return offset + found.start("role"), offset + found.end("role")
    return None


def listed(text: str, end: int, start: int) -> bool:
    """Whether two names stand side by side in a list: "Commissioners Roe, Poe and Moe"."""
    return bool(_LISTED.fullmatch(text, end, start))


def bare(ahead: str) -> str:
    """The words ahead of a name that say who it is, without what only joins them to it; empty where there are none."""
    words = _JOINS.sub("", ahead)
    return "" if _NOTHING.fullmatch(words) or _signs().honorific.fullmatch(words) else words


def is_public(name: str) -> bool:
    """Whether all know the office of who is called so, in print without a title."""
    return bool(_signs().public.fullmatch(name))
