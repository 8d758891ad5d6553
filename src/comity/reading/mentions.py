"""Mentions: the spans of a document that name or refer back to an entity, each with what it resolves to.

The gazetteer finds names; this module adds the agencies that a government's name and an office spell together
("Lucas County Sheriff"), the governments behind their organs ("Dayton City Council"), and the phrases that refer back
("the city", "commissioners"), by a small salience model over the names and references before them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from comity.gazetteer import Gazetteer
from comity.gazetteer.detection import PARTY
from comity.model import BodyMention, Candidate, Kind, Outcome, Pair, PlaceMention
from comity.reading.captions import captions, elsewhere
from comity.reading.officers import Introduction, introduced, surnames
from comity.reading.seats import byword, seat
from comity.vocabulary import language

__all__ = ["Mention", "called", "entities"]


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
    refers: re.Pattern[str]
    unnamed: re.Pattern[str]
    several: re.Pattern[str]
    vague: re.Pattern[str]
    unnamed_ones: re.Pattern[str]
    courts: re.Pattern[str]
    districts: re.Pattern[str]
    versus: re.Pattern[str]
    precedents: re.Pattern[str]
    within: re.Pattern[str]
    areas: re.Pattern[str]
    societies: re.Pattern[str]
    schools: re.Pattern[str]
    unnamed_state: re.Pattern[str]
    of_states: re.Pattern[str]
    articles: re.Pattern[str]
    offices: tuple[tuple[str, re.Pattern[str]], ...]


_BLANK = r"(?!\s*\n\s*\n)\s+"  # between words that belong together: no empty line


def _pattern(text: str) -> str:
    return " ".join(text.split()).replace(" |", "|").replace("| ", "|").replace(" ", r"\s+")


@lru_cache(maxsize=1)
def _words() -> _Words:
    data = language("definite")
    organs = re.compile(rf"(?:['’]s)?{_BLANK}(?:{_pattern(data['organs']['government'])})(?!\w)", re.IGNORECASE)
    agencies = tuple(
        (name, re.compile(rf"(?:['’]s)?{_BLANK}(?:{_pattern(text)})(?!\w)", re.IGNORECASE))
        for name, text in data["agencies"].items()
    )
    between = rf"(?:(?!(?:{data['joints']})\b)\w+\s){{0,2}}"
    refers = "|".join(f"(?P<{kind}>{_pattern(text)})" for kind, text in data["refers"].items())
    return _Words(
        organs,
        agencies,
        re.compile(rf"(?<![\w-])(?:{refers})(?![\w-])", re.IGNORECASE),
        re.compile(rf"\s{between}(?:{data['unnamed']})\b", re.IGNORECASE),
        re.compile(rf"(?<!\w)(?:{data['several']})\s+(?:other\s+)?$", re.IGNORECASE),
        re.compile(rf"(?<!\w)(?:{data['vague']})\s+$", re.IGNORECASE),
        re.compile(rf"\s{between}(?:{data['unnamed_ones']})\b", re.IGNORECASE),
        re.compile(rf"(?:['’]s)?\s(?:{data['courts']})"),
        re.compile(rf"\b(?:{data['districts']})\s+$"),
        re.compile(r",?\s+vs?\.?\s+[A-Z]"),
        re.compile(rf"\b(?:{_pattern(data['precedents'])})\b[^.;:\n]*$", re.IGNORECASE),
        re.compile(rf"\s(?:{_pattern(data['within'])})(?!\w)"),
        re.compile(rf"[\s-](?:{_pattern(data['areas'])})"),
        re.compile(
            rf"(?<!\w)(?:(?:{_pattern(data['societies'])})|(?!(?:{data['not_societies']})\b)[A-Z]{{3,}})"
            rf"\s+of\s+(?:(?:Southern|Northern|Eastern|Western|Central)\s+)?$"
        ),
        re.compile(data["schools"], re.IGNORECASE),
        re.compile(data["unnamed_state"], re.IGNORECASE),
        re.compile(rf"(?:['’]s)?{_BLANK}(?:{_pattern(data['of_states'])})(?!\w)", re.IGNORECASE),
        re.compile(rf"(?:{data['articles']})\s+", re.IGNORECASE),
        tuple(
            (
                name,
                re.compile(
                    rf"(?<!\w)(?:{_pattern(text)})\s+(?:[—–-]+\s+)?(?:in|of|for|from)\s+(?:the\s+)?$", re.IGNORECASE
                ),
            )
            for name, text in data["offices_of"].items()
        ),
    )


@lru_cache(maxsize=1)
def called() -> Mapping[str, re.Pattern[str]]:
    """What the name of an agency has in common with a phrase that refers to it, by the phrase's kind."""
    return {name: re.compile(text, re.IGNORECASE) for name, text in language("definite")["called"].items()}


