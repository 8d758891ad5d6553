"""Mentions: the spans of a document that stand for an entity, by its name, each with what it resolves to.

The gazetteer finds names; this module adds the agencies that a government's name and an office spell together
("Lucas County Sheriff") and the governments behind their organs ("Dayton City Council"), and leaves out names that only
say where something lies ("a Tulsa area jail"). What refers back to a name is :mod:`comity.reading.referring`'s. Words
are ``data/language/definite.yml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from comity.gazetteer import Gazetteer
from comity.gazetteer.context import BLANK
from comity.gazetteer.detection import PARTY
from comity.model import BodyMention, Candidate, Kind, Outcome, Pair, PlaceMention
from comity.vocabulary import language

__all__ = [
    "DATELINE",
    "LOCAL_KINDS",
    "OWNERS",
    "PLACE_KINDS",
    "Mention",
    "called",
    "fits",
    "names",
    "resolved",
    "spaced",
    "state_of",
]

PLACE_KINDS: tuple[Kind, ...] = ("place", "county_subdivision", "district")
LOCAL_KINDS: tuple[Kind, ...] = ("place", "county", "county_subdivision", "district", "school_district")
OWNERS: Mapping[str, str] = {"sheriff": "county", "police": "place"}  # whose office it is, where no office is named

_LISTED = re.compile(r"(?:,?\s+(?:and|or)|,)\s+")
_OFFICE_REACH = 48  # characters before a name in which the words of an office may stand
_AGENCY_NAME: Mapping[str, str] = {"sheriff": "{} Sheriff's Office", "police": "{} Police Department"}
_SOCIETY_REACH = 48  # characters before a name in which a society's stands
_DASH = r"(?:,? [A-Z][a-z]+\.? \d{1,2}(?:, \d{4})?)?(?: \([^()\n]{1,40}\))?(?: [—–-]+|[—–-]+(?=\s)) "
DATELINE = re.compile(rf"(?:, (?:[A-Z][\w.]+ ?){{1,2}}|,? D\.?C\.?)?{_DASH}")  # behind the place of a dateline
_BARE_DATELINE = re.compile(_DASH)
_ENDED = re.compile(r"[\n.!?”]\s*$")
_OWNS = re.compile(r"['’]s\b")
_COMMA = re.compile(r",(?=\s[A-Z])")
_GOES_ON = re.compile(r",?\s+(?:and|or|&)\s|,\s+[A-Z]")


@dataclass(frozen=True, slots=True)
class Mention:
    """One span that stands for an entity. ``name`` is printed at ``named``: the span itself or its antecedent's."""

    start: int
    end: int
    kind: Kind
    id: str | None
    outcome: Outcome
    candidates: tuple[Candidate, ...]
    name: str
    named: Pair
    person: bool = False  # whether an office holder is named in the span, who stands for the entity

    @property
    def definite(self) -> bool:
        """Whether the span refers back to a name that stands elsewhere."""
        return not (self.start <= self.named[0] and self.named[1] <= self.end)


@dataclass(frozen=True, slots=True)
class _Words:
    organs: re.Pattern[str]
    agencies: tuple[tuple[str, re.Pattern[str]], ...]
    unnamed: re.Pattern[str]
    several: re.Pattern[str]
    unnamed_ones: re.Pattern[str]
    counted_ones: re.Pattern[str]
    courts: re.Pattern[str]
    districts: re.Pattern[str]
    versus: re.Pattern[str]
    precedents: re.Pattern[str]
    within: re.Pattern[str]
    areas: re.Pattern[str]
    societies: re.Pattern[str]
    of_states: re.Pattern[str]
    offices: tuple[tuple[str, re.Pattern[str]], ...]


def spaced(text: str) -> str:
    """Words of ``data/language`` as a pattern, in which a blank is any white space."""
    return " ".join(text.split()).replace(" |", "|").replace("| ", "|").replace(" ", r"\s+")


