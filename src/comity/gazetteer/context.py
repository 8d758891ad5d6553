"""What the words around a name say: its kind ("County", "City of") and its state (", Ohio", "Ohio's")."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from comity.gazetteer import states
from comity.gazetteer.names import bare, government, plain, squash
from comity.model import Pair
from comity.vocabulary import language

__all__ = ["BLANK", "Toponym", "cues", "state_printed", "toponym"]


NOT_LETTER = re.compile(r"[^A-Za-z]+")
BLANK = r"(?!\s*\n\s*\n)\s+"  # between words that belong together: no empty line
_LIST = 240  # characters that a list of names may take before one of them


@dataclass(frozen=True, slots=True)
class Toponym:
    """One name in a text: the keys it may be looked up by, what kinds it allows, and the state that is printed with it.

    ``itself`` is the state that the name may be of (two letters); ``explicit`` is the state printed with it.
    """

    start: int
    end: int
    key: str
    base: str
    kinds: tuple[str, ...]
    itself: str | None
    explicit: str | None
    people: bool = False
    listed: bool = False  # the state stands with a later name of the same list
    hinted: bool = False  # "counties such as X" stands before it
    word: str = ""  # "town", where "town of" stands before it
    beside: frozenset[str] = frozenset()  # states named in the same sentence


@dataclass(frozen=True, slots=True)
class Cues:
    """The compiled expressions of ``data/language/places.yml``."""

    county_after: re.Pattern[str]
    a_county_after: re.Pattern[str]
    plural_after: re.Pattern[str]
    counties_after: re.Pattern[str]
    counties_before: re.Pattern[str]
    township_after: re.Pattern[str]
    kind_before: re.Pattern[str]
    state_after: re.Pattern[str]
    state_listed: re.Pattern[str]
    state_before: re.Pattern[str]
    exact: dict[str, str]
    people: dict[str, str]
    last_words: frozenset[str]
    county_hint: re.Pattern[str]
    direction: re.Pattern[str]
    state_word: re.Pattern[str]
    state_office: re.Pattern[str]
    of_state: re.Pattern[str]
    list_goes_on: re.Pattern[str]
    directions: dict[str, str]


def _either(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


@lru_cache(maxsize=1)
def cues() -> Cues:
    """The expressions, compiled on first use."""
    words = language("places")
    exact: dict[str, str] = {}
    people: dict[str, str] = {}
    printed: dict[str, str] = {}
    for state in states.lexicon().values():
        for name in (state.name, *state.abbreviations, *state.names):
            exact[bare(name)] = state.code
            printed[name] = state.code
            if name.endswith(".") and len(name) > 3:
                printed[name[:-1]] = state.code
        for name in state.people:
            people[bare(name)] = people[bare(name + "s")] = state.code
    name = f"(?P<state>{_either(list(printed))})"
    postal = "(?P<postal>" + "|".join(letters.upper() for letters in states.lexicon()) + ")"
    end = r"(?!\w)"
    county, township, plural = (
        _either([*words[key], *(word.capitalize() for word in words[key]), *(word.upper() for word in words[key])])
        for key in ("county_words", "township_words", "county_plurals")
    )
    one_county = [word for word in words["county_words"] if word not in words["county_plurals"]]
    several = _either([*words["county_plurals"], *words["place_plurals"], *words["county_words"], "County"])
    inside = rf",?\s+in\s+(?:(?:{_either(words['directions'])})\s+)?"
    capitalised = r"[A-Z][\w.'’-]*"
    seat = rf"(?:,\s+{capitalised}(?:\s{capitalised})?\s+(?:{county}))?"
    separator = r"(?:,?\s+(?:and|or|&)\s+|,\s+)"
    chain = rf"(?:,?\s+(?:and|or|to|&)\s+|,\s+){capitalised}(?:\s{capitalised}){{0,2}}"
    mixed, hints = r"\b(?<!cities and )(?<!cities or )(?<!towns and )", f"(?i:{'|'.join(words['county_hints'])})"
    others = r",?\s+and\s+(?:[a-z0-9-]+\s+){0,3}other"
    joint = rf"(?:\s*,\s*|\s*\(\s*|\s+|\s*-{{2,3}}\s*|{inside})"
    tight = postal.replace("postal", "tight")
    return Cues(
        county_after=re.compile(rf"{BLANK}(?:{county}){end}"),
        a_county_after=re.compile(rf"{BLANK}(?:{_either(one_county)}){end}", re.I),
        plural_after=re.compile(rf"{BLANK}(?:{plural})\b"),
        counties_after=re.compile(rf"(?:(?:{chain}){{1,8}}|(?:{chain}){{0,8}}{others})\s+(?:{plural})\b"),
        township_after=re.compile(rf"{BLANK}(?:{township}){end}"),
        kind_before=re.compile(rf"\b(?P<kind>{_either(list(words['kind_before']))})\s+of\s+(?:the\s+)?$", re.I),
        state_after=re.compile(
            rf"(?:\s+(?:{county}))?{seat}{joint}(?:{name}|(?<=[,(] ){postal}|(?<=[,(]){tight}){end}"
        ),
        state_listed=re.compile(
            rf"(?:{chain}){{1,6}}?(?:\s+(?:{several}))?(?:,\s+|{inside})(?:{name}|{postal}){end}(?!,\s+[A-Z])"
        ),
        state_before=re.compile(rf"{name}(?:['’]s)?\s+(?:(?:{_either(words['state_has'])})\s+(?:of\s+)?)?$"),
        exact=exact,
        people=people,
        last_words=frozenset(word for one in printed for word in NOT_LETTER.split(one) if word),
        county_hint=re.compile(rf"{mixed}(?:{plural}|{hints})(?!\w)[^.!?;:\n]*(?::\s[^.!?;:\n]*)?$"),
        counties_before=re.compile(
            rf"{mixed}(?:{plural})(?:{words['list_opens']})\s+"
            rf"(?:{capitalised}(?:\s{capitalised}){{0,2}}{separator}){{0,20}}$"
        ),
        direction=re.compile(r"^([NSEW])\.\s+"),
        state_word=re.compile(rf"\s+[Ss]tate\b(?!\s+(?:{_either(words['state_bodies'])}))"),
        state_office=re.compile(rf"(?:['’]s)?\s+(?:{'|'.join(words['state_offices'])}){end}", re.I),
        of_state=re.compile(rf"\b(?i:{_either(words['of_states'])})\s+(?:in|across|throughout)\s+$"),
        list_goes_on=re.compile(r",\s+[A-Z]|,?\s+(?:and|or|&)\s+[A-Z]"),
        directions=words["compass"],
    )


def state_printed(text: str) -> str | None:
    """The two letters of a state by an exact name or abbreviation, as running text prints it."""
    return cues().exact.get(bare(text)) or (text.lower() if text in _postal() else None)


@lru_cache(maxsize=1)
def _postal() -> frozenset[str]:
    return frozenset(letters.upper() for letters in states.lexicon())


def toponym(text: str, span: Pair) -> Toponym:
    """Read the words of a span and around it."""
    start, end = span
    said = cues()
    phrase = text[start:end]
    if state_printed(phrase) is None:
        phrase = said.direction.sub(lambda match: said.directions[match.group(1)] + " ", phrase)
    flat = plain(phrase)
    name = government(phrase)
    kinds = name.kinds
    base = name.base
    people = bare(phrase) in said.people
    itself = said.people.get(bare(phrase)) or state_printed(phrase.strip())
    after = text[end : end + 120]
    before = text[max(0, start - 40) : start]
    if not kinds and not people:
        # a county's name would have taken the word in: "an Oregon county"
        of_state = itself is not None and said.a_county_after.match(after) is not None
        kinds = () if of_state else _kinds_around(before, after, said) or _of_counties(text, start, itself, said)
        if not kinds and itself is not None and (said.state_office.match(after) or said.of_state.search(before)):
            kinds = ("state",)
    explicit, listed = _state_around(before, after, said, itself)
    hinted = not kinds and said.county_hint.search(text[max(0, start - 80) : start]) is not None
    word = _word_before(before, said)
    return Toponym(start, end, squash(flat), squash(base), kinds, itself, explicit, people, listed, hinted, word)


def _kinds_around(before: str, after: str, said: Cues) -> tuple[str, ...]:
    if said.county_after.match(after) or said.counties_after.match(after):
        return ("county",)
    if said.township_after.match(after):
        return ("county_subdivision", "place")
    if said.state_word.match(after):
        return ("state",)
    word = _word_before(before, said)
    return tuple(language("places")["kind_before"][word]) if word else ()


def _word_before(before: str, said: Cues) -> str:
    """The kind word before a name: "town" of "the town of Lyons"."""
    match = said.kind_before.search(before) if before.rstrip()[-3:].lower().strip() in ("of", "the") else None
    return match["kind"].lower() if match else ""


def _of_counties(text: str, start: int, itself: str | None, said: Cues) -> tuple[str, ...]:
    """A county's kind where "four counties:" opens the names; a state behind a comma may be a county's own."""
    before = text[max(0, start - _LIST) : start]
    if itself is not None and before.endswith(", "):
        return ()
    return ("county",) if said.counties_before.search(before) else ()


def _state_around(before: str, after: str, said: Cues, itself: str | None) -> tuple[str | None, bool]:
    match = said.state_after.match(after)
    if match:
        printed = match["state"] or match["postal"] or match["tight"]
        found = said.exact.get(bare(printed)) or printed.lower()
        listed = printed in language("places")["city_states"] and said.list_goes_on.match(after, match.end())
        if listed:
            return None, False  # "Boston, New York, San Francisco and …" are cities
        if found != itself or match.group(0).lstrip().startswith((",", "(")):
            return found, False
    words = NOT_LETTER.split(before)[-6:]
    match = said.state_before.search(before) if not said.last_words.isdisjoint(words) else None
    if match:
        return said.exact[bare(match["state"])], False
    match = said.state_listed.match(after)
    if match:
        printed = match["state"] or match["postal"]
        return said.exact.get(bare(printed)) or printed.lower(), True
    return None, False
