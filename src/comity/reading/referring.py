"""Referring back: which of the names before it "the city", "the sheriff", "state law" or a holder's surname means.

:func:`entities` gives all mentions of a text: its names (:mod:`comity.reading.mentions`), with the officers introduced
beside them, and the phrases that refer back, by a small salience model over the names and references before them. A
phrase that nothing before it fits may still mean the state, a school district or a body of the text's place; else it
means nobody. Words are ``data/language/definite.yml``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from comity.gazetteer import Gazetteer
from comity.model import BodyMention, Candidate, Kind, Pair, PlaceMention
from comity.reading.captions import elsewhere
from comity.reading.mentions import LOCAL_KINDS, OWNERS, PLACE_KINDS, Mention, fits, names, resolved, spaced, state_of
from comity.reading.officers import Introduction, introduced, surnames
from comity.reading.seats import byword, seat
from comity.vocabulary import language

__all__ = ["entities"]

# Weights of the salience model, set on the open golden stories: how much being named in the same paragraph, and being
# the last one named in it, counts beside the share of mentions so far.
_SAME_PARAGRAPH = 0.5
_LAST_NAMED = 0.35
_OPENING = 0.2  # named in the document's first paragraph, the headline or dateline
_SAME_SENTENCE = 0.3
_SENTENCE_BREAK = re.compile(r"[.!?][”\"’']?\s+[“\"‘']?[A-Z]|\n")

_HELD: Mapping[str, tuple[Kind, ...]] = {
    "place": PLACE_KINDS,
    "sheriff": ("county", "agency", "place", "district"),
    "police": ("agency", *PLACE_KINDS),
    "county": ("county", "place"),
    "state": ("state", "district"),
    "school_district": ("school_district", "county", *PLACE_KINDS),
}
_JOINED = re.compile(r"(?:['’]s)?\s+$")
_REACH = 24  # characters between a name and a title that go together
_FRONTED = re.compile(r"(?:^|[.!?:;,”\"]\s+|\n)(?:\w+,?\s+)?in\s+$", re.IGNORECASE)
_AFTER_FRONTED = re.compile(r",(?:\s+\w+,)?\s+(?:the\s+)?")
_OF = re.compile(r",?\s+of\s+(?:the\s+)?(?:city\s+of\s+)?", re.IGNORECASE)
_OTHER_CITYS = re.compile(r"\b[A-Z][\w.'’-]+ (?:city|town|village|county|borough)\s+$")
_STATE_BODIES = ("patrol", "body")  # what is the state's that the text is about


@dataclass(frozen=True, slots=True)
class _Phrases:
    refers: re.Pattern[str]
    vague: re.Pattern[str]
    schools: re.Pattern[str]
    unnamed_state: re.Pattern[str]
    articles: re.Pattern[str]
    of_whom: re.Pattern[str]


@lru_cache(maxsize=1)
def _phrases() -> _Phrases:
    data = language("definite")
    refers = "|".join(f"(?P<{kind}>{spaced(text)})" for kind, text in data["refers"].items())
    return _Phrases(
        re.compile(rf"(?<![\w-])(?:{refers})(?![\w-])", re.IGNORECASE),
        re.compile(rf"(?<!\w)(?:{data['vague']})\s+$", re.IGNORECASE),
        re.compile(data["schools"], re.IGNORECASE),
        re.compile(data["unnamed_state"], re.IGNORECASE),
        re.compile(rf"(?:{data['articles']})\s+", re.IGNORECASE),
        re.compile(rf"(?:{spaced(data['officials_of'])})\s+(?:the\s+)?(?:\w+\s+of\s+)?$", re.IGNORECASE),
    )


def entities(
    text: str,
    places: Iterable[PlaceMention],
    bodies: Iterable[BodyMention],
    gazetteer: Gazetteer,
    home_state: str | None = None,
    shown: Sequence[Pair] = (),
) -> tuple[Mention, ...]:
    """All mentions of a text, sorted and without overlap; what refers back carries its antecedent's resolution.

    ``home_state``, two letters, is the outlet's: a state that no text names is that one ("state law"). ``shown`` are
    the text's captions, to which nothing outside them refers back.
    """
    named = names(text, places, bodies, gazetteer)
    state = _state_meant([one for one in named if not elsewhere(shown, one.start, -1)], home_state, gazetteer)
    holders = introduced(text)
    held = _with_holders(text, named, holders, gazetteer)
    taken = [(mention.start, mention.end) for mention in named]
    waiting = list(named)
    result: list[Mention] = []
    for span, kind, surname in _referring(text, holders):
        wanted = "school_district" if kind == "capital" else kind
        if any(start < span[1] and span[0] < end for start, end in taken):
            continue
        if not surname and _of_others(text, span, waiting):
            continue
        while waiting and waiting[0].start < span[0]:
            result.append(waiting.pop(0))
        if wanted == "state" and result and _JOINED.fullmatch(text, result[-1].end, span[0]):
            continue  # "Georgia's House Bill 1105"
        capital = _capital(text, span, result, home_state, gazetteer) if kind == "capital" else None
        antecedent = held.get(surname) if surname else capital
        if antecedent is None and wanted and _OTHER_CITYS.search(text, max(0, span[0] - _REACH), span[0]):
            continue  # "Springdale city Mayor Ann Roe", of whatever Springdale: not of the place at hand
        if antecedent is None and wanted == "state":
            antecedent = _fronted_state(text, span[0], result, gazetteer) or _state_here(text, span, result, gazetteer)
            antecedent = antecedent or (_of_outlet(text, span[0], named, home_state) if surname else None)
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


def _of_others(text: str, span: Pair, waiting: Sequence[Mention]) -> bool:
    """Whether a phrase says itself whose they are: "several county officials", "city officials from Dayton"."""
    if _phrases().vague.search(text, max(0, span[0] - 20), span[0]):
        return True
    named = next((one for one in waiting if one.start >= span[1]), None)
    found = _phrases().of_whom.search(text, span[0], named.start) if named is not None else None
    return found is not None and found.start() < span[1]


def _referring(text: str, holders: Sequence[Introduction]) -> list[tuple[Pair, str, str]]:
    """What may refer back, in the order of the text: the span, the kind it can mean, whose surname it is."""
    found = [(holder.span, holder.kind, holder.surname) for holder in holders]
    found += [(match.span(), match.lastgroup or "", "") for match in _phrases().refers.finditer(text)]
    found += [(span, "", surname) for surname, span in surnames(text, holders)]
    return sorted(found, key=lambda item: (item[0][0], -item[0][1]))


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
    return resolved(mention, f"{mention.name} County", "county", gazetteer) or mention


def _antecedent(text: str, wanted: str, start: int, paragraph: int, earlier: Sequence[Mention]) -> Mention | None:
    """The name that a phrase of the wanted kind refers back to, None where none fits before it.

    ``earlier`` are all mentions before it, those that refer back included: each counts for the entity it stands for.
    """
    named = [one for one in earlier if one.end <= start and fits(wanted, one)]
    fitting = [one for one in named if not (seat(text, one.start) or byword(one))]
    if not fitting:
        owner = OWNERS.get(wanted)
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


def _there(
    text: str, span: Pair, wanted: str, earlier: Sequence[Mention], home: Mention | None, gazetteer: Gazetteer
) -> Mention | None:
    """The school district of the place that the text is about, or a body of its state or of ``home``, named so only.

    "In Norwich, the school board …", "State Police have applied.", "the Department of Correction".
    """
    start = _paragraph_start(text, span[0])
    if wanted == "school_district" and _phrases().schools.search(text, *span):
        where = _antecedent(text, "local", span[0], start, earlier)
        found = where and resolved(where, where.name, "school_district", gazetteer)
        return replace(found, person=False) if found else None
    if wanted not in _STATE_BODIES:
        return None
    article = _phrases().articles.match(text, *span)
    named = (article.end() if article else span[0], span[1])
    printed = text[slice(*named)]
    for mention in reversed(earlier):
        if mention.kind == "agency" and mention.name.casefold().endswith(printed.casefold()):
            return mention
    where = _antecedent(text, "state", span[0], start, earlier) or home
    state = gazetteer.entity(where.id) if where is not None and where.id else None
    if where is None or state is None:
        return None
    found = resolved(where, f"{state.name} {printed}", "agency", gazetteer)
    return replace(found, name=printed, named=named, person=False) if found else None


def _fronted_state(text: str, start: int, earlier: Sequence[Mention], gazetteer: Gazetteer) -> Mention | None:
    """The state whose name the sentence opens with, though its city's is the same: "In New York, … state officials"."""
    for mention in reversed(earlier):
        if _SENTENCE_BREAK.search(text, mention.end, start):
            break
        opens = _FRONTED.search(text, max(0, mention.start - _REACH), mention.start)
        if opens and mention.kind == "place" and text[mention.end : mention.end + 1] == ",":
            return resolved(mention, mention.name, "state", gazetteer)
    return None