_LISTED = re.compile(r"(?:,?\s+(?:and|or)|,)\s+")
_OFFICE_REACH = 48  # characters before a name in which the words of an office may stand
_AGENCY_NAME: Mapping[str, str] = {"sheriff": "{} Sheriff's Office", "police": "{} Police Department"}
_PLACE_KINDS: tuple[Kind, ...] = ("place", "county_subdivision", "district")
_LOCAL_KINDS: tuple[Kind, ...] = ("place", "county", "county_subdivision", "district", "school_district")
_OWNERS: Mapping[str, str] = {"sheriff": "county", "police": "place"}  # whose office it is, where no office is named


def _state_of(entity_id: str | None) -> str | None:
    found = re.search(r"(?:/(?:state|district|territory):|^ori:)(\w\w)|^body:us/(\w\w)/", entity_id or "")
    return (found[1] or found[2]).upper() if found else None


def _agency(mention: Mention, text: str, gazetteer: Gazetteer) -> Mention | None:
    """The agency that the words after a government's name make of it, or None."""
    for name, pattern in _words().agencies:
        found = pattern.match(text, mention.end)
        if found is None or (name == "sheriff") != (mention.kind == "county" or "sheriff" in found[0].lower()):
            continue
        answer = gazetteer.resolve(_AGENCY_NAME[name].format(mention.name), state=_state_of(mention.id), kind="agency")
        span = (mention.start, found.end())
        return Mention(*span, "agency", answer.id, answer.outcome, answer.candidates, text[span[0] : span[1]], span)
    return None