@lru_cache(maxsize=1)
def _words() -> _Words:
    data = language("definite")
    organs = re.compile(rf"(?:['’]s)?{BLANK}(?:{spaced(data['organs']['government'])})(?!\w)", re.IGNORECASE)
    agencies = tuple(
        (name, re.compile(rf"(?:['’]s)?{BLANK}(?:{spaced(text)})(?!\w)", re.IGNORECASE))
        for name, text in data["agencies"].items()
    )
    between = rf"(?:(?!(?:{data['joints']})\b)\w+\s){{0,2}}"
    return _Words(
        organs,
        agencies,
        re.compile(rf"\s{between}(?:{data['unnamed']})\b", re.IGNORECASE),
        re.compile(rf"(?<!\w)(?:{data['several']})\s+(?:other\s+)?$", re.IGNORECASE),
        re.compile(rf"\s{between}(?:{data['unnamed_ones']})\b", re.IGNORECASE),
        re.compile(rf"['’]s?\s+(?:{data['counted_ones']})\b", re.IGNORECASE),
        re.compile(rf"(?:['’]s)?\s(?:{data['courts']})"),
        re.compile(rf"\b(?:{data['districts']})\s+$"),
        re.compile(r",?\s+vs?\.?\s+[A-Z]"),
        re.compile(rf"\b(?:{spaced(data['precedents'])})\b[^.;:\n]*$", re.IGNORECASE),
        re.compile(rf"\s(?:{spaced(data['within'])})(?!\w)"),
        re.compile(rf"[\s-](?:{spaced(data['areas'])})"),
        re.compile(
            rf"(?<!\w)(?:(?:{spaced(data['societies'])})|(?!(?:{data['not_societies']})\b)[A-Z]{{3,}})"
            rf"\s+of\s+(?:(?:Southern|Northern|Eastern|Western|Central)\s+)?$"
        ),
        re.compile(rf"(?:['’]s)?{BLANK}(?:{spaced(data['of_states'])})(?!\w)", re.IGNORECASE),
        tuple(
            (
                name,
                re.compile(
                    rf"(?<!\w)(?:{spaced(text)})\s+(?:[—–-]+\s+)?(?:in|of|for|from)\s+(?:the\s+)?$", re.IGNORECASE
                ),
            )
            for name, text in data["offices_of"].items()
        ),
    )


@lru_cache(maxsize=1)
def called() -> Mapping[str, re.Pattern[str]]:
    """What the name of an agency has in common with a phrase that refers to it, by the phrase's kind."""
    return {name: re.compile(text, re.IGNORECASE) for name, text in language("definite")["called"].items()}


def state_of(entity_id: str | None) -> str | None:
    """The two letters of the state in which an entity is, by its identifier; None where that says none."""
    found = re.search(r"(?:/(?:state|district|territory):|^ori:)(\w\w)|^body:us/(\w\w)/", entity_id or "")
    return (found[1] or found[2]).upper() if found else None


def fits(wanted: str, mention: Mention) -> bool:
    """Whether a mention is of the wanted kind: one of the gazetteer's, or one that a phrase can mean ("office")."""
    if wanted == "place":
        return mention.kind in PLACE_KINDS
    if wanted == "local":
        return mention.kind in LOCAL_KINDS
    if wanted == "state":
        return mention.kind == "state" or (mention.kind == "district" and "istrict" in mention.name)
    if wanted == "board":
        return mention.kind in ("county", "school_district")
    if wanted == "commission":
        return mention.kind in ("county", "place")
    if wanted in called():
        return mention.kind == "agency" and called()[wanted].search(mention.name) is not None
    if wanted == "office":
        return mention.kind in ("agency", "federal")
    return mention.kind == wanted


def resolved(mention: Mention, name: str, kind: Kind, gazetteer: Gazetteer) -> Mention | None:
    """The mention as one of what bears this name in its state, a body of this kind; None where none is known."""
    answer = gazetteer.resolve(name, state=state_of(mention.id), kind=kind)
    if answer.id is None:
        return None
    return replace(mention, kind=kind, id=answer.id, outcome=answer.outcome, candidates=answer.candidates)


def names(
    text: str, places: Iterable[PlaceMention], bodies: Iterable[BodyMention], gazetteer: Gazetteer
) -> list[Mention]:
    """Mentions of the names that the gazetteer found, with organs and offices taken in; sorted, without overlap."""
    found: list[Mention] = []
    spans: list[PlaceMention | BodyMention] = [*bodies, *places]
    for item in spans:
        if item.kind is None or _only_locates(text, item):
            continue
        span = (item.start, item.end)
        name = text[item.start : item.end]
        found.append(Mention(*span, item.kind, item.id, item.outcome, item.candidates, name, span))
    found.sort(key=lambda mention: (mention.start, -mention.end))
    result: list[Mention] = []
    for one in found:
        if result and one.start < result[-1].end:
            continue
        if result and (_qualifies(text, result[-1], one) or _in_its_state(text, result[-1], one, gazetteer)):
            whole = replace(result[-1], end=one.end)  # "Dayton, Ohio" is one mention
            result[-1] = _agency(whole, text, gazetteer, _COMMA.match(text, one.end)) or whole
            continue
        of_state = one.kind == "place" and _words().of_states.match(text, one.end)
        mention = (of_state and resolved(one, one.name, "state", gazetteer)) or one
        agency = _agency(mention, text, gazetteer) if mention.kind in LOCAL_KINDS else None
        if agency is not None:
            result.append(agency)
            continue
        organ = _words().organs.match(text, mention.end) if mention.kind in (*LOCAL_KINDS, "state") else None
        result.append(replace(mention, end=organ.end()) if organ else mention)
    return _offices_of(text, result, gazetteer)