def _capital(
    text: str, span: Pair, earlier: Sequence[Mention], home: str | None, gazetteer: Gazetteer
) -> Mention | None:
    """The District of Columbia where "the District" means it: named before, or the outlet's own."""
    named = next((one for one in reversed(earlier) if one.kind.endswith("district") and not byword(one)), None)
    if named is not None and named.kind == "district":
        return named
    found = _of_code(home, gazetteer, "district")
    return replace(found, start=span[0], end=span[1], name=text[slice(*span)], named=span) if found else None


def _of_outlet(text: str, start: int, named: Sequence[Mention], home: str | None) -> Mention | None:
    """The outlet's own state, whose governor needs no state's name: "Gov. Roe", where its sentence names none before.

    Only where the text names the state somewhere.
    """
    for mention in named:
        if mention.kind == "state" and mention.end <= start and not _SENTENCE_BREAK.search(text, mention.end, start):
            return None
    return next((one for one in named if one.kind == "state" and home and state_of(one.id) == home.upper()), None)


def _state_here(text: str, span: Pair, earlier: Sequence[Mention], gazetteer: Gazetteer) -> Mention | None:
    """The state of the places that the sentence itself names: "Ada County, Idaho, which complies with a state law"."""
    codes: set[str | None] = set()
    for mention in reversed(earlier):
        if _SENTENCE_BREAK.search(text, mention.end, span[0]):
            break
        if mention.kind == "state" or mention.definite:
            return None
        if mention.kind in LOCAL_KINDS or mention.kind == "agency":
            codes.add(state_of(mention.id))
    state = _of_code(codes.pop() if len(codes) == 1 else None, gazetteer)
    if state is None:
        return None
    name = state.candidates[0].name
    at = text.find(name)
    return _unnamed_state(text, span, replace(state, name=name, named=(at, at + len(name))) if at >= 0 else state)