def _named(
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
            result[-1] = replace(result[-1], end=one.end)  # "Dayton, Ohio" is one mention
            continue
        of_state = one.kind == "place" and _words().of_states.match(text, one.end)
        mention = (of_state and _resolved(one, one.name, "state", gazetteer)) or one
        agency = _agency(mention, text, gazetteer) if mention.kind in _LOCAL_KINDS else None
        if agency is not None:
            result.append(agency)
            continue
        organ = _words().organs.match(text, mention.end) if mention.kind in (*_LOCAL_KINDS, "state") else None
        result.append(replace(mention, end=organ.end()) if organ else mention)
    return _offices_of(text, result, gazetteer)


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
    if mention.id is None or not _fits(_OWNERS[office], mention):
        return mention
    return _resolved(mention, _AGENCY_NAME[office].format(mention.name), "agency", gazetteer) or mention


def _resolved(mention: Mention, name: str, kind: Kind, gazetteer: Gazetteer) -> Mention | None:
    """The mention as one of what bears this name in its state, a body of this kind; None where none is known."""
    answer = gazetteer.resolve(name, state=_state_of(mention.id), kind=kind)
    if answer.id is None:
        return None
    return replace(mention, kind=kind, id=answer.id, outcome=answer.outcome, candidates=answer.candidates)


_SOCIETY_REACH = 48  # characters before a name in which a society's stands
_DATELINE = re.compile(r"(?: \([A-Z][\w ]*\))?(?: [—–-]+|[—–-]+(?=\s)) ")


def _only_locates(text: str, item: PlaceMention | BodyMention) -> bool:
    """Whether a name says where somebody or something lies that isn't named, or is part of a court's name."""
    words = _words()
    if words.courts.match(text, item.end):
        return True
    if item.kind == "state" and words.districts.search(text, max(0, item.start - 24), item.start):
        return True  # "the District Court for the District of Oregon"
    if words.versus.match(text, item.end) and words.precedents.search(text, max(0, item.start - 80), item.start):
        return True  # "citing Ohio v. Doe", a party to another suit
    if item.kind == "district" and _DATELINE.match(text, item.end):
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
    return bool(ones or words.unnamed.match(text, item.end))


def _qualifies(text: str, place: Mention, state: Mention) -> bool:
    """Whether ``state`` only says where ``place`` lies: "Dayton, Ohio"."""
    if state.kind not in ("state", "district") or place.kind not in _LOCAL_KINDS:
        return False
    between = text[place.end : state.start]
    return between in (", ", ",", " (") and _state_of(place.id) == _state_of(state.id)


_GOES_ON = re.compile(r",?\s+(?:and|or|&)\s|,\s+[A-Z]")


def _in_its_state(text: str, place: Mention, other: Mention, gazetteer: Gazetteer) -> bool:
    """Whether a name that a state shares with its city says where ``place`` lies: "Denver and Rochester, New York".

    In a list that goes on behind it, it may be the city.
    """
    if other.kind != "place" or place.kind not in _LOCAL_KINDS or place.id in (None, other.id):
        return False
    if text[place.end : other.start] != ", " or _state_of(place.id) != _state_of(other.id):
        return False
    return not _GOES_ON.match(text, other.end) and _resolved(other, other.name, "state", gazetteer) is not None


def _fits(wanted: str, mention: Mention) -> bool:
    if wanted == "place":
        return mention.kind in _PLACE_KINDS
    if wanted == "local":
        return mention.kind in _LOCAL_KINDS
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


# Weights of the salience model, set on the open golden stories: how much being named in the same paragraph, and being
# the last one named in it, counts beside the share of mentions so far.
_SAME_PARAGRAPH = 0.5
_LAST_NAMED = 0.35
_OPENING = 0.2  # named in the document's first paragraph, the headline or dateline
_SAME_SENTENCE = 0.3
_SENTENCE_BREAK = re.compile(r"[.!?][”\"’']?\s+[“\"‘']?[A-Z]|\n")


def _antecedent(text: str, wanted: str, start: int, paragraph: int, earlier: Sequence[Mention]) -> Mention | None:
    """The name that a phrase of the wanted kind refers back to, None where none fits before it.

    ``earlier`` are all mentions before it, those that refer back included: each counts for the entity it stands for.
    """
    named = [one for one in earlier if one.end <= start and _fits(wanted, one)]
    fitting = [one for one in named if not (seat(text, one.start) or byword(one))]
    if not fitting:
        owner = _OWNERS.get(wanted)
        return _antecedent(text, owner, start, paragraph, earlier) if owner else None
    counts = Counter(mention.id or mention.name for mention in fitting)
    opening = fitting[0].id or fitting[0].name
    last: dict[str, Mention] = {mention.id or mention.name: mention for mention in fitting}
    final = fitting[-1].id or fitting[-1].name

    def salience(key: str) -> tuple[float, int]:
        near = last[key].start >= paragraph
        score = counts[key] / len(fitting) + _SAME_PARAGRAPH * near + _LAST_NAMED * (near and key == final)
        if near and not last[key].definite and not _SENTENCE_BREAK.search(text, last[key].end, start):
            score += _SAME_SENTENCE
        return score + _OPENING * (key == opening), last[key].start

    return last[max(last, key=salience)]


def _paragraph_start(text: str, offset: int) -> int:
    return text.rfind("\n", 0, offset) + 1


_HELD: Mapping[str, tuple[Kind, ...]] = {
    "place": _PLACE_KINDS,
    "sheriff": ("county", "agency", "place", "district"),
    "police": ("agency", *_PLACE_KINDS),
    "county": ("county", "place"),
    "state": ("state", "district"),
    "school_district": ("school_district", "county", *_PLACE_KINDS),
}
_JOINED = re.compile(r"(?:['’]s)?\s+$")
_REACH = 24  # characters between a name and a title that go together
_FRONTED = re.compile(r"(?:^|[.!?:;,”\"]\s+|\n)(?:\w+,?\s+)?in\s+$", re.IGNORECASE)
_AFTER_FRONTED = re.compile(r",(?:\s+\w+,)?\s+(?:the\s+)?")
_OF = re.compile(r",?\s+of\s+(?:the\s+)?(?:city\s+of\s+)?", re.IGNORECASE)


def _with_holders(
    text: str, named: list[Mention], holders: Sequence[Introduction], gazetteer: Gazetteer
) -> dict[str, Mention]:
    """The mention of the government or agency beside which each holder is introduced, by surname.

    The mention in ``named`` takes the holder's title and name in; one that opens the sentence ("In Tulsa, Sheriff …")
    only says whose they are.
    """
    found: dict[str, Mention] = {}
    for holder in holders:
        start, end = holder.span
        of = _OF.match(text, end)
        for at, mention in enumerate(named):
            if mention.start > end + _REACH:
                break
            if mention.end < start - _REACH or mention.kind not in _HELD[holder.kind]:
                continue
            inside = mention.start < start < mention.end and mention.end >= holder.title[1]
            ahead = mention.end <= start and _JOINED.fullmatch(text, mention.end, start)
            if inside or ahead:
                named[at] = found[holder.surname] = replace(mention, end=end, person=True)
            elif of is not None and of.end() == mention.start:
                named[at] = found[holder.surname] = replace(mention, start=start, person=True)
            elif _FRONTED.search(text, max(0, mention.start - _REACH), mention.start) and _AFTER_FRONTED.fullmatch(
                text, mention.end, start
            ):
                found[holder.surname] = _of_county(mention, gazetteer) if holder.kind == "sheriff" else mention
            else:
                continue
            break
    return found


def _of_county(mention: Mention, gazetteer: Gazetteer) -> Mention:
    """The county that a place's name means where its sheriff is spoken of: "In Waukesha, Sheriff …"."""
    if mention.kind != "place":
        return mention
    return _resolved(mention, f"{mention.name} County", "county", gazetteer) or mention


def entities(
    text: str,
    places: Iterable[PlaceMention],
    bodies: Iterable[BodyMention],
    gazetteer: Gazetteer,
    home_state: str | None = None,
) -> tuple[Mention, ...]:
    """All mentions of a text, sorted and without overlap; what refers back carries its antecedent's resolution.

    ``home_state``, two letters, is the outlet's: a state that no text names is that one ("state law").
    """
    named = _named(text, places, bodies, gazetteer)
    shown = captions(text)
    state = _state_meant([one for one in named if not elsewhere(shown, one.start, -1)], home_state, gazetteer)
    holders = introduced(text)
    held = _with_holders(text, named, holders, gazetteer)
    taken = [(mention.start, mention.end) for mention in named]
    waiting = list(named)
    result: list[Mention] = []
    for span, wanted, surname in _referring(text, holders):
        if any(start < span[1] and span[0] < end for start, end in taken):
            continue
        if not surname and _words().vague.search(text, max(0, span[0] - 20), span[0]):
            continue  # "several county officials" are of many counties
        while waiting and waiting[0].start < span[0]:
            result.append(waiting.pop(0))
        if wanted == "state" and result and _JOINED.fullmatch(text, result[-1].end, span[0]):
            continue  # "Georgia's House Bill 1105"
        antecedent = held.get(surname) if surname else None
        if antecedent is None and wanted and _OTHER_CITYS.search(text, max(0, span[0] - _REACH), span[0]):
            continue  # "Springdale city Mayor Ann Roe", of whatever Springdale: not of the place at hand
        if antecedent is None and wanted == "state":
            antecedent = _fronted_state(text, span[0], result, gazetteer) or _state_here(text, span, result, gazetteer)
        if antecedent is None and wanted:
            earlier = [one for one in result if not elsewhere(shown, one.start, span[0])] if shown else result
            antecedent = _antecedent(text, wanted, span[0], _paragraph_start(text, span[0]), earlier)
            if antecedent is None:
                antecedent = _there(text, span, wanted, earlier, state, gazetteer)
            if antecedent is None and wanted == "state" and state is not None:
                antecedent = _unnamed_state(text, span, state)
            if antecedent is not None and surname:
                held[surname] = antecedent
        if antecedent is not None:
            result.append(replace(antecedent, start=span[0], end=span[1], person=bool(surname)))
            taken.append(span)
    return (*result, *waiting)


_OTHER_CITYS = re.compile(r"\b[A-Z][\w.'’-]+ (?:city|town|village|county|borough)\s+$")


def _fronted_state(text: str, start: int, earlier: Sequence[Mention], gazetteer: Gazetteer) -> Mention | None:
    """The state whose name the sentence opens with, though its city's is the same: "In New York, … state officials"."""
    for mention in reversed(earlier):
        if _SENTENCE_BREAK.search(text, mention.end, start):
            break
        opens = _FRONTED.search(text, max(0, mention.start - _REACH), mention.start)
        if opens and mention.kind == "place" and text[mention.end : mention.end + 1] == ",":
            return _resolved(mention, mention.name, "state", gazetteer)
    return None


def _state_here(text: str, span: Pair, earlier: Sequence[Mention], gazetteer: Gazetteer) -> Mention | None:
    """The state of the places that the sentence itself names: "Ada County, Idaho, which complies with a state law"."""
    codes: set[str | None] = set()
    for mention in reversed(earlier):
        if _SENTENCE_BREAK.search(text, mention.end, span[0]):
            break
        if mention.kind == "state" or mention.definite:
            return None
        if mention.kind in _LOCAL_KINDS or mention.kind == "agency":
            codes.add(_state_of(mention.id))
    code = codes.pop() if len(codes) == 1 else None
    entity = gazetteer.entity(f"ocd-division/country:us/state:{code.lower()}") if code else None
    if entity is None:
        return None
    at = text.find(entity.name)
    named = (at, at + len(entity.name)) if at >= 0 else (0, 0)
    name = entity.name if at >= 0 else ""
    state = Mention(0, 0, "state", entity.id, "resolved", (Candidate(entity.id, entity.name, 1.0),), name, named)
    return _unnamed_state(text, span, state)


_STATE_BODIES = ("patrol", "body")  # what is the state's that the text is about


def _there(
    text: str, span: Pair, wanted: str, earlier: Sequence[Mention], home: Mention | None, gazetteer: Gazetteer
) -> Mention | None:
    """The school district of the place that the text is about, or a body of its state or of ``home``, named so only.

    "In Norwich, the school board …", "State Police have applied.", "the Department of Correction".
    """
    start = _paragraph_start(text, span[0])
    if wanted == "school_district" and _words().schools.search(text, *span):
        where = _antecedent(text, "local", span[0], start, earlier)
        found = where and _resolved(where, where.name, "school_district", gazetteer)
        return replace(found, person=False) if found else None
    if wanted not in _STATE_BODIES:
        return None
    article = _words().articles.match(text, *span)
    named = (article.end() if article else span[0], span[1])
    printed = text[slice(*named)]
    for mention in reversed(earlier):
        if mention.kind == "agency" and mention.name.casefold().endswith(printed.casefold()):
            return mention
    where = _antecedent(text, "state", span[0], start, earlier) or home
    state = gazetteer.entity(where.id) if where is not None and where.id else None
    if where is None or state is None:
        return None
    found = _resolved(where, f"{state.name} {printed}", "agency", gazetteer)
    return replace(found, name=printed, named=named, person=False) if found else None


def _state_meant(named: Sequence[Mention], home: str | None, gazetteer: Gazetteer) -> Mention | None:
    """The state that "the state" is where none was named before: that of all local names, else the outlet's.

    Its name is as printed later on, else empty.
    """
    states = {state for mention in named if mention.kind != "state" and (state := _state_of(mention.id))}
    code = states.pop() if len(states) == 1 else home
    later = [mention for mention in named if mention.kind == "state" and _state_of(mention.id) == code]
    if code is None or later:
        return next(iter(later), None)
    entity = gazetteer.entity(f"ocd-division/country:us/state:{code.lower()}")
    if entity is None:
        return None
    return Mention(0, 0, "state", entity.id, "resolved", (Candidate(entity.id, entity.name, 1.0),), "", (0, 0))


def _unnamed_state(text: str, span: Pair, state: Mention) -> Mention | None:
    """``state`` where a phrase can mean one that wasn't named before; None where it can't."""
    if not _words().unnamed_state.match(text[slice(*span)]) or text[span[1] : span[1] + 2].strip().isupper():
        return None
    return state if state.name else replace(state, name=text[slice(*span)], named=span)


def _referring(text: str, holders: Sequence[Introduction]) -> list[tuple[Pair, str, str]]:
    """What may refer back, in the order of the text: the span, the kind it can mean, whose surname it is."""
    found = [(holder.span, holder.kind, holder.surname) for holder in holders]
    found += [(match.span(), match.lastgroup or "", "") for match in _words().refers.finditer(text)]
    found += [(span, "", surname) for surname, span in surnames(text, holders)]
    return sorted(found, key=lambda item: (item[0][0], -item[0][1]))