def _agency(mention: Mention, text: str, gazetteer: Gazetteer, comma: re.Match[str] | None = None) -> Mention | None:
    """The agency that the words after a government's name make of it, or None; a ``comma`` may end its state's name."""
    end = comma.end() if comma else mention.end
    for name, pattern in _words().agencies:
        found = pattern.match(text, end)
        if found is None or (name == "sheriff") != (mention.kind == "county" or "sheriff" in found[0].lower()):
            continue
        answer = gazetteer.resolve(_AGENCY_NAME[name].format(mention.name), state=state_of(mention.id), kind="agency")
        span = (mention.start, found.end())
        return Mention(*span, "agency", answer.id, answer.outcome, answer.candidates, text[span[0] : span[1]], span)
    return None


def _offices_of(text: str, named: list[Mention], gazetteer: Gazetteer) -> list[Mention]:
    """The mentions, with the agency instead of the government where a list says whose offices are meant.

    "the police departments of Ocala and Sanford", "sheriff's offices in Bristol and Plymouth counties".
    """
    result: list[Mention] = []
    office = ""
    for mention in named:
        if not (office and result and _LISTED.fullmatch(text, result[-1].end, mention.start)):
            before = max(0, mention.start - _OFFICE_REACH)
            office = next((name for name, words in _words().offices if words.search(text, before, mention.start)), "")
        result.append(_office_of(mention, office, gazetteer) if office else mention)
    return result


def _office_of(mention: Mention, office: str, gazetteer: Gazetteer) -> Mention:
    """The sheriff's office or police department of a government; the government where no such agency is known."""
    if mention.id is None or not fits(OWNERS[office], mention):
        return mention
    return resolved(mention, _AGENCY_NAME[office].format(mention.name), "agency", gazetteer) or mention


def _only_locates(text: str, item: PlaceMention | BodyMention) -> bool:
    """Whether a name says where somebody or something lies that isn't named, or is part of a court's name."""
    words = _words()
    if words.courts.match(text, item.end):
        return True
    if item.kind == "state" and words.districts.search(text, max(0, item.start - 24), item.start):
        return True  # "the District Court for the District of Oregon"
    if words.versus.match(text, item.end) and words.precedents.search(text, max(0, item.start - 80), item.start):
        return True  # "citing Ohio v. Doe", a party to another suit
    if item.kind == "district" and _datelined(text, item):
        return True  # the capital, from which much is written
    if PARTY.search(text, max(0, item.start - 3), item.start):
        return True  # "Rep. Ann Roe, R-Lima"
    if words.societies.search(text, max(0, item.start - _SOCIETY_REACH), item.start):
        return not text[item.start : item.end].isupper()  # in a line of capitals any word may be one
    if item.kind == "county" and words.within.match(text, item.end):
        return True
    if item.kind != "state":
        return item.kind == "place" and words.areas.match(text, item.end) is not None
    ones = words.unnamed_ones.match(text, item.end) and words.several.search(text, max(0, item.start - 20), item.start)
    return bool(ones or words.unnamed.match(text, item.end) or words.counted_ones.match(text, item.end))


def _datelined(text: str, capital: PlaceMention | BodyMention) -> bool:
    """Whether the capital's name is a dateline: "Washington —", opening a sentence "WASHINGTON, DC (Feb. 3) —" too."""
    if _BARE_DATELINE.match(text, capital.end):
        return True
    opens = not capital.start or _ENDED.search(text, max(0, capital.start - 3), capital.start) is not None
    return opens and DATELINE.match(text, capital.end) is not None


def _qualifies(text: str, place: Mention, state: Mention) -> bool:
    """Whether ``state`` only says where ``place`` lies: "Dayton, Ohio"."""
    if state.kind not in ("state", "district") or place.kind not in LOCAL_KINDS:
        return False
    if _OWNS.match(text, state.end):
        return False  # "in Concord, New Hampshire's senate"
    between = text[place.end : state.start]
    return between in (", ", ",", " (") and state_of(place.id) == state_of(state.id)


def _in_its_state(text: str, place: Mention, other: Mention, gazetteer: Gazetteer) -> bool:
    """Whether a name that a state shares with its city says where ``place`` lies: "Denver and Rochester, New York".

    In a list that goes on behind it, it may be the city.
    """
    if other.kind != "place" or place.kind not in LOCAL_KINDS or place.id in (None, other.id):
        return False
    if text[place.end : other.start] != ", " or state_of(place.id) != state_of(other.id):
        return False
    return not _GOES_ON.match(text, other.end) and resolved(other, other.name, "state", gazetteer) is not None