def _state_meant(named: Sequence[Mention], home: str | None, gazetteer: Gazetteer) -> Mention | None:
    """The state that "the state" is where none was named before: that of all local names, else the outlet's.

    Its name is as printed later on, else empty.
    """
    states = {state for mention in named if mention.kind != "state" and (state := state_of(mention.id))}
    code = states.pop() if len(states) == 1 else home
    later = [mention for mention in named if mention.kind == "state" and state_of(mention.id) == code]
    return later[0] if later else _of_code(code, gazetteer)


def _of_code(code: str | None, gazetteer: Gazetteer, kind: Kind = "state") -> Mention | None:
    """A state by its two letters, as one that is printed nowhere: without a name."""
    entity = gazetteer.state(code)
    if entity is None or entity.kind != kind:
        return None
    return Mention(0, 0, kind, entity.id, "resolved", (Candidate(entity.id, entity.name, 1.0),), "", (0, 0))


def _unnamed_state(text: str, span: Pair, state: Mention) -> Mention | None:
    """``state`` where a phrase can mean one that wasn't named before; None where it can't."""
    if not _phrases().unnamed_state.match(text[slice(*span)]) or text[span[1] : span[1] + 2].strip().isupper():
        return None
    return state if state.name else replace(state, name=text[slice(*span)], named=span)
